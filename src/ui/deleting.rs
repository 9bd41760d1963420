//! A button that deletes once it was asked for twice.

use leptos::html;
use leptos::prelude::*;

use super::context::Context;
use super::controls::{Press, live};

/// A button that asks before it deletes: "delete", then "keep" or "for good". "Keep" takes its place, and the focus; "for good"
/// stands in a line of its own, so that it is never under the pointer that asked.
pub fn deleting(
    context: Context,
    asked: RwSignal<Option<String>, LocalStorage>,
    about: String,
    label: &'static str,
    warning: &'static str,
    name: String,
    delete: Press,
) -> impl IntoView {
    let text = context.later();
    let own = about.clone();
    let is_asked = move || asked.with(|asked| asked.as_ref() == Some(&own));
    let is_open = is_asked.clone();
    let said = move || String::from(if is_open() { warning } else { "" });
    let is_closed = is_asked.clone();
    let (first, keep) = (NodeRef::<html::Button>::new(), NodeRef::new());
    let turn_to = move |now: Option<String>, button: NodeRef<html::Button>| {
        asked.set(now);
        context.screen_changed();
        // Once it can be seen.
        request_animation_frame(move || {
            if let Some(Some(button)) = button.try_get_untracked() {
                // Fails for nothing that is in the page.
                let _ = button.focus();
            }
        });
    };
    let ask = move |_| turn_to(Some(about.clone()), keep);
    view! {
        <span part="deleting">
            <button type="button" part="tool" data-action="delete" aria-label=name hidden=is_asked node_ref=first on:click=ask>{label}</button>
            <span part="asking" hidden=move || !is_closed()>
                <button type="button" part="tool" data-action="delete-no" node_ref=keep on:click=move |_| turn_to(None, first)>{text.delete_no}</button>
                <button type="button" part="tool danger" data-action="delete-yes" on:click=move |_| delete()>{text.delete_yes}</button>
            </span>
            <span part="hint" role="status" node_ref=live(Box::new(said))></span>
        </span>
    }
}
