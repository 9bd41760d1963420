//! Takes up what was stored: which attempts belong to a session, and a sitting out of an attempt.
//!
//! The set may have been edited since: what still exists goes on, and what does not is passed over.

use super::{Phase, Session, Sitting};
use crate::engine::attempt::{Attempt, MISSED};
use crate::engine::clock::Timestamp;
use crate::engine::event::{Effect, Event};
use crate::engine::form::Narrowing;
use crate::engine::question::Completeness;

impl Session {
    /// Takes up what was stored: the newest running attempt goes on, and the newest finished one is remembered. Attempts of
    /// another form, and questions that the set no longer has, are passed over.
    pub fn restore(&mut self, attempts: Vec<Attempt>, now: Timestamp) -> Vec<Effect> {
        let (finished, running): (Vec<_>, Vec<_>) = attempts
            .into_iter()
            .filter(|attempt| attempt.set == self.set.id)
            .filter(|attempt| match attempt.form.strip_prefix(&self.form_key) {
                Some("") => true,
                // To go on with, not to be remembered as the last result.
                Some(MISSED) => attempt.finished.is_none(),
                _ => false,
            })
            .partition(|attempt| attempt.finished.is_some());
        let (last, sitting) = (self.newest(finished), self.newest(running));
        self.last = last.map(Box::new);
        let Some(sitting) = sitting else {
            return Vec::new();
        };
        self.phase = Phase::Running {
            sitting: Box::new(sitting),
            is_reviewing: false,
        };
        self.update(Event::Tick, now)
    }

    /// The sitting of the newest attempt that still has a question in the set.
    fn newest(&self, mut attempts: Vec<Attempt>) -> Option<Sitting> {
        loop {
            let (index, _) = attempts
                .iter()
                .enumerate()
                .max_by_key(|(_, attempt)| (attempt.changed, attempt.revision))?;
            if let Some(sitting) = self.sitting(attempts.swap_remove(index)) {
                return Some(sitting);
            }
        }
    }

    /// The sitting of an attempt; `None` if the set has none of its questions any more.
    fn sitting(&self, mut attempt: Attempt) -> Option<Sitting> {
        let mut position = attempt.position;
        let mut kept = Vec::with_capacity(attempt.answers.len());
        let mut questions = Vec::with_capacity(attempt.answers.len());
        for (index, mut answer) in attempt.answers.into_iter().enumerate() {
            let found = self
                .set
                .questions
                .iter()
                .position(|question| question.id == answer.question);
            match found.and_then(|found| Some((found, self.set.questions.get(found)?))) {
                Some((found, question)) => {
                    let kind = question.body.as_type();
                    answer.response = kind.accept(&answer.response);
                    // What was marked cannot be changed; but where the choice is gone, the question is open again.
                    answer.is_checked &=
                        kind.completeness(&answer.response) == Completeness::Complete;
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
}

/// What an attempt is remembered under: the form, and all that makes its paper another one.
pub(super) fn form_key(id: &str, narrowing: &Narrowing) -> String {
    let mut key = id.to_owned();
    if let Some(count) = narrowing.count {
        key.push_str(";count=");
        key.push_str(&count.to_string());
    }
    if !narrowing.domains.is_empty() {
        key.push_str(";domain=");
        for (index, domain) in narrowing.domains.iter().enumerate() {
            key.push_str(if index == 0 { "" } else { " " });
            key.push_str(domain);
        }
    }
    if let Some(limit) = narrowing.time_limit {
        key.push_str(";time-limit=");
        key.push_str(&limit.map_or(0, |limit| limit.as_secs()).to_string());
    }
    key
}
