//! For authors: characters that Markdown takes for markup where they were hardly meant so, as in `__init__` or `C:\*.log`.

use core::ops::Range;

use pulldown_cmark::{Event, Parser, Tag};

use super::builder::{OPTIONS, shielded};
use super::{plain_text, tree};

/// A piece of a text that is not shown as it is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Eaten {
    /// What the author wrote.
    pub written: String,
    /// What readers see.
    pub shown: String,
    /// Why, as a sentence.
    pub cause: &'static str,
}

/// The first piece of a text that is hardly meant as Markdown reads it.
///
/// ```
/// use mondai::richtext::eaten;
///
/// assert_eq!(eaten("__init__", true).map(|eaten| eaten.shown), Some("init".to_owned()));
/// assert_eq!(eaten("This is _important_.", true), None);
/// ```
pub fn eaten(markdown: &str, is_inline: bool) -> Option<Eaten> {
    let text = shielded(markdown, is_inline).unwrap_or_else(|| markdown.to_owned());
    let mut escapes = Vec::new();
    let mut end = 0;
    for (event, range) in Parser::new_ext(&text, OPTIONS).into_offset_iter() {
        let found = match &event {
            Event::Start(Tag::Emphasis | Tag::Strong | Tag::Strikethrough) => {
                delimited(&text, &range)
            }
            Event::Start(Tag::Link { .. }) => called(&text, &range),
            Event::Text(_) => {
                if range.start > end && text.get(range.start - 1..range.start) == Some("\\") {
                    escapes.push(range.start - 1);
                }
                None
            }
            _ => None,
        };
        if !matches!(event, Event::Start(_)) {
            end = end.max(range.end);
        }
        if let Some(cause) = found {
            let written = text.get(range).unwrap_or_default().to_owned();
            return Some(Eaten {
                shown: plain_text(&tree(&written, true).blocks),
                written,
                cause,
            });
        }
    }
    unneeded(&text, &escapes)
}

/// Stars, underscores or tildes around something that nobody stresses.
fn delimited(text: &str, range: &Range<usize>) -> Option<&'static str> {
    let own = text.get(range.clone())?;
    let mark = own.chars().next()?;
    let width = own.chars().take_while(|char| *char == mark).count().min(2);
    let inner = own.get(width..own.len().checked_sub(width)?)?;
    let before = text.get(..range.start)?.chars().next_back();
    let after = text.get(range.end..)?.chars().next();
    let is_word = |char: Option<char>| char.is_some_and(|char| char.is_ascii_alphanumeric());
    let is_name = inner
        .bytes()
        .all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
    let (first, last) = (inner.chars().next()?, inner.chars().next_back()?);
    if mark == '_' && width == 2 && is_name {
        return Some("two underscores on each side make it bold.");
    }
    if mark == '~' && width == 1 {
        return Some("tildes strike it out.");
    }
    // Between two characters of a word, or around what begins or ends in the middle of an expression.
    let is_cut = ",;:.)]}/|+-=%".contains(first) || "([{,/+-=|".contains(last);
    (is_cut || is_word(before) && is_word(after)).then_some("the signs on both sides stress it.")
}

/// A link straight behind a word: a call such as `f[0](x)`.
fn called(text: &str, range: &Range<usize>) -> Option<&'static str> {
    let before = text.get(..range.start)?.chars().next_back()?;
    (before.is_ascii_alphanumeric()).then_some("brackets and parentheses make a link.")
}

/// Backslashes that vanish and were not needed: without them the same would be shown.
fn unneeded(text: &str, escapes: &[usize]) -> Option<Eaten> {
    let first = *escapes.first()?;
    // At the beginning it keeps a sign from opening a block, which authors need not know is never so in a line.
    let before = text.get(..first)?.trim_start_matches(['\u{a0}', ' ']);
    if before.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let mut bare = String::new();
    let mut from = 0;
    for at in escapes {
        bare.push_str(text.get(from..*at)?);
        from = at + 1;
    }
    bare.push_str(text.get(from..)?);
    // Careful authors write `max\_depth`, where one underscore alone would do no harm.
    if escapes
        .iter()
        .all(|at| text.get(at + 1..at + 2) == Some("_"))
    {
        return None;
    }
    let shown = |text: &str| plain_text(&tree(text, true).blocks);
    if shown(&bare) != shown(text) {
        return None;
    }
    let written: String = text.get(first..)?.chars().take(2).collect();
    Some(Eaten {
        shown: written.chars().skip(1).collect(),
        written,
        cause: "a backslash before a sign is not shown. Without it the same would be shown.",
    })
}
