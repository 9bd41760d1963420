//! The screens: views in, events out. No storage, no fetching, no arithmetic about quizzes.
//!
//! A screen is mounted whole and taken out whole ([`Slot`]); within it only a few texts and attributes are reactive. What
//! Leptos would need to turn one screen into another (its `rebuild`) would cost the reader more than all screens together,
//! so closures that give elements (`{move || view! { … }}`) are not used here.
//!
//! Nothing nested may be written as plain literals throughout: Leptos turns such parts into `innerHTML`, which pages with
//! Trusted Types forbid. Words come from the string table anyway.

mod answers;
mod aside;
mod chunks;
mod context;
mod controls;
mod deferred;
mod deleting;
mod export;
mod failure;
mod history;
mod keeping;
mod paused;
mod print;
mod prose;
mod question;
mod results;
mod review;
mod slices;
mod slot;
mod start;
pub mod text;

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{Element, HtmlElement, ShadowRoot};

use crate::engine::format::Problem;
use crate::engine::view::View;
use crate::shell::Signals;
pub use chunks::LOADER;
pub use context::Context;
use deferred::Screen;
use slot::{Held, Slot, hold};

/// The style sheet that the shadow root adopts.
pub const STYLE: &str = include_str!("style.css");

/// Screens in the page; dropping this takes them out and brings the fallback back.
pub struct Mounted {
    // Before the frame: what is in it goes first.
    held: Option<Held>,
    frame: HtmlElement,
    fallback: Option<HtmlElement>,
}

impl Drop for Mounted {
    fn drop(&mut self) {
        drop(self.held.take());
        self.frame.remove();
        if let Some(fallback) = &self.fallback {
            fallback.set_hidden(false);
        }
    }
}

/// Mounts the screens in place of the fallback. `base` is what the addresses in the set are relative to.
pub fn mount(
    root: &ShadowRoot,
    base: &str,
    build: impl FnOnce(Signals) -> Context + 'static,
) -> Mounted {
    let fallback = fallback(root);
    if let Some(fallback) = &fallback {
        fallback.set_hidden(true);
    }
    let [frame, place] = frame(root);
    let _ = frame.set_attribute("data-base", base);
    let guarded = place.clone();
    let held = hold(place, move || {
        let signals = Signals {
            view: RwSignal::new_local(View::Paused),
            seconds_left: RwSignal::new_local(None),
            concerns: RwSignal::new_local(Vec::new()),
            is_saved: RwSignal::new_local(None),
            is_elsewhere: RwSignal::new_local(false),
            is_text_ready: RwSignal::new_local(true),
        };
        let context = build(signals);
        guard(context, &guarded);
        view! { <Screens context/> }
    });
    Mounted {
        held: Some(held),
        frame,
        fallback,
    }
}

/// Looks at each press before anything on the screens does. A press of the mouse moves the focus, a click does the rest.
fn guard(context: Context, place: &HtmlElement) {
    let look = Closure::<dyn FnMut(web_sys::Event)>::new(move |event: web_sys::Event| {
        context.hold_back(event.unchecked_ref());
    });
    for name in ["mousedown", "click"] {
        // Fails only for a name that is no string.
        let _ = place.add_event_listener_with_callback_and_bool(
            name,
            look.as_ref().unchecked_ref(),
            true,
        );
    }
    // It lives as long as the screens; the place goes with them.
    StoredValue::new_local(look);
}

/// Mounts the reason why there is no quiz, above the fallback.
pub fn mount_failure(root: &ShadowRoot, language: &str, problems: Vec<Problem>) -> Mounted {
    if let Some(fallback) = fallback(root) {
        // Nothing is on its way any more that room would have to be kept for.
        let _ = fallback.set_attribute("part", "fallback failed");
    }
    let text = text::for_language(language);
    let [frame, place] = frame(root);
    let held = hold(place, move || view! { <failure::Failure text problems/> });
    Mounted {
        held: Some(held),
        frame,
        fallback: None,
    }
}

fn fallback(root: &ShadowRoot) -> Option<HtmlElement> {
    root.query_selector("[part~=fallback]")
        .ok()
        .flatten()?
        .dyn_into()
        .ok()
}

/// A new frame at the top of the shadow root, and the box in it: two, so that the quiz is as wide as its place whatever the
/// page asks it (`style.css`). Gives both.
fn frame(root: &ShadowRoot) -> [HtmlElement; 2] {
    let [frame, place] = [(); 2].map(|()| {
        let made = document().create_element("div");
        made.unwrap_or_else(|_| root.host())
            .unchecked_into::<HtmlElement>()
    });
    for (name, value) in [
        ("data-frame", ""),
        ("data-scheme", &scheme(&root.host())),
        // Of our own words; each text of the author says its own.
        ("dir", "ltr"),
    ] {
        // The names are names.
        let _ = frame.set_attribute(name, value);
    }
    // Fails only where the root cannot have children.
    let _ = frame.append_child(&place);
    let _ = root.insert_before(&frame, root.first_child().as_ref());
    [frame, place]
}

/// What the page says about colour schemes, as CSS writes it: `normal` if it leaves them open. Then the system's preference
/// decides (README, `theme`).
///
/// A page says it in CSS or in a `meta` element, and the computed value knows only of the first.
fn scheme(host: &Element) -> String {
    let style = window().get_computed_style(host).ok().flatten();
    let scheme = style.and_then(|style| style.get_property_value("color-scheme").ok());
    let scheme = scheme.filter(|scheme| scheme != "normal");
    scheme
        .or_else(|| {
            let meta = document().query_selector("meta[name=color-scheme]").ok()?;
            meta?.get_attribute("content")
        })
        .unwrap_or_else(|| "normal".to_owned())
}

/// Which screen, as far as it is drawn anew; within one, only parts change.
#[derive(Clone, Default, PartialEq, Eq)]
struct Drawn {
    word: &'static str,
    /// Tells questions apart.
    position: usize,
    /// Tells sittings apart.
    attempt: String,
    /// Tells apart what another page made of one.
    turn: u32,
}

fn screen_of(view: &View) -> Drawn {
    let turn = match view {
        View::Question(view) => view.turn,
        _ => 0,
    };
    let (word, position, attempt) = match view {
        View::Start(_) => ("start", 0, ""),
        View::Question(view) => ("question", view.position, view.attempt.as_str()),
        View::Paused => ("paused", 0, ""),
        View::Review(attempt) => ("review", 0, attempt.as_str()),
        View::Results(attempt) => ("results", 0, attempt.as_str()),
        View::Answers(attempt) => ("answers", 0, attempt.as_str()),
        View::History(turn) => ("history", *turn as usize, ""),
    };
    Drawn {
        word,
        position,
        attempt: attempt.to_owned(),
        turn,
    }
}

/// The screen of the moment, and the notices below it.
#[component]
fn Screens(context: Context) -> impl IntoView {
    let slot = Slot::new();
    Effect::new(move |before: Option<Drawn>| {
        let view = context.signals.view.get();
        let screen = screen_of(&view);
        let waits = matches!(view, View::Question(_)) && !context.signals.is_text_ready.get();
        if before.as_ref() == Some(&screen) || waits {
            return before.unwrap_or_default();
        }
        // Set here rather than bound, so that it changes together with what is shown.
        if let Some(section) = context.section() {
            let _ = section.set_attribute("data-screen", screen.word);
        }
        match view {
            View::Start(view) => {
                slot.put(|node| hold(node, move || view! { <start::Start context view/> }));
            }
            View::Question(view) => {
                slot.put(|node| hold(node, move || view! { <question::Question context view/> }));
            }
            View::Paused => context.show(slot, Screen::Paused),
            View::Review(_) => context.show(slot, Screen::Review),
            View::Results(_) => context.show(slot, Screen::Results),
            View::Answers(_) => context.show(slot, Screen::Answers),
            View::History(_) => context.show(slot, Screen::History),
        }
        context.screen_changed();
        // A reader who pressed a button goes on where the new screen begins. Not at the first screen: nobody asked for it.
        if before.is_some_and(|before| before != Drawn::default()) {
            context.want_focus("[data-focus]");
        }
        screen
    });
    let (banner, concerns) = (Slot::new(), Slot::new());
    Effect::new(move |before: Option<bool>| {
        let is_elsewhere = context.signals.is_elsewhere.get();
        if is_elsewhere {
            context.show(banner, Screen::Elsewhere);
        } else if before == Some(true) {
            banner.put(|_| Box::new(()));
        }
        is_elsewhere
    });
    Effect::new(move |before: Option<bool>| {
        let has_concerns = !context.signals.concerns.with(Vec::is_empty);
        if has_concerns {
            context.show(concerns, Screen::Concerns);
        } else if before == Some(true) {
            concerns.put(|_| Box::new(()));
        }
        has_concerns
    });
    // What is only shown cannot be changed, not even for a moment.
    let inert = move || context.signals.is_elsewhere.get();
    view! {
        <section
            part="quiz"
            lang=context.text.language
            node_ref=context.section_node()
        >
            <div node_ref=banner.node()></div>
            <div node_ref=slot.node() inert=inert></div>
            <div node_ref=concerns.node() role="status"></div>
        </section>
    }
}
