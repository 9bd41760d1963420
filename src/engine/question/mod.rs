//! The question types: what they have in common, and [`every_type`], which a new type joins.
//!
//! One file per type. A type knows its key, what a complete response is, how a response compares with the key, and what a
//! screen shows of it. Nothing else in the engine knows one type from another.

pub mod choices;
pub mod cloze;
pub mod fingerprint;
pub mod folding;
pub mod matching;
pub mod multiple;
pub mod number;
pub mod numeric;
pub mod ordering;
pub mod parts;
pub mod single;
pub mod text;

use core::fmt;
use std::rc::Rc;

use crate::engine::json::Value;
use choices::ChoicesView;
use parts::{Parts, PartsView};

use super::address::is_of_the_web;
use super::format::reader::{Reader, Wire, each};
use super::format::{limits, wire};
use super::scoring::Tally;
use super::set::{Domain, Prose, Reference, Scenario, Text};

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
    /// The index of its scenario in the set.
    pub scenario: Option<usize>,
    /// What is asked.
    pub prompt: Text,
    /// What to learn from it, shown after marking.
    pub explanation: Option<Text>,
    /// Where to read on, shown after marking.
    pub references: Vec<Reference>,
    /// What depends on the type.
    pub body: Body,
}

/// What depends on a question's type.
///
/// A pointer to a trait rather than an enum, so that the code of the rarer types is reached only through [`every_type`],
/// and can stay in a chunk that most readers never load.
#[derive(Clone)]
pub struct Body(Rc<dyn QuestionType>);

impl Body {
    /// The body of a question of some type.
    pub fn new(kind: impl QuestionType + 'static) -> Self {
        Self(Rc::new(kind))
    }

    /// The type's abilities.
    pub fn as_type(&self) -> &dyn QuestionType {
        &*self.0
    }
}

impl fmt::Debug for Body {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Not what is in it: printing that would be in every reader's download.
        out.write_str("Body")
    }
}

/// What a screen shows of a question beyond its prompt. A new type that shows nothing new needs no variant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Interaction {
    /// Choices to pick from.
    Choices(ChoicesView),
    /// Places to fill, drawn by the chunk of the rarer types.
    Parts(Parts),
}

impl Interaction {
    /// Places to fill.
    pub fn parts(view: PartsView) -> Self {
        Self::Parts(view.into())
    }

    /// Whether a test holds for each of the author's texts in it.
    pub fn every_text(&self, test: &dyn Fn(&Prose) -> bool) -> bool {
        match self {
            Self::Choices(view) => choices::every_text(&view.choices, test),
            Self::Parts(view) => view.every_text(test),
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

/// Reads what depends on a question's type: the type's word, the whole question, the language of texts that say none.
/// `None` means that a problem was written down.
pub(crate) type ReadBody<const TELLS: bool> =
    fn(&str, &Value, &str, &mut Reader<TELLS>) -> Option<Body>;

/// The types that are always there.
pub(crate) fn plain_types<const TELLS: bool>(
    kind: &str,
    value: &Value,
    language: &str,
    reader: &mut Reader<TELLS>,
) -> Option<Body> {
    match kind {
        "single" => single::read(value, language, reader).map(Body::new),
        "multiple" => multiple::read(value, language, reader).map(Body::new),
        _ => {
            reader.within("type", |reader| {
                reader.error(
                    "unknown-type",
                    "This question type is unknown here: use `single`, `multiple`, `ordering`, `matching`, `text`, `numeric` or `cloze`. The question is left out.",
                );
            });
            None
        }
    }
}

/// All types. Must be reached from the chunk of the rarer types only.
pub(crate) fn every_type<const TELLS: bool>(
    kind: &str,
    value: &Value,
    language: &str,
    reader: &mut Reader<TELLS>,
) -> Option<Body> {
    match kind {
        "ordering" => ordering::read(value, language, reader).map(Body::new),
        "matching" => matching::read(value, language, reader).map(Body::new),
        "text" => text::read(value, language, reader).map(Body::new),
        "numeric" => numeric::read(value, language, reader).map(Body::new),
        "cloze" => cloze::read(value, language, reader).map(Body::new),
        _ => plain_types(kind, value, language, reader),
    }
}

/// Whether a set has questions that [`plain_types`] does not know.
pub fn needs_every_type(set: &Value) -> bool {
    let questions = set.get("questions").and_then(Value::as_array);
    questions.into_iter().flatten().any(|question| {
        let kind = question.get("type").and_then(Value::as_str);
        kind.is_some_and(|kind| kind != "single" && kind != "multiple")
    })
}

/// What each type adds to a question, for authors: the word for it, and the schema of its keys.
#[cfg(feature = "author")]
pub(crate) fn schemas(
    generator: &mut schemars::SchemaGenerator,
) -> [(&'static str, schemars::Schema); 7] {
    let choices = generator.subschema_for::<choices::Choices>();
    [
        ("single", choices.clone()),
        ("multiple", choices),
        ("ordering", generator.subschema_for::<ordering::Items>()),
        ("matching", generator.subschema_for::<matching::Pairing>()),
        ("text", generator.subschema_for::<text::Accepted>()),
        ("numeric", generator.subschema_for::<numeric::Number>()),
        ("cloze", generator.subschema_for::<cloze::Gapped>()),
    ]
}

/// What a question can refer to in its set.
#[derive(Clone, Copy)]
pub(crate) struct Surroundings<'a, const TELLS: bool> {
    /// The language of texts that say none.
    pub language: &'a str,
    /// The domains.
    pub domains: &'a [Domain],
    /// The scenarios.
    pub scenarios: &'a [Scenario],
    /// The question types there are.
    pub read_body: ReadBody<TELLS>,
}

/// Reads one question; `None` means that problems were written down and it must be left out.
pub(crate) fn read<const TELLS: bool>(
    value: &Value,
    around: Surroundings<'_, TELLS>,
    reader: &mut Reader<TELLS>,
) -> Option<Question> {
    let language = around.language;
    let errors_before = reader.error_count();
    let common = wire::Question::read(value, reader);
    let kind = value.get("type").and_then(Value::as_str);
    let body = kind.and_then(|kind| (around.read_body)(kind, value, language, reader));
    let references = references(value, language, reader);
    let named = |key: &str| {
        value
            .get(key)
            .and_then(Value::as_str)
            .filter(|id| wire::is_id(id))
    };
    let domain = named("domain").and_then(|id| {
        let index = around.domains.iter().position(|domain| domain.id == id);
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
    let scenario = named("scenario").and_then(|id| {
        let index = around.scenarios.iter().position(|scenario| scenario.id == id);
        if index.is_none() {
            reader.within("scenario", |reader| {
                reader.error(
                    "unknown-scenario",
                    "This scenario is not in `scenarios`: add it there, or correct the id. The question is left out.",
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
        scenario,
        prompt: Text::from_wire(common.prompt, language),
        explanation: common
            .explanation
            .map(|text| Text::from_wire(text, language)),
        references,
        body: body?,
    })
}

/// A reference with an address that is no web page is a warning, not a reason to lose the question.
fn references<const TELLS: bool>(
    value: &Value,
    language: &str,
    reader: &mut Reader<TELLS>,
) -> Vec<Reference> {
    let written = value.get("references").and_then(Value::as_array);
    if written.is_some_and(|written| written.len() > limits::REFERENCES) {
        reader.within("references", |reader| {
            reader.warning(
                "too-many-references",
                "A question may have 50 references: those past the limit are left out. Keep the few that back it.",
            );
        });
    }
    each(
        value,
        "references",
        limits::REFERENCES,
        reader,
        |value, reader| {
            let wire = wire::Reference::read(value, reader)?;
            if is_of_the_web(&wire.url) {
                return Some(Reference {
                    title: Text::from_wire(wire.title, language).inline(),
                    url: wire.url,
                });
            }
            reader.within("url", |reader| {
                reader.warning(
                    "not-a-web-address",
                    "`url` must begin with https:// or http://, or be relative to the set's file: this reference is left out.",
                );
            });
            None
        },
    )
}

#[cfg(test)]
mod tests;
