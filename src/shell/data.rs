//! A reader's data as files and lists: what `attempts()`, `exportData()` and `importData()` give and take.

use std::rc::Rc;

use js_sys::JsString;
use serde::{Serialize, Serializer};

use super::concern::Concern;
use super::storage::{Refusal, Store};
use crate::engine::attempt::Attempt;
use crate::engine::form::Form;
use crate::engine::report::Report;
use crate::engine::set::QuestionSet;
use crate::keeping::store::Came;
use crate::keeping::store::bounds::EXPORT;

/// One attempt in the list an author's script gets.
#[derive(Serialize)]
pub struct Listed {
    id: String,
    form: String,
    seed: String,
    started: i64,
    changed: i64,
    questions: usize,
    answered: usize,
    /// The report of a finished attempt; `null` for a running one, whose marks nobody may know yet.
    #[serde(serialize_with = "maybe_report")]
    report: Option<Rc<Report>>,
}

#[expect(clippy::ref_option, reason = "serde calls it with a reference")]
fn maybe_report<S: Serializer>(
    report: &Option<Rc<Report>>,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    report.as_deref().serialize(serializer)
}

/// Everything of one set. The texts stand as they were stored, byte for byte.
#[derive(Serialize)]
struct Export {
    mondai: u32,
    set: String,
    #[serde(serialize_with = "keys_and_texts")]
    records: Vec<(String, String)>,
}

/// As an object, without building one first.
fn keys_and_texts<S: Serializer>(
    records: &[(String, String)],
    serializer: S,
) -> Result<S::Ok, S::Error> {
    serializer.collect_map(records.iter().map(|(key, text)| (key, text)))
}

/// All attempts of a set, the newest first.
pub fn list(set: &QuestionSet, store: &Store) -> Vec<Listed> {
    // Picked one by one: a sorting function of its own would be 4 KB more to download, and there are 2,000 at most.
    let mut attempts = store.attempts();
    let mut list = Vec::with_capacity(attempts.len());
    while let Some((newest, _)) = attempts
        .iter()
        .enumerate()
        .max_by_key(|(_, attempt)| attempt.place())
    {
        list.push(listed(set, &attempts.swap_remove(newest)));
    }
    list
}

fn listed(set: &QuestionSet, attempt: &Attempt) -> Listed {
    let id = attempt.form.split(';').next().unwrap_or("");
    let form = set
        .forms
        .iter()
        .find(|form| form.id == id)
        .cloned()
        .unwrap_or_else(Form::practice);
    Listed {
        id: attempt.id.clone(),
        form: attempt.form.clone(),
        seed: attempt.seed.clone(),
        started: attempt.started.0,
        changed: attempt.changed.0,
        questions: attempt.answers.len(),
        answered: attempt
            .answers
            .iter()
            .filter(|answer| !answer.response.is_empty())
            .count(),
        report: attempt
            .finished
            .is_some()
            .then(|| Report::of(set, &form, attempt)),
    }
}

/// Everything stored of a set, as JSON text.
pub fn export(set: &QuestionSet, store: &Store) -> String {
    let export = Export {
        mondai: 1,
        set: set.id.clone(),
        records: store.entries(),
    };
    serde_json::to_string(&export).unwrap_or_default()
}

/// Whether a text of so many UTF-16 units is more than an export can have.
pub const fn is_too_large(units: u32) -> bool {
    units > EXPORT
}

/// Puts an export back. Never an older record over a newer one, never a key of anybody else's. If nothing of it can be used, says
/// so to the reader and, in a sentence, to an author's script.
pub fn import(
    set: &QuestionSet,
    store: &Store,
    text: &JsString,
) -> Result<Came, (Concern, String)> {
    // Before it is copied.
    if is_too_large(text.length()) {
        return Err(too_large());
    }
    let came = store.bring_in(&set.id, &String::from(text));
    came.map_err(|refusal| match refusal {
        Refusal::TooMany => too_large(),
        Refusal::NoExport => (
            Concern::NotImported,
            String::from("This is no export of Mondai: give the text that exportData() returned."),
        ),
        Refusal::OtherSet(own) => (
            Concern::NotImported,
            [
                "This export belongs to the question set `",
                &own,
                "`, not to `",
                &set.id,
                "`: import it where that set is shown.",
            ]
            .concat(),
        ),
    })
}

fn too_large() -> (Concern, String) {
    let message = "This is larger than an export can be (2,000 records, 8,388,608 characters). Nothing of it was imported.";
    (Concern::ImportTooLarge, String::from(message))
}
