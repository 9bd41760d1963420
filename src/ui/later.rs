//! The screens that the first question does not need, in a chunk of their own.
//!
//! [`Later`] says which screen; [`show_later`] shows it once the chunk is there. The chunk is asked for as soon as a
//! question is on screen, so that the reader rarely waits. If it cannot be loaded, nothing of the sitting is lost: the
//! reader is told and can try again.

use leptos::prelude::*;
use wasm_split_helpers::{SplitLoaderError, wasm_split};
use web_sys::HtmlElement;

use super::question::marked::Marked;
use super::slot::{Held, Slot, hold};
use super::{Context, button};
use crate::engine::question::Interaction;
use crate::engine::view::{AnswerView, MarkedView, ResultsView, ReviewView};

/// A screen, or a part of one, that is drawn by the chunk.
#[derive(Clone, Debug)]
pub enum Later {
    /// How the question on screen was marked.
    Marked(MarkedView, Interaction),
    /// The clock is stopped.
    Paused,
    /// Before handing in.
    Review(ReviewView),
    /// The score.
    Results(ResultsView),
    /// Every question with its answers.
    Answers(Vec<AnswerView>),
}

/// The chunk could not be loaded. The loader has told the console why; the next call tries again.
#[derive(Clone, Copy, Debug)]
pub struct NotLoaded;

impl From<SplitLoaderError> for NotLoaded {
    fn from(_: SplitLoaderError) -> Self {
        Self
    }
}

/// The entry of the chunk. The macro makes it asynchronous, and it is the macro that can fail.
#[allow(
    clippy::unnecessary_wraps,
    reason = "the failure is the loading, which the macro puts in"
)]
#[wasm_split(screens, fallible, preload(load_screens))]
fn draw(context: Context, later: Later) -> Result<Box<dyn FnOnce(HtmlElement) -> Held>, NotLoaded> {
    Ok(Box::new(move |node| match later {
        Later::Marked(marked, interaction) => {
            hold(node, move || view! { <Marked context marked interaction/> })
        }
        Later::Paused => hold(node, move || view! { <super::paused::Paused context/> }),
        Later::Review(view) => hold(
            node,
            move || view! { <super::review::Review context view/> },
        ),
        Later::Results(view) => hold(
            node,
            move || view! { <super::results::Results context view/> },
        ),
        Later::Answers(answers) => hold(
            node,
            move || view! { <super::answers::Answers context answers/> },
        ),
    }))
}

/// Loads the chunk before it is needed.
pub fn preload() {
    leptos::task::spawn_local(async {
        // A failure here is no news: whoever needs the chunk asks again, and tells.
        let _ = load_screens().await;
    });
}

/// Shows a screen of the chunk in a place.
pub fn show_later(context: Context, slot: Slot, later: Later) {
    let turn = slot.take_turn();
    leptos::task::spawn_local(async move {
        let drawn = draw(context, later.clone()).await;
        // The reader may have gone on while the chunk was on its way.
        if !slot.is_turn(turn) {
            return;
        }
        match drawn {
            Ok(fill) => slot.put(fill),
            Err(NotLoaded) => {
                slot.put(|node| hold(node, move || view! { <Retry context place=slot later/> }));
            }
        }
        context.focus_if_wanted();
    });
}

/// That the chunk could not be loaded.
#[component]
fn Retry(context: Context, place: Slot, later: Later) -> impl IntoView {
    let load = button(
        context.text.load_again.to_owned(),
        "load",
        true,
        Box::new(move || show_later(context, place, later.clone())),
    );
    view! {
        <p part="notice" role="alert">{context.text.not_loaded}</p>
        <div part="actions">{load}</div>
    }
}
