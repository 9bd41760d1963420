//! Printing a report alone, without the page around it.

use std::cell::RefCell;

use gloo_timers::callback::Timeout;
use leptos::prelude::*;
use wasm_bindgen::JsCast;

use super::context::Context;
use super::prose::plain;
use crate::engine::text::Prose;
use crate::shell::sheet;
use crate::shell::turns;
use crate::shell::watch::Listener;

/// While printing, at the reader's wish: everything but the quiz is left out of the paper. The page itself stays as it is. A
/// sheet does not see into shadow trees, so each tree around the widget gets it, and each host on the way out its mark.
const ALONE: &str = "@media print{:not(:has([data-mondai-print])):not([data-mondai-print]){display:none!important}}";

thread_local! {
    static DONE: RefCell<Option<Listener>> = const { RefCell::new(None) };
}

/// Opens the browser's print dialog.
pub fn print(context: Context) {
    let section = context.section();
    let mut inner = section.map(|section| section.get_root_node());
    let mut marked = Vec::new();
    while let Some(Ok(root)) = inner.take().map(JsCast::dyn_into::<web_sys::ShadowRoot>) {
        let host = root.host();
        let around = host.get_root_node();
        // The name is well formed, and an element of the page takes any attribute.
        let _ = host.set_attribute("data-mondai-print", "");
        sheet::adopt(around.unchecked_ref(), ALONE);
        inner = Some(around.clone());
        marked.push((host, around));
    }
    // Some browsers go on before the paper is done, so what was set is taken back at their word.
    let done = Listener::new(&window(), "afterprint", move || {
        for (host, around) in &marked {
            let _ = host.remove_attribute("data-mondai-print");
            sheet::discard(around.unchecked_ref(), ALONE);
        }
    });
    // Kept until the next time: it cannot be dropped while it runs.
    DONE.replace(Some(done));
    if turns::begin_print() {
        open_once_drawn(context, WAITS);
    } else {
        open_dialog();
    }
}

/// How long what draws texts may be on its way: so often, and so many milliseconds each time.
const WAITS: u32 = 40;
const WAIT: u32 = 50;

/// What was just begun is drawn when this task is over, once that has come which draws it. Without it the source is printed.
fn open_once_drawn(context: Context, waits: u32) {
    let code = Prose {
        markdown: String::from("`x`"),
        language: String::new(),
        is_inline: true,
    };
    if waits == 0 || plain(context, &code) != code.markdown {
        Timeout::new(0, open_dialog).forget();
    } else {
        Timeout::new(WAIT, move || open_once_drawn(context, waits - 1)).forget();
    }
}

fn open_dialog() {
    // Refused in sandboxed frames; the browser says so itself.
    let _ = window().print();
    turns::end_print();
}
