//! What authors need and readers must not pay for: the JSON Schema of the question-set format, and the lint.
//!
//! Behind the feature `author`. Both come from the types that [`crate::engine::format`] reads with, so that they cannot
//! say anything else than the reader does.

use std::borrow::Cow;

use schemars::generate::SchemaSettings;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde_json::{Map, Value};

use crate::engine::format::reader::Listed;
use crate::engine::format::wire::{Addresses, AnyQuestion, Id, Question, Set, Text, TimeLimit};
use crate::engine::format::{self, Problem, Severity, limits, push_token};

pub mod quality;
pub mod texts;

/// The JSON Schema (draft 2020-12) of a question set, format version 1.
///
/// It says what stands where and of which kind. What needs a look at two places (ids that are taken, exactly one right
/// choice) only [`lint`] tells.
pub fn schema() -> String {
    format!("{:#}\n", schema_value())
}

fn schema_value() -> Value {
    let mut schema = SchemaSettings::draft2020_12()
        .into_generator()
        .into_root_schema_for::<Set>();
    schema.insert(
        "title".to_owned(),
        "Mondai question set, format version 1".into(),
    );
    schema.insert(
        "description".to_owned(),
        "The questions of a <mondai-quiz>, their domains, and the forms in which papers are made from them.".into(),
    );
    if let Some(Value::Object(version)) = schema.pointer_mut("/properties/mondai") {
        version.retain(|key, _| key == "description");
        version.insert("const".to_owned(), 1.into());
    }
    schema.to_value()
}

/// All that [`format::read`] finds, and a warning for each key that nobody reads.
///
/// ```
/// let problems = mondai::author::lint(r#"{ "mondai": 1, "titel": "Oops" }"#);
/// assert!(problems.iter().any(|problem| problem.message.contains("did you mean `title`?")));
/// ```
pub fn lint(text: &str) -> Vec<Problem> {
    let mut problems = format::read(text).problems;
    // What `read` refuses as a whole has no keys to look at. The schema is `serde_json`'s, so the set is read as that too.
    let (Ok(_), Ok(value)) = (
        format::parse::<true>(text),
        serde_json::from_str::<Value>(format::without_mark(text)),
    ) else {
        return problems;
    };
    let schema = schema_value();
    let mut walk = Walk {
        root: &schema,
        pointer: String::new(),
        problems: Vec::new(),
    };
    walk.value(&value, &[&schema]);
    let mut unread = walk.problems;
    format::locate(format::without_mark(text), &mut unread);
    problems.extend(unread);
    // In the order of the file; what has no place stays at the end.
    problems.sort_by_key(|problem| (problem.line == 0, problem.line, problem.column));
    problems
}

/// A walk over a question set and its schema side by side.
struct Walk<'a> {
    root: &'a Value,
    pointer: String,
    problems: Vec<Problem>,
}

impl<'a> Walk<'a> {
    fn value(&mut self, value: &Value, schemas: &[&'a Value]) {
        let mut parts = Vec::new();
        for schema in schemas {
            self.parts(schema, value, &mut parts);
        }
        let under = |keyword: &str| -> Vec<&'a Value> {
            parts.iter().filter_map(|part| part.get(keyword)).collect()
        };
        match value {
            Value::Array(elements) => {
                let schemas = under("items");
                for (index, element) in elements.iter().enumerate() {
                    self.within(&index.to_string(), |walk| walk.value(element, &schemas));
                }
            }
            Value::Object(map) => {
                let known: Vec<_> = under("properties")
                    .into_iter()
                    .filter_map(Value::as_object)
                    .collect();
                // A map from language to text may have any key; what is no object at all was told by the reader.
                let others = under("additionalProperties");
                let is_open = known.is_empty() || !others.is_empty();
                for (key, value) in map {
                    let schemas: Vec<_> = known
                        .iter()
                        .filter_map(|properties| properties.get(key))
                        .collect();
                    if schemas.is_empty() && !is_open {
                        self.unread(key, &known);
                    }
                    let schemas = if schemas.is_empty() {
                        &others
                    } else {
                        &schemas
                    };
                    self.within(key, |walk| walk.value(value, schemas));
                }
            }
            _ => {}
        }
    }

    fn within(&mut self, token: &str, walk: impl FnOnce(&mut Self)) {
        let length = self.pointer.len();
        push_token(&mut self.pointer, token);
        walk(self);
        self.pointer.truncate(length);
    }

    /// The parts of a schema that speak about a value: references followed, alternatives chosen by `type`.
    fn parts(&self, schema: &'a Value, value: &Value, parts: &mut Vec<&'a Map<String, Value>>) {
        let Some(map) = schema.as_object() else {
            return;
        };
        parts.push(map);
        let referred = map
            .get("$ref")
            .and_then(Value::as_str)
            .and_then(|pointer| pointer.strip_prefix('#'));
        if let Some(schema) = referred.and_then(|pointer| self.root.pointer(pointer)) {
            self.parts(schema, value, parts);
        }
        for keyword in ["allOf", "anyOf", "oneOf"] {
            for schema in map
                .get(keyword)
                .and_then(Value::as_array)
                .into_iter()
                .flatten()
            {
                let kind = schema.pointer("/properties/type/const");
                if kind.is_none() || kind == value.get("type") {
                    self.parts(schema, value, parts);
                }
            }
        }
    }

    fn unread(&mut self, key: &str, known: &[&'a Map<String, Value>]) {
        let (code, message) = if is_for_editors(&self.pointer, key) {
            return;
        } else {
            let known: Vec<&str> = known
                .iter()
                .flat_map(|properties| properties.keys())
                .map(String::as_str)
                .collect();
            let mend = nearest(key, &known).map_or_else(
                || format!("take it away, or use one of {}.", listed(&known)),
                |near| format!("did you mean `{near}`? If not, take it away."),
            );
            ("unknown-key", format!("Nobody reads `{key}` here: {mend}"))
        };
        let mut pointer = self.pointer.clone();
        push_token(&mut pointer, key);
        self.problems.push(Problem {
            severity: Severity::Warning,
            pointer,
            ..Problem::whole(code, message)
        });
    }
}

/// The key by which editors find the schema.
fn is_for_editors(pointer: &str, key: &str) -> bool {
    pointer.is_empty() && key == "$schema"
}

fn listed(known: &[&str]) -> String {
    let mut names: Vec<String> = known.iter().map(|name| format!("`{name}`")).collect();
    names.sort_unstable();
    names.dedup();
    names.join(", ")
}

/// The known key that somebody may have meant: few slips away, or the longer form.
fn nearest<'k>(key: &str, known: &[&'k str]) -> Option<&'k str> {
    let key = key.to_lowercase();
    let length = key.chars().count();
    known
        .iter()
        .map(|name| (slips(&key, name), *name))
        .filter(|(slips, name)| slips * 2 <= length || (length > 2 && name.starts_with(&key)))
        .min()
        .map(|(_, name)| name)
}

/// How many slips of the hand lie between two words: letters left out, put in, mistaken or swapped (Damerau's distance,
/// restricted to neighbours).
fn slips(left: &str, right: &str) -> usize {
    let (left, right): (Vec<char>, Vec<char>) = (left.chars().collect(), right.chars().collect());
    let mut rows = vec![vec![0; right.len() + 1]; left.len() + 1];
    for (index, row) in rows.iter_mut().enumerate() {
        row[0] = index;
    }
    rows[0] = (0..=right.len()).collect();
    for i in 1..=left.len() {
        for j in 1..=right.len() {
            let mistaken = rows[i - 1][j - 1] + usize::from(left[i - 1] != right[j - 1]);
            let mut fewest = mistaken.min(rows[i - 1][j] + 1).min(rows[i][j - 1] + 1);
            if i > 1 && j > 1 && left[i - 1] == right[j - 2] && left[i - 2] == right[j - 1] {
                fewest = fewest.min(rows[i - 2][j - 2] + 1);
            }
            rows[i][j] = fewest;
        }
    }
    rows[left.len()][right.len()]
}

impl JsonSchema for Id {
    fn schema_name() -> Cow<'static, str> {
        "Id".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "description": "A name: up to 64 of a-z, 0-9, `.`, `_` and `-`, beginning with a letter or digit.",
            "type": "string",
            "pattern": "^[a-z0-9][a-z0-9._-]{0,63}$",
        })
    }
}

impl JsonSchema for Text {
    fn schema_name() -> Cow<'static, str> {
        "Text".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        let text = json_schema!({ "type": "string", "maxLength": limits::TEXT_BYTES });
        json_schema!({
            "description": "Markdown, or an object with a Markdown text for each language, such as {\"en\": \"…\", \"ja\": \"…\"}.",
            "anyOf": [text, { "type": "object", "minProperties": 1, "additionalProperties": text }],
        })
    }
}

impl JsonSchema for Addresses {
    fn schema_name() -> Cow<'static, str> {
        "Addresses".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "description": "Addresses by language tag, relative to this file, such as {\"ja\": \"./quiz.ja.json\"}.",
            "type": "object",
            "additionalProperties": { "type": "string" },
        })
    }
}

impl JsonSchema for TimeLimit {
    fn schema_name() -> Cow<'static, str> {
        "TimeLimit".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "description": "A duration such as \"90s\", \"130m\" or \"2h10m\", at most a week; or \"none\".",
            "type": "string",
            "pattern": "^(none|[0-9]+h([0-9]+m)?([0-9]+s)?|[0-9]+m([0-9]+s)?|[0-9]+s)$",
        })
    }
}

impl<T: JsonSchema, const MIN: usize, const MAX: usize> JsonSchema for Listed<T, MIN, MAX> {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        format!("ListOf{}", T::schema_name()).into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let mut schema = json_schema!({ "type": "array", "items": generator.subschema_for::<T>() });
        if MIN > 0 {
            schema.insert("minItems".to_owned(), MIN.into());
        }
        if MAX < usize::MAX {
            schema.insert("maxItems".to_owned(), MAX.into());
        }
        schema
    }
}

impl JsonSchema for AnyQuestion {
    fn schema_name() -> Cow<'static, str> {
        "AnyQuestion".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let common = generator.subschema_for::<Question>();
        let types: Vec<Schema> = format::questions::schemas(generator)
            .into_iter()
            .map(|(word, own)| {
                json_schema!({
                    "title": word,
                    "allOf": [common, own],
                    "properties": { "type": { "const": word } },
                })
            })
            .collect();
        json_schema!({
            "description": "A question. Its `type` says what else stands in it.",
            "type": "object",
            "required": ["type"],
            "oneOf": types,
        })
    }
}

#[cfg(test)]
mod tests;
