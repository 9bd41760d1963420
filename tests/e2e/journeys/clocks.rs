//! A device whose clock is wrong, or is set while nobody looks.

use std::time::Instant;

use mondai_e2e::Outcome;
use mondai_e2e::pages::{post_in, widget};
use mondai_e2e::quiz::Quiz;
use mondai_e2e::stage::Stage;
use serde_json::{Value, json};

use crate::sets::BASICS;

const HOUR: i64 = 3_600_000;
const YEAR: i64 = 365 * 24 * HOUR;

/// Shows the exam on a device whose clock is ahead by so many milliseconds. Who asks for the time finds that.
async fn with_clock_ahead<'s>(stage: &'s Stage<'_>, by: i64) -> Outcome<Quiz<'s>> {
    stage.put_set("set.json", BASICS);
    let name = format!("/test/clock{by}.js");
    let script = format!("const rightly = Date.now; Date.now = () => rightly() + {by};");
    stage.site.put(&name, "text/javascript", script);
    let quiz = widget("quiz", "src=set.json form=exam");
    let head = format!("<script src=\"{name}\"></script>");
    stage
        .show(&format!("clock{by}"), &post_in("en", &head, &quiz))
        .await?;
    Ok(stage.page.quiz("#quiz"))
}

/// One sitting while the clock was a year ahead. The next one is the last one all the same, on every screen.
pub async fn a_year_ahead(stage: &Stage<'_>) -> Outcome {
    for (by, choice, score) in [(0, "loud", "0%"), (YEAR, "split", "33%"), (0, "loud", "0%")] {
        let quiz = with_clock_ahead(stage, by).await?;
        quiz.start().await?;
        quiz.choose(choice).await?;
        quiz.until_saved().await?;
        quiz.read::<Value>("host.submit()", &[]).await?;
        quiz.until_screen("results").await?;
        assert_eq!(quiz.text("score").await?, score);
    }
    stage.page.reload().await?;
    let quiz = stage.page.quiz("#quiz");
    quiz.until_screen("start").await?;
    let start = quiz.text("quiz").await?;
    assert!(start.contains("Last result: 0%"), "{start}");
    let percents: Vec<u32> = quiz
        .read(
            "return host.attempts().map((own) => own.report.percent)",
            &[],
        )
        .await?;
    assert_eq!(percents, [0, 33, 0], "the newest first");
    quiz.act("history").await?;
    quiz.until_screen("history").await?;
    let summary = quiz.text("summary").await?;
    assert!(summary.contains("Last: 0%"), "{summary}");
    let rows = quiz.texts("[part=attempts] tbody tr").await?;
    let year: String = quiz
        .read(
            "return String(new Date(Date.now() + given[0]).getFullYear())",
            &[json!(YEAR)],
        )
        .await?;
    assert!(
        !rows.iter().any(|row| row.contains(&year)),
        "of no year to come: {rows:?}"
    );
    Ok(())
}

/// The clock is set back by an hour while the page is closed: no more is left than when it was last seen, however often the page
/// is opened.
pub async fn set_back_while_closed(stage: &Stage<'_>) -> Outcome {
    let quiz = with_clock_ahead(stage, HOUR).await?;
    quiz.start().await?;
    quiz.choose("split").await?;
    quiz.until_saved().await?;
    let (before, since) = (quiz.clock().await?, Instant::now());
    for _ in 0..3 {
        stage.page.go("about:blank").await?;
        let quiz = with_clock_ahead(stage, 0).await?;
        quiz.until_question(1).await?;
        let left = quiz.clock().await?;
        assert!(left <= before, "{left} s are left, and {before} s were");
        let took = since.elapsed().as_secs();
        assert!(
            left + took + 2 >= before,
            "{left} s are left of {before} after {took} s"
        );
        assert_eq!(quiz.chosen().await?, ["split"]);
        quiz.until(
            "it goes on here",
            "return host.state === 'running' && !one('[data-screen] [inert]')",
            &[],
        )
        .await?;
    }
    Ok(())
}
