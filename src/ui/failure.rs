//! Why there is no quiz: a short sentence for readers, the list for authors.

use leptos::prelude::*;

use super::Context;
use super::text::Strings;
use crate::engine::format::Problem;

/// The error screen.
#[component]
pub fn Failure(text: &'static Strings, problems: Vec<Problem>) -> impl IntoView {
    // Only a file that was not fetched has no place in it, and those codes are the shell's.
    let is_fetch = problems.iter().any(|problem| {
        matches!(
            problem.code,
            "not-reached" | "not-found" | "http-error" | "html-instead-of-json"
        )
    });
    let said = if is_fetch {
        text.error_fetch
    } else {
        text.error_set
    };
    view! {
        <section part="quiz error" lang=text.language data-screen="error" role="alert">
            <p part="title">{text.error_heading}</p>
            <p>{said}</p>
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
    let problems = context.problems.get_value();
    view! {
        <div part="notice">
            <p>{context.text.left_out_heading}</p>
            <Problems text=context.text problems/>
        </div>
    }
}
