//! The reader's data in the reader's hands: a file of everything, put back elsewhere, or deleted for good.

use mondai_e2e::Outcome;
use mondai_e2e::pages::{post, widget};
use mondai_e2e::program::Folder;
use mondai_e2e::quiz::Quiz;
use mondai_e2e::stage::Stage;
use serde_json::{Value, json};
use thirtyfour::WindowHandle;

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
pub async fn import(quiz: &Quiz<'_>, text: &str, said: &str) -> Outcome {
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
            "the database has nothing but notes, which name nothing",
            &[
                IN_THE_JOURNAL,
                "return inTheJournal((keys) => keys.length > 0 && keys.every((key) => /^gone:[0-9a-f]{16}$/.test(key)))",
            ]
            .concat(),
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

/// Where everything is deleted while an exam goes on.
enum Elsewhere {
    /// In another widget of the page.
    Element,
    /// In another window, after the one with the exam.
    Window([WindowHandle; 2]),
}

impl Elsewhere {
    async fn delete_everything(&self, stage: &Stage<'_>) -> Outcome {
        let driver = stage.page.browser().driver();
        let quiz = match self {
            Self::Element => stage.page.quiz("#other"),
            Self::Window([_, second]) => {
                driver.switch_to_window(second.clone()).await?;
                let address = format!("{}/test/list.html", stage.site.origin());
                driver.goto(address).await?;
                stage.page.quiz("#quiz")
            }
        };
        if quiz.screen().await? == "history" {
            quiz.act("close-history").await?;
        }
        quiz.until_screen("start").await?;
        quiz.act("history").await?;
        quiz.until_screen("history").await?;
        quiz.click("[part~=data] [data-action=delete]").await?;
        quiz.click("[part~=data] [data-action=delete-yes]").await?;
        quiz.until("it says that it is done", SAYS, &[json!("was deleted")])
            .await?;
        if let Self::Window([first, _]) = self {
            driver.switch_to_window(first.clone()).await?;
        }
        Ok(())
    }
}

/// What a script makes of the keys in the journal.
const IN_THE_JOURNAL: &str = "
const inTheJournal = (make) => new Promise((done, failed) => {
    const opening = indexedDB.open('mondai:1');
    opening.onerror = failed;
    opening.onsuccess = () => {
        const keys = opening.result.transaction('records').objectStore('records').getAllKeys();
        keys.onsuccess = () => {
            opening.result.close();
            done(make(keys.result));
        };
    };
});
";

/// How many records of ours there are, in both stores.
fn kept() -> String {
    let count = "
        const here = Object.keys(localStorage).filter((key) => /^mondai:1:[^:]+:attempt:/.test(key));
        return inTheJournal((keys) => [here.length, keys.filter((key) => key.includes(':attempt:')).length])";
    [IN_THE_JOURNAL, count].concat()
}

/// Everything is deleted in another widget of the page while an exam goes on: it is kept only if the reader says so, and what
/// was there before stays away.
pub async fn deleted_during_an_exam(stage: &Stage<'_>) -> Outcome {
    stage.put_set("set.json", BASICS);
    let exam = widget("quiz", "src=set.json form=exam loading=eager");
    let other = widget("other", "src=set.json form=practice loading=eager");
    stage.show("two", &post(&[exam, other].concat())).await?;
    deleted_elsewhere(stage, &Elsewhere::Element).await
}

/// The same in another window.
pub async fn deleted_in_another_window(stage: &Stage<'_>) -> Outcome {
    stage.put_set("set.json", BASICS);
    let list = post(&widget("quiz", "src=set.json form=practice"));
    let mime = "text/html; charset=utf-8";
    stage.site.put("/test/list.html", mime, list);
    let exam = widget("quiz", "src=set.json form=exam");
    stage.show("exam", &post(&exam)).await?;
    let driver = stage.page.browser().driver();
    let first = driver.window().await?;
    let second = driver.new_tab().await?;
    let windows = [first.clone(), second.clone()];
    deleted_elsewhere(stage, &Elsewhere::Window(windows)).await?;
    driver.switch_to_window(second).await?;
    driver.close_window().await?;
    driver.switch_to_window(first).await?;
    Ok(())
}

async fn deleted_elsewhere(stage: &Stage<'_>, elsewhere: &Elsewhere) -> Outcome {
    let quiz = stage.page.quiz("#quiz");
    let asks = "return host.state === 'running' && all('[role=status] [data-action=keep-sitting]').some(shown)";
    let attempts = "return host.attempts().length";
    quiz.start().await?;
    quiz.read::<Value>("host.submit()", &[]).await?;
    quiz.until_screen("results").await?;
    for keeps in [false, true] {
        quiz.read::<Value>("host.reset()", &[]).await?;
        quiz.start().await?;
        quiz.choose("loud").await?;
        quiz.until_saved().await?;
        elsewhere.delete_everything(stage).await?;
        quiz.until("it says what happened, and asks", asks, &[])
            .await?;
        quiz.choose("split").await?;
        let found: [usize; 2] = stage.page.read(&kept(), Vec::new()).await?;
        assert_eq!(found, [0, 0], "nothing is stored without a word");
        if keeps {
            stage.page.audit("an exam, with everything deleted").await?;
            stage.page.photograph("deleted-elsewhere").await?;
            quiz.act("keep-sitting").await?;
            quiz.until_saved().await?;
            assert!(!quiz.shows("[data-action=keep-sitting]").await?);
            let found: [usize; 2] = stage.page.read(&kept(), Vec::new()).await?;
            assert_eq!(found, [1, 1], "the sitting, and nothing else");
            quiz.choose("loud").await?;
            quiz.until_saved().await?;
        }
        stage.page.reload().await?;
        if keeps {
            quiz.until_question(1).await?;
            assert_eq!(quiz.chosen().await?, ["loud"]);
        } else {
            quiz.until_screen("start").await?;
            assert!(!quiz.shows("[data-action=results]").await?);
        }
        quiz.until("it is ready", "return host.ready.then(() => true)", &[])
            .await?;
        let left: usize = quiz.read(attempts, &[]).await?;
        assert_eq!(left, usize::from(keeps), "earlier results stay away");
    }
    quiz.read::<Value>("host.submit()", &[]).await?;
    quiz.until_screen("results").await?;
    let left: usize = quiz.read(attempts, &[]).await?;
    assert_eq!(left, 1);
    Ok(())
}
