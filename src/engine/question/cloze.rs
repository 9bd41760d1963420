//! `cloze`: a text with gaps, each to be filled from a list or by typing.
//!
//! A response has an entry `gap=value` for each gap that is filled: the id of a choice, or what was typed. The same entries
//! name the choices on screen, so that one list holds those of all gaps.

mod places;

use crate::engine::json::Value;

use super::choices::{self, Choice, Pick};
use super::matching::{entry, pair};
use super::ordering::{count, filled};
use super::parts::{Kind, PartsView, PlaceVerdict, PlaceView};
use super::text::{Texts, typed};
use super::{Completeness, Interaction, Presentation, QuestionType, Response};
use crate::engine::format::reader::{Reader, Wire, wire, wrong_kind};
use crate::engine::format::wire::Text as WireText;
use crate::engine::points::Points;
use crate::engine::scoring::Tally;
use crate::engine::text::Text;
use places::places;
pub use places::{Place, first_place, have_same_gaps};

/// Gaps of a question. More would be no question, and comparing them with each other no quick matter.
pub(crate) const GAPS: usize = 100;

wire! {
    /// What a `cloze` question has beside what every question has.
    Gapped is "an object with `text` and `gaps`" {
        /// Markdown with the gaps in it as `{{id}}`, each once.
        required text: WireText,
        /// For the id of each gap, what can be chosen there or what is accepted.
        required gaps: Gaps,
    }
}

/// What fills the gaps; here only that it is an object. [`read`] reads those that the text has.
#[derive(Clone, Copy, Debug)]
pub struct Gaps;

/// What one gap must be.
const GAP: &str = "an object with either `choices` or `accept`";

impl Wire for Gaps {
    const EXPECTED: &'static str =
        "an object with a gap for each id, such as {\"speed\": {\"accept\": \"fast\"}}";

    fn read<const TELLS: bool>(value: &Value, reader: &mut Reader<TELLS>) -> Option<Self> {
        if value.as_object().is_none() {
            wrong_kind(Self::EXPECTED, reader);
            return None;
        }
        Some(Self)
    }
}

#[cfg(feature = "author")]
impl schemars::JsonSchema for Gaps {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Gaps".into()
    }

    fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        let list = generator.subschema_for::<choices::Choices>();
        let typed = generator.subschema_for::<super::text::Accepted>();
        schemars::json_schema!({
            "type": "object",
            "minProperties": 1,
            "additionalProperties": { "anyOf": [list, typed] },
        })
    }
}

/// Why an author may not see a gap in the text that they wrote there.
const TAKEN: &str = "If it stands there, something took its braces before they came here: Jekyll (Liquid), Hugo, Eleventy (Nunjucks), Handlebars, Jinja and Vue read double braces as their own. Put the question set into a file of its own, which they leave alone, or escape the braces as README says under \"Cloze and template engines\".";

/// A question whose answer fills the gaps of a text.
#[derive(Clone, Debug)]
pub struct Cloze {
    text: Text,
    /// Each of them once in the text of every language.
    gaps: Vec<Gap>,
    /// The choices of all gaps, named as a response does.
    pool: Vec<Choice>,
}

#[derive(Clone, Debug)]
struct Gap {
    id: String,
    /// What may be typed; `None` if the gap has choices.
    texts: Option<Texts>,
}

/// Reads and checks it.
pub(in crate::engine) fn read<const TELLS: bool>(
    value: &Value,
    language: &str,
    reader: &mut Reader<TELLS>,
) -> Option<Cloze> {
    let errors_before = reader.error_count();
    let text = Gapped::read(value, reader)?.text;
    let written = value.get("gaps")?.as_object()?;
    let ids = reader.within("text", |reader| {
        read_places(&text, &|id| written.get(id).is_some(), reader)
    });
    let mut gaps = Vec::new();
    let mut pool = Vec::new();
    reader.within("gaps", |reader| {
        for (id, _) in written.iter() {
            if !ids.contains(&id.as_str()) {
                reader.within(id, |reader| {
                    reader.error_of(
                        "gap-not-in-text",
                        &[
                            "The text has no place for this gap: write {{",
                            id,
                            "}} into it. ",
                            TAKEN,
                            " The question is left out.",
                        ],
                    );
                });
            }
        }
        for id in ids {
            let gap = written.get(id).and_then(|value| {
                reader.within(id, |reader| {
                    read_gap(id, value, language, &mut pool, reader)
                })
            });
            gaps.extend(gap);
        }
    });
    (reader.error_count() == errors_before).then(|| Cloze {
        text: text.into_domain(language),
        gaps,
        pool,
    })
}

/// The ids of the gaps in the texts of all languages, which must have the same ones.
fn read_places<'t, const TELLS: bool>(
    text: &'t WireText,
    is_defined: &dyn Fn(&str) -> bool,
    reader: &mut Reader<TELLS>,
) -> Vec<&'t str> {
    let texts: Vec<(&str, &str)> = match text {
        WireText::Plain(text) => vec![("", text)],
        WireText::Languages(texts) => texts
            .iter()
            .map(|(tag, text)| (tag.as_str(), text.as_str()))
            .collect(),
    };
    let mut all: Vec<&str> = Vec::new();
    for (_, text) in &texts {
        for id in places(text, is_defined) {
            if !all.contains(&id) {
                all.push(id);
            }
        }
    }
    if all.is_empty() {
        reader.error(
            "no-gaps",
            "The text has no gap: write the id of each into it, in two pairs of braces, such as {{speed}}. The question is left out.",
        );
    }
    if all.len() > GAPS {
        reader.error(
            "too-many-gaps",
            "A text may have 100 gaps at most: make several questions of it. The question is left out.",
        );
        return all;
    }
    for (tag, text) in texts {
        let own = places(text, is_defined);
        let hidden = places::in_addresses(text);
        let judge = |reader: &mut Reader<TELLS>| {
            for (index, id) in own.iter().enumerate() {
                if own.iter().take(index).any(|earlier| earlier == id) {
                    reader.error_of(
                        "repeated-gap",
                        &["The gap `", id, "` is in the text twice: give one of them an id of its own. The question is left out."],
                    );
                } else if !is_defined(id) {
                    reader.error_of(
                        "gap-without-definition",
                        &["The gap `", id, "` is not in `gaps`: add it there, or correct the id. The question is left out."],
                    );
                } else if hidden.contains(id) {
                    reader.error_of(
                        "gap-in-address",
                        &["The gap `", id, "` stands in the address or title of a link, or in the words for a picture, where nobody can fill it: move it into the text. The question is left out."],
                    );
                }
            }
            for id in &all {
                if !own.contains(id) {
                    reader.error_of(
                        "gap-not-in-every-text",
                        &["The gap `", id, "` is in the text of another language only: write it into this one too. The question is left out."],
                    );
                }
            }
        };
        if tag.is_empty() {
            judge(reader);
        } else {
            reader.within(tag, judge);
        }
    }
    all
}

fn read_gap<const TELLS: bool>(
    id: &str,
    value: &Value,
    language: &str,
    pool: &mut Vec<Choice>,
    reader: &mut Reader<TELLS>,
) -> Option<Gap> {
    let has = |key: &str| value.get(key).is_some_and(|value| *value != Value::Null);
    let texts = match (has("choices"), has("accept")) {
        (true, false) => {
            let own = choices::read(value, language, reader, |right, _, reader| {
                match right {
                0 => reader.error(
                    "no-correct-choice",
                    "No choice is marked as correct: add \"correct\": true to the right one. The question is left out.",
                ),
                1 => {}
                _ => reader.error(
                    "several-correct-choices",
                    "More than one choice of this gap is correct: keep one. The question is left out.",
                ),
            }
            })?;
            for mut choice in own {
                choice.id = pair(id, &choice.id);
                pool.push(choice);
            }
            None
        }
        (false, true) => Some(Texts::read(value, language, reader)?),
        _ => {
            wrong_kind(GAP, reader);
            return None;
        }
    };
    Some(Gap {
        id: id.to_owned(),
        texts,
    })
}

impl Cloze {
    fn gap(&self, id: &str) -> Option<&Gap> {
        self.gaps.iter().find(|gap| gap.id == id)
    }

    /// The choices of a gap, with their indices in the pool.
    fn choices<'c>(&'c self, gap: &'c Gap) -> impl Iterator<Item = (usize, &'c Choice)> {
        let is_own = |choice: &Choice| {
            choice
                .id
                .split_once('=')
                .is_some_and(|(own, _)| own == gap.id)
        };
        self.pool
            .iter()
            .enumerate()
            .filter(move |(_, choice)| is_own(choice))
    }

    /// The entry for a gap, as far as it is kept.
    fn given(&self, gap: &Gap, response: &Response) -> Option<String> {
        if gap.texts.is_some() {
            let (_, value) = entry(response, &gap.id, |value| typed(value).is_some())?;
            return Some(pair(&gap.id, &typed(value)?));
        }
        let is_choice = |value: &str| {
            self.choices(gap)
                .any(|(_, choice)| choice.id == pair(&gap.id, value))
        };
        let (entry, _) = entry(response, &gap.id, is_choice)?;
        Some(entry.to_owned())
    }

    /// Whether an entry fills its gap rightly.
    fn is_right(&self, gap: &Gap, entry: &str) -> bool {
        match &gap.texts {
            Some(texts) => entry
                .split_once('=')
                .is_some_and(|(_, typed)| texts.accepts(typed)),
            None => self
                .choices(gap)
                .any(|(_, choice)| choice.is_correct && choice.id == entry),
        }
    }

    /// What fills a gap rightly, as a place names it: the id of a choice, or a text.
    fn key_of(&self, gap: &Gap, language: &str) -> String {
        if let Some(texts) = &gap.texts {
            return texts.key(language);
        }
        let right = self.choices(gap).find(|(_, choice)| choice.is_correct);
        right.map_or_else(String::new, |(_, choice)| choice.id.clone())
    }

    /// The choices of a gap in the order of the paper. That order is one of all gaps' choices, so that a pinned one need
    /// not have kept its place among those of its gap.
    fn arranged(&self, gap: &Gap, order: &[usize]) -> Vec<usize> {
        let own: Vec<(usize, bool)> = self
            .choices(gap)
            .map(|(index, choice)| (index, choice.is_pinned))
            .collect();
        let mut free = order
            .iter()
            .copied()
            .filter(|index| own.contains(&(*index, false)));
        let placed = own.iter().filter_map(|(index, is_pinned)| {
            if *is_pinned {
                Some(*index)
            } else {
                free.next()
            }
        });
        placed.collect()
    }

    fn place(&self, gap: &Gap, presentation: Presentation<'_>, choices: Vec<String>) -> PlaceView {
        let entry = self.given(gap, presentation.response);
        let verdict = presentation.is_marked.then(|| PlaceVerdict {
            is_correct: entry
                .as_ref()
                .is_some_and(|entry| self.is_right(gap, entry)),
            key: self.key_of(gap, presentation.language),
            why: None,
        });
        let given = match (
            &gap.texts,
            entry.as_ref().and_then(|entry| entry.split_once('=')),
        ) {
            (Some(_), Some((_, typed))) => typed.to_owned(),
            _ => entry.unwrap_or_default(),
        };
        PlaceView {
            id: gap.id.clone(),
            label: None,
            choices,
            given,
            read: None,
            verdict,
        }
    }
}

impl QuestionType for Cloze {
    fn pins(&self) -> Vec<bool> {
        self.pool.iter().map(|choice| choice.is_pinned).collect()
    }

    fn accept(&self, response: &Response) -> Response {
        Response(
            self.gaps
                .iter()
                .filter_map(|gap| self.given(gap, response))
                .collect(),
        )
    }

    fn completeness(&self, response: &Response) -> Completeness {
        filled(self.accept(response).0.len(), self.gaps.len())
    }

    fn tally(&self, response: &Response) -> Tally {
        let mut tally = Tally {
            of_right: count(self.gaps.len()),
            is_by_place: true,
            ..Tally::default()
        };
        for gap in &self.gaps {
            let entry = self.given(gap, response);
            let is_right = entry
                .as_ref()
                .is_some_and(|entry| self.is_right(gap, entry));
            tally.right += u32::from(is_right);
            // There is nothing to guess from where the reader types.
            if gap.texts.is_none() && entry.is_some() && !is_right {
                tally.wrong += 1;
                // Each gap is worth as much as the others, and guessing one gains the less the more choices it has.
                let others = self.choices(gap).count().saturating_sub(1);
                tally.guessed += Points::share(1, count(self.gaps.len() * others));
            }
        }
        tally
    }

    fn key(&self) -> Response {
        let entries = self.gaps.iter().map(|gap| {
            let key = self.key_of(gap, "");
            if gap.texts.is_some() {
                pair(&gap.id, &key)
            } else {
                key
            }
        });
        Response(entries.collect())
    }

    fn interaction(&self, presentation: Presentation<'_>) -> Interaction {
        let text = self.text.resolve(presentation.language);
        let response = self.accept(presentation.response);
        let mut order = Vec::new();
        let mut views = Vec::new();
        for id in places(&text.markdown, &|id| self.gap(id).is_some()) {
            let Some(gap) = self.gap(id) else {
                continue;
            };
            let own = self.arranged(gap, presentation.order);
            let ids = own.iter().filter_map(|index| self.pool.get(*index));
            let ids = ids.map(|choice| choice.id.clone()).collect();
            views.push(self.place(gap, presentation, ids));
            order.extend(own);
        }
        let pool = choices::view(
            &self.pool,
            Pick::One,
            Presentation {
                order: &order,
                response: &response,
                ..presentation
            },
        )
        .choices;
        Interaction::parts(PartsView {
            kind: Kind::Cloze,
            text: Some(text),
            places: views,
            pool,
            wanted: self.gaps.len(),
        })
    }
}
