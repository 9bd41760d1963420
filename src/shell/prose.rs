//! Shows rich text: builds DOM nodes from the tree that [`crate::richtext`] makes of Markdown.
//!
//! No HTML string is ever made, so nothing here can be blocked by a content security policy with Trusted Types, and no
//! text can become markup. The drawing and the Markdown parser live in a chunk of their own, loaded at the first text
//! that needs it; [`fill`] is the way in. Everything that only that chunk needs must stay reachable from [`render`] alone.

use std::fmt;

use wasm_bindgen::JsValue;
use wasm_split_helpers::{SplitLoaderError, wasm_split};
use web_sys::{Document, Element, Node};

use crate::richtext::{Alignment, Block, Cell, Inline, is_plain, parse, text_of};

/// The longest name of a table, in characters: a screen reader says it whenever the table is entered.
const LABEL_LENGTH: usize = 120;

/// Why a text could not be shown as rich text.
#[derive(Debug)]
pub enum ProseError {
    /// The chunk could not be loaded: no network, or the file is gone. The next call tries again. The loader has written
    /// the cause to the console.
    Unavailable,
    /// The browser refused a node.
    Refused(JsValue),
}

impl fmt::Display for ProseError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Unavailable => "the part that shows rich text could not be loaded",
            Self::Refused(_) => "the browser refused a part of a rich text",
        })
    }
}

impl std::error::Error for ProseError {}

impl From<SplitLoaderError> for ProseError {
    fn from(_: SplitLoaderError) -> Self {
        Self::Unavailable
    }
}

impl From<JsValue> for ProseError {
    fn from(cause: JsValue) -> Self {
        Self::Refused(cause)
    }
}

/// Replaces the children of `parent` with `markdown` as rich text.
///
/// A text of a single paragraph gives inline nodes without a `p`, which may stand in a legend, label or heading; any other
/// gives block nodes. A plain text is shown at once and loads nothing. Nothing changes until the chunk is there; if that
/// fails, the Markdown itself is shown, so that the reader has the words at least, and the caller gets the error to tell.
///
/// The caller sees to it that only one call at a time is under way for one `parent`: the one that ends last wins.
pub async fn fill(parent: &Element, markdown: &str) -> Result<(), ProseError> {
    if is_plain(markdown) {
        parent.set_text_content(Some(markdown));
        return Ok(());
    }
    let shown = render(parent, markdown).await;
    if shown.is_err() {
        parent.set_text_content(Some(markdown));
    }
    shown
}

/// Loads the chunk before it is needed, so that the first rich text appears at once.
pub async fn preload() -> Result<(), ProseError> {
    Ok(load_chunk().await?)
}

/// The entry of the chunk: parses and draws. The macro makes it asynchronous.
#[wasm_split(richtext, fallible, preload(load_chunk))]
fn render(parent: &Element, markdown: &str) -> Result<(), ProseError> {
    draw(parent, markdown)
}

fn draw(parent: &Element, markdown: &str) -> Result<(), ProseError> {
    // `parent` is an element, and only a document has no owner.
    let Some(document) = parent.owner_document() else {
        return Ok(());
    };
    super::sheet::adopt_around(parent, include_str!("prose.css"));
    let pen = Pen { document };
    // Complete before it is shown: an error leaves no half of a text, and the page is laid out once.
    let fragment = pen.document.create_document_fragment();
    match parse(markdown).as_slice() {
        [Block::Paragraph(inlines)] => pen.inlines(&fragment, inlines)?,
        blocks => pen.blocks(&fragment, blocks)?,
    }
    parent.set_text_content(None);
    parent.append_child(&fragment)?;
    Ok(())
}

/// Draws nodes. Its recursion is as deep as the tree, which is bounded: see [`crate::richtext::DEPTH`].
struct Pen {
    document: Document,
}

type Drawn = Result<(), JsValue>;

impl Pen {
    fn blocks(&self, parent: &Node, blocks: &[Block]) -> Drawn {
        blocks
            .iter()
            .try_for_each(|block| self.block(parent, block))
    }

    fn block(&self, parent: &Node, block: &Block) -> Drawn {
        match block {
            Block::Paragraph(inlines) => self.phrase(parent, "p", inlines),
            Block::Heading(level, inlines) => self.heading(parent, *level, inlines),
            Block::Code { language, text } => self.code(parent, language.as_deref(), text),
            Block::List { start, items } => self.list(parent, *start, items),
            Block::Table {
                alignments,
                head,
                rows,
            } => self.table(parent, alignments, head, rows),
            Block::Quote(blocks) => {
                let quote = self.element(parent, "blockquote", &[])?;
                self.blocks(&quote, blocks)
            }
            Block::Rule => self.element(parent, "hr", &[]).map(drop),
        }
    }

    /// An element without attributes around inline nodes.
    fn phrase(&self, parent: &Node, name: &str, inlines: &[Inline]) -> Drawn {
        let element = self.element(parent, name, &[])?;
        self.inlines(&element, inlines)
    }

    fn inlines(&self, parent: &Node, inlines: &[Inline]) -> Drawn {
        inlines
            .iter()
            .try_for_each(|inline| self.inline(parent, inline))
    }

    fn inline(&self, parent: &Node, inline: &Inline) -> Drawn {
        match inline {
            Inline::Text(text) => self.text(parent, text),
            Inline::Code(text) => {
                let code = self.element(parent, "code", &[])?;
                self.text(&code, text)
            }
            Inline::Emphasis(children) => self.phrase(parent, "em", children),
            Inline::Strong(children) => self.phrase(parent, "strong", children),
            Inline::Strikethrough(children) => self.phrase(parent, "del", children),
            Inline::Link {
                url,
                title,
                children,
            } => self.link(parent, url, title.as_deref(), children),
            Inline::Image { url, title, alt } => self.image(parent, url, title.as_deref(), alt),
            Inline::Break => self.element(parent, "br", &[]).map(drop),
        }
    }

    /// A heading of a question is no heading of the page it is embedded in: an `h1` in a choice would break the outline
    /// that the blog's author made, and no level is right on every page. So it looks like one and is a bold line to
    /// assistive technology. A `div`, not a `p`: a `p` that is bold from end to end is what axe calls a faked heading.
    fn heading(&self, parent: &Node, level: u8, inlines: &[Inline]) -> Drawn {
        let level = char::from(b'0'.saturating_add(level)).to_string();
        let heading = self.element(
            parent,
            "div",
            &[("part", "heading"), ("data-level", &level)],
        )?;
        self.phrase(&heading, "strong", inlines)
    }

    /// Wide code scrolls in a box of its own, which a keyboard must be able to reach.
    fn code(&self, parent: &Node, language: Option<&str>, text: &str) -> Drawn {
        let block = self.element(parent, "pre", &[("part", "code"), ("tabindex", "0")])?;
        let code = self.element(&block, "code", &[])?;
        if let Some(language) = language {
            code.set_attribute("data-language", language)?;
        }
        self.text(&code, text)
    }

    fn list(&self, parent: &Node, start: Option<u64>, items: &[Vec<Block>]) -> Drawn {
        let list = match start {
            None => self.element(parent, "ul", &[])?,
            Some(1) => self.element(parent, "ol", &[])?,
            Some(start) => self.element(parent, "ol", &[("start", &start.to_string())])?,
        };
        for item in items {
            let element = self.element(&list, "li", &[])?;
            match item.as_slice() {
                [Block::Paragraph(inlines), rest @ ..] if !has_paragraph(rest) => {
                    self.inlines(&element, inlines)?;
                    self.blocks(&element, rest)?;
                }
                blocks => self.blocks(&element, blocks)?,
            }
        }
        Ok(())
    }

    /// A wide table scrolls in a box of its own, which a keyboard must be able to reach and a screen reader to name.
    fn table(
        &self,
        parent: &Node,
        alignments: &[Alignment],
        head: &[Cell],
        rows: &[Vec<Cell>],
    ) -> Drawn {
        let scroller = self.element(parent, "div", &[("part", "table"), ("tabindex", "0")])?;
        if let Some(label) = label(head).or_else(|| rows.iter().find_map(|row| label(row))) {
            scroller.set_attribute("role", "region")?;
            scroller.set_attribute("aria-label", &label)?;
        }
        let table = self.element(&scroller, "table", &[])?;
        let section = self.element(&table, "thead", &[])?;
        self.row(&section, alignments, head, "th")?;
        if rows.is_empty() {
            return Ok(());
        }
        let section = self.element(&table, "tbody", &[])?;
        rows.iter()
            .try_for_each(|row| self.row(&section, alignments, row, "td"))
    }

    fn row(&self, parent: &Node, alignments: &[Alignment], cells: &[Cell], name: &str) -> Drawn {
        let row = self.element(parent, "tr", &[])?;
        for (cell, alignment) in cells.iter().zip(alignments) {
            // An empty cell is the head of nothing, and axe says so.
            let name = if cell.is_empty() { "td" } else { name };
            let element = self.element(&row, name, &[])?;
            if name == "th" {
                element.set_attribute("scope", "col")?;
            }
            // Not a `style` attribute: a content security policy may forbid it. The style sheet knows the values.
            if let Some(side) = side(*alignment) {
                element.set_attribute("data-align", side)?;
            }
            self.inlines(&element, cell)?;
        }
        Ok(())
    }

    /// A link leads away from a running exam, so it opens beside it; one within the page does not lead away.
    fn link(&self, parent: &Node, url: &str, title: Option<&str>, children: &[Inline]) -> Drawn {
        let link = self.element(parent, "a", &[("href", url)])?;
        if !url.starts_with('#') {
            link.set_attribute("target", "_blank")?;
            link.set_attribute("rel", "noopener noreferrer")?;
        }
        if let Some(title) = title {
            link.set_attribute("title", title)?;
        }
        self.inlines(&link, children)
    }

    /// `loading` stands before `src`, which would begin to load at once without it.
    fn image(&self, parent: &Node, url: &str, title: Option<&str>, alt: &str) -> Drawn {
        let attributes = [("loading", "lazy"), ("decoding", "async"), ("alt", alt)];
        let image = self.element(parent, "img", &attributes)?;
        if let Some(title) = title {
            image.set_attribute("title", title)?;
        }
        image.set_attribute("src", url)
    }

    fn element(
        &self,
        parent: &Node,
        name: &str,
        attributes: &[(&str, &str)],
    ) -> Result<Element, JsValue> {
        let element = self.document.create_element(name)?;
        for (attribute, value) in attributes {
            element.set_attribute(attribute, value)?;
        }
        parent.append_child(&element)?;
        Ok(element)
    }

    fn text(&self, parent: &Node, text: &str) -> Drawn {
        parent
            .append_child(&self.document.create_text_node(text))
            .map(drop)
    }
}

fn has_paragraph(blocks: &[Block]) -> bool {
    blocks
        .iter()
        .any(|block| matches!(block, Block::Paragraph(_)))
}

/// The text of a row, as the name of its table.
fn label(row: &[Cell]) -> Option<String> {
    let mut label = String::new();
    for cell in row {
        let text = text_of(cell);
        let text = text.trim();
        if !text.is_empty() && label.len() < LABEL_LENGTH {
            if !label.is_empty() {
                label.push_str(", ");
            }
            label.extend(text.chars().take(LABEL_LENGTH));
        }
    }
    (!label.is_empty()).then_some(label)
}

const fn side(alignment: Alignment) -> Option<&'static str> {
    match alignment {
        Alignment::Unset => None,
        Alignment::Left => Some("left"),
        Alignment::Center => Some("center"),
        Alignment::Right => Some("right"),
    }
}
