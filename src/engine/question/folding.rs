//! Folding of typed texts: what keyboards vary is made one, so that a reader is not marked wrong for a keyboard.
//!
//! Two steps. [`narrowed`] leaves each sign what it is: full-width letters, digits and signs become ASCII, half-width katakana
//! full-width and put together with their marks, spaces are trimmed and runs of them made one, what cannot be seen is
//! dropped, and letter case is ignored unless the author says otherwise. [`folded`] then makes typographic signs those of
//! a keyboard for code, and beside Latin letters and digits also what a Japanese keyboard gives for them.
//!
//! The format asks for NFKC. The rest of it is left to the browser's own `normalize`, through which the shell sends what a
//! set accepts and the screen what was typed. What is here is right for texts that are in NFKC already.

/// U+FF61 to U+FF9D, in order, as full-width signs and kana.
const KANA: &str = "。「」、・ヲァィゥェォャュョッーアイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワン";

/// The dash that stands for one `-` or for two: phones and word processors put it for `--`, readers for `-`.
const WIDE_DASH: char = '–';

/// Whether there is nothing to be seen in a text.
pub fn is_blank(text: &str) -> bool {
    text.chars()
        .all(|char| char.is_whitespace() || is_invisible(char))
}

/// The text by which two texts are compared, by [`is_same`].
pub(super) fn folded(text: &str, is_exact: bool) -> String {
    let narrow = narrowed(text, is_exact);
    let mut folded = String::with_capacity(narrow.len());
    let mut rest = narrow.chars();
    let mut before = Beside::Nothing;
    // Whether a long vowel can stand here.
    let mut is_after_kana = false;
    while let Some(char) = rest.next() {
        let Some(key) = key(char) else {
            folded.push(sign(char));
            before = Beside::of(char);
            is_after_kana = is_kana(char);
            continue;
        };
        // A long vowel follows its kana, whatever comes then; and the next one follows this one.
        is_after_kana &= char == 'ー';
        let after = rest.clone().find(|next| self::key(*next).is_none());
        let after = after.map_or(Beside::Nothing, Beside::of);
        let is_japanese = match (before, after) {
            (Beside::Latin, _) | (_, Beside::Latin) => false,
            (before, after) => before == Beside::Other || after == Beside::Other,
        };
        folded.push(if is_after_kana || is_japanese {
            char
        } else {
            key
        });
    }
    folded
}

/// Whether two folded texts are one: a wide dash is the same as one or two others.
pub(super) fn is_same(one: &str, other: &str) -> bool {
    let (mut one, mut other) = (one.chars().peekable(), other.chars().peekable());
    loop {
        let (own, their) = (dashes(&mut one), dashes(&mut other));
        if own.0 > their.1 || their.0 > own.1 {
            return false;
        }
        match (one.next(), other.next()) {
            (None, None) => return true,
            (one, other) if one != other => return false,
            _ => {}
        }
    }
}

/// Takes the dashes that come next: how many they are at least, and at most.
fn dashes(text: &mut core::iter::Peekable<core::str::Chars<'_>>) -> (usize, usize) {
    let mut count = (0, 0);
    while let Some(dash) = text.next_if(|char| matches!(*char, '-' | WIDE_DASH)) {
        count.0 += 1;
        count.1 += if dash == WIDE_DASH { 2 } else { 1 };
    }
    count
}

/// Whether a text is signs alone, and other ones than a keyboard for code has: then it is the sign that is asked for.
pub(super) fn is_sign(text: &str) -> bool {
    let is_letter = |char: char| Beside::of(char) != Beside::Nothing && key(char).is_none();
    let narrow = narrowed(text, true);
    !narrow.chars().any(is_letter) && narrow != folded(text, true)
}

/// The same text with its signs as they are.
pub(super) fn narrowed(text: &str, is_exact: bool) -> String {
    let mut folded = String::new();
    for char in text.chars() {
        let char = widened(char);
        if char.is_whitespace() {
            if !folded.is_empty() && !folded.ends_with(' ') {
                folded.push(' ');
            }
        } else if char.is_control() || is_invisible(char) {
        } else if let Some(voiced) = folded
            .chars()
            .next_back()
            .and_then(|last| voiced(last, char))
        {
            folded.pop();
            folded.push(voiced);
        } else if is_exact {
            folded.push(char);
        } else {
            for lower in char.to_lowercase() {
                match lower {
                    'ß' => folded.push_str("ss"),
                    'ς' => folded.push('σ'),
                    _ => folded.push(lower),
                }
            }
        }
    }
    if folded.ends_with(' ') {
        folded.pop();
    }
    folded
}

/// What can stand beside a sign.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Beside {
    /// A letter of a Latin alphabet, or a digit.
    Latin,
    /// Another letter: kana, kanji.
    Other,
    /// No letter.
    Nothing,
}

impl Beside {
    fn of(char: char) -> Self {
        match char {
            _ if !char.is_alphanumeric() => Self::Nothing,
            '\0'..'\u{250}' => Self::Latin,
            _ => Self::Other,
        }
    }
}

fn is_kana(char: char) -> bool {
    matches!(char, '\u{3041}'..='\u{30ff}') && char.is_alphabetic()
}

/// What a Japanese keyboard gives for a sign of code, as that sign. (On a Korean one, the backslash is a won.)
fn key(char: char) -> Option<char> {
    match char {
        'ー' => Some('-'),
        '。' => Some('.'),
        '、' => Some(','),
        '・' => Some('/'),
        '¥' | '￥' | '₩' | '￦' => Some('\\'),
        '「' => Some('['),
        '」' => Some(']'),
        '〜' => Some('~'),
        _ => None,
    }
}

/// A typographic sign as the one of a keyboard for code that it is put for.
pub(super) fn sign(char: char) -> char {
    match char {
        // En and em dash, the bar that Japanese keyboards offer, and their longer and upright kin.
        '\u{2013}'..='\u{2015}'
        | '\u{2e3a}'
        | '\u{2e3b}'
        | '\u{fe31}'
        | '\u{fe32}'
        | '\u{fe58}' => WIDE_DASH,
        // Hyphens of all scripts, minus signs, and the line that Japanese keyboards offer.
        '\u{2d7}'
        | '\u{58a}'
        | '\u{5be}'
        | '\u{1400}'
        | '\u{1806}'
        | '\u{2010}'..='\u{2012}'
        | '\u{2043}'
        | '\u{207b}'
        | '\u{208b}'
        | '\u{2212}'
        | '\u{2500}'
        | '\u{2501}'
        | '\u{2796}'
        | '\u{2e17}'
        | '\u{2e1a}'
        | '\u{2e40}'
        | '\u{2e5d}'
        | '\u{30a0}'
        | '\u{fe63}'
        | '\u{10ead}' => '-',
        '\u{2018}'..='\u{201b}'
        | '\u{2032}'
        | '\u{2035}'
        | '\u{2039}'
        | '\u{203a}'
        | '\u{2b9}'
        | '\u{2bb}'..='\u{2bd}'
        | '\u{275b}'
        | '\u{275c}' => '\'',
        '\u{ab}'
        | '\u{bb}'
        | '\u{201c}'..='\u{201f}'
        | '\u{2033}'
        | '\u{2036}'
        | '\u{2ba}'
        | '\u{275d}'
        | '\u{275e}'
        | '\u{301d}'..='\u{301f}' => '"',
        _ => char,
    }
}

/// What takes no room: zero-width spaces and joiners, soft hyphens, marks of direction, selectors of variants.
fn is_invisible(char: char) -> bool {
    matches!(
        char,
        '\u{ad}'
            | '\u{34f}'
            | '\u{61c}'
            | '\u{115f}'
            | '\u{1160}'
            | '\u{17b4}'
            | '\u{17b5}'
            | '\u{180b}'..='\u{180f}'
            | '\u{200b}'..='\u{200f}'
            | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}'
            | '\u{3164}'
            | '\u{fe00}'..='\u{fe0f}'
            | '\u{feff}'
            | '\u{ffa0}'
            | '\u{fff9}'..='\u{fffb}'
            | '\u{e0000}'..='\u{e0fff}'
    )
}

/// Full-width ASCII to ASCII, half-width katakana to full-width.
pub(super) fn widened(char: char) -> char {
    let folded = match char {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(char) - 0xfee0),
        '\u{ff61}'..='\u{ff9d}' => KANA.chars().nth((u32::from(char) - 0xff61) as usize),
        '\u{ff9e}' => Some('\u{3099}'),
        '\u{ff9f}' => Some('\u{309a}'),
        _ => None,
    };
    folded.unwrap_or(char)
}

/// A kana and the mark after it as one: か and ゙ as が. The voiced kana stands behind the plain one, and the half-voiced
/// one behind that.
fn voiced(kana: char, mark: char) -> Option<char> {
    let code = u32::from(kana);
    // Katakana are hiragana, 96 further on.
    let hiragana = if code > 0x30a0 { code - 0x60 } else { code };
    let is_h = (0x306f..=0x307b).contains(&hiragana) && hiragana % 3 == 0;
    let step = match (mark, hiragana) {
        ('\u{3099}', 0x3046) => 0x4e,
        ('\u{3099}', 0x304b..=0x3061) if hiragana % 2 == 1 => 1,
        ('\u{3099}', 0x3064 | 0x3066 | 0x3068 | 0x309d) => 1,
        ('\u{3099}', _) if is_h => 1,
        ('\u{309a}', _) if is_h => 2,
        ('\u{3099}', 0x308f..=0x3092) if code > 0x30a0 => 8,
        _ => return None,
    };
    char::from_u32(code + step)
}
