//! What happens while the reader is away: the time is up, the author edits the questions.

use mondai_e2e::Outcome;
use mondai_e2e::pages::{post_in, widget};
use mondai_e2e::quiz::Quiz;
use mondai_e2e::stage::Stage;
use serde_json::{Value, json};

use crate::sets::BASICS;
use crate::tabs::{NEWEST, TELLER};

/// An exam of six seconds with one answer, on a page that tells the server of every end.
async fn short_exam<'s>(stage: &'s Stage<'_>) -> Outcome<Quiz<'s>> {
    exam_of(stage, 6).await
}

async fn exam_of<'s>(stage: &'s Stage<'_>, seconds: u32) -> Outcome<Quiz<'s>> {
    stage.site.put("/test/told", "text/plain", "");
    stage.site.put("/test/teller.js", "text/javascript", TELLER);
    stage.put_set("set.json", BASICS);
    let attributes = format!("src=set.json form=exam time-limit={seconds}s");
    let quiz = widget("quiz", &attributes);
    let head = "<script src=/test/teller.js></script>";
    stage.show("exam", &post_in("en", head, &quiz)).await?;
    let quiz = stage.page.quiz("#quiz");
    quiz.start().await?;
    quiz.choose("split").await?;
    quiz.until_saved().await?;
    Ok(quiz)
}

/// Until the time of the exam is up, whatever the page can do meanwhile.
async fn until_time_is_up(stage: &Stage<'_>) -> Outcome {
    let script = "window.began ??= Date.now(); return Date.now() - window.began > 6500";
    stage.page.until("the time is up", script, Vec::new()).await
}

/// It ended at the deadline, with the answer, and was told once.
async fn ended_once(stage: &Stage<'_>, quiz: &Quiz<'_>) -> Outcome {
    quiz.until_screen("results").await?;
    let record: Value = quiz.read(NEWEST, &[]).await?;
    assert_eq!(record["finished"], record["deadline"], "{record}");
    assert_eq!(record["answers"][0]["r"], json!(["split"]), "{record}");
    told_once(stage, quiz).await
}

async fn told_once(stage: &Stage<'_>, quiz: &Quiz<'_>) -> Outcome {
    // What the page sends comes before what the next page asks for.
    stage.page.reload().await?;
    quiz.until_screen("start").await?;
    assert_eq!(stage.site.requests("/test/told"), 1, "told once");
    Ok(())
}

/// A page without a quiz.
fn elsewhere(stage: &Stage<'_>) -> String {
    format!("{}/test/post.css", stage.site.origin())
}

/// The reader goes to another page and comes back, by the browser's button, when the time is up.
pub async fn gone_and_back(stage: &Stage<'_>) -> Outcome {
    let quiz = short_exam(stage).await?;
    stage.page.go(&elsewhere(stage)).await?;
    until_time_is_up(stage).await?;
    stage.page.browser().driver().back().await?;
    ended_once(stage, &quiz).await
}

/// The page is closed; the time is up; the reader comes again.
pub async fn closed_and_again(stage: &Stage<'_>) -> Outcome {
    let quiz = short_exam(stage).await?;
    let address: String = stage.page.read("return location.href", Vec::new()).await?;
    stage.page.go("about:blank").await?;
    until_time_is_up(stage).await?;
    stage.page.go(&address).await?;
    ended_once(stage, &quiz).await
}

/// The browser freezes the page, as it does with those that nobody looked at for long.
pub async fn frozen(stage: &Stage<'_>) -> Outcome {
    let quiz = short_exam(stage).await?;
    let watch = "document.addEventListener('freeze', () => { window.wasFrozen = true; })";
    stage.page.run(watch, Vec::new()).await?;
    stage.page.browser().freeze(true).await?;
    until_time_is_up(stage).await?;
    assert_eq!(
        quiz.screen().await?,
        "question",
        "a frozen page does nothing"
    );
    stage.page.browser().freeze(false).await?;
    let was_frozen = "return window.wasFrozen && document.visibilityState";
    assert_eq!(
        stage.page.read::<Value>(was_frozen, Vec::new()).await?,
        "hidden"
    );
    // Nobody sees it yet, so it need not know; then somebody does.
    stage.page.browser().bring_to_front().await?;
    ended_once(stage, &quiz).await
}

/// The author takes a question out and changes another one's key while a sitting is stored: it goes on with what remains.
pub async fn questions_edited(stage: &Stage<'_>) -> Outcome {
    let quiz = stage.show_quiz(BASICS, "form=exam").await?;
    quiz.start().await?;
    quiz.choose("split").await?;
    quiz.act("next").await?;
    quiz.until_question(2).await?;
    quiz.choose("red").await?;
    quiz.until_saved().await?;

    let mut edited: Value = serde_json::from_str(BASICS)?;
    if let Some(questions) = edited["questions"].as_array_mut() {
        questions.remove(0);
    }
    stage.put_set("set.json", &edited.to_string());
    stage.page.reload().await?;
    quiz.until(
        "it says what became of the sitting",
        "return words(one('[part~=notice]')).includes('some were removed: 1.')",
        &[],
    )
    .await?;
    quiz.until_question(1).await?;
    assert_eq!(quiz.chosen().await?, ["red"], "answers belong to questions");
    stage.page.audit("question, of an edited set").await?;
    stage.page.photograph("edited").await?;
    quiz.choose("grey").await?;
    quiz.until_saved().await?;

    // The author regrets it: the answer to the question that was gone is there again.
    stage.put_set("set.json", BASICS);
    stage.page.reload().await?;
    quiz.until_screen("question").await?;
    quiz.read::<Value>("host.submit()", &[]).await?;
    quiz.until_screen("results").await?;
    let record: Value = quiz.read(NEWEST, &[]).await?;
    let answers = record["answers"].as_array().cloned().unwrap_or_default();
    let given: Vec<&Value> = answers.iter().map(|answer| &answer["r"]).collect();
    assert!(given.contains(&&json!(["split"])), "{record}");
    assert!(given.contains(&&json!(["red", "grey"])), "{record}");
    Ok(())
}

/// Another page wrote the sitting while this one slept and heard nothing of it. What this page then thinks of the end counts
/// for nothing: it goes on from what is stored, and one end is told.
pub async fn written_by_another(stage: &Stage<'_>) -> Outcome {
    let quiz = exam_of(stage, 16).await?;
    let own = "return Object.entries(localStorage).find(([key]) => key.startsWith('mondai:1:basics:attempt:'))";
    let [key, earlier]: [String; 2] = quiz.read(own, &[]).await?;
    // Whoever goes on with it has a later term than who began it.
    stage.page.reload().await?;
    quiz.until_question(1).await?;
    quiz.choose("loud").await?;
    quiz.until_saved().await?;
    let [_, later]: [String; 2] = quiz.read(own, &[]).await?;
    // This page goes on from the earlier record; then the later one is there, and no event tells a page of its own writing.
    let address: String = stage.page.read("return location.href", Vec::new()).await?;
    stage.page.go(&elsewhere(stage)).await?;
    let back = "
        localStorage.setItem(...arguments);
        return new Promise((done) => { indexedDB.deleteDatabase('mondai:1').onsuccess = () => done(true); })";
    stage
        .page
        .run(back, vec![json!(key), json!(earlier)])
        .await?;
    stage.page.go(&address).await?;
    quiz.until_question(1).await?;
    assert_eq!(quiz.chosen().await?, ["split"]);
    let write = "localStorage.setItem(...arguments)";
    stage
        .page
        .run(write, vec![json!(key), json!(later)])
        .await?;
    quiz.until_screen("results").await?;
    quiz.until(
        "it is the other page's result",
        "return words(one('[part~=score]')) === '0%'",
        &[],
    )
    .await?;
    let record: Value = quiz.read(NEWEST, &[]).await?;
    assert_eq!(record["answers"][0]["r"], json!(["loud"]), "{record}");
    told_once(stage, &quiz).await
}
