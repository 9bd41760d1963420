//! The screens: views in, events out. No storage, no fetching, no arithmetic about quizzes.
//!
//! Nothing nested may be written as plain literals throughout: Leptos turns such parts into `innerHTML`, which pages with
//! Trusted Types forbid. Words come from the string table anyway.

mod answers;
mod failure;
mod prose;
mod question;
pub mod quiz;
mod results;
mod review;
mod start;
pub mod text;

use std::any::Any;
use std::rc::Rc;

use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, ShadowRoot};

use crate::engine::event::{Event, Which};
use crate::engine::format::Problem;
use crate::engine::view::View;
use crate::shell::{Runner, Signals, element};
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
    seed: StoredValue<Option<String>>,
    problems: StoredValue<Vec<Problem>>,
}

impl Context {
    /// The context of one widget; `problems` are those of questions that were left out.
    pub fn new(
        runner: Rc<Runner>,
        signals: Signals,
        language: &str,
        seed: Option<String>,
        problems: Vec<Problem>,
    ) -> Self {
        Self {
            runner: StoredValue::new_local(runner),
            signals,
            text: text::for_language(language),
            seed: StoredValue::new(seed),
            problems: StoredValue::new(problems),
        }
    }

    /// Sends an event.
    pub fn send(self, event: Event) {
        // A click can arrive after the widget is gone; then there is nobody to tell.
        if let Some(runner) = self.runner.try_get_value() {
            runner.dispatch(event);
        }
    }

    fn start(self, which: Which) {
        self.send(element::start(self.seed.get_value(), which));
    }
}

/// Screens in the page; dropping this takes them out and brings the fallback back.
pub struct Mounted {
    // Before the container: what is in it goes first.
    handle: Option<Box<dyn Any>>,
    container: Element,
    fallback: Option<HtmlElement>,
}

impl Drop for Mounted {
    fn drop(&mut self) {
        drop(self.handle.take());
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
    mount_into(root, fallback, move || {
        let signals = Signals {
            view: RwSignal::new(View::Paused),
            seconds_left: RwSignal::new(None),
            is_kept: RwSignal::new(true),
        };
        let context = build(signals);
        view! { <Screens context/> }.into_any()
    })
}

/// Mounts the reason why there is no quiz, above the fallback.
pub fn mount_failure(root: &ShadowRoot, language: &str, problems: Vec<Problem>) -> Mounted {
    if let Some(fallback) = fallback(root) {
        // No longer on its way.
        let _ = fallback.remove_attribute("aria-busy");
    }
    let text = text::for_language(language);
    mount_into(root, None, move || view! { <failure::Failure text problems/> }.into_any())
}

fn fallback(root: &ShadowRoot) -> Option<HtmlElement> {
    root.query_selector("[part~=fallback]").ok().flatten()?.dyn_into().ok()
}

fn mount_into(root: &ShadowRoot, fallback: Option<HtmlElement>, screens: impl FnOnce() -> AnyView + 'static) -> Mounted {
    let container = document().create_element("div").ok();
    let container: HtmlElement = container.unwrap_or_else(|| root.host()).unchecked_into();
    if says_nothing_about_colours(&root.host()) {
        let _ = container.set_attribute("data-scheme", "system");
    }
    // Fails only where the root cannot have children.
    let _ = root.insert_before(&container, root.first_child().as_ref());
    let handle = leptos::mount::mount_to(container.clone(), screens);
    Mounted {
        handle: Some(Box::new(handle)),
        container: container.into(),
        fallback,
    }
}

/// Whether the page leaves the colour scheme open; then the system's preference decides (contract, `theme`).
fn says_nothing_about_colours(host: &Element) -> bool {
    let style = window().get_computed_style(host).ok().flatten();
    style.and_then(|style| style.get_property_value("color-scheme").ok()).is_none_or(|scheme| scheme == "normal")
}

/// Which screen, as far as it is drawn anew: within one key, only parts change.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Screen {
    Start,
    Question(usize),
    Paused,
    Review,
    Results,
    Answers,
}

impl Screen {
    const fn of(view: &View) -> Self {
        match view {
            View::Start(_) => Self::Start,
            View::Question(view) => Self::Question(view.position),
            View::Paused => Self::Paused,
            View::Review(_) => Self::Review,
            View::Results(_) => Self::Results,
            View::Answers(_) => Self::Answers,
        }
    }

    const fn word(self) -> &'static str {
        match self {
            Self::Start => "start",
            Self::Question(_) => "question",
            Self::Paused => "paused",
            Self::Review => "review",
            Self::Results => "results",
            Self::Answers => "answers",
        }
    }
}

/// The screen of the moment, and the notices below it.
#[component]
fn Screens(context: Context) -> impl IntoView {
    let view = context.signals.view;
    let screen = Memo::new(move |_| view.with(Screen::of));
    let section = NodeRef::<html::Section>::new();
    // A reader who pressed a button goes on where the new screen begins. Not at the first screen: nobody asked for it yet.
    Effect::new(move |before: Option<Screen>| {
        let now = screen.get();
        if before.is_some_and(|before| before != now) {
            focus(move || section.get_untracked()?.query_selector("[data-focus]").ok()?);
        }
        now
    });
    view! {
        <section part="quiz" lang=context.text.language node_ref=section data-screen=move || screen.get().word()>
            {move || {
                // Which screen is tracked; what is on it is not.
                let screen = screen.get();
                view.with_untracked(|view| match (screen, view) {
                    (_, View::Start(view)) => view! { <start::Start context view=view.clone()/> }.into_any(),
                    (_, View::Question(view)) => view! { <question::Question context view=view.clone()/> }.into_any(),
                    (_, View::Paused) => view! { <question::Paused context/> }.into_any(),
                    (_, View::Review(view)) => view! { <review::Review context view=view.clone()/> }.into_any(),
                    (_, View::Results(view)) => view! { <results::Results context view=view.clone()/> }.into_any(),
                    (_, View::Answers(view)) => view! { <answers::Answers context answers=view.clone()/> }.into_any(),
                })
            }}
            {move || (!context.signals.is_kept.get()).then(|| view! { <p part="notice" role="status">{context.text.not_kept}</p> })}
        </section>
    }
}

/// Moves the focus to an element, once it is drawn.
fn focus(find: impl Fn() -> Option<Element> + 'static) {
    request_animation_frame(move || {
        if let Some(element) = find() {
            // The element exists; focusing cannot fail.
            let _ = element.unchecked_into::<HtmlElement>().focus();
        }
    });
}

/// A button that sends an event.
#[component]
fn Button(
    /// What it says.
    label: String,
    /// Its `data-action`, which tests and styles can rely on.
    action: &'static str,
    /// Whether it is the one most readers want.
    #[prop(optional)]
    is_primary: bool,
    /// What happens.
    on_press: impl Fn() + 'static,
) -> impl IntoView {
    let part = if is_primary { "button button-primary" } else { "button" };
    view! {
        <button type="button" part=part data-action=action on:click=move |_| on_press()>{label}</button>
    }
}
