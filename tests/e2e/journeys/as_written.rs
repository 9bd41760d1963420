//! Texts are what their author wrote: lines that begin with a sign, names of controls, gaps, and forms that cannot be used.

use mondai_e2e::Outcome;
use mondai_e2e::record::Kind;
use mondai_e2e::stage::Stage;
use serde_json::{Value, json};

/// A set of some questions.
fn set(questions: &[Value]) -> Value {
    json!({ "mondai": 1, "id": "as-written", "title": "1. Basics", "language": "en",
        "forms": [{ "id": "exam", "mode": "exam" }], "questions": questions })
}

fn parts(texts: &[&str]) -> Vec<Value> {
    let part = |(index, text): (usize, &&str)| json!({ "id": format!("c{index}"), "text": text });
    texts.iter().enumerate().map(part).collect()
}

fn choices(texts: &[&str]) -> Vec<Value> {
    let mut choices = parts(texts);
    choices[0]["correct"] = json!(true);
    choices
}

/// A choice of one line is that line, whatever it begins with; several lines are blocks.
pub async fn lines(stage: &Stage<'_>) -> Outcome {
    let texts = [
        "> 90 %",
        "- 5",
        "+ 3",
        "# rm",
        "1. commit",
        "2024.",
        "8)",
        "---",
        "~~~",
        "[a]: b",
    ];
    let set = set(&[
        json!({ "id": "q1", "type": "single", "prompt": "P", "choices": choices(&texts) }),
        json!({ "id": "q2", "type": "single", "prompt": "P", "choices": choices(&["- a\n- b", "c"]) }),
    ]);
    let quiz = stage.show_quiz(&set.to_string(), "lang=en").await?;
    quiz.until_screen("start").await?;
    assert_eq!(quiz.text("title").await?, "1. Basics");
    assert_eq!(quiz.text("form-title").await?, "Exam");
    quiz.start().await?;
    quiz.until_question(1).await?;
    let shown = "
        const own = all('[part~=choice] [part=prose]');
        return own.map((text) => text.textContent).join('|') === given[0]
          && own.every((text) => text.children.length === 0)";
    let given = [json!(texts.join("|"))];
    quiz.until("every line is as it was written", shown, &given)
        .await?;
    stage.page.audit("lines").await?;
    quiz.act("next").await?;
    quiz.until_question(2).await?;
    let listed = "return all('[part~=choice] ul li').length === 2";
    quiz.until("several lines are a list", listed, &[]).await
}

/// Lists to choose from, names of buttons and what is said aloud are texts without markup.
pub async fn names(stage: &Stage<'_>) -> Outcome {
    let texts = [
        "&lt;main&gt;",
        "[the guide](https://example.org)",
        "![a triangle](data:image/png;base64,AA==)",
        "_it_",
        "- `git  x`",
    ];
    let plain = ["<main>", "the guide", "a triangle", "it", "- git x"];
    let set = set(&[
        json!({ "id": "q1", "type": "matching", "prompt": "P", "prompts": parts(&["# a", "b"]),
            "choices": parts(&texts), "pairs": { "c0": "c0", "c1": "c1" } }),
        json!({ "id": "q2", "type": "ordering", "prompt": "P", "items": parts(&texts), "order": ["c0", "c3"] }),
        json!({ "id": "q3", "type": "single", "prompt": "P", "choices": choices(&texts) }),
    ]);
    let quiz = stage.show_quiz(&set.to_string(), "lang=en").await?;
    quiz.start().await?;
    quiz.until_question(1).await?;
    let options = "
        const own = one('[part=match-select]')?.options;
        return own && [...own].slice(1).map((option) => option.textContent.trim()).join('|') === given[0]";
    let joined = [json!(plain.join("|"))];
    quiz.until("the options are plain text", options, &joined)
        .await?;
    quiz.act("next").await?;
    quiz.until_question(2).await?;
    let named = "
        const own = all('[data-action=add]').map((button) => button.getAttribute('aria-label'));
        return own.length === 5 && given[0].every((name, index) => own[index].includes(name) && !/[_[\\]`&]/.test(own[index]))";
    quiz.until("the buttons have plain names", named, &[json!(plain)])
        .await?;
    quiz.click("[data-action=add][data-item=c3]").await?;
    let said = "return /^it\\b/.test(one('[role=status][part=hidden]')?.textContent ?? '')";
    quiz.until("what is said is plain text", said, &[]).await?;
    quiz.act("next").await?;
    quiz.until_question(3).await?;
    let struck = "
        const own = all('[data-action=strike]').map((button) => button.getAttribute('aria-label').split(': ')[1]);
        return own.join('|') === given[0]";
    quiz.until(
        "the buttons to strike out have plain names",
        struck,
        &joined,
    )
    .await
}

/// No text can pass for a gap, and spaces may stand around its name.
pub async fn gaps(stage: &Stage<'_>) -> Outcome {
    let text = "&#x10F000; &#x100000;&#xF0000; {{ g }} `{{ other }}` &#x10F000; *{{h}}* [a](https://example.org)";
    let set = set(&[
        json!({ "id": "q1", "type": "cloze", "prompt": "P", "text": text, "gaps": {
            "g": { "choices": choices(&["- 5", "> 6"]) }, "h": { "accept": "x" } } }),
        json!({ "id": "q2", "type": "cloze", "prompt": "P", "text": "[a](/x{{g}}y)",
            "gaps": { "g": { "accept": "x" } } }),
        json!({ "id": "q3", "type": "cloze", "prompt": "P", "text": "{ g } b",
            "gaps": { "g": { "accept": "x" } } }),
    ]);
    // A value that is no JSON costs its question alone.
    let set = set
        .to_string()
        .replace("\"{ g } b\"", "\"{{g}} \\ud83d\"")
        .replace("\"id\":\"q3\"", "\"id\":\"q4\"");
    let quiz = stage.show_quiz(&set, "lang=en").await?;
    stage.page.expect(Kind::Warning, "<mondai-quiz> line ");
    quiz.until_screen("start").await?;
    stage.page.until_told("mondai-error", 1).await?;
    let told = stage.page.record().await?.detail("mondai-error");
    let codes: Vec<&Value> = told["problems"]
        .as_array()
        .into_iter()
        .flatten()
        .map(|problem| &problem["code"])
        .collect();
    assert_eq!(codes, ["gap-in-address", "unreadable-value"], "{told}");
    quiz.start().await?;
    let filled = "
        const own = one('[part~=cloze-text]');
        const marks = (own?.innerHTML.match(/[\\u{f0000}\\u{100000}\\u{10f000}]/gu) ?? []).length;
        return own?.querySelectorAll('select').length === 1 && own.querySelectorAll('em input').length === 1
          && own.querySelectorAll('[part=gap-place]').length === 2 && marks === 4
          && own.querySelector('code').textContent === '{{ other }}'
          && [...own.querySelector('select').options].map((option) => option.textContent.trim()).slice(1).join('|') === '- 5|> 6'";
    quiz.until("there are two gaps, and the text around them", filled, &[])
        .await
}

/// A form that cannot be used is named, and no other one is taken in its place.
pub async fn forms(stage: &Stage<'_>) -> Outcome {
    let mut set = set(&[
        json!({ "id": "q1", "type": "single", "prompt": "Frage", "choices": choices(&["a", "b"]) }),
    ]);
    set["forms"] = json!([{ "id": "exam", "title": "E", "mode": "exam", "time_limit": "0s" }, { "id": "practice" }]);
    for attributes in ["lang=en", "lang=en form=exam"] {
        let quiz = stage.show_quiz(&set.to_string(), attributes).await?;
        quiz.until_screen("error").await?;
        let list: Vec<String> = quiz
            .read(
                "return all('[part=problems] li').map((item) => item.textContent)",
                &[],
            )
            .await?;
        assert!(
            list[0].contains("The form `exam`") && list[1].contains("`time_limit` must be"),
            "{list:?}"
        );
    }
    // Another form is not touched by it, and readers miss nothing. The set says no language: it is the page's.
    set.as_object_mut().map(|set| set.remove("language"));
    let quiz = stage
        .show_quiz(&set.to_string(), "lang=de form=practice")
        .await?;
    stage.page.expect(Kind::Warning, "<mondai-quiz> line ");
    quiz.until_screen("start").await?;
    assert_eq!(quiz.text("form-title").await?, "Practice");
    assert!(!quiz.shows("[part~=notice]").await?);
    quiz.start().await?;
    let tagged = "return one('[part~=prompt] [part=prose]')?.lang === 'de'";
    quiz.until("the text is in the page's language", tagged, &[])
        .await
}
