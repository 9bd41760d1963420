//! The screen of a stopped clock.

use leptos::prelude::*;

use super::context::Context;
use super::controls::button;
use crate::engine::event::Event;

/// The screen.
#[component]
pub fn Paused(context: Context) -> impl IntoView {
    let text = context.later();
    view! {
        <h2 part="heading" tabindex="-1" data-focus="1">{text.paused}</h2>
        <p>{text.paused_body}</p>
        <div part="actions">
            {button(text.resume.to_owned(), "resume", true, Box::new(move || context.send(Event::Resume)))}
        </div>
    }
}
