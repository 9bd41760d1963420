//! Cloze: a text with a list or a field in each gap.
//!
//! The author's Markdown is drawn as a whole, with a character that nobody writes in place of each gap; controls then take
//! the places of these characters. So a gap can stand in code, in a table or in bold, as any other text can.

use std::rc::Rc;

use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, Node};

use super::parts::{self, Listed, Open, answer, foreign, frame, list, respond, state};
use super::typed::{Field, field};
use crate::engine::question::choices::ChoiceView;
use crate::engine::question::cloze::first_place;
use crate::engine::question::parts::{PartsView, PlaceView};
use crate::engine::text::Prose as Source;
use crate::shell;
use crate::shell::turns::turn;
use crate::ui::context::Context;
use crate::ui::slot::{Held, hold};
use crate::ui::text::fill;
use crate::ui::text::parts::PartsStrings;

/// A gap is two characters in the Markdown: a guard that the text has nowhere else, and one of these, which are private and
/// mean nothing to Markdown.
const NUMBERS: u32 = 0x000f_0000;

/// The private characters from which a text's guard is taken. A text is too short to have all of them.
const GUARDS: core::ops::Range<u32> = 0x0010_0000..0x0010_fffe;

/// Fills the place of a gap; the number counts from 0.
type FillGap = Box<dyn Fn(usize, HtmlElement) -> Option<Held>>;

/// The text of a question that is not marked.
pub(super) fn open(open: Open, view: PartsView) -> impl IntoView {
    let Open {
        context,
        text,
        is_late,
        ..
    } = open;
    let PartsView {
        text: prose,
        places,
        pool,
        ..
    } = view;
    let ids = ids(&places);
    // What the controls need lives as long as they do.
    let inner = Open {
        context,
        text,
        prompt: String::new(),
        is_late,
    };
    let fill_gap: FillGap = Box::new(move |number, node| {
        let name = fill(
            text.gap_of,
            &[&(number + 1).to_string(), &places.len().to_string()],
        );
        Some(control(&inner, &pool, places.get(number)?, name, node))
    });
    let drawn = prose.map(|prose| draw(context, prose, ids, fill_gap));
    frame(&open, "cloze", text.fill.to_owned(), drawn)
}

/// A list or a field.
fn control(
    open: &Open,
    pool: &[ChoiceView],
    place: &PlaceView,
    name: String,
    node: HtmlElement,
) -> Held {
    let context = open.context;
    let id = place.id.clone();
    if place.choices.is_empty() {
        let settings = Field {
            part: "gap",
            label: Some(name),
            labels: None,
            described: None,
            gap: Some(id.clone()),
            is_number: false,
            given: place.given.clone(),
            is_late: open.is_late,
            node: NodeRef::new(),
            take: Rc::new(move |typed| respond(context, &id, &typed)),
        };
        return hold(node, move || field(context, settings));
    }
    let listed = Listed {
        part: "gap",
        label: Some(name),
        labels: None,
        gap: Some(id),
    };
    let list = list(open, pool, place, listed);
    hold(node, move || list)
}

/// The text of a marked question with what was given, and its gaps one by one.
pub(super) fn marked(
    context: Context,
    text: &'static PartsStrings,
    view: PartsView,
) -> impl IntoView {
    let ids = ids(&view.places);
    let shown = view.clone();
    let fill_gap: FillGap = Box::new(move |number, node| {
        let place = shown.places.get(number)?;
        let (state, word) = state(text, place);
        let pool: &[ChoiceView] = if place.choices.is_empty() {
            &[]
        } else {
            &shown.pool
        };
        let given = answer(context, pool, &place.given);
        let number = (number + 1).to_string();
        Some(hold(node, move || {
            view! {
                <span part="gap-given" data-state=state>
                    <span part="gap-number">{number}</span>
                    {given}
                    <span part="hidden">{[" (", word, ")"].concat()}</span>
                </span>
            }
        }))
    });
    let drawn = view
        .text
        .clone()
        .map(|prose| draw(context, prose, ids, fill_gap));
    view! {
        {drawn}
        {parts::marked(context, text, view)}
    }
}

fn ids(places: &[PlaceView]) -> Vec<String> {
    places.iter().map(|place| place.id.clone()).collect()
}

/// Shows a text with its marks; on failure as its source, and the loader has told the console.
async fn fill_with_marks(node: &HtmlElement, prose: &Source) {
    if shell::prose::needs_nothing(prose) || shell::prose::fill(node, prose).await.is_err() {
        node.set_text_content(Some(&prose.markdown));
    }
}

/// The text, whose gaps are filled as soon as it is drawn.
fn draw(
    context: Context,
    prose: Source,
    ids: Vec<String>,
    fill_gap: FillGap,
) -> impl IntoView + use<> {
    let language = foreign(context, &prose);
    let count = ids.len();
    let guard = guard(&prose.markdown);
    let marked = move |wanted: &dyn Fn(usize) -> bool| Source {
        markdown: with_marks(&prose.markdown, guard, &ids, wanted),
        ..prose.clone()
    };
    // Until the chunk of rich text is there.
    let source = marked(&|_| false).markdown;
    let node = NodeRef::<html::Div>::new();
    let held = StoredValue::new_local(Vec::<Held>::new());
    node.on_load(move |node| {
        leptos::task::spawn_local(async move {
            fill_with_marks(&node, &marked(&|_| true)).await;
            // The question may be gone by now, and with it what would keep the controls.
            if held.try_with_value(|_| ()).is_none() {
                return;
            }
            let mut gaps = Vec::new();
            take_marks(&node, guard, &mut gaps);
            // A mark that is no text any more, as in the words for a picture that is defined below. It must not stand there, and
            // the gap must be filled all the same.
            let is_found = |number: usize, gaps: &[(usize, HtmlElement)]| {
                gaps.iter().any(|(own, _)| *own == number)
            };
            if !(0..count).all(|number| is_found(number, &gaps)) {
                let visible = marked(&|number| is_found(number, &gaps));
                fill_with_marks(&node, &visible).await;
                if held.try_with_value(|_| ()).is_none() {
                    return;
                }
                gaps.clear();
                take_marks(&node, guard, &mut gaps);
            }
            for number in 0..count {
                if !is_found(number, &gaps) {
                    gaps.extend(add_gap(&node, None).map(|gap| (number, gap)));
                }
            }
            // A hundred lists of two dozen choices are too much for one task.
            for (number, gap) in gaps {
                turn().await;
                if held.try_with_value(|_| ()).is_none() {
                    return;
                }
                if let Some(control) = fill_gap(number, gap) {
                    held.try_update_value(|held| held.push(control));
                }
            }
        });
    });
    view! {
        <div part="prose cloze-text" dir="auto" lang=language node_ref=node>{source}</div>
    }
}

/// A private character that a text has nowhere, neither as it is nor as a number (`&#x100000;`); so no text can forge a
/// mark.
fn guard(markdown: &str) -> char {
    let index = |code: u32| usize::try_from(code.checked_sub(GUARDS.start)?).ok();
    let mut used = vec![false; GUARDS.len()];
    let mut take = |code: u32| {
        if let Some(used) = index(code).and_then(|index| used.get_mut(index)) {
            *used = true;
        }
    };
    markdown.chars().for_each(|char| take(u32::from(char)));
    for part in markdown.split("&#").skip(1) {
        let (digits, radix) = match part.strip_prefix(['x', 'X']) {
            Some(digits) => (digits, 16),
            None => (part, 10),
        };
        let number = digits.chars().map_while(|char| char.to_digit(radix));
        take(number.fold(0, |code: u32, digit| {
            code.saturating_mul(radix).saturating_add(digit)
        }));
    }
    let free = GUARDS.zip(used).find(|(_, used)| !used);
    free.and_then(|(code, _)| char::from_u32(code))
        .unwrap_or('\u{10fffd}')
}

/// The Markdown with a mark for each gap that is wanted, and a line to write on for the others.
fn with_marks(
    markdown: &str,
    guard: char,
    ids: &[String],
    wanted: &dyn Fn(usize) -> bool,
) -> String {
    let mut text = String::with_capacity(markdown.len());
    let mut rest = markdown;
    while let Some(place) = first_place(rest) {
        text.push_str(place.before);
        match ids.iter().position(|own| own == place.id) {
            Some(number) if wanted(number) => {
                text.push(guard);
                let number = u32::try_from(number).unwrap_or(0);
                text.extend(char::from_u32(NUMBERS + number));
            }
            Some(_) => text.push('＿'),
            None => text.push_str(place.written),
        }
        rest = place.after;
    }
    text.push_str(rest);
    text
}

/// Puts an element in place of each mark. Recurses as deep as the author's text, which is bounded: see
/// [`crate::richtext::DEPTH`].
fn take_marks(parent: &Node, guard: char, gaps: &mut Vec<(usize, HtmlElement)>) {
    let mut child = parent.first_child();
    while let Some(own) = child {
        let next = own.next_sibling();
        if own.node_type() == Node::TEXT_NODE {
            split(parent, guard, &own, next.as_ref(), gaps);
        } else {
            take_marks(&own, guard, gaps);
        }
        child = next;
    }
}

/// The same in one text.
fn split(
    parent: &Node,
    guard: char,
    text: &Node,
    next: Option<&Node>,
    gaps: &mut Vec<(usize, HtmlElement)>,
) {
    let content = text.text_content().unwrap_or_default();
    let mut pieces = content.split(guard);
    let first = pieces.next().unwrap_or_default();
    if first.len() == content.len() {
        return;
    }
    // The first piece stays in the node that is there.
    text.set_text_content(Some(first));
    for piece in pieces {
        let mut chars = piece.chars();
        let code = chars.next().map_or(0, u32::from);
        let number = usize::try_from(code.saturating_sub(NUMBERS)).unwrap_or(0);
        gaps.extend(add_gap(parent, next).map(|gap| (number, gap)));
        let rest = document().create_text_node(chars.as_str());
        // Fails only where the parent cannot have children.
        let _ = parent.insert_before(&rest, next);
    }
}

/// An element for a gap, before `next` or at the end.
fn add_gap(parent: &Node, next: Option<&Node>) -> Option<HtmlElement> {
    let place: HtmlElement = document().create_element("span").ok()?.unchecked_into();
    place.set_attribute("part", "gap-place").ok()?;
    parent.insert_before(&place, next).ok()?;
    Some(place)
}
