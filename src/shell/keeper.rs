//! Keeps what the reader did, in a chunk of its own: behind the trait [`Keeping`], which is all that the main module knows.
//!
//! Beside storing, it sees to it that one page alone writes a sitting.

use core::cell::RefCell;
use std::rc::{Rc, Weak};

use gloo_timers::callback::Timeout;
use leptos::prelude::Set;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::StorageEvent;

use super::concern::Concern;
use super::storage::{Saved, Store, ask_to_persist};
use super::tabs::{Asking, Claimant, Hold, Tabs};
use super::{Keeping, Runner, data, notice};
use crate::engine::attempt::Attempt;
use crate::engine::clock::Timestamp;
use crate::engine::event::Event;
use crate::engine::session::Session;

/// How long a page has to let go of a sitting before it is no longer asked, in milliseconds: a frozen one does not answer.
const PATIENCE: u32 = 2_000;
/// How long what was held back is held back at most, in milliseconds.
const REST: u32 = 2_000;

/// What keeps one widget's answers. Dropping it stops everything.
pub struct Keeper {
    store: Rc<Store>,
    seat: RefCell<Option<Rc<Seat>>>,
    on_storage: RefCell<Option<StorageListener>>,
    flushing: Flushing,
}

/// The timer for what the pace holds back.
type Flushing = Rc<RefCell<Option<Timeout>>>;

/// That this page is the one that writes the running sitting, or wants to be.
struct Seat {
    runner: Weak<Runner>,
    store: Rc<Store>,
    /// The key of the running sitting, once it was asked for.
    key: RefCell<String>,
    hold: RefCell<Option<Hold>>,
    asking: RefCell<Option<Asking>>,
    /// After what it gave: letting go has to be told.
    tabs: RefCell<Option<Tabs<Wish>>>,
    insisting: RefCell<Option<Timeout>>,
}

impl Keeper {
    /// Over the browser's stores, which it brings to the newer of what each has.
    pub async fn open(set: &str) -> Rc<dyn Keeping> {
        Rc::new(Self {
            store: Rc::new(Store::local(set).await),
            seat: RefCell::default(),
            on_storage: RefCell::default(),
            flushing: Flushing::default(),
        })
    }

    fn seat(&self) -> Option<Rc<Seat>> {
        self.seat.borrow().clone()
    }

    /// localStorage refused something, or the journal did.
    fn refused(&self, runner: &Runner) {
        runner.concern(if self.store.journal().is_some() && self.store.is_there() {
            Concern::JournalOnly
        } else {
            Concern::NotKept
        });
    }
}

impl Keeping for Keeper {
    fn begin(&self, runner: &Rc<Runner>) {
        let seat = Rc::new(Seat {
            runner: Rc::downgrade(runner),
            store: Rc::clone(&self.store),
            tabs: RefCell::default(),
            key: RefCell::default(),
            asking: RefCell::default(),
            hold: RefCell::default(),
            insisting: RefCell::default(),
        });
        let (wanted, stored) = (Rc::downgrade(&seat), Rc::downgrade(&seat));
        let tabs = Tabs::new(move |key| {
            if let Some(seat) = wanted.upgrade() {
                seat.let_go(key);
            }
        });
        seat.tabs.replace(Some(tabs));
        self.seat.replace(Some(seat));
        let prefix = self.store.prefix().to_owned();
        let on_storage = StorageListener::new(move |key| {
            // No key: everything was taken out.
            if let Some(seat) = stored.upgrade()
                && key.is_none_or(|key| key.starts_with(&prefix))
                && let Some(runner) = seat.runner.upgrade()
            {
                runner.dispatch(Event::Stored(seat.store.attempts()));
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
        let attempts = self.store.attempts();
        let newer = attempts.iter().filter(|attempt| attempt.is_newer).count();
        if newer > 0 {
            runner.concern(Concern::Newer(newer));
        }
        let set_aside = self.store.set_aside_count();
        if set_aside > 0 {
            runner.concern(Concern::SetAside(set_aside));
        }
        attempts
    }

    fn save(&self, runner: &Rc<Runner>, attempt: &Attempt) -> bool {
        let has_journal = self.store.journal().is_some();
        runner.signals.is_saved.set(has_journal.then_some(false));
        let weak = Rc::downgrade(runner);
        let ended = move |is_there: bool| {
            let Some(runner) = weak.upgrade() else { return };
            if is_there {
                runner.signals.is_saved.set(Some(true));
            } else if has_journal {
                runner.signals.is_saved.set(None);
                // Where localStorage has it, it only is not as safe as it could be.
                if runner.settle(Concern::JournalOnly) {
                    runner.concern(Concern::NotKept);
                }
            }
        };
        match self.store.save(attempt, ended) {
            Saved::Done => {}
            Saved::Refused => self.refused(runner),
            Saved::Overtaken => {
                runner.signals.is_saved.set(None);
                if let Some(seat) = self.seat() {
                    seat.lost();
                }
                return false;
            }
        }
        if attempt.finished.is_some() {
            ask_to_persist();
            if let Some(kilobytes) = self.store.too_much() {
                runner.concern(Concern::TooMuch(kilobytes));
            }
        }
        if self.store.holds_back() {
            flush_later(&self.store, &self.flushing);
        }
        true
    }

    fn forget(&self, attempt: &str) {
        self.store.forget(attempt);
    }

    fn sign(&self, attempt: &Attempt, now: Timestamp) {
        self.store.sign(attempt, now);
    }

    fn mind(&self, running: Option<&str>) {
        let Some(seat) = self.seat() else { return };
        match running {
            None => seat.leave(),
            Some(id) => {
                let key = self.store.key_of(id);
                if *seat.key.borrow() != key {
                    seat.leave();
                    seat.key.replace(key);
                    // What was started here is nobody else's.
                    seat.ask(!seat.is_elsewhere());
                }
            }
        }
    }

    fn seen(&self, is_visible: bool) {
        if !is_visible {
            // The page may not come back.
            self.store.flush(true);
        } else if let Some(seat) = self.seat()
            && seat.asking.borrow().is_none()
            && !seat.key.borrow().is_empty()
        {
            seat.ask(false);
        }
        if !is_visible
            && let Some(seat) = self.seat()
            && seat.hold.borrow().is_none()
        {
            seat.wait();
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

    fn import(&self, runner: &Rc<Runner>, text: &str) -> Result<[usize; 3], String> {
        let counts = runner.look(|session| data::import(session.set(), &self.store, text))?;
        runner.dispatch(Event::Stored(self.stored(runner)));
        Ok(counts)
    }

    fn make_room(&self, runner: &Rc<Runner>) {
        self.store.make_room();
        runner.settle(Concern::TooMuch(0));
        runner.dispatch(Event::Stored(self.store.attempts()));
    }

    fn delete_everything(&self, runner: &Rc<Runner>) {
        runner.dispatch(Event::Reset);
        // Not the runner itself: the widget may be gone when this is done.
        let (runner, store) = (Rc::downgrade(runner), Rc::clone(&self.store));
        wasm_bindgen_futures::spawn_local(async move {
            let is_deleted = store.delete_everything().await;
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
    /// Whether the sitting goes on in another page. It does not if the widget is gone.
    fn is_elsewhere(&self) -> bool {
        let runner = self.runner.upgrade();
        runner.is_some_and(|runner| runner.look(Session::is_elsewhere))
    }

    /// Gives up the seat, and the wish for it. Who waits for it must find what is stored last.
    fn leave(&self) {
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
                runner.dispatch(Event::Stored(seat.store.attempts()));
                runner.dispatch(Event::Hold(true));
                runner.look_around();
            }
        });
    }

    /// Another page took the sitting, without waiting.
    fn lost(self: &Rc<Self>) {
        drop(self.hold.take());
        self.store.give_up(&self.key.borrow());
        if let Some(runner) = self.runner.upgrade() {
            runner.dispatch(Event::Hold(false));
            runner.dispatch(Event::Stored(self.store.attempts()));
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
    fn take_over(self: &Rc<Self>) {
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

/// Writes what the pace holds back as soon as it may.
fn flush_later(store: &Rc<Store>, flushing: &Flushing) {
    let (own, again) = (Rc::clone(store), Rc::downgrade(flushing));
    let flush = Timeout::new(REST, move || {
        if own.flush(false)
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
