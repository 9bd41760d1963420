//! Question sets with mistakes: a short word for readers, the list for authors, the fallback, the event. Never a blank
//! box, never an uncaught error.

use mondai_e2e::Outcome;
use mondai_e2e::pages::{post, widget, widget_with};
use mondai_e2e::record::Kind;
use mondai_e2e::stage::Stage;
use serde_json::Value;

use crate::sets::BASICS;

/// What readers are told about a set that cannot be used.
const UNUSABLE: &str = "There is a mistake in its question set.";

/// A question set around some questions.
fn set(questions: &str) -> String {
    format!(r#"{{"mondai":1,"id":"bad","title":"Bad","questions":[{questions}]}}"#)
}

/// A question around some choices.
fn question(choices: &str) -> String {
    format!(r#"{{"id":"q","type":"single","prompt":"?","choices":[{choices}]}}"#)
}

const RIGHT: &str = r#"{"id":"a","text":"A","correct":true}"#;
const WRONG: &str = r#"{"id":"b","text":"B"}"#;

/// Every mistake that leaves nothing to ask, and the codes that name it, in the order of the file.
fn unusable() -> Vec<(&'static str, String, Vec<&'static str>)> {
    let both = format!("{RIGHT},{WRONG}");
    vec![
        ("not JSON", String::from("{ mondai: 1 }"), vec!["not-json"]),
        (
            "cut short",
            BASICS[..BASICS.len() / 2].to_owned(),
            vec!["not-json"],
        ),
        ("empty", String::new(), vec!["not-json"]),
        (
            "another version",
            r#"{"mondai":2,"id":"x"}"#.into(),
            vec!["unknown-version"],
        ),
        ("no questions", set(""), vec!["no-questions"]),
        (
            "no correct choice",
            set(&question(&format!("{WRONG},{}", WRONG.replace('b', "c")))),
            vec!["no-questions", "no-correct-choice"],
        ),
        (
            "two correct in a single choice",
            set(&question(&format!(
                "{RIGHT},{}",
                RIGHT.replace("\"a\"", "\"b\"")
            ))),
            vec!["no-questions", "several-correct-choices"],
        ),
        (
            "two choices of one id",
            set(&question(&format!(
                "{RIGHT},{}",
                WRONG.replace("\"b\"", "\"a\"")
            ))),
            vec!["no-questions", "duplicate-id"],
        ),
        (
            "an unknown type",
            set(&question(&both).replace("single", "essay")),
            vec!["no-questions", "unknown-type"],
        ),
        (
            "an unknown domain",
            set(&question(&both).replace("\"type\"", "\"domain\":\"x\",\"type\"")),
            vec!["no-questions", "unknown-domain"],
        ),
        (
            "too deep",
            format!("{}1{}", "[".repeat(100), "]".repeat(100)),
            vec!["nested-too-deep"],
        ),
        (
            "three MiB",
            format!("{}{}", set(&question(&both)), " ".repeat(3 << 20)),
            vec!["file-too-large"],
        ),
    ]
}

/// A set that cannot be used at all.
pub async fn unusable_sets(stage: &Stage<'_>) -> Outcome {
    for (what, text, codes) in unusable() {
        let quiz = stage.show_quiz(&text, "").await?;
        quiz.until_screen("error").await?;
        let said = quiz.text("error").await?;
        assert!(
            said.contains("This quiz cannot be shown") && said.contains(UNUSABLE),
            "{what}: readers are told {said:?}"
        );
        assert!(quiz.shows_fallback().await?, "{what}: the fallback stays");
        assert_eq!(quiz.state().await?, "error", "{what}");
        let listed: Vec<String> = quiz
            .read(
                "return all('[part=problems] li').map((item) => item.dataset.code)",
                &[],
            )
            .await?;
        assert_eq!(listed, codes, "{what}: the list for authors");
        assert!(
            !quiz.shows("[part=problems] li").await?,
            "{what}: readers are spared the list"
        );

        stage.page.until_told("mondai-error", 1).await?;
        let told = stage.page.record().await?.events.pop();
        let detail = told.map(|told| told.detail).unwrap_or_default();
        assert_eq!(detail["version"], 1, "{what}: {detail}");
        assert_eq!(detail["code"], codes[0], "{what}: {detail}");
        assert!(
            detail["message"]
                .as_str()
                .is_some_and(|message| message.len() > 20),
            "{what}: {detail}"
        );
        assert_eq!(
            detail["problems"].as_array().map(Vec::len),
            Some(codes.len()),
            "{what}: {detail}"
        );
        let rejection: String = quiz
            .read(
                "return host.ready.then(() => '', (error) => error.message)",
                &[],
            )
            .await?;
        assert!(!rejection.is_empty(), "{what}: `ready` is refused");
    }
    let quiz = stage.page.quiz("#quiz");
    stage.page.audit("error").await?;
    quiz.click("[part=problems] summary").await?;
    quiz.until(
        "the list is open",
        "return all('[part=problems] li').some(shown)",
        &[],
    )
    .await?;
    stage.page.audit("error, with the list open").await
}

/// The list says where and how to mend it.
pub async fn mistakes_have_places(stage: &Stage<'_>) -> Outcome {
    let text = "{\n  \"mondai\": 1,\n  \"id\": \"Bad Id\",\n  \"title\": \"T\",\n  \"questions\": [\n    { \"id\": \"q\" }\n  ]\n}";
    let quiz = stage.show_quiz(text, "").await?;
    quiz.until_screen("error").await?;
    let list: Vec<String> = quiz
        .read(
            "return all('[part=problems] li').map((item) => item.textContent)",
            &[],
        )
        .await?;
    assert!(list.len() >= 2, "all at once: {list:?}");
    assert!(
        list[0].starts_with("line 3, column ") && list[0].contains("(at /id)"),
        "{list:?}"
    );
    assert!(
        list.iter()
            .any(|item| item.starts_with("line 6, column ") && item.contains("/questions/0")),
        "{list:?}"
    );
    Ok(())
}

/// One broken question out of four: the others are asked, and the author is told which one is not.
pub async fn one_broken_question(stage: &Stage<'_>) -> Outcome {
    let text = BASICS.replace(
        "\"questions\": [",
        &format!("\"questions\": [{},", question(WRONG)),
    );
    let quiz = stage.show_quiz(&text, "form=practice").await?;
    stage.page.expect(Kind::Warning, "<mondai-quiz> line ");
    quiz.until_screen("start").await?;
    assert!(
        quiz.texts("[part~=fact]")
            .await?
            .contains(&String::from("3 questions"))
    );
    // Its words are in a chunk that may still be on its way.
    quiz.until(
        "it says that something was left out",
        "return all('[part~=notice]').some((notice) => shown(notice) && words(notice).includes('were left out'))",
        &[],
    )
    .await?;
    stage.page.audit("start, with a question left out").await?;
    stage.page.until_told("mondai-ready", 1).await?;
    let detail = stage.page.record().await?.detail("mondai-error");
    assert_eq!(detail["code"], "questions-left-out", "{detail}");
    assert_eq!(
        detail["problems"][0]["pointer"], "/questions/0/choices",
        "{detail}"
    );
    let is_ready = "return host.ready.then(() => true, () => false)";
    assert!(quiz.read::<bool>(is_ready, &[]).await?);
    quiz.start().await?;
    assert_eq!(quiz.answer(&["split"]).await?, "correct");
    Ok(())
}

/// A set that stands in the page, or none at all.
pub async fn in_the_page(stage: &Stage<'_>) -> Outcome {
    for (what, html, code) in [
        ("no source", widget("quiz", ""), "no-source"),
        (
            "no JSON in the page",
            widget_with("quiz", "", "{ oops"),
            "not-json",
        ),
    ] {
        stage.show("in-the-page", &post(&html)).await?;
        let quiz = stage.page.quiz("#quiz");
        quiz.until_screen("error").await?;
        assert!(quiz.shows_fallback().await?, "{what}: the fallback stays");
        let listed: Vec<String> = quiz
            .read(
                "return all('[part=problems] li').map((item) => item.dataset.code)",
                &[],
            )
            .await?;
        assert_eq!(listed, [code], "{what}");
    }
    // The author mends it by script; the element takes it up.
    stage.put_set("set.json", BASICS);
    let quiz = stage.page.quiz("#quiz");
    quiz.read::<Value>(
        "host.src = 'set.json'; host.setAttribute('src', 'set.json')",
        &[],
    )
    .await?;
    quiz.until_screen("start").await
}
