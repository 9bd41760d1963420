//! The review of a finished sitting: every question with all its answers.

use leptos::prelude::*;

use super::prose::Prose;
use super::question::marked::{Feedback, MarkedInteraction, outcome_word};
use super::{Context, button};
use crate::engine::event::Event;
use crate::engine::view::AnswerView;

/// The screen.
#[component]
pub fn Answers(context: Context, answers: Vec<AnswerView>) -> impl IntoView {
    let text = context.text;
    let answers = answers
        .into_iter()
        .enumerate()
        .map(|(position, answer)| view! { <Answer context position answer/> })
        .collect_view();
    view! {
        <h2 part="heading" tabindex="-1" data-focus="1">{text.answers_heading}</h2>
        {answers}
        <div part="actions">
            {button(text.to_results.to_owned(), "results", true, Box::new(move || context.send(Event::ShowResults)))}
        </div>
    }
}

/// One question.
#[component]
fn Answer(context: Context, position: usize, answer: AnswerView) -> impl IntoView {
    let text = context.text;
    let outcome = answer.marked.outcome;
    let number = text.number(text.question, position + 1);
    let mut heading = [&number, ": ", outcome_word(text, outcome)].concat();
    if answer.is_flagged {
        heading.push_str(" · ");
        heading.push_str(text.flagged);
    }
    view! {
        <article part="answer" data-outcome=outcome.word()>
            <h3 part="answer-heading">{heading}</h3>
            <div part="prompt"><Prose context prose=answer.prompt/></div>
            <MarkedInteraction context interaction=answer.interaction/>
            <Feedback context marked=answer.marked has_verdict=false/>
        </article>
    }
}
