//! What sites do to a question set that stands in a page, or editors to a file: tags and curly quotes in it, and its end
//! lost. Each is named with its cause and cure, instead of what it looks like to a JSON reader.

use super::Problem;

/// A set that stands in the page can be changed by the site; a file can only be changed by its author's editor.
const TO_A_FILE: &str = " Or put the set into a file of its own, and name it in `src`.";

/// Puts a better explanation in the place of the problem that a text is no JSON, if there is one.
pub fn explain(text: &str, is_in_page: bool, problem: &mut Problem) {
    if !matches!(problem.code, "not-json" | "html-instead-of-json") {
        return;
    }
    let is_cut = problem.message.contains("EOF");
    let near = near(text, problem);
    let is_curly = near.contains(['“', '”', '„', '«', '»', '‘', '’', '″']);
    let has_tags = || {
        near.contains(['<', '&'])
            || ["<p>", "</p>", "<br", "&quot;", "&#8220;"]
                .iter()
                .any(|tag| text.contains(tag))
    };
    let (code, parts) = if is_curly && is_in_page {
        (
            "changed-by-site",
            [
                "The site made curly quotes (“ ”) of straight ones in the question set of this page: turn that off for it (it is called smart quotes, typographer or smartypants).",
                TO_A_FILE,
            ],
        )
    } else if is_curly {
        (
            "curly-quotes",
            [
                "There are curly quotes (“ ”) here: JSON wants straight ones (\"). Look for more of them; an editor for programs writes no others.",
                "",
            ],
        )
    } else if is_in_page && is_cut && !has_tags() {
        (
            "cut-short",
            [
                "The question set of this page ends in the middle. A `</script>` in one of its texts ends it: write that as `<\\/script>`.",
                TO_A_FILE,
            ],
        )
    } else if is_in_page && has_tags() {
        (
            "changed-by-site",
            [
                "The site put tags such as `<p>` or `<br />` into the question set of this page. Take blank lines out of it, and put it where the site leaves HTML alone (a block for raw HTML).",
                TO_A_FILE,
            ],
        )
    } else {
        return;
    };
    problem.code = code;
    problem.message = parts.concat();
}

/// The characters around the place of a problem.
fn near(text: &str, problem: &Problem) -> String {
    let index = |number: u32| usize::try_from(number.saturating_sub(1)).unwrap_or(0);
    let line = super::without_mark(text)
        .split('\n')
        .nth(index(problem.line))
        .unwrap_or("");
    let from = index(problem.column).saturating_sub(1);
    line.chars().skip(from).take(3).collect()
}
