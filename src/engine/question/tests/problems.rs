//! What is wrong with a question: each problem with its code and its place, and what stays of the set.

use crate::engine::format;

/// Reads a set of a question of `keys` and a sound one, and compares the problems: code and place in the question.
fn check(keys: &str, expected: &[(&str, &str)], is_kept: bool) {
    let text = format!(
        r#"{{"mondai":1,"id":"s","title":"S","questions":[
            {{"id":"q","prompt":"?",{keys}}},
            {{"id":"sound","prompt":"?","type":"numeric","answer":1}}]}}"#
    );
    let reading = format::read(&text);
    let found: Vec<(&str, &str)> = reading
        .problems
        .iter()
        .map(|problem| {
            let message = &problem.message;
            assert!(message.ends_with('.') && problem.line > 0, "{message}");
            let place = problem.pointer.strip_prefix("/questions/0");
            (problem.code, place.unwrap_or(&problem.pointer))
        })
        .collect();
    assert_eq!(found, expected, "{keys}");
    let kept: Vec<String> = reading
        .set
        .unwrap()
        .questions
        .into_iter()
        .map(|question| question.id)
        .collect();
    let both = if is_kept {
        vec!["q", "sound"]
    } else {
        vec!["sound"]
    };
    assert_eq!(kept, both, "{keys}");
}

/// A list of `count` elements.
fn list(count: usize) -> String {
    let elements = (0..count).map(|index| format!(r#"{{"id":"i{index}","text":"I"}}"#));
    elements.collect::<Vec<_>>().join(",")
}

#[test]
fn in_an_ordering() {
    let broken = |keys: &str, expected: &[(&str, &str)]| {
        check(&format!(r#""type":"ordering",{keys}"#), expected, false);
    };
    let ab = r#""items":[{"id":"a","text":"A"},{"id":"b","text":"B"}]"#;
    let with = |order: &str| format!(r#"{ab},"order":{order}"#);
    broken(r#""x":1"#, &[("missing", ""), ("missing", "")]);
    broken(
        r#""items":7,"order":"a""#,
        &[("wrong-kind", "/items"), ("wrong-kind", "/order")],
    );
    broken(&with(r#"["a","c"]"#), &[("unknown-item", "/order/1")]);
    broken(&with(r#"["a","a"]"#), &[("repeated-item", "/order/1")]);
    broken(&with(r#"["a"]"#), &[("too-short-order", "/order")]);
    broken(&with("[]"), &[("too-short-order", "/order")]);
    broken(&with(r#"["a",7]"#), &[("wrong-kind", "/order/1")]);
    broken(&with(r#"["a","B!"]"#), &[("wrong-kind", "/order/1")]);
    broken(
        &with(r#"["c","a","d","a"]"#),
        &[
            ("unknown-item", "/order/0"),
            ("unknown-item", "/order/2"),
            ("repeated-item", "/order/3"),
        ],
    );
    broken(
        r#""items":[{"id":"a","text":"A"},{"id":"a","text":"B"},{"id":"b","text":"B"}],"order":["a","b"]"#,
        &[("duplicate-id", "/items/1/id")],
    );
    broken(
        r#""items":[{"id":"a","text":"A"}],"order":["a","b"]"#,
        &[("too-few-items", "/items"), ("unknown-item", "/order/1")],
    );
    // Every problem at once, and none of them twice: `b` is known although it is broken.
    broken(
        r#""items":[{"id":"a","text":7},{"id":"b"},3,{"id":"c","text":"C","pin":1}],"order":["b","c"]"#,
        &[
            ("wrong-kind", "/items/0/text"),
            ("missing", "/items/1"),
            ("wrong-kind", "/items/2"),
            ("wrong-kind", "/items/3/pin"),
        ],
    );
    let many = list(27);
    broken(
        &format!(r#""items":[{many}],"order":["i0","i1"]"#),
        &[("too-many-items", "/items")],
    );
    let most = list(26);
    let keys = format!(r#""type":"ordering","items":[{most}],"order":["i25","i0"]"#);
    check(&keys, &[], true);
}

#[test]
fn in_a_matching() {
    let broken = |keys: &str, expected: &[(&str, &str)]| {
        check(&format!(r#""type":"matching",{keys}"#), expected, false);
    };
    let lists = r#""prompts":[{"id":"x","text":"X"},{"id":"y","text":"Y"}],"choices":[{"id":"a","text":"A"},{"id":"b","text":"B"}]"#;
    let with = |pairs: &str| format!(r#"{lists},"pairs":{pairs}"#);
    broken(
        r#""x":1"#,
        &[("missing", ""), ("missing", ""), ("missing", "")],
    );
    broken(&with("[]"), &[("wrong-kind", "/pairs")]);
    broken(&with(r#"{"x":"a"}"#), &[("missing-pair", "/pairs")]);
    broken(
        &with("{}"),
        &[("missing-pair", "/pairs"), ("missing-pair", "/pairs")],
    );
    broken(
        &with(r#"{"x":"a","y":"c"}"#),
        &[("unknown-choice", "/pairs/y")],
    );
    broken(
        &with(r#"{"x":"a","y":"b","z":"a"}"#),
        &[("unknown-prompt", "/pairs/z")],
    );
    broken(&with(r#"{"x":"a","y":7}"#), &[("wrong-kind", "/pairs/y")]);
    broken(
        &with(r#"{"x":"q","z":"q"}"#),
        &[
            ("missing-pair", "/pairs"),
            ("unknown-choice", "/pairs/x"),
            ("unknown-prompt", "/pairs/z"),
            ("unknown-choice", "/pairs/z"),
        ],
    );
    broken(
        r#""prompts":[{"id":"x","text":"X"}],"choices":[{"id":"a","text":"A"}],"pairs":{"x":"a"}"#,
        &[
            ("too-few-prompts", "/prompts"),
            ("too-few-choices", "/choices"),
        ],
    );
    broken(
        r#""prompts":[{"id":"x","text":"X"},{"id":"x","text":"X"}],"choices":[{"id":"a","text":"A"},{"id":"a","text":"A"}],"pairs":{"x":"a"}"#,
        &[
            ("duplicate-id", "/prompts/1/id"),
            ("duplicate-id", "/choices/1/id"),
        ],
    );
    let many = list(27);
    broken(
        &format!(
            r#""prompts":[{}],"choices":[{many}],"pairs":{{"i0":"i0","i1":"i0"}}"#,
            list(2)
        ),
        &[("too-many-choices", "/choices")],
    );
    check(
        &format!(
            r#""type":"matching",{}"#,
            with(r#"{"x":"a","y":"b","x":"b"}"#)
        ),
        &[],
        true,
    );
}

#[test]
fn in_a_text() {
    let broken = |keys: &str, expected: &[(&str, &str)]| {
        check(&format!(r#""type":"text",{keys}"#), expected, false);
    };
    broken(r#""x":1"#, &[("missing", "")]);
    broken(r#""accept":7"#, &[("wrong-kind", "/accept")]);
    broken(r#""accept":"""#, &[("no-accepted-text", "/accept")]);
    broken(r#""accept":" 　""#, &[("no-accepted-text", "/accept")]);
    broken(r#""accept":"\u0001""#, &[("no-accepted-text", "/accept")]);
    broken(r#""accept":[]"#, &[("no-accepted-text", "/accept")]);
    broken(r#""accept":[""," "]"#, &[("no-accepted-text", "/accept")]);
    broken(r#""accept":{}"#, &[("no-accepted-text", "/accept")]);
    broken(
        r#""accept":{"ja":[],"en":"a"}"#,
        &[("no-accepted-text", "/accept/ja")],
    );
    broken(
        r#""accept":{"ja":7,"en":[8]}"#,
        &[("wrong-kind", "/accept/ja"), ("wrong-kind", "/accept/en/0")],
    );
    broken(r#""accept":["a",7]"#, &[("wrong-kind", "/accept/1")]);
    broken(r#""accept":"a","case":"upper""#, &[("wrong-kind", "/case")]);
    let long = "あ".repeat(201);
    broken(
        &format!(r#""accept":["a","{long}"]"#),
        &[("accepted-text-too-long", "/accept")],
    );
    let longest = "あ".repeat(200);
    check(
        &format!(r#""type":"text","accept":"  {longest}  ""#),
        &[],
        true,
    );
    check(
        r#""type":"text","accept":["a"," "]"#,
        &[("blank-text", "/accept")],
        true,
    );
    check(
        r#""type":"text","accept":{"en":"a","ja":["b","c"]},"case":null"#,
        &[],
        true,
    );
}

#[test]
fn in_a_numeric() {
    let broken = |keys: &str, expected: &[(&str, &str)]| {
        check(&format!(r#""type":"numeric",{keys}"#), expected, false);
    };
    broken(r#""x":1"#, &[("missing", "")]);
    broken(r#""answer":"12""#, &[("wrong-kind", "/answer")]);
    broken(r#""answer":null"#, &[("wrong-kind", "/answer")]);
    broken(
        r#""answer":1,"tolerance":-1"#,
        &[("wrong-kind", "/tolerance")],
    );
    broken(
        r#""answer":1,"tolerance":-0.1"#,
        &[("wrong-kind", "/tolerance")],
    );
    broken(
        r#""answer":1,"tolerance":"5%""#,
        &[("wrong-kind", "/tolerance")],
    );
    broken(r#""answer":1,"tolerance":{}"#, &[("missing", "/tolerance")]);
    broken(
        r#""answer":1,"tolerance":{"relative":-1}"#,
        &[("wrong-kind", "/tolerance/relative")],
    );
    broken(
        r#""answer":[],"tolerance":[]"#,
        &[("wrong-kind", "/answer"), ("wrong-kind", "/tolerance")],
    );
    check(
        r#""type":"numeric","answer":-1.5,"tolerance":null"#,
        &[],
        true,
    );
    check(r#""type":"numeric","answer":1,"tolerance":0"#, &[], true);
    check(
        r#""type":"numeric","answer":1,"tolerance":{"relative":0}"#,
        &[],
        true,
    );
}

const X: &str = r#"{"x":{"accept":"a"}}"#;
const X_AND_Y: &str = r#"{"x":{"accept":"a"},"y":{"accept":"b"}}"#;

fn cloze(text: &str, gaps: &str) -> String {
    format!(r#""type":"cloze","text":{text},"gaps":{gaps}"#)
}

#[test]
fn in_the_places_of_gaps() {
    let broken = |text: &str, gaps: &str, expected: &[(&str, &str)]| {
        check(&cloze(text, gaps), expected, false);
    };
    let (x, both) = (X, X_AND_Y);
    // Template engines leave `{ x }`, or nothing.
    broken(r#""{{x}} { y } ""#, both, &[("gap-not-in-text", "/gaps/y")]);
    // Braces with spaces are a gap if there is one of that id, and code otherwise.
    check(&cloze(r#""{{ x }}{{  y\t}} {{ z }}""#, both), &[], true);
    broken(r#""{{ x }} {{x}}""#, x, &[("repeated-gap", "/text")]);
    broken(
        r#""{{ z }}""#,
        x,
        &[("no-gaps", "/text"), ("gap-not-in-text", "/gaps/x")],
    );
    for text in [
        r"[a](/x{{x}}y)",
        r"[a](/b '{{x}}')",
        r"[a *b*](</x {{x}}>)",
        r"![{{x}}](b.png)",
        r"![a](b{{x}}.png)",
        r"<https://example.org/{{x}}>",
        r"[a]\n\n[a]: /{{x}}",
    ] {
        broken(
            &["\"", text, "\""].concat(),
            x,
            &[("gap-in-address", "/text")],
        );
    }
    for text in [
        r"[a {{x}}](/b)",
        r"[a](/b) {{x}}",
        r"`f[0]({{x}})`",
        r"```\nf[0]({{x}})\n```",
        r"f(0)({{x}})",
        r"\\[a]({{x}})",
        r"[a](b c {{x}})",
        r"<b title={{x}}>",
        r"a < {{x}} > b",
        r"![a](b.png) {{x}}",
    ] {
        check(&cloze(&["\"", text, "\""].concat(), x), &[], true);
    }
}

#[test]
fn in_the_text_of_a_cloze() {
    let broken = |text: &str, gaps: &str, expected: &[(&str, &str)]| {
        check(&cloze(text, gaps), expected, false);
    };
    let (x, both) = (X, X_AND_Y);
    check(
        r#""type":"cloze""#,
        &[("missing", ""), ("missing", "")],
        false,
    );
    broken(
        "7",
        "[]",
        &[("wrong-kind", "/text"), ("wrong-kind", "/gaps")],
    );
    broken(
        r#""{{x}} {{y}}""#,
        x,
        &[("gap-without-definition", "/text")],
    );
    broken(
        r#"{"en":"{{x}} {{y}}","ja":"{{y}}{{x}}"}"#,
        x,
        &[
            ("gap-without-definition", "/text/en"),
            ("gap-without-definition", "/text/ja"),
        ],
    );
    broken(r#""{{x}} {{x}}""#, x, &[("repeated-gap", "/text")]);
    broken(
        r#"{"en":"{{x}}","ja":"{{x}}{{x}}"}"#,
        x,
        &[("repeated-gap", "/text/ja")],
    );
    broken(
        r#"{"en":"{{x}} {{y}}","ja":"{{y}}"}"#,
        both,
        &[("gap-not-in-every-text", "/text/ja")],
    );
    broken(r#""No gap.""#, "{}", &[("no-gaps", "/text")]);
    broken(
        r#""{{ x y }} {{X}} {x} {{}} {{x}""#,
        x,
        &[("no-gaps", "/text"), ("gap-not-in-text", "/gaps/x")],
    );
    check(&cloze(r#""{{x}}{{y}}""#, both), &[], true);
    broken(
        r#""{{x}}""#,
        r#"{"x":{"accept":"a"},"Y!":7}"#,
        &[("gap-not-in-text", "/gaps/Y!")],
    );
    check(
        &cloze(
            r#""{{{x}}} {{ .Values.x }}""#,
            r#"{"x":{"accept":"a","choices":null}}"#,
        ),
        &[],
        true,
    );
    let many = |count: usize| {
        let ids: Vec<String> = (0..count).map(|index| format!("g{index}")).collect();
        let places: Vec<String> = ids.iter().map(|id| format!("{{{{{id}}}}}")).collect();
        let gaps: Vec<String> = ids
            .iter()
            .map(|id| format!(r#""{id}":{{"accept":"a"}}"#))
            .collect();
        cloze(
            &format!(r#""{}""#, places.concat()),
            &format!("{{{}}}", gaps.join(",")),
        )
    };
    check(&many(100), &[], true);
    check(&many(101), &[("too-many-gaps", "/text")], false);
}

#[test]
fn in_the_gaps_of_a_cloze() {
    let broken = |gaps: &str, expected: &[(&str, &str)]| {
        check(&cloze(r#""{{x}}""#, gaps), expected, false);
    };
    broken(r#"{"x":7}"#, &[("wrong-kind", "/gaps/x")]);
    broken(r#"{"x":{}}"#, &[("wrong-kind", "/gaps/x")]);
    broken(
        r#"{"x":{"accept":"a","choices":[]}}"#,
        &[("wrong-kind", "/gaps/x")],
    );
    broken(
        r#"{"x":{"accept":[]}}"#,
        &[("no-accepted-text", "/gaps/x/accept")],
    );
    broken(
        r#"{"x":{"accept":"a","case":1}}"#,
        &[("wrong-kind", "/gaps/x/case")],
    );
    let list = |first: &str, second: &str| {
        format!(
            r#"{{"x":{{"choices":[{{"id":"a","text":"A"{first}}},{{"id":"b","text":"B"{second}}}]}}}}"#
        )
    };
    let right = r#","correct":true"#;
    broken(&list("", ""), &[("no-correct-choice", "/gaps/x/choices")]);
    broken(
        &list(right, right),
        &[("several-correct-choices", "/gaps/x/choices")],
    );
    broken(
        r#"{"x":{"choices":[{"id":"a","text":"A","correct":true}]}}"#,
        &[("too-few-choices", "/gaps/x/choices")],
    );
    broken(
        r#"{"x":{"choices":[{"id":"a","text":"A","correct":true},{"id":"a","text":"B"}]}}"#,
        &[("duplicate-id", "/gaps/x/choices/1/id")],
    );
    check(&cloze(r#""{{x}}""#, &list(right, "")), &[], true);
}
