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

/// What a session shows, tells and stores at one moment; the digest aside, which is that of the file.
fn outside(session: &Session, effects: &[Effect], now: Timestamp) -> String {
    let mut text = format!(
        "{:?} {:?} {:?}",
        session.view("en"),
        session.remaining(now),
        session.is_ticking()
    );
    for effect in effects {
        match effect {
            Effect::Save(attempt) => {
                let without_digest = Attempt {
                    digest: 0,
                    ..attempt.clone()
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

#[test]
fn before_marking_two_keys_look_the_same() {
    let (one, other) = (set(), twin());
    assert_ne!(one.digest, other.digest);
    let mut compared = 0;
    for form in [
        "practice",
        "open",
        "exam",
        "linear-exam",
        "shuffled",
        "shuffled-practice",
    ] {
        for walk in 0..200 {
            let mut random = Random::new(&walk.to_string(), form);
            let mut sessions = [
                session_of(Rc::clone(&one), form),
                session_of(Rc::clone(&other), form),
            ];
            let mut now = 0;
            for step in 0..30 {
                let event = match (step, random.below(10)) {
                    (0, _) => start(Which::All),
                    (_, 0..=3) => respond(
                        ["a", "b", "c", "a b", "b c", "a b c", ""][random.below(7) as usize],
                    ),
                    (_, 4 | 5) => Event::GoTo(random.below(4) as usize),
                    (_, 6) => Event::ToggleFlag,
                    (_, 7) => Event::Review,
                    (_, 8) => Event::Pause,
                    _ => Event::Resume,
                };
                now += 500;
                let seen = sessions.each_mut().map(|session| {
                    let effects = session.update(event.clone(), Timestamp(now));
                    outside(session, &effects, Timestamp(now))
                });
                assert_eq!(
                    seen[0], seen[1],
                    "{form}, walk {walk}, step {step}: {event:?}"
                );
                compared += 1;
            }
            // Marking is what tells them apart.
            let marked = sessions.each_mut().map(|session| {
                session.update(Event::Submit, Timestamp(now));
                session.update(Event::ShowAnswers, Timestamp(now));
                format!("{:?}", session.view("en"))
            });
            assert_ne!(marked[0], marked[1]);
        }
    }
    assert_eq!(compared, 36_000);
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
