//! What is told about questions, and what is not: tables of edits of a set in which there is nothing to tell.

use serde_json::json;

use super::*;

/// Eight questions of four choices as long as each other, the right ones at each position twice.
pub(super) fn sound() -> Value {
    let question = |index: usize| {
        let choices = ["one", "two", "six", "ten"].into_iter().zip("abcd".chars());
        let choices = choices.enumerate().map(|(at, (text, id))| {
            json!({ "id": id, "text": text, "correct": at == index % 4, "why": "Because." })
        });
        json!({
            "id": format!("q{index}"), "type": "single", "domain": "d1", "prompt": "Which?",
            "choices": choices.collect::<Vec<_>>(), "explanation": "So it is.",
            "references": [{ "title": "Page", "url": "https://example.org" }],
        })
    };
    json!({
        "mondai": 1, "id": "sound", "title": "Sound",
        "domains": [{ "id": "d1", "title": "One" }, { "id": "d2", "title": "Two", "weight": 3 }],
        "forms": [{ "id": "all", "title": "All" }],
        "questions": (0..8).map(question).collect::<Vec<_>>(),
    })
}

/// Puts values at pointers, or takes away what becomes `null`.
pub(super) fn edit(set: &mut Value, edits: &[(&str, Value)]) {
    for (pointer, value) in edits {
        let (parent, key) = pointer.rsplit_once('/').unwrap();
        match set.pointer_mut(parent).unwrap() {
            Value::Object(map) if value.is_null() => drop(map.remove(key)),
            Value::Object(map) => drop(map.insert(key.to_owned(), value.clone())),
            list => list[key.parse::<usize>().unwrap()] = value.clone(),
        }
    }
}

/// Compares all findings about a set: code, pointer, and a part of the sentence.
#[track_caller]
pub(super) fn check_set(set: &Value, expected: &[(&str, &str, &str)]) {
    let problems = quality(&format!("\u{feff}{set:#}"));
    let found = problems
        .iter()
        .map(|problem| (problem.code, problem.pointer.as_str()));
    let wanted = expected.iter().map(|(code, pointer, _)| (*code, *pointer));
    assert_eq!(
        found.collect::<Vec<_>>(),
        wanted.collect::<Vec<_>>(),
        "{problems:#?}"
    );
    for (problem, (_, pointer, part)) in problems.iter().zip(expected) {
        assert!(problem.message.contains(part), "{part}: {problem}");
        assert!(problem.message.ends_with('.'), "{problem}");
        assert_eq!(problem.severity, Severity::Warning);
        assert!(problem.line > 0 && problem.column > 0, "{problem}");
        assert!(set.pointer(pointer).is_some(), "{pointer}");
    }
}

#[track_caller]
fn check(edits: &[(&str, Value)], expected: &[(&str, &str, &str)]) {
    let mut set = sound();
    edit(&mut set, edits);
    check_set(&set, expected);
}

/// The sound set, in which some questions from the first on have right choices (wrong ones: `wrong`) of another text.
pub(super) fn with_texts(count: usize, right: bool, text: &Value) -> Value {
    let mut set = sound();
    for question in set["questions"]
        .as_array_mut()
        .unwrap()
        .iter_mut()
        .take(count)
    {
        for choice in question["choices"].as_array_mut().unwrap() {
            if choice["correct"] == right {
                choice["text"] = text.clone();
            }
        }
    }
    set
}

#[test]
fn a_sound_set_is_left_alone() {
    check(&[], &[]);
    check(
        &[("/$schema", json!("./x.json")), ("/forms", json!(null))],
        &[],
    );
    for file in [
        "",
        "{",
        "<html>",
        "[]",
        "{}",
        "7",
        "{\"questions\": [7, {}]}",
    ] {
        for problem in quality(file) {
            assert!(problem.code.starts_with("missing-"), "{file}: {problem}");
        }
    }
}

#[test]
fn right_choices_that_are_longest_are_told() {
    let told = [("longest-is-right", "/questions", "")];
    for (count, text, expected) in [
        (5, json!("longer than the others"), &told[..0]),
        (6, json!("longer than the others"), &told[..]),
        (8, json!("longer than the others"), &told[..]),
        (8, json!("**`one`**"), &[]),
        (8, json!("same"), &told[..]),
        (8, json!(" one  "), &[]),
    ] {
        check_set(&with_texts(count, true, &text), expected);
    }
    // Shorter wrong ones are the same.
    check_set(&with_texts(8, false, &json!("no")), &told);
    // With seven questions anything can be chance.
    let mut few = with_texts(8, true, &json!("longer than the others"));
    few["questions"].as_array_mut().unwrap().pop();
    check_set(&few, &[]);
}

#[test]
fn chance_is_that_of_the_choices_there_are() {
    // Two right ones of four: eight hits in eight questions are rare, seven are not.
    for (hits, expected) in [(7, 0), (8, 1)] {
        let mut set = with_texts(hits, true, &json!("long one"));
        for question in set["questions"].as_array_mut().unwrap() {
            question["type"] = json!("multiple");
            let choices = question["choices"].as_array_mut().unwrap();
            let other = choices.iter_mut().find(|choice| choice["correct"] == false);
            other.unwrap()["correct"] = json!(true);
        }
        let all = [(
            "longest-is-right",
            "/questions",
            "8 of 8 questions (100 %; by chance 50 %)",
        )];
        check_set(&set, &all[..expected]);
    }
    for (tries, hits, expected) in [
        (&[][..], 0, 1.0),
        (&[0.25], 1, 0.25),
        (&[0.5, 0.5], 1, 0.75),
        (&[0.5, 0.5], 2, 0.25),
        (&[0.25, 0.5], 2, 0.125),
        (&[0.25, 0.5], 1, 0.625),
        (&[0.25; 8], 6, 277.0 / 65_536.0),
        (&[0.25; 8], 9, 0.0),
    ] {
        let found = chance(tries, hits);
        assert!(
            (found - expected).abs() < 1e-12,
            "{tries:?}, {hits}: {found}"
        );
    }
}

#[test]
fn the_worst_questions_are_named_first() {
    let mut set = with_texts(8, true, &json!("four"));
    edit(
        &mut set,
        &[(
            "/questions/6/choices/2/text",
            json!("longer than all others"),
        )],
    );
    let message = "first in `q6`, `q0`, `q1`, `q2`, `q3` and 3 more.";
    check_set(&set, &[("longest-is-right", "/questions", message)]);
}

#[test]
fn each_language_is_judged_by_its_own_texts() {
    let text = json!({ "en": "one", "ja": "とても長い選択肢" });
    let mut set = with_texts(8, true, &text);
    // Nobody reads these questions in Japanese yet.
    check_set(&set, &[]);
    for question in set["questions"].as_array_mut().unwrap() {
        question["prompt"] = json!({ "en": "Which?", "ja": "どれ?" });
    }
    check_set(&set, &[("longest-is-right", "/questions", "In `ja`, ")]);
}

#[test]
fn a_favourite_position_is_told() {
    for (moved, form, expected) in [
        (5, json!([]), None),
        (
            6,
            json!([]),
            Some("Move some, or let every form shuffle `choices`."),
        ),
        (
            8,
            json!(["questions"]),
            Some("number 3 in 8 of 8 questions (100 %; by chance 25 %)"),
        ),
        (8, json!(["choices"]), Some("readers do not see it yet")),
    ] {
        let mut set = sound();
        for question in set["questions"]
            .as_array_mut()
            .unwrap()
            .iter_mut()
            .take(moved)
        {
            for (at, choice) in question["choices"]
                .as_array_mut()
                .unwrap()
                .iter_mut()
                .enumerate()
            {
                choice["correct"] = json!(at == 2);
            }
        }
        set["questions"][7]["choices"][3]["correct"] = json!(moved < 8);
        set["forms"][0]["shuffle"] = form;
        let expected = expected.map(|part| ("position-gives-away", "/questions", part));
        check_set(&set, expected.as_slice());
    }
}

#[test]
fn what_is_missing_is_told() {
    let ordering = json!({
        "id": "o", "type": "ordering", "prompt": "Put them in order.", "explanation": "e", "references": [{}],
        "items": [{ "id": "a", "text": "A" }, { "id": "b", "text": "B", "why": "w" }], "order": ["a", "b"],
    });
    let matching = json!({
        "id": "m", "type": "matching", "prompt": "Match them.", "explanation": "e", "references": [{}],
        "prompts": [{ "id": "p", "text": "P" }, { "id": "r", "text": "R", "why": "w" }],
        "choices": [{ "id": "x", "text": "X" }, { "id": "y", "text": "Y" }, { "id": "z", "text": "Z" }],
        "pairs": { "p": "x", "r": "y" },
    });
    let cloze = json!({
        "id": "c", "type": "cloze", "prompt": "Fill it.", "explanation": "e", "references": [{}], "text": "{{g}} {{h}}",
        "gaps": { "g": { "choices": [{ "id": "x", "text": "X", "correct": true }] }, "h": { "accept": "h" } },
    });
    let typed = json!({ "id": "t", "type": "text", "prompt": "What?", "accept": "x", "explanation": "e", "references": [{}] });
    let first = "/questions/0";
    for (pointer, value, expected) in [
        (
            "/questions/0/choices/1/why",
            json!(null),
            Some(("missing-why", first, "`choices/b`")),
        ),
        (
            "/questions/0/choices/1/why",
            json!(" \n"),
            Some(("missing-why", first, "`choices/b`")),
        ),
        (
            "/questions/0/choices/1/why",
            json!({ "en": "" }),
            Some(("missing-why", first, "`choices/b`")),
        ),
        (
            "/questions/0/explanation",
            json!(null),
            Some(("missing-explanation", first, "add what to learn")),
        ),
        (
            "/questions/0/explanation",
            json!(""),
            Some(("missing-explanation", first, "add")),
        ),
        (
            "/questions/0/references",
            json!(null),
            Some(("missing-reference", first, "add a page")),
        ),
        (
            "/questions/0/references",
            json!([]),
            Some(("missing-reference", first, "add a page")),
        ),
        (
            "/questions/0",
            ordering,
            Some(("missing-why", first, "in `items/a`:")),
        ),
        (
            "/questions/0",
            matching,
            Some(("missing-why", first, "in `choices/z`, `prompts/p`:")),
        ),
        (
            "/questions/0",
            cloze,
            Some(("missing-why", first, "in `gaps/g/choices/x`:")),
        ),
        ("/questions/0", typed, None),
    ] {
        check(&[(pointer, value)], expected.as_slice());
    }
}

#[test]
fn forms_that_want_more_of_a_domain_than_there_is_are_told() {
    let form = |more: Value| {
        let mut form = json!({ "id": "exam", "title": "Exam", "count": 8, "draw": "by-domain" });
        let form_map = form.as_object_mut().unwrap();
        form_map.extend(more.as_object().unwrap().clone());
        form_map.retain(|_, value| !value.is_null());
        form
    };
    let count = "/forms/0/count";
    let none = "Of 8 questions, 6 are to be from the domain `d2`, and it has 0: add 6, ";
    let some = "Of 4 questions, 3 are to be from the domain `d2`, and it has 2: add 1, ";
    for (more, in_second, expected) in [
        (json!({}), 0, Some(none)),
        // That there are not ten at all, the lint tells.
        (json!({ "count": 10 }), 0, Some(none)),
        (json!({ "count": 4 }), 2, Some(some)),
        (json!({ "count": 4 }), 3, None),
        (json!({ "count": 8 }), 6, None),
        (json!({ "count": 4, "draw": "random" }), 2, None),
        (json!({ "count": null }), 0, None),
        (json!({ "count": 4, "domains": ["d1"] }), 2, None),
        (
            json!({ "count": 4, "domains": ["d1", "d2"] }),
            2,
            Some(some),
        ),
    ] {
        let mut set = sound();
        for question in set["questions"]
            .as_array_mut()
            .unwrap()
            .iter_mut()
            .take(in_second)
        {
            question["domain"] = json!("d2");
        }
        set["forms"][0] = form(more);
        let expected = expected.map(|part| ("too-few-for-form", count, part));
        check_set(&set, expected.as_slice());
    }
}

#[test]
fn the_number_that_a_prompt_asks_for() {
    for (kind, prompt, expected) in [
        ("single", "Which one is right?", &[][..]),
        ("single", "Which two services are these?", &[]),
        ("single", "Which is right? (Choose two.)", &[2]),
        ("single", "Choose the best answer.", &[]),
        (
            "single",
            "A team has to choose two regions, and select 3 sizes. What now?",
            &[],
        ),
        ("single", "To go on, choose two regions.", &[]),
        ("multiple", "Which are right? Choose 2.", &[2]),
        ("multiple", "Which are right?\n\nSelect TWO", &[2]),
        ("multiple", "Please pick three:", &[3]),
        ("multiple", "Please choose exactly four answers.", &[4]),
        ("multiple", "Choose the two best answers.", &[2]),
        ("multiple", "Which TWO actions help?", &[2]),
        ("multiple", "Which are right? Choose all that apply.", &[]),
        ("multiple", "Choose at least two.", &[]),
        ("multiple", "Choose between 2 and 3.", &[]),
        ("multiple", "Which two-node clusters are these?", &[]),
        ("multiple", "Which? (Choose 2) It costs $3.", &[2]),
        ("multiple", "どれですか。(2つ選択)", &[2]),
        ("multiple", "どれですか。（２つ選択）", &[2]),
        ("multiple", "正しいものを３つ選んでください。", &[3]),
        ("multiple", "正しいものを 2 つ選択してください。", &[2]),
        ("multiple", "二つ選べ。", &[2]),
        ("multiple", "2つだけお選びください。", &[2]),
        ("multiple", "12 個を選択", &[12]),
        ("multiple", "4項目選び、答えよ。", &[4]),
        ("multiple", "すべて選択してください。", &[]),
        ("multiple", "2つ以上選んでください。", &[]),
        ("single", "2 つの地域の差はどれですか。", &[]),
        ("single", "チームは2つ選択する必要があります。", &[]),
        ("single", "2つ選択した場合の料金はどれですか。", &[]),
        ("single", "3つの手順のうち最初はどれですか。", &[]),
        ("ordering", "Put the three steps in order.", &[3, 3]),
        ("ordering", "Which three actions, in which order?", &[3]),
        (
            "ordering",
            "In which order do the 4 correct steps run?",
            &[4],
        ),
        (
            "ordering",
            "Of the six steps below, some help. Put three in order.",
            &[3],
        ),
        ("ordering", "Arrange the steps.", &[]),
        (
            "ordering",
            "The two regions fail. What is done, in order?",
            &[],
        ),
        ("ordering", "正しい3つの手順を順に並べてください。", &[3]),
        (
            "ordering",
            "6つの手順のうち、3つを選び、並べてください。",
            &[3],
        ),
        ("ordering", "ステップを四つ選んで並べよ。", &[4]),
    ] {
        assert_eq!(told(prompt, kind), expected, "{kind}: {prompt}");
    }
}

#[test]
fn a_prompt_and_a_key_that_disagree_are_told() {
    let pointer = "/questions/0/prompt";
    let multiple = ("/questions/0/type", json!("multiple"));
    let second = ("/questions/0/choices/1/correct", json!(true));
    for (prompt, expected) in [
        (json!("**Choose** `two`."), None),
        (
            json!("Choose three."),
            Some((
                pointer,
                "In `en`, the prompt asks for 3, and the key has 2:",
            )),
        ),
        (
            json!("Choose one."),
            Some((pointer, "asks for 1, and the key has 2")),
        ),
        (json!("Choose one of each: choose two."), None),
    ] {
        let expected = expected.map(|(pointer, part)| ("choose-disagrees", pointer, part));
        let edits = [multiple.clone(), second.clone(), (pointer, prompt)];
        check(&edits, expected.as_slice());
    }
    check(&[(pointer, json!("Select one."))], &[]);
    check(
        &[(pointer, json!("Select two."))],
        &[(
            "choose-disagrees",
            pointer,
            "correct the prompt, or the `type`.",
        )],
    );
    // Once, though readers of another language see it too.
    let title = ("/title", json!({ "en": "E", "ja": "J" }));
    check(
        &[title, (pointer, json!("Select two."))],
        &[("choose-disagrees", pointer, "In `en`")],
    );
    // Each language by itself, where it stands.
    let both = json!({ "en": "Choose two.", "ja": "3つ選択" });
    check(
        &[multiple, second, (pointer, both)],
        &[(
            "choose-disagrees",
            "/questions/0/prompt/ja",
            "In `ja`, the prompt asks for 3, and the key has 2",
        )],
    );
    let ordering = json!({
        "id": "o", "type": "ordering", "prompt": "Put the three steps in order.", "explanation": "e", "references": [{}],
        "items": [{ "id": "a", "text": "A", "why": "w" }, { "id": "b", "text": "B", "why": "w" }], "order": ["a", "b"],
    });
    check(
        &[("/questions/0", ordering)],
        &[(
            "choose-disagrees",
            pointer,
            "asks for 3, and the key has 2: correct the prompt, or the `order`.",
        )],
    );
}

#[test]
fn a_text_that_lacks_a_language_of_the_others_is_told() {
    let both = json!({ "en": "E", "ja": "J" });
    let first = "/questions/0/explanation";
    for (title, text, expected) in [
        (both.clone(), both.clone(), None),
        (both.clone(), json!("E"), None),
        (
            both.clone(),
            json!({ "en": "E" }),
            Some("`ja` is missing in 1 of 2 texts that have languages (`q0/explanation`)"),
        ),
        (both.clone(), json!({ "ja": "J" }), Some("`en` is missing")),
        (both.clone(), json!({ "en": "E", "JA": "J" }), None),
        (
            both.clone(),
            json!({ "en": "E", "ja": " " }),
            Some("`ja` is missing"),
        ),
        // Whoever wants `ja-JP` is served by `ja`, but not the other way round.
        (json!({ "en": "E", "ja-JP": "J" }), both.clone(), Some("")),
        (
            json!({ "en-GB": "E", "en": "E" }),
            json!({ "en": "E" }),
            None,
        ),
        (json!("E"), json!({ "en": "E" }), None),
    ] {
        let place = if title.get("ja-JP").is_some() {
            "/title"
        } else {
            first
        };
        let expected = expected.map(|part| ("missing-translation", place, part));
        check(&[("/title", title), (first, text)], expected.as_slice());
    }
    // A file of translations has it, or not: that is told there.
    let listed = ("/translations", json!({ "ja": "./sound.ja.json" }));
    check(
        &[
            ("/title", both.clone()),
            (first, json!({ "en": "E" })),
            listed,
        ],
        &[],
    );
    let mut set = sound();
    edit(&mut set, &[("/title", both)]);
    for question in set["questions"].as_array_mut().unwrap() {
        question["prompt"] = json!({ "en": "Which?" });
    }
    let message = "8 of 9 texts that have languages (`q0/prompt`, `q1/prompt`, `q2/prompt`, `q3/prompt`, `q4/prompt` and 3 more):";
    check_set(
        &set,
        &[("missing-translation", "/questions/0/prompt", message)],
    );
}

#[test]
fn findings_come_in_the_order_of_the_file() {
    check(
        &[
            ("/questions/3/explanation", json!(null)),
            ("/questions/1/references", json!(null)),
            ("/questions/1/prompt", json!("Choose 2.")),
        ],
        &[
            ("missing-reference", "/questions/1", ""),
            ("choose-disagrees", "/questions/1/prompt", ""),
            ("missing-explanation", "/questions/3", ""),
        ],
    );
}

#[test]
fn every_text_has_a_name() {
    let set: Value =
        serde_json::from_str(include_str!("../../../tests/fixtures/every-key.json")).unwrap();
    let places = places(&set);
    for place in &places {
        assert_eq!(set.pointer(&place.pointer), Some(place.text), "{place:?}");
    }
    let keys: Vec<&str> = places.iter().map(|place| place.key.as_str()).collect();
    for key in [
        "title",
        "domains/numbers/title",
        "forms/exam/title",
        "q-prime/prompt",
        "q-prime/choices/b/why",
        "q-prime/explanation",
        "q-prime/references/1/title",
    ] {
        assert!(keys.contains(&key), "{key}: {keys:?}");
    }
    let parts = json!({ "questions": [{
        "id": "q", "text": "t", "items": [{ "id": "i", "text": "t", "why": "w" }], "prompts": [{ "id": "p", "text": "t", "why": "w" }],
        "gaps": { "g": { "choices": [{ "id": "c", "text": "t", "why": "w" }] }, "h": { "accept": "x" } },
    }], "scenarios": [{ "id": "s", "text": { "en": "t" } }] });
    let keys: Vec<String> = super::places(&parts)
        .into_iter()
        .map(|place| place.key)
        .collect();
    let expected = "scenarios/s/text q/text q/items/i/text q/items/i/why q/prompts/p/text q/prompts/p/why \
        q/gaps/g/choices/c/text q/gaps/g/choices/c/why";
    assert_eq!(keys.join(" "), expected);
}
