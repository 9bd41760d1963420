//! Author's text on a screen.
//!
//! Plain text is drawn at once. Text with Markdown in it is drawn as its source first and replaced when the rich-text
//! chunk has it; if that cannot be loaded, the source stays readable.

use leptos::html;
use leptos::prelude::*;

use super::Context;
use crate::engine::set::Prose as Source;
use crate::{richtext, shell};

/// One text.
#[component]
pub fn Prose(context: Context, prose: Source) -> impl IntoView {
    let node = NodeRef::<html::Span>::new();
    let language =
        (!prose.language.eq_ignore_ascii_case(context.text.language)).then_some(prose.language);
    let Source { markdown, .. } = prose;
    let shown = markdown.clone();
    if !richtext::is_plain(&markdown) {
        Effect::new(move |_| {
            if let Some(node) = node.get_untracked() {
                let markdown = markdown.clone();
                leptos::task::spawn_local(async move {
                    // On failure the source stands there already, and the loader has told the console.
                    let _ = shell::prose::fill(&node, &markdown).await;
                });
            }
        });
    }
    view! { <span part="prose" dir="auto" lang=language node_ref=node>{shown}</span> }
}
