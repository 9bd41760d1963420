//! What the browser keeps: a running sitting, results, and nothing of anybody else's.

use std::time::Instant;

use mondai_e2e::Outcome;
use mondai_e2e::stage::Stage;
use serde_json::{Value, json};

use crate::sets::BASICS;

/// How many keys of ours there are.
pub const OURS: &str =
    "return Object.keys(localStorage).filter((key) => /^mondai:1:[^:]+:/.test(key)).length";

/// A reload in the middle of an exam: the same question, the same answers, the right time.
pub async fn reloaded_in_an_exam(stage: &Stage<'_>) -> Outcome {
    let quiz = stage.show_quiz(BASICS, "form=exam").await?;
    quiz.start().await?;
    quiz.choose("loud").await?;
    quiz.act("flag").await?;
    quiz.act("next").await?;
    quiz.until_question(2).await?;
    quiz.choose("red").await?;
    quiz.choose("grey").await?;
    let (before, since) = (quiz.clock().await?, Instant::now());

    stage.page.reload().await?;
    quiz.until_question(2).await?;
    let (after, took) = (quiz.clock().await?, since.elapsed().as_secs());
    assert_eq!(quiz.state().await?, "running");
    assert_eq!(quiz.chosen().await?, ["red", "grey"]);
    assert!(
        after.abs_diff(before - took) <= 2,
        "{took} s went by, and the clock went from {before} to {after}"
    );
    quiz.act("previous").await?;
    quiz.until_question(1).await?;
    assert_eq!(quiz.chosen().await?, ["loud"]);
    let flagged: String = quiz
        .read(
            "return one('[data-action=flag]').getAttribute('aria-pressed')",
            &[],
        )
        .await?;
    assert_eq!(flagged, "true");
    Ok(())
}

/// A reload in practice: what was marked stays marked; after the end, the last result is offered.
pub async fn reloaded_in_practice(stage: &Stage<'_>) -> Outcome {
    let quiz = stage.show_quiz(BASICS, "form=practice").await?;
    quiz.start().await?;
    assert_eq!(quiz.answer(&["split"]).await?, "correct");
    stage.page.reload().await?;
    quiz.until_question(1).await?;
    let is_marked = "return all('[part~=feedback][data-outcome=correct]').some(shown)";
    quiz.until("it is still marked", is_marked, &[]).await?;
    assert!(
        !quiz.shows("input").await?,
        "a marked answer cannot be changed"
    );
    quiz.act("next").await?;
    quiz.until_question(2).await?;
    quiz.act("review").await?;
    quiz.until_screen("review").await?;
    quiz.act("submit").await?;
    quiz.until_screen("results").await?;

    stage.page.reload().await?;
    quiz.until_screen("start").await?;
    assert!(
        quiz.text("quiz").await?.contains("Last result: 33%"),
        "{}",
        quiz.text("quiz").await?
    );
    stage.page.audit("start, with a last result").await?;
    quiz.act("results").await?;
    quiz.until_screen("results").await?;
    assert_eq!(quiz.text("score").await?, "33%");
    quiz.act("retry-missed").await?;
    quiz.until_screen("question").await?;
    quiz.until_says("prompt", "Which are primary colours of light?")
        .await
}

/// Our own keys begin as promised, and give no answer away. Keys of other sets stay as they are; those of anybody else are
/// compared after every journey.
pub async fn own_keys_only(stage: &Stage<'_>) -> Outcome {
    let quiz = stage.show_quiz(BASICS, "form=practice").await?;
    let other = "mondai:1:basics2:attempt:x";
    let put = "localStorage.setItem(arguments[0], 'of another set')";
    stage.page.run(put, vec![json!(other)]).await?;
    quiz.start().await?;
    quiz.choose("loud").await?;
    let kept = || async {
        let own = "return Object.fromEntries(Object.entries(localStorage).filter(([key]) => /^mondai:1:[^:]+:/.test(key)))";
        let all: serde_json::Map<String, Value> = stage.page.read(own, Vec::new()).await?;
        Ok::<_, mondai_e2e::Failure>(all)
    };
    quiz.until_saved().await?;
    let mut running = kept().await?;
    assert_eq!(running.remove(other), Some(json!("of another set")));
    let own: Vec<&String> = running.keys().collect();
    assert_eq!(own.len(), 1, "one sitting, one key: {own:?}");
    assert!(own[0].starts_with("mondai:1:basics:attempt:"), "{own:?}");
    let record = &running[own[0]];
    assert!(
        !record.as_str().unwrap_or("").contains("split"),
        "the record knows the key: {record}"
    );

    assert_eq!(quiz.answer(&[]).await?, "incorrect");
    quiz.act("next").await?;
    quiz.until_question(2).await?;
    quiz.read::<Value>("host.reset()", &[]).await?;
    quiz.until_screen("start").await?;
    // Until the journal has noted it, a mark says that it was given up.
    let is_gone = "
        const own = Object.keys(localStorage).filter((key) => /^mondai:1:[^:]+:/.test(key));
        if (own.some((key) => key.includes(':attempt:') && key !== given[0])) throw new Error(own.join(' '));
        return own.length === 1 && localStorage.getItem(given[0]) === 'of another set'";
    quiz.until(
        "what was given up is gone, all else is as it was",
        is_gone,
        &[json!(other)],
    )
    .await
}

/// `storage=none` keeps nothing.
pub async fn nothing_when_asked(stage: &Stage<'_>) -> Outcome {
    let quiz = stage
        .show_quiz(BASICS, "form=practice storage=none")
        .await?;
    quiz.start().await?;
    assert_eq!(quiz.answer(&["split"]).await?, "correct");
    assert!(
        !quiz.shows("[part~=notice]").await?,
        "what the author wants needs no apology"
    );
    assert_eq!(stage.page.read::<usize>(OURS, Vec::new()).await?, 0);
    stage.page.reload().await?;
    quiz.until_screen("start").await
}

/// A damaged record is set aside, not dropped; the reader begins anew.
pub async fn damaged_is_set_aside(stage: &Stage<'_>) -> Outcome {
    let quiz = stage.show_quiz(BASICS, "form=practice").await?;
    quiz.start().await?;
    quiz.choose("loud").await?;
    quiz.until_saved().await?;
    let damage = "
        const key = Object.keys(localStorage).find((key) => key.startsWith('mondai:1:basics:attempt:'));
        const text = localStorage.getItem(key).slice(0, -20);
        localStorage.setItem(key, text);
        return text";
    let damaged: String = stage.page.read(damage, Vec::new()).await?;
    stage.page.reload().await?;
    // The journal has a sound copy.
    quiz.until_question(1).await?;
    assert_eq!(quiz.chosen().await?, ["loud"]);
    let kept: Vec<String> = stage
        .page
        .read(
            "return Object.entries(localStorage).filter(([key]) => key.includes(':unreadable:')).map(([, text]) => text)",
            Vec::new(),
        )
        .await?;
    assert_eq!(kept, std::slice::from_ref(&damaged));
    // Without one the reader begins anew, and is told.
    forget_all(stage).await?;
    // Not while the page that is about to go reads what is stored: then it would be the one that tells.
    quiz.until("it is ready", "return host.ready.then(() => true)", &[])
        .await?;
    let put = "localStorage.setItem('mondai:1:basics:attempt:a', arguments[0])";
    stage.page.run(put, vec![json!(damaged)]).await?;
    stage.page.reload().await?;
    quiz.until_screen("start").await?;
    quiz.until(
        "it says that something was set aside",
        "return words(one('[part~=notice]')).includes('set aside')",
        &[],
    )
    .await?;
    stage.page.audit("start, with a result set aside").await?;
    quiz.start().await
}

/// What another browser is like: nothing of ours is there. From a page without a quiz, since one that runs is stored as its
/// page goes; then back.
pub async fn forget_all(stage: &Stage<'_>) -> Outcome {
    let back: String = stage.page.read("return location.href", Vec::new()).await?;
    let elsewhere = format!("{}/test/post.css", stage.site.origin());
    stage.page.go(&elsewhere).await?;
    let forget = "
        for (const key of Object.keys(localStorage)) if (key.startsWith('mondai:1:basics:')) localStorage.removeItem(key);
        return new Promise((done) => {
            const request = indexedDB.deleteDatabase('mondai:1');
            request.onsuccess = request.onerror = () => done(true);
        })";
    stage.page.run(forget, Vec::new()).await?;
    stage.page.go(&back).await
}

/// A script of the author's: lists attempts, takes a copy, puts it back in another browser.
pub async fn exported_and_imported(stage: &Stage<'_>) -> Outcome {
    let quiz = stage.show_quiz(BASICS, "form=exam").await?;
    quiz.start().await?;
    quiz.choose("split").await?;
    let running: Value = quiz.read("return host.attempts()", &[]).await?;
    assert_eq!(running.as_array().map(Vec::len), Some(1), "{running}");
    assert_eq!(running[0]["answered"], 1, "{running}");
    assert_eq!(
        running[0]["report"],
        Value::Null,
        "nobody may know yet: {running}"
    );
    quiz.read::<Value>("host.submit()", &[]).await?;
    quiz.until_screen("results").await?;
    let finished: Value = quiz.read("return host.attempts()", &[]).await?;
    assert_eq!(finished[0]["report"]["percent"], 33, "{finished}");
    let export: String = quiz.read("return host.exportData()", &[]).await?;
    let parsed: Value = serde_json::from_str(&export)?;
    assert_eq!(parsed["set"], "basics", "{parsed}");

    forget_all(stage).await?;
    quiz.until_screen("start").await?;
    stage.page.until_told("mondai-ready", 1).await?;
    assert_eq!(
        quiz.read::<Value>("return host.attempts()", &[]).await?,
        json!([])
    );
    let summary: Value = quiz
        .read("return host.importData(given[0])", &[json!(export)])
        .await?;
    assert_eq!(summary, json!({ "imported": 1, "kept": 0, "refused": 0 }));
    assert_eq!(
        quiz.read::<Value>("return host.attempts()", &[]).await?,
        finished
    );
    let again: Value = quiz
        .read("return host.importData(given[0])", &[json!(export)])
        .await?;
    assert_eq!(
        again,
        json!({ "imported": 0, "kept": 1, "refused": 0 }),
        "a second import changes nothing"
    );
    for (text, said) in [
        ("no JSON", "no export of Mondai"),
        (r#"{"mondai":1,"set":"other","records":{}}"#, "`other`"),
    ] {
        let refusal: String =
            quiz.read("try { host.importData(given[0]); return '' } catch (error) { return error.message }", &[json!(text)]).await?;
        assert!(refusal.contains(said), "{text} is refused with {refusal:?}");
    }
    stage.page.reload().await?;
    quiz.until_screen("start").await?;
    assert!(
        quiz.text("quiz").await?.contains("Last result: 33%"),
        "what was imported counts"
    );
    Ok(())
}
