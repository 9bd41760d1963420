//! What notes say, and what is noted when something is deleted.
//!
//! Beside the note of an attempt stands one of each of its terms that is known: under it nothing is written any more, also by
//! a page that writes without asking. Who brings the attempt back goes on under a later term.

use super::names::{ATTEMPT, FENCE, GONE, OURS, UNREADABLE, fence};
use super::term::{Changes, term_of};
use super::texts::Texts;
use crate::engine::clock::Timestamp;
use crate::engine::gone::{NOTES, Note, note_of};

/// Keys and their texts.
pub type Entries = Vec<(String, String)>;

/// Whether it is noted that a key is gone.
pub fn says_gone(notes: &Texts, key: &str) -> bool {
    // There are none for most readers, and many keys to ask about.
    !notes.is_empty() && (notes.get(&note_of(key))).is_some_and(|text| Note::says_gone(text))
}

/// The changes by which keys are gone, and by which nothing more comes in under the fences of some terms.
pub fn noted(gone: Vec<String>, fences: Vec<String>, now: Timestamp) -> Changes {
    let note = Note::Gone(now).to_stored();
    let fences = fences.iter().map(|fence| note_of(fence));
    let mut changes: Changes = fences.map(|fence| (fence, Some(note.clone()))).collect();
    for key in gone {
        changes.push((note_of(&key), Some(note.clone())));
        changes.push((key, None));
    }
    changes
}

/// The changes by which everything is gone: all that the journal has, and what `others` have.
pub fn erasing(own: &Entries, others: &Entries, now: Timestamp) -> Changes {
    let note = Note::Gone(now).to_stored();
    let mut changes = Changes::new();
    let records = own.iter().filter(|(key, _)| !key.starts_with(NOTES));
    for (key, text) in records.clone().chain(others) {
        let own = about(key);
        let fence = term_of(text).and_then(|term| fence(key, term));
        for key in own.into_iter().chain(fence) {
            changes.push((note_of(&key), Some(note.clone())));
        }
    }
    changes.extend(records.map(|(key, _)| (key.clone(), None)));
    changes
}

/// The key that a note must be about if a key is to stay gone: records come back, and fences are to keep out what they did;
/// all else does not matter.
fn about(key: &str) -> Option<String> {
    let (set, rest) = key.strip_prefix(OURS)?.split_once(':')?;
    if [ATTEMPT, UNREADABLE, FENCE]
        .iter()
        .any(|kind| rest.starts_with(kind))
    {
        return Some(key.to_owned());
    }
    let id = rest.strip_prefix(GONE)?;
    Some([OURS, set, ":", ATTEMPT, id].concat())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::attempt::Attempt;
    use crate::keeping::term::Order;
    use crate::keeping::term::Put;

    const KEY: &str = "mondai:1:s:attempt:a";

    fn record(term: u64) -> String {
        let (id, set) = (String::from("a"), String::from("s"));
        let attempt = Attempt {
            id,
            set,
            term,
            ..Attempt::default()
        };
        attempt.to_stored()
    }

    #[test]
    fn everything_but_notes_goes_and_only_hashes_are_left() {
        let own: Entries = [
            (KEY, record(2)),
            ("mondai:1:s:fence:a:1", String::new()),
            ("mondai:1:s:alive", String::from("a 1 2")),
            ("gone:0123456789abcdef", String::from("gone 5")),
        ]
        .map(|(key, text)| (key.to_owned(), text))
        .into();
        let others = vec![(String::from("mondai:1:t:attempt:b"), String::from("?"))];
        let changes = erasing(&own, &others, Timestamp(9));
        let (put, out): (Vec<_>, Vec<_>) = changes.iter().partition(|(_, text)| text.is_some());
        let out: Vec<&str> = out.iter().map(|(key, _)| key.as_str()).collect();
        assert_eq!(out, [KEY, "mondai:1:s:fence:a:1", "mondai:1:s:alive"]);
        let about = [
            KEY,
            "mondai:1:s:fence:a:2",
            "mondai:1:s:fence:a:1",
            "mondai:1:t:attempt:b",
        ];
        let note = Some(String::from("gone 9"));
        let expected = about.map(|key| (note_of(key), note.clone()));
        assert_eq!(put.into_iter().cloned().collect::<Changes>(), expected);
    }

    #[test]
    fn a_note_counts_more_than_any_record() {
        let (key, text) = (KEY.to_owned(), record(3));
        let better = Order::Better {
            key: key.clone(),
            text: text.clone(),
        };
        let take = Order::Take {
            key,
            text: Some(text),
        };
        for (note, expected) in [
            (None, Put::Arrived),
            (Some("gone 5"), Put::Gone),
            (Some("back 6"), Put::Arrived),
            (Some("what is this"), Put::Arrived),
        ] {
            for order in [&better, &take] {
                let found = [None, note.map(str::to_owned), None];
                assert_eq!(order.looks_at().len(), found.len(), "{order:?}");
                assert_eq!(order.decide(&found).put(), expected, "{order:?}, {note:?}");
            }
        }
    }

    #[test]
    fn what_was_found_before_must_be_there_still() {
        let (key, before) = (note_of(KEY), Some(String::from("gone 5")));
        let order = Order::Alter {
            given: vec![(key.clone(), before.clone())],
            changes: vec![(key, None)],
        };
        for (found, expected) in [
            (before, Put::Arrived),
            (Some(String::from("back 6")), Put::Outdated),
            (None, Put::Outdated),
        ] {
            assert_eq!(order.decide(&[found]).put(), expected);
        }
    }
}
