//! One press, one step: a second press at the same place, just after the screen changed, is for the screen before. And what asks
//! before it deletes is never answered by the press that asked.

use mondai_e2e::Outcome;
use mondai_e2e::quiz::Quiz;
use mondai_e2e::stage::Stage;
use serde_json::{Value, json};
use thirtyfour::Key;

use crate::sets::BASICS;

/// How long a double click may take between its presses.
const PAUSES: [u64; 2] = [0, 300];

/// Counts the clicks that anything on the screens may get to know of.
const COUNT: &str = "
    if (!('taken' in window)) root.addEventListener('click', () => { window.taken += 1 });
    window.taken = 0";

/// A fresh quiz on its start screen.
async fn fresh<'s>(stage: &'s Stage<'_>, form: &str) -> Outcome<Quiz<'s>> {
    let quiz = stage
        .show_quiz(BASICS, &format!("storage=none form={form}"))
        .await?;
    quiz.until_screen("start").await?;
    Ok(quiz)
}

/// Double-clicks; only the first press may be taken.
async fn double_click(stage: &Stage<'_>, quiz: &Quiz<'_>, css: &str, pause: u64) -> Outcome {
    quiz.read::<Value>(COUNT, &[]).await?;
    let (x, y) = quiz.middle(css).await?;
    stage.page.mouse(x, y, &[pause]).await?;
    let taken: usize = stage.page.read("return window.taken", Vec::new()).await?;
    assert_eq!(taken, 1, "{css}, {pause} ms between the presses");
    Ok(())
}

/// "Start" does not answer the first question.
pub async fn start_twice(stage: &Stage<'_>) -> Outcome {
    for pause in PAUSES {
        let quiz = fresh(stage, "practice").await?;
        double_click(stage, &quiz, "[data-action=start]", pause).await?;
        quiz.until_question(1).await?;
        assert!(quiz.chosen().await?.is_empty());
    }
    Ok(())
}

/// "Check answer" does not leave the verdict.
pub async fn check_twice(stage: &Stage<'_>) -> Outcome {
    for pause in PAUSES {
        let quiz = fresh(stage, "practice").await?;
        quiz.start().await?;
        // Its chunk is there: from the second question on it always is.
        assert_eq!(quiz.answer(&["split"]).await?, "correct");
        quiz.act("next").await?;
        quiz.until_question(2).await?;
        quiz.choose("red").await?;
        quiz.choose("green").await?;
        double_click(stage, &quiz, "[data-action=check]", pause).await?;
        quiz.until_question(2).await?;
        quiz.until("the verdict stands", "return one('[part~=feedback]')", &[])
            .await?;
    }
    Ok(())
}

/// "Next" passes one question, "Finish" does not hand in, and the result of "Submit" is seen.
pub async fn to_the_end_by_double_clicks(stage: &Stage<'_>) -> Outcome {
    for pause in PAUSES {
        let quiz = fresh(stage, "forward").await?;
        quiz.start().await?;
        for number in [2, 3] {
            double_click(stage, &quiz, "[data-action=next]", pause).await?;
            quiz.until_question(number).await?;
        }
        double_click(stage, &quiz, "[data-action=finish]", pause).await?;
        quiz.until_screen("review").await?;
        double_click(stage, &quiz, "[data-action=submit]", pause).await?;
        quiz.until_screen("results").await?;
    }
    Ok(())
}

/// What is pressed fast on purpose, and what keys press, is taken.
pub async fn fast_on_purpose(stage: &Stage<'_>) -> Outcome {
    let quiz = fresh(stage, "exam").await?;
    quiz.tab_to("[data-action=start]").await?;
    stage.page.press(Key::Enter).await?;
    quiz.until_question(1).await?;
    let (x, y) = quiz.middle("[data-action=flag]").await?;
    stage.page.mouse(x, y, &[0, 0]).await?;
    let is_flagged = "return one('[data-action=flag]').getAttribute('aria-pressed') === 'true'";
    quiz.until("three presses flag", is_flagged, &[]).await?;
    // Elsewhere, at once, on a screen that is new: keys on one button, one after the other.
    quiz.reach("[data-action=next]").await?;
    stage.page.press(Key::Enter).await?;
    quiz.until_question(2).await?;
    let label = "label:has(input[value=red])";
    let (x, y) = quiz.middle(label).await?;
    stage.page.mouse(x, y, &[0]).await?;
    assert!(quiz.chosen().await?.is_empty(), "chosen and taken back");
    stage.page.mouse(x, y, &[0, 0]).await?;
    assert_eq!(quiz.chosen().await?, ["red"], "and chosen");
    let space = Key::Space.value();
    quiz.reach("input[value=brown]").await?;
    stage
        .page
        .press_all(&[space, space, space].iter().collect::<String>())
        .await?;
    assert_eq!(quiz.chosen().await?, ["red", "brown"]);
    // A script on the page is no double click either.
    let script = "
        const next = (action) => new Promise((done) => {
          one(`[data-action=${action}]`).click();
          requestAnimationFrame(() => requestAnimationFrame(done));
        });
        return next('previous').then(() => next('next')).then(() => next('next'))";
    quiz.read::<Value>(script, &[]).await?;
    quiz.until_question(3).await
}

/// Wherever on "Delete" a reader double-clicks, fast or slowly, on a phone or a wide screen, nothing is deleted, and the focus is on
/// what keeps it.
pub async fn delete_twice(stage: &Stage<'_>) -> Outcome {
    let quiz = stage.show_quiz(BASICS, "form=exam").await?;
    for _ in 0..2 {
        quiz.until_screen("start").await?;
        quiz.start().await?;
        quiz.read::<Value>("host.submit()", &[]).await?;
        quiz.until_screen("results").await?;
        stage.page.reload().await?;
    }
    for (width, height) in [(390, 844), (1_100, 844)] {
        stage.page.browser().resize(width, height).await?;
        stage.page.reload().await?;
        quiz.until_screen("start").await?;
        quiz.act("history").await?;
        quiz.until_screen("history").await?;
        for place in ["tr", "[part=actions]", "[part~=data]"] {
            let button = format!("{place} [data-action=delete]");
            for (across, down) in [
                (0.05, 0.1),
                (0.95, 0.1),
                (0.05, 0.9),
                (0.95, 0.9),
                (0.5, 0.5),
            ] {
                for pause in [0, 300, 700] {
                    let (x, y) = on(&quiz, &button, across, down).await?;
                    stage.page.mouse(x, y, &[pause]).await?;
                    let what =
                        format!("{button} at {across}, {down} after {pause} ms, {width} wide");
                    let attempts: Vec<Value> = quiz.read("return host.attempts()", &[]).await?;
                    assert_eq!(attempts.len(), 2, "{what}");
                    let under: bool = quiz
                        .read("return !!root.elementFromPoint(...given)?.closest('[data-action=delete-yes]')", &[json!(x), json!(y)])
                        .await?;
                    assert!(!under, "{what}: the answer is under the pointer");
                    // A slow second press may have taken it back.
                    if quiz.shows("[data-action=delete-yes]").await? {
                        quiz.act("delete-no").await?;
                    }
                    quiz.until(
                        "it asks no more",
                        "return shown(one(given[0]))",
                        &[json!(button)],
                    )
                    .await?;
                }
            }
            quiz.click(&button).await?;
            quiz.until(
                "the focus is on what is safe",
                FOCUS,
                &[json!("[data-action=delete-no]")],
            )
            .await?;
            stage.page.press(Key::Enter).await?;
            quiz.until(
                "it is back where it was",
                FOCUS,
                &[json!("[data-action=delete]")],
            )
            .await?;
        }
    }
    Ok(())
}

/// Whether something has the focus.
const FOCUS: &str = "return root.activeElement?.matches(given[0])";

/// A place on an element, once it is in view.
async fn on(quiz: &Quiz<'_>, css: &str, across: f64, down: f64) -> Outcome<(f64, f64)> {
    let script = "
        const target = all(given[0]).find(shown);
        target.scrollIntoView({ block: 'nearest', inline: 'nearest', behavior: 'instant' });
        const box = target.getBoundingClientRect();
        return [box.left + box.width * given[1], box.top + box.height * given[2]]";
    quiz.read(script, &[json!(css), json!(across), json!(down)])
        .await
}
