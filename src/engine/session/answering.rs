//! What a reader does in a running sitting: answering, having an answer marked, moving about.

use super::{Phase, Session, Sitting, saved};
use crate::engine::attempt::Answer;
use crate::engine::clock::Timestamp;
use crate::engine::event::{Effect, Notice};
use crate::engine::form::{Feedback, Navigation};
use crate::engine::question::{Completeness, Response};
use crate::engine::report::outcome;
use crate::engine::set::QuestionSet;

/// How many characters of a note are kept: a few sentences, so that a record stays small.
pub const NOTE_LENGTH: usize = 400;

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
            // What names only unknown choices takes no answer away; a field that was emptied does.
            let says_something = |part: &String| !part.trim().is_empty() && !part.ends_with('=');
            let is_foreign = accepted.is_empty() && response.0.iter().any(says_something);
            if answer.is_locked() || is_foreign || answer.response == accepted {
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
            if answer.is_locked() || kind.completeness(&answer.response) != Completeness::Complete {
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

    /// The time of the question on screen is up: its answer stays as it is. Where answers are marked at once it is marked;
    /// elsewhere the reader goes on to the next question.
    pub(super) fn close_question(
        &mut self,
        at: Timestamp,
        now: Timestamp,
        effects: &mut Vec<Effect>,
    ) {
        let is_immediate = self.form.feedback == Feedback::Immediate;
        let credit = self.form.credit;
        let mut next = None;
        let mut told = None;
        self.change(now, effects, |sitting, set| {
            let position = sitting.attempt.position;
            sitting.turn_away(set, at);
            let (question, answer) = sitting.at(set, position)?;
            if is_immediate {
                told = Some(Notice::Answered {
                    attempt: sitting.attempt.id.clone(),
                    question: answer.question.clone(),
                    response: answer.response.clone(),
                    outcome: Some(outcome(question.body.as_type(), &answer.response, credit).0),
                });
            }
            let answer = sitting.attempt.answers.get_mut(position)?;
            answer.is_checked = is_immediate;
            answer.is_late = true;
            next = Some(position + 1);
            Some(())
        });
        effects.extend(told.map(Effect::Tell));
        match next {
            None => {}
            Some(_) if is_immediate => {
                if let Phase::Running { sitting, .. } = &mut self.phase {
                    sitting.attempt.shown = Some(now);
                }
            }
            Some(next) => {
                let is_last = match &self.phase {
                    Phase::Running { sitting, .. } => next >= sitting.attempt.answers.len(),
                    Phase::Start | Phase::Finished { .. } => true,
                };
                if is_last {
                    self.review(true, now);
                } else {
                    self.go_to(next, now, effects);
                }
            }
        }
    }

    pub(super) fn go_to(&mut self, position: usize, now: Timestamp, effects: &mut Vec<Effect>) {
        let is_linear = self.form.navigation == Navigation::Linear;
        let mut is_there = false;
        self.change(now, effects, |sitting, set| {
            let from = sitting.attempt.position;
            is_there = position == from;
            if is_there || (is_linear && position != from + 1) {
                return None;
            }
            // Only if there is such a question.
            sitting.attempt.answers.get(position)?;
            sitting.turn_away(set, now);
            sitting.attempt.answers.get_mut(position)?.is_seen = true;
            sitting.attempt.position = position;
            sitting.attempt.shown = Some(now);
            is_there = true;
            Some(())
        });
        if is_there {
            self.review(false, now);
        }
    }

    /// A choice struck out is the reader's own note: it can still be chosen.
    pub(super) fn strike(&mut self, choice: String, now: Timestamp, effects: &mut Vec<Effect>) {
        self.change(now, effects, |sitting, set| {
            let position = sitting.attempt.position;
            let (question, _) = sitting.at(set, position)?;
            let named = Response(vec![choice.clone()]);
            let is_there = !question.body.as_type().accept(&named).is_empty();
            let struck = &mut sitting.attempt.answers.get_mut(position)?.struck;
            let before = struck.len();
            struck.retain(|own| *own != choice);
            if struck.len() == before {
                is_there.then(|| struck.push(choice))?;
            }
            Some(())
        });
    }

    /// A note is kept up to [`NOTE_LENGTH`] characters.
    pub(super) fn note(&mut self, note: &str, now: Timestamp, effects: &mut Vec<Effect>) {
        let note: String = note.chars().take(NOTE_LENGTH).collect();
        self.annotate(now, effects, |answer| {
            let is_new = answer.note != note;
            answer.note = note;
            is_new
        });
    }

    /// Changes what stands beside the current response, not the response. The change says whether there was one.
    pub(super) fn annotate(
        &mut self,
        now: Timestamp,
        effects: &mut Vec<Effect>,
        change: impl FnOnce(&mut Answer) -> bool,
    ) {
        self.change(now, effects, |sitting, _| {
            let position = sitting.attempt.position;
            let answer = sitting.attempt.answers.get_mut(position)?;
            change(answer).then_some(())
        });
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
