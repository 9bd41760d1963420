//! The shell: performs the engine's effects and turns the outside world into events. It has no rules about quizzes.
//!
//! [`Runner`] owns the session. Every event goes through [`Runner::dispatch`], one at a time and in order; what an event
//! causes (storing, telling the page, drawing) happens after the session has taken it.

pub mod accepted;
pub mod ambient;
pub mod chunk;
pub mod concern;
pub mod config;
pub mod data;
pub mod deletion;
pub mod fetch;
pub mod here;
pub mod journal;
pub mod keeper;
pub mod lease;
pub mod neighbours;
pub mod notice;
pub mod prose;
pub mod sheet;
pub mod signing;
pub mod storage;
pub mod tabs;
pub mod ticker;
pub mod traces;
pub mod turns;
pub mod watch;

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::rc::{Rc, Weak};

use gloo_timers::callback::Timeout;
use js_sys::JsString;
use leptos::prelude::{GetUntracked, LocalStorage, RwSignal, Set, Update, WithUntracked};
use wasm_bindgen::JsValue;

use crate::engine::attempt::Attempt;
use crate::engine::clock::{ClockWatch, Timestamp};
use crate::engine::event::{Effect, Event, Notice, Which};
use crate::engine::session::{Session, State};
use crate::engine::view::View;
use concern::Concern;
use ticker::Ticker;
use watch::Watch;

/// How long a start waits at most, in milliseconds.
const PATIENCE: u32 = 3_000;

/// What the screens read.
#[derive(Clone, Copy)]
pub struct Signals {
    /// The screen to show.
    pub view: RwSignal<View, LocalStorage>,
    /// Whole seconds left; `None` where nothing is limited.
    pub seconds_left: RwSignal<Option<u64>, LocalStorage>,
    /// What the reader should know about how answers are kept.
    pub concerns: RwSignal<Vec<Concern>, LocalStorage>,
    /// Whether the last change has arrived where nothing is lost; `None` where nobody can say.
    pub is_saved: RwSignal<Option<bool>, LocalStorage>,
    /// Whether the sitting goes on in another page, and is only shown here.
    pub is_elsewhere: RwSignal<bool, LocalStorage>,
    /// Whether questions can be drawn as they are meant: the chunk for rich text is there, or not needed, or too late.
    pub is_text_ready: RwSignal<bool, LocalStorage>,
}

/// What keeps the reader's answers. The only one who does is in a chunk; this is all that the main module knows of it.
pub trait Keeping {
    /// Listens to other pages from now on.
    fn begin(&self, runner: &Rc<Runner>);
    /// All attempts of the set that can be read.
    fn attempts(&self) -> Vec<Attempt>;
    /// The same, and what the reader should know of the others.
    fn stored(&self, runner: &Runner) -> Vec<Attempt>;
    /// Stores an attempt, in the task of the input that changed it. Not if another page wrote it meanwhile: then what was
    /// done to it here did not happen.
    fn save(&self, runner: &Rc<Runner>, attempt: Box<Attempt>) -> bool;
    /// Tells the author's page; of an end, once it is stored.
    fn tell(&self, told: Notice);
    /// Gives an event back if it may be taken now; otherwise it comes again, once it is known that the sitting is still here.
    fn admit(&self, event: Event) -> Option<Event>;
    /// Removes an attempt.
    fn forget(&self, attempt: &str);
    /// Deletes attempts for good, once it is certain that they stay away.
    fn delete(&self, runner: &Rc<Runner>, attempts: Vec<String>);
    /// The reader wants to keep the sitting that went on here while everything was deleted elsewhere.
    fn keep_sitting(&self);
    /// Notes that a sitting is in sight.
    fn sign(&self, attempt: &Attempt, now: Timestamp);
    /// Sees to it that this page, and no other, writes the attempt that runs.
    fn mind(&self, running: Option<&str>);
    /// Sends an event, once it is known whether the sitting that was stored goes on here: until then it is only shown.
    fn act(&self, runner: &Rc<Runner>, event: Event);
    /// The page came in sight, or went out of it.
    fn seen(&self, is_visible: bool);
    /// The reader wants to go on here.
    fn take_over(&self);
    /// What `attempts()` gives.
    fn list(&self, runner: &Runner) -> JsValue;
    /// What `exportData()` gives.
    fn export(&self, runner: &Runner) -> String;
    /// Puts an export back; gives how many records came in, were here, and were refused; or why not, for the reader and in a
    /// sentence.
    fn import(&self, runner: &Rc<Runner>, text: &JsString)
    -> Result<[usize; 3], (Concern, String)>;
    /// Shortens the oldest results, or deletes them, until there is room.
    fn make_room(&self, runner: &Rc<Runner>);
    /// Deletes everything of ours on this site.
    fn delete_everything(&self, runner: &Rc<Runner>);
}

/// Owns the session of one widget. Dropping it stops its timer and its listeners.
pub struct Runner {
    host: web_sys::HtmlElement,
    language: String,
    session: RefCell<Session>,
    waiting: RefCell<VecDeque<Event>>,
    is_busy: Cell<bool>,
    /// Whether the author wants answers kept beyond the page.
    is_kept: bool,
    keeper: RefCell<Option<Rc<dyn Keeping>>>,
    /// What is to be kept as soon as there is somebody who does.
    unkept: RefCell<Vec<Effect>>,
    is_keeper_coming: Cell<bool>,
    /// A start that waits for whoever keeps answers, and how long at most.
    starting: RefCell<Option<(Event, Timeout)>>,
    signals: Signals,
    clock: RefCell<ClockWatch>,
    ticker: RefCell<Option<Ticker>>,
    watch: RefCell<Option<Watch>>,
}

impl Runner {
    /// A runner over a session; `signals` must live as long as the screens.
    pub fn new(
        host: web_sys::HtmlElement,
        language: String,
        session: Session,
        is_kept: bool,
        signals: Signals,
    ) -> Rc<Self> {
        let runner = Rc::new(Self {
            host,
            language,
            session: RefCell::new(session),
            waiting: RefCell::default(),
            is_busy: Cell::new(false),
            is_kept,
            keeper: RefCell::default(),
            unkept: RefCell::default(),
            is_keeper_coming: Cell::new(false),
            starting: RefCell::default(),
            signals,
            clock: RefCell::default(),
            ticker: RefCell::default(),
            watch: RefCell::default(),
        });
        let weak = Rc::downgrade(&runner);
        let watch = Watch::new(&runner.host, move || {
            if let Some(runner) = weak.upgrade() {
                runner.look_around();
            }
        });
        runner.watch.replace(Some(watch));
        runner
    }

    /// Says whether the page is in sight.
    pub fn look_around(self: &Rc<Self>) {
        let is_visible = self.is_visible();
        self.dispatch(if is_visible { Event::Show } else { Event::Hide });
        if let Some(keeper) = self.keeper() {
            keeper.seen(is_visible);
        }
    }

    /// Whether somebody can see the widget.
    fn is_seen(&self) -> bool {
        self.watch.borrow().as_ref().is_some_and(Watch::is_seen)
    }

    fn is_visible(&self) -> bool {
        let watch = self.watch.borrow();
        watch.as_ref().is_none_or(Watch::is_page_visible)
    }

    /// Takes up what was stored, and shows the first screen. With an author's seed, only what was made from it counts. A
    /// sitting that runs is only shown until this page is the one that writes it: see [`Self::go_on`].
    pub fn restore(self: &Rc<Self>, keeper: Option<Rc<dyn Keeping>>, seed: Option<&str>) {
        self.session.borrow_mut().only(seed);
        if let Some(keeper) = &keeper {
            keeper.begin(self);
            let stored = Event::Stored(keeper.stored(self));
            self.session.borrow_mut().update(stored, ambient::now());
        }
        self.keeper.replace(keeper);
        self.show();
    }

    /// The page can use the widget: a sitting that runs goes on, and one that ended while nobody was here is told.
    pub fn go_on(self: &Rc<Self>) {
        self.look_around();
        self.mind();
    }

    /// Whoever keeps answers, if they are there (yet).
    pub fn keeper(&self) -> Option<Rc<dyn Keeping>> {
        self.keeper.borrow().clone()
    }

    /// Whether answers are kept beyond the page.
    pub const fn is_kept(&self) -> bool {
        self.is_kept
    }

    /// Loads the chunk that keeps answers, and gives it what there is to keep. If it cannot be loaded, the next answer tries
    /// again.
    ///
    /// It has no hold of the runner while it waits: the widget may be gone by then, and its screens with it.
    pub async fn bring_keeper(runner: Weak<Self>) {
        let set = runner.upgrade().and_then(|runner| {
            let is_needed = runner.is_kept && runner.keeper().is_none();
            (is_needed && !runner.is_keeper_coming.replace(true))
                .then(|| runner.look(|session| session.set().id.clone()))
        });
        let Some(set) = set else { return };
        let keeper = match chunk::keeper(set).await {
            Ok(opening) => Some(opening.await),
            Err(_) => None,
        };
        let Some(runner) = runner.upgrade() else {
            return;
        };
        runner.is_keeper_coming.set(false);
        if let Some(keeper) = keeper {
            runner.settle(Concern::NotKept);
            keeper.begin(&runner);
            runner.keeper.replace(Some(Rc::clone(&keeper)));
            // What another page stored meanwhile is known too.
            runner.dispatch(Event::Stored(keeper.stored(&runner)));
            let unkept = runner.unkept.take();
            runner.perform(unkept);
        } else {
            runner.concern(Concern::NotKept);
        }
    }

    /// A start that waited waits no longer.
    pub fn start_now(self: &Rc<Self>) {
        if let Some((start, _)) = self.starting.take() {
            self.receive(start);
        }
    }

    /// Takes an event that the author's page sends, which may be as early as the widget is ready.
    pub fn act(self: &Rc<Self>, event: Event) {
        match self.keeper() {
            Some(keeper) => keeper.act(self, event),
            None => self.dispatch(event),
        }
    }

    /// Takes an event. Events sent while another is being taken wait their turn: none is lost, none is nested. A sitting does
    /// not start before its answers can be kept, unless that takes longer than a reader would wait.
    pub fn dispatch(self: &Rc<Self>, event: Event) {
        if self.is_keeper_coming.get() && matches!(event, Event::Start { .. }) {
            let weak = Rc::downgrade(self);
            let timeout = Timeout::new(PATIENCE, move || {
                if let Some(runner) = weak.upgrade() {
                    runner.start_now();
                }
            });
            self.starting.replace(Some((event, timeout)));
        } else {
            self.receive(event);
        }
    }

    fn receive(self: &Rc<Self>, event: Event) {
        self.waiting.borrow_mut().push_back(event);
        if self.is_busy.replace(true) {
            return;
        }
        loop {
            let next = self.waiting.borrow_mut().pop_front();
            let Some(event) = next else { break };
            let admitted = match self.keeper() {
                Some(keeper) => keeper.admit(event),
                None => Some(event),
            };
            let Some(event) = admitted else { continue };
            let reading = ambient::reading(self.is_visible());
            let now = reading.wall;
            let set_by = self.clock.borrow_mut().look(reading);
            let effects = {
                let mut session = self.session.borrow_mut();
                let by = set_by.map(|by| session.update(Event::ClockSet(by), now));
                let mut effects = by.unwrap_or_default();
                effects.extend(session.update(event, now));
                effects
            };
            // Before anything is stored: other pages ask for what they find stored.
            self.mind();
            self.perform(effects);
            self.sign(now);
        }
        self.is_busy.set(false);
        self.show();
    }

    fn mind(&self) {
        if let Some(keeper) = self.keeper() {
            let id = self.look(|session| session.running().map(|attempt| attempt.id.clone()));
            keeper.mind(id.as_deref());
        }
    }

    /// That time went by must be known even if the browser is killed: practice counts time in sight, and a clock may be set back
    /// while the page is closed.
    fn sign(&self, now: Timestamp) {
        let session = self.session.borrow();
        if let Some(attempt) = session.running()
            && session.is_ticking()
            && !session.is_elsewhere()
            && let Some(keeper) = self.keeper()
        {
            keeper.sign(attempt, now);
        }
    }

    /// Something that the reader should know.
    pub fn concern(&self, concern: Concern) {
        let concerns = self.signals.concerns;
        if concerns.with_untracked(|own| !own.contains(&concern)) {
            concerns.update(|own| {
                own.retain(|own| !own.is_like(concern));
                own.push(concern);
            });
        }
    }

    /// A concern of this kind is none any more; gives whether it was one.
    pub fn settle(&self, concern: Concern) -> bool {
        let concerns = self.signals.concerns;
        let was = concerns.with_untracked(|own| own.iter().any(|own| own.is_like(concern)));
        if was {
            concerns.update(|own| own.retain(|own| !own.is_like(concern)));
        }
        was
    }

    /// Where the session is.
    pub fn state(&self) -> State {
        self.session.borrow().state()
    }

    /// The language of the screens.
    pub fn language(&self) -> &str {
        &self.language
    }

    /// What a screen of a later chunk asks the session for.
    pub fn look<T>(&self, question: impl FnOnce(&Session) -> T) -> T {
        question(&self.session.borrow())
    }

    /// Does what the session asked for.
    fn perform(self: &Rc<Self>, effects: Vec<Effect>) {
        for effect in effects {
            match effect {
                Effect::Tell(told) => match self.keeper() {
                    Some(keeper) => keeper.tell(told),
                    None => notice::tell(&self.host, &told),
                },
                Effect::Save(_) | Effect::Forget(_) if !self.is_kept => {}
                kept => match (self.keeper(), kept) {
                    (Some(keeper), Effect::Save(attempt)) => {
                        if !keeper.save(self, attempt) {
                            return;
                        }
                    }
                    (Some(keeper), Effect::Forget(id)) => keeper.forget(&id),
                    (_, kept) => {
                        self.unkept.borrow_mut().push(kept);
                        let runner = Rc::downgrade(self);
                        wasm_bindgen_futures::spawn_local(Self::bring_keeper(runner));
                    }
                },
            }
        }
    }

    /// Brings the screens up to date. The view is only set when it differs, so that nothing is drawn for nothing.
    fn show(self: &Rc<Self>) {
        let now = ambient::now();
        let (view, remaining, is_ticking, is_elsewhere, is_overdue, edited) = {
            let session = self.session.borrow();
            (
                session.view(&self.language),
                session.remaining(now),
                session.is_ticking(),
                session.is_elsewhere(),
                session.is_overdue(now),
                session.edited(),
            )
        };
        if self.signals.is_elsewhere.get_untracked() != is_elsewhere {
            self.signals.is_elsewhere.set(is_elsewhere);
        }
        match edited {
            Some(removed) => self.concern(Concern::Edited(removed)),
            None => drop(self.settle(Concern::Edited(0))),
        }
        // Rounded up: a limit of 90 seconds begins as 1:30, and 0:00 is when it is over.
        // (Not by milliseconds: those have 128 bits, and dividing them is a kilobyte of code.)
        let seconds = remaining
            .map(|remaining| remaining.as_secs() + u64::from(remaining.subsec_nanos() > 0));
        if self.signals.seconds_left.get_untracked() != seconds {
            self.signals.seconds_left.set(seconds);
        }
        if self.signals.view.with_untracked(|shown| *shown != view) {
            self.signals.view.set(view);
        }
        let is_watched = self.is_seen();
        if is_overdue
            && is_watched
            && let Some(keeper) = self.keeper()
        {
            keeper.take_over();
        }
        let next = remaining
            .filter(|_| is_ticking && is_watched && !is_overdue)
            .map(|remaining| {
                let weak = Rc::downgrade(self);
                Ticker::until_next_second(remaining, move || {
                    if let Some(runner) = weak.upgrade() {
                        runner.dispatch(Event::Tick);
                    }
                })
            });
        // Dropping the ticker that stood here cancels it.
        self.ticker.replace(next);
    }
}

/// The event that starts a sitting: with the author's seed, or with chance.
pub fn start(seed: Option<String>, which: Which) -> Event {
    Event::Start {
        seed: seed.unwrap_or_else(ambient::unique),
        attempt: ambient::unique(),
        which,
    }
}
