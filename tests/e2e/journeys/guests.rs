//! A guest in somebody's page: its layouts, its styles, its keys and headers, its addresses; and browsers that cannot do all.

use mondai_e2e::Outcome;
use mondai_e2e::pages::{post_in, widget, widget_with};
use mondai_e2e::quiz::Quiz;
use mondai_e2e::stage::Stage;
use serde_json::{Value, json};
use thirtyfour::Key;

use crate::bad_network::told;
use crate::secrecy::SQUARE;
use crate::sets::BASICS;

/// A question to type at, and one to choose at.
const TYPED: &str = r#"{
  "mondai": 1, "id": "guest", "title": "Guest", "forms": [ { "id": "practice", "title": "Practice" } ],
  "questions": [
    { "id": "word", "type": "text", "prompt": "Which word?", "accept": "a/s" },
    { "id": "one", "type": "single", "prompt": "Which?", "choices": [ { "id": "a", "text": "A", "correct": true }, { "id": "b", "text": "B" } ] }
  ]
}"#;

/// Shows a post with one quiz, under the page's own style and script.
async fn visit<'s>(
    stage: &'s Stage<'_>,
    style: &str,
    script: &str,
    body: &str,
) -> Outcome<Quiz<'s>> {
    stage.site.put("/test/own.css", "text/css", style);
    stage.site.put("/test/own.js", "text/javascript", script);
    let head = "<link rel=stylesheet href=own.css><script src=own.js></script>";
    stage.show("guest", &post_in("en", head, body)).await?;
    Ok(stage.page.quiz("#quiz"))
}

/// In every layout a page may have, on the narrowest phones: as wide as its place, never wider, and never nothing.
pub async fn as_wide_as_its_place(stage: &Stage<'_>) -> Outcome {
    stage.put_set("set.json", BASICS);
    let quiz = widget("quiz", "src=set.json form=practice storage=none");
    let layouts = [
        ("block", quiz.clone()),
        (
            "flex",
            format!("<div class=flex><article>{quiz}</article></div>"),
        ),
        ("flex itself", format!("<div class=flex>{quiz}</div>")),
        (
            "grid",
            format!("<div class=grid><article>{quiz}</article></div>"),
        ),
        ("float", format!("<div class=float>{quiz}</div>")),
        ("table", format!("<table><tr><td>{quiz}</td></tr></table>")),
        ("inline-block", format!("<div class=inline>{quiz}</div>")),
    ];
    let style = ".flex { display: flex } .grid { display: grid } .float { float: left } .inline { display: inline-block }
        table { border-spacing: 0 } td { padding: 0 }";
    let widths = "
        const place = document.querySelector('main').getBoundingClientRect().width;
        const page = document.scrollingElement;
        return [host.getBoundingClientRect().width, place, page.scrollWidth - page.clientWidth]";
    for width in [320, 375] {
        stage.page.browser().resize(width, 700).await?;
        for (name, body) in &layouts {
            let quiz = visit(stage, style, "", body).await?;
            quiz.start().await?;
            let (own, place, too_much): (f64, f64, f64) = quiz.read(widths, &[]).await?;
            let what = format!("{name} at {width}: {own} in {place}");
            assert!(own <= place + 0.5, "{what}");
            assert!(own >= place - 8.0, "{what}");
            assert!(too_much <= 0.0, "{what}");
        }
    }
    Ok(())
}

/// What a page says of its own text does not reach in, and what it makes small or dead works.
pub async fn untouched_by_what_is_inherited(stage: &Stage<'_>) -> Outcome {
    let style = "
        html { font-size: 62.5% }
        body { font-size: 16px; text-shadow: 1px 1px red; -webkit-text-stroke: 2px red; text-emphasis: dot; -webkit-text-emphasis: dot;
          font-variant: small-caps; text-decoration: underline; user-select: none; -webkit-user-select: none;
          text-indent: 3em; letter-spacing: 3px; line-height: 3; hyphens: auto; text-align: center }";
    let body = widget_with("quiz", "form=practice", TYPED);
    let quiz = visit(stage, style, "", &body).await?;
    quiz.start().await?;
    quiz.until("it can be typed at", "return one('[part~=typed]')", &[])
        .await?;
    let read = "
        const style = getComputedStyle(one('[part~=prompt]'));
        return [style.textShadow, style.webkitTextStrokeWidth, style.textEmphasisStyle, style.fontVariantCaps, style.textIndent, style.letterSpacing,
          getComputedStyle(one('[data-frame]')).display, getComputedStyle(one('[data-frame]')).webkitUserSelect, getComputedStyle(host).fontSize === style.fontSize || parseFloat(style.fontSize) > 16]";
    let found: Value = quiz.read(read, &[]).await?;
    let expected = json!([
        "none",
        "0px",
        "none",
        "normal",
        "0px",
        "normal",
        // Lines through the text of a page do not go into what stands in a line.
        "inline-grid",
        "text",
        true
    ]);
    assert_eq!(found, expected);
    quiz.click("[part~=typed]").await?;
    stage.page.press_all("a/s").await?;
    let typed: String = quiz.read("return one('[part~=typed]').value", &[]).await?;
    assert_eq!(typed, "a/s");
    let small = "return all('button, [part~=typed]').filter(shown).map((element) => [element.dataset.action ?? element.part.value, element.getBoundingClientRect().height]).filter(([, height]) => height < 44)";
    let small: Value = quiz.read(small, &[]).await?;
    assert_eq!(small, json!([]), "fingers need 44 pixels");
    Ok(())
}

/// What the focus goes to is not below a header that sticks.
pub async fn below_a_header_that_sticks(stage: &Stage<'_>) -> Outcome {
    stage.put_set("set.json", BASICS);
    let style = "html { scroll-behavior: smooth } header { position: sticky; top: 0; height: 140px; background: Canvas }
        .far { height: 1500px }";
    let body = format!(
        "<header>The site</header><div class=far></div>{}<div class=far></div>",
        widget("quiz", "src=set.json form=exam")
    );
    stage.page.browser().resize(390, 500).await?;
    let quiz = visit(stage, style, "", &body).await?;
    stage.page.scroll_to("#quiz").await?;
    quiz.start().await?;
    let seen = "
        const { top } = one('[part~=prompt]').getBoundingClientRect();
        return root.activeElement === one('[part~=prompt]') && top >= document.querySelector('header').getBoundingClientRect().bottom && top < innerHeight";
    quiz.until("the first prompt can be seen", seen, &[])
        .await?;
    quiz.act("next").await?;
    quiz.until_question(2).await?;
    quiz.until("the next prompt can be seen", seen, &[]).await
}

/// Keys that the focused control uses stay inside; all others are the page's.
pub async fn keys_stay_inside(stage: &Stage<'_>) -> Outcome {
    let script = "window.heard = []; for (const name of ['keydown', 'keypress', 'keyup']) document.addEventListener(name, (event) => { window.heard.push(event.key); if (!event.ctrlKey && event.key !== 'Tab') event.preventDefault(); });";
    let body = widget_with("quiz", "form=practice", TYPED);
    let quiz = visit(stage, "", script, &body).await?;
    quiz.start().await?;
    quiz.until("it can be typed at", "return one('[part~=typed]')", &[])
        .await?;
    quiz.click("[part~=typed]").await?;
    stage.page.press_all("sa/s").await?;
    for key in [Key::Home, Key::Delete, Key::Right, Key::End] {
        stage.page.press(key).await?;
    }
    let typed: String = quiz.read("return one('[part~=typed]').value", &[]).await?;
    assert_eq!(typed, "a/s");
    let heard = "return [...new Set(window.heard.splice(0))]";
    assert_eq!(
        stage.page.read::<Value>(heard, Vec::new()).await?,
        json!([])
    );
    stage.page.press(Key::Escape).await?;
    assert_eq!(
        stage.page.read::<Value>(heard, Vec::new()).await?,
        json!(["Escape"])
    );
    quiz.act("next").await?;
    quiz.until_question(2).await?;
    stage.page.read::<Value>(heard, Vec::new()).await?;
    quiz.tab_to("input[value=a]").await?;
    stage.page.press_all(" ").await?;
    stage.page.press(Key::Down).await?;
    quiz.until("b is chosen", "return one('input[value=b]').checked", &[])
        .await?;
    stage.page.press_all("s").await?;
    let heard: Value = stage.page.read(heard, Vec::new()).await?;
    let mut heard: Vec<&str> = heard.as_array().map_or(Vec::new(), |keys| {
        keys.iter().filter_map(Value::as_str).collect()
    });
    heard.retain(|key| *key != "Tab");
    assert_eq!(heard, ["s"], "a letter is no key of a choice");
    Ok(())
}

/// Pictures, references and the set itself are looked for where the author wrote them: beside the set's file, and the set beside
/// the page as it was when the element came. Also where the element has no box of its own.
pub async fn addresses_stand_in_the_file(stage: &Stage<'_>) -> Outcome {
    stage
        .site
        .put("/test/sub/square.svg", "image/svg+xml", SQUARE);
    let set = r#"{ "mondai": 1, "id": "addresses", "title": "Addresses", "forms": [ { "id": "practice", "title": "Practice" } ],
      "questions": [ { "id": "one", "type": "single", "prompt": "![A square](square.svg) and [a page](more.html) and [a place](#before) at last",
        "choices": [ { "id": "a", "text": "A", "correct": true }, { "id": "b", "text": "B" } ],
        "references": [ { "title": "More", "url": "read/more.html" } ] } ] }"#;
    stage
        .site
        .put("/test/sub/set.json", "application/json", set);
    let body = widget("quiz", "class=contents src=sub/set.json form=practice");
    // The page's address changes before the quiz starts, as in a page that turns without loading.
    let script = "addEventListener('DOMContentLoaded', () => history.pushState(null, '', '/elsewhere/and/deeper.html'));";
    let quiz = visit(stage, ".contents { display: contents }", script, &body).await?;
    quiz.start().await?;
    quiz.until(
        "the picture is there",
        "return one('[part~=prompt] img')?.naturalWidth > 0",
        &[],
    )
    .await?;
    assert_eq!(quiz.answer(&["a"]).await?, "correct");
    let origin = stage.site.origin();
    let links = "return all('[part~=prompt] a, [part~=references] a').map((link) => link.getAttribute('href'))";
    assert_eq!(
        quiz.read::<Value>(links, &[]).await?,
        json!([
            format!("{origin}/test/sub/more.html"),
            "#before",
            format!("{origin}/test/sub/read/more.html")
        ])
    );
    // Another attribute changes nothing of that.
    quiz.read::<Value>("host.setAttribute('count', '1')", &[])
        .await?;
    quiz.until_screen("start").await
}

/// Browsers from before `light-dark()`: the same colours, in the light and where the element is dark.
pub async fn without_the_newest_css(stage: &Stage<'_>) -> Outcome {
    let mut wasm = stage.built_bytes("mondai_bg.wasm")?;
    let (name, other) = (b"light-dark", b"light-dork");
    let mut at = 0;
    while let Some(found) = wasm
        .get(at..)
        .and_then(|rest| rest.windows(name.len()).position(|part| part == name))
    {
        at += found;
        wasm.splice(at..at + name.len(), other.iter().copied());
    }
    assert!(at > 0, "the style names it");
    stage.site.put("/mondai_bg.wasm", "application/wasm", wasm);
    stage.put_set("set.json", BASICS);
    let colours = "
        const button = getComputedStyle(one('[data-action=start]'));
        const box = getComputedStyle(one('[part~=quiz]'));
        return [button.backgroundColor, box.backgroundColor, box.color, box.borderTopColor]";
    for (theme, expected) in [
        (
            "light",
            [
                "rgb(43, 80, 200)",
                "rgb(255, 255, 255)",
                "rgb(27, 30, 38)",
                "rgb(213, 217, 226)",
            ],
        ),
        (
            "dark",
            [
                "rgb(157, 184, 255)",
                "rgb(22, 24, 29)",
                "rgb(233, 235, 241)",
                "rgb(59, 64, 77)",
            ],
        ),
    ] {
        let body = widget("quiz", &format!("src=set.json form=practice theme={theme}"));
        let quiz = visit(stage, "", "", &body).await?;
        quiz.until_screen("start").await?;
        assert_eq!(
            quiz.read::<Value>(colours, &[]).await?,
            json!(expected),
            "{theme}"
        );
    }
    Ok(())
}

/// Black drawings stand on a light plate.
pub async fn drawings_on_dark(stage: &Stage<'_>) -> Outcome {
    stage.site.put("/test/square.svg", "image/svg+xml", SQUARE);
    let set = r#"{ "mondai": 1, "id": "drawing", "title": "Drawing", "questions": [ { "id": "one", "type": "single", "prompt": "![A square](square.svg)",
        "choices": [ { "id": "a", "text": "A", "correct": true }, { "id": "b", "text": "B" } ] } ] }"#;
    let quiz = stage.show_quiz(set, "theme=dark").await?;
    quiz.start().await?;
    quiz.until(
        "the picture is there",
        "return one('[part~=prompt] img')",
        &[],
    )
    .await?;
    let plate = "return getComputedStyle(one('[part~=prompt] img')).backgroundColor";
    assert_eq!(quiz.read::<String>(plate, &[]).await?, "rgb(255, 255, 255)");
    Ok(())
}

/// A browser that cannot run the quiz, or may not: the true reason, and no advice that does not help.
pub async fn told_truly(stage: &Stage<'_>) -> Outcome {
    stage.put_set("set.json", BASICS);
    for (what, script, code) in [
        (
            "no constructed sheets",
            "window.CSSStyleSheet = class { constructor() { throw new TypeError('Illegal constructor'); } };",
            "browser-not-supported",
        ),
        (
            "no WebAssembly",
            "delete window.WebAssembly;",
            "webassembly-blocked",
        ),
    ] {
        visit(stage, "", script, &widget("quiz", "src=set.json")).await?;
        told(stage, what, code).await?;
        let quiz = stage.page.quiz("#quiz");
        assert!(!quiz.shows("[data-action=again]").await?, "{what}");
        let (height, fallback): (f64, f64) = quiz
            .read("return [host.getBoundingClientRect().height, 200]", &[])
            .await?;
        assert!(height < fallback, "{what}: no gap of {height} pixels");
    }
    Ok(())
}

/// Where the set does not come, the reader can try again; what is too large is not taken to its end, and what does not come is
/// not waited for without end. (The page's clock is made a hundred times as fast for that.)
pub async fn tried_again(stage: &Stage<'_>) -> Outcome {
    use mondai_e2e::site::Fault;
    stage.put_set("set.json", BASICS);
    stage.site.fault("/test/set.json", Fault::Status(404));
    let body = widget("quiz", "src=set.json form=practice");
    let quiz = visit(stage, "", "", &body).await?;
    told(stage, "404", "not-found").await?;
    stage.site.release("/test/set.json");
    quiz.act("again").await?;
    quiz.until_screen("start").await?;

    stage
        .site
        .put("/test/set.json", "application/json", vec![b' '; 8 << 20]);
    let quiz = visit(stage, "", "", &body).await?;
    stage.page.until_told("mondai-error", 1).await?;
    let told_code = "return one('[data-screen=error] li')?.dataset.code";
    quiz.until("it is refused", told_code, &[]).await?;
    assert_eq!(quiz.read::<String>(told_code, &[]).await?, "file-too-large");

    stage.put_set("set.json", BASICS);
    stage.site.fault("/test/set.json", Fault::Held);
    let fast = "const later = window.setTimeout; window.setTimeout = (call, wait, ...rest) => later(call, wait / 100, ...rest);";
    let quiz = visit(stage, "", fast, &body).await?;
    quiz.until(
        "it says that it loads",
        "return shown(one('[part=loading]'))",
        &[],
    )
    .await?;
    told(stage, "silence", "timed-out").await?;
    stage.site.release("/test/set.json");
    quiz.act("again").await?;
    quiz.until_screen("start").await?;
    Ok(())
}
