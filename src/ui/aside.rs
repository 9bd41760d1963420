//! Around a question: the case it is about; and in an exam, below it, the reader's note and the palette of all questions.

use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;

use super::context::Context;
use super::prose::Prose;
use super::review;
use super::review::Show;
use super::slot::{Held, hold};
use crate::engine::event::Event;
use crate::engine::text::Prose as Source;
use crate::engine::view::View;

/// The case that a question is about; can be folded away.
#[component]
pub fn Case(context: Context, prose: Source) -> impl IntoView {
    view! {
        <details part="scenario" open=true>
            <summary part="scenario-heading">{context.later().case}</summary>
            <Prose context prose/>
        </details>
    }
}

/// Both, folded until they are wanted.
#[component]
pub fn Aside(context: Context) -> impl IntoView {
    let text = context.later();
    let (note, position) = context.signals.view.with_untracked(|view| match view {
        View::Question(view) => (view.note.clone(), view.position),
        _ => (String::new(), 0),
    });
    let id = ["note-", &position.to_string()].concat();
    let hint = [&id, "-hint"].concat();
    let has_note = !note.is_empty();
    // At every key, not when the field is left: nothing typed may be lost.
    let input = move |event| context.send(Event::Note(event_target_value(&event)));
    // Of two thousand questions the list is long, and most readers never open it: it is drawn when they do.
    let list = NodeRef::<html::Div>::new();
    let held = StoredValue::new_local(None::<Held>);
    let toggled = move |_| {
        let is_drawn = held.with_value(Option::is_some);
        if let Some(node) = list.get_untracked().filter(|_| !is_drawn) {
            let drawn = hold(node.unchecked_into(), move || {
                let overview = review::overview(context);
                review::palette(context, overview, RwSignal::new_local(Show::All))
            });
            held.set_value(Some(drawn));
        }
    };
    view! {
        <details part="note" open=has_note>
            <summary part="aside-heading">{text.note}</summary>
            <textarea
                part="note-text"
                id=id
                rows=3
                maxlength=400
                aria-label=text.note
                aria-describedby=hint.clone()
                prop:value=note
                on:input=input
            ></textarea>
            <p part="hint" id=hint>{text.note_hint}</p>
        </details>
        <details part="questions" on:toggle=toggled>
            <summary part="aside-heading">{text.questions_list}</summary>
            <div node_ref=list></div>
        </details>
    }
}
