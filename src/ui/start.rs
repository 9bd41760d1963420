//! The start screen: what the quiz is, and the button.

use leptos::prelude::*;

use super::context::Context;
use super::controls::button;
use super::deferred::Screen;
use super::prose::Prose;
use super::slot::Slot;
use super::text::{Strings, fill};
use crate::engine::event::{Event, Which};
use crate::engine::form::{Credit, Feedback};
use crate::engine::scoring::PassMark;
use crate::engine::view::StartView;

/// The screen.
#[component]
pub fn Start(context: Context, view: StartView) -> impl IntoView {
    let text = context.text;
    let last = view.last.map(|(percent, passed)| {
        let verdict = passed.map(|passed| if passed { text.passed } else { text.failed });
        let mut said = text.number(text.last, percent as usize);
        if let Some(verdict) = verdict {
            said.push_str(" · ");
            said.push_str(verdict);
        }
        said
    });
    let has_last = last.is_some();
    let facts = facts(context, &view);
    let shared = context.shared();
    let has_problems = shared
        .as_ref()
        .is_some_and(|shared| !shared.problems.is_empty());
    let has_gaps = shared.is_some_and(|shared| shared.has_gaps);
    let left_out = has_problems.then(|| {
        let slot = Slot::new();
        // Asynchronous, so the place is there by then.
        context.show(slot, Screen::LeftOut);
        view! { <div node_ref=slot.node()></div> }
    });
    view! {
        <div part="start">
            {view.untitled.map(|mode| view! { <p part="form-title">{text.mode(mode)}</p> })}
            {view.form.map(|form| view! { <p part="form-title"><Prose context prose=form/></p> })}
            <p part="title" data-focus="1" tabindex="-1"><Prose context prose=view.title/></p>
            <ul part="facts">{facts.into_iter().map(|fact| view! { <li part="fact">{fact}</li> }).collect_view()}</ul>
            {last.map(|last| view! { <p part="last">{last}</p> })}
            {left_out}
            {has_gaps.then(|| view! { <p part="notice">{text.not_translated}</p> })}
            <div part="actions">
                {button(text.start.to_owned(), "start", true, Box::new(move || context.start(Which::All)))}
                {has_last.then(|| {
                    button(text.see_last.to_owned(), "results", false, Box::new(move || context.send(Event::ShowResults)))
                })}
                // Also where there are none yet: they can be brought along.
                {context.is_kept().then(|| {
                    button(text.history.to_owned(), "history", false, Box::new(move || context.send(Event::ShowHistory)))
                })}
            </div>
        </div>
    }
}

/// What the reader should know before starting.
fn facts(context: Context, view: &StartView) -> Vec<String> {
    let text = context.text;
    let mut facts = vec![text.questions(view.questions)];
    if view.question_time.is_none() || view.time_limit.is_some() {
        facts.push(
            view.time_limit
                .map_or_else(|| text.no_limit.to_owned(), |limit| text.duration(limit)),
        );
    }
    if view.unscored > 0 {
        facts.push(text.number(text.unscored, view.unscored as usize));
    }
    let own_limit = view.question_time;
    facts.extend(own_limit.map(|limit| fill(text.question_limit, &[&text.duration(limit)])));
    facts.extend(view.pass.map(|mark| pass_mark(text, mark)));
    facts.push(
        match view.feedback {
            Feedback::Immediate => text.feedback_immediate,
            Feedback::AtEnd => text.feedback_at_end,
        }
        .to_owned(),
    );
    let rule = match view.credit {
        Credit::AllOrNothing => None,
        Credit::Partial => Some(text.credit_partial),
        Credit::Negative => Some(text.credit_negative),
        Credit::BelowZero => Some(text.credit_below_zero),
    };
    facts.extend(
        rule.into_iter()
            .chain(view.is_linear.then_some(text.linear))
            .map(str::to_owned),
    );
    facts
}

/// What passes, in words.
pub fn pass_mark(text: &Strings, mark: PassMark) -> String {
    match mark {
        PassMark::Percent(percent) => text.number(text.pass_percent, percent as usize),
        PassMark::Scaled(scale) => fill(
            text.pass_scaled,
            &[&scale.pass.to_string(), &scale.max.to_string()],
        ),
    }
}
