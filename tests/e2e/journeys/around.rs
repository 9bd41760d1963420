//! What is around a quiz and works on it: page translators, frames that may give no files, a script tag without its type,
//! a page that is written from right to left, and paper.

use mondai_e2e::Outcome;
use mondai_e2e::pages::{post_in, widget, widget_with};
use mondai_e2e::quiz::Quiz;
use mondai_e2e::record::Kind;
use mondai_e2e::site::POLICY;
use mondai_e2e::stage::Stage;
use serde_json::{Value, json};

use crate::secrecy::SQUARE;
use crate::sets::{BASICS, RICH};

/// A page translator as browsers and extensions have it: it wraps each text that it may translate, puts its own nodes in place
/// of the page's, and does the same with whatever comes later. A real one asks a server, so this one only marks.
const TRANSLATOR: &str = "
const root = document.querySelector('#quiz').shadowRoot;
const kept = 'style, textarea, [translate=no], .notranslate, font';
const translate = () => {
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  const found = [];
  while (walker.nextNode()) found.push(walker.currentNode);
  for (const text of found) {
    if (!text.data.trim() || text.parentElement.closest(kept)) continue;
    const [outer, inner] = [document.createElement('font'), document.createElement('font')];
    inner.textContent = `«${text.data.trim()}»`;
    outer.append(inner);
    text.replaceWith(outer);
  }
};
translate();
new MutationObserver(translate).observe(root, { childList: true, subtree: true, characterData: true });";

/// What changes on a translated page goes on changing, once, and what must not be translated is not.
pub async fn translated(stage: &Stage<'_>) -> Outcome {
    let quiz = stage.show_quiz(BASICS, "form=exam").await?;
    quiz.start().await?;
    stage.page.run(TRANSLATOR, Vec::new()).await?;
    quiz.until_says("saved", "«Saved»").await?;
    let digits = "return one('[part~=timer] [translate=no]').textContent";
    let before: String = quiz.read(digits, &[]).await?;
    quiz.until(
        "the clock goes on, in digits",
        "const now = one('[part~=timer] [translate=no]').textContent; return /^\\d+:\\d\\d$/.test(now) && now !== given[0] && words(one('[part~=timer]')).startsWith('«Time left»') && words(one('[part~=timer]')).endsWith(now)",
        &[json!(before)],
    )
    .await?;
    quiz.click("[part~=questions] > summary").await?;
    quiz.until_says("palette-state", "«Not answered»").await?;
    quiz.choose("split").await?;
    quiz.until_says("palette-state", "«answered»").await?;
    quiz.until_says("saved", "«Saved»").await?;
    quiz.act("flag").await?;
    quiz.until_says("palette-state", "«answered · flagged»")
        .await?;
    let number = "return words(one('[part~=palette-number]')).replace(' ', '')";
    assert_eq!(quiz.read::<String>(number, &[]).await?, "«Question»1");
    // Screens go as a whole, with whatever somebody put into them.
    quiz.act("next").await?;
    quiz.until_question(2).await?;
    let left: usize = quiz
        .read("return all('[part~=prompt]').length", &[])
        .await?;
    assert_eq!(left, 1);

    let quiz = stage
        .show_quiz(BASICS, "form=practice storage=none")
        .await?;
    quiz.start().await?;
    stage.page.run(TRANSLATOR, Vec::new()).await?;
    quiz.act("check").await?;
    quiz.until(
        "it says what is missing",
        "return words(one('[part~=nudge]')).startsWith('«')",
        &[],
    )
    .await?;
    quiz.choose("loud").await?;
    quiz.until(
        "it says so no more",
        "return !words(one('[part~=nudge]'))",
        &[],
    )
    .await
}

/// Code, what was typed and the key of it are not translated.
pub async fn never_translated(stage: &Stage<'_>) -> Outcome {
    let set = r#"{ "mondai": 1, "id": "typed", "title": "Typed", "questions": [ { "id": "one", "type": "text", "prompt": "Which `code`?", "accept": "main" } ] }"#;
    let quiz = stage.show_quiz(set, "storage=none").await?;
    quiz.start().await?;
    quiz.click("[part~=typed]").await?;
    stage.page.press_all("mane").await?;
    quiz.act("check").await?;
    quiz.until(
        "it is marked",
        "return all('[part~=typed-answer]').length === 2",
        &[],
    )
    .await?;
    stage.page.run(TRANSLATOR, Vec::new()).await?;
    let said = "return all('code, [part~=typed-answer]').map((element) => element.textContent)";
    assert_eq!(
        quiz.read::<Value>(said, &[]).await?,
        json!(["code", "mane", "main"])
    );
    assert!(
        quiz.text("feedback-verdict").await?.starts_with('«'),
        "all else is"
    );
    Ok(())
}

/// A frame that may give no files: the reader is told, and has the text.
pub async fn exported_as_text(stage: &Stage<'_>) -> Outcome {
    stage.put_set("set.json", BASICS);
    let inner = post_in("en", "", &widget("quiz", "src=set.json form=exam"));
    stage
        .site
        .put("/test/inner.html", "text/html; charset=utf-8", inner);
    let frame = "<iframe id=frame sandbox='allow-scripts allow-same-origin' src=inner.html width=360 height=700></iframe>";
    // The page itself has to allow the frame.
    let policy = [POLICY, "; frame-src 'self'"].concat();
    stage
        .show_under("outer", &post_in("en", "", frame), Some(policy))
        .await?;
    stage.page.enter_frame("#frame").await?;
    let quiz = stage.page.quiz("#quiz");
    quiz.start().await?;
    quiz.choose("split").await?;
    quiz.read::<Value>("host.submit()", &[]).await?;
    quiz.until_screen("results").await?;
    // It scrolls to the new screen, and takes the button away from where it was.
    quiz.until(
        "the focus is on the result",
        "return root.activeElement?.matches('[data-focus]')",
        &[],
    )
    .await?;
    quiz.act("export").await?;
    quiz.click("[part~=export-text] > summary").await?;
    let text = "return one('[part~=export-text] textarea')?.value";
    let export: String = quiz.read(text, &[]).await?;
    assert_eq!(
        export,
        quiz.read::<String>("return host.exportData()", &[]).await?
    );
    stage.page.photograph("export-as-text").await?;
    quiz.act("copy").await?;
    quiz.until(
        "it says whether it was copied, and all of it is selected if not",
        "const field = one('[part~=export-text] textarea');
         const said = words(one('[part~=export-text] [role=status]'));
         return said && root.activeElement === field && field.selectionEnd - field.selectionStart === field.value.length",
        &[],
    )
    .await
}

/// A quiz that is put elsewhere in the page, again and again, never says that it goes on in another tab.
pub async fn put_elsewhere(stage: &Stage<'_>) -> Outcome {
    let quiz = stage.show_quiz(BASICS, "form=exam").await?;
    quiz.start().await?;
    quiz.choose("split").await?;
    quiz.until_saved().await?;
    let watch = "
        // Also if it only takes room.
        window.flashes = 0;
        const look = () => { window.flashes += all('[part~=elsewhere]').filter((own) => own.getClientRects().length).length; requestAnimationFrame(look) };
        look();";
    quiz.read::<Value>(watch, &[]).await?;
    for turn in 0..10 {
        // Out of the page for a task, so that it is taken apart and begins anew.
        let put = "
            const places = [document.querySelector('#before'), document.querySelector('#after')];
            host.remove();
            setTimeout(() => places[given[0] % 2].after(host));";
        quiz.read::<Value>(put, &[json!(turn)]).await?;
        quiz.until(
            "it goes on",
            "return host?.state === 'running' && one('input:checked')?.value === 'split' && !one('[data-screen] [inert]')",
            &[],
        )
        .await?;
    }
    let flashes: usize = stage.page.read("return window.flashes", Vec::new()).await?;
    assert_eq!(flashes, 0);
    Ok(())
}

/// A script tag without `type=module`: the browser's own sentence says what is missing.
pub async fn without_its_type(stage: &Stage<'_>) -> Outcome {
    stage.put_set("set.json", BASICS);
    let page = post_in("en", "", &widget("quiz", "src=set.json")).replace(
        "<script type=\"module\" src=\"/mondai-quiz.js\">",
        "<script src=listen.js></script><script src=\"/mondai-quiz.js\">",
    );
    let listen = "addEventListener('error', ({ message }) => (window.said = message));";
    stage.site.put("/test/listen.js", "text/javascript", listen);
    stage.show("classic", &page).await?;
    let said: String = stage
        .page
        .read("return window.said ?? ''", Vec::new())
        .await?;
    assert!(
        said.contains("import.meta") && said.contains("module"),
        "{said}"
    );
    stage.page.expect(Kind::Error, "import.meta");
    Ok(())
}

/// On a page that is written from right to left our own words still read from left to right, and each text of the author as it is.
pub async fn right_to_left(stage: &Stage<'_>) -> Outcome {
    let set = r#"{ "mondai": 1, "id": "sides", "title": "Sides.", "forms": [ { "id": "practice", "title": "شكل." } ],
      "questions": [ { "id": "one", "type": "single", "prompt": "Which one?", "choices": [ { "id": "a", "text": "A.", "correct": true }, { "id": "b", "text": "أ." } ] } ] }"#;
    let body = widget_with("quiz", "form=practice", set);
    let page = post_in("ar", "", &body).replace("<html ", "<html dir=\"rtl\" ");
    stage.show("rtl", &page).await?;
    let quiz = stage.page.quiz("#quiz");
    quiz.until_screen("start").await?;
    // What a text of ours inherits; and of an author's text what it is.
    let side = "return all(given[0]).map((element) => getComputedStyle(element).direction)";
    let check = async |css: &str, expected: Value| -> Outcome {
        let found: Value = quiz.read(side, &[json!(css)]).await?;
        assert_eq!(found, expected, "{css}");
        Ok(())
    };
    check("[part~=fact]:first-child", json!(["ltr"])).await?;
    check("[part~=title] [part~=prose]", json!(["ltr"])).await?;
    check("[part~=form-title] [part~=prose]", json!(["rtl"])).await?;
    quiz.start().await?;
    check("[part~=choice] [part~=prose]", json!(["ltr", "rtl"])).await?;
    quiz.answer(&["a"]).await?;
    check("[part~=feedback-verdict]", json!(["ltr"])).await
}

/// What is cut off or is not white on paper. No driver of all three engines shows what it prints, so for a moment the sheets'
/// rules for paper are rules for everything.
const ON_PAPER: &str = "
const rules = root.adoptedStyleSheets.flatMap((sheet) => [...sheet.cssRules]).filter((rule) => rule.media?.mediaText === 'print');
const put = (media) => rules.forEach((rule) => (rule.media.mediaText = media));
put('all');
const { backgroundColor, color } = getComputedStyle(one('[part~=quiz]'));
const paper = one('[part~=quiz]').getBoundingClientRect().right;
const cut = all('[part~=prose] :is(pre, table, [part=table])')
  .filter((element) => element.scrollWidth > element.clientWidth + 1 || element.getBoundingClientRect().right > paper)
  .map((element) => [element.localName, element.scrollWidth, element.clientWidth]);
put('print');
return [rules.length > 0, backgroundColor, color, cut]";

/// On paper nothing is cut off, and the paper is white, on every screen and under every theme.
pub async fn on_paper(stage: &Stage<'_>) -> Outcome {
    let wide = format!(
        "```text\\n{}\\n```\\n\\n| {} |\\n|{}\\n| {} |",
        "x".repeat(160),
        vec!["heading"; 20].join(" | "),
        "---|".repeat(20),
        vec!["some_long_word_in_a_cell"; 20].join(" | "),
    );
    let set = format!(
        r#"{{ "mondai": 1, "id": "paper", "title": "Paper", "questions": [ {{ "id": "one", "type": "single", "prompt": "{wide}",
        "choices": [ {{ "id": "a", "text": "A", "correct": true }}, {{ "id": "b", "text": "B" }} ] }} ] }}"#
    );
    let paper = json!([true, "rgb(255, 255, 255)", "rgb(27, 30, 38)", []]);
    let check = async |quiz: &Quiz<'_>, screen: &str| -> Outcome {
        quiz.until_screen(screen).await?;
        assert_eq!(quiz.read::<Value>(ON_PAPER, &[]).await?, paper, "{screen}");
        Ok(())
    };
    stage.page.browser().resize(700, 900).await?;
    let quiz = stage.show_quiz(&set, "theme=dark").await?;
    check(&quiz, "start").await?;
    quiz.start().await?;
    quiz.until(
        "the table is there",
        "return one('[part~=prompt] table')",
        &[],
    )
    .await?;
    check(&quiz, "question").await?;
    quiz.answer(&["a"]).await?;
    quiz.act("finish").await?;
    check(&quiz, "results").await?;
    quiz.act("answers").await?;
    check(&quiz, "answers").await?;

    stage.site.put("/test/square.svg", "image/svg+xml", SQUARE);
    let quiz = stage.show_quiz(RICH, "theme=dark").await?;
    quiz.start().await?;
    quiz.until(
        "the table is there",
        "return one('[part~=prompt] table')",
        &[],
    )
    .await?;
    check(&quiz, "question").await
}
