//! The question types, and what they have in common. Which there are, [`super::format::questions`] knows.
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

use choices::ChoicesView;
use parts::{Parts, PartsView};

use super::scoring::Tally;
use super::text::{Prose, Text};

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

/// A public page that backs a question.
#[derive(Clone, Debug)]
pub struct Reference {
    /// What the link says.
    pub title: Text,
    /// Its address; `http` or `https`.
    pub url: String,
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
/// A pointer to a trait rather than an enum, so that the code of the rarer types is reached only through
/// [`super::format::questions::every_type`], and can stay in a chunk that most readers never load.
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

#[cfg(test)]
mod tests;
