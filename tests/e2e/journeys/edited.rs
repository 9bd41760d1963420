//! The author edits a set after the reader finished: the result, its verdict and its review stay what they were.

use mondai_e2e::Outcome;
use mondai_e2e::quiz::Quiz;
use mondai_e2e::stage::Stage;
use serde_json::{Value, json};

use crate::sets::BASICS;

/// The set with the texts of two choices of its first question swapped, the key moved to the other one, and the last question
/// taken out.
fn edited() -> Outcome<String> {
    let mut set: Value = serde_json::from_str(BASICS)?;
    let choices = &mut set["questions"][0]["choices"];
    let texts = [0, 1].map(|index| choices[index]["text"].clone());
    for (index, text) in texts.into_iter().rev().enumerate() {
        choices[index]["text"] = text;
        choices[index]["correct"] = json!(index == 0);
    }
    if let Some(questions) = set["questions"].as_array_mut() {
        questions.remove(2);
    }
    Ok(set.to_string())
}

/// A finished exam: the first question right, the others not answered.
async fn finished<'s>(stage: &'s Stage<'_>) -> Outcome<Quiz<'s>> {
    let quiz = stage.show_quiz(BASICS, "form=exam").await?;
    quiz.start().await?;
    quiz.choose("split").await?;
    quiz.until_saved().await?;
    quiz.read::<Value>("host.submit()", &[]).await?;
    quiz.until_screen("results").await?;
    assert_eq!(quiz.text("score").await?, "33%");
    let script = "return JSON.parse(host.exportData()).records[Object.keys(JSON.parse(host.exportData()).records)[0]].includes('finished')";
    quiz.until("it is kept", script, &[]).await?;
    Ok(quiz)
}

/// What `attempts()` says of the one result there is.
async fn listed(quiz: &Quiz<'_>) -> Outcome<Value> {
    quiz.read("return host.attempts()[0].report", &[]).await
}

/// Score, verdict, list and review are what they were; that questions changed is said.
pub async fn result_stays(stage: &Stage<'_>) -> Outcome {
    let quiz = finished(stage).await?;
    let told = listed(&quiz).await?;
    assert_eq!(
        (&told["percent"], &told["passed"]),
        (&json!(33), &json!(false))
    );
    stage.put_set("set.json", &edited()?);
    stage.page.reload().await?;
    quiz.until_screen("start").await?;
    let start = quiz.text("quiz").await?;
    assert!(start.contains("Last result: 33%"), "{start}");
    assert_eq!(listed(&quiz).await?, told);
    quiz.act("results").await?;
    quiz.until_screen("results").await?;
    assert_eq!(quiz.text("score").await?, "33%");
    let details = quiz.texts("[part=detail]").await?;
    let said = details
        .iter()
        .any(|line| line.contains("changed or removed since then: 2."));
    assert!(said, "{details:?}");
    stage.page.audit("results, of an edited set").await?;

    quiz.act("answers").await?;
    quiz.until_screen("answers").await?;
    assert_eq!(
        quiz.outcomes().await?,
        ["correct", "unanswered", "unanswered"]
    );
    let claims = "return all('[part=answer]').map((answer) => [!!answer.querySelector('[data-chosen]'), words(answer.querySelector('[part~=changed]'))])";
    let claims: Vec<(bool, String)> = quiz.read(claims, &[]).await?;
    let has_none = claims.iter().all(|(is_claimed, _)| !is_claimed);
    assert!(has_none, "nothing is said to be chosen: {claims:?}");
    let said: Vec<&str> = claims
        .iter()
        .map(|(_, said)| said.get(..25).unwrap_or(""))
        .collect();
    assert_eq!(
        said,
        ["This question was changed", "", "This question was removed"]
    );
    stage.page.audit("the review of an edited set").await?;
    stage.page.photograph("edited-review").await
}

/// Turns what is stored into what an earlier version wrote: without what a result is retold from.
const AGE: &str = "
const [key, text] = Object.entries(localStorage).find(([key]) => key.startsWith('mondai:1:basics:attempt:'));
const record = JSON.parse(text);
for (const name of ['origin', 'after', 'result', 'checksum']) delete record[name];
for (const answer of record.answers) delete answer.print;
const body = JSON.stringify(record).slice(0, -1);
let sum = 0xcbf29ce484222325n;
for (const byte of new TextEncoder().encode(body)) sum = BigInt.asUintN(64, (sum ^ BigInt(byte)) * 0x100000001b3n);
localStorage.setItem(key, `${body},\"checksum\":\"${sum.toString(16).padStart(16, '0')}\"}`);
return new Promise((done) => { indexedDB.deleteDatabase('mondai:1').onsuccess = () => done(true); })";

/// A result that an earlier version stored is read as ever; and what the screen says of it, the list says too.
pub async fn result_of_an_earlier_version(stage: &Stage<'_>) -> Outcome {
    let quiz = finished(stage).await?;
    let told = listed(&quiz).await?;
    let address: String = stage.page.read("return location.href", Vec::new()).await?;
    let elsewhere = format!("{}/test/post.css", stage.site.origin());
    stage.page.go(&elsewhere).await?;
    stage.page.run(AGE, Vec::new()).await?;
    stage.page.go(&address).await?;
    quiz.until_screen("start").await?;
    assert_eq!(listed(&quiz).await?, told);
    quiz.act("results").await?;
    quiz.until_screen("results").await?;
    assert_eq!(quiz.text("score").await?, "33%");
    quiz.act("answers").await?;
    quiz.until_screen("answers").await?;
    assert!(quiz.shows("[data-choice=split][data-chosen]").await?);

    // A choice that was given is gone: the screen and the list agree.
    let mut fewer: Value = serde_json::from_str(BASICS)?;
    fewer["questions"][0]["choices"] = json!([
        { "id": "loud", "text": "Louder" },
        { "id": "store", "text": "It stores it", "correct": true },
    ]);
    stage.put_set("set.json", &fewer.to_string());
    stage.page.reload().await?;
    quiz.until_screen("start").await?;
    quiz.act("results").await?;
    quiz.until_screen("results").await?;
    assert_eq!(quiz.text("score").await?, "0%");
    quiz.act("answers").await?;
    quiz.until_screen("answers").await?;
    let list = listed(&quiz).await?;
    assert_eq!(list["percent"], json!(0));
    assert_eq!(
        list["questions"][0]["outcome"],
        json!(quiz.outcomes().await?[0])
    );
    Ok(())
}
