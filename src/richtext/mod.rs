//! Rich text: Markdown becomes a tree of allowed nodes, and nothing else can come out of it.
//!
//! Pure: nothing here names a browser, and no input makes it panic. The tree holds text, never markup: raw HTML is kept
//! as visible text, and a link or image whose address could run code loses the address. Whoever shows the tree builds
//! nodes from it and needs no sanitizer.
//!
//! A text is either blocks, or inline: then one line of it is one paragraph, whatever it begins with. Choices, items, the
//! prompts of a matching, the options of a gap and titles are inline, so that `- 5` and `# rm` are what the author wrote.
//!
//! [`is_plain`] and [`is_plain_line`] are small and belong to the code that is loaded first. [`parse`] and [`tree`] bring the Markdown parser with it
//! (about 50 KB compressed), so in the browser only the lazily loaded chunk of `shell::prose` may call them: one call from
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

mod builder;
#[cfg(feature = "author")]
mod eaten;
pub mod pieces;
mod spacing;
#[cfg(test)]
mod tests;

pub use builder::{parse, tree};
#[cfg(feature = "author")]
pub use eaten::{Eaten, eaten};

/// How deep a tree may nest, counting every block, list item, table row, cell and inline node on the way down.
///
/// Deeper nesting is flattened: its content moves up to the deepest node that is left. Both the drawing of a tree and
/// its drop recurse, and the stack of a Wasm module is small (1 MiB, and an overflow cannot be caught).
pub const DEPTH: usize = 32;

/// How many nodes a text may have on screen. What comes after them is shown as text without markup, so that no text keeps a
/// page busy.
pub const NODES: usize = 1_500;

/// A text with its markup read.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Tree {
    /// What it is made of.
    pub blocks: Vec<Block>,
    /// Whether it has more than [`NODES`], so that the markup of its end is lost.
    pub is_cut: bool,
}

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
    !opens_block(markdown.as_bytes()) && is_plain_line(markdown)
}

/// The same of a text that is inline: [`tree`] gives it as one paragraph, whatever it begins with.
///
/// ```
/// use mondai::richtext::is_plain_line;
///
/// assert!(is_plain_line("> 90 %"));
/// assert!(is_plain_line("1. commit"));
/// assert!(!is_plain_line("__init__"));
/// ```
pub fn is_plain_line(markdown: &str) -> bool {
    let bytes = markdown.as_bytes();
    // A text begins and ends as if there were spaces around it.
    let at = |index: Option<usize>| {
        index
            .and_then(|index| bytes.get(index))
            .copied()
            .unwrap_or(b' ')
    };
    // Looked for once: a text of `&` alone would look through all of itself at each.
    let has_semicolon = bytes.contains(&b';');
    markdown.len() == markdown.trim().len()
        && bytes.iter().enumerate().all(|(index, byte)| {
            let (before, after) = (at(index.checked_sub(1)), at(Some(index + 1)));
            match byte {
                // An underscore inside a word is itself, as in `max_depth`.
                b'_' => before.is_ascii_alphanumeric() && after.is_ascii_alphanumeric(),
                // A lone star between spaces opens and closes nothing, as in `2 * 3`.
                b'*' => before == b' ' && after == b' ',
                // Tags and automatic links begin with a letter, `/`, `!` or `?`.
                b'<' => matches!(after, b' ' | b'=' | b'0'..=b'9'),
                // Entities end with a semicolon.
                b'&' => !has_semicolon,
                b'`' | b'~' | b'[' | b']' | b'\\' | 0x7f => false,
                byte => *byte >= b' ',
            }
        })
}

/// The text of a tree without its markup, in one line: what names, lists to choose from and screen readers say. A picture
/// is what it shows in words.
///
/// ```
/// use mondai::richtext::{parse, plain_text};
///
/// assert_eq!(plain_text(&parse("[the *guide*](/a)\n\n- `a`\n- ![b](c)")), "the guide a b");
/// ```
pub fn plain_text(blocks: &[Block]) -> String {
    let mut text = String::new();
    append_blocks(blocks, &mut text);
    let mut line = String::with_capacity(text.len());
    for word in text.split_ascii_whitespace() {
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    line
}

/// How much of a text a name of a control has, in bytes of its Markdown: who listens to more does not know any more where it
/// began, and a list to choose from has a name in it for each of its choices.
const NAME_BYTES: usize = 1_000;

/// The plain text of a text as a name can have it; a long one is cut, with `…`.
///
/// ```
/// use mondai::richtext::plain_line;
///
/// assert_eq!(plain_line("Use **Batch**", true), "Use Batch");
/// assert!(plain_line(&"long ".repeat(1_000), true).ends_with("long…"));
/// ```
pub fn plain_line(markdown: &str, is_inline: bool) -> String {
    let mut ends = markdown.char_indices().map(|(place, _)| place);
    let Some(end) = ends.find(|place| *place >= NAME_BYTES) else {
        return plain_text(&tree(markdown, is_inline).blocks);
    };
    let (start, _) = markdown.split_at(end);
    let mut line = plain_text(&tree(start, is_inline).blocks);
    line.push('…');
    line
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
        b'#' | b'>' | b'*' => true,
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
fn append_blocks(blocks: &[Block], text: &mut String) {
    for block in blocks {
        match block {
            Block::Paragraph(inlines) | Block::Heading(_, inlines) => append_text(inlines, text),
            Block::Code { text: own, .. } => text.push_str(own),
            Block::List { items, .. } => items.iter().for_each(|item| append_blocks(item, text)),
            Block::Table { head, rows, .. } => {
                for cell in head.iter().chain(rows.iter().flatten()) {
                    append_text(cell, text);
                    text.push(' ');
                }
            }
            Block::Quote(blocks) => append_blocks(blocks, text),
            Block::Rule => {}
        }
        text.push(' ');
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
