//! All attempts of a question set: a list, how scores went, and what to delete.

use core::time::Duration;

use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsValue;

use super::context::Context;
use super::controls::button;
use super::deleting::deleting;
use super::prose::Prose;
use super::slices::Slices;
use super::slot::hold;
use super::text::fill;
use crate::engine::attempt::Attempt;
use crate::engine::event::Event;
use crate::engine::history::{History as Attempts, Point, Row};
use crate::shell::ambient;

/// The drawing's size, in its own units.
const WIDTH: usize = 300;
const HEIGHT: usize = 100;

/// The screen.
#[component]
pub fn History(context: Context) -> impl IntoView {
    let attempts = context.attempts();
    let now = ambient::now();
    let history = context.look(|session, language| session.history(attempts, now, language));
    history.map(|history| drawn(context, history))
}

fn drawn(context: Context, history: Attempts) -> impl IntoView {
    let text = context.later();
    // The attempt that is about to be deleted; an empty name stands for all.
    let asked = RwSignal::new_local(None::<String>);
    let all: Vec<String> = history
        .rows
        .iter()
        .filter(|row| row.result.is_some())
        .map(|row| row.attempt.clone())
        .collect();
    let has_rows = !history.rows.is_empty();
    let summary = summary(context, &history.trend, has_rows);
    let trend = (history.trend.len() > 1).then(|| trend(context, &history));
    let node = NodeRef::<html::Tbody>::new();
    let rows = history.rows;
    let count = rows.len();
    let draw = move |node, index: usize| {
        let row = rows.get(index).cloned();
        hold(node, move || row.map(|row| listed(context, row, asked)))
    };
    Slices::new(node, count, 0, draw, |_| {});
    let table = has_rows.then(|| {
        view! {
            <div part="scroller" tabindex="0" role="region" aria-label=text.history_heading>
                <table part="attempts">
                    <thead>
                        <tr>
                            <th scope="col">{text.column_when}</th>
                            <th scope="col">{text.column_form}</th>
                            <th scope="col">{text.column_score}</th>
                            <th scope="col">{text.column_time}</th>
                            <td></td>
                        </tr>
                    </thead>
                    <tbody node_ref=node></tbody>
                </table>
            </div>
        }
    });
    let delete_all = (all.len() > 1).then(|| {
        deleting(
            context,
            asked,
            String::new(),
            text.delete_all,
            text.delete_sure,
            text.delete_all.to_owned(),
            Box::new(move || context.delete(all.clone())),
        )
    });
    view! {
        <h2 part="heading" tabindex="-1" data-focus="1">{text.history_heading}</h2>
        <p part="summary">{summary}</p>
        {trend}
        {table}
        <div part="actions">
            {button(text.back_from_history.to_owned(), "close-history", true, Box::new(move || { super::keeping::hush(context); context.send(Event::CloseHistory); }))}
            {delete_all}
        </div>
        {context.is_kept().then(|| super::keeping::data(context))}
    }
}

/// Best and last, or that there is nothing to compare.
fn summary(context: Context, trend: &[Point], has_rows: bool) -> String {
    let text = context.later();
    match (best(trend), trend.last()) {
        (Some(best), Some(last)) => {
            let best = fill(text.best, &[&result(best)]);
            let last = fill(text.last_result, &[&result(last)]);
            [&best, " · ", &last].concat()
        }
        _ if has_rows => text.no_own_history.to_owned(),
        _ => text.no_history.to_owned(),
    }
}

fn best(trend: &[Point]) -> Option<&Point> {
    trend.iter().max_by_key(|point| point.number())
}

/// As readers know it: a number on a scale, or a percentage.
fn result(point: &Point) -> String {
    let unit = if point.scaled.is_some() { "{}" } else { "{}%" };
    fill(unit, &[&point.number().to_string()])
}

impl Context {
    /// All that is stored of this question set.
    pub fn attempts(self) -> Vec<Attempt> {
        let keeper = self.shared().and_then(|shared| shared.runner.keeper());
        keeper.map_or_else(Vec::new, |keeper| keeper.attempts())
    }

    /// Shows the report of a stored attempt.
    fn open(self, id: &str) {
        let attempts = self.attempts().into_iter();
        if let Some(attempt) = attempts.into_iter().find(|attempt| attempt.id == id) {
            self.send(Event::Open(Box::new(attempt)));
        }
    }
}

/// One attempt.
fn listed(
    context: Context,
    row: Row,
    asked: RwSignal<Option<String>, LocalStorage>,
) -> impl IntoView {
    let text = context.later();
    let when = date(context, row.started);
    let mut score = row
        .result
        .map_or_else(|| text.running.to_owned(), |point| result(&point));
    if let Some(passed) = row.result.and_then(|point| point.passed) {
        score.push_str(" · ");
        score.push_str(if passed {
            context.text.passed
        } else {
            context.text.failed
        });
    }
    let missed = row
        .is_of_missed
        .then(|| [" (", text.missed_only, ")"].concat());
    let taken = context.text.duration(Duration::from_secs(row.seconds));
    let attempt = row.attempt.clone();
    let open = row.can_open.then(|| {
        let attempt = attempt.clone();
        named(
            text.open_report,
            &when,
            "open",
            Box::new(move || context.open(&attempt)),
        )
    });
    let delete = row.result.is_some().then(|| {
        let own = attempt.clone();
        deleting(
            context,
            asked,
            attempt.clone(),
            text.delete,
            text.delete_sure,
            [text.delete, " · ", &when].concat(),
            Box::new(move || context.delete(vec![own.clone()])),
        )
    });
    view! {
        <tr data-attempt=row.attempt>
            <th scope="row">{when.clone()}</th>
            <td>{row.form.map(|form| view! { <Prose context prose=form/> })}{row.untitled.map(|mode| context.text.mode(mode))}{missed}</td>
            <td>{score}</td>
            <td>{taken}</td>
            <td><div part="row-actions">{open}{delete}</div></td>
        </tr>
    }
}

/// A small button whose name says what it is about.
fn named(
    label: &'static str,
    about: &str,
    action: &'static str,
    press: super::controls::Press,
) -> impl IntoView + use<> {
    let name = [label, " · ", about].concat();
    view! {
        <button type="button" part="tool" data-action=action aria-label=name on:click=move |_| press()>{label}</button>
    }
}

/// The scores from the oldest to the newest, and each domain's.
fn trend(context: Context, history: &Attempts) -> impl IntoView + use<> {
    let text = context.later();
    let percents: Vec<Option<u32>> = history
        .trend
        .iter()
        .map(|point| Some(point.percent))
        .collect();
    let points = &history.trend;
    let count = points.len().to_string();
    let [first, last, best] = [points.first(), points.last(), best(points)]
        .map(|point| point.map_or_else(String::new, result));
    let mut words = fill(text.trend_of, &[&count, &first, &last, &best]);
    // What the dashed line is.
    let pass = context.look(|session, _| session.form().pass).flatten();
    if let Some(pass) = pass {
        words.push(' ');
        words.push_str(&super::start::pass_mark(context.text, pass));
    }
    let domains = history.domains.clone();
    let has_domains = domains.len() > 1;
    let domains = has_domains.then(|| {
        let node = NodeRef::<html::Tbody>::new();
        let count = domains.len();
        let draw = move |node, index: usize| {
            let own = domains.get(index).cloned();
            hold(node, move || {
                own.map(|(title, percents)| domain_trend(context, title, &percents))
            })
        };
        Slices::new(node, count, 0, draw, |_| {});
        view! {
            <h3 part="subheading">{text.domain_trend}</h3>
            <table part="domains domain-trend"><tbody node_ref=node></tbody></table>
        }
    });
    view! {
        <h3 part="subheading">{text.trend}</h3>
        {drawing(&percents, history.pass, Some(words.clone()))}
        <p part="hint">{words}</p>
        {domains}
    }
}

/// How the results in one domain went.
fn domain_trend(
    context: Context,
    title: crate::engine::text::Prose,
    percents: &[Option<u32>],
) -> impl IntoView + use<> {
    let shown: Vec<String> = percents
        .iter()
        .map(|percent| {
            percent.map_or_else(
                || "–".to_owned(),
                |percent| fill("{}%", &[&percent.to_string()]),
            )
        })
        .collect();
    view! {
        <tr>
            <th scope="row"><Prose context prose=title/></th>
            <td>{drawing(percents, None, None)}</td>
            <td>{shown.join(" → ")}</td>
        </tr>
    }
}

/// A line of percents. With a name it is a picture that screen readers tell of; without, it only repeats what stands beside.
fn drawing(
    percents: &[Option<u32>],
    pass: Option<u32>,
    name: Option<String>,
) -> impl IntoView + use<> {
    let steps = percents.len().saturating_sub(1).max(1);
    let (mut line, mut dots) = (String::new(), Vec::new());
    for (index, percent) in percents.iter().enumerate() {
        let Some(percent) = percent else { continue };
        let x = 5 + index * (WIDTH - 10) / steps;
        let y = HEIGHT.saturating_sub(*percent as usize);
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(&x.to_string());
        line.push(',');
        line.push_str(&y.to_string());
        dots.push(view! { <circle part="trend-dot" cx=x cy=y r=4></circle> });
    }
    let pass = pass.map(|pass| {
        let y = HEIGHT.saturating_sub(pass as usize);
        view! { <line part="trend-pass" x1=0 x2=WIDTH y1=y y2=y></line> }
    });
    let role = if name.is_some() {
        "img"
    } else {
        "presentation"
    };
    let hidden = name.is_none().then_some("true");
    view! {
        <svg part="trend" viewBox="-4 -6 308 112" role=role aria-label=name aria-hidden=hidden>
            {pass}
            <polyline part="trend-line" points=line></polyline>
            {dots}
        </svg>
    }
}

/// A moment as the reader writes it.
fn date(context: Context, moment: i64) -> String {
    #[expect(
        clippy::cast_precision_loss,
        reason = "milliseconds since 1970 are far below 2^52"
    )]
    let date = js_sys::Date::new(&JsValue::from_f64(moment as f64));
    date.to_locale_string(context.text.language, &JsValue::UNDEFINED)
        .into()
}
