//! A marked question: its answers in words, how it was marked, and what to learn from it.

use leptos::prelude::*;

use super::choices;
use crate::engine::question::Interaction;
use crate::engine::scoring::Outcome;
use crate::engine::view::MarkedView;
use crate::ui::Context;
use crate::ui::prose::Prose;
use crate::ui::text::Strings;

/// What stands below the prompt of a question that was just marked.
#[component]
pub fn Marked(context: Context, marked: MarkedView, interaction: Interaction) -> impl IntoView {
    view! {
        <MarkedInteraction context interaction/>
        <Feedback context marked has_verdict=true/>
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
    let verdict = has_verdict
        .then(|| view! { <p part="feedback-verdict">{outcome_word(text, marked.outcome)}</p> });
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
