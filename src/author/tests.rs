//! The schema says what the reader reads, and the lint says what it does not.

use super::*;

const SETS: [&str; 4] = [
    include_str!("../../public/sets/check.json"),
    include_str!("../../public/sets/mla-c01.json"),
    include_str!("../../tests/fixtures/every-key.json"),
    include_str!("../../tests/fixtures/three-questions.json"),
];

const EVERY_KEY: &str = include_str!("../../tests/fixtures/every-key.json");

/// Whether a value is what a schema says. Knows the keywords our schema has, and no other: a new one must be added here.
fn fits(root: &Value, schema: &Value, value: &Value) -> bool {
    let Some(map) = schema.as_object() else {
        return schema == &Value::Bool(true);
    };
    map.iter().all(|(keyword, wanted)| {
        let each = || {
            wanted
                .as_array()
                .unwrap()
                .iter()
                .map(|schema| fits(root, schema, value))
        };
        let number = || usize::try_from(wanted.as_u64().unwrap()).unwrap();
        match keyword.as_str() {
            "$schema" | "$defs" | "title" | "description" | "format" => true,
            "$ref" => fits(
                root,
                root.pointer(&wanted.as_str().unwrap()[1..]).unwrap(),
                value,
            ),
            "const" => value == wanted,
            "enum" => wanted.as_array().unwrap().contains(value),
            "allOf" => each().all(|fits| fits),
            "anyOf" => each().any(|fits| fits),
            "oneOf" => each().filter(|fits| *fits).count() == 1,
            "type" => match wanted {
                Value::Array(kinds) => kinds.iter().any(|kind| is_of(kind, value)),
                kind => is_of(kind, value),
            },
            "properties" => {
                let properties = wanted.as_object().unwrap();
                properties.iter().all(|(key, schema)| {
                    value.get(key).is_none_or(|value| fits(root, schema, value))
                })
            }
            "additionalProperties" => value
                .as_object()
                .is_none_or(|map| map.values().all(|value| fits(root, wanted, value))),
            "required" => {
                let mut keys = wanted
                    .as_array()
                    .unwrap()
                    .iter()
                    .map(|key| key.as_str().unwrap());
                !value.is_object() || keys.all(|key| value.get(key).is_some())
            }
            "items" => value
                .as_array()
                .is_none_or(|list| list.iter().all(|value| fits(root, wanted, value))),
            "minItems" => value.as_array().is_none_or(|list| list.len() >= number()),
            "maxItems" => value.as_array().is_none_or(|list| list.len() <= number()),
            "minProperties" => value.as_object().is_none_or(|map| map.len() >= number()),
            "maxLength" => value
                .as_str()
                .is_none_or(|text| text.chars().count() <= number()),
            "minimum" => value
                .as_f64()
                .is_none_or(|value| value >= wanted.as_f64().unwrap()),
            "maximum" => value
                .as_f64()
                .is_none_or(|value| value <= wanted.as_f64().unwrap()),
            // No engine for regular expressions: the reader's own rules, which the patterns repeat.
            "pattern" => value
                .as_str()
                .is_none_or(|text| match wanted.as_str().unwrap() {
                    "^[a-z0-9][a-z0-9._-]{0,63}$" => format::wire::is_id(text),
                    _ => crate::engine::clock::read_time_limit(text).is_some(),
                }),
            other => panic!("this check does not know `{other}`"),
        }
    })
}

fn is_of(kind: &Value, value: &Value) -> bool {
    match kind.as_str().unwrap() {
        "string" => value.is_string(),
        "integer" => value.is_u64() || value.is_i64(),
        "number" => value.is_number(),
        "boolean" => value.is_boolean(),
        "array" => value.is_array(),
        "object" => value.is_object(),
        "null" => value.is_null(),
        other => panic!("this check does not know the type `{other}`"),
    }
}

#[test]
fn the_schema_accepts_every_set_that_the_reader_accepts() {
    let schema = schema_value();
    for set in SETS {
        assert!(format::read(set).problems.is_empty());
        let value: Value = serde_json::from_str(set).unwrap();
        assert!(fits(&schema, &schema, &value), "{}", value["id"]);
    }
}

#[test]
fn the_schema_refuses_what_the_reader_refuses() {
    let schema = schema_value();
    for (pointer, wrong) in [
        ("/mondai", "2"),
        ("/id", "\"Every Key\""),
        ("/title", "{}"),
        ("/title", "{\"en\": 1}"),
        ("/domains/0/weight", "-1"),
        ("/domains/0/id", "null"),
        ("/forms/1/mode", "\"test\""),
        ("/forms/1/count", "\"3\""),
        ("/forms/1/time_limit", "\"soon\""),
        ("/forms/1/shuffle/0", "\"all\""),
        ("/forms/1/scale", "720"),
        ("/forms/1/unscored", "-1"),
        ("/forms/1/question_time", "90"),
        ("/scenarios", "{}"),
        ("/scenarios/0/id", "\"The School\""),
        ("/scenarios/0/text", "[]"),
        ("/translations", "\"./de.json\""),
        ("/translations/de", "{}"),
        ("/questions", "[]"),
        ("/questions/0", "7"),
        ("/questions/0/id", "\"\""),
        ("/questions/0/type", "\"essay\""),
        ("/questions/0/prompt", "null"),
        ("/questions/0/choices", "[]"),
        ("/questions/0/choices/0", "\"a\""),
        ("/questions/0/choices/1/correct", "\"yes\""),
        ("/questions/0/references/0/url", "7"),
        ("/questions/1/scenario", "7"),
        ("/questions/3/items", "{}"),
        ("/questions/3/items/0/text", "7"),
        ("/questions/3/order", "[\"one\"]"),
        ("/questions/4/prompts/0", "\"hon\""),
        ("/questions/4/choices", "[]"),
        ("/questions/4/pairs", "[]"),
        ("/questions/5/accept", "[]"),
        ("/questions/5/accept", "7"),
        ("/questions/5/case", "\"upper\""),
        ("/questions/7/answer", "\"3\""),
        ("/questions/7/tolerance", "\"1%\""),
        ("/questions/8/tolerance", "-1"),
        ("/questions/9/text", "{}"),
        ("/questions/9/gaps", "[]"),
        ("/questions/9/gaps/four", "\"4\""),
    ] {
        let mut value: Value = serde_json::from_str(EVERY_KEY).unwrap();
        *value.pointer_mut(pointer).unwrap() = serde_json::from_str(wrong).unwrap();
        assert!(
            !fits(&schema, &schema, &value),
            "{wrong} at {pointer} fits the schema"
        );
        assert!(
            !format::read(&value.to_string()).problems.is_empty(),
            "{wrong} at {pointer} is read"
        );
    }
}

#[test]
fn a_missing_key_is_missed_by_both() {
    let schema = schema_value();
    for pointer in [
        "/mondai",
        "/id",
        "/title",
        "/questions",
        "/domains/0/id",
        "/domains/0/title",
        "/forms/0/id",
        "/questions/0/id",
        "/questions/0/type",
        "/questions/0/prompt",
        "/questions/0/choices",
        "/questions/0/choices/0/id",
        "/questions/0/choices/0/text",
        "/questions/0/references/0/title",
        "/questions/0/references/0/url",
        "/scenarios/0/id",
        "/scenarios/0/text",
        "/questions/3/items",
        "/questions/3/order",
        "/questions/3/items/0/id",
        "/questions/3/items/0/text",
        "/questions/4/prompts",
        "/questions/4/choices",
        "/questions/4/pairs",
        "/questions/4/prompts/0/text",
        "/questions/4/choices/0/id",
        "/questions/5/accept",
        "/questions/7/answer",
        "/questions/7/tolerance/relative",
        "/questions/9/text",
        "/questions/9/gaps",
        "/questions/9/gaps/two/choices",
    ] {
        let mut value: Value = serde_json::from_str(EVERY_KEY).unwrap();
        let (parent, key) = pointer.rsplit_once('/').unwrap();
        value
            .pointer_mut(parent)
            .unwrap()
            .as_object_mut()
            .unwrap()
            .remove(key)
            .unwrap();
        assert!(
            !fits(&schema, &schema, &value),
            "the schema does without {pointer}"
        );
        assert!(
            !format::read(&value.to_string()).problems.is_empty(),
            "the reader does without {pointer}"
        );
    }
}

#[test]
fn the_schema_is_for_people_and_editors() {
    let schema = schema_value();
    assert_eq!(
        schema["$schema"],
        "https://json-schema.org/draft/2020-12/schema"
    );
    assert_eq!(schema["properties"]["mondai"]["const"], 1);
    assert!(schema.get("$id").is_none());
    assert_eq!(schema["properties"]["questions"]["maxItems"], 2_000);
    assert_eq!(
        schema["$defs"]["Choices"]["properties"]["choices"]["maxItems"],
        26
    );
    let text = super::schema();
    assert!(text.ends_with("}\n") && text.starts_with("{\n  \""));
    // Keys of later versions, and an editor's own, must be possible.
    assert!(!text.contains("\"additionalProperties\": false"));
    for (name, definition) in schema["$defs"].as_object().unwrap() {
        assert!(
            definition.get("description").is_some(),
            "{name} says nothing about itself"
        );
        for (key, property) in definition
            .get("properties")
            .and_then(Value::as_object)
            .into_iter()
            .flatten()
        {
            assert!(
                property.get("description").is_some(),
                "{name}.{key} says nothing about itself"
            );
        }
    }
}

/// All keys that the schema knows, wherever.
fn keys_of(schema: &Value, keys: &mut std::collections::BTreeSet<String>) {
    match schema {
        Value::Object(map) => {
            if let Some(Value::Object(properties)) = map.get("properties") {
                keys.extend(properties.keys().cloned());
            }
            map.values().for_each(|value| keys_of(value, keys));
        }
        Value::Array(list) => list.iter().for_each(|value| keys_of(value, keys)),
        _ => {}
    }
}

#[test]
fn the_example_has_every_key_and_the_lint_is_content() {
    let mut keys = std::collections::BTreeSet::new();
    keys_of(&schema_value(), &mut keys);
    assert!(keys.len() > 45, "{keys:?}");
    for key in keys {
        assert!(
            EVERY_KEY.contains(&format!("\"{key}\":")),
            "`{key}` is not in the example"
        );
    }
    for set in SETS {
        assert_eq!(lint(set), []);
    }
}

/// Puts a key into the object at a pointer of the example, and gives what the lint says of it.
#[track_caller]
fn check(pointer: &str, key: &str, code: &str, expected: &str) {
    let mut value: Value = serde_json::from_str(EVERY_KEY).unwrap();
    let object = value.pointer_mut(pointer).unwrap().as_object_mut().unwrap();
    object.insert(key.to_owned(), serde_json::json!({ "any": ["thing"] }));
    let problems = lint(&format!("\u{feff}{value:#}"));
    let [problem] = problems.as_slice() else {
        panic!("{problems:?}")
    };
    let place = format!("{pointer}/{}", key.replace('/', "~1"));
    assert_eq!(
        (problem.code, problem.pointer.as_str(), problem.severity),
        (code, place.as_str(), Severity::Warning)
    );
    assert!(problem.line > 1 && problem.column > 1, "{problem}");
    assert!(
        problem.message.contains(expected) && problem.message.ends_with('.'),
        "{problem}"
    );
}

#[test]
fn a_key_that_nobody_reads_is_told_with_the_nearest_one() {
    for (pointer, key, near) in [
        ("", "titel", "title"),
        ("", "question", "questions"),
        ("", "Language", "language"),
        ("/domains/0", "wieght", "weight"),
        ("/forms/1", "timeLimit", "time_limit"),
        ("/forms/1", "time-limit", "time_limit"),
        ("/forms/1", "navigaton", "navigation"),
        ("/forms/1/scale", "maximum", "max"),
        ("/questions/0", "explaination", "explanation"),
        ("/questions/0", "reference", "references"),
        ("/questions/1", "choice", "choices"),
        ("/questions/0/choices/0", "Correct", "correct"),
        ("/questions/0/choices/0", "corect", "correct"),
        ("/questions/0/references/0", "uri", "url"),
        ("", "scenario", "scenarios"),
        ("", "translation", "translations"),
        ("/scenarios/0", "txt", "text"),
        ("/forms/1", "unscord", "unscored"),
        ("/forms/1", "questionTime", "question_time"),
        ("/questions/1", "scenarios", "scenario"),
        ("/questions/3", "item", "items"),
        ("/questions/3/items/0", "txet", "text"),
        ("/questions/4", "pair", "pairs"),
        ("/questions/5", "acept", "accept"),
        ("/questions/7", "tolerence", "tolerance"),
        ("/questions/7/tolerance", "relativ", "relative"),
        ("/questions/9", "gap", "gaps"),
        ("/questions/9/gaps/two", "choises", "choices"),
    ] {
        let expected = format!("did you mean `{near}`?");
        if key == "maximum" {
            check(
                pointer,
                key,
                "unknown-key",
                "use one of `max`, `min`, `pass`, `percent`.",
            );
        } else {
            check(pointer, key, "unknown-key", &expected);
        }
    }
}

#[test]
fn a_key_that_is_near_to_none_is_told_with_all() {
    check(
        "/domains/0",
        "colour",
        "unknown-key",
        "use one of `id`, `title`, `weight`.",
    );
    check(
        "/questions/0",
        "a/b",
        "unknown-key",
        "use one of `choices`, `domain`, `explanation`",
    );
    // Known elsewhere is not known here.
    check(
        "/questions/0/choices/0",
        "prompt",
        "unknown-key",
        "use one of `correct`, `id`",
    );
    check(
        "/questions/0/choices/0",
        "scenario",
        "unknown-key",
        "use one of",
    );
    check("", "unscored", "unknown-key", "use one of");
    check("/forms/0", "scenario", "unknown-key", "use one of");
    // Each type has its own keys.
    check("/questions/0", "accept", "unknown-key", "use one of");
    check("/questions/3", "pairs", "unknown-key", "use one of");
    check("/questions/4", "items", "unknown-key", "use one of");
    check("/questions/5", "answer", "unknown-key", "use one of");
    check("/questions/7", "accept", "unknown-key", "use one of");
    check("/questions/9", "order", "unknown-key", "use one of");
}

/// Takes a sound key of the example away and puts a wrong value there: the reader reads it.
#[test]
fn keys_that_an_earlier_version_did_not_read_are_read() {
    for (pointer, wrong, code) in [
        ("/scenarios", "7", "wrong-kind"),
        ("/scenarios/0/text", "7", "wrong-kind"),
        ("/translations", "[]", "wrong-kind"),
        ("/translations/de", "7", "wrong-kind"),
        ("/forms/1/unscored", "\"15\"", "wrong-kind"),
        ("/forms/1/unscored", "6", "nothing-scored"),
        ("/forms/1/question_time", "\"soon\"", "wrong-kind"),
        ("/questions/1/scenario", "\"nowhere\"", "unknown-scenario"),
    ] {
        let mut value: Value = serde_json::from_str(EVERY_KEY).unwrap();
        *value.pointer_mut(pointer).unwrap() = serde_json::from_str(wrong).unwrap();
        let problems = lint(&value.to_string());
        let told = |problem: &Problem| (problem.code, problem.pointer.clone());
        let found: Vec<_> = problems.iter().map(told).collect();
        assert!(
            found.contains(&(code, pointer.to_owned())),
            "{wrong} at {pointer}: {found:?}"
        );
        assert!(found.iter().all(|(code, _)| *code != "unknown-key"));
    }
}

#[test]
fn an_editor_may_be_told_where_the_schema_is() {
    let text = EVERY_KEY.replacen('{', "{ \"$schema\": \"./mondai.schema.json\",", 1);
    assert_eq!(lint(&text), []);
}

#[test]
fn languages_are_no_keys() {
    let text = EVERY_KEY.replace("\"ja\":", "\"zh-Hant-TW\":");
    assert_eq!(lint(&text), []);
}

#[test]
fn the_lint_tells_what_the_reader_tells_in_one_order() {
    assert_eq!(lint("{"), format::read("{").problems);
    assert_eq!(lint("<html>")[0].code, "html-instead-of-json");
    let problems = lint(
        "{\n \"mondai\": 1,\n \"titel\": 1,\n \"id\": 5,\n \"questions\": [\n  { \"typ\": \"single\" },\n  7 ],\n \"fomrs\": [] }",
    );
    let found: Vec<_> = problems
        .iter()
        .map(|problem| (problem.line, problem.code, problem.pointer.as_str()))
        .collect();
    let expected = [
        (1, "missing", ""),
        (3, "unknown-key", "/titel"),
        (4, "wrong-kind", "/id"),
        (6, "missing", "/questions/0"),
        (6, "missing", "/questions/0"),
        (6, "missing", "/questions/0"),
        (7, "wrong-kind", "/questions/1"),
        (8, "unknown-key", "/fomrs"),
    ];
    assert_eq!(found, expected);
}

#[test]
fn slips_are_counted() {
    for (left, right, expected) in [
        ("", "", 0),
        ("", "abc", 3),
        ("title", "title", 0),
        ("titel", "title", 1),
        ("tite", "title", 1),
        ("tittle", "title", 1),
        ("kitten", "sitting", 3),
        ("日本", "本日", 1),
    ] {
        assert_eq!(slips(left, right), expected, "{left}, {right}");
        assert_eq!(slips(right, left), expected, "{right}, {left}");
    }
}
