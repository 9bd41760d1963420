//! Shows rich text: builds DOM nodes from the tree that [`crate::richtext`] makes of Markdown.
//!
//! No HTML string is ever made, so nothing here can be blocked by a content security policy with Trusted Types, and no
//! text can become markup. The drawing and the Markdown parser live in a chunk of their own, loaded at the first text
//! that needs it; [`fill`] is the way in. Everything that only that chunk needs must stay reachable from [`render`] alone.

use std::cell::Cell;
use std::fmt;
use std::future::Future;
use std::pin::Pin;

use wasm_bindgen::JsValue;
use wasm_split_helpers::{SplitLoaderError, wasm_split};
use web_sys::{Document, Element, Node};

use super::config::warn;
use super::fetch::in_set;
use super::turns::turn;
use crate::engine::set::Prose;
use crate::richtext::pieces::{LONG, PIECE, in_pieces, lines, size};
use crate::richtext::{
    self, Alignment, Block, Inline, is_plain, is_plain_line, plain_line, text_of, tree,
};

/// What a node costs the browser beside its text, in bytes of text.
const NODE: usize = 16;

/// The longest name of a table, in characters: a screen reader says it whenever the table is entered.
const LABEL_LENGTH: usize = 120;

/// What keeps page translators away from code.
const AS_IT_IS: [(&str, &str); 2] = [("translate", "no"), ("class", "notranslate")];

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

/// Whether a text can be shown as it is, without the chunk.
pub fn needs_nothing(prose: &Prose) -> bool {
    if is_long(prose) {
        false
    } else if prose.is_inline {
        is_plain_line(&prose.markdown)
    } else {
        is_plain(&prose.markdown)
    }
}

/// Whether a text is drawn in pieces, so that it is not even shown as its source before that.
pub const fn is_long(prose: &Prose) -> bool {
    prose.markdown.len() > LONG
}

/// Replaces the children of `parent` with a text as rich text.
///
/// A text of a single paragraph gives inline nodes without a `p`, which may stand in a legend, label or heading; any other
/// gives block nodes. Nothing changes until the chunk is there and it is this text's turn: the caller shows the Markdown itself
/// until then, so that the reader has the words at least, and gets the error to tell.
///
/// Ask [`needs_nothing`] before: a plain text would load the chunk for nothing. The caller sees to it that only one call at a
/// time is under way for one `parent`: the one that ends last wins.
pub async fn fill(parent: &Element, prose: &Prose) -> Result<(), ProseError> {
    render(parent, prose).await?.await
}

/// The plain text of a text: what names of controls, lists to choose from and announcements say. `None` until the chunk is
/// there, for a text that needs it; see [`preload`].
pub fn plain(prose: &Prose) -> Option<String> {
    if needs_nothing(prose) {
        return Some(prose.markdown.clone());
    }
    PLAIN.get().map(|plain| plain(prose))
}

type Plain = fn(&Prose) -> String;

thread_local! {
    /// How the chunk makes plain text, once it is there.
    static PLAIN: Cell<Option<Plain>> = const { Cell::new(None) };
}

/// Loads the chunk before it is needed, so that the first rich text appears at once, and [`plain`] knows every text.
pub async fn preload() -> Result<(), ProseError> {
    PLAIN.set(Some(load_plain().await?));
    Ok(())
}

/// An entry of the chunk: how it makes plain text. The macro makes it asynchronous.
#[allow(
    clippy::unnecessary_wraps,
    reason = "the failure is the loading, which the macro puts in"
)]
#[wasm_split(richtext, fallible)]
fn load_plain() -> Result<Plain, ProseError> {
    Ok(|prose| plain_line(&prose.markdown, prose.is_inline))
}

/// A text that is about to be shown.
type Drawing = Pin<Box<dyn Future<Output = Result<(), ProseError>>>>;

/// The entry of the chunk: parses and draws. The macro makes it asynchronous.
#[allow(
    clippy::unnecessary_wraps,
    reason = "the failure is the loading, which the macro puts in"
)]
#[wasm_split(richtext, fallible)]
fn render(parent: &Element, prose: &Prose) -> Result<Drawing, ProseError> {
    Ok(Box::pin(draw(parent.clone(), prose.clone())))
}

/// Each text waits for its turn: a screen may have dozens of them, and only together they keep the page busy.
async fn draw(parent: Element, prose: Prose) -> Result<(), ProseError> {
    // `parent` is an element, and only a document has no owner.
    let Some(document) = parent.owner_document() else {
        return Ok(());
    };
    turn().await;
    super::sheet::adopt_around(&parent, include_str!("prose.css"));
    let pen = Pen {
        document,
        parent: parent.clone(),
    };
    let tree = tree(&prose.markdown, prose.is_inline);
    turn().await;
    if tree.is_cut {
        let start: String = prose.markdown.chars().take(LABEL_LENGTH / 3).collect();
        warn(&[
            "a text has more markup than can be shown, so its end is shown without it: shorten it. It begins: ",
            &start,
        ]);
    }
    if is_long(&prose) {
        parent.set_text_content(None);
        return Ok(pen.draw(&parent, &tree.blocks, true).await?);
    }
    // Complete before it is shown: an error leaves no half of a text, and the page is laid out once.
    let fragment = pen.document.create_document_fragment();
    if let [Block::Paragraph(inlines)] = tree.blocks.as_slice() {
        pen.inlines(&fragment, inlines)?;
    } else {
        pen.draw(&fragment, &tree.blocks, false).await?;
    }
    parent.set_text_content(None);
    // Below `dir="auto"` every node that is added makes the browser look through all of them anew: 8,192 took 3.6 s.
    let direction = parent.get_attribute("dir");
    parent.remove_attribute("dir")?;
    let shown = parent.append_child(&fragment);
    if let Some(direction) = direction {
        parent.set_attribute("dir", &direction)?;
    }
    shown?;
    Ok(())
}

/// Something to draw, once what stands before it is drawn.
#[derive(Clone, Copy)]
enum Piece<'t> {
    Block(&'t Block),
    /// An item of a list.
    Item(&'t [Block]),
    /// A row of a table below its head.
    Row(&'t [Alignment], &'t [richtext::Cell]),
    /// Without an element around it.
    Phrase(&'t [Inline]),
    /// A part of a block of code.
    Code(&'t str),
}

impl<'t> Piece<'t> {
    /// What of it is a phrase.
    fn phrase(self) -> &'t [Inline] {
        match self {
            Self::Block(Block::Paragraph(inlines) | Block::Heading(_, inlines)) => inlines,
            Self::Phrase(inlines) => inlines,
            _ => &[],
        }
    }

    /// How much of it there is to lay out, in bytes; without what is drawn after it.
    fn size(self) -> usize {
        match self {
            Self::Block(Block::Code { text, .. }) if text.len() <= LONG => text.len(),
            Self::Code(text) => text.len(),
            _ => size(self.phrase()),
        }
    }
}

/// What is still to be drawn, and into what; the next one last.
type Pieces<'t> = Vec<(Node, Piece<'t>)>;

/// Draws nodes. The recursion of phrases is as deep as the tree, which is bounded: see [`crate::richtext::DEPTH`].
struct Pen {
    document: Document,
    /// What all of it comes into.
    parent: Element,
}

type Drawn = Result<(), JsValue>;

impl Pen {
    /// Blocks, one after the other. Those of a long text are laid out some at a time, so that no task is long.
    async fn draw(&self, parent: &Node, blocks: &[Block], is_long: bool) -> Drawn {
        let mut pieces = Pieces::new();
        put(&mut pieces, parent, blocks);
        let mut drawn = 0;
        while let Some((parent, piece)) = pieces.pop() {
            let size = piece.size();
            if is_long && drawn > 0 && drawn + size > PIECE {
                drawn = 0;
                self.lay_out().await;
            }
            drawn += size + NODE;
            if is_long && size > LONG && !piece.phrase().is_empty() {
                // More than anybody writes: the reader sees where it is cut.
                for inlines in in_pieces(piece.phrase()) {
                    self.phrase(&parent, "p", &inlines)?;
                    self.lay_out().await;
                }
            } else {
                self.piece(&parent, piece, &mut pieces)?;
            }
        }
        Ok(())
    }

    /// Asking is what makes the browser do it now.
    async fn lay_out(&self) {
        drop(self.parent.get_bounding_client_rect());
        turn().await;
    }

    /// One of them; what is in it comes next.
    fn piece<'t>(&self, parent: &Node, piece: Piece<'t>, pieces: &mut Pieces<'t>) -> Drawn {
        let block = match piece {
            Piece::Block(block) => block,
            Piece::Item(blocks) => return self.item(parent, blocks, pieces),
            Piece::Row(alignments, cells) => {
                return self.row(parent, alignments, cells, "td", pieces);
            }
            Piece::Phrase(inlines) => return self.inlines(parent, inlines),
            Piece::Code(text) => {
                // Whole lines stand below each other, and parts of one beside each other.
                let name = if text.ends_with('\n') { "div" } else { "span" };
                let piece = self.element(parent, name, &[])?;
                return self.text(&piece, text);
            }
        };
        match block {
            Block::Paragraph(inlines) => self.phrase(parent, "p", inlines),
            Block::Heading(level, inlines) => self.heading(parent, *level, inlines),
            Block::Code { language, text } => self.code(parent, language.as_deref(), text, pieces),
            Block::List { start, items } => {
                let list = self.list(parent, *start)?;
                let items = items.iter().rev();
                pieces.extend(items.map(|item| (list.clone().into(), Piece::Item(item))));
                Ok(())
            }
            Block::Table {
                alignments,
                head,
                rows,
            } => self.table(parent, alignments, head, rows, pieces),
            Block::Quote(blocks) => {
                let quote = self.element(parent, "blockquote", &[])?;
                put(pieces, &quote, blocks);
                Ok(())
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
                let code = self.element(parent, "code", &AS_IT_IS)?;
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
    fn code<'t>(
        &self,
        parent: &Node,
        language: Option<&str>,
        text: &'t str,
        pieces: &mut Pieces<'t>,
    ) -> Drawn {
        let block = self.element(parent, "pre", &[("part", "code"), ("tabindex", "0")])?;
        let code = self.element(&block, "code", &AS_IT_IS)?;
        if let Some(language) = language {
            code.set_attribute("data-language", language)?;
        }
        if text.len() <= LONG {
            return self.text(&code, text);
        }
        let before = pieces.len();
        pieces.extend(lines(text).map(|piece| (code.clone().into(), Piece::Code(piece))));
        // The next one is the last.
        if let Some(own) = pieces.get_mut(before..) {
            own.reverse();
        }
        Ok(())
    }

    fn list(&self, parent: &Node, start: Option<u64>) -> Result<Element, JsValue> {
        match start {
            None => self.element(parent, "ul", &[]),
            Some(1) => self.element(parent, "ol", &[]),
            Some(start) => self.element(parent, "ol", &[("start", &start.to_string())]),
        }
    }

    fn item<'t>(&self, list: &Node, blocks: &'t [Block], pieces: &mut Pieces<'t>) -> Drawn {
        let item = self.element(list, "li", &[])?;
        match blocks {
            [Block::Paragraph(inlines), rest @ ..] if !has_paragraph(rest) => {
                put(pieces, &item, rest);
                pieces.push((item.into(), Piece::Phrase(inlines)));
            }
            blocks => put(pieces, &item, blocks),
        }
        Ok(())
    }

    /// A wide table scrolls in a box of its own, which a keyboard must be able to reach and a screen reader to name.
    fn table<'t>(
        &self,
        parent: &Node,
        alignments: &'t [Alignment],
        head: &'t [richtext::Cell],
        rows: &'t [Vec<richtext::Cell>],
        pieces: &mut Pieces<'t>,
    ) -> Drawn {
        let scroller = self.element(parent, "div", &[("part", "table"), ("tabindex", "0")])?;
        if let Some(label) = label(head).or_else(|| rows.iter().find_map(|row| label(row))) {
            scroller.set_attribute("role", "region")?;
            scroller.set_attribute("aria-label", &label)?;
        }
        let table = self.element(&scroller, "table", &[])?;
        let section = self.element(&table, "thead", &[])?;
        self.row(&section, alignments, head, "th", pieces)?;
        if !rows.is_empty() {
            let section = self.element(&table, "tbody", &[])?;
            let rows = rows.iter().rev();
            pieces.extend(rows.map(|row| (section.clone().into(), Piece::Row(alignments, row))));
        }
        Ok(())
    }

    fn row<'t>(
        &self,
        parent: &Node,
        alignments: &[Alignment],
        cells: &'t [richtext::Cell],
        name: &str,
        pieces: &mut Pieces<'t>,
    ) -> Drawn {
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
            pieces.push((element.into(), Piece::Phrase(cell)));
        }
        Ok(())
    }

    /// A link leads away from a running exam, so it opens beside it; one within the page does not lead away.
    fn link(&self, parent: &Node, url: &str, title: Option<&str>, children: &[Inline]) -> Drawn {
        let link = self.element(parent, "a", &[("href", &in_set(&self.parent, url))])?;
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
        image.set_attribute("src", &in_set(&self.parent, url))
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

/// Blocks that come next.
fn put<'t>(pieces: &mut Pieces<'t>, parent: &Node, blocks: &'t [Block]) {
    let blocks = blocks.iter().rev();
    pieces.extend(blocks.map(|block| (parent.clone(), Piece::Block(block))));
}

fn has_paragraph(blocks: &[Block]) -> bool {
    blocks
        .iter()
        .any(|block| matches!(block, Block::Paragraph(_)))
}

/// The text of a row, as the name of its table.
fn label(row: &[richtext::Cell]) -> Option<String> {
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
