//! Reads a question set, format version 1: text in, a valid [`QuestionSet`] and every problem out.
//!
//! A set that cannot be used gives no set and says why. A set with some broken questions gives the others and says which
//! ones it left out. Must not be bypassed: domain types are built here only.

pub(crate) mod limits;
mod locate;
mod problem;
pub(crate) mod reader;
pub(crate) mod wire;

use std::collections::BTreeSet;

use crate::engine::json::Value;

#[cfg(feature = "author")]
pub(crate) use locate::locate;
pub use locate::{Position, push_token};
pub use problem::{Problem, Severity};

use super::form::{self, Form};
use super::question::{self, Question};
use super::random::hash;
use super::set::{Domain, QuestionSet, Text};
use reader::{Reader, Wire, each};

/// What reading a file gave.
#[derive(Clone, Debug)]
pub struct Reading {
    /// The set, if at least one question can be asked.
    pub set: Option<QuestionSet>,
    /// All findings, in the order of the file; past a hundred, how many more there are.
    pub problems: Vec<Problem>,
}

impl Reading {
    fn failed(problem: Problem) -> Self {
        Self {
            set: None,
            problems: vec![problem],
        }
    }
}

/// Reads a question set.
///
/// ```
/// let reading = mondai::engine::format::read("{ \"mondai\": 2 }");
/// assert!(reading.set.is_none());
/// assert!(!reading.problems.is_empty());
/// ```
pub fn read(text: &str) -> Reading {
    let value = match parse(text) {
        Ok(value) => value,
        Err(problem) => return Reading::failed(problem),
    };
    let text = without_mark(text);
    let mut reader = Reader::default();
    let set = build(&value, text, &mut reader);
    Reading {
        set,
        problems: reader.finish(text),
    }
}

/// The text without the byte order mark that some editors put before it. Places in the file do not count it.
pub(crate) fn without_mark(text: &str) -> &str {
    text.strip_prefix('\u{feff}').unwrap_or(text)
}

/// Text to JSON, within the limits.
pub(crate) fn parse(text: &str) -> Result<Value, Problem> {
    let at = |offset: usize, code: &'static str, message: String| {
        let Position { line, column } = locate::position(without_mark(text), offset);
        Problem {
            line,
            column,
            ..Problem::whole(code, message)
        }
    };
    if text.len() > limits::FILE_BYTES {
        return Err(at(
            0,
            "file-too-large",
            String::from("This file is larger than 2 MiB: split it into several question sets."),
        ));
    }
    let text = without_mark(text);
    let start = text.len() - text.trim_start().len();
    if start == text.len() {
        return Err(at(
            0,
            "not-json",
            String::from("This file is empty: write a question set into it, or correct `src`."),
        ));
    }
    if text.as_bytes().get(start) == Some(&b'<') {
        return Err(at(
            start,
            "html-instead-of-json",
            String::from(
                "This address gives a web page, not a question set: check `src`, and that the server finds the JSON file.",
            ),
        ));
    }
    if let Some(offset) = locate::too_deep(text, limits::NESTING) {
        return Err(at(
            offset,
            "nested-too-deep",
            String::from(
                "Lists and objects nest deeper than 32 levels here: a question set needs far fewer, so look for an unclosed bracket.",
            ),
        ));
    }
    Value::parse(text).map_err(|error| {
        let mut message = String::from("This is not valid JSON: ");
        let reason = error.to_string();
        // The place is told beside the sentence, not in it.
        let place = [
            " at line ",
            &error.line().to_string(),
            " column ",
            &error.column().to_string(),
        ]
        .concat();
        message.push_str(reason.strip_suffix(&place).unwrap_or(&reason));
        message.push_str(
            ". Look at this place and just before it for a missing comma, quote or bracket.",
        );
        at(
            locate::offset(text, error.line(), error.column()),
            "not-json",
            message,
        )
    })
}

fn build(value: &Value, text: &str, reader: &mut Reader) -> Option<QuestionSet> {
    // The version first: a later format may differ in everything else.
    if let Some(version) = value.get("mondai")
        && version.as_u64() != Some(1)
    {
        reader.within("mondai", |reader| {
            reader.error(
                "unknown-version",
                "`mondai` must be 1, the only version of the format this widget knows.",
            );
        });
        return None;
    }
    let wire = wire::Set::read(value, reader);
    // The rest is read even where `wire` is nothing: an author wants every problem at once.
    let language = value
        .get("language")
        .and_then(Value::as_str)
        .unwrap_or("en");
    let domains = domains(value, language, reader);
    let questions = questions(value, language, &domains, reader);
    let forms = forms(value, language, &domains, &questions, reader);
    let wire = wire?;
    // Checked above; `wire::Set` only demands that it stands there.
    debug_assert!(wire.version == 1);
    if questions.is_empty() {
        reader.within("questions", |reader| {
            reader.error(
                "no-questions",
                "There is no question here that can be asked: add one, or mend those that were left out.",
            );
        });
        return None;
    }
    Some(QuestionSet {
        id: wire.id.0,
        title: Text::from_wire(wire.title, language),
        language: language.to_owned(),
        digest: hash(text.as_bytes()),
        domains,
        forms,
        questions,
    })
}

fn domains(value: &Value, language: &str, reader: &mut Reader) -> Vec<Domain> {
    let mut ids = BTreeSet::new();
    each(value, "domains", usize::MAX, reader, |value, reader| {
        let wire = wire::Domain::read(value, reader);
        // A domain with a broken title is still the one that questions name: they must not be lost with it.
        let id = id_of(value).filter(|id| wire::is_id(id))?;
        if !ids.insert(id) {
            duplicate("domain", id, reader);
            return None;
        }
        let (title, weight) = wire.map_or_else(
            || (Text::plain(language, id), None),
            |wire| (Text::from_wire(wire.title, language), wire.weight),
        );
        Some(Domain {
            id: id.to_owned(),
            title,
            weight: weight.unwrap_or(1),
        })
    })
}

fn questions(
    value: &Value,
    language: &str,
    domains: &[Domain],
    reader: &mut Reader,
) -> Vec<Question> {
    let written = value
        .get("questions")
        .and_then(Value::as_array)
        .map_or(0, Vec::len);
    if written > limits::QUESTIONS {
        reader.within("questions", |reader| {
            reader.error(
                "too-many-questions",
                "There are more than 2,000 questions: those past the limit are left out. Split the set.",
            );
        });
    }
    let mut ids = BTreeSet::new();
    each(
        value,
        "questions",
        limits::QUESTIONS,
        reader,
        |value, reader| {
            let question = question::read(value, language, domains, reader)?;
            if ids.insert(id_of(value)?) {
                return Some(question);
            }
            duplicate("question", &question.id, reader);
            None
        },
    )
}

fn forms(
    value: &Value,
    language: &str,
    domains: &[Domain],
    questions: &[Question],
    reader: &mut Reader,
) -> Vec<Form> {
    let mut ids = BTreeSet::new();
    each(value, "forms", usize::MAX, reader, |value, reader| {
        let form = form::read(value, language, domains, questions, reader)?;
        if ids.insert(id_of(value)?) {
            return Some(form);
        }
        duplicate("form", &form.id, reader);
        None
    })
}

fn id_of(value: &Value) -> Option<&str> {
    value.get("id")?.as_str()
}

/// The problem of an id that is taken.
pub(crate) fn duplicate(what: &str, id: &str, reader: &mut Reader) {
    let mut message = String::from("Another ");
    message.push_str(what);
    message.push_str(" is called `");
    message.push_str(id);
    message.push_str("` already: this one is left out. Give it an id of its own.");
    reader.within("id", |reader| reader.error("duplicate-id", message));
}

#[cfg(test)]
mod tests;
