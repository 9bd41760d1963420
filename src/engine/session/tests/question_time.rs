//! The time of one question: at its end the answer stays as it is, and what stops it, and what does not.

use super::*;
use crate::engine::view::Step;

/// A moment, what happens at it, the screen after it, its effects.
type Row = (i64, Event, &'static str, &'static str);

/// Plays rows on a sitting that began at 0, 20 seconds a question.
#[track_caller]
fn check(form: &str, rows: &[Row]) -> Session {
    let mut session = session_of(read(SEVEN), form);
    session.update(start(Which::All), Timestamp(0));
    for (now, event, expected, effects) in rows {
        let found = session.update(event.clone(), Timestamp(*now));
        assert_eq!(
            (screen(&session).as_str(), words(&found).as_str()),
            (*expected, *effects),
            "{form}, {event:?} at {now}"
        );
    }
    session
}

fn left(session: &Session, now: i64) -> Option<u128> {
    session
        .remaining(Timestamp(now))
        .map(|left| left.as_millis())
}

/// The questions whose own time was up, by position.
fn late(session: &Session) -> Vec<usize> {
    let answers = attempt_of(session).answers.iter().enumerate();
    answers
        .filter(|(_, answer)| answer.is_late)
        .map(|(position, _)| position)
        .collect()
}

const TICK: Event = Event::Tick;

#[test]
fn at_the_end_of_its_time_the_answer_stays_and_the_next_question_comes() {
    for form in ["timed-exam", "linear-exam"] {
        let session = check(
            form,
            &[
                (5_000, respond("b"), "q1 [b]", "save 2; answered single [b]"),
                (19_999, TICK, "q1 [b]", ""),
                (20_000, TICK, "q2 []", "save 3; save 4"),
                (20_000, TICK, "q2 []", ""),
                (
                    39_999,
                    respond("c"),
                    "q2 [c]",
                    "save 5; answered multiple [c]",
                ),
                (40_000, TICK, "q3 []", "save 6; save 7"),
            ],
        );
        assert_eq!(late(&session), [0, 1], "{form}");
        let answers = &attempt_of(&session).answers;
        assert_eq!(answers[0].response, response("b"));
        assert_eq!(answers[1].response, response("c"));
    }
}

#[test]
fn what_the_reader_does_as_time_is_up_is_for_neither_question() {
    for (event, screen) in [
        (respond("d"), "q3 []"),
        (Event::ToggleFlag, "q3 []"),
        (Event::ToggleStruck(String::from("d")), "q3 []"),
        (Event::Note(String::from("n")), "q3 []"),
        (Event::Review, "review, 7 open"),
        (Event::GoTo(2), "q3 []"),
        (Event::GoTo(0), "q3 []"),
    ] {
        let mut session = check(
            "linear-exam",
            &[
                (1_000, respond("b"), "q1 [b]", "save 2; answered single [b]"),
                (2_000, Event::GoTo(1), "q2 []", "save 3"),
                (
                    3_000,
                    respond("c"),
                    "q2 [c]",
                    "save 4; answered multiple [c]",
                ),
            ],
        );
        session.update(event.clone(), Timestamp(22_000));
        assert_eq!(super::screen(&session), screen, "{event:?}");
        let attempt = attempt_of(&session);
        assert_eq!(attempt.answers[1].response, response("c"), "{event:?}");
        assert_eq!(late(&session), [1], "{event:?}");
    }
}

#[test]
fn after_the_last_question_comes_the_overview() {
    let mut session = check("linear-exam", &[]);
    for question in 1..8 {
        session.update(TICK, Timestamp(question * 20_000));
        assert_eq!(screen(&session), format!("q{} []", question + 1));
        assert_eq!(left(&session, question * 20_000), Some(20_000));
    }
    let effects = session.update(TICK, Timestamp(160_000));
    assert_eq!(
        (screen(&session).as_str(), effects.len()),
        ("review, 8 open", 1)
    );
    assert_eq!(late(&session), [0, 1, 2, 3, 4, 5, 6, 7]);
    // Nothing to wait for, and nothing to change.
    assert_eq!(
        (session.is_ticking(), left(&session, 160_000)),
        (false, None)
    );
    session.update(Event::BackToQuestion, Timestamp(170_000));
    assert_eq!(screen(&session), "q8 [] late");
    assert_eq!(
        (session.is_ticking(), left(&session, 170_000)),
        (false, None)
    );
    assert_eq!(session.update(respond("b"), Timestamp(171_000)), []);
    session.update(Event::Finish, Timestamp(172_000));
    session.update(Event::Submit, Timestamp(173_000));
    assert!(!results(&session).report.timed_out);
}

#[test]
fn in_immediate_feedback_the_answer_is_marked_where_it_stands() {
    let mut session = check(
        "timed-practice",
        &[
            (5_000, respond("b"), "q1 [b]", "save 2; answered single [b]"),
            (
                20_000,
                TICK,
                "q1 [b] late incorrect",
                "save 3; answered single [b] incorrect",
            ),
            (90_000, TICK, "q1 [b] late incorrect", ""),
            (90_000, respond("a"), "q1 [b] late incorrect", ""),
            (90_000, Event::Check, "q1 [b] late incorrect", ""),
            (91_000, Event::GoTo(1), "q2 []", "save 4"),
            // Not complete: nobody could have checked it, but time can.
            (
                92_000,
                respond("a"),
                "q2 [a]",
                "save 5; answered multiple [a]",
            ),
            (
                111_000,
                TICK,
                "q2 [a] late partial",
                "save 6; answered multiple [a] partial",
            ),
            (112_000, Event::GoTo(2), "q3 []", "save 7"),
            (
                132_000,
                TICK,
                "q3 [] late unanswered",
                "save 8; answered ordering [] unanswered",
            ),
            (133_000, Event::GoTo(4), "q5 []", "save 9"),
            (
                134_000,
                respond("13"),
                "q5 [13]",
                "save 10; answered numeric [13]",
            ),
            (
                135_000,
                Event::Check,
                "q5 [13] correct",
                "save 11; answered numeric [13] correct",
            ),
            // Marked in time.
            (200_000, TICK, "q5 [13] correct", ""),
        ],
    );
    let view = question(&session);
    assert_eq!((view.step, view.is_late), (Step::Next, false));
    assert_eq!(
        (session.is_ticking(), left(&session, 200_000)),
        (false, None)
    );
    session.update(Event::GoTo(0), Timestamp(201_000));
    let view = question(&session);
    assert_eq!(
        (view.step, view.is_late, view.marked.is_some()),
        (Step::Next, true, true)
    );
}

#[test]
fn who_comes_back_in_free_navigation_finds_it_locked() {
    let session = check(
        "timed-exam",
        &[
            (5_000, respond("a"), "q1 [a]", "save 2; answered single [a]"),
            (20_000, TICK, "q2 []", "save 3; save 4"),
            (21_000, Event::GoTo(0), "q1 [a] late", "save 5"),
            (22_000, respond("b"), "q1 [a] late", ""),
            (22_000, respond(""), "q1 [a] late", ""),
            // What stands beside the answer can change.
            (23_000, Event::ToggleFlag, "q1 [a] flagged late", "save 6"),
            // Its time does not go by again.
            (50_000, TICK, "q1 [a] flagged late", ""),
            (51_000, Event::GoTo(1), "q2 []", "save 7"),
        ],
    );
    assert_eq!(late(&session), [0]);
    // One second of the second question's was used before.
    assert_eq!(left(&session, 51_000), Some(9_000));
    let session = check("timed-exam", &[(20_000, TICK, "q2 []", "save 2; save 3")]);
    assert_eq!(left(&session, 20_000), Some(20_000));
}

#[test]
fn a_question_left_in_time_keeps_what_is_left() {
    let session = check(
        "timed-exam",
        &[
            (5_000, Event::GoTo(3), "q4 []", "save 2"),
            (9_000, Event::GoTo(0), "q1 []", "save 3"),
            (23_999, TICK, "q1 []", ""),
            (24_000, TICK, "q2 []", "save 4; save 5"),
            (25_000, Event::GoTo(3), "q4 []", "save 6"),
            (40_999, TICK, "q4 []", ""),
            (41_000, TICK, "q5 []", "save 7; save 8"),
        ],
    );
    assert_eq!(late(&session), [0, 3]);
}

#[test]
fn the_deadline_of_the_paper_wins_where_it_is_earlier() {
    // The second question could go on until 65,000; the paper ends at 60,000.
    let session = check(
        "timed-exam",
        &[
            (19_000, Event::GoTo(1), "q2 []", "save 2"),
            (38_000, Event::GoTo(2), "q3 []", "save 3"),
            (45_000, Event::GoTo(3), "q4 []", "save 4"),
            (59_999, TICK, "q4 []", ""),
            (60_000, TICK, "results 0 %", "save 5; finished 0 %, time up"),
        ],
    );
    assert_eq!(late(&session), [0_usize; 0]);
    let session = check("timed-exam", &[(45_000, TICK, "q2 []", "save 2; save 3")]);
    assert_eq!(left(&session, 45_000), Some(15_000));
    for (now, closed) in [(100_000, vec![0]), (i64::MAX, vec![0])] {
        // Both were up while nobody looked: the question's first, then the paper's, which is the end.
        let ended = "save 2; save 3; save 4; finished 0 %, time up";
        let session = check("timed-exam", &[(now, TICK, "results 0 %", ended)]);
        assert_eq!(late(&session), closed, "{now}");
        let attempt = attempt_of(&session);
        assert_eq!(attempt.finished.unwrap().at, Timestamp(60_000));
        assert_eq!(attempt.changed, Timestamp(60_000));
        assert_eq!(attempt.answers[0].spent, Duration::from_secs(20));
        // Nobody saw the next question.
        assert_eq!(attempt.answers[1].spent, Duration::ZERO);
    }
    // Both at one moment: the end.
    let session = check(
        "timed-exam",
        &[
            (10_000, Event::GoTo(1), "q2 []", "save 2"),
            (25_000, Event::GoTo(2), "q3 []", "save 3"),
            (40_000, Event::GoTo(3), "q4 []", "save 4"),
            (60_000, TICK, "results 0 %", "save 5; finished 0 %, time up"),
        ],
    );
    assert_eq!(late(&session), [0_usize; 0]);
}

#[test]
fn a_pause_stops_it() {
    let session = check(
        "timed-practice",
        &[
            (5_000, Event::Pause, "paused", "save 2"),
            (500_000, TICK, "paused", ""),
            (500_000, respond("a"), "paused", ""),
            (600_000, Event::Resume, "q1 []", "save 3"),
            (614_999, TICK, "q1 []", ""),
            (
                615_000,
                TICK,
                "q1 [] late unanswered",
                "save 4; answered single [] unanswered",
            ),
        ],
    );
    assert_eq!(
        attempt_of(&session).answers[0].spent,
        Duration::from_secs(20)
    );
    let session = check("timed-practice", &[]);
    assert!(question(&session).can_pause);
}

#[test]
fn the_overview_stops_it() {
    let session = check(
        "timed-exam",
        &[
            (5_000, Event::Review, "review, 8 open", ""),
            (30_000, TICK, "review, 8 open", ""),
            (31_000, Event::BackToQuestion, "q1 []", ""),
            (45_999, TICK, "q1 []", ""),
            (46_000, TICK, "q2 []", "save 2; save 3"),
        ],
    );
    assert_eq!(
        attempt_of(&session).answers[0].spent,
        Duration::from_secs(20)
    );
    // Another question than that it came from.
    let session = check(
        "timed-exam",
        &[
            (5_000, Event::Finish, "review, 8 open", ""),
            (30_000, Event::GoTo(4), "q5 []", "save 2"),
        ],
    );
    assert_eq!(
        attempt_of(&session).answers[0].spent,
        Duration::from_secs(5)
    );
    assert_eq!(left(&session, 30_000), Some(20_000));
    // Only the paper's goes on.
    for (form, expected) in [("timed-exam", Some(30_000)), ("linear-exam", None)] {
        let session = check(form, &[(5_000, Event::Review, "review, 8 open", "")]);
        assert_eq!(left(&session, 30_000), expected, "{form}");
        assert_eq!(session.is_ticking(), expected.is_some(), "{form}");
    }
}

#[test]
fn a_pause_in_the_overview_ends_in_the_overview() {
    let session = check(
        "timed-practice",
        &[
            (5_000, Event::Review, "review, 8 open", ""),
            (6_000, Event::Pause, "paused", "save 2"),
            (7_000, Event::Resume, "review, 8 open", "save 3"),
            (99_000, TICK, "review, 8 open", ""),
            (100_000, Event::BackToQuestion, "q1 []", ""),
            (114_999, TICK, "q1 []", ""),
            (
                115_000,
                TICK,
                "q1 [] late unanswered",
                "save 4; answered single [] unanswered",
            ),
        ],
    );
    assert_eq!(
        attempt_of(&session).answers[0].spent,
        Duration::from_secs(20)
    );
}

/// The sitting as a later visit finds it.
fn reopened(session: &Session, form: &str, now: i64) -> (Session, String) {
    let stored = Attempt::from_stored(&attempt_of(session).to_stored()).unwrap();
    let mut later = session_of(read(SEVEN), form);
    let effects = later.restore(vec![stored], None, Timestamp(now));
    (later, words(&effects))
}

#[test]
fn in_an_exam_it_runs_on_while_the_page_is_away() {
    for (form, now, expected, effects, remaining) in [
        ("linear-exam", 12_000, "q1 [b]", "", Some(8_000)),
        ("linear-exam", 19_999, "q1 [b]", "", Some(1)),
        (
            "linear-exam",
            20_000,
            "q2 []",
            "save 3; save 4",
            Some(20_000),
        ),
        (
            "linear-exam",
            900_000,
            "q2 []",
            "save 3; save 4",
            Some(20_000),
        ),
        (
            "timed-exam",
            25_000,
            "q2 []",
            "save 3; save 4",
            Some(20_000),
        ),
        (
            "timed-exam",
            45_000,
            "q2 []",
            "save 3; save 4",
            Some(15_000),
        ),
        (
            "timed-exam",
            90_000,
            "results 0 %",
            "save 3; save 4; save 5; finished 0 %, time up",
            None,
        ),
        // Practice counts time in sight; it goes on when the question is seen.
        ("timed-practice", 900_000, "q1 [b]", "", None),
    ] {
        let began = check(
            form,
            &[(5_000, respond("b"), "q1 [b]", "save 2; answered single [b]")],
        );
        let (session, found) = reopened(&began, form, now);
        assert_eq!(
            (
                screen(&session).as_str(),
                found.as_str(),
                left(&session, now)
            ),
            (expected, effects, remaining),
            "{form} at {now}"
        );
    }
    let began = check(
        "timed-practice",
        &[(5_000, respond("b"), "q1 [b]", "save 2; answered single [b]")],
    );
    let (mut session, _) = reopened(&began, "timed-practice", 900_000);
    session.update(Event::Show, Timestamp(900_000));
    assert_eq!(left(&session, 900_000), Some(15_000));
    let paused = check(
        "timed-practice",
        &[(5_000, Event::Pause, "paused", "save 2")],
    );
    let (mut session, _) = reopened(&paused, "timed-practice", 900_000);
    session.update(Event::Resume, Timestamp(900_000));
    assert_eq!(left(&session, 900_000), Some(15_000));
}

#[test]
fn what_its_time_closed_stays_closed_on_a_later_visit() {
    let closed = check(
        "timed-practice",
        &[
            (1_000, Event::GoTo(1), "q2 []", "save 2"),
            (
                2_000,
                respond("a"),
                "q2 [a]",
                "save 3; answered multiple [a]",
            ),
            (
                21_000,
                TICK,
                "q2 [a] late partial",
                "save 4; answered multiple [a] partial",
            ),
            (22_000, Event::GoTo(2), "q3 []", "save 5"),
            (
                42_000,
                TICK,
                "q3 [] late unanswered",
                "save 6; answered ordering [] unanswered",
            ),
        ],
    );
    // Nothing is marked, told or stored a second time.
    let (mut session, effects) = reopened(&closed, "timed-practice", 50_000);
    assert_eq!(
        (screen(&session).as_str(), effects.as_str()),
        ("q3 [] late unanswered", "")
    );
    session.update(Event::Show, Timestamp(50_000));
    assert_eq!(session.update(respond("a b c"), Timestamp(51_000)), []);
    session.update(Event::GoTo(1), Timestamp(52_000));
    assert_eq!(screen(&session), "q2 [a] late partial");
    assert_eq!(session.update(respond("a b"), Timestamp(53_000)), []);
    session.update(Event::GoTo(0), Timestamp(54_000));
    assert_eq!(left(&session, 54_000), Some(19_000));
}

#[test]
fn a_clock_that_is_set_back_gives_time_and_breaks_nothing() {
    let session = check(
        "linear-exam",
        &[
            (10_000, TICK, "q1 []", ""),
            (-50_000, TICK, "q1 []", ""),
            (-50_000, Event::GoTo(1), "q2 []", "save 2"),
            (-31_000, TICK, "q2 []", ""),
            (-30_000, TICK, "q3 []", "save 3; save 4"),
        ],
    );
    assert_eq!(attempt_of(&session).answers[0].spent, Duration::ZERO);
    // Not more than there was at the last change.
    assert_eq!(left(&session, i64::MIN), Some(20_000));
}

#[test]
fn a_form_without_it_never_closes_a_question() {
    let session = check("practice", &[(i64::MAX, TICK, "q1 []", "")]);
    assert_eq!((left(&session, 0), session.is_ticking()), (None, false));
    let View::Start(view) = session_of(read(SEVEN), "timed-exam").view("en") else {
        panic!()
    };
    assert_eq!(view.question_time, Some(Duration::from_secs(20)));
}
