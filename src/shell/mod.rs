//! The shell: performs the engine's effects and turns the outside world into events. It has no rules about quizzes.
//!
//! [`Runner`] owns the session. Every event goes through [`Runner::dispatch`], one at a time and in order; what an event
//! causes (storing, telling the page, drawing) happens after the session has taken it.

pub mod ambient;
pub mod chunk;
pub mod config;
pub mod data;
pub mod element;
pub mod fetch;
pub mod notice;
pub mod prose;
pub mod sheet;
pub mod storage;
pub mod ticker;
pub mod watch;

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::rc::Rc;

use leptos::prelude::{GetUntracked, LocalStorage, RwSignal, Set, WithUntracked};

use crate::engine::event::{Effect, Event};
use crate::engine::session::{Session, State};
use crate::engine::view::View;
use storage::Store;
use ticker::Ticker;
use watch::Watch;

/// What the screens read.
#[derive(Clone, Copy)]
pub struct Signals {
    /// The screen to show.
    pub view: RwSignal<View, LocalStorage>,
    /// Whole seconds left; `None` where nothing is limited.
    pub seconds_left: RwSignal<Option<u64>, LocalStorage>,
    /// Whether results can be kept in this browser.
    pub is_kept: RwSignal<bool, LocalStorage>,
    /// Whether questions can be drawn as they are meant: the chunk for rich text is there, or not needed, or too late.
    pub is_text_ready: RwSignal<bool, LocalStorage>,
}

/// Owns the session of one widget. Dropping it stops its timer and its listeners.
pub struct Runner {
    host: web_sys::HtmlElement,
    language: String,
    session: RefCell<Session>,
    waiting: RefCell<VecDeque<Event>>,
    is_busy: Cell<bool>,
    store: Store,
    signals: Signals,
    ticker: RefCell<Option<Ticker>>,
    watch: RefCell<Option<Watch>>,
}

impl Runner {
    /// A runner over a session; `signals` must live as long as the screens.
    pub fn new(
        host: web_sys::HtmlElement,
        language: String,
        session: Session,
        store: Store,
        signals: Signals,
    ) -> Rc<Self> {
        let runner = Rc::new(Self {
            host,
            language,
            session: RefCell::new(session),
            waiting: RefCell::default(),
            is_busy: Cell::new(false),
            store,
            signals,
            ticker: RefCell::default(),
            watch: RefCell::default(),
        });
        let weak = Rc::downgrade(&runner);
        let watch = Watch::new(&runner.host, move || {
            if let Some(runner) = weak.upgrade() {
                runner.dispatch(Event::Tick);
            }
        });
        runner.watch.replace(Some(watch));
        runner
    }

    /// Takes up what was stored, and shows the first screen. With an author's seed, only what was made from it counts.
    ///
    /// What comes back must be given to [`Self::perform`] once the page can use the widget: a sitting that ended while
    /// nobody was here is told then.
    pub fn restore(self: &Rc<Self>, seed: Option<&str>) -> Vec<Effect> {
        let attempts = self.store.attempts();
        let effects = self
            .session
            .borrow_mut()
            .restore(attempts, seed, ambient::now());
        self.show();
        effects
    }

    /// Takes an event. Events sent while another is being taken wait their turn: none is lost, none is nested.
    pub fn dispatch(self: &Rc<Self>, event: Event) {
        self.waiting.borrow_mut().push_back(event);
        if self.is_busy.replace(true) {
            return;
        }
        loop {
            let next = self.waiting.borrow_mut().pop_front();
            let Some(event) = next else { break };
            let effects = self.session.borrow_mut().update(event, ambient::now());
            self.perform(effects);
        }
        self.is_busy.set(false);
        self.show();
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

    /// The store, for export and import.
    pub const fn store(&self) -> &Store {
        &self.store
    }

    /// Does what the session asked for.
    pub fn perform(&self, effects: Vec<Effect>) {
        for effect in effects {
            match effect {
                Effect::Save(attempt) => {
                    if !self.store.save(&attempt) {
                        self.signals.is_kept.set(false);
                    }
                }
                Effect::Forget(attempt) => self.store.forget(&attempt),
                Effect::Tell(told) => notice::tell(&self.host, &told),
            }
        }
    }

    /// Brings the screens up to date. The view is only set when it differs, so that nothing is drawn for nothing.
    fn show(self: &Rc<Self>) {
        let now = ambient::now();
        let (view, remaining, is_ticking) = {
            let session = self.session.borrow();
            (
                session.view(&self.language),
                session.remaining(now),
                session.is_ticking(),
            )
        };
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
        let is_watched = self.watch.borrow().as_ref().is_some_and(Watch::is_seen);
        let next = remaining
            .filter(|_| is_ticking && is_watched)
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
