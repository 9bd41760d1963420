//! A result retold from its record: what a finished sitting came to, whatever the author did to the set since.
//!
//! The record has, beside the answers, how each question was marked and by which rules. So the report needs no question set.

use std::rc::Rc;

use serde::Serialize;

use super::{Answer, Attempt};
use crate::engine::form::{Credit, Form};
use crate::engine::json::Value;
use crate::engine::points::Points;
use crate::engine::question::Response;
use crate::engine::report::{QuestionResult, Report};
use crate::engine::scoring::{Outcome, PassMark, Scale};
use crate::engine::set::QuestionSet;

/// A result as it was told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    /// The report; its questions stand beside the answers of the record.
    pub report: Rc<Report>,
    /// How responses earned points.
    pub credit: Credit,
    /// What passed.
    pub pass: Option<PassMark>,
}

/// What the record has of a result.
#[derive(Serialize)]
struct ResultRecord<'a> {
    form: &'a str,
    credit: &'static str,
    /// A percentage; or min, max and pass of a scale.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pass: Vec<u32>,
    domains: Vec<&'a str>,
    marks: Vec<Mark<'a>>,
}

/// How one question was marked. Short keys: there is one for each question of each result.
#[derive(Serialize)]
struct Mark<'a> {
    /// The outcome.
    o: &'static str,
    /// Points, in parts; where the outcome says them they are left out.
    #[serde(skip_serializing_if = "String::is_empty")]
    p: String,
    /// The key.
    k: &'a [String],
    /// The domain, by its place in the list.
    #[serde(skip_serializing_if = "Option::is_none")]
    d: Option<usize>,
    /// The outcome of the response that was there before.
    #[serde(skip_serializing_if = "Option::is_none")]
    b: Option<&'static str>,
}

const OUTCOMES: [Outcome; 4] = [
    Outcome::Correct,
    Outcome::Partial,
    Outcome::Incorrect,
    Outcome::Unanswered,
];

const CREDITS: [(&str, Credit); 4] = [
    ("all-or-nothing", Credit::AllOrNothing),
    ("partial", Credit::Partial),
    ("negative", Credit::Negative),
    ("negative-below-zero", Credit::BelowZero),
];

impl Attempt {
    /// A sitting that has ended: its result stays what it is now, by the set and the form.
    pub fn keep_result(&mut self, set: &QuestionSet, form: &Form) {
        if self.finished.is_some() && self.told.is_none() {
            self.told = Some(Rc::new(Told {
                report: Rc::new(Report::new(set, form, self)),
                credit: form.credit,
                pass: form.pass,
            }));
        }
    }
}

/// The result of an attempt as JSON; `None` where there is none, or it is not about the answers that are stored.
pub(super) fn written(attempt: &Attempt) -> Option<String> {
    let told = attempt.told.as_ref()?;
    let report = &told.report;
    if report.questions.len() != attempt.answers.len() {
        return None;
    }
    let domains: Vec<&str> = (report.domains.iter())
        .map(|domain| domain.id.as_str())
        .chain(
            // Where nothing of it counted, a domain has no row.
            (report.questions.iter())
                .filter_map(|result| result.domain.as_deref())
                .filter(|id| report.domains.iter().all(|domain| domain.id != *id)),
        )
        .collect();
    let marks = report.questions.iter().zip(&attempt.answers);
    let marks = marks.map(|(result, answer)| Mark {
        o: letter(result.outcome),
        p: if result.points == usual(result.outcome) {
            String::new()
        } else {
            result.points.to_hexadecimal()
        },
        k: &result.key.0,
        d: (result.domain.as_deref())
            .and_then(|domain| domains.iter().position(|own| *own == domain)),
        // What was there before may have been left out since, to make room.
        b: (result.before.filter(|_| !answer.first.is_empty())).map(letter),
    });
    let record = ResultRecord {
        form: &report.form,
        credit: CREDITS.iter().find(|(_, credit)| *credit == told.credit)?.0,
        pass: match told.pass {
            None => Vec::new(),
            Some(PassMark::Percent(percent)) => vec![percent],
            Some(PassMark::Scaled(scale)) => vec![scale.min, scale.max, scale.pass],
        },
        marks: marks.collect(),
        domains: domains.clone(),
    };
    serde_json::to_string(&record).ok()
}

/// The result in a record; `None` if anything in it is of the wrong kind.
pub(super) fn read(record: &Value, attempt: &Attempt) -> Option<Told> {
    let word = record.get("credit")?.as_str()?;
    let credit = CREDITS.iter().find(|(own, _)| *own == word)?.1;
    let pass = match record.get("pass") {
        None => None,
        Some(pass) => {
            let numbers: Option<Vec<u32>> = pass.as_array()?.iter().map(number).collect();
            match numbers?.as_slice() {
                [percent] => Some(PassMark::Percent(*percent)),
                [min, max, pass] => Some(PassMark::Scaled(Scale {
                    min: *min,
                    max: *max,
                    pass: *pass,
                })),
                _ => return None,
            }
        }
    };
    let domains = texts(record.get("domains")?)?;
    let marks = record.get("marks")?.as_array()?;
    if marks.len() != attempt.answers.len() {
        return None;
    }
    let marks = marks.iter().zip(&attempt.answers);
    let questions: Option<Vec<_>> = marks
        .map(|(mark, answer)| marked(mark, answer, &domains))
        .collect();
    let form = record.get("form")?.as_str()?;
    let report = Report::sum(attempt, form, pass, domains, questions?);
    Some(Told {
        report: Rc::new(report),
        credit,
        pass,
    })
}

fn marked(mark: &Value, answer: &Answer, domains: &[String]) -> Option<QuestionResult> {
    let outcome = outcome(mark.get("o")?)?;
    Some(QuestionResult {
        id: answer.question.clone(),
        domain: match mark.get("d") {
            None => None,
            Some(place) => {
                let place = usize::try_from(place.as_u64()?).ok()?;
                Some(domains.get(place)?.clone())
            }
        },
        outcome,
        points: match mark.get("p") {
            None => usual(outcome),
            Some(points) => Points::from_hexadecimal(points.as_str()?)?,
        },
        response: answer.response.clone(),
        key: Response(texts(mark.get("k")?)?),
        flagged: answer.is_flagged,
        unscored: answer.is_unscored,
        seconds: answer.spent.as_secs(),
        before: match mark.get("b") {
            None => None,
            Some(before) => Some(self::outcome(before)?),
        },
    })
}

/// What an outcome earns, unless something else is written.
fn usual(outcome: Outcome) -> Points {
    if outcome == Outcome::Correct {
        Points::ONE
    } else {
        Points::NONE
    }
}

/// An outcome's first letter.
fn letter(outcome: Outcome) -> &'static str {
    outcome.word().get(..1).unwrap_or("")
}

fn outcome(value: &Value) -> Option<Outcome> {
    let word = value.as_str()?;
    let mut all = OUTCOMES.into_iter();
    all.find(|outcome| letter(*outcome) == word)
}

fn number(value: &Value) -> Option<u32> {
    u32::try_from(value.as_u64()?).ok()
}

fn texts(value: &Value) -> Option<Vec<String>> {
    let parts = value.as_array()?.iter();
    parts.map(|part| Some(part.as_str()?.to_owned())).collect()
}

#[cfg(test)]
mod tests {
    use core::time::Duration;

    use super::super::tests::{attempt, forged};
    use super::super::{Timestamp, Unreadable};
    use super::*;

    /// A result as it is kept since the set may be edited.
    fn result() -> Attempt {
        let mark = |question: &str, outcome, points, key: &str| QuestionResult {
            id: question.to_owned(),
            domain: (question != "q1").then(|| String::from("net")),
            outcome,
            points,
            response: Response::default(),
            key: Response(vec![key.to_owned()]),
            flagged: false,
            unscored: false,
            seconds: 0,
            before: None,
        };
        let mut attempt = Attempt {
            origin: String::from("https://example.org/set.json"),
            after: Some(Timestamp(9_001)),
            ..attempt()
        };
        attempt.answers.extend(["q3", "q4"].map(|question| Answer {
            question: question.to_owned(),
            response: Response(vec![String::from("x")]),
            first: Response(vec![String::from("y")]),
            is_seen: true,
            is_unscored: question == "q4",
            spent: Duration::from_millis(2_500),
            ..Answer::default()
        }));
        for (answer, print) in attempt.answers.iter_mut().zip([1, 0xfeed, u32::MAX, 0]) {
            answer.print = print;
        }
        let mut marks = vec![
            mark("q1", Outcome::Correct, Points::ONE, "b"),
            mark("q2", Outcome::Unanswered, Points::NONE, "a"),
            mark("q3", Outcome::Partial, Points::share(1, 3), "z"),
            mark("q4", Outcome::Incorrect, -Points::share(1, 3), "z"),
        ];
        for (mark, answer) in marks.iter_mut().zip(&attempt.answers) {
            mark.response = answer.response.clone();
            mark.unscored = answer.is_unscored;
            mark.seconds = answer.spent.as_secs();
            mark.before = (!answer.first.is_empty()).then_some(Outcome::Correct);
        }
        let pass = Some(PassMark::Scaled(Scale {
            min: 100,
            max: 1_000,
            pass: 500,
        }));
        let domains = vec![String::from("net")];
        let report = Report::sum(&attempt, "exam", pass, domains, marks);
        attempt.told = Some(Rc::new(Told {
            report: Rc::new(report),
            credit: Credit::BelowZero,
            pass,
        }));
        attempt
    }

    #[test]
    fn a_result_comes_back_as_it_was_told() {
        let stored = result().to_stored();
        assert_eq!(Attempt::from_stored(&stored), Ok(result()), "{stored}");
        // Written since results are kept. Never to change; a later version adds its own beside it.
        let released = include_str!("../../../tests/fixtures/attempt-v1-result.json").trim_end();
        assert_eq!(stored, released);
        // A result that makes room keeps what it came to.
        let mut short = result();
        short.shorten();
        let short = Attempt::from_stored(&short.to_stored()).unwrap();
        let [short, whole] = [short, result()].map(|own| Rc::clone(&own.told.unwrap().report));
        assert_eq!(
            (short.points, &short.domains),
            (whole.points, &whole.domains)
        );
        assert_eq!(short.questions[2].before, None);
    }

    #[test]
    fn a_result_of_the_wrong_kind_is_damage() {
        for (from, to) in [
            (
                "\"credit\":\"negative-below-zero\"",
                "\"credit\":\"generous\"",
            ),
            ("\"pass\":[100,1000,500]", "\"pass\":[100,1000]"),
            ("\"pass\":[100,1000,500]", "\"pass\":720"),
            ("\"o\":\"c\"", "\"o\":\"x\""),
            ("\"k\":[\"b\"]", "\"k\":\"b\""),
            ("\"d\":0", "\"d\":1"),
            ("\"p\":\"", "\"p\":\"-"),
            ("\"marks\":[", "\"marks\":[{},"),
            ("\"domains\":[\"net\"]", "\"domains\":[1]"),
            ("\"print\":\"0000feed\"", "\"print\":\"food\""),
            ("\"origin\":", "\"origin\":1,\"other\":"),
            ("\"after\":9001", "\"after\":\"9001\""),
        ] {
            assert_eq!(
                Attempt::from_stored(&forged(&result(), from, to)),
                Err(Unreadable::Damaged),
                "{to}"
            );
        }
    }
}
