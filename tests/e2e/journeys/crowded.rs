//! A browser with a lot in it, and files with more in them than an export has: counted, not timed.

use mondai_e2e::Outcome;
use mondai_e2e::pages::{post_in, widget};
use mondai_e2e::quiz::Quiz;
use mondai_e2e::stage::Stage;
use serde_json::{Value, json};

use crate::keeping::OURS;
use crate::own_data::import;
use crate::sets::BASICS;

/// Puts 40,000 keys of somebody else's there, and counts what is asked of localStorage from then on.
const CROWD: &str = "
if (localStorage.getItem('theirs 0') === null) for (let number = 0; number < 40000; number += 1) localStorage.setItem(`theirs ${number}`, '1');
window.asked = 0;
for (const name of ['key', 'getItem', 'setItem', 'removeItem']) {
    const own = Storage.prototype[name];
    Storage.prototype[name] = function (...given) { window.asked += 1; return own.apply(this, given); };
}";

/// A site that keeps 40,000 keys of its own: none of them is asked for, and all of them stay.
pub async fn among_others(stage: &Stage<'_>) -> Outcome {
    stage.put_set("set.json", BASICS);
    let quiz = widget("quiz", "src=set.json form=practice loading=eager");
    let mime = "text/javascript; charset=utf-8";
    stage.site.put("/test/crowd.js", mime, CROWD.to_owned());
    let script = r#"<script src="/test/crowd.js"></script>"#;
    stage.show("crowded", &post_in("en", script, &quiz)).await?;
    let quiz = stage.page.quiz("#quiz");
    let few = async |when: &str| {
        let asked: usize = stage.page.read("return window.asked", Vec::new()).await?;
        assert!(asked < 200, "{when}: localStorage was asked {asked} times");
        Ok::<_, mondai_e2e::Failure>(())
    };
    quiz.start().await?;
    assert_eq!(quiz.answer(&["split"]).await?, "correct");
    quiz.until_saved().await?;
    few("after an answer").await?;
    stage.page.reload().await?;
    quiz.until("it goes on", "return one('[part~=feedback]')", &[])
        .await?;
    few("after a reload").await?;
    quiz.read::<Value>("host.submit()", &[]).await?;
    quiz.until_screen("results").await?;
    few("at the end").await?;
    let theirs =
        "return Object.keys(localStorage).filter((key) => key.startsWith('theirs ')).length";
    let left: usize = stage.page.read(theirs, Vec::new()).await?;
    assert_eq!(left, 40_000);
    Ok(())
}

/// What an import of a kind says: of the method, or the message of its error.
const IMPORT: &str = r#"
const many = (member) => Array.from({ length: 60000 }, (_, number) => member(number)).join();
const records = {
    'of 10 MiB': () => `"mondai:1:basics:unreadable:x":"${'x'.repeat(10 << 20)}"`,
    'of 60,000 records that cannot be read': () => many((number) => `"mondai:1:basics:unreadable:x${number}":"?"`),
    'of one key 60,000 times': () => many((number) => `"mondai:1:basics:unreadable:x":"${number}"`),
}[given[0]]();
try { return host.importData(`{"mondai":1,"set":"basics","records":{${records}}}`) } catch (error) { return error.message }"#;

/// Imports that are larger than an export can be, or have more records, are refused in words, and nothing of them is stored.
pub async fn imports_too_large(stage: &Stage<'_>) -> Outcome {
    let quiz = stage.show_quiz(BASICS, "form=exam lang=en").await?;
    quiz.start().await?;
    quiz.read::<Value>("host.submit()", &[]).await?;
    quiz.until_screen("results").await?;
    for what in [
        "of 10 MiB",
        "of 60,000 records that cannot be read",
        "of one key 60,000 times",
    ] {
        let said: Value = quiz.read(IMPORT, &[json!(what)]).await?;
        let is_refused = said
            .as_str()
            .is_some_and(|said| said.contains("larger than"));
        assert!(is_refused, "{what}: {said}");
        assert_eq!(
            stage.page.read::<usize>(OURS, Vec::new()).await?,
            1,
            "{what}"
        );
    }
    quiz.act("history").await?;
    quiz.until_screen("history").await?;
    let said = "larger than an export";
    // Past what is read at all, and past what is taken.
    for length in [25 << 20, 9 << 20] {
        import(&quiz, &"x".repeat(length), said).await?;
        import(&quiz, "{}", "no export").await?;
    }
    import(&quiz, &many(2_001), said).await?;
    assert_eq!(stage.page.read::<usize>(OURS, Vec::new()).await?, 1);
    import(&quiz, &many(3), "Brought in: 3.").await
}

/// An export of so many records that cannot be read, of a thousand characters each.
fn many(count: usize) -> String {
    let text = "x".repeat(1_000);
    let records = (0..count).map(|number| {
        let key = format!("mondai:1:basics:unreadable:x{number}");
        (key, json!(text))
    });
    let records: serde_json::Map<String, Value> = records.collect();
    json!({ "mondai": 1, "set": "basics", "records": records }).to_string()
}

/// Fills localStorage but for a million characters or so.
const FILL: &str = "
let text = 'x'.repeat(1 << 20);
localStorage.setItem('room', text);
for (let number = 0; text.length > 0; ) {
    try { localStorage.setItem(`filler${number}`, text); number += 1; } catch { text = text.slice(0, text.length >> 1); }
}
localStorage.removeItem('room');";

/// An import that has no room takes what there is but for what the page needs, and says so.
pub async fn imports_without_room(stage: &Stage<'_>) -> Outcome {
    let quiz = stage.show_quiz(BASICS, "form=exam lang=en").await?;
    quiz.start().await?;
    quiz.read::<Value>("host.submit()", &[]).await?;
    quiz.until_screen("results").await?;
    quiz.act("history").await?;
    quiz.until_screen("history").await?;
    stage.page.run(FILL, Vec::new()).await?;
    import(&quiz, &many(2_000), "no room for all of the file").await?;
    let some = kept_aside(&quiz).await?;
    assert!((100..2_000).contains(&some), "{some} were brought in");
    stage.page.audit("an import without room").await?;
    let free = "
        const key = 'is there room';
        try { localStorage.setItem(key, 'x'.repeat(250 << 10)); return true } catch { return false } finally { localStorage.removeItem(key) }";
    assert!(
        stage.page.read::<bool>(free, Vec::new()).await?,
        "the page has room"
    );
    // With less than that from the beginning, nothing comes in.
    stage
        .page
        .run(
            "localStorage.setItem('taken', 'x'.repeat(100 << 10))",
            Vec::new(),
        )
        .await?;
    let again: Value = quiz
        .read("return host.importData(given[0])", &[json!(many(2_000))])
        .await?;
    let expected = json!({ "imported": 0, "kept": some, "refused": 2_000 - some });
    assert_eq!(again, expected);
    let reserve =
        "return Object.keys(localStorage).filter((key) => key.endsWith(':reserve')).length";
    assert_eq!(stage.page.read::<usize>(reserve, Vec::new()).await?, 0);
    Ok(())
}

async fn kept_aside(quiz: &Quiz<'_>) -> Outcome<usize> {
    let count = "return Object.keys(localStorage).filter((key) => key.startsWith('mondai:1:basics:unreadable:')).length";
    quiz.read(count, &[]).await
}
