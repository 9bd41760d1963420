//! A reader who does anything at any time: ten thousand sittings against what must always hold.

use std::collections::{BTreeMap, BTreeSet};

use super::*;
use crate::engine::random::Random;
use crate::engine::report::Report;

/// What was seen of the attempts so far.
#[derive(Default)]
struct Watch {
    /// The newest revision of each attempt.
    saved: BTreeMap<String, Attempt>,
    /// Attempts of which the end was told, and what was told.
    finished: BTreeMap<String, Report>,
    forgotten: BTreeSet<String>,
}

impl Watch {
    fn take(&mut self, effects: &[Effect]) {
        for effect in effects {
            match effect {
                Effect::Save(attempt) => self.save(attempt),
                Effect::Forget(id) => {
                    assert!(!self.finished.contains_key(id), "a result was thrown away");
                    assert!(self.forgotten.insert(id.clone()));
                }
                Effect::Tell(Notice::Started { attempt, .. }) => {
                    assert_eq!(self.saved[attempt].revision, 1);
                }
                Effect::Tell(Notice::Answered {
                    attempt,
                    question,
                    response,
                    outcome,
                }) => {
                    let answers = &self.saved[attempt].answers;
                    let answer = answers
                        .iter()
                        .find(|answer| answer.question == *question)
                        .unwrap();
                    assert_eq!(
                        (&answer.response, answer.is_checked),
                        (response, outcome.is_some())
                    );
                }
                Effect::Tell(Notice::Finished(report)) => {
                    let attempt = &self.saved[&report.attempt];
                    assert_eq!(
                        attempt.finished.map(|finish| finish.at.0),
                        Some(report.finished)
                    );
                    let before = self.finished.insert(report.attempt.clone(), report.clone());
                    assert!(before.is_none(), "finished twice");
                }
            }
        }
    }

    fn save(&mut self, attempt: &Attempt) {
        assert!(
            !self.finished.contains_key(&attempt.id),
            "changed after its end"
        );
        assert!(
            !self.forgotten.contains(&attempt.id),
            "stored after it was given up"
        );
        assert_eq!(
            Attempt::from_stored(&attempt.to_stored()).as_ref(),
            Ok(attempt)
        );
        assert!(attempt.position < attempt.answers.len());
        if let Some(finish) = attempt.finished {
            assert_eq!(finish.at, attempt.changed);
            assert!(attempt.paused.is_none());
            if finish.is_timed_out {
                assert_eq!(Some(finish.at), attempt.deadline);
            } else {
                assert!(attempt.deadline.is_none_or(|deadline| finish.at < deadline));
            }
        }
        let Some(before) = self.saved.insert(attempt.id.clone(), attempt.clone()) else {
            assert_eq!(attempt.revision, 1);
            return;
        };
        assert_eq!(attempt.revision, before.revision + 1);
        assert_eq!(
            (attempt.started, &attempt.seed),
            (before.started, &before.seed)
        );
        for (new, old) in attempt.answers.iter().zip(&before.answers) {
            assert_eq!(new.question, old.question);
            assert!(new.is_seen || !old.is_seen);
            if old.is_checked {
                assert!(
                    new.is_checked && new.response == old.response,
                    "a marked answer changed"
                );
            }
        }
    }
}

/// Nothing that gives the key away before marking; the same report ever after.
fn look(session: &Session, watch: &Watch, now: Timestamp) {
    let is_exam = session.form().feedback == Feedback::AtEnd;
    match session.view("en") {
        View::Question(view) => {
            let Interaction::Choices(choices) = &view.interaction;
            for choice in &choices.choices {
                assert_eq!(choice.verdict.is_some(), view.marked.is_some());
            }
            let (Phase::Running { sitting, .. } | Phase::Finished { sitting, .. }) = &session.phase
            else {
                panic!()
            };
            assert_eq!(
                view.marked.is_some(),
                sitting.attempt.answers[view.position].is_checked
            );
            assert!(
                !(is_exam && view.marked.is_some()),
                "an exam gave a key away"
            );
            assert!(view.position < view.total && view.answered <= view.total);
        }
        View::Results(view) => {
            assert_eq!(watch.finished.get(&view.report.attempt), Some(&view.report));
        }
        View::Answers(views) => assert!(!views.is_empty()),
        View::Start(_) | View::Paused | View::Review(_) => {}
    }
    if session.state() == State::Running {
        assert!(
            session.remaining(now).is_none_or(|left| !left.is_zero()),
            "time is up and nobody said so"
        );
    }
}

fn any_event(random: &mut Random, started: &mut u32) -> Event {
    match random.below(24) {
        0..=2 => {
            *started += 1;
            Event::Start {
                seed: random.below(5).to_string(),
                attempt: format!("a{started}"),
                which: if random.below(2) == 0 {
                    Which::All
                } else {
                    Which::Missed
                },
            }
        }
        3..=8 => respond(["a", "b", "c", "a c", "a b", "c zzz", ""][random.below(7) as usize]),
        9 | 10 => Event::Check,
        11..=14 => Event::GoTo(random.below(5) as usize),
        15 => Event::ToggleFlag,
        16 => [Event::Finish, Event::Submit][random.below(2) as usize].clone(),
        17 => Event::Review,
        18 => Event::BackToQuestion,
        19 => Event::Pause,
        20 => Event::Resume,
        21 => Event::Tick,
        22 => [Event::ShowAnswers, Event::ShowResults][random.below(2) as usize].clone(),
        _ => Event::Reset,
    }
}

#[test]
fn ten_thousand_readers_who_do_anything() {
    const FORMS: [&str; 6] = [
        "practice",
        "open",
        "exam",
        "linear-exam",
        "shuffled",
        "shuffled-practice",
    ];
    let set = set();
    let (mut ends, mut timed_out) = (0, 0);
    for walk in 0..10_000_u32 {
        let mut random = Random::new(&walk.to_string(), "walks");
        let form = FORMS[random.below(6) as usize];
        let mut session = session_of(Rc::clone(&set), form);
        let (mut watch, mut started, mut now) = (Watch::default(), 0, 0_i64);
        for _ in 0..25 {
            now += match random.below(20) {
                0 => 60_000,
                1 => 59_999,
                2 => -3_000,
                _ => i64::from(random.below(4_000)),
            };
            let effects = if random.below(12) == 0 {
                // The page is loaded again.
                let attempts = watch
                    .saved
                    .values()
                    .filter(|attempt| !watch.forgotten.contains(&attempt.id));
                let stored = attempts
                    .map(|attempt| Attempt::from_stored(&attempt.to_stored()).unwrap())
                    .collect();
                session = session_of(Rc::clone(&set), form);
                session.restore(stored, Timestamp(now))
            } else {
                session.update(any_event(&mut random, &mut started), Timestamp(now))
            };
            watch.take(&effects);
            look(&session, &watch, Timestamp(now));
        }
        ends += watch.finished.len();
        timed_out += watch
            .finished
            .values()
            .filter(|report| report.timed_out)
            .count();
    }
    // The walks went where it matters.
    assert!(
        ends - timed_out > 1_000 && timed_out > 1_000,
        "{ends}, {timed_out}"
    );
}
