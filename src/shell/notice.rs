//! Tells the page what happened, as DOM events whose `detail` is plain JSON with `version: 1`.

use serde::Serialize;
use wasm_bindgen::JsValue;
use web_sys::{CustomEvent, CustomEventInit, HtmlElement};

use crate::engine::event::Notice;
use crate::engine::format::Problem;

/// The version of every `detail`.
const VERSION: u32 = 1;

#[derive(Serialize)]
struct Ready<'a> {
    version: u32,
    set: &'a str,
    form: &'a str,
    questions: usize,
}

#[derive(Serialize)]
struct Started<'a> {
    version: u32,
    attempt: &'a str,
    questions: usize,
}

#[derive(Serialize)]
struct Answered<'a> {
    version: u32,
    attempt: &'a str,
    question: &'a str,
    response: &'a [String],
    #[serde(skip_serializing_if = "Option::is_none")]
    outcome: Option<&'static str>,
}

#[derive(Serialize)]
struct Failed<'a> {
    version: u32,
    code: &'a str,
    message: &'a str,
    problems: &'a [Problem],
}

/// Tells what the engine wants told.
pub fn tell(host: &HtmlElement, notice: &Notice) {
    match notice {
        Notice::Started { attempt, questions } => send(
            host,
            "mondai-started",
            &Started {
                version: VERSION,
                attempt,
                questions: *questions,
            },
        ),
        Notice::Answered {
            attempt,
            question,
            response,
            outcome,
        } => send(
            host,
            "mondai-answered",
            &Answered {
                version: VERSION,
                attempt,
                question,
                response: &response.0,
                outcome: outcome.map(crate::engine::scoring::Outcome::word),
            },
        ),
        Notice::Finished(report) => send(host, "mondai-finished", &**report),
    }
}

/// Tells that the widget can be used.
pub fn ready(host: &HtmlElement, set: &str, form: &str, questions: usize) {
    send(
        host,
        "mondai-ready",
        &Ready {
            version: VERSION,
            set,
            form,
            questions,
        },
    );
}

/// Tells that something, or everything, could not be used.
pub fn failed(host: &HtmlElement, code: &str, message: &str, problems: &[Problem]) {
    send(
        host,
        "mondai-error",
        &Failed {
            version: VERSION,
            code,
            message,
            problems,
        },
    );
}

fn send(host: &HtmlElement, name: &str, detail: &impl Serialize) {
    let init = CustomEventInit::new();
    init.set_bubbles(true);
    init.set_composed(true);
    init.set_detail(&to_js(detail));
    if let Ok(event) = CustomEvent::new_with_event_init_dict(name, &init) {
        // An exception in a listener is the listener's: the browser reports it and goes on.
        let _ = host.dispatch_event(&event);
    }
}

/// Plain data as a JavaScript value, by way of JSON: smaller than a serialiser of its own.
pub fn to_js(data: &impl Serialize) -> JsValue {
    serde_json::to_string(data)
        .ok()
        .and_then(|text| js_sys::JSON::parse(&text).ok())
        .unwrap_or(JsValue::NULL)
}
