//! What a reader does in a running sitting: answering, having an answer marked, moving about.

use super::{Phase, Session, Sitting, saved};
use crate::engine::clock::Timestamp;
use crate::engine::event::{Effect, Notice};
use crate::engine::form::{Feedback, Navigation};
use crate::engine::question::{Completeness, Response};
use crate::engine::report::outcome;
use crate::engine::set::QuestionSet;

impl Session {
    pub(super) fn respond(
        &mut self,
        response: &Response,
        now: Timestamp,
        effects: &mut Vec<Effect>,
    ) {
        let mut told = None;
        self.change(now, effects, |sitting, set| {
            let position = sitting.attempt.position;
            let (question, answer) = sitting.at(set, position)?;
            let accepted = question.body.as_type().accept(response);
            // What names only unknown choices takes no answer away.
            let is_foreign = accepted.is_empty() && !response.is_empty();
            if answer.is_checked || is_foreign || answer.response == accepted {
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

    pub(super) fn check(&mut self, now: Timestamp, effects: &mut Vec<Effect>) {
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
            let outcome = outcome(kind, &answer.response, credit).0;
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

    pub(super) fn go_to(&mut self, position: usize, now: Timestamp, effects: &mut Vec<Effect>) {
        let is_linear = self.form.navigation == Navigation::Linear;
        let mut is_there = false;
        self.change(now, effects, |sitting, _| {
            let from = sitting.attempt.position;
            is_there = position == from;
            if is_there || (is_linear && position != from + 1) {
                return None;
            }
            sitting.attempt.answers.get_mut(position)?.is_seen = true;
            sitting.attempt.position = position;
            is_there = true;
            Some(())
        });
        if is_there {
            self.review(false);
        }
    }

    /// Applies a change to a sitting that runs, and saves it. `None` from the change means that nothing was changed.
    pub(super) fn change(
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
