//! A reader comes back: what was stored goes on, whatever happened to the set meanwhile.

use super::*;
use crate::engine::form::Mode;

/// The attempt as storage gives it back.
pub(super) fn stored(session: &Session) -> Attempt {
    Attempt::from_stored(&attempt_of(session).to_stored()).unwrap()
}

/// The attempt after some events.
pub(super) fn attempt(form: &str, events: &[Event]) -> Attempt {
    let mut session = session(form);
    play(&mut session, events, &mut 0);
    stored(&session)
}

pub(super) fn restored(
    set: Rc<QuestionSet>,
    form: &str,
    attempts: Vec<Attempt>,
    now: i64,
) -> (Session, Vec<Effect>) {
    let mut session = session_of(set, form);
    let effects = session.restore(attempts, None, Timestamp(now));
    (session, effects)
}

#[test]
fn a_running_sitting_goes_on_as_it_was() {
    for form in [
        "practice",
        "open",
        "exam",
        "linear-exam",
        "shuffled",
        "shuffled-practice",
    ] {
        for events in [
            vec![],
            vec![respond("a")],
            vec![respond("b"), Event::Check],
            vec![
                respond("a"),
                Event::ToggleFlag,
                Event::GoTo(1),
                respond("a c"),
            ],
            vec![
                Event::GoTo(1),
                Event::GoTo(2),
                Event::GoTo(1),
                respond("a b c"),
                Event::ToggleFlag,
            ],
            vec![respond("a"), Event::GoTo(1), Event::Pause],
            vec![Event::Pause, Event::Resume, Event::GoTo(1)],
        ] {
            let mut before = session(form);
            let mut now = 0;
            play(&mut before, &[start(Which::All)], &mut now);
            play(&mut before, &events, &mut now);
            let (after, effects) = restored(set(), form, vec![stored(&before)], now + 5_000);
            assert_eq!(effects, [], "{form}, {events:?}");
            assert_eq!(after.view("en"), before.view("en"), "{form}, {events:?}");
            let later = Timestamp(now + 5_000);
            let until = attempt_of(&before).changed;
            // Practice counts time in sight; that is known until the last change.
            let is_practice = before.form().mode == Mode::Practice;
            let left = before.remaining(if is_practice { until } else { later });
            assert_eq!(after.remaining(later), left, "{form}, {events:?}");
            // Nobody looked at the question meanwhile.
            let clocked = |session: &Session, until: Timestamp| {
                let mut attempt = stored(session);
                if attempt.is_away {
                    (attempt.paused, attempt.is_away) = (None, false);
                }
                if let Some(shown) = attempt.shown.take() {
                    attempt.answers[attempt.position].spent += until.since(shown);
                }
                attempt
            };
            assert_eq!(
                clocked(&after, later),
                clocked(&before, until),
                "{form}, {events:?}"
            );
        }
    }
}

#[test]
fn time_that_ran_out_while_closed_ends_the_sitting_at_the_deadline_once() {
    let running = attempt("exam", &[start(Which::All), respond("a")]);
    let deadline = running.deadline.unwrap();
    let (session, effects) = restored(
        set(),
        "exam",
        vec![running.clone()],
        deadline.0 + 86_400_000,
    );
    assert_eq!(words(&effects), "save 3; finished 33 %, time up");
    assert_eq!(screen(&session), "results 33 %");
    let ended = stored(&session);
    assert_eq!(ended.finished.map(|finish| finish.at), Some(deadline));
    // The next visit finds it finished.
    let (session, effects) = restored(set(), "exam", vec![ended], deadline.0 + 90_000_000);
    assert_eq!(effects, []);
    assert_eq!(screen(&session), "start, last 33 %");
    // Just before the deadline it would have gone on.
    let (session, effects) = restored(set(), "exam", vec![running], deadline.0 - 1);
    assert_eq!(effects, []);
    assert_eq!(
        session.remaining(Timestamp(deadline.0 - 1)),
        Some(Duration::from_millis(1))
    );
}

#[test]
fn a_pause_outlasts_any_absence() {
    let paused = attempt("practice", &[start(Which::All), respond("a"), Event::Pause]);
    let (mut session, effects) = restored(set(), "practice", vec![paused], 1_000_000_000);
    assert_eq!(effects, []);
    assert_eq!(screen(&session), "paused");
    session.update(Event::Resume, Timestamp(2_000_000_000));
    assert_eq!(
        session.remaining(Timestamp(2_000_000_000)),
        Some(Duration::from_secs(58))
    );
}

#[test]
fn attempts_of_others_are_passed_over() {
    let own = attempt("exam", &[start(Which::All)]);
    for (form, set_id) in [
        ("practice", "three"),
        ("exam;count=2", "three"),
        ("exam;domain=d1", "three"),
        ("exam;time-limit=0", "three"),
        ("", "three"),
        ("exam", "four"),
    ] {
        let other = Attempt {
            form: form.to_owned(),
            set: set_id.to_owned(),
            ..own.clone()
        };
        let (session, effects) = restored(set(), "exam", vec![other], 2_000);
        assert_eq!(
            (screen(&session).as_str(), effects.len()),
            ("start", 0),
            "{form} of {set_id}"
        );
    }
    let (session, _) = restored(set(), "exam", vec![], 2_000);
    assert_eq!(screen(&session), "start");
}

#[test]
fn an_attempt_belongs_to_what_makes_its_paper() {
    let key = |count, domains: &[&str], time_limit| {
        restore::form_key(
            "f",
            &Narrowing {
                count,
                domains: domains.iter().map(|domain| (*domain).to_owned()).collect(),
                time_limit,
            },
        )
    };
    for (found, expected) in [
        (key(None, &[], None), "f"),
        (key(Some(3), &[], None), "f;count=3"),
        (key(None, &["b", "a"], None), "f;domain=b a"),
        (key(None, &[], Some(None)), "f;time-limit=0"),
        (
            key(Some(1), &["a"], Some(Some(Duration::from_secs(90)))),
            "f;count=1;domain=a;time-limit=90",
        ),
    ] {
        assert_eq!(found, expected);
    }
}

#[test]
fn the_newest_running_one_goes_on_and_the_newest_finished_one_is_remembered() {
    let named = |attempt: Attempt, id: &str, changed: i64| Attempt {
        id: id.to_owned(),
        changed: Timestamp(changed),
        ..attempt
    };
    let running = attempt("open", &[start(Which::All), respond("b")]);
    let wrong = attempt("open", &[start(Which::All), Event::Submit]);
    let right = attempt("open", &[start(Which::All), respond("a"), Event::Submit]);
    let attempts = vec![
        named(right.clone(), "f2", 8_000),
        named(running.clone(), "r1", 3_000),
        named(wrong.clone(), "f1", 7_000),
        named(running.clone(), "r2", 4_000),
    ];
    let (mut session, _) = restored(set(), "open", attempts, 10_000);
    assert_eq!(stored(&session).id, "r2");
    session.update(Event::Reset, Timestamp(11_000));
    assert_eq!(screen(&session), "start, last 33 %");
    // Two changes in one millisecond: the higher revision.
    let second = Attempt {
        revision: 9,
        ..named(wrong, "f3", 8_000)
    };
    let (session, _) = restored(
        set(),
        "open",
        vec![named(right, "f2", 8_000), second],
        10_000,
    );
    assert_eq!(screen(&session), "start, last 0 %");
}

/// The set without some of its questions or choices.
fn edited(edits: &[(&str, &str)]) -> Rc<QuestionSet> {
    let mut value: serde_json::Value = serde_json::from_str(SET).unwrap();
    for (question, choice) in edits {
        let questions = value["questions"].as_array_mut().unwrap();
        if choice.is_empty() {
            questions.retain(|own| own["id"] != *question);
        } else {
            let own = questions
                .iter_mut()
                .find(|own| own["id"] == *question)
                .unwrap();
            own["choices"]
                .as_array_mut()
                .unwrap()
                .retain(|own| own["id"] != *choice);
        }
    }
    Rc::new(format::read(&value.to_string()).set.unwrap())
}

#[test]
fn questions_that_are_gone_are_passed_over() {
    let answered = |position: usize| {
        let events = [
            start(Which::All),
            respond("a"),
            Event::GoTo(1),
            respond("a c"),
            Event::GoTo(2),
            respond("c"),
            Event::GoTo(position),
        ];
        attempt("open", &events)
    };
    for (gone, position, expected, answers) in [
        (&["q1"][..], 0, "q1 [a c]", 2),
        (&["q1"], 1, "q1 [a c]", 2),
        (&["q1"], 2, "q2 [c]", 2),
        (&["q2"], 0, "q1 [a]", 2),
        (&["q2"], 1, "q2 [c]", 2),
        (&["q2"], 2, "q2 [c]", 2),
        (&["q3"], 1, "q2 [a c]", 2),
        (&["q3"], 2, "q2 [a c]", 2),
        (&["q1", "q2"], 2, "q1 [c]", 1),
        (&["q2", "q3"], 2, "q1 [a]", 1),
    ] {
        let edits: Vec<_> = gone.iter().map(|question| (*question, "")).collect();
        let (session, _) = restored(edited(&edits), "open", vec![answered(position)], 20_000);
        assert_eq!(screen(&session), expected, "without {gone:?} at {position}");
        let attempt = stored(&session);
        assert_eq!(attempt.answers.len(), answers);
        // What is shown is what is marked.
        let (mut session, _) = restored(edited(&edits), "open", vec![attempt], 20_000);
        session.update(Event::Submit, Timestamp(21_000));
        let view = results(&session);
        assert_eq!(view.report.questions.len(), answers);
    }
}

#[test]
fn where_nothing_is_left_the_next_best_is_taken() {
    let one = |question: usize| {
        let mut attempt = attempt("open", &[start(Which::All)]);
        attempt.answers = vec![attempt.answers[question].clone()];
        attempt.changed = Timestamp(9_000 - i64::try_from(question).unwrap());
        attempt
    };
    let (session, _) = restored(edited(&[("q1", "")]), "open", vec![one(0)], 20_000);
    assert_eq!(screen(&session), "start");
    let (session, _) = restored(edited(&[("q1", "")]), "open", vec![one(0), one(2)], 20_000);
    assert_eq!(screen(&session), "q1 []");
    assert_eq!(stored(&session).answers[0].question, "q3");
}

#[test]
fn choices_that_are_gone_open_the_question_again() {
    for (events, gone, expected) in [
        (vec![respond("b")], ("q1", "x"), "q1 [b]"),
        (
            vec![Event::GoTo(1), respond("a b c")],
            ("q2", "b"),
            "q2 [a c]",
        ),
        (vec![Event::GoTo(2), respond("c")], ("q3", "c"), "q3 []"),
        // Marked as wrong with a choice that is gone: the reader must be able to answer.
        (
            vec![Event::GoTo(2), respond("c"), Event::Check],
            ("q3", "c"),
            "q3 []",
        ),
        (
            vec![Event::GoTo(2), respond("c"), Event::Check],
            ("q3", "a"),
            "q3 [c] incorrect",
        ),
    ] {
        let mut way = vec![start(Which::All)];
        way.extend(events.clone());
        let (mut session, _) =
            restored(edited(&[gone]), "open", vec![attempt("open", &way)], 20_000);
        assert_eq!(screen(&session), expected, "{events:?} without {gone:?}");
        if expected == "q3 []" {
            session.update(respond("b"), Timestamp(21_000));
            session.update(Event::Check, Timestamp(22_000));
            assert_eq!(screen(&session), "q3 [b] correct");
        }
    }
}

#[test]
fn numbers_at_their_ends_break_nothing() {
    let mut attempt = attempt("practice", &[start(Which::All), Event::Pause]);
    attempt.revision = u64::MAX;
    attempt.position = usize::MAX;
    attempt.pauses = Duration::MAX;
    attempt.started = Timestamp(i64::MIN);
    attempt.answers[0].spent = Duration::MAX;
    attempt.answers[1].spent = Duration::from_millis(u64::MAX);
    for (deadline, paused) in [
        (None, i64::MIN),
        (Some(i64::MAX), i64::MIN),
        (Some(i64::MIN), i64::MAX),
        (Some(0), 0),
    ] {
        attempt.deadline = deadline.map(Timestamp);
        attempt.paused = Some(Timestamp(paused));
        for now in [i64::MIN, 0, i64::MAX] {
            let (mut session, _) = restored(set(), "practice", vec![attempt.clone()], now);
            for (_, event) in pairs::events("practice") {
                session.update(event, Timestamp(now));
                session.remaining(Timestamp(now));
                shown(&session, "en");
            }
        }
    }
}

#[test]
fn answers_to_questions_that_are_gone_are_kept_and_come_back() {
    let began = attempt(
        "exam",
        &[
            start(Which::All),
            Event::GoTo(1),
            respond("a c"),
            Event::GoTo(2),
            respond("b"),
        ],
    );
    let mut wire: serde_json::Value = serde_json::from_str(SET).unwrap();
    let questions = wire["questions"].as_array_mut().unwrap();
    questions.remove(1);
    let fewer = read(&wire.to_string());
    let (mut session, effects) = restored(fewer, "exam", vec![began.clone()], 9_000);
    assert_eq!(effects, []);
    assert_eq!(session.edited(), Some(1));
    assert_eq!(screen(&session), "q2 [b]");
    session.update(Event::ToggleFlag, Timestamp(10_000));
    let kept = stored(&session);
    assert_eq!(kept.removed.len(), 1);
    assert_eq!(kept.removed[0].response, response("a c"));

    // The author brings the question back: it stands at the end, with its answer.
    let (mut session, _) = restored(set(), "exam", vec![kept], 11_000);
    session.update(Event::GoTo(2), Timestamp(12_000));
    assert_eq!(screen(&session), "q3 [a c]");
    assert_eq!(session.edited(), None);
}

/// The answer belongs to the question, and is marked by the key that the set has now.
#[test]
fn a_sitting_whose_key_was_changed_goes_on_and_is_marked_by_the_new_one() {
    let began = attempt("exam", &[start(Which::All), respond("a")]);
    let mut wire: serde_json::Value = serde_json::from_str(SET).unwrap();
    let choices = wire["questions"][0]["choices"].as_array_mut().unwrap();
    for choice in choices {
        choice["correct"] = (choice["id"] == "b").into();
    }
    let edited = read(&wire.to_string());
    let (mut session, effects) = restored(edited, "exam", vec![began.clone()], 9_000);
    assert_eq!(effects, []);
    assert_eq!(
        session.edited(),
        Some(0),
        "it is told, and nothing was removed"
    );
    assert_eq!(screen(&session), "q1 [a]");
    for _ in 0..2 {
        session.update(Event::Submit, Timestamp(10_000));
    }
    assert_eq!(screen(&session), "results 0 %");
    assert_eq!(stored(&session).answers[0].response, response("a"));
    let (mut session, _) = restored(set(), "exam", vec![began], 9_000);
    for _ in 0..2 {
        session.update(Event::Submit, Timestamp(10_000));
    }
    assert_eq!(screen(&session), "results 33 %");
}

#[test]
fn what_a_later_version_wrote_is_seen_and_not_gone_on_with() {
    let finished = attempt("exam", &[start(Which::All), respond("a"), Event::Submit]);
    let newer = |attempt: Attempt| Attempt {
        is_newer: true,
        ..attempt
    };
    let (session, _) = restored(set(), "exam", vec![newer(finished)], 90_000);
    assert_eq!(screen(&session), "start, last 33 %");
    let running = attempt("exam", &[start(Which::All), respond("a")]);
    let (session, effects) = restored(set(), "exam", vec![newer(running)], 9_000);
    assert_eq!((screen(&session).as_str(), effects), ("start", vec![]));
}
