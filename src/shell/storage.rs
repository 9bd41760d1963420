//! Where attempts live: localStorage, written in the same task as the input, and the journal beside it. Reads and writes
//! only keys of its own set; nothing of anybody else's.
//!
//! Keys: `mondai:1:<set id>:attempt:<attempt id>` for attempts, `mondai:1:<set id>:unreadable:<attempt id>` for what could
//! not be read and was set aside byte for byte; in the journal also `mondai:1:<set id>:alive`, when a running sitting
//! was last seen, and `mondai:1:<set id>:gone:<attempt id>`, that an attempt was deleted which a killed browser may still have
//! in localStorage.

mod recovery;
mod room;

use core::cell::{Cell, RefCell};
use std::rc::Rc;

use web_sys::Storage;

use self::recovery::is_better;
use super::ambient;
use super::journal::{Journal, Put};
use crate::engine::attempt::{Attempt, Unreadable};
use crate::engine::clock::Timestamp;
use crate::engine::pace::Pace;
use crate::engine::random::hash;

/// The attempts of one question set.
pub struct Store {
    storage: Option<Storage>,
    journal: Option<Rc<Journal>>,
    prefix: String,
    /// What localStorage does not have (yet): it was refused, or too much was written of late.
    waiting: RefCell<Vec<(String, String)>>,
    /// Whether localStorage refused what was written to it last.
    is_refused: Cell<bool>,
    pace: RefCell<Pace>,
    /// The key of the running sitting, and its record in localStorage as this page wrote or found it last.
    written: RefCell<(String, String)>,
    /// The key of the running sitting, once the journal took a record of it from this page: until another page has it, what
    /// the journal has is ours, and need not be asked for.
    known: Rc<RefCell<String>>,
    /// Hashes of what only the journal got since then. A page that opens meanwhile brings it to localStorage: it is ours.
    ahead: RefCell<Vec<u64>>,
    /// How many records were set aside since the page was opened.
    set_aside: Cell<usize>,
    /// When the running sitting was last seen, if the page could not say goodbye: of which attempt, which revision, and when.
    alive: RefCell<(String, u64, Timestamp)>,
}

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

/// What became of an imported record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Imported {
    /// It is stored now.
    Done,
    /// What was here is the same or newer, and stays.
    Kept,
    /// It is no record of this set, or the browser refused to store it.
    Refused,
}

/// What all keys of ours begin with.
pub const OURS: &str = "mondai:1:";
/// What stands in a key between the set's id and the attempt's.
const ATTEMPT: &str = "attempt:";
const UNREADABLE: &str = "unreadable:";
const ALIVE: &str = "alive";
const GONE: &str = "gone:";

impl Store {
    /// The browser's stores. Access itself can be refused: blocked cookies, a sandboxed frame. What either lacks, or has in
    /// an older revision, comes from the other.
    pub async fn local(set: &str) -> Self {
        let storage = web_sys::window().and_then(|window| window.local_storage().ok().flatten());
        let store = Self::new(set, storage, Journal::open().await);
        store.recover().await;
        store
    }

    fn new(set: &str, storage: Option<Storage>, journal: Option<Rc<Journal>>) -> Self {
        Self {
            storage,
            journal,
            prefix: [OURS, set, ":"].concat(),
            waiting: RefCell::default(),
            is_refused: Cell::new(false),
            pace: RefCell::default(),
            written: RefCell::default(),
            known: Rc::default(),
            ahead: RefCell::default(),
            set_aside: Cell::new(0),
            alive: RefCell::default(),
        }
    }

    /// Whether localStorage is there.
    pub const fn is_there(&self) -> bool {
        self.storage.is_some()
    }

    /// The journal, if the browser has one for us.
    pub const fn journal(&self) -> Option<&Rc<Journal>> {
        self.journal.as_ref()
    }

    /// How many records were set aside since the page was opened.
    pub fn set_aside_count(&self) -> usize {
        self.set_aside.get()
    }

    /// Waits until the journal has what was put into it.
    pub async fn settled(&self) {
        if let Some(journal) = &self.journal {
            journal.settled().await;
        }
    }

    /// What all keys of this set begin with.
    pub fn prefix(&self) -> &str {
        &self.prefix
    }

    /// The key of an attempt.
    pub fn key_of(&self, attempt: &str) -> String {
        self.key(ATTEMPT, attempt)
    }

    /// Stores an attempt. A refused write keeps what stood there before. `ended` is told what the journal made
    /// of it: there too, what another page wrote later stays.
    pub fn save(&self, attempt: &Attempt, ended: impl FnOnce(Put) + 'static) -> Saved {
        let key = self.key(ATTEMPT, &attempt.id);
        if self.is_overtaken(&key, &attempt.id) {
            self.give_up(&key);
            return Saved::Overtaken;
        }
        let text = attempt.to_stored();
        match &self.journal {
            Some(journal) => {
                let known = Rc::clone(&self.known);
                let is_known = *known.borrow() == key;
                let own = key.clone();
                journal.put(
                    &key,
                    Some(&text),
                    (!is_known).then_some(stays),
                    move |put| {
                        if put == Put::Arrived {
                            known.replace(own);
                        }
                        ended(put);
                    },
                );
            }
            None => ended(Put::Refused),
        }
        let is_last = attempt.finished.is_some();
        let may = self.pace.borrow_mut().take(text.len(), ambient::now());
        if is_last || may || attempt.revision == 1 {
            if self.put(&key, &text) {
                self.wrote(key, text);
                return Saved::Done;
            }
            self.ahead.borrow_mut().push(hash(text.as_bytes()));
            Saved::Refused
        } else {
            self.wait(&key, &text);
            self.ahead.borrow_mut().push(hash(text.as_bytes()));
            Saved::Done
        }
    }

    /// Whether a better record stands in localStorage: another page had room for its own.
    fn is_outdated(&self, key: &str, text: &str) -> bool {
        self.stored(key)
            .is_some_and(|there| is_better(&there, text))
    }

    fn wrote(&self, key: String, text: String) {
        self.written.replace((key, text));
        self.ahead.take();
    }

    /// Whether another page wrote a record after this one did. If what stands there cannot be read, nobody goes on from it:
    /// then it is set aside.
    fn is_overtaken(&self, key: &str, id: &str) -> bool {
        let (own, text) = &*self.written.borrow();
        let is_ours =
            |there: &String| there == text || self.ahead.borrow().contains(&hash(there.as_bytes()));
        let there = self
            .stored(key)
            .filter(|there| own == key && !is_ours(there));
        there.is_some_and(|there| {
            self.read(id, &there).is_some() || self.keep_aside(id, &there).is_none()
        })
    }

    /// This page goes on from what is stored of an attempt.
    pub fn go_on_from(&self, key: &str) {
        self.known.take();
        let text = self.stored(key).unwrap_or_default();
        self.wrote(key.to_owned(), text);
    }

    /// What this page had of an attempt is not the truth any more.
    pub fn give_up(&self, key: &str) {
        self.known.take();
        self.waiting.borrow_mut().retain(|(own, _)| own != key);
    }

    /// Notes that the running sitting is in sight, for practice, whose time counts only then.
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
        self.storage.is_some() && !self.waiting.borrow().is_empty()
    }

    /// Writes what waits: at once if the page may be about to go, otherwise as the pace allows. Gives whether the pace holds
    /// some of it back still.
    pub fn flush(&self, is_last: bool) -> bool {
        let mut holds_back = false;
        for (key, text) in self.waiting.take() {
            if let Some(id) = self.id_of(&key)
                && (self.is_overtaken(&key, id) || self.is_outdated(&key, &text))
            {
                continue;
            }
            if is_last || self.pace.borrow_mut().take(text.len(), ambient::now()) {
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
        let attempts = self.attempts().into_iter();
        attempts.filter(|own| own.finished.is_some()).count() <= 1
    }

    /// Removes an attempt. A browser that is killed soon after brings it back in localStorage, so that it is gone is noted.
    pub fn forget(&self, attempt: &str) {
        if let Some(journal) = &self.journal {
            journal.put(&self.key(GONE, attempt), Some(""), None, |_| {});
        }
        self.remove(&self.key(ATTEMPT, attempt));
    }

    /// Every key and text of this set, for export.
    pub fn entries(&self) -> Vec<(String, String)> {
        let mut entries: Vec<(String, String)> = Vec::new();
        if let Some(storage) = &self.storage {
            for key in keys(storage, &self.prefix) {
                if let Some(text) = self.stored(&key) {
                    entries.push((key, text));
                }
            }
        }
        for (key, text) in self.waiting.borrow().iter() {
            if self.is_outdated(key, text) {
                continue;
            }
            entries.retain(|(own, _)| own != key);
            entries.push((key.clone(), text.clone()));
        }
        entries
    }

    /// Puts one exported record back, unless the same or a newer one is here.
    pub fn import(&self, key: &str, text: &str) -> Imported {
        if !key.starts_with(&self.prefix) {
            return Imported::Refused;
        }
        let own = self.get(key);
        if own.as_deref() == Some(text) {
            return Imported::Kept;
        }
        if let Some(id) = self.id_of(key) {
            let Some(new) = self.read(id, text) else {
                return Imported::Refused;
            };
            match own.as_deref().map(Attempt::from_stored) {
                Some(Err(Unreadable::Newer)) => return Imported::Kept,
                // Where there is no room to set it aside, it stays.
                Some(Err(Unreadable::Damaged))
                    if self.keep_aside(id, own.as_deref().unwrap_or("")).is_none() =>
                {
                    return Imported::Refused;
                }
                Some(Ok(old)) if !new.supersedes(&old) => return Imported::Kept,
                None | Some(Ok(_) | Err(Unreadable::Damaged)) => {}
            }
        } else if let Some(id) = self.id_in(key, UNREADABLE) {
            // Another one may be here under this name: both stay.
            return match self.keep_aside(id, text) {
                Some(true) => Imported::Done,
                Some(false) => Imported::Kept,
                None => Imported::Refused,
            };
        } else {
            return Imported::Refused;
        }
        if self.put(key, text) {
            if let Some(journal) = &self.journal {
                journal.put(key, Some(text), Some(stays), |_| {});
                if let Some(id) = self.id_of(key) {
                    // It was deleted, and the reader wants it back.
                    journal.put(&self.key(GONE, id), None, None, |_| {});
                }
            }
            // The sitting that runs here goes on from what came in.
            if self.written.borrow().0 == key {
                self.go_on_from(key);
            }
            Imported::Done
        } else {
            // Not kept in the page alone, where it would look as if it had come in.
            self.give_up(key);
            Imported::Refused
        }
    }

    /// Removes every key and database of ours, of all question sets of this site.
    pub async fn delete_everything(&self) -> bool {
        self.waiting.take();
        if let Some(storage) = &self.storage {
            let all = keys(storage, OURS).into_iter();
            // Without the end of a set's id it is nobody's.
            for key in all.filter(|key| key.trim_start_matches(OURS).contains(':')) {
                // Removing cannot be refused once access was granted.
                let _ = storage.remove_item(&key);
            }
        }
        match &self.journal {
            Some(journal) => journal.delete().await,
            // It may only have been refused when the page was opened.
            None => Journal::delete_unopened(),
        }
    }

    /// The attempt id in a key; `None` for keys that hold something else.
    fn id_of<'k>(&self, key: &'k str) -> Option<&'k str> {
        self.id_in(key, ATTEMPT)
    }

    fn id_in<'k>(&self, key: &'k str, kind: &str) -> Option<&'k str> {
        key.strip_prefix(&self.prefix)?.strip_prefix(kind)
    }

    fn stored(&self, key: &str) -> Option<String> {
        self.storage.as_ref()?.get_item(key).ok().flatten()
    }

    fn get(&self, key: &str) -> Option<String> {
        let waiting = self.waiting.borrow();
        let own = waiting.iter().find(|(own, _)| own == key);
        own.map(|(_, text)| text.clone())
            .or_else(|| self.stored(key))
    }

    /// Writes to localStorage; what it refuses waits in the page.
    fn put(&self, key: &str, text: &str) -> bool {
        self.waiting.borrow_mut().retain(|(own, _)| own != key);
        let storage = self.storage.as_ref();
        let is_done = storage.is_some_and(|storage| storage.set_item(key, text).is_ok());
        self.is_refused.set(!is_done);
        if !is_done {
            self.wait(key, text);
        }
        is_done
    }

    fn wait(&self, key: &str, text: &str) {
        let mut waiting = self.waiting.borrow_mut();
        waiting.retain(|(own, _)| own != key);
        waiting.push((key.to_owned(), text.to_owned()));
    }

    /// Takes a key out of localStorage.
    fn take_out(&self, key: &str) {
        self.waiting.borrow_mut().retain(|(own, _)| own != key);
        if let Some(storage) = &self.storage {
            // Removing cannot be refused once access was granted.
            let _ = storage.remove_item(key);
        }
    }

    fn remove(&self, key: &str) {
        self.take_out(key);
        if let Some(journal) = &self.journal {
            journal.put(key, None, None, |_| {});
        }
    }

    fn key(&self, kind: &str, id: &str) -> String {
        [self.prefix.as_str(), kind, id].concat()
    }
}

/// Whether a record that is in the journal stays, rather than one that is to be put there.
fn stays(there: &str, text: &str) -> bool {
    there != text && !is_better(text, there)
}

/// Asks the browser not to delete what is stored when it needs room. Some ask the reader; some never do it.
pub fn ask_to_persist() {
    let manager = web_sys::window().map(|window| window.navigator().storage());
    // Pages that are not served securely have none.
    if let Some(manager) = manager.filter(|manager| !manager.is_undefined())
        && let Ok(answer) = manager.persist()
    {
        // Whatever the answer is: the reader is told that a browser may delete data.
        wasm_bindgen_futures::spawn_local(async move {
            let _ = wasm_bindgen_futures::JsFuture::from(answer).await;
        });
    }
}

/// All keys with a beginning: first all, because their numbers move with every change.
fn keys(storage: &Storage, beginning: &str) -> Vec<String> {
    let count = storage.length().unwrap_or(0);
    (0..count)
        .filter_map(|index| storage.key(index).ok().flatten())
        .filter(|key| key.starts_with(beginning))
        .collect()
}
