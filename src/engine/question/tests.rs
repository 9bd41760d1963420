//! What each question type accepts, when a response is complete, what it earns, and what is shown of it. One table of marks
//! a type; what all types have in common is tested with one of each.

mod cloze;
mod completeness;
mod folding;
mod matching;
mod multiple;
mod numbers;
mod numeric;
mod ordering;
mod problems;
mod single;
mod text;
mod typing;
mod views;

use super::*;
use crate::engine::form::Credit;
use crate::engine::format;
use crate::engine::points::Points;
use crate::engine::report::outcome;
use crate::engine::scoring::Outcome;

/// A sound question of each type, in the order of [`RIGHT`].
const EACH: [&str; 7] = [
    r#""type":"single","choices":[{"id":"a","text":"A","correct":true},{"id":"b","text":"B"}]"#,
    r#""type":"multiple","choices":[{"id":"a","text":"A","correct":true},{"id":"b","text":"B","correct":true},{"id":"c","text":"C"}]"#,
    r#""type":"ordering","items":[{"id":"a","text":"A"},{"id":"b","text":"B"},{"id":"c","text":"C"}],"order":["c","a"]"#,
    r#""type":"matching","prompts":[{"id":"x","text":"X"},{"id":"y","text":"Y"}],"choices":[{"id":"a","text":"A"},{"id":"b","text":"B"}],"pairs":{"x":"b","y":"b"}"#,
    r#""type":"text","accept":["fast","quick"]"#,
    r#""type":"numeric","answer":0.05"#,
    r#""type":"cloze","text":"{{y}} {{x}}","gaps":{"x":{"choices":[{"id":"a","text":"A"},{"id":"b","text":"B","correct":true}]},"y":{"accept":"a=b"}}"#,
];

/// The keys of [`EACH`].
const RIGHT: [&str; 7] = ["a", "a|b", "c|a", "x=b|y=b", "fast", "0.05", "y=a=b|x=b"];

/// A question and what responses to it earn: in thousandths, for all or nothing, partial, negative, negative below zero.
struct Marked {
    question: &'static str,
    rows: &'static [(&'static str, [i64; 4])],
}

const POLICIES: [Credit; 4] = [
    Credit::AllOrNothing,
    Credit::Partial,
    Credit::Negative,
    Credit::BelowZero,
];

/// The question that an author wrote in `keys`.
fn question(keys: &str) -> Question {
    let text = format!(
        r#"{{"mondai":1,"id":"s","title":"S","questions":[{{"id":"q","prompt":"?",{keys}}}]}}"#
    );
    let reading = format::read(&text);
    let set = reading
        .set
        .unwrap_or_else(|| panic!("{keys}: {:?}", reading.problems));
    set.questions.into_iter().next().unwrap()
}

/// Entries with `|` between them.
fn response(entries: &str) -> Response {
    let entries = entries.split('|').filter(|entry| !entry.is_empty());
    Response(entries.map(str::to_owned).collect())
}

/// Marks each response as a sitting does, by each policy.
fn check_marks(tables: &[Marked]) {
    for table in tables {
        let question = question(table.question);
        let kind = question.body.as_type();
        for (given, expected) in table.rows {
            let accepted = kind.accept(&response(given));
            for (credit, expected) in POLICIES.into_iter().zip(*expected) {
                let (_, points) = outcome(kind, &accepted, credit);
                let question = table.question;
                assert_eq!(
                    points.thousandths(),
                    expected,
                    "{given:?} by {credit:?} to {question}"
                );
            }
        }
        for credit in POLICIES {
            let key = kind.accept(&kind.key());
            assert_eq!(key, kind.key(), "{}", table.question);
            let expected = (Outcome::Correct, Points::ONE);
            assert_eq!(outcome(kind, &key, credit), expected, "{}", table.question);
        }
    }
    let rows: usize = tables.iter().map(|table| table.rows.len()).sum();
    assert!(rows >= 60, "{rows}");
}

#[test]
fn the_key_is_the_authors() {
    for (keys, expected) in EACH.into_iter().zip(RIGHT) {
        assert_eq!(
            question(keys).body.as_type().key(),
            response(expected),
            "{keys}"
        );
    }
}

#[test]
fn nothing_given_is_unanswered() {
    for keys in EACH {
        let question = question(keys);
        let kind = question.body.as_type();
        let nothing = Response::default();
        assert_eq!(kind.accept(&nothing), nothing);
        assert_eq!(kind.completeness(&nothing), Completeness::Unanswered);
        for credit in POLICIES {
            let expected = (Outcome::Unanswered, Points::NONE);
            assert_eq!(outcome(kind, &nothing, credit), expected, "{keys}");
        }
    }
}
