//! The question screen, and what all question types share on it. One file per kind of interaction.

mod choices;

use leptos::html;
use leptos::prelude::*;

use super::prose::Prose;
use super::text::{Strings, countdown, fill};
use super::{Button, Context, focus};
use crate::engine::event::Event;
use crate::engine::question::{Completeness, Interaction};
use crate::engine::scoring::Outcome;
use crate::engine::view::{MarkedView, QuestionView, Step, View};

/// Reads something of the question on screen; `None` while another screen takes over.
fn read<T: Send + Sync + PartialEq + 'static>(
    context: Context,
    position: usize,
    pick: impl Fn(&QuestionView) -> T + Send + Sync + 'static,
) -> Memo<Option<T>> {
    Memo::new(move |_| {
        context.signals.view.with(|view| match view {
            View::Question(view) if view.position == position => Some(pick(view)),
            _ => None,
        })
    })
}

/// The screen.
#[component]
pub fn Question(context: Context, view: QuestionView) -> impl IntoView {
    let text = context.text;
    let position = view.position;
    let is_alone = view.total == 1;
    let marked = read(context, position, |view| view.marked.clone().map(|marked| (marked, view.interaction.clone())));
    let form = NodeRef::<html::Form>::new();
    // What was pressed is gone once the answer is marked: the focus goes to what it said.
    Effect::new(move |before: Option<bool>| {
        let is_marked = marked.with(|marked| matches!(marked, Some(Some(_))));
        if before == Some(false) && is_marked {
            focus(move || form.get_untracked()?.query_selector("[part~=feedback]").ok()?);
        }
        is_marked
    });
    let progress = fill(text.question_of, &[&(position + 1).to_string(), &view.total.to_string()]);
    let prompt_id = ["prompt-", &position.to_string()].concat();
    let interaction = view.interaction.clone();
    let labelled_by = prompt_id.clone();
    view! {
        <form part="question" node_ref=form on:submit=move |event| event.prevent_default()>
            <div part="bar">
                {(!is_alone).then(|| view! { <p part="progress">{progress}</p> })}
                <Clock context/>
                {(!is_alone).then(|| view! { <Tools context position can_pause=view.can_pause/> })}
            </div>
            {(!is_alone).then(|| view! {
                <div part="progress-track" aria-hidden="true">
                    <progress part="progress-bar" max=view.total value=position + 1></progress>
                </div>
            })}
            <div part="prompt" id=prompt_id tabindex="-1" data-focus=true><Prose context prose=view.prompt/></div>
            {move || match marked.get().flatten() {
                Some((marked, interaction)) => view! {
                    <MarkedInteraction context interaction/>
                    <Feedback context marked has_verdict=true/>
                }
                .into_any(),
                None => view! {
                    <OpenInteraction context interaction=interaction.clone() prompt=labelled_by.clone()/>
                }
                .into_any(),
            }}
            <Steps context position is_last={position + 1 == view.total} can_go_back=view.can_go_back/>
        </form>
    }
}

/// The screen of a stopped clock.
#[component]
pub fn Paused(context: Context) -> impl IntoView {
    let text = context.text;
    view! {
        <h2 part="heading" tabindex="-1" data-focus=true>{text.paused}</h2>
        <p>{text.paused_body}</p>
        <div part="actions">
            <Button label=text.resume.to_owned() action="resume" is_primary=true on_press=move || context.send(Event::Resume)/>
        </div>
    }
}

/// The countdown, and what is said of it aloud at five minutes and at one.
#[component]
pub fn Clock(context: Context) -> impl IntoView {
    let text = context.text;
    let seconds = context.signals.seconds_left;
    let is_limited = Memo::new(move |_| seconds.get().is_some());
    let warning = Memo::new(move |_| match seconds.get() {
        Some(1..=60) => Some(60_u64),
        Some(61..=300) => Some(300),
        _ => None,
    });
    move || {
        is_limited.get().then(|| {
            view! {
                <p part="timer" role="timer" data-warning=move || warning.get().map(|_| "")>
                    <span part="hidden">{text.time_left}" "</span>
                    {move || seconds.get().map(countdown)}
                </p>
                <p part="hidden" role="status">
                    {move || warning.get().map(|limit| fill(text.time_left_is, &[&text.duration(core::time::Duration::from_secs(limit))]))}
                </p>
            }
        })
    }
}

/// Flag, overview and pause.
#[component]
fn Tools(context: Context, position: usize, can_pause: bool) -> impl IntoView {
    let text = context.text;
    let is_flagged = read(context, position, |view| view.is_flagged);
    view! {
        <div part="tools">
            <button
                type="button"
                part="tool"
                data-action="flag"
                aria-pressed=move || if is_flagged.get() == Some(true) { "true" } else { "false" }
                on:click=move |_| context.send(Event::ToggleFlag)
            >
                {text.flag}
            </button>
            <button type="button" part="tool" data-action="review" on:click=move |_| context.send(Event::Review)>
                {text.review}
            </button>
            {can_pause.then(|| view! {
                <button type="button" part="tool" data-action="pause" on:click=move |_| context.send(Event::Pause)>
                    {text.pause}
                </button>
            })}
        </div>
    }
}

/// The buttons below a question, and what is said when an answer is not complete yet.
#[component]
fn Steps(context: Context, position: usize, is_last: bool, can_go_back: bool) -> impl IntoView {
    let text = context.text;
    let step = read(context, position, |view| view.step);
    let completeness = read(context, position, |view| view.completeness);
    let count = read(context, position, |view| choices::counts(&view.interaction));
    let is_nudged = RwSignal::new(false);
    let forward = move || {
        context.send(if is_last { Event::Finish } else { Event::GoTo(position + 1) });
    };
    let press = move || match step.get_untracked().unwrap_or(Step::Next) {
        Step::Check if completeness.get_untracked() != Some(Completeness::Complete) => is_nudged.set(true),
        Step::Check => context.send(Event::Check),
        Step::Next | Step::Finish => forward(),
    };
    let label = move || match step.get().unwrap_or(Step::Next) {
        Step::Check => text.check,
        Step::Next => text.next,
        Step::Finish => text.finish,
    };
    let action = move || match step.get().unwrap_or(Step::Next) {
        Step::Check => "check",
        Step::Next => "next",
        Step::Finish => "finish",
    };
    let nudge = move || {
        let is_open = completeness.get() != Some(Completeness::Complete);
        (is_nudged.get() && is_open).then(|| match count.get().unwrap_or_default() {
            (0, _) => text.nothing_chosen.to_owned(),
            (chosen, wanted) => fill(text.chosen_of, &[&chosen.to_string(), &wanted.to_string()]),
        })
    };
    view! {
        <p part="nudge" role="status">{nudge}</p>
        <div part="actions">
            {can_go_back.then(|| view! {
                <Button label=text.previous.to_owned() action="previous" on_press=move || context.send(Event::GoTo(position.saturating_sub(1)))/>
            })}
            {move || (step.get() == Some(Step::Check)).then(|| {
                let (label, action) = if is_last { (text.finish, "finish") } else { (text.skip, "next") };
                view! { <Button label=label.to_owned() action on_press=forward/> }
            })}
            <button type="submit" part="button button-primary" data-action=action on:click=move |_| press()>{label}</button>
        </div>
    }
}

/// What the reader can do with a question that is not marked.
#[component]
fn OpenInteraction(context: Context, interaction: Interaction, prompt: String) -> impl IntoView {
    match interaction {
        Interaction::Choices(view) => view! { <choices::Open context view prompt/> },
    }
}

/// A question's answers once it is marked.
#[component]
pub fn MarkedInteraction(context: Context, interaction: Interaction) -> impl IntoView {
    match interaction {
        Interaction::Choices(view) => view! { <choices::Marked context view/> },
    }
}

/// The word for an outcome.
pub const fn outcome_word(text: &'static Strings, outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Correct => text.correct,
        Outcome::Partial => text.partial,
        Outcome::Incorrect => text.incorrect,
        Outcome::Unanswered => text.unanswered,
    }
}

/// How a response was marked, and what to learn from it.
#[component]
pub fn Feedback(context: Context, marked: MarkedView, has_verdict: bool) -> impl IntoView {
    let text = context.text;
    let verdict = has_verdict.then(|| view! { <p part="feedback-verdict">{outcome_word(text, marked.outcome)}</p> });
    let references = (!marked.references.is_empty()).then(|| {
        let links = marked
            .references
            .into_iter()
            .map(|(title, url)| view! { <li><a href=url target="_blank" rel="noopener noreferrer"><Prose context prose=title/></a></li> })
            .collect_view();
        view! { <div part="references"><p part="references-heading">{text.read_on}</p><ul>{links}</ul></div> }
    });
    view! {
        <div part="feedback" data-outcome=marked.outcome.word() tabindex="-1">
            {verdict}
            {marked.explanation.map(|prose| view! { <div part="explanation"><Prose context prose/></div> })}
            {references}
        </div>
    }
}
