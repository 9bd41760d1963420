//! Which file serves a reader, and what becomes of its texts.

use super::*;

const SET: &str = r#"{"mondai":1,"id":"s","title":"T","language":"en","translations":{"ja":"./s.ja.json","en-GB":"./s.gb.json"},
  "domains":[{"id":"d","title":{"en":"D","de":"DD"}}],"scenarios":[{"id":"c","text":"Case"}],
  "questions":[{"id":"q","type":"single","prompt":"P","choices":[{"id":"a","text":"A","correct":true,"why":"W"},{"id":"b","text":"B"}],
  "references":[{"title":"R","url":"https://example.org"}]},
  {"id":"z","type":"cloze","prompt":"P","text":"{{g}}","gaps":{"g":{"choices":[{"id":"x","text":"X","correct":true},{"id":"y","text":"Y"}]}}}]}"#;

fn merged(texts: &str) -> (Value, Vec<Problem>) {
    let mut set = Value::parse(SET).unwrap();
    let file = format!(r#"{{"mondai":1,"set":"s","language":"ja","texts":{{{texts}}}}}"#);
    let problems = merge(&mut set, &file, "ja");
    (set, problems)
}

#[test]
fn the_file_that_serves_a_reader() {
    let set = Value::parse(SET).unwrap();
    for (wanted, expected) in [
        ("ja", Some("./s.ja.json")),
        ("ja-JP", Some("./s.ja.json")),
        ("JA", Some("./s.ja.json")),
        ("en", None),
        ("en-US", None),
        ("en-gb", Some("./s.gb.json")),
        ("fr", None),
    ] {
        assert_eq!(
            address(&set, wanted).map(|(_, address)| address),
            expected,
            "{wanted}"
        );
    }
}

#[test]
fn every_text_of_a_set_can_be_translated() {
    let places = [
        "title",
        "domains/d/title",
        "scenarios/c/text",
        "q/prompt",
        "q/choices/a/text",
        "q/choices/a/why",
        "q/choices/b/text",
        "q/references/0/title",
        "z/prompt",
        "z/text",
        "z/gaps/g/choices/x/text",
        "z/gaps/g/choices/y/text",
    ];
    let texts: Vec<String> = places
        .iter()
        .map(|place| {
            let gap = if *place == "z/text" { "{{g}} " } else { "" };
            format!(r#""{place}":"{gap}訳 {place}""#)
        })
        .collect();
    let (set, problems) = merged(&texts.join(","));
    assert_eq!(problems, []);
    let at = |path: &[&str]| {
        path.iter().fold(&set, |value, step| {
            let listed = value
                .as_array()
                .and_then(|list| list.get(step.parse::<usize>().ok()?));
            listed.or_else(|| value.get(step)).unwrap()
        })
    };
    assert_eq!(at(&["title", "ja"]).as_str(), Some("訳 title"));
    assert_eq!(at(&["title", "en"]).as_str(), Some("T"));
    assert_eq!(at(&["domains", "0", "title", "de"]).as_str(), Some("DD"));
    assert_eq!(
        at(&["questions", "1", "gaps", "g", "choices", "1", "text", "ja"]).as_str(),
        Some("訳 z/gaps/g/choices/y/text")
    );
}

#[test]
fn what_a_file_lacks_or_has_too_much_is_told() {
    let (set, problems) =
        merged(r#""title":"題","q/prompt":7,"gone/prompt":"x","q/choices/zz/text":"x""#);
    let told: Vec<(&str, &str)> = problems
        .iter()
        .map(|problem| (problem.code, problem.pointer.as_str()))
        .collect();
    assert_eq!(
        told,
        [
            ("wrong-kind", "/texts/q~1prompt"),
            ("unknown-text", "/texts/gone~1prompt"),
            ("unknown-text", "/texts/q~1choices~1zz~1text"),
            ("missing-translation", "/texts"),
        ]
    );
    assert!(
        problems[3].message.contains("10 texts"),
        "{}",
        problems[3].message
    );
    assert!(
        problems
            .iter()
            .all(|problem| problem.severity == Severity::Warning)
    );
    assert_eq!(
        set.get("questions").unwrap().as_array().unwrap()[0]
            .get("prompt")
            .unwrap()
            .as_str(),
        Some("P")
    );
}

#[test]
fn a_file_full_of_names_is_read_in_one_go() {
    // Looking through the file for each of them would take minutes here.
    let question =
        |index: usize| format!(r#"{{"id":"q{index}","type":"text","prompt":"P","accept":"a"}}"#);
    let list: Vec<String> = (0..20_000).map(question).collect();
    let set = format!(
        r#"{{"mondai":1,"id":"s","title":"T","questions":[{}]}}"#,
        list.join(",")
    );
    let text = |index: usize| format!(r#""q{index}/prompt":"訳{index}""#);
    for (texts, lacking, told) in [(20_000, 1, 1), (60_000, 1, 102), (1_000, 19_001, 1)] {
        let mut set = Value::parse(&set).unwrap();
        let list: Vec<String> = (0..texts).map(text).collect();
        let file = format!(
            r#"{{"mondai":1,"set":"s","language":"ja","texts":{{{}}}}}"#,
            list.join(",")
        );
        let problems = merge(&mut set, &file, "ja");
        assert_eq!(problems.len(), told, "{texts}");
        let lacks = &problems[if told > 1 { 100 } else { 0 }];
        assert!(
            lacks.message.contains(&format!(" {lacking} texts")),
            "{lacks}"
        );
        if told > 1 {
            let rest = &problems[101];
            assert_eq!(rest.code, "too-many-problems");
            assert!(rest.message.contains("39900"), "{rest}");
        }
    }
}

#[test]
fn the_last_of_equal_names_counts() {
    let (set, _) = merged(r#""q/prompt":"一","q/prompt":"二""#);
    let prompt = set.get("questions").unwrap().as_array().unwrap()[0].get("prompt");
    assert_eq!(
        prompt.unwrap().get("ja").and_then(Value::as_str),
        Some("二")
    );
}

#[test]
fn a_text_with_other_gaps_does_not_take_the_question_away() {
    for (text, is_put) in [
        ("訳 {{g}}", true),
        ("訳", false),
        ("{{h}}", false),
        ("{{g}} {{h}}", false),
        ("{{g}} {{g}}", false),
    ] {
        let (set, problems) = merged(&format!(r#""z/text":"{text}""#));
        let own = set.get("questions").unwrap().as_array().unwrap()[1].get("text");
        assert_eq!(own.unwrap().get("ja").is_some(), is_put, "{text}");
        let told = problems.iter().any(|problem| {
            (problem.code, problem.pointer.as_str()) == ("gap-not-in-every-text", "/texts/z~1text")
        });
        assert_eq!(told, !is_put, "{text}");
        let loaded = format::load(&set, SET, format::Kit::EXAM);
        assert_eq!(loaded.set.unwrap().questions.len(), 2, "{text}");
    }
    // Elsewhere braces are only text.
    let (_, problems) = merged(r#""scenarios/c/text":"{{h}}""#);
    assert!(
        problems
            .iter()
            .all(|problem| problem.code == "missing-translation")
    );
}

/// Whitespace, and what tools for translators write for "not yet".
#[test]
fn a_blank_text_is_none() {
    let (set, problems) = merged(r#""title":"","q/prompt":" \n\u3000""#);
    assert_eq!(set.get("title").unwrap().as_str(), Some("T"));
    assert_eq!(problems.len(), 1);
    assert!(
        problems[0].message.contains("12 texts"),
        "{}",
        problems[0].message
    );
}

#[test]
fn a_file_for_something_else_changes_nothing() {
    for file in [
        "",
        "[]",
        r#"{"mondai":2,"set":"s","language":"ja","texts":{"title":"x"}}"#,
        r#"{"mondai":1,"set":"other","language":"ja","texts":{"title":"x"}}"#,
        r#"{"mondai":1,"set":"s","language":"fr","texts":{"title":"x"}}"#,
        r#"{"mondai":1,"set":"s","language":"ja"}"#,
    ] {
        let mut set = Value::parse(SET).unwrap();
        let problems = merge(&mut set, file, "ja");
        assert_eq!(problems.len(), 1, "{file}");
        assert_eq!(problems[0].code, "translation-unusable", "{file}");
        assert_eq!(problems[0].severity, Severity::Error, "{file}");
        assert_eq!(set, Value::parse(SET).unwrap(), "{file}");
    }
}
