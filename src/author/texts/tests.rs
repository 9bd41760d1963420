//! What authors are told of their texts.

use super::*;
use crate::richtext::eaten;

#[test]
fn signs_that_are_hardly_meant_are_told() {
    for (markdown, written, shown) in [
        ("__init__", "__init__", "init"),
        ("call `x` and __main__.py", "__main__", "main"),
        ("SELECT *, COUNT(*)", "*, COUNT(*", ", COUNT("),
        ("2*3*4", "*3*", "3"),
        (r"^\(.*\)$", r"\(", "("),
        (r"C:\*.log", r"\*", "*"),
        ("handlers[0](event)", "[0](event)", "0"),
        ("~5~", "~5~", "5"),
        ("a *, b* c", "*, b*", ", b"),
    ] {
        let found = eaten(markdown, true).map(|eaten| (eaten.written, eaten.shown));
        let expected = Some((written.to_owned(), shown.to_owned()));
        assert_eq!(found, expected, "{markdown}");
    }
    for markdown in [
        "`__init__`",
        "_it_ is *not* **so**",
        "**Note:** use `a*b*c`",
        "*\"quoted\"* and *(this)*",
        "2 * 3 * 4",
        "2*3",
        r"\*not stressed\*",
        r"\# no heading",
        r"a\_b\_c and `\d`",
        r"\\(",
        "これは**重要**です",
        "**S**imple **S**torage",
        "see [the guide](https://example.org), [x](y)",
        "~~gone~~",
        "max_depth",
        "> 90 %",
        "",
    ] {
        assert_eq!(eaten(markdown, true), None, "{markdown}");
    }
}

/// What is told of a set.
fn told(keys: &str) -> Vec<(&'static str, String)> {
    let text = format!(r#"{{"mondai":1,"id":"s","title":"S",{keys}}}"#);
    let set = serde_json::from_str(&text).unwrap();
    let problems = surprises(&text, &set);
    for problem in &problems {
        assert_eq!(problem.severity, Severity::Warning);
        assert!(problem.message.ends_with('.'), "{problem}");
    }
    let told = problems.into_iter();
    told.map(|problem| (problem.code, problem.pointer))
        .collect()
}

fn choices(texts: [&str; 3]) -> String {
    let choice = |(index, text): (usize, &&str)| format!(r#"{{"id":"c{index}","text":{text}}}"#);
    let list: Vec<String> = texts.iter().enumerate().map(choice).collect();
    format!(
        r#""language":"en","questions":[{{"id":"q","type":"single","prompt":"P","choices":[{}]}}]"#,
        list.join(",")
    )
}

#[test]
fn texts_are_judged_where_they_stand() {
    let at = |place: &str| format!("/questions/0/choices/{place}");
    for (texts, expected) in [
        ([r#""> 90 %""#, r#""- 5""#, r#""5""#], vec![]),
        (
            [r#""__init__""#, r#""b""#, r#""c""#],
            vec![("characters-eaten", "0/text")],
        ),
        (
            [r#""**a**""#, r#""b""#, r#""a""#],
            vec![("reads-the-same", "2/text")],
        ),
        (
            [r#""a""#, r#"" a""#, r#""`a`""#],
            vec![("reads-the-same", "1/text"), ("reads-the-same", "2/text")],
        ),
        (
            [
                r#"{"en":"a","ja":"一"}"#,
                r#"{"en":"b","ja":"一"}"#,
                r#""c""#,
            ],
            vec![("reads-the-same", "1/text/ja")],
        ),
    ] {
        let expected: Vec<_> = expected
            .into_iter()
            .map(|(code, place)| (code, at(place)))
            .collect();
        assert_eq!(told(&choices(texts)), expected, "{texts:?}");
    }
    let much = format!(
        r#""language":"en","scenarios":[{{"id":"s","text":"{}"}}]"#,
        r"- *a*\n".repeat(2_000)
    );
    assert_eq!(
        told(&much),
        [("too-much-markup", "/scenarios/0/text".to_owned())]
    );
    assert_eq!(
        told(r#""questions":[]"#),
        [("missing-language", String::new())]
    );
}

#[test]
fn inline_are_titles_and_what_is_chosen_or_matched() {
    for (key, expected) in [
        ("title", true),
        ("forms/f/title", true),
        ("domains/d/title", true),
        ("q/references/0/title", true),
        ("q/choices/a/text", true),
        ("q/items/a/text", true),
        ("q/prompts/a/text", true),
        ("q/gaps/g/choices/a/text", true),
        ("q/text", false),
        ("q/prompt", false),
        ("q/choices/a/why", false),
        ("scenarios/s/text", false),
    ] {
        assert_eq!(is_inline(key), expected, "{key}");
    }
}

/// A gap that the reader takes for a fillable one is one for the parser too, and one that it refuses is none.
#[test]
fn the_reader_and_the_parser_agree_where_a_gap_cannot_be_filled() {
    let parts = [
        "a",
        " ",
        "[",
        "](",
        ")",
        "![",
        "<",
        ">",
        "https://b",
        "`",
        "``",
        "\\",
        "\"",
        "'",
        "(",
        "*",
        "{{g}}",
        "{{g}}",
        "{{g}}",
    ];
    let mut state = 7_u64;
    let mut roll = |sides: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        usize::try_from(state >> 33).unwrap() % sides
    };
    let (mut hidden, mut missed, mut seen, mut wrong) = (0, 0, 0, 0);
    for _ in 0..30_000 {
        let text: String = (0..4 + roll(9)).map(|_| parts[roll(parts.len())]).collect();
        if text.matches("{{g}}").count() != 1 {
            continue;
        }
        let shown = plain_text(&tree(&text.replace("{{g}}", "\u{f0000}"), false).blocks);
        // Words for a picture are plain text too, and so is the address of a link without any.
        let is_picture = text.contains("![") || text.contains("[](");
        let set = format!(
            r#"{{"mondai":1,"id":"s","title":"S","questions":[{{"id":"q","type":"cloze","prompt":"P","text":{},"gaps":{{"g":{{"accept":"a"}}}}}}]}}"#,
            Value::from(text.as_str())
        );
        let is_refused = crate::engine::format::read(&set).set.is_none();
        if !shown.contains('\u{f0000}') {
            hidden += 1;
            missed += u32::from(!is_refused);
        } else if !is_picture && !text.contains('<') {
            seen += 1;
            wrong += u32::from(is_refused);
        }
    }
    // What it misses, such as a language beside a fence in a quotation, gets its control behind the text.
    assert!(hidden > 50 && seen > 1_000, "{hidden} hidden, {seen} seen");
    assert!(missed * 10 < hidden, "{missed} of {hidden} missed");
    assert!(wrong * 100 < seen, "{wrong} of {seen} refused for nothing");
}
