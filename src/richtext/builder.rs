//! Builds the tree from the events of the Markdown parser.
//!
//! It keeps the open nodes on a stack of its own and never recurses, so the nesting of the input costs no stack; every
//! event is handled in constant time, so it costs no quadratic time either.

use pulldown_cmark::{
    Alignment as Side, CodeBlockKind, CowStr, Event, HeadingLevel, LinkType, Options, Parser, Tag,
};

use super::spacing::is_written_without_spaces;
use super::{Alignment, Block, Cell, DEPTH, Inline, NODES, Tree, text_of};
use crate::engine::address::{may_be_linked, may_be_shown};

/// The levels that the deepest block that holds blocks leaves free: a table, its row, its cell, and the text in it.
const LEAF_LEVELS: usize = 4;

/// The most nodes that one step can add: a table with its boxes, and the paragraph of the text that no node is made for.
const STEP: usize = 6;

/// Stands before a text that is one line, so that no sign at its beginning opens a block. It is white space to emphasis, as
/// the beginning of a line is, and no white space to blocks.
const SHIELD: char = '\u{a0}';

/// Parses `CommonMark` with GitHub's tables and strikethrough.
///
/// Total: every text has a tree. Unclosed markup is text, as `CommonMark` has it. Raw HTML is text. A link or image whose
/// address is not allowed keeps its text. A line end within a paragraph stays a line end, which a browser shows as a
/// space, except between two Chinese or Japanese characters, where it would show a space that nobody wrote.
///
/// In the browser only `shell::prose` calls it; see the module's documentation.
pub fn parse(markdown: &str) -> Vec<Block> {
    tree(markdown, false).blocks
}

/// As [`parse`], with what it had to leave out. Where `is_inline`, a text of one line is one paragraph, whatever it begins
/// with: `- 5` is a number, not a list. Blocks are only where the text has several lines.
///
/// ```
/// use mondai::richtext::{plain_text, tree};
///
/// assert_eq!(plain_text(&tree("> 90 %", true).blocks), "> 90 %");
/// assert_eq!(plain_text(&tree("- 5\n- 6", true).blocks), "5 6");
/// ```
pub fn tree(markdown: &str, is_inline: bool) -> Tree {
    let line = shielded(markdown, is_inline);
    let mut builder = Builder {
        is_shielded: line.is_some(),
        ..Builder::default()
    };
    for event in Parser::new_ext(line.as_deref().unwrap_or(markdown), OPTIONS) {
        builder.take(event);
    }
    builder.finish()
}

/// What of Markdown is read beyond `CommonMark`.
pub(super) const OPTIONS: Options = Options::ENABLE_TABLES.union(Options::ENABLE_STRIKETHROUGH);

/// A text that is one line and means so, with [`SHIELD`] before it.
pub(super) fn shielded(markdown: &str, is_inline: bool) -> Option<String> {
    let line = markdown.trim_matches([' ', '\t', '\n', '\r']);
    if !is_inline || line.contains(['\n', '\r']) {
        return None;
    }
    let shield = if line.is_empty() { None } else { Some(SHIELD) };
    Some(shield.into_iter().chain(line.chars()).collect())
}

/// A node that is not complete yet.
#[derive(Default)]
struct Open {
    node: Node,
    blocks: Vec<Block>,
    /// In a node that holds blocks: text that no paragraph holds, as in tight list items.
    inlines: Vec<Inline>,
}

#[derive(Default)]
enum Node {
    #[default]
    Root,
    Quote,
    List {
        start: Option<u64>,
        items: Vec<Vec<Block>>,
    },
    Item,
    Paragraph,
    Heading(u8),
    Code(Option<String>),
    Table {
        alignments: Vec<Alignment>,
        head: Vec<Cell>,
        rows: Vec<Vec<Cell>>,
    },
    Head(Vec<Cell>),
    Row(Vec<Cell>),
    Cell,
    Emphasis,
    Strong,
    Strikethrough,
    Link {
        url: String,
        title: Option<String>,
    },
    Image {
        url: String,
        title: Option<String>,
    },
}

/// What becomes of an element of the text.
enum Fate {
    /// It is a node of the tree.
    Node,
    /// It is not: its blocks go to the node around it.
    Unwrapped,
    /// It is not: its text goes on in the line around it.
    Inlined,
}

#[derive(Default)]
struct Builder {
    /// The innermost open node.
    top: Open,
    /// The nodes around it, the root first.
    around: Vec<Open>,
    /// What became of every element that the parser has open.
    fates: Vec<Fate>,
    /// How many nodes the tree will have on screen, so far and at most.
    nodes: usize,
    /// Whether there are too many of them: what follows is text.
    is_cut: bool,
    /// Whether the first character is [`SHIELD`].
    is_shielded: bool,
    is_after_soft_break: bool,
}

impl Builder {
    fn take(&mut self, event: Event<'_>) {
        if self.is_cut || self.nodes + STEP > NODES {
            return self.take_text(&event);
        }
        let was_after_soft_break = std::mem::take(&mut self.is_after_soft_break);
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(_) => self.end(),
            Event::Text(text) => {
                let own = if core::mem::take(&mut self.is_shielded) {
                    text.strip_prefix(SHIELD)
                } else {
                    None
                };
                if was_after_soft_break {
                    self.join_lines(&text);
                }
                self.text(own.unwrap_or(&text));
            }
            Event::Code(text) if self.is_in_image() => self.text(&text),
            Event::Code(text) => {
                self.nodes += 2;
                self.top.inlines.push(Inline::Code(text.into_string()));
            }
            Event::Html(html) => self.html_line(&html),
            Event::SoftBreak => {
                self.text("\n");
                self.is_after_soft_break = true;
            }
            Event::HardBreak if self.is_in_image() => self.text(" "),
            Event::HardBreak => self.line_break(),
            Event::Rule => {
                self.nodes += 1;
                self.block(Block::Rule);
            }
            // All but the first cannot come: their extensions are off. If they did, they would be text.
            Event::InlineHtml(text)
            | Event::InlineMath(text)
            | Event::DisplayMath(text)
            | Event::FootnoteReference(text) => self.text(&text),
            Event::TaskListMarker(_) => {}
        }
    }

    /// Past the limit of nodes: everything that is open is closed, and what follows is one text.
    fn take_text(&mut self, event: &Event<'_>) {
        if !core::mem::replace(&mut self.is_cut, true) {
            while !self.around.is_empty() {
                self.close();
            }
            self.flush();
        }
        match event {
            Event::Text(text) | Event::Code(text) | Event::Html(text) | Event::InlineHtml(text) => {
                self.text(text);
            }
            // In a word nothing comes between.
            Event::End(_)
            | Event::Start(
                Tag::Emphasis
                | Tag::Strong
                | Tag::Strikethrough
                | Tag::Link { .. }
                | Tag::Image { .. },
            ) => {}
            // Between blocks, and for breaks. More than one in a row would only be more to keep.
            _ => {
                if let Some(Inline::Text(last)) = self.top.inlines.last_mut()
                    && !last.ends_with('\n')
                {
                    last.push('\n');
                }
            }
        }
    }

    fn start(&mut self, tag: Tag<'_>) {
        let is_inline = matches!(
            tag,
            Tag::Emphasis | Tag::Strong | Tag::Strikethrough | Tag::Link { .. } | Tag::Image { .. }
        );
        let cost = match tag {
            // Two boxes and two sections; a text in code in its block; a bold line in its box.
            Tag::Table(_) => 4,
            Tag::CodeBlock(_) => 3,
            Tag::Heading { .. } => 2,
            _ => 1,
        };
        if let Some(node) = self.node(tag) {
            self.nodes += cost;
            let open = Open {
                node,
                ..Open::default()
            };
            self.around.push(std::mem::replace(&mut self.top, open));
            self.fates.push(Fate::Node);
        } else if is_inline {
            self.fates.push(Fate::Inlined);
        } else {
            self.flush();
            self.fates.push(Fate::Unwrapped);
        }
    }

    fn end(&mut self) {
        match self.fates.pop() {
            Some(Fate::Node) => self.close(),
            Some(Fate::Unwrapped) => self.flush(),
            Some(Fate::Inlined) | None => {}
        }
    }

    fn finish(mut self) -> Tree {
        while !self.around.is_empty() {
            self.close();
        }
        self.flush();
        Tree {
            blocks: self.top.blocks,
            is_cut: self.is_cut,
        }
    }

    /// The node that a tag opens, or `None` if its content goes to the node around it.
    fn node(&self, tag: Tag<'_>) -> Option<Node> {
        let level = self.around.len() + 1;
        let has_room_for_blocks = level + LEAF_LEVELS <= DEPTH;
        // One level for the text in it, one for the paragraph that `flush` may put around it.
        let has_room_for_inlines = level + 2 <= DEPTH && !self.is_in_image();
        Some(match tag {
            Tag::BlockQuote(_) if has_room_for_blocks => Node::Quote,
            // A list needs room for its items too.
            Tag::List(start) if level + 1 + LEAF_LEVELS <= DEPTH => Node::List {
                start,
                items: Vec::new(),
            },
            Tag::Item if matches!(self.top.node, Node::List { .. }) => Node::Item,
            Tag::Paragraph | Tag::HtmlBlock => Node::Paragraph,
            Tag::Heading { level, .. } => Node::Heading(number(level)),
            Tag::CodeBlock(kind) => Node::Code(language(kind)),
            Tag::Table(alignments) => Node::Table {
                alignments: alignments.into_iter().map(alignment).collect(),
                head: Vec::new(),
                rows: Vec::new(),
            },
            Tag::TableHead => Node::Head(Vec::new()),
            Tag::TableRow => Node::Row(Vec::new()),
            Tag::TableCell => Node::Cell,
            Tag::Emphasis if has_room_for_inlines => Node::Emphasis,
            Tag::Strong if has_room_for_inlines => Node::Strong,
            Tag::Strikethrough if has_room_for_inlines => Node::Strikethrough,
            Tag::Link {
                link_type,
                dest_url,
                title,
                ..
            } if has_room_for_inlines => link(link_type, dest_url, title)?,
            Tag::Image {
                dest_url, title, ..
            } if has_room_for_inlines && may_be_shown(&dest_url) => Node::Image {
                url: dest_url.into_string(),
                title: some_title(title),
            },
            _ => return None,
        })
    }

    /// Closes the innermost node and hands it to the one around it.
    fn close(&mut self) {
        self.flush();
        let Some(parent) = self.around.pop() else {
            return;
        };
        let Open {
            node,
            blocks,
            inlines,
        } = std::mem::replace(&mut self.top, parent);
        match node {
            Node::Root => {}
            Node::Quote => self.block(Block::Quote(blocks)),
            Node::List { start, items } => self.block(Block::List { start, items }),
            Node::Item => {
                if let Node::List { items, .. } = &mut self.top.node {
                    items.push(blocks);
                }
            }
            Node::Paragraph => self.paragraph(inlines),
            Node::Heading(level) => self.block(Block::Heading(level, inlines)),
            Node::Code(language) => self.block(code(language, &inlines)),
            Node::Table {
                alignments,
                head,
                rows,
            } => self.block(Block::Table {
                alignments,
                head,
                rows,
            }),
            Node::Head(cells) => {
                if let Node::Table { head, .. } = &mut self.top.node {
                    *head = cells;
                }
            }
            Node::Row(cells) => self.row(cells),
            Node::Cell => {
                if let Node::Head(cells) | Node::Row(cells) = &mut self.top.node {
                    cells.push(inlines);
                }
            }
            Node::Emphasis => self.top.inlines.push(Inline::Emphasis(inlines)),
            Node::Strong => self.top.inlines.push(Inline::Strong(inlines)),
            Node::Strikethrough => self.top.inlines.push(Inline::Strikethrough(inlines)),
            Node::Link { url, title } => self.top.inlines.push(named_link(url, title, inlines)),
            Node::Image { url, title } => self.top.inlines.push(Inline::Image {
                url,
                title,
                alt: text_of(&inlines),
            }),
        }
    }

    fn block(&mut self, block: Block) {
        self.flush();
        self.top.blocks.push(block);
    }

    fn paragraph(&mut self, mut inlines: Vec<Inline>) {
        while inlines.last() == Some(&Inline::Break) {
            inlines.pop();
        }
        if !inlines.is_empty() {
            self.block(Block::Paragraph(inlines));
        }
    }

    fn row(&mut self, cells: Vec<Cell>) {
        if let Node::Table { rows, .. } = &mut self.top.node {
            rows.push(cells);
        }
    }

    /// Makes a paragraph of the text that no paragraph holds, where the innermost node holds blocks.
    fn flush(&mut self) {
        if matches!(self.top.node, Node::Root | Node::Quote | Node::Item)
            && !self.top.inlines.is_empty()
        {
            let inlines = std::mem::take(&mut self.top.inlines);
            self.nodes += 1;
            self.top.blocks.push(Block::Paragraph(inlines));
        }
    }

    fn text(&mut self, text: &str) {
        if let Some(Inline::Text(last)) = self.top.inlines.last_mut() {
            last.push_str(text);
        } else if !text.is_empty() {
            // The words for a picture are no node of their own.
            self.nodes += usize::from(!self.is_in_image());
            self.top.inlines.push(Inline::Text(text.to_owned()));
        }
    }

    /// Takes back the line end before `next` if it stands between two characters that are written without spaces.
    fn join_lines(&mut self, next: &str) {
        if let Some(Inline::Text(last)) = self.top.inlines.last_mut() {
            let before = last.strip_suffix('\n').and_then(|line| line.chars().last());
            if before.is_some_and(is_written_without_spaces)
                && next.starts_with(is_written_without_spaces)
            {
                last.pop();
            }
        }
    }

    /// A line of an HTML block. It is shown, line by line, as the text it is.
    fn html_line(&mut self, html: &str) {
        for line in html.lines() {
            self.text(line);
            self.line_break();
        }
    }

    fn line_break(&mut self) {
        self.nodes += 1;
        self.top.inlines.push(Inline::Break);
    }

    fn is_in_image(&self) -> bool {
        matches!(self.top.node, Node::Image { .. })
    }
}

fn link(kind: LinkType, url: CowStr<'_>, title: CowStr<'_>) -> Option<Node> {
    let mut url = url.into_string();
    if kind == LinkType::Email {
        url.insert_str(0, "mailto:");
    }
    may_be_linked(&url).then(|| Node::Link {
        url,
        title: some_title(title),
    })
}

/// A link that a reader can see and a screen reader can name.
fn named_link(url: String, title: Option<String>, mut children: Vec<Inline>) -> Inline {
    if text_of(&children).trim().is_empty() {
        children.push(Inline::Text(url.clone()));
    }
    Inline::Link {
        url,
        title,
        children,
    }
}

fn code(language: Option<String>, inlines: &[Inline]) -> Block {
    let mut text = text_of(inlines);
    if text.ends_with('\n') {
        text.pop();
    }
    Block::Code { language, text }
}

/// The first word of a fence's info string: `rust` of `rust,ignore` and of `rust title="a"`.
fn language(kind: CodeBlockKind<'_>) -> Option<String> {
    let CodeBlockKind::Fenced(info) = kind else {
        return None;
    };
    let word = info
        .split(|character: char| character == ',' || character.is_whitespace())
        .next()?;
    (!word.is_empty()).then(|| word.to_owned())
}

fn some_title(title: CowStr<'_>) -> Option<String> {
    (!title.is_empty()).then(|| title.into_string())
}

fn number(level: HeadingLevel) -> u8 {
    match level {
        HeadingLevel::H1 => 1,
        HeadingLevel::H2 => 2,
        HeadingLevel::H3 => 3,
        HeadingLevel::H4 => 4,
        HeadingLevel::H5 => 5,
        HeadingLevel::H6 => 6,
    }
}

fn alignment(side: Side) -> Alignment {
    match side {
        Side::None => Alignment::Unset,
        Side::Left => Alignment::Left,
        Side::Center => Alignment::Center,
        Side::Right => Alignment::Right,
    }
}
