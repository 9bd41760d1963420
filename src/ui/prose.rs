//! Author's text on a screen.
//!
//! Plain text is drawn at once. Text with Markdown in it is drawn as its source first and replaced when the rich-text
//! chunk has it; if that cannot be loaded, the source stays readable.

use leptos::html;
use leptos::prelude::*;

use super::context::Context;
use crate::engine::text::Prose as Source;
use crate::shell;

/// One text.
#[component]
pub fn Prose(context: Context, prose: Source) -> impl IntoView {
    let node = NodeRef::<html::Span>::new();
    let language = (!prose.language.eq_ignore_ascii_case(context.text.language))
        .then(|| prose.language.clone());
    // The source of a long text would keep the browser busy.
    let mut shown = prose.markdown.clone();
    if shell::prose::is_long(&prose) {
        shown.clear();
    }
    if !shell::prose::needs_nothing(&prose) {
        Effect::new(move |_| {
            if let Some(node) = node.get_untracked() {
                let prose = prose.clone();
                leptos::task::spawn_local(async move {
                    // On failure the source stands there, and the loader has told the console.
                    if shell::prose::fill(&node, &prose).await.is_err() {
                        node.set_text_content(Some(&prose.markdown));
                    }
                });
            }
        });
    }
    view! { <span part="prose" dir="auto" lang=language node_ref=node>{shown}</span> }
}

/// A text as a name or an option can show it, without markup. Tracked: until the chunk of rich text is there it is the
/// source, as it is on screen.
pub fn plain(context: Context, prose: &Source) -> String {
    if let Some(text) = shell::prose::plain(prose) {
        return text;
    }
    let is_ready = context.signals.is_text_ready;
    if is_ready.get() {
        leptos::task::spawn_local(async move {
            if shell::prose::preload().await.is_ok() {
                // The widget may be gone by then.
                let _ = is_ready.try_set(true);
            }
        });
    }
    prose.markdown.clone()
}
