//! Where attempts live: localStorage, written in the same task as the input, and the journal beside it. Reads and writes
//! only keys of its own set; nothing of anybody else's.
//!
//! Keys: `mondai:1:<set id>:attempt:<attempt id>` for attempts, `mondai:1:<set id>:unreadable:<attempt id>` for what could
//! not be read and was set aside byte for byte; in the journal also `mondai:1:<set id>:alive`, when a running sitting
//! was last seen.

use core::cell::{Cell, RefCell};
use std::rc::Rc;

use web_sys::Storage;

use super::ambient;
use super::journal::Journal;
use crate::engine::attempt::{Attempt, Unreadable};
use crate::engine::clock::Timestamp;
use crate::engine::pace::Pace;

/// The attempts of one question set.
pub struct Store {
    storage: Option<Storage>,
    journal: Option<Rc<Journal>>,
    prefix: String,
    /// What localStorage does not have (yet): it was refused, or too much was written of late.
    waiting: RefCell<Vec<(String, String)>>,
    pace: RefCell<Pace>,
    /// The record of the running sitting as this page wrote it last.
    written: RefCell<(String, String)>,
    /// How many records were set aside since the page was opened.
    set_aside: Cell<usize>,
    /// When the running sitting was last seen, if the page could not say goodbye: of which revision, and when.
    alive: Cell<(u64, Timestamp)>,
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
/// What the records of one set may take, in bytes, before the reader is asked to make room.
const ROOM: usize = 256 * 1024;
/// What stands in a key between the set's id and the attempt's.
const ATTEMPT: &str = "attempt:";
const UNREADABLE: &str = "unreadable:";
const ALIVE: &str = "alive";

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
            pace: RefCell::default(),
            written: RefCell::default(),
            set_aside: Cell::new(0),
            alive: Cell::default(),
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

    /// What all keys of this set begin with.
    pub fn prefix(&self) -> &str {
        &self.prefix
    }

    /// The key of an attempt.
    pub fn key_of(&self, attempt: &str) -> String {
        self.key(ATTEMPT, attempt)
    }

    /// Brings both stores to the newer of what each has.
    pub async fn recover(&self) {
        let Some(journal) = &self.journal else { return };
        let Some(copies) = journal.entries(&self.prefix).await else {
            return;
        };
        let mut own = self.entries();
        for (key, copy) in copies {
            if key.strip_prefix(&self.prefix) == Some(ALIVE) {
                self.alive.set(read_sign(&copy));
                continue;
            }
            let found = own.iter().position(|(own, _)| *own == key);
            match found.map(|found| own.swap_remove(found).1) {
                Some(text) if text == copy => {}
                Some(text) if !is_better(&copy, &text) => {
                    journal.put(&key, Some(&text), |_| {});
                }
                // What is damaged here is set aside, not written over.
                Some(text) if Attempt::from_stored(&text).is_err() => {
                    if let Some(id) = self.id_of(&key)
                        && self.set_aside(&key, id, &text)
                    {
                        self.put(&key, &copy);
                    }
                }
                _ => {
                    self.put(&key, &copy);
                }
            }
        }
        for (key, text) in own {
            journal.put(&key, Some(&text), |_| {});
        }
    }

    /// All attempts that can be read. What cannot is set aside, never dropped; what was, and can be read now, is back.
    pub fn attempts(&self) -> Vec<Attempt> {
        let mut attempts = Vec::new();
        for (key, text) in self.entries() {
            if let Some(id) = self.id_in(&key, UNREADABLE) {
                // A later version set it aside, or this one is later than the one that did.
                let attempt_key = self.key(ATTEMPT, id);
                if let Some(attempt) = self.read(id, &text)
                    && self.get(&attempt_key).is_none()
                    && self.put(&attempt_key, &text)
                {
                    self.remove(&key);
                    attempts.push(attempt);
                }
            }
            let Some(id) = self.id_of(&key) else { continue };
            if let Some(attempt) = self.read(id, &text) {
                attempts.push(attempt);
            } else if self.set_aside(&key, id, &text) {
                self.set_aside.set(self.set_aside.get() + 1);
            }
        }
        attempts
    }

    /// The attempt in a text, if it is the one that its key says.
    fn read(&self, id: &str, text: &str) -> Option<Attempt> {
        let mut attempt = Attempt::from_stored(text).ok()?;
        let set = self.prefix.strip_prefix(OURS)?.strip_suffix(':')?;
        if attempt.id != id || attempt.set != set {
            return None;
        }
        let (revision, alive) = self.alive.get();
        if attempt.revision == revision && attempt.finished.is_none() {
            attempt.changed = attempt.changed.max(alive);
        }
        Some(attempt)
    }

    /// Stores an attempt. A refused write keeps what stood there before. `ended` is told whether the journal has it.
    pub fn save(&self, attempt: &Attempt, ended: impl FnOnce(bool) + 'static) -> Saved {
        let key = self.key(ATTEMPT, &attempt.id);
        let text = attempt.to_stored();
        let known = self.written.replace((key.clone(), text.clone()));
        if known.0 == key
            && let Some(there) = self.stored(&key)
            && there != known.1
            && !self.is_waiting(&key)
        {
            self.written.replace(known);
            return Saved::Overtaken;
        }
        match &self.journal {
            Some(journal) => journal.put(&key, Some(&text), ended),
            None => ended(false),
        }
        let is_last = attempt.finished.is_some();
        let may = self.pace.borrow_mut().take(text.len(), ambient::now());
        if is_last || may || attempt.revision == 1 {
            if self.put(&key, &text) {
                Saved::Done
            } else {
                Saved::Refused
            }
        } else {
            self.wait(&key, &text);
            Saved::Done
        }
    }

    /// This page goes on from what another one wrote.
    pub fn forget_written(&self) {
        self.written.take();
    }

    /// Notes that the running sitting is in sight, for practice, whose time counts only then.
    pub fn sign(&self, revision: u64, now: Timestamp) {
        if let Some(journal) = &self.journal {
            let sign = [revision.to_string(), now.0.to_string()].join(" ");
            journal.put(&[&self.prefix, ALIVE].concat(), Some(&sign), |_| {});
        }
    }

    /// Whether anything waits until it may be written.
    pub fn holds_back(&self) -> bool {
        self.storage.is_some() && !self.waiting.borrow().is_empty()
    }

    /// Writes what waits: at once if the page may be about to go, otherwise as the pace allows.
    pub fn flush(&self, is_last: bool) {
        for (key, text) in self.waiting.take() {
            if is_last || self.pace.borrow_mut().take(text.len(), ambient::now()) {
                self.put(&key, &text);
            } else {
                self.wait(&key, &text);
            }
        }
    }

    /// Removes an attempt.
    pub fn forget(&self, attempt: &str) {
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
                Some(Err(Unreadable::Damaged)) => {
                    self.set_aside(key, id, own.as_deref().unwrap_or(""));
                }
                Some(Ok(old)) if !new.supersedes(&old) => return Imported::Kept,
                None | Some(Ok(_)) => {}
            }
        } else if self.id_in(key, UNREADABLE).is_none() {
            return Imported::Refused;
        } else if own.is_some() {
            return Imported::Kept;
        }
        if self.put(key, text) {
            if let Some(journal) = &self.journal {
                journal.put(key, Some(text), |_| {});
            }
            Imported::Done
        } else {
            Imported::Refused
        }
    }

    /// How many kilobytes the records of this set take, if that is too much.
    pub fn too_much(&self) -> Option<usize> {
        let size = self.size();
        (size > ROOM).then_some(size / 1024)
    }

    fn size(&self) -> usize {
        let entries = self.entries();
        entries
            .iter()
            .map(|(key, text)| key.len() + text.len())
            .sum()
    }

    /// Shortens the oldest results; if that is not enough, deletes the oldest.
    pub fn make_room(&self) {
        for shortens in [true, false] {
            let mut attempts = self.attempts();
            attempts.retain(|attempt| attempt.finished.is_some() && !attempt.is_newer);
            while self.size() > ROOM * 3 / 4
                && let Some((oldest, _)) = attempts
                    .iter()
                    .enumerate()
                    .min_by_key(|(_, attempt)| attempt.started)
            {
                let mut attempt = attempts.swap_remove(oldest);
                if shortens {
                    attempt.shorten();
                    attempt.revision += 1;
                    let (key, text) = (self.key_of(&attempt.id), attempt.to_stored());
                    self.put(&key, &text);
                    if let Some(journal) = &self.journal {
                        journal.put(&key, Some(&text), |_| {});
                    }
                } else {
                    self.forget(&attempt.id);
                }
            }
        }
    }

    /// Removes every key and database of ours, of all question sets of this site.
    pub async fn delete_everything(&self) -> bool {
        self.waiting.take();
        if let Some(storage) = &self.storage {
            for key in keys(storage, OURS) {
                // Removing cannot be refused once access was granted.
                let _ = storage.remove_item(&key);
            }
        }
        match &self.journal {
            Some(journal) => journal.delete().await,
            None => true,
        }
    }

    /// The attempt id in a key; `None` for keys that hold something else.
    fn id_of<'k>(&self, key: &'k str) -> Option<&'k str> {
        self.id_in(key, ATTEMPT)
    }

    fn id_in<'k>(&self, key: &'k str, kind: &str) -> Option<&'k str> {
        key.strip_prefix(&self.prefix)?.strip_prefix(kind)
    }

    /// First the copy, then the removal: if the copy is refused, the original stays. Another one that was set aside under
    /// the same name stays too.
    fn set_aside(&self, key: &str, id: &str, text: &str) -> bool {
        let mut place = self.key(UNREADABLE, id);
        while self.get(&place).is_some_and(|own| own != text) {
            place.push('~');
        }
        let is_copied = self.put(&place, text);
        if is_copied {
            if let Some(journal) = &self.journal {
                journal.put(&place, Some(text), |_| {});
            }
            self.remove(key);
        }
        is_copied
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

    fn is_waiting(&self, key: &str) -> bool {
        self.waiting.borrow().iter().any(|(own, _)| own == key)
    }

    /// Writes to localStorage; what it refuses waits in the page.
    fn put(&self, key: &str, text: &str) -> bool {
        self.waiting.borrow_mut().retain(|(own, _)| own != key);
        let storage = self.storage.as_ref();
        let is_done = storage.is_some_and(|storage| storage.set_item(key, text).is_ok());
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

    fn remove(&self, key: &str) {
        self.waiting.borrow_mut().retain(|(own, _)| own != key);
        if let Some(storage) = &self.storage {
            // Removing cannot be refused once access was granted.
            let _ = storage.remove_item(key);
        }
        if let Some(journal) = &self.journal {
            journal.put(key, None, |_| {});
        }
    }

    fn key(&self, kind: &str, id: &str) -> String {
        [self.prefix.as_str(), kind, id].concat()
    }
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

/// Whether a record is to be kept rather than another.
fn is_better(text: &str, than: &str) -> bool {
    match (Attempt::from_stored(text), Attempt::from_stored(than)) {
        (Ok(attempt), Ok(than)) => attempt.supersedes(&than),
        (Ok(_), Err(Unreadable::Damaged)) => true,
        _ => false,
    }
}

/// A revision and a moment; of no revision, if it cannot be read.
fn read_sign(text: &str) -> (u64, Timestamp) {
    let parts = text.split_once(' ');
    let read = parts.and_then(|(revision, moment)| {
        Some((revision.parse().ok()?, Timestamp(moment.parse().ok()?)))
    });
    read.unwrap_or_default()
}
