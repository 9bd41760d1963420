//! Reads a question set, format version 1: text in, a valid [`QuestionSet`] and every problem out.
//!
//! A set that cannot be used gives no set and says why. A set with some broken questions gives the others and says which
//! ones it left out. Must not be bypassed: domain types are built here only.

pub(crate) mod limits;
mod locate;
mod problem;
pub(crate) mod reader;
pub(crate) mod wire;

use serde_json::Value;

pub use locate::{Position, push_token};
pub use problem::{Problem, Severity};

use super::form::{self, Form};
use super::question::{self, Question};
use super::random::hash;
use super::set::{Domain, QuestionSet, Text};
use reader::{Reader, Wire};

/// What reading a file gave.
#[derive(Clone, Debug)]
pub struct Reading {
    /// The set, if at least one question can be asked.
    pub set: Option<QuestionSet>,
    /// All findings, in the order of the file.
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
    let mut reader = Reader::default();
    let set = build(&value, text, &mut reader);
    let mut problems = reader.finish();
    if !problems.is_empty() {
        locate::locate(text, &mut problems);
    }
    Reading { set, problems }
}

/// Text to JSON, within the limits.
pub(crate) fn parse(text: &str) -> Result<Value, Problem> {
    if text.len() > limits::FILE_BYTES {
        return Err(Problem::whole(
            "file-too-large",
            "This file is larger than 2 MiB: split it into several question sets.",
        ));
    }
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    if text.trim_start().starts_with('<') {
        return Err(Problem::whole(
            "html-instead-of-json",
            "This address gives a web page, not a question set: check `src`, and that the server finds the JSON file.",
        ));
    }
    if locate::nesting(text) > limits::NESTING {
        return Err(Problem::whole(
            "nested-too-deep",
            "Lists and objects nest deeper than 32 levels here: a question set needs far fewer, so look for an unclosed bracket.",
        ));
    }
    serde_json::from_str(text).map_err(|error| {
        let (line, column) = (error.line(), error.column());
        let mut message = String::from("This is not valid JSON: ");
        let mut reason = error.to_string();
        if let Some(place) = reason.rfind(" at line ") {
            reason.truncate(place);
        }
        message.push_str(&reason);
        message.push_str(". Look at this place and just before it for a missing comma, quote or bracket.");
        let count = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
        Problem {
            line: count(line),
            column: count(column).max(1),
            ..Problem::whole("not-json", message)
        }
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
    // Checked above; `wire::Set` only demands that it stands there.
    debug_assert!(wire.as_ref().is_none_or(|wire| wire.version == 1));
    let language = wire
        .as_ref()
        .and_then(|wire| wire.language.clone())
        .unwrap_or_else(|| String::from("en"));
    let domains = domains(wire.as_ref(), &language, reader);
    let questions = questions(value, &language, &domains, reader);
    let forms = forms(wire.as_ref(), &language, &domains, questions.len(), reader);
    let wire = wire?;
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
        title: Text::from_wire(wire.title, &language),
        language,
        digest: hash(text.as_bytes()),
        domains,
        forms,
        questions,
    })
}

fn domains(wire: Option<&wire::Set>, language: &str, reader: &mut Reader) -> Vec<Domain> {
    let mut domains: Vec<Domain> = Vec::new();
    let written = wire.and_then(|wire| wire.domains.as_deref()).unwrap_or_default();
    for (index, domain) in written.iter().enumerate() {
        if domains.iter().any(|other| other.id == domain.id.0) {
            reader.within("domains", |reader| {
                reader.within_index(index, |reader| duplicate("domain", &domain.id.0, reader));
            });
            continue;
        }
        domains.push(Domain {
            id: domain.id.0.clone(),
            title: Text::from_wire(domain.title.clone(), language),
            weight: domain.weight.unwrap_or(1),
        });
    }
    domains
}

fn questions(value: &Value, language: &str, domains: &[Domain], reader: &mut Reader) -> Vec<Question> {
    let written = value.get("questions").and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
    let mut questions: Vec<Question> = Vec::with_capacity(written.len().min(limits::QUESTIONS));
    let mut ids = std::collections::HashSet::new();
    reader.within("questions", |reader| {
        if written.len() > limits::QUESTIONS {
            reader.error(
                "too-many-questions",
                "There are more than 2,000 questions: those past the limit are left out. Split the set.",
            );
        }
        for (index, value) in written.iter().take(limits::QUESTIONS).enumerate() {
            reader.within_index(index, |reader| {
                if let Some(question) = question::read(value, language, domains, reader) {
                    if ids.insert(question.id.clone()) {
                        questions.push(question);
                    } else {
                        duplicate("question", &question.id, reader);
                    }
                }
            });
        }
    });
    questions
}

fn forms(
    wire: Option<&wire::Set>,
    language: &str,
    domains: &[Domain],
    questions: usize,
    reader: &mut Reader,
) -> Vec<Form> {
    let mut forms: Vec<Form> = Vec::new();
    let written = wire.and_then(|wire| wire.forms.as_deref()).unwrap_or_default();
    reader.within("forms", |reader| {
        for (index, wire) in written.iter().enumerate() {
            reader.within_index(index, |reader| {
                let form = form::read(wire, language, domains, questions, reader);
                if forms.iter().any(|other| other.id == form.id) {
                    duplicate("form", &form.id, reader);
                } else {
                    forms.push(form);
                }
            });
        }
    });
    forms
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
