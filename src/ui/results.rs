//! The results screen: the score, what it means, and where to go from here.

use core::time::Duration;

use leptos::html;
use leptos::prelude::*;

use super::context::Context;
use super::controls::button;
use super::prose::Prose;
use super::question::marked::told;
use super::slices::Slices;
use super::slot::hold;
use super::text::fill;
use crate::engine::event::{Event, Which};
use crate::engine::form::Credit;
use crate::engine::scoring::Outcome;
use crate::engine::session::Session;
use crate::engine::view::later::ResultsView;

/// The screen.
#[component]
pub fn Results(context: Context) -> impl IntoView {
    let view = context.look(Session::results);
    view.flatten().map(|view| results(context, view))
}

fn results(context: Context, view: ResultsView) -> impl IntoView {
    let text = context.later();
    let report = &view.report;
    let total = report.questions.len();
    let missed = view.missed;
    let verdict = report.passed.map(|passed| {
        let (state, word) = if passed {
            ("passed", context.text.passed)
        } else {
            ("failed", context.text.failed)
        };
        view! { <p part="outcome" data-outcome=state>{word}</p> }
    });
    let score = report.scaled.map_or_else(
        || fill("{}%", &[&report.percent.to_string()]),
        |scaled| scaled.to_string(),
    );
    let listed = |facts: Vec<String>| {
        facts
            .into_iter()
            .map(|fact| view! { <li part="fact">{fact}</li> })
            .collect::<Vec<_>>()
    };
    let facts = listed(facts(context, &view));
    let details: Vec<_> = details(context, &view)
        .into_iter()
        .map(|line| view! { <li part="detail">{line}</li> })
        .collect();
    let has_details = !details.is_empty();
    let has_domains = view.domains.len() > 1;
    let again = if view.is_drawn {
        text.another
    } else {
        text.retry
    };
    view! {
        <h2 part="heading" tabindex="-1" data-focus="1">{text.results}</h2>
        <div part="score-box">
            <p part="score" translate="no" class="notranslate">{score}</p>
            {verdict}
        </div>
        <ul part="facts">{facts}</ul>
        {has_details.then(|| view! { <ul part="details">{details}</ul> })}
        {has_domains.then(|| domains(context, &view))}
        <div part="actions">
            {button(text.answers.to_owned(), "answers", true, Box::new(move || context.send(Event::ShowAnswers)))}
            {(missed > 0 && missed < total).then(|| {
                button(text.number(text.retry_missed, missed), "retry-missed", false, Box::new(move || context.start(Which::Missed)))
            })}
            {button(again.to_owned(), "retry", false, Box::new(move || context.start(Which::All)))}
            {button(context.text.history.to_owned(), "history", false, Box::new(move || context.send(Event::ShowHistory)))}
            {button(text.print.to_owned(), "print", false, Box::new(move || super::print::print(context)))}
        </div>
        {super::keeping::first_result(context)}
    }
}

/// The result in a few words.
fn facts(context: Context, view: &ResultsView) -> Vec<String> {
    let text = context.later();
    let report = &view.report;
    let correct = report
        .scored()
        .filter(|result| result.outcome == Outcome::Correct);
    let mut facts = vec![fill(
        text.right_of,
        &[
            &correct.count().to_string(),
            &report.scored().count().to_string(),
        ],
    )];
    if view.credit != Credit::AllOrNothing {
        facts.push(fill(
            text.points_of,
            &[&told(report.points), &told(report.possible)],
        ));
    }
    let taken = context.text.duration(Duration::from_secs(report.seconds));
    facts.push(fill(text.took, &[&taken]));
    if report.timed_out {
        facts.push(text.timed_out.to_owned());
    }
    facts
}

/// What there is to learn from it, a sentence each.
fn details(context: Context, view: &ResultsView) -> Vec<String> {
    let text = context.later();
    let report = &view.report;
    let two = |template: &str, (first, second): (usize, usize)| {
        fill(template, &[&first.to_string(), &second.to_string()])
    };
    let mut lines = Vec::new();
    lines.extend(
        report
            .scaled
            .map(|scaled| text.number(text.scaled, scaled as usize)),
    );
    lines.extend(view.band.map(|band| {
        let [questions, low, high] =
            [band.questions, band.low, band.high].map(|number| number.to_string());
        fill(text.band, &[&questions, &low, &high])
    }));
    if view.answered.0 < report.scored().count() {
        lines.push(two(text.answered_right, view.answered));
    }
    if view.unscored.0 > 0 {
        lines.push(two(text.unscored_right, view.unscored));
    }
    let seen = report.questions.iter().filter(|result| result.seconds > 0);
    let (count, seconds) = seen.fold((0, 0), |(count, seconds), result| {
        (count + 1, seconds + result.seconds)
    });
    if count > 0 && report.questions.len() > 1 {
        let used = context.text.duration(Duration::from_secs(seconds / count));
        lines.push(view.budget.map_or_else(
            || fill(text.per_question, &[&used]),
            |budget| {
                fill(
                    text.per_question_of,
                    &[&used, &context.text.duration(budget)],
                )
            },
        ));
        let longest = report.questions.iter().enumerate();
        lines.extend(
            longest
                .max_by_key(|(_, result)| result.seconds)
                .map(|(position, result)| {
                    let spent = context.text.duration(Duration::from_secs(result.seconds));
                    fill(text.longest, &[&(position + 1).to_string(), &spent])
                }),
        );
    }
    for (template, count) in [
        (text.edited_since, view.edited),
        (text.to_right, view.changes.to_right),
        (text.to_wrong, view.changes.to_wrong),
        (text.among_wrong, view.changes.among_wrong),
    ] {
        if count > 0 {
            lines.push(text.number(template, count));
        }
    }
    lines
}

/// The result in each domain.
fn domains(context: Context, view: &ResultsView) -> impl IntoView + use<> {
    let text = context.later();
    let rows: Vec<_> = view
        .domains
        .iter()
        .cloned()
        .zip(view.report.domains.iter())
        .map(|(title, result)| (title, result.correct, result.questions))
        .collect();
    let node = NodeRef::<html::Tbody>::new();
    let count = rows.len();
    let draw = move |node, index: usize| {
        let row = rows.get(index).cloned();
        hold(node, move || {
            row.map(|(title, correct, questions)| {
                let share = fill("{} / {}", &[&correct.to_string(), &questions.to_string()]);
                view! {
                    <tr>
                        <th scope="row"><Prose context prose=title/></th>
                        <td>{share}</td>
                        <td><meter part="meter" min="0" max=questions value=correct aria-hidden="true"></meter></td>
                    </tr>
                }
            })
        })
    };
    Slices::new(node, count, 0, draw, |_| {});
    view! {
        <table part="domains">
            <thead>
                <tr>
                    <th scope="col">{text.domain}</th>
                    <th scope="col" colspan=2>{text.domain_correct}</th>
                </tr>
            </thead>
            <tbody node_ref=node></tbody>
        </table>
    }
}
