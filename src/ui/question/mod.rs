//! The question screen, and what all question types share on it. One file per kind of interaction.

pub mod choices;
pub mod clear;
pub mod cloze;
pub mod marked;
pub mod matching;
pub mod ordering;
pub mod parts;
pub mod places;
pub mod typed;

use leptos::prelude::*;
use web_sys::HtmlElement;

use super::context::Context;
use super::controls::{Press, button, live, toggle};
use super::deferred::{Deferred, Places, Screen};
use super::prose::Prose;
use super::slot::{Held, Slot, hold};
use super::text::{countdown, fill};
use crate::engine::event::Event;
use crate::engine::question::{Completeness, Interaction};
use crate::engine::view::{QuestionView, Step, View};

/// The question on screen, tracked; `None` while another screen takes over.
fn current(context: Context) -> Option<QuestionView> {
    match context.signals.view.get() {
        View::Question(view) => Some(view),
        _ => None,
    }
}

/// The question on screen, at this moment.
fn current_untracked(context: Context) -> Option<QuestionView> {
    untrack(|| current(context))
}

/// The screen.
#[component]
pub fn Question(context: Context, view: QuestionView) -> impl IntoView {
    let text = context.text;
    let position = view.position;
    let is_alone = view.total == 1;
    let (answer, aside) = (Slot::new(), Slot::new());
    // The tools of an exam: where answers are marked at once, they would be in the way.
    let has_aside = view.is_exam;
    let progress = fill(
        text.question_of,
        &[&(position + 1).to_string(), &view.total.to_string()],
    );
    let prompt_id = ["prompt-", &position.to_string()].concat();
    if has_aside {
        // Asynchronous, so the place is there by then.
        context.show(aside, Screen::Aside);
    } else {
        context.preload();
    }
    let case = view.scenario.map(|prose| {
        let slot = Slot::new();
        context.show(slot, Screen::Case(prose));
        view! { <div part="case" node_ref=slot.node()></div> }
    });
    // Before and after marking, what stands below the prompt is drawn anew.
    let drawn_prompt = prompt_id.clone();
    Effect::new(move |before: Option<bool>| {
        let Some(view) = current(context) else {
            return before.unwrap_or(false);
        };
        let is_marked = view.marked.is_some();
        if before != Some(is_marked) {
            let prompt = drawn_prompt.clone();
            answer.put(|node| draw_answer(context, node, view, prompt));
            context.screen_changed();
            // What was pressed is gone: the focus goes to what it said.
            if before == Some(false) {
                context.want_focus("[part~=feedback]");
            }
        }
        is_marked
    });
    view! {
        <form part="question" autocomplete="off" on:submit=move |event| event.prevent_default()>
            <div part="bar">
                {(!is_alone).then(|| view! { <p part="progress">{progress}</p> })}
                {clock(context)}
                {saved(context)}
                {(!is_alone).then(|| tools(context, view.is_flagged, view.can_pause))}
            </div>
            {(!is_alone).then(|| view! {
                <div part="progress-track" aria-hidden="true">
                    <progress part="progress-bar" max=view.total value=position + 1></progress>
                </div>
            })}
            <div part="body">
                {case}
                <div part="answering">
                    <div part="prompt" id=prompt_id tabindex="-1" data-focus="1"><Prose context prose=view.prompt/></div>
                    <div node_ref=answer.node()></div>
                </div>
            </div>
            {has_aside.then(|| view! { <div part="aside" node_ref=aside.node()></div> })}
        </form>
    }
}

/// What stands below the prompt: something to answer with, or how it was marked; and the buttons.
fn draw_answer(context: Context, node: HtmlElement, view: QuestionView, prompt: String) -> Held {
    let steps = Steps {
        is_late: view.is_late,
        position: view.position,
        is_last: view.position + 1 == view.total,
        can_go_back: view.can_go_back,
        step: view.step,
    };
    let tools = choices::Tools {
        can_strike: view.is_exam,
        is_late: view.is_late,
    };
    let deferred = match (view.marked, view.interaction) {
        (Some(marked), interaction) => Deferred::from(Screen::Marked(*marked, interaction)),
        (None, Interaction::Parts(view)) => Places::Open(view, prompt, tools.is_late).into(),
        (None, Interaction::Choices(view)) => {
            return hold(node, move || {
                view! {
                    {choices::open(context, view, &prompt, tools)}
                    {draw_steps(context, steps)}
                }
            });
        }
    };
    hold(node, move || {
        let slot = Slot::new();
        // Asynchronous, so the place is there by then.
        context.show(slot, deferred);
        view! {
            <div node_ref=slot.node()></div>
            {draw_steps(context, steps)}
        }
    })
}

/// The countdown, and what is said of it aloud at five minutes and at one.
pub fn clock(context: Context) -> impl IntoView {
    let text = context.text;
    let seconds = context.signals.seconds_left;
    let said = move || match seconds.get() {
        Some(56..=60) => fill(text.time_left_is, &[&fill(text.minutes, &["1"])]),
        Some(296..=300) => fill(text.time_left_is, &[&fill(text.minutes, &["5"])]),
        _ => String::new(),
    };
    let hides = context.hides_time();
    let shown = move || {
        if hides.get() {
            String::new()
        } else {
            countdown(seconds.get().unwrap_or(0))
        }
    };
    seconds.get_untracked().map(|_| {
        view! {
            <p part="timer" role="timer">
                <span part="hidden">{text.time_left}</span>
                <span translate="no" node_ref=live(Box::new(shown))></span>
            </p>
            {toggle("tool", text.hide_time, "hide-time", None, Box::new(move || hides.get()), Box::new(move || hides.update(|hides| *hides = !*hides)))}
            <p part="hidden" role="status" node_ref=live(Box::new(said))></p>
        }
    })
}

/// Whether the last change is where nothing is lost; nothing where nobody can say.
fn saved(context: Context) -> impl IntoView {
    let text = context.text;
    let is_saved = context.signals.is_saved;
    let said = move || match is_saved.get() {
        None => String::new(),
        Some(true) => text.saved.to_owned(),
        Some(false) => text.saving.to_owned(),
    };
    let attribute = move || is_saved.get().map(|is_saved| is_saved.to_string());
    // Not said aloud: it changes with every answer.
    view! { <p part="saved" data-saved=attribute node_ref=live(Box::new(said))></p> }
}

/// Flag, overview and pause.
fn tools(context: Context, is_flagged: bool, can_pause: bool) -> impl IntoView {
    let text = context.text;
    let is_on = move || current(context).map_or(is_flagged, |view| view.is_flagged);
    let flag = toggle(
        "tool",
        text.flag,
        "flag",
        None,
        Box::new(is_on),
        Box::new(move || context.send(Event::ToggleFlag)),
    );
    view! {
        <div part="tools">
            {flag}
            {tool(text.review, "review", Box::new(move || context.send(Event::Review)))}
            {can_pause.then(|| tool(text.pause, "pause", Box::new(move || context.send(Event::Pause))))}
        </div>
    }
}

fn tool(label: &'static str, action: &'static str, press: Press) -> impl IntoView {
    view! { <button type="button" part="tool" data-action=action on:click=move |_| press()>{label}</button> }
}

/// Where the reader can go from a question.
#[derive(Clone, Copy)]
struct Steps {
    is_late: bool,
    position: usize,
    is_last: bool,
    can_go_back: bool,
    step: Step,
}

/// The buttons below a question, and what is said when an answer is not complete yet.
fn draw_steps(context: Context, steps: Steps) -> impl IntoView {
    let text = context.text;
    let Steps {
        is_late,
        position,
        is_last,
        can_go_back,
        step,
    } = steps;
    let is_nudged = RwSignal::new_local(false);
    // Said until the answer is complete.
    let nudge = move || {
        let open = is_nudged.get().then(|| current(context)).flatten();
        open.filter(|view| view.completeness != Completeness::Complete)
            .map_or_else(String::new, |view| missing(context, &view.interaction))
    };
    let forward = move || {
        context.send(if is_last {
            Event::Finish
        } else {
            Event::GoTo(position + 1)
        });
    };
    let press = move || match step {
        Step::Check => match current_untracked(context) {
            Some(view) if view.completeness != Completeness::Complete => {
                is_nudged.set(true);
            }
            _ => context.send(Event::Check),
        },
        Step::Next | Step::Finish => forward(),
    };
    let (label, action) = match step {
        Step::Check => (text.check, "check"),
        Step::Next => (text.next, "next"),
        Step::Finish => (text.finish, "finish"),
    };
    let (skip, skip_action) = if is_last {
        (text.finish, "finish")
    } else {
        (text.skip, "next")
    };
    view! {
        {is_late.then(|| view! { <p part="notice">{text.time_up}</p> })}
        <p part="nudge" role="status" node_ref=live(Box::new(nudge))></p>
        <div part="actions">
            {can_go_back.then(|| {
                let back = move || context.send(Event::GoTo(position.saturating_sub(1)));
                button(text.previous.to_owned(), "previous", false, Box::new(back))
            })}
            {(step == Step::Check).then(|| button(skip.to_owned(), skip_action, false, Box::new(forward)))}
            <button type="submit" part="button button-primary" data-action=action on:click=move |_| press()>{label}</button>
        </div>
    }
}

/// What a reader who wants to check too early is told.
fn missing(context: Context, interaction: &Interaction) -> String {
    let text = context.text;
    match interaction {
        Interaction::Choices(view) => match choices::counts(view) {
            (0, _) => text.nothing_chosen.to_owned(),
            (chosen, wanted) => fill(text.chosen_of, &[&chosen.to_string(), &wanted.to_string()]),
        },
        Interaction::Parts(view) => {
            let filled = view.places.iter().filter(|place| !place.given.is_empty());
            match view.wanted.saturating_sub(filled.count()) {
                // Too many, or no number.
                0 => text.look_again.to_owned(),
                open => text.number(text.parts_open, open),
            }
        }
    }
}
