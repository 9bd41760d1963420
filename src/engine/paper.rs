//! Papers: the questions of one sitting. A paper is a pure function of set, form, seed and what was seen.

use super::form::{Form, Narrowing};
use super::question::Question;
use super::random::Random;
use super::set::{QuestionSet, Seen};

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

impl Form {
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
            .filter(|(_, question)| self.takes(question.domain))
            .map(|(index, _)| index)
            .collect()
    }

    /// How many questions its paper has.
    pub fn size(&self, set: &QuestionSet) -> usize {
        self.size_of(self.pool(set).len())
    }

    /// The same for a pool of so many.
    fn size_of(&self, pool: usize) -> usize {
        self.count.map_or(pool, |count| pool.min(count as usize))
    }

    /// The paper of a seed. Where the form draws, questions not seen lately come first.
    pub fn paper(&self, set: &QuestionSet, seed: &str, history: &Seen) -> Paper {
        let mut random = Random::new(seed, "questions");
        let pool = self.pool(set);
        let size = self.size_of(pool.len());
        let mut units = (set.drawing).draw(self, set, pool, size, history, &mut random);
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
                    around_pins(&pins, &mut Random::new(seed, &question.id))
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
        set.drawing.unscored(self, set, seed, questions)
    }
}

/// A random order in which pinned parts keep their places.
pub fn around_pins(pins: &[bool], random: &mut Random) -> Vec<usize> {
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

#[cfg(test)]
mod tests;
