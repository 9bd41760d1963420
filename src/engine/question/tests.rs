//! What each question type accepts, when a response is complete, and what it earns.

use super::*;
use crate::engine::form::Credit;
use crate::engine::format;
use crate::engine::report::outcome;
use crate::engine::scoring::{Outcome, Points};

fn question(kind: &str, key: &str) -> Question {
    let choices: Vec<String> = ["a", "b", "c", "d"]
        .map(|id| {
            format!(
                r#"{{"id":"{id}","text":"{id}","correct":{}}}"#,
                key.contains(id)
            )
        })
        .to_vec();
    let text = format!(
        r#"{{"mondai":1,"id":"s","title":"S","questions":[
            {{"id":"q","type":"{kind}","prompt":"?","choices":[{}]}}]}}"#,
        choices.join(",")
    );
    format::read(&text).set.unwrap().questions.remove(0)
}

fn response(choices: &str) -> Response {
    Response(choices.split_whitespace().map(str::to_owned).collect())
}

#[test]
fn a_response_is_accepted_in_one_order_and_less_what_is_unknown() {
    for (kind, given, expected) in [
        ("single", "b", "b"),
        ("single", "", ""),
        ("single", "c a", "a"),
        ("single", "zzz b", "b"),
        ("multiple", "c a", "a c"),
        ("multiple", "a a c", "a c"),
        ("multiple", "zzz", ""),
        ("multiple", "d c b a", "a b c d"),
    ] {
        let accepted = question(kind, "a").body.as_type().accept(&response(given));
        assert_eq!(accepted, response(expected), "{kind}: {given}");
    }
}

#[test]
fn a_response_is_complete_when_it_can_be_marked_as_meant() {
    use Completeness::{Complete, Incomplete, Unanswered};
    for (kind, key, given, expected) in [
        ("single", "a", "", Unanswered),
        ("single", "a", "b", Complete),
        ("multiple", "ab", "", Unanswered),
        ("multiple", "ab", "c", Incomplete { missing: 1 }),
        ("multiple", "ab", "c d", Complete),
        ("multiple", "ab", "a b c", Incomplete { missing: -1 }),
        ("multiple", "abcd", "a", Incomplete { missing: 3 }),
    ] {
        let found = question(kind, key)
            .body
            .as_type()
            .completeness(&response(given));
        assert_eq!(found, expected, "{kind}, {key}: {given}");
    }
}

#[test]
fn a_response_is_marked() {
    use Credit::{AllOrNothing, Negative, Partial};
    for (kind, key, given, credit, expected) in [
        ("single", "a", "a", AllOrNothing, (Outcome::Correct, 1_000)),
        ("single", "a", "b", AllOrNothing, (Outcome::Incorrect, 0)),
        ("single", "a", "b", Negative, (Outcome::Incorrect, 0)),
        ("single", "a", "", Partial, (Outcome::Unanswered, 0)),
        (
            "multiple",
            "ab",
            "a b",
            AllOrNothing,
            (Outcome::Correct, 1_000),
        ),
        ("multiple", "ab", "b a", Partial, (Outcome::Correct, 1_000)),
        ("multiple", "ab", "a", AllOrNothing, (Outcome::Incorrect, 0)),
        ("multiple", "ab", "a", Partial, (Outcome::Partial, 500)),
        ("multiple", "ab", "a c", Partial, (Outcome::Incorrect, 0)),
        ("multiple", "ab", "a b c", Partial, (Outcome::Partial, 500)),
        ("multiple", "ab", "a b c", Negative, (Outcome::Partial, 500)),
        (
            "multiple",
            "ab",
            "a b c d",
            Negative,
            (Outcome::Incorrect, 0),
        ),
        (
            "multiple",
            "abcd",
            "a b c d",
            Negative,
            (Outcome::Correct, 1_000),
        ),
        ("multiple", "abcd", "a b", Partial, (Outcome::Partial, 500)),
    ] {
        let question = question(kind, key);
        let found = outcome(question.body.as_type(), &response(given), credit);
        assert_eq!(
            found,
            (expected.0, Points(expected.1)),
            "{kind}, {key}: {given}, {credit:?}"
        );
        let key = question.body.as_type().key();
        assert_eq!(
            outcome(question.body.as_type(), &key, credit).0,
            Outcome::Correct
        );
    }
}
