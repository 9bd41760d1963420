//! The review of a finished sitting: every question with all its answers, and filters over them.

use leptos::prelude::*;

use super::aside::Case;
use super::prose::Prose;
use super::question::marked::{Feedback, MarkedInteraction, outcome_word};
use super::{Context, button, toggle};
use crate::engine::event::Event;
use crate::engine::scoring::Outcome;
use crate::engine::view::later::AnswerView;

/// Which answers are shown.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Filter {
    /// Only what was not right.
    wrong: bool,
    /// Only what is flagged.
    flagged: bool,
    /// Only one domain.
    domain: Option<usize>,
}

impl Filter {
    fn shows(self, of: Facts) -> bool {
        (!self.wrong || of.is_wrong)
            && (!self.flagged || of.is_flagged)
            && (self.domain.is_none() || self.domain == of.domain)
    }
}

/// What filters look at, and whether the case must be told again.
#[derive(Clone, Copy)]
struct Facts {
    is_wrong: bool,
    is_flagged: bool,
    domain: Option<usize>,
    scenario: Option<usize>,
}

/// The screen.
#[component]
pub fn Answers(context: Context) -> impl IntoView {
    let text = context.later();
    let (answers, domains) = context
        .look(|session, language| (session.answers(language), session.domains_asked(language)))
        .unwrap_or_default();
    let filter = RwSignal::new_local(Filter {
        wrong: false,
        flagged: false,
        domain: None,
    });
    let facts: Vec<Facts> = answers
        .iter()
        .map(|answer| Facts {
            is_wrong: answer.marked.outcome != Outcome::Correct,
            is_flagged: answer.is_flagged,
            domain: answer.domain,
            scenario: answer.scenario.as_ref().map(|(index, _)| *index),
        })
        .collect();
    let facts = StoredValue::new_local(facts);
    let has_many = answers.len() > 1;
    let answers: Vec<_> = answers
        .into_iter()
        .enumerate()
        .map(|(index, answer)| {
            let is_hidden = move || {
                let filter = filter.get();
                facts.with_value(|facts| facts.get(index).is_some_and(|own| !filter.shows(*own)))
            };
            // A case stands above the first of its questions that is shown.
            let is_told = move || {
                let filter = filter.get();
                facts.with_value(|facts| {
                    let (before, own) = facts.split_at(index);
                    let mut shown = before.iter().rev().filter(|facts| filter.shows(**facts));
                    let last = shown.next().and_then(|facts| facts.scenario);
                    last == own.first().and_then(|own| own.scenario)
                })
            };
            view! { <div hidden=is_hidden>{shown(context, answer, is_told)}</div> }
        })
        .collect();
    let nothing = move || {
        let filter = filter.get();
        if facts.with_value(|facts| facts.iter().any(|facts| filter.shows(*facts))) {
            ""
        } else {
            text.nothing_to_show
        }
        .to_owned()
    };
    let back = button(
        text.to_results.to_owned(),
        "results",
        true,
        Box::new(move || context.send(Event::ShowResults)),
    );
    view! {
        <h2 part="heading" tabindex="-1" data-focus="1">{text.answers_heading}</h2>
        {has_many.then(|| filters(context, filter, domains))}
        <p part="summary" role="status">{nothing}</p>
        {answers}
        <div part="actions">
            {back}
            {button(text.print.to_owned(), "print", false, Box::new(move || super::print::print(context)))}
        </div>
    }
}

/// The filters: two that are on or off, and one domain.
fn filters(
    context: Context,
    filter: RwSignal<Filter, LocalStorage>,
    domains: Vec<(usize, crate::engine::set::Prose)>,
) -> impl IntoView {
    let text = context.later();
    let wrong = toggle(
        "tool filter",
        text.show_wrong,
        "show-wrong",
        None,
        Box::new(move || filter.with(|filter| filter.wrong)),
        Box::new(move || filter.update(|filter| filter.wrong = !filter.wrong)),
    );
    let flagged = toggle(
        "tool filter",
        text.show_flagged,
        "show-flagged",
        None,
        Box::new(move || filter.with(|filter| filter.flagged)),
        Box::new(move || filter.update(|filter| filter.flagged = !filter.flagged)),
    );
    let has_domains = domains.len() > 1;
    let select = has_domains.then(|| {
        let options: Vec<_> = domains
            .into_iter()
            .map(|(index, title)| {
                view! { <option value=index.to_string() lang=title.language>{title.markdown}</option> }
            })
            .collect();
        let change = move |event| {
            let domain = event_target_value(&event).parse().ok();
            filter.update(|filter| filter.domain = domain);
        };
        view! {
            <select part="filter-domain" aria-label=text.domain on:change=change>
                <option value="">{text.show_all}</option>
                {options}
            </select>
        }
    });
    view! { <div part="filters" role="group" aria-label=text.show>{wrong}{flagged}{select}</div> }
}

/// One question.
fn shown(
    context: Context,
    answer: AnswerView,
    is_told: impl Fn() -> bool + Copy + Send + 'static,
) -> impl IntoView {
    let text = context.later();
    let outcome = answer.marked.outcome;
    let mut heading = text.number(context.text.question, answer.position + 1);
    heading.push_str(": ");
    heading.push_str(outcome_word(text, outcome));
    for (applies, word) in [
        (answer.is_flagged, text.flagged),
        (answer.is_unscored, text.was_unscored),
    ] {
        if applies {
            heading.push_str(" · ");
            heading.push_str(word);
        }
    }
    let mut facts = Vec::new();
    if answer.spent.as_secs() > 0 {
        let spent = context.text.duration(answer.spent);
        facts.push(answer.budget.map_or_else(
            || super::text::fill(text.time_spent, &[&spent]),
            |budget| {
                super::text::fill(
                    text.time_spent_of,
                    &[&spent, &context.text.duration(budget)],
                )
            },
        ));
    }
    if let Some(before) = answer.before {
        let before = outcome_word(text, before);
        facts.push(super::text::fill(text.was_before, &[before]));
    }
    if !answer.note.is_empty() {
        facts.push([text.your_note, &answer.note].concat());
    }
    let facts: Vec<_> = facts
        .into_iter()
        .map(|fact| view! { <li part="fact">{fact}</li> })
        .collect();
    let case = answer
        .scenario
        .map(|(_, prose)| view! { <div hidden=is_told><Case context prose/></div> });
    view! {
        <article part="answer" data-outcome=outcome.word() data-unscored=answer.is_unscored.then_some("")>
            <h3 part="answer-heading">{heading}</h3>
            {case}
            <div part="prompt"><Prose context prose=answer.prompt/></div>
            <MarkedInteraction context interaction=answer.interaction/>
            <Feedback context marked=answer.marked has_verdict=false/>
            {(!facts.is_empty()).then(|| view! { <ul part="facts">{facts}</ul> })}
        </article>
    }
}
