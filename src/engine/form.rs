//! Forms: how a paper is made, how long it takes and how it is marked.

use core::time::Duration;

pub use super::format::wire::{Credit, Draw, Feedback, Mode, Navigation};
use super::scoring::PassMark;
use super::text::Text;

/// How a paper is made, how long it takes and how it is marked.
#[derive(Clone, Debug)]
pub struct Form {
    /// Its name in the element's `form` attribute.
    pub id: String,
    /// What readers see; `None` for the form that a set without forms gets, and where the author gave none.
    pub title: Option<Text>,
    /// Where the author gave no title: the mode, for which there are words.
    pub untitled: Option<Mode>,
    /// Whether it can be used as it is written. If not, no other one is taken in its place.
    pub is_sound: bool,
    /// What kind of sitting it is.
    pub mode: Mode,
    /// At most this many questions.
    pub count: Option<u32>,
    /// Only questions of these domains (indices into the set); empty for all.
    pub domains: Vec<usize>,
    /// How many of them do not count.
    pub unscored: u32,
    /// How questions are drawn.
    pub draw: Draw,
    /// The time for the whole paper.
    pub time_limit: Option<Duration>,
    /// The time for each question.
    pub question_time: Option<Duration>,
    /// How a response earns points.
    pub credit: Credit,
    /// What passes, if anything is said about it.
    pub pass: Option<PassMark>,
    /// When the reader learns how an answer was marked.
    pub feedback: Feedback,
    /// How the reader may move.
    pub navigation: Navigation,
    /// Whether questions are put in random order.
    pub shuffles_questions: bool,
    /// Whether choices are put in random order.
    pub shuffles_choices: bool,
}

impl Form {
    /// The form of a set that has none: practice over all questions.
    pub fn practice() -> Self {
        Self {
            id: String::from("practice"),
            title: None,
            untitled: None,
            is_sound: true,
            mode: Mode::Practice,
            count: None,
            domains: Vec::new(),
            unscored: 0,
            draw: Draw::Random,
            time_limit: None,
            question_time: None,
            credit: Credit::AllOrNothing,
            pass: None,
            feedback: Feedback::Immediate,
            navigation: Navigation::Free,
            shuffles_questions: false,
            shuffles_choices: false,
        }
    }

    /// Whether its paper may have a question of a domain.
    pub(super) fn takes(&self, domain: Option<usize>) -> bool {
        self.domains.is_empty() || domain.is_some_and(|domain| self.domains.contains(&domain))
    }
}

/// How the element's attributes narrow a form.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Narrowing {
    /// At most this many questions.
    pub count: Option<u32>,
    /// Only these domain ids; empty for all.
    pub domains: Vec<String>,
    /// Another time limit; the inner `None` takes it away.
    pub time_limit: Option<Option<Duration>>,
}
