//! Keeps what the reader did, in a chunk of its own: behind the trait [`Keeping`], which is all that the main module knows.
//!
//! Beside storing, it sees to it that one page alone writes a sitting.

use core::cell::RefCell;
use std::rc::Rc;

use gloo_timers::callback::Timeout;
use leptos::prelude::Set;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::StorageEvent;

use super::concern::Concern;
use super::journal::Put;
use super::seat::{Seat, read};
use super::storage::{Saved, Store, ask_to_persist};
use super::{Keeping, Runner, data, notice};
use crate::engine::attempt::Attempt;
use crate::engine::clock::Timestamp;
use crate::engine::event::Event;

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
}

impl Keeping for Keeper {
    fn begin(&self, runner: &Rc<Runner>) {
        let seat = Seat::new(runner, &self.store);
        let stored = Rc::downgrade(&seat);
        self.seat.replace(Some(seat));
        let prefix = self.store.prefix().to_owned();
        let on_storage = StorageListener::new(move |key| {
            // No key: everything was taken out.
            if let Some(seat) = stored.upgrade()
                && key.is_none_or(|key| key.starts_with(&prefix))
            {
                seat.look_again();
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

    fn save(&self, runner: &Rc<Runner>, attempt: &Attempt) -> bool {
        let has_journal = self.store.journal().is_some();
        runner.signals.is_saved.set(has_journal.then_some(false));
        let (weak, store) = (Rc::downgrade(runner), Rc::clone(&self.store));
        let (seat, id) = (
            self.seat().map(|seat| Rc::downgrade(&seat)),
            attempt.id.clone(),
        );
        let ended = move |put: Put| {
            let Some(runner) = weak.upgrade().filter(|_| has_journal) else {
                return;
            };
            let is_there = put == Put::Arrived;
            runner.signals.is_saved.set(is_there.then_some(true));
            if put == Put::Outdated {
                if let Some(seat) = seat.and_then(|seat| seat.upgrade()) {
                    seat.outdated(&id);
                }
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
        match self.store.save(attempt, ended) {
            Saved::Refused if !has_journal => runner.concern(Concern::NotKept),
            Saved::Done | Saved::Refused => {}
            Saved::Overtaken => {
                runner.signals.is_saved.set(None);
                if let Some(seat) = self.seat() {
                    seat.lost();
                }
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
        runner.dispatch(Event::Stored(read(&self.store, runner)));
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
