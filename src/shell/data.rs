//! A reader's data as files and lists: what `attempts()`, `exportData()` and `importData()` give and take.

use serde::{Serialize, Serializer};

use super::storage::{Imported, Store};
use crate::engine::attempt::Attempt;
use crate::engine::form::Form;
use crate::engine::json::Value;
use crate::engine::report::Report;
use crate::engine::set::QuestionSet;

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
    report: Option<Report>,
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
    // Picked one by one: a sorting function of its own would be 4 KB more to download.
    let mut attempts = store.attempts();
    let mut list = Vec::with_capacity(attempts.len());
    while let Some((newest, _)) = attempts
        .iter()
        .enumerate()
        .max_by_key(|(_, attempt)| attempt.changed)
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
            .then(|| Report::new(set, &form, attempt)),
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

/// Puts an export back. Never an older record over a newer one, never a key of anybody else's. Gives how many records were put
/// in; were not, because the same or a newer one is here; were not, because they belong elsewhere or the browser refused.
pub fn import(set: &QuestionSet, store: &Store, text: &str) -> Result<[usize; 3], String> {
    let export = Value::parse(text).map_err(|_| no_export())?;
    let (Some(own), Some(records)) = (
        export.get("set").and_then(Value::as_str),
        export.get("records").and_then(Value::as_object),
    ) else {
        return Err(no_export());
    };
    if own != set.id {
        return Err([
            "This export belongs to the question set `",
            own,
            "`, not to `",
            &set.id,
            "`: import it where that set is shown.",
        ]
        .concat());
    }
    let [mut imported, mut kept, mut refused] = [0; 3];
    for (key, text) in records.iter() {
        match text
            .as_str()
            .map_or(Imported::Refused, |text| store.import(key, text))
        {
            Imported::Done => imported += 1,
            Imported::Kept => kept += 1,
            Imported::Refused => refused += 1,
        }
    }
    Ok([imported, kept, refused])
}

fn no_export() -> String {
    String::from("This is no export of Mondai: give the text that exportData() returned.")
}
