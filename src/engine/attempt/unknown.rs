//! Keys of a record that this version does not know.

use super::{Answer, Attempt};
use crate::engine::json;

/// What a record has beyond what this version reads: written back as it stood, so that no version loses what another one
/// keeps there. `known` are the keys of a record, and those of an answer in it.
pub(super) fn keep_unknown(attempt: &mut Attempt, text: &str, known: [&[&str]; 2]) {
    let [own, of_answers] = known;
    for member in json::members(text) {
        let (key, value) = key_and_value(member);
        match key {
            "answers" => keep_in_answers(&mut attempt.answers, value, of_answers),
            "removed" => keep_in_answers(&mut attempt.removed, value, of_answers),
            _ if own.contains(&key) => {}
            _ => add(&mut attempt.unknown, member),
        }
    }
}

fn keep_in_answers(answers: &mut [Answer], text: &str, known: &[&str]) {
    for (answer, record) in answers.iter_mut().zip(json::members(text)) {
        for member in json::members(record) {
            if !known.contains(&key_and_value(member).0) {
                add(&mut answer.unknown, member);
            }
        }
    }
}

fn add(unknown: &mut String, member: &str) {
    unknown.push(',');
    unknown.push_str(member);
}

/// The parts of `"key":value`. A key of ours has no quotation mark in it, and neither has its place in the text.
fn key_and_value(member: &str) -> (&str, &str) {
    let rest = member.strip_prefix('"').unwrap_or(member);
    rest.split_once('"').unwrap_or((rest, ""))
}
