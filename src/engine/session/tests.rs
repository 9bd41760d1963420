//! The state machine as tables: which event does what in which state; everything else must change nothing.

use std::fmt::Write as _;

use super::*;
use crate::engine::format;
use crate::engine::question::{Interaction, Response};
use crate::engine::view::View;

mod clock;
mod pairs;
mod restoring;
mod screens;
mod secrecy;
mod walks;

/// Three questions, no shuffling: q1 (right: a), q2 (right: a and c), q3 (right: b).
const SET: &str = include_str!("../../../tests/fixtures/three-questions.json");

fn set() -> Rc<QuestionSet> {
    let reading = format::read(SET);
    assert_eq!(reading.problems, []);
    Rc::new(reading.set.unwrap())
}

fn session_of(set: Rc<QuestionSet>, form: &str) -> Session {
    let (session, is_known) = Session::new(set, Some(form), &Narrowing::default());
    assert!(is_known, "{form}");
    session
}

fn session(form: &str) -> Session {
    session_of(set(), form)
}

fn start(which: Which) -> Event {
    Event::Start {
        seed: String::from("seed"),
        attempt: String::from("a1"),
        which,
    }
}

fn respond(choices: &str) -> Event {
    Event::Respond(response(choices))
}

fn response(choices: &str) -> Response {
    Response(choices.split_whitespace().map(str::to_owned).collect())
}

/// Sends events, each a second after the one before; gives the effects of the last one.
fn play(session: &mut Session, events: &[Event], now: &mut i64) -> Vec<Effect> {
    let mut effects = Vec::new();
    for event in events {
        *now += 1_000;
        effects = session.update(event.clone(), Timestamp(*now));
    }
    effects
}

/// The screen, in a few words.
fn screen(session: &Session) -> String {
    match session.view("en") {
        View::Start(view) => match view.last {
            None => String::from("start"),
            Some((percent, _)) => format!("start, last {percent} %"),
        },
        View::Question(view) => {
            let Interaction::Choices(choices) = &view.interaction;
            let chosen: Vec<&str> = choices
                .choices
                .iter()
                .filter(|choice| choice.is_chosen)
                .map(|choice| choice.id.as_str())
                .collect();
            let mut text = format!("q{} [{}]", view.position + 1, chosen.join(" "));
            if view.is_flagged {
                text.push_str(" flagged");
            }
            if let Some(marked) = view.marked {
                let _ = write!(text, " {}", marked.outcome.word());
            }
            text
        }
        View::Paused => String::from("paused"),
        View::Review(view) => format!("review, {} open", view.open),
        View::Results(view) => format!("results {} %", view.report.percent),
        View::Answers(views) => format!("{} answers", views.len()),
    }
}

/// Effects, in a few words.
fn words(effects: &[Effect]) -> String {
    let words: Vec<String> = effects
        .iter()
        .map(|effect| match effect {
            Effect::Save(attempt) => format!("save {}", attempt.revision),
            Effect::Forget(attempt) => format!("forget {attempt}"),
            Effect::Tell(Notice::Started { questions, .. }) => format!("started {questions}"),
            Effect::Tell(Notice::Answered {
                question,
                response,
                outcome,
                ..
            }) => {
                let outcome = outcome.map_or("", Outcome::word);
                format!("answered {question} [{}] {outcome}", response.0.join(" "))
                    .trim_end()
                    .to_owned()
            }
            Effect::Tell(Notice::Finished(report)) => {
                let why = if report.timed_out { ", time up" } else { "" };
                format!("finished {} %{why}", report.percent)
            }
        })
        .collect();
    words.join("; ")
}
