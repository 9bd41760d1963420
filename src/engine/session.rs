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

use super::attempt::{Answer, Attempt, MISSED};
use super::clock::Timestamp;
use super::event::{Effect, Event, Notice, Which};
use super::form::{Form, Narrowing};
use super::paper::Paper;
use super::question::{Completeness, Question};
use super::report::Report;
use super::scoring::Outcome;
use super::set::QuestionSet;
use super::set::Seen;
use core::time::Duration;

mod answering;
mod ending;
mod looking;
mod restore;
mod state;

pub use state::State;

/// The state of one widget.
#[derive(Clone, Debug)]
pub struct Session {
    pub(super) set: Rc<QuestionSet>,
    pub(super) form: Form,
    form_key: String,
    pub(super) phase: Phase,
    /// The newest finished sitting, unless it is the one on the screen.
    pub(super) last: Option<Box<Sitting>>,
    /// Whether the list of all attempts is on screen, over the start or a result; the number grows with each change of it.
    pub(super) history: Option<u32>,
    /// When each question was last seen; `None` where papers must not depend on it.
    seen: Option<Seen>,
    /// The last place that an attempt of the set has, other than the one that runs here.
    latest: Timestamp,
    /// The author's seed, if only what was made from it counts.
    pub(super) seed: Option<String>,
    /// Whether the running sitting goes on in another page, and is only shown here.
    is_elsewhere: bool,
    /// Whether another page took the sitting, so that what is here is not the truth.
    is_stale: bool,
    /// Grows when another page changed the sitting on the screen.
    pub(super) turn: u32,
}

/// Where a session is.
#[derive(Clone, Debug)]
pub(super) enum Phase {
    /// Before a sitting.
    Start,
    /// In a sitting.
    Running {
        sitting: Box<Sitting>,
        is_reviewing: bool,
    },
    /// After one.
    Finished {
        sitting: Box<Sitting>,
        report: Rc<Report>,
        shows_answers: bool,
    },
}

/// An attempt and the paper it is about; `paper.items` and `attempt.answers` go side by side.
#[derive(Clone, Debug)]
pub(super) struct Sitting {
    pub(super) attempt: Attempt,
    pub(super) paper: Paper,
}

impl Sitting {
    /// The question at a position, and what the reader did with it.
    pub(super) fn at<'s>(
        &'s self,
        set: &'s QuestionSet,
        position: usize,
    ) -> Option<(&'s Question, &'s Answer)> {
        let item = self.paper.items.get(position)?;
        Some((
            set.questions.get(item.question)?,
            self.attempt.answers.get(position)?,
        ))
    }

    pub(super) fn completeness(&self, set: &QuestionSet, position: usize) -> Completeness {
        self.at(set, position)
            .map_or(Completeness::Unanswered, |(question, answer)| {
                question.body.as_type().completeness(&answer.response)
            })
    }

    /// The question goes off the screen: its time is added up, and a complete response is remembered as the first.
    pub(super) fn turn_away(&mut self, set: &QuestionSet, now: Timestamp) {
        self.look_away(now);
        let position = self.attempt.position;
        let is_complete = self.completeness(set, position) == Completeness::Complete;
        if let Some(answer) = self.attempt.answers.get_mut(position)
            && is_complete
            && answer.first.is_empty()
        {
            answer.first = answer.response.clone();
        }
    }

    /// Nobody sees the question any more: its time is added up.
    pub(super) fn look_away(&mut self, now: Timestamp) {
        if let Some(shown) = self.attempt.shown.take()
            && let Some(answer) = self.attempt.answers.get_mut(self.attempt.position)
        {
            answer.spent = answer.spent.saturating_add(now.since(shown));
        }
    }

    /// Whether the reader stopped the clock.
    pub(super) const fn is_paused(&self) -> bool {
        self.attempt.paused.is_some() && !self.attempt.is_away
    }

    fn is_complete(&self, set: &QuestionSet) -> bool {
        (0..self.paper.items.len())
            .all(|position| self.completeness(set, position) == Completeness::Complete)
    }
}

impl Session {
    /// A session over a set, at the start screen. An unknown form gives the default one, and `false` beside it.
    pub fn new(set: Rc<QuestionSet>, form: Option<&str>, narrowing: &Narrowing) -> (Self, bool) {
        let wanted = form.map(|id| set.forms.iter().find(|own| own.id == id));
        let is_known =
            !matches!(wanted, Some(None)) || (set.forms.is_empty() && form == Some("practice"));
        let chosen = wanted
            .flatten()
            .or(set.forms.first())
            .cloned()
            .unwrap_or_else(Form::practice);
        let form = chosen.narrowed(narrowing, &set);
        let form_key = restore::form_key(&form.id, narrowing);
        let session = Self {
            set,
            form,
            form_key,
            phase: Phase::Start,
            last: None,
            history: None,
            seen: Some(Seen::default()),
            latest: Timestamp(i64::MIN),
            seed: None,
            is_elsewhere: false,
            is_stale: false,
            turn: 0,
        };
        (session, is_known)
    }

    /// Takes one event, at the moment it happened.
    pub fn update(&mut self, event: Event, now: Timestamp) -> Vec<Effect> {
        let position = self.position();
        let mut effects = Vec::new();
        let event = match event {
            // Before anything is decided by the time.
            Event::ClockSet(by) => {
                self.clock_set(by, now, &mut effects);
                return effects;
            }
            Event::Stored(attempts) => {
                let before = self.running().map(|attempt| attempt.term);
                self.take_up(attempts);
                // What has another term was taken by another page; so was what this one did not have before.
                let term = self.running().map(|attempt| attempt.term);
                self.is_elsewhere = term.is_some() && (self.is_elsewhere || term != before);
                return effects;
            }
            Event::Hold(is_here) => {
                self.hold(is_here, now, &mut effects);
                return effects;
            }
            // What the reader does, they do in the other page.
            _ if self.is_elsewhere => return effects,
            Event::Hide | Event::Tick | Event::LetGo => event,
            other => {
                self.come_back(now, &mut effects);
                other
            }
        };
        if matches!(event, Event::Hide) && self.remaining(now) == Some(Duration::ZERO) {
            // The page may be about to go, and could not tell of the end any more. Who looks next ends it, at the same moment.
            return effects;
        }
        effects.extend(self.expire(now));
        // What the reader did to a question whose time was up is not meant for the next one.
        let is_elsewhere = self.position() != position;
        if matches!(
            event,
            Event::ShowAnswers | Event::ShowResults | Event::Reset
        ) {
            self.history = None;
        }
        match event {
            // Some were taken above.
            Event::Tick | Event::Show | Event::ClockSet(_) | Event::Stored(_) | Event::Hold(_) => {}
            Event::Hide => self.go_away(now, &mut effects),
            Event::LetGo => self.let_go(now, &mut effects),
            // Without its question on the screen, an answer is not the reader's.
            Event::Respond(_)
            | Event::Check
            | Event::ToggleFlag
            | Event::ToggleStruck(_)
            | Event::Note(_)
                if is_elsewhere || self.is_reviewing() => {}
            Event::Start {
                seed,
                attempt,
                which,
            } => self.start(seed, attempt, which, now, &mut effects),
            Event::Submit => self.finish(now, false, &mut effects),
            Event::Finish => self.ask_to_finish(now, &mut effects),
            Event::Review => self.review(true, now),
            Event::BackToQuestion => self.review(false, now),
            Event::ShowAnswers => self.show_answers(true),
            Event::ShowResults => self.show_answers(false),
            Event::ShowHistory => self.show_history(),
            Event::CloseHistory => self.history = None,
            Event::Open(attempt) => self.open(*attempt),
            Event::Delete(attempt) => self.delete(attempt, &mut effects),
            Event::Reset => self.reset(&mut effects),
            Event::Pause | Event::Resume => {
                self.pause(matches!(event, Event::Pause), now, &mut effects);
            }
            Event::Respond(response) => self.respond(&response, now, &mut effects),
            Event::Check => self.check(now, &mut effects),
            Event::GoTo(position) => self.go_to(position, now, &mut effects),
            Event::ToggleFlag => self.annotate(now, &mut effects, |answer| {
                answer.is_flagged = !answer.is_flagged;
                true
            }),
            Event::ToggleStruck(choice) => self.strike(choice, now, &mut effects),
            Event::Note(note) => self.note(&note, now, &mut effects),
        }
        effects
    }

    fn start(
        &mut self,
        seed: String,
        id: String,
        which: Which,
        now: Timestamp,
        effects: &mut Vec<Effect>,
    ) {
        if matches!(self.phase, Phase::Running { .. }) {
            return;
        }
        let paper = match which {
            Which::All => {
                let history = self.seen.clone().unwrap_or_default();
                self.form.paper(&self.set, &seed, &history)
            }
            Which::Missed => self.form.paper_of(&self.set, &seed, &self.missed()),
        };
        if paper.items.is_empty() {
            return;
        }
        self.leave();
        self.history = None;
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
            form: match which {
                Which::All => self.form_key.clone(),
                Which::Missed => [self.form_key.as_str(), MISSED].concat(),
            },
            seed,
            revision: 1,
            term: 1,
            started: now,
            changed: now,
            after: self.after(now),
            deadline: self.form.time_limit.map(|limit| now.plus(limit)),
            shown: Some(now),
            answers,
            ..Attempt::default()
        };
        effects.push(Effect::Save(Box::new(attempt.clone())));
        effects.push(Effect::Tell(Notice::Started {
            attempt: id,
            questions: paper.items.len(),
        }));
        self.phase = Phase::Running {
            sitting: Box::new(Sitting { attempt, paper }),
            is_reviewing: false,
        };
    }

    /// The questions not answered correctly in the newest finished sitting, as indices into the set.
    fn missed(&self) -> Vec<usize> {
        let report = match (&self.phase, &self.last) {
            (Phase::Finished { report, .. }, _) => Rc::clone(report),
            (Phase::Start | Phase::Running { .. }, Some(last)) => {
                Report::of(&self.set, &self.form, &last.attempt)
            }
            _ => return Vec::new(),
        };
        let missed = report.questions.iter();
        missed
            .filter(|result| result.outcome != Outcome::Correct)
            .filter_map(|result| self.set.find(&result.id))
            .collect()
    }

    /// A moment just after all that is known, if the clock is behind it: it is wrong now, or was wrong then.
    fn after(&self, now: Timestamp) -> Option<Timestamp> {
        (now <= self.latest).then(|| self.latest.moved(1))
    }

    /// Goes to the start screen. A finished sitting of the whole form is remembered; it gives back the one that was running.
    fn leave(&mut self) -> Option<Box<Sitting>> {
        match core::mem::replace(&mut self.phase, Phase::Start) {
            Phase::Start => None,
            Phase::Running { sitting, .. } => Some(sitting),
            Phase::Finished { sitting, .. } => {
                // Looking at an old one does not make it the newest.
                let is_newest = (self.last.as_ref())
                    .is_none_or(|last| last.attempt.place() <= sitting.attempt.place());
                if is_newest && !sitting.attempt.is_of_missed() {
                    self.last = Some(sitting);
                }
                None
            }
        }
    }

    const fn is_reviewing(&self) -> bool {
        matches!(
            self.phase,
            Phase::Running {
                is_reviewing: true,
                ..
            }
        )
    }

    fn review(&mut self, wanted: bool, now: Timestamp) {
        if let Phase::Running {
            sitting,
            is_reviewing,
        } = &mut self.phase
            && !sitting.is_paused()
            && *is_reviewing != wanted
        {
            *is_reviewing = wanted;
            if wanted {
                sitting.turn_away(&self.set, now);
            } else {
                sitting.attempt.shown = Some(now);
            }
        }
    }

    fn show_answers(&mut self, wanted: bool) {
        match &mut self.phase {
            Phase::Finished { shows_answers, .. } => *shows_answers = wanted,
            Phase::Start => {
                if let Some(sitting) = self.last.take() {
                    self.phase = Phase::Finished {
                        report: Report::of(&self.set, &self.form, &sitting.attempt),
                        sitting,
                        shows_answers: wanted,
                    };
                }
            }
            Phase::Running { .. } => {}
        }
    }

    /// That the questions of an attempt were seen, so that the next paper asks others first.
    fn remember(&mut self, attempt: &Attempt) {
        let Some(seen) = &mut self.seen else { return };
        seen.0.resize(self.set.questions.len(), 0);
        for answer in attempt.answers.iter().filter(|answer| answer.is_seen) {
            let found = self.set.find(&answer.question);
            if let Some(when) = found.and_then(|index| seen.0.get_mut(index)) {
                *when = (*when).max(attempt.place().0);
            }
        }
    }

    fn reset(&mut self, effects: &mut Vec<Effect>) {
        if let Some(given_up) = self.leave() {
            self.remember(&given_up.attempt);
            effects.push(Effect::Forget(given_up.attempt.id));
        }
    }
}

/// Every change is a new revision, stored at once.
fn saved(attempt: &mut Attempt, now: Timestamp, effects: &mut Vec<Effect>) {
    attempt.revision = attempt.revision.saturating_add(1);
    attempt.changed = now;
    effects.push(Effect::Save(Box::new(attempt.clone())));
}

#[cfg(test)]
mod tests;
