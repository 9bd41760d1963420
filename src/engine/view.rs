//! What a screen shows, as plain data. The key of a question enters a view only when the question is marked.
//!
//! [`View`] says which screen, with what the first ones show. What the others show is asked for by their own chunk, with
//! the functions in [`later`], so that the code for it is in that chunk.

pub mod filter;
pub mod later;

use core::time::Duration;

use super::form::{Credit, Feedback, Form, Mode, Navigation};
use super::question::{Completeness, Interaction, Presentation, Question, Response};
use super::report::Report;
use super::scoring::{Outcome, PassMark, Tally};
use super::session::{Phase, Session, Sitting};
use super::set::QuestionSet;
use super::text::Prose;

/// One screen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum View {
    /// What the quiz is, and the start button.
    Start(StartView),
    /// One question.
    Question(QuestionView),
    /// The clock is stopped.
    Paused,
    /// All questions before handing in, of this attempt.
    Review(String),
    /// The score of this attempt.
    Results(String),
    /// Every question of this attempt with its answers.
    Answers(String),
    /// All attempts; changes when one is deleted.
    History(u32),
}

/// The start screen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StartView {
    /// The set's title.
    pub title: Prose,
    /// The form's title.
    pub form: Option<Prose>,
    /// Where the author gave it no title: its mode.
    pub untitled: Option<Mode>,
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
    /// The time for each question.
    pub question_time: Option<Duration>,
    /// How many questions do not count.
    pub unscored: u32,
    /// The last finished sitting's percent, and whether it passed.
    pub last: Option<(u32, Option<bool>)>,
}

/// The question screen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QuestionView {
    /// The attempt it belongs to.
    pub attempt: String,
    /// Another one when another page changed the answers: then all of it is drawn anew.
    pub turn: u32,
    /// The question's place in the paper, from 0.
    pub position: usize,
    /// How many questions the paper has.
    pub total: usize,
    /// How many of them are answered.
    pub answered: usize,
    /// The case it is about.
    pub scenario: Option<Prose>,
    /// What is asked.
    pub prompt: Prose,
    /// What the reader can do.
    pub interaction: Interaction,
    /// The choices that the reader struck out.
    pub struck: Vec<String>,
    /// What the reader noted.
    pub note: String,
    /// Whether answers are marked at the end, so that the reader may want notes and a list of the questions.
    pub is_exam: bool,
    /// Whether its own time is up, so that the answer stays as it is.
    pub is_late: bool,
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
    pub marked: Option<Box<MarkedView>>,
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
    /// How it compares with the key.
    pub tally: Tally,
    /// The rule it was marked by.
    pub credit: Credit,
    /// What to learn from it.
    pub explanation: Option<Prose>,
    /// Where to read on: title and address.
    pub references: Vec<(Prose, String)>,
}

impl Session {
    /// The screen to show, in the language wanted.
    pub fn view(&self, language: &str) -> View {
        if let Some(turn) = self.history {
            return View::History(turn);
        }
        match &self.phase {
            Phase::Start => {
                View::Start(start(&self.set, &self.form, self.last.as_deref(), language))
            }
            Phase::Running { sitting, .. } if sitting.is_paused() => View::Paused,
            Phase::Running {
                sitting,
                is_reviewing: true,
            } => View::Review(sitting.attempt.id.clone()),
            Phase::Running { sitting, .. } => question(&self.set, &self.form, sitting, language)
                .map_or_else(
                    || View::Start(start(&self.set, &self.form, None, language)),
                    |view| {
                        View::Question(QuestionView {
                            turn: self.turn,
                            ..view
                        })
                    },
                ),
            Phase::Finished {
                sitting,
                shows_answers: true,
                ..
            } => View::Answers(sitting.attempt.id.clone()),
            Phase::Finished { sitting, .. } => View::Results(sitting.attempt.id.clone()),
        }
    }
}

fn start(set: &QuestionSet, form: &Form, last: Option<&Sitting>, language: &str) -> StartView {
    StartView {
        title: set.title.resolve(language),
        form: form.title.as_ref().map(|title| title.resolve(language)),
        untitled: form.untitled,
        questions: form.size(set),
        time_limit: form.time_limit,
        pass: form.pass,
        feedback: form.feedback,
        credit: form.credit,
        is_linear: form.navigation == Navigation::Linear,
        question_time: form.question_time,
        unscored: form.unscored,
        last: last.map(|sitting| {
            let report = Report::of(set, form, &sitting.attempt);
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
        turn: 0,
        position,
        total,
        answered: sitting
            .attempt
            .answers
            .iter()
            .filter(|answer| !answer.response.is_empty())
            .count(),
        scenario: question
            .scenario
            .and_then(|index| set.scenarios.get(index))
            .map(|scenario| scenario.text.resolve(language)),
        prompt: question.prompt.resolve(language),
        interaction: question.body.as_type().interaction(Presentation {
            language,
            order: &item.order,
            response: &answer.response,
            is_marked: answer.is_checked,
        }),
        struck: answer.struck.clone(),
        note: answer.note.clone(),
        is_exam: form.feedback == Feedback::AtEnd,
        is_late: answer.is_late,
        completeness: sitting.completeness(set, position),
        is_flagged: answer.is_flagged,
        can_pause: form.mode == Mode::Practice
            && (sitting.attempt.deadline.is_some() || form.question_time.is_some()),
        can_go_back: form.navigation == Navigation::Free && position > 0,
        step: match form.feedback {
            Feedback::Immediate if !answer.is_checked => Step::Check,
            _ if is_last => Step::Finish,
            _ => Step::Next,
        },
        marked: answer
            .is_checked
            .then(|| marked(question, &answer.response, form.credit, language))
            .map(Box::new),
    })
}

fn marked(question: &Question, response: &Response, credit: Credit, language: &str) -> MarkedView {
    let kind = question.body.as_type();
    MarkedView {
        outcome: super::report::outcome(kind, response, credit).0,
        tally: kind.tally(response),
        credit,
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
