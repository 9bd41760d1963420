//! What the reader says about broken sets: every code, its place, and that it says how to mend it.

use super::*;

mod file;
mod forms;
mod limits;
mod mutations;
mod questions;

/// A question with nothing wrong in it.
const GOOD: &str = r#"{"id":"good","type":"single","prompt":"?","choices":[{"id":"a","text":"A","correct":true},{"id":"b","text":"B"}]}"#;

/// A set around some keys; they begin on line 2.
fn set(keys: &str) -> String {
    format!("{{\"mondai\":1,\"id\":\"s\",\"title\":\"S\",\n{keys}}}")
}

/// A set of a good question and others.
fn questions(others: &str) -> String {
    set(&format!("\"questions\":[{GOOD},\n{others}]"))
}

/// A set of a good question and forms.
fn forms(forms: &str) -> String {
    set(&format!("\"questions\":[{GOOD}],\n\"forms\":[{forms}]"))
}

/// Takes the signs `§` out of a text and says where they stood: line and column, from 1.
fn unmarked(marked: &str) -> (String, Vec<(u32, u32)>) {
    let (mut text, mut places, mut line, mut column) = (String::new(), Vec::new(), 1, 1);
    for character in marked.chars() {
        match character {
            '§' => {
                places.push((line, column));
                continue;
            }
            '\n' => (line, column) = (line + 1, 1),
            // Not a column of its own.
            '\u{feff}' => {}
            _ => column += 1,
        }
        text.push(character);
    }
    (text, places)
}

/// Reads a text in which `§` marks each place with a problem, and compares code, pointer and a part of the message.
#[track_caller]
fn check(marked: &str, expected: &[(&str, &str, &str)]) -> Reading {
    let (text, places) = unmarked(marked);
    let reading = read(&text);
    let found: Vec<_> = reading
        .problems
        .iter()
        .map(|problem| {
            (
                problem.code,
                problem.pointer.as_str(),
                (problem.line, problem.column),
            )
        })
        .collect();
    let wanted: Vec<_> = expected
        .iter()
        .zip(&places)
        .map(|((code, pointer, _), place)| (*code, *pointer, *place))
        .collect();
    assert_eq!(found, wanted, "{text}");
    assert_eq!(
        places.len(),
        expected.len(),
        "one `§` for each problem: {text}"
    );
    for (problem, (_, _, mend)) in reading.problems.iter().zip(expected) {
        assert!(
            problem.message.contains(mend),
            "`{mend}` is not in: {problem}"
        );
        assert!(problem.message.ends_with('.'), "no sentence: {problem}");
        let is_warning = WARNINGS.contains(&problem.code);
        assert_eq!(
            problem.severity == Severity::Warning,
            is_warning,
            "{problem}"
        );
    }
    reading
}

/// The codes that are no errors.
const WARNINGS: [&str; 5] = [
    "all-choices-correct",
    "not-a-web-address",
    "too-few-questions",
    "too-many-references",
    "weights-do-not-add-up",
];

/// Checks one problem that leaves a set to work with.
#[track_caller]
fn usable(marked: &str, code: &str, pointer: &str, mend: &str) -> QuestionSet {
    check(marked, &[(code, pointer, mend)]).set.expect("a set")
}

/// Checks one problem that leaves no set.
#[track_caller]
fn unusable(marked: &str, code: &str, pointer: &str, mend: &str) {
    assert!(
        check(marked, &[(code, pointer, mend)]).set.is_none(),
        "{marked}"
    );
}

/// The rows of a table: four cells each.
fn rows(table: &str) -> impl Iterator<Item = [&str; 4]> {
    table.trim().lines().map(|row| {
        let cells: Vec<&str> = row.split(" | ").collect();
        cells.try_into().expect("four cells")
    })
}

#[test]
fn a_sound_set_has_no_problems() {
    check(&questions(&GOOD.replace("good", "q2")), &[]);
    for text in [
        include_str!("../../../public/sets/check.json"),
        include_str!("../../../public/sets/mla-c01.json"),
        include_str!("../../../tests/fixtures/every-key.json"),
    ] {
        let reading = check(text, &[]);
        assert!(reading.set.is_some());
    }
}

#[test]
fn all_problems_are_told_at_once_and_in_the_order_of_the_file() {
    // Without a title there is no set; all the rest is told nevertheless, and nothing that is only its consequence.
    let marked = r#"§{
  "mondai": 1,
  "id": §"Bad Id",
  "forms": [
    { "id": "f", "title": "F", "count": §0, "domains": [§"nowhere"] },
    { "id": §"f", "title": { "en": §1, "ja": §2 } },
    { "id": §"f", "title": "again" }
  ],
  "questions": [
    { "id": "q1", "type": "single", "domain": "d", "prompt": "?", "choices": [
      { "id": "a", "text": "A", "correct": true }, { "id": "b", "text": "B" } ] },
    §{ "id": "q1", "type": "single", "domain": §"nowhere", "choices": §[
      { "id": "a", "text": §7, "why": §8 }, { "id": §"a", "text": "B" } ], "references": [ §{ "url": "x" } ] }
  ],
  "domains": [ { "id": "d", "title": "D" }, { "id": §"d", "title": "E" } ]
}"#;
    let reading = check(
        marked,
        &[
            ("missing", "", "`title`"),
            ("wrong-kind", "/id", "an id"),
            ("empty-form", "/forms/0/count", "1 or more"),
            ("unknown-domain", "/forms/0/domains/0", "add it there"),
            ("duplicate-id", "/forms/1/id", "form"),
            ("wrong-kind", "/forms/1/title/en", "text"),
            ("wrong-kind", "/forms/1/title/ja", "text"),
            ("duplicate-id", "/forms/2/id", "form"),
            ("missing", "/questions/1", "`prompt`"),
            ("unknown-domain", "/questions/1/domain", "left out"),
            ("no-correct-choice", "/questions/1/choices", "correct"),
            ("wrong-kind", "/questions/1/choices/0/text", "text"),
            ("wrong-kind", "/questions/1/choices/0/why", "text"),
            ("duplicate-id", "/questions/1/choices/1/id", "choice"),
            ("missing", "/questions/1/references/0", "`title`"),
            ("duplicate-id", "/domains/1/id", "domain"),
        ],
    );
    assert!(reading.set.is_none());
}

#[test]
fn a_problem_reads_as_one_line() {
    let reading = read("{\"mondai\":\n 2}");
    assert_eq!(
        reading.problems[0].to_string(),
        "line 2, column 2: `mondai` must be 1, the only version of the format this widget knows. (at /mondai)"
    );
    let whole = Problem::whole("not-found", "Nothing is there.");
    assert_eq!(whole.to_string(), "Nothing is there.");
}

/// Whoever adds a problem adds it to these tests.
#[test]
fn every_code_of_the_reader_is_tested() {
    let sources = [
        include_str!("mod.rs"),
        include_str!("mend.rs"),
        include_str!("reader.rs"),
        include_str!("forms.rs"),
        include_str!("questions.rs"),
        include_str!("../question/choices.rs"),
        include_str!("../question/single.rs"),
        include_str!("../question/multiple.rs"),
        include_str!("../question/ordering.rs"),
        include_str!("../question/matching.rs"),
        include_str!("../question/text.rs"),
        include_str!("../question/numeric.rs"),
        include_str!("../question/cloze.rs"),
    ];
    let tests = [
        include_str!("tests/file.rs"),
        include_str!("tests/questions.rs"),
        include_str!("tests/forms.rs"),
        include_str!("tests/limits.rs"),
        include_str!("../question/tests/problems.rs"),
    ]
    .concat();
    let mut codes = std::collections::BTreeSet::new();
    for source in sources {
        for opening in [
            ".error(",
            ".error_of(",
            ".warning(",
            "Problem::whole(",
            "at(\n            0,",
            "at(\n            start,",
            "at(\n            offset,",
        ] {
            for (place, _) in source.match_indices(opening) {
                let rest = source[place + opening.len()..].trim_start();
                let code = rest
                    .strip_prefix('"')
                    .and_then(|rest| rest.split('"').next());
                codes.extend(code);
            }
        }
    }
    assert!(codes.len() >= 35, "{codes:?}");
    for code in codes {
        let is_tested = [format!("\"{code}\""), format!("| {code} |")]
            .iter()
            .any(|name| tests.contains(name));
        assert!(is_tested, "no test of `{code}`");
    }
}
