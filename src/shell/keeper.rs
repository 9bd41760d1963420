//! Keeps what the reader did, in a chunk of its own: behind the trait [`Keeping`], which is all that the main module knows.
//!
//! Beside storing, it sees to it that one page alone writes a sitting.

use core::cell::RefCell;
use std::rc::{Rc, Weak};

use gloo_timers::callback::Timeout;
use js_sys::JsString;
use leptos::prelude::Set;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::StorageEvent;

use super::concern::Concern;
use super::deletion::Deletion;
use super::here::Here;
use super::neighbours::Place;
use super::signing::{Signing, warn_of_namesake};
use super::storage::{Saved, Store, ask_to_persist, read};
use super::{Keeping, Runner, data, notice};
use crate::engine::attempt::Attempt;
use crate::engine::clock::Timestamp;
use crate::engine::event::{Event, Notice};
use crate::keeping::ports::Ended;
use crate::keeping::seat::Seat;
use crate::keeping::term::Put;

/// How long what was held back is held back at most, in milliseconds.
const REST: u32 = 2_000;

/// What keeps one widget's answers. Dropping it stops everything.
pub struct Keeper {
    store: Rc<Store>,
    seat: RefCell<Option<Rc<Seat>>>,
    deletion: RefCell<Option<Rc<Deletion>>>,
    on_storage: RefCell<Option<StorageListener>>,
    /// Among the widgets of this page.
    place: RefCell<Option<Place>>,
    origin: Signing,
    flushing: Flushing,
}

/// The timer for what the pace holds back.
type Flushing = Rc<RefCell<Option<Timeout>>>;

impl Keeper {
    /// Over the browser's stores, which it brings to the newer of what each has.
    pub async fn open(set: &str) -> Rc<dyn Keeping> {
        Rc::new(Self {
            store: Rc::new(Store::local(set).await),
            seat: RefCell::default(),
            deletion: RefCell::default(),
            on_storage: RefCell::default(),
            place: RefCell::default(),
            origin: Signing::default(),
            flushing: Flushing::default(),
        })
    }

    fn seat(&self) -> Option<Rc<Seat>> {
        self.seat.borrow().clone()
    }

    fn look_again(&self) {
        if let Some(seat) = self.seat() {
            seat.look_again();
        }
    }

    fn deletion(&self) -> Option<Rc<Deletion>> {
        self.deletion.borrow().clone()
    }

    fn tell_neighbours(&self) {
        if let Some(place) = &*self.place.borrow() {
            place.tell();
        }
    }
}

impl Keeping for Keeper {
    fn begin(&self, runner: &Rc<Runner>) {
        let seat = Here::sit(runner, &self.store);
        let stored = Rc::downgrade(&seat);
        self.seat.replace(Some(seat));
        let deletion = Deletion::new(runner, &self.store);
        let missed = Rc::downgrade(&deletion);
        self.deletion.replace(Some(deletion));
        let prefix = self.store.prefix().to_owned();
        self.store.know(self.origin.begin(runner), warn_of_namesake);
        let neighbour = Weak::clone(&stored);
        let place = Place::new(&prefix, move || {
            if let Some(seat) = neighbour.upgrade() {
                seat.look_again();
            }
        });
        self.place.replace(Some(place));
        let on_storage = StorageListener::new(move |key| {
            // No key: everything was taken out.
            if let Some(seat) = stored.upgrade()
                && key.is_none_or(|key| key.starts_with(&prefix))
            {
                seat.look_again();
                if let Some(deletion) = missed.upgrade() {
                    deletion.miss();
                }
            }
        });
        self.on_storage.replace(Some(on_storage));
        if !self.store.is_there() {
            runner.concern(Concern::NotKept);
        }
    }

    fn attempts(&self) -> Vec<Attempt> {
        self.store.attempts()
    }

    fn stored(&self, runner: &Runner) -> Vec<Attempt> {
        read(&self.store, runner)
    }

    fn save(&self, runner: &Rc<Runner>, mut attempt: Box<Attempt>) -> bool {
        self.origin.sign(runner, &mut attempt);
        let deletion = self.deletion();
        if deletion.as_ref().is_some_and(|it| it.holds_back(&attempt)) {
            return true;
        }
        let deletion = deletion.map(|deletion| Rc::downgrade(&deletion));
        let has_journal = self.store.journal().is_some();
        runner.signals.is_saved.set(has_journal.then_some(false));
        let (weak, store) = (Rc::downgrade(runner), Rc::clone(&self.store));
        let (id, term) = (attempt.id.clone(), attempt.term);
        let ended = move |ended: &Ended| {
            let put = ended.put;
            let is_news = has_journal && (ended.is_last || put != Put::Arrived);
            let Some(runner) = weak.upgrade().filter(|_| is_news) else {
                return;
            };
            let is_there = put == Put::Arrived;
            runner.signals.is_saved.set(is_there.then_some(true));
            if put == Put::Gone {
                if let Some(deletion) = deletion.and_then(|it| it.upgrade()) {
                    deletion.found(&id, term);
                }
                return;
            }
            if put == Put::Outdated {
                return;
            }
            // One notice: of what neither has, or of what localStorage alone has not. Where that has it, and the journal has
            // not, it only is not as safe as it could be.
            let (true_now, untrue) = if is_there {
                (Concern::JournalOnly, Concern::NotKept)
            } else {
                (Concern::NotKept, Concern::JournalOnly)
            };
            runner.settle(untrue);
            if store.is_refused() {
                runner.concern(true_now);
            } else if !store.holds_back() {
                runner.settle(true_now);
            }
        };
        let Some(seat) = self.seat() else {
            return false;
        };
        let saved = seat.save(&attempt, ended);
        self.tell_neighbours();
        match saved {
            Saved::Refused if !has_journal => runner.concern(Concern::NotKept),
            Saved::Done | Saved::Refused => {}
            Saved::Overtaken => {
                runner.signals.is_saved.set(None);
                return false;
            }
        }
        if attempt.finished.is_some() {
            if self.store.is_first_result() {
                ask_to_persist();
            }
            if let Some(kilobytes) = self.store.too_much() {
                runner.concern(Concern::TooMuch(kilobytes));
            }
        }
        if self.store.holds_back() {
            flush_later(&seat, &self.flushing);
        }
        true
    }

    fn tell(&self, told: Notice) {
        if let Some(seat) = self.seat() {
            seat.tell(told);
        }
    }

    fn admit(&self, event: Event) -> Option<Event> {
        match self.seat() {
            Some(seat) => seat.admit(event),
            None => Some(event),
        }
    }

    fn forget(&self, attempt: &str) {
        if let Some(deletion) = self.deletion() {
            deletion.forget(attempt);
        }
        self.store.forget(attempt);
        self.tell_neighbours();
    }

    fn delete(&self, runner: &Rc<Runner>, attempts: Vec<String>) {
        let (runner, store) = (Rc::downgrade(runner), Rc::clone(&self.store));
        wasm_bindgen_futures::spawn_local(async move {
            // Only what stays away is taken from the screen.
            let is_certain = store.note_all(&attempts).await;
            let Some(runner) = runner.upgrade() else {
                return;
            };
            for attempt in attempts {
                runner.dispatch(Event::Delete(attempt));
            }
            if !is_certain {
                runner.concern(Concern::NotDeleted);
            }
        });
    }

    fn keep_sitting(&self) {
        if let (Some(deletion), Some(seat)) = (self.deletion(), self.seat()) {
            deletion.keep(&seat);
        }
    }

    fn sign(&self, attempt: &Attempt, now: Timestamp) {
        self.store.sign(attempt, now);
    }

    fn mind(&self, running: Option<&str>) {
        let Some(seat) = self.seat() else { return };
        match running {
            None => seat.leave(),
            Some(id) => seat.mind(self.store.key_of(id)),
        }
    }

    fn act(&self, runner: &Rc<Runner>, event: Event) {
        match self.seat().filter(|seat| seat.is_elsewhere()) {
            Some(seat) => seat.act(event),
            None => runner.dispatch(event),
        }
    }

    fn seen(&self, is_visible: bool) {
        if !is_visible {
            // The page may not come back.
            self.store.flush(true);
        }
        if let Some(seat) = self.seat() {
            seat.seen(is_visible);
        }
        if let Some(deletion) = self.deletion().filter(|_| is_visible) {
            // It may have been asleep while it could have heard.
            deletion.miss();
        }
    }

    fn take_over(&self) {
        if let Some(seat) = self.seat() {
            seat.take_over();
        }
    }

    fn list(&self, runner: &Runner) -> JsValue {
        runner.look(|session| notice::to_js(&data::list(session.set(), &self.store)))
    }

    fn export(&self, runner: &Runner) -> String {
        runner.look(|session| data::export(session.set(), &self.store))
    }

    fn import(
        &self,
        runner: &Rc<Runner>,
        text: &JsString,
    ) -> Result<[usize; 3], (Concern, String)> {
        let came = runner.look(|session| data::import(session.set(), &self.store, text))?;
        if let Some(seat) = self.seat() {
            seat.imported();
        }
        self.tell_neighbours();
        // Where nothing is kept, that is said already.
        if came.is_full && self.store.is_there() {
            runner.concern(Concern::NoRoom);
        }
        Ok(came.counts)
    }

    fn make_room(&self, runner: &Rc<Runner>) {
        self.store.make_room();
        runner.settle(Concern::TooMuch(0));
        self.look_again();
        self.tell_neighbours();
    }

    fn delete_everything(&self, runner: &Rc<Runner>) {
        runner.dispatch(Event::Reset);
        // Not the runner itself: the widget may be gone when this is done.
        let (runner, store) = (Rc::downgrade(runner), Rc::clone(&self.store));
        let deletion = self.deletion();
        wasm_bindgen_futures::spawn_local(async move {
            let is_deleted = store.delete_everything().await;
            if let Some(deletion) = deletion {
                deletion.tell();
            }
            let Some(runner) = runner.upgrade() else {
                return;
            };
            runner.dispatch(Event::Stored(Vec::new()));
            runner.dispatch(Event::ShowHistory);
            for gone in [Concern::SetAside(0), Concern::Newer(0), Concern::TooMuch(0)] {
                runner.settle(gone);
            }
            runner.concern(if is_deleted {
                Concern::Deleted
            } else {
                Concern::NotDeleted
            });
        });
    }
}

/// Writes what the pace holds back as soon as it may.
fn flush_later(seat: &Rc<Seat>, flushing: &Flushing) {
    let (own, again) = (Rc::clone(seat), Rc::downgrade(flushing));
    let flush = Timeout::new(REST, move || {
        if own.flush()
            && let Some(flushing) = again.upgrade()
        {
            flush_later(&own, &flushing);
        }
    });
    flushing.replace(Some(flush));
}

/// A listener for changes that other pages make in localStorage, removed on drop.
struct StorageListener {
    callback: Closure<dyn FnMut(StorageEvent)>,
}

impl StorageListener {
    /// Calls `stored` with the key that was changed, or with none if everything was taken out.
    fn new(stored: impl Fn(Option<String>) + 'static) -> Self {
        let callback =
            Closure::<dyn FnMut(StorageEvent)>::new(move |event: StorageEvent| stored(event.key()));
        if let Some(window) = web_sys::window() {
            // Fails only for a name that is no string.
            let _ = window
                .add_event_listener_with_callback("storage", callback.as_ref().unchecked_ref());
        }
        Self { callback }
    }
}

impl Drop for StorageListener {
    fn drop(&mut self) {
        if let Some(window) = web_sys::window() {
            let _ = window.remove_event_listener_with_callback(
                "storage",
                self.callback.as_ref().unchecked_ref(),
            );
        }
    }
}
