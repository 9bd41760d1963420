//! The chunks of the screens, and the one place that names all that is drawn by them.
//!
//! The chunk of the screens is asked for as soon as a question is on screen, so that the reader rarely waits. If one cannot be
//! loaded, nothing of the sitting is lost: the reader is told and can try again.

use core::cell::RefCell;

use leptos::prelude::*;
use wasm_split_helpers::wasm_split;
use web_sys::HtmlElement;

use super::context::{Context, Loader};
use super::controls::button;
use super::deferred::{Deferred, Places, Screen};
use super::question::marked::Marked;
use super::question::{clear, places};
use super::slot::{Held, Slot, hold};
use crate::shell::chunk::{self, NotLoaded};
use crate::shell::sheet;

/// What loads them.
pub const LOADER: Loader = Loader { show, preload };

/// How a chunk draws what it knows.
type Draw<T> = fn(Context, T, HtmlElement) -> Held;

/// The chunk of screens. The macro makes this asynchronous, and it is the macro that can fail.
#[allow(
    clippy::unnecessary_wraps,
    reason = "the failure is the loading, which the macro puts in"
)]
#[wasm_split(screens, fallible, preload(load_screens))]
fn screens() -> Result<Draw<Screen>, NotLoaded> {
    Ok(draw_screen)
}

/// Must be reached from its chunk only.
fn draw_screen(context: Context, screen: Screen, node: HtmlElement) -> Held {
    sheet::adopt_around(&node, include_str!("later.css"));
    match screen {
        Screen::Marked(marked, interaction) => {
            hold(node, move || view! { <Marked context marked interaction/> })
        }
        Screen::Clear => hold(node.clone(), move || clear::clear(context, &node)),
        Screen::LeftOut => hold(node, move || view! { <super::failure::LeftOut context/> }),
        Screen::Case(prose) => hold(node, move || view! { <super::aside::Case context prose/> }),
        Screen::Aside => hold(node, move || view! { <super::aside::Aside context/> }),
        Screen::Elsewhere => hold(node, move || view! { <super::keeping::Elsewhere context/> }),
        Screen::Concerns => hold(node, move || view! { <super::keeping::Concerns context/> }),
        Screen::Paused => hold(node, move || view! { <super::paused::Paused context/> }),
        Screen::Review => hold(node, move || view! { <super::review::Review context/> }),
        Screen::Results => hold(node, move || view! { <super::results::Results context/> }),
        Screen::Answers => hold(node, move || view! { <super::answers::Answers context/> }),
        Screen::History => hold(node, move || view! { <super::history::History context/> }),
    }
}

/// The chunk of the exam kit, on the side of the screens: the rarer question types.
#[allow(
    clippy::unnecessary_wraps,
    reason = "the failure is the loading, which the macro puts in"
)]
#[wasm_split(exam, fallible)]
fn exam() -> Result<Draw<Places>, NotLoaded> {
    Ok(draw_places)
}

/// Must be reached from its chunk only.
fn draw_places(context: Context, places: Places, node: HtmlElement) -> Held {
    sheet::adopt_around(&node, places::STYLE);
    match places {
        Places::Open(view, prompt, is_late) => {
            places::mount_open(node, context, (*view).clone(), prompt, is_late)
        }
        Places::Marked(view) => places::mount_marked(node, context, (*view).clone()),
    }
}

/// Loads the chunk of screens before it is needed.
fn preload() {
    leptos::task::spawn_local(async {
        // A failure here is no news: whoever needs the chunk asks again, and tells.
        let _ = load_screens().await;
    });
}

type Fill = Box<dyn FnOnce(HtmlElement) -> Held>;

/// A chunk that is there.
enum Loaded {
    Screens(Draw<Screen>),
    Exam(Draw<Places>),
}

/// Shows a screen of a chunk in a place.
fn show(context: Context, slot: Slot, deferred: Deferred) {
    let turn = slot.take_turn();
    // These come below what the reader presses, and while they go on pressing.
    let is_beside = matches!(deferred, Deferred::Screen(Screen::Aside | Screen::Concerns));
    leptos::task::spawn_local(async move {
        let loaded = match &deferred {
            Deferred::Screen(_) => screens().await.map(Loaded::Screens),
            Deferred::Places(_) => exam().await.map(Loaded::Exam),
        };
        // The reader may have gone on while the chunk was on its way.
        if !slot.is_turn(turn) {
            return;
        }
        let fill: Fill = match (loaded, deferred) {
            (Ok(Loaded::Screens(draw)), Deferred::Screen(screen)) => {
                Box::new(move |node| draw(context, screen, node))
            }
            (Ok(Loaded::Exam(draw)), Deferred::Places(places)) => {
                Box::new(move |node| draw(context, places, node))
            }
            // Whoever cannot do without the chunk asks again, and tells.
            (_, Deferred::Screen(Screen::Clear)) => return,
            (_, deferred) => Box::new(move |node| {
                hold(node, move || view! { <Retry context place=slot deferred/> })
            }),
        };
        slot.put(fill);
        if !is_beside {
            context.screen_changed();
        }
        context.focus_if_wanted();
    });
}

/// That the chunk could not be loaded.
#[component]
fn Retry(context: Context, place: Slot, deferred: Deferred) -> impl IntoView {
    let is_other = chunk::is_of_another_release();
    // Pressed once: something else is here then.
    let deferred = RefCell::new(Some(deferred));
    let press = move || {
        if is_other {
            // Only the whole page can be of one release again. What cannot be reloaded stays as it is.
            let _ = window().location().reload();
        } else if let Some(deferred) = deferred.take() {
            show(context, place, deferred);
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
