//! Texts that can be typed, in NFKC: what is typed, and what a set accepts. By the browser's tables: ours would be larger than
//! everything else. In the chunk of the rarer question types.

use js_sys::JsString;

use crate::engine::json::Value;

/// A text in NFKC, so that it can be compared.
pub fn normalized(text: &str) -> String {
    JsString::from(text).normalize("NFKC").into()
}

/// Accepts, beside each text of a set that is not in NFKC, the same one in NFKC. The author's own stays first: it is shown.
pub fn normalize(set: &mut Value) {
    let questions = set.get_mut("questions").and_then(Value::as_array_mut);
    for question in questions.into_iter().flatten() {
        add(question.get_mut("accept"));
        let gaps = question.get_mut("gaps").and_then(Value::as_object_mut);
        if let Some(gaps) = gaps {
            for (_, gap) in gaps.iter_mut() {
                add(gap.get_mut("accept"));
            }
        }
    }
}

/// To a text, a list of texts, or these for each language.
fn add(accept: Option<&mut Value>) {
    match accept {
        Some(Value::Object(languages)) => {
            for (_, own) in languages.iter_mut() {
                add(Some(own));
            }
        }
        Some(Value::Array(texts)) => {
            let more: Vec<Value> = texts.iter().filter_map(in_nfkc).collect();
            texts.extend(more);
        }
        Some(text) => {
            if let Some(own) = in_nfkc(text) {
                let first = core::mem::replace(text, Value::Null);
                *text = Value::Array(vec![first, own]);
            }
        }
        None => {}
    }
}

/// A text in NFKC; `None` if it is so already, or no text.
fn in_nfkc(text: &Value) -> Option<Value> {
    let text = text.as_str().filter(|text| !text.is_ascii())?;
    let own = normalized(text);
    (own != text).then_some(Value::String(own))
}
