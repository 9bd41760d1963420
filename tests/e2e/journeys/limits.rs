//! A time of its own for each question, in a form that only goes forward.

use mondai_e2e::Outcome;
use mondai_e2e::quiz::Quiz;
use mondai_e2e::stage::Stage;
use serde_json::{Value, json};

use crate::solver::{GIT, Solver, by_keyboard};

/// Opens the sprint, with a time for each question.
async fn open<'s>(stage: &'s Stage<'_>, limit: &str) -> Outcome<Quiz<'s>> {
    let mut set: Value = serde_json::from_str(&stage.built(GIT)?)?;
    for form in set["forms"].as_array_mut().into_iter().flatten() {
        if form["id"] == "sprint" {
            form["question_time"] = json!(limit);
        }
    }
    let quiz = stage
        .show_quiz(&set.to_string(), "form=sprint lang=en")
        .await?;
    quiz.until_screen("start").await?;
    Ok(quiz)
}

/// Each question has its own countdown, and there is no way back.
pub async fn one_for_each(stage: &Stage<'_>) -> Outcome {
    let quiz = open(stage, "100m").await?;
    let facts = quiz.text("facts").await?;
    for words in ["7 questions", "1 h 40 min per question", "No way back"] {
        assert!(facts.contains(words), "{facts}");
    }
    quiz.start().await?;
    let solver = Solver::new(&stage.built(GIT)?)?;
    for number in 1..=2 {
        quiz.until_question(number).await?;
        let runs = "return /1:39:5\\d$/.test(one('[part~=timer]')?.textContent)";
        quiz.until(
            &format!("the countdown of question {number} runs"),
            runs,
            &[],
        )
        .await?;
        assert!(!quiz.shows("[data-action=previous]").await?);
        let task = solver.find(&quiz).await?;
        by_keyboard(stage, &quiz, &task.right).await?;
        quiz.act("next").await?;
    }
    quiz.until_question(3).await?;
    quiz.click("[part=questions] summary").await?;
    let is_drawn = "return one('[part=palette] button') && !one('[data-drawing]')";
    quiz.until("the list is drawn", is_drawn, &[]).await?;
    let open: Vec<usize> = quiz
        .read("return all('[part~=palette-item]:not(:disabled)').map((item) => Number(item.dataset.position))", &[])
        .await?;
    assert_eq!(open, [2], "only the question on screen can be gone to");
    stage.page.audit("sprint").await
}

/// When a question's time is up, its answer stands and the next one comes by itself; after the last one, the reader hands in.
pub async fn up_for_each(stage: &Stage<'_>) -> Outcome {
    let quiz = open(stage, "3s").await?;
    quiz.start().await?;
    quiz.choose("c").await?;
    for number in 2..=7 {
        quiz.until_question(number).await?;
    }
    quiz.until_screen("review").await?;
    quiz.act("submit").await?;
    quiz.until_screen("results").await?;
    let facts = quiz.text("facts").await?;
    assert!(facts.contains("1 of 7 correct"), "{facts}");
    let record = stage.page.record().await?;
    let finished: Vec<_> = record
        .events
        .iter()
        .filter(|told| told.name == "mondai-finished")
        .collect();
    assert_eq!(finished.len(), 1, "it is told once");
    let rows = finished[0].detail["questions"]
        .as_array()
        .map_or(&[][..], Vec::as_slice);
    let outcomes: Vec<&Value> = rows.iter().map(|row| &row["outcome"]).collect();
    assert_eq!(outcomes[0], "correct");
    assert!(
        outcomes[1..].iter().all(|outcome| *outcome == "unanswered"),
        "{outcomes:?}"
    );
    quiz.until("no timer waits", "return window.__timers === 0", &[])
        .await
}
