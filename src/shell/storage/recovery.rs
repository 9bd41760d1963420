//! What is read of the stores: the newer of what each has, and what to do with what cannot be read.

use super::{ALIVE, ATTEMPT, GONE, OURS, Store, UNREADABLE, stays};
use crate::engine::attempt::{Attempt, Unreadable};
use crate::engine::clock::Timestamp;

impl Store {
    /// Brings both stores to the newer of what each has. What cannot be read is in neither written over.
    pub async fn recover(&self) {
        let Some(journal) = &self.journal else { return };
        let Some(copies) = journal.entries(&self.prefix).await else {
            return;
        };
        let mut own = self.entries();
        // First what was set aside, so that nothing else is set aside in its place.
        for is_aside in [true, false] {
            for (key, copy) in &copies {
                if self.id_in(key, UNREADABLE).is_some() != is_aside {
                    continue;
                }
                if key.strip_prefix(&self.prefix) == Some(ALIVE) {
                    self.alive.replace(read_sign(copy));
                    continue;
                }
                if let Some(id) = self.id_in(key, GONE) {
                    let gone = self.key(ATTEMPT, id);
                    if let Some(found) = own.iter().position(|(own, _)| *own == gone) {
                        // Until localStorage has it no more, it may come back again.
                        own.swap_remove(found);
                        self.take_out(&gone);
                    } else {
                        journal.put(key, None, None, |_| {});
                    }
                    continue;
                }
                let found = own.iter().position(|(own, _)| own == key);
                let text = found.map(|found| own.swap_remove(found).1);
                self.settle(key, text, copy);
            }
        }
        for (key, text) in own {
            // What cannot be read is set aside when it is read.
            if self
                .id_of(&key)
                .is_none_or(|id| self.read(id, &text).is_some())
            {
                journal.put(&key, Some(&text), Some(stays), |_| {});
            }
        }
    }

    /// Of what localStorage and the journal have under a key, the better one comes to be in both.
    fn settle(&self, key: &str, text: Option<String>, copy: &str) {
        let Some(journal) = &self.journal else { return };
        if let Some(id) = self.id_of(key)
            && self.read(id, copy).is_none()
        {
            // What is damaged in the journal alone is set aside here; what is here is so when it is read.
            if let Some(is_new) = self.keep_aside(id, copy) {
                self.count(is_new);
                let sound = text.filter(|text| self.read(id, text).is_some());
                journal.put(key, sound.as_deref(), None, |_| {});
            }
            return;
        }
        match text {
            Some(text) if text == copy => {}
            Some(text) if !is_better(copy, &text) => {
                journal.put(key, Some(&text), Some(stays), |_| {});
            }
            // What is damaged here is set aside, not written over.
            Some(text)
                if self.id_of(key).is_some_and(|id| {
                    self.read(id, &text).is_none() && !self.is_aside(id, &text)
                }) => {}
            _ => {
                self.put(key, copy);
            }
        }
    }

    /// All attempts that can be read. What cannot is set aside, never dropped; what was, and can be read now, is back.
    pub fn attempts(&self) -> Vec<Attempt> {
        for (key, text) in self.entries() {
            // A later version set it aside, or this one is later than the one that did.
            if let Some(id) = self.id_in(&key, UNREADABLE)
                && let id = id.trim_end_matches(AGAIN)
                && let Some(attempt) = self.read(id, &text)
            {
                let attempt_key = self.key(ATTEMPT, id);
                let is_wanted = self.get(&attempt_key).is_none_or(|there| {
                    self.read(id, &there).map_or_else(
                        || self.keep_aside(id, &there).is_some(),
                        |there| attempt.supersedes(&there),
                    )
                });
                if is_wanted && self.put(&attempt_key, &text) {
                    self.remove(&key);
                }
            }
        }
        let mut attempts = Vec::new();
        for (key, text) in self.entries() {
            let Some(id) = self.id_of(&key) else { continue };
            if let Some(attempt) = self.read(id, &text) {
                attempts.push(attempt);
            } else if let Some(is_new) = self.keep_aside(id, &text) {
                // The journal's copy may be sound: then it comes back when both are compared.
                self.take_out(&key);
                self.count(is_new);
            }
        }
        attempts
    }

    /// The attempt in a text, if it is the one that its key says.
    pub(super) fn read(&self, id: &str, text: &str) -> Option<Attempt> {
        let mut attempt = Attempt::from_stored(text).ok()?;
        let set = self.prefix.strip_prefix(OURS)?.strip_suffix(':')?;
        if attempt.id != id || attempt.set != set {
            return None;
        }
        let (seen, revision, alive) = &*self.alive.borrow();
        if attempt.id == *seen && attempt.revision == *revision && attempt.finished.is_none() {
            attempt.changed = attempt.changed.max(*alive);
        }
        Some(attempt)
    }

    /// Keeps what cannot be read beside what can, byte for byte. Another one that was set aside under the same name stays too.
    /// Gives whether it is new there; `None` if there is no room for it: then the original must stay.
    pub(super) fn keep_aside(&self, id: &str, text: &str) -> Option<bool> {
        let mut place = self.key(UNREADABLE, id);
        while let Some(own) = self.get(&place) {
            if own == text {
                return Some(false);
            }
            place.push(AGAIN);
        }
        if !self.put(&place, text) {
            // Not even in the page's memory, where it would look as if it were kept.
            self.give_up(&place);
            return None;
        }
        if let Some(journal) = &self.journal {
            journal.put(&place, Some(text), None, |_| {});
        }
        Some(true)
    }

    /// Sets a record aside, and counts it; gives whether it is there.
    fn is_aside(&self, id: &str, text: &str) -> bool {
        let kept = self.keep_aside(id, text);
        self.count(kept == Some(true));
        kept.is_some()
    }

    fn count(&self, is_new: bool) {
        self.set_aside
            .set(self.set_aside.get() + usize::from(is_new));
    }
}

/// Stands after the id of what was set aside under a name that was taken; in no id.
const AGAIN: char = '~';

/// Whether a record is to be kept rather than another.
pub(super) fn is_better(text: &str, than: &str) -> bool {
    match (Attempt::from_stored(text), Attempt::from_stored(than)) {
        (Ok(attempt), Ok(than)) => attempt.supersedes(&than),
        (Ok(_), Err(Unreadable::Damaged)) => true,
        _ => false,
    }
}

/// An attempt, a revision and a moment; of no attempt, if it cannot be read.
fn read_sign(text: &str) -> (String, u64, Timestamp) {
    let mut parts = text.split(' ');
    let mut part = || parts.next().unwrap_or_default();
    let (attempt, revision, moment) = (part(), part(), part());
    match (revision.parse(), moment.parse()) {
        (Ok(revision), Ok(moment)) => (attempt.to_owned(), revision, Timestamp(moment)),
        _ => Default::default(),
    }
}
