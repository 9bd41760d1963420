//! Buttons, and texts that change while they are shown.

use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::Element;

/// A text that changes while it is shown: for the element that it stands in.
///
/// It is written on the element. A page translator puts nodes of its own in place of ours, and what is written into one of
/// ours after that is seen by nobody. Boxed for the same reason as [`button`].
pub(super) fn live<E>(text: Box<dyn Fn() -> String>) -> NodeRef<E>
where
    E: html::ElementType + 'static,
    E::Output: JsCast + Clone + 'static,
{
    let node = NodeRef::<E>::new();
    write_on(Box::new(move || Some(node.get()?.unchecked_into())), text);
    node
}

/// The same, for all kinds of elements.
pub(super) fn write_on(node: Box<dyn Fn() -> Option<Element>>, text: Box<dyn Fn() -> String>) {
    Effect::new(move |before: Option<Option<String>>| {
        let text = text();
        let node = node()?;
        // What is the same stays as the translator has made it.
        if before.flatten().as_ref() != Some(&text) {
            node.set_text_content(Some(&text));
        }
        Some(text)
    });
}

/// What a button does.
pub(super) type Press = Box<dyn Fn()>;

/// A button that is pressed or not, such as the flag. Boxed for the same reason as [`button`].
pub(super) fn toggle(
    part: &'static str,
    label: &'static str,
    action: &'static str,
    name: Option<String>,
    is_on: Box<dyn Fn() -> bool + Send + Sync>,
    press: Press,
) -> impl IntoView {
    let pressed = move || if is_on() { "true" } else { "false" };
    view! {
        <button type="button" part=part data-action=action aria-label=name aria-pressed=pressed on:click=move |_| press()>{label}</button>
    }
}

/// A button. The press is boxed, so that all buttons are of one type and paid for once.
pub(super) fn button(
    label: String,
    action: &'static str,
    is_primary: bool,
    press: Press,
) -> impl IntoView {
    let part = if is_primary {
        "button button-primary"
    } else {
        "button"
    };
    view! {
        <button type="button" part=part data-action=action on:click=move |_| press()>{label}</button>
    }
}
