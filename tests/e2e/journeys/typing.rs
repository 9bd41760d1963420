//! What is typed: signs and numbers as keyboards give them, and words that an input method never ends.
//!
//! An input method is called in one journey, where a driver can. In the others its events are made by a script: what keyboards of
//! phones send for each letter, without the end of the composition that many of them never send.

use mondai_e2e::Outcome;
use mondai_e2e::quiz::Quiz;
use mondai_e2e::stage::Stage;
use serde_json::{Value, json};
use thirtyfour::Key;

use crate::solver::until_answerable;

/// Signs that keyboards vary.
const SIGNS: &str = r#"{
  "mondai": 1, "id": "signs", "title": "Signs",
  "forms": [ { "id": "practice", "title": "Practice" } ],
  "questions": [
    { "id": "option", "type": "text", "prompt": "Which option changes the last commit?", "accept": "--amend" },
    { "id": "gaps", "type": "cloze", "prompt": "Fill in.", "text": "{{zone}} {{word}} {{path}} {{kana}}", "gaps": {
      "zone": { "accept": "use-east-1" }, "word": { "accept": "it's" }, "path": { "accept": "C:\\temp" },
      "kana": { "accept": "サーバー" } } },
    { "id": "short", "type": "text", "prompt": "Which option?", "accept": "--amend" },
    { "id": "sign", "type": "text", "prompt": "Which sign is an em dash?", "accept": "—" }
  ]
}"#;

/// One question of each type that is typed.
const WORDS: &str = r#"{
  "mondai": 1, "id": "words", "title": "Words",
  "forms": [
    { "id": "exam", "title": "Exam", "mode": "exam" },
    { "id": "sprint", "title": "Sprint", "mode": "exam", "navigation": "linear", "question_time": "4s" },
    { "id": "walk", "title": "Walk", "mode": "exam", "navigation": "linear", "question_time": "9s" }
  ],
  "questions": [
    { "id": "text", "type": "text", "prompt": "Text?", "accept": "bisect" },
    { "id": "number", "type": "numeric", "prompt": "Number?", "answer": 12 },
    { "id": "gaps", "type": "cloze", "prompt": "Gaps?", "text": "{{x}} and {{y}}", "gaps": {
      "x": { "accept": "why" }, "y": { "accept": "not" } } }
  ]
}"#;

/// A number that is asked for: its name, and the answer.
fn numbers(answers: &[(&str, f64)]) -> String {
    let question = |(id, answer): &(&str, f64)| json!({ "id": id, "type": "numeric", "prompt": "How much?", "answer": answer });
    let questions: Vec<Value> = answers.iter().map(question).collect();
    let forms = json!([{ "id": "practice", "title": "Practice" }]);
    json!({ "mondai": 1, "id": "numbers", "title": "Numbers", "forms": forms, "questions": questions })
        .to_string()
}

/// Waits for a question that can be answered.
async fn until_open(quiz: &Quiz<'_>, number: usize) -> Outcome {
    quiz.until_question(number).await?;
    until_answerable(quiz).await
}

/// Types into a field.
async fn type_into(stage: &Stage<'_>, quiz: &Quiz<'_>, css: &str, text: &str) -> Outcome {
    quiz.reach(css).await?;
    stage.page.press_all(text).await?;
    let holds = "return one(given[0]).value === given[1]";
    quiz.until("it is typed", holds, &[json!(css), json!(text)])
        .await
}

/// Has the answer marked; gives the outcome.
async fn check(quiz: &Quiz<'_>) -> Outcome<String> {
    quiz.press_key_on("[data-action=check]", Key::Enter).await?;
    quiz.until("there is feedback", "return one('[part~=feedback]')", &[])
        .await?;
    quiz.read("return one('[part~=feedback]').dataset.outcome", &[])
        .await
}

/// Dashes, quotes and what cannot be seen are what a keyboard for code has; who asks for the sign itself gets it.
pub async fn signs_folded(stage: &Stage<'_>) -> Outcome {
    let quiz = stage.show_quiz(SIGNS, "form=practice lang=en").await?;
    quiz.start().await?;
    for (number, typed, expected) in [
        (1, &[("[part=typed]", "—amend\u{200b}")][..], "correct"),
        (
            2,
            &[
                ("[data-gap=zone]", "ｕｓｅーｅａｓｔー１"),
                ("[data-gap=word]", "it’s"),
                ("[data-gap=path]", "C:￥temp"),
                ("[data-gap=kana]", "ｻｰﾊﾞｰ"),
            ],
            "correct",
        ),
        (3, &[("[part=typed]", "–amend")], "correct"),
        (4, &[("[part=typed]", "-")], "incorrect"),
    ] {
        until_open(&quiz, number).await?;
        for (css, text) in typed {
            type_into(stage, &quiz, css, text).await?;
        }
        assert_eq!(check(&quiz).await?, expected, "question {number}");
        let action = if number < 4 { "next" } else { "finish" };
        quiz.press_key_on(&format!("[data-action={action}]"), Key::Enter)
            .await?;
    }
    quiz.until_screen("results").await
}

/// Numbers in the notation of the reader; what they were read as stands beside the field, beside the verdict and in the
/// review. Before marking it follows from the language, not from the key.
pub async fn numbers_read(stage: &Stage<'_>) -> Outcome {
    let set = numbers(&[("first", 4096.0), ("second", 1.234), ("third", 1234.5)]);
    for (language, rows) in [
        (
            "de",
            [
                ("4.096", "Read as 4096", "Read as 4096"),
                ("1.234", "Read as 1234", "Read as 1,234 (with decimals)"),
                ("1.234,5", "Read as 1234,5", "Read as 1234,5"),
            ],
        ),
        (
            "en",
            [
                ("4.096", "Read as 4.096 (with decimals)", "Read as 4096"),
                ("1,234", "Read as 1234", "Read as 1.234 (with decimals)"),
                ("1\u{a0}234,5", "Read as 1234.5", "Read as 1234.5"),
            ],
        ),
        (
            "ja",
            [
                (
                    "４。０９６",
                    "4.096(小数)として読み取りました",
                    "4096として読み取りました",
                ),
                (
                    "1,234",
                    "1234として読み取りました",
                    "1.234(小数)として読み取りました",
                ),
                (
                    "１２３４、５",
                    "1234.5として読み取りました",
                    "1234.5として読み取りました",
                ),
            ],
        ),
    ] {
        let attributes = format!("form=practice lang={language}");
        let quiz = stage.show_quiz(&set, &attributes).await?;
        quiz.start().await?;
        for (number, (typed, before, after)) in (1..).zip(rows) {
            until_open(&quiz, number).await?;
            type_into(stage, &quiz, "[part=typed]", typed).await?;
            quiz.until_says("hint", before).await?;
            stage.page.audit("a number that was read").await?;
            assert_eq!(check(&quiz).await?, "correct", "{typed} in {language}");
            quiz.until_says("read-as", after).await?;
            let action = if number < rows.len() {
                "next"
            } else {
                "finish"
            };
            quiz.press_key_on(&format!("[data-action={action}]"), Key::Enter)
                .await?;
        }
        quiz.until_screen("results").await?;
        quiz.act("answers").await?;
        quiz.until_screen("answers").await?;
        let told = "return all('[part=read-as]').length === given[0]";
        quiz.until("all are there", told, &[json!(rows.len())])
            .await?;
        let expected: Vec<&str> = rows.iter().map(|(_, _, after)| *after).collect();
        assert_eq!(quiz.texts("[part=read-as]").await?, expected);
        stage.page.audit("the review of numbers").await?;
    }
    Ok(())
}

/// The keypad of a phone has digits and a decimal mark; buttons beside the field have the rest, whatever the number is.
pub async fn number_keys(stage: &Stage<'_>) -> Outcome {
    let set = numbers(&[("small", -0.00001), ("large", 7.0)]);
    let quiz = stage.show_quiz(&set, "form=practice lang=en").await?;
    stage.page.browser().make_touchable(true).await?;
    quiz.tap("[data-action=start]").await?;
    until_open(&quiz, 1).await?;
    let keys = "return [one('[part=typed]').inputMode, ...all('[part=sign]').filter(shown).map((key) => key.ariaLabel)]";
    let expected = ["decimal", "Change the sign", "×10ⁿ, times a power of ten"];
    assert_eq!(quiz.read::<Vec<String>>(keys, &[]).await?, expected);
    stage.page.audit("the keys of a number").await?;
    quiz.tap("[part=typed]").await?;
    stage.page.press_all("1").await?;
    for (key, then, value) in [
        ("sign", "", "-1"),
        ("power", "5", "-1×10^5"),
        // The sign of the power, as that is where the reader stands.
        ("sign", "", "-1×10^-5"),
    ] {
        quiz.tap(&format!("[part=sign][data-action={key}]")).await?;
        quiz.until(
            "the focus is in the field",
            "return root.activeElement?.matches('[part=typed]')",
            &[],
        )
        .await?;
        stage.page.press_all(then).await?;
        let holds = "return one('[part=typed]').value === given[0]";
        quiz.until(&format!("the field has {value}"), holds, &[json!(value)])
            .await?;
    }
    quiz.until_says("hint", "Read as -0.00001").await?;
    quiz.tap("[data-action=check]").await?;
    let marked = "return one('[part~=feedback][data-outcome=correct]')";
    quiz.until("it is right", marked, &[]).await?;
    quiz.tap("[data-action=next]").await?;
    until_open(&quiz, 2).await?;
    assert_eq!(quiz.read::<Vec<String>>(keys, &[]).await?, expected);
    stage.page.browser().make_touchable(false).await
}

/// What is composed into which field of which question, and the answer that it is.
type Composed = (
    &'static str,
    &'static [(&'static str, &'static str)],
    &'static [&'static str],
);

const COMPOSED: [Composed; 3] = [
    ("text", &[("[part=typed]", "bisect")], &["bisect"]),
    ("number", &[("[part=typed]", "12")], &["12"]),
    (
        "gaps",
        &[("[data-gap=x]", "why"), ("[data-gap=y]", "not")],
        &["x=why", "y=not"],
    ),
];

/// Composes letter by letter, by the events of a keyboard that never ends a word.
async fn compose(quiz: &Quiz<'_>, fields: &[(&str, &str)]) -> Outcome {
    let script = "
        const field = one(given[0]);
        const common = { bubbles: true, composed: true };
        field.focus();
        field.dispatchEvent(new CompositionEvent('compositionstart', common));
        for (let end = 1; end <= given[1].length; end += 1) {
            field.value = given[1].slice(0, end);
            field.dispatchEvent(new CompositionEvent('compositionupdate', { ...common, data: field.value }));
            field.dispatchEvent(new InputEvent('input', { ...common, isComposing: true, data: field.value }));
        }
        window.composed = field";
    for (css, text) in fields {
        quiz.read::<Value>(script, &[json!(css), json!(text)])
            .await?;
    }
    Ok(())
}

/// Composes all answers of an exam, and stays at the last question.
async fn compose_all(quiz: &Quiz<'_>) -> Outcome {
    for (number, (_, fields, _)) in (1..).zip(COMPOSED) {
        until_open(quiz, number).await?;
        compose(quiz, fields).await?;
        if number < COMPOSED.len() {
            quiz.act("next").await?;
        }
    }
    Ok(())
}

async fn open<'s>(stage: &'s Stage<'_>, attributes: &str) -> Outcome<Quiz<'s>> {
    let quiz = stage
        .show_quiz(WORDS, &format!("lang=en {attributes}"))
        .await?;
    quiz.start().await?;
    Ok(quiz)
}

/// All stands in the fields, from the last question to the first.
async fn all_is_there(quiz: &Quiz<'_>) -> Outcome {
    for (number, (_, fields, _)) in (1..).zip(COMPOSED).collect::<Vec<_>>().into_iter().rev() {
        until_open(quiz, number).await?;
        for (css, text) in fields {
            let holds = "return one(given[0])?.value === given[1]";
            quiz.until(
                &format!("{text} is there"),
                holds,
                &[json!(css), json!(text)],
            )
            .await?;
        }
        if number > 1 {
            quiz.act("previous").await?;
        }
    }
    Ok(())
}

/// The sitting ended with what was composed, and all of it was right.
async fn all_counted(stage: &Stage<'_>) -> Outcome {
    stage.page.until_told("mondai-finished", 1).await?;
    let events = stage.page.record().await?.events.into_iter();
    let finished = events
        .filter(|told| told.name == "mondai-finished")
        .map(|told| told.detail)
        .collect::<Vec<_>>();
    assert_eq!(finished.len(), 1, "{finished:?}");
    for (row, (id, _, response)) in COMPOSED.iter().enumerate() {
        let told = &finished[0]["questions"][row];
        assert_eq!(told["id"], *id, "{told}");
        assert_eq!(told["response"], json!(response), "{told}");
        assert_eq!(told["outcome"], "correct", "{told}");
    }
    Ok(())
}

/// Reloaded while a word is composed.
pub async fn composed_reload(stage: &Stage<'_>) -> Outcome {
    let quiz = open(stage, "form=exam").await?;
    compose_all(&quiz).await?;
    stage.page.reload().await?;
    all_is_there(&quiz).await
}

/// The tab goes to another page, and comes back by the browser's button.
pub async fn composed_left(stage: &Stage<'_>) -> Outcome {
    let quiz = open(stage, "form=exam").await?;
    compose_all(&quiz).await?;
    let elsewhere = format!("{}/test/post.css", stage.site.origin());
    stage.page.go(&elsewhere).await?;
    stage.page.browser().driver().back().await?;
    all_is_there(&quiz).await
}

/// The time of the exam is up.
pub async fn composed_time_up(stage: &Stage<'_>) -> Outcome {
    let quiz = open(stage, "form=exam time-limit=15s").await?;
    compose_all(&quiz).await?;
    quiz.until_screen("results").await?;
    all_counted(stage).await
}

/// The time of each question is up. What its field says afterwards is for nobody.
pub async fn composed_question_time_up(stage: &Stage<'_>) -> Outcome {
    let quiz = open(stage, "form=sprint").await?;
    let late = "
        window.composed.value = 'late';
        window.composed.dispatchEvent(new CompositionEvent('compositionend', { bubbles: true, composed: true }));
        window.composed.dispatchEvent(new InputEvent('input', { bubbles: true, composed: true }))";
    for (number, (_, fields, _)) in (1..).zip(COMPOSED) {
        until_open(&quiz, number).await?;
        if number > 1 {
            quiz.read::<Value>(late, &[]).await?;
        }
        compose(&quiz, fields).await?;
    }
    quiz.until_screen("review").await?;
    quiz.act("submit").await?;
    quiz.until_screen("results").await?;
    all_counted(stage).await
}

/// The page hands in.
pub async fn composed_submit(stage: &Stage<'_>) -> Outcome {
    let quiz = open(stage, "form=exam").await?;
    compose_all(&quiz).await?;
    quiz.read::<Value>("host.submit()", &[]).await?;
    quiz.until_screen("results").await?;
    all_counted(stage).await
}

/// The tab crashes.
pub async fn composed_crash(stage: &Stage<'_>) -> Outcome {
    let quiz = open(stage, "form=exam").await?;
    compose_all(&quiz).await?;
    quiz.until_saved().await?;
    let browser = stage.page.browser();
    let address: String = stage.page.read("return location.href", Vec::new()).await?;
    let crashed = browser.driver().window().await?;
    let other = browser.driver().new_tab().await?;
    browser.crash().await?;
    browser.driver().close_window().await?;
    browser.driver().switch_to_window(other).await?;
    assert_ne!(browser.driver().window().await?, crashed);
    stage.page.go(&address).await?;
    all_is_there(&quiz).await
}

/// The browser's own input method: half a word is the answer, Enter does not hand it in, and it outlives a reload; it is over with
/// the time of its question.
pub async fn composed_by_the_browser(stage: &Stage<'_>) -> Outcome {
    let quiz = open(stage, "form=walk").await?;
    let browser = stage.page.browser();
    until_open(&quiz, 1).await?;
    quiz.click("[part=typed]").await?;
    browser.compose("ｂｉｓ").await?;
    stage.page.press(Key::Enter).await?;
    assert!(
        quiz.read::<bool>("return one('[part~=progress-bar]').value === 1", &[])
            .await?
    );
    browser.compose("bisect").await?;
    stage.page.reload().await?;
    until_open(&quiz, 1).await?;
    let holds = "return one('[part=typed]')?.value === 'bisect'";
    quiz.until("it is there", holds, &[]).await?;
    for (number, (_, fields, _)) in (1..).zip(COMPOSED) {
        until_open(&quiz, number).await?;
        for (css, text) in fields {
            quiz.click(css).await?;
            let select = "one(given[0]).select()";
            quiz.read::<Value>(select, &[json!(css)]).await?;
            browser.compose(text).await?;
        }
    }
    quiz.until_screen("review").await?;
    quiz.act("submit").await?;
    quiz.until_screen("results").await?;
    all_counted(stage).await
}
