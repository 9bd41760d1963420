//! Two pages, one sitting: one writes it, the other shows it; and whatever happens in both, there is one result.

use std::time::Duration;

use mondai_e2e::pages::{post_in, widget};
use mondai_e2e::quiz::Quiz;
use mondai_e2e::stage::Stage;
use mondai_e2e::{Failure, Outcome};
use serde_json::{Value, json};
use thirtyfour::WindowHandle;

use crate::sets::BASICS;

/// Tells the server of every end, also from a page that is about to go.
pub const TELLER: &str =
    "addEventListener('mondai-finished', () => fetch('/test/told', { keepalive: true }))";
/// What is stored of the newest attempt.
pub const NEWEST: &str = "
const records = Object.entries(JSON.parse(host.exportData()).records).filter(([key]) => key.includes(':attempt:')).map(([, text]) => JSON.parse(text));
return records.sort((one, other) => other.started - one.started)[0]";

/// How often something is done: often in the long version.
fn times(short: usize, long: usize) -> usize {
    let is_long = std::env::var_os("MONDAI_SOAK").is_some();
    if is_long { long } else { short }
}

/// Two windows on the same page; the first is the one that is used.
struct Pair<'s> {
    stage: &'s Stage<'s>,
    windows: [WindowHandle; 2],
    address: String,
}

impl<'s> Pair<'s> {
    async fn open(stage: &'s Stage<'_>, attributes: &str) -> Outcome<Pair<'s>> {
        Pair::open_at(stage, &stage.site.origin(), attributes).await
    }

    /// Where browsers have no locks.
    async fn open_insecure(stage: &'s Stage<'_>, attributes: &str) -> Outcome<Pair<'s>> {
        let pair = Pair::open_at(stage, &stage.site.insecure_origin(), attributes).await?;
        let has_locks: bool = stage
            .page
            .read("return isSecureContext || 'locks' in navigator", Vec::new())
            .await?;
        assert!(!has_locks, "the page must be served insecurely");
        Ok(pair)
    }

    async fn open_at(stage: &'s Stage<'_>, origin: &str, attributes: &str) -> Outcome<Pair<'s>> {
        stage.site.put("/test/told", "text/plain", "");
        stage.site.put("/test/teller.js", "text/javascript", TELLER);
        stage.put_set("set.json", BASICS);
        let quiz = widget("quiz", &format!("src=set.json {attributes}"));
        let head = "<script src=/test/teller.js></script>";
        let path = "/test/quiz.html";
        let mime = "text/html; charset=utf-8";
        stage.site.put(path, mime, post_in("en", head, &quiz));
        let address = format!("{origin}{path}");
        stage.page.go(&address).await?;
        let driver = stage.page.browser().driver();
        let first = driver.window().await?;
        let second = driver.new_tab().await?;
        Ok(Pair {
            stage,
            windows: [first, second],
            address,
        })
    }

    /// Goes to a window.
    async fn turn(&self, index: usize) -> Outcome<Quiz<'_>> {
        let driver = self.stage.page.browser().driver();
        driver.switch_to_window(self.windows[index].clone()).await?;
        Ok(self.stage.page.quiz("#quiz"))
    }

    /// Opens the page in the second window.
    async fn open_second(&self) -> Outcome<Quiz<'_>> {
        let quiz = self.turn(1).await?;
        let driver = self.stage.page.browser().driver();
        driver.goto(&self.address).await?;
        Ok(quiz)
    }

    /// Closes the second window.
    async fn close(self) -> Outcome {
        self.turn(1).await?;
        let driver = self.stage.page.browser().driver();
        driver.close_window().await?;
        driver.switch_to_window(self.windows[0].clone()).await?;
        Ok(())
    }
}

/// Waits until the sitting goes on here.
async fn until_here(quiz: &Quiz<'_>) -> Outcome {
    let script = "return host.state === 'running' && !one('[data-screen] [inert]') && !one('[part~=elsewhere]')";
    quiz.until("the sitting goes on here", script, &[]).await
}

/// Brings the sitting here, whether a click is needed for it or not.
async fn take_over(quiz: &Quiz<'_>) -> Outcome {
    let script = "one('[data-action=take-over]')?.click(); return host.state === 'running' && !one('[data-screen] [inert]') && !one('[part~=elsewhere]')";
    quiz.until("the sitting is taken over", script, &[]).await
}

/// The second page shows the sitting as it is stored, and takes it over at the reader's wish; the first one then shows it.
pub async fn continued_in_another(stage: &Stage<'_>) -> Outcome {
    continued(stage, Pair::open(stage, "form=exam").await?).await
}

/// The same where pages have to agree without locks.
pub async fn continued_without_locks(stage: &Stage<'_>) -> Outcome {
    continued(stage, Pair::open_insecure(stage, "form=exam").await?).await
}

async fn continued(stage: &Stage<'_>, pair: Pair<'_>) -> Outcome {
    let first = pair.turn(0).await?;
    first.start().await?;
    first.choose("loud").await?;

    let second = pair.open_second().await?;
    second
        .until(
            "it says where it goes on",
            "return one('[part~=elsewhere] [data-action=take-over]')",
            &[],
        )
        .await?;
    second
        .until(
            "it shows what is stored",
            "return one('input:checked')?.value === 'loud'",
            &[],
        )
        .await?;
    stage.page.audit("a sitting that goes on elsewhere").await?;
    stage.page.photograph("elsewhere").await?;
    assert!(
        second
            .read::<bool>("return !!one('[inert] input')", &[])
            .await?,
        "it cannot be changed here"
    );
    second.act("take-over").await?;
    until_here(&second).await?;
    second.choose("split").await?;

    let first = pair.turn(0).await?;
    first
        .until(
            "the first page shows it",
            "return one('[part~=elsewhere]') && one('input:checked')?.value === 'split'",
            &[],
        )
        .await?;
    // With the second page gone, there is nobody else.
    pair.close().await?;
    take_over(&first_of(stage)).await?;
    let first = first_of(stage);
    assert_eq!(first.chosen().await?, ["split"]);
    first.choose("loud").await?;
    let record: Value = first.read(NEWEST, &[]).await?;
    assert_eq!(record["answers"][0]["r"], json!(["loud"]), "{record}");
    Ok(())
}

fn first_of<'s>(stage: &'s Stage<'_>) -> Quiz<'s> {
    stage.page.quiz("#quiz")
}

/// Edits in turns in two pages: none is lost, and every one is a later revision.
pub async fn edited_in_turns(stage: &Stage<'_>) -> Outcome {
    edited(Pair::open(stage, "form=exam").await?, times(10, 500)).await
}

/// The same where pages have to agree without locks.
pub async fn edited_without_locks(stage: &Stage<'_>) -> Outcome {
    let pair = Pair::open_insecure(stage, "form=exam").await?;
    edited(pair, times(6, 100)).await
}

async fn edited(pair: Pair<'_>, edits: usize) -> Outcome {
    pair.turn(0).await?.start().await?;
    let second = pair.open_second().await?;
    second
        .until("it is there", "return one('[part~=prompt]')", &[])
        .await?;
    let mut revision = 0;
    for number in 0..edits {
        let quiz = pair.turn(number % 2).await?;
        take_over(&quiz).await?;
        let before: Value = quiz.read(NEWEST, &[]).await?;
        let expected = if number % 2 == 1 { "split" } else { "loud" };
        if number > 0 {
            let other = if number % 2 == 1 { "loud" } else { "split" };
            assert_eq!(
                before["answers"][0]["r"],
                json!([other]),
                "edit {number}: {before}"
            );
        }
        quiz.choose(expected).await?;
        let after: Value = quiz.read(NEWEST, &[]).await?;
        assert_eq!(after["answers"][0]["r"], json!([expected]), "edit {number}");
        let now = after["revision"].as_u64().unwrap_or(0);
        assert!(now > revision, "edit {number}: {revision}, then {now}");
        revision = now;
    }
    pair.close().await
}

/// Handing in, the deadline, reloads and a second page race: each attempt has one result, told once.
pub async fn one_result(stage: &Stage<'_>) -> Outcome {
    let pair = Pair::open(stage, "form=exam time-limit=2s").await?;
    pair.turn(0).await?.until_screen("start").await?;
    pair.open_second().await?.until_screen("start").await?;
    let mut chance = 7_u64;
    let mut below = |bound: u64| {
        // A linear congruential generator, so that a run can be repeated.
        chance = chance
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (chance >> 33) % bound
    };
    for number in 1..=times(6, 200) {
        let starter = usize::from(below(2) == 1);
        let quiz = pair.turn(starter).await?;
        // `reset` ends nothing that is finished; what runs elsewhere is over before the next begins.
        let start = "host.reset(); host.start(); return host.state === 'running'";
        quiz.until("it runs", start, &[]).await?;
        for _ in 0..=below(3) {
            let quiz = pair.turn(usize::from(below(2) == 1)).await?;
            match below(4) {
                0 => quiz.read::<Value>("host.submit()", &[]).await.map(drop)?,
                1 => stage.page.browser().driver().refresh().await?,
                2 => quiz
                    .read::<Value>("one('[data-action=take-over]')?.click()", &[])
                    .await
                    .map(drop)?,
                _ => {
                    // What happens, happens at another moment of the two seconds.
                    let pause = format!(
                        "return new Promise((done) => setTimeout(done, {}))",
                        below(1_500)
                    );
                    stage.page.run(&pause, Vec::new()).await?;
                }
            }
        }
        // A page ends a sitting when it is seen.
        for window in [0, 1] {
            let quiz = pair.turn(window).await?;
            let ended = "return host.state !== 'running' && host.state !== 'loading' || !!one('[part~=elsewhere]')";
            quiz.until("what runs here has ended", ended, &[]).await?;
        }
        for window in [0, 1] {
            let quiz = pair.turn(window).await?;
            let over = "
                const records = Object.entries(JSON.parse(host.exportData()).records).filter(([key]) => key.includes(':attempt:')).map(([, text]) => JSON.parse(text));
                return records.length === given[0] && records.every((record) => record.finished) && host.state !== 'running'";
            let over = format!("try {{ {over} }} catch {{ return false }}");
            let what = format!("attempt {number} is over");
            if let Err(error) = quiz.until(&what, &over, &[json!(number)]).await {
                let kept: Value = quiz
                    .read("return [host.state, host.exportData()]", &[])
                    .await?;
                return Err(Failure(format!("window {window}: {error}: {kept}")));
            }
        }
        let deadline = std::time::Instant::now() + Duration::from_secs(10);
        while stage.site.requests("/test/told") < number && std::time::Instant::now() < deadline {
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        assert_eq!(
            stage.site.requests("/test/told"),
            number,
            "one end an attempt is told"
        );
    }
    pair.close().await
}

/// The page that has the sitting is frozen and does not answer: another one takes it all the same, to its end. The first one
/// wakes up after the deadline, and neither ends it again nor puts its own answers over the others.
pub async fn taken_from_a_frozen_page(stage: &Stage<'_>) -> Outcome {
    let pair = Pair::open(stage, "form=exam time-limit=20s").await?;
    let first = pair.turn(0).await?;
    first.start().await?;
    first.choose("loud").await?;
    first.until_saved().await?;
    stage.page.browser().freeze(true).await?;

    let second = pair.open_second().await?;
    second
        .until(
            "it can be taken",
            "return one('[part~=elsewhere] [data-action=take-over]')",
            &[],
        )
        .await?;
    second.act("take-over").await?;
    until_here(&second).await?;
    second.choose("split").await?;
    second.until_screen("results").await?;
    assert_eq!(second.text("score").await?, "33%");

    let first = pair.turn(0).await?;
    stage.page.browser().freeze(false).await?;
    first.until_screen("results").await?;
    first
        .until(
            "it shows what was answered in the other page",
            "return words(one('[part~=score]')) === '33%'",
            &[],
        )
        .await?;
    let record: Value = first.read(NEWEST, &[]).await?;
    assert_eq!(record["answers"][0]["r"], json!(["split"]), "{record}");
    assert_eq!(record["finished"], record["deadline"], "{record}");
    // What the first page tells comes before what it asks for next.
    first
        .read::<Value>("return fetch('/test/told?end').then(() => true)", &[])
        .await?;
    let told = stage.site.queries("/test/told");
    assert_eq!(told, ["", "end"], "one end is told");
    pair.close().await
}

/// Time is up while nobody sees the page: right as soon as it is seen, finished at the deadline.
pub async fn time_up_out_of_sight(stage: &Stage<'_>) -> Outcome {
    let pair = Pair::open(stage, "form=exam time-limit=6s").await?;
    let quiz = pair.turn(0).await?;
    quiz.start().await?;
    quiz.choose("split").await?;
    let watch = "
        const section = one('[data-screen]');
        document.addEventListener('visibilitychange', () => {
            if (document.visibilityState === 'hidden') { window.wasHidden = true; return; }
            const seen = performance.now();
            const note = () => { if (section.dataset.screen === 'results') window.tookUntilResult ??= performance.now() - seen; };
            new MutationObserver(note).observe(section, { attributes: true });
            note();
        })";
    quiz.read::<Value>(watch, &[]).await?;
    pair.turn(1).await?;
    let began = "window.began ??= Date.now(); return Date.now() - window.began > 6500";
    stage
        .page
        .until("the time is up", began, Vec::new())
        .await?;
    let quiz = pair.turn(0).await?;
    quiz.until_screen("results").await?;
    let record: Value = quiz.read(NEWEST, &[]).await?;
    assert_eq!(
        record["finished"], record["deadline"],
        "at the deadline: {record}"
    );
    assert_eq!(record["answers"][0]["r"], json!(["split"]));
    let was_hidden: bool = stage
        .page
        .read("return !!window.wasHidden", Vec::new())
        .await?;
    assert!(was_hidden, "the second window must hide the first");
    let took: f64 = stage
        .page
        .read("return window.tookUntilResult", Vec::new())
        .await?;
    assert!(took <= 250.0, "right after {took} ms");
    pair.close().await
}
