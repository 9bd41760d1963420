//! What is read of the stores: the newer of what each has, and what to do with what cannot be read.

use std::rc::Rc;

use super::Store;
use super::bounds::{AGAIN, COPIED, RECORDS};
use crate::engine::attempt::Attempt;
use crate::engine::attempt::verdict::{Verdict, sound, verdict};
use crate::engine::clock::Timestamp;
use crate::keeping::names::{ALIVE, ATTEMPT, FENCE, RESERVE, UNREADABLE, fence};
use crate::keeping::term::{Changes, Order, term_of};
use crate::keeping::texts::Texts;

impl Store {
    /// Brings both stores to the newer of what each has. What cannot be read is in neither written over.
    pub async fn recover(&self) {
        // What a page that was killed while it imported has left.
        self.take_out(&[self.prefix.as_str(), RESERVE].concat());
        let Some(journal) = &self.journal else { return };
        let copies = Rc::clone(journal).entries(self.prefix.clone());
        let Some(copies) = copies.await else {
            return;
        };
        let copies = Texts::of(self.heed(copies).await);
        if let Some(alive) = copies.get(&[self.prefix.as_str(), ALIVE].concat()) {
            self.alive.replace(read_sign(alive));
        }
        let own = self.entries();
        let mut changes = Changes::new();
        let mut left = RECORDS;
        // First what was set aside, so that nothing else is set aside in its place.
        for is_aside in [true, false] {
            for (key, copy) in copies.all() {
                if self.id_in(key, UNREADABLE).is_some() != is_aside {
                    continue;
                }
                if key.strip_prefix(&self.prefix) == Some(ALIVE) {
                    continue;
                }
                if let Some(fence) = self.id_in(key, FENCE) {
                    let id = fence.rsplit_once(':').map_or("", |(id, _)| id);
                    let kept = self.key(ATTEMPT, id);
                    if !copies.has(&kept) && self.get(&kept).is_none() {
                        changes.extend(self.outlive(key, copy));
                    }
                    continue;
                }
                let text = self.get(key);
                // What is the same in both costs nothing; if it is damaged in both, it is set aside when it is read. Of all
                // else, what is too much for now comes the next time.
                if text.as_ref() != Some(copy) && left > 0 {
                    left -= 1;
                    self.settle(key, text, copy, &mut changes);
                }
            }
        }
        if !changes.is_empty() {
            // All at once: a transaction for each would take longer than all else.
            self.alter(Changes::new(), changes, Vec::new());
        }
        let mut left = COPIED;
        let has_fences = copies
            .all()
            .iter()
            .any(|(key, _)| self.id_in(key, FENCE).is_some());
        for (key, text) in own {
            if copies.has(&key) {
                continue;
            }
            // It was deleted, and a browser that was killed has brought it back.
            let term = has_fences.then(|| term_of(&text)).flatten();
            let fence = term.and_then(|term| fence(&key, term));
            if fence.is_some_and(|fence| copies.has(&fence)) {
                self.take_out(&key);
                continue;
            }
            // What cannot be read is set aside when it is read.
            if left > 0
                && self
                    .id_of(&key)
                    .is_none_or(|id| self.read(id, &text).is_some())
            {
                left -= 1;
                self.send(Order::Better { key, text });
            }
        }
    }

    /// A fence of an attempt that is nowhere any more. A page that was stopped all the while may still believe in it, so the fence
    /// stays for some time from when it was first seen alone.
    fn outlive(&self, key: &str, since: &str) -> Option<(String, Option<String>)> {
        let now = (self.now)();
        let age = since.parse().map(|since| now.0.saturating_sub(since));
        let text = match age {
            Ok(0..OUTLIVED) => return None,
            // By a clock that was wrong then, or is now.
            Ok(i64::MIN..0) | Err(_) => Some(now.0.to_string()),
            Ok(OUTLIVED..) => None,
        };
        Some((key.to_owned(), text))
    }

    /// Of what localStorage and the journal have under a key, the better one comes to be in both.
    fn settle(&self, key: &str, text: Option<String>, copy: &str, changes: &mut Changes) {
        if let Some(id) = self.id_of(key)
            && self.read(id, copy).is_none()
        {
            // What is damaged in the journal alone is set aside here; what is here is so when it is read.
            if let Some(is_new) = self.place_aside(id, copy, changes) {
                self.count(is_new);
                let sound = text.filter(|text| self.read(id, text).is_some());
                changes.push((key.to_owned(), sound));
            }
            return;
        }
        match text {
            Some(text) => match verdict(&text, copy, key) {
                Verdict::Stays => {
                    let key = key.to_owned();
                    self.send(Order::Better { key, text });
                }
                // What is damaged here, or of something else, is set aside, not written over.
                Verdict::GoesAside | Verdict::IsLater
                    if self
                        .id_of(key)
                        .is_some_and(|id| !self.is_aside(id, &text, changes)) => {}
                Verdict::Goes | Verdict::GoesAside | Verdict::IsLater => {
                    self.put(key, copy);
                }
            },
            None => {
                self.put(key, copy);
            }
        }
    }

    /// All attempts that can be read. What cannot is set aside, never dropped; what was, and can be read now, is back.
    pub fn attempts(&self) -> Vec<Attempt> {
        let mut entries = self.entries();
        let mut changes = Changes::new();
        for (key, text) in &entries {
            // A later version set it aside, or this one is later than the one that did.
            if let Some(id) = self.id_in(key, UNREADABLE)
                && let id = id.trim_end_matches(AGAIN)
                && self.read(id, text).is_some()
            {
                let attempt_key = self.key(ATTEMPT, id);
                let is_wanted = self.get(&attempt_key).is_none_or(|there| {
                    match verdict(&there, text, &attempt_key) {
                        Verdict::Stays => false,
                        Verdict::Goes => true,
                        Verdict::GoesAside | Verdict::IsLater => {
                            self.place_aside(id, &there, &mut changes).is_some()
                        }
                    }
                });
                if is_wanted && self.put(&attempt_key, text) {
                    self.take_out(key);
                    changes.push((key.clone(), None));
                }
            }
        }
        if !changes.is_empty() {
            entries = self.entries();
        }
        let mut attempts = Vec::new();
        for (key, text) in entries {
            let Some(id) = self.id_of(&key) else { continue };
            if let Some(attempt) = self.read(id, &text) {
                if self.is_own(&attempt) {
                    attempts.push(attempt);
                }
            } else if let Some(is_new) = self.place_aside(id, &text, &mut changes) {
                // The journal's copy may be sound: then it comes back when both are compared.
                self.take_out(&key);
                self.count(is_new);
            }
        }
        if !changes.is_empty() {
            self.alter(Changes::new(), changes, Vec::new());
        }
        attempts
    }

    /// The attempt in a text, if it is the one that its key says.
    pub(super) fn read(&self, id: &str, text: &str) -> Option<Attempt> {
        let mut attempt = sound(text, &self.key(ATTEMPT, id))?;
        let (seen, revision, alive) = &*self.alive.borrow();
        if attempt.id == *seen && attempt.revision == *revision && attempt.finished.is_none() {
            attempt.changed = attempt.changed.max(*alive);
        }
        Some(attempt)
    }

    /// Keeps what cannot be read beside what can, byte for byte. Another one that was set aside under the same name stays too.
    /// Gives whether it is new there; `None` if there is no room for it: then the original must stay.
    pub(super) fn keep_aside(&self, id: &str, text: &str) -> Option<bool> {
        let mut copies = Changes::new();
        let kept = self.place_aside(id, text, &mut copies);
        for (key, text) in copies {
            self.send(Order::Set { key, text });
        }
        kept
    }

    /// The same, but for the journal: what is to be put there comes to `copies`.
    pub(super) fn place_aside(&self, id: &str, text: &str, copies: &mut Changes) -> Option<bool> {
        for place in self.asides_of(id) {
            let own = self.get(&place);
            if own.as_deref() == Some(text) {
                return Some(false);
            }
            if own.is_none() {
                if self.put(&place, text) {
                    copies.push((place, Some(text.to_owned())));
                    return Some(true);
                }
                // Not even in the page's memory, where it would look as if it were kept.
                self.waiting.borrow_mut().remove(&place);
                return None;
            }
        }
        None
    }

    /// Sets a record aside, and counts it; gives whether it is there.
    fn is_aside(&self, id: &str, text: &str, changes: &mut Changes) -> bool {
        let kept = self.place_aside(id, text, changes);
        self.count(kept == Some(true));
        kept.is_some()
    }

    fn count(&self, is_new: bool) {
        self.set_aside
            .set(self.set_aside.get() + usize::from(is_new));
    }
}

/// How long fences of what was deleted stay, in milliseconds: 30 days. No page is stopped for longer.
const OUTLIVED: i64 = 30 * 24 * 3_600_000;

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
