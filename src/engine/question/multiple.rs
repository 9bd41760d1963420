//! `multiple`: several right choices; how many is told to the reader and comes from the key.

use crate::engine::json::Value;

use super::choices::{self, Choice, Pick};
use super::{Completeness, Interaction, Presentation, QuestionType, Response};
use crate::engine::format::reader::Reader;
use crate::engine::scoring::Tally;

/// A question with several right choices.
#[derive(Clone, Debug)]
pub struct Multiple {
    choices: Vec<Choice>,
    /// How many are right.
    pick: usize,
}

/// Reads and checks it.
pub(in crate::engine) fn read<const TELLS: bool>(
    value: &Value,
    language: &str,
    reader: &mut Reader<TELLS>,
) -> Option<Multiple> {
    let choices = choices::read(value, language, reader, |right, all, reader| {
        if right == 0 {
            reader.error(
                "no-correct-choice",
                "No choice is marked as correct: add \"correct\": true to each right one. The question is left out.",
            );
        } else if right == all && all > 1 {
            reader.warning(
                "all-choices-correct",
                "Every choice is correct, so there is nothing to choose: add a wrong one.",
            );
        }
    })?;
    let pick = choices.iter().filter(|choice| choice.is_correct).count();
    Some(Multiple { choices, pick })
}

impl QuestionType for Multiple {
    fn pins(&self) -> Vec<bool> {
        self.choices.iter().map(|choice| choice.is_pinned).collect()
    }

    fn accept(&self, response: &Response) -> Response {
        choices::accept(&self.choices, response)
    }

    fn completeness(&self, response: &Response) -> Completeness {
        let number = |count: usize| i32::try_from(count).unwrap_or(i32::MAX);
        match number(self.pick) - number(response.0.len()) {
            _ if response.is_empty() => Completeness::Unanswered,
            0 => Completeness::Complete,
            missing => Completeness::Incomplete { missing },
        }
    }

    fn tally(&self, response: &Response) -> Tally {
        choices::tally(&self.choices, response)
    }

    fn key(&self) -> Response {
        choices::key(&self.choices)
    }

    fn interaction(&self, presentation: Presentation<'_>) -> Interaction {
        Interaction::Choices(choices::view(
            &self.choices,
            Pick::Exactly(self.pick),
            presentation,
        ))
    }
}
