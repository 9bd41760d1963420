//! What stands beside an answer: what the reader struck out and noted, the time it took, the first answer given.

use super::*;
use crate::engine::points::Points;
use crate::engine::scoring::Band;
use crate::engine::session::answering::NOTE_LENGTH;
use crate::engine::view::later::Changes;

fn strike(choice: &str) -> Event {
    Event::ToggleStruck(choice.to_owned())
}

fn note(text: &str) -> Event {
    Event::Note(text.to_owned())
}

fn played(form: &str, events: &[Event]) -> Session {
    let mut session = session(form);
    play(&mut session, &[start(Which::All)], &mut 0);
    play(&mut session, events, &mut 1_000);
    session
}

#[test]
fn strikes_and_notes_belong_to_the_question_on_the_screen() {
    for (events, expected) in [
        (vec![strike("b")], "q1 [] without b"),
        (vec![strike("b"), strike("a")], "q1 [] without b a"),
        (
            vec![strike("b"), strike("a"), strike("b")],
            "q1 [] without a",
        ),
        (vec![strike("b"), strike("b")], "q1 []"),
        // What is struck out can still be chosen, and choosing it strikes nothing.
        (vec![strike("b"), respond("b")], "q1 [b] without b"),
        (vec![respond("b"), strike("b")], "q1 [b] without b"),
        (vec![note("why?")], "q1 [] (why?)"),
        (vec![note("why?"), note("so")], "q1 [] (so)"),
        (vec![note("why?"), note("")], "q1 []"),
        (vec![strike("a"), note("n"), Event::GoTo(1)], "q2 []"),
        (
            vec![
                strike("a"),
                note("n"),
                Event::GoTo(1),
                strike("c"),
                Event::GoTo(0),
            ],
            "q1 [] without a (n)",
        ),
        (
            vec![
                strike("a"),
                note("n"),
                Event::GoTo(1),
                strike("c"),
                Event::BackToQuestion,
            ],
            "q2 [] without c",
        ),
    ] {
        for form in ["practice", "exam"] {
            assert_eq!(
                screen(&played(form, &events)),
                expected,
                "{form}, {events:?}"
            );
        }
    }
}

#[test]
fn a_note_is_kept_up_to_its_length_in_characters() {
    for (given, kept) in [
        ("x".repeat(NOTE_LENGTH), NOTE_LENGTH),
        ("x".repeat(NOTE_LENGTH + 1), NOTE_LENGTH),
        ("日".repeat(NOTE_LENGTH), NOTE_LENGTH),
        ("日".repeat(NOTE_LENGTH * 100), NOTE_LENGTH),
        ("n\n".to_owned(), 2),
    ] {
        let mut session = played("open", &[note(&given)]);
        let found = question(&session).note;
        assert_eq!(found.chars().count(), kept);
        assert!(given.starts_with(&found));
        // The same again is no change.
        assert_eq!(session.update(note(&given), Timestamp(9_000)), []);
    }
}

#[test]
fn nothing_is_noted_where_no_question_is_on_the_screen() {
    for (form, way, expected) in [
        ("practice", vec![Event::Review], "review, 3 open"),
        ("exam", vec![Event::Review], "review, 3 open"),
        ("linear-exam", vec![Event::Finish], "review, 3 open"),
        ("practice", vec![Event::Pause], "paused"),
        ("practice", vec![Event::Review, Event::Pause], "paused"),
        ("exam", vec![Event::Submit], "results 0 %"),
        ("exam", vec![Event::Submit, Event::ShowAnswers], "3 answers"),
        ("exam", vec![Event::Submit, Event::ShowHistory], "history 0"),
        ("exam", vec![Event::Reset], "start"),
    ] {
        for event in [
            strike("b"),
            note("n"),
            Event::ToggleFlag,
            respond("b"),
            Event::Check,
        ] {
            let mut session = played(form, &way);
            let before = format!("{session:?}");
            let effects = session.update(event.clone(), Timestamp(9_000));
            assert_eq!(effects, [], "{form}, {way:?}, {event:?}");
            assert_eq!(screen(&session), expected);
            assert_eq!(format!("{session:?}"), before, "{form}, {way:?}, {event:?}");
        }
    }
}

#[test]
fn notes_are_found_again_in_the_overview_and_among_the_answers() {
    let events = [
        note("first"),
        strike("b"),
        Event::GoTo(2),
        note("third"),
        note(""),
        Event::Review,
    ];
    let mut session = played("exam", &events);
    let noted: Vec<bool> = (session.overview().unwrap().items.iter())
        .map(|item| item.has_note)
        .collect();
    assert_eq!(noted, [true, false, false]);
    play(
        &mut session,
        &[Event::Submit, Event::ShowAnswers],
        &mut 10_000,
    );
    let found: Vec<String> = (session.answers("en").into_iter())
        .map(|answer| answer.note)
        .collect();
    assert_eq!(found, ["first", "", ""]);
}

/// Whole seconds that each question was on the screen.
fn seconds(session: &Session) -> Vec<u64> {
    let results = results(session).report.questions;
    results.iter().map(|result| result.seconds).collect()
}

/// An event in a few words.
#[track_caller]
fn event(words: &str) -> Event {
    let (verb, what) = words.split_once(' ').unwrap_or((words, ""));
    match verb {
        "answer" => respond(what),
        "check" => Event::Check,
        "go" => Event::GoTo(what.parse::<usize>().unwrap() - 1),
        "review" => Event::Review,
        "back" => Event::BackToQuestion,
        "finish" => Event::Finish,
        "pause" => Event::Pause,
        "resume" => Event::Resume,
        "submit" => Event::Submit,
        "tick" => Event::Tick,
        other => panic!("{other}"),
    }
}

/// The cells of a table.
fn rows(table: &str) -> impl Iterator<Item = Vec<&str>> {
    table
        .trim()
        .lines()
        .map(|row| row.split(" | ").map(str::trim).collect())
}

/// A form; what happens, with the seconds before it; how many seconds each question was on the screen.
///
/// Neither the list of questions counts nor a pause; what changes nothing of the place ends no visit; and time goes until
/// the deadline and not longer.
const VISITS: &str = "
exam | 7 submit | 7 0 0
exam | 3 go 2, 4 go 3, 5 submit | 3 4 5
exam | 3 go 2, 4 go 1, 5 go 2, 6 submit | 8 10 0
exam | 3 review, 9 back, 2 submit | 5 0 0
exam | 3 review, 9 go 3, 2 submit | 3 0 2
exam | 3 review, 9 go 1, 2 submit | 5 0 0
exam | 3 finish, 9 submit | 3 0 0
practice | 3 pause, 900 resume, 2 submit | 5 0 0
practice | 3 pause, 900 submit | 3 0 0
practice | 3 review, 4 pause, 900 resume, 5 back, 2 submit | 5 0 0
practice | 3 review, 4 pause, 900 resume, 5 submit | 3 0 0
practice | 3 review, 4 pause, 900 resume, 5 go 2, 2 submit | 3 2 0
exam | 3 answer a, 3 go 1, 3 go 9, 3 submit | 12 0 0
exam | 20 go 3, 900 tick | 20 0 40
";

#[test]
fn time_adds_up_over_visits_and_only_while_the_question_is_on_the_screen() {
    for row in rows(VISITS) {
        let mut session = session(row[0]);
        session.update(start(Which::All), Timestamp(0));
        let mut now = 0;
        for step in row[1].split(", ") {
            let (pause, words) = step.split_once(' ').unwrap();
            now += pause.parse::<i64>().unwrap() * 1_000;
            session.update(event(words), Timestamp(now));
        }
        let text = |seconds: Vec<u64>| {
            let words: Vec<String> = seconds.iter().map(u64::to_string).collect();
            words.join(" ")
        };
        assert_eq!(text(seconds(&session)), row[2], "{row:?}");
        let answers = session.answers("en").into_iter();
        let spent = answers.map(|answer| answer.spent.as_secs()).collect();
        assert_eq!(text(spent), row[2], "{row:?}");
    }
}

#[test]
fn time_away_is_nobodys() {
    let mut session = session("open");
    session.update(start(Which::All), Timestamp(0));
    session.update(respond("b"), Timestamp(5_000));
    for visit in 1..=3 {
        let stored = Attempt::from_stored(&attempt_of(&session).to_stored()).unwrap();
        session = super::session("open");
        let came = visit * 1_000_000;
        session.restore(vec![stored], None, Timestamp(came));
        session.update(Event::Show, Timestamp(came));
        session.update(Event::ToggleFlag, Timestamp(came + 2_000));
    }
    session.update(Event::Submit, Timestamp(4_000_000));
    // Five, three times two, and from the last visit on.
    assert_eq!(seconds(&session), [5 + 2 + 2 + 1_000, 0, 0]);
}

/// A form; what happens at the second question, whose key is a and c; how the first answer would have been marked, if it
/// was changed; what changing it was worth.
///
/// Taking an answer back is a change too, and the overview and a pause end a visit as well. Changing one's mind on one visit is no
/// change, nor is completing an answer, nor there and back; of several the first one counts. Marked at once, nothing can
/// change any more.
const CHANGES: &str = "
exam | answer a c | - | -
exam | answer a c, go 3, go 2 | - | -
exam | answer a c, go 3, go 2, answer a b | correct | to wrong
exam | answer a b, go 3, go 2, answer a c | incorrect | to right
exam | answer a b, go 3, go 2, answer b c | incorrect | among wrong
exam | answer a c, go 3, go 2, answer | correct | to wrong
exam | answer a b, go 3, go 2, answer | incorrect | -
exam | answer a c, go 3, go 2, answer, go 3, go 2, answer a c | - | -
exam | answer a c, answer, go 3, go 2, answer a b | - | -
exam | answer a c, review, back, answer a b | correct | to wrong
exam | answer a c, review, go 2, answer a b | correct | to wrong
exam | answer a b, answer b c, answer a c | - | -
exam | answer a, go 3, go 2, answer a c | - | -
exam | go 3, go 2, answer a c | - | -
exam | answer a b, go 3, go 2, answer b c, go 3, go 2, answer a c | incorrect | to right
exam | answer a c, go 3, go 2, answer b c, go 3, go 2, answer a c | - | -
open | answer a b, check, go 3, go 2, answer a c | - | -
open | answer a b, go 3, go 2, answer a c | incorrect | to right
open | answer a b, pause, resume, answer a c | incorrect | to right
partial | answer a b, go 3, go 2, answer b c | incorrect | among wrong
partial | answer a b, go 3, go 2, answer a | incorrect | among wrong
partial | answer a c, go 3, go 2, answer a | correct | to wrong
";

#[test]
fn coming_back_to_change_a_complete_answer_is_told_with_what_it_was_worth() {
    let partial = r#"{ "id": "partial", "title": "P", "mode": "exam", "credit": "partial" },"#;
    let text = SET.replacen("\"forms\": [", &format!("\"forms\": [{partial}"), 1);
    for row in rows(CHANGES) {
        let mut session = session_of(read(&text), row[0]);
        play(&mut session, &[start(Which::All), Event::GoTo(1)], &mut 0);
        let events: Vec<Event> = row[1].split(", ").map(event).collect();
        play(&mut session, &events, &mut 9_000);
        session.update(Event::Submit, Timestamp(50_000));
        let view = results(&session);
        let before = view.report.questions.iter().map(|result| result.before);
        let word = |before: Option<Outcome>| before.map_or("-", Outcome::word);
        let found: Vec<&str> = before.map(word).collect();
        assert_eq!(found, ["-", row[2], "-"], "{row:?}");
        assert_eq!(word(session.answers("en")[1].before), row[2], "{row:?}");
        let worth = |what: &str| usize::from(row[3] == what);
        let expected = Changes {
            to_wrong: worth("to wrong"),
            to_right: worth("to right"),
            among_wrong: worth("among wrong"),
        };
        assert_eq!(view.changes, expected, "{row:?}");
    }
}

#[test]
fn arrowing_through_radio_buttons_on_one_visit_is_no_change() {
    let events = [
        respond("a"),
        respond("b"),
        respond("a"),
        Event::GoTo(1),
        Event::GoTo(0),
        Event::Submit,
    ];
    let session = played("exam", &events);
    assert_eq!(results(&session).changes, Changes::default());
    assert_eq!(attempt_of(&session).answers[0].first, response("a"));
}

#[test]
fn who_stops_early_learns_how_what_was_answered_went() {
    for (events, answered, percent) in [
        (vec![], (0, 0), 0),
        (vec![respond("a")], (1, 1), 33),
        (vec![respond("b")], (1, 0), 0),
        (vec![respond("a"), Event::GoTo(1), respond("a")], (2, 1), 33),
        (vec![respond("a"), Event::GoTo(2), respond("b")], (2, 2), 66),
        (vec![respond("a"), respond("")], (0, 0), 0),
    ] {
        let mut session = played("exam", &events);
        session.update(Event::Submit, Timestamp(30_000));
        let view = results(&session);
        assert_eq!(
            (view.answered, view.report.percent),
            (answered, percent),
            "{events:?}"
        );
        assert_eq!((view.unscored, view.band), ((0, 0), None));
        assert_eq!(view.budget, Some(Duration::from_secs(20)));
    }
}

/// A sitting of all seven types: every answer of the key, or none of it.
fn seven(form: &str, is_right: bool) -> Session {
    let mut session = session_of(read(SEVEN), form);
    session.update(start(Which::All), Timestamp(0));
    let keys = [
        "a",
        "a b",
        "a b c",
        "x=a y=b z=a",
        "12.5",
        "queue",
        "pick=fast type=cheap",
        "b",
    ];
    for (position, key) in keys.into_iter().enumerate() {
        session.update(Event::GoTo(position), Timestamp(1_000));
        if is_right {
            session.update(respond(key), Timestamp(2_000));
        }
    }
    session.update(Event::Submit, Timestamp(16_000));
    session
}

#[test]
fn what_does_not_count_is_reported_and_does_not_count() {
    for (is_right, right) in [(true, 3), (false, 0)] {
        let session = seven("exam", is_right);
        let view = results(&session);
        assert_eq!(view.unscored, (3, right));
        assert_eq!(view.answered, if is_right { (5, 5) } else { (0, 0) });
        let report = &view.report;
        assert_eq!(report.possible, Points::ONE.times(5));
        assert_eq!(report.questions.len(), 8);
        assert_eq!(report.scored().count(), 5);
        assert_eq!(report.percent, if is_right { 100 } else { 0 });
        let counted: usize = report.domains.iter().map(|domain| domain.questions).sum();
        let of_no_domain = report
            .scored()
            .filter(|result| result.domain.is_none())
            .count();
        assert_eq!(counted + of_no_domain, 5);
        let band = if is_right { (460, 1_000) } else { (100, 640) };
        let expected = Band {
            questions: 5,
            low: band.0,
            high: band.1,
        };
        assert_eq!(view.band, Some(expected));
        // The same ones on every screen.
        let marks: Vec<bool> = report
            .questions
            .iter()
            .map(|result| result.unscored)
            .collect();
        let shown: Vec<bool> = (session.answers("en").iter())
            .map(|answer| answer.is_unscored)
            .collect();
        assert_eq!(marks, shown);
    }
}

#[test]
fn a_retry_of_what_was_missed_counts_everything() {
    let mut session = seven("exam", false);
    session.update(start(Which::Missed), Timestamp(100_000));
    session.update(respond("a"), Timestamp(101_000));
    session.update(Event::Submit, Timestamp(102_000));
    let view = results(&session);
    assert_eq!(
        (view.report.questions.len(), view.report.possible),
        (8, Points::ONE.times(8))
    );
    assert_eq!(view.unscored, (0, 0));
    assert!(view.report.questions.iter().all(|result| !result.unscored));
    assert_eq!(
        (view.report.scaled, view.band, view.report.passed),
        (None, None, None)
    );
    assert_eq!(view.answered, (1, 1));
}

#[test]
fn an_answer_below_zero_takes_from_the_others_and_never_below_nothing() {
    // Wrong choices cost what guessing them would gain: a half and a third.
    let mut session = session_of(read(SEVEN), "linear-exam");
    let events = [
        start(Which::All),
        respond("b"),
        Event::GoTo(1),
        respond("c d"),
        Event::Submit,
    ];
    play(&mut session, &events, &mut 0);
    let report = results(&session).report;
    assert_eq!(
        (report.questions[0].points, report.questions[1].points),
        (-Points::share(1, 2), -Points::ONE)
    );
    assert_eq!(
        (report.points, report.percent),
        (-Points::share(1, 2).times(3), 0)
    );
    assert_eq!(report.questions[0].outcome, Outcome::Incorrect);
}
