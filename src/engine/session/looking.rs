//! What others may know of a session: it changes nothing.

use core::time::Duration;

use super::{Phase, Session, Sitting, State};
use crate::engine::attempt::Attempt;
use crate::engine::clock::Timestamp;
use crate::engine::form::Form;
use crate::engine::set::QuestionSet;

impl Session {
    /// Where the session is.
    pub fn state(&self) -> State {
        match &self.phase {
            Phase::Start => State::Ready,
            Phase::Running { sitting, .. } if sitting.is_paused() => State::Paused,
            Phase::Running { .. } => State::Running,
            Phase::Finished { .. } => State::Finished,
        }
    }

    /// The time left; `None` where nothing is limited.
    pub fn remaining(&self, now: Timestamp) -> Option<Duration> {
        let Phase::Running { sitting, .. } = &self.phase else {
            return None;
        };
        // It is not earlier than the last change, whatever the clock says: see `go_on`.
        let now = now.max(sitting.attempt.changed);
        let now = sitting.attempt.paused.unwrap_or(now);
        let own = self.question_deadline(sitting);
        let deadline = match (sitting.attempt.deadline, own) {
            (Some(paper), Some(own)) => paper.min(own),
            (paper, own) => paper.or(own)?,
        };
        Some(deadline.since(now))
    }

    /// When the time for the question on screen is up.
    pub(super) fn question_deadline(&self, sitting: &Sitting) -> Option<Timestamp> {
        let limit = self.form.question_time?;
        let answer = sitting.attempt.answers.get(sitting.attempt.position)?;
        let shown = sitting.attempt.shown?;
        (!answer.is_locked()).then(|| shown.plus(limit.saturating_sub(answer.spent)))
    }

    /// Whether time goes by that somebody must watch.
    pub fn is_ticking(&self) -> bool {
        let is_still = self
            .running()
            .is_none_or(|attempt| attempt.paused.is_some());
        !is_still && self.remaining(Timestamp(0)).is_some()
    }

    /// The set.
    pub fn set(&self) -> &QuestionSet {
        &self.set
    }

    /// The form, as narrowed.
    pub const fn form(&self) -> &Form {
        &self.form
    }

    /// What attempts of this form, narrowed as it is, are stored under.
    pub fn form_key(&self) -> &str {
        &self.form_key
    }

    /// The attempt of the running sitting.
    pub fn running(&self) -> Option<&Attempt> {
        match &self.phase {
            Phase::Running { sitting, .. } => Some(&sitting.attempt),
            Phase::Start | Phase::Finished { .. } => None,
        }
    }

    /// Whether the running sitting goes on in another page, and is only shown here.
    pub const fn is_elsewhere(&self) -> bool {
        self.is_elsewhere
    }
}
