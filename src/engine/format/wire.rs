//! Format version 1 as an author writes it: the wire types. Nothing beyond [`super`] and the author's tools sees them.

use crate::engine::json::Value;
use crate::engine::text;

use super::limits;
use super::reader::{Listed, Reader, Wire, wire, words};

/// The name of a question, choice, domain, scenario or form.
///
/// `[a-z0-9][a-z0-9._-]{0,63}`, after the contract: safe in storage keys, URLs and JSON Pointers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Id(pub String);

/// Whether a text is a well-formed id.
pub fn is_id(text: &str) -> bool {
    text.len() <= 64
        && text
            .bytes()
            .next()
            .is_some_and(|first| first.is_ascii_lowercase() || first.is_ascii_digit())
        && text.bytes().all(|byte| {
            byte.is_ascii_lowercase() || byte.is_ascii_digit() || matches!(byte, b'.' | b'_' | b'-')
        })
}

impl Wire for Id {
    const EXPECTED: &'static str =
        "an id: up to 64 of a-z, 0-9, `.`, `_` and `-`, beginning with a letter or digit";

    fn read<const TELLS: bool>(value: &Value, reader: &mut Reader<TELLS>) -> Option<Self> {
        let text = value.as_str().filter(|text| is_id(text));
        if text.is_none() {
            super::reader::wrong_kind(Self::EXPECTED, reader);
        }
        text.map(|text| Self(text.to_owned()))
    }
}

/// A Markdown string, or a map from language tag to Markdown string.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Text {
    /// The same for every language.
    Plain(String),
    /// One string a language.
    Languages(Vec<(String, String)>),
}

impl Text {
    /// The text that it is; `language` is that of the set.
    pub fn into_domain(self, language: &str) -> text::Text {
        let entries = match self {
            Self::Plain(text) => vec![(language.to_owned(), text)],
            Self::Languages(entries) => entries,
        };
        text::Text::new(entries, language)
    }
}

impl Wire for Text {
    const EXPECTED: &'static str =
        "text in quotes, or an object with a text for each language, such as {\"en\": \"…\"}";

    fn read<const TELLS: bool>(value: &Value, reader: &mut Reader<TELLS>) -> Option<Self> {
        match value {
            Value::String(_) => String::read(value, reader).map(Self::Plain),
            Value::Object(map) if !map.is_empty() => {
                let mut languages = Vec::with_capacity(map.len());
                for (tag, text) in map.iter() {
                    let text = reader.within(tag, |reader| String::read(text, reader));
                    languages.extend(text.map(|text| (tag.clone(), text)));
                }
                (languages.len() == map.len()).then_some(Self::Languages(languages))
            }
            _ => {
                super::reader::wrong_kind(Self::EXPECTED, reader);
                None
            }
        }
    }
}

/// A map from language tag to the address of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Addresses(pub Vec<(String, String)>);

impl Wire for Addresses {
    const EXPECTED: &'static str =
        "an object with an address for each language, such as {\"ja\": \"./quiz.ja.json\"}";

    fn read<const TELLS: bool>(value: &Value, reader: &mut Reader<TELLS>) -> Option<Self> {
        let Some(map) = value.as_object() else {
            super::reader::wrong_kind(Self::EXPECTED, reader);
            return None;
        };
        if !TELLS {
            // Found where they stand when one is wanted, see `crate::engine::translation`.
            if map.iter().any(|(_, address)| address.as_str().is_none()) {
                super::reader::wrong_kind(Self::EXPECTED, reader);
            }
            return Some(Self(Vec::new()));
        }
        let addresses = map.iter().filter_map(|(tag, address)| {
            let address = reader.within(tag, |reader| String::read(address, reader))?;
            Some((tag.clone(), address))
        });
        Some(Self(addresses.collect()))
    }
}

/// A duration such as `130m`, `90s` or `2h10m`, or `none`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TimeLimit(pub Option<core::time::Duration>);

impl Wire for TimeLimit {
    const EXPECTED: &'static str =
        "a duration above zero such as \"90s\", \"130m\" or \"2h10m\", or \"none\"";

    fn read<const TELLS: bool>(value: &Value, reader: &mut Reader<TELLS>) -> Option<Self> {
        let limit = value
            .as_str()
            .and_then(crate::engine::clock::read_time_limit);
        if limit.is_none() {
            super::reader::wrong_kind(Self::EXPECTED, reader);
        }
        limit.map(Self)
    }
}

words! {
    /// Which defaults a form starts from.
    Mode is "`practice` or `exam`" {
        /// Feedback at each answer, no clock unless said.
        Practice = "practice",
        /// Feedback at the end.
        Exam = "exam",
    }
}

words! {
    /// When the reader learns how an answer was marked.
    Feedback is "`immediate` or `at-end`" {
        /// At each answer.
        Immediate = "immediate",
        /// In the report.
        AtEnd = "at-end",
    }
}

words! {
    /// How the reader may move.
    Navigation is "`free` or `linear`" {
        /// To any question, and back.
        Free = "free",
        /// Forward only.
        Linear = "linear",
    }
}

words! {
    /// How questions are drawn from the set.
    Draw is "`all`, `random` or `by-domain`" {
        /// The first ones, as the author ordered them.
        All = "all",
        /// Any, each as likely as the others.
        Random = "random",
        /// By the weights of the domains.
        ByDomain = "by-domain",
    }
}

words! {
    /// How a response earns points.
    Credit is "`all-or-nothing`, `partial`, `negative` or `negative-below-zero`" {
        /// One point for exactly the key, else none.
        AllOrNothing = "all-or-nothing",
        /// A share of the point for each right part; a wrong part takes a share away.
        Partial = "partial",
        /// Wrong parts take away what guessing them would gain.
        Negative = "negative",
        /// As `negative`, and a question can cost more than it earns.
        BelowZero = "negative-below-zero",
    }
}

words! {
    /// What is put in random order.
    Shuffle is "`questions` or `choices`" {
        /// The questions of the paper.
        Questions = "questions",
        /// The choices of each question.
        Choices = "choices",
    }
}

wire! {
    /// A subject area of the set.
    Domain is "an object with `id` and `title`" {
        /// Its name in questions and forms.
        required id: Id,
        /// What readers see.
        required title: Text,
        /// Its share of a paper drawn by domain, relative to the others.
        optional weight: u32,
    }
}

wire! {
    /// A case that several questions are about. They stay together, in the order of the file.
    Scenario is "an object with `id` and `text`" {
        /// Its name in questions.
        required id: Id,
        /// The case.
        required text: Text,
    }
}

wire! {
    /// How many percent pass.
    PassMark is "an object such as {\"percent\": 70}" {
        /// Percent of the points, 1 to 100.
        required percent: u32,
    }
}

wire! {
    /// How points become the number the reader is told.
    Scale is "an object such as {\"min\": 100, \"max\": 1000, \"pass\": 720}, or {\"percent\": 70}" {
        /// The number for no points.
        optional min: u32,
        /// The number for all points.
        optional max: u32,
        /// The lowest number that passes.
        optional pass: u32,
        /// Instead of a scale: how many percent pass.
        optional percent: u32,
    }
}

wire! {
    /// How a paper is made from the set.
    Form is "an object with `id`" {
        /// Its name in the element's `form` attribute.
        required id: Id,
        /// What readers see; words for its mode unless said.
        optional title: Text,
        /// Which defaults it starts from; `practice` unless said.
        optional mode: Mode,
        /// At most this many questions; all of them unless said.
        optional count: u32,
        /// Only questions of these domains.
        optional domains: Listed<Id>,
        /// How many of the questions do not count; which ones is told in the report only.
        optional unscored: u32,
        /// How questions are drawn; `random` when there are more than `count`.
        optional draw: Draw,
        /// The time for the whole paper; no limit unless said.
        optional time_limit: TimeLimit,
        /// The time for each question; no limit unless said.
        optional question_time: TimeLimit,
        /// How a response earns points; `all-or-nothing` unless said.
        optional credit: Credit,
        /// The pass mark in percent.
        optional pass: PassMark,
        /// The pass mark on a scale.
        optional scale: Scale,
        /// `immediate` in practice, `at-end` in an exam, unless said.
        optional feedback: Feedback,
        /// `free` unless said.
        optional navigation: Navigation,
        /// What is put in random order; nothing unless said.
        optional shuffle: Vec<Shuffle>,
    }
}

wire! {
    /// A public page that backs a question.
    Reference is "an object with `title` and `url`" {
        /// What the link says.
        required title: Text,
        /// Its address, beginning with https:// or http://.
        required url: String,
    }
}

wire! {
    /// What every question has, whatever its type.
    Question is "an object with `id`, `type` and `prompt`" {
        /// Its identity: results belong to it.
        required id: Id,
        /// Its type.
        required kind as "type": String,
        /// The domain it belongs to.
        optional domain: Id,
        /// The case it is about.
        optional scenario: Id,
        /// What is asked.
        required prompt: Text,
        /// What to learn from it, shown after marking.
        optional explanation: Text,
        /// Where to read on.
        optional references: Listed<Reference, 0, { limits::REFERENCES }>,
    }
}

wire! {
    /// One possible answer of a `single` or `multiple` question.
    Choice is "an object with `id` and `text`" {
        /// Its identity inside the question.
        required id: Id,
        /// What the reader sees.
        required text: Text,
        /// Whether it is right; false unless said.
        optional correct: bool,
        /// Why it is right or wrong, shown after marking.
        optional why: Text,
        /// Whether it keeps its place when choices are shuffled.
        optional pin: bool,
    }
}

/// A question of any type: [`Question`] and what its type adds. [`crate::engine::question`] reads it.
#[derive(Clone, Copy, Debug)]
pub struct AnyQuestion;

wire! {
    /// A question set: one file.
    Set is "an object with `mondai`, `id`, `title` and `questions`" {
        /// The version of the format: 1.
        required version as "mondai": u32,
        /// Its identity: stored results belong to it.
        required id: Id,
        /// What readers see.
        required title: Text,
        /// The language of texts that say none; that of the page unless said.
        optional language: String,
        /// The subject areas.
        optional domains: Listed<Domain, 0, { limits::DOMAINS }>,
        /// The cases that questions are about.
        optional scenarios: Listed<Scenario, 0, { limits::SCENARIOS }>,
        /// Files with the texts in other languages: language tag to address, relative to this file.
        optional translations: Addresses,
        /// The ways to make a paper; the first one is the default.
        optional forms: Listed<Form, 0, { limits::FORMS }>,
        /// The questions.
        required questions: Listed<AnyQuestion, 1, { limits::QUESTIONS }>,
    }
}
