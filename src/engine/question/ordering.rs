//! `ordering`: the right items of a list, in the right order. Items that the order leaves out are distractors.
//!
//! Also what the types with lists of their own share: reading such a list, and counting.

use crate::engine::json::Value;

use super::choices::{self, Choice, Pick};
use super::number::digits;
use super::parts::{Kind, PartsView, PlaceVerdict, PlaceView};
use super::{Completeness, Interaction, Presentation, QuestionType, Response};
use crate::engine::format::limits;
use crate::engine::format::reader::duplicate;
use crate::engine::format::reader::{Listed, Reader, Wire, each, wire};
use crate::engine::format::wire::{Id, Text as WireText};
use crate::engine::points::Points;
use crate::engine::scoring::Tally;

wire! {
    /// What an `ordering` question has beside what every question has.
    Items is "an object with `items` and `order`" {
        /// What can be put in order, 2 to 26.
        required items: Listed<Item, 2, { limits::CHOICES }>,
        /// The ids of the right items, in the right order. Items that it leaves out are distractors.
        required order: Listed<Id, 2, { limits::CHOICES }>,
    }
}

wire! {
    /// What can be picked, where being right depends on the place.
    Item is "an object with `id` and `text`" {
        /// Its identity inside the question.
        required id: Id,
        /// What the reader sees.
        required text: WireText,
        /// Why it is right or wrong, shown after marking.
        optional why: WireText,
        /// Whether it keeps its place when choices are shuffled.
        optional pin: bool,
    }
}

/// A question whose answer is a sequence of items.
#[derive(Clone, Debug)]
pub struct Ordering {
    /// All items, distractors too; those of the order are the correct ones.
    items: Vec<Choice>,
    /// The ids of the right ones, in order.
    order: Vec<String>,
}

/// How a list is called in the file and in problems.
#[derive(Clone, Copy)]
pub(super) struct ListName {
    pub(super) key: &'static str,
    pub(super) element: &'static str,
    pub(super) too_few: &'static str,
    pub(super) too_many: &'static str,
}

/// Reads and checks it.
pub(in crate::engine) fn read<const TELLS: bool>(
    value: &Value,
    language: &str,
    reader: &mut Reader<TELLS>,
) -> Option<Ordering> {
    let errors_before = reader.error_count();
    Items::read(value, reader);
    let name = ListName {
        key: "items",
        element: "item",
        too_few: "too-few-items",
        too_many: "too-many-items",
    };
    let mut items = read_items(value, name, language, reader);
    let written = value.get("order").and_then(Value::as_array);
    if written.is_some_and(|order| order.len() < 2) {
        reader.within("order", |reader| {
            reader.error(
                "too-short-order",
                "`order` must name at least two items: add the ids of the right ones, in the right order. The question is left out.",
            );
        });
    }
    let known = ids(value, "items");
    let mut order: Vec<String> = Vec::new();
    each(value, "order", usize::MAX, reader, |value, reader| {
        let id = Id::read(value, reader)?.0;
        if !known.contains(&id.as_str()) {
            reader.error_of(
                "unknown-item",
                &["`", &id, "` is not in `items`: add it there, or correct the id. The question is left out."],
            );
        } else if order.contains(&id) {
            reader.error_of(
                "repeated-item",
                &["`", &id, "` stands in `order` already: each item has one place. Take one of them away. The question is left out."],
            );
        } else {
            order.push(id);
        }
        Some(())
    });
    for item in &mut items {
        item.is_correct = order.contains(&item.id);
    }
    (reader.error_count() == errors_before).then_some(Ordering { items, order })
}

/// Reads a list of items or prompts, 2 to 26 with different ids.
pub(super) fn read_items<const TELLS: bool>(
    value: &Value,
    name: ListName,
    language: &str,
    reader: &mut Reader<TELLS>,
) -> Vec<Choice> {
    let written = value.get(name.key).and_then(Value::as_array);
    if let Some(written) = written {
        reader.within(name.key, |reader| {
            if written.len() < 2 {
                reader.error_of(
                    name.too_few,
                    &[
                        "`",
                        name.key,
                        "` needs at least two elements: add one. The question is left out.",
                    ],
                );
            } else if written.len() > limits::CHOICES {
                reader.error_of(
                    name.too_many,
                    &[
                        "`",
                        name.key,
                        "` may have 26 elements at most: take some away. The question is left out.",
                    ],
                );
            }
        });
    }
    let mut ids = Vec::new();
    each(value, name.key, limits::CHOICES, reader, |value, reader| {
        let wire = Item::read(value, reader);
        if let Some(id) = value.get("id").and_then(Value::as_str) {
            if ids.contains(&id) {
                duplicate(name.element, id, reader);
            }
            ids.push(id);
        }
        let wire = wire?;
        Some(Choice {
            id: wire.id.0,
            text: wire.text.into_domain(language).inline(),
            why: wire.why.map(|text| text.into_domain(language)),
            is_correct: false,
            is_pinned: wire.pin.unwrap_or(false),
        })
    })
}

/// The ids that a list has, even where its elements are broken otherwise.
pub(super) fn ids<'v>(value: &'v Value, key: &str) -> Vec<&'v str> {
    let written = value.get(key).and_then(Value::as_array);
    let ids = written.into_iter().flatten().take(limits::CHOICES);
    ids.filter_map(|element| element.get("id")?.as_str())
        .collect()
}

/// How far a response is that fills some of the places wanted.
pub(super) fn filled(given: usize, wanted: usize) -> Completeness {
    let number = |count: usize| i32::try_from(count).unwrap_or(i32::MAX);
    match number(wanted) - number(given) {
        _ if given == 0 => Completeness::Unanswered,
        0 => Completeness::Complete,
        missing => Completeness::Incomplete { missing },
    }
}

/// A number of parts, for a tally.
pub(super) fn count(parts: usize) -> u32 {
    u32::try_from(parts).unwrap_or(u32::MAX)
}

impl QuestionType for Ordering {
    fn pins(&self) -> Vec<bool> {
        self.items.iter().map(|item| item.is_pinned).collect()
    }

    // There are as many places as the key has, as in the real exam: what comes after them is nowhere.
    fn accept(&self, response: &Response) -> Response {
        let mut accepted: Vec<String> = Vec::new();
        for id in &response.0 {
            if accepted.len() < self.order.len()
                && !accepted.contains(id)
                && self.items.iter().any(|item| item.id == *id)
            {
                accepted.push(id.clone());
            }
        }
        Response(accepted)
    }

    fn completeness(&self, response: &Response) -> Completeness {
        filled(response.0.len(), self.order.len())
    }

    fn tally(&self, response: &Response) -> Tally {
        let chosen = self.accept(response).0;
        let pairs = chosen.iter().zip(&self.order);
        let right = pairs.filter(|(given, key)| given == key).count();
        let wrong = count(chosen.len() - right);
        Tally {
            right: count(right),
            of_right: count(self.order.len()),
            wrong,
            guessed: Points::share(
                wrong,
                count(self.order.len() * self.items.len().saturating_sub(1)),
            ),
            is_by_place: true,
        }
    }

    fn key(&self) -> Response {
        Response(self.order.clone())
    }

    fn interaction(&self, presentation: Presentation<'_>) -> Interaction {
        let chosen = self.accept(presentation.response).0;
        let places = if presentation.is_marked {
            self.rows(&chosen)
        } else {
            let places = chosen.into_iter().map(|id| PlaceView {
                id: id.clone(),
                label: None,
                choices: Vec::new(),
                given: id,
                read: None,
                verdict: None,
            });
            places.collect()
        };
        Interaction::parts(PartsView {
            kind: Kind::Ordering,
            text: None,
            places,
            pool: choices::view(&self.items, Pick::Exactly(self.order.len()), presentation).choices,
            wanted: self.order.len(),
        })
    }
}

impl Ordering {
    /// The reader's sequence beside the key's; it may be shorter.
    fn rows(&self, chosen: &[String]) -> Vec<PlaceView> {
        let at = |list: &[String], row: usize| list.get(row).cloned().unwrap_or_default();
        let rows = 0..self.order.len();
        rows.map(|row| {
            let (given, key) = (at(chosen, row), at(&self.order, row));
            PlaceView {
                id: digits(row as u64 + 1),
                label: None,
                choices: Vec::new(),
                verdict: Some(PlaceVerdict {
                    is_correct: given == key,
                    key,
                    why: None,
                }),
                read: None,
                given,
            }
        })
        .collect()
    }
}
