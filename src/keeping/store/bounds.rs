//! How much of what is stored is looked at, so that no page stands still because of what somebody has put there.

use super::Store;
use crate::keeping::names::{ATTEMPT, GONE, RESERVE, UNREADABLE};
use crate::keeping::texts::Texts;

/// How many records of one set are read, and brought in by one import. They take more than the reader is asked to
/// make room at (see `room`), so who has more has been asked often. The others are left alone.
pub const RECORDS: usize = 2_000;
/// How many records go from localStorage to the journal when a page is opened: each is a transaction. The others go the next
/// time.
pub(super) const COPIED: usize = 200;
/// How many different texts are set aside of one attempt, beside the first. Others stay where they are.
pub(super) const AGAINS: usize = 8;
/// The most that an export may have, in UTF-16 units. A browser keeps 5 Mi of them for all of a site; JSON in JSON is half as
/// long again where half of it are quotes.
pub const EXPORT: u32 = 8 * 1024 * 1024;

/// Stands after the id of what was set aside under a name that was taken; in no id.
pub(super) const AGAIN: char = '~';

impl Store {
    /// The keys of this set's records in localStorage, as many as are looked at. Among them is always the sitting that runs.
    fn keys(&self) -> Vec<String> {
        let Some(local) = &self.shelf else {
            return Vec::new();
        };
        let mut keys = local.keys(&self.prefix);
        keys.retain(|key| self.id_in(key, GONE).is_none() && self.id_in(key, RESERVE).is_none());
        let is_beyond = keys.len() > RECORDS;
        self.is_beyond.set(is_beyond);
        if is_beyond {
            // So that with those two an export has no more than an import takes.
            keys.truncate(RECORDS - 2);
            let seen = self.key(ATTEMPT, &self.alive.borrow().0);
            let own = [self.written.borrow().0.clone(), seen].into_iter();
            keys.extend(own.filter(|key| key.starts_with(&self.prefix)));
        }
        keys
    }

    /// Every key and text of this set, for export.
    pub fn entries(&self) -> Vec<(String, String)> {
        let mut entries = Texts::new();
        let waiting = self.waiting.borrow();
        for key in self.keys() {
            if let Some(text) = self.stored(&key) {
                entries.insert(key, text);
            }
        }
        for (key, text) in waiting.all() {
            let is_wanted = entries.has(key)
                || entries.all().len() < RECORDS - 2
                || self.written.borrow().0 == *key;
            if is_wanted && !self.is_outdated(key, text) {
                entries.insert(key.clone(), text.clone());
            }
        }
        entries.into_list()
    }

    /// Whether there were more records than are looked at, when they were last looked at.
    pub const fn is_beyond(&self) -> bool {
        self.is_beyond.get()
    }

    /// Where texts stand that were set aside of an attempt.
    pub(super) fn asides_of(&self, attempt: &str) -> impl Iterator<Item = String> {
        let mut place = self.key(UNREADABLE, attempt);
        (0..=AGAINS).map(move |_| {
            let own = place.clone();
            place.push(AGAIN);
            own
        })
    }
}
