//! What the screens are given: the main button, the way back, marks, totals.

use super::*;
use crate::engine::form::Feedback;
use crate::engine::report::Report;
use crate::engine::scoring::PassMark;
use crate::engine::view::Step;

#[test]
fn the_main_button_says_what_comes_next() {
    for (form, events, expected) in [
        ("open", vec![], Step::Check),
        ("open", vec![respond("a")], Step::Check),
        ("open", vec![respond("a"), Event::Check], Step::Next),
        ("open", vec![Event::GoTo(2)], Step::Check),
        (
            "open",
            vec![Event::GoTo(2), respond("a"), Event::Check],
            Step::Finish,
        ),
        ("exam", vec![], Step::Next),
        ("exam", vec![Event::GoTo(2)], Step::Finish),
    ] {
        let mut session = session(form);
        play(&mut session, &[start(Which::All)], &mut 0);
        play(&mut session, &events, &mut 1_000);
        let view = question(&session);
        assert_eq!(view.step, expected, "{form}, {events:?}");
    }
}

#[test]
fn only_a_free_form_has_a_way_back() {
    for (form, position, expected) in [
        ("exam", 0, false),
        ("exam", 1, true),
        ("linear-exam", 1, false),
    ] {
        let mut session = session(form);
        play(
            &mut session,
            &[start(Which::All), Event::GoTo(position)],
            &mut 0,
        );
        let view = question(&session);
        assert_eq!(
            (view.position, view.can_go_back),
            (position, expected),
            "{form}"
        );
        session.update(Event::Review, Timestamp(5_000));
        assert_eq!(session.overview().unwrap().is_free, form == "exam");
    }
}

#[test]
fn the_list_before_handing_in_tells_what_is_open() {
    let events = [
        start(Which::All),
        respond("a"),
        Event::GoTo(1),
        respond("a"),
        Event::ToggleFlag,
        Event::Review,
    ];
    let mut session = session("exam");
    play(&mut session, &events, &mut 0);
    assert!(matches!(session.view("en"), View::Review(_)));
    let view = session.overview().unwrap();
    let found: Vec<_> = view
        .items
        .iter()
        .map(|item| (item.completeness, item.is_flagged, item.is_current))
        .collect();
    let expected = [
        (Completeness::Complete, false, false),
        (Completeness::Incomplete { missing: 1 }, true, true),
        (Completeness::Unanswered, false, false),
    ];
    assert_eq!(found, expected);
    assert_eq!(view.open, 2);
}

#[test]
fn one_question_alone_is_handed_in_without_a_list() {
    let one = Narrowing {
        count: Some(1),
        domains: vec![String::from("d1")],
        ..Narrowing::default()
    };
    for (events, expected) in [
        (vec![respond("a")], "results 100 %"),
        (vec![], "review, 1 open"),
    ] {
        let (mut session, _) = Session::new(set(), Some("exam"), &one);
        session.update(start(Which::All), Timestamp(0));
        play(&mut session, &events, &mut 0);
        session.update(Event::Finish, Timestamp(9_000));
        assert_eq!(screen(&session), expected);
    }
}

#[test]
fn a_report_adds_up() {
    let events = [
        start(Which::All),
        respond("a"),
        Event::GoTo(1),
        respond("a b"),
        Event::ToggleFlag,
        Event::Submit,
    ];
    let mut session = session("exam");
    let effects = play(&mut session, &events, &mut 0);
    let Some(Effect::Tell(Notice::Finished(report))) = effects.last() else {
        panic!()
    };
    let expected = serde_json::json!({
        "version": 1, "attempt": "a1", "set": "three", "form": "exam", "seed": "seed", "started": 1_000, "finished": 6_000,
        "seconds": 5, "timed_out": false, "points": 1_000, "possible": 3_000, "percent": 33, "scaled": null, "passed": false,
        "domains": [ { "id": "d1", "correct": 1, "questions": 1 }, { "id": "d2", "correct": 0, "questions": 1 } ],
        "questions": [
            { "id": "q1", "domain": "d1", "outcome": "correct", "points": 1_000, "response": ["a"], "key": ["a"], "flagged": false,
              "unscored": false, "seconds": 2, "before": null },
            { "id": "q2", "domain": "d2", "outcome": "incorrect", "points": 0, "response": ["a", "b"], "key": ["a", "c"], "flagged": true,
              "unscored": false, "seconds": 3, "before": null },
            { "id": "q3", "domain": null, "outcome": "unanswered", "points": 0, "response": [], "key": ["b"], "flagged": false,
              "unscored": false, "seconds": 0, "before": null },
        ],
    });
    assert_eq!(serde_json::to_value(&**report).unwrap(), expected);
    for (outcome, count) in [
        (Outcome::Correct, 1),
        (Outcome::Incorrect, 1),
        (Outcome::Partial, 0),
        (Outcome::Unanswered, 1),
    ] {
        assert_eq!(report.count(outcome), count);
    }
    let view = results(&session);
    assert_eq!(view.report, **report);
    assert_eq!(view.pass, Some(PassMark::Percent(60)));
    assert_eq!(view.domains.len(), view.report.domains.len());
}

#[test]
fn only_what_was_missed_is_asked_again() {
    let events = [
        start(Which::All),
        respond("a"),
        Event::GoTo(1),
        respond("a b"),
        Event::Submit,
        start(Which::Missed),
    ];
    let mut session = session("shuffled-practice");
    let effects = play(&mut session, &events[..5], &mut 0);
    let Some(Effect::Tell(Notice::Finished(report))) = effects.last() else {
        panic!()
    };
    let missed = |report: &Report| -> Vec<String> {
        let missed = report
            .questions
            .iter()
            .filter(|result| result.outcome != Outcome::Correct);
        missed.map(|result| result.id.clone()).collect()
    };
    let expected = missed(report);
    let effects = play(&mut session, &events[5..], &mut 9_000);
    let Effect::Save(attempt) = &effects[0] else {
        panic!()
    };
    let asked: Vec<_> = attempt
        .answers
        .iter()
        .map(|answer| answer.question.clone())
        .collect();
    assert_eq!(asked, expected);
    assert!(
        !asked.is_empty()
            && attempt
                .answers
                .iter()
                .all(|answer| answer.response.is_empty())
    );
}

#[test]
fn retrying_what_was_missed_is_no_pass() {
    let mut session = session("exam");
    play(&mut session, &[start(Which::All), Event::Submit], &mut 0);
    let events = [
        start(Which::Missed),
        respond("a"),
        Event::GoTo(1),
        respond("a c"),
        Event::GoTo(2),
        respond("b"),
        Event::Submit,
    ];
    let effects = play(&mut session, &events, &mut 9_000);
    let [
        Effect::Save(attempt),
        Effect::Tell(Notice::Finished(report)),
    ] = &effects[..]
    else {
        panic!("{effects:?}")
    };
    assert_eq!((report.percent, report.passed), (100, None));
    play(&mut session, &[Event::Reset], &mut 20_000);
    assert_eq!(screen(&session), "start, last 0 %");
    let mut later = super::session("exam");
    later.restore(vec![(**attempt).clone()], None, Timestamp(30_000));
    assert_eq!(screen(&later), "start");
    let running = Attempt {
        finished: None,
        ..(**attempt).clone()
    };
    later.restore(vec![running], None, Timestamp(20_000));
    assert_eq!(later.state(), State::Running);
}

#[test]
fn a_marked_question_shows_why_and_where_to_read_on() {
    let mut session = session("open");
    play(
        &mut session,
        &[start(Which::All), respond("b"), Event::Check],
        &mut 0,
    );
    let view = question(&session);
    let marked = view.marked.unwrap();
    assert_eq!(marked.outcome, Outcome::Incorrect);
    assert_eq!(marked.explanation.unwrap().markdown, "It is a.");
    assert_eq!(marked.references[0].1, "https://example.org/a");
    let Interaction::Choices(choices) = view.interaction else {
        panic!()
    };
    let verdicts: Vec<_> = choices
        .choices
        .iter()
        .map(|choice| {
            choice.verdict.as_ref().map(|verdict| {
                (
                    verdict.is_correct,
                    verdict.why.as_ref().unwrap().markdown.clone(),
                )
            })
        })
        .collect();
    assert_eq!(
        verdicts,
        [
            Some((true, "Yes.".to_owned())),
            Some((false, "No.".to_owned()))
        ]
    );
}

#[test]
fn the_start_screen_says_what_awaits() {
    let View::Start(view) = session("exam").view("en") else {
        panic!()
    };
    assert_eq!(
        (view.questions, view.time_limit),
        (3, Some(Duration::from_secs(60)))
    );
    assert_eq!(
        (view.pass, view.feedback, view.is_linear),
        (Some(PassMark::Percent(60)), Feedback::AtEnd, false)
    );
    assert_eq!(
        (
            view.title.markdown.as_str(),
            view.form.unwrap().markdown.as_str()
        ),
        ("Three questions", "Exam")
    );
}

#[test]
fn an_unknown_form_gives_the_first_one_and_says_so() {
    for (form, expected, is_known) in [
        (None, "practice", true),
        (Some("exam"), "exam", true),
        (Some("nowhere"), "practice", false),
        (Some(""), "practice", false),
    ] {
        let (session, found) = Session::new(set(), form, &Narrowing::default());
        assert_eq!(
            (session.form().id.as_str(), found),
            (expected, is_known),
            "{form:?}"
        );
    }
    let mut without: serde_json::Value = serde_json::from_str(SET).unwrap();
    without["forms"] = serde_json::json!([]);
    let set = Rc::new(format::read(&without.to_string()).set.unwrap());
    for (form, is_known) in [
        (None, true),
        (Some("practice"), true),
        (Some("exam"), false),
    ] {
        let (session, found) = Session::new(Rc::clone(&set), form, &Narrowing::default());
        assert_eq!(
            (session.form().id.as_str(), found),
            ("practice", is_known),
            "{form:?}"
        );
        assert_eq!(session.state().word(), "ready");
    }
}

/// The review of a set as large as it may be: each answer is asked for by its place, and none by another sitting's.
#[test]
fn every_answer_of_two_thousand_is_found_by_its_place() {
    let questions: Vec<String> = (0..2_000)
        .map(|number| {
            format!(
                r#"{{"id":"q-{number}","type":"single","domain":"d{}","prompt":"{number}","choices":[{{"id":"a","text":"A","correct":true}},{{"id":"b","text":"B"}}]}}"#,
                number % 3
            )
        })
        .collect();
    let set = read(&format!(
        r#"{{"mondai":1,"id":"many","title":"Many","domains":[{{"id":"d0","title":"0"}},{{"id":"d1","title":"1"}},{{"id":"d2","title":"2"}},{{"id":"d3","title":"3"}}],"forms":[{{"id":"exam","mode":"exam","title":"E","shuffle":["questions"]}}],"questions":[{}]}}"#,
        questions.join(",")
    ));
    let mut session = session_of(set, "exam");
    assert_eq!(session.answer_places(), []);
    play(&mut session, &[start(Which::All), Event::Submit], &mut 0);
    let places = session.answer_places();
    assert_eq!(places.len(), 2_000);
    let domains = session.domains_asked("en").into_iter();
    let domains: Vec<usize> = domains.map(|(index, _)| index).collect();
    assert_eq!(domains, [0, 1, 2]);
    let mut seen = vec![false; 2_000];
    for (position, place) in places.iter().enumerate() {
        let answer = session.answer(*place, "en").unwrap();
        let number: usize = answer.asked.unwrap().prompt.markdown.parse().unwrap();
        assert_eq!(answer.position, position);
        assert_eq!(
            (answer.domain, place.domain),
            (Some(number % 3), Some(number % 3))
        );
        seen[number] = true;
    }
    assert!(seen.iter().all(|seen| *seen));
    assert_eq!(results(&session).missed, 2_000);
    session.update(Event::Reset, Timestamp(90_000));
    assert_eq!(session.answer(places[0], "en"), None, "another sitting");
}
