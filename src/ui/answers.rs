//! The review of a finished sitting: every question with all its answers, and filters over them.
//!
//! An answer is asked for when it is drawn, so that a review of two thousand is not made in one task.

use leptos::html;
use leptos::prelude::*;

use super::aside::Case;
use super::context::Context;
use super::controls::{button, live, toggle};
use super::prose::{Prose, plain};
use super::question::marked::{Feedback, MarkedInteraction, outcome_word};
use super::slices::Slices;
use super::slot::hold;
use crate::engine::event::Event;
use crate::engine::view::filter::{Filter, Look, looks};
use crate::engine::view::later::AnswerView;

/// How many answers the browser leaves out of the layout together while they are out of sight.
const GROUP: usize = 10;

/// The screen.
#[component]
pub fn Answers(context: Context) -> impl IntoView {
    let text = context.later();
    let (places, domains) = context
        .look(|session, language| (session.answer_places(), session.domains_asked(language)))
        .unwrap_or_default();
    let filter = RwSignal::new_local(Filter::ALL);
    let has_many = places.len() > 1;
    let count = places.len();
    let own = looks(&places, Filter::ALL);
    let places = StoredValue::new_local(places);
    let own = StoredValue::new_local(own);
    let look = move |index: usize| own.with_value(|own| own.get(index).copied());
    // One for each answer that is drawn.
    let drawn = StoredValue::new_local(Vec::<RwSignal<Look, LocalStorage>>::new());
    let node = NodeRef::<html::Div>::new();
    let draw = move |node, index| {
        let place = places.with_value(|places| places.get(index).copied());
        let answer = place.and_then(|place| {
            let answer = context.look(|session, language| session.answer(place, language));
            answer.flatten().zip(look(index))
        });
        hold(node, move || {
            answer.map(|(answer, look)| {
                let look = RwSignal::new_local(look);
                drawn.update_value(|drawn| drawn.push(look));
                let is_hidden = move || look.get().is_hidden;
                view! { <div hidden=is_hidden>{shown(context, answer, look)}</div> }
            })
        })
    };
    let refresh = move |index| {
        let signal = drawn.with_value(|drawn| drawn.get(index).copied());
        if let Some((signal, look)) = signal.zip(look(index))
            && signal.get_untracked() != look
        {
            signal.set(look);
        }
    };
    let slices = Slices::new(node, count, GROUP, draw, refresh);
    Effect::new(move |before: Option<()>| {
        let filter = filter.get();
        if before.is_some() {
            places.with_value(|places| own.set_value(looks(places, filter)));
            slices.again();
        }
    });
    let nothing = move || {
        let filter = filter.get();
        if places.with_value(|places| places.iter().any(|place| filter.shows(place))) {
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
        <p part="summary" role="status" node_ref=live(Box::new(nothing))></p>
        <div node_ref=node>{html::div()}</div>
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
    domains: Vec<(usize, crate::engine::text::Prose)>,
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
                let language = title.language.clone();
                view! { <option value=index.to_string() lang=language prop:text=move || plain(context, &title)></option> }
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
    look: RwSignal<Look, LocalStorage>,
) -> impl IntoView {
    let text = context.later();
    let outcome = answer.outcome;
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
    if let Some(typed) = &answer.typed {
        facts.push([text.your_answer, ": ", typed].concat());
    }
    let facts: Vec<_> = facts
        .into_iter()
        .map(|fact| view! { <li part="fact">{fact}</li> })
        .collect();
    let changed = match &answer.asked {
        None => Some(text.question_gone),
        Some(asked) => asked.is_changed.then_some(text.question_changed),
    };
    let changed = changed.map(|changed| view! { <p part="hint changed">{changed}</p> });
    let asked = answer.asked.map(|asked| {
        let case = asked
            .scenario
            .map(|(_, prose)| view! { <div hidden=move || !look.get().is_told><Case context prose/></div> });
        let interaction = asked
            .interaction
            .map(|interaction| view! { <MarkedInteraction context interaction/> });
        view! {
            {case}
            <div part="prompt"><Prose context prose=asked.prompt/></div>
            {interaction}
            <Feedback context marked=asked.marked has_verdict=false/>
        }
    });
    view! {
        <article part="answer" data-outcome=outcome.word() data-unscored=answer.is_unscored.then_some("")>
            <h3 part="answer-heading">{heading}</h3>
            {changed}
            {asked}
            {(!facts.is_empty()).then(|| view! { <ul part="facts">{facts}</ul> })}
        </article>
    }
}
