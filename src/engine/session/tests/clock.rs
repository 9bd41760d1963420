//! Time: the deadline, the pause, and a clock that is set back.

use super::*;
use crate::engine::attempt::Finish;

/// A sitting of the form that began at 1,000 and whose first question is answered with b; its time is up at 61,000.
fn begun(form: &str) -> Session {
    let mut session = session(form);
    session.update(start(Which::All), Timestamp(1_000));
    session.update(respond("b"), Timestamp(2_000));
    session
}

#[test]
fn time_is_up_exactly_at_the_deadline() {
    for form in ["practice", "exam"] {
        for (now, left, expected) in [
            (2_000, Some(59_000), ""),
            (60_999, Some(1), ""),
            (61_000, None, "save 3; finished 0 %, time up"),
            (61_001, None, "save 3; finished 0 %, time up"),
            (i64::MAX, None, "save 3; finished 0 %, time up"),
        ] {
            let mut session = begun(form);
            let effects = session.update(Event::Tick, Timestamp(now));
            assert_eq!(words(&effects), expected, "{form} at {now}");
            assert_eq!(
                session.remaining(Timestamp(now)),
                left.map(Duration::from_millis),
                "{form} at {now}"
            );
            let finish = Finish {
                at: Timestamp(61_000),
                is_timed_out: true,
            };
            assert_eq!(
                attempt_of(&session).finished,
                left.is_none().then_some(finish),
                "{form} at {now}"
            );
            // Once is enough.
            assert_eq!(
                session.update(Event::Tick, Timestamp(now)),
                [],
                "{form} at {now}"
            );
        }
    }
}

#[test]
fn what_comes_after_the_deadline_changes_nothing_of_the_result() {
    for (name, event) in pairs::events("exam") {
        let mut session = begun("exam");
        let effects = session.update(event, Timestamp(61_000));
        let ended = "save 3; finished 0 %, time up";
        let expected = match name {
            // The time of the one is up; the next one may begin.
            "start" | "start missed" => [ended, "save 1; started 3"].join("; "),
            // It is over, so that it can be deleted.
            "delete a1" => [ended, "forget a1"].join("; "),
            _ => ended.to_owned(),
        };
        assert_eq!(words(&effects), expected, "{name}");
        let first = match &effects[0] {
            Effect::Save(attempt) => attempt,
            other => panic!("{other:?}"),
        };
        assert_eq!(first.answers[0].response, response("b"), "{name}");
        assert_eq!(first.changed, Timestamp(61_000), "{name}");
        let told = effects
            .iter()
            .filter(|effect| matches!(effect, Effect::Tell(Notice::Finished(_))))
            .count();
        assert_eq!(told, 1, "{name}");
    }
}

#[test]
fn the_deadline_ends_a_sitting_on_every_screen_but_the_pause() {
    for (event, expected) in [
        (Event::Review, "results 0 %"),
        (Event::GoTo(2), "results 0 %"),
        (Event::Check, "results 0 %"),
        (Event::Pause, "paused"),
    ] {
        let mut session = begun("practice");
        session.update(event.clone(), Timestamp(3_000));
        session.update(Event::Tick, Timestamp(70_000));
        assert_eq!(screen(&session), expected, "{event:?}");
    }
}

#[test]
fn a_pause_stops_the_clock() {
    let mut session = begun("practice");
    let left = |session: &Session, now: i64| {
        session
            .remaining(Timestamp(now))
            .map(|left| left.as_millis())
    };
    session.update(Event::Pause, Timestamp(11_000));
    assert_eq!(session.state(), State::Paused);
    for now in [11_000, 12_000, 500_000] {
        assert_eq!(left(&session, now), Some(50_000), "{now}");
        // An answer in between is refused, and time goes by unnoticed.
        assert_eq!(session.update(respond("a"), Timestamp(now)), []);
    }
    session.update(Event::Resume, Timestamp(500_000));
    assert_eq!(session.state(), State::Running);
    assert_eq!(left(&session, 500_000), Some(50_000));
    assert_eq!(left(&session, 549_999), Some(1));
    assert_eq!(session.update(Event::Tick, Timestamp(549_999)), []);
    assert_eq!(
        words(&session.update(Event::Tick, Timestamp(550_000))),
        "save 5; finished 0 %, time up"
    );
    let view = results(&session);
    assert_eq!((view.report.seconds, view.report.finished), (60, 550_000));
}

#[test]
fn handing_in_while_paused_counts_the_pause_out() {
    let mut session = begun("practice");
    session.update(Event::Pause, Timestamp(11_000));
    session.update(Event::Submit, Timestamp(911_000));
    let view = results(&session);
    assert_eq!((view.report.seconds, view.report.timed_out), (10, false));
}

#[test]
fn a_clock_that_is_set_back_breaks_nothing() {
    let mut session = begun("practice");
    session.update(Event::Pause, Timestamp(11_000));
    session.update(Event::Resume, Timestamp(-5_000));
    assert_eq!(attempt_of(&session).deadline, Some(Timestamp(61_000)));
    session.update(Event::Submit, Timestamp(-9_000));
    let view = results(&session);
    assert_eq!(view.report.seconds, 0);
}

#[test]
fn time_is_watched_only_while_it_matters() {
    for (form, events, expected) in [
        ("exam", vec![], false),
        ("exam", vec![start(Which::All)], true),
        ("exam", vec![start(Which::All), Event::Review], true),
        ("exam", vec![start(Which::All), Event::Submit], false),
        ("practice", vec![start(Which::All), Event::Pause], false),
        (
            "practice",
            vec![start(Which::All), Event::Pause, Event::Resume],
            true,
        ),
        ("open", vec![start(Which::All)], false),
    ] {
        let mut session = session(form);
        play(&mut session, &events, &mut 0);
        assert_eq!(session.is_ticking(), expected, "{form}, {events:?}");
        let has_left = session.remaining(Timestamp(0)).is_some();
        assert_eq!(
            has_left,
            expected || session.state() == State::Paused,
            "{form}, {events:?}"
        );
    }
}

#[test]
fn attributes_change_the_time() {
    for (limit, expected) in [
        (None, Some(60)),
        (Some(None), None),
        (Some(Some(Duration::from_secs(5))), Some(5)),
    ] {
        let narrowing = Narrowing {
            time_limit: limit,
            ..Narrowing::default()
        };
        let (mut session, _) = Session::new(set(), Some("practice"), &narrowing);
        session.update(start(Which::All), Timestamp(0));
        assert_eq!(
            session.remaining(Timestamp(0)),
            expected.map(Duration::from_secs),
            "{limit:?}"
        );
        let view = question(&session);
        assert_eq!(view.can_pause, expected.is_some(), "{limit:?}");
    }
}

#[test]
fn the_clock_of_a_sitting_is_the_one_it_began_with() {
    // The author took the limit away, or made an exam of the form, while a sitting was stored.
    let mut session = begun("practice");
    session.update(Event::Pause, Timestamp(11_000));
    let stored = attempt_of(&session).clone();
    for (edit, expected, can_pause) in [
        (
            (
                "\"time_limit\": \"60s\" },\n    { \"id\": \"open\"",
                "\"time_limit\": \"none\" },\n    { \"id\": \"open\"",
            ),
            50,
            true,
        ),
        (
            ("\"Practice\", ", "\"Practice\", \"mode\": \"exam\", "),
            50,
            false,
        ),
    ] {
        assert!(SET.contains(edit.0), "{edit:?}");
        let edited = Rc::new(format::read(&SET.replace(edit.0, edit.1)).set.unwrap());
        let mut session = session_of(edited, "practice");
        session.restore(vec![stored.clone()], None, Timestamp(20_000));
        assert_eq!(screen(&session), "paused");
        session.update(Event::Resume, Timestamp(30_000));
        assert_eq!(screen(&session), "q1 [b]", "{edit:?}");
        assert_eq!(
            session.remaining(Timestamp(30_000)),
            Some(Duration::from_secs(expected)),
            "{edit:?}"
        );
        let view = question(&session);
        assert_eq!(view.can_pause, can_pause, "{edit:?}");
    }
}

/// A finished sitting of the form that begins at a moment, with what is stored already; its first answer right or wrong.
fn sat(stored: &[Attempt], id: &str, at: i64, first: &str) -> Attempt {
    let mut session = session("exam");
    session.restore(stored.to_vec(), None, Timestamp(at - 1));
    let begin = Event::Start {
        seed: id.to_owned(),
        attempt: id.to_owned(),
        which: Which::All,
    };
    for (event, after) in [(begin, 0), (respond(first), 1_000), (Event::Submit, 2_000)] {
        session.update(event, Timestamp(at + after));
    }
    let finished = attempt_of(&session).clone();
    assert!(finished.finished.is_some());
    Attempt::from_stored(&finished.to_stored()).unwrap()
}

const YEAR: i64 = 365 * 86_400_000;
const DAY: i64 = 86_400_000;

/// One sitting with the clock a year ahead: the next one, with the clock right again, is the last one all the same.
#[test]
fn what_was_stored_later_is_later_whatever_the_clock_said() {
    let mut stored: Vec<Attempt> = Vec::new();
    // When it was; and how many percent it came to.
    for (number, (at, first)) in [
        (DAY, "a"),
        (YEAR, "b"),
        (2 * DAY, "a"),
        (3 * DAY, "b"),
        (3 * DAY - 60_000, "a"),
        (YEAR + DAY, "b"),
    ]
    .into_iter()
    .enumerate()
    {
        let attempt = sat(&stored, &format!("a{number}"), at, first);
        // Only where the clock was behind something that is known does the record say more.
        assert_eq!(
            attempt.after.is_some(),
            (2..5).contains(&number),
            "{number}"
        );
        stored.push(attempt);
        for order in [false, true] {
            let mut all = stored.clone();
            if order {
                all.reverse();
            }
            let mut session = session("exam");
            session.restore(all.clone(), None, Timestamp(at + 3_000));
            let percent = if first == "a" { 33 } else { 0 };
            let expected = format!("start, last {percent} %");
            assert_eq!(screen(&session), expected, "{number}");
            let history = session.history(all, Timestamp(at + 3_000), "en");
            let ids: Vec<&str> = (history.rows.iter().rev())
                .map(|row| row.attempt.as_str())
                .collect();
            let expected: Vec<String> = (0..=number).map(|number| format!("a{number}")).collect();
            assert_eq!(ids, expected);
            // No row begins later than now, or than one that came after it.
            let begun: Vec<i64> = history.rows.iter().map(|row| row.started).collect();
            assert!(begun.iter().all(|begun| *begun <= at + 3_000), "{begun:?}");
            // Looking at an old one does not make it the last.
            session.update(
                Event::Open(Box::new(stored[0].clone())),
                Timestamp(at + 4_000),
            );
            session.update(Event::Reset, Timestamp(at + 5_000));
            assert_eq!(
                screen(&session),
                format!("start, last {percent} %"),
                "{number}"
            );
        }
    }
}

/// Its questions are drawn again as others are: those seen longest ago come first.
#[test]
fn questions_seen_by_a_wrong_clock_are_drawn_again() {
    let questions: Vec<String> = (0..6)
        .map(|number| {
            format!(
                r#"{{"id":"q{number}","type":"single","prompt":"{number}?","choices":[{{"id":"a","text":"A","correct":true}},{{"id":"b","text":"B"}}]}}"#
            )
        })
        .collect();
    let set = read(&format!(
        r#"{{"mondai":1,"id":"six","title":"Six","forms":[{{"id":"two","title":"Two","count":2,"draw":"random","mode":"exam"}}],"questions":[{}]}}"#,
        questions.join(",")
    ));
    let mut stored: Vec<Attempt> = Vec::new();
    let mut papers: Vec<Vec<String>> = Vec::new();
    for (number, at) in [YEAR, DAY, 2 * DAY, 3 * DAY, 4 * DAY, 5 * DAY]
        .into_iter()
        .enumerate()
    {
        let mut session = session_of(Rc::clone(&set), "two");
        session.restore(stored.clone(), None, Timestamp(at));
        let begin = Event::Start {
            seed: format!("seed {number}"),
            attempt: format!("a{number}"),
            which: Which::All,
        };
        for event in [begin, Event::GoTo(1), Event::Submit, Event::Submit] {
            session.update(event, Timestamp(at + 1_000));
        }
        let attempt = attempt_of(&session).clone();
        let mut paper: Vec<String> = attempt
            .answers
            .iter()
            .map(|own| own.question.clone())
            .collect();
        paper.sort();
        papers.push(paper);
        stored.push(attempt);
    }
    // Three papers ask all six; then they come round again.
    assert_eq!(papers[3..], papers[..3], "{papers:?}");
}

/// The clock is set back while the page is closed: no more is left than the form gives, or than was left when last seen.
#[test]
fn a_clock_set_back_while_the_page_is_closed_gives_no_time() {
    for form in ["practice", "exam"] {
        for (seen, now) in [
            (31_000, 30_999),
            (31_000, 31_000 - 3_600_000),
            (2_000, -5),
            (60_999, -YEAR),
        ] {
            for is_paused in [false, true] {
                let mut session = begun(form);
                if is_paused {
                    session.update(Event::Pause, Timestamp(seen));
                }
                let mut attempt = restoring::stored(&session);
                // The note of when it was last seen.
                attempt.changed = attempt.changed.max(Timestamp(seen));
                let left = 61_000 - seen;
                for round in 0..3 {
                    // Who reloads again and again finds no more each time.
                    let mut session = self::session(form);
                    let now = now + round * 1_000;
                    session.update(Event::Stored(vec![attempt.clone()]), Timestamp(now));
                    let shown = session.remaining(Timestamp(now)).unwrap().as_millis();
                    assert!(
                        shown <= u128::try_from(left).unwrap(),
                        "{form} {seen} {now}"
                    );
                    session.update(Event::Hold(true), Timestamp(now));
                    session.update(Event::Resume, Timestamp(now));
                    let found = session.remaining(Timestamp(now));
                    let found = found.map_or(0, |left| left.as_millis());
                    let used = if form == "exam" { round * 1_000 } else { 0 };
                    let expected = u128::try_from((left - used).max(0)).unwrap();
                    assert_eq!(found, expected, "{form} {seen} {now} {is_paused} {round}");
                    attempt = restoring::stored(&session);
                    if attempt.finished.is_some() {
                        break;
                    }
                }
            }
        }
    }
}
