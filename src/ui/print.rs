//! Printing a report alone, without the page around it.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;

use super::Context;
use crate::shell::sheet;

/// While printing, at the reader's wish: everything but the quiz is left out of the paper. The page itself stays as it is.
const ALONE: &str = "@media print{:not(:has([data-mondai-print])):not([data-mondai-print]){display:none!important}}";

/// Opens the browser's print dialog.
pub fn print(context: Context) {
    let section = context.section.get_untracked();
    let root = section.and_then(|section| {
        let root = section.get_root_node();
        root.dyn_into::<web_sys::ShadowRoot>().ok()
    });
    let Some(host) = root.map(|root| root.host()) else {
        return;
    };
    let page = document();
    // The name is well formed, and an element of the page takes any attribute.
    let _ = host.set_attribute("data-mondai-print", "");
    sheet::adopt(page.unchecked_ref(), ALONE);
    // Some browsers go on before the paper is done, so what was set is taken back at their word.
    let done = Closure::once_into_js(move || {
        let _ = host.remove_attribute("data-mondai-print");
        sheet::drop_sheet(page.unchecked_ref(), ALONE);
    });
    let once = web_sys::AddEventListenerOptions::new();
    once.set_once(true);
    let _ = window().add_event_listener_with_callback_and_add_event_listener_options(
        "afterprint",
        done.unchecked_ref(),
        &once,
    );
    // Refused in sandboxed frames; the browser says so itself.
    let _ = window().print();
}
