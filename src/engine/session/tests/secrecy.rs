//! No key before marking: a reader of two sets that differ only in what marking tells cannot tell them apart.

use super::*;
use crate::engine::random::Random;

/// The same questions with other keys, other reasons and other explanations.
fn twin() -> Rc<QuestionSet> {
    let mut value: serde_json::Value = serde_json::from_str(SET).unwrap();
    for (question, key) in [("q1", "b"), ("q2", "b c"), ("q3", "c")] {
        let questions = value["questions"].as_array_mut().unwrap();
        let own = questions
            .iter_mut()
            .find(|own| own["id"] == question)
            .unwrap();
        own["explanation"] = "Quite another one.".into();
        own["references"] =
            serde_json::json!([{ "title": "Elsewhere", "url": "https://example.com/" }]);
        for choice in own["choices"].as_array_mut().unwrap() {
            let id = choice["id"].as_str().unwrap();
            let is_correct = key.split(' ').any(|right| right == id);
            choice["correct"] = is_correct.into();
            choice["why"] = "Quite another reason.".into();
        }
    }
    let reading = format::read(&value.to_string());
    assert_eq!(reading.problems, []);
    Rc::new(reading.set.unwrap())
}

/// The same, one question of each type.
fn twin_of_seven() -> Rc<QuestionSet> {
    let mut value: serde_json::Value = serde_json::from_str(SEVEN).unwrap();
    for (place, key) in [
        ("0/choices/0/correct", "false"),
        ("0/choices/2/correct", "true"),
        ("1/choices/0/correct", "false"),
        ("1/choices/1/correct", "null"),
        ("1/choices/2/correct", "true"),
        ("1/choices/3/correct", "true"),
        ("2/order", r#"["d", "c", "a"]"#),
        ("3/pairs", r#"{ "x": "c", "y": "c", "z": "b" }"#),
        ("4/accept", r#"{ "en": ["topic"], "ja": "トピック" }"#),
        ("4/case", r#""exact""#),
        ("5/answer", "-1000000"),
        ("5/tolerance", r#"{ "relative": 0.25 }"#),
        ("6/gaps/pick/choices/0/correct", "false"),
        ("6/gaps/pick/choices/1/correct", "true"),
        ("6/gaps/type/accept", r#""dear""#),
        ("6/gaps/type/case", r#""exact""#),
        ("7/choices/0/correct", "true"),
        ("7/choices/1/correct", "false"),
        ("2/items/0/why", r#""Another reason.""#),
        ("2/items/3/why", r#""Another reason.""#),
        ("3/prompts/0/why", r#""Another reason.""#),
        ("3/choices/2/why", r#""Another reason.""#),
        ("6/gaps/pick/choices/0/why", r#""Another reason.""#),
    ] {
        let (parent, key_name) = place.rsplit_once('/').unwrap();
        let parent = value.pointer_mut(&format!("/questions/{parent}")).unwrap();
        parent[key_name] = serde_json::from_str(key).unwrap();
    }
    for question in value["questions"].as_array_mut().unwrap() {
        question["explanation"] = "Quite another one.".into();
        question["references"] =
            serde_json::json!([{ "title": "Elsewhere", "url": "https://example.com/" }]);
    }
    read(&value.to_string())
}

/// What a session shows, tells and stores at one moment; the digest aside, which is that of the file.
fn outside(session: &Session, effects: &[Effect], now: Timestamp) -> String {
    let mut text = format!(
        "{} {:?} {:?}",
        shown(session, "en"),
        session.remaining(now),
        session.is_ticking()
    );
    for effect in effects {
        match effect {
            Effect::Save(attempt) => {
                let without_digest = Attempt {
                    digest: 0,
                    ..(**attempt).clone()
                };
                text.push_str(&without_digest.to_stored());
            }
            other => {
                let _ = write!(text, "{other:?}");
            }
        }
    }
    text
}

/// Something to answer, of any type, right in one of the sets or in neither.
const RESPONSES: [&str; 20] = [
    "a",
    "b",
    "c",
    "a b",
    "b c",
    "a b c",
    "",
    "c d",
    "d c a",
    "a b c d",
    "x=a y=b z=a",
    "x=c y=c z=b",
    "y=a",
    "queue",
    "topic",
    "12.5",
    "-1000000",
    "pick=fast type=cheap",
    "pick=slow type=dear",
    "type=x",
];

fn any_event(random: &mut Random, questions: u32) -> Event {
    let any = RESPONSES[random.below(20) as usize];
    match random.below(24) {
        0..=10 => respond(any),
        11..=15 => Event::GoTo(random.below(questions + 1) as usize),
        16 => Event::ToggleFlag,
        17 => Event::Review,
        18 => Event::Pause,
        19 => Event::Resume,
        20 => Event::BackToQuestion,
        21 => Event::ToggleStruck(any.to_owned()),
        22 => Event::Note(any.to_owned()),
        _ => Event::Tick,
    }
}

/// Takes two sessions through the same random events until the end of the sitting, at most 40. Nothing may tell them apart
/// from the start on, nor say what does not count. Gives how often they were compared, and what was answered.
#[track_caller]
fn walk(sessions: &mut [Session; 2], seed: u32, step: u32) -> (usize, Vec<String>) {
    let form = sessions[0].form().id.clone();
    let questions = u32::try_from(sessions[0].set().questions.len()).unwrap();
    let mut random = Random::new(&seed.to_string(), &form);
    let (mut now, mut compared, mut answered) = (0, 0, Vec::new());
    for number in 0..40 {
        let event = if number == 0 {
            Event::Start {
                seed: seed.to_string(),
                attempt: String::from("a1"),
                which: Which::All,
            }
        } else {
            any_event(&mut random, questions)
        };
        now += i64::from(random.below(step));
        let at = Timestamp(now);
        let mut effects = sessions
            .each_mut()
            .map(|session| session.update(event.clone(), at));
        let states = sessions.each_ref().map(Session::state);
        assert_eq!(states[0], states[1], "{form}, {seed}, {number}: {event:?}");
        if states[0] == State::Finished {
            break;
        }
        let found = [0, 1].map(|index| outside(&sessions[index], &effects[index], at));
        assert_eq!(found[0], found[1], "{form}, {seed}, {number}: {event:?}");
        for word in ["unscored", "is_correct: true", "Another", "another"] {
            assert!(
                !found[0].contains(word),
                "{form}, {seed}, {number}: {}",
                found[0]
            );
        }
        compared += 1;
        for effect in effects[0].drain(..) {
            if let Effect::Tell(Notice::Answered { question, .. }) = effect {
                answered.push(question);
            }
        }
    }
    (compared, answered)
}

#[test]
fn before_marking_two_keys_look_the_same() {
    let pairs = [(set(), twin()), (read(SEVEN), twin_of_seven())];
    let mut compared = 0;
    let mut answered = std::collections::BTreeMap::new();
    // In those that mark at once, a question whose time is up is marked: there, not so long.
    for (pair, form, step) in [
        (0, "practice", 1_000),
        (0, "open", 1_000),
        (0, "exam", 2_000),
        (0, "linear-exam", 1_000),
        (0, "shuffled", 1_000),
        (0, "shuffled-practice", 1_000),
        (1, "practice", 9_000),
        (1, "timed-practice", 500),
        (1, "exam", 3_000),
        (1, "timed-exam", 4_000),
        (1, "linear-exam", 9_000),
        (1, "some", 4_000),
    ] {
        let (one, other) = &pairs[pair];
        assert_ne!(one.digest, other.digest);
        for seed in 0..200 {
            let mut sessions = [one, other].map(|set| session_of(Rc::clone(set), form));
            let (steps, questions) = walk(&mut sessions, seed, step);
            compared += steps;
            for question in questions {
                *answered.entry(question).or_insert(0) += 1;
            }
            // Marking is what tells them apart.
            let marked = sessions.each_mut().map(|session| {
                session.update(Event::Submit, Timestamp(9_999_999));
                session.update(Event::ShowAnswers, Timestamp(9_999_999));
                assert!(matches!(session.view("en"), View::Answers(_)));
                shown(session, "en")
            });
            assert_ne!(marked[0], marked[1], "{form}, {seed}");
        }
    }
    assert!(compared > 70_000, "{compared}");
    assert_eq!(answered.len(), 3 + 8, "{answered:?}");
    assert!(answered.values().all(|count| *count > 200), "{answered:?}");
}

#[test]
fn before_the_report_nothing_tells_what_does_not_count() {
    // The same forms, in which all of it counts.
    let all = SEVEN
        .replace("\"unscored\": 3,", "")
        .replace("\"unscored\": 3 }", "\"unscored\": 0 }")
        .replace("\"unscored\": 1,", "");
    let (some, all) = (read(SEVEN), read(&all));
    let (mut compared, mut told) = (0, 0);
    for form in ["exam", "timed-exam", "some"] {
        let unscored = [&some, &all].map(|set| session_of(Rc::clone(set), form).form().unscored);
        assert!(unscored[0] > 0 && unscored[1] == 0, "{form}");
        for seed in 0..200 {
            let mut sessions = [&some, &all].map(|set| session_of(Rc::clone(set), form));
            compared += walk(&mut sessions, seed, 3_000).0;
            let reports = sessions.each_mut().map(|session| {
                session.update(Event::Submit, Timestamp(9_999_999));
                results(session).report
            });
            told += usize::from(reports[0].percent != reports[1].percent);
            let counts = reports.map(|report| report.questions.len() - report.scored().count());
            assert_eq!(counts, [usize::try_from(unscored[0]).unwrap(), 0]);
        }
    }
    assert!(compared > 10_000 && told > 100, "{compared}, {told}");
}

#[test]
fn checking_one_question_tells_nothing_of_the_others() {
    let mut sessions = [session("open"), session_of(twin(), "open")];
    let events = [
        start(Which::All),
        respond("a"),
        Event::Check,
        Event::GoTo(1),
        respond("a b"),
    ];
    for session in &mut sessions {
        play(session, &events, &mut 0);
    }
    assert_eq!(sessions[0].view("en"), sessions[1].view("en"));
    for session in &mut sessions {
        session.update(Event::Review, Timestamp(9_000));
    }
    assert_eq!(sessions[0].view("en"), sessions[1].view("en"));
}
