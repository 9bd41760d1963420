//! What may be written where: attempts go to localStorage, in the same task as the input, and to the journal beside it. Reads and
//! writes only keys of its own set; nothing of anybody else's.

pub mod bounds;
mod gone;
mod incoming;
mod namesakes;
mod recovery;
mod room;
mod sitting;
#[cfg(test)]
mod tests;

use core::cell::{Cell, RefCell};
use std::rc::Rc;

use super::names::{ALIVE, ATTEMPT, OURS, fence};
use super::ports::{Ended, Ledger, Now, OnEnd, Shelf};
use super::term::Order;
use super::term::Put;
use super::texts::Texts;
use crate::engine::attempt::Attempt;
use crate::engine::attempt::origin::Origin;
use crate::engine::attempt::verdict::is_better;
use crate::engine::clock::Timestamp;
use crate::engine::pace::Pace;
pub use incoming::{Came, Imported, Refusal};
pub use sitting::Taken;

/// The attempts of one question set.
pub struct Store {
    shelf: Option<Rc<dyn Shelf>>,
    journal: Option<Rc<dyn Ledger>>,
    now: Now,
    prefix: String,
    /// What localStorage does not have (yet): it was refused, or too much was written of late.
    waiting: RefCell<Texts>,
    /// Whether localStorage refused what was written to it last.
    is_refused: Cell<bool>,
    pace: RefCell<Pace>,
    /// The key of the running sitting, and its record in localStorage as this page wrote or found it last.
    written: RefCell<(String, String)>,
    /// The key of the sitting that this page took in the journal, and under which term.
    taken: RefCell<(String, u64)>,
    /// Whether it is not known if this page still has the sitting. Until then localStorage is neither believed nor written to.
    is_doubted: Cell<bool>,
    /// How many records were set aside since the page was opened.
    set_aside: Cell<usize>,
    /// Whether there are more records than are looked at.
    is_beyond: Cell<bool>,
    /// The key of the sitting that the reader kept when it was deleted elsewhere, and the term under which it was kept.
    kept: RefCell<(String, u64)>,
    /// Attempts of which the journal has noted that they are gone, and which are removed next.
    noted: RefCell<Vec<String>>,
    /// When the running sitting was last seen, if the page could not say goodbye: of which attempt, which revision, and when.
    alive: RefCell<(String, u64, Timestamp)>,
    /// What the set is known by beside its id, who is told of another set of this id, and whether that happened.
    origin: RefCell<Option<(Rc<Origin>, OnNamesake)>>,
    is_namesake_told: Cell<bool>,
}

/// Is told of an attempt of another set of the same id.
pub type OnNamesake = fn(&Attempt);

/// What became of a record that was to be stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Saved {
    /// localStorage has it, or will have it soon.
    Done,
    /// localStorage refused it.
    Refused,
    /// Another page wrote this attempt meanwhile; what it wrote stays.
    Overtaken,
}

impl Store {
    /// Over localStorage and a journal, where there are any.
    pub fn new(
        set: &str,
        shelf: Option<Rc<dyn Shelf>>,
        journal: Option<Rc<dyn Ledger>>,
        now: Now,
    ) -> Self {
        Self {
            shelf,
            journal,
            now,
            prefix: [OURS, set, ":"].concat(),
            waiting: RefCell::default(),
            is_refused: Cell::new(false),
            pace: RefCell::default(),
            written: RefCell::default(),
            taken: RefCell::default(),
            is_doubted: Cell::new(false),
            set_aside: Cell::new(0),
            is_beyond: Cell::new(false),
            kept: RefCell::default(),
            noted: RefCell::default(),
            alive: RefCell::default(),
            origin: RefCell::default(),
            is_namesake_told: Cell::new(false),
        }
    }

    /// Whether localStorage is there.
    pub const fn is_there(&self) -> bool {
        self.shelf.is_some()
    }

    /// The journal, if the browser has one for us.
    pub const fn journal(&self) -> Option<&Rc<dyn Ledger>> {
        self.journal.as_ref()
    }

    /// How many records were set aside since the page was opened.
    pub fn set_aside_count(&self) -> usize {
        self.set_aside.get()
    }

    /// Waits until the journal has what was put into it.
    pub async fn settled(&self) {
        if let Some(journal) = &self.journal {
            Rc::clone(journal).settled().await;
        }
    }

    /// Whether localStorage has an attempt no more that this page wrote there.
    pub fn misses(&self, key: &str) -> bool {
        let (own, text) = &*self.written.borrow();
        own == key && !text.is_empty() && self.stored(key).is_none()
    }

    /// What all keys of this set begin with.
    pub fn prefix(&self) -> &str {
        &self.prefix
    }

    /// The key of an attempt.
    pub fn key_of(&self, attempt: &str) -> String {
        self.key(ATTEMPT, attempt)
    }

    /// Stores an attempt. A refused write keeps what stood there before. `on_end` is told what the journal made
    /// of it: there too, what another page wrote later stays.
    pub fn save(&self, attempt: &Attempt, on_end: impl FnOnce(Ended) + 'static) -> Saved {
        let key = self.key(ATTEMPT, &attempt.id);
        let is_doubted = self.is_doubted.get();
        if !is_doubted && self.is_overtaken(&key, attempt) {
            self.give_up(&key);
            return Saved::Overtaken;
        }
        let text = attempt.to_stored();
        if attempt.revision == 1 {
            // It began here, and nobody else knows of it.
            self.taken.replace((key.clone(), attempt.term));
        }
        let (own, term) = &*self.taken.borrow();
        let fence = fence(&key, attempt.term).filter(|_| *own == key && *term == attempt.term);
        let (own, record) = (key.clone(), text.clone());
        self.order(
            match fence {
                Some(fence) => Order::Write {
                    key: own,
                    text: record,
                    fence,
                },
                None => Order::Better {
                    key: own,
                    text: record,
                },
            },
            Box::new(on_end),
        );
        if is_doubted {
            self.wait(&key, &text);
            return Saved::Done;
        }
        let is_last = attempt.finished.is_some();
        let may = self.pace.borrow_mut().take(text.len(), (self.now)());
        if is_last || may || attempt.revision == 1 {
            if self.put(&key, &text) {
                self.wrote(key, text);
                return Saved::Done;
            }
            Saved::Refused
        } else {
            self.wait(&key, &text);
            Saved::Done
        }
    }

    fn order(&self, order: Order, on_end: OnEnd) {
        match &self.journal {
            Some(journal) => Rc::clone(journal).order(order, on_end),
            None => on_end(Ended {
                put: Put::Refused,
                is_last: true,
                text: None,
            }),
        }
    }

    /// An order for which nobody waits.
    fn send(&self, order: Order) {
        self.order(order, Box::new(|_| {}));
    }

    /// Whether a better record stands in localStorage: another page had room for its own.
    fn is_outdated(&self, key: &str, text: &str) -> bool {
        self.stored(key)
            .is_some_and(|there| is_better(&there, text, key))
    }

    fn wrote(&self, key: String, text: String) {
        self.written.replace((key, text));
    }

    /// Whether another page wrote a record after this one did. Not if that page had lost the sitting to this one; nor if it is an
    /// earlier record of this page, which another one brought to localStorage from the journal. If what stands there cannot
    /// be read, nobody goes on from it: then it is set aside.
    fn is_overtaken(&self, key: &str, attempt: &Attempt) -> bool {
        let (own, text) = &*self.written.borrow();
        let there = self.stored(key).filter(|there| own == key && there != text);
        there.is_some_and(|there| match self.read(&attempt.id, &there) {
            Some(there) => {
                there.is_newer || (there.term, there.revision) >= (attempt.term, attempt.revision)
            }
            None => self.keep_aside(&attempt.id, &there).is_none(),
        })
    }

    /// This page goes on from what is stored of an attempt.
    pub fn go_on_from(&self, key: &str) {
        self.taken.take();
        let text = self.stored(key).unwrap_or_default();
        self.wrote(key.to_owned(), text);
    }

    /// What this page had of an attempt is not the truth any more.
    pub fn give_up(&self, key: &str) {
        self.taken.take();
        self.waiting.borrow_mut().remove(key);
    }

    /// Notes that the running sitting is there at this moment.
    pub fn sign(&self, attempt: &Attempt, now: Timestamp) {
        if let Some(journal) = &self.journal {
            let key = [&self.prefix, ALIVE].concat();
            let (revision, now) = (attempt.revision.to_string(), now.0.to_string());
            journal.note(&key, &[&attempt.id, revision.as_str(), &now].join(" "));
        }
    }

    /// Whether localStorage refused what was written to it last.
    pub const fn is_refused(&self) -> bool {
        self.is_refused.get()
    }

    /// Whether anything waits until it may be written.
    pub fn holds_back(&self) -> bool {
        self.shelf.is_some() && !self.waiting.borrow().is_empty()
    }

    /// Writes what waits: at once if the page may be about to go, otherwise as the pace allows. Gives whether the pace holds
    /// some of it back still.
    pub fn flush(&self, is_last: bool) -> bool {
        let mut holds_back = false;
        if self.is_doubted.get() {
            return holds_back;
        }
        for (key, text) in self.waiting.take().into_list() {
            if let Some(id) = self.id_of(&key)
                && let Some(attempt) = self.read(id, &text)
                && (self.is_overtaken(&key, &attempt) || self.is_outdated(&key, &text))
            {
                continue;
            }
            if is_last || self.pace.borrow_mut().take(text.len(), (self.now)()) {
                let is_running = self.written.borrow().0 == key;
                if self.put(&key, &text) && is_running {
                    self.wrote(key, text);
                }
            } else {
                self.wait(&key, &text);
                holds_back = true;
            }
        }
        holds_back
    }

    /// Whether no more than one result is stored.
    pub fn is_first_result(&self) -> bool {
        let entries = self.entries();
        let attempts = entries.iter().filter_map(|(key, text)| {
            let attempt = self.read(self.id_of(key)?, text)?;
            (attempt.finished.is_some() && self.is_own(&attempt)).then_some(())
        });
        attempts.take(2).count() <= 1
    }

    /// The attempt id in a key; `None` for keys that hold something else.
    fn id_of<'k>(&self, key: &'k str) -> Option<&'k str> {
        self.id_in(key, ATTEMPT)
    }

    fn id_in<'k>(&self, key: &'k str, kind: &str) -> Option<&'k str> {
        key.strip_prefix(&self.prefix)?.strip_prefix(kind)
    }

    fn stored(&self, key: &str) -> Option<String> {
        self.shelf.as_ref()?.get(key)
    }

    fn get(&self, key: &str) -> Option<String> {
        let own = self.waiting.borrow().get(key).cloned();
        own.or_else(|| self.stored(key))
    }

    /// Writes to localStorage; what it refuses waits in the page.
    fn put(&self, key: &str, text: &str) -> bool {
        self.waiting.borrow_mut().remove(key);
        let is_done = (self.shelf.as_ref()).is_some_and(|local| local.set(key, text));
        self.is_refused.set(!is_done);
        if !is_done {
            self.wait(key, text);
        }
        is_done
    }

    fn wait(&self, key: &str, text: &str) {
        let (key, text) = (key.to_owned(), text.to_owned());
        self.waiting.borrow_mut().insert(key, text);
    }

    /// Takes a key out of localStorage.
    fn take_out(&self, key: &str) {
        self.waiting.borrow_mut().remove(key);
        if let Some(local) = &self.shelf {
            local.remove(key);
        }
    }

    fn key(&self, kind: &str, id: &str) -> String {
        [self.prefix.as_str(), kind, id].concat()
    }
}
