//! Pictures of every screen, for people to look at: when `MONDAI_SCREENSHOTS` names a folder.

use mondai_e2e::Outcome;
use mondai_e2e::pages::{post_in, widget};
use mondai_e2e::stage::Stage;

use crate::secrecy::SQUARE;
use crate::sets::{BASICS, RICH};

/// The demo post's style, so that the pictures show what a reader of a post sees.
const HEAD: &str = "<link rel=stylesheet href=/demo.css>";

/// Every screen, on a phone and on a laptop.
pub async fn every_screen(stage: &Stage<'_>) -> Outcome {
    stage.site.put("/test/square.svg", "image/svg+xml", SQUARE);
    for (name, width, height) in [("390", 390, 844), ("1280", 1280, 900)] {
        stage.page.browser().resize(width, height).await?;
        let name = format!("{name}-{}", stage.page.browser().setup().word());
        walk(stage, &name).await?;
    }
    Ok(())
}

async fn walk(stage: &Stage<'_>, name: &str) -> Outcome {
    let show = |screen: &'static str| async move {
        stage.page.scroll_to("#quiz").await?;
        stage.page.run("scrollTo({ top: document.querySelector('#quiz').offsetTop - 24, behavior: 'instant' })", Vec::new()).await?;
        stage.page.photograph(&format!("{screen}-{name}")).await
    };
    let set = |text: &'static str, attributes: &'static str| async move {
        stage.put_set("set.json", text);
        let widget = widget("quiz", &format!("src=set.json storage=none {attributes}"));
        stage
            .show("pictures", &post_in("en", HEAD, &widget))
            .await?;
        Ok::<_, mondai_e2e::Failure>(stage.page.quiz("#quiz"))
    };
    let quiz = set(BASICS, "form=practice").await?;
    quiz.until_screen("start").await?;
    show("start").await?;
    quiz.start().await?;
    quiz.choose("loud").await?;
    show("question").await?;
    assert_eq!(quiz.answer(&[]).await?, "incorrect");
    show("question-marked").await?;
    quiz.act("next").await?;
    quiz.until_question(2).await?;
    quiz.choose("red").await?;
    quiz.act("check").await?;
    show("question-nudged").await?;

    let quiz = set(BASICS, "form=exam").await?;
    quiz.start().await?;
    quiz.choose("split").await?;
    quiz.act("flag").await?;
    show("exam").await?;
    quiz.act("review").await?;
    quiz.until_screen("review").await?;
    show("review").await?;
    quiz.act("submit").await?;
    quiz.until_screen("results").await?;
    show("results").await?;
    quiz.act("answers").await?;
    quiz.until_screen("answers").await?;
    show("answers").await?;

    let quiz = set(BASICS, "form=timed").await?;
    quiz.start().await?;
    quiz.act("pause").await?;
    quiz.until_screen("paused").await?;
    show("paused").await?;
    let quiz = set(RICH, "").await?;
    quiz.start().await?;
    quiz.until(
        "rich text is shown",
        "return one('[part~=prompt] table')",
        &[],
    )
    .await?;
    show("rich").await?;
    let quiz = set(BASICS, "form=practice lang=ja").await?;
    quiz.start().await?;
    show("japanese").await?;
    let quiz = set("{ not JSON", "").await?;
    quiz.until_screen("error").await?;
    show("error").await
}
