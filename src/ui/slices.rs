//! Long lists, drawn some items at a time: no task is long, however many questions a set has.
//!
//! The first slice is drawn together with the screen, the others before the next frames, and all that is left at once when
//! the page is printed. Items that are there already can be looked at anew in the same way, as when a filter changes. When the
//! screen goes, all of it stops.
//!
//! Must be reached from the chunks of later screens only.

use std::rc::Rc;

use leptos::html::ElementType;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

use super::slot::Held;
use crate::shell::turns::{self, Unfinished};

/// The most items of one slice: what they cost the browser after us, nobody can ask for.
const ITEMS: usize = 20;

/// From so many items on, the browser need not lay out groups of them that are out of sight (`later.css`): else each slice
/// would move all that stand below it. Of groups, not of items: each costs the browser something when it goes.
const LONG: usize = 100;

/// Draws an item at the end of the place.
type Draw = Rc<dyn Fn(HtmlElement, usize) -> Held>;
/// Looks at an item anew that is drawn.
type Refresh = Rc<dyn Fn(usize)>;

/// A list that is being drawn; cheap to copy.
#[derive(Clone, Copy)]
pub struct Slices(StoredValue<List, LocalStorage>);

struct List {
    place: Option<HtmlElement>,
    /// The group that takes the next item; the place itself where there are no groups.
    group: Option<HtmlElement>,
    /// How many items a group has; 0 where there are no groups.
    size: usize,
    count: usize,
    /// The next item to be drawn or looked at.
    next: usize,
    held: Vec<Held>,
    draw: Draw,
    refresh: Refresh,
    /// Whether the next slice is on its way.
    waits: bool,
    /// Kept as long as the list is there.
    unfinished: Option<Unfinished>,
}

impl List {
    /// The group for the next item to be drawn; a new one where that is full.
    fn group_of(&mut self, index: usize) -> Option<HtmlElement> {
        if index > 0 && self.size > 0 && index.is_multiple_of(self.size) {
            // A copy without what is in it.
            let next = self.group.as_ref()?.clone_node().ok()?;
            self.place.as_ref()?.append_child(&next).ok()?;
            self.group = Some(next.unchecked_into());
        }
        self.group.clone()
    }
}

impl Drop for List {
    /// What was drawn is out of the page by now; what it holds is let go of in turns as well.
    fn drop(&mut self) {
        let held = core::mem::take(&mut self.held);
        if held.len() > ITEMS {
            let_go(held);
        }
    }
}

/// In tasks of their own: the one that takes the list away has the next screen to draw.
fn let_go(mut held: Vec<Held>) {
    let after = core::time::Duration::ZERO;
    set_timeout(
        move || {
            let begun = turns::now();
            while turns::now() - begun < turns::SLICE {
                drop(held.pop());
            }
            if !held.is_empty() {
                let_go(held);
            }
        },
        after,
    );
}

impl Slices {
    /// Draws `count` items into a place, as soon as that is there. Belongs to the screen that makes it.
    ///
    /// Where `size` is not 0, the place holds an empty element: that is the first group of so many items, and the other groups
    /// are copies of it.
    pub fn new<E>(
        node: NodeRef<E>,
        count: usize,
        size: usize,
        draw: impl Fn(HtmlElement, usize) -> Held + 'static,
        refresh: impl Fn(usize) + 'static,
    ) -> Self
    where
        E: ElementType + 'static,
        E::Output: JsCast + Clone + 'static,
    {
        let slices = Self(StoredValue::new_local(List {
            place: None,
            group: None,
            size,
            count,
            next: 0,
            held: Vec::new(),
            draw: Rc::new(draw),
            refresh: Rc::new(refresh),
            waits: false,
            unfinished: None,
        }));
        node.on_load(move |node| slices.start(node.unchecked_into()));
        slices
    }

    fn start(self, place: HtmlElement) {
        let unfinished = turns::on_print(move || self.finish());
        self.0.try_update_value(|list| {
            if list.count > LONG && list.size > 0 {
                // The name is a name.
                let _ = place.set_attribute("data-long", "");
            }
            let first = place.first_element_child().filter(|_| list.size > 0);
            list.group = Some(first.map_or_else(|| place.clone(), JsCast::unchecked_into));
            list.place = Some(place);
            list.unfinished = Some(unfinished);
        });
        self.slice();
    }

    /// Looks at all items anew, those that are not drawn yet when their turn comes.
    pub fn again(self) {
        self.0.try_update_value(|list| list.next = 0);
        self.slice();
    }

    /// The next slice; asks for another one if there is more.
    fn slice(self) {
        let begun = turns::now();
        for _ in 0..ITEMS {
            if !self.step() || turns::now() - begun > turns::SLICE {
                break;
            }
        }
        self.go_on();
    }

    fn go_on(self) {
        let is_wanted = self.0.try_update_value(|list| {
            let is_left = list.next < list.count;
            if let Some(place) = &list.place {
                // Told to tests and to the author's style sheets. The name is a name.
                let _ = if is_left {
                    place.set_attribute("data-drawing", "")
                } else {
                    place.remove_attribute("data-drawing")
                };
            }
            is_left && !core::mem::replace(&mut list.waits, is_left)
        });
        if is_wanted == Some(true) {
            // Once the screen is gone, there is no list any more, and nothing happens.
            request_animation_frame(move || {
                let is_there = self.0.try_update_value(|list| list.waits = false);
                if is_there.is_some() {
                    self.slice();
                }
            });
        }
    }

    /// Draws all that is left; whether there was anything.
    fn finish(self) -> bool {
        let mut was_left = false;
        while self.step() {
            was_left = true;
        }
        self.go_on();
        was_left
    }

    /// One item; whether there was one left. Nothing of the list is borrowed while the item's own code runs.
    fn step(self) -> bool {
        let next = self.0.try_update_value(|list| {
            let index = list.next;
            if index >= list.count {
                return None;
            }
            list.next += 1;
            let draw = (index >= list.held.len()).then(|| Rc::clone(&list.draw));
            let group = match draw {
                Some(_) => list.group_of(index)?,
                None => list.group.clone()?,
            };
            Some((group, index, draw, Rc::clone(&list.refresh)))
        });
        let Some(Some((group, index, draw, refresh))) = next else {
            return false;
        };
        if let Some(draw) = draw {
            let held = draw(group, index);
            self.0.try_update_value(|list| list.held.push(held));
        } else {
            refresh(index);
        }
        true
    }
}
