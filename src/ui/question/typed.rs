//! Typed answers: one line of text or a number. Also the field itself, which a cloze has in its gaps.
//!
//! What is typed through an input method is sent when it is composed, not before: half a Japanese word is no answer, and
//! the Enter that ends it is not the one that hands it in.

use std::rc::Rc;

use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{InputEvent, KeyboardEvent};

use super::current;
use super::parts::{Open, instruction_id, is_blank, send};
use crate::engine::question::Completeness;
use crate::engine::question::parts::{Kind, PartsView};
use crate::shell::accepted::normalized;
use crate::ui::Context;

/// What tells one field from another.
pub(super) struct Field {
    pub(super) part: &'static str,
    /// Its name.
    pub(super) label: Option<String>,
    /// The ids of the elements that name it.
    pub(super) labels: Option<String>,
    /// The id of the element that says more.
    pub(super) described: Option<String>,
    /// The gap it is in.
    pub(super) gap: Option<String>,
    /// The keyboard that a phone shows.
    pub(super) mode: Option<&'static str>,
    pub(super) given: String,
    pub(super) is_late: bool,
    pub(super) node: NodeRef<html::Input>,
    /// What happens to what is typed.
    pub(super) take: Rc<dyn Fn(String)>,
}

/// A field. The browser keeps what is typed; it is only told at the beginning.
pub(super) fn field(field: Field) -> impl IntoView {
    let take = field.take;
    let typed = {
        let take = Rc::clone(&take);
        move |event: web_sys::Event| {
            let input = event.dyn_ref::<InputEvent>();
            if !input.is_some_and(InputEvent::is_composing) {
                take(normalized(&event_target_value(&event)));
            }
        }
    };
    let composed = move |event| take(normalized(&event_target_value(&event)));
    // 229 is what WebKit says of the Enter that has just ended a composition.
    let pressed = move |event: KeyboardEvent| {
        if event.key() == "Enter" && (event.is_composing() || event.key_code() == 229) {
            event.prevent_default();
        }
    };
    view! {
        <input
            type="text"
            part=field.part
            maxlength="200"
            autocomplete="off"
            autocapitalize="off"
            spellcheck="false"
            inputmode=field.mode
            aria-label=field.label
            aria-labelledby=field.labels
            aria-describedby=field.described
            data-gap=field.gap
            disabled=field.is_late
            value=field.given
            node_ref=field.node
            on:input=typed
            on:compositionend=composed
            on:keydown=pressed
        />
    }
}

/// The field of a question that is not marked.
pub(super) fn open(open: Open, view: PartsView) -> impl IntoView {
    let (context, text) = (open.context, open.text);
    let is_number = view.kind == Kind::Numeric;
    let given = view.places.into_iter().next();
    let instruction = instruction_id(&open);
    let hint = [&open.prompt, "-hint"].concat();
    let node = NodeRef::new();
    let field = field(Field {
        part: "typed",
        label: None,
        labels: Some([&open.prompt, " ", &instruction].concat()),
        described: is_number.then(|| hint.clone()),
        gap: None,
        mode: is_number.then_some("decimal"),
        given: given.map_or_else(String::new, |place| place.given),
        is_late: open.is_late,
        node,
        take: Rc::new(move |typed| give(context, typed)),
    });
    // Not said aloud while the reader types: every number begins as less than one.
    let no_number = move || {
        let view = current(context).map(|view| view.completeness);
        let is_wrong = matches!(view, Some(Completeness::Incomplete { .. }));
        String::from(if is_wrong { text.no_number } else { "" })
    };
    view! {
        <div part="typing">
            <p part="instruction" id=instruction>
                {if is_number { text.type_number } else { text.type_text }}
            </p>
            <div part="typed-row">
                {field}
                {is_number.then(|| sign(&open, node))}
            </div>
            {is_number.then(|| view! { <p part="hint" id=hint>{no_number}</p> })}
        </div>
    }
}

/// Sends what is typed.
fn give(context: Context, typed: String) {
    let given = (!is_blank(&typed)).then_some(typed);
    send(context, given.into_iter().collect());
}

/// A button for the other sign: the keyboard for numbers on an iPhone has no minus.
fn sign(open: &Open, node: NodeRef<html::Input>) -> impl IntoView + use<> {
    let context = open.context;
    let press = move |_| {
        if let Some(input) = node.get_untracked() {
            let typed = normalized(&input.value());
            let other = match typed.strip_prefix(['-', '\u{2212}', 'ー']) {
                Some(rest) => rest.to_owned(),
                None => ["-", typed.strip_prefix('+').unwrap_or(&typed)].concat(),
            };
            input.set_value(&other);
            give(context, other);
            // It is there; focusing cannot fail.
            let _ = input.focus();
        }
    };
    view! {
        <button type="button" part="sign" data-action="sign" aria-label=open.text.sign disabled=open.is_late on:click=press>
            {"±".to_owned()}
        </button>
    }
}
