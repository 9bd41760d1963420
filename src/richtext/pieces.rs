//! Long texts in pieces: a browser lays a paragraph out in one go, however long it is.

use super::Inline;

/// From so many bytes of Markdown on, a text is drawn in pieces; from so many on, a paragraph of it is several.
pub const LONG: usize = 4_096;

/// How many bytes a piece of a long text has at most. Of texts that take long (marks
/// upon marks, languages whose words only a dictionary tells) a browser lays out as much in some 20 ms.
pub const PIECE: usize = 2_048;

/// What an image costs a browser, in bytes of text.
const IMAGE: usize = 64;

/// From here on characters are private. Marks of gaps are such: they are not taken apart.
const PRIVATE: char = '\u{f0000}';

/// A phrase as pieces of at most [`PIECE`] bytes, each with the markup that it stands in. One that is shorter is its only piece.
///
/// ```
/// use mondai::richtext::{Block, parse};
/// use mondai::richtext::pieces::in_pieces;
///
/// let blocks = parse(&format!("*{}*", "word ".repeat(1_000).trim()));
/// let [Block::Paragraph(inlines)] = blocks.as_slice() else { panic!() };
/// assert_eq!(in_pieces(inlines).count(), 3);
/// ```
pub fn in_pieces(inlines: &[Inline]) -> impl Iterator<Item = Vec<Inline>> {
    let whole = size(inlines);
    let mut taken = 0;
    core::iter::from_fn(move || {
        if taken >= whole {
            return None;
        }
        let mut window = Window {
            skip: taken,
            room: PIECE,
            taken: 0,
        };
        let piece = window.look(inlines);
        // Never 0: all of what cannot be taken apart fits into an empty piece.
        taken += window.taken.max(1);
        Some(piece)
    })
}

/// What of a phrase is in a piece.
struct Window {
    /// How much of it is in other pieces before.
    skip: usize,
    /// How much more there is room for.
    room: usize,
    taken: usize,
}

impl Window {
    /// Recurses as deep as the tree, which is bounded: see [`super::DEPTH`].
    fn look(&mut self, inlines: &[Inline]) -> Vec<Inline> {
        let mut piece = Vec::new();
        for inline in inlines {
            let own = size(core::slice::from_ref(inline));
            if own <= self.skip {
                self.skip -= own;
                continue;
            }
            if self.room == 0 {
                break;
            }
            let own = match inline {
                Inline::Text(text) => Inline::Text(self.take(text)),
                Inline::Code(text) => Inline::Code(self.take(text)),
                Inline::Emphasis(children) => Inline::Emphasis(self.look(children)),
                Inline::Strong(children) => Inline::Strong(self.look(children)),
                Inline::Strikethrough(children) => Inline::Strikethrough(self.look(children)),
                Inline::Link {
                    url,
                    title,
                    children,
                } => Inline::Link {
                    url: url.clone(),
                    title: title.clone(),
                    children: self.look(children),
                },
                Inline::Image { .. } | Inline::Break => {
                    self.room = self.room.saturating_sub(own);
                    self.taken += own;
                    inline.clone()
                }
            };
            // There was no room for the first character of it.
            if size(core::slice::from_ref(&own)) > 0 {
                piece.push(own);
            }
        }
        piece
    }

    fn take(&mut self, text: &str) -> String {
        let rest = text.get(self.skip..).unwrap_or_default();
        self.skip = 0;
        let is_all = rest.len() <= self.room;
        let end = if is_all {
            rest.len()
        } else {
            boundary(rest, self.room)
        };
        self.taken += end;
        // What comes after a part of a text belongs to the next piece.
        self.room = if is_all { self.room - end } else { 0 };
        rest.get(..end).unwrap_or_default().to_owned()
    }
}

/// How much there is to lay out in a phrase, in bytes of text.
pub fn size(inlines: &[Inline]) -> usize {
    let sizes = inlines.iter().map(|inline| match inline {
        Inline::Text(text) | Inline::Code(text) => text.len(),
        Inline::Emphasis(children)
        | Inline::Strong(children)
        | Inline::Strikethrough(children)
        | Inline::Link { children, .. } => size(children),
        Inline::Image { .. } => IMAGE,
        Inline::Break => 1,
    });
    sizes.sum()
}

/// Code as pieces of at most [`PIECE`] bytes; one that ends with a line end is whole lines.
///
/// ```
/// use mondai::richtext::pieces::lines;
///
/// let code = "let a = 1;\n".repeat(1_000);
/// assert!(lines(&code).all(|piece| piece.ends_with('\n')));
/// ```
pub fn lines(code: &str) -> impl Iterator<Item = &str> {
    let mut rest = code;
    core::iter::from_fn(move || {
        let end = match rest.len() {
            0 => return None,
            length if length <= PIECE => length,
            _ => {
                let end = boundary(rest, PIECE);
                let line = rest.get(..end).and_then(|piece| piece.rfind('\n'));
                line.map_or(end, |line| line + 1)
            }
        };
        let (piece, after) = rest.split_at(end);
        rest = after;
        Some(piece)
    })
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
    use crate::richtext::{Block, parse, text_of};

    /// The phrases of a text of one or more paragraphs.
    fn phrases(markdown: &str) -> Vec<Vec<Inline>> {
        let blocks = parse(markdown).into_iter();
        let inlines = blocks.map(|block| match block {
            Block::Paragraph(inlines) => inlines,
            other => panic!("{other:?}"),
        });
        inlines.collect()
    }

    fn check(what: &str, markdown: &str) {
        for phrase in phrases(markdown) {
            let whole = text_of(&phrase);
            let pieces: Vec<_> = in_pieces(&phrase).collect();
            let joined: String = pieces.iter().map(|piece| text_of(piece)).collect();
            assert_eq!(joined, whole, "{what}: every character, once");
            for piece in &pieces {
                assert!(!piece.is_empty(), "{what}");
                assert!(size(piece) <= PIECE, "{what}: {}", size(piece));
            }
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
            (
                "one emphasis",
                format!("*{}*", "word ".repeat(2_000).trim()),
            ),
            (
                "in a link",
                format!("a [b **{}** c](/d)", "x".repeat(9_000)),
            ),
            ("code", format!("a `{}`", "x ".repeat(9_000))),
            ("struck", format!("~~{}~~", "漢字".repeat(5_000))),
            ("pictures", "![a](b.png)".repeat(3_000)),
            ("paragraphs", "one\n\ntwo\n\n".repeat(3_000)),
            ("breaks", "one  \n".repeat(8_000)),
        ] {
            check(what, &markdown);
        }
    }

    #[test]
    fn a_piece_has_the_markup_that_it_stands_in() {
        let markdown = format!("[*{}*](/a \"b\")", "word ".repeat(1_000).trim());
        let pieces: Vec<_> = in_pieces(&phrases(&markdown).remove(0)).collect();
        assert_eq!(pieces.len(), 3);
        for piece in pieces {
            let [
                Inline::Link {
                    url,
                    title,
                    children,
                },
            ] = piece.as_slice()
            else {
                panic!("{piece:?}");
            };
            assert_eq!((url.as_str(), title.as_deref()), ("/a", Some("b")));
            assert!(
                matches!(children.as_slice(), [Inline::Emphasis(_)]),
                "{children:?}"
            );
        }
    }

    #[test]
    fn code_is_cut_after_lines_and_a_long_line_wherever_there_is_room() {
        for (what, code) in [
            ("nothing", String::new()),
            ("one line", String::from("let a = 1;")),
            ("lines", "let a = 1;\n".repeat(1_000)),
            ("a long line", "\ta".repeat(5_000)),
            (
                "a long line among others",
                format!("a\n{}\nb\n", "漢".repeat(4_000)),
            ),
        ] {
            let pieces: Vec<&str> = lines(&code).collect();
            assert_eq!(pieces.concat(), code, "{what}: every character, once");
            assert!(pieces.iter().all(|piece| piece.len() <= PIECE), "{what}");
            assert!(pieces.iter().all(|piece| !piece.is_empty()), "{what}");
        }
        assert!(lines(&"let a = 1;\n".repeat(1_000)).all(|piece| piece.ends_with('\n')));
    }

    #[test]
    fn a_mark_of_a_gap_is_not_taken_apart() {
        let mark = "\u{100001}\u{f0001}";
        for before in 2_030..2_060 {
            let markdown = format!("{}{mark}{}", "x".repeat(before), "y".repeat(4_000));
            let phrase = phrases(&markdown).remove(0);
            let mut pieces = in_pieces(&phrase).map(|piece| text_of(&piece));
            let has_mark = pieces.any(|piece| piece.contains(mark));
            assert!(has_mark, "{before}");
        }
    }

    #[test]
    fn a_text_of_private_characters_alone_ends() {
        let text = "\u{f0001}".repeat(15_000);
        let whole = [Inline::Text(text.clone())];
        let joined: String = in_pieces(&whole).map(|piece| text_of(&piece)).collect();
        assert_eq!(joined, text);
        assert_eq!(lines(&text).collect::<String>(), text);
    }
}
