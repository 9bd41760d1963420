//! What the page around it does to a widget, and what it must not: styles, narrow screens, light and dark.

use mondai_e2e::Outcome;
use mondai_e2e::engine::Setup;
use mondai_e2e::pages::{post_in, widget};
use mondai_e2e::quiz::Quiz;
use mondai_e2e::stage::Stage;
use serde_json::Value;

use crate::secrecy::SQUARE;
use crate::sets::{BASICS, RICH};

/// A page that styles everything, as resets, frameworks and old themes do.
const HOSTILE: &str = "
* { box-sizing: content-box !important; color: red !important; line-height: 3 !important; }
*, ::before, ::after { margin: 0; padding: 0; border: 0 solid; letter-spacing: 2px; text-transform: uppercase; }
button, input, label, fieldset, legend, section, form { display: none !important; }
button, input { all: unset; }
p, li { word-break: break-word; }
ul, ol { list-style: none; text-indent: -40px; }
html, body { overflow-x: hidden; font-style: italic; word-spacing: 10px; }
mondai-quiz > * { outline: 1px solid; }
a { pointer-events: none; }
";

/// Whatever the page's style says, every control can be seen and used, and the text looks as the widget wants it.
pub async fn hostile_styles(stage: &Stage<'_>) -> Outcome {
    stage.site.put("/test/hostile.css", "text/css", HOSTILE);
    stage.put_set("set.json", BASICS);
    let head = "<link rel=stylesheet href=hostile.css>";
    stage
        .show(
            "hostile",
            &post_in("en", head, &widget("quiz", "src=set.json form=exam")),
        )
        .await?;
    let quiz = stage.page.quiz("#quiz");
    quiz.start().await?;
    let style = "
        const { boxSizing, letterSpacing, textTransform, wordSpacing, fontStyle, color } = getComputedStyle(one(given[0]));
        return { boxSizing, letterSpacing, textTransform, wordSpacing, fontStyle, color }";
    let style: Value = quiz.read(style, &[Value::from("[part~=choice]")]).await?;
    for (property, expected) in [
        ("boxSizing", "border-box"),
        ("letterSpacing", "normal"),
        ("textTransform", "none"),
        ("wordSpacing", "0px"),
        ("fontStyle", "normal"),
    ] {
        assert_eq!(style[property], expected, "{style}");
    }
    assert_ne!(style["color"], "rgb(255, 0, 0)", "{style}");
    for choice in ["loud", "split"] {
        quiz.choose(choice).await?;
    }
    // Its own text is red on white, with letters far apart: the page's findings are not the widget's.
    stage
        .page
        .audit_without("question, hostile page", &["color-contrast"])
        .await?;
    quiz.act("flag").await?;
    quiz.act("next").await?;
    quiz.until_question(2).await?;
    quiz.choose("red").await?;
    quiz.choose("green").await?;
    fits(&quiz, "question").await?;
    quiz.act("review").await?;
    quiz.until_screen("review").await?;
    fits(&quiz, "review").await?;
    quiz.act("submit").await?;
    quiz.until_screen("results").await?;
    fits(&quiz, "results").await?;
    quiz.act("answers").await?;
    quiz.until_screen("answers").await?;
    fits(&quiz, "answers").await
}

/// Nothing stands out of the widget, and the page cannot be scrolled sideways.
async fn fits(quiz: &Quiz<'_>, screen: &str) -> Outcome {
    let script = "
        const page = document.scrollingElement;
        const limit = host.getBoundingClientRect();
        const scrolls = (element) => { for (let box = element.parentElement; box; box = box.parentElement) if (['auto', 'scroll', 'hidden', 'clip'].includes(getComputedStyle(box).overflowX)) return true; return false; };
        const out = all('*').filter((element) => {
          const box = element.getBoundingClientRect();
          return box.width > 1 && (box.right > limit.right + 1 || box.left < limit.left - 1) && !scrolls(element);
        }).map((element) => element.outerHTML.slice(0, 120));
        if (page.scrollWidth > page.clientWidth) out.push(`the page is ${page.scrollWidth} wide and shows ${page.clientWidth}`);
        return out";
    let out: Vec<String> = quiz.read(script, &[]).await?;
    assert!(out.is_empty(), "{screen}: {out:#?}");
    Ok(())
}

/// 320 pixels, the narrowest phone and what 400 % zoom leaves of a laptop: everything fits, on every screen.
pub async fn narrow(stage: &Stage<'_>) -> Outcome {
    stage.page.browser().resize(320, 700).await?;
    stage.site.put("/test/square.svg", "image/svg+xml", SQUARE);
    for (set, attributes) in [
        (BASICS, "form=exam"),
        (RICH, ""),
        (BASICS, "form=practice lang=ja"),
    ] {
        let quiz = stage.show_quiz(set, attributes).await?;
        quiz.until_screen("start").await?;
        fits(&quiz, "start").await?;
        quiz.start().await?;
        if set == RICH {
            quiz.until(
                "rich text is shown",
                "return one('[part~=prompt] table')",
                &[],
            )
            .await?;
        }
        fits(&quiz, "question").await?;
        stage.page.audit("question, narrow").await?;
        if quiz.shows("[data-action=check]").await? {
            quiz.click("label").await?;
            quiz.act("check").await?;
            quiz.until("it is marked", "return one('[part~=feedback]')", &[])
                .await?;
            fits(&quiz, "question, marked").await?;
        }
        quiz.act("review").await?;
        quiz.until_screen("review").await?;
        fits(&quiz, "review").await?;
        quiz.act("submit").await?;
        quiz.until_screen("results").await?;
        fits(&quiz, "results").await?;
        quiz.act("answers").await?;
        quiz.until_screen("answers").await?;
        fits(&quiz, "answers").await?;
        stage.page.audit("answers, narrow").await?;
    }
    let quiz = stage.show_quiz("{ not JSON", "").await?;
    quiz.until_screen("error").await?;
    quiz.click("[part=problems] summary").await?;
    fits(&quiz, "error").await
}

/// Where neither page nor author decides, the reader's system does.
pub async fn dark_system(stage: &Stage<'_>) -> Outcome {
    let wanted = stage.page.browser().setup();
    stage.put_set("set.json", BASICS);
    // The pages of the other journeys say `light dark`; this one says nothing.
    let page = post_in("en", "", &widget("quiz", "src=set.json form=practice"));
    let silent = page.replace("<meta name=\"color-scheme\" content=\"light dark\">", "");
    for (page, expected) in [
        (&page, wanted),
        (&silent, wanted),
        (&page.replace("light dark", "only light"), Setup::Light),
    ] {
        stage.show("scheme", page).await?;
        let quiz = stage.page.quiz("#quiz");
        quiz.until_screen("start").await?;
        let is_dark: bool = quiz.read(IS_DARK, &[]).await?;
        assert_eq!(is_dark, expected == Setup::Dark, "{page}");
        quiz.start().await?;
        stage
            .page
            .audit(&format!("question, {} system", wanted.word()))
            .await?;
        assert_eq!(quiz.answer(&["loud"]).await?, "incorrect");
        stage
            .page
            .audit(&format!("marked question, {} system", wanted.word()))
            .await?;
        crate::keeping::forget_all(stage).await?;
    }
    Ok(())
}

/// Whether the widget's text is light, as it is on dark.
pub const IS_DARK: &str = "
    const canvas = document.createElement('canvas').getContext('2d');
    canvas.fillStyle = getComputedStyle(one('[part~=title]')).color;
    canvas.fillRect(0, 0, 1, 1);
    const [red, green, blue] = canvas.getImageData(0, 0, 1, 1).data;
    return red + green + blue > 384";

/// The page's font is the widget's, unless the author sets another; parts and properties style it from outside.
pub async fn styled_by_the_author(stage: &Stage<'_>) -> Outcome {
    let css = "body { font-family: monospace; font-size: 20px }
        #quiz { --mondai-accent: rgb(1, 2, 3); } #quiz::part(button-primary) { border-radius: 7px; }";
    stage.site.put("/test/own.css", "text/css", css);
    stage.put_set("set.json", BASICS);
    stage
        .show(
            "styled",
            &post_in(
                "en",
                "<link rel=stylesheet href=own.css>",
                &widget("quiz", "src=set.json"),
            ),
        )
        .await?;
    let quiz = stage.page.quiz("#quiz");
    quiz.until_screen("start").await?;
    let style = "const { fontFamily, backgroundColor, borderTopLeftRadius } = getComputedStyle(one('[part~=button-primary]'));
        return [fontFamily, backgroundColor, borderTopLeftRadius]";
    let style: Vec<String> = quiz.read(style, &[]).await?;
    assert_eq!(style, ["monospace", "rgb(1, 2, 3)", "7px"]);
    // And the page keeps what is its own.
    let outside: String = stage
        .page
        .read(
            "return getComputedStyle(document.querySelector('#after')).fontSize",
            Vec::new(),
        )
        .await?;
    assert_eq!(outside, "20px");
    Ok(())
}
