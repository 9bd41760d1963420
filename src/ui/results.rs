//! The results screen: the score, what it means, and where to go from here.

use core::time::Duration;

use leptos::prelude::*;

use super::prose::Prose;
use super::text::fill;
use super::{Context, button};
use crate::engine::event::{Event, Which};
use crate::engine::form::Credit;
use crate::engine::scoring::Outcome;
use crate::engine::view::ResultsView;

/// The screen.
#[component]
pub fn Results(context: Context, view: ResultsView) -> impl IntoView {
    let text = context.text;
    let report = &view.report;
    let total = report.questions.len();
    let missed = total - report.count(Outcome::Correct);
    let verdict = report.passed.map(|passed| {
        let (state, word) = if passed {
            ("passed", text.passed)
        } else {
            ("failed", text.failed)
        };
        view! { <p part="outcome" data-outcome=state>{word}</p> }
    });
    let score = report.scaled.map_or_else(
        || fill("{}%", &[&report.percent.to_string()]),
        |scaled| scaled.to_string(),
    );
    let facts = facts(context, &view)
        .into_iter()
        .map(|fact| view! { <li part="fact">{fact}</li> })
        .collect_view();
    let has_domains = view.domains.len() > 1;
    view! {
        <h2 part="heading" tabindex="-1" data-focus="1">{text.results}</h2>
        <div part="score-box">
            <p part="score">{score}</p>
            {verdict}
        </div>
        <ul part="facts">{facts}</ul>
        {has_domains.then(|| view! { <Domains context view=view.clone()/> })}
        <div part="actions">
            {button(text.answers.to_owned(), "answers", true, Box::new(move || context.send(Event::ShowAnswers)))}
            {(missed > 0 && missed < total).then(|| {
                button(text.number(text.retry_missed, missed), "retry-missed", false, Box::new(move || context.start(Which::Missed)))
            })}
            {button(text.retry.to_owned(), "retry", false, Box::new(move || context.start(Which::All)))}
        </div>
    }
}

fn facts(context: Context, view: &ResultsView) -> Vec<String> {
    let text = context.text;
    let report = &view.report;
    let correct = report.count(Outcome::Correct).to_string();
    let mut facts = vec![fill(
        text.right_of,
        &[&correct, &report.questions.len().to_string()],
    )];
    if view.credit != Credit::AllOrNothing {
        facts.push(fill(
            text.points_of,
            &[
                &thousandths(report.points.0),
                &thousandths(report.possible.0),
            ],
        ));
    }
    facts.push(fill(
        text.took,
        &[&text.duration(Duration::from_secs(report.seconds))],
    ));
    if report.timed_out {
        facts.push(text.timed_out.to_owned());
    }
    facts.extend(
        report
            .scaled
            .map(|scaled| text.number(text.scaled, scaled as usize)),
    );
    facts
}

/// Points with up to two decimals, by hand: formatting a float would cost the reader 14 KB.
fn thousandths(points: i64) -> String {
    let whole = (points / 1_000).to_string();
    match points % 1_000 / 10 {
        0 => whole,
        cents if cents % 10 == 0 => [&whole, ".", &(cents / 10).to_string()].concat(),
        cents if cents < 10 => [&whole, ".0", &cents.to_string()].concat(),
        cents => [&whole, ".", &cents.to_string()].concat(),
    }
}

/// The result in each domain.
#[component]
fn Domains(context: Context, view: ResultsView) -> impl IntoView {
    let text = context.text;
    let rows = view
        .domains
        .into_iter()
        .zip(view.report.domains)
        .map(|(title, result)| {
            let share = fill("{} / {}", &[&result.correct.to_string(), &result.questions.to_string()]);
            view! {
                <tr>
                    <th scope="row"><Prose context prose=title/></th>
                    <td>{share}</td>
                    <td><meter part="meter" min="0" max=result.questions value=result.correct aria-hidden="true"></meter></td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <table part="domains">
            <thead>
                <tr>
                    <th scope="col">{text.domain}</th>
                    <th scope="col" colspan=2>{text.domain_correct}</th>
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </table>
    }
}
