//! Fetches a question set. Every way it can fail is a value with a code and a sentence.

use js_sys::{Function, Promise};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortController, Element};

use crate::engine::format::Problem;

/// Requests that are given up when this is dropped.
pub struct Fetch {
    /// Reads a file as a stream, no more of it than a set may have, and not for ever (`mondai-quiz.js`): takes an address and a
    /// signal, and gives a promise of the text; it is rejected with the status of an answer that is
    /// an error, or with `late`, as texts.
    read: Function,
    controller: Option<AbortController>,
}

impl Fetch {
    /// None is under way yet.
    pub fn new(read: Function) -> Self {
        Self {
            read,
            controller: AbortController::new().ok(),
        }
    }

    /// The text at an address.
    pub async fn text(&self, address: &str) -> Result<String, Problem> {
        let signal = self.controller.as_ref().map(AbortController::signal);
        let reading: Promise = self
            .read
            .call2(&JsValue::UNDEFINED, &address.into(), &signal.into())
            .map_err(|_| unreachable(address))?
            .unchecked_into();
        match JsFuture::from(reading).await {
            Ok(text) => Ok(text.as_string().unwrap_or_default()),
            Err(reason) => Err(match reason.as_string().as_deref() {
                Some("late") => late(address),
                Some(status) => refused(address, status),
                None => unreachable(address),
            }),
        }
    }
}

impl Drop for Fetch {
    fn drop(&mut self) {
        if let Some(controller) = &self.controller {
            controller.abort();
        }
    }
}

/// An address as it is seen from a page or a file. What is no address stays as it is: that is told when it is fetched.
pub fn relative(address: &str, base: &str) -> String {
    web_sys::Url::new_with_base(address, base).map_or_else(|_| address.to_owned(), |url| url.href())
}

/// An address of a set as the page sees it, for what stands in `element` on one of our screens. A place in the page stays one.
pub fn in_set(element: &Element, address: &str) -> String {
    let frame = element.closest("[data-base]").ok().flatten();
    let base = frame.and_then(|frame| frame.get_attribute("data-base"));
    match base.filter(|_| !address.starts_with('#')) {
        Some(base) => relative(address, &base),
        None => address.to_owned(),
    }
}

/// The server began and did not end, or did not begin.
fn late(address: &str) -> Problem {
    Problem::whole(
        "timed-out",
        [
            "The file at ",
            address,
            " did not come in time: its server was silent for 20 seconds, or took more than 2 minutes in all.",
        ]
        .concat(),
    )
}

/// No answer at all. Browsers do not tell a page which of these it was.
fn unreachable(address: &str) -> Problem {
    Problem::whole(
        "not-reached",
        [
            "The file at ",
            address,
            " could not be reached: there is no connection, the address is wrong, or its server does not allow this page to read it (CORS).",
        ]
        .concat(),
    )
}

/// An answer that is an error.
fn refused(address: &str, status: &str) -> Problem {
    let code = if status == "404" {
        "not-found"
    } else {
        "http-error"
    };
    Problem::whole(
        code,
        [
            "The server answered ",
            status,
            " for the file at ",
            address,
            ": check the address and that the file is there.",
        ]
        .concat(),
    )
}
