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
use crate::engine::set::Prose as Source;
use crate::shell;
use crate::ui::Context;
use crate::ui::slot::{Held, hold};
use crate::ui::text::fill;
use crate::ui::text::parts::PartsStrings;

/// The characters that stand for gaps: private ones, which mean nothing to Markdown.
const MARKS: core::ops::Range<u32> = 0x0010_f000..0x0010_f100;

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
    let drawn = prose.map(|prose| draw(context, prose, &ids, fill_gap));
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
            mode: None,
            given: place.given.clone(),
            is_late: open.is_late,
            node: NodeRef::new(),
            take: Rc::new(move |typed| respond(context, &id, &typed)),
        };
        return hold(node, move || field(settings));
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
        .map(|prose| draw(context, prose, &ids, fill_gap));
    view! {
        {drawn}
        {parts::marked(context, text, view)}
    }
}

fn ids(places: &[PlaceView]) -> Vec<String> {
    places.iter().map(|place| place.id.clone()).collect()
}

/// The text, whose gaps are filled as soon as it is drawn.
fn draw(
    context: Context,
    prose: Source,
    ids: &[String],
    fill_gap: FillGap,
) -> impl IntoView + use<> {
    let language = foreign(context, &prose);
    let count = ids.len();
    let markdown = with_marks(&prose.markdown, ids);
    // Until the chunk of rich text is there.
    let source = markdown.chars().map(|char| match index_of(char) {
        Some(_) => '＿',
        None => char,
    });
    let source: String = source.collect();
    let node = NodeRef::<html::Div>::new();
    let held = StoredValue::new_local(Vec::<Held>::new());
    node.on_load(move |node| {
        leptos::task::spawn_local(async move {
            // On failure the source stands there, with its marks, and the loader has told the console.
            let _ = shell::prose::fill(&node, &markdown).await;
            // The question may be gone by now, and with it what would keep the controls.
            if held.try_with_value(|_| ()).is_none() {
                return;
            }
            let mut gaps = Vec::new();
            take_marks(&node, &mut gaps);
            // A mark that is no text any more, such as one in the address of a link: its gap must be filled all the same.
            for number in 0..count {
                if !gaps.iter().any(|(own, _)| *own == number) {
                    gaps.extend(add_gap(&node, None).map(|gap| (number, gap)));
                }
            }
            let controls = gaps
                .into_iter()
                .filter_map(|(number, gap)| fill_gap(number, gap));
            held.try_set_value(controls.collect());
        });
    });
    view! {
        <div part="prose cloze-text" dir="auto" lang=language node_ref=node>{source}</div>
    }
}

/// The Markdown with a mark for each gap.
fn with_marks(markdown: &str, ids: &[String]) -> String {
    let mut text = String::with_capacity(markdown.len());
    let push = |text: &mut String, part: &str| {
        text.extend(part.chars().filter(|char| index_of(*char).is_none()));
    };
    let mut rest = markdown;
    while let Some((before, id, after)) = first_place(rest) {
        push(&mut text, before);
        let number = ids.iter().position(|own| own == id);
        let mark = number.and_then(|number| u32::try_from(number).ok());
        match mark.and_then(|number| char::from_u32(MARKS.start + number)) {
            Some(mark) => text.push(mark),
            None => push(&mut text, &["{{", id, "}}"].concat()),
        }
        rest = after;
    }
    push(&mut text, rest);
    text
}

/// The number of the gap that a character stands for.
fn index_of(char: char) -> Option<usize> {
    let code = u32::from(char);
    let number = MARKS.contains(&code).then(|| code - MARKS.start)?;
    usize::try_from(number).ok()
}

/// Puts an element in place of each mark. Recurses as deep as the author's text, which is bounded: see
/// [`crate::richtext::DEPTH`].
fn take_marks(parent: &Node, gaps: &mut Vec<(usize, HtmlElement)>) {
    let mut child = parent.first_child();
    while let Some(own) = child {
        let next = own.next_sibling();
        if own.node_type() == Node::TEXT_NODE {
            split(parent, &own, next.as_ref(), gaps);
        } else {
            take_marks(&own, gaps);
        }
        child = next;
    }
}

/// The same in one text.
fn split(parent: &Node, text: &Node, next: Option<&Node>, gaps: &mut Vec<(usize, HtmlElement)>) {
    let content = text.text_content().unwrap_or_default();
    let mut piece = String::new();
    let mut is_first = true;
    for char in content.chars() {
        let Some(number) = index_of(char) else {
            piece.push(char);
            continue;
        };
        end_piece(parent, text, next, &piece, is_first);
        is_first = false;
        piece.clear();
        gaps.extend(add_gap(parent, next).map(|gap| (number, gap)));
    }
    if !is_first {
        end_piece(parent, text, next, &piece, false);
    }
}

/// The text up to a mark. The first piece stays in the node that is there.
fn end_piece(parent: &Node, text: &Node, next: Option<&Node>, piece: &str, is_first: bool) {
    if is_first {
        text.set_text_content(Some(piece));
    } else {
        // Fails only where the parent cannot have children.
        let _ = parent.insert_before(&document().create_text_node(piece), next);
    }
}

/// An element for a gap, before `next` or at the end.
fn add_gap(parent: &Node, next: Option<&Node>) -> Option<HtmlElement> {
    let place: HtmlElement = document().create_element("span").ok()?.unchecked_into();
    place.set_attribute("part", "gap-place").ok()?;
    parent.insert_before(&place, next).ok()?;
    Some(place)
}
