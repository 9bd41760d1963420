//! Earlier attempts: the list of them, opening and deleting one, and papers that ask what was not seen lately.

use std::collections::BTreeSet;

use super::*;

/// A finished attempt at a moment, with the first question right or wrong.
fn finished(form: &str, id: &str, at: i64, first: &str) -> Attempt {
    let mut session = session(form);
    let events = [start(Which::All), respond(first), Event::Submit];
    play(&mut session, &events, &mut (at - 3_000));
    assert_eq!(attempt_of(&session).changed, Timestamp(at));
    Attempt {
        id: id.to_owned(),
        ..attempt_of(&session).clone()
    }
}

fn open(attempt: &Attempt) -> Event {
    Event::Open(Box::new(attempt.clone()))
}

fn delete(id: &str) -> Event {
    Event::Delete(id.to_owned())
}

#[test]
fn an_attempt_of_this_form_can_be_opened_and_no_other() {
    let own = finished("exam", "a5", 50_000, "a");
    for (edit, expected) in [
        (own.clone(), "results 33 %"),
        (
            Attempt {
                form: String::from("exam;missed"),
                ..own.clone()
            },
            "results 33 %",
        ),
        (
            Attempt {
                form: String::from("practice"),
                ..own.clone()
            },
            "history 0",
        ),
        (
            Attempt {
                form: String::from("exam;count=2"),
                ..own.clone()
            },
            "history 0",
        ),
        (
            Attempt {
                form: String::from("exa"),
                ..own.clone()
            },
            "history 0",
        ),
        (
            Attempt {
                set: String::from("four"),
                ..own.clone()
            },
            "history 0",
        ),
        (
            Attempt {
                finished: None,
                ..own.clone()
            },
            "history 0",
        ),
        // Of questions that the set no longer has.
        (
            Attempt {
                answers: Vec::new(),
                ..own.clone()
            },
            "history 0",
        ),
    ] {
        let mut session = session("exam");
        session.update(Event::ShowHistory, Timestamp(60_000));
        assert_eq!(session.update(open(&edit), Timestamp(61_000)), []);
        assert_eq!(screen(&session), expected, "{edit:?}");
    }
    // Not over a running sitting.
    let mut session = session("exam");
    let before = play(&mut session, &[start(Which::All)], &mut 60_000);
    assert_eq!(before.len(), 2);
    assert_eq!(session.update(open(&own), Timestamp(62_000)), []);
    assert_eq!(screen(&session), "q1 []");
}

#[test]
fn an_old_result_does_not_become_the_last_one_by_being_looked_at() {
    let attempts = [
        finished("exam", "new", 90_000, "a"),
        finished("exam", "old", 50_000, "b"),
        finished("exam", "older", 40_000, "b"),
    ];
    for order in [[0, 1, 2], [1, 2, 0], [2, 0, 1], [1, 1, 1], [2, 1, 2]] {
        let mut session = session("exam");
        session.restore(attempts.to_vec(), None, Timestamp(100_000));
        assert_eq!(screen(&session), "start, last 33 %");
        for (step, index) in order.into_iter().enumerate() {
            let percent = if index == 0 {
                "results 33 %"
            } else {
                "results 0 %"
            };
            let now = Timestamp(100_000 + i64::try_from(step).unwrap());
            session.update(Event::ShowHistory, now);
            session.update(open(&attempts[index]), now);
            assert_eq!(screen(&session), percent, "{order:?}");
        }
        session.update(Event::Reset, Timestamp(110_000));
        assert_eq!(screen(&session), "start, last 33 %", "{order:?}");
        // What was missed is what the last one missed.
        session.update(start(Which::Missed), Timestamp(120_000));
        assert_eq!(attempt_of(&session).answers.len(), 2, "{order:?}");
    }
}

#[test]
fn what_is_deleted_is_gone_from_every_screen() {
    // A result on the screen, an older one remembered behind it, and what is left after deleting.
    for (way, deleted, expected, after_reset) in [
        (vec![], "new", "history 1", "start"),
        (vec![], "old", "history 1", "start, last 33 %"),
        (vec![Event::ShowResults], "new", "history 1", "start"),
        (vec![Event::ShowAnswers], "new", "history 1", "start"),
        (
            vec![Event::ShowAnswers],
            "nobody",
            "history 1",
            "start, last 33 %",
        ),
    ] {
        let mut session = session("exam");
        let attempts = vec![
            finished("exam", "new", 90_000, "a"),
            finished("exam", "old", 50_000, "b"),
        ];
        session.restore(attempts, None, Timestamp(100_000));
        play(&mut session, &way, &mut 100_000);
        session.update(Event::ShowHistory, Timestamp(110_000));
        let effects = session.update(delete(deleted), Timestamp(111_000));
        assert_eq!(words(&effects), format!("forget {deleted}"));
        assert_eq!(screen(&session), expected, "{way:?}, {deleted}");
        // Each deletion is another view, so that the list is made anew.
        session.update(delete("another"), Timestamp(112_000));
        assert_eq!(screen(&session), "history 2");
        session.update(Event::ShowHistory, Timestamp(113_000));
        assert_eq!(screen(&session), "history 2");
        session.update(Event::CloseHistory, Timestamp(113_000));
        session.update(Event::Reset, Timestamp(114_000));
        assert_eq!(screen(&session), after_reset, "{way:?}, {deleted}");
        assert_eq!(session.update(Event::ShowAnswers, Timestamp(115_000)), []);
        assert_eq!(
            screen(&session).starts_with("start"),
            after_reset == "start"
        );
    }
}

#[test]
fn deleting_the_result_on_the_screen_leads_to_the_start() {
    for events in [
        vec![],
        vec![Event::ShowAnswers],
        vec![Event::ShowHistory, Event::CloseHistory],
    ] {
        let mut session = session("exam");
        play(&mut session, &[start(Which::All), Event::Submit], &mut 0);
        play(&mut session, &events, &mut 9_000);
        let effects = session.update(delete("a1"), Timestamp(20_000));
        assert_eq!(words(&effects), "forget a1");
        assert_eq!(
            (screen(&session).as_str(), session.state()),
            ("start", State::Ready)
        );
    }
    // Under the list: closing it shows the start, not what is gone.
    let mut session = session("exam");
    let events = [
        start(Which::All),
        Event::Submit,
        Event::ShowHistory,
        delete("a1"),
    ];
    play(&mut session, &events, &mut 0);
    assert_eq!(screen(&session), "history 1");
    session.update(Event::CloseHistory, Timestamp(20_000));
    assert_eq!(screen(&session), "start");
    assert_eq!(session.update(start(Which::Missed), Timestamp(21_000)), []);
}

#[test]
fn a_running_sitting_is_not_deleted_and_hides_the_list() {
    for (form, way) in [
        ("exam", vec![]),
        ("exam", vec![Event::Review]),
        ("practice", vec![Event::Pause]),
    ] {
        let mut session = session(form);
        play(&mut session, &[start(Which::All)], &mut 0);
        play(&mut session, &way, &mut 1_000);
        let before = format!("{session:?}");
        for event in [delete("a1"), Event::ShowHistory, Event::CloseHistory] {
            assert_eq!(
                session.update(event, Timestamp(9_000)),
                [],
                "{form}, {way:?}"
            );
        }
        assert_eq!(format!("{session:?}"), before, "{form}, {way:?}");
        // Another one can go meanwhile.
        let effects = session.update(delete("a7"), Timestamp(10_000));
        assert_eq!(words(&effects), "forget a7");
        assert_eq!(format!("{session:?}"), before, "{form}, {way:?}");
    }
}

#[test]
fn the_list_opens_over_what_is_there_and_closes_to_it() {
    for (way, under) in [
        (vec![], "start"),
        (vec![start(Which::All), Event::Submit], "results 0 %"),
        (
            vec![start(Which::All), Event::Submit, Event::ShowAnswers],
            "3 answers",
        ),
        (
            vec![start(Which::All), Event::Submit, Event::Reset],
            "start, last 0 %",
        ),
    ] {
        let mut session = session("exam");
        play(&mut session, &way, &mut 0);
        let state = session.state();
        play(&mut session, &[Event::ShowHistory], &mut 20_000);
        assert_eq!(screen(&session), "history 0", "{way:?}");
        assert_eq!(session.state(), state, "{way:?}");
        assert!(!session.is_ticking());
        play(&mut session, &[Event::CloseHistory], &mut 21_000);
        assert_eq!(screen(&session), under);
    }
}

/// A set of 40 questions in two domains, and a form that asks 10 of them.
fn forty(draw: &str) -> Rc<QuestionSet> {
    let questions: Vec<String> = (0..40)
        .map(|number| {
            format!(
                r#"{{"id":"q{number}","type":"single","domain":"d{}","prompt":"?",
                   "choices":[{{"id":"a","text":"A","correct":true}},{{"id":"b","text":"B"}}]}}"#,
                number % 2
            )
        })
        .collect();
    read(&format!(
        r#"{{"mondai":1,"id":"three","title":"T","domains":[{{"id":"d0","title":"0","weight":50}},{{"id":"d1","title":"1","weight":50}}],
           "forms":[{{"id":"ten","title":"Ten","count":10,"draw":"{draw}"}},{{"id":"all","title":"All"}}],
           "questions":[{}]}}"#,
        questions.join(",")
    ))
}

/// The questions of the sitting on the screen.
fn asked(session: &Session) -> BTreeSet<String> {
    let answers = attempt_of(session).answers.iter();
    answers.map(|answer| answer.question.clone()).collect()
}

/// Starts, looks at every question, and hands in.
fn sit(session: &mut Session, seed: &str, at: i64) -> BTreeSet<String> {
    let begin = Event::Start {
        seed: seed.to_owned(),
        attempt: format!("a{at}"),
        which: Which::All,
    };
    session.update(begin, Timestamp(at));
    for position in 0..attempt_of(session).answers.len() {
        session.update(Event::GoTo(position), Timestamp(at));
    }
    session.update(Event::Submit, Timestamp(at + 1));
    asked(session)
}

#[test]
fn the_next_papers_ask_what_was_not_seen_and_then_what_was_seen_longest_ago() {
    for draw in ["by-domain", "random"] {
        let mut session = session_of(forty(draw), "ten");
        let papers: Vec<_> = (1..=5)
            .map(|round| sit(&mut session, "s", round * 1_000))
            .collect();
        let seen: BTreeSet<_> = papers[..4].iter().flatten().collect();
        assert_eq!(seen.len(), 40, "{draw}");
        // All were seen: the first paper's, longest ago.
        assert_eq!(papers[4], papers[0], "{draw}");
    }
}

#[test]
fn a_later_visit_knows_what_was_seen_in_any_form_even_if_it_was_given_up() {
    let set = forty("by-domain");
    let mut first = session_of(Rc::clone(&set), "all");
    first.update(start(Which::All), Timestamp(1_000));
    for position in 0..30 {
        first.update(Event::GoTo(position), Timestamp(2_000));
    }
    let seen: BTreeSet<String> = (attempt_of(&first).answers.iter())
        .filter(|answer| answer.is_seen)
        .map(|answer| answer.question.clone())
        .collect();
    assert_eq!(seen.len(), 30);
    let stored = attempt_of(&first).clone();
    // Another form of the same set.
    let mut later = session_of(Rc::clone(&set), "ten");
    later.restore(vec![stored], None, Timestamp(9_000));
    assert!(sit(&mut later, "s", 10_000).is_disjoint(&seen));
    // Given up, and another of the same form.
    first.update(Event::Reset, Timestamp(20_000));
    assert!(
        first
            .seen
            .as_ref()
            .unwrap()
            .0
            .iter()
            .filter(|when| **when > 0)
            .count()
            == 30
    );
}

#[test]
fn with_an_authors_seed_the_paper_is_the_same_whatever_was_seen() {
    for draw in ["by-domain", "random"] {
        let set = forty(draw);
        let mut first = session_of(Rc::clone(&set), "ten");
        first.restore(Vec::new(), Some("authors"), Timestamp(0));
        let paper = sit(&mut first, "authors", 1_000);
        let stored = attempt_of(&first).clone();
        // Again in the same session, and on later visits, whatever there is in storage.
        assert_eq!(sit(&mut first, "authors", 2_000), paper);
        let other = Attempt {
            seed: String::from("other"),
            ..stored.clone()
        };
        for attempts in [vec![], vec![stored.clone()], vec![other, stored.clone()]] {
            let mut later = session_of(Rc::clone(&set), "ten");
            later.restore(attempts, Some("authors"), Timestamp(9_000));
            assert_eq!(sit(&mut later, "authors", 10_000), paper, "{draw}");
        }
        // Without one it does matter.
        let mut later = session_of(set, "ten");
        later.restore(vec![stored], None, Timestamp(9_000));
        assert!(sit(&mut later, "authors", 10_000).is_disjoint(&paper));
    }
}

#[test]
fn with_an_authors_seed_only_what_was_made_from_it_goes_on() {
    let running = {
        let mut session = session("exam");
        play(&mut session, &[start(Which::All), respond("b")], &mut 0);
        attempt_of(&session).clone()
    };
    let ended = finished("exam", "a5", 50_000, "a");
    for (seed, expected) in [
        (None, "q1 [b]"),
        (Some("seed"), "q1 [b]"),
        (Some("another"), "start"),
        (Some(""), "start"),
    ] {
        let mut session = session("exam");
        session.restore(vec![running.clone(), ended.clone()], seed, Timestamp(3_000));
        assert_eq!(screen(&session), expected, "{seed:?}");
        session.update(Event::Reset, Timestamp(4_000));
        let last = if expected == "start" {
            "start"
        } else {
            "start, last 33 %"
        };
        assert_eq!(screen(&session), last, "{seed:?}");
    }
}
