//! The element: several on a page, moved, removed, put back; its methods; its timers.

use mondai_e2e::Outcome;
use mondai_e2e::pages::{far, post, post_in, widget, widget_with};
use mondai_e2e::site::Fault;
use mondai_e2e::stage::Stage;
use serde_json::{Value, json};

use crate::sets::BASICS;

/// No timer of the page waits.
const NO_TIMER: &str = "return window.__timers === 0";

/// Two widgets of two forms and one of another set go their own ways.
pub async fn several_on_a_page(stage: &Stage<'_>) -> Outcome {
    stage.put_set("set.json", BASICS);
    let other = BASICS.replace("\"id\": \"basics\"", "\"id\": \"other\"");
    let widgets = [
        widget("practice", "src=set.json form=practice"),
        widget("exam", "src=set.json form=exam"),
        widget_with("inline", "form=practice loading=eager", &other),
    ];
    stage.show("several", &post(&widgets.join("\n"))).await?;
    let [practice, exam, inline] = ["#practice", "#exam", "#inline"].map(|id| stage.page.quiz(id));
    practice.start().await?;
    practice.choose("loud").await?;
    inline.until_screen("start").await?;
    exam.start().await?;
    assert_eq!(exam.chosen().await?, [""; 0], "the other widget's answer");
    exam.choose("split").await?;
    assert_eq!(practice.chosen().await?, ["loud"]);
    inline.start().await?;
    inline.choose("store").await?;
    stage.page.audit("several widgets").await?;
    stage.page.reload().await?;
    for (quiz, choice) in [(&practice, "loud"), (&exam, "split"), (&inline, "store")] {
        quiz.until_question(1).await?;
        assert_eq!(quiz.chosen().await?, [choice]);
    }
    assert_eq!(
        stage.site.requests("/mondai_bg.wasm"),
        2,
        "one download a page, not one a widget"
    );
    Ok(())
}

/// Two widgets of one form: the second shows the sitting of the first, as a second tab does, and takes it over.
pub async fn two_of_one_form(stage: &Stage<'_>) -> Outcome {
    const SHOWS: &str = "return one('[part~=elsewhere] [data-action=take-over]') && one('input:checked')?.value === given[0]";
    const IS_HERE: &str = "return host.state === 'running' && !one('[data-screen] [inert]') && !one('[part~=elsewhere]')";
    stage.put_set("set.json", BASICS);
    let widgets = ["one", "two"].map(|id| widget(id, "src=set.json form=exam loading=eager"));
    stage.show("twice", &post(&widgets.join("\n"))).await?;
    let [one, two] = ["#one", "#two"].map(|id| stage.page.quiz(id));
    two.until_screen("start").await?;
    one.start().await?;
    one.choose("loud").await?;
    two.until("it shows the first one's", SHOWS, &[json!("loud")])
        .await?;
    stage.page.audit("two of one form").await?;
    two.act("take-over").await?;
    two.until("it goes on in the second", IS_HERE, &[]).await?;
    two.choose("split").await?;
    one.until("the first shows the second's", SHOWS, &[json!("split")])
        .await?;
    two.until_saved().await?;

    stage.page.reload().await?;
    for quiz in [&one, &two] {
        quiz.until(
            "what was answered is there",
            "return one('input:checked')?.value === 'split'",
            &[],
        )
        .await?;
    }
    let here = "return ['#one', '#two'].filter((id) => document.querySelector(id).shadowRoot.querySelector('[part~=elsewhere]')).length === 1";
    one.until("one of them has it", here, &[]).await?;
    let count: usize = one.read("return host.attempts().length", &[]).await?;
    assert_eq!(count, 1, "one sitting");

    // Both begin at once: one begins.
    one.read::<Value>(
        "for (const id of ['#one', '#two']) document.querySelector(id).reset()",
        &[],
    )
    .await?;
    for quiz in [&one, &two] {
        quiz.until_screen("start").await?;
    }
    one.read::<Value>(
        "for (const id of ['#one', '#two']) document.querySelector(id).start()",
        &[],
    )
    .await?;
    one.until("one of them has it", here, &[]).await?;
    let count: usize = one.read("return host.attempts().length", &[]).await?;
    assert_eq!(count, 1, "one sitting");
    Ok(())
}

/// A widget that is moved while it runs is not disturbed; one that is removed stops, and goes on when it is back.
pub async fn moved_removed_and_back(stage: &Stage<'_>) -> Outcome {
    stage.put_set("set.json", BASICS);
    stage
        .show(
            "moved",
            &post(&format!(
                "{}<section id=elsewhere></section>",
                widget("quiz", "src=set.json form=exam")
            )),
        )
        .await?;
    let quiz = stage.page.quiz("#quiz");
    quiz.start().await?;
    quiz.choose("split").await?;
    quiz.act("next").await?;
    quiz.until_question(2).await?;
    quiz.choose("red").await?;

    quiz.read::<Value>(
        "window.section = one('section'); document.querySelector('#elsewhere').append(host)",
        &[],
    )
    .await?;
    quiz.until_question(2).await?;
    assert!(
        quiz.read::<bool>("return one('section') === window.section", &[])
            .await?,
        "a move draws nothing anew"
    );
    assert_eq!(quiz.chosen().await?, ["red"]);
    quiz.choose("grey").await?;
    quiz.until("the clock still runs", "window.clock ??= one('[part~=timer]').textContent; return one('[part~=timer]').textContent !== window.clock", &[]).await?;

    quiz.read::<Value>("window.host = host; host.remove()", &[])
        .await?;
    stage
        .page
        .until("its timers stopped", NO_TIMER, Vec::new())
        .await?;
    assert_eq!(
        stage
            .page
            .read::<String>("return window.host.state", Vec::new())
            .await?,
        "loading"
    );
    stage
        .page
        .run(
            "document.querySelector('main').append(window.host)",
            Vec::new(),
        )
        .await?;
    quiz.until_question(2).await?;
    assert_eq!(
        quiz.chosen().await?,
        ["red", "grey"],
        "what was kept goes on"
    );
    assert_eq!(quiz.state().await?, "running");

    // Again and again, faster than anything can load.
    let often = "for (let time = 0; time < 20; time += 1) { window.host.remove(); document.querySelector('main').append(window.host); }";
    stage.page.run(often, Vec::new()).await?;
    quiz.until_question(2).await?;
    let sections: usize = quiz.read("return all('section').length", &[]).await?;
    assert_eq!(sections, 1);
    stage.page.run("window.host.remove()", Vec::new()).await?;
    stage
        .page
        .until("its timers stopped", NO_TIMER, Vec::new())
        .await
}

/// A widget that is moved, or removed and put back, while its Wasm is still on its way: one quiz comes of it.
pub async fn moved_while_loading(stage: &Stage<'_>) -> Outcome {
    stage.put_set("set.json", BASICS);
    stage.site.fault("/mondai_bg.wasm", Fault::Held);
    stage
        .show(
            "moved-early",
            &post(&format!(
                "{}<section id=elsewhere></section>",
                widget("quiz", "src=set.json form=exam")
            )),
        )
        .await?;
    let quiz = stage.page.quiz("#quiz");
    quiz.until(
        "it loads",
        "return root.querySelector('[part=loading]')",
        &[],
    )
    .await?;
    assert!(
        quiz.shows_fallback().await?,
        "until the quiz is there, the fallback is"
    );
    stage.page.audit("loading").await?;
    quiz.read::<Value>("document.querySelector('#elsewhere').append(host)", &[])
        .await?;
    quiz.read::<Value>("window.host = host; host.remove()", &[])
        .await?;
    stage
        .page
        .run(
            "document.querySelector('#elsewhere').append(window.host)",
            Vec::new(),
        )
        .await?;
    stage.site.release("/mondai_bg.wasm");
    quiz.start().await?;
    stage.page.until_told("mondai-ready", 1).await?;
    let ready = stage
        .page
        .record()
        .await?
        .events
        .iter()
        .filter(|told| told.name == "mondai-ready")
        .count();
    assert_eq!(ready, 1, "one quiz was made");
    assert_eq!(
        quiz.read::<usize>("return all('section').length", &[])
            .await?,
        1
    );
    stage.page.run("window.host.remove()", Vec::new()).await?;
    stage
        .page
        .until("its timers stopped", NO_TIMER, Vec::new())
        .await
}

/// Nobody sees it: no timer. Seen again: the right time.
pub async fn no_timer_off_screen(stage: &Stage<'_>) -> Outcome {
    stage.put_set("set.json", BASICS);
    stage
        .show(
            "off-screen",
            &post(&format!(
                "{}{}<p id=end>The end</p>",
                widget("quiz", "src=set.json form=exam"),
                far()
            )),
        )
        .await?;
    let quiz = stage.page.quiz("#quiz");
    quiz.start().await?;
    stage
        .page
        .until("a timer waits", "return window.__timers === 1", Vec::new())
        .await?;
    stage.page.scroll_to("#end").await?;
    stage
        .page
        .until("no timer waits", NO_TIMER, Vec::new())
        .await?;
    let before = quiz
        .read::<String>("return one('[part~=timer]').textContent", &[])
        .await?;
    stage.page.scroll_to("#quiz").await?;
    quiz.until(
        "the clock runs again",
        "return one('[part~=timer]').textContent !== given[0] && window.__timers === 1",
        &[json!(before)],
    )
    .await
}

/// The author's script drives the quiz.
pub async fn methods(stage: &Stage<'_>) -> Outcome {
    stage.put_set("set.json", BASICS);
    stage
        .show(
            "methods",
            &post(&format!(
                "{}{}",
                far(),
                widget("quiz", "src=set.json form=timed seed=s")
            )),
        )
        .await?;
    let quiz = stage.page.quiz("#quiz");
    assert_eq!(quiz.state().await?, "loading");
    assert_eq!(
        quiz.read::<Value>("return host.attempts()", &[]).await?,
        json!([]),
        "nothing is known yet"
    );
    // Far below the screen; asked for by its method, it comes.
    quiz.read::<Value>(
        "host.ready.then((element) => (window.isReady = element === host)); host.start()",
        &[],
    )
    .await?;
    quiz.until_screen("question").await?;
    assert!(
        stage
            .page
            .read::<bool>("return window.isReady", Vec::new())
            .await?,
        "`ready` gives the element"
    );
    for (method, state, screen) in [
        ("pause", "paused", "paused"),
        ("resume", "running", "question"),
        ("start", "running", "question"),
        ("submit", "finished", "results"),
        ("pause", "finished", "results"),
        ("reset", "ready", "start"),
        ("submit", "ready", "start"),
    ] {
        let now: String = quiz
            .read("host[given[0]](); return host.state", &[json!(method)])
            .await?;
        assert_eq!(now, state, "after {method}()");
        quiz.until_screen(screen).await?;
    }
    let record = stage.page.record().await?;
    let names: Vec<&str> = record
        .events
        .iter()
        .map(|told| told.name.as_str())
        .collect();
    assert_eq!(names, ["mondai-ready", "mondai-started", "mondai-finished"]);
    Ok(())
}

/// A page acts on a sitting that was stored as soon as it may: in the very event that says that the quiz is ready.
pub async fn methods_at_once(stage: &Stage<'_>) -> Outcome {
    stage.put_set("set.json", BASICS);
    let at_once = "addEventListener('mondai-ready', ({ target }) => { target.submit(); window.isReady = true });";
    stage
        .site
        .put("/test/at-once.js", "text/javascript", at_once);
    let quiz = widget("quiz", "src=set.json form=exam");
    let head = "<script src=at-once.js></script>";
    stage.show("at-once", &post_in("en", head, &quiz)).await?;
    let quiz = stage.page.quiz("#quiz");
    let is_ready = "return window.isReady";
    stage
        .page
        .until("it is ready", is_ready, Vec::new())
        .await?;
    // There was nothing to hand in.
    quiz.start().await?;
    quiz.choose("split").await?;
    quiz.until_saved().await?;
    stage.page.reload().await?;
    quiz.until_screen("results").await?;
    assert_eq!(quiz.text("score").await?, "33%");
    Ok(())
}

/// Another `src`, another quiz, in the same element.
pub async fn another_set(stage: &Stage<'_>) -> Outcome {
    let quiz = stage.show_quiz(BASICS, "form=practice").await?;
    quiz.start().await?;
    stage.put_set(
        "other.json",
        &BASICS
            .replace("\"id\": \"basics\"", "\"id\": \"other\"")
            .replace("Light and water", "Another title"),
    );
    quiz.read::<Value>(
        "host.setAttribute('form', 'exam'); host.setAttribute('src', 'other.json')",
        &[],
    )
    .await?;
    quiz.until(
        "the other set is there",
        "return words(root.firstElementChild).includes('Another title')",
        &[],
    )
    .await?;
    quiz.start().await?;
    quiz.until("its clock runs", "return one('[part~=timer]')", &[])
        .await
}

/// Hosted elsewhere, as on a CDN: script, Wasm and question set come from another origin than the page.
pub async fn hosted_elsewhere(stage: &Stage<'_>) -> Outcome {
    let elsewhere = stage.another_site()?;
    elsewhere.share();
    elsewhere.put("/set.json", "application/json", BASICS);
    let origin = elsewhere.origin();
    let page = post(&widget(
        "quiz",
        &format!("src={origin}/set.json form=practice"),
    ))
    .replace(
        "src=\"/mondai-quiz.js\"",
        &format!("src=\"{origin}/mondai-quiz.js\""),
    );
    // The page must name the other origin: that is what an author with a policy does for a CDN.
    let policy = format!(
        "default-src 'none'; script-src 'self' {origin} 'wasm-unsafe-eval'; style-src 'self'; connect-src {origin}; img-src 'self' data:; require-trusted-types-for 'script'"
    );
    stage.show_under("elsewhere", &page, Some(policy)).await?;
    let quiz = stage.page.quiz("#quiz");
    quiz.start().await?;
    assert_eq!(quiz.answer(&["split"]).await?, "correct");
    assert_eq!(stage.site.requests("/mondai-quiz.js"), 0);
    Ok(())
}
