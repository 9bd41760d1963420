//! One page writes a sitting: it holds the seat for as long as it does. Others show what it writes, and may ask for it.

use core::cell::RefCell;
use std::rc::{Rc, Weak};

use gloo_timers::callback::Timeout;

use super::Runner;
use super::concern::Concern;
use super::storage::Store;
use super::tabs::{Asking, Claimant, Hold, Tabs};
use crate::engine::attempt::Attempt;
use crate::engine::event::Event;
use crate::engine::session::Session;

/// How long a page has to let go of a sitting before it is no longer asked, in milliseconds: a frozen one does not answer.
const PATIENCE: u32 = 2_000;
/// How long a browser may take to say that nobody else has a sitting, in milliseconds.
const ASKED: u32 = 500;

/// That this page is the one that writes the running sitting, or wants to be.
pub struct Seat {
    runner: Weak<Runner>,
    store: Rc<Store>,
    /// The key of the running sitting, once it was asked for.
    key: RefCell<String>,
    hold: RefCell<Option<Hold>>,
    asking: RefCell<Option<Asking>>,
    /// After what it gave: letting go has to be told.
    tabs: RefCell<Option<Tabs<Wish>>>,
    insisting: RefCell<Option<Timeout>>,
    /// What waits until it is clear where the sitting goes on that was stored, and how long at most.
    undecided: RefCell<Option<(Vec<Event>, Timeout)>>,
}

/// All attempts that can be read; the reader is told of the others.
pub fn read(store: &Store, runner: &Runner) -> Vec<Attempt> {
    let attempts = store.attempts();
    let newer = attempts.iter().filter(|attempt| attempt.is_newer).count();
    if newer > 0 {
        runner.concern(Concern::Newer(newer));
    }
    let set_aside = store.set_aside_count();
    if set_aside > 0 {
        runner.concern(Concern::SetAside(set_aside));
    }
    attempts
}

/// That a page wants to write a sitting; of no avail once it wants another one.
#[derive(Clone)]
struct Wish {
    seat: Weak<Seat>,
    key: String,
}

impl Claimant for Wish {
    fn granted(&self, hold: Hold) {
        if let Some(seat) = self.seat.upgrade()
            && *seat.key.borrow() == self.key
        {
            seat.granted(hold);
        }
    }

    fn lost(&self) {
        if let Some(seat) = self.seat.upgrade()
            && *seat.key.borrow() == self.key
        {
            seat.lost();
        }
    }
}

impl Seat {
    /// An empty one.
    pub fn new(runner: &Rc<Runner>, store: &Rc<Store>) -> Rc<Self> {
        let seat = Rc::new(Self {
            runner: Rc::downgrade(runner),
            store: Rc::clone(store),
            tabs: RefCell::default(),
            key: RefCell::default(),
            asking: RefCell::default(),
            hold: RefCell::default(),
            insisting: RefCell::default(),
            undecided: RefCell::default(),
        });
        let late = Rc::downgrade(&seat);
        let timeout = Timeout::new(ASKED, move || {
            if let Some(seat) = late.upgrade() {
                seat.decided();
            }
        });
        seat.undecided.replace(Some((Vec::new(), timeout)));
        let wanted = Rc::downgrade(&seat);
        let tabs = Tabs::new(move |key| {
            if let Some(seat) = wanted.upgrade() {
                seat.let_go(key);
            }
        });
        seat.tabs.replace(Some(tabs));
        seat
    }

    /// Sees to it that this page, and no other, writes the attempt that runs.
    pub fn mind(self: &Rc<Self>, key: String) {
        if *self.key.borrow() != key {
            self.leave();
            self.key.replace(key);
            // What was started here is nobody else's.
            self.ask(!self.is_elsewhere());
        }
    }

    /// The page came in sight, or went out of it.
    pub fn seen(self: &Rc<Self>, is_visible: bool) {
        if !is_visible {
            if self.hold.borrow().is_none() {
                self.wait();
            }
        } else if self.asking.borrow().is_none() && !self.key.borrow().is_empty() {
            self.ask(false);
        }
    }

    /// The attempts as they are stored now, which another page changed.
    pub fn look_again(&self) {
        if let Some(runner) = self.runner.upgrade() {
            runner.dispatch(Event::Stored(read(&self.store, &runner)));
        }
    }

    /// Whether the sitting goes on in another page. It does not if the widget is gone.
    pub fn is_elsewhere(&self) -> bool {
        let runner = self.runner.upgrade();
        runner.is_some_and(|runner| runner.look(Session::is_elsewhere))
    }

    /// Gives up the seat, and the wish for it. Who waits for it must find what is stored last.
    pub fn leave(&self) {
        self.key.take();
        drop(self.asking.take());
        drop(self.insisting.take());
        let (hold, store) = (self.hold.take(), Rc::clone(&self.store));
        if hold.is_some() {
            wasm_bindgen_futures::spawn_local(async move {
                store.settled().await;
                drop(hold);
            });
        }
    }

    fn ask(self: &Rc<Self>, steal: bool) {
        let key = self.key.borrow().clone();
        let wish = Wish {
            seat: Rc::downgrade(self),
            key: key.clone(),
        };
        let tabs = self.tabs.borrow();
        let asking = tabs.as_ref().map(|tabs| tabs.ask(&key, steal, wish));
        // Dropping what stood here takes that request back.
        drop(self.asking.replace(asking));
    }

    /// The sitting goes on here, from the newest that is stored.
    fn granted(self: &Rc<Self>, hold: Hold) {
        drop(self.insisting.take());
        drop(self.hold.replace(Some(hold)));
        if !self.is_elsewhere() {
            return;
        }
        let seat = Rc::clone(self);
        wasm_bindgen_futures::spawn_local(async move {
            seat.store.recover().await;
            // The widget may be gone by now, and the sitting taken again.
            if let Some(runner) = seat.runner.upgrade()
                && seat.hold.borrow().is_some()
            {
                seat.store.go_on_from(&seat.key.borrow());
                runner.dispatch(Event::Stored(read(&seat.store, &runner)));
                runner.dispatch(Event::Hold(true));
                runner.look_around();
            }
            seat.decided();
        });
    }

    /// Sends an event: when it is clear where the sitting goes on.
    pub fn act(&self, event: Event) {
        if let Some((waiting, _)) = &mut *self.undecided.borrow_mut() {
            waiting.push(event);
        }
        // Where another page has it, nothing is done to it here.
    }

    /// Nobody need wait any longer.
    fn decided(&self) {
        let waiting = self.undecided.take().map(|(waiting, _)| waiting);
        for event in waiting.into_iter().flatten() {
            if let Some(runner) = self.runner.upgrade() {
                runner.dispatch(event);
            }
        }
    }

    /// The journal has a better record of an attempt than this page had: the page began from what was not the newest, or it
    /// slept while another one went on. Of no avail once it has another sitting, or none.
    pub fn outdated(self: &Rc<Self>, attempt: &str) {
        let is_current = *self.key.borrow() == self.store.key_of(attempt);
        if is_current {
            self.lost();
        }
    }

    /// Another page took the sitting, without waiting.
    pub fn lost(self: &Rc<Self>) {
        drop(self.hold.take());
        self.store.give_up(&self.key.borrow());
        if let Some(runner) = self.runner.upgrade() {
            runner.dispatch(Event::Hold(false));
            runner.dispatch(Event::Stored(read(&self.store, &runner)));
        }
        self.wait();
    }

    /// Waits for its turn again, unless nobody sees this page: who reads elsewhere must not lose the sitting to it.
    fn wait(self: &Rc<Self>) {
        let runner = self.runner.upgrade();
        if self.hold.borrow().is_none() && !self.key.borrow().is_empty() {
            if runner.is_some_and(|runner| runner.is_visible()) {
                self.ask(false);
            } else {
                drop(self.asking.take());
                drop(self.insisting.take());
            }
        }
    }

    /// The reader wants to go on in another page: what is here is stored, then that page has its turn.
    fn let_go(self: &Rc<Self>, key: &str) {
        if *self.key.borrow() != key || self.hold.borrow().is_none() {
            return;
        }
        if let Some(runner) = self.runner.upgrade() {
            runner.dispatch(Event::LetGo);
        }
        self.store.flush(true);
        let (seat, hold) = (Rc::clone(self), self.hold.take());
        wasm_bindgen_futures::spawn_local(async move {
            seat.store.settled().await;
            drop(hold);
            seat.wait();
        });
    }

    /// The reader wants to go on here.
    pub fn take_over(self: &Rc<Self>) {
        if self.hold.borrow().is_some() || self.insisting.borrow().is_some() {
            return;
        }
        if let Some(tabs) = &*self.tabs.borrow() {
            tabs.want(&self.key.borrow());
        }
        if self.asking.borrow().is_none() {
            self.ask(false);
        }
        let weak = Rc::downgrade(self);
        let insist = move || {
            if let Some(seat) = weak.upgrade() {
                seat.ask(true);
            }
        };
        self.insisting.replace(Some(Timeout::new(PATIENCE, insist)));
    }
}
