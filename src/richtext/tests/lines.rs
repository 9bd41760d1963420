//! Inline texts, texts without their markup, and how many nodes a text may have.

use super::super::{Block, Cell, Inline, NODES, Tree, parse, plain_text, tree};
use super::{REPEATED, hostile_texts, outline};

#[test]
fn an_inline_text_of_one_line_stays_what_it_is() {
    for (markdown, expected) in [
        ("> 90 %", r#"p("> 90 %")"#),
        ("- 5", r#"p("- 5")"#),
        ("+ 3", r#"p("+ 3")"#),
        ("* 3", r#"p("* 3")"#),
        ("-", r#"p("-")"#),
        ("# rm", r##"p("# rm")"##),
        ("#", r##"p("#")"##),
        ("1. commit", r#"p("1. commit")"#),
        ("2024.", r#"p("2024.")"#),
        ("8)", r#"p("8)")"#),
        ("---", r#"p("---")"#),
        ("***", r#"p("***")"#),
        ("* * *", r#"p("* * *")"#),
        ("```rust", r#"p("```rust")"#),
        ("~~~ sh", r#"p("~~~ sh")"#),
        ("```a```", r#"p(code("a"))"#),
        ("    a", r#"p("a")"#),
        ("- a *b* `c`", r#"p("- a " em("b") " " code("c"))"#),
        ("*a* b", r#"p(em("a") " b")"#),
        ("**\"a\"** b", r#"p(strong("\"a\"") " b")"#),
        ("_a_", r#"p(em("a"))"#),
        ("[a]: /b", r#"p("[a]: /b")"#),
        ("[a](/b)", r#"p(a</b>("a"))"#),
        ("![a](b.png)", r#"p(img<b.png>("a"))"#),
        ("![](javascript:a)", ""),
        ("<div> *a*", r#"p("<div> " em("a"))"#),
        ("<!-- a", r#"p("<!-- a")"#),
        ("&lt;main&gt;", r#"p("<main>")"#),
        ("|a|b|", r#"p("|a|b|")"#),
        ("\u{a0}a", "p(\"\u{a0}a\")"),
        ("\u{3000}- a", "p(\"\u{3000}- a\")"),
        (" - 5\n", r#"p("- 5")"#),
        ("", ""),
        (" \n\n ", ""),
        // Several lines are blocks.
        ("- 5\n- 6", r#"ul(li(p("5")) li(p("6")))"#),
        ("a\r\n\r\nb", r#"p("a") p("b")"#),
        ("```\na\n```", r#"pre(- "a")"#),
    ] {
        let blocks = tree(markdown, true).blocks;
        // How the NBSP is written is not what is tested.
        let outline = outline(&blocks)
            .replace("\\u{a0}", "\u{a0}")
            .replace("\\u{3000}", "\u{3000}");
        assert_eq!(outline, expected, "from {markdown:?}");
    }
}

#[test]
fn the_plain_text_of_a_text_is_what_its_markup_shows() {
    for (markdown, expected) in [
        ("&lt;main&gt;", "<main>"),
        (
            "see [the guide](https://example.org \"x\")",
            "see the guide",
        ),
        ("![a triangle](a.png)", "a triangle"),
        ("_it_ **is** ~~not~~ `x_y*z`", "it is not x_y*z"),
        ("`` a`b ``", "a`b"),
        (r"2 \* 3", "2 * 3"),
        (r"`C:\*.log`", r"C:\*.log"),
        ("<b>bold</b>", "<b>bold</b>"),
        ("> 90 %", "> 90 %"),
        ("```rust\nlet a;\n  b\n```", "let a; b"),
        ("a\\\nb", "a b"),
        ("a\n\nb", "a b"),
        ("# a\n---\n- b\n- > c", "a b c"),
        ("|a|b|\n|-|-|\n|c|*d*|", "a b c d"),
        ("処理は\n夜間です。", "処理は夜間です。"),
        ("", ""),
    ] {
        assert_eq!(
            plain_text(&tree(markdown, true).blocks),
            expected,
            "from {markdown:?}"
        );
    }
}

/// How many nodes `shell::prose` makes of a tree, at most.
pub(super) fn nodes(blocks: &[Block]) -> usize {
    let row = |cells: &Vec<Cell>| {
        1 + cells
            .iter()
            .map(|cell| 1 + inline_nodes(cell))
            .sum::<usize>()
    };
    let own = |block: &Block| match block {
        Block::Paragraph(inlines) => 1 + inline_nodes(inlines),
        Block::Heading(_, inlines) => 2 + inline_nodes(inlines),
        Block::Code { .. } => 3,
        Block::List { items, .. } => 1 + items.iter().map(|item| 1 + nodes(item)).sum::<usize>(),
        Block::Table { head, rows, .. } => 4 + row(head) + rows.iter().map(row).sum::<usize>(),
        Block::Quote(blocks) => 1 + nodes(blocks),
        Block::Rule => 1,
    };
    blocks.iter().map(own).sum()
}

fn inline_nodes(inlines: &[Inline]) -> usize {
    let own = |inline: &Inline| match inline {
        Inline::Text(_) | Inline::Image { .. } | Inline::Break => 1,
        Inline::Code(_) => 2,
        Inline::Emphasis(children)
        | Inline::Strong(children)
        | Inline::Strikethrough(children)
        | Inline::Link { children, .. } => 1 + inline_nodes(children),
    };
    inlines.iter().map(own).sum()
}

#[test]
fn a_text_has_so_many_nodes_at_most() {
    for part in REPEATED.iter().chain(&[
        "#\n",
        "---\n",
        "![](b)",
        "*a*b",
        "<b>",
        "a\\\n",
        "a  \n",
        "<div>\n",
        "|\n|-|\n\n",
        "`a`b",
        "[a](b)c",
    ]) {
        let text = part.repeat(65_536 / part.len());
        let Tree { blocks, is_cut } = tree(&text, false);
        let nodes = nodes(&blocks);
        assert!(nodes <= NODES, "{nodes} nodes from {part:?}");
        assert!(
            !is_cut || nodes > NODES / 2,
            "cut at {nodes} nodes: {part:?}"
        );
    }
    for text in hostile_texts() {
        assert!(nodes(&parse(&text)) <= NODES);
    }
}

#[test]
fn past_the_limit_of_nodes_every_word_is_still_there() {
    for (part, word) in [
        ("- *a* **b**c\n", "a bc"),
        ("> d `e`\n\n", "d e"),
        ("|f|g|\n|-|-|\n|h|i|\n\n", "f g h i"),
        ("1. j\n   k\n", "j k"),
    ] {
        let text = part.repeat(4_000);
        let Tree { blocks, is_cut } = tree(&text, false);
        assert!(is_cut, "{part:?}");
        // Where the markup ends a paragraph ends, be it in a word.
        let letters = |text: &str| text.replace(' ', "");
        let said = letters(&plain_text(&blocks));
        assert!(said == letters(word).repeat(4_000), "{part:?}");
    }
    assert!(!tree(&"a *b* c ".repeat(400), false).is_cut);
}
