//! Which typed texts are one: typographic signs, what Japanese keyboards give for signs of code, and what cannot be seen.

use super::{question, response};
use crate::engine::question::folding::{folded, is_blank, is_same, narrowed};

/// Whether a text that was typed is right where another one is accepted.
fn is_right(accept: &str, typed: &str) -> bool {
    let texts = serde_json::to_string(accept).unwrap();
    let text = question(&format!(r#""type":"text","accept":{texts}"#));
    let cloze = question(&format!(
        r#""type":"cloze","text":"{{{{x}}}}","gaps":{{"x":{{"accept":{texts}}}}}"#
    ));
    let tally = |question: &super::Question, given: &str| {
        let kind = question.body.as_type();
        kind.tally(&kind.accept(&response(given))).is_exact()
    };
    let is_right = tally(&text, typed);
    assert_eq!(tally(&cloze, &["x=", typed].concat()), is_right, "{typed}");
    is_right
}

#[test]
fn what_keyboards_make_of_signs_is_right_on_both_sides() {
    for (accept, typed) in [
        ("--amend", "—amend"),
        ("--amend", "–amend"),
        ("--amend", "‑‑amend"),
        ("--amend", "−−amend"),
        ("--amend", "──amend"),
        ("--amend", "ーーａｍｅｎｄ"),
        ("--amend", "﹣－amend"),
        ("--amend", "\u{200b}--amend"),
        ("--amend", "--am\u{ad}end"),
        ("--amend", "--amend\u{feff}"),
        ("--amend", "\u{202a}--amend\u{202c}"),
        ("--amend", "-\u{2060}-amend\u{200d}"),
        ("git commit --amend -m x", "git commit —amend –m x"),
        (
            "git commit --amend -m x",
            "ｇｉｔ　ｃｏｍｍｉｔ　ーーａｍｅｎｄ　ーｍ　ｘ",
        ),
        ("--amend", "——amend"),
        ("us-east-1", "us–east–1"),
        ("us-east-1", "us—east—1"),
        ("us-east-1", "us\u{2011}east\u{2010}1"),
        ("us-east-1", "us\u{2212}east\u{2012}1"),
        ("use-east-1", "ｕｓｅーｅａｓｔー１"),
        ("us-east-1", "usｰeastｰ1"),
        ("it's", "it’s"),
        ("it's", "it‘s"),
        ("it's", "it＇s"),
        ("it's", "it′s"),
        ("it's", "itʼs"),
        ("\"a\"", "“a”"),
        ("\"a\"", "„a“"),
        ("\"a\"", "«a»"),
        ("\"a\"", "〝a〟"),
        ("'a'", "‚a‘"),
        ("config.json", "ｃｏｎｆｉｇ。ｊｓｏｎ"),
        ("config.json", "config｡json"),
        (".env", "。ｅｎｖ"),
        ("設定.json", "設定。ｊｓｏｎ"),
        ("a,b", "ａ、ｂ"),
        ("a[0]", "ａ「０」"),
        ("~/.ssh", "〜／。ｓｓｈ"),
        (r"C:\temp", "C:￥temp"),
        (r"C:\temp", "C:¥temp"),
        (r"C:\temp", "Ｃ：￥ｔｅｍｐ"),
        (r"C:\temp", "C:₩temp"),
        (r"\\server\share", "￥￥server￥share"),
        ("src/lib", "ｓｒｃ・ｌｉｂ"),
        ("src/lib", "src･lib"),
        ("src//lib", "src・・lib"),
        ("サーバー", "ｻｰﾊﾞｰ"),
        ("サーバーA", "サーバーＡ"),
        ("コーヒー", "コーヒー"),
        ("東京-2", "東京ー２"),
    ] {
        assert!(is_right(accept, typed), "{typed:?} for {accept:?}");
        assert!(is_right(typed, accept), "{accept:?} for {typed:?}");
    }
}

#[test]
fn what_is_something_else_stays_wrong() {
    for (accept, typed) in [
        ("--amend", "-amend"),
        ("--amend", "---amend"),
        ("--amend", "‐amend"),
        ("--amend", "amend"),
        ("--amend", "- -amend"),
        ("us-east-1", "useast1"),
        ("us-east-1", "us_east_1"),
        ("us-east-1", "us east 1"),
        ("サーバー", "サーバ"),
        ("サーバ", "サーバー"),
        ("サーバー", "サーバ-"),
        ("サーバー", "サ-バ-"),
        ("サーバーA", "サーバ-A"),
        ("おばあさん", "おばーさん"),
        ("ア・イ", "ア/イ"),
        ("はい。", "はい."),
        ("it's", "its"),
        ("it's", "it\"s"),
        ("it's", "it`s"),
        ("'a'", "\"a\""),
        ("config.json", "config,json"),
        ("config.json", "configjson"),
        (r"C:\temp", "C:/temp"),
        ("src/lib", r"src\lib"),
        ("a\u{200b}b", "a b"),
    ] {
        assert!(!is_right(accept, typed), "{typed:?} for {accept:?}");
        assert!(!is_right(typed, accept), "{accept:?} for {typed:?}");
    }
}

#[test]
fn an_author_can_ask_for_the_sign_itself() {
    for (accept, typed, expected) in [
        ("—", "—", true),
        ("—", "-", false),
        ("—", "--", false),
        ("—", "–", false),
        ("–", " – ", true),
        ("−", "−", true),
        ("−", "-", false),
        ("’", "’", true),
        ("’", "'", false),
        ("“”", "“”", true),
        ("“”", "\"\"", false),
        ("ー", "ー", true),
        ("ー", "ｰ", true),
        ("ー", "-", false),
        ("。", "。", true),
        ("。", ".", false),
        ("¥", "¥", true),
        ("¥", "\\", false),
        // Signs of a keyboard for code are what they are for.
        ("-", "—", true),
        ("-", "–", true),
        ("-", "ー", true),
        ("--", "—", true),
        ("---", "—-", true),
        ("---", "—", false),
        ("'", "’", true),
        ("\\", "￥", true),
        (".", "。", true),
    ] {
        assert_eq!(
            is_right(accept, typed),
            expected,
            "{typed:?} for {accept:?}"
        );
    }
    // Beside others, too.
    let either = question(r#""type":"text","accept":["—","em dash"]"#);
    let kind = either.body.as_type();
    for (typed, expected) in [
        ("—", true),
        ("em–dash", false),
        ("EM DASH", true),
        ("-", false),
    ] {
        assert_eq!(kind.tally(&response(typed)).is_exact(), expected, "{typed}");
    }
}

#[test]
fn what_cannot_be_seen_is_blank() {
    for (text, expected) in [
        ("", true),
        (" \t\u{3000}\u{a0}", true),
        ("\u{200b}\u{feff}\u{ad}\u{2060}", true),
        ("\u{200e} \u{fe0f}\u{3164}", true),
        (".", false),
        ("\u{200b}0", false),
    ] {
        assert_eq!(is_blank(text), expected, "{text:?}");
    }
}

/// What texts of chance are made of: all that folding knows, and what stands beside it.
const ALPHABET: &[char] = &[
    'a',
    'Z',
    '1',
    'ａ',
    '９',
    'é',
    'ß',
    'Σ',
    'カ',
    'か',
    'ｶ',
    'ﾞ',
    '\u{3099}',
    '漢',
    'ー',
    'ｰ',
    '。',
    '｡',
    '、',
    '・',
    '･',
    '￥',
    '¥',
    '₩',
    '「',
    '」',
    '〜',
    '～',
    '-',
    '–',
    '—',
    '―',
    '‑',
    '−',
    '─',
    '\'',
    '’',
    '‘',
    '“',
    '"',
    '«',
    ' ',
    '\u{3000}',
    '\u{a0}',
    '\u{200b}',
    '\u{ad}',
    '\u{feff}',
    '.',
    '/',
    '\\',
    '!',
    '…',
    '\u{0}',
    '\n',
    'İ',
    '𝟙',
    '\u{e0041}',
];

#[test]
fn folding_is_done_at_once_and_leaves_other_texts_alone() {
    let mut state = 20_u64;
    let mut chance = |below: usize| {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1);
        usize::try_from(state >> 33).unwrap() % below
    };
    for _ in 0..30_000 {
        let length = chance(9);
        let text: String = (0..length)
            .map(|_| ALPHABET[chance(ALPHABET.len())])
            .collect();
        for is_exact in [true, false] {
            let once = folded(&text, is_exact);
            assert_eq!(folded(&once, is_exact), once, "{text:?}");
            assert!(is_same(&once, &once), "{text:?}");
            let narrow = narrowed(&text, is_exact);
            assert_eq!(narrowed(&narrow, is_exact), narrow, "{text:?}");
            assert_eq!(
                narrow.is_empty(),
                is_blank(&text.replace('\0', "")),
                "{text:?}"
            );
        }
        let plain = |char: &char| {
            matches!(
                char,
                'a' | 'Z'
                    | '1'
                    | 'é'
                    | 'カ'
                    | 'か'
                    | '漢'
                    | '-'
                    | '\''
                    | '"'
                    | '.'
                    | '/'
                    | '\\'
                    | '!'
            )
        };
        let plain: String = text.chars().filter(plain).collect();
        assert_eq!(folded(&plain, true), plain);
    }
}
