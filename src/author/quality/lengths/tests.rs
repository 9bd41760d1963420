//! Both ends, often and rarely, in a set and in one question.

use serde_json::{Value, json};

use super::super::tests::{check_set, sound, with_texts};
use super::*;

/// Questions of four choices; of each: whether it is of type `multiple` (with two right ones), and the lengths of its choices,
/// the right ones first.
fn of_lengths(questions: &[(bool, [usize; 4])]) -> Value {
    let mut set = sound();
    let one = set["questions"][0].clone();
    let all = questions
        .iter()
        .enumerate()
        .map(|(index, (is_multiple, lengths))| {
            let mut question = one.clone();
            question["id"] = json!(format!("q{index}"));
            if *is_multiple {
                question["type"] = json!("multiple");
            }
            for (at, length) in lengths.iter().enumerate() {
                // Where a right one stands is another lint's business.
                let place = (at + index) % 4;
                question["choices"][place]["text"] = json!("x".repeat(*length));
                question["choices"][place]["correct"] = json!(at == 0 || *is_multiple && at == 1);
            }
            question
        });
    set["questions"] = Value::Array(all.collect());
    set
}

#[track_caller]
fn check(questions: &[(usize, bool, [usize; 4])], expected: &[(&str, &str, &str)]) {
    let repeated = questions
        .iter()
        .flat_map(|(count, is_multiple, lengths)| vec![(*is_multiple, *lengths); *count]);
    check_set(&of_lengths(&repeated.collect::<Vec<_>>()), expected);
}

const LONGEST: [usize; 4] = [13, 10, 11, 12];
const SHORTEST: [usize; 4] = [10, 11, 12, 13];
const BETWEEN: [usize; 4] = [11, 10, 12, 13];

#[test]
fn both_ends_are_judged_often_and_rarely() {
    let set = "/questions";
    for (longest, shortest, between, expected) in [
        // As chance has it.
        (4, 4, 8, &[][..]),
        (8, 8, 8, &[]),
        (8, 8, 0, &[]),
        // Four of sixteen are expected: nine are rare. Of twenty, none is rare.
        (
            9,
            4,
            3,
            &[(
                "longest-is-right",
                "9 of 16 questions (56 %; by chance 25 %)",
            )],
        ),
        (
            4,
            9,
            3,
            &[(
                "shortest-is-right",
                "9 of 16 questions (56 %; by chance 25 %), so readers can guess it. Lengthen right",
            )],
        ),
        (
            0,
            8,
            12,
            &[(
                "longest-is-wrong",
                "a right choice is the longest in only 0 of 20 questions (0 %; by chance 25 %), so readers can rule the longest out. Lengthen right",
            )],
        ),
        (
            8,
            0,
            12,
            &[(
                "shortest-is-wrong",
                "the shortest in only 0 of 20 questions (0 %; by chance 25 %), so readers can rule the shortest out. Shorten right",
            )],
        ),
        (1, 4, 19, &[("longest-is-wrong", "only 1 of 24")]),
        (
            20,
            0,
            0,
            &[
                ("longest-is-right", "20 of 20"),
                ("shortest-is-wrong", "0 of 20"),
            ],
        ),
        (
            0,
            0,
            24,
            &[
                ("longest-is-wrong", "0 of 24"),
                ("shortest-is-wrong", "0 of 24"),
            ],
        ),
        // With few questions anything can be chance.
        (0, 7, 0, &[]),
        (0, 0, 8, &[]),
    ] {
        let rows = [
            (longest, false, LONGEST),
            (shortest, false, SHORTEST),
            (between, false, BETWEEN),
        ];
        let expected: Vec<_> = expected
            .iter()
            .map(|(code, part)| (*code, set, *part))
            .collect();
        check(&rows, &expected);
    }
}

#[test]
fn as_long_as_a_wrong_one_is_neither_a_hit_nor_a_miss() {
    check(&[(24, false, [10, 10, 10, 10])], &[]);
    check(
        &[(24, false, [13, 13, 10, 10])],
        &[("shortest-is-wrong", "/questions", "0 of 24")],
    );
}

#[test]
fn the_types_are_judged_apart_where_together_they_even_out() {
    // Two right ones of four: the longest is right in half of the questions by chance.
    const LONGEST_OF_TWO: [usize; 4] = [13, 11, 10, 12];
    const SHORTEST_OF_TWO: [usize; 4] = [10, 12, 11, 13];
    let singles = |longest, shortest| {
        [
            (longest, false, LONGEST),
            (shortest, false, SHORTEST),
            (20 - longest - shortest, false, BETWEEN),
        ]
    };
    let multiples = |longest| {
        [
            (longest, true, LONGEST_OF_TWO),
            (20 - longest, true, SHORTEST_OF_TWO),
        ]
    };
    for (single, multiple, expected) in [
        (singles(5, 5), multiples(10), None),
        (
            singles(0, 8),
            multiples(15),
            Some((
                "longest-is-wrong",
                "0 of 20 questions (0 %; by chance 25 %) of type `single`, so",
            )),
        ),
        (
            singles(8, 0),
            multiples(8),
            Some(("shortest-is-wrong", "of type `single`, so")),
        ),
        (
            singles(2, 5),
            multiples(16),
            Some((
                "longest-is-right",
                "16 of 20 questions (80 %; by chance 50 %) of type `multiple`, so",
            )),
        ),
    ] {
        let expected = expected.map(|(code, part)| (code, "/questions", part));
        let mut expected = expected.as_slice().to_vec();
        if multiple[0].0 == 16 {
            // What is the longest of two cannot be the shortest as well.
            expected.push((
                "shortest-is-wrong",
                "/questions",
                "4 of 20 questions (20 %; by chance 50 %) of type `multiple`",
            ));
        }
        check(
            &[single.as_slice(), multiple.as_slice()].concat(),
            &expected,
        );
    }
}

#[test]
fn those_that_need_least_are_named_first() {
    let mut questions = vec![(false, BETWEEN); 17];
    questions[12].1 = [12, 10, 11, 13];
    questions[3].1 = [10, 11, 12, 13];
    questions[4].1 = [10, 11, 12, 13];
    check_set(
        &of_lengths(&questions),
        &[("longest-is-wrong", "/questions", "first in `q12`, `q0`, ")],
    );
}

#[test]
fn a_right_choice_that_stands_out_is_told_where_it_is() {
    let at = "/questions/2/choices";
    for (lengths, expected) in [
        (
            [60, 40, 30, 20],
            Some("longer than all wrong ones by 20 columns (60 and 40), so it stands out. Shorten"),
        ),
        ([59, 40, 30, 20], None),
        (
            [20, 40, 50, 60],
            Some(
                "shorter than all wrong ones by 20 columns (20 and 40), so it stands out. Lengthen",
            ),
        ),
        ([21, 40, 50, 60], None),
        // Half as long again, and nobody sees it.
        ([30, 15, 12, 10], None),
        ([200, 160, 20, 20], None),
        // What is wrong may stand out.
        ([40, 90, 41, 42], None),
    ] {
        let mut questions = vec![(false, [10; 4]); 4];
        questions[2].1 = lengths;
        let expected = expected.map(|part| ("length-stands-out", at, part));
        check_set(&of_lengths(&questions), expected.as_slice());
    }
}

#[test]
fn lengths_are_what_is_seen() {
    for (text, expected) in [
        ("", 0),
        (" two ", 3),
        ("選択肢", 6),
        ("S3 に保存する", 13),
        ("（ー）", 6),
        ("한국", 4),
        ("naïve", 5),
    ] {
        assert_eq!(columns(text), expected, "{text}");
    }
    // The marks of emphasis and code are not seen.
    check_set(&with_texts(8, true, &json!("**`one`**")), &[]);
    // Six letters, twelve columns.
    check_set(
        &with_texts(8, true, &json!("長い選択肢だ")),
        &[("longest-is-right", "/questions", "8 of 8")],
    );
    check_set(
        &with_texts(8, true, &json!("to")),
        &[("shortest-is-right", "/questions", "8 of 8")],
    );
}
