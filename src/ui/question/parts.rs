//! What the rarer question types share on screen, and how their places look once marked.
//!
//! All of it is drawn by the chunk of these types. Must be reached from there only.

use leptos::prelude::*;

use super::{current, current_untracked};
use crate::engine::event::Event;
use crate::engine::question::choices::ChoiceView;
pub(super) use crate::engine::question::folding::is_blank;
use crate::engine::question::parts::{Kind, Parts, PartsView, PlaceVerdict, PlaceView};
use crate::engine::question::{Interaction, Response};
use crate::engine::text::Prose as Source;
use crate::engine::view::QuestionView;
use crate::ui::context::Context;
use crate::ui::prose::{Prose, plain};
use crate::ui::text::fill;
use crate::ui::text::parts::PartsStrings;

/// What the screen of every type needs.
pub(super) struct Open {
    pub(super) context: Context,
    pub(super) text: &'static PartsStrings,
    /// The id of the question's prompt.
    pub(super) prompt: String,
    /// Whether the answer stays as it is.
    pub(super) is_late: bool,
}

/// A group of controls, with what to do.
pub(super) fn frame<V: IntoView>(
    open: &Open,
    part: &'static str,
    instruction: String,
    content: V,
) -> impl IntoView + use<V> {
    let id = instruction_id(open);
    let labels = [&open.prompt, " ", &id].concat();
    view! {
        <fieldset part=part aria-labelledby=labels disabled=open.is_late>
            <legend part="instruction" id=id>{instruction}</legend>
            {content}
        </fieldset>
    }
}

/// The id of the element that says what to do.
pub(super) fn instruction_id(open: &Open) -> String {
    [&open.prompt, "-pick"].concat()
}

/// The places, if the question is not marked.
fn unmarked(view: QuestionView) -> Option<Parts> {
    match view.interaction {
        Interaction::Parts(parts) if view.marked.is_none() => Some(parts),
        _ => None,
    }
}

/// The places on screen, tracked.
pub(super) fn tracked_parts(context: Context) -> Option<Parts> {
    current(context).and_then(unmarked)
}

/// The places on screen, at this moment.
pub(super) fn current_parts(context: Context) -> Option<Parts> {
    current_untracked(context).and_then(unmarked)
}

/// Sends a response. An entry that is blank must not be in it: the engine takes it for a mistake, and keeps what was there.
pub(super) fn send(context: Context, response: Vec<String>) {
    context.send(Event::Respond(Response(response)));
}

/// Sends what is given in all places, in one of them something new.
pub(super) fn respond(context: Context, id: &str, value: &str) {
    let Some(view) = current_parts(context) else {
        return;
    };
    let mut response = Vec::new();
    for place in &view.places {
        let given = if place.id == id { value } else { &place.given };
        if is_blank(given) {
        } else if view.kind == Kind::Cloze && !place.choices.is_empty() {
            // The pool of a cloze names its choices as a response does.
            response.push(given.to_owned());
        } else {
            response.push([&place.id, "=", given].concat());
        }
    }
    send(context, response);
}

/// What a typed number was read as, in words.
pub(super) fn read_as(text: &'static PartsStrings, place: Option<&PlaceView>) -> Option<String> {
    let read = place?.read.as_ref()?;
    let words = if read.is_decimal {
        text.read_as_decimal
    } else {
        text.read_as
    };
    Some(fill(words, &[&read.number]))
}

/// What tells one list from another.
pub(super) struct Listed {
    pub(super) part: &'static str,
    /// Its name.
    pub(super) label: Option<String>,
    /// The ids of the elements that name it.
    pub(super) labels: Option<String>,
    /// The gap it is in.
    pub(super) gap: Option<String>,
}

/// A native list of a place's choices.
pub(super) fn list(
    open: &Open,
    pool: &[ChoiceView],
    place: &PlaceView,
    listed: Listed,
) -> impl IntoView + use<> {
    let context = open.context;
    let options: Vec<_> = place
        .choices
        .iter()
        .filter_map(|id| chosen(pool, id))
        .map(|choice| {
            let is_given = choice.id == place.given;
            let text = choice.text.clone();
            let language = foreign(context, &text);
            view! {
                // Not a text node: see `live`.
                <option value=choice.id.clone() selected=is_given lang=language prop:text=move || plain(context, &text)></option>
            }
        })
        .collect();
    let id = place.id.clone();
    let change = move |event| respond(context, &id, &event_target_value(&event));
    view! {
        <select
            part=listed.part
            aria-label=listed.label
            aria-labelledby=listed.labels
            data-gap=listed.gap
            disabled=open.is_late
            on:change=change
        >
            <option value="">{open.text.choose}</option>
            {options}
        </select>
    }
}

/// The choice of an id.
pub(super) fn chosen<'p>(pool: &'p [ChoiceView], id: &str) -> Option<&'p ChoiceView> {
    pool.iter().find(|choice| choice.id == id)
}

/// The language of a text, where it is not the interface's.
pub(super) fn foreign(context: Context, text: &Source) -> Option<String> {
    let is_own = text.language.eq_ignore_ascii_case(context.text.language);
    (!is_own).then(|| text.language.clone())
}

/// The places of a marked question, one after the other.
pub(super) fn marked(
    context: Context,
    text: &'static PartsStrings,
    view: PartsView,
) -> impl IntoView {
    let total = view.places.len().to_string();
    let mut parts = Vec::new();
    for (index, place) in view.places.into_iter().enumerate() {
        let number = (index + 1).to_string();
        let gap = (view.kind == Kind::Cloze).then(|| fill(text.gap_of, &[&number, &total]));
        let is_typed = match view.kind {
            Kind::Cloze => place.choices.is_empty(),
            kind => matches!(kind, Kind::Text | Kind::Numeric),
        };
        let pool: &[ChoiceView] = if is_typed { &[] } else { &view.pool };
        parts.push(marked_part(context, text, pool, gap, place));
    }
    view! { <ul part="marked-parts">{parts}</ul> }
}

/// One of them; what is not in the pool was typed.
fn marked_part(
    context: Context,
    text: &'static PartsStrings,
    pool: &[ChoiceView],
    gap: Option<String>,
    place: PlaceView,
) -> impl IntoView + use<> {
    let (state, word) = state(text, &place);
    let read = read_as(text, Some(&place)).map(|read| view! { <span part="read-as">{read}</span> });
    let verdict = place.verdict.unwrap_or(NO_VERDICT);
    let has_label = gap.is_some() || place.label.is_some();
    let label = place.label.map(|prose| view! { <Prose context prose/> });
    let whys: Vec<_> = [&place.given, &verdict.key]
        .into_iter()
        .enumerate()
        .filter(|(index, id)| *index == 0 || **id != place.given)
        .filter_map(|(_, id)| chosen(pool, id)?.verdict.as_ref()?.why.clone())
        .chain(verdict.why)
        .map(|why| why_of(context, why))
        .collect();
    let key = (!verdict.is_correct).then(|| {
        view! {
            <div part="part-answer">
                <dt>{text.correct_answer}</dt>
                <dd>{answer(context, pool, &verdict.key)}</dd>
            </div>
        }
    });
    let label = has_label.then(|| view! { <div part="part-label">{gap}{label}</div> });
    view! {
        <li part="marked-part" data-state=state data-place=place.id>
            {label}
            <dl part="part-answers">
                <div part="part-answer">
                    <dt>{text.your_answer}</dt>
                    <dd>{answer(context, pool, &place.given)}{" "}<span part="verdict">{word}</span>{read}</dd>
                </div>
                {key}
            </dl>
            {whys}
        </li>
    }
}

const NO_VERDICT: PlaceVerdict = PlaceVerdict {
    is_correct: false,
    key: String::new(),
    why: None,
};

/// How a place was marked, for style sheets and in words.
pub(super) fn state(
    text: &'static PartsStrings,
    place: &PlaceView,
) -> (&'static str, &'static str) {
    if place
        .verdict
        .as_ref()
        .is_some_and(|verdict| verdict.is_correct)
    {
        ("correct", text.correct)
    } else if place.given.is_empty() {
        ("unanswered", text.unanswered)
    } else {
        ("incorrect", text.incorrect)
    }
}

/// What was given or would be right: a choice, or what was typed, which is no Markdown.
pub(super) fn answer(context: Context, pool: &[ChoiceView], value: &str) -> impl IntoView + use<> {
    let choice = chosen(pool, value).map(|choice| choice.text.clone());
    let typed = (choice.is_none() && !value.is_empty()).then(|| value.to_owned());
    let typed = typed.map(|typed| view! { <span part="typed-answer" dir="auto" translate="no" class="notranslate">{typed}</span> });
    let choice = choice.map(|prose| view! { <Prose context prose/> });
    view! {
        {choice}
        {typed}
    }
}

/// Why something is right or wrong.
pub(super) fn why_of(context: Context, prose: Source) -> impl IntoView {
    view! { <div part="why"><Prose context prose/></div> }
}
