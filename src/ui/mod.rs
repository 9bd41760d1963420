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
mod failure;
mod history;
mod keeping;
mod later;
mod paused;
mod print;
mod prose;
mod question;
pub mod quiz;
mod results;
mod review;
mod slot;
mod start;
pub mod text;

use std::rc::Rc;

use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, ShadowRoot};

use crate::engine::event::{Event, Which};
use crate::engine::format::Problem;
use crate::engine::session::Session;
use crate::engine::view::View;
use crate::shell::{Runner, Signals, element};
use later::{Later, show_later};
use slot::{Held, Slot, hold};
use text::Strings;

/// The style sheet that the shadow root adopts.
pub const STYLE: &str = include_str!("style.css");

/// What every screen needs; cheap to copy.
#[derive(Clone, Copy)]
pub struct Context {
    runner: StoredValue<Rc<Runner>, LocalStorage>,
    /// What the screens read.
    pub signals: Signals,
    /// The words.
    pub text: &'static Strings,
    seed: StoredValue<Option<String>, LocalStorage>,
    problems: StoredValue<Vec<Problem>, LocalStorage>,
    /// Whether texts are missing in the reader's language.
    has_gaps: bool,
    /// Whether the reader does not want to see the countdown.
    hides_time: RwSignal<bool, LocalStorage>,
    section: NodeRef<html::Section>,
    /// The selector of what should have the focus, until it is there.
    wanted: RwSignal<&'static str, LocalStorage>,
}

impl Context {
    /// The context of one widget; `problems` are those of questions that were left out, `has_gaps` says whether texts are
    /// missing in the reader's language.
    pub fn new(
        runner: Rc<Runner>,
        signals: Signals,
        language: &str,
        seed: Option<String>,
        problems: Vec<Problem>,
        has_gaps: bool,
    ) -> Self {
        Self {
            runner: StoredValue::new_local(runner),
            signals,
            text: text::for_language(language),
            seed: StoredValue::new_local(seed),
            problems: StoredValue::new_local(problems),
            has_gaps,
            hides_time: RwSignal::new_local(false),
            section: NodeRef::new(),
            wanted: RwSignal::new_local(""),
        }
    }

    /// Sends an event.
    pub fn send(self, event: Event) {
        // A click can arrive after the widget is gone; then there is nobody to tell.
        if let Some(runner) = self.runner.try_get_value() {
            runner.dispatch(event);
        }
    }

    /// What a screen of a later chunk asks the session for, in the reader's language.
    fn look<T>(self, question: impl FnOnce(&Session, &str) -> T) -> Option<T> {
        let runner = self.runner.try_get_value()?;
        Some(runner.look(|session| question(session, runner.language())))
    }

    /// Whether anything is kept beyond the page.
    fn is_kept(self) -> bool {
        let runner = self.runner.try_get_value();
        runner.is_some_and(|runner| runner.is_kept())
    }

    fn start(self, which: Which) {
        self.send(element::start(self.seed.get_value(), which));
    }

    /// Moves the focus to what a selector finds, now or as soon as it is drawn.
    fn want_focus(self, selector: &'static str) {
        self.wanted.set(selector);
        self.focus_if_wanted();
    }

    /// Moves the focus if it should be elsewhere; called whenever something was drawn.
    fn focus_if_wanted(self) {
        request_animation_frame(move || {
            let selector = self.wanted.try_get_untracked().unwrap_or("");
            let section = self.section.try_get_untracked().flatten();
            if selector.is_empty() || is_busy_elsewhere(section.as_ref()) {
                return;
            }
            if let Some(found) =
                section.and_then(|section| section.query_selector(selector).ok().flatten())
            {
                self.wanted.set("");
                // The element exists; focusing cannot fail.
                let _ = found.unchecked_into::<HtmlElement>().focus();
            }
        });
    }
}

/// Whether the reader is doing something else on the page, such as writing a comment: time that runs out must not pull
/// them away.
fn is_busy_elsewhere(section: Option<&web_sys::HtmlElement>) -> bool {
    let Some(active) = document().active_element() else {
        return false;
    };
    let root = section.and_then(|section| section.get_root_node().dyn_into::<ShadowRoot>().ok());
    active.tag_name() != "BODY" && root.is_some_and(|root| !active.contains(Some(&root.host())))
}

/// Screens in the page; dropping this takes them out and brings the fallback back.
pub struct Mounted {
    // Before the container: what is in it goes first.
    held: Option<Held>,
    container: Element,
    fallback: Option<HtmlElement>,
}

impl Drop for Mounted {
    fn drop(&mut self) {
        drop(self.held.take());
        self.container.remove();
        if let Some(fallback) = &self.fallback {
            fallback.set_hidden(false);
        }
    }
}

/// Mounts the screens in place of the fallback.
pub fn mount(root: &ShadowRoot, build: impl FnOnce(Signals) -> Context + 'static) -> Mounted {
    let fallback = fallback(root);
    if let Some(fallback) = &fallback {
        fallback.set_hidden(true);
    }
    let container = container(root);
    let held = hold(container.clone(), move || {
        let signals = Signals {
            view: RwSignal::new_local(View::Paused),
            seconds_left: RwSignal::new_local(None),
            concerns: RwSignal::new_local(Vec::new()),
            is_saved: RwSignal::new_local(None),
            is_elsewhere: RwSignal::new_local(false),
            is_text_ready: RwSignal::new_local(true),
        };
        let context = build(signals);
        view! { <Screens context/> }
    });
    Mounted {
        held: Some(held),
        container: container.into(),
        fallback,
    }
}

/// Mounts the reason why there is no quiz, above the fallback.
pub fn mount_failure(root: &ShadowRoot, language: &str, problems: Vec<Problem>) -> Mounted {
    if let Some(fallback) = fallback(root) {
        // Nothing is on its way any more that room would have to be kept for.
        let _ = fallback.set_attribute("part", "fallback failed");
    }
    let text = text::for_language(language);
    let container = container(root);
    let held = hold(
        container.clone(),
        move || view! { <failure::Failure text problems/> },
    );
    Mounted {
        held: Some(held),
        container: container.into(),
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

/// A new box at the top of the shadow root.
fn container(root: &ShadowRoot) -> HtmlElement {
    let container: HtmlElement = document()
        .create_element("div")
        .unwrap_or_else(|_| root.host())
        .unchecked_into();
    if says_nothing_about_colours(&root.host()) {
        let _ = container.set_attribute("data-scheme", "system");
    }
    // Fails only where the root cannot have children.
    let _ = root.insert_before(&container, root.first_child().as_ref());
    container
}

/// Whether the page leaves the colour scheme open; then the system's preference decides (contract, `theme`).
///
/// A page says it in CSS or in a `meta` element, and the computed value knows only of the first.
fn says_nothing_about_colours(host: &Element) -> bool {
    let style = window().get_computed_style(host).ok().flatten();
    let scheme = style.and_then(|style| style.get_property_value("color-scheme").ok());
    let meta = document()
        .query_selector("meta[name=color-scheme]")
        .ok()
        .flatten();
    scheme.is_none_or(|scheme| scheme == "normal") && meta.is_none()
}

/// Which screen, as far as it is drawn anew; within one, only parts change.
#[derive(Clone, Default, PartialEq, Eq)]
struct Screen {
    word: &'static str,
    /// Tells questions apart.
    position: usize,
    /// Tells sittings apart.
    attempt: String,
    /// Tells apart what another page made of one.
    turn: u32,
}

fn screen_of(view: &View) -> Screen {
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
    Screen {
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
    Effect::new(move |before: Option<Screen>| {
        let view = context.signals.view.get();
        let screen = screen_of(&view);
        let waits = matches!(view, View::Question(_)) && !context.signals.is_text_ready.get();
        if before.as_ref() == Some(&screen) || waits {
            return before.unwrap_or_default();
        }
        // Set here rather than bound, so that it changes together with what is shown.
        if let Some(section) = context.section.get_untracked() {
            let _ = section.set_attribute("data-screen", screen.word);
        }
        match view {
            View::Start(view) => {
                slot.put(|node| hold(node, move || view! { <start::Start context view/> }));
            }
            View::Question(view) => {
                slot.put(|node| hold(node, move || view! { <question::Question context view/> }));
            }
            View::Paused => show_later(context, slot, Later::Paused),
            View::Review(_) => show_later(context, slot, Later::Review),
            View::Results(_) => show_later(context, slot, Later::Results),
            View::Answers(_) => show_later(context, slot, Later::Answers),
            View::History(_) => show_later(context, slot, Later::History),
        }
        // A reader who pressed a button goes on where the new screen begins. Not at the first screen: nobody asked for it.
        if before.is_some_and(|before| before != Screen::default()) {
            context.want_focus("[data-focus]");
        }
        screen
    });
    let (banner, concerns) = (Slot::new(), Slot::new());
    Effect::new(move |before: Option<bool>| {
        let is_elsewhere = context.signals.is_elsewhere.get();
        if is_elsewhere {
            show_later(context, banner, Later::Elsewhere);
        } else if before == Some(true) {
            banner.put(|_| Box::new(()));
        }
        is_elsewhere
    });
    Effect::new(move |before: Option<bool>| {
        let has_concerns = !context.signals.concerns.with(Vec::is_empty);
        if has_concerns {
            show_later(context, concerns, Later::Concerns);
        } else if before == Some(true) {
            concerns.put(|_| Box::new(()));
        }
        has_concerns
    });
    // What is only shown cannot be changed, not even for a moment.
    let inert = move || context.signals.is_elsewhere.get();
    view! {
        <section part="quiz" lang=context.text.language node_ref=context.section>
            <div node_ref=banner.node()></div>
            <div node_ref=slot.node() inert=inert></div>
            <div node_ref=concerns.node() role="status"></div>
        </section>
    }
}

/// What a button does.
type Press = Box<dyn Fn()>;

/// A button that is pressed or not, such as the flag. Boxed for the same reason as [`button`].
fn toggle(
    part: &'static str,
    label: &'static str,
    action: &'static str,
    name: Option<String>,
    is_on: Box<dyn Fn() -> bool + Send + Sync>,
    press: Press,
) -> impl IntoView {
    let pressed = move || if is_on() { "true" } else { "false" };
    view! {
        <button type="button" part=part data-action=action aria-label=name aria-pressed=pressed on:click=move |_| press()>{label}</button>
    }
}

/// A button. The press is boxed, so that all buttons are of one type and paid for once.
fn button(label: String, action: &'static str, is_primary: bool, press: Press) -> impl IntoView {
    let part = if is_primary {
        "button button-primary"
    } else {
        "button"
    };
    view! {
        <button type="button" part=part data-action=action on:click=move |_| press()>{label}</button>
    }
}
