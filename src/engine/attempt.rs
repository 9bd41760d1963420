//! An attempt: one sitting, running or finished; and its stored record.
//!
//! [`Attempt`] is what the session works on; [`Record`] is what stands in storage. They are converted here and nowhere
//! else, so that either can change without the other.

use core::time::Duration;

use crate::engine::json::Value;
use serde::Serialize;

use super::clock::Timestamp;
use super::question::Response;
use super::random::hash;

/// The state of one sitting.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attempt {
    /// Its identity.
    pub id: String,
    /// The question set it belongs to.
    pub set: String,
    /// The fingerprint of the set's file when it began.
    pub digest: u64,
    /// The form, and how attributes narrowed it: an attempt is continued only by a widget that would make the same paper.
    pub form: String,
    /// The seed of the paper.
    pub seed: String,
    /// Grows by one with every change.
    pub revision: u64,
    /// When it began.
    pub started: Timestamp,
    /// When it was last changed.
    pub changed: Timestamp,
    /// When its time is up.
    pub deadline: Option<Timestamp>,
    /// Since when it has been paused.
    pub paused: Option<Timestamp>,
    /// How long it was paused before that, in all.
    pub pauses: Duration,
    /// How it ended, if it did.
    pub finished: Option<Finish>,
    /// The question the reader is at: an index into `answers`.
    pub position: usize,
    /// One a question of the paper, in its order.
    pub answers: Vec<Answer>,
}

/// What the form of an attempt ends with when it asks only what was missed before.
pub const MISSED: &str = ";missed";

impl Attempt {
    /// Whether it asks only what was missed before: practice on the hard ones, and no measure of the whole.
    pub fn is_of_missed(&self) -> bool {
        self.form.ends_with(MISSED)
    }
}

/// How a sitting ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Finish {
    /// When.
    pub at: Timestamp,
    /// Whether because time was up.
    pub is_timed_out: bool,
}

/// What the reader did with one question.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Answer {
    /// The question's id.
    pub question: String,
    /// What was given.
    pub response: Response,
    /// Whether it was marked at once, so that it can no longer be changed.
    pub is_checked: bool,
    /// Whether the reader flagged it to come back to.
    pub is_flagged: bool,
    /// Whether the reader has seen it.
    pub is_seen: bool,
}

/// The version of [`Record`] this code writes.
const VERSION: u32 = 1;

/// The stored form of an attempt. Short keys: a reader has 5 MiB for everything.
///
/// Only written by derivation. It is read by hand, key by key: derived readers bring the printing of floats and of every
/// other type they did not expect, which costs the reader more than this whole file.
#[derive(Serialize)]
struct Record {
    mondai: u32,
    id: String,
    set: String,
    digest: String,
    form: String,
    seed: String,
    revision: u64,
    started: i64,
    changed: i64,
    #[serde(skip_serializing_if = "Option::is_none")]
    deadline: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    paused: Option<i64>,
    pauses: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    finished: Option<i64>,
    timed_out: bool,
    position: usize,
    answers: Vec<AnswerRecord>,
}

#[derive(Serialize)]
struct AnswerRecord {
    q: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    r: Vec<String>,
    #[serde(skip_serializing_if = "is_false")]
    checked: bool,
    #[serde(skip_serializing_if = "is_false")]
    flagged: bool,
    #[serde(skip_serializing_if = "is_false")]
    seen: bool,
}

#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde calls it with a reference"
)]
fn is_false(value: &bool) -> bool {
    !*value
}

/// Why a stored text is no attempt this code can work with. It must be kept, and not written over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unreadable {
    /// Cut short, changed, or not ours.
    Damaged,
    /// Written by a later version.
    Newer,
}

/// What separates the record from its checksum. JSON ignores nothing after its end, so the checksum stands inside.
const CHECKSUM: &str = ",\"checksum\":\"";

impl Attempt {
    /// The text to store: JSON whose last key is a checksum of all before it.
    pub fn to_stored(&self) -> String {
        let record = Record {
            mondai: VERSION,
            id: self.id.clone(),
            set: self.set.clone(),
            digest: hexadecimal(self.digest),
            form: self.form.clone(),
            seed: self.seed.clone(),
            revision: self.revision,
            started: self.started.0,
            changed: self.changed.0,
            deadline: self.deadline.map(|moment| moment.0),
            paused: self.paused.map(|moment| moment.0),
            pauses: u64::try_from(self.pauses.as_millis()).unwrap_or(u64::MAX),
            finished: self.finished.map(|finish| finish.at.0),
            timed_out: self.finished.is_some_and(|finish| finish.is_timed_out),
            position: self.position,
            answers: self
                .answers
                .iter()
                .map(|answer| AnswerRecord {
                    q: answer.question.clone(),
                    r: answer.response.0.clone(),
                    checked: answer.is_checked,
                    flagged: answer.is_flagged,
                    seen: answer.is_seen,
                })
                .collect(),
        };
        // A struct of strings and numbers always serialises.
        let mut text = serde_json::to_string(&record).unwrap_or_default();
        text.pop();
        let checksum = hexadecimal(hash(text.as_bytes()));
        text.push_str(CHECKSUM);
        text.push_str(&checksum);
        text.push_str("\"}");
        text
    }

    /// Reads a stored text.
    pub fn from_stored(text: &str) -> Result<Self, Unreadable> {
        // The checksum has a fixed length, so its place is counted, not searched for.
        let end = text.strip_suffix("\"}").ok_or(Unreadable::Damaged)?;
        let (rest, checksum) = end
            .len()
            .checked_sub(16)
            .and_then(|at| end.split_at_checked(at))
            .ok_or(Unreadable::Damaged)?;
        let body = rest.strip_suffix(CHECKSUM).ok_or(Unreadable::Damaged)?;
        if checksum != hexadecimal(hash(body.as_bytes())) {
            return Err(Unreadable::Damaged);
        }
        let value = Value::parse(text).map_err(|_| Unreadable::Damaged)?;
        if value.get("mondai").and_then(Value::as_u64) > Some(u64::from(VERSION)) {
            return Err(Unreadable::Newer);
        }
        from_record(&value).ok_or(Unreadable::Damaged)
    }
}

/// An attempt from a record of this version; `None` if anything in it is of the wrong kind.
fn from_record(record: &Value) -> Option<Attempt> {
    let text = |key: &str| Some(record.get(key)?.as_str()?.to_owned());
    let moment = |key: &str| match record.get(key) {
        None => Some(None),
        Some(value) => value.as_i64().map(|moment| Some(Timestamp(moment))),
    };
    let is_timed_out = yes(record, "timed_out")?;
    Some(Attempt {
        id: text("id")?,
        set: text("set")?,
        digest: u64::from_str_radix(record.get("digest")?.as_str()?, 16).ok()?,
        form: text("form")?,
        seed: text("seed")?,
        revision: record.get("revision")?.as_u64()?,
        started: moment("started")??,
        changed: moment("changed")??,
        deadline: moment("deadline")?,
        paused: moment("paused")?,
        pauses: Duration::from_millis(record.get("pauses")?.as_u64()?),
        finished: moment("finished")?.map(|at| Finish { at, is_timed_out }),
        position: usize::try_from(record.get("position")?.as_u64()?).ok()?,
        answers: record
            .get("answers")?
            .as_array()?
            .iter()
            .map(answer)
            .collect::<Option<_>>()?,
    })
}

fn answer(record: &Value) -> Option<Answer> {
    let response = match record.get("r") {
        None => Vec::new(),
        Some(parts) => {
            let parts = parts.as_array()?.iter();
            parts
                .map(|part| Some(part.as_str()?.to_owned()))
                .collect::<Option<_>>()?
        }
    };
    Some(Answer {
        question: record.get("q")?.as_str()?.to_owned(),
        response: Response(response),
        is_checked: yes(record, "checked")?,
        is_flagged: yes(record, "flagged")?,
        is_seen: yes(record, "seen")?,
    })
}

/// A yes that may be left out for no.
fn yes(record: &Value, key: &str) -> Option<bool> {
    record.get(key).map_or(Some(false), Value::as_bool)
}

/// A number as 16 hexadecimal digits.
pub fn hexadecimal(number: u64) -> String {
    (0..16)
        .rev()
        .filter_map(|digit| {
            char::from_digit(u32::try_from(number >> (digit * 4) & 0xf).unwrap_or(0), 16)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn attempt() -> Attempt {
        Attempt {
            id: String::from("a1"),
            set: String::from("s"),
            digest: 0xfeed,
            form: String::from("exam"),
            seed: String::from("種"),
            revision: 7,
            started: Timestamp(1_000),
            changed: Timestamp(9_000),
            deadline: Some(Timestamp(61_000)),
            paused: None,
            pauses: Duration::from_secs(3),
            finished: Some(Finish {
                at: Timestamp(9_000),
                is_timed_out: false,
            }),
            position: 1,
            answers: vec![
                Answer {
                    question: String::from("q1"),
                    response: Response(vec![String::from("b")]),
                    is_checked: true,
                    is_flagged: false,
                    is_seen: true,
                },
                Answer {
                    question: String::from("q2"),
                    ..Answer::default()
                },
            ],
        }
    }

    #[test]
    fn a_record_comes_back_as_it_went() {
        let attempt = attempt();
        assert_eq!(Attempt::from_stored(&attempt.to_stored()), Ok(attempt));
    }

    #[test]
    fn a_released_record_is_still_read() {
        // Written by version 0.1.0. This text must never change; a later version adds its own beside it.
        let stored = include_str!("../../tests/fixtures/attempt-v1.json").trim_end();
        assert_eq!(Attempt::from_stored(stored), Ok(attempt()));
    }

    #[test]
    fn every_flipped_bit_and_every_cut_is_noticed() {
        let stored = attempt().to_stored();
        for at in 0..stored.len() {
            for bit in 0..8 {
                let mut bytes = stored.clone().into_bytes();
                bytes[at] ^= 1 << bit;
                if let Ok(text) = String::from_utf8(bytes) {
                    assert!(
                        Attempt::from_stored(&text).is_err(),
                        "bit {bit} of byte {at}: {text}"
                    );
                }
            }
            if let Some(cut) = stored.get(..at) {
                assert_eq!(Attempt::from_stored(cut), Err(Unreadable::Damaged));
            }
        }
    }

    #[test]
    fn a_later_version_is_told_from_damage() {
        let body = r#"{"mondai":2,"new":"shape""#;
        let text = format!("{body}{CHECKSUM}{}\"}}", hexadecimal(hash(body.as_bytes())));
        assert_eq!(Attempt::from_stored(&text), Err(Unreadable::Newer));
    }

    #[test]
    fn a_hundred_questions_fit_in_16_kib() {
        let mut attempt = attempt();
        attempt.answers = (0..100)
            .map(|number| Answer {
                question: format!("q-a-question-with-a-long-descriptive-id-{number:03}"),
                response: Response(vec![String::from("a"), String::from("c")]),
                is_checked: true,
                is_flagged: true,
                is_seen: true,
            })
            .collect();
        let length = attempt.to_stored().len();
        assert!(length <= 16 * 1024, "{length} bytes");
    }
}
