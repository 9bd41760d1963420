//! Orders to the journal: each is one transaction, which decides by what it finds there itself. What a page believed when it
//! gave the order counts for nothing.
//!
//! A page that takes a sitting puts its record back with a higher term, and a fence for the term before. Who writes under a
//! term tries to put that fence itself, without asking: where it stands, the whole transaction is undone. So a page that is
//! killed just after an order has still given all of it.

use super::names::fence;
use crate::engine::attempt::Attempt;
use crate::engine::attempt::verdict::is_better;
use crate::engine::clock::Timestamp;
use crate::engine::gone::{Note, note_of};

/// Texts to put under keys, and keys to take out.
pub type Changes = Vec<(String, Option<String>)>;

/// What became of a change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Put {
    /// It is on disk.
    Arrived,
    /// What was there is better, and stays: somebody else wrote it.
    Outdated,
    /// It was deleted elsewhere, and stays so.
    Gone,
    /// The browser refused it.
    Refused,
}

/// One transaction.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Order {
    /// Puts a text under a key, or takes the key out, whatever is there.
    Set {
        /// The key.
        key: String,
        /// The text.
        text: Option<String>,
    },
    /// Several changes, all or none, if what is there is what was found before.
    Alter {
        /// What must be there still; nothing, if it does not matter.
        given: Changes,
        /// What is put or taken out.
        changes: Changes,
    },
    /// Puts a text under a key, by the page that has the sitting: undone where the fence of its term stands, or the note that
    /// it was deleted under this term.
    Write {
        /// The key of an attempt.
        key: String,
        /// Its record.
        text: String,
        /// The key of the fence.
        fence: String,
    },
    /// Puts a record in the place of one that is not better, unless it was deleted.
    Better {
        /// The key of an attempt.
        key: String,
        /// Its record.
        text: String,
    },
    /// Takes a sitting: the better one of both records goes on under a new term, unless it is finished. Gives that record.
    Take {
        /// The key of an attempt.
        key: String,
        /// What localStorage has of it.
        text: Option<String>,
    },
    /// Puts imported records there, each under a term of its own, whether or not it was deleted.
    Import {
        /// The keys of attempts, and their records.
        records: Vec<(String, String)>,
        /// When the reader wanted it.
        now: Timestamp,
    },
    /// Gives what is there, unless a fence stands.
    Look {
        /// The key of an attempt.
        key: String,
        /// The key of the fence.
        fence: String,
    },
}

/// What a transaction does, once it is known what is there.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Decision {
    /// Keys, and what is put under them; `None` takes them out.
    pub writes: Changes,
    /// Why what was there has stayed, if it has.
    pub refusal: Option<Put>,
    /// What is there now, if that was asked for.
    pub text: Option<String>,
}

impl Decision {
    /// What became of an order that was carried out.
    pub fn put(&self) -> Put {
        self.refusal.unwrap_or(Put::Arrived)
    }

    fn refused(put: Put) -> Self {
        Self {
            refusal: Some(put),
            ..Self::default()
        }
    }
}

impl Order {
    /// What must be known before it can be decided; nothing, if all can be sent at once.
    pub fn looks_at(&self) -> Vec<String> {
        let with_note = |key: &String, text: Option<&String>| {
            let term = text.and_then(|text| term_of(text));
            let fence = term.and_then(|term| fence(key, term));
            let own = [key.clone(), note_of(key)];
            own.into_iter().chain(fence).collect()
        };
        match self {
            Self::Set { .. } | Self::Write { .. } => Vec::new(),
            Self::Alter { given, .. } => given.iter().map(|(key, _)| key.clone()).collect(),
            Self::Better { key, text } => with_note(key, Some(text)),
            Self::Take { key, text } => with_note(key, text.as_ref()),
            Self::Import { records, .. } => records.iter().map(|(key, _)| key.clone()).collect(),
            Self::Look { key, fence } => vec![key.clone(), fence.clone()],
        }
    }

    /// Keys that must not be there, and what became of the order where one is.
    pub fn guards(&self) -> Vec<(String, Put)> {
        match self {
            Self::Write { fence, .. } => {
                vec![(fence.clone(), Put::Outdated), (note_of(fence), Put::Gone)]
            }
            _ => Vec::new(),
        }
    }

    /// What is to be done, by what was found under the keys.
    pub fn decide(&self, found: &[Option<String>]) -> Decision {
        let all = found;
        let mut found = found.iter().map(Option::as_deref);
        let there = found.next().flatten();
        let second = found.next().flatten();
        let is_fenced = found.next().flatten().is_some();
        let written = |key: &String, text: Option<&String>| Decision {
            writes: vec![(key.clone(), text.cloned())],
            ..Decision::default()
        };
        match self {
            Self::Set { key, text } => written(key, text.as_ref()),
            Self::Write { key, text, .. } => written(key, Some(text)),
            Self::Alter { given, changes } => {
                if given.iter().map(|(_, text)| text).eq(all) {
                    Decision {
                        writes: changes.clone(),
                        ..Decision::default()
                    }
                } else {
                    Decision::refused(Put::Outdated)
                }
            }
            Self::Better { .. } | Self::Take { .. } if second.is_some_and(Note::says_gone) => {
                Decision::refused(Put::Gone)
            }
            Self::Better { key, text } => {
                let stays = match there {
                    Some(there) => there != text && !is_better(text, there, key),
                    None => is_fenced,
                };
                if stays {
                    Decision::refused(Put::Outdated)
                } else {
                    written(key, Some(text))
                }
            }
            Self::Take { key, text } => {
                // What is fenced was taken by somebody else, or deleted.
                take(key, text.as_deref().filter(|_| !is_fenced), there)
            }
            Self::Import { records, now } => {
                let mut writes = Changes::new();
                for ((key, text), there) in records.iter().zip(all) {
                    import(key, text, *now, there.as_deref(), &mut writes);
                }
                Decision {
                    writes,
                    ..Decision::default()
                }
            }
            Self::Look { .. } => Decision {
                refusal: second.map(|_| Put::Outdated),
                text: there.map(str::to_owned),
                ..Decision::default()
            },
        }
    }
}

fn fences(
    key: &str,
    terms: impl Iterator<Item = u64>,
) -> impl Iterator<Item = (String, Option<String>)> {
    terms.filter_map(move |term| Some((fence(key, term)?, Some(String::new()))))
}

/// The change by which the reader has back what was deleted.
pub fn back(key: &str, now: Timestamp) -> (String, Option<String>) {
    (note_of(key), Some(Note::Back(now).to_stored()))
}

/// The change by which a new term of an attempt may be written under: a deletion from before may have kept it out, as one
/// that nobody had yet.
pub fn begun(key: &str, term: u64) -> Option<(String, Option<String>)> {
    Some((note_of(&fence(key, term)?), None))
}

/// The term of a record; `None` if it cannot be read.
pub fn term_of(text: &str) -> Option<u64> {
    Some(Attempt::from_stored(text).ok()?.term)
}

fn take(key: &str, own: Option<&str>, there: Option<&str>) -> Decision {
    let base = match (own, there) {
        (Some(own), Some(there)) if is_better(own, there, key) => Some(own),
        (own, there) => there.or(own),
    };
    let Some(base) = base else {
        return Decision::refused(Put::Outdated);
    };
    let taken = Attempt::from_stored(base);
    let Some(mut taken) = taken
        .ok()
        .filter(|base| base.finished.is_none() && !base.is_newer)
    else {
        // Nobody goes on with it.
        let is_there = there == Some(base);
        return Decision {
            writes: if is_there {
                Vec::new()
            } else {
                vec![(key.to_owned(), Some(base.to_owned()))]
            },
            refusal: None,
            text: Some(base.to_owned()),
        };
    };
    let terms: Vec<u64> = [own, there]
        .into_iter()
        .flatten()
        .filter_map(term_of)
        .collect();
    taken.term = terms
        .iter()
        .fold(0, |last, term| last.max(*term))
        .saturating_add(1);
    let text = taken.to_stored();
    let mut writes = vec![(key.to_owned(), Some(text.clone()))];
    writes.extend(begun(key, taken.term));
    writes.extend(fences(key, terms.into_iter()));
    Decision {
        writes,
        refusal: None,
        text: Some(text),
    }
}

/// Whoever writes the record that was there must hear of it. It may have been deleted, also where that is not noted yet.
fn import(key: &str, text: &str, now: Timestamp, there: Option<&str>, writes: &mut Changes) {
    writes.push(back(key, now));
    let mut text = text.to_owned();
    if let Some(term) = there.and_then(term_of)
        && let Ok(mut new) = Attempt::from_stored(&text)
        && !new.is_newer
    {
        if new.term <= term {
            new.term = term.saturating_add(1);
            text = new.to_stored();
        }
        writes.extend(fences(key, core::iter::once(term)));
    }
    writes.push((key.to_owned(), Some(text)));
}
