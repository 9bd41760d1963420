//! All attempts of a set, and how results change from one to the next.

use std::rc::Rc;

use super::attempt::{Attempt, MISSED};
use super::clock::Timestamp;
use super::form::{Form, Mode};
use super::report::Report;
use super::scoring::PassMark;
use super::session::Session;
use super::text::Prose;

/// The attempts of a set.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct History {
    /// One an attempt, the newest first.
    pub rows: Vec<Row>,
    /// The finished papers of the form on screen, the oldest first: what can be compared.
    pub trend: Vec<Point>,
    /// The domains, with whole percent for each point of the trend; `None` where a paper had no question of it.
    pub domains: Vec<(Prose, Vec<Option<u32>>)>,
    /// The height of the pass mark, in whole percent of the points.
    pub pass: Option<u32>,
}

/// One attempt.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// Its identity.
    pub attempt: String,
    /// When it began; milliseconds since the Unix epoch.
    pub started: i64,
    /// The title of its form, if the set still has it.
    pub form: Option<Prose>,
    /// Where the author gave it no title: its mode.
    pub untitled: Option<Mode>,
    /// Whether it asked only what was missed before.
    pub is_of_missed: bool,
    /// Its result; `None` while it runs.
    pub result: Option<Point>,
    /// How long it took, less pauses, in seconds.
    pub seconds: u64,
    /// Whether the form on screen can show its report.
    pub can_open: bool,
}

/// One result.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Point {
    /// Whole percent of the points.
    pub percent: u32,
    /// The number on the form's scale.
    pub scaled: Option<u32>,
    /// Whether it passed.
    pub passed: Option<bool>,
}

impl Point {
    fn of(report: &Report) -> Self {
        Self {
            percent: report.percent,
            scaled: report.scaled,
            passed: report.passed,
        }
    }

    /// The number that readers know the result by.
    pub fn number(self) -> u32 {
        self.scaled.unwrap_or(self.percent)
    }
}

impl Session {
    /// The attempts of this session's set among those given, in the language wanted. A moment that cannot be, by
    /// a clock that was wrong, is moved to one that can.
    pub fn history(&self, mut attempts: Vec<Attempt>, now: Timestamp, language: &str) -> History {
        let set = self.set();
        attempts.retain(|attempt| attempt.set == set.id);
        let mut rows: Vec<Row> = Vec::with_capacity(attempts.len());
        let mut changes = Vec::with_capacity(attempts.len());
        let mut trend: Vec<(Point, Rc<Report>)> = Vec::new();
        // Oldest first, picked one by one: there are few, and a sorting function would be more to download.
        while let Some((oldest, _)) = attempts
            .iter()
            .enumerate()
            .min_by_key(|(_, attempt)| attempt.place())
        {
            let attempt = attempts.swap_remove(oldest);
            let id = attempt.form.split(';').next().unwrap_or("");
            let form = set.forms.iter().find(|form| form.id == id);
            let fallback = Form::practice();
            let report = Report::of(set, form.unwrap_or(&fallback), &attempt);
            let is_finished = attempt.finished.is_some();
            let own = attempt.form.strip_prefix(self.form_key());
            changes.push(attempt.changed.0);
            let point = Point::of(&report);
            if is_finished && own == Some("") && !report.questions.is_empty() {
                trend.push((point, Rc::clone(&report)));
            }
            rows.push(Row {
                started: attempt.started.0,
                form: form
                    .and_then(|form| form.title.as_ref())
                    .map(|title| title.resolve(language)),
                untitled: form.and_then(|form| form.untitled),
                is_of_missed: attempt.is_of_missed(),
                result: is_finished.then_some(point),
                seconds: report.seconds,
                can_open: is_finished
                    && !report.questions.is_empty()
                    && matches!(own, Some("" | MISSED)),
                attempt: attempt.id,
            });
        }
        rows.reverse();
        changes.reverse();
        // None can have begun after a later one was there.
        let mut latest = now.0;
        for (row, changed) in rows.iter_mut().zip(changes) {
            row.started = row.started.min(latest);
            latest = latest.min(changed);
        }
        let percent_in = |report: &Report, domain: &str| {
            let mut domains = report.domains.iter();
            let found = domains.find(|own| own.id == domain)?;
            u32::try_from(found.correct * 100 / found.questions.max(1)).ok()
        };
        let domains = set.domains.iter().map(|domain| {
            let percents = trend
                .iter()
                .map(|(_, report)| percent_in(report, &domain.id))
                .collect();
            (domain.title.resolve(language), percents)
        });
        History {
            domains: domains
                .filter(|(_, percents): &(_, Vec<Option<u32>>)| {
                    percents.iter().any(Option::is_some)
                })
                .collect(),
            pass: self.form().pass.map(|mark| match mark {
                PassMark::Percent(percent) => percent,
                PassMark::Scaled(scale) => {
                    let range = scale.max.saturating_sub(scale.min).max(1);
                    (scale.pass.saturating_sub(scale.min) * 100).div_ceil(range)
                }
            }),
            trend: trend.into_iter().map(|(point, _)| point).collect(),
            rows,
        }
    }
}
