//! The screen before handing in: every question, and what is still open.

use leptos::prelude::*;

use super::{Context, button};
use crate::engine::event::Event;
use crate::engine::question::Completeness;
use crate::engine::view::{ReviewItem, ReviewView};

/// The screen.
#[component]
pub fn Review(context: Context, view: ReviewView) -> impl IntoView {
    let text = context.text;
    let can_go_back = view.can_go_back;
    let items = view.items.into_iter().enumerate();
    let items = items
        .map(|(position, item)| view! { <li><Item context position item can_go_back/></li> })
        .collect_view();
    view! {
        {super::question::clock(context)}
        <h2 part="heading" tabindex="-1" data-focus="1">{text.review_heading}</h2>
        <p part="summary">{text.open(view.open)}</p>
        <ol part="palette">{items}</ol>
        <div part="actions">
            {button(text.back.to_owned(), "back", false, Box::new(move || context.send(Event::BackToQuestion)))}
            {button(text.submit.to_owned(), "submit", true, Box::new(move || context.send(Event::Submit)))}
        </div>
    }
}

/// One question in the list: number and state in words, so that colour is an extra.
#[component]
fn Item(context: Context, position: usize, item: ReviewItem, can_go_back: bool) -> impl IntoView {
    let text = context.text;
    let (state, word) = match item.completeness {
        Completeness::Complete => ("answered", text.answered),
        Completeness::Incomplete { .. } => ("incomplete", text.incomplete),
        Completeness::Unanswered => ("unanswered", text.unanswered),
    };
    let mut words = word.to_owned();
    if item.is_flagged {
        words.push_str(" · ");
        words.push_str(text.flagged);
    }
    // The number alone would not say what it counts; hidden words do, so that what is seen is part of what is heard.
    let name = text.number(text.question, position + 1);
    let number = (position + 1).to_string();
    let (before, after) = name.split_once(&number).unwrap_or((&name, ""));
    let (before, after) = (before.to_owned(), after.to_owned());
    view! {
        <button
            type="button"
            part="palette-item"
            data-position=position
            data-state=state
            data-flagged=item.is_flagged.then_some("")
            aria-current=item.is_current.then_some("step")
            disabled=!can_go_back && !item.is_current
            on:click=move |_| context.send(Event::GoTo(position))
        >
            <span part="palette-number">
                <span part="hidden">{before}</span>
                {number}
                <span part="hidden">{after}</span>
            </span>
            <span part="palette-state">{words}</span>
        </button>
    }
}
