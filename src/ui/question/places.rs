//! The rarer question types on screen: which of them.
//!
//! All of it is drawn by the chunk of these types. Must be reached from there only.

use web_sys::HtmlElement;

use super::parts::{self, Open};
use super::{cloze, matching, ordering, typed};
use crate::engine::question::parts::{Kind, PartsView};
use crate::ui::context::Context;
use crate::ui::slot::{Held, hold};
use crate::ui::text::parts::for_language;

/// The style sheet of these types.
pub const STYLE: &str = include_str!("parts.css");

/// Mounts something to answer with. `prompt` is the id of the element that asks.
pub fn mount_open(
    node: HtmlElement,
    context: Context,
    view: PartsView,
    prompt: String,
    is_late: bool,
) -> Held {
    let text = for_language(context.text.language);
    let open = Open {
        context,
        text,
        prompt,
        is_late,
    };
    match view.kind {
        Kind::Ordering => hold(node, move || ordering::open(open, view)),
        Kind::Matching => hold(node, move || matching::open(open, view)),
        Kind::Text | Kind::Numeric => hold(node, move || typed::open(open, view)),
        Kind::Cloze => hold(node, move || cloze::open(open, view)),
    }
}

/// Mounts how the places of a question were marked.
pub fn mount_marked(node: HtmlElement, context: Context, view: PartsView) -> Held {
    let text = for_language(context.text.language);
    match view.kind {
        Kind::Ordering => hold(node, move || ordering::marked(context, text, view)),
        Kind::Cloze => hold(node, move || cloze::marked(context, text, view)),
        _ => hold(node, move || parts::marked(context, text, view)),
    }
}
