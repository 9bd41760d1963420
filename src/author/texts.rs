//! Texts that do not show what their author wrote: stars, underscores and backslashes that mean something in Markdown, texts
//! with more markup than is shown, and choices that read the same.
//!
//! Advice, as in [`super::quality`]: what is shown is what `CommonMark` says, so every finding is a warning.

use serde_json::Value;

use super::quality::{Place, language_of, located, places};
use crate::engine::format::{Problem, Severity, push_token};
use crate::richtext::{self, NODES, plain_text, tree};

/// What could surprise the author of a set's texts, as warnings in the order of the file.
pub fn surprises(text: &str, set: &Value) -> Vec<Problem> {
    let mut problems = Vec::new();
    for place in places(set) {
        for (pointer, markdown) in texts(&place) {
            judge(&place.key, &pointer, markdown, &mut problems);
        }
    }
    read_the_same(set, &mut problems);
    if set.get("language").is_none() {
        problems.push(warning(
            "missing-language",
            "",
            "The set does not say its `language`, so it is taken for that of the page it is on: add it, such as \"language\": \"en\".".to_owned(),
        ));
    }
    located(text, problems)
}

fn warning(code: &'static str, pointer: &str, message: String) -> Problem {
    Problem {
        severity: Severity::Warning,
        pointer: pointer.to_owned(),
        ..Problem::whole(code, message)
    }
}

/// The texts of a place, one a language, with their pointers.
fn texts<'a>(place: &Place<'a>) -> Vec<(String, &'a str)> {
    match place.text {
        Value::Object(map) => {
            let texts = map.iter().filter_map(|(tag, text)| {
                let mut pointer = place.pointer.clone();
                push_token(&mut pointer, tag);
                Some((pointer, text.as_str()?))
            });
            texts.collect()
        }
        text => text
            .as_str()
            .map(|text| (place.pointer.clone(), text))
            .into_iter()
            .collect(),
    }
}

/// Whether a text is inline: a title, or the text of a choice, item or prompt.
pub fn is_inline(key: &str) -> bool {
    key.ends_with("title")
        || key
            .rsplit('/')
            .nth(2)
            .is_some_and(|list| list != "scenarios")
            && key.ends_with("/text")
}

fn judge(key: &str, pointer: &str, markdown: &str, problems: &mut Vec<Problem>) {
    let is_inline = is_inline(key);
    if tree(markdown, is_inline).is_cut {
        problems.push(warning(
            "too-much-markup",
            pointer,
            format!("This text has more than {NODES} pieces of markup: its end is shown without any. Shorten it."),
        ));
        return;
    }
    if let Some(eaten) = richtext::eaten(markdown, is_inline) {
        problems.push(warning(
            "characters-eaten",
            pointer,
            format!(
                "`{}` is shown as `{}`: {} If it is meant as it is written, put it in backticks (`` ` ``), or a backslash before each sign.",
                eaten.written, eaten.shown, eaten.cause
            ),
        ));
    }
}

/// Choices of one list that nobody can tell from each other.
fn read_the_same(set: &Value, problems: &mut Vec<Problem>) {
    let own = language_of(set);
    let all = places(set);
    let mut seen: Vec<(String, String, String, String)> = Vec::new();
    for place in &all {
        if place.key.ends_with("title") || !is_inline(&place.key) {
            continue;
        }
        // All but the id and `text`.
        let list: Vec<&str> = place.key.rsplitn(3, '/').collect();
        let list = list.last().copied().unwrap_or_default();
        if seen.first().is_some_and(|(first, ..)| first != list) {
            seen.clear();
        }
        for (pointer, markdown) in texts(place) {
            let language = pointer
                .strip_prefix(&place.pointer)
                .map(|tag| tag.trim_start_matches('/'))
                .filter(|tag| !tag.is_empty())
                .unwrap_or(own)
                .to_owned();
            let shown = plain_text(&tree(markdown, true).blocks);
            let same = seen
                .iter()
                .find(|(_, tag, said, _)| *tag == language && *said == shown);
            if let Some((.., other)) = same {
                problems.push(warning(
                    "reads-the-same",
                    &pointer,
                    format!("Readers see `{shown}` here and for `{other}`, and cannot tell one from the other: write them apart. Signs of Markdown that are meant as they are go into backticks."),
                ));
            } else {
                let id = place.key.rsplit('/').nth(1).unwrap_or_default().to_owned();
                seen.push((list.to_owned(), language, shown, id));
            }
        }
    }
}

#[cfg(test)]
mod tests;
