//! A marked question: its answers in words, how it was marked, and what to learn from it.

use leptos::prelude::*;

use super::choices;
use crate::engine::form::Credit;
use crate::engine::points::Points;
use crate::engine::question::Interaction;
use crate::engine::scoring::Outcome;
use crate::engine::view::MarkedView;
use crate::ui::context::Context;
use crate::ui::deferred::Places;
use crate::ui::prose::Prose;
use crate::ui::slot::Slot;
use crate::ui::text::{Later as Words, fill};

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
    let (choices, parts) = match interaction {
        Interaction::Choices(view) => (Some(view), None),
        Interaction::Parts(view) => (None, Some(view)),
    };
    let parts = parts.map(|view| {
        let slot = Slot::new();
        // Asynchronous, so the place is there by then.
        context.show(slot, Places::Marked(view));
        view! { <div node_ref=slot.node()></div> }
    });
    view! {
        {choices.map(|view| view! { <choices::Marked context view/> })}
        {parts}
    }
}

/// The word for an outcome.
pub const fn outcome_word(text: &'static Words, outcome: Outcome) -> &'static str {
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
    let text = context.later();
    let rule = rule(text, &marked);
    let verdict = has_verdict
        .then(|| view! { <p part="feedback-verdict">{outcome_word(text, marked.outcome)}</p> });
    let references = (!marked.references.is_empty()).then(|| {
        let links = marked
            .references
            .into_iter()
            .map(|(title, url)| view! { <li><a href=context.in_set(url) target="_blank" rel="noopener noreferrer"><Prose context prose=title/></a></li> })
            .collect_view();
        view! { <div part="references"><p part="references-heading">{text.read_on}</p><ul>{links}</ul></div> }
    });
    view! {
        <div part="feedback" data-outcome=marked.outcome.word() tabindex="-1">
            {verdict}
            {rule.map(|rule| view! { <p part="rule">{rule}</p> })}
            {marked.explanation.map(|prose| view! { <div part="explanation"><Prose context prose/></div> })}
            {references}
        </div>
    }
}

/// A sentence that says how the rule was applied, where there is anything to explain.
fn rule(text: &'static Words, marked: &MarkedView) -> Option<String> {
    let tally = marked.tally;
    let has_parts = tally.of_right > 1 || marked.credit != Credit::AllOrNothing;
    if !has_parts || matches!(marked.outcome, Outcome::Correct | Outcome::Unanswered) {
        return None;
    }
    let (right, of, wrong) = (
        &tally.right.to_string(),
        &tally.of_right.to_string(),
        &tally.wrong.to_string(),
    );
    let points = &told(tally.points(marked.credit));
    let has_wrong = tally.wrong > 0 && !tally.is_by_place;
    Some(match marked.credit {
        Credit::AllOrNothing if has_wrong => fill(text.rule_all_wrong, &[right, of, wrong]),
        Credit::AllOrNothing => fill(text.rule_all, &[right, of]),
        Credit::Partial if has_wrong => fill(text.rule_partial_wrong, &[right, of, wrong, points]),
        Credit::Partial => fill(text.rule_partial, &[right, of, points]),
        Credit::Negative | Credit::BelowZero => {
            fill(text.rule_negative, &[right, of, wrong, points])
        }
    })
}

/// Points with up to two decimals, rounded towards zero. By hand: formatting a float would cost the reader 14 KB.
pub fn told(points: Points) -> String {
    let hundredths = points.thousandths() / 10;
    let mut text = String::from(if hundredths < 0 { "−" } else { "" });
    let hundredths = hundredths.unsigned_abs();
    text.push_str(&(hundredths / 100).to_string());
    let cents = hundredths % 100;
    if cents > 0 {
        text.push_str(if cents < 10 { ".0" } else { "." });
        let shown = if cents.is_multiple_of(10) {
            cents / 10
        } else {
            cents
        };
        text.push_str(&shown.to_string());
    }
    text
}
