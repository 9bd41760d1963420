//! Two posts of one site whose authors copied the same sample: their sets have the same id, and so have questions and choices.

use mondai_e2e::Outcome;
use mondai_e2e::pages::{post, widget, widget_with};
use mondai_e2e::quiz::Quiz;
use mondai_e2e::record::Kind;
use mondai_e2e::stage::Stage;
use serde_json::Value;

/// A set as the sample has it, about something.
fn about(subject: &str) -> String {
    format!(
        r#"{{"mondai":1,"id":"my-first-quiz","title":"{subject}","questions":[{{"id":"q1","type":"single","prompt":"What is {subject}?","choices":[{{"id":"a","text":"{subject} is this","correct":true}},{{"id":"b","text":"It is that"}}]}},{{"id":"q2","type":"single","prompt":"And {subject}?","choices":[{{"id":"a","text":"Yes","correct":true}},{{"id":"b","text":"No"}}]}}]}}"#
    )
}

/// Two files.
pub async fn kept_apart(stage: &Stage<'_>) -> Outcome {
    stage.put_set("rust.json", &about("Rust"));
    stage.put_set("go.json", &about("Go"));
    let [rust, go] = ["rust", "go"].map(|name| post(&widget("quiz", &format!("src={name}.json"))));
    apart(stage, &rust, &go).await?;
    // One set at two addresses is one set.
    stage.put_set("moved.json", &about("Rust"));
    stage
        .show("moved", &post(&widget("quiz", "src=moved.json")))
        .await?;
    let quiz = stage.page.quiz("#quiz");
    quiz.until_question(1).await?;
    until_marked(&quiz).await
}

/// Two sets that stand in their posts.
pub async fn kept_apart_in_posts(stage: &Stage<'_>) -> Outcome {
    let [rust, go] = ["Rust", "Go"].map(|subject| post(&widget_with("quiz", "", &about(subject))));
    apart(stage, &rust, &go).await
}

async fn until_marked(quiz: &Quiz<'_>) -> Outcome {
    quiz.until(
        "it is marked as it was",
        "return shown(one('[data-choice=b][data-chosen]'))",
        &[],
    )
    .await
}

async fn apart(stage: &Stage<'_>, rust: &str, go: &str) -> Outcome {
    let warning = "id: `my-first-quiz` is the id of another question set of this site";
    stage.page.expect(Kind::Warning, warning);
    let quiz = stage.page.quiz("#quiz");
    stage.show("rust", rust).await?;
    quiz.start().await?;
    assert_eq!(quiz.answer(&["b"]).await?, "incorrect");
    quiz.until_saved().await?;
    // The other one begins with nothing, and has its own.
    stage.show("go", go).await?;
    quiz.until_screen("start").await?;
    quiz.start().await?;
    assert!(!quiz.shows("[part~=feedback]").await?);
    assert_eq!(quiz.answer(&["a"]).await?, "correct");
    quiz.until_saved().await?;
    quiz.read::<Value>("host.submit()", &[]).await?;
    quiz.until_screen("results").await?;
    assert_eq!(quiz.text("score").await?, "50%");
    let count: usize = quiz.read("return host.attempts().length", &[]).await?;
    assert_eq!(count, 1);
    // And the first one goes on where it was.
    stage.show("rust", rust).await?;
    quiz.until_question(1).await?;
    until_marked(&quiz).await?;
    let left = "return [host.attempts().length, Object.keys(localStorage).filter((key) => key.startsWith('mondai:1:my-first-quiz:attempt:')).length]";
    let left: [usize; 2] = quiz.read(left, &[]).await?;
    assert_eq!(left, [1, 2], "its own, and both are kept");
    Ok(())
}
