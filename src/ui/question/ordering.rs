//! Ordering: the items chosen so far, in order, and those that are left. Everything can be done with buttons; arrow keys
//! and dragging come on top.
//!
//! Both lists are drawn anew when the order changes, and the focus is put where the reader goes on.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, KeyboardEvent, PointerEvent};

use super::parts::{
    Open, answer, chosen, current_parts, frame, send, state, tracked_parts, why_of,
};
use crate::engine::question::choices::ChoiceView;
use crate::engine::question::parts::{PartsView, PlaceView};
use crate::ui::context::Context;
use crate::ui::controls::{Press, live};
use crate::ui::prose::{Prose, plain};
use crate::ui::slot::{Slot, hold};
use crate::ui::text::fill;
use crate::ui::text::parts::PartsStrings;

/// What the lists share; cheap to copy.
#[derive(Clone, Copy)]
struct Board {
    context: Context,
    text: &'static PartsStrings,
    is_late: bool,
    items: StoredValue<Vec<ChoiceView>, LocalStorage>,
    /// How many places there are.
    places: usize,
    lists: Slot,
    /// What is said aloud.
    said: RwSignal<String, LocalStorage>,
    /// The selector of what gets the focus once the lists are drawn.
    wanted: StoredValue<String, LocalStorage>,
    /// Where a drag began, in pixels from the top of the window.
    grabbed: StoredValue<Option<i32>, LocalStorage>,
}

/// Both lists of a question that is not marked.
pub(super) fn open(open: Open, view: PartsView) -> impl IntoView {
    let instruction = fill(open.text.order, &[&view.wanted.to_string()]);
    let board = Board {
        context: open.context,
        text: open.text,
        is_late: open.is_late,
        items: StoredValue::new_local(view.pool),
        places: view.wanted,
        lists: Slot::new(),
        said: RwSignal::new_local(String::new()),
        wanted: StoredValue::new_local(String::new()),
        grabbed: StoredValue::new_local(None),
    };
    Effect::new(move |before: Option<Vec<String>>| {
        let Some(view) = tracked_parts(board.context) else {
            return before.unwrap_or_default();
        };
        let order = order_of(&view);
        if before.as_ref() != Some(&order) {
            board.draw(order.clone());
        }
        order
    });
    let content = view! {
        <div node_ref=board.lists.node()></div>
        <p part="hidden" role="status" node_ref=live(Box::new(move || board.said.get()))></p>
    };
    frame(&open, "order", instruction, content)
}

fn order_of(view: &PartsView) -> Vec<String> {
    let given = view.places.iter().map(|place| place.given.clone());
    given.collect()
}

impl Board {
    fn draw(self, order: Vec<String>) {
        self.lists
            .put(|node| hold(node, move || draw_lists(self, &order)));
        let wanted = self.wanted.try_update_value(core::mem::take);
        let wanted = wanted.unwrap_or_default();
        if !wanted.is_empty() {
            let lists = self.lists.node().get_untracked();
            let found = lists.and_then(|lists| lists.query_selector(&wanted).ok().flatten());
            if let Some(found) = found {
                // It is there; focusing cannot fail.
                let _ = found.unchecked_into::<HtmlElement>().focus();
            }
        }
    }

    /// The ids chosen at this moment.
    fn order(self) -> Option<Vec<String>> {
        current_parts(self.context).map(|view| order_of(&view))
    }

    /// The item of an id.
    fn item(self, id: &str) -> Option<ChoiceView> {
        self.items.with_value(|items| chosen(items, id).cloned())
    }

    /// Puts an item at a place, or takes it out. `focus` is the selector of what the reader goes on with.
    fn put(self, id: &str, to: Option<usize>, focus: String) {
        let Some(before) = self.order() else {
            return;
        };
        let mut order = before.clone();
        order.retain(|own| own != id);
        let to = to.map(|to| to.min(order.len()));
        if let Some(to) = to {
            order.insert(to, id.to_owned());
        }
        if order == before {
            return;
        }
        let item = self.item(id);
        let name = item.map_or_else(String::new, |item| {
            untrack(|| plain(self.context, &item.text))
        });
        self.said.set(match to {
            Some(to) => fill(
                self.text.position_of,
                &[&name, &(to + 1).to_string(), &order.len().to_string()],
            ),
            None => fill(self.text.removed, &[&name]),
        });
        self.wanted.set_value(focus);
        send(self.context, order);
    }

    /// Moves an item, if it can go there. The focus stays on the same button.
    fn step(self, id: &str, is_up: bool, focus: &str) {
        let order = self.order().unwrap_or_default();
        if let Some(at) = order.iter().position(|own| own == id) {
            let to = if is_up {
                at.checked_sub(1)
            } else {
                Some(at + 1)
            };
            if to.is_some() {
                self.put(id, to, control(focus, id));
            }
        }
    }

    /// Adds an item at the end, if there is a place for it. The focus goes to the next one that can be added.
    fn add(self, id: &str) {
        let order = self.order().unwrap_or_default();
        if order.len() >= self.places {
            self.said.set(String::from(self.text.full));
            return;
        }
        let left: Vec<String> = self.items.with_value(|items| {
            let left = items.iter().filter(|item| !order.contains(&item.id));
            left.map(|item| item.id.clone()).collect()
        });
        let at = left.iter().position(|own| own == id).unwrap_or(0);
        let next = left.get(at + 1).or_else(|| left.get(at.checked_sub(1)?));
        let focus = next.map_or_else(
            || String::from("[part=order-list]"),
            |next| control("add", next),
        );
        self.put(id, Some(usize::MAX), focus);
    }
}

/// The selector of a button. Ids are lower-case letters, digits and `._-`.
fn control(action: &str, id: &str) -> String {
    ["[data-action=", action, "][data-item=\"", id, "\"]"].concat()
}

/// The lists as they are now.
fn draw_lists(board: Board, order: &[String]) -> impl IntoView + use<> {
    let text = board.text;
    let chosen = order.iter().filter_map(|id| board.item(id));
    let chosen: Vec<_> = chosen
        .enumerate()
        .map(|(at, item)| chosen_item(board, item, at, order.len()))
        .collect();
    let is_full = order.len() >= board.places;
    let left: Vec<_> = board.items.with_value(|items| {
        let left = items.iter().filter(|item| !order.contains(&item.id));
        left.map(|item| left_item(board, item.clone(), is_full))
            .collect()
    });
    let none_chosen = chosen.is_empty().then_some(text.none_chosen);
    let no_more = if left.is_empty() {
        Some(text.none_available)
    } else {
        is_full.then_some(text.full)
    };
    view! {
        <p part="order-heading" aria-hidden="true">{text.chosen}</p>
        <ol part="order-list" role="list" aria-label=text.chosen tabindex="-1">
            {chosen}
            {none_chosen.map(|none| view! { <li part="order-none">{none}</li> })}
        </ol>
        <p part="order-heading" aria-hidden="true">{text.available}</p>
        <ul part="order-pool" role="list" aria-label=text.available>
            {left}
            {no_more.map(|none| view! { <li part="order-none">{none}</li> })}
        </ul>
    }
}

/// An item that is chosen. Arrow keys on any of its buttons move it.
fn chosen_item(board: Board, item: ChoiceView, at: usize, total: usize) -> impl IntoView {
    let (context, text) = (board.context, board.text);
    let ChoiceView {
        id, text: prose, ..
    } = item;
    let own = |press: fn(Board, &str)| -> Press {
        let id = id.clone();
        Box::new(move || press(board, &id))
    };
    let up = own(|board, id| board.step(id, true, "up"));
    let down = own(|board, id| board.step(id, false, "down"));
    let remove = own(|board, id| board.put(id, None, control("add", id)));
    let buttons = [
        ("up", "↑", text.up, at == 0, up),
        ("down", "↓", text.down, at + 1 == total, down),
        ("remove", "✕", text.remove, false, remove),
    ];
    let buttons: Vec<_> = buttons
        .into_iter()
        .map(|(action, sign, word, is_idle, press)| {
            let prose = prose.clone();
            let label = move || fill(text.of, &[word, &plain(context, &prose)]);
            item_button(action, sign, label, &id, is_idle, press)
        })
        .collect();
    let handle = (!board.is_late).then(|| handle(board, id.clone()));
    let moved = id.clone();
    let keys = move |event: KeyboardEvent| arrow(board, &moved, &event);
    view! {
        <li part="order-item" data-item=id on:keydown=keys>
            {handle}
            <span part="order-number">{(at + 1).to_string()}</span>
            <Prose context prose/>
            <span part="order-buttons">{buttons}</span>
        </li>
    }
}

/// An item that is left.
fn left_item(board: Board, item: ChoiceView, is_full: bool) -> impl IntoView {
    let (context, text) = (board.context, board.text);
    let ChoiceView {
        id, text: prose, ..
    } = item;
    let own = prose.clone();
    let label = move || fill(text.of, &[text.add, &plain(context, &own)]);
    let added = id.clone();
    let add: Press = Box::new(move || board.add(&added));
    let button = item_button("add", text.add, label, &id, is_full, add);
    view! {
        <li part="order-item" data-item=id>
            <Prose context prose/>
            <span part="order-buttons">{button}</span>
        </li>
    }
}

/// A button of an item. One that would do nothing can still have the focus, so that pressing it once too often does not
/// lose the reader's place.
fn item_button<F: Fn() -> String + Send + Sync + 'static>(
    action: &'static str,
    sign: &'static str,
    label: F,
    id: &str,
    is_idle: bool,
    press: Press,
) -> impl IntoView + use<F> {
    view! {
        <button
            type="button"
            part="order-button"
            data-action=action
            data-item=id.to_owned()
            aria-label=label
            aria-disabled=is_idle.then_some("true")
            on:click=move |_| press()
        >
            {sign}
        </button>
    }
}

fn arrow(board: Board, id: &str, event: &KeyboardEvent) {
    let is_up = match event.key().as_str() {
        "ArrowUp" => true,
        "ArrowDown" => false,
        _ => return,
    };
    event.prevent_default();
    let target = event
        .target()
        .and_then(|target| target.dyn_into::<Element>().ok());
    let action = target.and_then(|target| target.get_attribute("data-action"));
    board.step(id, is_up, action.as_deref().unwrap_or("up"));
}

/// What a pointer drags an item by. Nothing for keyboards and screen readers: they have the buttons.
fn handle(board: Board, id: String) -> impl IntoView {
    let grab = move |event: PointerEvent| {
        let row = row_of(&event);
        if let Some(row) = row.filter(|_| event.button() == 0) {
            // No text is selected on the way.
            event.prevent_default();
            // Without it, dragging ends where the pointer leaves the handle.
            let _ = handle_of(&event).map(|own| own.set_pointer_capture(event.pointer_id()));
            let _ = row.set_attribute("data-dragged", "");
            board.grabbed.set_value(Some(event.client_y()));
        }
    };
    let drag = move |event: PointerEvent| {
        if let (Some(row), Some(from)) = (row_of(&event), board.grabbed.get_value()) {
            let way = event.client_y() - from;
            let shift = ["translateY(", &way.to_string(), "px)"].concat();
            // Set on the element, not as an attribute: a content security policy may forbid that.
            let _ = row.style().set_property("transform", &shift);
            show_target(&row, Some(event.client_y()));
        }
    };
    let end = move |event: PointerEvent| {
        if let (Some(row), Some(_)) = (row_of(&event), board.grabbed.get_value()) {
            board.grabbed.set_value(None);
            show_target(&row, None);
            let _ = row.remove_attribute("data-dragged");
            let _ = row.style().remove_property("transform");
            if event.type_() == "pointerup" {
                let to = target(&others(&row), event.client_y());
                board.put(&id, Some(to), control("up", &id));
            }
        }
    };
    view! {
        <span
            part="order-handle"
            aria-hidden="true"
            on:pointerdown=grab
            on:pointermove=drag
            on:pointerup=end.clone()
            on:pointercancel=end
        ></span>
    }
}

fn handle_of(event: &PointerEvent) -> Option<Element> {
    event.current_target()?.dyn_into().ok()
}

fn row_of(event: &PointerEvent) -> Option<HtmlElement> {
    handle_of(event)?.parent_element()?.dyn_into().ok()
}

/// The other items of the list.
fn others(row: &Element) -> Vec<Element> {
    let mut others = Vec::new();
    let list = row.parent_element();
    let mut next = list.and_then(|list| list.first_element_child());
    while let Some(own) = next {
        next = own.next_element_sibling();
        if own != *row {
            others.push(own);
        }
    }
    others
}

/// How many of the others stay above an item that is dropped here.
fn target(others: &[Element], y: i32) -> usize {
    let is_above = |other: &&Element| {
        let place = other.get_bounding_client_rect();
        place.top() + place.height() / 2.0 < f64::from(y)
    };
    others.iter().filter(is_above).count()
}

/// Shows where an item would go, or nothing.
fn show_target(row: &Element, y: Option<i32>) {
    let others = others(row);
    let to = y.map(|y| target(&others, y));
    for (index, other) in others.iter().enumerate() {
        let is_last = index + 1 == others.len();
        let mark = match to {
            Some(to) if to == index => "before",
            Some(to) if to > index && is_last => "after",
            _ => "",
        };
        // Any value can be set.
        let _ = other.set_attribute("data-drop", mark);
    }
}

/// A marked ordering: yours and the key's side by side, and what does not belong there.
pub(super) fn marked(
    context: Context,
    text: &'static PartsStrings,
    view: PartsView,
) -> impl IntoView {
    let pool = &view.pool;
    let rows: Vec<_> = view
        .places
        .into_iter()
        .map(|place| marked_row(context, text, pool, place))
        .collect();
    let belongs = |item: &&ChoiceView| item.verdict.as_ref().is_some_and(|own| own.is_correct);
    let left_out = pool.iter().filter(|item| !belongs(item));
    let left_out: Vec<_> = left_out
        .map(|item| {
            let prose = item.text.clone();
            let why = item.verdict.as_ref().and_then(|own| own.why.clone());
            let yours = item.is_chosen.then_some(text.your_answer);
            let yours = yours.map(|word| view! { <span part="verdict">{word}</span> });
            view! {
                <li part="marked-left" data-item=item.id.clone()>
                    <Prose context prose/>
                    {" "}
                    {yours}
                    {why.map(|why| why_of(context, why))}
                </li>
            }
        })
        .collect();
    let left_out = (!left_out.is_empty()).then(|| {
        view! {
            <p part="order-heading">{text.left_out}</p>
            <ul part="marked-parts">{left_out}</ul>
        }
    });
    view! {
        <table part="marked-order">
            <thead>
                <tr>
                    <th scope="col">{text.position}</th>
                    <th scope="col">{text.your_answer}</th>
                    <th scope="col">{text.correct_order}</th>
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </table>
        {left_out}
    }
}

fn marked_row(
    context: Context,
    text: &'static PartsStrings,
    pool: &[ChoiceView],
    place: PlaceView,
) -> impl IntoView + use<> {
    let (state, word) = state(text, &place);
    let key = place.verdict.map(|own| own.key).unwrap_or_default();
    let why = chosen(pool, &key).and_then(|item| item.verdict.as_ref()?.why.clone());
    view! {
        <tr part="marked-part" data-state=state>
            <th scope="row">{place.id}</th>
            <td>{answer(context, pool, &place.given)}{" "}<span part="verdict">{word}</span></td>
            <td>
                {answer(context, pool, &key)}
                {why.map(|why| why_of(context, why))}
            </td>
        </tr>
    }
}
