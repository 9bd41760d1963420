//! Before an answer is marked, nothing in the page gives it away: no text, no attribute, no event, no stored record.

use mondai_e2e::Outcome;
use mondai_e2e::quiz::Quiz;
use mondai_e2e::stage::Stage;
use serde_json::Value;

use crate::sets::{BASICS, RICH};

/// Every text and attribute in the document and in all shadow roots, and every own property of every node.
const EVERYTHING: &str = "
const found = [];
const walk = (node) => {
  if (node.nodeType === Node.TEXT_NODE || node.nodeType === Node.COMMENT_NODE) found.push(node.data);
  for (const attribute of node.attributes ?? []) found.push(`${attribute.name}=${attribute.value}`);
  for (const name of Object.getOwnPropertyNames(node)) {
    try { found.push(`${name}: ${JSON.stringify(node[name])}`); } catch { found.push(name); }
  }
  for (const child of node.childNodes) walk(child);
  if (node.shadowRoot) walk(node.shadowRoot);
};
walk(document);
found.push(JSON.stringify(window.__collected.events), JSON.stringify({ ...localStorage }), JSON.stringify(host.attempts()));
return found.join('\\n')";

/// Whether anything of what comes after marking can be found.
async fn secrets(quiz: &Quiz<'_>, question: &str) -> Outcome<Vec<String>> {
    let everything: String = quiz.read(EVERYTHING, &[]).await?;
    let secrets = ["Why-", "Explanation-", "Reference-"].map(|kind| format!("{kind}{question}"));
    Ok(everything
        .lines()
        .filter(|line| secrets.iter().any(|secret| line.contains(secret)))
        .map(String::from)
        .collect())
}

/// All choices look alike, whichever is right: what differs is their id and text alone.
async fn choices_look_alike(quiz: &Quiz<'_>) -> Outcome {
    let script = "
        const shape = (element, id) => {
          const attributes = [...element.attributes].map(({ name, value }) => `${name}=${value.replaceAll(id, 'ID')}`).sort();
          return `${element.localName} ${attributes} [${[...element.children].filter((child) => !child.closest('[part=prose], code')).map((child) => shape(child, id))}]`;
        };
        return all('[part~=choice]').map((choice) => shape(choice, choice.querySelector('input').value))";
    let shapes: Vec<String> = quiz.read(script, &[]).await?;
    assert!(shapes.len() > 1);
    assert!(
        shapes.windows(2).all(|pair| pair[0] == pair[1]),
        "{shapes:#?}"
    );
    Ok(())
}

/// In practice, a question keeps its secrets until it is marked, and those that follow keep theirs.
pub async fn in_practice(stage: &Stage<'_>) -> Outcome {
    let quiz = stage.show_quiz(BASICS, "form=practice").await?;
    quiz.until_screen("start").await?;
    for question in ["prism", "primary", "boil"] {
        assert_eq!(
            secrets(&quiz, question).await?,
            [""; 0],
            "on the start screen"
        );
    }
    quiz.start().await?;
    choices_look_alike(&quiz).await?;
    quiz.choose("split").await?;
    choices_look_alike(&quiz).await.ok();
    assert_eq!(secrets(&quiz, "prism").await?, [""; 0], "before marking");
    assert_eq!(quiz.answer(&[]).await?, "correct");
    assert!(
        !secrets(&quiz, "prism").await?.is_empty(),
        "the walk must find what is there"
    );
    quiz.act("next").await?;
    quiz.until_question(2).await?;
    choices_look_alike(&quiz).await?;
    for question in ["primary", "boil"] {
        assert_eq!(
            secrets(&quiz, question).await?,
            [""; 0],
            "of a question that is not marked"
        );
    }
    Ok(())
}

/// In an exam nothing is told until the end; answers and their events say what was given, not what is right.
pub async fn in_an_exam(stage: &Stage<'_>) -> Outcome {
    let quiz = stage.show_quiz(BASICS, "form=exam").await?;
    quiz.start().await?;
    for (number, choices) in [
        (1, &["split"][..]),
        (2, &["red", "brown"]),
        (3, &["hundred"]),
    ] {
        quiz.until_question(number).await?;
        choices_look_alike(&quiz).await?;
        for choice in choices {
            quiz.choose(choice).await?;
        }
        quiz.act(if number < 3 { "next" } else { "finish" }).await?;
    }
    quiz.until_screen("review").await?;
    for question in ["prism", "primary", "boil"] {
        assert_eq!(
            secrets(&quiz, question).await?,
            [""; 0],
            "before handing in"
        );
    }
    for told in stage.page.record().await?.events {
        let keys: Vec<&String> = told
            .detail
            .as_object()
            .map(|detail| detail.keys().collect())
            .unwrap_or_default();
        assert!(
            !keys
                .iter()
                .any(|key| ["outcome", "key", "correct", "points"].contains(&key.as_str())),
            "{told:?}"
        );
    }
    let attempts: Value = quiz.read("return host.attempts()", &[]).await?;
    assert_eq!(attempts[0]["report"], Value::Null);
    quiz.act("submit").await?;
    quiz.until_screen("results").await
}

/// What an author writes is text: no markup of it runs, no address of it is a script.
pub async fn hostile_text(stage: &Stage<'_>) -> Outcome {
    stage.site.put("/test/square.svg", "image/svg+xml", SQUARE);
    let quiz = stage.show_quiz(RICH, "").await?;
    quiz.start().await?;
    quiz.until(
        "rich text is shown",
        "return one('[part~=prompt] table')",
        &[],
    )
    .await?;
    let prompt = quiz.text("prompt").await?;
    for words in [
        "<b onclick=\"alert(1)\">raw HTML</b>",
        "<img src=x onerror=",
        "<script>",
    ] {
        assert!(
            prompt.contains(words),
            "raw HTML is shown as text: {prompt}"
        );
    }
    assert_eq!(quiz.answer(&["a"]).await?, "correct");
    quiz.until("the why is shown", "return one('[part~=why] li')", &[])
        .await?;
    let addresses: Vec<String> = quiz
        .read(
            "return all('a').map((link) => link.getAttribute('href') ?? '')",
            &[],
        )
        .await?;
    assert!(
        addresses
            .iter()
            .all(|address| address.starts_with("https://")),
        "{addresses:?}"
    );
    assert_eq!(
        quiz.read::<usize>("return all('script, [onclick], [onerror], b').length", &[])
            .await?,
        0
    );
    assert!(
        stage
            .page
            .read::<bool>("return window.hacked === undefined", Vec::new())
            .await?
    );
    stage.page.audit("rich text, marked").await
}

/// A picture.
pub const SQUARE: &str = r##"<svg xmlns="http://www.w3.org/2000/svg" width="40" height="40"><rect width="40" height="40" fill="#777"/></svg>"##;
