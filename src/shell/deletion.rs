//! What a page does when everything is deleted in another one while a sitting goes on in it: nothing of the sitting is
//! written any more, until the reader says that it is to be kept.

use core::cell::RefCell;
use std::rc::{Rc, Weak};

use leptos::prelude::Set;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{BroadcastChannel, MessageEvent};

use super::Runner;
use super::concern::Concern;
use super::storage::{Store, read};
use crate::engine::attempt::Attempt;
use crate::engine::event::Event;
use crate::keeping::seat::Seat;

/// Where pages tell each other that everything was deleted.
const CHANNEL: &str = "mondai:1:gone";

/// Hears what other pages say.
type Hearing = Closure<dyn FnMut(MessageEvent)>;

/// Of one widget: hears of it, tells it, and holds back what was deleted.
pub struct Deletion {
    runner: Weak<Runner>,
    store: Rc<Store>,
    channel: Option<BroadcastChannel>,
    /// After what it gave: hearing has to be told.
    on_message: RefCell<Option<Hearing>>,
    /// The sitting of this page, as it was to be stored last: once it is held back, or is over and not to be had of the session.
    last: RefCell<Option<Attempt>>,
    /// The id of the one that is not stored until the reader wants it.
    held: RefCell<Option<String>>,
}

impl Drop for Deletion {
    fn drop(&mut self) {
        if let Some(channel) = &self.channel {
            channel.set_onmessage(None);
            channel.close();
        }
    }
}

impl Deletion {
    /// Listens to other pages from now on.
    pub fn new(runner: &Rc<Runner>, store: &Rc<Store>) -> Rc<Self> {
        let deletion = Rc::new(Self {
            runner: Rc::downgrade(runner),
            store: Rc::clone(store),
            // Refused where storage is.
            channel: BroadcastChannel::new(CHANNEL).ok(),
            on_message: RefCell::default(),
            last: RefCell::default(),
            held: RefCell::default(),
        });
        let heard = Rc::downgrade(&deletion);
        let on_message = Hearing::new(move |_: MessageEvent| {
            if let Some(deletion) = heard.upgrade() {
                deletion.hear();
            }
        });
        if let Some(channel) = &deletion.channel {
            channel.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
        }
        deletion.on_message.replace(Some(on_message));
        deletion
    }

    /// Tells other pages that everything was deleted.
    pub fn tell(&self) {
        if let Some(channel) = &self.channel {
            // A text can always be sent.
            let _ = channel.post_message(&"gone".into());
        }
    }

    /// Looks whether localStorage still has the sitting that goes on here. If not, it may have been deleted without a word.
    pub fn miss(self: &Rc<Self>) {
        let running = self.running();
        if running.is_some_and(|running| self.store.misses(&self.store.key_of(&running.id))) {
            self.hear();
        }
    }

    /// The sitting that goes on in this page.
    fn running(&self) -> Option<Attempt> {
        let runner = self.runner.upgrade()?;
        runner.look(|session| {
            session
                .running()
                .filter(|_| !session.is_elsewhere())
                .cloned()
        })
    }

    /// Everything was deleted elsewhere. What this page may have put back since is taken out as well.
    fn hear(self: &Rc<Self>) {
        let deletion = Rc::clone(self);
        let running = self.running().map(|running| (running.id, running.term));
        wasm_bindgen_futures::spawn_local(async move {
            let store = &deletion.store;
            let key = running.as_ref().map(|(id, _)| store.key_of(id));
            let is_gone = store.is_gone(key.as_deref().unwrap_or_default()).await
                // Without a journal nothing is noted; what is said must do.
                || store.journal().is_none();
            if let Some((running, term)) = running.filter(|_| is_gone) {
                deletion.found(&running, term);
            }
            if let Some(runner) = deletion.runner.upgrade() {
                runner.dispatch(Event::Stored(read(store, &runner)));
            }
        });
    }

    /// The sitting of this page is noted as deleted under a term.
    pub fn found(&self, attempt: &str, term: u64) {
        let Some(runner) = self.runner.upgrade() else {
            return;
        };
        let mut last = self.last.borrow_mut();
        if last.as_ref().is_none_or(|last| last.id != attempt) {
            *last = self.running().filter(|running| running.id == attempt);
        }
        if last.is_none() || !self.store.withdraw(attempt, term) {
            return;
        }
        self.held.replace(Some(attempt.to_owned()));
        drop(last);
        runner.signals.is_saved.set(None);
        runner.concern(Concern::DeletedElsewhere);
    }

    /// Whether an attempt is not to be stored now. What becomes of it is remembered.
    pub fn holds_back(&self, attempt: &Attempt) -> bool {
        let is_held = self.held.borrow().as_ref() == Some(&attempt.id);
        // Not at every press: it is as large as the paper.
        let is_wanted = is_held || attempt.finished.is_some();
        self.last.replace(is_wanted.then(|| attempt.clone()));
        if !is_held {
            // Who begins another one leaves that one to be gone.
            self.let_go();
        }
        is_held
    }

    /// An attempt is given up or deleted here: if it was held back, it is not wanted any more.
    pub fn forget(&self, attempt: &str) {
        let is_held = self.held.borrow().as_deref() == Some(attempt);
        if is_held {
            self.let_go();
        }
        // Nor is it asked about when an earlier write is refused.
        let is_last = self
            .last
            .borrow()
            .as_ref()
            .is_some_and(|last| last.id == attempt);
        if is_last {
            self.last.take();
        }
    }

    fn let_go(&self) {
        if self.held.take().is_some()
            && let Some(runner) = self.runner.upgrade()
        {
            runner.settle(Concern::DeletedElsewhere);
        }
    }

    /// The reader wants to keep it.
    pub fn keep(&self, seat: &Rc<Seat>) {
        let (held, last) = (self.held.take(), self.last.borrow().clone());
        let Some(runner) = self.runner.upgrade().filter(|_| held.is_some()) else {
            return;
        };
        runner.settle(Concern::DeletedElsewhere);
        let Some(attempt) = last else { return };
        let weak = self.runner.clone();
        let ended = move |is_there: bool| {
            if let Some(runner) = weak.upgrade() {
                runner.signals.is_saved.set(is_there.then_some(true));
            }
        };
        // It is a result among the others, if it has ended.
        seat.keep(&attempt, ended);
    }
}
