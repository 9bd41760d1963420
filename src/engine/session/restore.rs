//! Takes up what was stored: which attempts belong to a session, and a sitting out of an attempt.
//!
//! The set may have been edited since: what still exists goes on, and what does not is passed over.

use super::{Phase, Session, Sitting, saved};
use crate::engine::attempt::{Attempt, MISSED};
use crate::engine::clock::Timestamp;
use crate::engine::event::{Effect, Event};
use crate::engine::form::{Mode, Narrowing};
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
        attempts: Vec<Attempt>,
        seed: Option<&str>,
        now: Timestamp,
    ) -> Vec<Effect> {
        self.only(seed);
        self.update(Event::Stored(attempts), now);
        self.update(Event::Hold(true), now)
    }

    /// With an author's seed only what was made from it counts, and papers do not depend on what was seen.
    pub fn only(&mut self, seed: Option<&str>) {
        if let Some(seed) = seed {
            self.seen = None;
            self.seed = Some(seed.to_owned());
        }
    }

    /// A stored sitting goes on here. That the clock was set back meanwhile is stored at once: who comes again and again must
    /// not find more time each time.
    pub(super) fn go_on(&mut self, now: Timestamp, effects: &mut Vec<Effect>) {
        let is_practice = self.form.mode == Mode::Practice;
        let Phase::Running { sitting, .. } = &mut self.phase else {
            return;
        };
        let attempt = &mut sitting.attempt;
        if attempt.set_back(now) {
            saved(attempt, now, effects);
        }
        if attempt.paused.is_some() {
            return;
        }
        if is_practice {
            // Practice counts time in sight. That it was in sight is known until the last change.
            let changed = attempt.changed;
            sitting.leave_alone(changed);
        } else {
            attempt.shown = attempt.shown.or(Some(now));
        }
    }

    /// Whether the set is another one than when the running sitting began; then, how many of its questions are gone.
    pub fn edited(&self) -> Option<usize> {
        let attempt = self.running()?;
        (attempt.digest != self.set.digest).then_some(attempt.removed.len())
    }

    /// Takes note of what is stored. The sitting on the screen becomes what another page made of it; with none, the newest
    /// running one is taken up.
    pub(super) fn take_up(&mut self, mut attempts: Vec<Attempt>) {
        attempts.retain(|attempt| {
            let is_seed = self.seed.as_ref().is_none_or(|seed| attempt.seed == *seed);
            attempt.set == self.set.id && is_seed
        });
        for attempt in &attempts {
            self.remember(attempt);
            if self.running().is_none_or(|own| own.id != attempt.id) {
                self.latest = self.latest.max(attempt.place());
            }
        }
        self.history = self.history.map(|turn| turn.wrapping_add(1));
        self.follow(&attempts);
        let (finished, running): (Vec<_>, Vec<_>) = attempts
            .into_iter()
            .filter(|attempt| match attempt.form.strip_prefix(&self.form_key) {
                Some("") => true,
                // To go on with, not to be remembered as the last result.
                Some(MISSED) => attempt.finished.is_none(),
                _ => false,
            })
            .partition(|attempt| attempt.finished.is_some());
        self.last = self.newest(finished).map(Box::new);
        // What a later version began is not for this one to go on with.
        let running = running.into_iter().filter(|attempt| !attempt.is_newer);
        if matches!(self.phase, Phase::Start)
            && let Some(sitting) = self.newest(running.collect())
        {
            self.phase = Phase::Running {
                sitting: Box::new(sitting),
                is_reviewing: false,
            };
            // It is shown at once, also to who was looking at the list of results.
            self.history = None;
        }
    }

    /// Another page changed or ended the sitting that is on the screen, or gave it up. What came later is shown; where the
    /// other one took it, whatever is stored: both may have counted on from there. Where that page runs a later version, this
    /// one cannot go on with it any more.
    fn follow(&mut self, attempts: &[Attempt]) {
        let is_stale = core::mem::take(&mut self.is_stale);
        let (Phase::Running { sitting, .. } | Phase::Finished { sitting, .. }) = &self.phase else {
            return;
        };
        let own = &sitting.attempt;
        let theirs = attempts.iter().find(|theirs| theirs.id == own.id);
        if theirs.is_some_and(|theirs| theirs.is_newer && theirs.finished.is_none()) {
            self.phase = Phase::Start;
            return;
        }
        let Some(theirs) = theirs else {
            // Where another page took it, it may be where this page has not looked yet.
            if self.is_elsewhere && !is_stale {
                self.phase = Phase::Start;
            }
            return;
        };
        if !is_stale && !theirs.supersedes(own) {
            return;
        }
        let Some(sitting) = self.sitting(theirs.clone()) else {
            return;
        };
        let is_reviewing = self.is_reviewing();
        self.turn = self.turn.wrapping_add(1);
        self.phase = if sitting.attempt.finished.is_some() {
            Phase::Finished {
                report: Report::of(&self.set, &self.form, &sitting.attempt),
                sitting: Box::new(sitting),
                shows_answers: false,
            }
        } else {
            Phase::Running {
                sitting: Box::new(sitting),
                is_reviewing,
            }
        };
    }

    /// The sitting of the newest attempt that still has a question in the set.
    fn newest(&self, mut attempts: Vec<Attempt>) -> Option<Sitting> {
        loop {
            let (index, _) = attempts
                .iter()
                .enumerate()
                .max_by_key(|(_, attempt)| (attempt.place(), attempt.revision))?;
            if let Some(sitting) = self.sitting(attempts.swap_remove(index)) {
                return Some(sitting);
            }
        }
    }

    /// The sitting of an attempt; `None` if the set has none of its questions any more, unless its result can be told all the
    /// same.
    fn sitting(&self, mut attempt: Attempt) -> Option<Sitting> {
        let mut position = attempt.position;
        let mut kept = Vec::with_capacity(attempt.answers.len());
        let mut questions = Vec::with_capacity(attempt.answers.len());
        // What came back stands at the end.
        let before = attempt.answers.len();
        let answers = attempt.answers.into_iter().chain(attempt.removed);
        attempt.removed = Vec::new();
        for (index, mut answer) in answers.enumerate() {
            let found = self.set.find(&answer.question);
            let found = found.and_then(|found| Some((found, self.set.questions.get(found)?)));
            if let Some((found, question)) = found {
                let kind = question.body.as_type();
                // What is over stays as it is.
                if attempt.finished.is_none() {
                    answer.response = kind.accept(&answer.response);
                    // What was marked cannot be changed; but where the choice is gone, the question is open again, unless
                    // it was its time that closed it.
                    answer.is_checked &= answer.is_late
                        || kind.completeness(&answer.response) == Completeness::Complete;
                }
                questions.push(found);
                kept.push(answer);
            } else {
                if index < attempt.position.min(before) {
                    position = position.saturating_sub(1);
                }
                attempt.removed.push(answer);
            }
        }
        if kept.is_empty() && attempt.told.is_none() {
            return None;
        }
        attempt.answers = kept;
        attempt.position = position.min(questions.len().saturating_sub(1));
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
                report: Report::of(&self.set, &self.form, &sitting.attempt),
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
