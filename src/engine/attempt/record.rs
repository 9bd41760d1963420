//! The stored record of an attempt: its version, its checksum, and the conversion from and to [`Attempt`].

use core::time::Duration;
use std::rc::Rc;

use serde::Serialize;

use super::unknown::keep_unknown;
use super::{Answer, Attempt, Finish, retold};
use crate::engine::clock::Timestamp;
use crate::engine::json::Value;
use crate::engine::question::Response;
use crate::engine::random::hash;

/// The version of [`Record`] this code writes.
const VERSION: u32 = 1;

/// The largest number that is taken for one that we wrote: the largest whole number of JavaScript. Whoever adds to it, or adds
/// up some of them, comes nowhere near the end of 64 bits.
const LARGEST: u64 = (1 << 53) - 1;
/// The same for moments, in both directions: the largest of a JavaScript `Date`.
const MOMENTS: i64 = 8_640_000_000_000_000;

/// The stored form of an attempt. Short keys: a reader has 5 MiB for everything.
///
/// Only written by derivation. It is read by hand, key by key: derived readers bring the printing of floats and of every
/// other type they did not expect, which costs the reader more than this whole file.
#[derive(Serialize)]
struct Record {
    mondai: u32,
    id: String,
    set: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    origin: String,
    digest: String,
    form: String,
    seed: String,
    revision: u64,
    #[serde(skip_serializing_if = "is_zero")]
    term: u64,
    started: i64,
    changed: i64,
    #[serde(skip_serializing_if = "Option::is_none")]
    after: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    deadline: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    paused: Option<i64>,
    #[serde(skip_serializing_if = "is_false")]
    away: bool,
    pauses: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    finished: Option<i64>,
    timed_out: bool,
    position: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    shown: Option<i64>,
}

/// The keys of a record: those of [`Record`], and those that are written after it.
const KEYS: &[&str] = &[
    "mondai",
    "id",
    "set",
    "origin",
    "digest",
    "form",
    "seed",
    "revision",
    "term",
    "started",
    "changed",
    "after",
    "deadline",
    "paused",
    "away",
    "pauses",
    "finished",
    "timed_out",
    "position",
    "shown",
    "answers",
    "removed",
    "result",
    "checksum",
];

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
    #[serde(skip_serializing_if = "is_false")]
    late: bool,
    #[serde(skip_serializing_if = "is_false")]
    unscored: bool,
    /// Milliseconds.
    #[serde(skip_serializing_if = "is_zero")]
    ms: u64,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    first: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    struck: Vec<String>,
    #[serde(skip_serializing_if = "String::is_empty")]
    note: String,
    /// The question's fingerprint, in hexadecimal digits.
    #[serde(skip_serializing_if = "String::is_empty")]
    print: String,
}

/// The keys of an [`AnswerRecord`].
const ANSWER_KEYS: &[&str] = &[
    "q", "r", "checked", "flagged", "seen", "late", "unscored", "ms", "first", "struck", "note",
    "print",
];

// Not `expect`: on a 32-bit target the number is too large for the lint.
#[allow(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde calls it with a reference"
)]
fn is_zero(value: &u64) -> bool {
    *value == 0
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
    /// Written by a later version, in a way that this one does not understand.
    Newer,
}

/// What separates the record from its checksum. JSON ignores nothing after its end, so the checksum stands inside.
pub(super) const CHECKSUM: &str = ",\"checksum\":\"";

impl Attempt {
    /// The text to store: JSON whose last key is a checksum of all before it.
    pub fn to_stored(&self) -> String {
        let record = Record {
            mondai: VERSION,
            id: self.id.clone(),
            set: self.set.clone(),
            origin: self.origin.clone(),
            digest: hexadecimal(self.digest),
            form: self.form.clone(),
            seed: self.seed.clone(),
            revision: self.revision,
            term: self.term,
            started: self.started.0,
            changed: self.changed.0,
            after: self.after.map(|moment| moment.0),
            deadline: self.deadline.map(|moment| moment.0),
            paused: self.paused.map(|moment| moment.0),
            away: self.is_away,
            pauses: u64::try_from(self.pauses.as_millis()).unwrap_or(u64::MAX),
            finished: self.finished.map(|finish| finish.at.0),
            timed_out: self.finished.is_some_and(|finish| finish.is_timed_out),
            position: self.position,
            shown: self.shown.map(|moment| moment.0),
        };
        // A struct of strings and numbers always serialises.
        let mut text = serde_json::to_string(&record).unwrap_or_default();
        text.pop();
        write_answers(&mut text, ",\"answers\":[", &self.answers);
        if !self.removed.is_empty() {
            write_answers(&mut text, ",\"removed\":[", &self.removed);
        }
        if let Some(result) = retold::written(self) {
            text.push_str(",\"result\":");
            text.push_str(&result);
        }
        text.push_str(&self.unknown);
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
        let version = value.get("mondai").and_then(Value::as_u64);
        let is_newer = version > Some(u64::from(VERSION));
        let mut attempt = from_record(&value).ok_or(if is_newer {
            Unreadable::Newer
        } else {
            Unreadable::Damaged
        })?;
        if version == Some(0) {
            return Err(Unreadable::Damaged);
        }
        attempt.is_newer = is_newer;
        keep_unknown(&mut attempt, text, [KEYS, ANSWER_KEYS]);
        Ok(attempt)
    }
}

#[inline(never)]
fn write_answers(text: &mut String, before: &str, answers: &[Answer]) {
    text.push_str(before);
    for (index, answer) in answers.iter().enumerate() {
        let record = AnswerRecord {
            q: answer.question.clone(),
            r: answer.response.0.clone(),
            checked: answer.is_checked,
            flagged: answer.is_flagged,
            seen: answer.is_seen,
            late: answer.is_late,
            unscored: answer.is_unscored,
            ms: u64::try_from(answer.spent.as_millis()).unwrap_or(u64::MAX),
            first: answer.first.0.clone(),
            struck: answer.struck.clone(),
            note: answer.note.clone(),
            print: match answer.print {
                0 => String::new(),
                print => hexadecimal(u64::from(print)).split_off(8),
            },
        };
        if index > 0 {
            text.push(',');
        }
        text.push_str(&serde_json::to_string(&record).unwrap_or_default());
        text.pop();
        text.push_str(&answer.unknown);
        text.push('}');
    }
    text.push(']');
}

/// An attempt from a record of this version; `None` if anything in it is of the wrong kind.
fn from_record(record: &Value) -> Option<Attempt> {
    let text = |key: &str| text(record, key);
    let moment = |key: &str| moment(record, key);
    let number = |key: &str| number(record, key);
    let is_timed_out = yes(record, "timed_out")?;
    let mut attempt = Attempt {
        id: text("id")?,
        set: text("set")?,
        origin: optional(record, "origin")?,
        digest: u64::from_str_radix(record.get("digest")?.as_str()?, 16).ok()?,
        form: text("form")?,
        seed: text("seed")?,
        revision: number("revision")?,
        term: record.get("term").map_or(Some(0), Value::as_u64)?,
        started: moment("started")??,
        changed: moment("changed")??,
        after: moment("after")?,
        deadline: moment("deadline")?,
        paused: moment("paused")?,
        is_away: yes(record, "away")?,
        pauses: Duration::from_millis(number("pauses")?),
        finished: moment("finished")?.map(|at| Finish { at, is_timed_out }),
        told: None,
        position: usize::try_from(number("position")?).ok()?,
        shown: moment("shown")?,
        answers: answers(record.get("answers")?)?,
        removed: record
            .get("removed")
            .map_or_else(|| Some(Vec::new()), answers)?,
        is_newer: false,
        unknown: String::new(),
    };
    if let Some(result) = record.get("result").filter(|_| attempt.finished.is_some()) {
        attempt.told = Some(Rc::new(retold::read(result, &attempt)?));
    }
    Some(attempt)
}

#[inline(never)]
fn answers(list: &Value) -> Option<Vec<Answer>> {
    list.as_array()?.iter().map(answer).collect()
}

fn answer(record: &Value) -> Option<Answer> {
    Some(Answer {
        question: text(record, "q")?,
        response: Response(list(record, "r")?),
        is_checked: yes(record, "checked")?,
        is_flagged: yes(record, "flagged")?,
        is_seen: yes(record, "seen")?,
        is_late: yes(record, "late")?,
        is_unscored: yes(record, "unscored")?,
        spent: match record.get("ms") {
            None => Duration::ZERO,
            Some(_) => Duration::from_millis(number(record, "ms")?),
        },
        first: Response(list(record, "first")?),
        struck: list(record, "struck")?,
        note: optional(record, "note")?,
        print: match optional(record, "print")?.as_str() {
            "" => 0,
            print => u32::from_str_radix(print, 16).ok()?,
        },
        unknown: String::new(),
    })
}

// Not put into their callers: there they would be downloaded once for every key.

#[inline(never)]
fn text(record: &Value, key: &str) -> Option<String> {
    Some(record.get(key)?.as_str()?.to_owned())
}

/// A text that may be left out for an empty one.
#[inline(never)]
fn optional(record: &Value, key: &str) -> Option<String> {
    match record.get(key) {
        None => Some(String::new()),
        Some(_) => text(record, key),
    }
}

#[inline(never)]
fn number(record: &Value, key: &str) -> Option<u64> {
    record
        .get(key)?
        .as_u64()
        .filter(|number| *number <= LARGEST)
}

/// A moment that may be left out.
#[expect(
    clippy::option_option,
    reason = "the outer one says whether it can be read"
)]
#[inline(never)]
fn moment(record: &Value, key: &str) -> Option<Option<Timestamp>> {
    match record.get(key) {
        None => Some(None),
        Some(value) => value
            .as_i64()
            .filter(|moment| (-MOMENTS..=MOMENTS).contains(moment))
            .map(|moment| Some(Timestamp(moment))),
    }
}

/// Texts that may be left out for none.
#[inline(never)]
fn list(record: &Value, key: &str) -> Option<Vec<String>> {
    let Some(parts) = record.get(key) else {
        return Some(Vec::new());
    };
    let parts = parts.as_array()?.iter();
    parts.map(|part| Some(part.as_str()?.to_owned())).collect()
}

/// A yes that may be left out for no.
#[inline(never)]
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
