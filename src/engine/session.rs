//! The session: the running state of one sitting, as a state machine.
//!
//! ```text
//!            Start                    Finish, Review             Submit, time up
//!   Start ----------> Running ----------------------> review ------------------> Finished <-> answers
//!     ^                | ^  ^                           |                           |
//!     |          Pause v |  +------ BackToQuestion -----+                           | Start (all, or missed)
//!     |              paused                                                         v
//!     +---- Reset (from anywhere)                                                Running
//! ```
//!
//! An event that makes no sense in a state changes nothing. Before any event, a deadline that has passed ends the sitting
//! at the deadline; so an answer that comes later is refused.

use std::rc::Rc;

use super::attempt::{Answer, Attempt, Finish};
use super::clock::Timestamp;
use super::event::{Effect, Event, Notice, Which};
use super::form::{Feedback, Form, Mode, Narrowing, Navigation, Paper};
use super::question::{Completeness, Question, Response};
use super::report::Report;
use super::scoring::Outcome;
use super::set::QuestionSet;
use core::time::Duration;

/// The state of one widget.
#[derive(Clone, Debug)]
pub struct Session {
    pub(super) set: Rc<QuestionSet>,
    pub(super) form: Form,
    form_key: String,
    pub(super) phase: Phase,
}

/// Where a session is.
#[derive(Clone, Debug)]
pub(super) enum Phase {
    /// Before a sitting; `last` is the newest finished one.
    Start { last: Option<Box<Sitting>> },
    /// In a sitting.
    Running { sitting: Box<Sitting>, is_reviewing: bool },
    /// After one.
    Finished { sitting: Box<Sitting>, report: Box<Report>, shows_answers: bool },
}

/// An attempt and the paper it is about; `paper.items` and `attempt.answers` go side by side.
#[derive(Clone, Debug)]
pub(super) struct Sitting {
    pub(super) attempt: Attempt,
    pub(super) paper: Paper,
}

impl Sitting {
    /// The question at a position, and what the reader did with it.
    pub(super) fn at<'s>(&'s self, set: &'s QuestionSet, position: usize) -> Option<(&'s Question, &'s Answer)> {
        let item = self.paper.items.get(position)?;
        Some((set.questions.get(item.question)?, self.attempt.answers.get(position)?))
    }

    pub(super) fn completeness(&self, set: &QuestionSet, position: usize) -> Completeness {
        self.at(set, position).map_or(Completeness::Unanswered, |(question, answer)| {
            question.body.as_type().completeness(&answer.response)
        })
    }

    fn is_complete(&self, set: &QuestionSet) -> bool {
        (0..self.paper.items.len()).all(|position| self.completeness(set, position) == Completeness::Complete)
    }
}

/// Where a session is, in one word: the element's `state`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// The start screen.
    Ready,
    /// A sitting runs.
    Running,
    /// A sitting is paused.
    Paused,
    /// A sitting is over.
    Finished,
}

impl State {
    /// The word authors see.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Ready => "ready",
            Self::Running => "running",
            Self::Paused => "paused",
            Self::Finished => "finished",
        }
    }
}

impl Session {
    /// A session over a set, at the start screen. An unknown form gives the default one, and `false` beside it.
    pub fn new(set: Rc<QuestionSet>, form: Option<&str>, narrowing: &Narrowing) -> (Self, bool) {
        let wanted = form.map(|id| set.forms.iter().find(|own| own.id == id));
        let is_known = !matches!(wanted, Some(None)) || (set.forms.is_empty() && form == Some("practice"));
        let chosen = wanted
            .flatten()
            .or(set.forms.first())
            .cloned()
            .unwrap_or_else(Form::practice);
        let form = chosen.narrowed(narrowing, &set);
        let form_key = form_key(&form.id, narrowing);
        let session = Self {
            set,
            form,
            form_key,
            phase: Phase::Start { last: None },
        };
        (session, is_known)
    }

    /// Takes up what was stored: the newest running attempt goes on, or the newest finished one is remembered. Attempts of
    /// another form, and questions that the set no longer has, are passed over.
    pub fn restore(&mut self, attempts: Vec<Attempt>, now: Timestamp) -> Vec<Effect> {
        let mut own: Vec<Attempt> = attempts
            .into_iter()
            .filter(|attempt| attempt.set == self.set.id && attempt.form == self.form_key)
            .collect();
        own.sort_by_key(|attempt| (attempt.finished.is_none(), attempt.changed, attempt.revision));
        let Some(sitting) = own.pop().and_then(|attempt| self.sitting(attempt)) else {
            return Vec::new();
        };
        if sitting.attempt.finished.is_some() {
            self.phase = Phase::Start {
                last: Some(Box::new(sitting)),
            };
            return Vec::new();
        }
        self.phase = Phase::Running {
            sitting: Box::new(sitting),
            is_reviewing: false,
        };
        self.update(Event::Tick, now)
    }

    fn sitting(&self, mut attempt: Attempt) -> Option<Sitting> {
        let mut position = attempt.position;
        let mut kept = Vec::with_capacity(attempt.answers.len());
        let mut questions = Vec::with_capacity(attempt.answers.len());
        for (index, mut answer) in attempt.answers.into_iter().enumerate() {
            let found = self.set.questions.iter().position(|question| question.id == answer.question);
            match found.and_then(|found| Some((found, self.set.questions.get(found)?))) {
                Some((found, question)) => {
                    answer.response = question.body.as_type().accept(&answer.response);
                    questions.push(found);
                    kept.push(answer);
                }
                None if index < attempt.position => position = position.saturating_sub(1),
                None => {}
            }
        }
        attempt.answers = kept;
        attempt.position = position.min(questions.len().checked_sub(1)?);
        let paper = self.form.paper_of(&self.set, &attempt.seed, &questions);
        Some(Sitting { attempt, paper })
    }

    /// Where the session is.
    pub fn state(&self) -> State {
        match &self.phase {
            Phase::Start { .. } => State::Ready,
            Phase::Running { sitting, .. } if sitting.attempt.paused.is_some() => State::Paused,
            Phase::Running { .. } => State::Running,
            Phase::Finished { .. } => State::Finished,
        }
    }

    /// The time left; `None` where nothing is limited.
    pub fn remaining(&self, now: Timestamp) -> Option<Duration> {
        let Phase::Running { sitting, .. } = &self.phase else {
            return None;
        };
        let deadline = sitting.attempt.deadline?;
        Some(deadline.since(sitting.attempt.paused.unwrap_or(now)))
    }

    /// Whether time goes by that somebody must watch.
    pub fn is_ticking(&self) -> bool {
        self.state() == State::Running && self.remaining(Timestamp(0)).is_some()
    }

    /// The set.
    pub fn set(&self) -> &QuestionSet {
        &self.set
    }

    /// The form, as narrowed.
    pub const fn form(&self) -> &Form {
        &self.form
    }

    /// Takes one event, at the moment it happened.
    pub fn update(&mut self, event: Event, now: Timestamp) -> Vec<Effect> {
        let mut effects = self.expire(now);
        match event {
            Event::Tick => {}
            Event::Start { seed, attempt, which } => self.start(seed, attempt, which, now, &mut effects),
            Event::Submit => self.finish(now, false, &mut effects),
            Event::Finish => self.ask_to_finish(now, &mut effects),
            Event::Review => self.review(true),
            Event::BackToQuestion => self.review(false),
            Event::ShowAnswers => self.show_answers(true),
            Event::ShowResults => self.show_answers(false),
            Event::Reset => self.reset(&mut effects),
            Event::Pause | Event::Resume => self.pause(event == Event::Pause, now, &mut effects),
            Event::Respond(response) => self.respond(&response, now, &mut effects),
            Event::Check => self.check(now, &mut effects),
            Event::GoTo(position) => self.go_to(position, now, &mut effects),
            Event::ToggleFlag => self.change(now, &mut effects, |sitting, _| {
                let position = sitting.attempt.position;
                let answer = sitting.attempt.answers.get_mut(position)?;
                answer.is_flagged = !answer.is_flagged;
                Some(())
            }),
        }
        effects
    }

    fn start(&mut self, seed: String, id: String, which: Which, now: Timestamp, effects: &mut Vec<Effect>) {
        let paper = match (&self.phase, which) {
            (Phase::Running { .. }, _) => return,
            (Phase::Finished { report, .. }, Which::Missed) => {
                let missed: Vec<usize> = report
                    .questions
                    .iter()
                    .filter(|result| result.outcome != Outcome::Correct)
                    .filter_map(|result| self.set.questions.iter().position(|question| question.id == result.id))
                    .collect();
                self.form.paper_of(&self.set, &seed, &missed)
            }
            (Phase::Start { .. } | Phase::Finished { .. }, _) => self.form.paper(&self.set, &seed),
        };
        if paper.items.is_empty() {
            return;
        }
        let answers: Vec<Answer> = paper
            .items
            .iter()
            .enumerate()
            .filter_map(|(position, item)| {
                Some(Answer {
                    question: self.set.questions.get(item.question)?.id.clone(),
                    is_seen: position == 0,
                    ..Answer::default()
                })
            })
            .collect();
        let attempt = Attempt {
            id: id.clone(),
            set: self.set.id.clone(),
            digest: self.set.digest,
            form: self.form_key.clone(),
            seed,
            revision: 1,
            started: now,
            changed: now,
            deadline: self.form.time_limit.map(|limit| now.plus(limit)),
            paused: None,
            pauses: Duration::ZERO,
            finished: None,
            position: 0,
            answers,
        };
        effects.push(Effect::Save(attempt.clone()));
        effects.push(Effect::Tell(Notice::Started {
            attempt: id,
            questions: paper.items.len(),
        }));
        self.phase = Phase::Running {
            sitting: Box::new(Sitting { attempt, paper }),
            is_reviewing: false,
        };
    }

    /// Ends a sitting whose time is up, at the moment it was.
    fn expire(&mut self, now: Timestamp) -> Vec<Effect> {
        let mut effects = Vec::new();
        if let Phase::Running { sitting, .. } = &self.phase
            && sitting.attempt.paused.is_none()
            && let Some(deadline) = sitting.attempt.deadline
            && deadline <= now
        {
            self.finish(deadline, true, &mut effects);
        }
        effects
    }

    fn finish(&mut self, at: Timestamp, is_timed_out: bool, effects: &mut Vec<Effect>) {
        let Phase::Running { sitting, .. } = &self.phase else {
            return;
        };
        let mut sitting = sitting.clone();
        if let Some(paused) = sitting.attempt.paused.take() {
            sitting.attempt.pauses += at.since(paused);
        }
        sitting.attempt.finished = Some(Finish { at, is_timed_out });
        sitting.attempt.changed = at;
        sitting.attempt.revision += 1;
        let report = Report::new(&self.set, &self.form, &sitting.attempt);
        effects.push(Effect::Save(sitting.attempt.clone()));
        effects.push(Effect::Tell(Notice::Finished(report.clone())));
        self.phase = Phase::Finished {
            sitting,
            report: Box::new(report),
            shows_answers: false,
        };
    }

    fn ask_to_finish(&mut self, now: Timestamp, effects: &mut Vec<Effect>) {
        let Phase::Running { sitting, is_reviewing } = &mut self.phase else {
            return;
        };
        if sitting.attempt.paused.is_some() {
            return;
        }
        if self.form.feedback == Feedback::AtEnd || !sitting.is_complete(&self.set) {
            // One question alone needs no list of questions, and there is nothing to ask where all is answered.
            let is_alone = sitting.paper.items.len() == 1 && sitting.is_complete(&self.set);
            if !is_alone {
                *is_reviewing = true;
                return;
            }
        }
        self.finish(now, false, effects);
    }

    fn review(&mut self, wanted: bool) {
        if let Phase::Running { sitting, is_reviewing } = &mut self.phase
            && sitting.attempt.paused.is_none()
        {
            *is_reviewing = wanted;
        }
    }

    fn show_answers(&mut self, wanted: bool) {
        match &mut self.phase {
            Phase::Finished { shows_answers, .. } => *shows_answers = wanted,
            Phase::Start { last: Some(sitting) } => {
                self.phase = Phase::Finished {
                    report: Box::new(Report::new(&self.set, &self.form, &sitting.attempt)),
                    sitting: sitting.clone(),
                    shows_answers: wanted,
                };
            }
            Phase::Start { last: None } | Phase::Running { .. } => {}
        }
    }

    fn reset(&mut self, effects: &mut Vec<Effect>) {
        let last = match &self.phase {
            Phase::Start { .. } => return,
            Phase::Running { sitting, .. } => {
                effects.push(Effect::Forget(sitting.attempt.id.clone()));
                None
            }
            Phase::Finished { sitting, .. } => Some(sitting.clone()),
        };
        self.phase = Phase::Start { last };
    }

    fn pause(&mut self, wanted: bool, now: Timestamp, effects: &mut Vec<Effect>) {
        if self.form.mode == Mode::Exam {
            return;
        }
        let Phase::Running { sitting, .. } = &mut self.phase else {
            return;
        };
        let attempt = &mut sitting.attempt;
        match attempt.paused {
            None if wanted => attempt.paused = Some(now),
            Some(since) if !wanted => {
                let pause = now.since(since);
                attempt.paused = None;
                attempt.pauses += pause;
                attempt.deadline = attempt.deadline.map(|deadline| deadline.plus(pause));
            }
            _ => return,
        }
        saved(attempt, now, effects);
    }

    fn respond(&mut self, response: &Response, now: Timestamp, effects: &mut Vec<Effect>) {
        let mut told = None;
        self.change(now, effects, |sitting, set| {
            let position = sitting.attempt.position;
            let (question, answer) = sitting.at(set, position)?;
            let accepted = question.body.as_type().accept(response);
            if answer.is_checked || answer.response == accepted {
                return None;
            }
            let answer = sitting.attempt.answers.get_mut(position)?;
            answer.response = accepted;
            told = Some(Notice::Answered {
                attempt: sitting.attempt.id.clone(),
                question: answer.question.clone(),
                response: answer.response.clone(),
                outcome: None,
            });
            Some(())
        });
        effects.extend(told.map(Effect::Tell));
    }

    fn check(&mut self, now: Timestamp, effects: &mut Vec<Effect>) {
        if self.form.feedback != Feedback::Immediate {
            return;
        }
        let credit = self.form.credit;
        let mut told = None;
        self.change(now, effects, |sitting, set| {
            let position = sitting.attempt.position;
            let (question, answer) = sitting.at(set, position)?;
            let kind = question.body.as_type();
            if answer.is_checked || kind.completeness(&answer.response) != Completeness::Complete {
                return None;
            }
            let outcome = super::report::outcome(kind, &answer.response, credit).0;
            let answer = sitting.attempt.answers.get_mut(position)?;
            answer.is_checked = true;
            told = Some(Notice::Answered {
                attempt: sitting.attempt.id.clone(),
                question: answer.question.clone(),
                response: answer.response.clone(),
                outcome: Some(outcome),
            });
            Some(())
        });
        effects.extend(told.map(Effect::Tell));
    }

    fn go_to(&mut self, position: usize, now: Timestamp, effects: &mut Vec<Effect>) {
        let is_linear = self.form.navigation == Navigation::Linear;
        let mut came = false;
        self.change(now, effects, |sitting, _| {
            let from = sitting.attempt.position;
            if is_linear && position != from && position != from + 1 {
                return None;
            }
            sitting.attempt.answers.get_mut(position)?.is_seen = true;
            sitting.attempt.position = position;
            came = true;
            Some(())
        });
        if came {
            self.review(false);
        }
    }

    /// Applies a change to a sitting that runs, and saves it. `None` from the change means that nothing was changed.
    fn change(
        &mut self,
        now: Timestamp,
        effects: &mut Vec<Effect>,
        change: impl FnOnce(&mut Sitting, &QuestionSet) -> Option<()>,
    ) {
        let Phase::Running { sitting, .. } = &mut self.phase else {
            return;
        };
        if sitting.attempt.paused.is_none() && change(sitting, &self.set).is_some() {
            saved(&mut sitting.attempt, now, effects);
        }
    }
}

/// Every change is a new revision, stored at once.
fn saved(attempt: &mut Attempt, now: Timestamp, effects: &mut Vec<Effect>) {
    attempt.revision += 1;
    attempt.changed = now;
    effects.push(Effect::Save(attempt.clone()));
}

/// What an attempt is remembered under: the form, and all that makes its paper another one.
fn form_key(id: &str, narrowing: &Narrowing) -> String {
    let mut key = id.to_owned();
    if let Some(count) = narrowing.count {
        key.push_str(";count=");
        key.push_str(&count.to_string());
    }
    if !narrowing.domains.is_empty() {
        key.push_str(";domain=");
        key.push_str(&narrowing.domains.join(" "));
    }
    if let Some(limit) = narrowing.time_limit {
        key.push_str(";time-limit=");
        key.push_str(&limit.map_or(0, |limit| limit.as_secs()).to_string());
    }
    key
}

#[cfg(test)]
mod tests;
