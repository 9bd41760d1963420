//! The list of all results: what it says of each attempt and of all together, and what it deletes.

use mondai_e2e::Outcome;
use mondai_e2e::quiz::Quiz;
use mondai_e2e::stage::Stage;
use serde_json::{Value, json};

use crate::keeping::OURS;
use crate::sets::BASICS;

/// The right answers of the three questions, and something wrong for each.
const ANSWERS: [(&[&str], &[&str]); 3] = [
    (&["split"], &["loud"]),
    (&["red", "green"], &["red", "grey"]),
    (&["hundred"], &["ninety"]),
];

/// One row of the list as a reader sees it, and the attempt it is about.
const ROWS: &str = "
const cells = (row) => [...row.querySelectorAll('td')].map(words);
return all('[part=attempts] tbody tr').filter(shown).map((row) => ({ attempt: row.dataset.attempt, form: cells(row)[0], score: cells(row)[1] }))";

#[derive(Debug, serde::Deserialize)]
struct Row {
    attempt: String,
    form: String,
    score: String,
}

/// The rows of the list, the first one on top.
async fn rows(quiz: &Quiz<'_>) -> Outcome<Vec<Row>> {
    quiz.read(ROWS, &[]).await
}

/// The scores of the rows.
async fn scores(quiz: &Quiz<'_>) -> Outcome<Vec<String>> {
    Ok(rows(quiz).await?.into_iter().map(|row| row.score).collect())
}

/// Waits until the list has so many rows: what was deleted goes when the store has let go of it.
async fn until_rows(quiz: &Quiz<'_>, count: usize) -> Outcome {
    let there = "return all('[part=attempts] tbody tr').length === given[0]";
    quiz.until(&format!("{count} rows are left"), there, &[json!(count)])
        .await
}

/// Answers the three questions on screen and hands them in.
async fn answer_all(quiz: &Quiz<'_>, are_right: [bool; 3]) -> Outcome {
    for (index, (is_right, (right, wrong))) in are_right.into_iter().zip(ANSWERS).enumerate() {
        quiz.until_question(index + 1).await?;
        for choice in if is_right { right } else { wrong } {
            quiz.choose(choice).await?;
        }
        quiz.act(if index < 2 { "next" } else { "finish" }).await?;
    }
    quiz.until_screen("review").await?;
    quiz.act("submit").await?;
    quiz.until_screen("results").await
}

async fn open_list(quiz: &Quiz<'_>) -> Outcome {
    quiz.act("history").await?;
    quiz.until_screen("history").await
}

/// One attempt of a practice, which the exam's list is not to compare with.
async fn practise(stage: &Stage<'_>) -> Outcome {
    let quiz = stage.show_quiz(BASICS, "form=practice").await?;
    quiz.start().await?;
    assert_eq!(quiz.answer(&["split"]).await?, "correct");
    quiz.read::<Value>("host.submit()", &[]).await?;
    quiz.until_screen("results").await?;
    assert!(tells_how_to_keep(&quiz).await?, "with the first result");
    stage.page.audit("the first result").await?;
    stage.page.photograph("first-result").await
}

/// Whether the result says that a browser may delete it, with a way to keep it.
async fn tells_how_to_keep(quiz: &Quiz<'_>) -> Outcome<bool> {
    let script = "return all('[part~=first-result]').some((hint) => words(hint).includes('A browser may delete them')) && shown(one('[data-action=export]'))";
    quiz.read(script, &[]).await
}

/// Three exams: the last is neither the worst nor the best. The list is open at the end.
async fn sit_three_exams(quiz: &Quiz<'_>) -> Outcome {
    quiz.start().await?;
    answer_all(quiz, [true, false, false]).await?;
    quiz.act("retry").await?;
    answer_all(quiz, [true, true, true]).await?;
    quiz.act("retry").await?;
    answer_all(quiz, [true, false, true]).await?;
    assert!(!tells_how_to_keep(quiz).await?, "only with the first one");
    open_list(quiz).await
}

/// The list with no attempt, one of another form, and several of this one; an older result is opened from it.
pub async fn listed_and_opened(stage: &Stage<'_>) -> Outcome {
    let quiz = stage.show_quiz(BASICS, "form=exam").await?;
    quiz.until_screen("start").await?;
    open_list(&quiz).await?;
    let none = "There are no results in this browser yet.";
    assert_eq!(quiz.text("summary").await?, none);
    assert!(!quiz.shows("[part=attempts]").await?);

    practise(stage).await?;
    let quiz = stage.show_quiz(BASICS, "form=exam").await?;
    quiz.until_screen("start").await?;
    open_list(&quiz).await?;
    let none_of_this = "No finished result of this quiz yet.";
    assert_eq!(quiz.text("summary").await?, none_of_this);
    assert_eq!(scores(&quiz).await?, ["33%"]);
    // Its report is another form's to show, and one result is no line.
    assert!(!quiz.shows("[data-action=open], [part=trend]").await?);
    quiz.act("close-history").await?;

    sit_three_exams(&quiz).await?;
    assert_eq!(quiz.text("summary").await?, "Best: 100% · Last: 66%");
    let newest_first = rows(&quiz).await?;
    let said: Vec<_> = newest_first
        .iter()
        .map(|row| (row.form.as_str(), row.score.as_str()))
        .collect();
    let expected = [
        ("Exam", "66% · Passed"),
        ("Exam", "100% · Passed"),
        ("Exam", "33% · Not passed"),
        ("Practice", "33%"),
    ];
    assert_eq!(said, expected);
    let by_time = "return host.attempts().sort((one, other) => other.started - one.started).map(({ id }) => id)";
    let by_time: Vec<String> = quiz.read(by_time, &[]).await?;
    let listed: Vec<&String> = newest_first.iter().map(|row| &row.attempt).collect();
    assert_eq!(listed, by_time.iter().collect::<Vec<_>>());
    tells_the_trend(&quiz).await?;
    stage.page.audit("all results, with a trend").await?;

    let first = &newest_first[2].attempt;
    quiz.click(&format!("tr[data-attempt='{first}'] [data-action=open]"))
        .await?;
    quiz.until_screen("results").await?;
    assert_eq!(quiz.text("score").await?, "33%");
    assert_eq!(quiz.text("outcome").await?, "Not passed");
    quiz.act("answers").await?;
    quiz.until_screen("answers").await?;
    let outcomes = quiz.outcomes().await?;
    assert_eq!(outcomes, ["correct", "incorrect", "incorrect"]);
    let finished = stage.page.record().await?.events;
    let finished = finished
        .iter()
        .filter(|told| told.name == "mondai-finished");
    assert_eq!(finished.count(), 4, "what is opened was told before");
    Ok(())
}

/// The line of scores: a picture whose name says all that it shows, with the pass mark; and each domain's in numbers.
async fn tells_the_trend(quiz: &Quiz<'_>) -> Outcome {
    let name =
        "3 results, from the oldest to the newest: first 33%, last 66%, best 100%. Pass mark 60%";
    let names = "return all('svg[role=img]').filter(shown).map((drawn) => drawn.getAttribute('aria-label'))";
    assert_eq!(quiz.read::<Vec<String>>(names, &[]).await?, [name]);
    assert!(quiz.texts("[part=hint]").await?.contains(&name.to_owned()));
    // The drawing's own units: 100 high, from the top.
    let heights = "
        const heights = (css, attribute) => all(`svg[role=img] ${css}`).map((drawn) => Number(drawn.getAttribute(attribute)));
        return [heights('[part=trend-dot]', 'cy'), heights('[part=trend-pass]', 'y1')]";
    let heights: Vec<Vec<u32>> = quiz.read(heights, &[]).await?;
    assert_eq!(heights, [vec![67, 0, 34], vec![40]]);
    let domains = quiz.texts("[part~=domain-trend] tr").await?;
    let expected = ["Light 50% → 100% → 50%", "Water 0% → 100% → 100%"];
    assert_eq!(domains, expected);
    Ok(())
}

/// Deletes one result and then all, each only when the reader says so twice; what is deleted is nowhere any more.
pub async fn deleted(stage: &Stage<'_>) -> Outcome {
    practise(stage).await?;
    let quiz = stage.show_quiz(BASICS, "form=exam").await?;
    sit_three_exams(&quiz).await?;
    let best = rows(&quiz).await?.swap_remove(1).attempt;
    let key = json!(format!("mondai:1:basics:attempt:{best}"));
    let is_kept = "return localStorage.getItem(arguments[0]) !== null";
    let row = format!("tr[data-attempt='{best}']");

    asks_first(&quiz, &row).await?;
    quiz.click(&format!("{row} [data-action=delete-no]"))
        .await?;
    let asks_no_more = "return shown(one(`${given[0]} [data-action=delete]`)) && !shown(one(`${given[0]} [data-action=delete-yes]`))";
    quiz.until("it asks no more", asks_no_more, &[json!(row)])
        .await?;
    assert!(stage.page.read::<bool>(is_kept, vec![key.clone()]).await?);
    asks_first(&quiz, &row).await?;
    stage.page.audit("all results, asked about one").await?;
    quiz.click(&format!("{row} [data-action=delete-yes]"))
        .await?;
    until_rows(&quiz, 3).await?;
    assert!(!stage.page.read::<bool>(is_kept, vec![key]).await?);
    assert_eq!(stage.page.read::<usize>(OURS, Vec::new()).await?, 3);
    assert_eq!(quiz.text("summary").await?, "Best: 66% · Last: 66%");
    let left = ["66% · Passed", "33% · Not passed", "33%"];
    assert_eq!(scores(&quiz).await?, left);

    stage.page.reload().await?;
    quiz.until_screen("start").await?;
    open_list(&quiz).await?;
    assert_eq!(scores(&quiz).await?, left, "it does not come back");

    asks_first(&quiz, "[part=actions]").await?;
    assert_eq!(stage.page.read::<usize>(OURS, Vec::new()).await?, 3);
    quiz.click("[part=actions] [data-action=delete-yes]")
        .await?;
    until_rows(&quiz, 0).await?;
    shows_none(stage, &quiz).await?;
    quiz.act("close-history").await?;
    quiz.until_screen("start").await?;
    stage.page.reload().await?;
    quiz.until_screen("start").await?;
    assert!(!quiz.shows("[part=last], [data-action=results]").await?);
    open_list(&quiz).await?;
    shows_none(stage, &quiz).await
}

/// Presses "Delete" in a row or below the list, and is warned.
async fn asks_first(quiz: &Quiz<'_>, within: &str) -> Outcome {
    quiz.click(&format!("{within} [data-action=delete]"))
        .await?;
    quiz.until(
        "it warns",
        "return words(one(`${given[0]} [role=status]`)) === 'Deleted results cannot be brought back.'",
        &[json!(within)],
    )
    .await
}

/// Nothing is listed, and nothing is kept.
async fn shows_none(stage: &Stage<'_>, quiz: &Quiz<'_>) -> Outcome {
    let none = "There are no results in this browser yet.";
    assert_eq!(quiz.text("summary").await?, none);
    assert!(!quiz.shows("[part=attempts], [part=trend]").await?);
    assert_eq!(stage.page.read::<usize>(OURS, Vec::new()).await?, 0);
    let attempts: Value = quiz.read("return host.attempts()", &[]).await?;
    assert_eq!(attempts, json!([]));
    Ok(())
}
