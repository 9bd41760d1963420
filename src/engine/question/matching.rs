//! `matching`: a choice for each prompt. A choice may serve twice or never.
//!
//! A response has an entry `prompt=choice` for each prompt that has a choice. Ids have no `=` in them.

use crate::engine::json::Value;

use super::choices::{self, Choice, Pick};
use super::ordering::{Item, ListName, count, filled, ids, read_items};
use super::parts::{Kind, PartsView, PlaceVerdict, PlaceView};
use super::{Completeness, Interaction, Presentation, QuestionType, Response};
use crate::engine::format::limits;
use crate::engine::format::reader::{Listed, Reader, Wire, wire, wrong_kind};
use crate::engine::format::wire::{Id, Text as WireText};
use crate::engine::points::Points;
use crate::engine::scoring::Tally;

wire! {
    /// What a `matching` question has beside what every question has.
    Pairing is "an object with `prompts`, `choices` and `pairs`" {
        /// What wants a choice each, 2 to 26.
        required prompts: Listed<Prompt, 2, { limits::CHOICES }>,
        /// What can be chosen for them, 2 to 26; one may serve several prompts, or none.
        required choices: Listed<Item, 2, { limits::CHOICES }>,
        /// For the id of each prompt, the id of its choice.
        required pairs: Pairs,
    }
}

wire! {
    /// What wants a choice.
    Prompt is "an object with `id` and `text`" {
        /// Its identity inside the question.
        required id: Id,
        /// What the reader sees.
        required text: WireText,
        /// Why its choice is right, shown after marking.
        optional why: WireText,
    }
}

/// Which choice belongs to which prompt; here only that they are ids.
#[derive(Clone, Debug)]
pub struct Pairs(Vec<(String, Id)>);

impl Wire for Pairs {
    const EXPECTED: &'static str =
        "an object with the id of a choice for each prompt, such as {\"queue\": \"sqs\"}";

    fn read<const TELLS: bool>(value: &Value, reader: &mut Reader<TELLS>) -> Option<Self> {
        let Some(map) = value.as_object() else {
            wrong_kind(Self::EXPECTED, reader);
            return None;
        };
        let pairs = map.iter().filter_map(|(prompt, choice)| {
            let choice = reader.within(prompt, |reader| Id::read(choice, reader))?;
            Some((prompt.clone(), choice))
        });
        Some(Self(pairs.collect()))
    }
}

#[cfg(feature = "author")]
impl schemars::JsonSchema for Pairs {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Pairs".into()
    }

    fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        let id = generator.subschema_for::<Id>();
        schemars::json_schema!({ "type": "object", "minProperties": 2, "additionalProperties": id })
    }
}

/// A question that wants a choice for each of its prompts.
#[derive(Clone, Debug)]
pub struct Matching {
    /// Each with the id of its choice.
    prompts: Vec<(Choice, String)>,
    /// Those that some prompt wants are the correct ones.
    choices: Vec<Choice>,
}

/// Reads and checks it.
pub(in crate::engine) fn read<const TELLS: bool>(
    value: &Value,
    language: &str,
    reader: &mut Reader<TELLS>,
) -> Option<Matching> {
    let errors_before = reader.error_count();
    let wire = Pairing::read(value, reader);
    let name = ListName {
        key: "prompts",
        element: "prompt",
        too_few: "too-few-prompts",
        too_many: "too-many-prompts",
    };
    let prompts = read_items(value, name, language, reader);
    let name = ListName {
        key: "choices",
        element: "choice",
        too_few: "too-few-choices",
        too_many: "too-many-choices",
    };
    let mut choices = read_items(value, name, language, reader);
    let pairs = wire?.pairs.0;
    reader.within("pairs", |reader| judge(&pairs, value, reader));
    if reader.error_count() > errors_before {
        return None;
    }
    let mut matched = Vec::new();
    for prompt in prompts {
        // The last of equal keys counts, as everywhere.
        let pair = pairs.iter().rev().find(|(id, _)| *id == prompt.id);
        matched.push((prompt, pair?.1.0.clone()));
    }
    for choice in &mut choices {
        choice.is_correct = matched.iter().any(|(_, key)| *key == choice.id);
    }
    Some(Matching {
        prompts: matched,
        choices,
    })
}

/// Whether each pair names what there is, and each prompt has one.
fn judge<const TELLS: bool>(pairs: &[(String, Id)], value: &Value, reader: &mut Reader<TELLS>) {
    let (prompts, choices) = (ids(value, "prompts"), ids(value, "choices"));
    for (prompt, Id(choice)) in pairs {
        reader.within(prompt, |reader| {
            if !prompts.contains(&prompt.as_str()) {
                reader.error_of(
                    "unknown-prompt",
                    &["`", prompt, "` is not in `prompts`: add it there, or correct the id. The question is left out."],
                );
            }
            if !choices.contains(&choice.as_str()) {
                reader.error_of(
                    "unknown-choice",
                    &["`", choice, "` is not in `choices`: add it there, or correct the id. The question is left out."],
                );
            }
        });
    }
    let written = value.get("pairs");
    for prompt in prompts {
        if written.is_some_and(|pairs| pairs.get(prompt).is_none()) {
            reader.error_of(
                "missing-pair",
                &[
                    "The prompt `",
                    prompt,
                    "` has no choice here: add one. The question is left out.",
                ],
            );
        }
    }
}

/// The entry `id=value` of a response that satisfies a test, as a whole and its value.
pub(super) fn entry<'r>(
    response: &'r Response,
    id: &str,
    is_sound: impl Fn(&str) -> bool,
) -> Option<(&'r str, &'r str)> {
    response.0.iter().find_map(|entry| {
        let (own, value) = entry.split_once('=')?;
        (own == id && is_sound(value)).then_some((entry.as_str(), value))
    })
}

/// The entry `id=value` of a response.
pub(super) fn pair(id: &str, value: &str) -> String {
    [id, "=", value].concat()
}

impl Matching {
    /// The choice given for a prompt.
    fn given<'r>(&self, prompt: &Choice, response: &'r Response) -> Option<(&'r str, &'r str)> {
        entry(response, &prompt.id, |id| {
            self.choices.iter().any(|choice| choice.id == id)
        })
    }
}

impl QuestionType for Matching {
    fn pins(&self) -> Vec<bool> {
        self.choices.iter().map(|choice| choice.is_pinned).collect()
    }

    fn accept(&self, response: &Response) -> Response {
        let given = self
            .prompts
            .iter()
            .filter_map(|(prompt, _)| self.given(prompt, response));
        Response(given.map(|(entry, _)| entry.to_owned()).collect())
    }

    fn completeness(&self, response: &Response) -> Completeness {
        filled(self.accept(response).0.len(), self.prompts.len())
    }

    fn tally(&self, response: &Response) -> Tally {
        let (mut right, mut wrong) = (0, 0);
        for (prompt, key) in &self.prompts {
            if let Some((_, given)) = self.given(prompt, response) {
                let tallied = if given == key { &mut right } else { &mut wrong };
                *tallied += 1;
            }
        }
        Tally {
            right,
            of_right: count(self.prompts.len()),
            wrong,
            guessed: Points::share(
                wrong,
                count(self.prompts.len() * self.choices.len().saturating_sub(1)),
            ),
            is_by_place: true,
        }
    }

    fn key(&self) -> Response {
        let pairs = self.prompts.iter();
        Response(pairs.map(|(prompt, key)| pair(&prompt.id, key)).collect())
    }

    fn interaction(&self, presentation: Presentation<'_>) -> Interaction {
        let Presentation {
            language, response, ..
        } = presentation;
        let given = |prompt: &Choice| {
            let given = self.given(prompt, response);
            given.map_or_else(String::new, |(_, choice)| choice.to_owned())
        };
        let used = self.prompts.iter().map(|(prompt, _)| given(prompt));
        let used = Response(used.collect());
        let pool = choices::view(
            &self.choices,
            Pick::One,
            Presentation {
                response: &used,
                ..presentation
            },
        )
        .choices;
        let places = self.prompts.iter().map(|(prompt, key)| {
            let given = given(prompt);
            PlaceView {
                id: prompt.id.clone(),
                label: Some(prompt.text.resolve(language)),
                choices: pool.iter().map(|choice| choice.id.clone()).collect(),
                verdict: presentation.is_marked.then(|| PlaceVerdict {
                    is_correct: given == *key,
                    key: key.clone(),
                    why: prompt.why.as_ref().map(|why| why.resolve(language)),
                }),
                read: None,
                given,
            }
        });
        Interaction::parts(PartsView {
            kind: Kind::Matching,
            text: None,
            places: places.collect(),
            wanted: self.prompts.len(),
            pool,
        })
    }
}
