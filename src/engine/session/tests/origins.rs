//! Which set an attempt is of, where several have the same id.

use super::*;
use crate::engine::attempt::origin::Origin;

const HERE: &str = "https://example.org/one/set.json";
const THERE: &str = "https://example.org/two/set.json";

/// A set of so many questions whose texts begin with a word.
fn quiz(word: &str, questions: usize) -> Rc<QuestionSet> {
    mixed(&vec![word; questions])
}

fn mixed(words: &[&str]) -> Rc<QuestionSet> {
    let questions: Vec<String> = words
        .iter()
        .enumerate()
        .map(|(number, word)| {
            format!(
                r#"{{"id":"q{number}","type":"single","prompt":"{word} {number}?","explanation":"It is.","choices":[{{"id":"a","text":"{word} A","correct":true,"why":"Yes."}},{{"id":"b","text":"B","why":"No."}}]}}"#
            )
        })
        .collect();
    read(&format!(
        r#"{{"mondai":1,"id":"my-first-quiz","title":"Quiz","questions":[{}]}}"#,
        questions.join(",")
    ))
}

/// An attempt over a set, as it is stored where the set is at an address.
fn attempt(set: &Rc<QuestionSet>, address: &str) -> Attempt {
    let mut session = session_of(Rc::clone(set), "practice");
    session.update(start(Which::All), Timestamp(0));
    let mut attempt = attempt_of(&session).clone();
    let origin = Origin::new(set, address.to_owned());
    let prints = origin.prints(&attempt);
    origin.sign(&mut attempt, &prints);
    Attempt::from_stored(&attempt.to_stored()).unwrap()
}

#[test]
fn address_and_shared_questions_decide() {
    let rust = quiz("Rust", 4);
    for (what, set, address, expected) in [
        ("the same", quiz("Rust", 4), HERE, true),
        ("all edited", quiz("Go", 4), HERE, true),
        ("at another address", quiz("Rust", 4), THERE, true),
        ("with more questions", quiz("Rust", 9), THERE, true),
        ("with fewer", quiz("Rust", 2), THERE, true),
        ("with too few", quiz("Rust", 1), THERE, false),
        (
            "half edited",
            mixed(&["Rust", "Go", "Rust", "Go"]),
            THERE,
            true,
        ),
        (
            "more than that",
            mixed(&["Go", "Go", "Rust", "Go"]),
            THERE,
            false,
        ),
        ("another one", quiz("Go", 4), THERE, false),
    ] {
        let attempt = attempt(&rust, HERE);
        let origin = Origin::new(&set, address.to_owned());
        assert_eq!(origin.is_of(&attempt), expected, "{what}");
        // What is out of the set is of it too.
        let mut moved = attempt.clone();
        moved.removed = moved.answers.split_off(1);
        assert_eq!(origin.is_of(&moved), expected, "{what}");
    }
    // Of earlier versions nobody knows where they began.
    let mut old = attempt(&rust, HERE);
    old.origin.clear();
    assert!(Origin::new(&quiz("Go", 4), THERE.to_owned()).is_of(&old));
}

#[test]
fn who_goes_on_at_another_address_does_not_move_the_attempt() {
    let set = quiz("Rust", 4);
    let mut own = attempt(&set, HERE);
    let there = Origin::new(&set, THERE.to_owned());
    let prints = there.prints(&own);
    there.sign(&mut own, &prints);
    assert_eq!(own, attempt(&set, HERE));
}

/// Texts of another language are put into a set before it is read.
#[test]
fn a_translation_is_the_same_set() {
    let set: serde_json::Value = serde_json::from_str(SEVEN).unwrap();
    let mut translated = set.clone();
    for question in translated["questions"].as_array_mut().unwrap() {
        let prompt = question["prompt"].clone();
        question["prompt"] = serde_json::json!({ "en": prompt, "ja": "何？" });
    }
    translated["language"] = "en".into();
    let [one, other] = [set, translated].map(|mut set| {
        set["language"] = "en".into();
        format::read(&set.to_string()).set.unwrap()
    });
    let address = || String::from(HERE);
    let (one, other) = (Origin::new(&one, address()), Origin::new(&other, address()));
    assert_eq!(format!("{one:?}"), format!("{other:?}"));
}
