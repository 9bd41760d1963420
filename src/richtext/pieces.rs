//! Long texts in pieces: a browser lays a paragraph out in one go, however long it is.

use super::{Block, Inline, text_of};

/// From so many bytes of Markdown on, a text is drawn a block at a time.
pub const LONG: usize = 4_096;

/// How many bytes a paragraph of a long text has at most, unless its markup keeps it together. Of texts that take long (marks
/// upon marks, languages whose words only a dictionary tells) a browser lays out as much in some 20 ms.
pub const PIECE: usize = 2_048;

/// From here on characters are private. Marks of gaps are such: they are not taken apart.
const PRIVATE: char = '\u{f0000}';

/// The blocks of a long text, with paragraphs that are too long as several.
///
/// ```
/// use mondai::richtext::{Block, tree};
/// use mondai::richtext::pieces::{PIECE, in_pieces};
///
/// let blocks = in_pieces(tree(&"a word ".repeat(1_000), false).blocks);
/// assert!(blocks.len() > 3);
/// assert!(blocks.iter().all(|block| matches!(block, Block::Paragraph(_))));
/// ```
pub fn in_pieces(blocks: Vec<Block>) -> Vec<Block> {
    let mut pieces = Vec::new();
    for block in blocks {
        match block {
            Block::Paragraph(inlines) => split(inlines, &mut pieces),
            other => pieces.push(other),
        }
    }
    pieces
}

fn split(inlines: Vec<Inline>, pieces: &mut Vec<Block>) {
    let mut piece = Vec::new();
    let mut size = 0;
    let mut end = |piece: &mut Vec<Inline>| {
        if !piece.is_empty() {
            pieces.push(Block::Paragraph(core::mem::take(piece)));
        }
    };
    for inline in inlines {
        let Inline::Text(text) = inline else {
            let own = text_of(core::slice::from_ref(&inline)).len();
            if size + own > PIECE {
                end(&mut piece);
                size = 0;
            }
            size += own;
            piece.push(inline);
            continue;
        };
        let mut rest = text.as_str();
        while size + rest.len() > PIECE {
            let (before, after) = rest.split_at(boundary(rest, PIECE.saturating_sub(size)));
            if !before.is_empty() {
                piece.push(Inline::Text(before.to_owned()));
            }
            end(&mut piece);
            (size, rest) = (0, after);
        }
        if !rest.is_empty() {
            size += rest.len();
            piece.push(Inline::Text(rest.to_owned()));
        }
    }
    end(&mut piece);
}

/// Where a text that is longer than `most` bytes is cut: after a space if there is one, and never after a private character.
/// Nowhere (0) if there is no such place, unless a whole piece would be nothing then.
fn boundary(text: &str, most: usize) -> usize {
    let mut last = 0;
    let mut last_space = 0;
    for (place, char) in text.char_indices() {
        let end = place + char.len_utf8();
        if end > most && (last > 0 || most < PIECE) {
            break;
        }
        if char < PRIVATE {
            last = end;
            if char.is_whitespace() {
                last_space = end;
            }
        }
    }
    match (last_space, last) {
        // All of it is private.
        (0, 0) if most >= PIECE => text.len(),
        (0, last) => last,
        (space, _) => space,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::richtext::tree;

    fn check(what: &str, markdown: &str, is_whole: bool) {
        let blocks = tree(markdown, false).blocks;
        let whole: String = blocks.iter().map(text).collect();
        let pieces = in_pieces(blocks);
        let joined: String = pieces.iter().map(text).collect();
        assert_eq!(joined, whole, "{what}: every character, once");
        for piece in &pieces {
            let text = text(piece);
            assert!(!text.is_empty(), "{what}");
            assert!(text.len() <= PIECE || is_whole, "{what}: {}", text.len());
        }
    }

    fn text(block: &Block) -> String {
        match block {
            Block::Paragraph(inlines) => text_of(inlines),
            other => format!("{other:?}"),
        }
    }

    #[test]
    fn no_paragraph_is_longer_than_a_piece_and_none_loses_a_character() {
        for (what, markdown) in [
            ("nothing", String::new()),
            ("a word", String::from("word")),
            ("words", "some words ".repeat(5_000)),
            ("no spaces", "x".repeat(60_000)),
            ("Thai", "ภาษาไทย".repeat(3_000)),
            ("marks", format!("a{}", "\u{301}".repeat(30_000))),
            ("emphasis", "some *words* ".repeat(5_000)),
            ("paragraphs", "one\n\ntwo\n\n".repeat(3_000)),
            ("breaks", "one  \n".repeat(8_000)),
            ("a list", "- an item\n".repeat(500)),
        ] {
            check(what, &markdown, what == "a list");
        }
        check(
            "emphasis throughout",
            &format!("*{}*", "word ".repeat(2_000).trim()),
            true,
        );
    }

    #[test]
    fn a_mark_of_a_gap_is_not_taken_apart() {
        let mark = "\u{100001}\u{f0001}";
        for before in 2_030..2_060 {
            let markdown = format!("{}{mark}{}", "x".repeat(before), "y".repeat(4_000));
            let pieces = in_pieces(tree(&markdown, false).blocks);
            let has_mark = pieces.iter().any(|piece| text(piece).contains(mark));
            assert!(has_mark, "{before}");
        }
    }

    #[test]
    fn a_text_of_private_characters_alone_ends() {
        check("private", &"\u{f0001}".repeat(15_000), true);
    }
}
