//! What a screen shows, as plain data. The key of a question enters a view only when the question is marked.

use core::time::Duration;

use super::form::{Credit, Feedback, Form, Mode, Navigation};
use super::question::{Completeness, Interaction, Presentation, Question};
use super::report::Report;
use super::scoring::{Outcome, PassMark};
use super::session::{Phase, Session, Sitting};
use super::set::{Prose, QuestionSet, Text};

/// One screen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum View {
    /// What the quiz is, and the start button.
    Start(StartView),
    /// One question.
    Question(QuestionView),
    /// The clock is stopped.
    Paused,
    /// All questions before handing in.
    Review(ReviewView),
    /// The score.
    Results(ResultsView),
    /// Every question with its answers.
    Answers(Vec<AnswerView>),
}

/// The start screen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StartView {
    /// The set's title.
    pub title: Prose,
    /// The form's title.
    pub form: Option<Prose>,
    /// How many questions.
    pub questions: usize,
    /// How long.
    pub time_limit: Option<Duration>,
    /// What passes.
    pub pass: Option<PassMark>,
    /// When the reader learns how an answer was marked.
    pub feedback: Feedback,
    /// How a response earns points.
    pub credit: Credit,
    /// Whether the reader can only move forward.
    pub is_linear: bool,
    /// The last finished sitting's percent, and whether it passed.
    pub last: Option<(u32, Option<bool>)>,
}

/// The question screen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QuestionView {
    /// The attempt it belongs to.
    pub attempt: String,
    /// The question's place in the paper, from 0.
    pub position: usize,
    /// How many questions the paper has.
    pub total: usize,
    /// How many of them are answered.
    pub answered: usize,
    /// What is asked.
    pub prompt: Prose,
    /// What the reader can do.
    pub interaction: Interaction,
    /// How far the response is.
    pub completeness: Completeness,
    /// Whether the reader flagged it.
    pub is_flagged: bool,
    /// Whether the sitting can be paused.
    pub can_pause: bool,
    /// Whether the reader can go to the question before.
    pub can_go_back: bool,
    /// What the main button does.
    pub step: Step,
    /// How the response was marked; `None` before.
    pub marked: Option<MarkedView>,
}

/// What the main button of a question does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// Mark this response now.
    Check,
    /// Go on to the next question.
    Next,
    /// Hand in.
    Finish,
}

/// What is shown of a marked question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MarkedView {
    /// How it was marked.
    pub outcome: Outcome,
    /// What to learn from it.
    pub explanation: Option<Prose>,
    /// Where to read on: title and address.
    pub references: Vec<(Prose, String)>,
}

/// The screen before handing in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReviewView {
    /// The attempt it belongs to.
    pub attempt: String,
    /// One a question.
    pub items: Vec<ReviewItem>,
    /// How many are not completely answered.
    pub open: usize,
    /// Whether the reader can go back to a question.
    pub can_go_back: bool,
}

/// One question in the list before handing in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ReviewItem {
    /// How far the response is.
    pub completeness: Completeness,
    /// Whether the reader flagged it.
    pub is_flagged: bool,
    /// Whether the reader came from it.
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
}

/// One question among the answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AnswerView {
    /// What was asked.
    pub prompt: Prose,
    /// What could be answered, with what was and what is right.
    pub interaction: Interaction,
    /// How it was marked, and what to learn from it.
    pub marked: MarkedView,
    /// Whether the reader flagged it.
    pub is_flagged: bool,
}

impl Session {
    /// The screen to show, in the language wanted.
    pub fn view(&self, language: &str) -> View {
        match &self.phase {
            Phase::Start => {
                View::Start(start(&self.set, &self.form, self.last.as_deref(), language))
            }
            Phase::Running { sitting, .. } if sitting.attempt.paused.is_some() => View::Paused,
            Phase::Running {
                sitting,
                is_reviewing: true,
            } => View::Review(review(&self.set, &self.form, sitting)),
            Phase::Running { sitting, .. } => question(&self.set, &self.form, sitting, language)
                .map_or_else(
                    || View::Start(start(&self.set, &self.form, None, language)),
                    View::Question,
                ),
            Phase::Finished {
                sitting,
                shows_answers: true,
                ..
            } => View::Answers(answers(&self.set, &self.form, sitting, language)),
            Phase::Finished { report, .. } => View::Results(ResultsView {
                pass: self.form.pass,
                credit: self.form.credit,
                domains: domain_titles(&self.set, report, language),
                report: (**report).clone(),
            }),
        }
    }
}

fn start(set: &QuestionSet, form: &Form, last: Option<&Sitting>, language: &str) -> StartView {
    StartView {
        title: set.title.resolve(language),
        form: form.title.as_ref().map(|title| title.resolve(language)),
        questions: form.size(set),
        time_limit: form.time_limit,
        pass: form.pass,
        feedback: form.feedback,
        credit: form.credit,
        is_linear: form.navigation == Navigation::Linear,
        last: last.map(|sitting| {
            let report = Report::new(set, form, &sitting.attempt);
            (report.percent, report.passed)
        }),
    }
}

fn question(
    set: &QuestionSet,
    form: &Form,
    sitting: &Sitting,
    language: &str,
) -> Option<QuestionView> {
    let position = sitting.attempt.position;
    let total = sitting.paper.items.len();
    let item = sitting.paper.items.get(position)?;
    let (question, answer) = sitting.at(set, position)?;
    let is_last = position + 1 == total;
    Some(QuestionView {
        attempt: sitting.attempt.id.clone(),
        position,
        total,
        answered: sitting
            .attempt
            .answers
            .iter()
            .filter(|answer| !answer.response.is_empty())
            .count(),
        prompt: question.prompt.resolve(language),
        interaction: question.body.as_type().interaction(Presentation {
            language,
            order: &item.order,
            response: &answer.response,
            is_marked: answer.is_checked,
        }),
        completeness: sitting.completeness(set, position),
        is_flagged: answer.is_flagged,
        can_pause: form.mode == Mode::Practice && sitting.attempt.deadline.is_some(),
        can_go_back: form.navigation == Navigation::Free && position > 0,
        step: match form.feedback {
            Feedback::Immediate if !answer.is_checked => Step::Check,
            _ if is_last => Step::Finish,
            _ => Step::Next,
        },
        marked: answer
            .is_checked
            .then(|| marked(question, &answer.response, form.credit, language)),
    })
}

fn marked(
    question: &Question,
    response: &super::question::Response,
    credit: Credit,
    language: &str,
) -> MarkedView {
    MarkedView {
        outcome: super::report::outcome(question.body.as_type(), response, credit).0,
        explanation: question
            .explanation
            .as_ref()
            .map(|text| text.resolve(language)),
        references: question
            .references
            .iter()
            .map(|reference| (reference.title.resolve(language), reference.url.clone()))
            .collect(),
    }
}

fn review(set: &QuestionSet, form: &Form, sitting: &Sitting) -> ReviewView {
    let items: Vec<ReviewItem> = sitting
        .attempt
        .answers
        .iter()
        .enumerate()
        .map(|(position, answer)| ReviewItem {
            completeness: sitting.completeness(set, position),
            is_flagged: answer.is_flagged,
            is_current: position == sitting.attempt.position,
        })
        .collect();
    ReviewView {
        attempt: sitting.attempt.id.clone(),
        open: items
            .iter()
            .filter(|item| item.completeness != Completeness::Complete)
            .count(),
        can_go_back: form.navigation == Navigation::Free,
        items,
    }
}

fn answers(set: &QuestionSet, form: &Form, sitting: &Sitting, language: &str) -> Vec<AnswerView> {
    sitting
        .paper
        .items
        .iter()
        .enumerate()
        .filter_map(|(position, item)| {
            let (question, answer) = sitting.at(set, position)?;
            Some(AnswerView {
                prompt: question.prompt.resolve(language),
                interaction: question.body.as_type().interaction(Presentation {
                    language,
                    order: &item.order,
                    response: &answer.response,
                    is_marked: true,
                }),
                marked: marked(question, &answer.response, form.credit, language),
                is_flagged: answer.is_flagged,
            })
        })
        .collect()
}

fn domain_titles(set: &QuestionSet, report: &Report, language: &str) -> Vec<Prose> {
    report
        .domains
        .iter()
        .filter_map(|result| set.domains.iter().find(|domain| domain.id == result.id))
        .map(|domain| Text::resolve(&domain.title, language))
        .collect()
}
