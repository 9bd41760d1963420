//! Forms and papers: how a paper is made, and making it. A paper is a pure function of set, form and seed.

use core::time::Duration;

use crate::engine::json::Value;

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
    /// What readers see; `None` for the form that a set without forms gets.
    pub title: Option<Text>,
    /// What kind of sitting it is.
    pub mode: Mode,
    /// At most this many questions.
    pub count: Option<u32>,
    /// Only questions of these domains (indices into the set); empty for all.
    pub domains: Vec<usize>,
    /// How questions are drawn.
    pub draw: Draw,
    /// The time for the whole paper.
    pub time_limit: Option<Duration>,
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
            mode: Mode::Practice,
            count: None,
            domains: Vec::new(),
            draw: Draw::Random,
            time_limit: None,
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
    fn pool(&self, set: &QuestionSet) -> Vec<usize> {
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

    /// The paper of a seed.
    pub fn paper(&self, set: &QuestionSet, seed: &str) -> Paper {
        let mut random = Random::new(seed, "questions");
        let drawn = self.drawn(set, &mut random);
        // Back into the author's order. Marking places is shorter in the reader's download than sorting.
        let mut is_drawn = vec![false; set.questions.len()];
        for index in drawn {
            if let Some(mark) = is_drawn.get_mut(index) {
                *mark = true;
            }
        }
        let mut drawn: Vec<usize> = is_drawn
            .iter()
            .enumerate()
            .filter(|(_, is_drawn)| **is_drawn)
            .map(|(index, _)| index)
            .collect();
        if self.shuffles_questions {
            random.shuffle(&mut drawn);
        }
        self.paper_of(set, seed, &drawn)
    }

    /// The paper of given questions in a given order; only the order of choices comes from the seed.
    pub fn paper_of(&self, set: &QuestionSet, seed: &str, questions: &[usize]) -> Paper {
        let items = questions
            .iter()
            .filter_map(|index| {
                let question = set.questions.get(*index)?;
                let pins = question.body.as_type().pins();
                let order = if self.shuffles_choices {
                    shuffled_around(&pins, &mut Random::new(seed, &question.id))
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

    fn drawn(&self, set: &QuestionSet, random: &mut Random) -> Vec<usize> {
        let mut pool = self.pool(set);
        let size = self.size(set);
        match self.draw {
            Draw::All => pool.truncate(size),
            Draw::Random => {
                random.shuffle(&mut pool);
                pool.truncate(size);
            }
            Draw::ByDomain => {
                random.shuffle(&mut pool);
                pool = by_domain(set, &pool, size);
            }
        }
        pool
    }
}

/// Takes `size` questions of a shuffled pool, each domain its share (largest remainder, also called Hamilton's method).
/// A domain with too few gives what it has; chance fills up from all that is left.
fn by_domain(set: &QuestionSet, pool: &[usize], size: usize) -> Vec<usize> {
    let of = |index: usize| {
        set.questions
            .get(index)
            .and_then(|question| question.domain)
    };
    let mut groups: Vec<(u64, Vec<usize>)> = set
        .domains
        .iter()
        .map(|domain| (u64::from(domain.weight), Vec::new()))
        .collect();
    for index in pool {
        if let Some((_, group)) = of(*index).and_then(|domain| groups.get_mut(domain)) {
            group.push(*index);
        }
    }
    groups.retain(|(_, group)| !group.is_empty());
    let weights: Vec<u64> = groups.iter().map(|(weight, _)| *weight).collect();
    let mut drawn = Vec::with_capacity(size);
    for ((_, group), share) in groups.iter().zip(largest_remainder(&weights, size)) {
        drawn.extend(group.iter().take(share));
    }
    let missing = size.saturating_sub(drawn.len());
    let rest: Vec<usize> = pool
        .iter()
        .copied()
        .filter(|index| !drawn.contains(index))
        .take(missing)
        .collect();
    drawn.extend(rest);
    drawn
}

/// Splits `size` by weights: whole parts first, then one each to the largest remainders, the earlier of equals first.
pub fn largest_remainder(weights: &[u64], size: usize) -> Vec<usize> {
    let total: u64 = weights.iter().sum();
    if total == 0 {
        return vec![0; weights.len()];
    }
    let exact = |weight: u64| weight.saturating_mul(size as u64);
    let mut shares: Vec<usize> = weights
        .iter()
        .map(|weight| usize::try_from(exact(*weight) / total).unwrap_or(0))
        .collect();
    let left = size.saturating_sub(shares.iter().sum());
    let mut remainders: Vec<u64> = weights
        .iter()
        .map(|weight| exact(*weight) % total)
        .collect();
    for _ in 0..left {
        // `rev`, because `max_by_key` gives the last of equals and the first one should win.
        let largest = remainders
            .iter()
            .enumerate()
            .rev()
            .max_by_key(|(_, remainder)| **remainder)
            .map(|(index, _)| index);
        if let Some(index) = largest
            && let Some((share, remainder)) = shares.get_mut(index).zip(remainders.get_mut(index))
        {
            *share += 1;
            *remainder = 0;
        }
    }
    shares
}

/// A random order in which pinned parts keep their places.
fn shuffled_around(pins: &[bool], random: &mut Random) -> Vec<usize> {
    let mut free: Vec<usize> = pins
        .iter()
        .enumerate()
        .filter(|(_, is_pinned)| !**is_pinned)
        .map(|(index, _)| index)
        .collect();
    random.shuffle(&mut free);
    let mut free = free.into_iter();
    pins.iter()
        .enumerate()
        .filter_map(|(index, is_pinned)| if *is_pinned { Some(index) } else { free.next() })
        .collect()
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

/// Reads a form. What cannot be meant is told and replaced by its default; `None` means that it is left out.
pub(super) fn read(
    value: &Value,
    language: &str,
    domains: &[Domain],
    questions: &[Question],
    reader: &mut Reader,
) -> Option<Form> {
    let wire = wire::Form::read(value, reader)?;
    let mode = wire.mode.unwrap_or(Mode::Practice);
    let defaults = Form::practice();
    let own_domains = own_domains(value, domains, questions, reader);
    let count = wire.count.filter(|count| *count > 0);
    if wire.count == Some(0) {
        reader.within("count", |reader| {
            reader.error(
                "empty-form",
                "`count` must be 1 or more: all questions are used.",
            );
        });
    }
    let shuffles = |what: wire::Shuffle| wire.shuffle.iter().flatten().any(|word| *word == what);
    let form = Form {
        pass: pass_mark(&wire, reader),
        id: wire.id.0,
        title: Some(Text::from_wire(wire.title, language)),
        mode,
        count,
        domains: own_domains,
        draw: wire.draw.unwrap_or(defaults.draw),
        time_limit: wire.time_limit.and_then(|limit| limit.0),
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
    Some(form)
}

fn own_domains(
    value: &Value,
    domains: &[Domain],
    questions: &[Question],
    reader: &mut Reader,
) -> Vec<usize> {
    let own = each(value, "domains", usize::MAX, reader, |value, reader| {
        let id = wire::Id::read(value, reader)?;
        let found = domains.iter().position(|domain| domain.id == id.0);
        if found.is_none() {
            reader.error(
                "unknown-domain",
                "This domain is not in the set's `domains`: add it there, or correct the id. It is ignored.",
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
            "No question belongs to these domains: all questions are used. Add some, or name other domains.",
        );
    });
    Vec::new()
}

fn pass_mark(wire: &wire::Form, reader: &mut Reader) -> Option<PassMark> {
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
                "A pass mark is {\"percent\": 1 to 100}, or {\"min\", \"max\", \"pass\"} with min below max and pass between them: this form has no pass mark until it is mended.",
            );
        });
    }
    mark
}

#[cfg(test)]
mod tests;
