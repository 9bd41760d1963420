//! The whole certification exam of the demo: 65 questions of every type, 15 of which do not count, against the clock.

use std::collections::HashMap;

use mondai_e2e::pages::{post, widget};
use mondai_e2e::quiz::Quiz;
use mondai_e2e::stage::Stage;
use mondai_e2e::{Failure, Outcome};
use serde_json::{Value, json};
use thirtyfour::Key;

use crate::solver::{Given, MLA, Solver, by_finger, by_keyboard};

/// How many questions a paper has.
pub const ALL: usize = 65;
/// How many of them count.
const SCORED: usize = 50;

/// Opens the demo's own set.
pub async fn open<'s>(stage: &'s Stage<'_>, attributes: &str) -> Outcome<Quiz<'s>> {
    let attributes = format!("src=/sets/mla-c01.json {attributes}");
    stage
        .show("exam", &post(&widget("quiz", &attributes)))
        .await?;
    let quiz = stage.page.quiz("#quiz");
    quiz.until_screen("start").await?;
    Ok(quiz)
}

/// What a reader did at one question.
struct Done {
    id: String,
    given: Given,
    is_right: bool,
}

/// Two of three are right.
const fn is_right(number: usize) -> bool {
    !number.is_multiple_of(3)
}

/// The whole exam by keyboard alone: every kind of question, flags, the overview, and a result that is what the answers
/// give.
pub async fn by_keyboard_alone(stage: &Stage<'_>) -> Outcome {
    let quiz = open(stage, "form=exam lang=en").await?;
    let facts = quiz.text("facts").await?;
    for words in [
        "65 questions",
        "2 h 10 min",
        "15 of them do not count",
        "Pass mark 720 of 1000",
    ] {
        assert!(facts.contains(words), "{facts}");
    }
    quiz.tab_to("[data-action=start]").await?;
    stage.page.press(Key::Enter).await?;
    let solver = Solver::new(&stage.built(MLA)?)?;
    let mut done: Vec<Done> = Vec::new();
    let mut kinds: Vec<String> = Vec::new();
    for number in 1..=ALL {
        let there = "return one('[data-screen=question]') && one('[part~=progress-bar]')?.value === given[0] && root.activeElement?.matches('[part~=prompt]')";
        quiz.until(
            &format!("the focus is on question {number}"),
            there,
            &[json!(number)],
        )
        .await?;
        let task = solver.find(&quiz).await?;
        let given = if is_right(number) {
            task.right
        } else {
            task.wrong
        };
        if !kinds.contains(&task.kind) {
            stage.page.audit(&format!("exam, {}", task.kind)).await?;
            kinds.push(task.kind);
        }
        by_keyboard(stage, &quiz, &given).await?;
        if number == 7 || number == 20 {
            quiz.press_key_on("[data-action=flag]", Key::Space).await?;
        }
        if number < ALL {
            quiz.press_key_on("[data-action=next]", Key::Enter).await?;
        }
        done.push(Done {
            id: task.id,
            given,
            is_right: is_right(number),
        });
    }
    for kind in ["single", "multiple", "matching", "ordering"] {
        assert!(
            kinds.iter().any(|own| own == kind),
            "{kind} should occur, and {kinds:?} did"
        );
    }
    overview_by_keyboard(stage, &quiz).await?;
    quiz.press_key_on("[data-action=submit]", Key::Enter)
        .await?;
    quiz.until_screen("results").await?;
    let report = report(stage).await?;
    let right = matches_report(&done, &report);
    shows_result(&quiz, &report, right).await?;
    stage.page.audit("results of the whole exam").await?;
    quiz.press_key_on("[data-action=answers]", Key::Enter)
        .await?;
    quiz.until_screen("answers").await?;
    shows_answers(&quiz, &report).await?;
    stage.page.audit("answers of the whole exam").await
}

/// The overview: everything is answered, two are flagged; one of them is looked at again.
async fn overview_by_keyboard(stage: &Stage<'_>, quiz: &Quiz<'_>) -> Outcome {
    quiz.press_key_on("[data-action=finish]", Key::Enter)
        .await?;
    quiz.until_screen("review").await?;
    assert_eq!(quiz.text("summary").await?, "All questions are answered.");
    let states: Vec<String> = quiz
        .read(
            "return all('[part~=palette-item]').map((item) => item.dataset.state)",
            &[],
        )
        .await?;
    assert_eq!(states, vec!["answered"; ALL]);
    stage.page.audit("overview of the whole exam").await?;
    quiz.press_key_on("[data-action=show-flagged]", Key::Space)
        .await?;
    let flagged = "return all('[part~=palette-item]').filter(shown).map((item) => Number(item.dataset.position))";
    quiz.until(
        "only flagged ones are shown",
        "return all('[part~=palette-item]').filter(shown).length === 2",
        &[],
    )
    .await?;
    assert_eq!(quiz.read::<Vec<usize>>(flagged, &[]).await?, [6, 19]);
    quiz.press_key_on("[part~=palette-item][data-position='19']", Key::Enter)
        .await?;
    quiz.until_question(20).await?;
    quiz.press_key_on("[data-action=review]", Key::Enter)
        .await?;
    quiz.until_screen("review").await
}

/// What the page was told at the end, once.
async fn report(stage: &Stage<'_>) -> Outcome<Value> {
    let told = stage.page.record().await?.events;
    let mut finished = told
        .into_iter()
        .filter(|told| told.name == "mondai-finished");
    let report = finished
        .next()
        .ok_or_else(|| Failure(String::from("it was not told")))?;
    assert_eq!(finished.count(), 0, "it is told once");
    Ok(report.detail)
}

/// The report says of each question what the reader did, and adds up to what counts. Gives the number of right ones.
fn matches_report(done: &[Done], report: &Value) -> usize {
    let rows = report["questions"]
        .as_array()
        .map_or(&[][..], Vec::as_slice);
    assert_eq!(rows.len(), ALL, "{report}");
    let mut counted: HashMap<&str, (u64, u64)> = HashMap::new();
    let mut right = 0;
    for (done, row) in done.iter().zip(rows) {
        assert_eq!(row["id"], done.id.as_str());
        let outcome = if done.is_right {
            "correct"
        } else {
            "incorrect"
        };
        assert_eq!(row["outcome"], outcome, "{:?}: {row}", done.given);
        if row["unscored"] == false {
            let domain = counted
                .entry(row["domain"].as_str().unwrap_or_default())
                .or_default();
            domain.0 += u64::from(done.is_right);
            domain.1 += 1;
            right += usize::from(done.is_right);
        }
    }
    let flagged = rows
        .iter()
        .enumerate()
        .filter(|(_, row)| row["flagged"] == true);
    assert_eq!(flagged.map(|(at, _)| at).collect::<Vec<_>>(), [6, 19]);
    for (domain, questions) in [
        ("data", 14),
        ("models", 13),
        ("deployment", 11),
        ("operations", 12),
    ] {
        let counted = counted.get(domain).copied().unwrap_or_default();
        assert_eq!(counted.1, questions, "{domain} of {counted:?}");
        let row = report["domains"]
            .as_array()
            .into_iter()
            .flatten()
            .find(|row| row["id"] == domain);
        let expected = json!({ "id": domain, "correct": counted.0, "questions": questions });
        assert_eq!(row, Some(&expected));
    }
    assert_eq!(report["possible"], SCORED * 1_000);
    assert_eq!(report["points"], right * 1_000);
    assert_eq!(report["scaled"], 100 + 900 * right / SCORED);
    assert_eq!(report["passed"], 100 + 900 * right / SCORED >= 720);
    assert_eq!(report["timed_out"], false);
    right
}

/// The reader is told the same.
async fn shows_result(quiz: &Quiz<'_>, report: &Value, right: usize) -> Outcome {
    let scaled = 100 + 900 * right / SCORED;
    assert_eq!(quiz.text("score").await?, scaled.to_string());
    let verdict = if scaled >= 720 {
        "Passed"
    } else {
        "Not passed"
    };
    assert_eq!(quiz.text("outcome").await?, verdict);
    let facts = quiz.text("facts").await?;
    assert!(facts.contains(&format!("{right} of 50 correct")), "{facts}");
    let rows = report["questions"]
        .as_array()
        .map_or(&[][..], Vec::as_slice);
    let extra = rows
        .iter()
        .filter(|row| row["unscored"] == true && row["outcome"] == "correct");
    let details = quiz.text("details").await?;
    let unscored = format!(
        "15 questions did not count; {} of them are correct.",
        extra.count()
    );
    assert!(details.contains(&unscored), "{details}");
    assert!(details.contains("An estimate"), "{details}");
    let shares = quiz.texts("[part=domains] tbody td:nth-child(2)").await?;
    let expected: Vec<String> = report["domains"]
        .as_array()
        .into_iter()
        .flatten()
        .map(|row| format!("{} / {}", row["correct"], row["questions"]))
        .collect();
    assert_eq!(shares, expected);
    Ok(())
}

/// Every answer, and which did not count.
async fn shows_answers(quiz: &Quiz<'_>, report: &Value) -> Outcome {
    let rows = report["questions"]
        .as_array()
        .map_or(&[][..], Vec::as_slice);
    let outcomes: Vec<&Value> = rows.iter().map(|row| &row["outcome"]).collect();
    let shown = quiz.outcomes().await?;
    assert!(
        shown
            .iter()
            .map(|word| json!(word))
            .eq(outcomes.into_iter().cloned()),
        "{shown:?}"
    );
    let marked: Vec<bool> = quiz
        .read("return all('article').map((article) => 'unscored' in article.dataset && words(article.querySelector('h3')).includes('Did not count'))", &[])
        .await?;
    let expected: Vec<bool> = rows.iter().map(|row| row["unscored"] == true).collect();
    assert_eq!(marked, expected);
    assert_eq!(expected.iter().filter(|own| **own).count(), ALL - SCORED);
    Ok(())
}

/// The whole exam by a finger alone, on a phone: everything that is tapped is large enough.
pub async fn by_taps(stage: &Stage<'_>) -> Outcome {
    let quiz = open(stage, "form=exam lang=en").await?;
    stage.page.browser().make_touchable(true).await?;
    quiz.tap("[data-action=start]").await?;
    let solver = Solver::new(&stage.built(MLA)?)?;
    let mut done = Vec::new();
    for number in 1..=ALL {
        quiz.until_question(number).await?;
        let task = solver.find(&quiz).await?;
        let given = if is_right(number) {
            task.right
        } else {
            task.wrong
        };
        by_finger(stage, &quiz, &given).await?;
        if number == 7 || number == 20 {
            quiz.tap("[data-action=flag]").await?;
        }
        quiz.tap(if number < ALL {
            "[data-action=next]"
        } else {
            "[data-action=finish]"
        })
        .await?;
        done.push(Done {
            id: task.id,
            given,
            is_right: is_right(number),
        });
    }
    quiz.until_screen("review").await?;
    quiz.tap("[part~=palette-item][data-position='6']").await?;
    quiz.until_question(7).await?;
    quiz.tap("[data-action=review]").await?;
    quiz.until_screen("review").await?;
    quiz.tap("[data-action=submit]").await?;
    quiz.until_screen("results").await?;
    let report = report(stage).await?;
    let right = matches_report(&done, &report);
    shows_result(&quiz, &report, right).await?;
    quiz.tap("[data-action=answers]").await?;
    quiz.until_screen("answers").await?;
    shows_answers(&quiz, &report).await?;
    stage.page.browser().make_touchable(false).await
}
