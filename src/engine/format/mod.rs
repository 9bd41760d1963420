//! Reads a question set, format version 1: text in, a valid [`QuestionSet`] and every problem out.
//!
//! A set that cannot be used gives no set and says why. A set with some broken questions gives the others and says which
//! ones it left out. Must not be bypassed: domain types are built here only.

mod changed;
mod forms;
pub(crate) mod limits;
mod locate;
mod mend;
mod problem;
pub(crate) mod questions;
pub(crate) mod reader;
pub(crate) mod wire;

use crate::engine::json::Value;

#[cfg(feature = "author")]
pub(crate) use locate::locate;
pub use locate::{Position, push_token};
pub use problem::{Problem, Severity};

use super::draw::{Careful, Plain};
use super::form::Form;
use super::question::Question;
use super::random::hash;
use super::set::{ById, Domain, Drawing, QuestionSet, Scenario};
use super::text::Text;
use mend::Mended;
use questions::{ReadBody, Surroundings, read_question};
use reader::{Reader, Wire, duplicate, each};

/// What reading a file gave.
#[derive(Clone, Debug)]
pub struct Reading {
    /// The set, if at least one question can be asked.
    pub set: Option<QuestionSet>,
    /// All findings, in the order of the file; past a hundred, how many more there are.
    pub problems: Vec<Problem>,
}

/// Reads a question set, and tells every problem.
///
/// ```
/// let reading = mondai::engine::format::read("{ \"mondai\": 2 }");
/// assert!(reading.set.is_none());
/// assert!(!reading.problems.is_empty());
/// ```
pub fn read(text: &str) -> Reading {
    read_from(text, false)
}

/// The same of a set that stands in a page, which the page's site may have changed.
pub fn read_in_page(text: &str) -> Reading {
    read_from(text, true)
}

fn read_from(text: &str, is_in_page: bool) -> Reading {
    let mut reader = Reader::<true>::default();
    let own = without_mark(text);
    let (value, mended) = match parse::<true>(text) {
        Ok(value) => (value, None),
        Err(problem) => {
            let Some((value, mended)) = mended(text) else {
                let mut problems: Vec<Problem> = problem.into_iter().collect();
                for problem in &mut problems {
                    changed::explain(text, is_in_page, problem);
                }
                return Reading {
                    set: None,
                    problems,
                };
            };
            for problem in mended.problems {
                reader.add(problem);
            }
            (value, Some(mended.text))
        }
    };
    let set = build(&value, own, Kit::EXAM, &mut reader);
    Reading {
        set,
        problems: reader.finish(mended.as_deref().unwrap_or(own)),
    }
}

/// A file that is JSON once some questions are taken out of it.
fn mended(text: &str) -> Option<(Value, Mended)> {
    if text.len() > limits::FILE_BYTES {
        return None;
    }
    let mended = mend::mend(without_mark(text))?;
    let value = parse_quietly(&mended.text)?;
    Some((value, mended))
}

/// What can be read of a file that [`parse_quietly`] could not read: all but the questions that are no JSON, which [`read`]
/// tells and [`load`] leaves out.
pub fn parse_mended(text: &str) -> Option<Value> {
    mended(text).map(|(value, _)| value)
}

/// Takes the page's language for that of a set that says none, and has texts in one language only.
pub fn assume_language(set: &mut Value, page: &str) {
    let is_silent = set.get("language").is_none() && set.get("translations").is_none();
    let has_one = set.get("title").and_then(Value::as_str).is_some();
    if is_silent
        && has_one
        && let Some(set) = set.as_object_mut()
    {
        set.set("language", Value::String(page.to_owned()));
    }
}

/// Text to JSON, within the limits; `None` where [`read`] has something to tell.
pub fn parse_quietly(text: &str) -> Option<Value> {
    parse::<false>(text).ok()
}

/// What a question set is read and used with. Most quizzes need little of it, and only what is needed is downloaded.
#[derive(Clone, Copy)]
pub struct Kit<const TELLS: bool> {
    /// The question types.
    read_body: ReadBody<TELLS>,
    /// How papers are drawn.
    drawing: &'static dyn Drawing,
}

impl<const TELLS: bool> Kit<TELLS> {
    /// For choices, and papers of all questions.
    pub const PLAIN: Self = Self {
        read_body: questions::plain_types,
        drawing: &Plain,
    };

    /// For everything. Must be reached from its own chunk only.
    pub const EXAM: Self = Self {
        read_body: questions::every_type,
        drawing: &Careful,
    };

    /// Whether [`Kit::PLAIN`] is enough for a set.
    pub fn is_plain_enough(set: &Value) -> bool {
        let draws = |form: &Value| {
            form.get("count").is_some()
                || form.get("unscored").is_some()
                || form.get("draw").and_then(Value::as_str) == Some("by-domain")
        };
        let mut forms = set
            .get("forms")
            .and_then(Value::as_array)
            .into_iter()
            .flatten();
        !questions::needs_every_type(set) && set.get("scenarios").is_none() && !forms.any(draws)
    }
}

/// What [`load`] makes of a file.
#[derive(Clone, Debug)]
pub struct Loaded {
    /// The set, if at least one question can be asked.
    pub set: Option<QuestionSet>,
    /// Whether there were errors, which [`read`] would tell.
    pub has_errors: bool,
}

/// Reads a question set as [`read`] does, without finding words for what is wrong. `value` is what the text says, and
/// maybe translations.
pub fn load(value: &Value, text: &str, kit: Kit<false>) -> Loaded {
    let mut reader = Reader::<false>::default();
    let set = build(value, without_mark(text), kit, &mut reader);
    Loaded {
        set,
        has_errors: reader.error_count() > 0,
    }
}

/// The text without the byte order mark that some editors put before it. Places in the file do not count it.
pub(crate) fn without_mark(text: &str) -> &str {
    text.strip_prefix('\u{feff}').unwrap_or(text)
}

/// Text to JSON, within the limits. There is a problem beside the failure if the caller wants to tell it.
pub(crate) fn parse<const TELLS: bool>(text: &str) -> Result<Value, Option<Problem>> {
    let at = |offset: usize, code: &'static str, message: &dyn Fn() -> String| {
        TELLS.then(|| {
            let Position { line, column } = locate::position(without_mark(text), offset);
            Problem {
                line,
                column,
                ..Problem::whole(code, message())
            }
        })
    };
    if text.len() > limits::FILE_BYTES {
        return Err(at(0, "file-too-large", &|| {
            String::from("This file is larger than 2 MiB: split it into several question sets.")
        }));
    }
    let text = without_mark(text);
    let start = text.len() - text.trim_start().len();
    if start == text.len() {
        return Err(at(0, "not-json", &|| {
            String::from("This file is empty: write a question set into it, or correct `src`.")
        }));
    }
    if text.as_bytes().get(start) == Some(&b'<') {
        return Err(at(start, "html-instead-of-json", &|| {
            String::from(
                "This address gives a web page, not a question set: check `src`, and that the server finds the JSON file.",
            )
        }));
    }
    if let Some(offset) = locate::too_deep(text, limits::NESTING) {
        return Err(at(offset, "nested-too-deep", &|| {
            String::from(
                "Lists and objects nest deeper than 32 levels here: a question set needs far fewer, so look for an unclosed bracket.",
            )
        }));
    }
    Value::parse(text).map_err(|error| {
        let message = || {
            let reason = error.to_string();
            // The place is told beside the sentence, not in it.
            let place = [
                " at line ",
                &error.line().to_string(),
                " column ",
                &error.column().to_string(),
            ]
            .concat();
            [
                "This is not valid JSON: ",
                reason.strip_suffix(&place).unwrap_or(&reason),
                ". Look at this place and just before it for a missing comma, quote or bracket.",
            ]
            .concat()
        };
        let offset = if TELLS {
            locate::offset(text, error.line(), error.column())
        } else {
            0
        };
        at(offset, "not-json", &message)
    })
}

fn build<const TELLS: bool>(
    value: &Value,
    text: &str,
    kit: Kit<TELLS>,
    reader: &mut Reader<TELLS>,
) -> Option<QuestionSet> {
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
    let scenarios = scenarios(value, language, reader);
    let around = Surroundings {
        language,
        domains: &domains,
        scenarios: &scenarios,
        read_body: kit.read_body,
    };
    let questions = all_questions(value, around, reader);
    let forms = all_forms(value, language, &domains, &questions, reader);
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
        title: wire.title.into_domain(language).inline(),
        language: language.to_owned(),
        digest: hash(text.as_bytes()),
        domains,
        scenarios,
        forms,
        by_id: ById::new(&questions),
        questions,
        drawing: kit.drawing,
    })
}

fn domains<const TELLS: bool>(
    value: &Value,
    language: &str,
    reader: &mut Reader<TELLS>,
) -> Vec<Domain> {
    let mut ids = Ids::default();
    at_most(value, "domains", limits::DOMAINS, reader);
    each(
        value,
        "domains",
        limits::DOMAINS,
        reader,
        |value, reader| {
            let wire = wire::Domain::read(value, reader);
            // A domain with a broken title is still the one that questions name: they must not be lost with it.
            let id = id_of(value).filter(|id| wire::is_id(id))?;
            if !ids.insert(id) {
                duplicate("domain", id, reader);
                return None;
            }
            let (title, weight) = wire.map_or_else(
                || (Text::plain(language, id), None),
                |wire| (wire.title.into_domain(language).inline(), wire.weight),
            );
            Some(Domain {
                id: id.to_owned(),
                title,
                weight,
            })
        },
    )
}

fn scenarios<const TELLS: bool>(
    value: &Value,
    language: &str,
    reader: &mut Reader<TELLS>,
) -> Vec<Scenario> {
    let mut ids = Ids::default();
    at_most(value, "scenarios", limits::SCENARIOS, reader);
    each(
        value,
        "scenarios",
        limits::SCENARIOS,
        reader,
        |value, reader| {
            let wire = wire::Scenario::read(value, reader);
            let id = id_of(value).filter(|id| wire::is_id(id))?;
            if !ids.insert(id) {
                duplicate("scenario", id, reader);
                return None;
            }
            Some(Scenario {
                id: id.to_owned(),
                text: wire?.text.into_domain(language),
            })
        },
    )
}

fn all_questions<const TELLS: bool>(
    value: &Value,
    around: Surroundings<'_, TELLS>,
    reader: &mut Reader<TELLS>,
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
    let mut ids = Ids::default();
    each(
        value,
        "questions",
        limits::QUESTIONS,
        reader,
        |value, reader| {
            let question = read_question(value, around, reader)?;
            if ids.insert(id_of(value)?) {
                return Some(question);
            }
            duplicate("question", &question.id, reader);
            None
        },
    )
}

fn all_forms<const TELLS: bool>(
    value: &Value,
    language: &str,
    domains: &[Domain],
    questions: &[Question],
    reader: &mut Reader<TELLS>,
) -> Vec<Form> {
    let mut ids = Ids::default();
    at_most(value, "forms", limits::FORMS, reader);
    each(value, "forms", limits::FORMS, reader, |value, reader| {
        let form = forms::read_form(value, language, domains, questions, reader);
        if !wire::is_id(&form.id) || ids.insert(id_of(value)?) {
            return Some(form);
        }
        duplicate("form", &form.id, reader);
        None
    })
}

/// Tells that a list is too long; those past the limit are left out.
fn at_most<const TELLS: bool>(value: &Value, key: &str, limit: usize, reader: &mut Reader<TELLS>) {
    let written = value.get(key).and_then(Value::as_array);
    if written.is_some_and(|written| written.len() > limit) {
        if !TELLS {
            // The limit in words is for authors.
            reader.error("", "");
            return;
        }
        reader.within(key, |reader| {
            reader.error_of(
                "list-too-long",
                &[
                    "`",
                    key,
                    "` may have ",
                    &locate::itoa(limit),
                    " elements at most: those past the limit are left out. Take some away, or split the set.",
                ],
            );
        });
    }
}

/// The ids that are taken, in order: a tree of the library would be more to download. There are at most a few thousand.
#[derive(Default)]
struct Ids<'v>(Vec<&'v str>);

impl<'v> Ids<'v> {
    /// Takes an id, unless it is taken.
    fn insert(&mut self, id: &'v str) -> bool {
        let place = self.0.binary_search(&id);
        if let Err(place) = place {
            self.0.insert(place, id);
        }
        place.is_err()
    }
}

fn id_of(value: &Value) -> Option<&str> {
    value.get("id")?.as_str()
}

#[cfg(test)]
mod tests;
