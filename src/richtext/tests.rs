//! What texts become, and what hostile ones do not.

mod lines;

use super::{Block, Cell, DEPTH, Inline, NODES, is_plain, is_plain_line, parse, text_of, tree};
use crate::engine::address::{may_be_linked, may_be_shown};
use lines::nodes;

/// Writes a tree the way the tables below do: a name, then its parts in parentheses.
fn outline(blocks: &[Block]) -> String {
    joined(blocks, block_outline)
}

fn block_outline(block: &Block) -> String {
    match block {
        Block::Paragraph(inlines) => format!("p({})", line(inlines)),
        Block::Heading(level, inlines) => format!("h{level}({})", line(inlines)),
        Block::Code { language, text } => {
            format!("pre({} {text:?})", language.as_deref().unwrap_or("-"))
        }
        Block::List { start, items } => {
            let start = start.map_or(String::from("ul"), |start| format!("ol {start}"));
            format!(
                "{start}({})",
                joined(items, |item| format!("li({})", outline(item)))
            )
        }
        Block::Table {
            alignments,
            head,
            rows,
        } => {
            let sides = joined(alignments, |side| format!("{side:?}"));
            let rows = joined(rows, |row| format!("tr({})", cells(row)));
            format!("table({sides} | th({}) {rows})", cells(head))
        }
        Block::Quote(blocks) => format!("quote({})", outline(blocks)),
        Block::Rule => String::from("hr"),
    }
}

fn cells(cells: &[Cell]) -> String {
    joined(cells, |cell| format!("[{}]", line(cell)))
}

fn line(inlines: &[Inline]) -> String {
    joined(inlines, |inline| match inline {
        Inline::Text(text) => format!("{text:?}"),
        Inline::Code(text) => format!("code({text:?})"),
        Inline::Emphasis(children) => format!("em({})", line(children)),
        Inline::Strong(children) => format!("strong({})", line(children)),
        Inline::Strikethrough(children) => format!("del({})", line(children)),
        Inline::Link {
            url,
            title,
            children,
        } => format!("a<{url}{}>({})", shown(title.as_ref()), line(children)),
        Inline::Image { url, title, alt } => {
            format!("img<{url}{}>({alt:?})", shown(title.as_ref()))
        }
        Inline::Break => String::from("br"),
    })
}

fn shown(title: Option<&String>) -> String {
    title.map_or(String::new(), |title| format!(" {title:?}"))
}

fn joined<T>(parts: &[T], outline: impl Fn(&T) -> String) -> String {
    parts.iter().map(outline).collect::<Vec<_>>().join(" ")
}

#[track_caller]
fn check(rows: &[(&str, &str)]) {
    for (markdown, expected) in rows {
        assert_eq!(outline(&parse(markdown)), *expected, "from {markdown:?}");
    }
}

#[test]
fn blocks_become_blocks() {
    check(&[
        ("", ""),
        (" \n\n ", ""),
        ("a", r#"p("a")"#),
        ("a\n\nb", r#"p("a") p("b")"#),
        ("a\r\n\r\nb", r#"p("a") p("b")"#),
        ("# a *b*", r#"h1("a " em("b"))"#),
        ("###### a", r#"h6("a")"#),
        ("a\n===", r#"h1("a")"#),
        ("#", "h1()"),
        ("***", "hr"),
        ("> a\n> b", r#"quote(p("a\nb"))"#),
        (">", "quote()"),
        ("> [!NOTE]\n> a", r#"quote(p("[!NOTE]\na"))"#),
        ("- a\n- b", r#"ul(li(p("a")) li(p("b")))"#),
        ("- a\n\n- b", r#"ul(li(p("a")) li(p("b")))"#),
        (
            "- a *b* c\n  - d",
            r#"ul(li(p("a " em("b") " c") ul(li(p("d")))))"#,
        ),
        ("-", "ul(li())"),
        ("3. a\n4. b", r#"ol 3(li(p("a")) li(p("b")))"#),
        ("- [ ] a", r#"ul(li(p("[ ] a")))"#),
        ("- [a](javascript:b) c", r#"ul(li(p("a c")))"#),
        (
            "```rust,ignore\nfn a() {}\n\n```",
            r#"pre(rust "fn a() {}\n")"#,
        ),
        ("```\n```", r#"pre(- "")"#),
        ("~~~ sh -x\na", r#"pre(sh "a")"#),
        ("    a\n    b", r#"pre(- "a\nb")"#),
        ("[a]: https://example.com", ""),
    ]);
}

#[test]
fn tables_become_tables() {
    check(&[
        (
            "|a|b|c|d|\n|-|:-|-:|:-:|\n|1|*2*|",
            r#"table(Unset Left Right Center | th(["a"] ["b"] ["c"] ["d"]) tr(["1"] [em("2")] [] []))"#,
        ),
        (
            "a|b\n-|-\n1|2|3",
            r#"table(Unset Unset | th(["a"] ["b"]) tr(["1"] ["2"]))"#,
        ),
        ("|a|\n|-|", r#"table(Unset | th(["a"]) )"#),
        (r"|`a\|b`|", r#"p("|" code("a\\|b") "|")"#),
        (
            "|a|\n|-|\n|`b\\|c`|",
            r#"table(Unset | th(["a"]) tr([code("b|c")]))"#,
        ),
        ("a | b", r#"p("a | b")"#),
    ]);
}

#[test]
fn inlines_become_inlines() {
    check(&[
        (
            "*a* **b** ~~c~~ `d`",
            r#"p(em("a") " " strong("b") " " del("c") " " code("d"))"#,
        ),
        ("**a *b* c**", r#"p(strong("a " em("b") " c"))"#),
        ("a  \nb\\\nc", r#"p("a" br "b" br "c")"#),
        ("a &amp; &#98; &copy; &nosuch;", r#"p("a & b © &nosuch;")"#),
        (r"\*a\* [b] ![c]", r#"p("*a* [b] ![c]")"#),
        ("[a *b*](/c \"d\")", r#"p(a</c "d">("a " em("b")))"#),
        (
            "[a][b]\n\n[b]: <https://example.com/x y>",
            r#"p(a<https://example.com/x y>("a"))"#,
        ),
        ("[](/a)", r#"p(a</a>("/a"))"#),
        ("[a]()", r#"p("a")"#),
        ("[![](a.png)](/b)", r#"p(a</b>(img<a.png>("") "/b"))"#),
        ("[![a](a.png)](/b)", r#"p(a</b>(img<a.png>("a")))"#),
        (
            "<https://example.com>",
            r#"p(a<https://example.com>("https://example.com"))"#,
        ),
        (
            "<a@example.com>",
            r#"p(a<mailto:a@example.com>("a@example.com"))"#,
        ),
        (
            "![a *b* `c`\nd](/e.png 'f')",
            r#"p(img</e.png "f">("a b c\nd"))"#,
        ),
        ("![a [b](/c)](/d.png)", r#"p(img</d.png>("a b"))"#),
        ("![a ![b](b.png)](/d.png)", r#"p(img</d.png>("a b"))"#),
        ("![](a.png)", r#"p(img<a.png>(""))"#),
        (
            "![a](data:image/png;base64,AA==)",
            r#"p(img<data:image/png;base64,AA==>("a"))"#,
        ),
        ("$a_1$ and $b_1$", r#"p("$a_1$ and $b_1$")"#),
        ("a[^1]\n\n[^1]: b", r#"p("a" a<b>("^1"))"#),
    ]);
}

#[test]
fn line_ends_show_no_space_between_characters_written_without_spaces() {
    check(&[
        ("a\nb", r#"p("a\nb")"#),
        ("処理は\n夜間です。", r#"p("処理は夜間です。")"#),
        ("終わる。\n「次」", r#"p("終わる。「次」")"#),
        ("サーバー\nＡ", r#"p("サーバーＡ")"#),
        ("処理\nBatch", r#"p("処理\nBatch")"#),
        ("Batch\n処理", r#"p("Batch\n処理")"#),
        ("처리\n작업", r#"p("처리\n작업")"#),
        ("処理は\n**夜間**", r#"p("処理は\n" strong("夜間"))"#),
        ("```\n処理\n夜間\n```", r#"pre(- "処理\n夜間")"#),
        ("処理&#10;夜間", r#"p("処理\n夜間")"#),
    ]);
}

#[test]
fn html_is_visible_text() {
    check(&[
        ("a <b>c</b>", r#"p("a <b>c</b>")"#),
        (
            "<script>alert(1)</script>",
            r#"p("<script>alert(1)</script>")"#,
        ),
        ("<script>\n\nalert(1)", r#"p("<script>" br br "alert(1)")"#),
        ("<!-- a -->\nb", r#"p("<!-- a -->") p("b")"#),
        (
            "<div>\n*a*\n</div>\n\nb",
            r#"p("<div>" br "*a*" br "</div>") p("b")"#,
        ),
        ("- <div>", r#"ul(li(p("<div>")))"#),
        (
            "a <img src=x onerror=alert(1)>",
            r#"p("a <img src=x onerror=alert(1)>")"#,
        ),
        ("&lt;script&gt;", r#"p("<script>")"#),
        ("`<b>`", r#"p(code("<b>"))"#),
        ("<?php a ?>", r#"p("<?php a ?>")"#),
        ("![<b>](a.png)", r#"p(img<a.png>("<b>"))"#),
    ]);
}

#[test]
fn addresses_that_could_run_code_are_lost_and_their_text_is_kept() {
    check(&[
        ("[a](javascript:alert(1))", r#"p("a")"#),
        ("[a *b*](javascript:alert(1)) c", r#"p("a " em("b") " c")"#),
        ("[a](JaVaScRiPt:alert(1))", r#"p("a")"#),
        ("[a](&#106;avascript:alert(1))", r#"p("a")"#),
        ("[a](javascript&colon;alert(1))", r#"p("a")"#),
        ("[a](java&Tab;script:alert(1))", r#"p("a")"#),
        ("[a](java&NewLine;script:alert(1))", r#"p("a")"#),
        ("[a](&#1;javascript:alert(1))", r#"p("a")"#),
        ("[a](< javascript:alert(1)>)", r#"p("a")"#),
        ("[a](<\u{1}javascript:alert(1)>)", r#"p("a")"#),
        ("[a](&#32;javascript:alert(1))", r#"p("a")"#),
        (r"[a](javascript\:alert(1))", r#"p("a")"#),
        ("[a](vbscript:b)", r#"p("a")"#),
        ("[a](data:text/html,b)", r#"p("a")"#),
        ("[a](data:image/png;base64,AA==)", r#"p("a")"#),
        ("<javascript:alert(1)>", r#"p("javascript:alert(1)")"#),
        ("[a]\n\n[a]: javascript:alert(1)", r#"p("a")"#),
        ("![a *b*](javascript:alert(1)) c", r#"p("a " em("b") " c")"#),
        ("![a](data:text/html,b)", r#"p("a")"#),
        ("![](javascript:alert(1))", ""),
        ("[![a](a.png)](javascript:b)", r#"p(img<a.png>("a"))"#),
    ]);
}

#[test]
fn odd_characters_stay_text() {
    check(&[
        ("a\0b", "p(\"a\\0b\")"),
        ("\u{202e}a\u{202c}", "p(\"\\u{202e}a\\u{202c}\")"),
        (
            "&#0; &#xD800; &#x110000;",
            "p(\"\u{fffd} \u{fffd} \u{fffd}\")",
        ),
        ("\u{feff}a", "p(\"\\u{feff}a\")"),
        ("*a", r#"p("*a")"#),
        ("[a](", r#"p("[a](")"#),
        ("```", r#"pre(- "")"#),
        ("`a", r#"p("`a")"#),
        ("~~a", r#"p("~~a")"#),
        ("<a", r#"p("<a")"#),
    ]);
}

#[test]
fn plain_text_is_known_without_the_parser() {
    let plain = [
        "",
        "a",
        "Which service fits best?",
        "A job runs for 3.5 hours (at most); it costs $4, or 20% more: \"why\"?",
        "It's a-b, a/b, a+b = c; 50 > 40 and 3 < 4, i <= 5!",
        "max_depth and R&D",
        "2 * 3 * 4",
        "P(A|B)",
        "42",
        "3.5",
        "3.5 GB",
        "-5",
        "+5 %",
        "2024 was",
        "1.a",
        "a #tag, a: b",
        "夜間バッチは「40分」かかります。どれが最適ですか？",
        "１．全角",
        "a@example.com, https://example.com/a-b?c=d#e",
        "{{gap}} ^ '",
        "\u{202e}a",
        "==",
        "éclair 😀",
    ];
    for text in plain {
        assert!(is_plain(text), "{text:?}");
    }
    let marked = [
        " a",
        "a ",
        "a\nb",
        "a\rb",
        "a\tb",
        "\u{3000}a",
        "# a",
        "> a",
        "- a",
        "-",
        "--",
        "---",
        "+ a",
        "+",
        "* a",
        "1. a",
        "1) a",
        "2024.",
        "9)",
        "*a*",
        "**a**",
        "a * *b*",
        "_a_",
        "a_",
        "_a",
        "a __b__",
        "`a`",
        "~~a~~",
        "[a]",
        "![a](b)",
        "<b>",
        "</b>",
        "<!-- -->",
        "<?a?>",
        "<https://example.com>",
        "&amp;",
        "R&D;",
        "a\\",
        "\\*",
        "\0",
        "\u{7f}",
    ];
    for text in marked {
        assert!(!is_plain(text), "{text:?}");
    }
}

/// What is plain is one text to the parser as well. Returns whether it was plain.
#[track_caller]
fn check_plain(text: &str) -> bool {
    let expected = || match text {
        "" => vec![],
        text => vec![Block::Paragraph(vec![Inline::Text(text.to_owned())])],
    };
    if is_plain_line(text) {
        assert_eq!(tree(text, true).blocks, expected(), "inline, from {text:?}");
    }
    let is_plain = is_plain(text);
    if is_plain {
        assert!(is_plain_line(text), "{text:?}");
        assert_eq!(parse(text), expected(), "from {text:?}");
    }
    is_plain
}

#[test]
fn an_inline_text_needs_the_parser_less_often() {
    for text in [
        "> 90 %",
        "- 5",
        "+ 3",
        "* 3",
        "# rm",
        "1. commit",
        "2024.",
        "8)",
        "---",
        "-",
        "#",
        "",
    ] {
        assert!(is_plain_line(text), "{text:?}");
    }
    for text in [
        "__init__", "a\nb", "`a`", "***", "- *a*", "[a]", " a", "&lt;", "```",
    ] {
        assert!(!is_plain_line(text), "{text:?}");
    }
}

#[test]
fn plain_text_is_one_text_to_the_parser() {
    let parts = [
        "a", "Z", "0", "12", ".", ")", "(", "-", "+", "*", "_", "#", ">", "<", "=", "&", ";", "!",
        "|", "~", "`", "[", "]", ":", "\\", "/", "?", "\"", "'", "$", "%", "^", "{", "@", ",", " ",
        "\t", "\n", "。", "　", "\u{a0}", "あ", "😀",
    ];
    let mut plain = 0_u32;
    for first in parts {
        for second in parts {
            for third in parts {
                plain += u32::from(check_plain(&[first, second, third].concat()));
            }
        }
    }
    let mut dice = Dice(1);
    for _ in 0..20_000 {
        let text: String = (0..dice.roll(12)).map(|_| dice.pick(&parts)).collect();
        plain += u32::from(check_plain(&text));
    }
    assert!(plain > 10_000, "only {plain} were plain");
}

/// A small generator of numbers (xorshift), the same on every run.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 33).unwrap() % sides
    }

    fn pick<'a>(&mut self, parts: &[&'a str]) -> &'a str {
        parts[self.roll(parts.len())]
    }
}

/// The levels of a tree, counted as [`DEPTH`] counts them.
fn depth(blocks: &[Block]) -> usize {
    let cell_depth = |cells: &[Cell]| 1 + deepest(cells, |cell| 1 + inline_depth(cell));
    deepest(blocks, |block| {
        1 + match block {
            Block::Paragraph(inlines) | Block::Heading(_, inlines) => inline_depth(inlines),
            Block::Code { .. } | Block::Rule => 0,
            Block::List { items, .. } => deepest(items, |item| 1 + depth(item)),
            Block::Table { head, rows, .. } => {
                cell_depth(head).max(deepest(rows, |row| cell_depth(row)))
            }
            Block::Quote(blocks) => depth(blocks),
        }
    })
}

fn inline_depth(inlines: &[Inline]) -> usize {
    deepest(inlines, |inline| {
        1 + match inline {
            Inline::Emphasis(children)
            | Inline::Strong(children)
            | Inline::Strikethrough(children)
            | Inline::Link { children, .. } => inline_depth(children),
            Inline::Text(_) | Inline::Code(_) | Inline::Image { .. } | Inline::Break => 0,
        }
    })
}

fn deepest<T>(parts: &[T], depth: impl Fn(&T) -> usize) -> usize {
    parts.iter().map(depth).max().unwrap_or(0)
}

/// Things a tree must never hold, whatever it was made from.
#[track_caller]
fn check_tree(markdown: &str) {
    let blocks = parse(markdown);
    assert!(depth(&blocks) <= DEPTH, "too deep: {markdown:?}");
    check_blocks(&blocks, markdown);
}

fn check_blocks(blocks: &[Block], markdown: &str) {
    for block in blocks {
        match block {
            Block::Paragraph(inlines) => {
                assert!(!inlines.is_empty(), "an empty paragraph: {markdown:?}");
                check_inlines(inlines, markdown);
            }
            Block::Heading(_, inlines) => check_inlines(inlines, markdown),
            Block::List { items, .. } => items.iter().for_each(|item| check_blocks(item, markdown)),
            Block::Table {
                alignments,
                head,
                rows,
            } => {
                for row in std::iter::once(head).chain(rows) {
                    assert!(row.len() <= alignments.len(), "too wide: {markdown:?}");
                    for cell in row {
                        check_inlines(cell, markdown);
                    }
                }
            }
            Block::Quote(blocks) => check_blocks(blocks, markdown),
            Block::Code { .. } | Block::Rule => {}
        }
    }
}

fn check_inlines(inlines: &[Inline], markdown: &str) {
    for inline in inlines {
        match inline {
            Inline::Text(text) => assert!(!text.is_empty(), "an empty text: {markdown:?}"),
            Inline::Link { url, children, .. } => {
                assert!(may_be_linked(url), "a link to {url:?}: {markdown:?}");
                assert!(
                    !text_of(children).trim().is_empty(),
                    "a link without text: {markdown:?}"
                );
                check_inlines(children, markdown);
            }
            Inline::Image { url, .. } => {
                assert!(may_be_shown(url), "an image from {url:?}: {markdown:?}");
            }
            Inline::Emphasis(children)
            | Inline::Strong(children)
            | Inline::Strikethrough(children) => check_inlines(children, markdown),
            Inline::Code(_) | Inline::Break => {}
        }
    }
}

#[test]
fn no_text_makes_it_panic_or_nest_deeper_than_allowed() {
    let parts = [
        "a",
        "b c",
        "1. ",
        "- ",
        "* ",
        "+ ",
        "> ",
        ">",
        "#",
        "# ",
        "  ",
        "    ",
        "\t",
        "\n",
        "\n\n",
        "\r\n",
        "\r",
        "|",
        "|-",
        "|\n|-|\n|",
        ":-:",
        "*",
        "**",
        "***",
        "_",
        "__",
        "~",
        "~~",
        "`",
        "``",
        "```",
        "```rust\n",
        "~~~",
        "[",
        "]",
        "](",
        "(",
        ")",
        "![",
        "[a](b)",
        "[a]: b\n",
        "[a]: javascript:b 'c'\n",
        "[a]",
        "<",
        ">",
        "</",
        "<script>",
        "<b>",
        "<!--",
        "-->",
        "<![CDATA[",
        "<?",
        "<a@b.c>",
        "<http://a>",
        "javascript:",
        "data:image/png,",
        "data:text/html,",
        "&amp;",
        "&#0;",
        "&#xD83D;",
        "&",
        ";",
        "\\",
        "\\\n",
        "\0",
        "\u{202e}",
        "\u{feff}",
        "あ",
        "。",
        "😀",
        "\u{301}",
        "---",
        "===",
        "!",
        "\"",
        "'",
        "$",
        "$$",
        "{",
        "}",
        "^",
        ":",
        ": ",
        "[^1]",
        "[^1]: ",
    ];
    let mut dice = Dice(42);
    for round in 0..20_000 {
        let length = if round % 100 == 0 { 400 } else { 25 };
        let text: String = (0..dice.roll(length)).map(|_| dice.pick(&parts)).collect();
        check_tree(&text);
    }
}

/// What hostile texts repeat.
const REPEATED: &[&str] = &[
    ">",
    "> ",
    "- ",
    "1. ",
    "* ",
    "+ - ",
    "> - ",
    "[",
    "]",
    "![",
    "[a](",
    "[a][",
    "*",
    "**",
    "*a ",
    "**a ",
    "_a ",
    "~~a ",
    "*a_ ",
    "a**b",
    "`",
    "`a",
    "` ``",
    "<",
    "<a ",
    "<!--",
    "<?",
    "<![CDATA[",
    "</a",
    "&",
    "&#",
    "\\",
    "\0",
    "\u{202e}",
    "#",
    "# a\n",
    "|",
    "||\n",
    "|-",
    "a|",
    "\n",
    "\r",
    " ",
    "\t",
    "    a\n",
    "- a\n\n",
    "> a\n\n",
    "a\n",
    "a  \n",
    "[a]: b\n",
    "[a]",
    "![a](b)",
    "<b>",
    "```\n",
    "~~~\n",
    "---\n",
    "a\n===\n",
    "あ\n",
    "\u{feff}",
    "&amp;",
    "<a@b.c>",
    "*a **b ",
    "[*a](",
    "(",
    "[a](<",
    "[a](b \"",
    "- > ",
    "1. - > ",
    "-\n",
    "$",
    "{",
];

/// Texts of up to 64 KiB, the limit of a text, that nest or repeat as much as they can.
fn hostile_texts() -> Vec<String> {
    let mut texts: Vec<String> = REPEATED
        .iter()
        .map(|part| part.repeat(65_536 / part.len()))
        .collect();
    texts.extend([
        // Each line one level deeper than the line before.
        (0..250).map(|depth| "  ".repeat(depth) + "- a\n").collect(),
        (0..350).map(|depth| ">".repeat(depth) + " a\n\n").collect(),
        [">".repeat(10_000), "a\n".repeat(10_000)].concat(),
        ["- ".repeat(10_000), "\n".repeat(40_000)].concat(),
        ["- ".repeat(10_000), "\n a".repeat(10_000)].concat(),
        ["*".repeat(10_000), "a".into(), "*".repeat(10_000)].concat(),
        ["[".repeat(10_000), "a".into(), "](b)".repeat(10_000)].concat(),
        ["*a ".repeat(8_000), "b* ".repeat(8_000)].concat(),
        ["**a _b ".repeat(4_000), "b_ c** ".repeat(4_000)].concat(),
        ["~~a **b ".repeat(3_000), "b** c~~ ".repeat(3_000)].concat(),
        // Short rows, each of which the parser fills up to the width of the head.
        [
            "|a".repeat(10_000),
            "\n".into(),
            "|-".repeat(10_000),
            "\n".into(),
            "|b\n".repeat(8_000),
        ]
        .concat(),
        ["|a|\n|-|\n".into(), "|b|\n".repeat(15_000)].concat(),
        [
            "[a]: /".into(),
            "x".repeat(30_000),
            "\n\n".into(),
            "[a]".repeat(10_000),
        ]
        .concat(),
        (0..4_000)
            .flat_map(|index| ["[a".to_owned(), index.to_string(), "]: b\n".to_owned()])
            .collect(),
    ]);
    texts
}

#[test]
fn the_deepest_text_needs_little_stack() {
    // A quarter of what a Wasm module has, in an unoptimized build.
    let small_stack = std::thread::Builder::new().stack_size(256 * 1024);
    let checks = || {
        for text in hostile_texts() {
            assert!(depth(&parse(&text)) <= DEPTH);
        }
    };
    small_stack.spawn(checks).unwrap().join().unwrap();
}

#[test]
fn what_is_nested_too_deep_moves_up() {
    let markdown = [
        "> ".repeat(100),
        "a *b* c\n".into(),
        "> ".repeat(100),
        "- d\n".into(),
    ]
    .concat();
    let outline = outline(&parse(&markdown));
    assert!(
        outline.contains(r#"quote(p("a " em("b") " c") p("d"))"#),
        "{outline}"
    );

    let markdown = ["*a **b ".repeat(50), "c".into(), "** d*".repeat(50)].concat();
    let blocks = parse(&markdown);
    let Some(Block::Paragraph(inlines)) = blocks.first() else {
        panic!("{blocks:?}");
    };
    let expected = ["a b ".repeat(50), "c".into(), " d".repeat(50)].concat();
    assert_eq!(text_of(inlines), expected);
}

#[test]
fn a_table_does_not_grow_far_beyond_its_text() {
    let markdown = [
        "|a".repeat(10_000),
        "\n".into(),
        "|-".repeat(10_000),
        "\n".into(),
        "|b\n".repeat(8_000),
    ]
    .concat();
    let blocks = parse(&markdown);
    assert!(nodes(&blocks) <= NODES);
}
