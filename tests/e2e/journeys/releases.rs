//! Files of two releases: the site was updated while a page was open, or the browser kept some of the old ones. It is noticed before
//! anything of them runs together, and said.

use mondai_e2e::site::Fault;
use mondai_e2e::stage::Stage;
use mondai_e2e::{Failure, Outcome};

use crate::bad_network::told;
use crate::secrecy::SQUARE;
use crate::sets::{BASICS, RICH};

/// The mark of another release.
const OTHER: &str = "00000000ffffffff";

/// Serves a file of the build as if it were of another release.
fn replace(stage: &Stage<'_>, path: &str) -> Outcome {
    let wasm = stage.built_bytes("mondai_bg.wasm")?;
    // What the build put there ends the file.
    let mark = wasm
        .get(wasm.len().saturating_sub(OTHER.len())..)
        .unwrap_or_default();
    let mark = String::from_utf8_lossy(mark).into_owned();
    let mut bytes = stage.built_bytes(path.trim_start_matches('/'))?;
    let places: Vec<usize> = (0..bytes.len())
        .filter(|at| {
            bytes
                .get(*at..)
                .is_some_and(|rest| rest.starts_with(mark.as_bytes()))
        })
        .collect();
    if places.is_empty() {
        return Err(Failure(format!("{path} has no mark of its release")));
    }
    for at in places {
        bytes.splice(at..at + OTHER.len(), OTHER.bytes());
    }
    stage.site.put(path, mime(path), bytes);
    Ok(())
}

fn mime(path: &str) -> &'static str {
    match path.rsplit_once('.') {
        Some((_, "js")) => "text/javascript",
        _ => "application/wasm",
    }
}

/// Each of the files that start the widget, of another release than the others.
pub async fn mixed(stage: &Stage<'_>) -> Outcome {
    let files = [
        "/mondai-quiz.js",
        "/mondai.js",
        "/__wasm_split.js",
        "/mondai_bg.wasm",
    ];
    for path in files {
        replace(stage, path)?;
        stage
            .show_quiz(BASICS, "form=practice storage=none")
            .await?;
        told(stage, path, "other-release").await?;
        let body = stage.built_bytes(path.trim_start_matches('/'))?;
        stage.site.put(path, mime(path), body);
        stage.page.reload().await?;
        stage.page.quiz("#quiz").start().await?;
    }
    Ok(())
}

/// The site is updated while a page is open: what is there goes on, what is asked for later is not taken, and says why.
pub async fn updated_while_open(stage: &Stage<'_>) -> Outcome {
    stage.site.put("/test/square.svg", "image/svg+xml", SQUARE);
    let path = "/split_screens.wasm";
    stage.site.fault(path, Fault::Held);
    let quiz = stage.show_quiz(RICH, "").await?;
    quiz.start().await?;
    replace(stage, path)?;
    stage.site.release(path);
    // The loader writes the cause to the console, for the author; the collector's notes go with the page that is loaded again.
    quiz.choose("a").await?;
    quiz.act("check").await?;
    quiz.until(
        "it says what happened",
        "return words(one('[part~=notice]')).includes('site was updated')",
        &[],
    )
    .await?;
    stage.page.audit("a part is of another release").await?;
    stage.site.put(
        path,
        "application/wasm",
        stage.built_bytes("split_screens.wasm")?,
    );
    // The button loads the page again, and the answer is still there.
    quiz.act("load").await?;
    quiz.until(
        "there is feedback",
        "return one('[part~=feedback][data-outcome=correct]')",
        &[],
    )
    .await
}
