//! What a typed number is read as, where there are two readings, and what the reader is told of it.

use super::question;
use crate::engine::question::number::{negated, powered, read, response};
use crate::engine::question::{Interaction, Presentation, Response};

/// The number, as the key of a question with this answer would be shown in English.
fn key(answer: &str) -> String {
    let question = question(&format!(r#""type":"numeric","answer":{answer}"#));
    question.body.as_type().key().0.remove(0)
}

/// The place of the number: what it was read as, whether that is told to be a decimal, and whether it is right.
fn place(keys: &str, given: &[String], language: &str, is_marked: bool) -> (String, bool, bool) {
    let question = question(&format!(r#""type":"numeric",{keys}"#));
    let kind = question.body.as_type();
    let given = kind.accept(&Response(given.to_vec()));
    let shown = kind.interaction(Presentation {
        language,
        order: &[],
        response: &given,
        is_marked,
    });
    let Interaction::Parts(view) = shown else {
        panic!("{keys}");
    };
    let place = &view.places[0];
    let (number, is_decimal) = place.read.as_ref().map_or_else(Default::default, |read| {
        (read.number.clone(), read.is_decimal)
    });
    let is_right = place
        .verdict
        .as_ref()
        .is_some_and(|verdict| verdict.is_correct);
    assert_eq!(is_right, is_marked && kind.tally(&given).is_exact());
    (number, is_decimal, is_right)
}

#[test]
fn every_notation_is_read() {
    for (typed, expected) in [
        ("10 000", "10000"),
        ("10\u{a0}000", "10000"),
        ("10\u{202f}000", "10000"),
        ("10\u{2009}000", "10000"),
        ("10\u{3000}000", "10000"),
        ("10'000", "10000"),
        ("10’000", "10000"),
        ("10_000", "10000"),
        ("1_0000", "10000"),
        ("1_000_000", "1000000"),
        ("1 000 000,25", "1000000.25"),
        ("–3", "-3"),
        ("- 3", "-3"),
        ("− 3", "-3"),
        ("ー３", "-3"),
        ("＋３", "3"),
        ("1.234,5", "1234.5"),
        ("1.234.567,8", "1234567.8"),
        ("1,234,567.8", "1234567.8"),
        ("12,34,567", "1234567"),
        ("１２。５", "12.5"),
        ("１２、５", "12.5"),
        ("1×10^-5", "0.00001"),
        ("1 × 10^-5", "0.00001"),
        ("1·10⁻⁵", "0.00001"),
        ("1⋅10⁻⁵", "0.00001"),
        ("1x10^-5", "0.00001"),
        ("1*10^−5", "0.00001"),
        ("1・１０＾ー５", "0.00001"),
        ("1·10−5", "0.00001"),
        ("1×10^(-5)", "0.00001"),
        ("-2,5×10³", "-2500"),
        ("10⁵", "100000"),
        ("10^-2", "0.01"),
        ("-10^2", "-100"),
        ("1.5 e 3", "1500"),
        ("1e−3", "0.001"),
        ("3.141 592", "3.141592"),
        ("0.000_001", "0.000001"),
        ("1,234 567", "1.234567"),
        ("١٢٫٥", "12.5"),
        ("۱۲٬۳۴۵", "12345"),
        ("१२", "12"),
        ("1\u{200b}2\u{feff}", "12"),
        ("5.", "5"),
    ] {
        let readings = read(&[typed.to_owned()]);
        let readings = readings.unwrap_or_else(|| panic!("{typed:?} is a number"));
        assert!(readings.other.is_none(), "{typed:?}: {readings:?}");
        let (told, ..) = place(
            &format!(r#""answer":{expected}"#),
            &[typed.to_owned()],
            "en",
            true,
        );
        if !told.is_empty() {
            assert_eq!(told, key(expected), "{typed:?}");
        }
        let (.., is_right) = place(
            &format!(r#""answer":{expected}"#),
            &[typed.to_owned()],
            "de",
            true,
        );
        assert!(is_right, "{typed:?}");
    }
}

#[test]
fn what_is_no_number_is_refused() {
    for typed in [
        "",
        " ",
        "-",
        "- -3",
        "--3",
        "3-",
        "1 2",
        "1 0000",
        "0 123",
        "10 00",
        "1,2,3",
        "1.2.3",
        "12,34.5",
        "1,234.5,6",
        "1.234,567.8",
        "1 234,567,890",
        "1'234,567,8",
        "_1",
        "1_",
        "1__0",
        "1×",
        "×5",
        "1×10",
        "1×10^",
        "1×10^^5",
        "1×2^5",
        "1×10^5×10^5",
        "2^32",
        "2⁵",
        "²",
        "1²",
        "10^",
        "1e",
        "e5",
        "1e5e5",
        "1e5.5",
        "0x10",
        "1/2",
        "½",
        "twelve",
        "12 %",
        "五",
        "１２円",
        "1\u{301}",
        "1.5-",
        "∞",
    ] {
        assert!(read(&[typed.to_owned()]).is_none(), "{typed:?}");
    }
}

#[test]
fn of_two_readings_the_one_that_is_right_counts_where_the_other_is_far_off() {
    for (typed, keys, language, expected) in [
        // What the row says, in either language.
        ("1,234", r#""answer":1.234"#, "en", true),
        ("1,234", r#""answer":1.234"#, "de", true),
        ("1,234", r#""answer":1234"#, "en", true),
        ("1,234", r#""answer":1234"#, "de", true),
        ("4.096", r#""answer":4096"#, "en", true),
        ("4.096", r#""answer":4096"#, "fr", true),
        ("10.000", r#""answer":10000"#, "en", true),
        ("10.000", r#""answer":10"#, "de", true),
        ("-4.096", r#""answer":-4096"#, "ja", true),
        ("1,234e3", r#""answer":1234"#, "en", true),
        ("１。２３４", r#""answer":1234"#, "ja", true),
        ("1.234", r#""answer":1235"#, "en", false),
        ("1.234", r#""answer":1235"#, "de", false),
        ("1.234", r#""answer":-1234"#, "de", false),
        ("1.234", r#""answer":1200,"tolerance":50"#, "en", true),
        (
            "1.234",
            r#""answer":1200,"tolerance":{"relative":0.05}"#,
            "en",
            true,
        ),
        ("1.234", r#""answer":1.2,"tolerance":0.05"#, "de", true),
        // The other is not far off: the language decides.
        ("1.234", r#""answer":700,"tolerance":600"#, "de", true),
        ("1.234", r#""answer":700,"tolerance":600"#, "en", false),
        ("1.234", r#""answer":700,"tolerance":200"#, "en", false),
        ("1.100", r#""answer":600,"tolerance":595"#, "en", false),
        ("1.100", r#""answer":600,"tolerance":595"#, "de", true),
        ("1.196", r#""answer":600,"tolerance":598"#, "de", true),
        ("1.196", r#""answer":600,"tolerance":598"#, "en", false),
        ("1.196", r#""answer":600,"tolerance":50"#, "en", false),
        ("7.000", r#""answer":0,"tolerance":7"#, "de", true),
        ("1.000", r#""answer":0,"tolerance":500"#, "de", false),
        ("1.000", r#""answer":0,"tolerance":500"#, "en", true),
    ] {
        let given = response(typed, language);
        let (.., is_right) = place(keys, &given, language, true);
        assert_eq!(is_right, expected, "{typed} for {keys} in {language}");
        // In whatever language it is looked at later.
        for other in ["en", "de", "x-klingon"] {
            let (.., is_right) = place(keys, &given, other, true);
            assert_eq!(
                is_right, expected,
                "{typed} for {keys} in {language}, seen in {other}"
            );
        }
    }
}

#[test]
fn what_is_kept_says_how_it_was_read_where_the_language_has_a_decimal_comma() {
    for (typed, language, expected) in [
        ("1.234", "en", &["1.234"][..]),
        ("1.234", "ja", &["1.234"]),
        ("1.234", "de", &["1.234", "1234"]),
        ("1,234", "de", &["1,234", "1.234"]),
        ("1,234", "pt-BR", &["1,234", "1.234"]),
        ("1.234", "de-CH", &["1.234"]),
        ("1.234", "es-MX", &["1.234"]),
        ("1.234", "es-AR", &["1.234", "1234"]),
        ("1.234", "DE-at", &["1.234", "1234"]),
        ("1.234", "", &["1.234"]),
        ("1.234,5", "de", &["1.234,5"]),
        ("12", "de", &["12"]),
        ("?", "de", &["?"]),
        ("", "de", &[""]),
    ] {
        assert_eq!(response(typed, language), expected, "{typed} in {language}");
    }
}

#[test]
fn before_marking_the_reader_is_told_the_reading_of_the_language_and_then_the_one_that_counted() {
    for (typed, language, before, after) in [
        // The answer is 1234.
        ("1234", "en", "", ""),
        ("-12.5", "en", "", ""),
        ("12,5", "en", "", ""),
        ("1234.", "en", "", ""),
        ("1,234", "en", "1234", "1234"),
        ("1.234", "en", "1.234 decimal", "1234"),
        ("1.234", "de", "1234", "1234"),
        ("1,234", "de", "1,234 decimal", "1234"),
        ("1.235", "en", "1.235 decimal", "1.235 decimal"),
        ("1,235", "de", "1,235 decimal", "1,235 decimal"),
        ("1.235,5", "de", "1235,5", "1235,5"),
        ("1.235,5", "en", "1235.5", "1235.5"),
        ("1 234", "en", "1234", "1234"),
        ("１２", "ja", "12", "12"),
        ("– 3", "en", "-3", "-3"),
        ("1×10^-5", "en", "0.00001", "0.00001"),
        ("?", "en", "", ""),
    ] {
        let given = response(typed, language);
        for (is_marked, expected) in [(false, before), (true, after)] {
            let (number, is_decimal, _) = place(r#""answer":1234"#, &given, language, is_marked);
            let word = if is_decimal { " decimal" } else { "" };
            assert_eq!([&number, word].concat(), expected, "{typed} in {language}");
            if !is_marked {
                let other = place(r#""answer":1.234"#, &given, language, false);
                assert_eq!(
                    (number, is_decimal, false),
                    other,
                    "{typed}: the key is given away"
                );
            }
        }
    }
}

#[test]
fn the_key_has_the_decimal_mark_of_the_language() {
    for (language, expected) in [
        ("en", "1.234"),
        ("de", "1,234"),
        ("de-CH", "1.234"),
        ("ja", "1.234"),
    ] {
        let question = question(r#""type":"numeric","answer":1.234"#);
        let shown = question.body.as_type().interaction(Presentation {
            language,
            order: &[],
            response: &Response::default(),
            is_marked: true,
        });
        let Interaction::Parts(view) = shown else {
            panic!("{language}");
        };
        let key = view.places[0]
            .verdict
            .as_ref()
            .map(|verdict| verdict.key.as_str());
        assert_eq!(key, Some(expected), "{language}");
    }
}

#[test]
fn buttons_give_what_a_keypad_lacks() {
    for (typed, place, expected, more) in [
        ("", 0, "-", 1),
        ("5", 1, "-5", 1),
        ("-5", 2, "5", -1),
        ("–5", 0, "5", -1),
        ("− 5", 3, "5", -2),
        ("ー５", 2, "５", -1),
        ("+5", 2, "-5", 0),
        ("1×10^5", 6, "1×10^-5", 1),
        ("1×10^-5", 7, "1×10^5", -1),
        ("1×10^5", 1, "-1×10^5", 1),
        ("1×10^", 5, "1×10^-", 1),
        ("1e5", 3, "1e-5", 1),
        ("1e5", 99, "1e-5", 1),
        ("1E5", 1, "-1E5", 1),
    ] {
        let (other, grown) = negated(typed, place);
        assert_eq!(
            (other.as_str(), grown),
            (expected, more),
            "{typed} at {place}"
        );
    }
    for (typed, expected) in [
        ("", "10^"),
        ("-", "-10^"),
        ("1", "1×10^"),
        ("-2,5 ", "-2,5×10^"),
        ("1×10^5", "1×10^5"),
        ("1e5", "1e5"),
        ("10⁵", "10⁵"),
    ] {
        assert_eq!(powered(typed), expected, "{typed}");
    }
}

#[test]
fn nothing_that_can_be_typed_does_harm() {
    let alphabet: Vec<char> = "0123459.,,.  '’_-–+e^×*10⁻⁵()５。ー٫٬१\u{200b}a"
        .chars()
        .collect();
    let mut state = 7_u64;
    let mut chance = |below: usize| {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1);
        usize::try_from(state >> 33).unwrap() % below
    };
    let mut numbers = 0;
    for _ in 0..50_000 {
        let length = chance(10);
        let typed: String = (0..length)
            .map(|_| alphabet[chance(alphabet.len())])
            .collect();
        for language in ["en", "de"] {
            let given = response(&typed, language);
            let readings = read(&given);
            numbers += usize::from(readings.is_some());
            assert_eq!(
                given.len() == 2,
                language == "de" && readings.is_some_and(|readings| readings.other.is_some())
            );
        }
        negated(&typed, chance(12));
        powered(&typed);
    }
    assert!(numbers > 5_000, "{numbers}");
}
