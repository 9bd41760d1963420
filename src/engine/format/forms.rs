//! Reading forms.

use super::reader::{Reader, Wire, each};
use super::wire;
use crate::engine::form::{Draw, Feedback, Form, Mode};
use crate::engine::json::Value;
use crate::engine::question::Question;
use crate::engine::scoring::{PassMark, Scale};
use crate::engine::set::Domain;

/// Reads a form. If there is an error in it, it is not sound: what the author meant is not known.
pub(super) fn read_form<const TELLS: bool>(
    value: &Value,
    language: &str,
    domains: &[Domain],
    questions: &[Question],
    reader: &mut Reader<TELLS>,
) -> Form {
    let errors_before = reader.error_count();
    let Some(wire) = wire::Form::read(value, reader) else {
        // Its id may be known all the same.
        let id = value.get("id").and_then(Value::as_str).unwrap_or("");
        return Form {
            id: id.to_owned(),
            is_sound: false,
            ..Form::practice()
        };
    };
    let mode = wire.mode.unwrap_or(Mode::Practice);
    let defaults = Form::practice();
    let own_domains = own_domains(value, domains, questions, reader);
    let count = wire.count.filter(|count| *count > 0);
    if wire.count == Some(0) {
        reader.within("count", |reader| {
            reader.error(
                "empty-form",
                "`count` must be 1 or more; leave it out for all questions. The form cannot be used until it is mended.",
            );
        });
    }
    let shuffles = |what: wire::Shuffle| wire.shuffle.iter().flatten().any(|word| *word == what);
    let mut form = Form {
        pass: pass_mark(&wire, reader),
        id: wire.id.0,
        untitled: wire.title.is_none().then_some(mode),
        title: wire.title.map(|title| title.into_domain(language).inline()),
        is_sound: true,
        mode,
        count,
        domains: own_domains,
        draw: wire.draw.unwrap_or(defaults.draw),
        unscored: 0,
        time_limit: wire.time_limit.and_then(|limit| limit.0),
        question_time: wire.question_time.and_then(|limit| limit.0),
        credit: wire.credit.unwrap_or(defaults.credit),
        feedback: wire.feedback.unwrap_or(match mode {
            Mode::Practice => Feedback::Immediate,
            Mode::Exam => Feedback::AtEnd,
        }),
        navigation: wire.navigation.unwrap_or(defaults.navigation),
        shuffles_questions: shuffles(wire::Shuffle::Questions),
        shuffles_choices: shuffles(wire::Shuffle::Choices),
    };
    let there = questions
        .iter()
        .filter(|question| form.takes(question.domain))
        .count();
    if form.count.is_some_and(|count| count as usize > there) {
        reader.within("count", |reader| {
            reader.warning(
                "too-few-questions",
                "The form asks for more questions than there are for it: all of them are used. Add some, or lower `count`.",
            );
        });
    }
    let size = form.count.map_or(there, |count| there.min(count as usize));
    let unscored = wire.unscored.unwrap_or(0);
    if unscored > 0 && unscored as usize >= size {
        reader.within("unscored", |reader| {
            reader.error(
                "nothing-scored",
                "`unscored` must be smaller than the number of questions, so that some count. The form cannot be used until it is mended.",
            );
        });
    } else {
        form.unscored = unscored;
    }
    if form.draw == Draw::ByDomain {
        judge_weights(domains, reader);
    }
    form.is_sound = reader.error_count() == errors_before;
    form
}

/// Weights are relative, but an author who wrote percents wants to know when they are none.
fn judge_weights<const TELLS: bool>(domains: &[Domain], reader: &mut Reader<TELLS>) {
    let sum: u64 = domains
        .iter()
        .map(|domain| u64::from(domain.weight.unwrap_or(1)))
        .sum();
    let message = if sum == 0 {
        "All weights in `domains` are 0, so nothing can be drawn by domain: any questions are drawn. Give weights above 0."
    } else if domains.iter().any(|domain| domain.weight.is_none()) {
        "Some domains have no `weight`, which counts as 1: give each domain its share in percent."
    } else if sum != 100 {
        "The weights in `domains` do not add up to 100: they are taken as relative shares. Correct them if they were meant as percent."
    } else {
        return;
    };
    reader.within("draw", |reader| {
        reader.warning("weights-do-not-add-up", message);
    });
}

fn own_domains<const TELLS: bool>(
    value: &Value,
    domains: &[Domain],
    questions: &[Question],
    reader: &mut Reader<TELLS>,
) -> Vec<usize> {
    let own = each(value, "domains", usize::MAX, reader, |value, reader| {
        let id = wire::Id::read(value, reader)?;
        let found = domains.iter().position(|domain| domain.id == id.0);
        if found.is_none() {
            reader.error(
                "unknown-domain",
                "This domain is not in the set's `domains`: add it there, or correct the id. The form cannot be used until it is mended.",
            );
        }
        found
    });
    let is_asked =
        |question: &Question| question.domain.is_some_and(|domain| own.contains(&domain));
    if own.is_empty() || questions.is_empty() || questions.iter().any(is_asked) {
        return own;
    }
    reader.within("domains", |reader| {
        reader.error(
            "empty-form",
            "No question belongs to these domains: add some, or name other domains. The form cannot be used until it is mended.",
        );
    });
    Vec::new()
}

fn pass_mark<const TELLS: bool>(wire: &wire::Form, reader: &mut Reader<TELLS>) -> Option<PassMark> {
    let (key, percent) = match (&wire.pass, &wire.scale) {
        (Some(pass), _) => ("pass", Some(pass.percent)),
        (None, Some(scale)) => ("scale", scale.percent),
        (None, None) => return None,
    };
    let mark = match (percent, &wire.scale) {
        (Some(percent), _) => {
            Some(PassMark::Percent(percent)).filter(|_| (1..=100).contains(&percent))
        }
        (None, Some(scale)) => scale.max.zip(scale.pass).and_then(|(max, pass)| {
            let min = scale.min.unwrap_or(0);
            (min < max && (min..=max).contains(&pass)).then_some(PassMark::Scaled(Scale {
                min,
                max,
                pass,
            }))
        }),
        (None, None) => None,
    };
    if mark.is_none() {
        reader.within(key, |reader| {
            reader.error(
                "impossible-pass-mark",
                "A pass mark is {\"percent\": 1 to 100}, or {\"min\", \"max\", \"pass\"} with min below max and pass between them. The form cannot be used until it is mended.",
            );
        });
    }
    mark
}
