//! What question types with a list of choices share: reading the list, and what a screen shows of it.

use crate::engine::json::Value;

use super::{Presentation, Response};
use crate::engine::format::reader::duplicate;
use crate::engine::format::reader::{Listed, Reader, Wire, each, wire};
use crate::engine::format::{limits, wire};
use crate::engine::points::Points;
use crate::engine::scoring::Tally;
use crate::engine::text::{Prose, Text};

wire! {
    /// What a `single` or `multiple` question has beside what every question has.
    Choices is "an object with `choices`" {
        /// The possible answers, 2 to 26.
        required choices: Listed<wire::Choice, 2, { limits::CHOICES }>,
    }
}

/// One possible answer.
#[derive(Clone, Debug)]
pub struct Choice {
    /// Its identity inside the question.
    pub id: String,
    /// What the reader sees.
    pub text: Text,
    /// Why it is right or wrong; shown after marking.
    pub why: Option<Text>,
    /// Whether it is right.
    pub is_correct: bool,
    /// Whether it keeps its place when choices are shuffled.
    pub is_pinned: bool,
}

/// How many choices to pick.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pick {
    /// One: radio buttons.
    One,
    /// This many: check boxes.
    Exactly(usize),
}

/// What a screen shows of a list of choices.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChoicesView {
    /// How many to pick.
    pub pick: Pick,
    /// The choices, in the order of the paper.
    pub choices: Vec<ChoiceView>,
}

/// One choice on a screen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChoiceView {
    /// What a response names it by.
    pub id: String,
    /// What the reader sees.
    pub text: Prose,
    /// Whether the reader picked it.
    pub is_chosen: bool,
    /// What marking says of it; `None` before.
    pub verdict: Option<ChoiceVerdict>,
}

/// What marking says of a choice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChoiceVerdict {
    /// Whether it belongs to the key.
    pub is_correct: bool,
    /// Why.
    pub why: Option<Prose>,
}

/// Reads and checks a list of choices; `None` means that a problem was written down.
///
/// `judge_key` is given how many choices are right, of all; it writes down what is wrong with that. It is not asked where
/// the list is too broken to tell.
pub(in crate::engine) fn read<const TELLS: bool>(
    value: &Value,
    language: &str,
    reader: &mut Reader<TELLS>,
    judge_key: impl FnOnce(usize, usize, &mut Reader<TELLS>),
) -> Option<Vec<Choice>> {
    let errors_before = reader.error_count();
    Choices::read(value, reader)?;
    let written = value.get("choices").and_then(Value::as_array)?;
    reader.within("choices", |reader| {
        if written.len() < 2 {
            reader.error(
                "too-few-choices",
                "A question needs at least two choices: add one.",
            );
        } else if written.len() > limits::CHOICES {
            reader.error(
                "too-many-choices",
                "A question may have 26 choices at most: take some away.",
            );
        }
        if let Some(right) = count_right(written) {
            judge_key(right, written.len(), reader);
        }
    });
    let mut ids = Vec::new();
    let choices = each(
        value,
        "choices",
        limits::CHOICES,
        reader,
        |value, reader| {
            let wire = wire::Choice::read(value, reader);
            if let Some(id) = value.get("id").and_then(Value::as_str) {
                if ids.contains(&id) {
                    duplicate("choice", id, reader);
                }
                ids.push(id);
            }
            let wire = wire?;
            Some(Choice {
                id: wire.id.0,
                text: wire.text.into_domain(language).inline(),
                why: wire.why.map(|text| text.into_domain(language)),
                is_correct: wire.correct.unwrap_or(false),
                is_pinned: wire.pin.unwrap_or(false),
            })
        },
    );
    (reader.error_count() == errors_before).then_some(choices)
}

/// How many choices are marked as right; `None` where some are no choices, or neither right nor wrong.
fn count_right(written: &[Value]) -> Option<usize> {
    let mut right = 0;
    for choice in written {
        match choice.as_object()?.get("correct") {
            Some(Value::Bool(true)) => right += 1,
            None | Some(Value::Bool(false) | Value::Null) => {}
            Some(_) => return None,
        }
    }
    (!written.is_empty()).then_some(right)
}

/// The ids of the right choices.
pub(super) fn key(choices: &[Choice]) -> Response {
    Response(
        choices
            .iter()
            .filter(|choice| choice.is_correct)
            .map(|choice| choice.id.clone())
            .collect(),
    )
}

/// The response in the author's order, less what is no choice of this question.
pub(super) fn accept(choices: &[Choice], response: &Response) -> Response {
    Response(
        choices
            .iter()
            .filter(|choice| response.0.contains(&choice.id))
            .map(|choice| choice.id.clone())
            .collect(),
    )
}

/// What a screen shows.
pub(super) fn view(choices: &[Choice], pick: Pick, presentation: Presentation<'_>) -> ChoicesView {
    let language = presentation.language;
    ChoicesView {
        pick,
        choices: presentation
            .order
            .iter()
            .filter_map(|index| choices.get(*index))
            .map(|choice| ChoiceView {
                id: choice.id.clone(),
                text: choice.text.resolve(language),
                is_chosen: presentation.response.0.contains(&choice.id),
                verdict: presentation.is_marked.then(|| ChoiceVerdict {
                    is_correct: choice.is_correct,
                    why: choice.why.as_ref().map(|why| why.resolve(language)),
                }),
            })
            .collect(),
    }
}

/// Whether a test holds for the text of each.
pub(super) fn every_text(choices: &[ChoiceView], test: &dyn Fn(&Prose) -> bool) -> bool {
    choices.iter().all(|choice| test(&choice.text))
}

/// The counts that marking needs.
pub(super) fn tally(choices: &[Choice], response: &Response) -> Tally {
    let count = |is_correct: bool, is_chosen: Option<bool>| {
        let number = choices
            .iter()
            .filter(|choice| {
                choice.is_correct == is_correct
                    && is_chosen
                        .is_none_or(|is_chosen| response.0.contains(&choice.id) == is_chosen)
            })
            .count();
        u32::try_from(number).unwrap_or(u32::MAX)
    };
    let wrong = count(false, Some(true));
    Tally {
        right: count(true, Some(true)),
        of_right: count(true, None),
        wrong,
        guessed: Points::share(wrong, count(false, None)),
        is_by_place: false,
    }
}
