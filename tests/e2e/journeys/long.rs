//! Lists as long as a set may make them: drawn in slices, complete in the end, on paper at once, and filtered all the same.

use mondai_e2e::Outcome;
use mondai_e2e::quiz::Quiz;
use mondai_e2e::stage::Stage;
use serde_json::{Value, json};

/// An exam of so many questions about one case, the last quarter of them in another domain. Nothing is right by itself.
fn set(questions: usize) -> String {
    let question = |number: usize| {
        json!({
            "id": format!("q-{number}"), "type": "single", "prompt": format!("What is {number}?"), "scenario": "case",
            "domain": if number * 4 < questions * 3 { "early" } else { "late" }, "explanation": "It is **so**.",
            "choices": [{ "id": "a", "text": "One", "correct": true }, { "id": "b", "text": "Two" }],
        })
    };
    json!({
        "mondai": 1, "id": "long", "title": "Long",
        "domains": [{ "id": "early", "title": "Early" }, { "id": "late", "title": "Late" }],
        "scenarios": [{ "id": "case", "text": "A case." }],
        "forms": [{ "id": "exam", "title": "Exam", "mode": "exam" }],
        "questions": (0..questions).map(question).collect::<Vec<_>>(),
    })
    .to_string()
}

/// The exam, handed in as it is, with the results on screen.
async fn handed_in<'s>(stage: &'s Stage<'_>, questions: usize) -> Outcome<Quiz<'s>> {
    let quiz = stage.show_quiz(&set(questions), "storage=none").await?;
    quiz.start().await?;
    // Whatever the review shows must be drawn when it is asked for, not when the chunks come.
    quiz.until_says("scenario", "Case A case.").await?;
    quiz.read::<Value>("host.submit()", &[]).await?;
    quiz.until_screen("results").await?;
    Ok(quiz)
}

/// Opens the review, and gives how many answers there are as soon as there is any, and what `then` gives after that.
fn as_soon_as(then: &str) -> String {
    format!(
        "return (async () => {{
            const frame = () => new Promise((done) => requestAnimationFrame(done));
            const count = () => all('[part~=answer]').length;
            one('button[data-action=answers]').click();
            while (count() === 0) await frame();
            const first = count();
            {then}
        }})()"
    )
}

/// A review of two thousand comes a few at a time, so that the page answers meanwhile; all are there in the end, in order, with
/// the case above the first one, and the focus stays on the heading.
pub async fn reviewed(stage: &Stage<'_>) -> Outcome {
    let quiz = handed_in(stage, 2_000).await?;
    let first: usize = quiz.read(&as_soon_as("return first"), &[]).await?;
    assert!((1..200).contains(&first), "{first} at once");
    // In the slowest engine longer than one condition may take.
    for count in [500, 1_000, 1_500, 2_000] {
        let there = "return all('[part~=answer]').length >= given[0]";
        quiz.until(&format!("{count} are there"), there, &[json!(count)])
            .await?;
    }
    quiz.until_screen("answers").await?;
    let numbers = "return all('[part~=answer-heading]').map((heading) => parseInt(heading.textContent.match(/\\d+/)[0]))";
    let numbers: Vec<usize> = quiz.read(numbers, &[]).await?;
    assert_eq!(numbers, (1..=2_000).collect::<Vec<_>>());
    let cases = "return all('[part~=scenario]').map((element, index) => [shown(element), index]).filter(([shown]) => shown).map(([, index]) => index)";
    assert_eq!(quiz.read::<Vec<usize>>(cases, &[]).await?, [0]);
    assert!(quiz.has_focus_on("[part=heading]").await?);
    let is_drawn = "return !/[*]{2}/.test(one('[data-screen]').textContent)";
    quiz.until("every text is drawn", is_drawn, &[]).await
}

/// Paper has all of it, whenever the reader prints: with the browser's own command, and with the button, which waits for
/// the texts.
pub async fn printed(stage: &Stage<'_>) -> Outcome {
    let quiz = handed_in(stage, 2_000).await?;
    let own = as_soon_as(
        "window.dispatchEvent(new Event('beforeprint'));
        const printed = count();
        window.dispatchEvent(new Event('afterprint'));
        return [first, printed]",
    );
    let (first, printed): (usize, usize) = quiz.read(&own, &[]).await?;
    assert!(first < 200, "{first} at once");
    assert_eq!(printed, 2_000, "on paper");
    // What is far above decides where the button is, and is laid out only when it is near: no place to aim at.
    quiz.read::<Value>("one('button[data-action=results]').click()", &[])
        .await?;
    quiz.until_screen("results").await?;
    let button = as_soon_as(
        "const printed = new Promise((done) => {
            window.print = () => done([count(), (one('[data-screen]').textContent.match(/[*]{2}/g) ?? []).length]);
        });
        one('button[data-action=print]').click();
        return [first, ...(await printed)]",
    );
    let (first, printed, has_source): (usize, usize, usize) = quiz.read(&button, &[]).await?;
    assert!(first < 200, "{first} at once");
    assert_eq!(printed, 2_000, "on paper");
    assert_eq!(has_source, 0, "the source of texts on paper");
    Ok(())
}

/// A filter that is set while the list is being drawn is for what comes later too; the case stands above what is left.
pub async fn filtered(stage: &Stage<'_>) -> Outcome {
    let quiz = handed_in(stage, 1_000).await?;
    let late = as_soon_as(
        "const list = one('[part=filter-domain]');
        list.value = '1';
        list.dispatchEvent(new Event('change'));
        return first",
    );
    let first: usize = quiz.read(&late, &[]).await?;
    assert!(first < 200, "{first} at once");
    // What is left is at the end: until that is drawn, nothing can be seen.
    quiz.until_screen("answers").await?;
    let left = "
        const left = all('[part~=answer]').map((answer, index) => [answer, index + 1]).filter(([answer]) => shown(answer));
        return left.map(([answer, number]) => [number, shown(answer.querySelector('[part~=scenario]'))])";
    let left: Vec<(usize, bool)> = quiz.read(left, &[]).await?;
    let expected: Vec<(usize, bool)> = (751..=1_000)
        .map(|number| (number, number == 751))
        .collect();
    assert_eq!(left, expected);
    quiz.act("show-flagged").await?;
    quiz.until_says("summary", "No question is left by these filters.")
        .await?;
    let none = "return !one('[data-drawing]') && !all('[part~=answer]').some(shown)";
    quiz.until("none is left", none, &[]).await
}

/// The overview of two thousand: a filter is for what comes later, and the list below a question is drawn when it is opened.
pub async fn overviewed(stage: &Stage<'_>) -> Outcome {
    let quiz = stage.show_quiz(&set(2_000), "storage=none").await?;
    quiz.start().await?;
    quiz.until("the aside is there", "return one('[part=questions]')", &[])
        .await?;
    let drawn = "return all('[part~=palette-item]').length";
    assert_eq!(quiz.read::<usize>(drawn, &[]).await?, 0, "nobody looks");
    quiz.act("flag").await?;
    quiz.click("[part=questions] summary").await?;
    let is_drawn = "return all('[part~=palette-item]').length === 2000 && !one('[data-drawing]')";
    quiz.until("the list is drawn", is_drawn, &[]).await?;
    let flagged = "return all('[part~=palette-item][data-flagged]').map((item) => Number(item.dataset.position))";
    assert_eq!(quiz.read::<Vec<usize>>(flagged, &[]).await?, [0]);
    // What changes is seen in it at once.
    quiz.act("flag").await?;
    quiz.until(
        "it is not flagged",
        &format!(
            "{} === 0",
            flagged.replace(".map((item) => Number(item.dataset.position))", ".length")
        ),
        &[],
    )
    .await?;
    quiz.act("flag").await?;
    let first: usize = quiz
        .read(
            "return (async () => {
                const frame = () => new Promise((done) => requestAnimationFrame(done));
                one('button[data-action=review]').click();
                while (one('[data-screen]').dataset.screen !== 'review' || !one('[part~=palette-item]')) await frame();
                const first = all('[part~=palette-item]').length;
                one('button[data-action=show-flagged]').click();
                return first;
            })()",
            &[],
        )
        .await?;
    assert!((1..200).contains(&first), "{first} at once");
    quiz.until("the list is drawn", is_drawn, &[]).await?;
    let left = "return all('[part~=palette-item]').filter(shown).map((item) => Number(item.dataset.position))";
    assert_eq!(quiz.read::<Vec<usize>>(left, &[]).await?, [0]);
    quiz.act("show-all").await?;
    let all = "return !one('[data-drawing]') && all('[part~=palette-item]').every(shown)";
    quiz.until("all are left", all, &[]).await
}

/// Texts as long as they may be, each in pieces: every character is there in the end, and a gap at a far place can be filled.
pub async fn texts(stage: &Stage<'_>) -> Outcome {
    let thai = "ภาษาไทย".repeat(3_000);
    let cloze = format!(
        "{} {{{{g}}}} {}",
        "word ".repeat(4_000),
        "more ".repeat(4_000)
    );
    let set = json!({
        "mondai": 1, "id": "texts", "title": "Texts",
        "questions": [
            { "id": "plain", "type": "single", "prompt": thai, "choices": [{ "id": "a", "text": "One", "correct": true }, { "id": "b", "text": "Two" }] },
            { "id": "cloze", "type": "cloze", "prompt": "Fill.", "text": cloze, "gaps": { "g": { "accept": "word" } } },
        ],
    });
    let quiz = stage.show_quiz(&set.to_string(), "storage=none").await?;
    quiz.start().await?;
    let is_whole = "return one('[part~=prompt]').textContent.length === given[0] && all('[part~=prompt] p').length > 10";
    quiz.until(
        "all of it is there",
        is_whole,
        &[json!(thai.chars().count())],
    )
    .await?;
    quiz.act("next").await?;
    quiz.until_question(2).await?;
    quiz.click("[part~=gap]").await?;
    stage.page.press_all("word").await?;
    quiz.act("check").await?;
    quiz.until_says("feedback-verdict", "Correct").await
}
