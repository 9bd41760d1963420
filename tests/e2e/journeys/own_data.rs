//! The reader's data in the reader's hands: a file of everything, put back elsewhere, or deleted for good.

use mondai_e2e::Outcome;
use mondai_e2e::program::Folder;
use mondai_e2e::quiz::Quiz;
use mondai_e2e::stage::Stage;
use serde_json::{Value, json};

use crate::keeping::OURS;
use crate::sets::BASICS;

/// Catches the file that a button gives the reader. What a browser then does with it is the browser's.
const CATCH: &str = "
const original = URL.createObjectURL;
URL.createObjectURL = (blob) => { window.caught = blob.text(); return original.call(URL, blob); }";

/// Whether a notice has some words.
const SAYS: &str =
    "return all('[role=status] [part~=notice]').map(words).join(' ').includes(given[0])";

/// Gives the widget a file, and waits until it says what came of it.
async fn import(quiz: &Quiz<'_>, text: &str, said: &str) -> Outcome {
    let folder = Folder::new();
    std::fs::create_dir_all(folder.path())?;
    let file = folder.path().join("export.json");
    std::fs::write(&file, text)?;
    let input = quiz.find("[data-action=import]").await?;
    input.send_keys(file.display().to_string()).await?;
    quiz.until(&format!("it says {said:?}"), SAYS, &[json!(said)])
        .await
}

/// Exported, deleted, imported: by the buttons of the list of results.
pub async fn taken_along(stage: &Stage<'_>) -> Outcome {
    let quiz = stage.show_quiz(BASICS, "form=exam").await?;
    quiz.start().await?;
    quiz.choose("split").await?;
    quiz.read::<Value>("host.submit()", &[]).await?;
    quiz.until_screen("results").await?;
    quiz.act("history").await?;
    quiz.until_screen("history").await?;
    stage
        .page
        .audit("all results, with the reader's data")
        .await?;
    stage.page.run(CATCH, Vec::new()).await?;
    quiz.act("export").await?;
    let export: String = stage.page.read("return window.caught", Vec::new()).await?;
    let parsed: Value = serde_json::from_str(&export)?;
    assert_eq!(
        parsed["records"].as_object().map(serde_json::Map::len),
        Some(1)
    );

    quiz.click("[part~=data] [data-action=delete]").await?;
    assert_ne!(
        stage.page.read::<usize>(OURS, Vec::new()).await?,
        0,
        "it is asked first"
    );
    quiz.click("[part~=data] [data-action=delete-yes]").await?;
    quiz.until("it says that it is done", SAYS, &[json!("was deleted")])
        .await?;
    assert_eq!(stage.page.read::<usize>(OURS, Vec::new()).await?, 0);
    stage
        .page
        .until(
            "the database is gone",
            "return indexedDB.databases().then((all) => !all.some(({ name }) => name === 'mondai:1'))",
            Vec::new(),
        )
        .await?;
    assert_eq!(
        quiz.read::<Value>("return host.attempts()", &[]).await?,
        json!([])
    );

    stage.page.reload().await?;
    quiz.until_screen("start").await?;
    quiz.act("history").await?;
    quiz.until_screen("history").await?;
    import(&quiz, "{}", "no export").await?;
    import(&quiz, &export, "Brought in: 1.").await?;
    stage.page.scroll_to("#after").await?;
    stage.page.audit("all results, after an import").await?;
    stage.page.photograph("own-data").await?;
    let list: Value = quiz.read("return host.attempts()", &[]).await?;
    assert_eq!(list[0]["report"]["percent"], 33, "{list}");
    let finished = stage.page.record().await?.events;
    let finished = finished
        .iter()
        .filter(|told| told.name == "mondai-finished")
        .count();
    assert_eq!(finished, 1, "what is imported was told before");
    Ok(())
}
