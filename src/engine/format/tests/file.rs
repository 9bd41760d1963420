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
fn a_value_that_is_no_json_costs_its_question_alone() {
    let question = |value: &str| {
        let own = GOOD.replace("\"B\"", value);
        format!(
            "{},\n{}",
            own.replace("good", "q2"),
            GOOD.replace("good", "q3")
        )
    };
    for (value, mend) in [
        (r#"§"\ud83d""#, "write the character itself"),
        (r#"§"a\udc00b""#, "write the character itself"),
        (r#"§"\ud83d\u0041""#, "write the character itself"),
        (r#"§"\uzzzz""#, "no valid JSON"),
        ("§1e400", "write a smaller one"),
        ("[§-1e999]", "write a smaller one"),
        (r#"§"^\d+$""#, "as two in JSON"),
        (r#"§"C:\*.log""#, "as two in JSON"),
        ("§\"a\nb\"", "The end of a line"),
        ("§\"a\tb\"", "a tab"),
        ("§01", "Write a text in quotes"),
        ("§NaN", "Write a text in quotes"),
        ("§True", "Write a text in quotes"),
        ("[1,{\"x\":§.5}]", "Write a text in quotes"),
    ] {
        let text = questions(&question(value));
        let set = usable(&text, "unreadable-value", "/questions/1", mend);
        let ids: Vec<&str> = set.questions.iter().map(|own| own.id.as_str()).collect();
        assert_eq!(ids, ["good", "q3"], "{value}");
        // What the reader of sound sets makes of it.
        let (text, _) = unmarked(&text);
        let value = parse_mended(&text).unwrap();
        let loaded = load(&value, &text, Kit::EXAM);
        assert_eq!(loaded.set.unwrap().questions.len(), 2);
        assert!(loaded.has_errors);
    }
    // Others are told beside it, and places behind it are where they were.
    let text = questions(&format!(
        "{},{},\n §7",
        GOOD.replace("\"B\"", r#"§"\ud83d""#),
        GOOD.replace("good", "q3").replace("\"A\"", "§1")
    ));
    check(
        &text,
        &[
            ("unreadable-value", "/questions/1", "left out"),
            ("wrong-kind", "/questions/2/choices/0/text", "text"),
            ("wrong-kind", "/questions/3", "an object"),
        ],
    );
    // Elsewhere the set cannot be used.
    for text in [
        set(&format!("\"questions\":[{GOOD}],\"x\":1e400§")),
        set(&format!(
            "\"domains\":[{{\"id\":\"d\",\"title\":\"\\ud83d§\"}}],\"questions\":[{GOOD}]"
        )),
        set("\"questions\":[1e400§]"),
        format!("{}x", questions(&question("\"\\ud83d§\""))),
    ] {
        let (text, _) = unmarked(&text);
        let reading = read(&text);
        assert!(
            reading.set.is_none() && reading.problems.len() == 1,
            "{text}"
        );
        assert_eq!(reading.problems[0].code, "not-json", "{text}");
    }
}

#[test]
fn what_a_site_did_to_a_set_is_named() {
    let sound = questions(&GOOD.replace("good", "q2"));
    assert!(read_in_page(&sound).problems.is_empty());
    let lines = sound.replace(',', ",\n");
    for (changed, code, cure) in [
        // A `</script>` in a text ends the script.
        (
            sound[..sound.len() / 2].to_owned(),
            "cut-short",
            r"<\/script>",
        ),
        (
            lines.replacen('\n', "<br />\n", 2),
            "changed-by-site",
            "blank lines",
        ),
        (format!("<p>{sound}</p>"), "changed-by-site", "`<p>`"),
        (
            format!("<p>{}</p>", &sound[..40]),
            "changed-by-site",
            "of its own",
        ),
        (
            sound.replacen(",\n", ",</p>\n<p>", 1),
            "changed-by-site",
            "raw HTML",
        ),
        (sound.replace('"', "&quot;"), "changed-by-site", "raw HTML"),
        (sound.replace('"', "&#8220;"), "changed-by-site", "raw HTML"),
        (
            sound.replace("\"mondai\"", "“mondai”"),
            "changed-by-site",
            "curly",
        ),
        (
            sound.replace("\"S\"", "„S“"),
            "changed-by-site",
            "smartypants",
        ),
        (
            sound.replace("\"good\"", "«good»"),
            "changed-by-site",
            "curly",
        ),
        ("{\"mondai\": 1,}".to_owned(), "not-json", "comma"),
    ] {
        let problems = read_in_page(&changed).problems;
        let told: Vec<_> = problems.iter().map(|problem| problem.code).collect();
        assert_eq!(told, [code], "{changed}");
        assert!(problems[0].message.contains(cure), "{}", problems[0]);
    }
    // A file has no site to change it.
    for (changed, code) in [
        (sound.replace("\"S\"", "“S”"), "curly-quotes"),
        (sound[..sound.len() / 2].to_owned(), "not-json"),
        (format!("<p>{sound}</p>"), "html-instead-of-json"),
    ] {
        assert_eq!(read(&changed).problems[0].code, code, "{changed}");
    }
}

#[test]
fn a_set_that_says_no_language_has_that_of_its_page() {
    for (keys, expected) in [
        ("", "de-AT"),
        ("\"language\":\"en\",", "en"),
        ("\"translations\":{\"ja\":\"./s.ja.json\"},", "en"),
    ] {
        let text = set(&format!("{keys}\"questions\":[{GOOD}]"));
        let mut value = parse_quietly(&text).unwrap();
        assume_language(&mut value, "de-AT");
        let set = load(&value, &text, Kit::PLAIN).set.unwrap();
        assert_eq!(set.language, expected, "{keys}");
        assert_eq!(set.title.resolve("fr").language, expected, "{keys}");
    }
    // Texts in several languages say which is which.
    let text = set(&format!("\"questions\":[{GOOD}]")).replace("\"S\"", "{\"en\":\"S\"}");
    let mut value = parse_quietly(&text).unwrap();
    assume_language(&mut value, "de");
    assert_eq!(load(&value, &text, Kit::PLAIN).set.unwrap().language, "en");
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
