//! An exam: against the clock, feedback at the end.

use std::time::{Duration, Instant};

use mondai_e2e::Outcome;
use mondai_e2e::stage::Stage;

use crate::sets::BASICS;

/// Moves freely, flags, is asked once about what is open, goes back, hands in, passes.
pub async fn moved_flagged_and_passed(stage: &Stage<'_>) -> Outcome {
    let quiz = stage.show_quiz(BASICS, "form=exam").await?;
    quiz.until_screen("start").await?;
    let start = quiz.text("quiz").await?;
    for words in ["Exam", "10 min", "Pass mark 60%", "Answers at the end"] {
        assert!(
            start.contains(words),
            "the start screen should say {words:?}, and says {start:?}"
        );
    }
    quiz.start().await?;
    quiz.until(
        "the countdown runs",
        "return /09:5\\d/.test(one('[part~=timer]')?.textContent)",
        &[],
    )
    .await?;

    quiz.choose("split").await?;
    quiz.act("next").await?;
    quiz.until_question(2).await?;
    quiz.act("flag").await?;
    quiz.until(
        "it is flagged",
        "return one('[data-action=flag]').getAttribute('aria-pressed') === 'true'",
        &[],
    )
    .await?;
    quiz.choose("red").await?;
    stage.page.audit("exam question").await?;
    quiz.act("previous").await?;
    quiz.until_question(1).await?;
    assert_eq!(quiz.chosen().await?, ["split"], "an answer stays");
    assert!(
        !quiz
            .shows("[part~=feedback], [part~=why], [data-action=check]")
            .await?,
        "an exam tells nothing before its end"
    );
    quiz.choose("loud").await?;
    quiz.choose("split").await?;
    assert_eq!(quiz.chosen().await?, ["split"], "an answer can be changed");

    quiz.act("review").await?;
    quiz.until_screen("review").await?;
    let list = quiz.texts("[part~=palette] button").await?;
    assert_eq!(
        list,
        [
            "Question 1 answered",
            "Question 2 incomplete · flagged",
            "Question 3 not seen"
        ],
        "the list says in words how things stand"
    );
    assert!(
        quiz.text("summary")
            .await?
            .contains("2 questions are not completely answered")
    );
    stage.page.audit("review").await?;
    quiz.click("[part~=palette] button[data-position='2']")
        .await?;
    quiz.until_question(3).await?;
    quiz.choose("hundred").await?;
    quiz.act("finish").await?;
    quiz.until_screen("review").await?;
    assert!(
        quiz.text("summary")
            .await?
            .contains("One question is not completely answered")
    );
    quiz.act("back").await?;
    quiz.until_question(3).await?;
    quiz.act("finish").await?;
    quiz.until_screen("review").await?;
    quiz.act("submit").await?;

    quiz.until_screen("results").await?;
    assert_eq!(quiz.text("score").await?, "66%");
    assert_eq!(quiz.text("outcome").await?, "Passed");
    assert!(
        !quiz.shows("[part~=timer]").await?,
        "no clock after the end"
    );
    stage.page.audit("results, passed").await?;
    quiz.act("answers").await?;
    quiz.until_screen("answers").await?;
    let answers = quiz.texts("[part~=answer-heading]").await?;
    assert_eq!(
        answers,
        [
            "Question 1: Correct",
            "Question 2: Incorrect · flagged",
            "Question 3: Correct"
        ]
    );
    stage.page.audit("answers").await
}

/// Hands in nothing, and fails; what was missed is everything.
pub async fn handed_in_empty(stage: &Stage<'_>) -> Outcome {
    let quiz = stage.show_quiz(BASICS, "form=exam").await?;
    quiz.start().await?;
    quiz.act("review").await?;
    quiz.until_screen("review").await?;
    quiz.act("submit").await?;
    quiz.until_screen("results").await?;
    assert_eq!(quiz.text("score").await?, "0%");
    assert_eq!(quiz.text("outcome").await?, "Not passed");
    stage.page.audit("results, not passed").await?;
    quiz.act("answers").await?;
    quiz.until_screen("answers").await?;
    assert_eq!(quiz.outcomes().await?, ["unanswered"; 3]);
    let verdicts = quiz.texts("[part~=verdict]").await?;
    assert_eq!(
        verdicts, ["Correct answer"; 4],
        "what would have been right is said; nothing is called the reader's"
    );
    Ok(())
}

/// When time is up, what is answered is handed in; nobody presses anything.
pub async fn time_up(stage: &Stage<'_>) -> Outcome {
    let quiz = stage.show_quiz(BASICS, "form=exam time-limit=4s").await?;
    quiz.start().await?;
    quiz.choose("split").await?;
    quiz.until_screen("results").await?;
    assert_eq!(quiz.text("score").await?, "33%");
    assert_eq!(quiz.text("outcome").await?, "Not passed");
    assert!(
        quiz.text("facts").await?.contains("Time was up"),
        "{}",
        quiz.text("facts").await?
    );
    let record = stage.page.record().await?;
    let finished: Vec<_> = record
        .events
        .iter()
        .filter(|told| told.name == "mondai-finished")
        .collect();
    assert_eq!(finished.len(), 1, "it is told once");
    let report = &finished[0].detail;
    assert_eq!(report["timed_out"], true, "{report}");
    let took = report["finished"]
        .as_i64()
        .zip(report["started"].as_i64())
        .map(|(end, start)| end - start);
    assert_eq!(
        took,
        Some(4_000),
        "it ends at the deadline, however late the browser wakes"
    );
    quiz.until("no timer waits", "return window.__timers === 0", &[])
        .await
}

/// The clock is told aloud when it matters, and stands still while the reader pauses a practice.
pub async fn paused(stage: &Stage<'_>) -> Outcome {
    let quiz = stage.show_quiz(BASICS, "form=timed").await?;
    quiz.start().await?;
    quiz.choose("split").await?;
    quiz.until(
        "the countdown runs",
        "return /09:5\\d/.test(one('[part~=timer]')?.textContent)",
        &[],
    )
    .await?;
    let (before, since) = (quiz.clock().await?, Instant::now());
    quiz.act("pause").await?;
    quiz.until_screen("paused").await?;
    assert_eq!(quiz.state().await?, "paused");
    let hides: bool = quiz
        .read("return !root.textContent.includes('prism')", &[])
        .await?;
    assert!(hides, "a paused question cannot be read");
    stage.page.audit("paused").await?;
    assert!(
        stage
            .page
            .read::<bool>("return window.__timers === 0", Vec::new())
            .await?,
        "a clock that stands needs no timer"
    );
    // Time must really go by here; nothing would show that it does.
    tokio::time::sleep(Duration::from_secs(3)).await;
    quiz.act("resume").await?;
    quiz.until_screen("question").await?;
    assert_eq!(quiz.chosen().await?, ["split"]);
    let (after, took) = (quiz.clock().await?, since.elapsed().as_secs());
    assert!(
        before - after + 2 <= took,
        "in {took} s, 3 of them paused, the clock went from {before} to {after}"
    );
    Ok(())
}

/// Forward only: no way back, in a form that says so.
pub async fn forward_only(stage: &Stage<'_>) -> Outcome {
    let quiz = stage.show_quiz(BASICS, "form=forward").await?;
    quiz.until_screen("start").await?;
    assert!(quiz.text("facts").await?.contains("No way back"));
    quiz.start().await?;
    quiz.act("next").await?;
    quiz.until_question(2).await?;
    assert!(!quiz.shows("[data-action=previous]").await?);
    quiz.act("review").await?;
    quiz.until_screen("review").await?;
    let open: Vec<bool> = quiz
        .read(
            "return all('[part~=palette] button').map((button) => !button.disabled)",
            &[],
        )
        .await?;
    assert_eq!(open, [false, true, false]);
    quiz.act("back").await?;
    quiz.until_question(2).await?;
    quiz.act("next").await?;
    quiz.until_question(3).await?;
    quiz.act("finish").await?;
    quiz.until_screen("review").await?;
    quiz.act("submit").await?;
    quiz.until_screen("results").await
}
