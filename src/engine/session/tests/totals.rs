//! Totals of whole sittings: shares of a point add up exactly, and only what is told is rounded.

use super::*;
use crate::engine::json::Value;

/// A question and its answer: `1/3` is a cloze of three typed gaps, one of them right; `98/100,26` one of a hundred gaps with
/// 26 choices each, the others wrong; `+4` a choice of four, the right one, `-4` a wrong one, and `_4` a wrong one that was
/// taken back.
fn asked(given: &str, id: usize) -> (String, Response) {
    let choices = |number: usize| {
        let wrong = (1..number).map(|n| format!(r#",{{"id":"c{n}","text":"w"}}"#));
        let right = String::from(r#"{"id":"c0","text":"r","correct":true}"#);
        format!("[{right}{}]", wrong.collect::<Vec<_>>().concat())
    };
    let (keys, response) = if let Some((right, gaps)) = given.split_once('/') {
        let (gaps, of) = gaps.split_once(',').unwrap_or((gaps, ""));
        let (right, gaps): (usize, usize) = (right.parse().unwrap(), gaps.parse().unwrap());
        let (gap, key, wrong) = match of.parse() {
            Ok(of) => (format!(r#"{{"choices":{}}}"#, choices(of)), "c0", "c1"),
            Err(_) => (String::from(r#"{"accept":"x"}"#), "x", "y"),
        };
        let text: Vec<String> = (0..gaps).map(|n| format!("{{{{g{n}}}}}")).collect();
        let places: Vec<String> = (0..gaps).map(|n| format!(r#""g{n}":{gap}"#)).collect();
        let entry = |n: usize| format!("g{n}={}", if n < right { key } else { wrong });
        let (text, places) = (text.concat(), places.join(","));
        (
            format!(r#""type":"cloze","text":"{text}","gaps":{{{places}}}"#),
            Response((0..gaps).map(entry).collect()),
        )
    } else {
        let (sign, of) = given.split_at(1);
        (
            format!(
                r#""type":"single","choices":{}"#,
                choices(of.parse().unwrap())
            ),
            response(if sign == "+" { "c0" } else { "c1" }),
        )
    };
    let question = format!(r#"{{"id":"q{id}","prompt":"?",{keys}}}"#);
    (question, response)
}

/// What a sitting with these answers gives, by a rule for credit and with a pass mark.
fn told(credit: &str, pass: &str, given: &str) -> String {
    let asked: Vec<(String, Response)> = (given.split_whitespace().enumerate())
        .map(|(id, given)| asked(given, id))
        .collect();
    let questions: Vec<&str> = asked
        .iter()
        .map(|(question, _)| question.as_str())
        .collect();
    let pass = match pass.split_once('-') {
        None => format!(r#""pass":{{"percent":{pass}}}"#),
        Some((max, pass)) => format!(r#""scale":{{"min":100,"max":{max},"pass":{pass}}}"#),
    };
    let form = format!(r#"{{"id":"f","title":"F","mode":"exam","credit":"{credit}",{pass}}}"#);
    let set = read(&format!(
        r#"{{"mondai":1,"id":"s","title":"S","forms":[{form}],"questions":[{}]}}"#,
        questions.join(",")
    ));
    let given = given.split_whitespace().enumerate();
    let taken_back = given.filter(|(_, given)| given.starts_with('_'));
    let taken_back: Vec<usize> = taken_back.map(|(position, _)| position).collect();
    let mut session = session_of(set, "f");
    session.update(start(Which::All), Timestamp(0));
    for (position, (_, response)) in asked.into_iter().enumerate() {
        session.update(Event::GoTo(position), Timestamp(1_000));
        session.update(Event::Respond(response), Timestamp(2_000));
        if taken_back.contains(&position) {
            session.update(Event::Respond(Response::default()), Timestamp(2_500));
        }
    }
    session.update(Event::Submit, Timestamp(3_000));
    // As the page is told it: in thousandths.
    let report = results(&session).report;
    let public = serde_json::to_string(&report).unwrap();
    let public = Value::parse(&public).unwrap();
    let number = |key: &str| public.get(key).and_then(Value::as_i64).unwrap();
    let scaled = report
        .scaled
        .map_or_else(String::new, |scaled| format!(", {scaled}"));
    let passed = if report.passed == Some(true) {
        ", passed"
    } else {
        ""
    };
    format!(
        "{} of {}, {} %{scaled}{passed}",
        number("points"),
        number("possible"),
        report.percent
    )
}

/// Credit, pass mark in percent or as the highest and the passing number of a scale from 100, answers, what is told.
const ROWS: &str = "
partial | 50 | 1/3 2/3 | 1000 of 2000, 50 %, passed
partial | 1000-550 | 1/3 2/3 | 1000 of 2000, 50 %, 550, passed
partial | 1000-551 | 1/3 2/3 | 1000 of 2000, 50 %, 550
partial | 1000-400 | 1/7 2/7 4/7 | 1000 of 3000, 33 %, 400, passed
partial | 1000-400 | 4/7 1/7 2/7 | 1000 of 3000, 33 %, 400, passed
partial | 1000-400 | 1/3 1/3 | 666 of 2000, 33 %, 400, passed
partial | 34 | 1/3 1/3 | 666 of 2000, 33 %
negative | 50 | 1/3 2/3 | 1000 of 2000, 50 %, passed
negative-below-zero | 1000000-100 | +4 -4 -4 -4 | 0 of 4000, 0 %, 100, passed
negative-below-zero | 1000000-101 | +4 -4 -4 -4 | 0 of 4000, 0 %, 100
negative-below-zero | 50 | -4 -4 -4 | -1000 of 3000, 0 %
negative-below-zero | 50 | -4 | -333 of 1000, 0 %
negative-below-zero | 50 | -4 -4 | -666 of 2000, 0 %
negative-below-zero | 50 | _4 | 0 of 1000, 0 %
negative-below-zero | 50 | +4 _4 | 1000 of 2000, 50 %, passed
negative-below-zero | 31 | +2 +2 -8 -8 -8 | 1571 of 5000, 31 %, passed
negative | 97 | 98/100,26 | 979 of 1000, 97 %, passed
negative | 1000000100-979200100 | 98/100,26 | 979 of 1000, 97 %, 979200100, passed
negative | 1000000100-979200101 | 98/100,26 | 979 of 1000, 97 %, 979200100
";

#[test]
fn shares_add_up_exactly() {
    for row in ROWS.trim().lines() {
        let cells: Vec<&str> = row.split(" | ").collect();
        assert_eq!(told(cells[0], cells[1], cells[2]), cells[3], "{row}");
    }
}

#[test]
fn many_shares_of_many_kinds_add_up_exactly_in_any_order() {
    let paired = |of: usize| format!("{}/{of} {}/{of}", of / 3, of - of / 3);
    let mixed: Vec<String> = (3..35).map(paired).collect();
    let mixed = format!("{} +4", mixed.join(" "));
    let backwards: Vec<&str> = mixed.split(' ').rev().collect();
    for (given, expected) in [
        (mixed.clone(), "33000 of 65000, 50 %, passed"),
        (backwards.join(" "), "33000 of 65000, 50 %, passed"),
        (["1/3 2/3"; 32].join(" "), "32000 of 64000, 50 %, passed"),
        (
            ["1/7 2/7 4/7 6/7 5/7 3/7"; 333].join(" "),
            "999000 of 1998000, 50 %, passed",
        ),
        (
            ["2/3 1/3"; 1_000].join(" "),
            "1000000 of 2000000, 50 %, passed",
        ),
    ] {
        assert_eq!(told("partial", "50", &given), expected, "{given:.40}");
    }
}
