//! A practice quiz from the first look to the last.

use mondai_e2e::Outcome;
use mondai_e2e::quiz::Quiz;
use mondai_e2e::stage::Stage;
use serde_json::Value;
use thirtyfour::Key;

use crate::sets::BASICS;

/// The job itself: start, a wrong answer and what it teaches, right ones, the results, the review, the missed ones again.
pub async fn to_the_end(stage: &Stage<'_>) -> Outcome {
    let quiz = stage.show_quiz(BASICS, "form=practice").await?;
    quiz.until_screen("start").await?;
    says(
        &quiz,
        "quiz",
        &[
            "Light and water",
            "Practice",
            "3 questions",
            "No time limit",
        ],
    )
    .await?;
    says(&quiz, "quiz", &["Feedback after each answer"]).await?;
    assert!(
        !quiz.shows_fallback().await?,
        "the fallback should make way for the quiz"
    );
    stage.page.audit("start").await?;
    answer_everything(stage, &quiz).await?;
    review_everything(stage, &quiz).await?;
    retry_what_was_missed(&quiz).await?;
    told_the_page(stage).await
}

/// A part says all of these.
async fn says(quiz: &Quiz<'_>, part: &str, all: &[&str]) -> Outcome {
    let said = quiz.text(part).await?;
    for words in all {
        assert!(
            said.contains(words),
            "it should say {words:?}, and says {said:?}"
        );
    }
    Ok(())
}

/// One wrong answer and two right ones.
async fn answer_everything(stage: &Stage<'_>, quiz: &Quiz<'_>) -> Outcome {
    quiz.start().await?;
    quiz.until_says("prompt", "What does a prism do to white light?")
        .await?;
    stage.page.audit("question").await?;
    assert_eq!(quiz.answer(&["loud"]).await?, "incorrect");
    told_about_every_choice(quiz, "prism", &["loud", "split", "store"]).await?;
    quiz.until("code is drawn", "return one('[part~=choice] code')", &[])
        .await?;
    let expected = [
        "It makes it louder: Your answer",
        "It splits it into colours: Correct answer",
        "It stores it:",
    ];
    assert_eq!(verdicts(quiz).await?, expected);
    says(
        quiz,
        "feedback",
        &["Incorrect", "Explanation-prism", "Reference-prism"],
    )
    .await?;
    stage.page.audit("question, marked wrong").await?;

    quiz.act("next").await?;
    quiz.until_question(2).await?;
    // Too few are not marked; the reader is told how many it takes.
    quiz.choose("green").await?;
    quiz.act("check").await?;
    quiz.until_says("nudge", "You have chosen 1. Choose 2.")
        .await?;
    assert_eq!(quiz.answer(&["red"]).await?, "correct");
    told_about_every_choice(quiz, "primary", &["red", "brown", "green", "grey"]).await?;
    let expected = [
        "Red: Your answer, Correct answer",
        "Brown:",
        "Green: Your answer, Correct answer",
        "Grey:",
    ];
    assert_eq!(verdicts(quiz).await?, expected);
    stage.page.audit("question, marked right").await?;

    quiz.act("next").await?;
    quiz.until_question(3).await?;
    assert_eq!(quiz.answer(&["hundred"]).await?, "correct");
    quiz.act("finish").await?;
    quiz.until_screen("results").await
}

/// The score, and every question with all its choices in words.
async fn review_everything(stage: &Stage<'_>, quiz: &Quiz<'_>) -> Outcome {
    assert_eq!(quiz.text("score").await?, "66%");
    let results = [
        "2 of 3 correct",
        "Light 1 / 2",
        "Water 1 / 1",
        "Retry missed (1)",
    ];
    says(quiz, "quiz", &results).await?;
    stage.page.audit("results").await?;

    quiz.act("answers").await?;
    quiz.until_screen("answers").await?;
    assert_eq!(quiz.outcomes().await?, ["incorrect", "correct", "correct"]);
    quiz.until("code is drawn", "return one('[part~=choice] code')", &[])
        .await?;
    let answers = [
        "Question 1: Incorrect",
        "It makes it louder Your answer",
        "It splits it into colours Correct answer",
        "Why-boil-ninety",
        "Explanation-primary",
    ];
    says(quiz, "quiz", &answers).await?;
    stage.page.audit("answers").await?;
    quiz.act("results").await?;
    quiz.until_screen("results").await
}

/// Only what was missed, until nothing is; then everything.
async fn retry_what_was_missed(quiz: &Quiz<'_>) -> Outcome {
    quiz.act("retry-missed").await?;
    quiz.until_screen("question").await?;
    quiz.until_says("prompt", "What does a prism do to white light?")
        .await?;
    assert_eq!(
        quiz.chosen().await?,
        [""; 0],
        "a new sitting begins without answers"
    );
    assert_eq!(quiz.answer(&["split"]).await?, "correct");
    quiz.act("finish").await?;
    quiz.until_screen("results").await?;
    assert_eq!(quiz.text("score").await?, "100%");
    assert!(
        !quiz.shows("[data-action=retry-missed]").await?,
        "nothing is missed any more"
    );
    quiz.act("retry").await?;
    quiz.until_question(1).await
}

/// Each choice says why it is right or wrong.
async fn told_about_every_choice(quiz: &Quiz<'_>, question: &str, choices: &[&str]) -> Outcome {
    let whys = quiz.texts("[part~=why]").await?;
    assert_eq!(whys.len(), choices.len(), "{whys:?}");
    for (choice, why) in choices.iter().zip(&whys) {
        assert!(
            why.starts_with(&format!("Why-{question}-{choice}")),
            "the choice {choice} says {why:?}"
        );
    }
    Ok(())
}

/// Each choice with what marking said of it in words.
async fn verdicts(quiz: &Quiz<'_>) -> Outcome<Vec<String>> {
    let script = "return all('[part~=choice]').map((choice) => {
        const said = [...choice.querySelectorAll('[part~=verdict]')].map(words).join(', ');
        const text = words(choice.querySelector('[part~=choice-body] > :first-child'));
        return `${text}: ${said}`.trim();
    })";
    quiz.read(script, &[]).await
}

/// The events of the sitting, in order, and none that gives an answer away.
async fn told_the_page(stage: &Stage<'_>) -> Outcome {
    let record = stage.page.record().await?;
    let names: Vec<&str> = record
        .events
        .iter()
        .map(|told| told.name.as_str())
        .collect();
    assert_eq!(names.first(), Some(&"mondai-ready"));
    assert_eq!(
        names
            .iter()
            .filter(|name| **name == "mondai-started")
            .count(),
        3
    );
    assert_eq!(
        names
            .iter()
            .filter(|name| **name == "mondai-finished")
            .count(),
        2
    );
    for told in &record.events {
        assert_eq!(told.detail["version"], 1, "{told:?}");
        assert_eq!(told.host, "quiz", "{told:?}");
    }
    let finished = record
        .events
        .iter()
        .find(|told| told.name == "mondai-finished");
    let report = &finished.expect("it finished").detail;
    assert_eq!(report["percent"], 66, "{report}");
    assert_eq!(report["questions"][0]["outcome"], "incorrect", "{report}");
    assert_eq!(report["questions"][0]["response"][0], "loud", "{report}");
    Ok(())
}

/// Without a mouse: every step by Tab, arrows, Space and Enter, and the focus is always where the reader goes on.
pub async fn by_keyboard_alone(stage: &Stage<'_>) -> Outcome {
    let quiz = stage.show_quiz(BASICS, "form=practice").await?;
    let page = &stage.page;
    quiz.until_screen("start").await?;
    quiz.tab_to("[data-action=start]").await?;
    page.press(Key::Enter).await?;
    quiz.until_question(1).await?;
    quiz.until(
        "the focus is on the question",
        "return root.activeElement?.matches('[part~=prompt]')",
        &[],
    )
    .await?;

    // A group of radio buttons is one stop; the arrows choose in it.
    quiz.tab_to("input[type=radio]").await?;
    page.press(Key::Down).await?;
    quiz.until("an arrow chooses", "return one('input:checked')", &[])
        .await?;
    while quiz.chosen().await? != ["split"] {
        page.press(Key::Down).await?;
    }
    quiz.tab_to("[data-action=check]").await?;
    page.press(Key::Space).await?;
    quiz.until(
        "the focus is on the feedback",
        "return root.activeElement?.matches('[part~=feedback][data-outcome=correct]')",
        &[],
    )
    .await?;
    quiz.tab_to("button[data-action=next]").await?;
    page.press(Key::Enter).await?;

    quiz.until_question(2).await?;
    quiz.until(
        "the focus is on the question",
        "return root.activeElement?.matches('[part~=prompt]')",
        &[],
    )
    .await?;
    for choice in ["red", "green"] {
        quiz.tab_to(&format!("input[value={choice}]")).await?;
        page.press(Key::Space).await?;
    }
    assert_eq!(quiz.chosen().await?, ["red", "green"]);
    // Enter in a field does what the main button does.
    page.press(Key::Enter).await?;
    quiz.until(
        "it is marked",
        "return one('[part~=feedback][data-outcome=correct]')",
        &[],
    )
    .await?;
    quiz.tab_to("button[data-action=next]").await?;
    page.press(Key::Enter).await?;

    quiz.until_question(3).await?;
    quiz.tab_to("button[data-action=finish]").await?;
    page.press(Key::Enter).await?;
    // One question is open, so the reader is asked.
    quiz.until_screen("review").await?;
    quiz.until(
        "the focus is on the heading",
        "return root.activeElement?.matches('[part~=heading]')",
        &[],
    )
    .await?;
    page.audit("review").await?;
    quiz.tab_to("[data-action=submit]").await?;
    page.press(Key::Enter).await?;
    quiz.until_screen("results").await?;
    quiz.until(
        "the focus is on the heading",
        "return root.activeElement?.matches('[part~=heading]')",
        &[],
    )
    .await?;
    assert_eq!(quiz.text("score").await?, "66%");
    quiz.tab_to("[data-action=answers]").await?;
    page.press(Key::Enter).await?;
    quiz.until_screen("answers").await?;
    quiz.tab_to("[data-action=results]").await?;
    page.press(Key::Space).await?;
    quiz.until_screen("results").await
}

/// From the first frame that shows a question on, its choices stay where they are: nothing moves under a finger when the
/// chunk that draws Markdown arrives.
pub async fn nothing_moves(stage: &Stage<'_>) -> Outcome {
    let quiz = stage.show_quiz(BASICS, "form=practice").await?;
    quiz.until_screen("start").await?;
    let watch = "
        window.places = [];
        const look = () => {
          const choice = one('[part~=choice]');
          if (choice) window.places.push(Math.round(choice.getBoundingClientRect().top));
          requestAnimationFrame(look);
        };
        look()";
    quiz.read::<Value>(watch, &[]).await?;
    quiz.start().await?;
    let enough = "return window.places.length > 30";
    stage
        .page
        .until("thirty frames were shown", enough, Vec::new())
        .await?;
    let places: Vec<i64> = stage
        .page
        .read("return [...new Set(window.places)]", Vec::new())
        .await?;
    assert_eq!(places.len(), 1, "the first choice stood at {places:?}");
    Ok(())
}
