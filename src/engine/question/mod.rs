//! The question types: what they have in common, and the two enums a new type joins.
//!
//! One file per type. A type knows its key, what a complete response is, how a response compares with the key, and what a
//! screen shows of it. Nothing else in the engine knows one type from another.

pub mod choices;
pub mod multiple;
pub mod single;

use crate::engine::json::Value;

use super::format::reader::{Reader, Wire, each};
use super::format::wire;
use super::scoring::Tally;
use super::set::{Domain, Reference, Text};

/// What the reader gave: identifiers or typed text, in the order that matters to the question type. Not yet right or
/// wrong.
///
/// One shape for all types keeps stored records and events independent of them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Response(pub Vec<String>);

impl Response {
    /// Whether nothing was given.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// How far a response is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Completeness {
    /// Nothing was given.
    Unanswered,
    /// Something is missing or too much; `missing` counts what is missing, negative what is too much.
    Incomplete {
        /// Parts still to give; negative: parts to take away.
        missing: i32,
    },
    /// It can be marked as meant.
    Complete,
}

/// One question of a set.
#[derive(Clone, Debug)]
pub struct Question {
    /// Its identity: results belong to it.
    pub id: String,
    /// The index of its domain in the set.
    pub domain: Option<usize>,
    /// What is asked.
    pub prompt: Text,
    /// What to learn from it, shown after marking.
    pub explanation: Option<Text>,
    /// Where to read on, shown after marking.
    pub references: Vec<Reference>,
    /// What depends on the type.
    pub body: Body,
}

/// The question types. A new one is one more variant here and in [`Interaction`].
#[derive(Clone, Debug)]
pub enum Body {
    /// One right choice.
    Single(single::Single),
    /// Several right choices; the number is told.
    Multiple(multiple::Multiple),
}

/// What a screen shows of a question beyond its prompt. A new type that shows nothing new needs no variant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Interaction {
    /// Choices to pick from.
    Choices(choices::ChoicesView),
}

impl Interaction {
    /// The author's texts in it, as Markdown.
    pub fn texts(&self) -> Vec<&str> {
        match self {
            Self::Choices(view) => view
                .choices
                .iter()
                .map(|choice| choice.text.markdown.as_str())
                .collect(),
        }
    }
}

/// How to show a question.
#[derive(Clone, Copy, Debug)]
pub struct Presentation<'a> {
    /// The language wanted.
    pub language: &'a str,
    /// The order of the parts that can be shuffled.
    pub order: &'a [usize],
    /// What the reader gave so far.
    pub response: &'a Response,
    /// Whether the question is marked, so that the key may be shown.
    pub is_marked: bool,
}

/// What each question type can do.
pub trait QuestionType {
    /// For each part that could be shuffled, whether it keeps its place.
    fn pins(&self) -> Vec<bool>;
    /// The response less what does not exist in this question (any more).
    fn accept(&self, response: &Response) -> Response;
    /// How far a response is.
    fn completeness(&self, response: &Response) -> Completeness;
    /// How a response compares with the key.
    fn tally(&self, response: &Response) -> Tally;
    /// The response that earns the whole point.
    fn key(&self) -> Response;
    /// What a screen shows. Must not depend on the key unless the question is marked.
    fn interaction(&self, presentation: Presentation<'_>) -> Interaction;
}

impl Body {
    /// The type's abilities.
    pub fn as_type(&self) -> &dyn QuestionType {
        match self {
            Self::Single(body) => body,
            Self::Multiple(body) => body,
        }
    }

    /// Reads what depends on the type; `None` means that a problem was written down.
    fn read(kind: &str, value: &Value, language: &str, reader: &mut Reader) -> Option<Self> {
        match kind {
            "single" => single::read(value, language, reader).map(Self::Single),
            "multiple" => multiple::read(value, language, reader).map(Self::Multiple),
            _ => {
                reader.within("type", |reader| {
                    reader.error(
                        "unknown-type",
                        "This question type is unknown here: use `single` or `multiple`. The question is left out.",
                    );
                });
                None
            }
        }
    }
}

/// What each type adds to a question, for authors: the word for it, and the schema of its keys.
#[cfg(feature = "author")]
pub(crate) fn schemas(
    generator: &mut schemars::SchemaGenerator,
) -> [(&'static str, schemars::Schema); 2] {
    let choices = generator.subschema_for::<choices::Choices>();
    [("single", choices.clone()), ("multiple", choices)]
}

/// Reads one question; `None` means that problems were written down and it must be left out.
pub(crate) fn read(
    value: &Value,
    language: &str,
    domains: &[Domain],
    reader: &mut Reader,
) -> Option<Question> {
    let errors_before = reader.error_count();
    let common = wire::Question::read(value, reader);
    let kind = value.get("type").and_then(Value::as_str);
    let body = kind.and_then(|kind| Body::read(kind, value, language, reader));
    let references = references(value, language, reader);
    let named = value
        .get("domain")
        .and_then(Value::as_str)
        .filter(|id| wire::is_id(id));
    let domain = named.and_then(|id| {
        let index = domains.iter().position(|domain| domain.id == id);
        if index.is_none() {
            reader.within("domain", |reader| {
                reader.error(
                    "unknown-domain",
                    "This domain is not in `domains`: add it there, or correct the id. The question is left out.",
                );
            });
        }
        index
    });
    if reader.error_count() > errors_before {
        return None;
    }
    let common = common?;
    Some(Question {
        id: common.id.0,
        domain,
        prompt: Text::from_wire(common.prompt, language),
        explanation: common
            .explanation
            .map(|text| Text::from_wire(text, language)),
        references,
        body: body?,
    })
}

/// A reference with an address that is no web page is a warning, not a reason to lose the question.
fn references(value: &Value, language: &str, reader: &mut Reader) -> Vec<Reference> {
    each(value, "references", usize::MAX, reader, |value, reader| {
        let wire = wire::Reference::read(value, reader)?;
        if wire.url.starts_with("https://") || wire.url.starts_with("http://") {
            return Some(Reference {
                title: Text::from_wire(wire.title, language),
                url: wire.url,
            });
        }
        reader.within("url", |reader| {
            reader.warning(
                "not-a-web-address",
                "`url` must begin with https:// or http://: this reference is left out.",
            );
        });
        None
    })
}

#[cfg(test)]
mod tests;
