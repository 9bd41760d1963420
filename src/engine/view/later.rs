//! What the screens of the later chunk show: overview, results, answers. Asked for by that chunk alone, so that no reader
//! pays for it before the first question.

use core::time::Duration;
use std::collections::BTreeMap;

use super::{MarkedView, marked};
use crate::engine::attempt::Answer;
use crate::engine::form::{Credit, Navigation};
use crate::engine::paper::Item;
use crate::engine::question::fingerprint::fingerprint;
use crate::engine::question::parts::Kind;
use crate::engine::question::{Completeness, Interaction, Presentation, Question, Response};
use crate::engine::report::{QuestionResult, Report, outcome};
use crate::engine::scoring::{Band, Outcome, PassMark, Score, Tally};
use crate::engine::session::{Phase, Session, Sitting};
use crate::engine::text::Prose;

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
    /// Questions that were not right, of those that the set still has.
    pub missed: usize,
    /// Questions that the author changed or took away since.
    pub edited: usize,
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

/// What is known of an answer before it is drawn: enough for filters, and to ask for the rest.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AnswerPlace {
    /// Its place in the report, from 0.
    pub position: usize,
    /// Its place among the answers of the sitting; past them, among what the author took away.
    answer: Option<usize>,
    /// How it was marked.
    pub outcome: Outcome,
    /// Whether the reader flagged it.
    pub is_flagged: bool,
    /// Its domain's index in the set.
    pub domain: Option<usize>,
    /// The index in the set of the case it is about.
    pub scenario: Option<usize>,
}

#[cfg(test)]
impl AnswerPlace {
    /// One by what filters look at.
    pub(super) const fn of(
        outcome: Outcome,
        is_flagged: bool,
        domain: usize,
        scenario: Option<usize>,
    ) -> Self {
        Self {
            position: 0,
            answer: None,
            outcome,
            is_flagged,
            domain: Some(domain),
            scenario,
        }
    }
}

/// One question among the answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AnswerView {
    /// Its place in the paper, from 0.
    pub position: usize,
    /// Its domain's index in the set.
    pub domain: Option<usize>,
    /// How it was marked.
    pub outcome: Outcome,
    /// The question; `None` if the set does not have it any more.
    pub asked: Option<AskedView>,
    /// What the reader typed, where the question is not shown as it was answered.
    pub typed: Option<String>,
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

/// The question of an answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AskedView {
    /// Whether it is another one than was answered: then it is shown as it is now, without what the reader gave.
    pub is_changed: bool,
    /// The case it is about, by its index in the set: several questions of a paper may be about one.
    pub scenario: Option<(usize, Prose)>,
    /// What was asked.
    pub prompt: Prose,
    /// What could be answered, with what was and what is right; `None` where that cannot be shown without what was given.
    pub interaction: Option<Interaction>,
    /// How it was marked, and what to learn from it.
    pub marked: MarkedView,
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
                (Some(_), Outcome::Correct) => changes.to_right += 1,
                (Some(Outcome::Correct), _) => changes.to_wrong += 1,
                // A mistake that was taken back is none any more.
                (None, _) | (Some(_), Outcome::Unanswered) => {}
                (Some(_), _) => changes.among_wrong += 1,
            }
        }
        let own = self.domain_places();
        let titles = report.domains.iter().map(|result| {
            let place = own.get(result.id.as_str()).copied();
            let domain = place.and_then(|place| self.set.domains.get(place));
            domain.map_or_else(
                // The author took it away since.
                || Prose {
                    markdown: result.id.clone(),
                    language: self.set.language.clone(),
                    is_inline: true,
                },
                |domain| domain.title.resolve(language),
            )
        });
        let (credit, pass) = self.rules(sitting);
        let (mut missed, mut edited) = (0, 0);
        let places = places(sitting);
        for result in &report.questions {
            let place = places.get(result.id.as_str()).copied();
            let own = place.and_then(|place| self.asked(sitting, place));
            missed += usize::from(own.is_some() && result.outcome != Outcome::Correct);
            let is_as_it_was = own.is_some_and(|(_, question, answer)| {
                !self.is_changed(question, answer, result, credit)
            });
            edited += usize::from(!is_as_it_was);
        }
        let score = Score {
            points: report.points,
            possible: report.possible,
        };
        Some(ResultsView {
            pass,
            credit,
            missed,
            edited,
            domains: titles.collect(),
            band: match pass {
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

    /// The rules that a finished sitting was marked by.
    fn rules(&self, sitting: &Sitting) -> (Credit, Option<PassMark>) {
        let told = sitting.attempt.told.as_ref();
        told.map_or((self.form.credit, self.form.pass), |told| {
            (told.credit, told.pass)
        })
    }

    /// The question at a place of the answers, if the set still has it, and what the reader did with it.
    fn asked<'s>(
        &'s self,
        sitting: &'s Sitting,
        place: usize,
    ) -> Option<(&'s Item, &'s Question, &'s Answer)> {
        let (question, answer) = sitting.at(&self.set, place)?;
        Some((sitting.paper.items.get(place)?, question, answer))
    }

    /// Whether a question is another one than was answered: it asks something else, or marks it otherwise.
    fn is_changed(
        &self,
        question: &Question,
        answer: &Answer,
        result: &QuestionResult,
        credit: Credit,
    ) -> bool {
        let kind = question.body.as_type();
        let is_marked_so =
            outcome(kind, &answer.response, credit) == (result.outcome, result.points);
        !is_marked_so
            || kind.key() != result.key
            || (answer.print != 0 && answer.print != fingerprint(question, &self.set.language))
    }

    /// What is known of every answer of the finished sitting before it is drawn, in the order of the paper.
    pub fn answer_places(&self) -> Vec<AnswerPlace> {
        let Phase::Finished {
            sitting, report, ..
        } = &self.phase
        else {
            return Vec::new();
        };
        let (places, domains) = (places(sitting), self.domain_places());
        let results = report.questions.iter().enumerate();
        results
            .map(|(position, result)| {
                let answer = places.get(result.id.as_str()).copied();
                let asked = answer.and_then(|place| sitting.at(&self.set, place));
                AnswerPlace {
                    position,
                    answer,
                    outcome: result.outcome,
                    is_flagged: result.flagged,
                    domain: result
                        .domain
                        .as_ref()
                        .and_then(|id| domains.get(id.as_str()).copied()),
                    scenario: (asked.and_then(|(question, _)| question.scenario))
                        .filter(|index| *index < self.set.scenarios.len()),
                }
            })
            .collect()
    }

    /// An answer of the finished sitting; `None` if there is none such, or another sitting is on the screen meanwhile.
    pub fn answer(&self, place: AnswerPlace, language: &str) -> Option<AnswerView> {
        let Phase::Finished {
            sitting, report, ..
        } = &self.phase
        else {
            return None;
        };
        let result = report.questions.get(place.position)?;
        let (credit, _) = self.rules(sitting);
        let asked = place.answer.and_then(|place| self.asked(sitting, place));
        let shown = asked.map(|(item, question, answer)| {
            let is_changed = self.is_changed(question, answer, result, credit);
            let mut shown = self.shown(item, question, answer, is_changed, credit, language);
            if is_changed {
                // How it was marked then cannot be explained by what it is now.
                shown.marked.outcome = result.outcome;
                shown.marked.credit = Credit::AllOrNothing;
                shown.marked.tally = Tally::default();
            }
            shown
        });
        let is_as_it_was = shown.as_ref().is_some_and(|shown| !shown.is_changed);
        let attempt = &sitting.attempt;
        let answer = place.answer.and_then(|place| {
            let removed = || {
                attempt
                    .removed
                    .get(place.checked_sub(attempt.answers.len())?)
            };
            attempt.answers.get(place).or_else(removed)
        });
        Some(AnswerView {
            position: place.position,
            domain: place.domain,
            outcome: result.outcome,
            typed: asked
                .filter(|(_, question, _)| !is_as_it_was && is_typed(question, language))
                .and_then(|(_, _, answer)| answer.response.0.first().cloned()),
            asked: shown,
            is_flagged: result.flagged,
            is_unscored: result.unscored,
            spent: answer.map_or(Duration::ZERO, |answer| answer.spent),
            budget: self.budget(sitting),
            before: result.before,
            note: answer.map_or_else(String::new, |answer| answer.note.clone()),
        })
    }

    /// Every question of the finished sitting, marked: all at once, which screens must not ask for.
    pub fn answers(&self, language: &str) -> Vec<AnswerView> {
        let places = self.answer_places().into_iter();
        places
            .filter_map(|place| self.answer(place, language))
            .collect()
    }

    fn shown(
        &self,
        item: &Item,
        question: &Question,
        answer: &Answer,
        is_changed: bool,
        credit: Credit,
        language: &str,
    ) -> AskedView {
        let nothing = Response::default();
        let response = if is_changed {
            &nothing
        } else {
            &answer.response
        };
        let interaction = question.body.as_type().interaction(Presentation {
            language,
            order: &item.order,
            response,
            is_marked: true,
        });
        AskedView {
            is_changed,
            scenario: question.scenario.and_then(|index| {
                let scenario = self.set.scenarios.get(index)?;
                Some((index, scenario.text.resolve(language)))
            }),
            prompt: question.prompt.resolve(language),
            // An empty place would look as if it had been left empty.
            interaction: (!is_changed || matches!(interaction, Interaction::Choices(_)))
                .then_some(interaction),
            marked: marked(question, response, credit, language),
        }
    }

    /// Where each domain stands in the set, by its id.
    fn domain_places(&self) -> Places<'_> {
        let domains = self.set.domains.iter();
        by_id(domains.map(|domain| domain.id.as_str()))
    }

    /// The titles of the domains that the finished sitting has questions of, with their indices in the set.
    pub fn domains_asked(&self, language: &str) -> Vec<(usize, Prose)> {
        let Phase::Finished { report, .. } = &self.phase else {
            return Vec::new();
        };
        let places = self.domain_places();
        let mut is_asked = vec![false; self.set.domains.len()];
        for result in &report.questions {
            let place = result
                .domain
                .as_ref()
                .and_then(|id| places.get(id.as_str()).copied());
            if let Some(own) = place.and_then(|place| is_asked.get_mut(place)) {
                *own = true;
            }
        }
        let domains = self.set.domains.iter().enumerate().zip(is_asked);
        domains
            .filter(|(_, is_asked)| *is_asked)
            .map(|((index, domain), _)| (index, domain.title.resolve(language)))
            .collect()
    }
}

/// Where things stand, by their id.
type Places<'s> = BTreeMap<&'s str, usize>;

/// Where each id stands; of the same ones, the first.
fn by_id<'s>(ids: impl Iterator<Item = &'s str>) -> Places<'s> {
    let mut places = Places::new();
    for (place, id) in ids.enumerate() {
        places.entry(id).or_insert(place);
    }
    places
}

/// Where the answer to each question stands in a sitting; what the author took away comes after all others.
fn places(sitting: &Sitting) -> Places<'_> {
    let answers = (sitting.attempt.answers.iter()).chain(&sitting.attempt.removed);
    by_id(answers.map(|answer| answer.question.as_str()))
}

/// Whether a response to a question is what the reader typed, and nothing else.
fn is_typed(question: &Question, language: &str) -> bool {
    let interaction = question.body.as_type().interaction(Presentation {
        language,
        order: &[],
        response: &Response::default(),
        is_marked: false,
    });
    matches!(interaction, Interaction::Parts(view) if matches!(view.kind, Kind::Text | Kind::Numeric))
}
