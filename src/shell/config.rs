//! What the element's attributes say. Reading them never fails: what cannot be read falls back to its default and says so
//! once in the console.

use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::wasm_bindgen;
use web_sys::{HtmlElement, ShadowRoot};

use super::fetch::relative;
use crate::engine::clock::read_time_limit;
use crate::engine::form::Narrowing;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = console, js_name = warn)]
    fn console_warn(message: &str);
}

/// What the attributes say.
pub struct Config {
    /// The whole address of the question set.
    pub src: Option<String>,
    /// What the addresses in it are relative to: its own address, or the page's where it stands in the page.
    pub base: String,
    /// The id of a form.
    pub form: Option<String>,
    /// How attributes narrow the form.
    pub narrowing: Narrowing,
    /// The language for interface and content.
    pub language: Option<String>,
    /// What papers are made from.
    pub seed: Option<String>,
    /// Whether anything is stored.
    pub is_kept: bool,
}

/// Reads the attributes of an element in a page that had the address `page` when it came.
pub fn config(host: &HtmlElement, page: &str) -> Config {
    let given = |name: &str| {
        host.get_attribute(name)
            .filter(|value| !value.trim().is_empty())
    };
    let unreadable = |name: &str, expected: &str| {
        warn(&[
            name,
            ": this value cannot be read, so the default is used; give ",
            expected,
        ]);
    };
    let count = given("count").and_then(|text| {
        let count = text.trim().parse::<u32>().ok().filter(|count| *count > 0);
        if count.is_none() {
            unreadable("count", "a whole number, 1 or more");
        }
        count
    });
    let time_limit = given("time-limit").and_then(|text| {
        let limit = read_time_limit(text.trim());
        if limit.is_none() {
            unreadable(
                "time-limit",
                "a duration such as 90s, 130m or 2h10m, or none",
            );
        }
        limit
    });
    let is_kept = match given("storage").as_deref() {
        None | Some("local") => true,
        Some("none") => false,
        Some(_) => {
            unreadable("storage", "local or none");
            true
        }
    };
    if !matches!(
        given("theme").as_deref(),
        None | Some("auto" | "light" | "dark")
    ) {
        unreadable("theme", "auto, light or dark");
    }
    if !matches!(given("loading").as_deref(), None | Some("lazy" | "eager")) {
        // Read by the loader; told here, where all attributes are.
        unreadable("loading", "lazy or eager");
    }
    let src = given("src").map(|src| relative(src.trim(), page));
    Config {
        base: src.as_deref().unwrap_or(page).to_owned(),
        src,
        form: given("form"),
        narrowing: Narrowing {
            count,
            domains: given("domain")
                .map(|text| text.split_whitespace().map(str::to_owned).collect())
                .unwrap_or_default(),
            time_limit,
        },
        language: language(host),
        seed: given("seed"),
        is_kept,
    }
}

/// The `lang` of the element or its nearest ancestor, across shadow boundaries.
fn language(host: &HtmlElement) -> Option<String> {
    let mut element: web_sys::Element = host.clone().unchecked_into();
    loop {
        if let Ok(Some(with)) = element.closest("[lang]") {
            return with.get_attribute("lang").filter(|tag| !tag.is_empty());
        }
        element = element
            .get_root_node()
            .dyn_into::<ShadowRoot>()
            .ok()?
            .host();
    }
}

/// Tells an author something in the console.
pub fn warn(parts: &[&str]) {
    console_warn(&["<mondai-quiz> ", &parts.concat()].concat());
}
