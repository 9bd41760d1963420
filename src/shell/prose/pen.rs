//! Draws the nodes of a text, one piece after the other.
//!
//! Must be reached from the chunk of rich text only.

use wasm_bindgen::JsValue;
use web_sys::{Document, Element, Node};

use crate::richtext::pieces::{LONG, PIECE, in_pieces, lines, size};
use crate::richtext::{self, Alignment, Block, Inline, text_of};
use crate::shell::fetch::in_set;
use crate::shell::turns::turn;

/// The longest name of a table, in characters: a screen reader says it whenever the table is entered.
const LABEL_LENGTH: usize = 120;

/// What keeps page translators away from code.
const AS_IT_IS: [(&str, &str); 2] = [("translate", "no"), ("class", "notranslate")];

/// What a node costs the browser beside its text, in bytes of text.
const NODE: usize = 16;

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
pub(super) struct Pen {
    pub(super) document: Document,
    /// What all of it comes into.
    pub(super) parent: Element,
}

type Drawn = Result<(), JsValue>;

impl Pen {
    /// Blocks, one after the other. Those of a long text are laid out some at a time, so that no task is long.
    pub(super) async fn draw(&self, parent: &Node, blocks: &[Block], is_long: bool) -> Drawn {
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

    pub(super) fn inlines(&self, parent: &Node, inlines: &[Inline]) -> Drawn {
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
