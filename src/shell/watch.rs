//! Watches whether anybody can see the widget: on screen, in a visible tab. Dropping it stops watching.

use std::cell::Cell;
use std::rc::Rc;

use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{
    Document, HtmlElement, IntersectionObserver, IntersectionObserverEntry, VisibilityState,
};

/// A listener on an event target, removed on drop.
pub struct Listener {
    target: web_sys::EventTarget,
    name: &'static str,
    callback: Closure<dyn FnMut()>,
}

impl Listener {
    /// Calls `callback` at each event.
    pub fn new(
        target: &web_sys::EventTarget,
        name: &'static str,
        callback: impl FnMut() + 'static,
    ) -> Self {
        let callback = Closure::<dyn FnMut()>::new(callback);
        // Fails only for a name that is no string.
        let _ = target.add_event_listener_with_callback(name, callback.as_ref().unchecked_ref());
        Self {
            target: target.clone(),
            name,
            callback,
        }
    }
}

impl Drop for Listener {
    fn drop(&mut self) {
        let _ = self
            .target
            .remove_event_listener_with_callback(self.name, self.callback.as_ref().unchecked_ref());
    }
}

/// Knows whether the widget can be seen, and tells when that changes.
pub struct Watch {
    document: Option<Document>,
    is_on_screen: Rc<Cell<bool>>,
    observer: Option<IntersectionObserver>,
    _on_intersection: Closure<dyn FnMut(js_sys::Array)>,
    _listeners: Vec<Listener>,
}

impl Watch {
    /// Starts watching; `changed` is called whenever the answer may be another one.
    pub fn new(host: &HtmlElement, changed: impl Fn() + Clone + 'static) -> Self {
        let is_on_screen = Rc::new(Cell::new(true));
        let on_intersection = {
            let (is_on_screen, changed) = (Rc::clone(&is_on_screen), changed.clone());
            Closure::<dyn FnMut(js_sys::Array)>::new(move |entries: js_sys::Array| {
                // Only the newest entry counts.
                let newest = entries.get(entries.length().saturating_sub(1));
                let is_now = newest
                    .unchecked_into::<IntersectionObserverEntry>()
                    .is_intersecting();
                if is_on_screen.replace(is_now) != is_now {
                    changed();
                }
            })
        };
        let observer = IntersectionObserver::new(on_intersection.as_ref().unchecked_ref()).ok();
        if let Some(observer) = &observer {
            observer.observe(host);
        }
        let document = host.owner_document();
        let mut listeners = Vec::new();
        if let Some(document) = &document {
            listeners.push(Listener::new(document, "visibilitychange", changed.clone()));
        }
        if let Some(window) = web_sys::window() {
            // Back from the cache of pages that were left; and the last word of those that go.
            for name in ["pageshow", "pagehide"] {
                listeners.push(Listener::new(&window, name, changed.clone()));
            }
        }
        Self {
            document,
            is_on_screen,
            observer,
            _on_intersection: on_intersection,
            _listeners: listeners,
        }
    }

    /// Whether somebody can see the widget.
    pub fn is_seen(&self) -> bool {
        self.is_on_screen.get() && self.is_page_visible()
    }

    /// Whether the page is in sight.
    pub fn is_page_visible(&self) -> bool {
        self.document
            .as_ref()
            .is_none_or(|document| document.visibility_state() == VisibilityState::Visible)
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        if let Some(observer) = &self.observer {
            observer.disconnect();
        }
    }
}
