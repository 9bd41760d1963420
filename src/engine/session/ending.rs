//! How a sitting stops: its time is up, it is handed in, or it is paused.

use core::time::Duration;
use std::rc::Rc;

use super::{Phase, Session, Sitting, saved};
use crate::engine::attempt::{Attempt, Finish};
use crate::engine::clock::Timestamp;
use crate::engine::event::{Effect, Notice};
use crate::engine::form::{Feedback, Mode};
use crate::engine::report::Report;

/// How long the page that has a sitting may take to end it and to say so.
const GRACE: Duration = Duration::from_secs(2);

impl Session {
    /// Whether the time of a sitting that goes on in another page has been up for a while, and nobody ended it: that page may
    /// be asleep. One that is awake gets the time to end it, and a question whose own time is up is its affair.
    pub fn is_overdue(&self, now: Timestamp) -> bool {
        let running = self.running().filter(|_| self.is_elsewhere);
        let limit =
            running.and_then(|attempt| attempt.deadline.filter(|_| attempt.paused.is_none()));
        limit.is_some_and(|limit| limit.plus(GRACE) <= now)
    }

    /// Ends a sitting whose time is up, at the moment it was; and a question whose own time is up.
    pub(super) fn expire(&mut self, now: Timestamp) -> Vec<Effect> {
        let mut effects = Vec::new();
        let Phase::Running { sitting, .. } = &self.phase else {
            return effects;
        };
        if sitting.attempt.paused.is_some() || self.is_elsewhere {
            return effects;
        }
        let paper = sitting.attempt.deadline.filter(|at| *at <= now);
        let own = self.question_deadline(sitting).filter(|at| *at <= now);
        // A question's time that is up after the paper's changes nothing any more.
        if let Some(at) = own
            && paper.is_none_or(|paper| at < paper)
        {
            self.close_question(at, now, &mut effects);
        }
        if let Some(at) = paper {
            self.finish(at, true, &mut effects);
        }
        effects
    }

    pub(super) fn finish(&mut self, at: Timestamp, is_timed_out: bool, effects: &mut Vec<Effect>) {
        if !matches!(self.phase, Phase::Running { .. }) {
            return;
        }
        let Some(mut sitting) = self.leave() else {
            return;
        };
        sitting.turn_away(&self.set, at);
        let attempt = &mut sitting.attempt;
        end_pause(attempt, at);
        attempt.finished = Some(Finish { at, is_timed_out });
        let report = Rc::new(Report::new(&self.set, &self.form, attempt));
        for (answer, result) in attempt.answers.iter_mut().zip(&report.questions) {
            answer.is_unscored = result.unscored;
        }
        attempt.after = self.after(at);
        saved(attempt, at, effects);
        self.latest = self.latest.max(attempt.place());
        self.remember(&sitting.attempt);
        effects.push(Effect::Tell(Notice::Finished(Rc::clone(&report))));
        self.phase = Phase::Finished {
            sitting,
            report,
            shows_answers: false,
        };
    }

    pub(super) fn ask_to_finish(&mut self, now: Timestamp, effects: &mut Vec<Effect>) {
        let Phase::Running { sitting, .. } = &self.phase else {
            return;
        };
        if sitting.attempt.paused.is_some() {
            return;
        }
        let is_complete = sitting.is_complete(&self.set);
        // One question alone needs no list of questions, and there is nothing to ask where all is answered.
        let is_alone = sitting.paper.items.len() == 1 && is_complete;
        if (self.form.feedback == Feedback::AtEnd || !is_complete) && !is_alone {
            self.review(true, now);
        } else {
            self.finish(now, false, effects);
        }
    }

    /// The question that a running sitting is at.
    pub(super) fn position(&self) -> Option<usize> {
        match &self.phase {
            Phase::Running { sitting, .. } => Some(sitting.attempt.position),
            Phase::Start | Phase::Finished { .. } => None,
        }
    }

    /// The page went out of sight. In practice only time in sight counts; an exam goes on.
    pub(super) fn go_away(&mut self, now: Timestamp, effects: &mut Vec<Effect>) {
        let is_practice = self.form.mode == Mode::Practice;
        if let Phase::Running { sitting, .. } = &mut self.phase
            && is_practice
            && sitting.attempt.paused.is_none()
        {
            sitting.leave_alone(now);
            saved(&mut sitting.attempt, now, effects);
        }
    }

    /// The page is in sight again.
    pub(super) fn come_back(&mut self, now: Timestamp, effects: &mut Vec<Effect>) {
        let is_reviewing = self.is_reviewing();
        if let Phase::Running { sitting, .. } = &mut self.phase
            && sitting.attempt.is_away
        {
            let attempt = &mut sitting.attempt;
            end_pause(attempt, now);
            attempt.shown = (!is_reviewing).then_some(now);
            saved(attempt, now, effects);
        }
    }

    /// The reader's clock was set by so many milliseconds. All moments of the sitting move with it, so that what is left
    /// stays as it was.
    pub(super) fn clock_set(&mut self, by: i64, now: Timestamp, effects: &mut Vec<Effect>) {
        if self.is_elsewhere {
            return;
        }
        if let Phase::Running { sitting, .. } = &mut self.phase {
            sitting.attempt.move_moments(by);
            saved(&mut sitting.attempt, now, effects);
        }
    }

    /// The sitting goes on in another page, from what is stored now.
    pub(super) fn let_go(&mut self, now: Timestamp, effects: &mut Vec<Effect>) {
        if let Phase::Running { sitting, .. } = &mut self.phase {
            // Until here somebody saw it.
            saved(&mut sitting.attempt, now, effects);
            self.is_elsewhere = true;
        }
    }

    /// Whether the sitting goes on in this page or in another one.
    pub(super) fn hold(&mut self, is_here: bool, now: Timestamp, effects: &mut Vec<Effect>) {
        self.is_stale = !is_here;
        let was_elsewhere = self.is_elsewhere;
        self.is_elsewhere = !is_here && self.running().is_some();
        if is_here && was_elsewhere {
            self.go_on(now, effects);
            effects.extend(self.expire(now));
        }
    }

    pub(super) fn pause(&mut self, wanted: bool, now: Timestamp, effects: &mut Vec<Effect>) {
        let is_exam = self.form.mode == Mode::Exam;
        let is_reviewing = self.is_reviewing();
        let Phase::Running { sitting, .. } = &mut self.phase else {
            return;
        };
        let attempt = &mut sitting.attempt;
        match (wanted, attempt.paused) {
            (true, None) if !is_exam => {
                sitting.turn_away(&self.set, now);
                sitting.attempt.paused = Some(now);
            }
            // Also in an exam: the author may have made it one while a stored sitting was paused.
            (false, Some(_)) => {
                end_pause(attempt, now);
                attempt.shown = (!is_reviewing).then_some(now);
            }
            _ => return,
        }
        saved(&mut sitting.attempt, now, effects);
    }
}

impl Sitting {
    /// Stops the clock, because nobody sees the sitting any more.
    pub(super) fn leave_alone(&mut self, at: Timestamp) {
        self.look_away(at);
        self.attempt.paused = Some(at);
        self.attempt.is_away = true;
    }
}

/// Lets the clock run on: the deadline moves by as long as it stood still.
fn end_pause(attempt: &mut Attempt, now: Timestamp) {
    attempt.is_away = false;
    if let Some(since) = attempt.paused.take() {
        let pause = now.since(since);
        attempt.pauses = attempt.pauses.saturating_add(pause);
        attempt.deadline = attempt.deadline.map(|deadline| deadline.plus(pause));
    }
}
