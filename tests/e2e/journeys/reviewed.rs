//! The review of a finished exam: filters and the case above what they leave, what the reader did beside answering, and
//! paper.

use mondai_e2e::Outcome;
use mondai_e2e::quiz::Quiz;
use mondai_e2e::stage::Stage;
use serde_json::{Value, json};
use thirtyfour::Key;

/// Three questions about one case and one about none, in two domains. The right choice is always `yes`.
fn set() -> String {
    let question = |(id, domain, has_case): (&str, &str, bool)| {
        let mut question = json!({
            "id": id, "type": "single", "domain": domain, "prompt": format!("Is {id} right?"),
            "choices": [{ "id": "yes", "text": "Yes", "correct": true }, { "id": "no", "text": "No" }],
        });
        if has_case {
            question["scenario"] = json!("harbour");
        }
        question
    };
    let questions = [
        ("q-one", "ships", true),
        ("q-two", "ships", true),
        ("q-three", "tides", true),
        ("q-four", "tides", false),
    ];
    json!({
        "mondai": 1, "id": "harbour", "title": "A harbour",
        "domains": [{ "id": "ships", "title": "Ships" }, { "id": "tides", "title": "Tides" }],
        "scenarios": [{ "id": "harbour", "text": "A harbour silts up." }],
        "forms": [{ "id": "exam", "title": "Exam", "mode": "exam", "time_limit": "10m" }],
        "questions": questions.map(question),
    })
    .to_string()
}

/// Goes through the exam: the second and the third are wrong, the second and the fourth are flagged.
async fn sit<'s>(stage: &'s Stage<'_>) -> Outcome<Quiz<'s>> {
    let quiz = stage.show_quiz(&set(), "").await?;
    quiz.start().await?;
    quiz.until_says("scenario", "Case A harbour silts up.")
        .await?;
    for (number, choice, is_flagged) in [
        (1, "yes", false),
        (2, "no", true),
        (3, "no", false),
        (4, "yes", true),
    ] {
        quiz.until_question(number).await?;
        quiz.choose(choice).await?;
        if is_flagged {
            quiz.act("flag").await?;
        }
        quiz.act(if number < 4 { "next" } else { "finish" }).await?;
    }
    hand_in(&quiz).await?;
    Ok(quiz)
}

/// From the overview to the review.
async fn hand_in(quiz: &Quiz<'_>) -> Outcome {
    quiz.until_screen("review").await?;
    quiz.act("submit").await?;
    quiz.until_screen("results").await?;
    quiz.act("answers").await?;
    quiz.until_screen("answers").await
}

/// What is shown by the filters that are on: the number of each question, and whether the case stands above it.
async fn shown(quiz: &Quiz<'_>) -> Outcome<Vec<(usize, bool)>> {
    quiz.read(
        "return all('[part~=answer]').map((answer, index) => [answer, index + 1]).filter(([answer]) => shown(answer)).map(
            ([answer, number]) => [number, shown(answer.querySelector('[part~=scenario]'))])",
        &[],
    )
    .await
}

/// A long list is looked at anew in slices, and a slow machine makes slices of a short one too.
const IS_DRAWN: &str = "!one('[data-drawing]')";

/// Presses a filter, which is then on or off.
async fn toggle(quiz: &Quiz<'_>, action: &str, is_on: bool) -> Outcome {
    quiz.act(action).await?;
    quiz.until(
        &format!("{action} is {is_on}"),
        &format!("return one(`[data-action=${{given[0]}}]`).getAttribute('aria-pressed') === String(given[1]) && {IS_DRAWN}"),
        &[json!(action), json!(is_on)],
    )
    .await
}

/// Goes on to the next domain in the list of domains, or back, as the arrow has it.
async fn to_domain(stage: &Stage<'_>, quiz: &Quiz<'_>, arrow: Key, title: &str) -> Outcome {
    quiz.reach("[part=filter-domain]").await?;
    stage.page.press(arrow).await?;
    let is_chosen = format!(
        "return words(one('[part=filter-domain]').selectedOptions[0]) === given[0] && {IS_DRAWN}"
    );
    quiz.until(&format!("{title} is chosen"), &is_chosen, &[json!(title)])
        .await
}

/// Each filter alone and all together; the case stands once, above the first of its questions that is left.
pub async fn filtered(stage: &Stage<'_>) -> Outcome {
    let quiz = sit(stage).await?;
    let nothing = "No question is left by these filters.";
    let all = [(1, true), (2, false), (3, false), (4, false)];
    assert_eq!(shown(&quiz).await?, all);
    assert_eq!(quiz.text("summary").await?, "");

    toggle(&quiz, "show-wrong", true).await?;
    let headings = quiz.texts("[part=answer-heading]").await?;
    let wrong = ["Question 2: Incorrect · flagged", "Question 3: Incorrect"];
    assert_eq!(headings, wrong);
    assert_eq!(shown(&quiz).await?, [(2, true), (3, false)]);
    let cases = quiz.texts("[part=scenario]").await?;
    assert_eq!(cases, ["Case A harbour silts up."]);
    stage.page.audit("review, not right").await?;
    toggle(&quiz, "show-wrong", false).await?;
    assert_eq!(shown(&quiz).await?, all);

    toggle(&quiz, "show-flagged", true).await?;
    assert_eq!(shown(&quiz).await?, [(2, true), (4, false)]);
    toggle(&quiz, "show-wrong", true).await?;
    assert_eq!(shown(&quiz).await?, [(2, true)]);
    to_domain(stage, &quiz, Key::Down, "Ships").await?;
    assert_eq!(shown(&quiz).await?, [(2, true)]);
    assert_eq!(quiz.text("summary").await?, "");
    to_domain(stage, &quiz, Key::Down, "Tides").await?;
    quiz.until_says("summary", nothing).await?;
    assert_eq!(shown(&quiz).await?, []);
    stage.page.audit("review, nothing left").await?;

    toggle(&quiz, "show-flagged", false).await?;
    assert_eq!(shown(&quiz).await?, [(3, true)]);
    assert_eq!(quiz.text("summary").await?, "");
    toggle(&quiz, "show-wrong", false).await?;
    assert_eq!(shown(&quiz).await?, [(3, true), (4, false)]);
    to_domain(stage, &quiz, Key::Up, "Ships").await?;
    assert_eq!(shown(&quiz).await?, [(1, true), (2, false)]);
    to_domain(stage, &quiz, Key::Up, "All").await?;
    assert_eq!(shown(&quiz).await?, all);
    Ok(())
}

/// What is beside the answers: a choice that was struck out and taken all the same, a note, and the time a question took.
pub async fn noted_and_struck(stage: &Stage<'_>) -> Outcome {
    let quiz = stage.show_quiz(&set(), "").await?;
    quiz.start().await?;
    let strike = "[part=choice-row]:has(input[value='no']) [data-action=strike]";
    let is_struck = "return one(given[0]).getAttribute('aria-pressed') === 'true'";
    quiz.click(strike).await?;
    quiz.until("it is struck out", is_struck, &[json!(strike)])
        .await?;
    let name = "return one(given[0]).getAttribute('aria-label')";
    let name: String = quiz.read(name, &[json!(strike)]).await?;
    assert_eq!(name, "Strike out: No");
    quiz.click("[part=note] summary").await?;
    quiz.reach("[part=note-text]").await?;
    let note = "ask <b>Ana</b> & co";
    stage.page.press_all(note).await?;
    stage
        .page
        .audit("exam question, struck out and noted")
        .await?;
    // Two changes of the clock are a second at least, whatever it showed first.
    let start = json!(quiz.clock().await?);
    let has_gone = "return given[0] - one('[part=timer]').textContent.match(/[\\d:]+/)[0].split(':').reduce((seconds, part) => seconds * 60 + Number(part), 0) >= 2";
    quiz.until("two seconds have gone", has_gone, &[start])
        .await?;

    quiz.act("next").await?;
    quiz.until_question(2).await?;
    quiz.act("previous").await?;
    quiz.until_question(1).await?;
    quiz.until("it is still struck out", is_struck, &[json!(strike)])
        .await?;
    let typed = "return one('[part=note-text]')?.value === given[0]";
    quiz.until("the note is still there", typed, &[json!(note)])
        .await?;
    quiz.choose("no").await?;
    quiz.act("review").await?;
    quiz.until_screen("review").await?;
    let list = quiz.texts("[part=palette] button").await?;
    assert_eq!(list[0], "Question 1 answered · note", "{list:?}");
    assert!(!list[1..].concat().contains("note"), "{list:?}");
    hand_in(&quiz).await?;

    let chosen = "return all('[part~=answer]').map((answer) => [...answer.querySelectorAll('[data-chosen]')].map((choice) => choice.dataset.choice).join())";
    let chosen: Vec<String> = quiz.read(chosen, &[]).await?;
    assert_eq!(chosen, ["no", "", "", ""], "what is struck out counts");
    let facts = "return all('[part~=answer]').map((answer) => [...answer.querySelectorAll('[part=facts] > *')].map(words))";
    let facts: Vec<Vec<String>> = quiz.read(facts, &[]).await?;
    let first = facts.first().map_or(&[][..], Vec::as_slice);
    assert_eq!(
        first.last().map(String::as_str),
        Some("Your note: ask <b>Ana</b> & co"),
        "{facts:?}"
    );
    // Ten minutes over four questions.
    let is_time = first.len() == 2 && first[0].starts_with("Time: ");
    let has_budget = first[0].ends_with(" s (budget: 2 min 30 s)");
    assert!(is_time && has_budget, "{facts:?}");
    assert!(!facts[1..].concat().join(" ").contains("note"), "{facts:?}");
    // One that nobody saw took no time.
    assert_eq!(facts[3], [""; 0]);
    Ok(())
}

/// What the page and its document have while the browser prints.
const STUB: &str = "
window.printed = [];
window.print = () => {
  const sheets = document.adoptedStyleSheets.flatMap((sheet) => [...sheet.cssRules]).map((rule) => rule.cssText);
  window.printed.push([document.querySelector('mondai-quiz').hasAttribute('data-mondai-print'), sheets.length, sheets.join().includes('@media print')]);
}";

/// What is there of it otherwise.
const TRACES: &str = "return [document.querySelector('mondai-quiz').hasAttribute('data-mondai-print'), document.adoptedStyleSheets.length]";

/// Puts the quiz into another element's shadow tree, and prints it there: the marks on both hosts and the sheets of that tree
/// while the browser prints, and after it.
const NESTED: &str = "
const host = document.querySelector('mondai-quiz');
const outer = document.createElement('div');
document.querySelector('main').append(outer);
outer.attachShadow({ mode: 'open' }).append(host);
const now = () => [host.hasAttribute('data-mondai-print'), outer.hasAttribute('data-mondai-print'), outer.shadowRoot.adoptedStyleSheets.length];
let during = null;
window.print = () => { during = now() };
host.shadowRoot.querySelector('[data-action=print]').click();
window.dispatchEvent(new Event('afterprint'));
return [during, now()]";

/// From both screens that print: while the browser does it the quiz stands alone on the paper, and then nothing of that is
/// left in the page.
pub async fn printed(stage: &Stage<'_>) -> Outcome {
    let quiz = sit(stage).await?;
    // A sheet of the page's own must outlive the print.
    let own = "const sheet = new CSSStyleSheet(); sheet.replaceSync('main { margin: 0 }'); document.adoptedStyleSheets = [sheet]";
    stage.page.run(own, Vec::new()).await?;
    stage.page.run(STUB, Vec::new()).await?;
    for screen in ["answers", "results"] {
        if screen == "results" {
            quiz.act("results").await?;
        }
        quiz.until_screen(screen).await?;
        // A frame may refuse to print, and say nothing; then the reader presses again.
        quiz.act("print").await?;
        quiz.act("print").await?;
        stage
            .page
            .until(
                "it prints",
                "return window.printed.length === 2",
                Vec::new(),
            )
            .await?;
        let printed: Value = stage
            .page
            .read("return window.printed.splice(0)", Vec::new())
            .await?;
        let alone = json!([true, 2, true]);
        assert_eq!(printed, json!([alone, alone]), "{screen}");
        let end = "window.dispatchEvent(new Event('afterprint'))";
        stage.page.run(end, Vec::new()).await?;
        let left: Value = stage.page.read(TRACES, Vec::new()).await?;
        assert_eq!(left, json!([false, 1]), "{screen}");
    }
    // An author's own component may have the quiz in its shadow tree, which sheets of the document do not see into.
    let nested: Value = stage.page.read(NESTED, Vec::new()).await?;
    assert_eq!(nested, json!([[true, true, 1], [false, false, 0]]));
    Ok(())
}
