//! What every screen needs: the runner, what it shows, the words, and where the reader is.

use core::cell::{Cell, RefCell};
use std::rc::Rc;

use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, MouseEvent, ShadowRoot};

use super::deferred::Deferred;
use super::slot::Slot;
use super::text::{self, Strings};
use crate::engine::event::{Event, Which};
use crate::engine::format::Problem;
use crate::engine::press::{Press as Pressed, Presses};
use crate::engine::session::Session;
use crate::shell::fetch::in_set;
use crate::shell::{self, Runner, Signals};

/// Loads chunks. Whoever names all screens hands this down to those who ask for one.
#[derive(Clone, Copy)]
pub struct Loader {
    /// Shows something in a place, as soon as its chunk is there.
    pub show: fn(Context, Slot, Deferred),
    /// Loads the chunk of screens before it is needed.
    pub preload: fn(),
}

/// What every screen needs; cheap to copy, as each closure of a screen has one.
#[derive(Clone, Copy)]
pub struct Context {
    shared: StoredValue<Rc<Shared>, LocalStorage>,
    /// What the screens read.
    pub signals: Signals,
    /// The words.
    pub text: &'static Strings,
}

/// What the screens of one widget share.
pub(super) struct Shared {
    pub(super) runner: Rc<Runner>,
    seed: Option<String>,
    /// Of questions that were left out.
    pub(super) problems: Vec<Problem>,
    /// Whether texts are missing in the reader's language.
    pub(super) has_gaps: bool,
    hides_time: RwSignal<bool, LocalStorage>,
    section: NodeRef<html::Section>,
    loader: Loader,
    /// The selector of what should have the focus, until it is there.
    wanted: Cell<&'static str>,
    presses: RefCell<Presses>,
}

impl Context {
    /// The words of the later screens. Must be reached from their chunk only.
    pub fn later(self) -> &'static text::Later {
        text::later(self.text.language)
    }

    /// Shows something that a chunk draws, as soon as that is there.
    pub fn show(self, slot: Slot, deferred: impl Into<Deferred>) {
        if let Some(shared) = self.shared() {
            (shared.loader.show)(self, slot, deferred.into());
        }
    }

    /// Loads the chunk of screens before it is needed.
    pub fn preload(self) {
        if let Some(shared) = self.shared() {
            (shared.loader.preload)();
        }
    }

    /// The context of one widget; `problems` are those of questions that were left out, `has_gaps` says whether texts are
    /// missing in the reader's language.
    pub fn new(
        runner: Rc<Runner>,
        signals: Signals,
        language: &str,
        seed: Option<String>,
        problems: Vec<Problem>,
        has_gaps: bool,
        loader: Loader,
    ) -> Self {
        Self {
            shared: StoredValue::new_local(Rc::new(Shared {
                runner,
                seed,
                problems,
                has_gaps,
                hides_time: RwSignal::new_local(false),
                section: NodeRef::new(),
                loader,
                wanted: Cell::default(),
                presses: RefCell::default(),
            })),
            signals,
            text: text::for_language(language),
        }
    }

    /// `None` once the widget is gone: a click can arrive after that.
    pub(super) fn shared(self) -> Option<Rc<Shared>> {
        self.shared.try_get_value()
    }

    /// Sends an event.
    pub fn send(self, event: Event) {
        if let Some(shared) = self.shared() {
            shared.runner.dispatch(event);
        }
    }

    /// What a screen of a later chunk asks the session for, in the reader's language.
    pub(super) fn look<T>(self, question: impl FnOnce(&Session, &str) -> T) -> Option<T> {
        let shared = self.shared()?;
        let runner = &shared.runner;
        Some(runner.look(|session| question(session, runner.language())))
    }

    /// Whether anything is kept beyond the page.
    pub(super) fn is_kept(self) -> bool {
        self.shared().is_some_and(|shared| shared.runner.is_kept())
    }

    /// Whether the reader does not want to see the countdown.
    pub(super) fn hides_time(self) -> RwSignal<bool, LocalStorage> {
        let shared = self.shared();
        shared.map_or_else(|| RwSignal::new_local(false), |shared| shared.hides_time)
    }

    /// For the element that all screens stand in.
    pub(super) fn section_node(self) -> NodeRef<html::Section> {
        self.shared()
            .map_or_else(NodeRef::new, |shared| shared.section)
    }

    /// What all screens stand in, while it is there.
    pub(super) fn section(self) -> Option<web_sys::HtmlElement> {
        self.shared()?.section.try_get_untracked()?
    }

    /// An address of the set as the page sees it.
    pub(super) fn in_set(self, address: String) -> String {
        match self.section() {
            Some(section) => in_set(&section, &address),
            None => address,
        }
    }

    pub(super) fn start(self, which: Which) {
        let seed = self.shared().and_then(|shared| shared.seed.clone());
        self.send(shell::start(seed, which));
    }

    /// Something else is now where the reader pressed.
    pub(super) fn screen_changed(self) {
        let moment = window().performance().map_or(0.0, |clock| clock.now());
        if let Some(shared) = self.shared() {
            shared.presses.borrow_mut().screen_changed(moment);
        }
    }

    /// Lets nothing come of a press that is for the screen before.
    pub(super) fn hold_back(self, event: &MouseEvent) {
        let press = Pressed {
            moment: event.time_stamp(),
            place: (event.client_x(), event.client_y()),
            count: event.detail(),
        };
        let shared = self.shared();
        if shared.is_some_and(|shared| !shared.presses.borrow_mut().takes(press)) {
            event.prevent_default();
            event.stop_immediate_propagation();
        }
    }

    /// Moves the focus to what a selector finds, now or as soon as it is drawn.
    pub(super) fn want_focus(self, selector: &'static str) {
        if let Some(shared) = self.shared() {
            shared.wanted.set(selector);
        }
        self.focus_if_wanted();
    }

    /// Moves the focus if it should be elsewhere; called whenever something was drawn.
    pub(super) fn focus_if_wanted(self) {
        request_animation_frame(move || {
            let Some(shared) = self.shared() else {
                return;
            };
            let selector = shared.wanted.get();
            let section = self.section();
            if selector.is_empty() || is_busy_elsewhere(section.as_ref()) {
                return;
            }
            if let Some(found) =
                section.and_then(|section| section.query_selector(selector).ok().flatten())
            {
                shared.wanted.set("");
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
