//! Notes that something stored was deleted, and how long they count. A browser that is killed still has in localStorage, for
//! up to a minute, what was taken out of it, and a page that has not heard of it may write it once more.

use super::attempt::hexadecimal;
use super::clock::Timestamp;
use super::random::hash;

/// What the keys of all notes begin with; no key of a record does.
pub const NOTES: &str = "gone:";
/// How long a note is kept after localStorage was last seen with what it is about, in milliseconds: 30 days.
const KEPT: i64 = 30 * 24 * 60 * 60 * 1_000;

const GONE: &str = "gone ";
const BACK: &str = "back ";

/// What a note says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Note {
    /// It was deleted then.
    Gone(Timestamp),
    /// It was deleted, and the reader brought it back then.
    Back(Timestamp),
}

impl Note {
    /// Reads a note; what cannot be read is none.
    pub fn read(text: &str) -> Option<Self> {
        let moment = |text: &str| text.parse().ok().map(Timestamp);
        match text.strip_prefix(GONE) {
            Some(text) => moment(text).map(Self::Gone),
            None => text.strip_prefix(BACK).and_then(moment).map(Self::Back),
        }
    }

    /// The note as it is stored.
    pub fn to_stored(self) -> String {
        let (word, moment) = match self {
            Self::Gone(moment) => (GONE, moment),
            Self::Back(moment) => (BACK, moment),
        };
        [word, &moment.0.to_string()].concat()
    }

    /// When that was.
    pub const fn moment(self) -> Timestamp {
        match self {
            Self::Gone(moment) | Self::Back(moment) => moment,
        }
    }

    /// Whether it was deleted, and is to stay so.
    pub const fn is_gone(self) -> bool {
        matches!(self, Self::Gone(_))
    }

    /// Whether the text of a note says that something is to stay deleted.
    pub fn says_gone(text: &str) -> bool {
        Self::read(text).is_some_and(Self::is_gone)
    }

    /// The note as it is to be from now on, where it was seen whether localStorage has what it is about; `None` once nothing
    /// can bring that back any more. Of a clock that was wrong it is not believed that the note is from the future.
    pub fn kept(self, is_there: bool, now: Timestamp) -> Option<Self> {
        let moment = self.moment();
        if is_there || moment > now {
            return Some(match self {
                Self::Gone(_) => Self::Gone(now),
                Self::Back(_) => Self::Back(now),
            });
        }
        (now.0.saturating_sub(moment.0) < KEPT).then_some(self)
    }
}

/// The key of the note about a key. A hash, so that a note tells nobody which quizzes a reader took.
pub fn note_of(key: &str) -> String {
    [NOTES, &hexadecimal(hash(key.as_bytes()))].concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_note_comes_back_as_it_went() {
        for note in [
            Note::Gone(Timestamp(0)),
            Note::Gone(Timestamp(1_764_000_000_000)),
            Note::Back(Timestamp(-5)),
        ] {
            assert_eq!(Note::read(&note.to_stored()), Some(note));
        }
        for text in ["", "gone", "gone ", "gone x", "back 1 ", "1764000000000"] {
            assert_eq!(Note::read(text), None, "{text}");
        }
    }

    #[test]
    fn a_note_is_kept_for_30_days_after_the_record_was_last_seen() {
        let day = |days: i64| Timestamp(days * 24 * 60 * 60 * 1_000);
        let gone = |days| Note::Gone(day(days));
        for (note, is_there, now, expected) in [
            (gone(100), false, 100, Some(gone(100))),
            (gone(100), false, 129, Some(gone(100))),
            (gone(100), false, 130, None),
            // It came back: from here on it is counted anew.
            (gone(100), true, 129, Some(gone(129))),
            (gone(100), true, 400, Some(gone(400))),
            // The clock was wrong, and is right again.
            (gone(500), false, 100, Some(gone(100))),
            (Note::Back(day(100)), false, 130, None),
            (Note::Back(day(100)), true, 129, Some(Note::Back(day(129)))),
        ] {
            assert_eq!(note.kept(is_there, day(now)), expected, "{note:?}, {now}");
        }
    }

    #[test]
    fn a_note_names_neither_set_nor_attempt() {
        let note = note_of("mondai:1:basics:attempt:abc");
        assert!(!note.contains("basics") && !note.contains("abc"), "{note}");
        assert_ne!(note, note_of("mondai:1:basics:attempt:abd"));
        assert_ne!(note, note_of("mondai:1:basics:unreadable:abc"));
    }
}
