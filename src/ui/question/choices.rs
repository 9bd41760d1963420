//! Choices: native radio buttons or check boxes before marking, a list in words after.

use leptos::prelude::*;

use super::{current, current_untracked};
use crate::engine::event::Event;
use crate::engine::question::choices::{ChoiceView, ChoicesView, Pick};
use crate::engine::question::{Interaction, Response};
use crate::engine::text::Prose as Source;
use crate::ui::context::Context;
use crate::ui::controls::toggle;
use crate::ui::deferred::Screen;
use crate::ui::prose::{Prose, plain};
use crate::ui::slot::Slot;

/// How many are chosen, and how many should be.
pub fn counts(view: &ChoicesView) -> (usize, usize) {
    let wanted = match view.pick {
        Pick::One => 1,
        Pick::Exactly(wanted) => wanted,
    };
    (
        view.choices
            .iter()
            .filter(|choice| choice.is_chosen)
            .count(),
        wanted,
    )
}

/// The choices of a question that is not marked.
pub fn open(
    context: Context,
    view: ChoicesView,
    prompt: &str,
    tools: Tools,
) -> impl IntoView + use<> {
    let text = context.text;
    let (kind, instruction) = match view.pick {
        Pick::One => ("radio", text.choose_one.to_owned()),
        Pick::Exactly(number) => ("checkbox", text.number(text.choose, number)),
    };
    let instruction_id = [prompt, "-pick"].concat();
    let labels = [prompt, " ", &instruction_id].concat();
    let choices: Vec<_> = view
        .choices
        .into_iter()
        .map(|choice| open_choice(context, kind, prompt, choice, tools.can_strike))
        .collect();
    let clear = (kind == "radio" && !tools.is_late).then(|| {
        let slot = Slot::new();
        // Asynchronous, so the place is there by then.
        context.show(slot, Screen::Clear);
        view! { <div part="clear" node_ref=slot.node()></div> }
    });
    view! {
        <fieldset part="choices" aria-labelledby=labels disabled=tools.is_late>
            <legend part="instruction" id=instruction_id>{instruction}</legend>
            {clear}
            {choices}
        </fieldset>
    }
}

/// One choice. The browser keeps what is checked; it is only told at the beginning.
fn open_choice(
    context: Context,
    kind: &'static str,
    name: &str,
    choice: ChoiceView,
    can_strike: bool,
) -> impl IntoView + use<> {
    let ChoiceView {
        id,
        text,
        is_chosen,
        ..
    } = choice;
    let value = id.clone();
    let strike = can_strike.then(|| strike(context, id.clone(), &text));
    let change = move |_| context.send(Event::Respond(toggled(context, &id)));
    view! {
        <div part="choice-row">
            <label part="choice">
                <input type=kind part="input" name=name.to_owned() value=value checked=is_chosen on:change=change/>
                <Prose context prose=text/>
            </label>
            {strike}
        </div>
    }
}

/// A button that strikes a choice out, or takes that back. Only the reader's own note: it can still be chosen.
fn strike(context: Context, id: String, choice: &Source) -> impl IntoView + use<> {
    // Questions wait for what makes plain text, so that this is it.
    let choice = untrack(|| plain(context, choice));
    let name = [context.text.strike, ": ", &choice].concat();
    let own = id.clone();
    let is_struck = move || current(context).is_some_and(|view| view.struck.contains(&own));
    let press = move || context.send(Event::ToggleStruck(id.clone()));
    toggle(
        "strike",
        "",
        "strike",
        Some(name),
        Box::new(is_struck),
        Box::new(press),
    )
}

/// What the question screen allows beyond choosing.
#[derive(Clone, Copy)]
pub struct Tools {
    /// Whether choices can be struck out.
    pub can_strike: bool,
    /// Whether the answer stays as it is.
    pub is_late: bool,
}

/// The response after the reader pressed one choice.
fn toggled(context: Context, id: &str) -> Response {
    let Some(Interaction::Choices(view)) = current_untracked(context).map(|view| view.interaction)
    else {
        return Response::default();
    };
    if view.pick == Pick::One {
        return Response(vec![id.to_owned()]);
    }
    let chosen = view
        .choices
        .into_iter()
        .filter(|choice| choice.is_chosen != (choice.id == id));
    Response(chosen.map(|choice| choice.id).collect())
}

/// The choices of a marked question: yours and the right ones told apart in words, and why.
#[component]
pub fn Marked(context: Context, view: ChoicesView) -> impl IntoView {
    let choices: Vec<_> = view
        .choices
        .into_iter()
        .map(|choice| marked_choice(context, choice))
        .collect();
    view! { <ul part="choices">{choices}</ul> }
}

/// One of them.
fn marked_choice(context: Context, choice: ChoiceView) -> impl IntoView {
    let strings = context.later();
    let ChoiceView {
        id,
        text,
        is_chosen,
        verdict,
    } = choice;
    let (is_correct, why) =
        verdict.map_or((false, None), |verdict| (verdict.is_correct, verdict.why));
    let state = match (is_correct, is_chosen) {
        (true, _) => "correct",
        (false, true) => "incorrect",
        (false, false) => "neutral",
    };
    let tags: Vec<_> = [
        (is_chosen, strings.your_answer),
        (is_correct, strings.correct_answer),
    ]
    .into_iter()
    .filter(|(applies, _)| *applies)
    .map(|(_, word)| view! { <span part="verdict">{word}</span> })
    .collect();
    view! {
        <li part="choice marked-choice" data-state=state data-choice=id data-chosen=is_chosen.then_some("")>
            <div part="choice-body">
                <Prose context prose=text/>
                <span part="verdicts">{tags}</span>
            </div>
            {why.map(|why| view! { <div part="why"><Prose context prose=why/></div> })}
        </li>
    }
}
