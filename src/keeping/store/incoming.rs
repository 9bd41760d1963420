//! Records that come in from an export: which of them are put where, and the room that the page keeps meanwhile.

use super::Store;
use super::bounds::RECORDS;
use crate::engine::attempt::verdict::{Verdict, verdict};
use crate::engine::json::{Object, Value};
use crate::keeping::names::{RESERVE, UNREADABLE};
use crate::keeping::term::{Changes, Order};

/// How much localStorage has free at least when an import has ended, in UTF-16 units: for the page, and for the next answers.
const FREE: usize = 256 * 1024;

/// What became of an imported record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Imported {
    /// It is stored now.
    Done,
    /// What was here is the same or newer, and stays.
    Kept,
    /// It is no record of this set.
    Refused,
    /// The browser has no room for it.
    NoRoom,
}

/// Why nothing of an export came in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// It is no export.
    NoExport,
    /// It is of the set with this id.
    OtherSet(String),
    /// It has more records than a set has.
    TooMany,
}

/// What came of an import.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Came {
    /// So many records were put in; were not, because the same or a newer one is here; could not be.
    pub counts: [usize; 3],
    /// Whether some of the last had no room.
    pub is_full: bool,
}

/// What is to come to the journal as well.
#[derive(Default)]
struct Copies {
    /// What was set aside.
    aside: Changes,
    /// Attempts, by their keys.
    records: Vec<(String, String)>,
}

/// Room that is held as long as this lives.
struct Reserve<'s> {
    store: &'s Store,
    key: String,
}

impl Drop for Reserve<'_> {
    fn drop(&mut self) {
        self.store.take_out(&self.key);
    }
}

impl Store {
    /// Puts the export of a set back. While that goes on, room is held that the page needs afterwards; where there is none, only
    /// what is here already is.
    pub fn bring_in(&self, set: &str, text: &str) -> Result<Came, Refusal> {
        let export = Value::parse(text).map_err(|_| Refusal::NoExport)?;
        let own = export.get("set").and_then(Value::as_str);
        let records = export.get("records").and_then(Value::as_object);
        let (own, records) = own.zip(records).ok_or(Refusal::NoExport)?;
        if own != set {
            return Err(Refusal::OtherSet(own.to_owned()));
        }
        if records.len() > RECORDS {
            return Err(Refusal::TooMany);
        }
        Ok(self.bring(records))
    }

    fn bring(&self, records: &Object) -> Came {
        let reserve = self.reserve();
        let mut copies = Copies::default();
        let mut came = Came::default();
        let [imported, kept, refused] = &mut came.counts;
        for (key, text) in records.iter() {
            let became = match text.as_str() {
                None => Imported::Refused,
                Some(text) if reserve.is_some() => self.take_in(key, text, &mut copies),
                Some(text) if self.get(key).as_deref() == Some(text) => Imported::Kept,
                Some(_) => Imported::NoRoom,
            };
            match became {
                Imported::Done => *imported += 1,
                Imported::Kept => *kept += 1,
                Imported::Refused | Imported::NoRoom => *refused += 1,
            }
            came.is_full |= became == Imported::NoRoom;
        }
        self.copy(copies);
        came
    }

    /// Holds room in localStorage; `None` where it has not so much.
    fn reserve(&self) -> Option<Reserve<'_>> {
        let key = [self.prefix.as_str(), RESERVE].concat();
        let is_held = self.shelf.as_ref()?.set(&key, &" ".repeat(FREE));
        is_held.then_some(Reserve { store: self, key })
    }

    /// Puts one exported record back, unless the same or a newer one is here.
    pub fn import(&self, key: &str, text: &str) -> Imported {
        let mut copies = Copies::default();
        let became = self.take_in(key, text, &mut copies);
        self.copy(copies);
        became
    }

    /// What came in goes to the journal: all at once, since a transaction for each would take longer than all else.
    fn copy(&self, copies: Copies) {
        let Copies { aside, records } = copies;
        if !aside.is_empty() {
            self.alter(Changes::new(), aside, Vec::new());
        }
        if !records.is_empty() {
            let now = (self.now)();
            self.send(Order::Import { records, now });
        }
    }

    fn take_in(&self, key: &str, text: &str, copies: &mut Copies) -> Imported {
        if !key.starts_with(&self.prefix) {
            return Imported::Refused;
        }
        let own = self.get(key);
        if own.as_deref() == Some(text) {
            return Imported::Kept;
        }
        let mut text = text.to_owned();
        if let Some(id) = self.id_of(key) {
            let Some(mut new) = self.read(id, &text) else {
                return Imported::Refused;
            };
            let old = own.as_deref().and_then(|own| self.read(id, own));
            // Terms say which page of this browser had it; an export may come from another one.
            let term = old.as_ref().map(|old| old.term);
            let next = term.map(|term| term.max(new.term).saturating_add(1));
            if let Some(term) = term {
                new.term = term;
            }
            match own
                .as_deref()
                .map(|own| verdict(own, &new.to_stored(), key))
            {
                Some(Verdict::Stays | Verdict::IsLater) => return Imported::Kept,
                // Where there is no room to set it aside, it stays.
                Some(Verdict::GoesAside)
                    if self
                        .place_aside(id, own.as_deref().unwrap_or(""), &mut copies.aside)
                        .is_none() =>
                {
                    return Imported::NoRoom;
                }
                None | Some(Verdict::Goes | Verdict::GoesAside) => {}
            }
            if let Some(next) = next.filter(|_| !new.is_newer) {
                new.term = next;
                text = new.to_stored();
            }
        } else if let Some(id) = self.id_in(key, UNREADABLE) {
            // Another one may be here under this name: both stay.
            return match self.place_aside(id, &text, &mut copies.aside) {
                Some(true) => Imported::Done,
                Some(false) => Imported::Kept,
                None => Imported::NoRoom,
            };
        } else {
            return Imported::Refused;
        }
        if self.put(key, &text) {
            copies.records.push((key.to_owned(), text));
            // The sitting that runs here goes on from what came in.
            if self.written.borrow().0 == key {
                self.go_on_from(key);
            }
            Imported::Done
        } else {
            // Not kept in the page alone, where it would look as if it had come in.
            self.waiting.borrow_mut().remove(key);
            Imported::NoRoom
        }
    }
}
