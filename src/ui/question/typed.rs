//! Typed answers: one line of text or a number. Also the field itself, which a cloze has in its gaps.
//!
//! What stands in the field is the answer, at any moment: many keyboards of phones compose every word and never say that one
//! is done, so that a reload or the end of the time would take what the reader sees. Only the Enter that ends a composition
//! is not the one that hands in.

use std::rc::Rc;

use leptos::html;
use leptos::prelude::*;
use web_sys::KeyboardEvent;

use super::parts::{Open, instruction_id, is_blank, read_as, send, tracked_parts};
use super::{current, current_untracked};
use crate::engine::question::Completeness;
use crate::engine::question::number::{negated, powered, response};
use crate::engine::question::parts::{Kind, PartsView};
use crate::shell::accepted::normalized;
use crate::ui::context::Context;
use crate::ui::controls::live;

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
    /// Whether it is for a number.
    pub(super) is_number: bool,
    pub(super) given: String,
    pub(super) is_late: bool,
    pub(super) node: NodeRef<html::Input>,
    /// What happens to what is typed.
    pub(super) take: Rc<dyn Fn(String)>,
}

/// A field. The browser keeps what is typed; it is only told at the beginning.
pub(super) fn field(context: Context, field: Field) -> impl IntoView {
    let (take, is_number) = (field.take, field.is_number);
    let own = place(context);
    let typed = move |event: web_sys::Event| {
        // A composition can end when its field is gone and another question is there.
        if place(context) == own {
            let typed = event_target_value(&event);
            // What is raised in a number would come down to the line.
            take(if is_number { typed } else { normalized(&typed) });
        }
    };
    let composed = typed.clone();
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
            inputmode=is_number.then_some("decimal")
            aria-label=field.label
            aria-labelledby=field.labels
            aria-describedby=field.described
            data-gap=field.gap
            disabled=field.is_late
            value=field.given
            node_ref=field.node
            on:input=typed
            on:compositionend=move |event| composed(event.into())
            on:keydown=pressed
        />
    }
}

/// Which question of which sitting is on screen.
fn place(context: Context) -> Option<(String, usize)> {
    current_untracked(context).map(|view| (view.attempt, view.position))
}

/// The field of a question that is not marked.
pub(super) fn open(open: Open, view: PartsView) -> impl IntoView {
    let (context, text) = (open.context, open.text);
    let is_number = view.kind == Kind::Numeric;
    let given = view.places.into_iter().next();
    let instruction = instruction_id(&open);
    let hint = [&open.prompt, "-hint"].concat();
    let node = NodeRef::new();
    let settings = Field {
        part: "typed",
        label: None,
        labels: Some([&open.prompt, " ", &instruction].concat()),
        described: is_number.then(|| hint.clone()),
        gap: None,
        is_number,
        given: given.map_or_else(String::new, |place| place.given),
        is_late: open.is_late,
        node,
        take: Rc::new(move |typed| give(context, typed, is_number)),
    };
    let field = field(context, settings);
    // Not said aloud while the reader types: every number begins as less than one.
    let said = move || {
        let view = current(context).map(|view| view.completeness);
        if matches!(view, Some(Completeness::Incomplete { .. })) {
            return text.no_number.to_owned();
        }
        let parts = tracked_parts(context);
        let place = parts.as_ref().and_then(|parts| parts.places.first());
        read_as(text, place).unwrap_or_default()
    };
    view! {
        <div part="typing">
            <p part="instruction" id=instruction>
                {if is_number { text.type_number } else { text.type_text }}
            </p>
            <div part="typed-row">
                {field}
                {is_number.then(|| key(&open, node, "sign"))}
                {is_number.then(|| key(&open, node, "power"))}
            </div>
            {is_number.then(|| view! { <p part="hint" id=hint node_ref=live(Box::new(said))></p> })}
        </div>
    }
}

/// Sends what is typed.
fn give(context: Context, typed: String, is_number: bool) {
    let given = if is_blank(&typed) {
        Vec::new()
    } else if is_number {
        context
            .look(|_, language| response(&typed, language))
            .unwrap_or_default()
    } else {
        vec![typed]
    };
    send(context, given);
}

/// A button for what the keypad of a phone lacks, where only numbers are asked for: on an iPhone it has no minus, and nowhere
/// a power of ten. Every number has both, so that they tell nothing of the right one.
fn key(open: &Open, node: NodeRef<html::Input>, action: &'static str) -> impl IntoView + use<> {
    let context = open.context;
    let (label, sign) = if action == "sign" {
        (open.text.sign, "±")
    } else {
        (open.text.power, "×10ⁿ")
    };
    let press = move |_| {
        if let Some(input) = node.get_untracked() {
            let typed = input.value();
            // A field for text has a place to type at; asking for it cannot fail.
            let place = input.selection_start().ok().flatten().unwrap_or(0);
            let (other, place) = if action == "sign" {
                let (other, more) = negated(&typed, place as usize);
                (other, place.saturating_add_signed(more))
            } else {
                // At the end.
                (powered(&typed), u32::MAX)
            };
            input.set_value(&other);
            give(context, other, true);
            // It is there; focusing cannot fail, nor setting the place.
            let _ = input.focus();
            let _ = input.set_selection_range(place, place);
        }
    };
    view! {
        <button type="button" part="sign" data-action=action aria-label=label disabled=open.is_late on:click=press>
            {sign.to_owned()}
        </button>
    }
}
