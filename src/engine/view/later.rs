//! What the screens of the later chunk show: overview, results, answers. Asked for by that chunk alone, so that no reader
//! pays for it before the first question.

use core::time::Duration;

use super::{MarkedView, marked};
use crate::engine::form::{Credit, Navigation};
use crate::engine::question::{Completeness, Interaction, Presentation};
use crate::engine::report::Report;
use crate::engine::scoring::{Band, Outcome, PassMark, Score};
use crate::engine::session::{Phase, Session, Sitting};
use crate::engine::set::Prose;

/// All questions of a running sitting: before handing in, and as a palette beside a question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Overview {
    /// One a question.
    pub items: Vec<OverviewItem>,
    /// How many are not completely answered.
    pub open: usize,
    /// Whether the reader can go to any question.
    pub is_free: bool,
}

/// One question in the overview.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OverviewItem {
    /// How far the response is.
    pub completeness: Completeness,
    /// Whether the reader flagged it.
    pub is_flagged: bool,
    /// Whether the reader has seen it.
    pub is_seen: bool,
    /// Whether the reader noted something.
    pub has_note: bool,
    /// Whether it is the one on screen, or the reader came from it.
    pub is_current: bool,
}

/// The results screen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ResultsView {
    /// The whole report.
    pub report: Report,
    /// What passes.
    pub pass: Option<PassMark>,
    /// How a response earns points.
    pub credit: Credit,
    /// The domains' titles, beside `report.domains`.
    pub domains: Vec<Prose>,
    /// How sure so many questions can make one, on the form's scale.
    pub band: Option<Band>,
    /// The time there was for one question.
    pub budget: Option<Duration>,
    /// Questions with a response, of those that count; and how many of them were right.
    pub answered: (usize, usize),
    /// Questions that did not count; and how many of them were right.
    pub unscored: (usize, usize),
    /// What changing complete answers was worth.
    pub changes: Changes,
    /// Whether another paper would have other questions.
    pub is_drawn: bool,
}

/// Complete answers that the reader came back to and changed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Changes {
    /// From right to less than right.
    pub to_wrong: usize,
    /// To right.
    pub to_right: usize,
    /// From one wrong answer to another.
    pub among_wrong: usize,
}

/// One question among the answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AnswerView {
    /// Its place in the paper, from 0.
    pub position: usize,
    /// Its domain's index in the set.
    pub domain: Option<usize>,
    /// The case it is about, by its index in the set: several questions of a paper may be about one.
    pub scenario: Option<(usize, Prose)>,
    /// What was asked.
    pub prompt: Prose,
    /// What could be answered, with what was and what is right.
    pub interaction: Interaction,
    /// How it was marked, and what to learn from it.
    pub marked: MarkedView,
    /// Whether the reader flagged it.
    pub is_flagged: bool,
    /// Whether it was one of those that do not count.
    pub is_unscored: bool,
    /// How long it was on screen.
    pub spent: Duration,
    /// How long there was for it: its own limit, or its share of the paper's.
    pub budget: Option<Duration>,
    /// Where a complete answer was changed: how the earlier one would have been marked.
    pub before: Option<Outcome>,
    /// What the reader noted.
    pub note: String,
}

impl Session {
    /// All questions of the running sitting; `None` if none is running.
    pub fn overview(&self) -> Option<Overview> {
        let Phase::Running { sitting, .. } = &self.phase else {
            return None;
        };
        let answers = sitting.attempt.answers.iter().enumerate();
        let items: Vec<OverviewItem> = answers
            .map(|(position, answer)| OverviewItem {
                completeness: sitting.completeness(&self.set, position),
                is_flagged: answer.is_flagged,
                is_seen: answer.is_seen,
                has_note: !answer.note.is_empty(),
                is_current: position == sitting.attempt.position,
            })
            .collect();
        Some(Overview {
            open: items
                .iter()
                .filter(|item| item.completeness != Completeness::Complete)
                .count(),
            is_free: self.form.navigation == Navigation::Free,
            items,
        })
    }

    /// The result of the finished sitting; `None` if there is none on screen.
    pub fn results(&self, language: &str) -> Option<ResultsView> {
        let Phase::Finished {
            sitting, report, ..
        } = &self.phase
        else {
            return None;
        };
        let right_of = |unscored: bool, answered_only: bool| {
            let of = report.questions.iter().filter(|result| {
                result.unscored == unscored
                    && !(answered_only && result.outcome == Outcome::Unanswered)
            });
            let (mut all, mut right) = (0, 0);
            for result in of {
                all += 1;
                right += usize::from(result.outcome == Outcome::Correct);
            }
            (all, right)
        };
        let mut changes = Changes::default();
        for result in &report.questions {
            match (result.before, result.outcome) {
                (None, _) => {}
                (Some(_), Outcome::Correct) => changes.to_right += 1,
                (Some(Outcome::Correct), _) => changes.to_wrong += 1,
                (Some(_), _) => changes.among_wrong += 1,
            }
        }
        let titles = report.domains.iter().filter_map(|result| {
            let mut own = self.set.domains.iter();
            let domain = own.find(|domain| domain.id == result.id)?;
            Some(domain.title.resolve(language))
        });
        let score = Score {
            points: report.points,
            possible: report.possible,
        };
        Some(ResultsView {
            pass: self.form.pass,
            credit: self.form.credit,
            domains: titles.collect(),
            band: match self.form.pass {
                Some(PassMark::Scaled(scale)) if report.scaled.is_some() => score.band(scale),
                _ => None,
            },
            budget: self.budget(sitting),
            answered: right_of(false, true),
            unscored: right_of(true, false),
            changes,
            // With the author's seed every paper is the same.
            is_drawn: self.seed.is_none()
                && self.form.size(&self.set) < self.form.pool(&self.set).len(),
            report: (**report).clone(),
        })
    }

    /// The time there was for one question, on average.
    fn budget(&self, sitting: &Sitting) -> Option<Duration> {
        let questions = u32::try_from(sitting.attempt.answers.len()).ok()?;
        let share = || self.form.time_limit?.checked_div(questions);
        self.form.question_time.or_else(share)
    }

    /// Every question of the finished sitting, marked.
    pub fn answers(&self, language: &str) -> Vec<AnswerView> {
        let Phase::Finished {
            sitting, report, ..
        } = &self.phase
        else {
            return Vec::new();
        };
        let budget = self.budget(sitting);
        let items = sitting.paper.items.iter().enumerate();
        items
            .filter_map(|(position, item)| {
                let (question, answer) = sitting.at(&self.set, position)?;
                let result = report.questions.get(position)?;
                Some(AnswerView {
                    position,
                    domain: question.domain,
                    scenario: question.scenario.and_then(|index| {
                        let scenario = self.set.scenarios.get(index)?;
                        Some((index, scenario.text.resolve(language)))
                    }),
                    prompt: question.prompt.resolve(language),
                    interaction: question.body.as_type().interaction(Presentation {
                        language,
                        order: &item.order,
                        response: &answer.response,
                        is_marked: true,
                    }),
                    marked: marked(question, &answer.response, self.form.credit, language),
                    is_flagged: answer.is_flagged,
                    is_unscored: result.unscored,
                    spent: answer.spent,
                    budget,
                    before: result.before,
                    note: answer.note.clone(),
                })
            })
            .collect()
    }

    /// The titles of the domains that the finished sitting has questions of, with their indices in the set.
    pub fn domains_asked(&self, language: &str) -> Vec<(usize, Prose)> {
        let Phase::Finished { sitting, .. } = &self.phase else {
            return Vec::new();
        };
        let is_asked = |index: usize| {
            (0..sitting.paper.items.len()).any(|position| {
                sitting
                    .at(&self.set, position)
                    .is_some_and(|(question, _)| question.domain == Some(index))
            })
        };
        let domains = self.set.domains.iter().enumerate();
        domains
            .filter(|(index, _)| is_asked(*index))
            .map(|(index, domain)| (index, domain.title.resolve(language)))
            .collect()
    }
}
