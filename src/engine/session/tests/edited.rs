//! The author edits a set whose results are stored: what a result came to, and what its review says, stays.

use serde_json::Value as Json;

use super::restoring::stored;
use super::*;
use crate::engine::attempt::origin::Origin;
use crate::engine::question::Interaction;
use crate::engine::report::Report;

/// As the keeper stores an attempt, and gives it back.
fn kept(session: &Session) -> Attempt {
    let mut attempt = attempt_of(session).clone();
    let origin = Origin::new(session.set(), String::from("https://example.org/set.json"));
    let prints = origin.prints(&attempt);
    origin.sign(&mut attempt, &prints);
    attempt.keep_result(session.set(), session.form());
    Attempt::from_stored(&attempt.to_stored()).unwrap()
}

/// A finished sitting: q1 right, q2 half right, q3 wrong.
fn finished(set: &Rc<QuestionSet>, form: &str) -> Session {
    let mut session = session_of(Rc::clone(set), form);
    let events = [
        start(Which::All),
        respond("a"),
        Event::GoTo(1),
        respond("a"),
        Event::GoTo(2),
        respond("a"),
        Event::Note(String::from("hm")),
        Event::Submit,
    ];
    play(&mut session, &events, &mut 0);
    session
}

fn edited(text: &str, edit: impl Fn(&mut Json)) -> Rc<QuestionSet> {
    let mut value: Json = serde_json::from_str(text).unwrap();
    edit(&mut value);
    Rc::new(format::read(&value.to_string()).set.unwrap())
}

/// The session of a reader who comes back, with the result on the screen.
fn reopened(set: &Rc<QuestionSet>, form: &str, attempt: &Attempt) -> Session {
    let mut session = session_of(Rc::clone(set), form);
    session.restore(vec![attempt.clone()], None, Timestamp(90_000));
    session.update(Event::ShowResults, Timestamp(91_000));
    session
}

/// What the review says of each question: how it was marked; whether it is as it was, changed or gone; what it claims that the
/// reader gave; and what they typed.
fn review(session: &Session) -> Vec<String> {
    let answers = session.answers("en").into_iter();
    answers
        .map(|answer| {
            let mut said = String::from(answer.outcome.word());
            match &answer.asked {
                None => said.push_str(" gone"),
                Some(asked) if asked.is_changed => said.push_str(" changed"),
                Some(_) => {}
            }
            let asked = answer.asked.as_ref();
            if let Some(interaction) = asked.and_then(|asked| asked.interaction.as_ref()) {
                let _ = write!(said, " [{}]", given(interaction));
            }
            if let Some(typed) = answer.typed {
                let _ = write!(said, " typed {typed}");
            }
            said
        })
        .collect()
}

type Edit = fn(&mut Json);

/// What the author does to the set, and what the review says of the three questions then.
const EDITS: &[(&str, Edit, [&str; 3])] = &[
    (
        "nothing",
        |_| {},
        ["correct [a]", "partial [a]", "incorrect [a]"],
    ),
    (
        "what is shown after marking only",
        |set| {
            set["questions"][0]["explanation"] = "Better words.".into();
            set["questions"][0]["choices"][0]["why"] = "Indeed.".into();
        },
        ["correct [a]", "partial [a]", "incorrect [a]"],
    ),
    (
        "the order of the choices",
        |set| {
            set["questions"][0]["choices"]
                .as_array_mut()
                .unwrap()
                .reverse();
        },
        ["correct [a]", "partial [a]", "incorrect [a]"],
    ),
    (
        "texts swapped, and the key moved",
        |set| {
            let choices = &mut set["questions"][0]["choices"];
            choices[0] = serde_json::json!({ "id": "a", "text": "B" });
            choices[1] = serde_json::json!({ "id": "b", "text": "A", "correct": true });
        },
        ["correct changed []", "partial [a]", "incorrect [a]"],
    ),
    (
        "texts swapped",
        |set| {
            set["questions"][2]["choices"][0]["text"] = "B".into();
            set["questions"][2]["choices"][1]["text"] = "A".into();
        },
        ["correct [a]", "partial [a]", "incorrect changed []"],
    ),
    (
        "the key moved",
        |set| {
            set["questions"][2]["choices"][0]["correct"] = true.into();
            set["questions"][2]["choices"][1]["correct"] = false.into();
        },
        ["correct [a]", "partial [a]", "incorrect changed []"],
    ),
    (
        "a prompt",
        |set| set["questions"][1]["prompt"] = "Another?".into(),
        ["correct [a]", "partial changed []", "incorrect [a]"],
    ),
    (
        "a choice that was chosen is gone",
        |set| {
            set["questions"][2]["choices"]
                .as_array_mut()
                .unwrap()
                .remove(0);
        },
        ["correct [a]", "partial [a]", "incorrect changed []"],
    ),
    (
        "a question is gone",
        |set| {
            set["questions"].as_array_mut().unwrap().remove(0);
        },
        ["correct gone", "partial [a]", "incorrect [a]"],
    ),
    (
        "all questions are others",
        |set| {
            for question in set["questions"].as_array_mut().unwrap() {
                let id = format!("new-{}", question["id"].as_str().unwrap());
                question["id"] = id.into();
            }
        },
        ["correct gone", "partial gone", "incorrect gone"],
    ),
    (
        "a question is of another type",
        |set| {
            let question = serde_json::json!({ "id": "q1", "type": "text", "prompt": "First?", "accept": ["A"] });
            set["questions"][0] = question;
        },
        ["correct changed typed a", "partial [a]", "incorrect [a]"],
    ),
    (
        "the rules and the domains",
        |set| {
            for form in set["forms"].as_array_mut().unwrap() {
                form["pass"] = serde_json::json!({ "percent": 90 });
                form["credit"] = "all-or-nothing".into();
            }
            set["domains"] = serde_json::json!([{ "id": "d2", "title": "Two" }, { "id": "d3", "title": "Three" }]);
            set["questions"][0]["domain"] = "d3".into();
        },
        ["correct [a]", "partial [a]", "incorrect [a]"],
    ),
];

#[test]
fn a_finished_result_is_what_it_was_whatever_the_author_does() {
    let form = "partial";
    let text = SET.replace(
            "\"forms\": [",
            r#""forms": [ { "id": "partial", "title": "Partial", "mode": "exam", "credit": "partial", "scale": { "min": 100, "max": 1000, "pass": 550 } },"#,
        );
    let set = read(&text);
    let mut session = finished(&set, form);
    session.update(Event::Submit, Timestamp(20_000));
    let told = results(&session).report;
    let attempt = kept(&session);
    assert_eq!(told.percent, 50, "{form}");
    for (what, edit, expected) in EDITS {
        let set = edited(&text, edit);
        let session = reopened(&set, form, &attempt);
        let view = results(&session);
        assert_eq!(view.report, told, "{form}, {what}");
        assert_eq!(view.domains.len(), told.domains.len(), "{form}, {what}");
        assert_eq!(view.credit, crate::engine::form::Credit::Partial, "{what}");
        let edited = expected.iter().filter(|said| {
            let words: Vec<&str> = said.split(' ').collect();
            words.contains(&"changed") || words.contains(&"gone")
        });
        assert_eq!(view.edited, edited.count(), "{form}, {what}");
        assert_eq!(review(&session), expected, "{what}");
        // What `attempts()` and the list of results go by.
        let own = set.forms.iter().find(|own| own.id == form).unwrap();
        assert_eq!(*Report::of(&set, own, &attempt), told, "{form}, {what}");
        let history = session.history(vec![attempt.clone()], Timestamp(90_000), "en");
        let row = &history.rows[0];
        assert_eq!(
            row.result.map(|own| own.percent),
            Some(50),
            "{form}, {what}"
        );
        assert!(row.can_open, "{form}, {what}");
        let mut opened = session_of(Rc::clone(&set), form);
        opened.update(Event::Open(Box::new(attempt.clone())), Timestamp(92_000));
        assert_eq!(results(&opened).report, told, "{form}, {what}");
    }
}

#[test]
fn what_was_missed_is_what_was_missed_then() {
    let session = finished(&set(), "open");
    let attempt = kept(&session);
    // By the key of now, q1 would be wrong and q3 right.
    let others = edited(SET, |set| {
        for (question, right) in [(0, 1), (2, 0)] {
            let choices = set["questions"][question]["choices"]
                .as_array_mut()
                .unwrap();
            for (index, choice) in choices.iter_mut().enumerate() {
                choice["correct"] = (index == right).into();
            }
        }
    });
    let mut session = reopened(&others, "open", &attempt);
    assert_eq!(results(&session).missed, 2);
    session.update(start(Which::Missed), Timestamp(92_000));
    let asked: Vec<&str> = attempt_of(&session)
        .answers
        .iter()
        .map(|own| own.question.as_str())
        .collect();
    assert_eq!(asked, ["q2", "q3"]);
    // Of what is gone nothing can be asked again.
    let fewer = edited(SET, |set| {
        set["questions"].as_array_mut().unwrap().remove(2);
    });
    assert_eq!(results(&reopened(&fewer, "open", &attempt)).missed, 1);
}

/// Results that were stored before they were kept so are read as ever; and where a choice is gone, the screen and the list agree.
#[test]
fn results_of_earlier_versions_go_by_the_set_as_it_is() {
    let attempt = stored(&finished(&set(), "open"));
    assert_eq!(attempt.told, None);
    for (what, percent, edit) in [
        ("nothing", 33, (|_| {}) as fn(&mut Json)),
        ("the key moved", 0, |set| {
            set["questions"][0]["choices"][0]["correct"] = false.into();
            set["questions"][0]["choices"][1]["correct"] = true.into();
        }),
        ("the choice is gone", 33, |set| {
            set["questions"][2]["choices"]
                .as_array_mut()
                .unwrap()
                .remove(0);
        }),
        ("the question is gone", 50, |set| {
            set["questions"].as_array_mut().unwrap().remove(2);
        }),
    ] {
        let set = edited(SET, edit);
        let session = reopened(&set, "open", &attempt);
        let report = results(&session).report;
        assert_eq!(report.percent, percent, "{what}");
        let own = set.forms.iter().find(|own| own.id == "open").unwrap();
        assert_eq!(*Report::of(&set, own, &attempt), report, "{what}");
    }
}

/// Every type, right, wrong and in part, under every rule: the record tells what the report told.
#[test]
fn every_result_is_retold_from_its_record() {
    for credit in [
        "all-or-nothing",
        "partial",
        "negative",
        "negative-below-zero",
    ] {
        let set = edited(SEVEN, |set| {
            for form in set["forms"].as_array_mut().unwrap() {
                form["credit"] = credit.into();
            }
        });
        for form in &set.forms.clone() {
            for seed in 0..20_usize {
                let mut session = session_of(Rc::clone(&set), &form.id);
                session.update(start(Which::All), Timestamp(0));
                let count = attempt_of(&session).answers.len();
                for position in 0..count {
                    let (question, _) = match &session.phase {
                        Phase::Running { sitting, .. } => sitting.at(&set, position).unwrap(),
                        _ => panic!(),
                    };
                    let mut key = question.body.as_type().key();
                    match (seed + position) % 4 {
                        0 => key.0.clear(),
                        1 => key.0.truncate(1),
                        2 => key.0.reverse(),
                        _ => {}
                    }
                    let now = Timestamp(1_000 * i64::try_from(position + 1).unwrap());
                    session.update(Event::GoTo(position), now);
                    session.update(Event::Respond(key), now);
                }
                for _ in 0..9 {
                    session.update(Event::Submit, Timestamp(20_000));
                }
                let report = results(&session).report;
                let attempt = kept(&session);
                let told = attempt.told.as_ref().unwrap();
                assert_eq!(*told.report, report, "{credit} {}", form.id);
                assert_eq!((told.credit, told.pass), (form.credit, form.pass));
                // As it is told to pages, too.
                let json = |report: &Report| serde_json::to_string(report).unwrap();
                assert_eq!(json(&told.report), json(&report));
                let unchanged = reopened(&set, &form.id, &attempt);
                assert_eq!(results(&unchanged).edited, 0);
                let shown = |session: &Session| {
                    let answers = session.answers("en").into_iter();
                    answers
                        .map(|own| (own.outcome, own.asked))
                        .collect::<Vec<_>>()
                };
                assert_eq!(shown(&unchanged), shown(&session));
            }
        }
    }
}

/// While a sitting runs its record says nothing of the key; and what it says of the questions tells none either.
#[test]
fn before_the_end_the_record_does_not_know_the_key() {
    let other = edited(SET, |set| {
        set["questions"][0]["choices"][0]["correct"] = false.into();
        set["questions"][0]["choices"][1]["correct"] = true.into();
    });
    let [one, other] = [set(), other].map(|set| {
        let mut session = session_of(set, "exam");
        play(&mut session, &[start(Which::All), respond("a")], &mut 0);
        let mut attempt = kept(&session);
        attempt.digest = 0;
        attempt.to_stored()
    });
    assert_eq!(one, other);
    assert!(
        one.contains("\"print\":\"") && !one.contains("result"),
        "{one}"
    );
}

/// A sitting that runs goes on with the set as it is, and its result is kept by that.
#[test]
fn a_sitting_that_runs_goes_on_with_the_set_as_it_is() {
    let mut session = session("open");
    play(
        &mut session,
        &[start(Which::All), respond("a"), Event::Check],
        &mut 0,
    );
    let running = kept(&session);
    assert_eq!(running.told, None);
    let others = edited(SET, |set| {
        set["questions"][0]["choices"][0]["correct"] = false.into();
        set["questions"][0]["choices"][1]["correct"] = true.into();
    });
    let mut session = session_of(others, "open");
    session.restore(vec![running], None, Timestamp(9_000));
    assert_eq!(screen(&session), "q1 [a] incorrect");
    session.update(Event::Submit, Timestamp(10_000));
    let attempt = kept(&session);
    assert_eq!(attempt.told.unwrap().report.percent, 0);
}

/// Choices are shown without what the reader gave, places to fill not at all; how it was marked then is explained by no rule.
#[test]
fn of_a_changed_question_nothing_is_claimed() {
    let set = read(SEVEN);
    let mut session = session_of(Rc::clone(&set), "practice");
    session.update(start(Which::All), Timestamp(0));
    for position in 0..attempt_of(&session).answers.len() {
        let key = match &session.phase {
            Phase::Running { sitting, .. } => {
                sitting.at(&set, position).unwrap().0.body.as_type().key()
            }
            _ => panic!(),
        };
        session.update(Event::GoTo(position), Timestamp(1_000));
        session.update(Event::Respond(key), Timestamp(1_000));
    }
    for _ in 0..9 {
        session.update(Event::Submit, Timestamp(2_000));
    }
    let attempt = kept(&session);
    let others = edited(SEVEN, |set| {
        for question in set["questions"].as_array_mut().unwrap() {
            question["prompt"] = "Something else?".into();
        }
    });
    let session = reopened(&others, "practice", &attempt);
    let answers = session.answers("en");
    assert_eq!(answers.len(), 8);
    for answer in answers {
        let asked = answer.asked.unwrap();
        assert!(asked.is_changed);
        assert_eq!(
            (answer.outcome, asked.marked.outcome),
            (Outcome::Correct, Outcome::Correct)
        );
        assert_eq!(asked.marked.tally, crate::engine::scoring::Tally::default());
        match asked.interaction {
            None => {}
            Some(Interaction::Choices(view)) => {
                assert!(view.choices.iter().all(|choice| !choice.is_chosen));
            }
            Some(Interaction::Parts(view)) => panic!("{view:?}"),
        }
    }
}
