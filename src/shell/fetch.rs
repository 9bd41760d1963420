//! Fetches a question set. Every way it can fail is a value with a code and a sentence.

use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortController, RequestInit, Response};

use crate::engine::format::Problem;

/// A request that is given up when this is dropped.
pub struct Fetch {
    controller: Option<AbortController>,
}

impl Default for Fetch {
    /// Not yet under way.
    fn default() -> Self {
        Self {
            controller: AbortController::new().ok(),
        }
    }
}

impl Fetch {
    /// The text at an address, relative to the page.
    pub async fn text(&self, address: &str) -> Result<String, Problem> {
        let init = RequestInit::new();
        if let Some(controller) = &self.controller {
            init.set_signal(Some(&controller.signal()));
        }
        let window = web_sys::window().ok_or_else(|| unreachable(address))?;
        let response: Response = JsFuture::from(window.fetch_with_str_and_init(address, &init))
            .await
            .map_err(|_| unreachable(address))?
            .unchecked_into();
        if !response.ok() {
            return Err(refused(address, response.status()));
        }
        let text: Result<JsValue, JsValue> = match response.text() {
            Ok(text) => JsFuture::from(text).await,
            Err(error) => Err(error),
        };
        text.ok()
            .and_then(|text| text.as_string())
            .ok_or_else(|| unreachable(address))
    }
}

impl Drop for Fetch {
    fn drop(&mut self) {
        if let Some(controller) = &self.controller {
            controller.abort();
        }
    }
}

/// An address that stands in a file, as the page sees it.
pub fn relative(address: &str, file: Option<&str>) -> String {
    let page = web_sys::window()
        .and_then(|window| window.document()?.base_uri().ok().flatten())
        .unwrap_or_default();
    let base = file
        .and_then(|file| web_sys::Url::new_with_base(file, &page).ok())
        .map_or(page, |url| url.href());
    // What is no address is told when it is fetched.
    web_sys::Url::new_with_base(address, &base)
        .map_or_else(|_| address.to_owned(), |url| url.href())
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
fn refused(address: &str, status: u16) -> Problem {
    let code = if status == 404 {
        "not-found"
    } else {
        "http-error"
    };
    Problem::whole(
        code,
        [
            "The server answered ",
            &status.to_string(),
            " for the file at ",
            address,
            ": check the address and that the file is there.",
        ]
        .concat(),
    )
}
