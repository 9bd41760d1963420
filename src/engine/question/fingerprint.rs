//! What a question asks, as one number: to tell later whether it is still the question that was answered.

use super::{Interaction, Presentation, Question, Response};
use crate::engine::random::hash;

/// A fingerprint of all that a reader sees of a question before it is marked, in the set's own language. Never 0.
///
/// It is the same in whatever order the choices stand, since a response names them by their ids; and it says nothing of the
/// key, so that it may be stored while the sitting runs.
pub fn fingerprint(question: &Question, language: &str) -> u32 {
    let kind = question.body.as_type();
    let order: Vec<usize> = (0..kind.pins().len()).collect();
    let interaction = kind.interaction(Presentation {
        language,
        order: &order,
        response: &Response::default(),
        is_marked: false,
    });
    let mut sum = part("", &question.prompt.resolve(language).markdown);
    let choices = match &interaction {
        Interaction::Choices(view) => &view.choices,
        Interaction::Parts(view) => {
            if let Some(text) = &view.text {
                sum = sum.wrapping_add(part("{", &text.markdown));
            }
            for place in &view.places {
                let label = place.label.as_ref();
                let label = label.map_or("", |label| label.markdown.as_str());
                sum = sum.wrapping_add(part(&place.id, label));
            }
            &view.pool
        }
    };
    for choice in choices {
        sum = sum.wrapping_add(part(&choice.id, &choice.text.markdown));
    }
    let folded = (sum ^ (sum >> 32)) & 0xffff_ffff;
    u32::try_from(folded).unwrap_or(0).max(1)
}

/// One part, by its name. No name has a line break in it.
fn part(name: &str, text: &str) -> u64 {
    hash([name, "\n", text].concat().as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::format;

    const SEVEN: &str = include_str!("../../../tests/fixtures/seven-types.json");

    fn prints(set: &serde_json::Value) -> Vec<(String, u32)> {
        let set = format::read(&set.to_string()).set.unwrap();
        let questions = set.questions.iter();
        questions
            .map(|question| (question.id.clone(), fingerprint(question, &set.language)))
            .collect()
    }

    /// Walks over all texts under some keys.
    fn edit(value: &mut serde_json::Value, keys: &[&str], number: &mut usize, at: usize) {
        match value {
            serde_json::Value::Object(object) => {
                for (key, value) in object {
                    if keys.contains(&key.as_str()) && value.is_string() {
                        if *number == at {
                            *value = format!("{}!", value.as_str().unwrap()).into();
                        }
                        *number += 1;
                    } else {
                        edit(value, keys, number, at);
                    }
                }
            }
            serde_json::Value::Array(list) => {
                for value in list {
                    edit(value, keys, number, at);
                }
            }
            _ => {}
        }
    }

    #[test]
    fn each_text_that_is_asked_counts_and_no_other() {
        let set: serde_json::Value = serde_json::from_str(SEVEN).unwrap();
        let before = prints(&set);
        for (keys, counts) in [
            (["prompt", "text"].as_slice(), true),
            (&["explanation", "why", "title"], false),
        ] {
            let mut at = 0;
            loop {
                let (mut edited, mut number) = (set.clone(), 0);
                edit(&mut edited["questions"], keys, &mut number, at);
                if at >= number {
                    break;
                }
                let differ = before.iter().zip(prints(&edited));
                let differ = differ.filter(|(one, other)| **one != *other).count();
                assert_eq!(differ, usize::from(counts), "text {at} of {keys:?}");
                at += 1;
            }
            assert!(at > 0, "{keys:?}");
        }
    }

    #[test]
    fn order_and_key_do_not_count_but_whose_text_it_is_does() {
        let set = |choices: &str| {
            let text = format!(
                r#"{{"mondai":1,"id":"s","title":"S","questions":[{{"id":"q","type":"single","prompt":"Q?","choices":[{choices}]}}]}}"#
            );
            prints(&serde_json::from_str(&text).unwrap())[0].1
        };
        let own = set(r#"{"id":"a","text":"A","correct":true},{"id":"b","text":"B"}"#);
        for (choices, is_same) in [
            (
                r#"{"id":"b","text":"B"},{"id":"a","text":"A","correct":true}"#,
                true,
            ),
            (
                r#"{"id":"a","text":"A"},{"id":"b","text":"B","correct":true}"#,
                true,
            ),
            (
                r#"{"id":"a","text":"B","correct":true},{"id":"b","text":"A"}"#,
                false,
            ),
            (
                r#"{"id":"c","text":"A","correct":true},{"id":"b","text":"B"}"#,
                false,
            ),
            (
                r#"{"id":"a","text":"A","correct":true},{"id":"b","text":"B"},{"id":"c","text":"C"}"#,
                false,
            ),
        ] {
            assert_eq!(set(choices) == own, is_same, "{choices}");
        }
    }
}
