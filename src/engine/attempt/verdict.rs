//! Which of two records is to stand under a key: decided here and nowhere else, whoever asks. What a record is about is looked
//! at first; versions and revisions are compared only of records that are what their key says.

use super::{Attempt, Unreadable};

/// What all keys of ours begin with; then comes the set's id, and a colon.
pub const OURS: &str = "mondai:1:";
/// What stands in a key between the set's id and the attempt's.
pub const ATTEMPT: &str = "attempt:";

/// What is to become of the record that stands under a key when another one comes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It stays: the other one is the same, older, or not what the key says.
    Stays,
    /// The other one takes its place.
    Goes,
    /// The other one takes its place; it is not what its key says, so it is set aside.
    GoesAside,
    /// A later version wrote it, in a way that this one does not understand. Nothing is written over it; but who begins from
    /// what is stored sets it aside, and goes on with the other one.
    IsLater,
}

impl Attempt {
    /// Whether of two records of one attempt this is the one to keep. A page that takes a sitting goes on from all that was
    /// shown as saved, so what it writes comes before all that another one wrote without having it, also before an end. In one
    /// term what is finished stays finished; otherwise the later revision counts. A record about something else never is.
    pub fn supersedes(&self, other: &Self) -> bool {
        let rank = |attempt: &Self| {
            (
                attempt.is_newer,
                attempt.term,
                attempt.finished.is_some(),
                attempt.revision,
            )
        };
        self.id == other.id && self.set == other.set && rank(self) > rank(other)
    }
}

/// The attempt in a text, if it is the one that the key says.
pub fn sound(text: &str, key: &str) -> Option<Attempt> {
    read(text, key).ok()
}

fn read(text: &str, key: &str) -> Result<Attempt, Unreadable> {
    let (set, id) = set_and_id(key).ok_or(Unreadable::Damaged)?;
    let attempt = Attempt::from_stored(text)?;
    if attempt.id == id && attempt.set == set {
        Ok(attempt)
    } else {
        Err(Unreadable::Damaged)
    }
}

/// What a key of an attempt says.
fn set_and_id(key: &str) -> Option<(&str, &str)> {
    let (set, rest) = key.strip_prefix(OURS)?.split_once(':')?;
    Some((set, rest.strip_prefix(ATTEMPT)?))
}

/// What is to become of the text that stands under a key when another one comes. Under keys of other kinds all stays.
pub fn verdict(there: &str, other: &str, key: &str) -> Verdict {
    let Ok(other) = read(other, key) else {
        return Verdict::Stays;
    };
    match read(there, key) {
        Ok(there) if other.supersedes(&there) => Verdict::Goes,
        Ok(_) => Verdict::Stays,
        Err(Unreadable::Damaged) => Verdict::GoesAside,
        Err(Unreadable::Newer) => Verdict::IsLater,
    }
}

/// Whether a text is to stand under a key rather than the one that does, where nothing can be set aside.
pub fn is_better(text: &str, than: &str, key: &str) -> bool {
    matches!(verdict(than, text, key), Verdict::Goes | Verdict::GoesAside)
}

#[cfg(test)]
mod tests {
    use super::super::record::CHECKSUM;
    use super::*;
    use crate::engine::attempt::{Finish, hexadecimal};
    use crate::engine::clock::Timestamp;
    use crate::engine::random::hash;

    const KEY: &str = "mondai:1:s:attempt:a";

    fn of(set: &str, id: &str, revision: u64, is_finished: bool) -> Attempt {
        Attempt {
            id: id.to_owned(),
            set: set.to_owned(),
            revision,
            finished: is_finished.then_some(Finish {
                at: Timestamp(9),
                is_timed_out: false,
            }),
            ..Attempt::default()
        }
    }

    fn record(set: &str, id: &str, revision: u64) -> String {
        of(set, id, revision, false).to_stored()
    }

    fn finished(revision: u64) -> String {
        of("s", "a", revision, true).to_stored()
    }

    /// With a right checksum, of a later version; in a way that can be read, or not.
    fn later(text: &str, is_readable: bool) -> String {
        let (body, _) = text.rsplit_once(CHECKSUM).unwrap();
        let mut body = body.replacen("\"mondai\":1", "\"mondai\":99", 1);
        if !is_readable {
            body = body.replacen("\"revision\":", "\"turns\":", 1);
        }
        format!("{body}{CHECKSUM}{}\"}}", hexadecimal(hash(body.as_bytes())))
    }

    #[test]
    fn what_a_record_is_about_counts_before_versions_and_revisions() {
        use Verdict::{Goes, GoesAside, IsLater, Stays};
        let own = record("s", "a", 3);
        let cut = own[..40].to_owned();
        let rows = [
            // What stands there, what comes, and what becomes of the one that stands there.
            (own.clone(), record("s", "a", 4), Goes),
            (own.clone(), own.clone(), Stays),
            (own.clone(), record("s", "a", 2), Stays),
            (own.clone(), finished(2), Goes),
            (finished(2), record("s", "a", 9), Stays),
            (finished(2), finished(3), Goes),
            (own.clone(), cut.clone(), Stays),
            (cut.clone(), own.clone(), GoesAside),
            (cut.clone(), cut.clone(), Stays),
            // About something else, with any revision, version or end.
            (own.clone(), record("s", "b", 9), Stays),
            (own.clone(), record("t", "a", 9), Stays),
            (own.clone(), of("t", "a", 3, true).to_stored(), Stays),
            (own.clone(), later(&record("s", "b", 9), true), Stays),
            (own.clone(), later(&record("t", "a", 9), true), Stays),
            (record("s", "b", 9), own.clone(), GoesAside),
            (record("s", "b", 3), own.clone(), GoesAside),
            (record("t", "a", 2), own.clone(), GoesAside),
            (of("t", "a", 9, true).to_stored(), own.clone(), GoesAside),
            (later(&record("s", "b", 3), true), own.clone(), GoesAside),
            (later(&record("t", "a", 3), true), own.clone(), GoesAside),
            (record("s", "b", 9), record("t", "a", 9), Stays),
            // Of a later version.
            (own.clone(), later(&own, true), Goes),
            (later(&own, true), finished(9), Stays),
            (later(&own, false), finished(9), IsLater),
            (own.clone(), later(&own, false), Stays),
        ];
        for (there, other, expected) in rows {
            assert_eq!(verdict(&there, &other, KEY), expected, "{there} {other}");
            let is_wanted = matches!(expected, Goes | GoesAside);
            assert_eq!(is_better(&other, &there, KEY), is_wanted);
            // Under other keys nothing is an attempt of ours.
            for key in [
                "mondai:1:s:unreadable:a",
                "mondai:1:s:alive",
                "mondai:1:s:gone:a",
                "mondai:1:s",
                "mondai:2:s:attempt:a",
                "",
            ] {
                assert_eq!(verdict(&there, &other, key), Stays, "{key}");
            }
        }
    }

    #[test]
    fn what_is_finished_stays_and_then_the_later_revision_counts() {
        for (one, other, expected) in [
            ((2, false), (1, false), true),
            ((1, false), (2, false), false),
            ((1, false), (1, false), false),
            ((1, true), (2, false), true),
            ((3, false), (2, true), false),
            ((3, true), (2, true), true),
        ] {
            let made = |set: &str, (revision, is_finished)| of(set, "a", revision, is_finished);
            let (one, other) = (made("s", one), made("s", other));
            assert_eq!(one.supersedes(&other), expected, "{one:?} {other:?}");
            let foreign = Attempt {
                set: String::from("t"),
                ..one
            };
            assert!(!foreign.supersedes(&other), "{foreign:?}");
        }
    }
}
