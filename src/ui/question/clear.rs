//! Taking a single choice back, since radio buttons cannot be unchecked: a button beside the instruction, and Backspace or
//! Delete on the choice. Pressing the choice once more must not do it: readers press twice by mistake.
//!
//! Nobody needs it before something is chosen, so it comes with the chunk of the later screens.

use leptos::prelude::*;
use leptos::tachys::renderer::dom::Dom;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, HtmlElement, HtmlInputElement, KeyboardEvent};

use super::{current, tool};
use crate::engine::event::Event;
use crate::engine::question::{Completeness, Response};
use crate::ui::context::Context;
use crate::ui::controls::live;

/// The button, and what is said once it was pressed. `place` is what it is mounted in, among the choices.
pub fn clear(context: Context, place: &HtmlElement) -> impl IntoView + use<> {
    let text = context.later();
    let is_cleared = RwSignal::new_local(false);
    let group = place.parent_element();
    let keys = group.as_ref().map(|group| {
        let own = group.clone();
        let heard = move |event: JsValue| {
            let event: KeyboardEvent = event.unchecked_into();
            if is_erasing(&event) {
                // The page hears nothing of it, and does not go back.
                event.stop_propagation();
                event.prevent_default();
                take_back(context, &own, is_cleared);
            }
        };
        Dom::add_event_listener(group, "keydown", Box::new(heard))
    });
    on_cleanup(move || drop(keys));
    let press = move || {
        if let Some(group) = &group {
            take_back(context, group, is_cleared);
        }
    };
    let said = move || {
        let completeness = current(context).map(|view| view.completeness);
        let is_said = is_cleared.get() && completeness == Some(Completeness::Unanswered);
        String::from(if is_said { text.cleared } else { "" })
    };
    // Not by `:has(:checked)` in the sheet: WebKit does not look at that again.
    let is_blank = move || {
        let completeness = current(context).map(|view| view.completeness);
        (completeness == Some(Completeness::Unanswered)).then_some("")
    };
    view! {
        <div part="clear-place" data-blank=is_blank>{tool(text.clear, "clear", Box::new(press))}</div>
        <p part="cleared" role="status" node_ref=live(Box::new(said))></p>
    }
}

/// Whether it is Backspace or Delete on a radio button itself, not on a button beside it.
fn is_erasing(event: &KeyboardEvent) -> bool {
    let target = event.target();
    matches!(event.key().as_str(), "Backspace" | "Delete")
        && target.is_some_and(|target| target.has_type::<HtmlInputElement>())
}

/// Takes the answer back. The reader goes on at the choice that was taken.
fn take_back(context: Context, group: &Element, is_cleared: RwSignal<bool, LocalStorage>) {
    let chosen = group.query_selector(":checked").ok().flatten();
    if let Some(chosen) = chosen.and_then(|chosen| chosen.dyn_into::<HtmlInputElement>().ok()) {
        // The browser keeps what is checked, so it has to be told.
        chosen.set_checked(false);
        // It is there; focusing cannot fail.
        let _ = chosen.focus();
        context.send(Event::Respond(Response::default()));
        is_cleared.set(true);
    }
}
