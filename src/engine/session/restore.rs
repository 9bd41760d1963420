//! Takes up what was stored: which attempts belong to a session, and a sitting out of an attempt.
//!
//! The set may have been edited since: what still exists goes on, and what does not is passed over.

use std::rc::Rc;

use super::{Phase, Session, Sitting};
use crate::engine::attempt::{Attempt, MISSED};
use crate::engine::clock::Timestamp;
use crate::engine::event::{Effect, Event};
use crate::engine::form::Narrowing;
use crate::engine::question::Completeness;
use crate::engine::report::Report;

impl Session {
    /// Takes up what was stored: the newest running attempt goes on, and the newest finished one is remembered. Attempts of
    /// another form, and questions that the set no longer has, are passed over.
    ///
    /// With an author's `seed` only what was made from it counts, and papers do not depend on what was seen: the same seed
    /// gives the same paper.
    pub fn restore(
        &mut self,
        mut attempts: Vec<Attempt>,
        seed: Option<&str>,
        now: Timestamp,
    ) -> Vec<Effect> {
        attempts.retain(|attempt| attempt.set == self.set.id);
        if let Some(seed) = seed {
            self.seen = None;
            attempts.retain(|attempt| attempt.seed == seed);
        }
        for attempt in &attempts {
            self.remember(attempt);
        }
        let (finished, running): (Vec<_>, Vec<_>) = attempts
            .into_iter()
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
        let mut sitting = sitting;
        if sitting.attempt.paused.is_none() && sitting.attempt.shown.is_none() {
            sitting.attempt.shown = Some(now);
        }
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
                    // What was marked cannot be changed; but where the choice is gone, the question is open again, unless
                    // it was its time that closed it.
                    answer.is_checked &= answer.is_late
                        || kind.completeness(&answer.response) == Completeness::Complete;
                    questions.push(found);
                    kept.push(answer);
                }
                None if index < attempt.position => position = position.saturating_sub(1),
                None => {}
            }
        }
        attempt.answers = kept;
        attempt.position = position.min(questions.len().checked_sub(1)?);
        // Nobody looked at the question while the page was away. Where questions have a time of their own it ran on.
        if self.form.question_time.is_none()
            && let Some(shown) = attempt.shown
            && let Some(answer) = attempt.answers.get_mut(attempt.position)
        {
            answer.spent = answer.spent.saturating_add(attempt.changed.since(shown));
            attempt.shown = None;
        }
        let paper = self.form.paper_of(&self.set, &attempt.seed, &questions);
        Some(Sitting { attempt, paper })
    }
}

impl Session {
    pub(super) fn show_history(&mut self) {
        if !matches!(self.phase, Phase::Running { .. }) {
            self.history = self.history.or(Some(0));
        }
    }

    /// Shows the result of a finished attempt of this form.
    pub(super) fn open(&mut self, attempt: Attempt) {
        let is_own = attempt.set == self.set.id
            && attempt.finished.is_some()
            && matches!(attempt.form.strip_prefix(&self.form_key), Some("" | MISSED));
        if !is_own || matches!(self.phase, Phase::Running { .. }) {
            return;
        }
        if let Some(sitting) = self.sitting(attempt) {
            self.leave();
            self.history = None;
            self.phase = Phase::Finished {
                report: Rc::new(Report::new(&self.set, &self.form, &sitting.attempt)),
                sitting: Box::new(sitting),
                shows_answers: false,
            };
        }
    }

    /// Deletes an attempt, unless it is running: that one is given up with [`Event::Reset`].
    pub(super) fn delete(&mut self, id: String, effects: &mut Vec<Effect>) {
        let is_it = |sitting: &Sitting| sitting.attempt.id == id;
        match &self.phase {
            Phase::Running { sitting, .. } if is_it(sitting) => return,
            Phase::Finished { sitting, .. } if is_it(sitting) => self.phase = Phase::Start,
            _ => {}
        }
        self.last = self.last.take().filter(|sitting| !is_it(sitting));
        self.history = self.history.map(|turn| turn.wrapping_add(1));
        effects.push(Effect::Forget(id));
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
