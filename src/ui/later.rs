//! The screens that the first question does not need, in chunks of their own.
//!
//! [`Later`] says which screen; [`show_later`] shows it once its chunk is there. The chunk of the screens is asked for as
//! soon as a question is on screen, so that the reader rarely waits. If it cannot be loaded, nothing of the sitting is
//! lost: the reader is told and can try again.

use leptos::prelude::*;
use wasm_split_helpers::wasm_split;
use web_sys::HtmlElement;

use super::question::marked::Marked;
use super::question::{clear, parts};
use super::slot::{Held, Slot, hold};
use super::{Context, button, text};
use crate::engine::question::Interaction;
use crate::engine::question::parts::Parts;
use crate::engine::set::Prose;
use crate::engine::view::MarkedView;
use crate::shell::chunk::{self, NotLoaded};
use crate::shell::sheet;

/// A screen, or a part of one, that is drawn by a chunk.
#[derive(Clone, Debug)]
pub enum Later {
    /// How the question on screen was marked.
    Marked(MarkedView, Interaction),
    /// Taking a single choice back.
    Clear,
    /// That some questions were left out.
    LeftOut,
    /// The case that a question is about.
    Case(Prose),
    /// The note and the palette below a question.
    Aside,
    /// That the sitting goes on in another page.
    Elsewhere,
    /// What to know of how answers are kept.
    Concerns,
    /// The clock is stopped.
    Paused,
    /// Before handing in.
    Review,
    /// The score.
    Results,
    /// Every question with its answers.
    Answers,
    /// All attempts.
    History,
    /// Places to fill; the id of the prompt, and whether the answer stays as it is.
    Open(Parts, String, bool),
    /// Places once they are marked.
    MarkedParts(Parts),
}

type Fill = Box<dyn FnOnce(HtmlElement) -> Held>;

impl Context {
    /// The words of the later screens. Must be reached from their chunk only.
    pub fn later(self) -> &'static text::Later {
        text::later(self.text.language)
    }
}

/// The entry of the chunk of screens. The macro makes it asynchronous, and it is the macro that can fail.
#[allow(
    clippy::unnecessary_wraps,
    reason = "the failure is the loading, which the macro puts in"
)]
#[wasm_split(screens, fallible, preload(load_screens))]
fn draw(context: Context, later: Later) -> Result<Fill, NotLoaded> {
    Ok(Box::new(move |node| {
        sheet::adopt_around(&node, include_str!("later.css"));
        match later {
            Later::Marked(marked, interaction) => {
                hold(node, move || view! { <Marked context marked interaction/> })
            }
            Later::Clear => hold(node.clone(), move || clear::clear(context, &node)),
            Later::LeftOut => hold(node, move || view! { <super::failure::LeftOut context/> }),
            Later::Case(prose) => hold(node, move || view! { <super::aside::Case context prose/> }),
            Later::Aside => hold(node, move || view! { <super::aside::Aside context/> }),
            Later::Elsewhere => hold(node, move || view! { <super::keeping::Elsewhere context/> }),
            Later::Concerns => hold(node, move || view! { <super::keeping::Concerns context/> }),
            Later::Paused => hold(node, move || view! { <super::paused::Paused context/> }),
            Later::Review => hold(node, move || view! { <super::review::Review context/> }),
            Later::Results => hold(node, move || view! { <super::results::Results context/> }),
            Later::Answers => hold(node, move || view! { <super::answers::Answers context/> }),
            // The other chunk's.
            Later::History | Later::Open(..) | Later::MarkedParts(_) => {
                hold(node, move || view! { <super::history::History context/> })
            }
        }
    }))
}

/// The entry of the chunk of the exam kit, on the side of the screens: the rarer question types.
#[allow(
    clippy::unnecessary_wraps,
    reason = "the failure is the loading, which the macro puts in"
)]
#[wasm_split(exam, fallible)]
fn draw_parts(context: Context, later: Later) -> Result<Fill, NotLoaded> {
    Ok(Box::new(move |node| {
        sheet::adopt_around(&node, parts::STYLE);
        match later {
            Later::Open(view, prompt, is_late) => {
                parts::mount_open(node, context, (*view).clone(), prompt, is_late)
            }
            Later::MarkedParts(view) => parts::mount_marked(node, context, (*view).clone()),
            _ => Box::new(()),
        }
    }))
}

/// Loads the chunk of screens before it is needed.
pub fn preload() {
    leptos::task::spawn_local(async {
        // A failure here is no news: whoever needs the chunk asks again, and tells.
        let _ = load_screens().await;
    });
}

/// Shows a screen of a chunk in a place.
pub fn show_later(context: Context, slot: Slot, later: Later) {
    let turn = slot.take_turn();
    // These come below what the reader presses, and while they go on pressing.
    let is_beside = matches!(later, Later::Aside | Later::Concerns);
    leptos::task::spawn_local(async move {
        let drawn = match &later {
            Later::Open(..) | Later::MarkedParts(_) => draw_parts(context, later.clone()).await,
            _ => draw(context, later.clone()).await,
        };
        // The reader may have gone on while the chunk was on its way.
        if !slot.is_turn(turn) {
            return;
        }
        match drawn {
            Ok(fill) => slot.put(fill),
            // Whoever cannot do without the chunk asks again, and tells.
            Err(NotLoaded) if matches!(later, Later::Clear) => {}
            Err(NotLoaded) => {
                slot.put(|node| hold(node, move || view! { <Retry context place=slot later/> }));
            }
        }
        if !is_beside {
            context.screen_changed();
        }
        context.focus_if_wanted();
    });
}

/// That the chunk could not be loaded.
#[component]
fn Retry(context: Context, place: Slot, later: Later) -> impl IntoView {
    let is_other = chunk::is_of_another_release();
    let press = move || {
        if is_other {
            // Only the whole page can be of one release again. What cannot be reloaded stays as it is.
            let _ = window().location().reload();
        } else {
            show_later(context, place, later.clone());
        }
    };
    let text = context.text;
    let load = button(text.load_again.to_owned(), "load", true, Box::new(press));
    let said = if is_other {
        text.other_release
    } else {
        text.not_loaded
    };
    view! {
        <p part="notice" role="alert">{said}</p>
        <div part="actions">{load}</div>
    }
}
