//! Pages of one browser run against each other: they run, are stopped in the middle of what they do, wake, take a sitting from
//! each other, end it, delete it, and are killed. What they read of localStorage is old, the messages of locks come late, and a
//! killed browser has lost what it wrote last, but for the journal. The rules are those that are shipped; only what they
//! stand on is played.
//!
//! `MONDAI_SCHEDULES` says how many schedules are tried, and `MONDAI_STRIDE` that only every so-manieth of all is.

mod deletion;
mod exhaustive;
mod schedules;
mod verdict;
mod world;

use std::rc::{Rc, Weak};

use self::world::{Orders, PageState, Seen, Task, World, clocks, now, poll};
use super::ports::{Asking, Ended, Ledger, OnDrop, Shelf, Soon, Timer};
use super::seat::{Alarm, Seat, Wish};
use super::seat::{Clocks, Page};
use super::store::{Saved, Store};
use super::term::Put;
use crate::engine::attempt::Attempt;
use crate::engine::event::{Effect, Event, Notice, Which};
use crate::engine::form::Narrowing;
use crate::engine::format;
use crate::engine::session::{Session, State};
use crate::engine::set::QuestionSet;

const SET: &str = include_str!("../../tests/fixtures/three-questions.json");

thread_local! {
    static QUESTIONS: Rc<QuestionSet> = Rc::new(format::read(SET).set.unwrap());
}

fn questions() -> Rc<QuestionSet> {
    QUESTIONS.with(Rc::clone)
}

/// A page, as its seat sees it.
struct Here {
    world: Weak<World>,
    page: usize,
}

impl Here {
    fn world(&self) -> Rc<World> {
        self.world.upgrade().unwrap()
    }

    fn state(&self) -> Rc<PageState> {
        self.world().page(self.page)
    }
}

impl Page for Here {
    fn dispatch(&self, event: Event) {
        dispatch(&self.world(), self.page, event);
    }

    fn is_elsewhere(&self) -> bool {
        let state = self.state();
        let session = state.session.borrow();
        session.as_ref().is_some_and(Session::is_elsewhere)
    }

    fn is_visible(&self) -> bool {
        true
    }

    fn is_quiet(&self) -> bool {
        false
    }

    fn look_around(&self) {
        self.dispatch(Event::Show);
    }

    fn stored(&self) -> Vec<Attempt> {
        let store = self.state().store.borrow().clone();
        store.map_or_else(Vec::new, |store| store.attempts())
    }

    fn clocks(&self) -> Clocks {
        clocks()
    }

    fn tell(&self, notice: &Notice) {
        if let Notice::Finished(report) = notice
            && self.state().is_alive.get()
        {
            let world = self.world();
            world.say(|| format!("page {} tells {report:?}", self.page));
            world.told.borrow_mut().push(Rc::clone(report));
        }
    }

    fn ask(&self, steal: bool, wish: Wish) -> Asking {
        let world = self.world();
        let key = wish.key().to_owned();
        if !self.state().is_alive.get() {
            return OnDrop::new(|| {});
        }
        let number = world.request(self.page, steal, wish);
        let weak = Weak::clone(&self.world);
        OnDrop::new(move || {
            if let Some(world) = weak.upgrade() {
                world.take_back(&key, number);
            }
        })
    }

    fn want(&self, key: &str) {
        for (index, other) in self.world().pages.borrow().iter().enumerate() {
            let (state, key) = (Rc::downgrade(other), key.to_owned());
            let task: Task = Box::new(move || {
                let seat = state
                    .upgrade()
                    .and_then(|state| state.seat.borrow().clone());
                if let Some(seat) = seat {
                    seat.let_go(&key);
                }
            });
            if index != self.page && other.is_alive.get() {
                other.tasks.borrow_mut().push_back(task);
            }
        }
    }

    fn locks_answered(&self) -> Soon<()> {
        self.world().barrier(self.page)
    }

    fn ring(&self, alarm: Alarm, after: u32) -> Timer {
        let (state, number) = (self.state(), self.world().number());
        let due = now().0 + i64::from(after);
        state.timers.borrow_mut().push((due, number, alarm));
        let weak = Rc::downgrade(&state);
        OnDrop::new(move || {
            if let Some(state) = weak.upgrade() {
                let is_it = |timer: &(i64, u32, Alarm)| *timer == (due, number, alarm);
                state.timers.borrow_mut().retain(|timer| !is_it(timer));
            }
        })
    }

    fn run(&self, future: Soon<()>) {
        self.state().futures.borrow_mut().push(future);
    }
}

/// What a page does with an event: as the runner does.
fn dispatch(world: &Rc<World>, page: usize, event: Event) {
    let state = world.page(page);
    state.waiting.borrow_mut().push_back(event);
    if state.is_busy.replace(true) {
        return;
    }
    loop {
        let next = state.waiting.borrow_mut().pop_front();
        let Some(event) = next else { break };
        let seat = state.seat.borrow().clone();
        let Some(seat) = seat else { break };
        let Some(event) = seat.admit(event) else {
            continue;
        };
        if !matches!(event, Event::Stored(_)) {
            world.say(|| format!("page {page} takes {event:?}"));
        }
        let update = |session: &mut Session| {
            // A field has what was typed before, also while that waits.
            let event = match (event, session.running()) {
                (Event::Note(typed), Some(attempt)) => {
                    Event::Note(format!("{} {typed}", note_of(attempt)))
                }
                (event, _) => event,
            };
            let effects = session.update(event, now());
            (effects, session.running().map(|attempt| attempt.id.clone()))
        };
        let updated = state.session.borrow_mut().as_mut().map(update);
        let Some((effects, running)) = updated else {
            break;
        };
        mind(&state, &seat, running.as_deref());
        perform(world, &state, &seat, effects);
    }
    state.is_busy.set(false);
}

fn mind(state: &PageState, seat: &Rc<Seat>, running: Option<&str>) {
    let store = state.store.borrow().clone();
    match (running, store) {
        (Some(id), Some(store)) => seat.mind(store.key_of(id)),
        _ => seat.leave(),
    }
}

fn note_of(attempt: &Attempt) -> String {
    attempt.answers[0].note.clone()
}

fn perform(world: &Rc<World>, state: &Rc<PageState>, seat: &Rc<Seat>, effects: Vec<Effect>) {
    for effect in effects {
        match effect {
            Effect::Save(attempt) => {
                if attempt.revision == 1 {
                    world.begun.borrow_mut().push(attempt.id.clone());
                }
                if deletion::holds_back(state, &attempt) {
                    continue;
                }
                let (saved, weak) = (
                    (attempt.id.clone(), note_of(&attempt)),
                    Rc::downgrade(world),
                );
                let (term, own) = (attempt.term, Rc::downgrade(state));
                let on_end = move |ended: &Ended| {
                    let Some(world) = weak.upgrade() else { return };
                    if ended.put == Put::Arrived {
                        world.say(|| format!("said to be saved: {saved:?}"));
                        world.saved.borrow_mut().push(saved);
                    } else if ended.put == Put::Gone
                        && let Some(state) = own.upgrade()
                    {
                        deletion::found(&world, &state, &saved.0, term);
                    }
                };
                if seat.save(&attempt, on_end) == Saved::Overtaken {
                    return;
                }
            }
            Effect::Tell(notice) if world.mutation.get() == 2 => {
                if let Notice::Finished(report) = &notice {
                    world.told.borrow_mut().push(Rc::clone(report));
                }
            }
            Effect::Tell(notice) => seat.tell(notice),
            Effect::Forget(id) => {
                deletion::forget(state, &id);
                let store = state.store.borrow().clone();
                if let Some(store) = store {
                    store.forget(&id);
                }
            }
        }
    }
}

/// Opens a page: it brings both stores together, and goes on with what it finds.
fn open(world: &Rc<World>) -> usize {
    let state: Rc<PageState> = Rc::default();
    let page = world.pages.borrow().len();
    world.pages.borrow_mut().push(Rc::clone(&state));
    world.say(|| format!("page {page} is opened"));
    state.is_alive.set(true);
    state.seen.replace(world.shelf.borrow().clone());
    let shelf: Rc<dyn Shelf> = Rc::new(Seen {
        world: Rc::clone(world),
        page,
    });
    let journal: Rc<dyn Ledger> = Rc::new(Orders {
        world: Rc::clone(world),
        page,
    });
    let store = Rc::new(Store::new("three", Some(shelf), Some(journal), now));
    state.store.replace(Some(Rc::clone(&store)));
    let (weak, own) = (Rc::downgrade(world), Rc::downgrade(&state));
    state.futures.borrow_mut().push(Box::pin(async move {
        store.recover().await;
        let (Some(world), Some(state)) = (weak.upgrade(), own.upgrade()) else {
            return;
        };
        let (mut session, _) = Session::new(questions(), Some("exam"), &Narrowing::default());
        let here = Rc::new(Here { world: weak, page });
        let seat = Seat::new(here, &store);
        seat.begin();
        state.seat.replace(Some(Rc::clone(&seat)));
        session.update(Event::Stored(store.attempts()), now());
        let running = session.running().map(|attempt| attempt.id.clone());
        state.session.replace(Some(session));
        dispatch(&world, page, Event::Show);
        mind(&state, &seat, running.as_deref());
    }));
    poll(&state);
    page
}

fn kill(world: &Rc<World>, page: usize) {
    let state = world.page(page);
    world.say(|| format!("page {page} is gone"));
    state.is_alive.set(false);
    world.lose_jobs(page);
    world.unlock_all(page);
    drop((
        state.tasks.take(),
        state.lock_tasks.take(),
        state.news.take(),
    ));
    drop((
        state.futures.take(),
        state.timers.take(),
        state.waiting.take(),
    ));
    drop((state.seat.take(), state.store.take(), state.session.take()));
}

/// One task of a page, if there is one: which of those that can be next is left to chance.
fn deliver(world: &Rc<World>, page: usize, chance: u32) -> bool {
    let state = world.page(page);
    if !state.is_alive.get() || state.is_stopped.get() {
        return false;
    }
    for kind in 0..4 {
        let task = match (kind + chance) % 4 {
            0 => state.tasks.borrow_mut().pop_front(),
            1 => state.lock_tasks.borrow_mut().pop_front(),
            2 => news(world, page),
            _ => due(&state),
        };
        if let Some(task) = task {
            task();
            poll(&state);
            return true;
        }
    }
    false
}

fn news(world: &Rc<World>, page: usize) -> Option<Task> {
    let state = world.page(page);
    let (key, text) = state.news.borrow_mut().pop_front()?;
    match text {
        Some(text) => drop(state.seen.borrow_mut().insert(key, text)),
        None => drop(state.seen.borrow_mut().remove(&key)),
    }
    let seat = state.seat.borrow().clone();
    Some(Box::new(move || {
        if let Some(seat) = seat {
            seat.look_again();
        }
    }))
}

fn due(state: &PageState) -> Option<Task> {
    let mut timers = state.timers.borrow_mut();
    let found = timers.iter().position(|(due, ..)| *due <= now().0)?;
    let (_, _, alarm) = timers.remove(found);
    let seat = state.seat.borrow().clone();
    Some(Box::new(move || {
        if let Some(seat) = seat {
            seat.rings(alarm);
        }
    }))
}

/// What a reader can do in a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Act {
    Start,
    Write,
    End,
    GiveUp,
    TakeOver,
    Look,
    /// "Delete my data".
    DeleteAll,
    /// "Keep this sitting".
    Keep,
}

fn act(world: &Rc<World>, page: usize, act: Act) {
    let state = world.page(page);
    let seat = state.seat.borrow().clone();
    let Some(seat) = seat.filter(|_| state.is_alive.get() && !state.is_stopped.get()) else {
        return;
    };
    let place = state.session.borrow().as_ref().map(Session::state);
    let Some(place) = place else { return };
    let is_elsewhere = seat.is_elsewhere();
    world.say(|| format!("page {page}: the reader wants to {act:?}"));
    let event = match act {
        Act::Start if place == State::Ready || place == State::Finished => Event::Start {
            seed: String::from("seed"),
            attempt: format!("a{}", world.word()),
            which: Which::All,
        },
        Act::Write if place == State::Running && !is_elsewhere => Event::Note(world.word()),
        Act::End => Event::Submit,
        Act::GiveUp if !is_elsewhere && place == State::Running => Event::Reset,
        Act::TakeOver => {
            if is_elsewhere {
                seat.take_over();
            }
            return;
        }
        Act::Look => Event::Tick,
        Act::DeleteAll => {
            deletion::delete_everything(world, page);
            return;
        }
        Act::Keep => {
            deletion::keep(world, &state, &seat);
            return;
        }
        _ => return,
    };
    dispatch(world, page, event);
    poll(&state);
}

/// A number that whoever runs the tests may give.
fn from_environment(name: &str, otherwise: u64) -> u64 {
    let given = std::env::var(name)
        .ok()
        .and_then(|given| given.parse().ok());
    given.unwrap_or(otherwise)
}
