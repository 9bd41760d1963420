//! Why there is no quiz: a short sentence for readers, the list for authors.

use leptos::prelude::*;

use super::context::Context;
use super::controls::button;
use super::text::Strings;
use crate::engine::format::Problem;

/// The error screen.
#[component]
pub fn Failure(text: &'static Strings, problems: Vec<Problem>) -> impl IntoView {
    // What was not fetched is said by the shell, alone.
    let (said, may_help) = match problems.first().map_or("", |problem| problem.code) {
        "not-reached" | "timed-out" | "part-not-loaded" => (text.error_fetch, true),
        "not-found" | "http-error" | "html-instead-of-json" => (text.error_missing, true),
        "other-release" => (text.other_release, false),
        _ => (text.error_set, false),
    };
    // The loader hears it.
    let again =
        may_help.then(|| button(text.load_again.to_owned(), "again", false, Box::new(|| {})));
    view! {
        <section part="quiz error" lang=text.language data-screen="error" role="alert">
            <p part="title">{text.error_heading}</p>
            <p>{said}</p>
            {again}
            <Problems text problems/>
        </section>
    }
}

/// A list of problems, folded away.
#[component]
pub fn Problems(text: &'static Strings, problems: Vec<Problem>) -> impl IntoView {
    view! {
        <details part="problems">
            <summary>{text.for_authors}</summary>
            <ol lang="en">
                {problems
                    .into_iter()
                    .map(|problem| view! { <li data-code=problem.code>{problem.to_string()}</li> })
                    .collect_view()}
            </ol>
        </details>
    }
}

/// That some questions were left out, with the list for the author.
#[component]
pub fn LeftOut(context: Context) -> impl IntoView {
    let problems = context
        .shared()
        .map_or_else(Vec::new, |shared| shared.problems.clone());
    view! {
        <div part="notice">
            <p>{context.text.left_out_heading}</p>
            <Problems text=context.text problems/>
        </div>
    }
}
