//! Choices: native radio buttons or check boxes before marking, a list in words after.

use leptos::prelude::*;

use super::read;
use crate::engine::event::Event;
use crate::engine::question::choices::{ChoiceView, ChoicesView, Pick};
use crate::engine::question::{Interaction, Response};
use crate::engine::view::View;
use crate::ui::Context;
use crate::ui::prose::Prose;

/// How many are chosen, and how many should be.
pub fn counts(interaction: &Interaction) -> (usize, usize) {
    let Interaction::Choices(view) = interaction;
    let wanted = match view.pick {
        Pick::One => 1,
        Pick::Exactly(wanted) => wanted,
    };
    (view.choices.iter().filter(|choice| choice.is_chosen).count(), wanted)
}

/// The choices of a question that is not marked.
#[component]
pub fn Open(context: Context, view: ChoicesView, prompt: String) -> impl IntoView {
    let text = context.text;
    let (kind, instruction) = match view.pick {
        Pick::One => ("radio", text.choose_one.to_owned()),
        Pick::Exactly(number) => ("checkbox", text.number(text.choose, number)),
    };
    let instruction_id = [&prompt, "-pick"].concat();
    let labels = [prompt.as_str(), instruction_id.as_str()].join(" ");
    let choices = view
        .choices
        .into_iter()
        .map(|choice| view! { <Choice context kind name=prompt.clone() choice/> })
        .collect_view();
    view! {
        <fieldset part="choices" aria-labelledby=labels>
            <legend part="instruction" id=instruction_id>{instruction}</legend>
            {choices}
        </fieldset>
    }
}

/// One choice.
#[component]
fn Choice(context: Context, kind: &'static str, name: String, choice: ChoiceView) -> impl IntoView {
    let ChoiceView { id, text, is_chosen, .. } = choice;
    let position = context.signals.view.with_untracked(|view| match view {
        View::Question(view) => view.position,
        _ => 0,
    });
    let wanted = id.clone();
    let is_chosen_now = read(context, position, move |view| {
        let Interaction::Choices(view) = &view.interaction;
        view.choices.iter().any(|choice| choice.is_chosen && choice.id == wanted)
    });
    let value = id.clone();
    view! {
        <label part="choice">
            <input
                type=kind
                part="input"
                name=name
                value=value
                checked=is_chosen
                prop:checked=move || is_chosen_now.get().unwrap_or(is_chosen)
                on:change=move |_| context.send(Event::Respond(toggled(context, kind == "radio", &id)))
            />
            <Prose context prose=text/>
        </label>
    }
}

/// The response after the reader pressed one choice.
fn toggled(context: Context, is_single: bool, id: &str) -> Response {
    if is_single {
        return Response(vec![id.to_owned()]);
    }
    context.signals.view.with_untracked(|view| {
        let View::Question(view) = view else {
            return Response::default();
        };
        let Interaction::Choices(view) = &view.interaction;
        let chosen = view.choices.iter().filter(|choice| choice.is_chosen != (choice.id == id));
        Response(chosen.map(|choice| choice.id.clone()).collect())
    })
}

/// The choices of a marked question: yours and the right ones told apart in words, and why.
#[component]
pub fn Marked(context: Context, view: ChoicesView) -> impl IntoView {
    let choices = view.choices.into_iter().map(|choice| view! { <MarkedChoice context choice/> }).collect_view();
    view! { <ul part="choices">{choices}</ul> }
}

/// One of them.
#[component]
fn MarkedChoice(context: Context, choice: ChoiceView) -> impl IntoView {
    let strings = context.text;
    let ChoiceView { id, text, is_chosen, verdict } = choice;
    let (is_correct, why) = verdict.map_or((false, None), |verdict| (verdict.is_correct, verdict.why));
    let state = match (is_correct, is_chosen) {
        (true, _) => "correct",
        (false, true) => "incorrect",
        (false, false) => "neutral",
    };
    let words = [(is_chosen, strings.your_answer), (is_correct, strings.correct_answer)];
    let tags = words
        .into_iter()
        .filter(|(applies, _)| *applies)
        .map(|(_, word)| view! { <span part="verdict">{word}</span> })
        .collect_view();
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
