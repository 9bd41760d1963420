//! The file as a whole: JSON or not, which version, which texts.

use super::*;

#[test]
fn what_is_no_json_is_told() {
    let not_json = |marked: &str, mend: &str| unusable(marked, "not-json", "", mend);
    not_json("§", "write a question set into it");
    not_json("§\u{feff}", "empty");
    not_json("§ \n\t ", "empty");
    not_json("{\"mondai\": 1,§}", "comma");
    not_json("{\"mondai\" §1}", "missing comma, quote or bracket");
    not_json("{\"mondai\": 1,\n \"id\": §s}", "expected value");
    not_json("§hello", "expected value");
    not_json("{\"title\": \"日本語\", \"id\" §1}", "expected `:`");
    not_json("{\"mondai\": 1} §{}", "trailing characters");
    not_json("\u{feff}{\"日\"§}", "expected `:`");
    // Cut short: the last character there is.
    not_json("{\"mondai\": 1§,", "EOF while parsing");
    not_json("{\"title\": \"日本§語", "EOF while parsing a string");
    not_json(
        "{\"mondai\": 1,\n\"questions\": [§[",
        "EOF while parsing a list",
    );
    // Not a line of its own.
    let (text, places) = unmarked("{\r\n\"a\": §x}");
    assert_eq!(read(&text).problems[0].line, places[0].0);
}

#[test]
fn every_cut_of_a_set_is_told_and_nothing_else_happens() {
    let text = questions(&GOOD.replace("good", "q2"));
    for end in 0..text.len() {
        let reading = read(&text[..end]);
        assert!(reading.set.is_none(), "cut at {end}");
        assert_eq!(reading.problems.len(), 1, "cut at {end}");
        assert_eq!(reading.problems[0].code, "not-json", "cut at {end}");
    }
}

#[test]
fn a_web_page_is_told_from_a_question_set() {
    let html = |marked: &str| unusable(marked, "html-instead-of-json", "", "check `src`");
    html("§<!doctype html><title>404</title>");
    html("\n  §<html>");
    html("\u{feff}§<?xml version=\"1.0\"?>");
}

#[test]
fn a_byte_order_mark_changes_nothing() {
    let text = questions(&GOOD.replace("good", "q2"));
    let (plain, marked) = (
        read(&text).set.unwrap(),
        read(&format!("\u{feff}{text}")).set.unwrap(),
    );
    assert_eq!(plain.digest, marked.digest);
    assert_eq!(plain.questions.len(), marked.questions.len());
    unusable(
        "\u{feff}{\"mondai\": §2}",
        "unknown-version",
        "/mondai",
        "must be 1",
    );
}

#[test]
fn another_version_is_the_only_thing_told() {
    for version in ["2", "0", "-1", "1.5", "\"1\"", "null", "true", "[1]", "{}"] {
        let text =
            format!("{{\"mondai\":§{version},\"questions\":[{{\"type\":\"hologram\"}}],\"id\":7}}");
        unusable(&text, "unknown-version", "/mondai", "must be 1");
    }
}

#[test]
fn the_set_itself_must_be_whole() {
    for text in ["§[]", "§\"mondai\"", "§7", "§null", "§true"] {
        unusable(text, "wrong-kind", "", "must be an object with `mondai`");
    }
    check(
        "§§§§{}",
        &[
            ("missing", "", "`mondai` is missing"),
            ("missing", "", "`id` is missing: add it, an id"),
            ("missing", "", "`title` is missing: add it, text in quotes"),
            (
                "missing",
                "",
                "`questions` is missing: add it, a list in square brackets",
            ),
        ],
    );
    let whole = |marked: &str, code: &str, pointer: &str, mend: &str| {
        unusable(&marked.replace("GOOD", GOOD), code, pointer, mend);
    };
    whole(
        "§{\"id\":\"s\",\"title\":\"S\",\"questions\":[GOOD]}",
        "missing",
        "",
        "`mondai`",
    );
    whole(
        "§{\"mondai\":1,\"title\":\"S\",\"questions\":[GOOD]}",
        "missing",
        "",
        "`id`",
    );
    whole(
        "{\"mondai\":1,\"id\":§\"S p\",\"title\":\"S\",\"questions\":[GOOD]}",
        "wrong-kind",
        "/id",
        "a-z",
    );
    whole(
        "{\"mondai\":1,\"id\":\"s\",\"title\":§[],\"questions\":[GOOD]}",
        "wrong-kind",
        "/title",
        "for each language",
    );
    whole(
        "{\"mondai\":1,\"id\":\"s\",\"title\":§{},\"questions\":[GOOD]}",
        "wrong-kind",
        "/title",
        "for each language",
    );
    whole(
        "{\"mondai\":1,\"id\":\"s\",\"title\":\"S\",\"questions\":§{}}",
        "wrong-kind",
        "/questions",
        "a list",
    );
    whole(
        "{\"mondai\":1,\"id\":\"s\",\"title\":\"S\",\"questions\":§[]}",
        "no-questions",
        "/questions",
        "add one",
    );
    usable(
        &set(&format!("\"language\":§5,\"questions\":[{GOOD}]")),
        "wrong-kind",
        "/language",
        "text in quotes",
    );
}

#[test]
fn texts_and_their_languages_are_read() {
    let text = set(&format!(
        "\"language\":\"ja\",\"questions\":[{}]",
        GOOD.replace("\"?\"", r#"{"de":"D","ja":"J","zh-Hant":"Z"}"#)
            .replace("\"A\"", r#"{"de":"D"}"#)
    ));
    let set = check(&text, &[]).set.unwrap();
    for (wanted, expected, language) in [
        ("ja", "J", "ja"),
        ("de-AT", "D", "de"),
        ("zh-Hant-TW", "Z", "zh-Hant"),
        ("zh-Hans", "Z", "zh-Hant"),
        ("fr", "J", "ja"),
        ("", "J", "ja"),
    ] {
        let prose = set.questions[0].prompt.resolve(wanted);
        assert_eq!(
            (prose.markdown.as_str(), prose.language.as_str()),
            (expected, language),
            "{wanted}"
        );
    }
    // A plain text is in the set's language.
    assert_eq!(set.title.resolve("fr").language, "ja");
    // Without a `language`, English.
    let set = check(&questions(&GOOD.replace("good", "q2")), &[])
        .set
        .unwrap();
    assert_eq!(set.language, "en");
}
