//! The state machine as tables: which event does what in which state; everything else must change nothing.

use std::fmt::Write as _;

use super::*;
use crate::engine::format;
use crate::engine::question::{Interaction, Response};
use crate::engine::view::later::ResultsView;
use crate::engine::view::{QuestionView, View};

mod attempts;
mod clock;
mod edited;
mod elsewhere;
mod notes;
mod origins;
mod pairs;
mod past;
mod question_time;
mod restoring;
mod schedules;
mod screens;
mod secrecy;
mod totals;
mod walks;

/// Three questions, no shuffling: q1 (right: a), q2 (right: a and c), q3 (right: b).
const SET: &str = include_str!("../../../tests/fixtures/three-questions.json");

/// A question of each type, two of them about one case, one of no domain.
const SEVEN: &str = include_str!("../../../tests/fixtures/seven-types.json");

fn set() -> Rc<QuestionSet> {
    read(SET)
}

fn read(text: &str) -> Rc<QuestionSet> {
    let reading = format::read(text);
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
            let mut text = format!("q{} [{}]", view.position + 1, given(&view.interaction));
            if view.is_flagged {
                text.push_str(" flagged");
            }
            if !view.struck.is_empty() {
                let _ = write!(text, " without {}", view.struck.join(" "));
            }
            if !view.note.is_empty() {
                let _ = write!(text, " ({})", view.note);
            }
            if view.is_late {
                text.push_str(" late");
            }
            if let Some(marked) = view.marked {
                let _ = write!(text, " {}", marked.outcome.word());
            }
            text
        }
        View::Paused => String::from("paused"),
        View::Review(_) => format!("review, {} open", session.overview().unwrap().open),
        View::Results(_) => format!("results {} %", results(session).report.percent),
        View::Answers(_) => format!("{} answers", session.answers("en").len()),
        View::History(turn) => format!("history {turn}"),
    }
}

/// What the reader gave, as a screen shows it.
fn given(interaction: &Interaction) -> String {
    let given: Vec<&str> = match interaction {
        Interaction::Choices(view) => {
            let chosen = view.choices.iter().filter(|choice| choice.is_chosen);
            chosen.map(|choice| choice.id.as_str()).collect()
        }
        Interaction::Parts(view) => {
            let filled = view.places.iter().map(|place| place.given.as_str());
            filled.filter(|given| !given.is_empty()).collect()
        }
    };
    given.join(" ")
}

/// All that any screen may show at this moment.
fn shown(session: &Session, language: &str) -> String {
    format!(
        "{:?} {:?} {:?} {:?} {:?}",
        session.view(language),
        session.overview(),
        session.results(language),
        session.answers(language),
        session.domains_asked(language)
    )
}

/// The attempt of the sitting on the screen.
#[track_caller]
fn attempt_of(session: &Session) -> &Attempt {
    match &session.phase {
        Phase::Running { sitting, .. } | Phase::Finished { sitting, .. } => &sitting.attempt,
        Phase::Start => panic!("no sitting"),
    }
}

/// The results on the screen.
#[track_caller]
fn results(session: &Session) -> ResultsView {
    assert!(matches!(session.view("en"), View::Results(_)));
    session.results("en").unwrap()
}

/// The question on the screen.
#[track_caller]
fn question(session: &Session) -> QuestionView {
    match session.view("en") {
        View::Question(view) => view,
        other => panic!("{other:?}"),
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
