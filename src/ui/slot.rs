//! A place on a screen whose content is mounted and replaced as a whole.

use std::any::Any;

use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

/// What keeps mounted content alive; dropping it takes the content out.
pub type Held = Box<dyn Any>;

/// Mounts content into an element.
///
/// The content gets a root of its own in the reactive graph. Otherwise it would belong to whatever effect mounts it, and
/// that effect's next run would quietly take its signals and listeners away.
pub fn hold<V: IntoView + 'static>(
    node: HtmlElement,
    content: impl FnOnce() -> V + 'static,
) -> Held {
    let root = Owner::new_root(None);
    let mounted = root.with(|| leptos::mount::mount_to(node, content));
    // In this order: first the content, then what it belongs to.
    Box::new((mounted, root))
}

/// The place; cheap to copy. It is emptied when the screen it belongs to goes.
#[derive(Clone, Copy)]
pub struct Slot {
    node: NodeRef<html::Div>,
    held: StoredValue<Option<Held>, LocalStorage>,
    /// Counts what was put here or is on its way.
    turn: StoredValue<u32, LocalStorage>,
}

impl Slot {
    /// A place for a `<div node_ref=slot.node()>`.
    pub fn new() -> Self {
        Self {
            node: NodeRef::new(),
            held: StoredValue::new_local(None),
            turn: StoredValue::new_local(0),
        }
    }

    /// The element it is.
    pub const fn node(self) -> NodeRef<html::Div> {
        self.node
    }

    /// Announces something that takes time; it may be put here only if this is still the turn then.
    pub fn take_turn(self) -> Option<u32> {
        self.turn.try_update_value(|turn| {
            *turn += 1;
            *turn
        })
    }

    /// Whether nothing else was put here or announced since.
    pub fn is_turn(self, turn: Option<u32>) -> bool {
        turn.is_some() && self.turn.try_get_value() == turn
    }

    /// Takes out what is there, and lets `fill` mount something else. Nothing happens once the place is gone.
    pub fn put(self, fill: impl FnOnce(HtmlElement) -> Held) {
        self.take_turn();
        // Taken out of the store first: dropping it runs clean-up code that may look at the store.
        let before = self.held.try_update_value(Option::take).flatten();
        drop(before);
        if let Some(Some(node)) = self.node.try_get_untracked() {
            let held = fill(node.unchecked_into());
            self.held.try_update_value(|place| *place = Some(held));
        }
    }
}
