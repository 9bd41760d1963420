//! Browsers that keep nothing, or no more: the quiz works to its end, and says in one notice how answers are kept.

use mondai_e2e::Outcome;
use mondai_e2e::quiz::Quiz;
use mondai_e2e::stage::Stage;
use serde_json::{Value, json};

use crate::sets::BASICS;

/// Fills localStorage to the last character.
const FILL: &str = "
let text = 'x'.repeat(1 << 20);
for (let number = 0; text.length > 0; ) {
    try { localStorage.setItem(`filler${number}`, text); number += 1; } catch { text = text.slice(0, text.length >> 1); }
}";

/// Answers the three questions of a running exam and hands in.
async fn to_the_end(quiz: &Quiz<'_>) -> Outcome {
    quiz.choose("split").await?;
    quiz.act("next").await?;
    quiz.until_question(2).await?;
    quiz.choose("red").await?;
    quiz.read::<Value>("host.submit()", &[]).await?;
    quiz.until_screen("results").await?;
    assert_eq!(quiz.text("score").await?, "33%");
    Ok(())
}

async fn notices(quiz: &Quiz<'_>) -> Outcome<Vec<String>> {
    quiz.texts("[part~=notice] > p").await
}

/// A reader who lets sites keep nothing: one notice, an export that has the answers, and a quiz that works.
pub async fn cookies_blocked(stage: &Stage<'_>) -> Outcome {
    let quiz = stage.show_quiz(BASICS, "form=exam").await?;
    let refused = "try { return !localStorage } catch { return true }";
    assert!(
        stage.page.read::<bool>(refused, Vec::new()).await?,
        "storage must be refused"
    );
    quiz.start().await?;
    quiz.until(
        "it says so",
        "return one('[part~=notice] [data-action=export]')",
        &[],
    )
    .await?;
    let said = notices(&quiz).await?;
    assert_eq!(said.len(), 1, "one notice: {said:?}");
    assert!(
        said[0].contains("does not let the quiz store anything"),
        "{said:?}"
    );
    stage.page.audit("question, cookies blocked").await?;
    to_the_end(&quiz).await?;
    let export: String = quiz.read("return host.exportData()", &[]).await?;
    assert!(
        export.contains("split"),
        "the export has what the page has: {export}"
    );
    assert_eq!(notices(&quiz).await?.len(), 1, "still one notice");
    // Nor does the first result say that it is kept.
    assert!(!quiz.shows("[part~=first-result]").await?);
    Ok(())
}

/// A private window keeps answers as long as it is open, and needs no notice.
pub async fn private_window(stage: &Stage<'_>) -> Outcome {
    let quiz = stage.show_quiz(BASICS, "form=exam").await?;
    quiz.start().await?;
    quiz.choose("loud").await?;
    quiz.until_saved().await?;
    stage.page.reload().await?;
    quiz.until_question(1).await?;
    assert_eq!(quiz.chosen().await?, ["loud"]);
    to_the_end(&quiz).await?;
    assert!(notices(&quiz).await?.is_empty());
    stage.page.reload().await?;
    quiz.until_screen("start").await?;
    assert!(quiz.text("quiz").await?.contains("Last result: 33%"));
    Ok(())
}

/// localStorage is full before the first answer: the reader is told, the database has it, the quiz goes on.
pub async fn full_at_the_start(stage: &Stage<'_>) -> Outcome {
    let quiz = stage.show_quiz(BASICS, "form=practice").await?;
    quiz.until_screen("start").await?;
    stage.page.run(FILL, Vec::new()).await?;
    quiz.start().await?;
    quiz.until(
        "it says where answers are kept, and offers an export",
        "return words(one('[part~=notice]')).includes('storage is full') && one('[part~=notice] [data-action=export]')",
        &[],
    )
    .await?;
    stage.page.audit("question, storage is full").await?;
    stage.page.photograph("storage-full").await?;
    assert_eq!(quiz.answer(&["split"]).await?, "correct");
    quiz.until_saved().await?;
    stage.page.reload().await?;
    quiz.until("it is still there", "return one('[part~=feedback]')", &[])
        .await
}

/// It is full in the middle of an exam: what stood there stays, and what comes then is in the database.
pub async fn full_in_the_middle(stage: &Stage<'_>) -> Outcome {
    let quiz = stage.show_quiz(BASICS, "form=exam").await?;
    quiz.start().await?;
    quiz.choose("loud").await?;
    quiz.until_saved().await?;
    assert!(notices(&quiz).await?.is_empty());
    stage.page.run(FILL, Vec::new()).await?;
    // A record that is no longer than the one before still fits.
    let note = "x".repeat(500);
    quiz.click("[part~=note] summary").await?;
    quiz.find("textarea").await?.send_keys(&note).await?;
    quiz.choose("split").await?;
    quiz.until(
        "it says where answers are kept",
        "return words(one('[part~=notice]')).includes('storage is full') && one('[data-saved=true]')",
        &[],
    )
    .await?;
    assert_eq!(notices(&quiz).await?.len(), 1);
    stage.page.reload().await?;
    quiz.until_question(1).await?;
    assert_eq!(quiz.chosen().await?, ["split"], "the newer of both");
    to_the_end(&quiz).await?;
    let list: Value = quiz.read("return host.attempts()", &[]).await?;
    assert_eq!(list[0]["report"]["percent"], json!(33), "{list}");
    Ok(())
}
