//! The demo post, as it ships: an ordinary article with several quizzes.

use mondai_e2e::Outcome;
use mondai_e2e::quiz::Quiz;
use mondai_e2e::stage::Stage;
use serde_json::{Value, json};
use thirtyfour::Key;

use crate::solver::{CONTROL, until_answerable};

/// How many quizzes the post has, and their `src` and `form`.
const QUIZZES: &str = "return [...document.querySelectorAll('mondai-quiz')].map((host, index) => { host.id = `quiz${index}`; return host.getAttribute('form') ?? '' })";

async fn open(stage: &Stage<'_>) -> Outcome<Vec<String>> {
    stage.page.go(&format!("{}/", stage.site.origin())).await?;
    stage.page.read(QUIZZES, Vec::new()).await
}

/// Nothing is loaded before it comes near; then nothing jumps.
pub async fn scrolled_through(stage: &Stage<'_>) -> Outcome {
    let forms = open(stage).await?;
    assert!(forms.len() >= 3, "{forms:?}");
    stage.page.audit("the post before any quiz").await?;
    assert_eq!(
        stage.site.requests("/mondai_bg.wasm"),
        0,
        "the first quiz is several screens away"
    );
    let states = "return [...document.querySelectorAll('mondai-quiz')].map((host) => host.state)";
    let states_now: Vec<String> = stage.page.read(states, Vec::new()).await?;
    assert!(
        states_now.iter().all(|state| state == "loading"),
        "{states_now:?}"
    );
    let height = "return host.getBoundingClientRect().height";
    let mut before = Vec::new();
    for index in 0..forms.len() {
        before.push(
            stage
                .page
                .quiz(&format!("#quiz{index}"))
                .read::<f64>(height, &[])
                .await?,
        );
    }
    // As a reader scrolls: a bit at a time, each after what the last one brought.
    let step = "const at = scrollY; scrollBy({ top: innerHeight * 0.4, behavior: 'instant' });
        return new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(scrollY > at))))";
    while stage.page.read::<bool>(step, Vec::new()).await? {
        let near = "return [...document.querySelectorAll('mondai-quiz')].every((host) => host.state === 'ready' || host.getBoundingClientRect().top > innerHeight)";
        stage
            .page
            .until("quizzes on screen are ready", near, Vec::new())
            .await?;
    }
    assert_eq!(stage.site.requests("/mondai_bg.wasm"), 1);
    for (index, before) in before.iter().enumerate() {
        let quiz = stage.page.quiz(&format!("#quiz{index}"));
        quiz.until_screen("start").await?;
        let after: f64 = quiz.read(height, &[]).await?;
        assert!(
            (after - before).abs() <= 8.0,
            "quiz {index} was {before} high, and is {after}"
        );
    }
    let shifts = stage.page.record().await?.shifts;
    // What web.dev calls good is 0.1 for a whole page.
    assert!(shifts < 0.05, "layout shifts add up to {shifts}");
    stage.page.audit("the post with its quizzes").await
}

/// Gives some answer, or a part of one. A form draws its questions, so the first one may be of any type.
async fn take(stage: &Stage<'_>, quiz: &Quiz<'_>) -> Outcome {
    quiz.reach(CONTROL).await?;
    let kind: String = quiz.read("return root.activeElement.type", &[]).await?;
    let (keys, taken) = match kind.as_str() {
        "radio" | "checkbox" => (
            Key::Space.value().into(),
            "return root.activeElement.checked",
        ),
        "text" => (
            String::from("42"),
            "return root.activeElement.value === '42'",
        ),
        "select-one" => (
            Key::Down.value().into(),
            "return root.activeElement.selectedIndex > 0",
        ),
        _ => (
            Key::Space.value().into(),
            "return one('[part=order-list] > [data-item]')",
        ),
    };
    stage.page.press_all(&keys).await?;
    quiz.until(&format!("the {kind} is taken"), taken, &[])
        .await
}

/// The quizzes of the post work: the self-check in the middle to its end, one answer in each other.
pub async fn its_quizzes(stage: &Stage<'_>) -> Outcome {
    let forms = open(stage).await?;
    for index in 0..forms.len() {
        let id = format!("#quiz{index}");
        stage.page.scroll_to(&id).await?;
        let quiz = stage.page.quiz(&id);
        quiz.start().await?;
        until_answerable(&quiz).await?;
        take(stage, &quiz).await?;
        stage
            .page
            .audit(&format!("quiz {index} of the post"))
            .await?;
    }
    let first = stage.page.quiz("#quiz0");
    stage.page.scroll_to("#quiz0").await?;
    first.act("review").await?;
    first.until_screen("review").await?;
    first.act("submit").await?;
    first.until_screen("results").await?;
    first.act("answers").await?;
    first.until_screen("answers").await?;
    let without_why: Vec<String> = first
        .read("return all('[part~=marked-choice]').filter((choice) => !choice.querySelector('[part~=why]')).map(words)", &[])
        .await?;
    assert!(
        without_why.is_empty(),
        "every choice says why: {without_why:?}"
    );
    // axe lets a skip link stand outside landmarks only if no other link comes before it, and it cannot compare the link
    // with one in a shadow root, such as a reference below an answer.
    stage
        .page
        .audit_without("answers in the post", &["region"])
        .await
}

/// On a wide screen, the post and its quizzes as well.
pub async fn on_a_wide_screen(stage: &Stage<'_>) -> Outcome {
    stage.page.browser().resize(1280, 900).await?;
    open(stage).await?;
    stage.page.scroll_to("#quiz0").await?;
    let quiz = stage.page.quiz("#quiz0");
    quiz.until_screen("start").await?;
    let overflow: Value = stage
        .page
        .read(
            "return document.scrollingElement.scrollWidth - innerWidth",
            Vec::new(),
        )
        .await?;
    assert!(
        overflow.as_i64().is_some_and(|overflow| overflow <= 0),
        "{overflow}"
    );
    quiz.start().await?;
    quiz.until(
        "the choices are there",
        "return all('[part~=choice]').length >= given[0]",
        &[json!(2)],
    )
    .await?;
    stage.page.audit("question, wide").await
}
