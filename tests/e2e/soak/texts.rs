//! A thousand texts that are made to keep a page busy, from one seed: what any author could write, by mistake or not, up to the
//! limit of a text.

/// The most bytes of a text.
const LIMIT: usize = 64 * 1024;

/// One text, and what it is made of.
pub struct Heavy {
    /// The name of its kind.
    pub kind: &'static str,
    /// Markdown.
    pub markdown: String,
}

/// `SplitMix64`, so that every run has the same texts.
pub struct Chance(u64);

impl Chance {
    /// From a seed.
    pub const fn new(seed: u64) -> Self {
        Self(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number below a limit.
    pub fn below(&mut self, limit: usize) -> usize {
        usize::try_from(self.next() % (limit as u64).max(1)).unwrap_or(0)
    }
}

/// What a text repeats.
enum Unit {
    /// The same again and again.
    Same(&'static str),
    /// Something that counts: the number stands where `#N` is.
    Counted(&'static str),
    /// One sign, so often in a row, then the other text.
    Run(&'static str, usize, &'static str),
    /// First all of one, then all of the other.
    Halves(&'static str, &'static str),
    /// One thing around all of another: what comes before it, and after it.
    Around(&'static str, &'static str, &'static str),
}

use Unit::{Around, Counted, Halves, Run, Same};

/// The kinds.
const KINDS: &[(&str, Unit)] = &[
    ("emphasis", Same("*a*b")),
    ("strong", Same("**a**b ")),
    ("emphasis opened", Same("*a ")),
    ("emphasis closed", Same("a* ")),
    ("emphasis of both signs", Same("*a _b ")),
    ("emphasis opened, then closed", Halves("*a ", "a* ")),
    ("stars in a row", Run("*", 300, "a ")),
    ("underscores in words", Same("a_b_c ")),
    ("strikethrough", Same("~~a~~ ")),
    ("tildes", Run("~", 80, "a ")),
    ("picture", Same("![](b)")),
    (
        "picture with words",
        Same("![some words](b.png \"title\") "),
    ),
    ("picture opened", Same("![")),
    ("link", Same("[a](b)")),
    ("link opened", Same("[a](")),
    ("brackets opened", Same("[")),
    ("brackets closed", Same("]")),
    ("brackets opened, then closed", Halves("[", "]")),
    ("brackets in brackets", Same("[a[b](c)](d)")),
    ("address without end", Same("[a](<b")),
    ("parentheses in an address", Run("(", 200, "[a](b")),
    ("automatic link", Same("<https://a.example/b>")),
    ("tag", Same("<b>")),
    ("tag opened", Same("<a b=\"")),
    ("tag block", Same("<div>\n")),
    ("comment opened", Same("<!--")),
    ("declaration opened", Same("<!A ")),
    ("instruction opened", Same("<?")),
    ("rule", Same("---\n")),
    ("rule of stars", Same("* * *\n")),
    ("heading", Same("#\n")),
    ("heading of a word", Same("### a\n")),
    ("heading by line", Same("a\n===\n\n")),
    ("hard break", Same("a  \n")),
    ("hard break by sign", Same("a\\\n")),
    ("line", Same("a\n")),
    ("paragraph", Same("a\n\n")),
    ("quote", Same("> a\n")),
    ("quotes apart", Same("> a\n\n")),
    ("quotes in quotes", Run("> ", 60, "a\n")),
    ("list", Same("- a\n")),
    ("list with room", Same("- a\n\n")),
    ("lists in lists", Run("- ", 60, "a\n")),
    ("numbered", Counted("#N. a\n")),
    ("list and quote", Run("- > ", 30, "a\n")),
    ("indented", Run(" ", 90, "- a\n")),
    ("wide table", Halves("|a", "|-")),
    ("table", Same("|a|b|\n|-|-|\n|c|d|\n\n")),
    ("long table", Halves("|a|b|c|\n|-|-|-|\n", "|a|b|c|\n")),
    ("table without rows", Same("a|b\n-|-\n\n")),
    ("code", Same("`a` ")),
    ("ticks opened", Same("`a ``b ```c ")),
    ("ticks in a row", Run("`", 500, "a ")),
    ("fence", Same("```\na\n```\n")),
    ("fence with a language", Same("~~~rust\nlet a = 1;\n~~~\n")),
    ("fence without end", Halves("```\n", "a b c\n")),
    ("indented code", Same("    a\n\n")),
    ("definition", Counted("[a#N]: b\n")),
    ("definition and use", Counted("[a#N]: b\n\n[a#N]\n\n")),
    ("definitions, then uses", Halves("[a]: b\n", "[a] ")),
    ("use without definition", Counted("[a#N][b#N] ")),
    ("entity", Same("&amp;")),
    ("entity by number", Same("&#x41;")),
    ("entity without end", Same("&a")),
    ("escape", Same("\\*")),
    ("backslash", Same("\\")),
    ("Hebrew", Same("שלום עולם ")),
    ("Arabic and digits", Same("مرحبا 123 (abc) ")),
    ("both directions", Same("*שלום* a `b` ")),
    (
        "marks of direction",
        Same("\u{202e}a\u{202c}\u{2067}b\u{2069}"),
    ),
    ("combining", Run("\u{301}", 40, "a")),
    ("combining without end", Halves("a", "\u{301}")),
    ("long word", Same("a")),
    ("long words", Run("a", 3_000, " ")),
    ("Chinese", Same("漢字仮名交じり文")),
    ("Chinese in lines", Same("漢字\n")),
    ("Thai", Same("ภาษาไทย")),
    ("Tamil", Same("தமிழ்")),
    ("emoji", Same("👩\u{200d}👩\u{200d}👧\u{200d}👦🏽")),
    ("no width", Same("a\u{200b}\u{feff}")),
    ("soft hyphen", Same("ab\u{ad}")),
    ("tab", Same("\ta")),
    ("other line ends", Same("a\r\n\r\n")),
    ("white space", Same(" \u{a0}")),
    ("words", Same("the quick brown fox ")),
    ("dollars", Same("$a$ ")),
    ("pipes", Same("|")),
    ("colons", Same(":-")),
    ("digits", Same("1) 2. ")),
    ("Thai in an item", Around("- ", "ภาษาไทย", "\n- a")),
    ("Thai in a quote", Around("> > ", "ภาษาไทย", "")),
    ("Thai in a heading", Around("## ", "ภาษาไทย", "\n")),
    (
        "Thai in a cell",
        Around("|a|b|\n|-|-|\n|c|", "ภาษาไทย", "|\n"),
    ),
    ("Thai in a fence", Around("```\n", "ภาษาไทย", "\n```")),
    ("combining in strong", Around("**a", "\u{301}", "**")),
    ("combining in a link", Around("[a", "\u{301}", "](b)")),
    ("combining in code", Around("`a", "\u{301}", "`")),
    ("tab in a fence", Around("~~~\n", "\ta", "\n~~~")),
];

/// So many texts, each kind as often as the others; of each kind the first is as long as a text may be.
pub fn texts(count: usize, chance: &mut Chance) -> Vec<Heavy> {
    (0..count)
        .map(|number| {
            let (kind, unit) = &KINDS[number % KINDS.len()];
            let length = match number / KINDS.len() {
                0 => LIMIT,
                round if round % 4 == 3 => return mixed(chance),
                _ => 1_024 + chance.below(LIMIT - 1_024),
            };
            Heavy {
                kind,
                markdown: repeated(unit, length),
            }
        })
        .collect()
}

/// Pieces of several kinds, one after the other.
fn mixed(chance: &mut Chance) -> Heavy {
    let mut markdown = String::new();
    let length = 1_024 + chance.below(LIMIT - 1_024);
    while markdown.len() < length {
        let (_, unit) = &KINDS[chance.below(KINDS.len())];
        let piece = 16 + chance.below(2_000);
        markdown.push_str(&repeated(unit, piece.min(length - markdown.len())));
        if chance.below(2) == 0 {
            markdown.push_str("\n\n");
        }
    }
    Heavy {
        kind: "mixed",
        markdown: cut(markdown, LIMIT),
    }
}

fn repeated(unit: &Unit, length: usize) -> String {
    let mut text = String::with_capacity(length + 64);
    let fill = |text: &mut String, piece: &str, length: usize| {
        while text.len() < length {
            text.push_str(piece);
        }
    };
    match unit {
        Same(piece) => fill(&mut text, piece, length),
        Counted(piece) => {
            let mut number = 0;
            while text.len() < length {
                number += 1;
                text.push_str(&piece.replace("#N", &number.to_string()));
            }
        }
        Run(sign, times, end) => fill(&mut text, &[&sign.repeat(*times), *end].concat(), length),
        Halves(first, second) => {
            let is_table = first.starts_with('|');
            let head = if first.contains('\n') && is_table {
                first.len()
            } else {
                length / 2
            };
            fill(&mut text, first, head);
            if is_table && !first.contains('\n') {
                text.push_str("|\n");
            }
            fill(&mut text, second, length);
        }
        Around(before, piece, after) => {
            let room = length.saturating_sub(after.len());
            fill(&mut text, before, before.len());
            fill(&mut text, piece, room);
            text = cut(text, room);
            text.push_str(after);
        }
    }
    cut(text, length)
}

/// The beginning of a text, of whole characters.
fn cut(mut text: String, mut length: usize) -> String {
    while !text.is_char_boundary(length.min(text.len())) {
        length -= 1;
    }
    text.truncate(length);
    text
}

/// Texts are as long as they may be and not longer, none is empty, and every run has the same ones.
pub fn are_what_they_say() -> Result<(), String> {
    let all = texts(1_000, &mut Chance::new(1));
    let again = texts(1_000, &mut Chance::new(1));
    for (text, again) in all.iter().zip(&again) {
        if text.markdown != again.markdown {
            return Err(format!("{}: another one each time", text.kind));
        }
        if text.markdown.len() > LIMIT || text.markdown.is_empty() {
            return Err(format!("{}: {} bytes", text.kind, text.markdown.len()));
        }
    }
    let longest = all.iter().take(KINDS.len());
    for text in longest {
        if text.markdown.len() + 4 < LIMIT {
            return Err(format!("{}: only {} bytes", text.kind, text.markdown.len()));
        }
    }
    Ok(())
}
