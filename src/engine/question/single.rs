//! `single`: one right choice.

use crate::engine::json::Value;

use super::choices::{self, Choice, Pick};
use super::{Completeness, Interaction, Presentation, QuestionType, Response};
use crate::engine::format::reader::Reader;
use crate::engine::scoring::Tally;

/// A question with one right choice.
#[derive(Clone, Debug)]
pub struct Single {
    choices: Vec<Choice>,
}

/// Reads and checks it.
pub(in crate::engine) fn read<const TELLS: bool>(
    value: &Value,
    language: &str,
    reader: &mut Reader<TELLS>,
) -> Option<Single> {
    let choices = choices::read(value, language, reader, |right, _, reader| {
        match right {
        0 => reader.error(
            "no-correct-choice",
            "No choice is marked as correct: add \"correct\": true to the right one. The question is left out.",
        ),
        1 => {}
        _ => reader.error(
            "several-correct-choices",
            "More than one choice of a `single` question is correct: keep one, or make the type `multiple`. The question is left out.",
        ),
    }
    })?;
    Some(Single { choices })
}

impl QuestionType for Single {
    fn pins(&self) -> Vec<bool> {
        self.choices.iter().map(|choice| choice.is_pinned).collect()
    }

    fn accept(&self, response: &Response) -> Response {
        let mut response = choices::accept(&self.choices, response);
        response.0.truncate(1);
        response
    }

    fn completeness(&self, response: &Response) -> Completeness {
        if response.is_empty() {
            Completeness::Unanswered
        } else {
            Completeness::Complete
        }
    }

    fn tally(&self, response: &Response) -> Tally {
        choices::tally(&self.choices, response)
    }

    fn key(&self) -> Response {
        choices::key(&self.choices)
    }

    fn interaction(&self, presentation: Presentation<'_>) -> Interaction {
        Interaction::Choices(choices::view(&self.choices, Pick::One, presentation))
    }
}
