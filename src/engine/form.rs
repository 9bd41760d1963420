//! Forms and papers: how a paper is made, and making it. A paper is a pure function of set, form and seed.

use core::time::Duration;

use crate::engine::json::Value;

use super::draw::{self, Seen};
use super::format::reader::{Reader, Wire, each};
use super::format::wire;
pub use super::format::wire::{Credit, Draw, Feedback, Mode, Navigation};
use super::question::Question;
use super::random::Random;
use super::scoring::{PassMark, Scale};
use super::set::{Domain, QuestionSet, Text};

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

    /// The form as the element's attributes narrow it. What would leave no question is passed over.
    #[must_use]
    pub fn narrowed(&self, narrowing: &Narrowing, set: &QuestionSet) -> Self {
        let mut form = self.clone();
        if let Some(count) = narrowing.count.filter(|count| *count > 0) {
            form.count = Some(form.count.map_or(count, |own| own.min(count)));
        }
        let wanted: Vec<usize> = narrowing
            .domains
            .iter()
            .filter_map(|id| set.domains.iter().position(|domain| domain.id == *id))
            .filter(|index| form.domains.is_empty() || form.domains.contains(index))
            .collect();
        let is_asked = |question: &Question| {
            question
                .domain
                .is_some_and(|domain| wanted.contains(&domain))
        };
        if set.questions.iter().any(is_asked) {
            form.domains = wanted;
        }
        if let Some(limit) = narrowing.time_limit {
            form.time_limit = limit;
        }
        form
    }

    /// The questions it may draw from, as indices in the author's order.
    pub(super) fn pool(&self, set: &QuestionSet) -> Vec<usize> {
        set.questions
            .iter()
            .enumerate()
            .filter(|(_, question)| self.takes(question))
            .map(|(index, _)| index)
            .collect()
    }

    fn takes(&self, question: &Question) -> bool {
        self.domains.is_empty()
            || question
                .domain
                .is_some_and(|domain| self.domains.contains(&domain))
    }

    /// How many questions its paper has.
    pub fn size(&self, set: &QuestionSet) -> usize {
        let pool = self.pool(set).len();
        self.count.map_or(pool, |count| pool.min(count as usize))
    }

    /// The paper of a seed. Where the form draws, questions not seen lately come first.
    pub fn paper(&self, set: &QuestionSet, seed: &str, history: &Seen) -> Paper {
        let mut random = Random::new(seed, "questions");
        let mut units = (set.drawing.draw)(self, set, self.pool(set), history, &mut random);
        if self.shuffles_questions {
            random.shuffle(&mut units);
        }
        self.paper_of(set, seed, &units.concat())
    }

    /// The paper of given questions in a given order; only the order of choices comes from the seed.
    pub fn paper_of(&self, set: &QuestionSet, seed: &str, questions: &[usize]) -> Paper {
        let items = questions
            .iter()
            .filter_map(|index| {
                let question = set.questions.get(*index)?;
                let pins = question.body.as_type().pins();
                let order = if self.shuffles_choices {
                    draw::around_pins(&pins, &mut Random::new(seed, &question.id))
                } else {
                    (0..pins.len()).collect()
                };
                Some(Item {
                    question: *index,
                    order,
                })
            })
            .collect();
        Paper { items }
    }

    /// Which questions of a paper do not count, by position. Asked only for a report, so that nothing before it can give
    /// them away.
    pub fn unscored(&self, set: &QuestionSet, seed: &str, questions: &[usize]) -> Vec<bool> {
        (set.drawing.unscored)(self, set, seed, questions)
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

/// The questions of one sitting, in order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Paper {
    /// One a question.
    pub items: Vec<Item>,
}

/// One question of a paper.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// Its index in the set.
    pub question: usize,
    /// The order of its parts.
    pub order: Vec<usize>,
}

/// Reads a form. If there is an error in it, it is not sound: what the author meant is not known.
pub(super) fn read<const TELLS: bool>(
    value: &Value,
    language: &str,
    domains: &[Domain],
    questions: &[Question],
    reader: &mut Reader<TELLS>,
) -> Form {
    let errors_before = reader.error_count();
    let Some(wire) = wire::Form::read(value, reader) else {
        // Its id may be known all the same.
        let id = value.get("id").and_then(Value::as_str).unwrap_or("");
        return Form {
            id: id.to_owned(),
            is_sound: false,
            ..Form::practice()
        };
    };
    let mode = wire.mode.unwrap_or(Mode::Practice);
    let defaults = Form::practice();
    let own_domains = own_domains(value, domains, questions, reader);
    let count = wire.count.filter(|count| *count > 0);
    if wire.count == Some(0) {
        reader.within("count", |reader| {
            reader.error(
                "empty-form",
                "`count` must be 1 or more; leave it out for all questions. The form cannot be used until it is mended.",
            );
        });
    }
    let shuffles = |what: wire::Shuffle| wire.shuffle.iter().flatten().any(|word| *word == what);
    let mut form = Form {
        pass: pass_mark(&wire, reader),
        id: wire.id.0,
        untitled: wire.title.is_none().then_some(mode),
        title: wire
            .title
            .map(|title| Text::from_wire(title, language).inline()),
        is_sound: true,
        mode,
        count,
        domains: own_domains,
        draw: wire.draw.unwrap_or(defaults.draw),
        unscored: 0,
        time_limit: wire.time_limit.and_then(|limit| limit.0),
        question_time: wire.question_time.and_then(|limit| limit.0),
        credit: wire.credit.unwrap_or(defaults.credit),
        feedback: wire.feedback.unwrap_or(match mode {
            Mode::Practice => Feedback::Immediate,
            Mode::Exam => Feedback::AtEnd,
        }),
        navigation: wire.navigation.unwrap_or(defaults.navigation),
        shuffles_questions: shuffles(wire::Shuffle::Questions),
        shuffles_choices: shuffles(wire::Shuffle::Choices),
    };
    let there = questions
        .iter()
        .filter(|question| form.takes(question))
        .count();
    if form.count.is_some_and(|count| count as usize > there) {
        reader.within("count", |reader| {
            reader.warning(
                "too-few-questions",
                "The form asks for more questions than there are for it: all of them are used. Add some, or lower `count`.",
            );
        });
    }
    let size = form.count.map_or(there, |count| there.min(count as usize));
    let unscored = wire.unscored.unwrap_or(0);
    if unscored > 0 && unscored as usize >= size {
        reader.within("unscored", |reader| {
            reader.error(
                "nothing-scored",
                "`unscored` must be smaller than the number of questions, so that some count. The form cannot be used until it is mended.",
            );
        });
    } else {
        form.unscored = unscored;
    }
    if form.draw == Draw::ByDomain {
        judge_weights(domains, reader);
    }
    form.is_sound = reader.error_count() == errors_before;
    form
}

/// Weights are relative, but an author who wrote percents wants to know when they are none.
fn judge_weights<const TELLS: bool>(domains: &[Domain], reader: &mut Reader<TELLS>) {
    let sum: u64 = domains
        .iter()
        .map(|domain| u64::from(domain.weight.unwrap_or(1)))
        .sum();
    let message = if sum == 0 {
        "All weights in `domains` are 0, so nothing can be drawn by domain: any questions are drawn. Give weights above 0."
    } else if domains.iter().any(|domain| domain.weight.is_none()) {
        "Some domains have no `weight`, which counts as 1: give each domain its share in percent."
    } else if sum != 100 {
        "The weights in `domains` do not add up to 100: they are taken as relative shares. Correct them if they were meant as percent."
    } else {
        return;
    };
    reader.within("draw", |reader| {
        reader.warning("weights-do-not-add-up", message);
    });
}

fn own_domains<const TELLS: bool>(
    value: &Value,
    domains: &[Domain],
    questions: &[Question],
    reader: &mut Reader<TELLS>,
) -> Vec<usize> {
    let own = each(value, "domains", usize::MAX, reader, |value, reader| {
        let id = wire::Id::read(value, reader)?;
        let found = domains.iter().position(|domain| domain.id == id.0);
        if found.is_none() {
            reader.error(
                "unknown-domain",
                "This domain is not in the set's `domains`: add it there, or correct the id. The form cannot be used until it is mended.",
            );
        }
        found
    });
    let is_asked =
        |question: &Question| question.domain.is_some_and(|domain| own.contains(&domain));
    if own.is_empty() || questions.is_empty() || questions.iter().any(is_asked) {
        return own;
    }
    reader.within("domains", |reader| {
        reader.error(
            "empty-form",
            "No question belongs to these domains: add some, or name other domains. The form cannot be used until it is mended.",
        );
    });
    Vec::new()
}

fn pass_mark<const TELLS: bool>(wire: &wire::Form, reader: &mut Reader<TELLS>) -> Option<PassMark> {
    let (key, percent) = match (&wire.pass, &wire.scale) {
        (Some(pass), _) => ("pass", Some(pass.percent)),
        (None, Some(scale)) => ("scale", scale.percent),
        (None, None) => return None,
    };
    let mark = match (percent, &wire.scale) {
        (Some(percent), _) => {
            Some(PassMark::Percent(percent)).filter(|_| (1..=100).contains(&percent))
        }
        (None, Some(scale)) => scale.max.zip(scale.pass).and_then(|(max, pass)| {
            let min = scale.min.unwrap_or(0);
            (min < max && (min..=max).contains(&pass)).then_some(PassMark::Scaled(Scale {
                min,
                max,
                pass,
            }))
        }),
        (None, None) => None,
    };
    if mark.is_none() {
        reader.within(key, |reader| {
            reader.error(
                "impossible-pass-mark",
                "A pass mark is {\"percent\": 1 to 100}, or {\"min\", \"max\", \"pass\"} with min below max and pass between them. The form cannot be used until it is mended.",
            );
        });
    }
    mark
}

#[cfg(test)]
mod tests;
