//! A reader who does anything at any time: ten thousand sittings against what must always hold.

use std::collections::{BTreeMap, BTreeSet};

use super::*;
use crate::engine::form::Feedback;
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
    /// What the reader wants to delete with the event that is taken now.
    deleted: Option<String>,
}

impl Watch {
    fn take(&mut self, effects: &[Effect]) {
        for effect in effects {
            match effect {
                Effect::Save(attempt) => self.save(attempt),
                Effect::Forget(id) if self.deleted.as_ref() == Some(id) => {
                    self.forgotten.insert(id.clone());
                }
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
                    let before = self
                        .finished
                        .insert(report.attempt.clone(), (**report).clone());
                    assert!(before.is_none(), "finished twice");
                }
            }
        }
    }

    /// An attempt that is in storage now.
    fn stored(&self) -> impl Iterator<Item = &Attempt> {
        let saved = self.saved.values();
        saved.filter(|attempt| !self.forgotten.contains(&attempt.id))
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
        // Earlier, if the clock was set back while the page was closed.
        assert!(attempt.started <= before.started);
        assert_eq!(attempt.seed, before.seed);
        for (new, old) in attempt.answers.iter().zip(&before.answers) {
            assert_eq!(new.question, old.question);
            assert!(new.is_seen || !old.is_seen);
            if old.is_checked {
                assert!(
                    new.is_checked && new.response == old.response,
                    "a marked answer changed"
                );
            }
            if old.is_late {
                assert!(
                    new.is_late && new.response == old.response,
                    "an answer changed after its time"
                );
            }
            assert!(new.spent >= old.spent, "time ran backwards");
            assert!(old.first.is_empty() || new.first == old.first);
            assert!(new.note.chars().count() <= answering::NOTE_LENGTH);
        }
    }
}

/// Nothing that gives the key away before marking; the same report ever after.
fn look(session: &Session, watch: &Watch, now: Timestamp) {
    let is_exam = session.form().feedback == Feedback::AtEnd;
    match session.view("en") {
        View::Question(view) => {
            match &view.interaction {
                Interaction::Choices(choices) => {
                    for choice in &choices.choices {
                        assert_eq!(choice.verdict.is_some(), view.marked.is_some());
                    }
                }
                Interaction::Parts(parts) => {
                    let places = parts.places.iter().map(|place| place.verdict.is_some());
                    let pool = parts.pool.iter().map(|choice| choice.verdict.is_some());
                    for is_told in places.chain(pool) {
                        assert!(!is_told || view.marked.is_some());
                    }
                }
            }
            let answer = &attempt_of(session).answers[view.position];
            assert_eq!(
                (view.marked.is_some(), view.is_late),
                (answer.is_checked, answer.is_late)
            );
            assert!(
                !(is_exam && view.marked.is_some()),
                "an exam gave a key away"
            );
            assert!(view.position < view.total && view.answered <= view.total);
        }
        View::Results(_) => {
            let view = results(session);
            assert_eq!(watch.finished.get(&view.report.attempt), Some(&view.report));
            assert!(!watch.forgotten.contains(&view.report.attempt));
            assert_eq!(view.domains.len(), view.report.domains.len());
        }
        View::Answers(attempt) => {
            assert!(!watch.forgotten.contains(&attempt));
            let answers = session.answers("en");
            assert_eq!(answers.len(), watch.finished[&attempt].questions.len());
        }
        View::Review(_) => {
            let items = session.overview().unwrap().items;
            assert_eq!(items.len(), attempt_of(session).answers.len());
        }
        View::History(_) => assert!(!matches!(session.phase, Phase::Running { .. })),
        View::Start(_) | View::Paused => {}
    }
    if let Phase::Running { sitting, .. } = &session.phase {
        assert!(!watch.forgotten.contains(&sitting.attempt.id));
    }
    if session.state() == State::Running {
        assert!(
            session.remaining(now).is_none_or(|left| !left.is_zero()),
            "time is up and nobody said so"
        );
    }
}

/// Something to answer, of any type, right or wrong.
const RESPONSES: [&str; 18] = [
    "a",
    "b",
    "c",
    "a c",
    "a b",
    "c zzz",
    "",
    "a b c",
    "d c b a",
    "x=a y=b z=a",
    "x=c y=",
    "queue",
    "キュー",
    "12.5",
    "１３",
    "pick=fast type=cheap",
    "pick=slow",
    "type=a=b",
];

/// Complete answers to each question, the first of them right.
const COMPLETE: [(&str, [&str; 3]); 11] = [
    ("q1", ["a", "b", "b"]),
    ("q2", ["a c", "a b", "b c"]),
    ("q3", ["b", "a", "c"]),
    ("single", ["a", "b", "c"]),
    ("multiple", ["a b", "a c", "c d"]),
    ("ordering", ["a b c", "c b a", "d b c"]),
    ("matching", ["x=a y=b z=a", "x=c y=b z=a", "x=b y=a z=c"]),
    ("text", ["queue", "キュー", "topic"]),
    ("numeric", ["12.5", "１３", "14"]),
    (
        "cloze",
        [
            "pick=fast type=cheap",
            "pick=slow type=cheap",
            "pick=fast type=x",
        ],
    ),
    ("alone", ["b", "a", "a"]),
];

fn any_response(random: &mut Random, session: &Session) -> Event {
    let complete = COMPLETE.iter().find(|(id, _)| {
        let Phase::Running { sitting, .. } = &session.phase else {
            return false;
        };
        let attempt = &sitting.attempt;
        attempt.answers[attempt.position].question == *id
    });
    respond(match complete {
        Some((_, answers)) if random.below(3) > 0 => answers[random.below(3) as usize],
        _ => RESPONSES[random.below(18) as usize],
    })
}

fn any_event(
    kinds: &[Event],
    random: &mut Random,
    session: &Session,
    watch: &Watch,
    started: &mut u32,
) -> Event {
    // The first kind is the start: who is in no sitting often begins one.
    let is_idle = matches!(session.state(), State::Ready | State::Finished);
    let kind = if is_idle && random.below(3) == 0 {
        0
    } else {
        random.below(60)
    };
    match kinds[kind as usize].clone() {
        Event::Start { .. } => {
            *started += 1;
            Event::Start {
                seed: random.below(5).to_string(),
                attempt: format!("a{started}"),
                which: [Which::All, Which::Missed][random.below(2) as usize],
            }
        }
        Event::Respond(_) => any_response(random, session),
        Event::GoTo(_) => Event::GoTo(random.below(10) as usize),
        Event::ToggleStruck(_) => {
            Event::ToggleStruck(["a", "b", "zzz"][random.below(3) as usize].to_owned())
        }
        Event::Note(_) => Event::Note("日".repeat([0, 3, 4_000][random.below(3) as usize])),
        Event::Delete(_) => Event::Delete(format!("a{}", random.below(*started + 1))),
        Event::ShowHistory => {
            let stored: Vec<&Attempt> = watch.stored().collect();
            match stored.get(random.below(8) as usize) {
                Some(attempt) => Event::Open(Box::new((*attempt).clone())),
                None => Event::ShowHistory,
            }
        }
        other => other,
    }
}

/// What happens, and how often of sixty times.
fn kinds() -> Vec<Event> {
    let begin = Event::Start {
        seed: String::new(),
        attempt: String::new(),
        which: Which::All,
    };
    let often = [
        (3, begin),
        (16, respond("")),
        (4, Event::Check),
        (14, Event::GoTo(0)),
        (2, Event::ToggleFlag),
        (2, Event::ToggleStruck(String::new())),
        (2, Event::Note(String::new())),
        (1, Event::Finish),
        (1, Event::Submit),
        (1, Event::Review),
        (1, Event::BackToQuestion),
        (1, Event::Pause),
        (2, Event::Resume),
        (1, Event::Tick),
        (1, Event::ShowAnswers),
        (1, Event::ShowResults),
        (4, Event::ShowHistory),
        (1, Event::CloseHistory),
        (1, Event::Delete(String::new())),
        (1, Event::Reset),
    ];
    let kinds: Vec<Event> = (often.into_iter())
        .flat_map(|(times, event)| std::iter::repeat_n(event, times))
        .collect();
    assert_eq!(kinds.len(), 60);
    kinds
}

/// What the walks went through, so that they cannot miss what matters unnoticed.
#[derive(Debug, Default)]
struct Tour {
    ends: usize,
    timed_out: usize,
    late: usize,
    changed: usize,
    opened: usize,
    deleted: usize,
    kinds: BTreeMap<String, usize>,
}

impl Tour {
    fn add(&mut self, watch: &Watch) {
        self.ends += watch.finished.len();
        let finished = watch.finished.values();
        self.timed_out += finished.filter(|report| report.timed_out).count();
        for attempt in watch.saved.values() {
            self.late += attempt
                .answers
                .iter()
                .filter(|answer| answer.is_late)
                .count();
        }
        for result in watch.finished.values().flat_map(|report| &report.questions) {
            self.changed += usize::from(result.before.is_some());
            if result.outcome == Outcome::Correct {
                *self.kinds.entry(result.id.clone()).or_default() += 1;
            }
        }
    }
}

#[test]
fn ten_thousand_readers_who_do_anything() {
    const FORMS: [(usize, &str); 12] = [
        (0, "practice"),
        (0, "open"),
        (0, "exam"),
        (0, "linear-exam"),
        (0, "shuffled"),
        (0, "shuffled-practice"),
        (1, "practice"),
        (1, "timed-practice"),
        (1, "exam"),
        (1, "timed-exam"),
        (1, "linear-exam"),
        (1, "some"),
    ];
    let (sets, kinds) = ([set(), read(SEVEN)], kinds());
    let mut tour = Tour::default();
    for walk in 0..10_000_u32 {
        let mut random = Random::new(&walk.to_string(), "walks");
        let (set, form) = FORMS[random.below(12) as usize];
        let mut session = session_of(Rc::clone(&sets[set]), form);
        let (mut watch, mut started, mut now) = (Watch::default(), 0, 0_i64);
        for _ in 0..30 {
            now += match random.below(50) {
                0 => 60_000,
                1 => 59_999,
                2 => -3_000,
                3 => 20_000,
                4 => 19_999,
                _ => i64::from(random.below(4_000)),
            };
            let effects = if random.below(12) == 0 {
                // The page is loaded again.
                let stored = watch
                    .stored()
                    .map(|attempt| Attempt::from_stored(&attempt.to_stored()).unwrap())
                    .collect();
                session = session_of(Rc::clone(&sets[set]), form);
                let seed = [None, None, Some("1")][random.below(3) as usize];
                session.restore(stored, seed, Timestamp(now))
            } else {
                let event = any_event(&kinds, &mut random, &session, &watch, &mut started);
                watch.deleted = match &event {
                    Event::Delete(id) => Some(id.clone()),
                    _ => None,
                };
                let is_open = matches!(event, Event::Open(_));
                let effects = session.update(event, Timestamp(now));
                tour.opened += usize::from(is_open && session.state() == State::Finished);
                tour.deleted += usize::from(watch.deleted.is_some() && !effects.is_empty());
                effects
            };
            watch.take(&effects);
            watch.deleted = None;
            look(&session, &watch, Timestamp(now));
        }
        tour.add(&watch);
    }
    // The walks went where it matters.
    assert!(
        tour.ends - tour.timed_out > 1_000 && tour.timed_out > 1_000,
        "{tour:?}"
    );
    assert!(tour.late > 1_000 && tour.changed > 30, "{tour:?}");
    assert!(tour.opened > 100 && tour.deleted > 1_000, "{tour:?}");
    // Each of the questions was answered right.
    assert_eq!(tour.kinds.len(), 3 + 8, "{tour:?}");
    assert!(tour.kinds.values().all(|count| *count > 50), "{tour:?}");
}
