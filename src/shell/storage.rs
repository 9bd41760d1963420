//! localStorage, where attempts live. Reads and writes only keys of its own set; nothing of anybody else's.
//!
//! Keys: `mondai:1:<set id>:attempt:<attempt id>` for attempts, `mondai:1:<set id>:unreadable:<attempt id>` for what could
//! not be read and was set aside byte for byte.

use web_sys::Storage;

use crate::engine::attempt::{Attempt, Unreadable};

/// The attempts of one question set.
pub struct Store {
    storage: Option<Storage>,
    prefix: String,
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

/// What stands in a key between the set's id and the attempt's.
const ATTEMPT: &str = "attempt:";
const UNREADABLE: &str = "unreadable:";

impl Store {
    /// A store that keeps nothing beyond the page.
    pub fn none(set: &str) -> Self {
        Self {
            storage: None,
            prefix: prefix(set),
        }
    }

    /// The browser's store. Access itself can be refused: blocked cookies, a sandboxed frame.
    pub fn local(set: &str) -> Self {
        Self {
            storage: web_sys::window().and_then(|window| window.local_storage().ok().flatten()),
            prefix: prefix(set),
        }
    }

    /// Whether there is a store at all.
    pub const fn is_there(&self) -> bool {
        self.storage.is_some()
    }

    /// All attempts that can be read. What cannot is set aside, never dropped; what a later version wrote stays untouched.
    pub fn attempts(&self) -> Vec<Attempt> {
        let mut attempts = Vec::new();
        for (key, text) in self.entries() {
            let Some(id) = self.id_of(&key) else { continue };
            match Attempt::from_stored(&text) {
                Ok(attempt) => attempts.push(attempt),
                Err(Unreadable::Newer) => {}
                Err(Unreadable::Damaged) => self.set_aside(&key, id, &text),
            }
        }
        attempts
    }

    /// Stores an attempt; `false` if that was refused. A refused write keeps what stood there before.
    pub fn save(&self, attempt: &Attempt) -> bool {
        let Some(storage) = &self.storage else {
            return true;
        };
        storage
            .set_item(&self.key(ATTEMPT, &attempt.id), &attempt.to_stored())
            .is_ok()
    }

    /// Removes an attempt.
    pub fn forget(&self, attempt: &str) {
        if let Some(storage) = &self.storage {
            // Removing cannot be refused once access was granted.
            let _ = storage.remove_item(&self.key(ATTEMPT, attempt));
        }
    }

    /// Every key and text of this set, for export.
    pub fn entries(&self) -> Vec<(String, String)> {
        let Some(storage) = &self.storage else {
            return Vec::new();
        };
        let count = storage.length().unwrap_or(0);
        // All keys before the first change, because their numbers move with every change.
        let keys: Vec<String> = (0..count)
            .filter_map(|index| storage.key(index).ok().flatten())
            .filter(|key| key.starts_with(&self.prefix))
            .collect();
        keys.into_iter()
            .filter_map(|key| {
                let text = storage.get_item(&key).ok().flatten()?;
                Some((key, text))
            })
            .collect()
    }

    /// Puts one exported record back, unless the same or a newer one is here.
    pub fn import(&self, key: &str, text: &str) -> Imported {
        let Some(storage) = &self.storage else {
            return Imported::Refused;
        };
        if !key.starts_with(&self.prefix) {
            return Imported::Refused;
        }
        let own = storage.get_item(key).ok().flatten();
        if own.as_deref() == Some(text) {
            return Imported::Kept;
        }
        if let Some(id) = self.id_of(key) {
            let Ok(new) = Attempt::from_stored(text) else {
                return Imported::Refused;
            };
            match own.as_deref().map(Attempt::from_stored) {
                Some(Err(Unreadable::Newer)) => return Imported::Kept,
                Some(Err(Unreadable::Damaged)) => {
                    self.set_aside(key, id, own.as_deref().unwrap_or(""));
                }
                Some(Ok(old)) if new.revision <= old.revision => return Imported::Kept,
                None | Some(Ok(_)) => {}
            }
        } else if own.is_some() {
            return Imported::Kept;
        }
        if storage.set_item(key, text).is_ok() {
            Imported::Done
        } else {
            Imported::Refused
        }
    }

    /// The attempt id in a key; `None` for keys that hold something else.
    fn id_of<'k>(&self, key: &'k str) -> Option<&'k str> {
        key.strip_prefix(&self.prefix)?.strip_prefix(ATTEMPT)
    }

    fn set_aside(&self, key: &str, id: &str, text: &str) {
        let Some(storage) = &self.storage else { return };
        // First the copy, then the removal: if the copy is refused, the original stays.
        if storage.set_item(&self.key(UNREADABLE, id), text).is_ok() {
            let _ = storage.remove_item(key);
        }
    }

    fn key(&self, kind: &str, id: &str) -> String {
        [self.prefix.as_str(), kind, id].concat()
    }
}

fn prefix(set: &str) -> String {
    ["mondai:1:", set, ":"].concat()
}
