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
mod export;
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
mod slices;
mod slot;
mod start;
pub mod text;

use std::rc::Rc;

use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{Element, HtmlElement, MouseEvent, ShadowRoot};

use crate::engine::event::{Event, Which};
use crate::engine::format::Problem;
use crate::engine::press::{Press as Pressed, Presses};
use crate::engine::session::Session;
use crate::engine::view::View;
use crate::shell::fetch::in_set;
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
    hands: StoredValue<Hands, LocalStorage>,
}

/// Where the reader is with their hands.
#[derive(Default)]
struct Hands {
    /// The selector of what should have the focus, until it is there.
    wanted: &'static str,
    presses: Presses,
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
            hands: StoredValue::new_local(Hands::default()),
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

    /// An address of the set as the page sees it.
    fn in_set(self, address: String) -> String {
        match self.section.try_get_untracked().flatten() {
            Some(section) => in_set(&section, &address),
            None => address,
        }
    }

    fn start(self, which: Which) {
        self.send(element::start(self.seed.get_value(), which));
    }

    /// Something else is now where the reader pressed.
    fn screen_changed(self) {
        let moment = window().performance().map_or(0.0, |clock| clock.now());
        self.hands
            .try_update_value(|hands| hands.presses.screen_changed(moment));
    }

    /// Lets nothing come of a press that is for the screen before.
    fn hold_back(self, event: &MouseEvent) {
        let press = Pressed {
            moment: event.time_stamp(),
            place: (event.client_x(), event.client_y()),
            count: event.detail(),
        };
        let is_taken = self
            .hands
            .try_update_value(|hands| hands.presses.takes(press));
        if is_taken == Some(false) {
            event.prevent_default();
            event.stop_immediate_propagation();
        }
    }

    /// Moves the focus to what a selector finds, now or as soon as it is drawn.
    fn want_focus(self, selector: &'static str) {
        self.hands.try_update_value(|hands| hands.wanted = selector);
        self.focus_if_wanted();
    }

    /// Moves the focus if it should be elsewhere; called whenever something was drawn.
    fn focus_if_wanted(self) {
        request_animation_frame(move || {
            let selector = self.hands.try_with_value(|hands| hands.wanted);
            let selector = selector.unwrap_or("");
            let section = self.section.try_get_untracked().flatten();
            if selector.is_empty() || is_busy_elsewhere(section.as_ref()) {
                return;
            }
            if let Some(found) =
                section.and_then(|section| section.query_selector(selector).ok().flatten())
            {
                self.hands.try_update_value(|hands| hands.wanted = "");
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
        context.screen_changed();
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
        <section
            part="quiz"
            lang=context.text.language
            node_ref=context.section
        >
            <div node_ref=banner.node()></div>
            <div node_ref=slot.node() inert=inert></div>
            <div node_ref=concerns.node() role="status"></div>
        </section>
    }
}

/// A text that changes while it is shown: for the element that it stands in.
///
/// It is written on the element. A page translator puts nodes of its own in place of ours, and what is written into one of
/// ours after that is seen by nobody. Boxed for the same reason as [`button`].
fn live<E>(text: Box<dyn Fn() -> String>) -> NodeRef<E>
where
    E: html::ElementType + 'static,
    E::Output: JsCast + Clone + 'static,
{
    let node = NodeRef::<E>::new();
    write_on(Box::new(move || Some(node.get()?.unchecked_into())), text);
    node
}

/// The same, for all kinds of elements.
fn write_on(node: Box<dyn Fn() -> Option<Element>>, text: Box<dyn Fn() -> String>) {
    Effect::new(move |before: Option<Option<String>>| {
        let text = text();
        let node = node()?;
        // What is the same stays as the translator has made it.
        if before.flatten().as_ref() != Some(&text) {
            node.set_text_content(Some(&text));
        }
        Some(text)
    });
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
