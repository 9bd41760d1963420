//! The report of a finished sitting: totals, domains, and what became of every question.

use std::rc::Rc;

use serde::{Serialize, Serializer};

use super::attempt::{Answer, Attempt};
use super::form::{Credit, Form};
use super::points::Points;
use super::question::{QuestionType, Response};
use super::scoring::{Outcome, PassMark, Score};
use super::set::QuestionSet;

/// What the reader and, in `mondai-finished`, the page are told.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Report {
    /// The version of this record's shape.
    pub version: u32,
    /// The attempt's identity.
    pub attempt: String,
    /// The question set's.
    pub set: String,
    /// The form's.
    pub form: String,
    /// The seed of the paper.
    pub seed: String,
    /// When it began; milliseconds since the Unix epoch.
    pub started: i64,
    /// When it ended; milliseconds since the Unix epoch.
    pub finished: i64,
    /// How long it took, less pauses, in seconds.
    pub seconds: u64,
    /// Whether it ended because time was up.
    pub timed_out: bool,
    /// Points earned; told in thousandths.
    #[serde(serialize_with = "points")]
    pub points: Points,
    /// Points that could be had; told in thousandths.
    #[serde(serialize_with = "points")]
    pub possible: Points,
    /// Whole percent, rounded down.
    pub percent: u32,
    /// The number on the form's scale, if it has one: an estimate, since exams do not publish their scales.
    pub scaled: Option<u32>,
    /// Whether it passed, if the form has a pass mark.
    pub passed: Option<bool>,
    /// One row a domain that the paper has questions of.
    pub domains: Vec<DomainResult>,
    /// One row a question, in the order of the paper.
    pub questions: Vec<QuestionResult>,
}

/// The result in one domain; questions that do not count are not in it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct DomainResult {
    /// Its id.
    pub id: String,
    /// Questions answered correctly.
    pub correct: usize,
    /// Questions of the paper.
    pub questions: usize,
}

/// What became of one question.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct QuestionResult {
    /// Its id.
    pub id: String,
    /// Its domain's id.
    pub domain: Option<String>,
    /// How it was marked.
    #[serde(serialize_with = "word")]
    pub outcome: Outcome,
    /// Points earned; told in thousandths.
    #[serde(serialize_with = "points")]
    pub points: Points,
    /// What the reader gave.
    #[serde(serialize_with = "parts")]
    pub response: Response,
    /// What earns the whole point.
    #[serde(serialize_with = "parts")]
    pub key: Response,
    /// Whether the reader flagged it.
    pub flagged: bool,
    /// Whether it was one of those that do not count.
    pub unscored: bool,
    /// How long it was on screen, in seconds.
    pub seconds: u64,
    /// Where the reader came back and changed a complete response: how the earlier one would have been marked.
    #[serde(serialize_with = "maybe_word")]
    pub before: Option<Outcome>,
}

fn points<S: Serializer>(points: &Points, serializer: S) -> Result<S::Ok, S::Error> {
    points.thousandths().serialize(serializer)
}

#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde calls it with a reference"
)]
fn word<S: Serializer>(outcome: &Outcome, serializer: S) -> Result<S::Ok, S::Error> {
    outcome.word().serialize(serializer)
}

#[expect(
    clippy::ref_option,
    clippy::trivially_copy_pass_by_ref,
    reason = "serde calls it with a reference"
)]
fn maybe_word<S: Serializer>(outcome: &Option<Outcome>, serializer: S) -> Result<S::Ok, S::Error> {
    outcome.map(Outcome::word).serialize(serializer)
}

fn parts<S: Serializer>(response: &Response, serializer: S) -> Result<S::Ok, S::Error> {
    response.0.serialize(serializer)
}

/// Marks one response.
pub fn outcome(
    question: &dyn QuestionType,
    response: &Response,
    credit: Credit,
) -> (Outcome, Points) {
    if response.is_empty() {
        return (Outcome::Unanswered, Points::NONE);
    }
    let points = question.tally(response).points(credit);
    let outcome = if points == Points::ONE {
        Outcome::Correct
    } else if points > Points::NONE {
        Outcome::Partial
    } else {
        Outcome::Incorrect
    };
    (outcome, points)
}

impl Report {
    /// The report of an attempt: as it was told, if it is stored; otherwise by the set and the form as they are.
    pub fn of(set: &QuestionSet, form: &Form, attempt: &Attempt) -> Rc<Self> {
        attempt.told.as_ref().map_or_else(
            || Rc::new(Self::new(set, form, attempt)),
            |told| Rc::clone(&told.report),
        )
    }

    /// The report of an attempt by the set and the form as they are; a running one is marked as it stands.
    pub fn new(set: &QuestionSet, form: &Form, attempt: &Attempt) -> Self {
        let asked: Vec<(usize, &Answer)> = (attempt.answers.iter())
            .filter_map(|answer| Some((set.find(&answer.question)?, answer)))
            .collect();
        let indices: Vec<usize> = asked.iter().map(|(index, _)| *index).collect();
        // What did not count in a finished sitting stays so, also when the author adds or takes away questions.
        let mut all = attempt.answers.iter().chain(&attempt.removed);
        let unscored = if all.any(|answer| answer.is_unscored) {
            asked.iter().map(|(_, answer)| answer.is_unscored).collect()
        } else if attempt.is_of_missed() {
            // Retrying what was missed is practice: all of it counts.
            Vec::new()
        } else {
            form.unscored(set, &attempt.seed, &indices)
        };
        let mut questions = Vec::with_capacity(asked.len());
        for (position, (index, answer)) in asked.into_iter().enumerate() {
            let Some(question) = set.questions.get(index) else {
                continue;
            };
            let kind = question.body.as_type();
            let (outcome, points) = outcome(kind, &answer.response, form.credit);
            let domain = question.domain.and_then(|index| set.domains.get(index));
            let is_changed = !answer.first.is_empty() && answer.first != answer.response;
            questions.push(QuestionResult {
                id: question.id.clone(),
                domain: domain.map(|domain| domain.id.clone()),
                outcome,
                points,
                response: answer.response.clone(),
                key: kind.key(),
                flagged: answer.is_flagged,
                unscored: unscored.get(position).copied().unwrap_or(false),
                seconds: answer.spent.as_secs(),
                before: is_changed.then(|| self::outcome(kind, &answer.first, form.credit).0),
            });
        }
        let domains = set.domains.iter().map(|domain| domain.id.clone());
        Self::sum(attempt, &form.id, form.pass, domains.collect(), questions)
    }

    /// The report of an attempt from what became of each question. Domains stand in the order given.
    pub(super) fn sum(
        attempt: &Attempt,
        form: &str,
        pass: Option<PassMark>,
        domains: Vec<String>,
        questions: Vec<QuestionResult>,
    ) -> Self {
        let finish = attempt.finished;
        let finished = finish.map_or(attempt.changed, |finish| finish.at);
        let mut score = Score::default();
        let mut rows: Vec<DomainResult> = Vec::with_capacity(domains.len());
        for id in domains {
            rows.push(DomainResult {
                id,
                correct: 0,
                questions: 0,
            });
        }
        for result in questions.iter().filter(|result| !result.unscored) {
            score.points += result.points;
            score.possible += Points::ONE;
            let own = |row: &&mut DomainResult| result.domain.as_ref() == Some(&row.id);
            if let Some(row) = rows.iter_mut().find(own) {
                row.questions += 1;
                row.correct += usize::from(result.outcome == Outcome::Correct);
            }
        }
        rows.retain(|row| row.questions > 0);
        // Having learnt the two questions one missed of 65 is not having passed.
        let pass = pass.filter(|_| !attempt.is_of_missed());
        Self {
            version: 1,
            attempt: attempt.id.clone(),
            set: attempt.set.clone(),
            form: form.to_owned(),
            seed: attempt.seed.clone(),
            started: attempt.started.0,
            finished: finished.0,
            seconds: finished
                .since(attempt.started)
                .saturating_sub(attempt.pauses)
                .as_secs(),
            timed_out: finish.is_some_and(|finish| finish.is_timed_out),
            points: score.points,
            possible: score.possible,
            percent: score.percent(),
            scaled: match pass {
                Some(PassMark::Scaled(scale)) => Some(score.scaled(scale)),
                _ => None,
            },
            passed: pass.map(|mark| score.passes(mark)),
            domains: rows,
            questions,
        }
    }

    /// The results of the questions that count.
    pub fn scored(&self) -> impl Iterator<Item = &QuestionResult> {
        self.questions.iter().filter(|result| !result.unscored)
    }

    /// How many questions had an outcome, whether they count or not.
    pub fn count(&self, outcome: Outcome) -> usize {
        self.questions
            .iter()
            .filter(|result| result.outcome == outcome)
            .count()
    }
}
