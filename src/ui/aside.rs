//! Around a question: the case it is about; and in an exam, below it, the reader's note and the palette of all questions.

use leptos::prelude::*;

use super::prose::Prose;
use super::{Context, review};
use crate::engine::event::Event;
use crate::engine::set::Prose as Source;
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
    let overview = review::overview(context);
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
        <details part="questions">
            <summary part="aside-heading">{text.questions_list}</summary>
            {review::palette(context, overview, |_| true)}
        </details>
    }
}
