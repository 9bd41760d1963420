//! `cargo xtask sets`: checks question sets with the engine's own lint, their questions for quality, and the files of
//! translations that they name; prints every finding with its place.
//!
//! Errors fail; warnings do not.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use mondai::author::{lint, quality, texts};
use mondai::engine::format::{self, Problem, Severity, push_token};
use serde_json::{Map, Value};

use crate::{Outcome, repository};

/// Unknown texts that are told one by one.
const TOLD: usize = 100;
const TEXT_BYTES: usize = 64 * 1024;

/// The verb: the files that are named, or all that ship.
pub fn run(options: &[String]) -> Outcome {
    let shipped = repository::root().join("public").join("sets");
    let files = if options.is_empty() {
        let mut all = repository::files_under(&shipped);
        all.retain(|file| file.extension().is_some_and(|own| own == "json"));
        all
    } else {
        options.iter().map(PathBuf::from).collect::<Vec<_>>()
    };
    if files.is_empty() {
        return Err(format!(
            "there is no question set in {}.",
            shipped.display()
        ));
    }
    let mut errors = 0;
    for file in &files {
        for checked in check(file)? {
            print!("{}", report(&checked));
            errors += checked.errors();
        }
    }
    match errors {
        0 => Ok(()),
        1 => Err(
            "one error in the question sets; mend it and run `cargo xtask sets` again.".to_owned(),
        ),
        _ => Err(format!(
            "{errors} errors in the question sets; mend them and run `cargo xtask sets` again."
        )),
    }
}

/// A file, and what was found in it.
struct Checked {
    file: PathBuf,
    /// Translations are checked with the set that names them, not alone.
    is_alone: bool,
    problems: Vec<Problem>,
}

impl Checked {
    fn errors(&self) -> usize {
        let is_error = |problem: &&Problem| problem.severity == Severity::Error;
        self.problems.iter().filter(is_error).count()
    }
}

/// What is printed about a file.
fn report(checked: &Checked) -> String {
    let root = repository::root();
    let file = checked.file.strip_prefix(&root).unwrap_or(&checked.file);
    let name = file.display().to_string();
    if checked.is_alone {
        return format!("{name}: a translation, which is checked with the set that names it\n");
    }
    let mut report = String::new();
    for problem in &checked.problems {
        let _ = writeln!(report, "{}", finding(&name, problem));
    }
    let errors = checked.errors();
    let warnings = checked.problems.len() - errors;
    let _ = writeln!(report, "{name}: {errors} errors, {warnings} warnings");
    report
}

/// One finding in a line that editors can jump to.
fn finding(file: &str, problem: &Problem) -> String {
    let at = if problem.pointer.is_empty() {
        String::new()
    } else {
        format!(" ({})", problem.pointer)
    };
    let (line, column) = (problem.line, problem.column);
    let (severity, code) = (problem.severity.word(), problem.code);
    let message = &problem.message;
    format!("{file}:{line}:{column} {severity} {code}: {message}{at}")
}

/// The findings about a set, and those about the files of translations that it names.
fn check(file: &Path) -> Outcome<Vec<Checked>> {
    let text = std::fs::read_to_string(file)
        .map_err(|error| format!("{} cannot be read: {error}.", file.display()))?;
    let mut own = Checked {
        file: file.to_owned(),
        is_alone: false,
        problems: Vec::new(),
    };
    let Some(set) = quality::json(&text) else {
        own.problems = lint(&text);
        return Ok(vec![own]);
    };
    own.is_alone = set.get("texts").is_some() && set.get("questions").is_none();
    if own.is_alone {
        return Ok(vec![own]);
    }
    own.problems = lint(&text);
    let mut merged = set.clone();
    let mut unreached = Vec::new();
    let mut translations = Vec::new();
    for (language, address) in set["translations"].as_object().into_iter().flatten() {
        // Anything else than text the lint has told.
        let Some(address) = address.as_str() else {
            continue;
        };
        let mut pointer = "/translations".to_owned();
        push_token(&mut pointer, language);
        let (path, text) = match read_beside(file, address, &pointer) {
            Ok(read) => read,
            Err(problem) => {
                unreached.push(problem);
                continue;
            }
        };
        let texts = texts_of(&set, language, &text);
        if let Ok(texts) = &texts {
            merge(&mut merged, language, texts);
        }
        let judge = |texts| texts_problems(&set, language, &texts);
        let problems = texts.map_or_else(|problems| problems, judge);
        translations.push(Checked {
            file: path,
            is_alone: false,
            problems: quality::located(&text, problems),
        });
    }
    own.problems.extend(quality::located(&text, unreached));
    own.problems.extend(quality::quality_of(&text, &merged));
    own.problems.extend(texts::surprises(&text, &merged));
    translations.insert(0, own);
    Ok(translations)
}

/// The file at an address relative to another file; `pointer` is the place of the address.
fn read_beside(file: &Path, address: &str, pointer: &str) -> Result<(PathBuf, String), Problem> {
    let address = address.split(['?', '#']).next().unwrap_or(address);
    if address.contains("://") || address.starts_with('/') {
        let message = "This file is not beside the set, so it was not checked: name it relative to the set, or check it where it is.".to_owned();
        return Err(warning("translation-not-checked", pointer, message));
    }
    let relative = address.strip_prefix("./").unwrap_or(address);
    let path = file.parent().unwrap_or(file).join(relative);
    match std::fs::read_to_string(&path) {
        Ok(text) => Ok((path, text)),
        Err(error) => {
            let path = path.display();
            let message = format!(
                "{path} cannot be read: {error}. Put the file there, or correct the address."
            );
            Err(problem(
                Severity::Error,
                "translation-not-found",
                pointer,
                message,
            ))
        }
    }
}

fn problem(severity: Severity, code: &'static str, pointer: &str, message: String) -> Problem {
    Problem {
        severity,
        pointer: pointer.to_owned(),
        ..Problem::whole(code, message)
    }
}

/// The texts of a file of translations, or why it cannot be used for this set.
fn texts_of(set: &Value, language: &str, text: &str) -> Result<Map<String, Value>, Vec<Problem>> {
    let Some(file) = quality::json(text) else {
        return Err(format::read(text).problems);
    };
    let mut problems = Vec::new();
    for (key, wanted, code) in [
        ("mondai", Value::from(1), "unknown-version"),
        ("set", set["id"].clone(), "wrong-set"),
        ("language", Value::from(language), "wrong-language"),
    ] {
        let (own, wanted) = (file[key].to_string(), wanted.to_string());
        let is_so = own == wanted || (key == "language" && own.eq_ignore_ascii_case(&wanted));
        if !is_so {
            let message = format!(
                "`{key}` must be {wanted}, not {own}: correct it, or name another file in the set's `translations`."
            );
            problems.push(problem(Severity::Error, code, &format!("/{key}"), message));
        }
    }
    if !file["texts"].is_object() {
        let message =
            "`texts` must be an object with a text for each place, such as {\"title\": \"…\"}."
                .to_owned();
        problems.push(problem(Severity::Error, "wrong-kind", "/texts", message));
    }
    match &file["texts"] {
        Value::Object(texts) if problems.is_empty() => Ok(texts.clone()),
        _ => Err(problems),
    }
}

/// What is wrong with the texts of a file that can be used.
fn texts_problems(set: &Value, language: &str, texts: &Map<String, Value>) -> Vec<Problem> {
    let places = quality::places(set);
    let known: BTreeSet<&str> = places.iter().map(|place| place.key.as_str()).collect();
    let mut problems = Vec::new();
    let is_known = |key: &&String| known.contains(key.as_str());
    let (sound, unknown): (Vec<&String>, Vec<&String>) = texts.keys().partition(is_known);
    for key in unknown.iter().take(TOLD) {
        let message = unknown_text(key, &known);
        problems.push(warning("unknown-text", &pointer_to(key), message));
    }
    if unknown.len() > TOLD {
        let message = format!(
            "There are {} more texts that the set does not have: is this the file for another version of it?",
            unknown.len() - TOLD
        );
        problems.push(warning("unknown-text", "/texts", message));
    }
    for key in sound {
        let (code, message) = match texts[key].as_str() {
            None => ("wrong-kind", "This must be text in quotes."),
            Some(text) if text.len() > TEXT_BYTES => (
                "text-too-long",
                "This text is longer than 64 KiB: shorten it.",
            ),
            Some(_) => continue,
        };
        problems.push(warning(code, &pointer_to(key), message.to_owned()));
    }
    let own_language = quality::language_of(set);
    let lacking = places.iter().filter(|place| {
        let own = texts.get(&place.key);
        let is_here = own.is_some_and(|text| !text.is_string() || !quality::is_blank(text));
        !is_here && !quality::speaks(place.text, language, own_language)
    });
    let lacking: Vec<&str> = lacking.map(|place| place.key.as_str()).collect();
    if !lacking.is_empty() {
        let message = format!(
            "Texts of the set without a `{language}` one here: {} ({}). Add them under these names; readers see `{own_language}` until then.",
            lacking.len(),
            quality::first_few(&lacking),
        );
        problems.push(warning("missing-translation", "/texts", message));
    }
    problems.extend(broken_by(set, language, texts, &places));
    problems
}

fn warning(code: &'static str, pointer: &str, message: String) -> Problem {
    problem(Severity::Warning, code, pointer, message)
}

fn pointer_to(key: &str) -> String {
    let mut pointer = "/texts".to_owned();
    push_token(&mut pointer, key);
    pointer
}

/// A text that belongs nowhere in the set, and where it may have been meant to.
fn unknown_text(key: &str, known: &BTreeSet<&str>) -> String {
    let first_of = |name: &'_ str| name.split('/').next().map(str::len).unwrap_or_default();
    let (first, rest) = key.split_at(first_of(key));
    let own = known.iter().filter(|name| name[..first_of(name)] == *first);
    let own: Vec<&str> = own.copied().collect();
    let near = if own.is_empty() {
        // Something else in its question or list may be called the same.
        let firsts: BTreeSet<&str> = known.iter().map(|name| &name[..first_of(name)]).collect();
        let firsts: Vec<&str> = firsts.into_iter().collect();
        let near = quality::nearest(first, &firsts).map(|near| format!("{near}{rest}"));
        near.filter(|near| known.contains(near.as_str()))
    } else {
        let rests: Vec<&str> = own.iter().map(|name| &name[first.len()..]).collect();
        quality::nearest(rest, &rests).map(|near| format!("{first}{near}"))
    };
    let mend = near.map_or_else(
        || "take it away, or correct the name.".to_owned(),
        |near| format!("did you mean `{near}`? If not, take it away."),
    );
    format!("No text of the set is called `{key}`: {mend}")
}

/// Puts the texts of a file into a set, where a map from language to text could stand as well.
fn merge(set: &mut Value, language: &str, texts: &Map<String, Value>) {
    let base = quality::language_of(set).to_owned();
    let places = quality::places(set);
    let found = places.into_iter().filter_map(|place| {
        let text = texts.get(&place.key)?.as_str()?;
        (text.len() <= TEXT_BYTES).then(|| (place.pointer, Value::from(text)))
    });
    for (pointer, text) in found.collect::<Vec<_>>() {
        let Some(place) = set.pointer_mut(&pointer) else {
            continue;
        };
        if place.is_string() {
            let own = place.take();
            *place = Value::Object(Map::from_iter([(base.clone(), own)]));
        }
        place[language] = text;
    }
}

/// What the engine would refuse if these texts stood in the set, such as a cloze that has lost a gap.
fn broken_by(
    set: &Value,
    language: &str,
    texts: &Map<String, Value>,
    places: &[quality::Place<'_>],
) -> Vec<Problem> {
    let errors = |set: &Value| {
        let mut problems = format::read(&set.to_string()).problems;
        problems.retain(|problem| problem.severity == Severity::Error);
        problems
    };
    if !errors(set).is_empty() {
        return Vec::new();
    }
    let mut merged = set.clone();
    merge(&mut merged, language, texts);
    let broken = errors(&merged).into_iter().map(|broken| {
        let mut around = places.iter();
        let place = around.find(|place| {
            let below = broken.pointer.strip_prefix(&place.pointer);
            below.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        });
        let pointer = place.map_or_else(|| "/texts".to_owned(), |place| pointer_to(&place.key));
        // Readers still have the question: the widget does not take such a text.
        let told = if broken.code.contains("gap") {
            let until_then = format!(
                "Readers see the `{}` text until then.",
                quality::language_of(set)
            );
            broken
                .message
                .replace("The question is left out.", &until_then)
        } else {
            broken.message
        };
        let message = format!("With these texts: {told}");
        problem(Severity::Error, broken.code, &pointer, message)
    });
    broken.collect()
}

#[cfg(test)]
mod tests;
