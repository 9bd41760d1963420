//! The domain types of a question set, built only by [`super::format`].

use core::fmt;

use super::form::Form;
use super::question::{Presentation, Question, Response};
use super::random::Random;
use super::text::{Prose, Text};

/// A subject area of a set.
#[derive(Clone, Debug)]
pub struct Domain {
    /// Its name in questions and forms.
    pub id: String,
    /// What readers see.
    pub title: Text,
    /// Its share of a paper drawn by domain, relative to the others; 1 where the author says none.
    pub weight: Option<u32>,
}

/// A case that several questions are about.
#[derive(Clone, Debug)]
pub struct Scenario {
    /// Its name in questions.
    pub id: String,
    /// The case.
    pub text: Text,
}

/// When each question of a set was last seen, by index: 0 for never, else any number that grows with time.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Seen(pub Vec<i64>);

impl Seen {
    /// Of the question at an index.
    pub(super) fn at(&self, index: usize) -> i64 {
        self.0.get(index).copied().unwrap_or(0)
    }
}

/// How papers are drawn from a set: part of what a set may need more of (see [`super::format::Kit`]).
pub trait Drawing {
    /// Draws the paper of a form from a pool in the author's order, as many as there shall be; in units that stay together.
    fn draw(
        &self,
        form: &Form,
        set: &QuestionSet,
        pool: Vec<usize>,
        size: usize,
        seen: &Seen,
        random: &mut Random,
    ) -> Vec<Vec<usize>>;

    /// Which questions of a paper do not count, by position: from the seed and the indices of the questions.
    fn unscored(
        &self,
        form: &Form,
        set: &QuestionSet,
        seed: &str,
        questions: &[usize],
    ) -> Vec<bool>;
}

impl fmt::Debug for dyn Drawing {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("Drawing")
    }
}

/// The indexes of questions, ordered by id. A tree or a table is more code than a reader can be asked to load.
#[derive(Clone, Debug)]
pub(super) struct ById(Vec<usize>);

impl ById {
    /// Of these questions.
    pub(super) fn new(questions: &[Question]) -> Self {
        let mut places = Self(Vec::with_capacity(questions.len()));
        for (index, question) in questions.iter().enumerate() {
            if let Err(place) = places.search(questions, &question.id) {
                places.0.insert(place, index);
            }
        }
        places
    }

    fn find(&self, questions: &[Question], id: &str) -> Option<usize> {
        let place = self.search(questions, id).ok()?;
        self.0.get(place).copied()
    }

    /// Where an id stands in the order, or would.
    fn search(&self, questions: &[Question], id: &str) -> Result<usize, usize> {
        self.0.binary_search_by(|index| {
            let own = questions.get(*index).map_or("", |question| &question.id);
            own.cmp(id)
        })
    }
}

/// What the author wrote, valid: at least one question, ids unique, keys sound.
#[derive(Clone, Debug)]
pub struct QuestionSet {
    /// Its identity: stored results belong to it.
    pub id: String,
    /// What readers see.
    pub title: Text,
    /// The language of texts that say none.
    pub language: String,
    /// A fingerprint of the file, to notice edits.
    pub digest: u64,
    /// The subject areas.
    pub domains: Vec<Domain>,
    /// The cases.
    pub scenarios: Vec<Scenario>,
    /// The ways to make a paper.
    pub forms: Vec<Form>,
    /// The questions, in the author's order.
    pub questions: Vec<Question>,
    /// Where each of them stands.
    pub(super) by_id: ById,
    /// How papers are drawn from it.
    pub drawing: &'static dyn Drawing,
}

impl QuestionSet {
    /// The index of the question with an id.
    pub(crate) fn find(&self, id: &str) -> Option<usize> {
        self.by_id.find(&self.questions, id)
    }

    /// Whether a test holds for every text of every question, in the language wanted. Texts that are shown after marking
    /// only do not count.
    pub fn every_text(&self, language: &str, test: &dyn Fn(&Prose) -> bool) -> bool {
        let mut cases = self.scenarios.iter();
        cases.all(|scenario| test(&scenario.text.resolve(language)))
            && self.questions.iter().all(|question| {
                let kind = question.body.as_type();
                let parts: Vec<usize> = (0..kind.pins().len()).collect();
                let interaction = kind.interaction(Presentation {
                    language,
                    order: &parts,
                    response: &Response::default(),
                    is_marked: false,
                });
                test(&question.prompt.resolve(language)) && interaction.every_text(test)
            })
    }
}
