//! Shows rich text: builds DOM nodes from the tree that [`crate::richtext`] makes of Markdown.
//!
//! No HTML string is ever made, so nothing here can be blocked by a content security policy with Trusted Types, and no
//! text can become markup. The drawing and the Markdown parser live in a chunk of their own, loaded at the first text
//! that needs it; [`fill`] is the way in. Everything that only that chunk needs must stay reachable from [`render`] alone.

mod pen;

use std::cell::Cell;
use std::fmt;
use std::future::Future;
use std::pin::Pin;

use wasm_bindgen::JsValue;
use wasm_split_helpers::{SplitLoaderError, wasm_split};
use web_sys::Element;

use super::config::warn;
use super::turns::turn;
use crate::engine::text::Prose;
use crate::richtext::pieces::LONG;
use crate::richtext::{Block, is_plain, is_plain_line, plain_line, tree};
use pen::Pen;

/// How much of a text is told to find it by, in characters.
const BEGINNING: usize = 40;

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
        let start: String = prose.markdown.chars().take(BEGINNING).collect();
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
