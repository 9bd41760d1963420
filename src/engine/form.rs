//! Forms and papers: how a paper is made, and making it. A paper is a pure function of set, form and seed.

use core::time::Duration;

use super::format::reader::Reader;
use super::format::wire;
pub use super::format::wire::{Credit, Draw, Feedback, Mode, Navigation};
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
            draw: Draw::All,
            time_limit: None,
            credit: Credit::AllOrNothing,
            pass: None,
            feedback: Feedback::Immediate,
            navigation: Navigation::Free,
            shuffles_questions: false,
            shuffles_choices: false,
        }
    }

    /// The form as the element's attributes narrow it.
    #[must_use]
    pub fn narrowed(&self, narrowing: &Narrowing, set: &QuestionSet) -> Self {
        let mut form = self.clone();
        if let Some(count) = narrowing.count {
            form.count = Some(form.count.map_or(count, |own| own.min(count)));
        }
        let wanted: Vec<usize> = narrowing
            .domains
            .iter()
            .filter_map(|id| set.domains.iter().position(|domain| domain.id == *id))
            .filter(|index| form.domains.is_empty() || form.domains.contains(index))
            .collect();
        if !wanted.is_empty() {
            form.domains = wanted;
        }
        if let Some(limit) = narrowing.time_limit {
            form.time_limit = limit;
        }
        form
    }

    /// The questions it may draw from, as indices in the author's order.
    fn pool(&self, set: &QuestionSet) -> Vec<usize> {
        let in_domains = |domain: Option<usize>| {
            self.domains.is_empty() || domain.is_some_and(|domain| self.domains.contains(&domain))
        };
        set.questions
            .iter()
            .enumerate()
            .filter(|(_, question)| in_domains(question.domain))
            .map(|(index, _)| index)
            .collect()
    }

    /// How many questions its paper has.
    pub fn size(&self, set: &QuestionSet) -> usize {
        let pool = self.pool(set).len();
        self.count.map_or(pool, |count| pool.min(count as usize))
    }

    /// The paper of a seed.
    pub fn paper(&self, set: &QuestionSet, seed: &str) -> Paper {
        let mut random = Random::new(seed, "questions");
        let mut drawn = self.drawn(set, &mut random);
        drawn.sort_unstable();
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
                Some(Item { question: *index, order })
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
/// A domain with too few gives what it has; the others fill up.
fn by_domain(set: &QuestionSet, pool: &[usize], size: usize) -> Vec<usize> {
    let of = |index: usize| set.questions.get(index).and_then(|question| question.domain);
    let mut groups: Vec<(u64, Vec<usize>)> = set.domains.iter().map(|domain| (u64::from(domain.weight), Vec::new())).collect();
    let mut rest = Vec::new();
    for index in pool {
        match of(*index).and_then(|domain| groups.get_mut(domain)) {
            Some((_, group)) => group.push(*index),
            None => rest.push(*index),
        }
    }
    groups.retain(|(_, group)| !group.is_empty());
    let weights: Vec<u64> = groups.iter().map(|(weight, _)| *weight).collect();
    let mut drawn = Vec::with_capacity(size);
    for ((_, group), share) in groups.iter().zip(largest_remainder(&weights, size)) {
        drawn.extend(group.iter().take(share));
        rest.extend(group.iter().skip(share));
    }
    rest.truncate(size.saturating_sub(drawn.len()));
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
    let mut by_remainder: Vec<usize> = (0..weights.len()).collect();
    by_remainder.sort_by_key(|index| {
        core::cmp::Reverse(weights.get(*index).map_or(0, |weight| exact(*weight) % total))
    });
    let left = size.saturating_sub(shares.iter().sum());
    for index in by_remainder.into_iter().take(left) {
        if let Some(share) = shares.get_mut(index) {
            *share += 1;
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

/// Converts a form as written. What cannot be meant is told and replaced by its default.
pub(super) fn read(
    wire: &wire::Form,
    language: &str,
    domains: &[Domain],
    questions: usize,
    reader: &mut Reader,
) -> Form {
    let mode = wire.mode.unwrap_or(Mode::Practice);
    let defaults = Form::practice();
    let mut own_domains = Vec::new();
    for (index, id) in wire.domains.iter().flatten().enumerate() {
        match domains.iter().position(|domain| domain.id == id.0) {
            Some(domain) => own_domains.push(domain),
            None => reader.within("domains", |reader| {
                reader.within_index(index, |reader| {
                    reader.error(
                        "unknown-domain",
                        "This domain is not in the set's `domains`: add it there, or correct the id. It is ignored.",
                    );
                });
            }),
        }
    }
    let count = wire.count.filter(|count| *count > 0);
    if wire.count == Some(0) {
        reader.within("count", |reader| {
            reader.error("empty-form", "`count` must be 1 or more: all questions are used.");
        });
    } else if count.is_some_and(|count| count as usize > questions) {
        reader.within("count", |reader| {
            reader.warning(
                "too-few-questions",
                "The form asks for more questions than the set has: all of them are used.",
            );
        });
    }
    let shuffles = |what: wire::Shuffle| wire.shuffle.iter().flatten().any(|word| *word == what);
    Form {
        id: wire.id.0.clone(),
        title: Some(Text::from_wire(wire.title.clone(), language)),
        mode,
        count,
        domains: own_domains,
        draw: wire.draw.unwrap_or(if count.is_some() { Draw::Random } else { Draw::All }),
        time_limit: wire.time_limit.and_then(|limit| limit.0),
        credit: wire.credit.unwrap_or(defaults.credit),
        pass: pass_mark(wire, reader),
        feedback: wire.feedback.unwrap_or(match mode {
            Mode::Practice => Feedback::Immediate,
            Mode::Exam => Feedback::AtEnd,
        }),
        navigation: wire.navigation.unwrap_or(Navigation::Free),
        shuffles_questions: shuffles(wire::Shuffle::Questions),
        shuffles_choices: shuffles(wire::Shuffle::Choices),
    }
}

fn pass_mark(wire: &wire::Form, reader: &mut Reader) -> Option<PassMark> {
    let (key, percent) = match (&wire.pass, &wire.scale) {
        (Some(pass), _) => ("pass", Some(pass.percent)),
        (None, Some(scale)) => ("scale", scale.percent),
        (None, None) => return None,
    };
    let mark = match (percent, &wire.scale) {
        (Some(percent), _) => Some(PassMark::Percent(percent)).filter(|_| (1..=100).contains(&percent)),
        (None, Some(scale)) => scale.max.zip(scale.pass).and_then(|(max, pass)| {
            let min = scale.min.unwrap_or(0);
            (min < max && (min..=max).contains(&pass)).then_some(PassMark::Scaled(Scale { min, max, pass }))
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
mod tests {
    use super::*;
    use crate::engine::format;

    fn set(questions: usize) -> QuestionSet {
        let questions: Vec<String> = (0..questions)
            .map(|number| {
                format!(
                    r#"{{"id":"q{number}","type":"single","domain":"d{}","prompt":"?","choices":[
                       {{"id":"a","text":"A","correct":true}},{{"id":"b","text":"B"}},{{"id":"c","text":"C"}},
                       {{"id":"d","text":"None of these","pin":true}}]}}"#,
                    number % 4
                )
            })
            .collect();
        let text = format!(
            r#"{{"mondai":1,"id":"s","title":"S","domains":[{{"id":"d0","title":"0","weight":28}},{{"id":"d1","title":"1","weight":26}},
               {{"id":"d2","title":"2","weight":22}},{{"id":"d3","title":"3","weight":24}}],"questions":[{}]}}"#,
            questions.join(",")
        );
        format::read(&text).set.unwrap()
    }

    fn order(paper: &Paper) -> Vec<usize> {
        paper.items.iter().map(|item| item.question).collect()
    }

    #[test]
    fn shares_are_exact_for_the_exam() {
        let weights = [28, 26, 22, 24];
        for (size, expected) in [(65, [18, 17, 14, 16]), (50, [14, 13, 11, 12]), (0, [0; 4]), (1, [1, 0, 0, 0])] {
            assert_eq!(largest_remainder(&weights, size), expected, "{size}");
        }
        assert_eq!(largest_remainder(&[0, 0], 5), [0, 0]);
        assert_eq!(largest_remainder(&[], 5), [0; 0]);
    }

    #[test]
    fn a_paper_depends_on_the_seed_alone() {
        let set = set(40);
        let form = Form {
            count: Some(20),
            draw: Draw::Random,
            shuffles_questions: true,
            shuffles_choices: true,
            ..Form::practice()
        };
        let paper = form.paper(&set, "s1");
        assert_eq!(paper, form.paper(&set, "s1"));
        assert_ne!(paper, form.paper(&set, "s2"));
        let mut questions = order(&paper);
        questions.sort_unstable();
        questions.dedup();
        assert_eq!(questions.len(), 20);
    }

    #[test]
    fn without_shuffle_the_authors_order_stays() {
        let set = set(12);
        assert_eq!(order(&Form::practice().paper(&set, "x")), (0..12).collect::<Vec<_>>());
        let some = Form { count: Some(5), draw: Draw::Random, ..Form::practice() };
        assert!(order(&some.paper(&set, "x")).is_sorted());
    }

    #[test]
    fn pinned_choices_keep_their_places() {
        let set = set(1);
        let form = Form { shuffles_choices: true, ..Form::practice() };
        let mut orders = std::collections::BTreeSet::new();
        for seed in 0..100 {
            let paper = form.paper(&set, &seed.to_string());
            let order = &paper.items[0].order;
            assert_eq!(order[3], 3);
            orders.insert(order.clone());
        }
        assert_eq!(orders.len(), 6);
    }

    #[test]
    fn attributes_narrow_and_never_widen() {
        let set = set(40);
        let form = Form { count: Some(10), ..Form::practice() };
        for (count, domains, expected) in [
            (Some(3), vec![], 3),
            (Some(30), vec![], 10),
            (None, vec!["d1"], 10),
            (Some(2), vec!["d1", "d2"], 2),
            (None, vec!["nowhere"], 10),
        ] {
            let narrowing = Narrowing {
                count,
                domains: domains.into_iter().map(str::to_owned).collect(),
                time_limit: None,
            };
            assert_eq!(form.narrowed(&narrowing, &set).size(&set), expected, "{narrowing:?}");
        }
    }

    #[test]
    fn a_draw_by_domain_fills_up_where_one_has_too_few() {
        let set = set(40);
        let form = Form { count: Some(36), draw: Draw::ByDomain, ..Form::practice() };
        assert_eq!(form.paper(&set, "x").items.len(), 36);
    }
}
