//! What is kept of a response, and when it can be marked as meant.

use super::{EACH, question, response};
use crate::engine::question::Completeness::{Complete, Incomplete, Unanswered};
use crate::engine::question::{Completeness, Interaction, Presentation, Response};

const ORDERING: &str = r#""type":"ordering","items":[{"id":"a","text":"A"},{"id":"b","text":"B"},{"id":"c","text":"C"},{"id":"d","text":"D"}],"order":["c","a","b"]"#;
const MATCHING: &str = r#""type":"matching","prompts":[{"id":"x","text":"X"},{"id":"y","text":"Y"},{"id":"z","text":"Z"}],"choices":[{"id":"a","text":"A"},{"id":"b","text":"B"}],"pairs":{"x":"a","y":"b","z":"a"}"#;
const CLOZE: &str = r#""type":"cloze","text":"{{y}} {{x}}","gaps":{"x":{"choices":[{"id":"a","text":"A"},{"id":"b","text":"B","correct":true}]},"y":{"accept":"fast"}}"#;
const TEXT: &str = r#""type":"text","accept":"fast""#;
const NUMERIC: &str = r#""type":"numeric","answer":12"#;

fn choices(kind: &str, key: &str) -> String {
    let choices = ["a", "b", "c", "d"].map(|id| {
        format!(
            r#"{{"id":"{id}","text":"{id}","correct":{}}}"#,
            key.contains(id)
        )
    });
    format!(r#""type":"{kind}","choices":[{}]"#, choices.join(","))
}

#[test]
fn what_does_not_exist_is_dropped() {
    let (single, multiple) = (choices("single", "a"), choices("multiple", "a"));
    for (keys, given, expected) in [
        (single.as_str(), "b", "b"),
        (&single, "c|a", "a"),
        (&single, "zzz|b", "b"),
        (&multiple, "c|a", "a|c"),
        (&multiple, "a|a|c", "a|c"),
        (&multiple, "zzz", ""),
        (&multiple, "d|c|b|a", "a|b|c|d"),
        (ORDERING, "c|a|b", "c|a|b"),
        (ORDERING, "b|a", "b|a"),
        // There are three places.
        (ORDERING, "d|c|b|a", "d|c|b"),
        (ORDERING, "c|c|a|c|zzz|b|C", "c|a|b"),
        (ORDERING, "zzz", ""),
        (MATCHING, "y=b|x=a", "x=a|y=b"),
        (MATCHING, "x=a|x=b", "x=a"),
        (MATCHING, "x=zzz|x=b", "x=b"),
        (MATCHING, "q=a|x|x=|=a|a=x|x=a=b", ""),
        (TEXT, " Fast ", " Fast "),
        (TEXT, "one|two", "one"),
        (TEXT, " \t\u{3000}", ""),
        (TEXT, "fa\u{0}st\u{7f}\u{85}!", "fast !"),
        (TEXT, "fast\nfood", "fast food"),
        (NUMERIC, "abc", "abc"),
        (NUMERIC, "12|13", "12"),
        // How it was read is kept where it can be read so, and is not how it would be read anyway.
        (NUMERIC, "1,234|1.234", "1,234|1.234"),
        (NUMERIC, "1.234|1234|1234", "1.234|1234"),
        (NUMERIC, "1.234|1.234", "1.234"),
        (NUMERIC, "1.234|7", "1.234"),
        (NUMERIC, "1.234,5|1234.5", "1.234,5"),
        (TEXT, "\u{200b}\u{feff}\u{ad}", ""),
        (CLOZE, "y=\u{200b}|x=a", "x=a"),
        (CLOZE, "x=a|y=fast", "y=fast|x=a"),
        (CLOZE, "y=a=b", "y=a=b"),
        (CLOZE, "y=  |y=slow", "y=slow"),
        (CLOZE, "x=zzz|x=b|x=a", "x=b"),
        (CLOZE, "x=fast|q=a|y|=", ""),
        (CLOZE, "y=\u{1}", ""),
    ] {
        let accepted = question(keys).body.as_type().accept(&response(given));
        assert_eq!(accepted, response(expected), "{keys}: {given:?}");
    }
}

#[test]
fn typed_texts_are_cut() {
    let long = "あ".repeat(300);
    for (keys, prefix) in [(TEXT, ""), (NUMERIC, ""), (CLOZE, "y=")] {
        let given = Response(vec![[prefix, &long].concat()]);
        let kept = question(keys).body.as_type().accept(&given).0.remove(0);
        assert_eq!(kept.chars().count(), 200 + prefix.len(), "{keys}");
    }
}

#[test]
fn a_response_is_complete_when_it_can_be_marked_as_meant() {
    let missing = |missing| Incomplete { missing };
    let check = |keys: &str, given: &str, expected: Completeness| {
        let question = question(keys);
        let kind = question.body.as_type();
        let found = kind.completeness(&kind.accept(&response(given)));
        assert_eq!(found, expected, "{keys}: {given:?}");
    };
    for (kind, key, given, expected) in [
        ("single", "a", "", Unanswered),
        ("single", "a", "b", Complete),
        ("multiple", "ab", "", Unanswered),
        ("multiple", "ab", "c", missing(1)),
        ("multiple", "ab", "c|d", Complete),
        ("multiple", "ab", "a|b|c", missing(-1)),
        ("multiple", "abcd", "a", missing(3)),
    ] {
        check(&choices(kind, key), given, expected);
    }
    for (keys, given, expected) in [
        (ORDERING, "", Unanswered),
        (ORDERING, "d", missing(2)),
        (ORDERING, "d|a", missing(1)),
        (ORDERING, "d|a|b", Complete),
        (ORDERING, "d|a|b|c", Complete),
        (ORDERING, "zzz", Unanswered),
        (MATCHING, "", Unanswered),
        (MATCHING, "z=b", missing(2)),
        (MATCHING, "z=b|z=a|x=b", missing(1)),
        (MATCHING, "z=b|x=b|y=b", Complete),
        (TEXT, "", Unanswered),
        (TEXT, " ", Unanswered),
        (TEXT, "?", Complete),
        (NUMERIC, "", Unanswered),
        (NUMERIC, "  ", Unanswered),
        (NUMERIC, "twelve", missing(1)),
        (NUMERIC, "12 %", missing(1)),
        (NUMERIC, "1.234,5", Complete),
        (NUMERIC, "1,234|1.234", Complete),
        (NUMERIC, "1,234,5", missing(1)),
        (NUMERIC, "1×10^", missing(1)),
        (TEXT, "\u{200b}\u{ad}", Unanswered),
        (NUMERIC, "12,34.5", missing(1)),
        (NUMERIC, "1,2,3", missing(1)),
        (NUMERIC, "１２", Complete),
        (NUMERIC, "-1,5e3", Complete),
        (CLOZE, "", Unanswered),
        (CLOZE, "x=a", missing(1)),
        (CLOZE, "x=a|y= ", missing(1)),
        (CLOZE, "x=a|y=slow", Complete),
    ] {
        check(keys, given, expected);
    }
}

#[test]
fn no_response_does_harm() {
    let long = "=".repeat(10_000);
    let hostile = [
        "=",
        "==",
        "a=",
        "=a",
        "x=b=",
        "\u{0}",
        "\u{3099}",
        "ﾞ",
        "ー",
        "e",
        "-",
        "1e",
        ".",
        ",",
        ",,",
        "{{x}}",
        "\u{202e}",
        "𝟙",
        "a",
        "c",
        "x=a",
        "y=",
        "1e309",
        &long,
        "1,234",
        "1.234",
        "1234",
        "×10^",
        "10^(",
        "⁻⁵",
        "1·10⁻⁵",
        "\u{200b}",
        "—",
        "。ー・￥",
        "- ",
        "1_",
        "1 ",
        "'1'",
    ];
    for keys in EACH {
        let question = question(keys);
        let kind = question.body.as_type();
        for first in hostile {
            for second in hostile {
                let given = Response(vec![first.to_owned(), second.to_owned(), first.to_owned()]);
                let accepted = kind.accept(&given);
                assert_eq!(kind.accept(&accepted), accepted, "{keys}: {given:?}");
                assert_eq!(
                    kind.tally(&given).right,
                    kind.tally(&accepted).right,
                    "{keys}: {given:?}"
                );
                kind.completeness(&given);
                for (order, is_marked) in [
                    (&[][..], true),
                    (&[7, 0, 0, usize::MAX], false),
                    (&[1, 0], true),
                ] {
                    let view = kind.interaction(Presentation {
                        language: "x-klingon",
                        order,
                        response: &given,
                        is_marked,
                    });
                    if let Interaction::Parts(view) = view {
                        assert!(view.wanted > 0);
                    }
                }
            }
        }
    }
}
