//! Which characters are written without spaces between words.

/// Chinese and Japanese characters and their punctuation; not Korean, which has spaces between words.
pub(super) fn is_written_without_spaces(character: char) -> bool {
    matches!(
        character,
        '\u{2e80}'..='\u{2fdf}'      // radicals
        | '\u{3000}'..='\u{30ff}'    // punctuation, hiragana, katakana
        | '\u{31f0}'..='\u{31ff}'    // katakana extensions
        | '\u{3400}'..='\u{4dbf}'    // ideographs
        | '\u{4e00}'..='\u{9fff}'
        | '\u{f900}'..='\u{faff}'
        | '\u{ff00}'..='\u{ff9f}'    // full-width forms, half-width katakana
        | '\u{20000}'..='\u{3ffff}'
    )
}
