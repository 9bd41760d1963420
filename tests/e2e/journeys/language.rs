//! Languages: interface and content.

use mondai_e2e::Outcome;
use mondai_e2e::pages::{post_in, widget};
use mondai_e2e::site::Fault;
use mondai_e2e::stage::Stage;

use crate::sets::BASICS;

/// `lang="ja"`: every word of the interface and of the set, on every screen.
pub async fn japanese(stage: &Stage<'_>) -> Outcome {
    let quiz = stage.show_quiz(BASICS, "form=practice lang=ja").await?;
    quiz.until_screen("start").await?;
    let start = quiz.text("quiz").await?;
    for words in ["光と水", "練習", "3問", "時間制限なし", "始める"] {
        assert!(
            start.contains(words),
            "the start screen should say {words}, and says {start}"
        );
    }
    assert_eq!(
        quiz.read::<String>("return one('[data-screen]').lang", &[])
            .await?,
        "ja",
        "screen readers must know"
    );
    stage.page.audit("start, Japanese").await?;
    quiz.start().await?;
    quiz.until_says("prompt", "プリズムは白色光をどうしますか。")
        .await?;
    assert_eq!(quiz.answer(&["loud"]).await?, "incorrect");
    let marked = quiz.text("quiz").await?;
    for words in [
        "不正解",
        "あなたの解答",
        "正解の選択肢",
        "光に音量はありません",
        "これを分散といいます",
    ] {
        assert!(
            marked.contains(words),
            "a marked question should say {words}, and says {marked}"
        );
    }
    stage.page.audit("question, Japanese").await?;
    quiz.act("next").await?;
    quiz.until_question(2).await?;
    // A text without a translation is shown in the language it has.
    assert_eq!(quiz.answer(&["red", "green"]).await?, "correct");
    assert!(
        quiz.text("feedback")
            .await?
            .contains("the third one is blue")
    );
    quiz.act("review").await?;
    quiz.until_screen("review").await?;
    stage.page.audit("review, Japanese").await?;
    quiz.act("submit").await?;
    quiz.until_screen("results").await?;
    let results = quiz.text("quiz").await?;
    // One of the three was answered rightly, the second; it is one of the two of its domain.
    assert_eq!(quiz.text("score").await?, "33%");
    for words in ["1問正解 / 全3問", "所要時間", "分野", "正解数"] {
        assert!(
            results.contains(words),
            "the results should say {words}, and say {results}"
        );
    }
    let domains = quiz.texts("[part=domains] tbody tr").await?;
    assert_eq!(domains, ["光 1 / 2", "水 0 / 1"]);
    let latin: String = quiz
        .read(
            "return all('button').map(words).join(' ').replace(/[^A-Za-z]/g, '')",
            &[],
        )
        .await?;
    assert_eq!(latin, "", "no button speaks English");
    stage.page.audit("results, Japanese").await
}

/// The nearest ancestor's language, then the set's; an unknown one falls back.
pub async fn chosen_by_the_page(stage: &Stage<'_>) -> Outcome {
    stage.put_set("set.json", BASICS);
    for (page, attributes, title) in [
        ("ja", "", "光と水"),
        ("ja-JP", "", "光と水"),
        ("en-GB", "", "Light and water"),
        ("ja", "lang=en", "Light and water"),
        ("en", "lang=ja", "光と水"),
        ("de", "", "Light and water"),
        ("", "", "Light and water"),
    ] {
        stage
            .show(
                "language",
                &post_in(
                    page,
                    "",
                    &widget("quiz", &format!("src=set.json {attributes}")),
                ),
            )
            .await?;
        let quiz = stage.page.quiz("#quiz");
        quiz.until_screen("start").await?;
        assert_eq!(
            quiz.text("title").await?,
            title,
            "page in {page:?}, widget with {attributes:?}"
        );
    }
    Ok(())
}

/// What goes wrong is said in the reader's language as well: by the loader, and by the widget.
pub async fn failures_in_japanese(stage: &Stage<'_>) -> Outcome {
    stage.site.fault("/mondai_bg.wasm", Fault::Status(404));
    let page = post_in("ja", "", &widget("quiz", "src=set.json"));
    stage.show("failure", &page).await?;
    let quiz = stage.page.quiz("#quiz");
    quiz.until_screen("error").await?;
    assert!(quiz.text("error").await?.contains("読み込めませんでした"));
    stage.page.audit("not loaded, Japanese").await?;
    stage.site.release("/mondai_bg.wasm");
    stage.put_set("set.json", "{ not JSON");
    stage.page.reload().await?;
    quiz.until(
        "the widget says why",
        "return one('[data-screen=error]')",
        &[],
    )
    .await?;
    let said = quiz.text("error").await?;
    assert!(!said.contains("quiz"), "{said}");
    stage.page.audit("error, Japanese").await
}
