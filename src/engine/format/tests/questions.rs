//! Broken questions and choices: each is told, and the others are kept.

use std::fmt::Write as _;

use super::*;

#[test]
fn without_a_single_sound_question_there_is_no_set() {
    let reading = check(
        &set("\"questions\":§[\n{\"id\":\"q\",\"type\":§\"hologram\",\"prompt\":\"?\"}]"),
        &[
            (
                "no-questions",
                "/questions",
                "mend those that were left out",
            ),
            (
                "unknown-type",
                "/questions/0/type",
                "use `single`, `multiple`, `ordering`, `matching`, `text`, `numeric` or `cloze`",
            ),
        ],
    );
    assert!(reading.set.is_none());
}

#[test]
fn ids_are_checked() {
    let long = "x".repeat(64);
    for id in ["a", "0", "a.b_c-d", "9-lives", long.as_str()] {
        assert!(wire::is_id(id), "{id}");
    }
    let longer = "x".repeat(65);
    for id in [
        "",
        "A",
        "-a",
        ".a",
        "_a",
        "a b",
        "a/b",
        "ä",
        "日",
        "a\n",
        longer.as_str(),
    ] {
        assert!(!wire::is_id(id), "{id}");
    }
}

#[test]
fn a_broken_question_is_left_out_and_told() {
    let broken = |marked: &str, code: &str, pointer: &str, mend: &str| {
        let set = usable(&questions(marked), code, pointer, mend);
        assert_eq!(set.questions.len(), 1, "{marked}");
    };
    let choices = r#""choices":[{"id":"a","text":"A","correct":true},{"id":"b","text":"B"}]"#;
    let with = |keys: &str| format!("{{{keys},{choices}}}");
    broken(
        "§7",
        "wrong-kind",
        "/questions/1",
        "an object with `id`, `type` and `prompt`",
    );
    broken(
        &with(r#""id":§7,"type":"single","prompt":"?""#),
        "wrong-kind",
        "/questions/1/id",
        "an id: up to 64",
    );
    broken(
        &with(r#""id":§"Q 1","type":"single","prompt":"?""#),
        "wrong-kind",
        "/questions/1/id",
        "a-z",
    );
    broken(
        &with(r#""id":"q","type":§7,"prompt":"?""#),
        "wrong-kind",
        "/questions/1/type",
        "text in quotes",
    );
    broken(
        &with(r#""id":"q","type":§"essay","prompt":"?""#),
        "unknown-type",
        "/questions/1/type",
        "use `single`",
    );
    broken(
        &with(r#""id":"q","type":"single","prompt":§7"#),
        "wrong-kind",
        "/questions/1/prompt",
        "text in quotes",
    );
    broken(
        &with(r#""id":"q","type":"single","prompt":{"en":"?","ja":§7}"#),
        "wrong-kind",
        "/questions/1/prompt/ja",
        "`ja` must be text",
    );
    broken(
        &with(r#""id":"q","type":"single","prompt":"?","explanation":§7"#),
        "wrong-kind",
        "/questions/1/explanation",
        "text in quotes",
    );
    broken(
        &with(r#""id":"q","type":"single","prompt":"?","domain":§"nowhere""#),
        "unknown-domain",
        "/questions/1/domain",
        "add it there, or correct the id",
    );
    broken(
        &with(r#""id":"q","type":"single","prompt":"?","domain":§"No Where""#),
        "wrong-kind",
        "/questions/1/domain",
        "an id",
    );
    broken(
        &with(r#""id":§"good","type":"single","prompt":"?""#),
        "duplicate-id",
        "/questions/1/id",
        "an id of its own",
    );
    broken(
        &with(r#""id":"q","type":"single","prompt":"?","references":§7"#),
        "wrong-kind",
        "/questions/1/references",
        "a list in square brackets",
    );
    broken(
        &with(
            r#""id":"q","type":"single","prompt":"?","references":[{"title":"T","url":"https://x"},§{"title":"T"}]"#,
        ),
        "missing",
        "/questions/1/references/1",
        "`url` is missing",
    );
    // What is null counts as left out.
    check(
        &questions(&with(
            r#""id":"q","type":"single","prompt":"?","domain":null,"references":null"#,
        )),
        &[],
    );
}

#[test]
fn a_question_about_a_case_that_is_not_there_is_left_out() {
    for (scenario, code, mend) in [
        (
            "nowhere",
            "unknown-scenario",
            "add it there, or correct the id",
        ),
        ("No Where", "wrong-kind", "an id"),
    ] {
        let question = GOOD.replace("good", "q2").replace(
            "\"prompt\"",
            &format!("\"scenario\":§\"{scenario}\",\"prompt\""),
        );
        let set = usable(&questions(&question), code, "/questions/1/scenario", mend);
        assert_eq!(set.questions.len(), 1, "{scenario}");
    }
}

#[test]
fn a_reference_that_is_no_web_page_does_not_cost_the_question() {
    for address in [
        "javascript:alert(1)",
        "mailto:a@example.org",
        "ftp://x",
        "",
        " https://x",
    ] {
        let set = usable(
            &questions(&format!(
                r#"{{"id":"q","type":"single","prompt":"?","references":[{{"title":"T","url":§"{address}"}},{{"title":"T","url":"http://x"}}],
                   "choices":[{{"id":"a","text":"A","correct":true}},{{"id":"b","text":"B"}}]}}"#
            )),
            "not-a-web-address",
            "/questions/1/references/0/url",
            "https://",
        );
        assert_eq!(set.questions[1].references.len(), 1, "{address}");
    }
}

#[test]
fn a_reference_may_stand_beside_the_sets_file() {
    for address in [
        "more.html",
        "/docs/a",
        "../a#b",
        "//example.org/a",
        "HTTPS://x",
    ] {
        let text = questions(&format!(
            r#"{{"id":"q","type":"single","prompt":"?","references":[{{"title":"T","url":"{address}"}}],
               "choices":[{{"id":"a","text":"A","correct":true}},{{"id":"b","text":"B"}}]}}"#
        ));
        let set = read(&text).set.unwrap();
        assert_eq!(set.questions[1].references[0].url, address);
    }
}

/// Choices, the code of their problem, its place in the question, what the message says.
const BROKEN_CHOICES: &str = r#"
§7 | wrong-kind | /choices | a list in square brackets
§[] | too-few-choices | /choices | add one
§[{"id":"a","text":"A","correct":true}] | too-few-choices | /choices | add one
§[{"id":"a","text":"A"},{"id":"b","text":"B","correct":false}] | no-correct-choice | /choices | "correct": true
[{"id":"a","text":"A","correct":true},{"id":§"a","text":"B"}] | duplicate-id | /choices/1/id | of its own
[{"id":"a","text":"A","correct":true},§{"id":"b"}] | missing | /choices/1 | `text` is missing
[{"id":"a","text":"A","correct":true},§{"text":"B"}] | missing | /choices/1 | `id` is missing
[{"id":"a","text":"A","correct":true},{"id":§"B!","text":"B"}] | wrong-kind | /choices/1/id | an id
[{"id":"a","text":"A","correct":§"yes"},{"id":"b","text":"B"}] | wrong-kind | /choices/0/correct | true or false
[{"id":"a","text":"A","correct":true},{"id":"b","text":"B","pin":§1}] | wrong-kind | /choices/1/pin | true or false
[{"id":"a","text":"A","correct":true},{"id":"b","text":"B","why":§1}] | wrong-kind | /choices/1/why | text in quotes
[{"id":"a","text":"A","correct":true},§"B"] | wrong-kind | /choices/1 | an object with `id` and `text`
"#;

fn with_choices(kind: &str, choices: &str) -> String {
    questions(&format!(
        r#"{{"id":"q","type":"{kind}","prompt":"?","choices":{choices}}}"#
    ))
}

#[test]
fn broken_choices_are_told() {
    for kind in ["single", "multiple"] {
        for [choices, code, place, mend] in rows(BROKEN_CHOICES) {
            let pointer = format!("/questions/1{place}");
            let set = usable(&with_choices(kind, choices), code, &pointer, mend);
            assert_eq!(set.questions.len(), 1, "{kind}: {choices}");
        }
        let missing = questions(&format!(r#"§{{"id":"q","type":"{kind}","prompt":"?"}}"#));
        usable(&missing, "missing", "/questions/1", "`choices` is missing");
    }
}

#[test]
fn a_choice_that_cannot_be_read_hides_nothing_and_shifts_no_place() {
    let at = |place: &str| format!("/questions/1/choices{place}");
    for kind in ["single", "multiple"] {
        let choices = r#"[§"A",{"id":"b","text":"B","correct":true},{"id":§"b","text":"C"}]"#;
        let expected = [
            ("wrong-kind", &*at("/0"), "an object"),
            ("duplicate-id", &*at("/2/id"), "of its own"),
        ];
        check(&with_choices(kind, choices), &expected);
        let choices = r#"§[{"id":"a","text":§7},{"id":"b","text":"B"}]"#;
        let expected = [
            ("no-correct-choice", &*at(""), "\"correct\": true"),
            ("wrong-kind", &*at("/0/text"), "text in quotes"),
        ];
        check(&with_choices(kind, choices), &expected);
    }
}

#[test]
fn a_single_question_has_one_right_choice_and_a_multiple_one_any_number() {
    let two = r#"[{"id":"a","text":"A","correct":true},{"id":"b","text":"B","correct":true}"#;
    let told = |kind: &str, code: &str, mend: &str| {
        let text = with_choices(kind, &format!("§{two}]"));
        usable(&text, code, "/questions/1/choices", mend)
            .questions
            .len()
    };
    assert_eq!(told("single", "several-correct-choices", "`multiple`"), 1);
    assert_eq!(
        told("multiple", "all-choices-correct", "add a wrong one"),
        2
    );
    let three = format!(r#"{two},{{"id":"c","text":"C"}}]"#);
    check(&with_choices("multiple", &three), &[]);
}

#[test]
fn one_broken_question_of_fifty_leaves_forty_nine() {
    let mut list = String::new();
    for number in 0..50 {
        let question = GOOD.replace("good", &format!("q{number}"));
        let question = if number == 17 {
            question.replace("\"A\"", "§7")
        } else {
            question
        };
        let _ = write!(list, "{}{question}", if number == 0 { "" } else { ",\n" });
    }
    let set = usable(
        &set(&format!("\"questions\":[{list}]")),
        "wrong-kind",
        "/questions/17/choices/0/text",
        "`text` must be text in quotes",
    );
    assert_eq!(set.questions.len(), 49);
    assert!(set.questions.iter().all(|question| question.id != "q17"));
}
