//! Files that do not come, or come wrong: the question set, the Wasm, the scripts, a chunk. And a browser that stores
//! nothing.

use mondai_e2e::Outcome;
use mondai_e2e::engine::Engine;
use mondai_e2e::pages::{post, post_in, widget};
use mondai_e2e::record::Kind;
use mondai_e2e::site::{Fault, POLICY};
use mondai_e2e::stage::Stage;
use serde_json::Value;

use crate::secrecy::SQUARE;
use crate::sets::{BASICS, RICH};

/// Waits for the error, and holds it against what must be true of every one.
pub async fn told(stage: &Stage<'_>, what: &str, code: &str) -> Outcome {
    let quiz = stage.page.quiz("#quiz");
    stage.page.until_told("mondai-error", 1).await?;
    quiz.until(what, "return shown(one('[part~=error]'))", &[])
        .await?;
    let said = quiz.text("error").await?;
    let expected = match code {
        "not-json" => "There is a mistake in its question set",
        "other-release" => "site was updated",
        "not-found" | "http-error" | "html-instead-of-json" => "not where they should be",
        "webassembly-blocked" => "does not let the quiz run",
        "browser-not-supported" => "This browser cannot show the quiz",
        _ => "Check your connection",
    };
    assert!(said.contains(expected), "{what}: readers are told {said:?}");
    assert!(quiz.shows_fallback().await?, "{what}: the fallback stays");
    assert_eq!(quiz.state().await?, "error", "{what}");
    let record = stage.page.record().await?;
    let detail = record
        .events
        .last()
        .map(|told| told.detail.clone())
        .unwrap_or_default();
    assert_eq!(detail["code"], code, "{what}: {detail}");
    assert!(detail["problems"].is_array(), "{what}: {detail}");
    let rejection: String = quiz
        .read(
            "return host.ready.then(() => '', (error) => error.message)",
            &[],
        )
        .await?;
    assert!(!rejection.is_empty(), "{what}: `ready` is refused");
    stage.page.audit(what).await
}

/// The question set does not come, or is a web page.
pub async fn no_question_set(stage: &Stage<'_>) -> Outcome {
    // WebKitGTK takes a connection that ends early for the end of the file, so the widget gets half a file.
    let cut_off = if stage.page.browser().engine() == Engine::Webkit {
        "not-json"
    } else {
        "not-reached"
    };
    for (what, fault, code) in [
        ("404", Fault::Status(404), "not-found"),
        ("500", Fault::Status(500), "http-error"),
        ("the server hangs up", Fault::Closed, "not-reached"),
        (
            "the connection ends in the middle",
            Fault::Cut(100),
            cut_off,
        ),
    ] {
        stage.site.fault("/test/set.json", fault);
        stage.show_quiz(BASICS, "").await?;
        told(stage, what, code).await?;
    }
    stage.site.release("/test/set.json");
    stage
        .show_quiz("<!doctype html><title>Not found, said politely</title>", "")
        .await?;
    told(stage, "HTML instead of JSON", "html-instead-of-json").await?;
    // Nobody listens there any more.
    let origin = stage.another_site()?.origin();
    // The page's policy must not be what stops it.
    let policy = POLICY.replace(
        "connect-src 'self'",
        &format!("connect-src 'self' {origin}"),
    );
    let page = post(&widget("quiz", &format!("src={origin}/set.json")));
    stage.show_under("no-network", &page, Some(policy)).await?;
    told(stage, "no network", "not-reached").await
}

/// Another origin that does not allow it, and a page's own policy that does not.
pub async fn refused_by_cors_and_policy(stage: &Stage<'_>) -> Outcome {
    let elsewhere = stage.another_site()?;
    elsewhere.put("/set.json", "application/json", BASICS);
    let origin = elsewhere.origin();
    let page = post(&widget("quiz", &format!("src={origin}/set.json")));
    // Only so does the refusal come from the other server.
    let policy = POLICY.replace(
        "connect-src 'self'",
        &format!("connect-src 'self' {origin}"),
    );
    stage.show_under("cors", &page, Some(policy)).await?;
    told(stage, "CORS refusal", "not-reached").await?;
    assert_eq!(elsewhere.requests("/set.json"), 1, "it was asked");

    stage.page.expect(Kind::Violation, "connect-src");
    stage.show("policy", &page).await?;
    told(stage, "refused by the page's policy", "not-reached").await
}

/// The Wasm or the script beside it does not come, comes wrong, or is refused.
pub async fn no_wasm(stage: &Stage<'_>) -> Outcome {
    for (what, path, fault) in [
        ("Wasm 404", "/mondai_bg.wasm", Fault::Status(404)),
        ("Wasm 500", "/mondai_bg.wasm", Fault::Status(500)),
        ("Wasm cut off", "/mondai_bg.wasm", Fault::Cut(1_000)),
        (
            "no connection for the Wasm",
            "/mondai_bg.wasm",
            Fault::Closed,
        ),
        ("glue 404", "/mondai.js", Fault::Status(404)),
        ("no connection for the glue", "/mondai.js", Fault::Closed),
    ] {
        stage.site.fault(path, fault);
        stage.show_quiz(BASICS, "").await?;
        told(stage, what, "not-loaded").await?;
        stage.site.release(path);
    }
    // A site that allows no WebAssembly at all.
    if stage.page.browser().engine() != Engine::Webkit {
        // WebKit refuses too, but tells no page of it.
        stage.page.expect(Kind::Violation, "script-src");
    }
    let policy = POLICY.replace(" 'wasm-unsafe-eval'", "");
    stage.put_set("set.json", BASICS);
    stage
        .show_under(
            "no-wasm",
            &post(&widget("quiz", "src=set.json")),
            Some(policy),
        )
        .await?;
    told(stage, "Wasm refused", "webassembly-blocked").await
}

/// After a failure, a reload with a better connection is enough; so is putting the element in again.
pub async fn better_the_second_time(stage: &Stage<'_>) -> Outcome {
    stage.site.fault("/mondai_bg.wasm", Fault::Closed);
    let quiz = stage.show_quiz(BASICS, "form=practice").await?;
    told(stage, "no connection for the Wasm", "not-loaded").await?;
    stage.site.release("/mondai_bg.wasm");
    quiz.read::<Value>(
        "const place = host.parentNode; host.remove(); setTimeout(() => place.append(host))",
        &[],
    )
    .await?;
    quiz.until_screen("start").await?;
    stage.page.reload().await?;
    quiz.start().await
}

/// A server that does not know Wasm's type: slower, but it works.
pub async fn wrong_type_of_wasm(stage: &Stage<'_>) -> Outcome {
    stage
        .site
        .fault("/mondai_bg.wasm", Fault::Mime("application/octet-stream"));
    let quiz = stage.show_quiz(BASICS, "form=practice").await?;
    quiz.start().await?;
    assert_eq!(quiz.answer(&["split"]).await?, "correct");
    Ok(())
}

/// No scripts at all: the author's fallback is what the reader sees.
pub async fn no_scripts(stage: &Stage<'_>) -> Outcome {
    stage.site.fault("/mondai-quiz.js", Fault::Status(404));
    stage.page.expect(Kind::Error, "not loaded: ");
    stage.put_set("set.json", BASICS);
    stage
        .show("no-scripts", &post(&widget("quiz", "src=set.json")))
        .await?;
    let shown = "return document.querySelector('#quiz > .fallback').getClientRects().length > 0";
    assert!(stage.page.read::<bool>(shown, Vec::new()).await?);
    Ok(())
}

/// Chunks that do not come: the reader has the words, if not their dress, is told what is missing, and gets it with a
/// press when the connection is back.
pub async fn no_chunk(stage: &Stage<'_>) -> Outcome {
    stage.site.put("/test/square.svg", "image/svg+xml", SQUARE);
    let quiz = stage.show_quiz(RICH, "").await?;
    quiz.start().await?;
    quiz.until(
        "rich text is shown",
        "return one('[part~=prompt] table')",
        &[],
    )
    .await?;
    let loaded = "return performance.getEntriesByType('resource').map((entry) => new URL(entry.name).pathname).filter((path) => path.endsWith('.wasm'))";
    let files: Vec<String> = stage.page.read(loaded, Vec::new()).await?;
    let chunks: Vec<&String> = files
        .iter()
        .filter(|path| *path != "/mondai_bg.wasm")
        .collect();
    assert!(
        !chunks.is_empty(),
        "rich text comes in a chunk of its own: {files:?}"
    );
    for path in &chunks {
        stage.site.fault(path, Fault::Status(404));
    }
    // The loader writes the cause to the console, for the author.
    stage.page.expect(Kind::Error, "console.error");
    stage.page.reload().await?;
    quiz.act("start").await?;
    quiz.until(
        "the words are there",
        "return one('[part~=prompt]').innerText.includes('Read this first')",
        &[],
    )
    .await?;
    quiz.choose("a").await?;
    quiz.act("check").await?;
    quiz.until(
        "it says what is missing",
        "return words(one('[part~=notice]')).includes('Your answers are safe')",
        &[],
    )
    .await?;
    stage.page.audit("a part could not be loaded").await?;
    // Too early: it is told again.
    quiz.read::<Value>("window.early = one('[data-action=load]')", &[])
        .await?;
    quiz.act("load").await?;
    quiz.until(
        "it can be tried again",
        "return one('[data-action=load]') && one('[data-action=load]') !== window.early",
        &[],
    )
    .await?;
    for path in &chunks {
        stage.site.release(path);
    }
    quiz.act("load").await?;
    quiz.until(
        "there is feedback",
        "return one('[part~=feedback][data-outcome=correct]')",
        &[],
    )
    .await?;
    quiz.until(
        "rich text is shown again",
        "return one('[part~=why] li')",
        &[],
    )
    .await?;
    quiz.act("next").await?;
    quiz.until_question(2).await
}

/// Storage that throws at the first touch: a sandboxed frame. The quiz runs, and says what it cannot do.
pub async fn no_storage(stage: &Stage<'_>) -> Outcome {
    // The frame has no origin, so everything in it comes from elsewhere.
    stage.site.share();
    let origin = stage.site.origin();
    stage.put_set("set.json", BASICS);
    let here = |policy: &str| policy.replace("'self'", &origin);
    let framed = post(&widget("quiz", "src=/test/set.json form=practice"));
    stage.site.put_with_policy(
        "/test/framed.html",
        "text/html; charset=utf-8",
        framed,
        Some(here(POLICY)),
    );
    let outer = post_in(
        "en",
        "",
        "<iframe id=frame title=Quiz sandbox=allow-scripts src=/test/framed.html width=340 height=700></iframe>",
    );
    let policy = format!("{}; frame-src {origin}", here(POLICY));
    stage.show_under("frames", &outer, Some(policy)).await?;
    stage.page.enter_frame("#frame").await?;
    let refused = "try { return !localStorage } catch { return true }";
    assert!(
        stage.page.read::<bool>(refused, Vec::new()).await?,
        "the frame must not have storage"
    );
    let quiz = stage.page.quiz("#quiz");
    quiz.start().await?;
    let told =
        "return all('[part~=notice]').some((own) => shown(own) && words(own).includes(given[0]))";
    let words = "does not let the quiz store anything";
    quiz.until("it is told", told, &[words.into()]).await?;
    assert_eq!(quiz.answer(&["split"]).await?, "correct");
    stage.page.audit("question, without storage").await
}
