//! Rich text: Markdown becomes a tree of allowed nodes, and nothing else can come out of it.
//!
//! Pure: nothing here names a browser, and no input makes it panic. The tree holds text, never markup: raw HTML is kept
//! as visible text, and a link or image whose address could run code loses the address. Whoever shows the tree builds
//! nodes from it and needs no sanitizer.
//!
//! [`is_plain`] is small and belongs to the code that is loaded first. [`parse`] brings the Markdown parser with it
//! (about 50 KB compressed), so in the browser only the lazily loaded chunk of `shell::prose` may call it: one call from
//! anywhere else would move the parser into the main module.
//!
//! ```
//! use mondai::richtext::{Block, Inline, is_plain, parse};
//!
//! assert!(is_plain("Which service fits best?"));
//! assert_eq!(
//!     parse("Use **Batch**"),
//!     [Block::Paragraph(vec![
//!         Inline::Text("Use ".into()),
//!         Inline::Strong(vec![Inline::Text("Batch".into())]),
//!     ])]
//! );
//! ```
#![deny(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unreachable,
    clippy::todo
)]
#![cfg_attr(
    test,
    allow(
        clippy::unwrap_used,
        clippy::expect_used,
        clippy::indexing_slicing,
        clippy::panic
    )
)]

mod address;
mod builder;
#[cfg(test)]
mod tests;

pub use builder::parse;

/// How deep a tree may nest, counting every block, list item, table row, cell and inline node on the way down.
///
/// Deeper nesting is flattened: its content moves up to the deepest node that is left. Both the drawing of a tree and
/// its drop recurse, and the stack of a Wasm module is small (1 MiB, and an overflow cannot be caught).
pub const DEPTH: usize = 32;

/// A piece of text that stands on lines of its own.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Block {
    /// A paragraph. Never empty.
    Paragraph(Vec<Inline>),
    /// A heading of level 1 to 6.
    Heading(u8, Vec<Inline>),
    /// A fenced or indented code block.
    Code {
        /// The first word after the fence, if there is one.
        language: Option<String>,
        /// The code, without its last line end.
        text: String,
    },
    /// A list.
    List {
        /// The number of the first item, if the list is numbered.
        start: Option<u64>,
        /// The items. The text of a tight item is a paragraph too.
        items: Vec<Vec<Block>>,
    },
    /// A table as GitHub's dialect has it.
    Table {
        /// One for each column.
        alignments: Vec<Alignment>,
        /// The head row.
        head: Vec<Cell>,
        /// The other rows. A row has at most as many cells as the head; missing ones at its end are empty.
        rows: Vec<Vec<Cell>>,
    },
    /// A block quote.
    Quote(Vec<Block>),
    /// A thematic break.
    Rule,
}

/// A cell of a table.
pub type Cell = Vec<Inline>;

/// A piece of text within a line.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Inline {
    /// Text as it is to be read; no character in it is markup. A line end in it is ordinary white space.
    Text(String),
    /// Inline code.
    Code(String),
    /// Stressed text.
    Emphasis(Vec<Inline>),
    /// Important text.
    Strong(Vec<Inline>),
    /// Struck-out text.
    Strikethrough(Vec<Inline>),
    /// A link to `http:`, `https:`, `mailto:` or a relative address. Its children have text: a link without any shows
    /// its address.
    Link {
        /// The address.
        url: String,
        /// The title, if there is one.
        title: Option<String>,
        /// What the reader clicks.
        children: Vec<Inline>,
    },
    /// An image from `http:`, `https:`, a relative address or a `data:` URL of a common image type.
    Image {
        /// The address.
        url: String,
        /// The title, if there is one.
        title: Option<String>,
        /// What the image shows, in words; empty for a decoration.
        alt: String,
    },
    /// A hard line break.
    Break,
}

/// How the cells of a table's column are aligned.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Alignment {
    /// The author did not say.
    Unset,
    /// To the left.
    Left,
    /// In the middle.
    Center,
    /// To the right.
    Right,
}

/// Whether `markdown` is nothing but one paragraph of text without markup, so that it can be shown as it is.
///
/// May say `false` of plain text, never `true` of anything else: where it says `true`, [`parse`] gives one paragraph with
/// the same text (and nothing for the empty string). It looks at bytes only, to stay small: bytes of characters outside
/// ASCII never mean anything to `CommonMark`.
///
/// ```
/// use mondai::richtext::is_plain;
///
/// assert!(is_plain("A job runs for 3.5 hours (at most); what does it cost, $4 or 20% more?"));
/// assert!(is_plain("夜間バッチは「40分」かかります。"));
/// assert!(!is_plain("Use `cron`"));
/// assert!(!is_plain("1. first"));
/// ```
pub fn is_plain(markdown: &str) -> bool {
    let bytes = markdown.as_bytes();
    let at = |index: usize| bytes.get(index).copied().unwrap_or(b' ');
    markdown.len() == markdown.trim().len()
        && !opens_block(bytes)
        && bytes.iter().enumerate().all(|(index, byte)| match byte {
            // An underscore inside a word is itself, as in `max_depth`.
            b'_' => {
                index > 0
                    && at(index - 1).is_ascii_alphanumeric()
                    && at(index + 1).is_ascii_alphanumeric()
            }
            // A lone star between spaces opens and closes nothing, as in `2 * 3`.
            b'*' => index > 0 && at(index - 1) == b' ' && at(index + 1) == b' ',
            // Tags and automatic links begin with a letter, `/`, `!` or `?`.
            b'<' => matches!(at(index + 1), b' ' | b'=' | b'0'..=b'9'),
            // Entities end with a semicolon.
            b'&' => !bytes.contains(&b';'),
            b'`' | b'~' | b'[' | b']' | b'\\' | 0x7f => false,
            byte => *byte >= b' ',
        })
}

/// The text of `inlines` without its markup, for labels.
///
/// ```
/// use mondai::richtext::{Inline, text_of};
///
/// let inlines = [Inline::Text("a ".into()), Inline::Strong(vec![Inline::Code("b".into())])];
/// assert_eq!(text_of(&inlines), "a b");
/// ```
pub fn text_of(inlines: &[Inline]) -> String {
    let mut text = String::new();
    append_text(inlines, &mut text);
    text
}

/// Whether the first characters of a text could make it a heading, list, quote, fence or rule.
fn opens_block(bytes: &[u8]) -> bool {
    let Some(first) = bytes.first() else {
        return false;
    };
    let after = |index: usize| bytes.get(index).copied().unwrap_or(b' ');
    match first {
        b'#' | b'>' => true,
        // A list marker wants a space after it, a rule a second dash; `-5` is a number.
        b'-' | b'+' => !after(1).is_ascii_alphanumeric(),
        b'0'..=b'9' => {
            let digits = bytes
                .iter()
                .take_while(|byte| byte.is_ascii_digit())
                .count();
            matches!(after(digits), b'.' | b')') && after(digits + 1) == b' '
        }
        _ => false,
    }
}

/// Recurses at most [`DEPTH`] times.
fn append_text(inlines: &[Inline], text: &mut String) {
    for inline in inlines {
        match inline {
            Inline::Text(own) | Inline::Code(own) | Inline::Image { alt: own, .. } => {
                text.push_str(own);
            }
            Inline::Emphasis(children)
            | Inline::Strong(children)
            | Inline::Strikethrough(children)
            | Inline::Link { children, .. } => append_text(children, text),
            Inline::Break => text.push(' '),
        }
    }
}
