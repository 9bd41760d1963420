//! An answer that was given can be taken back, so that the question is as blank as before: under a negative rule a guess costs
//! more than none.

use mondai_e2e::Outcome;
use mondai_e2e::quiz::Quiz;
use mondai_e2e::stage::Stage;
use serde_json::{Value, json};
use thirtyfour::Key;

use crate::solver::{Given, by_keyboard, until_answerable};

/// Three choices out of which one is right, twice; and a question of each type that has something else to press or to fill.
const SET: &str = r#"{
  "mondai": 1, "id": "blank", "title": "Blank",
  "forms": [
    { "id": "exam", "title": "Exam", "mode": "exam", "credit": "negative-below-zero" },
    { "id": "practice", "title": "Practice", "credit": "negative-below-zero" }
  ],
  "questions": [
    { "id": "first", "type": "single", "prompt": "First?", "choices": [
      { "id": "a", "text": "A", "correct": true }, { "id": "b", "text": "B" }, { "id": "c", "text": "C" } ] },
    { "id": "second", "type": "single", "prompt": "Second?", "choices": [
      { "id": "a", "text": "A" }, { "id": "b", "text": "B", "correct": true }, { "id": "c", "text": "C" } ] },
    { "id": "several", "type": "multiple", "prompt": "Several?", "choices": [
      { "id": "a", "text": "A", "correct": true }, { "id": "b", "text": "B" }, { "id": "c", "text": "C", "correct": true } ] },
    { "id": "order", "type": "ordering", "prompt": "Order?", "items": [ { "id": "a", "text": "A" }, { "id": "b", "text": "B" } ], "order": ["a", "b"] },
    { "id": "match", "type": "matching", "prompt": "Match?", "prompts": [ { "id": "x", "text": "X" }, { "id": "y", "text": "Y" } ],
      "choices": [ { "id": "a", "text": "A" }, { "id": "b", "text": "B" } ], "pairs": { "x": "a", "y": "b" } },
    { "id": "gaps", "type": "cloze", "prompt": "Gaps?", "text": "{{x}} and {{y}}", "gaps": {
      "x": { "choices": [ { "id": "a", "text": "A", "correct": true }, { "id": "b", "text": "B" } ] }, "y": { "accept": "why" } } },
    { "id": "text", "type": "text", "prompt": "Text?", "accept": "text" },
    { "id": "number", "type": "numeric", "prompt": "Number?", "answer": 12 }
  ]
}"#;

const CLEAR: &str = "[data-action=clear]";

/// What the page was told of a question's answers, in order.
async fn told(stage: &Stage<'_>, question: &str) -> Outcome<Vec<Value>> {
    let events = stage.page.record().await?.events.into_iter();
    let own = events.filter(|told| told.detail["question"] == question);
    Ok(own.map(|told| told.detail["response"].clone()).collect())
}

/// Nothing is chosen any more, the reader has heard so, and goes on where they were.
async fn until_cleared(quiz: &Quiz<'_>, choice: &str) -> Outcome {
    quiz.until_says("cleared", "Answer cleared.").await?;
    let role = "return one('[part=cleared]').getAttribute('role')";
    assert_eq!(quiz.read::<String>(role, &[]).await?, "status");
    assert_eq!(quiz.chosen().await?, [""; 0]);
    assert!(
        !quiz.shows(CLEAR).await?,
        "there is nothing to take back any more"
    );
    let focus = format!("input[value='{choice}']");
    quiz.until(
        "the focus is on the choice that was taken",
        "return root.activeElement?.matches(given[0])",
        &[json!(focus)],
    )
    .await
}

/// Hands in, and gives the report.
async fn report(stage: &Stage<'_>, quiz: &Quiz<'_>) -> Outcome<Value> {
    quiz.act("review").await?;
    quiz.until_screen("review").await?;
    quiz.act("submit").await?;
    quiz.until_screen("results").await?;
    let mut events = stage.page.record().await?.events.into_iter();
    let finished = events.find(|told| told.name == "mondai-finished");
    Ok(finished.expect("it was told").detail)
}

/// The report of a sitting with nothing but blank answers.
fn is_blank(report: &Value) {
    assert_eq!(report["points"], 0, "{report}");
    for question in report["questions"].as_array().expect("questions") {
        assert_eq!(question["outcome"], "unanswered", "{question}");
        assert_eq!(question["response"], json!([]), "{question}");
        assert_eq!(question["points"], 0, "{question}");
    }
}

/// With a mouse, in an exam: a button that is there once something is chosen, moves nothing, and takes it back. Pressing the
/// choice again takes nothing back: readers press twice by mistake.
pub async fn by_pointer(stage: &Stage<'_>) -> Outcome {
    let quiz = stage.show_quiz(SET, "form=exam lang=en").await?;
    quiz.start().await?;
    assert!(!quiz.shows(CLEAR).await?, "there is nothing to take back");
    let places = "return ['label[part=choice]', '[data-action=next]'].map((css) => Math.round(one(css).getBoundingClientRect().top))";
    let before: Vec<i64> = quiz.read(places, &[]).await?;
    quiz.choose("b").await?;
    assert!(quiz.shows(CLEAR).await?);
    assert_eq!(quiz.texts(CLEAR).await?, ["Clear answer"]);
    assert_eq!(quiz.read::<Vec<i64>>(places, &[]).await?, before);
    stage.page.audit("a question that can be cleared").await?;
    quiz.click("label:has(input[value='b'])").await?;
    quiz.click("label:has(input[value='b'])").await?;
    assert_eq!(quiz.chosen().await?, ["b"], "pressed again, it stays");

    quiz.act("clear").await?;
    until_cleared(&quiz, "b").await?;
    stage.page.audit("a question that was cleared").await?;
    assert_eq!(told(stage, "first").await?, [json!(["b"]), json!([])]);
    // What was said is over with the next answer, and comes again.
    quiz.choose("c").await?;
    quiz.until(
        "nothing is said",
        "return !one('[part=cleared]').textContent",
        &[],
    )
    .await?;
    quiz.act("clear").await?;
    until_cleared(&quiz, "c").await?;

    // It stays blank: on the next question and back, in the list, and after a reload.
    quiz.act("next").await?;
    quiz.until_question(2).await?;
    quiz.choose("c").await?;
    quiz.act("previous").await?;
    quiz.until_question(1).await?;
    assert_eq!(quiz.chosen().await?, [""; 0]);
    quiz.until_saved().await?;
    stage.page.reload().await?;
    quiz.until_question(1).await?;
    assert_eq!(quiz.chosen().await?, [""; 0]);
    // One that was left and come back to can be taken back as well.
    quiz.act("next").await?;
    quiz.until_question(2).await?;
    assert_eq!(quiz.chosen().await?, ["c"]);
    quiz.act("clear").await?;
    until_cleared(&quiz, "c").await?;
    quiz.act("review").await?;
    quiz.until_screen("review").await?;
    let list = quiz.texts("[part~=palette] button").await?;
    assert_eq!(list[0], "Question 1 Not answered", "{list:?}");
    assert_eq!(list[1], "Question 2 Not answered", "{list:?}");
    quiz.act("back").await?;
    quiz.until_screen("question").await?;
    let report = report(stage, &quiz).await?;
    is_blank(&report);
    assert_eq!(report["questions"][1]["before"], "incorrect", "{report}");
    Ok(())
}

/// By keyboard, in practice: Backspace and Delete on the choice, or the button. The page does not hear the keys.
pub async fn by_keys(stage: &Stage<'_>) -> Outcome {
    let quiz = stage.show_quiz(SET, "form=practice lang=en").await?;
    quiz.start().await?;
    let page = &stage.page;
    let listen = "window.heard = []; document.addEventListener('keydown', ({ key }) => window.heard.push(key))";
    page.run(listen, Vec::new()).await?;
    let choose = Given::Choices(vec![String::from("b")]);
    for key in [Key::Backspace, Key::Delete] {
        by_keyboard(stage, &quiz, &choose).await?;
        page.press(key).await?;
        until_cleared(&quiz, "b").await?;
    }
    // Space, Escape and the letters leave it alone.
    by_keyboard(stage, &quiz, &choose).await?;
    page.press_all(&[" ", "x", &Key::Escape.value().to_string()].concat())
        .await?;
    assert_eq!(quiz.chosen().await?, ["b"]);
    quiz.press_key_on(CLEAR, Key::Enter).await?;
    until_cleared(&quiz, "b").await?;
    let heard: Vec<String> = page.read("return window.heard", Vec::new()).await?;
    let used = |key: &&String| *key == "Backspace" || *key == "Delete";
    assert_eq!(heard.iter().find(used), None, "{heard:?}");
    assert!(heard.contains(&String::from("x")), "{heard:?}");

    // Who wants it marked hears something else.
    quiz.press_key_on("[data-action=check]", Key::Enter).await?;
    quiz.until_says("nudge", "Choose an answer first.").await?;
    by_keyboard(stage, &quiz, &choose).await?;
    page.press(Key::Delete).await?;
    until_cleared(&quiz, "b").await?;
    let told = told(stage, "first").await?;
    assert_eq!(told.last(), Some(&json!([])), "{told:?}");
    is_blank(&report(stage, &quiz).await?);
    Ok(())
}

/// With a finger: the button is as large as one.
pub async fn by_taps(stage: &Stage<'_>) -> Outcome {
    let quiz = stage.show_quiz(SET, "form=exam lang=en").await?;
    stage.page.browser().make_touchable(true).await?;
    quiz.tap("[data-action=start]").await?;
    quiz.until_question(1).await?;
    quiz.tap("label:has(input[value='b'])").await?;
    quiz.tap(CLEAR).await?;
    until_cleared(&quiz, "b").await?;
    is_blank(&report(stage, &quiz).await?);
    stage.page.browser().make_touchable(false).await
}

/// Questions of all other types can be made blank again with what they have.
pub async fn of_every_kind(stage: &Stage<'_>) -> Outcome {
    let quiz = stage.show_quiz(SET, "form=exam lang=en").await?;
    quiz.start().await?;
    let places = |values: [&str; 2]| {
        let places = ["x", "y"].map(str::to_owned).into_iter();
        Given::Places(places.zip(values.map(str::to_owned)).collect())
    };
    let ids = |ids: &[&str]| ids.iter().map(|id| (*id).to_owned()).collect();
    let erase = Key::Backspace.value().to_string();
    for (number, question, answer) in [
        (3, "several", Given::Choices(ids(&["a", "b"]))),
        (4, "order", Given::Order(ids(&["b", "a"]))),
        (5, "match", places(["b", "a"])),
        (6, "gaps", places(["b", "no"])),
        (7, "text", Given::Typed(String::from("no"))),
        (8, "number", Given::Typed(String::from("13"))),
    ] {
        quiz.act("review").await?;
        quiz.until_screen("review").await?;
        quiz.click(&format!("[data-position='{}']", number - 1))
            .await?;
        quiz.until_question(number).await?;
        until_answerable(&quiz).await?;
        by_keyboard(stage, &quiz, &answer).await?;
        match &answer {
            Given::Choices(chosen) => {
                for id in chosen {
                    quiz.press_key_on(&format!("input[value='{id}']"), Key::Space)
                        .await?;
                }
            }
            Given::Order(order) => {
                for id in order {
                    quiz.press_key_on(
                        &format!("[data-action=remove][data-item='{id}']"),
                        Key::Space,
                    )
                    .await?;
                }
            }
            Given::Places(_) if question == "match" => {
                by_keyboard(stage, &quiz, &places(["", ""])).await?;
            }
            Given::Places(_) => {
                quiz.reach("input[data-gap=y]").await?;
                stage.page.press_all(&erase.repeat(2)).await?;
                by_keyboard(stage, &quiz, &places(["", ""])).await?;
            }
            Given::Typed(_) => stage.page.press_all(&erase.repeat(2)).await?,
        }
        let told = told(stage, question).await?;
        assert!(told.len() >= 2, "{question}: {told:?}");
        assert_eq!(told.last(), Some(&json!([])), "{question}: {told:?}");
        assert!(!quiz.shows(CLEAR).await?, "{question}");
    }
    is_blank(&report(stage, &quiz).await?);
    Ok(())
}
