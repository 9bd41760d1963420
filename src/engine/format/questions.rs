//! Reading questions: [`every_type`] is what a new type joins.

use super::reader::{Reader, Wire, each};
use super::{limits, wire};
use crate::engine::address::is_of_the_web;
use crate::engine::json::Value;
use crate::engine::question::{
    Body, Question, Reference, cloze, matching, multiple, numeric, ordering, single, text,
};
use crate::engine::set::{Domain, Scenario};

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
    let choices = generator.subschema_for::<crate::engine::question::choices::Choices>();
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
pub(super) fn read_question<const TELLS: bool>(
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
        prompt: common.prompt.into_domain(language),
        explanation: common.explanation.map(|text| text.into_domain(language)),
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
                    title: wire.title.into_domain(language).inline(),
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
