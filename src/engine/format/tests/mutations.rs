//! Ten thousand damaged sets: no panic, no set without questions, no refusal without a reason and a place.

use serde_json::Value;

use super::*;
use crate::engine::clock::Timestamp;
use crate::engine::event::{Event, Which};
use crate::engine::form::Narrowing;
use crate::engine::points::Points;
use crate::engine::random::Random;
use crate::engine::session::Session;

const SOUND: &str = include_str!("../../../../tests/fixtures/every-key.json");

fn below(random: &mut Random, bound: usize) -> usize {
    random.below(u32::try_from(bound).unwrap()) as usize
}

/// Some bytes replaced.
fn flipped(random: &mut Random) -> String {
    let mut bytes = SOUND.as_bytes().to_vec();
    for _ in 0..=below(random, 3) {
        let at = below(random, bytes.len());
        bytes[at] ^= 1 << below(random, 8);
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// The end, or a piece, cut out.
fn cut(random: &mut Random) -> String {
    let characters: Vec<char> = SOUND.chars().collect();
    let start = below(random, characters.len());
    let end = if random.below(2) == 0 {
        characters.len()
    } else {
        start + below(random, characters.len() - start)
    };
    characters[..start]
        .iter()
        .chain(&characters[end..])
        .collect()
}

/// One value replaced by one of another type, or taken away.
fn swapped(random: &mut Random, sound: &Value) -> String {
    let mut value = sound.clone();
    let mut place = &mut value;
    loop {
        let count = match &*place {
            Value::Array(list) => list.len(),
            Value::Object(map) => map.len(),
            _ => 0,
        };
        if count == 0 || random.below(6) == 0 {
            break;
        }
        let index = below(random, count);
        place = match place {
            Value::Array(list) => &mut list[index],
            Value::Object(map) => map.values_mut().nth(index).unwrap(),
            _ => break,
        };
    }
    *place = match random.below(12) {
        0 => Value::Null,
        1 => Value::Bool(true),
        2 => Value::from(-1),
        3 => Value::from(u64::MAX),
        4 => Value::from(0.5),
        5 => Value::from(""),
        6 => Value::from("~/\u{0}日"),
        7 => Value::Array(vec![]),
        8 => Value::Array(vec![place.clone(), place.clone()]),
        9 => Value::Object(serde_json::Map::new()),
        10 => Value::Object([("en".to_owned(), place.clone())].into_iter().collect()),
        _ => sound.clone(),
    };
    if random.below(2) == 0 {
        value.to_string()
    } else {
        format!("{value:#}")
    }
}

fn survives(text: &str) {
    let reading = read(text);
    let lines = text.matches('\n').count() + 1;
    for problem in &reading.problems {
        assert!(
            problem.line >= 1 && problem.line as usize <= lines,
            "{problem:?} in {text}"
        );
        let line = text.split('\n').nth(problem.line as usize - 1).unwrap();
        assert!(
            problem.column >= 1 && problem.column as usize <= line.chars().count() + 1,
            "{problem:?} in {text}"
        );
        assert!(problem.message.ends_with('.'), "{problem:?}");
    }
    let Some(set) = reading.set else {
        let has_error = reading
            .problems
            .iter()
            .any(|problem| problem.severity == Severity::Error);
        assert!(has_error, "refused without a reason: {text}");
        return;
    };
    assert!(!set.questions.is_empty());
    let set = std::rc::Rc::new(set);
    for form in std::iter::once(None).chain(set.forms.iter().map(|form| Some(form.id.as_str()))) {
        let (mut session, is_known) =
            Session::new(std::rc::Rc::clone(&set), form, &Narrowing::default());
        assert!(is_known);
        let start = Event::Start {
            seed: "s".to_owned(),
            attempt: "a".to_owned(),
            which: Which::All,
        };
        // A form that can be shown can be sat.
        assert_eq!(
            session.update(start, Timestamp(0)).len(),
            2,
            "{form:?} of {text}"
        );
        for event in [
            Event::GoTo(1),
            Event::Review,
            Event::Submit,
            Event::ShowAnswers,
        ] {
            session.view("en");
            session.overview();
            session.update(event, Timestamp(1));
        }
        session.view("ja");
        let report = session.results("ja").expect("a result").report;
        assert_eq!(
            session.answers("ja").len(),
            report.questions.len(),
            "{text}"
        );
        assert!(report.possible > Points::NONE, "nothing counts: {text}");
    }
}

#[test]
fn ten_thousand_damaged_sets_do_no_harm() {
    let sound: Value = serde_json::from_str(SOUND).unwrap();
    survives(SOUND);
    for number in 0..10_000_u32 {
        let mut random = Random::new(&number.to_string(), "mutations");
        survives(&match number % 3 {
            0 => flipped(&mut random),
            1 => cut(&mut random),
            _ => swapped(&mut random, &sound),
        });
    }
}

/// What readers download counts errors, what authors are told names them: they must not differ.
#[test]
fn reading_quietly_gives_what_reading_with_problems_gives() {
    let sound: Value = serde_json::from_str(SOUND).unwrap();
    let mut random = Random::new("quiet", "damage");
    let (mut sets, mut refused) = (0, 0);
    for round in 0..1_500 {
        let text = match round % 3 {
            0 => flipped(&mut random),
            1 => cut(&mut random),
            _ => swapped(&mut random, &sound),
        };
        let told = read(&text);
        let has_errors = |problem: &Problem| problem.severity == Severity::Error;
        let read = parse_quietly(&text).or_else(|| parse_mended(&text));
        let Some(value) = read else {
            assert!(told.set.is_none(), "{text}");
            refused += 1;
            continue;
        };
        let quiet = load(&value, &text, Kit::EXAM);
        assert_eq!(
            quiet.has_errors,
            told.problems.iter().any(has_errors),
            "{text}"
        );
        assert_eq!(
            format!("{:?}", quiet.set),
            format!("{:?}", told.set),
            "{text}"
        );
        sets += usize::from(quiet.set.is_some());
    }
    assert!(
        sets > 300 && refused > 300,
        "{sets} sets, {refused} refused"
    );
}
