//! What the check of question sets finds, as tables.

use super::*;
use serde_json::json;

/// A set with nothing to tell, and its whole translation.
fn sound() -> (Value, Value) {
    let set = json!({
        "mondai": 1, "id": "s", "title": "T", "language": "en", "translations": { "ja": "./s.ja.json" },
        "questions": [{
            "id": "q", "type": "cloze", "prompt": "Fill it.", "text": "It is {{g}}.", "explanation": "E",
            "gaps": { "g": { "choices": [
                { "id": "a", "text": "A", "correct": true, "why": "Y" }, { "id": "b", "text": "B", "why": "N" }] } },
            "references": [{ "title": "R", "url": "https://example.org" }],
        }, {
            "id": "z", "type": "multiple", "prompt": { "en": "Choose two.", "ja": "2つ選択" }, "explanation": "E",
            "choices": [{ "id": "a", "text": "A", "correct": true, "why": "Y" },
                { "id": "b", "text": "B", "correct": true, "why": "Y" }, { "id": "c", "text": "C", "why": "N" }],
            "references": [{ "title": "R", "url": "https://example.org" }],
        }],
    });
    let named = quality::places(&set).into_iter().map(|place| {
        let text = if place.key == "q/text" {
            "{{g}} です。".to_owned()
        } else {
            format!("訳 {}", place.key)
        };
        (place.key, json!(text))
    });
    let texts: Map<String, Value> = named.collect();
    let file = json!({ "mondai": 1, "set": "s", "language": "ja", "texts": texts });
    (set, file)
}

/// Writes both files into a folder of their own and compares what is found: file, severity, code, pointer.
#[track_caller]
fn check_files(case: &str, set: &Value, file: Option<&str>, expected: &[&str]) -> String {
    let folder = std::env::temp_dir().join(format!("mondai-sets-{}-{case}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join("s.json"), format!("{set:#}")).unwrap();
    if let Some(file) = file {
        std::fs::write(folder.join("s.ja.json"), file).unwrap();
    }
    let checked = check(&folder.join("s.json"));
    std::fs::remove_dir_all(&folder).unwrap();
    let mut found = Vec::new();
    let mut printed = String::new();
    for checked in checked.unwrap() {
        let name = checked
            .file
            .file_name()
            .unwrap()
            .to_string_lossy()
            .into_owned();
        for problem in &checked.problems {
            let Problem {
                severity,
                code,
                pointer,
                line,
                ..
            } = problem;
            assert!(*line > 0 && problem.message.ends_with('.'), "{problem}");
            found.push(format!("{name} {} {code} {pointer}", severity.word()));
        }
        printed += &report(&checked);
    }
    assert_eq!(found, expected, "{printed}");
    printed
}

/// The same after a change of the translation: what becomes `null` is taken away.
#[track_caller]
fn check_translation(pointer: &str, value: Value, expected: &[&str], part: &str) {
    let (set, mut file) = sound();
    let (parent, key) = pointer.rsplit_once('/').unwrap();
    let map = file.pointer_mut(parent).unwrap().as_object_mut().unwrap();
    let key = key.replace("~1", "/");
    if value.is_null() {
        map.remove(&key).unwrap();
    } else {
        map.insert(key, value);
    }
    let case = pointer.replace(['/', '~'], "-");
    let printed = check_files(&case, &set, Some(&format!("\u{feff}{file:#}")), expected);
    assert!(printed.contains(part), "{part}: {printed}");
}

#[test]
fn a_translation_is_compared_with_its_set() {
    check_translation(
        "/$schema",
        json!("x"),
        &[],
        "s.ja.json: 0 errors, 0 warnings",
    );
    let rows = r#"
        /mondai | 2 | error unknown-version /mondai | must be 1, not 2
        /set | "other" | error wrong-set /set | must be "s", not "other"
        /set | null | error wrong-set  | must be "s"
        /language | "fr" | error wrong-language /language | must be "ja"
        /texts | [] | error wrong-kind /texts | a text for each place
        /texts/titel | "x" | warning unknown-text /texts/titel | did you mean `title`?
        /texts/q~1promt | "x" | warning unknown-text /texts/q~1promt | did you mean `q/prompt`?
        /texts/q~1gaps~1g~1choices~1c~1why | "x" | warning unknown-text /texts/q~1gaps~1g~1choices~1c~1why | `q/gaps/g/choices/a/why`?
        /texts/zz~1prompt | "x" | warning unknown-text /texts/zz~1prompt | did you mean `z/prompt`?
        /texts/other~1prompt | "x" | warning unknown-text /texts/other~1prompt | take it away, or
        /texts/z~1choices~1c~1why | 7 | warning wrong-kind /texts/z~1choices~1c~1why | text in quotes
        /texts/q~1text | "lost" | error gap-not-in-every-text /texts/q~1text | With these texts: The gap `g` is in the text of another language only: write it into this one too. Readers see the `en` text until then.
        /texts/title | null | warning missing-translation /texts | here: 1 (`title`)
        /texts/title | " " | warning missing-translation /texts | here: 1 (`title`)"#;
    for row in rows.lines().skip(1) {
        let [pointer, value, expected, part] = row.splitn(4, " | ").collect::<Vec<_>>()[..] else {
            panic!("{row}")
        };
        let expected = format!("s.ja.json {expected}");
        let value = serde_json::from_str(value).unwrap();
        check_translation(pointer.trim(), value, &[&expected], part);
    }
    let long = ["s.ja.json warning text-too-long /texts/title"];
    check_translation("/texts/title", json!("x".repeat(70_000)), &long, "64 KiB");
    // The set has this one itself.
    check_translation("/texts/z~1prompt", json!(null), &[], "0 warnings");
    // The questions are judged in every language.
    let place = "s.json warning choose-disagrees /questions/1/prompt/ja";
    check_translation("/texts/z~1prompt", json!("3つ選択"), &[place], "In `ja`");
}

#[test]
fn a_file_that_is_not_there_is_an_error() {
    let (mut set, _) = sound();
    let gone = ["s.json error translation-not-found /translations/ja"];
    check_files("gone", &set, None, &gone);
    check_files("broken", &set, Some("{\n,"), &["s.ja.json error not-json "]);
    check_files("empty", &set, Some(""), &["s.ja.json error not-json "]);
    set["translations"]["ja"] = json!("https://example.org/s.ja.json");
    let elsewhere = ["s.json warning translation-not-checked /translations/ja"];
    check_files("elsewhere", &set, None, &elsewhere);
    set["translations"]["ja"] = json!("s.ja.json?v=2");
    check_files("query", &set, Some(&sound().1.to_string()), &[]);
}

#[test]
fn a_translation_is_no_set_of_its_own() {
    let (_, file) = sound();
    let printed = check_files("alone", &file, None, &[]);
    assert!(printed.contains("is checked with the set"), "{printed}");
}

#[test]
fn of_the_sets_that_are_shipped_there_is_nothing_to_tell() {
    let shipped = repository::files_under(&repository::root().join("public").join("sets"));
    let mut told = String::new();
    for file in shipped
        .iter()
        .filter(|file| file.extension().is_some_and(|own| own == "json"))
    {
        for checked in check(file).unwrap() {
            told.extend(
                checked
                    .problems
                    .iter()
                    .map(|problem| format!("{problem}\n")),
            );
        }
    }
    assert_eq!(told, "");
}
