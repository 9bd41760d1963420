//! Test pages: small blog posts around widgets.

/// The style of the posts: next to nothing. The colours are those that the browser has anyway; only so does axe-core know
/// them in every engine.
pub const STYLE: &str = "body { background: Canvas; color: CanvasText; }\n";

/// A post with widgets in it, as an author would write it.
pub fn post(widgets: &str) -> String {
    post_in("en", "", widgets)
}

/// A post in a language, with more in its head.
pub fn post_in(language: &str, head: &str, widgets: &str) -> String {
    format!(
        r#"<!doctype html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>A post</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/test/post.css">
{head}
<script type="module" src="/mondai-quiz.js"></script>
</head>
<body>
<main>
<h1>A post</h1>
<p id="before">Some words before the quiz.</p>
{widgets}
<p id="after">Some words after it.</p>
</main>
</body>
</html>
"#
    )
}

/// A widget that loads a question set, with a fallback link that says so.
pub fn widget(id: &str, attributes: &str) -> String {
    format!(
        r##"<mondai-quiz id="{id}" {attributes}><a class="fallback" href="#before">The questions as a file</a></mondai-quiz>"##
    )
}

/// A widget whose question set stands in the page.
pub fn widget_with(id: &str, attributes: &str, set: &str) -> String {
    format!(
        r##"<mondai-quiz id="{id}" {attributes}><script type="application/json">{set}</script><a class="fallback" href="#before">The questions as a file</a></mondai-quiz>"##
    )
}

/// Enough words to push what follows far below the screen.
pub fn far() -> String {
    "<p>Words that fill the screen, so that what follows is far below.</p>\n".repeat(200)
}
