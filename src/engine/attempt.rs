//! An attempt: one sitting, running or finished; and its stored record.
//!
//! [`Attempt`] is what the session works on; [`record`] is what stands in storage. They are converted here and nowhere
//! else, so that either can change without the other.

pub mod origin;
mod record;
pub mod retold;
mod unknown;
pub mod verdict;

use core::time::Duration;
use std::rc::Rc;

use super::clock::Timestamp;
use super::question::Response;
pub use record::{Unreadable, hexadecimal};
use retold::Told;

/// The state of one sitting.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Attempt {
    /// Its identity.
    pub id: String,
    /// The question set it belongs to.
    pub set: String,
    /// The address of the set it belongs to, as far as it is known: sets of other authors may have the same id.
    pub origin: String,
    /// The fingerprint of the set's file when it began.
    pub digest: u64,
    /// The form, and how attributes narrowed it: an attempt is continued only by a widget that would make the same paper.
    pub form: String,
    /// The seed of the paper.
    pub seed: String,
    /// Grows by one with every change.
    pub revision: u64,
    /// Grows by one with every page that goes on with it, so that what an earlier one still writes is told apart; 0 in records
    /// from before there were terms.
    pub term: u64,
    /// When it began.
    pub started: Timestamp,
    /// When it was last changed.
    pub changed: Timestamp,
    /// Where the clock was behind what was stored before: a moment just after all of that. See [`Attempt::place`].
    pub after: Option<Timestamp>,
    /// When its time is up.
    pub deadline: Option<Timestamp>,
    /// Since when it has been paused.
    pub paused: Option<Timestamp>,
    /// Whether it is paused only because nobody can see it.
    pub is_away: bool,
    /// How long it was paused before that, in all.
    pub pauses: Duration,
    /// How it ended, if it did.
    pub finished: Option<Finish>,
    /// The result as it was told, once it is stored: editing the set does not change it.
    pub told: Option<Rc<Told>>,
    /// The question the reader is at: an index into `answers`.
    pub position: usize,
    /// Since when that question has been on screen; `None` while it is not.
    pub shown: Option<Timestamp>,
    /// One a question of the paper, in its order.
    pub answers: Vec<Answer>,
    /// Answers to questions that the set no longer has, in the order they had: should one come back, so does its answer.
    pub removed: Vec<Answer>,
    /// Whether a later version wrote it: then it is shown, and never written over.
    pub is_newer: bool,
    /// Keys of the record that this version does not know, as they stood: `,"key":value` each.
    pub unknown: String,
}

/// What the form of an attempt ends with when it asks only what was missed before.
pub const MISSED: &str = ";missed";

impl Attempt {
    /// Whether it asks only what was missed before: practice on the hard ones, and no measure of the whole.
    pub fn is_of_missed(&self) -> bool {
        self.form.ends_with(MISSED)
    }

    /// Its place among the attempts of the set: the later, the greater. By the clock; but where that was wrong, what was
    /// stored later still comes later.
    pub fn place(&self) -> Timestamp {
        self.after.unwrap_or(self.changed).max(self.changed)
    }

    /// The reader's clock was set: all moments move with it.
    pub(super) fn move_moments(&mut self, by: i64) {
        let moved = |moment: Option<Timestamp>| moment.map(|moment| moment.moved(by));
        self.started = self.started.moved(by);
        self.changed = self.changed.moved(by);
        self.deadline = moved(self.deadline);
        self.paused = moved(self.paused);
        self.shown = moved(self.shown);
    }

    /// The reader's clock is behind the last change: it was set back since, so all moments move with it, and what was left is
    /// left still. Gives whether it was so.
    pub(super) fn set_back(&mut self, now: Timestamp) -> bool {
        let is_behind = now < self.changed;
        if is_behind {
            self.move_moments(now.0.saturating_sub(self.changed.0));
        }
        is_behind
    }

    /// Leaves out what a result can do without, to take less room: notes, times, what was struck out and changed.
    pub fn shorten(&mut self) {
        for answer in &mut self.answers {
            answer.note.clear();
            answer.struck.clear();
            answer.first = Response::default();
            answer.spent = Duration::ZERO;
        }
        self.removed.clear();
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
    /// Whether its own time is up, so that it can no longer be changed.
    pub is_late: bool,
    /// Whether the question did not count. Only known when the attempt is finished: until then nobody is to find it here.
    pub is_unscored: bool,
    /// How long it was on screen.
    pub spent: Duration,
    /// The first complete response that the reader left the question with; to tell what changing it later was worth.
    pub first: Response,
    /// The choices that the reader struck out.
    pub struck: Vec<String>,
    /// What the reader noted.
    pub note: String,
    /// The fingerprint of the question as it was asked; 0 if it is not known.
    pub print: u32,
    /// Keys of the record that this version does not know, as they stood: `,"key":value` each.
    pub unknown: String,
}

impl Answer {
    /// Whether the response can no longer be changed.
    pub const fn is_locked(&self) -> bool {
        self.is_checked || self.is_late
    }
}

#[cfg(test)]
mod tests {
    use super::record::CHECKSUM;
    use super::*;
    use crate::engine::form::Credit;
    use crate::engine::points::Points;
    use crate::engine::random::hash;
    use crate::engine::report::{QuestionResult, Report};
    use crate::engine::scoring::Outcome;

    pub(super) fn attempt() -> Attempt {
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
            pauses: Duration::from_secs(3),
            finished: Some(Finish {
                at: Timestamp(9_000),
                is_timed_out: false,
            }),
            position: 1,
            shown: None,
            answers: vec![
                Answer {
                    question: String::from("q1"),
                    response: Response(vec![String::from("b")]),
                    is_checked: true,
                    is_flagged: false,
                    is_seen: true,
                    ..Answer::default()
                },
                Answer {
                    question: String::from("q2"),
                    ..Answer::default()
                },
            ],
            ..Attempt::default()
        }
    }

    /// An attempt that uses every key.
    fn noted() -> Attempt {
        let parts = |parts: &[&str]| parts.iter().map(|part| (*part).to_owned()).collect();
        let answer = |question: &str, response: &[&str], first: &[&str], spent: u64| Answer {
            question: question.to_owned(),
            response: Response(parts(response)),
            first: Response(parts(first)),
            is_seen: spent > 0,
            spent: Duration::from_millis(spent),
            ..Answer::default()
        };
        Attempt {
            id: String::from("a2"),
            form: String::from("exam;count=3;missed"),
            revision: 12,
            changed: Timestamp(99_000),
            deadline: Some(Timestamp(161_000)),
            paused: Some(Timestamp(99_000)),
            finished: None,
            shown: Some(Timestamp(98_500)),
            answers: vec![
                Answer {
                    is_flagged: true,
                    is_late: true,
                    struck: parts(&["c", "d"]),
                    note: String::from("Spot は中断される \"2 min\" → 要確認"),
                    ..answer("q1", &["b"], &["a"], 61_234)
                },
                Answer {
                    is_checked: true,
                    ..answer("q2", &["one", "three"], &["one", "three"], 4_500)
                },
                Answer {
                    note: String::from("?"),
                    ..answer("q3", &[], &[], 1)
                },
                answer("q4", &[], &[], 0),
            ],
            ..attempt()
        }
    }

    #[test]
    fn a_record_comes_back_as_it_went() {
        for attempt in [attempt(), noted()] {
            assert_eq!(Attempt::from_stored(&attempt.to_stored()), Ok(attempt));
        }
    }

    #[test]
    fn a_released_record_is_still_read() {
        // Written by version 0.1.0. This text must never change; a later version adds its own beside it.
        let stored = include_str!("../../tests/fixtures/attempt-v1.json").trim_end();
        assert_eq!(Attempt::from_stored(stored), Ok(attempt()));
        // With the keys that came later. They are optional, so the version stayed. Never to change either.
        let stored = include_str!("../../tests/fixtures/attempt-v1-notes.json").trim_end();
        assert_eq!(Attempt::from_stored(stored), Ok(noted()));
    }

    #[test]
    fn what_is_not_there_is_not_written() {
        // Nothing that the first version wrote looks different to it.
        let stored = include_str!("../../tests/fixtures/attempt-v1.json").trim_end();
        assert_eq!(attempt().to_stored(), stored);
        let stored = include_str!("../../tests/fixtures/attempt-v1-notes.json").trim_end();
        assert_eq!(noted().to_stored(), stored);
    }

    #[test]
    fn a_key_of_the_wrong_kind_is_damage() {
        for (from, to) in [
            ("\"late\":true", "\"late\":1"),
            ("\"ms\":61234", "\"ms\":-1"),
            ("\"ms\":61234", "\"ms\":1.5"),
            ("\"first\":[\"a\"]", "\"first\":\"a\""),
            ("\"first\":[\"a\"]", "\"first\":[1]"),
            ("\"struck\":[\"c\",\"d\"]", "\"struck\":[null]"),
            ("\"note\":\"?\"", "\"note\":[\"?\"]"),
            ("\"shown\":98500", "\"shown\":\"98500\""),
        ] {
            assert_eq!(
                Attempt::from_stored(&forged(&noted(), from, to)),
                Err(Unreadable::Damaged),
                "{to}"
            );
        }
    }

    #[test]
    fn a_number_that_could_wrap_is_damage() {
        for (from, to) in [
            ("\"revision\":12", "\"revision\":18446744073709551615"),
            ("\"revision\":12", "\"revision\":9007199254740992"),
            ("\"ms\":61234", "\"ms\":18446744073709551615"),
            ("\"pauses\":3000", "\"pauses\":18446744073709551615"),
            ("\"position\":1", "\"position\":18446744073709551615"),
            ("\"started\":1000", "\"started\":9223372036854775807"),
            ("\"started\":1000", "\"started\":-9223372036854775808"),
            ("\"deadline\":161000", "\"deadline\":8640000000000001"),
            ("\"paused\":99000", "\"paused\":9223372036854775807"),
            ("\"shown\":98500", "\"shown\":-8640000000000001"),
        ] {
            assert_eq!(
                Attempt::from_stored(&forged(&noted(), from, to)),
                Err(Unreadable::Damaged),
                "{to}"
            );
        }
        // The largest that can be are read, and come back.
        for (from, to) in [
            ("\"revision\":12", "\"revision\":9007199254740991"),
            ("\"deadline\":161000", "\"deadline\":8640000000000000"),
        ] {
            let text = forged(&noted(), from, to);
            let attempt = Attempt::from_stored(&text);
            assert_eq!(attempt.map(|attempt| attempt.to_stored()), Ok(text), "{to}");
        }
    }

    /// A record with other text in the place of some, and the checksum it then has.
    pub(super) fn forged(attempt: &Attempt, from: &str, to: &str) -> String {
        let text = attempt.to_stored();
        let (body, _) = text.rsplit_once(CHECKSUM).unwrap();
        assert!(body.contains(from), "{from}");
        let body = body.replacen(from, to, 1);
        format!("{body}{CHECKSUM}{}\"}}", hexadecimal(hash(body.as_bytes())))
    }

    #[test]
    fn what_this_version_does_not_know_survives() {
        for (from, to) in [
            ("\"late\":true", "\"late\":true,\"later\":{}"),
            (
                "\"position\":",
                "\"new\":[1.50, {\"a\\\"]}\": \"}\"}, -0],\"position\":",
            ),
            ("\"q\":\"q4\"", "\"x\":null,\"q\":\"q4\",\"y\":\"あ\\\\\""),
        ] {
            let text = forged(&noted(), from, to);
            let attempt = Attempt::from_stored(&text).unwrap();
            let again = Attempt::from_stored(&attempt.to_stored()).unwrap();
            assert_eq!(attempt, again, "{text}");
            let unknown: Vec<&str> = (attempt.answers.iter())
                .map(|answer| answer.unknown.as_str())
                .chain([attempt.unknown.as_str()])
                .filter(|unknown| !unknown.is_empty())
                .collect();
            for unknown in &unknown {
                assert!(
                    text.contains(
                        unknown
                            .trim_start_matches(',')
                            .split(",\"y\"")
                            .next()
                            .unwrap()
                    ),
                    "{unknown}"
                );
            }
            assert_eq!(unknown.len(), 1, "{text}");
            // Otherwise it is the same.
            let mut known = attempt;
            known.unknown.clear();
            for answer in &mut known.answers {
                answer.unknown.clear();
            }
            assert_eq!(known, noted());
        }
    }

    #[test]
    fn a_newer_record_that_can_be_read_is_marked() {
        let text = forged(&attempt(), "{\"mondai\":1", "{\"mondai\":2");
        let newer = Attempt {
            is_newer: true,
            ..attempt()
        };
        assert_eq!(Attempt::from_stored(&text), Ok(newer));
        let foreign = forged(&attempt(), "{\"mondai\":1", "{\"mondai\":0");
        assert_eq!(Attempt::from_stored(&foreign), Err(Unreadable::Damaged));
    }

    #[test]
    fn shortened_it_has_answers_and_little_else() {
        let mut short = noted();
        short.shorten();
        assert!(short.to_stored().len() < noted().to_stored().len());
        for (short, whole) in short.answers.iter().zip(&noted().answers) {
            assert_eq!(short.response, whole.response);
            assert_eq!(
                (short.note.as_str(), &short.first),
                ("", &Response::default())
            );
        }
    }

    #[test]
    fn every_flipped_bit_and_every_cut_is_noticed() {
        let stored = noted().to_stored();
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
    fn a_hundred_questions_fit_in_24_kib() {
        let mut attempt = attempt();
        attempt.answers = (0..100)
            .map(|number| Answer {
                question: format!("q-a-question-with-a-long-descriptive-id-{number:03}"),
                response: Response(vec![String::from("a"), String::from("c")]),
                is_checked: true,
                is_flagged: true,
                is_seen: true,
                spent: Duration::from_millis(123_456),
                first: Response(vec![String::from("a"), String::from("b")]),
                struck: vec![String::from("d")],
                print: u32::MAX,
                ..Answer::default()
            })
            .collect();
        let marks = attempt.answers.iter().map(|answer| QuestionResult {
            id: answer.question.clone(),
            domain: Some(String::from("a-domain-with-a-long-id")),
            outcome: Outcome::Incorrect,
            points: Points::NONE,
            response: answer.response.clone(),
            key: Response(vec![String::from("a"), String::from("b")]),
            flagged: false,
            unscored: false,
            seconds: 0,
            before: Some(Outcome::Correct),
        });
        let marks = marks.collect();
        let report = Report::sum(&attempt, "exam", None, Vec::new(), marks);
        attempt.told = Some(Rc::new(Told {
            report: Rc::new(report),
            credit: Credit::AllOrNothing,
            pass: None,
        }));
        let length = attempt.to_stored().len();
        assert!(length <= 24 * 1024, "{length} bytes");
    }
}
