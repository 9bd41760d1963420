//! Deleting, and that what was deleted stays so: the journal notes it first, and what is noted is taken out wherever it
//! stands, until the reader brings it back.

use std::rc::Rc;

use super::Store;
use super::bounds::RECORDS;
use crate::engine::attempt::Attempt;
use crate::engine::clock::Timestamp;
use crate::engine::gone::{NOTES, Note, note_of};
use crate::keeping::gone::{Entries, noted, says_gone};
use crate::keeping::names::{ATTEMPT, GONE, OURS, fence};
use crate::keeping::term::Put;
use crate::keeping::term::{Changes, Order, back, begun, term_of};
use crate::keeping::texts::Texts;

/// How many later terms than it knows of a page keeps out when it deletes an attempt.
const AHEAD: u64 = 8;

impl Store {
    /// Removes an attempt in the task that wants it, and begins to note it. If the page goes before the journal has the note,
    /// the next one finds in localStorage what is to be noted.
    pub fn forget(&self, attempt: &str) {
        let gone = self.keys_of(attempt, &Texts::new());
        let fences = self.fences_of(attempt, &Texts::new());
        let mut noted_before = self.noted.borrow_mut();
        let found = noted_before.iter().position(|id| id == attempt);
        if let Some(found) = found {
            noted_before.swap_remove(found);
        }
        drop(noted_before);
        if self.journal.is_some() && found.is_none() {
            let now = (self.now)();
            let mark = self.key(GONE, attempt);
            if let Some(shelf) = &self.shelf {
                // Where there is no room for it, the note has to be in time.
                shelf.set(&mark, &now.0.to_string());
            }
            self.alter(Changes::new(), noted(gone.clone(), fences, now), vec![mark]);
        }
        for key in &gone {
            self.take_out(key);
        }
    }

    /// Changes the journal, if what is there is what was found; once that is done, marks in localStorage are needed no more.
    pub(super) fn alter(&self, given: Changes, changes: Changes, marks: Vec<String>) {
        let local = self.shelf.clone();
        self.order(
            Order::Alter { given, changes },
            Box::new(move |ended| {
                if let Some(local) = local
                    && ended.put == Put::Arrived
                {
                    for mark in &marks {
                        local.remove(mark);
                    }
                }
            }),
        );
    }

    /// Notes that attempts are gone; gives whether it is certain that they stay so. Removing them comes after that.
    pub async fn note_all(&self, attempts: &[String]) -> bool {
        let Some(journal) = &self.journal else {
            return true;
        };
        let copies = Texts::new();
        let gone = attempts.iter().flat_map(|id| self.keys_of(id, &copies));
        let fences = attempts.iter().flat_map(|id| self.fences_of(id, &copies));
        let changes = noted(gone.collect(), fences.collect(), (self.now)());
        let is_noted = Rc::clone(journal).alter(changes).await;
        if is_noted {
            self.noted.borrow_mut().extend_from_slice(attempts);
        }
        is_noted
    }

    /// The key of an attempt, and of what was set aside of it if it can be read: that would bring it back. Here, or in some
    /// copies of the journal.
    pub(super) fn keys_of(&self, attempt: &str, copies: &Texts) -> Vec<String> {
        let mut all = vec![self.key(ATTEMPT, attempt)];
        // Looked for by name: whoever deletes many does not read everything for each of them.
        all.extend(self.asides_of(attempt).filter(|key| {
            let texts = self.get(key).into_iter().chain(copies.get(key).cloned());
            let mut texts = texts.map(|text| self.read(attempt, &text));
            texts.any(|found| found.is_some())
        }));
        all
    }

    /// The fences of the terms under which this page knows an attempt.
    fn fences_of(&self, attempt: &str, copies: &Texts) -> Vec<String> {
        let key = self.key(ATTEMPT, attempt);
        let (own, term) = &*self.taken.borrow();
        let taken = (*own == key).then_some(*term);
        let stored = self.get(&key).into_iter().chain(copies.get(&key).cloned());
        let terms = stored.filter_map(|text| term_of(&text));
        let mut terms: Vec<u64> = terms.chain(taken).collect();
        terms.dedup();
        let own = self.get(&key).and_then(|text| self.read(attempt, &text));
        let is_over = own.is_some_and(|own| own.finished.is_some());
        if let Some(last) = terms.iter().copied().max().filter(|_| !is_over) {
            // Others may have taken it, of whom a page that was stopped has not heard. Nobody takes what is over.
            terms.extend((1..=AHEAD).map(|step| last.saturating_add(step)));
        }
        let fences = terms.into_iter().filter_map(|term| fence(&key, term));
        fences.collect()
    }

    /// Takes an attempt out of localStorage that was deleted elsewhere while it went on here under a term; the journal has nothing
    /// more of it. Gives whether it is so: what the reader has kept meanwhile stays, however late the word of it comes.
    pub fn withdraw(&self, attempt: &str, term: u64) -> bool {
        let key = self.key(ATTEMPT, attempt);
        let (own, kept) = &*self.kept.borrow();
        if *own == key && *kept > term {
            return false;
        }
        self.give_up(&key);
        self.take_out(&key);
        true
    }

    /// Stores an attempt that was deleted elsewhere while it went on here, because the reader wants to keep it: under a later
    /// term, since the one that it had is out. `on_end` is told whether the journal has it.
    pub fn keep(&self, attempt: &Attempt, on_end: impl FnOnce(bool) + 'static) {
        let mut kept = attempt.clone();
        kept.term = kept.term.saturating_add(1);
        let (key, text) = (self.key(ATTEMPT, &kept.id), kept.to_stored());
        let mut changes = vec![back(&key, (self.now)()), (key.clone(), Some(text.clone()))];
        changes.extend(begun(&key, kept.term));
        self.order(
            Order::Alter {
                given: Changes::new(),
                changes,
            },
            Box::new(move |ended| on_end(ended.put == Put::Arrived)),
        );
        self.kept.replace((key.clone(), kept.term));
        if self.put(&key, &text) {
            self.wrote(key, text);
        }
    }

    /// Removes every record of ours, of all question sets of this site, but for notes that they are gone. Gives whether it is
    /// certain that they stay so; `None` where there is no journal.
    pub async fn erase(&self) -> Option<bool> {
        self.waiting.take();
        let local = self.shelf.clone();
        let ours = move || -> Entries {
            let Some(local) = &local else {
                return Entries::new();
            };
            let all = local.keys(OURS).into_iter();
            // Without the end of a set's id it is nobody's.
            all.filter(|key| key.trim_start_matches(OURS).contains(':'))
                .map(|key| {
                    let text = local.get(&key).unwrap_or_default();
                    (key, text)
                })
                .collect()
        };
        let all = ours.clone();
        let erased = match &self.journal {
            Some(journal) => {
                let erasing = Rc::clone(journal).erase((self.now)(), Box::new(ours));
                Some(erasing.await)
            }
            None => None,
        };
        let is_certain = erased.as_ref().map(Option::is_some);
        let gone = erased
            .flatten()
            .unwrap_or_else(|| all().into_iter().map(|(key, _)| key).collect());
        for key in gone {
            self.take_out(&key);
        }
        is_certain
    }

    /// Whether it is noted that a key is gone. What is noted is taken out here.
    pub async fn is_gone(&self, key: &str) -> bool {
        let Some(journal) = &self.journal else {
            return false;
        };
        let copies = Rc::clone(journal).entries(self.prefix.clone());
        let Some(copies) = copies.await else {
            return false;
        };
        let notes = Rc::clone(journal).entries(NOTES.to_owned());
        let notes = Texts::of(notes.await.unwrap_or_default());
        let is_noted = says_gone(&notes, key);
        self.obey(copies, notes);
        is_noted
    }

    /// Takes out what is noted as gone; gives those of the journal's copies that are not.
    pub(super) async fn heed(&self, copies: Entries) -> Entries {
        let Some(journal) = &self.journal else {
            return copies;
        };
        let notes = Rc::clone(journal).entries(NOTES.to_owned());
        let notes = notes.await.unwrap_or_default();
        self.obey(copies, Texts::of(notes))
    }

    fn obey(&self, mut copies: Entries, mut notes: Texts) -> Entries {
        let now = (self.now)();
        self.take_up_marks(&copies, &mut notes, now);
        let mut seen = Texts::new();
        // Most readers have no notes.
        let local = self.shelf.as_ref().filter(|_| !notes.is_empty());
        for key in local.map(|local| local.keys(OURS)).into_iter().flatten() {
            if says_gone(&notes, &key) {
                self.take_out(&key);
                seen.insert(note_of(&key), key);
            }
        }
        let mut waiting = self.waiting.borrow_mut();
        waiting.keep(|key| !says_gone(&notes, key));
        drop(waiting);
        let (mut given, mut changes) = (Changes::new(), Changes::new());
        copies.retain(|(key, _)| {
            let is_gone = says_gone(&notes, key);
            if is_gone {
                let note = note_of(key);
                given.push((note.clone(), notes.get(&note).cloned()));
                changes.push((key.clone(), None));
            }
            // Marks of earlier versions were taken up above.
            !is_gone && self.id_in(key, GONE).is_none()
        });
        for (key, text) in notes.all() {
            let note = Note::read(text);
            let kept = note.and_then(|note| note.kept(seen.has(key), now));
            if kept != note || note.is_none() {
                given.push((key.clone(), Some(text.clone())));
                changes.push((key.clone(), kept.map(Note::to_stored)));
            }
        }
        if !changes.is_empty() {
            // Unless the reader has brought something back meanwhile: then whoever looks next does it.
            self.alter(given, changes, Vec::new());
        }
        copies
    }

    /// Marks in localStorage, and those that earlier versions left in the journal, become notes: the page that deleted went
    /// before the journal had its own.
    fn take_up_marks(&self, copies: &Entries, notes: &mut Texts, now: Timestamp) {
        let local = self.shelf.as_ref().map(|shelf| shelf.keys(&self.prefix));
        let local = local.into_iter().flatten();
        let marks = local.filter(|key| self.id_in(key, GONE).is_some());
        let marks: Vec<String> = marks.take(RECORDS).collect();
        let old = copies
            .iter()
            .filter(|(key, _)| self.id_in(key, GONE).is_some());
        let old: Vec<String> = old.take(RECORDS).map(|(key, _)| key.clone()).collect();
        if marks.is_empty() && old.is_empty() {
            return;
        }
        let copies = Texts::of(copies.clone());
        let (mut gone, mut fences) = (Vec::new(), Vec::new());
        for mark in marks.iter().chain(&old) {
            let Some(id) = self.id_in(mark, GONE) else {
                continue;
            };
            let text = self.stored(mark).unwrap_or_default();
            let when = text.parse().map_or(now, Timestamp);
            let note = note_of(&self.key(ATTEMPT, id));
            let found = notes.get(&note);
            // A killed browser may still have the mark of what was brought back since.
            let is_back = found.is_some_and(|text| {
                Note::read(text).is_some_and(|note| !note.is_gone() && note.moment() >= when)
            });
            if !is_back {
                gone.extend(self.keys_of(id, &copies));
                fences.extend(self.fences_of(id, &copies));
            }
        }
        let mut given = Changes::new();
        let mut before = Texts::new();
        for key in &gone {
            let note = note_of(key);
            if before.insert(note.clone(), key.clone()).is_none() {
                let text = Note::Gone(now).to_stored();
                given.push((note.clone(), notes.insert(note, text)));
            }
        }
        let mut changes = noted(gone, fences, now);
        changes.extend(old.into_iter().map(|key| (key, None)));
        self.alter(given, changes, marks);
    }
}
