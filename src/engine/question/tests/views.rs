//! What is shown of a question: nothing of its key before it is marked, and all of it afterwards.

use super::{EACH, question, response};
use crate::engine::question::choices::ChoiceView;
use crate::engine::question::parts::{PartsView, PlaceView};
use crate::engine::question::{Interaction, Presentation};

fn shown(keys: &str, language: &str, order: &[usize], given: &str, is_marked: bool) -> PartsView {
    let view = question(keys).body.as_type().interaction(Presentation {
        language,
        order,
        response: &response(given),
        is_marked,
    });
    match view {
        Interaction::Parts(view) => PartsView::clone(&view),
        Interaction::Choices(_) => panic!("{keys}"),
    }
}

/// `id:given` of each place; after marking with `+` or `-` for right or wrong, and the key.
fn places(places: &[PlaceView]) -> String {
    let place = |place: &PlaceView| {
        let verdict = place.verdict.as_ref().map_or_else(String::new, |verdict| {
            let sign = if verdict.is_correct { "+" } else { "-" };
            [sign, &verdict.key].concat()
        });
        format!("{}:{}{verdict}", place.id, place.given)
    };
    places.iter().map(place).collect::<Vec<_>>().join(" ")
}

/// The ids of a pool, those chosen in brackets; after marking with `+` or `-` for right or wrong.
fn pool(pool: &[ChoiceView]) -> String {
    let choice = |choice: &ChoiceView| {
        let (open, close) = if choice.is_chosen {
            ("[", "]")
        } else {
            ("", "")
        };
        let verdict = choice.verdict.as_ref();
        let sign = verdict.map_or("", |verdict| if verdict.is_correct { "+" } else { "-" });
        format!("{open}{}{close}{sign}", choice.id)
    };
    pool.iter().map(choice).collect::<Vec<_>>().join(" ")
}

const ORDERING: &str = r#""type":"ordering","items":[{"id":"a","text":"A","why":"First."},{"id":"b","text":"B"},{"id":"c","text":"C","pin":true},{"id":"d","text":"D"}],"order":["c","a","b"]"#;
const MATCHING: &str = r#""type":"matching","prompts":[{"id":"x","text":"X","why":"So."},{"id":"y","text":{"en":"Y","ja":"ワイ"}}],"choices":[{"id":"a","text":"A","pin":true},{"id":"b","text":"B","why":"Thus."},{"id":"c","text":"C"}],"pairs":{"x":"b","y":"b"}"#;
const CLOZE: &str = r#""type":"cloze","text":{"en":"{{y}}, {{x}}, {{z}}","ja":"{{x}}・{{z}}・{{y}}"},"gaps":{
    "x":{"choices":[{"id":"a","text":"A"},{"id":"b","text":"B","correct":true,"why":"Thus."},{"id":"c","text":"None","pin":true}]},
    "y":{"accept":{"ja":["速い","早い"],"en":["fast","quick"]}},
    "z":{"choices":[{"id":"a","text":"A","correct":true},{"id":"b","text":"B"}]}}"#;

#[test]
fn before_marking_two_keys_look_the_same() {
    let choices = |kind: &str, a: bool, b: bool| {
        format!(
            r#""type":"{kind}","choices":[{{"id":"a","text":"A","correct":{a},"why":"{a}"}},{{"id":"b","text":"B","correct":{b},"why":"{b}"}},{{"id":"c","text":"C","correct":true,"why":"{a}"}}]"#
        )
    };
    let single = |kind: &str, right: &str| {
        let choices = ["a", "b"].map(|id| {
            format!(
                r#"{{"id":"{id}","text":"T","why":"{}","correct":{}}}"#,
                right.len(),
                right == id
            )
        });
        format!(r#"{kind}"choices":[{}]"#, choices.join(","))
    };
    let cloze = |right: &str, accept: &str| {
        let list = single("", right);
        format!(
            r#""type":"cloze","text":"{{{{x}}}} {{{{y}}}}","gaps":{{"x":{{{list}}},"y":{{"accept":{accept}}}}}"#
        )
    };
    let ordering = |order: &str| ORDERING.replace(r#"["c","a","b"]"#, order);
    let matching = |pairs: &str| MATCHING.replace(r#"{"x":"b","y":"b"}"#, pairs);
    let own = |text: &str| text.to_owned();
    for (one, other) in [
        (
            single(r#""type":"single","#, "a"),
            single(r#""type":"single","#, "b"),
        ),
        (
            choices("multiple", true, false),
            choices("multiple", false, true),
        ),
        (own(ORDERING), ordering(r#"["d","b","a"]"#)),
        (own(MATCHING), matching(r#"{"x":"a","y":"c"}"#)),
        (
            own(r#""type":"text","accept":"a""#),
            own(r#""type":"text","accept":["x","y","z"],"case":"exact""#),
        ),
        (
            own(r#""type":"numeric","answer":1"#),
            own(r#""type":"numeric","answer":-2.5,"tolerance":{"relative":1}"#),
        ),
        (
            cloze("a", r#""fast""#),
            cloze("b", r#"{"en":["slow","b"]}"#),
        ),
    ] {
        let (one, other) = (question(&one), question(&other));
        let (one, other) = (one.body.as_type(), other.body.as_type());
        assert_ne!(one.key(), other.key());
        assert_eq!(one.pins(), other.pins());
        for given in [
            "",
            "a",
            "b|a",
            "d|zzz|c",
            "x=a",
            "y=b|x=b",
            "x=a|y=fast",
            "1",
            "?",
        ] {
            let given = response(given);
            let accepted = one.accept(&given);
            assert_eq!(accepted, other.accept(&given));
            assert_eq!(one.completeness(&accepted), other.completeness(&accepted));
            for order in [&[0, 1, 2, 3, 4][..], &[3, 1, 0, 2], &[]] {
                let view = |is_marked: bool| Presentation {
                    language: "en",
                    order,
                    response: &accepted,
                    is_marked,
                };
                assert_eq!(one.interaction(view(false)), other.interaction(view(false)));
                if !order.is_empty() {
                    assert_ne!(one.interaction(view(true)), other.interaction(view(true)));
                }
            }
        }
    }
}

#[test]
fn an_ordering_shows_what_was_chosen_and_then_the_key_beside_it() {
    let check = |order: &[usize], given: &str, is_marked: bool, expected: (&str, &str)| {
        let view = shown(ORDERING, "en", order, given, is_marked);
        let found = (places(&view.places), pool(&view.pool));
        assert_eq!((found.0.as_str(), found.1.as_str()), expected, "{given}");
        assert_eq!(view.wanted, 3);
        assert!(view.text.is_none());
    };
    check(&[3, 1, 2, 0], "", false, ("", "d b c a"));
    check(&[0, 1, 2, 3], "d|a", false, ("d:d a:a", "[a] b c [d]"));
    check(
        &[0, 1, 2, 3],
        "d|a",
        true,
        ("1:d-c 2:a+a 3:-b", "[a]+ b+ c+ [d]-"),
    );
    check(
        &[0, 1, 2, 3],
        "c|a|b|d",
        true,
        ("1:c+c 2:a+a 3:b+b", "[a]+ [b]+ [c]+ [d]-"),
    );
    check(&[9, 2, 0], "", true, ("1:-c 2:-a 3:-b", "c+ a+"));
    let view = shown(ORDERING, "en", &[0], "", true);
    let why = view.pool[0].verdict.as_ref().unwrap().why.as_ref();
    assert_eq!(why.unwrap().markdown, "First.");
    assert_eq!(
        question(ORDERING).body.as_type().pins(),
        [false, false, true, false]
    );
}

#[test]
fn a_matching_shows_a_place_for_each_prompt() {
    let check = |order: &[usize], given: &str, is_marked: bool, expected: (&str, &str)| {
        let view = shown(MATCHING, "en", order, given, is_marked);
        let found = (places(&view.places), pool(&view.pool));
        assert_eq!((found.0.as_str(), found.1.as_str()), expected, "{given}");
        let ids: Vec<&str> = view.pool.iter().map(|choice| choice.id.as_str()).collect();
        assert!(view.places.iter().all(|place| place.choices == ids));
        assert_eq!(view.wanted, 2);
    };
    check(&[0, 2, 1], "", false, ("x: y:", "a c b"));
    check(&[0, 1, 2], "y=c|x=c", false, ("x:c y:c", "a b [c]"));
    check(&[0, 1, 2], "y=c|x=b", true, ("x:b+b y:c-b", "a- [b]+ [c]-"));
    check(&[0, 1, 2], "y=b", true, ("x:-b y:b+b", "a- [b]+ c-"));
    let view = shown(MATCHING, "ja", &[0, 1, 2], "", true);
    let labels = view
        .places
        .iter()
        .map(|place| place.label.as_ref().unwrap().markdown.as_str());
    assert_eq!(labels.collect::<Vec<_>>(), ["X", "ワイ"]);
    let why = |place: usize| view.places[place].verdict.as_ref().unwrap().why.as_ref();
    assert_eq!(why(0).unwrap().markdown, "So.");
    assert!(why(1).is_none());
    let why = view.pool[1].verdict.as_ref().unwrap().why.as_ref();
    assert_eq!(why.unwrap().markdown, "Thus.");
    assert_eq!(
        question(MATCHING).body.as_type().pins(),
        [true, false, false]
    );
}

#[test]
fn a_cloze_shows_its_gaps_in_the_order_of_the_text() {
    let check =
        |language: &str, order: &[usize], given: &str, is_marked: bool, expected: (&str, &str)| {
            let view = shown(CLOZE, language, order, given, is_marked);
            let found = (places(&view.places), pool(&view.pool));
            assert_eq!(
                (found.0.as_str(), found.1.as_str()),
                expected,
                "{language}, {order:?}: {given}"
            );
            // Each choice stands in one place.
            let of_places = view.places.iter().flat_map(|place| &place.choices);
            let of_pool = view.pool.iter().map(|choice| &choice.id);
            assert!(of_places.eq(of_pool));
            assert_eq!(view.wanted, 3);
        };
    let plain = [0, 1, 2, 3, 4];
    check("en", &plain, "", false, ("y: x: z:", "x=a x=b x=c z=a z=b"));
    check("ja", &plain, "", false, ("x: z: y:", "x=a x=b x=c z=a z=b"));
    // `x=c` stays the last of its gap, wherever the others of the pool went.
    check(
        "en",
        &[4, 3, 2, 1, 0],
        "",
        false,
        ("y: x: z:", "x=b x=a x=c z=b z=a"),
    );
    check(
        "en",
        &[3, 1, 2, 4, 0],
        "",
        false,
        ("y: x: z:", "x=b x=a x=c z=a z=b"),
    );
    check(
        "en",
        &plain,
        "x=c|y=Fast ",
        false,
        ("y:Fast  x:x=c z:", "x=a x=b [x=c] z=a z=b"),
    );
    check(
        "en",
        &plain,
        "x=b|y=Quick|z=b",
        true,
        (
            "y:Quick+fast x:x=b+x=b z:z=b-z=a",
            "x=a- [x=b]+ x=c- z=a+ [z=b]-",
        ),
    );
    check(
        "ja-JP",
        &plain,
        "y=slow",
        true,
        ("x:-x=b z:-z=a y:slow-速い", "x=a- x=b+ x=c- z=a+ z=b-"),
    );
    assert_eq!(
        shown(CLOZE, "ja", &plain, "", false).text.unwrap().markdown,
        "{{x}}・{{z}}・{{y}}"
    );
    assert_eq!(
        question(CLOZE).body.as_type().pins(),
        [false, false, true, false, false]
    );
    // Stored responses keep one order, whatever the language.
    assert_eq!(
        question(CLOZE).body.as_type().key(),
        response("y=fast|x=b|z=a")
    );
}

#[test]
fn typed_answers_show_one_place() {
    for (keys, given, is_marked, expected) in [
        (EACH[4], "", false, "text:"),
        (EACH[4], " slow", false, "text: slow"),
        (EACH[4], "Quick", true, "text:Quick+fast"),
        (EACH[4], "", true, "text:-fast"),
        (EACH[5], "１２", false, "number:１２"),
        (EACH[5], ".05", true, "number:.05+0.05"),
        (EACH[5], "five", true, "number:five-0.05"),
    ] {
        let view = shown(keys, "en", &[], given, is_marked);
        assert_eq!(places(&view.places), expected, "{keys}: {given}");
        assert!(view.pool.is_empty() && view.places[0].choices.is_empty());
        assert_eq!(view.wanted, 1);
    }
}
