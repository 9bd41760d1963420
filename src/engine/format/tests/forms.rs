//! Broken domains and forms: each is told, and the questions are kept.

use super::*;
use crate::engine::form::Mode;
use crate::engine::set::Seen;

#[test]
fn domains_are_checked() {
    let with = |domains: &str| set(&format!("\"domains\":{domains},\"questions\":[{GOOD}]"));
    usable(&with("§7"), "wrong-kind", "/domains", "a list");
    usable(
        &with("[§7]"),
        "wrong-kind",
        "/domains/0",
        "an object with `id` and `title`",
    );
    usable(
        &with(r#"[{"id":"d","title":"D","weight":§-1}]"#),
        "wrong-kind",
        "/domains/0/weight",
        "0 or more",
    );
    usable(
        &with(r#"[{"id":"d","title":"D","weight":§1.5}]"#),
        "wrong-kind",
        "/domains/0/weight",
        "whole number",
    );
    usable(
        &with(r#"[{"id":"d","title":"D","weight":§4294967296}]"#),
        "wrong-kind",
        "/domains/0/weight",
        "whole",
    );
    check(
        &with(r#"[§7,{"id":"d","title":"D"},{"id":§"d","title":"E"}]"#),
        &[
            ("wrong-kind", "/domains/0", "an object"),
            ("duplicate-id", "/domains/2/id", "Another domain"),
        ],
    );
}

#[test]
fn a_domain_with_a_broken_title_does_not_cost_its_questions() {
    let question = GOOD.replace("\"prompt\"", "\"domain\":\"d\",\"prompt\"");
    let set = usable(
        &set(&format!(
            "\"domains\":[§{{\"id\":\"d\"}}],\"questions\":[{question}]"
        )),
        "missing",
        "/domains/0",
        "`title` is missing",
    );
    assert_eq!(set.questions[0].domain, Some(0));
    assert_eq!(set.domains[0].title.resolve("en").markdown, "d");
}

/// Keys of a form, the code of their problem, its place in the form, what the message says.
const BROKEN_KEYS: &str = r#"
"mode":§"test" | wrong-kind | /mode | `practice` or `exam`
"count":§"20" | wrong-kind | /count | a whole number
"count":§-1 | wrong-kind | /count | 0 or more
"count":§0 | empty-form | /count | 1 or more
"count":§2 | too-few-questions | /count | lower `count`
"draw":§"some" | wrong-kind | /draw | `all`, `random` or `by-domain`
"time_limit":§"130" | wrong-kind | /time_limit | "130m"
"time_limit":§130 | wrong-kind | /time_limit | "130m"
"time_limit":§"soon" | wrong-kind | /time_limit | "none"
"time_limit":§"0s" | wrong-kind | /time_limit | "90s"
"time_limit":§"" | wrong-kind | /time_limit | "2h10m"
"credit":§"half" | wrong-kind | /credit | `all-or-nothing`, `partial`, `negative` or `negative-below-zero`
"unscored":§"15" | wrong-kind | /unscored | a whole number
"unscored":§-1 | wrong-kind | /unscored | 0 or more
"unscored":§1 | nothing-scored | /unscored | smaller than the number of questions
"unscored":§2 | nothing-scored | /unscored | so that some count
"question_time":§90 | wrong-kind | /question_time | "90s"
"question_time":§"soon" | wrong-kind | /question_time | "none"
"question_time":§"0s" | wrong-kind | /question_time | "2h10m"
"feedback":§"never" | wrong-kind | /feedback | `immediate` or `at-end`
"navigation":§true | wrong-kind | /navigation | `free` or `linear`
"shuffle":§"all" | wrong-kind | /shuffle | a list
"shuffle":["choices",§"all"] | wrong-kind | /shuffle/1 | `questions` or `choices`
"domains":§"d" | wrong-kind | /domains | a list
"domains":[§"d"] | unknown-domain | /domains/0 | add it there
"domains":[§7] | wrong-kind | /domains/0 | an id
"pass":§70 | wrong-kind | /pass | {"percent": 70}
"pass":§{} | missing | /pass | `percent` is missing
"pass":§{"percent":0} | impossible-pass-mark | /pass | 1 to 100
"pass":§{"percent":101} | impossible-pass-mark | /pass | 1 to 100
"scale":§720 | wrong-kind | /scale | {"min": 100, "max": 1000, "pass": 720}
"scale":§{} | impossible-pass-mark | /scale | min below max
"scale":§{"percent":0} | impossible-pass-mark | /scale | 1 to 100
"scale":§{"min":100,"max":1000} | impossible-pass-mark | /scale | min below max
"scale":§{"min":100,"pass":720} | impossible-pass-mark | /scale | min below max
"scale":§{"min":1000,"max":100,"pass":720} | impossible-pass-mark | /scale | min below max
"scale":§{"min":100,"max":100,"pass":100} | impossible-pass-mark | /scale | min below max
"scale":§{"min":100,"max":1000,"pass":99} | impossible-pass-mark | /scale | pass between them
"scale":§{"min":100,"max":1000,"pass":1001} | impossible-pass-mark | /scale | pass between them
"#;

#[test]
fn a_form_with_a_mistake_in_it_is_told_and_not_used() {
    for [keys, code, place, mend] in rows(BROKEN_KEYS) {
        let text = forms(&format!(r#"{{"id":"f","title":"F",{keys}}}"#));
        let set = usable(&text, code, &format!("/forms/0{place}"), mend);
        let [form] = set.forms.as_slice() else {
            panic!("{keys}")
        };
        let is_warning = code == "too-few-questions";
        assert_eq!(form.is_sound, is_warning, "{keys}");
        assert_eq!((form.id.as_str(), form.untitled), ("f", None), "{keys}");
        assert_eq!((form.time_limit, form.pass), (None, None), "{keys}");
        assert_eq!((form.question_time, form.unscored), (None, 0), "{keys}");
        assert_eq!(form.size(&set), 1, "{keys}");
        assert_eq!(
            form.shuffles_choices,
            keys.contains("\"choices\""),
            "{keys}"
        );
    }
}

#[test]
fn a_form_without_a_title_is_called_by_its_mode() {
    for (keys, mode) in [
        ("", Mode::Practice),
        (",\"mode\":\"practice\"", Mode::Practice),
        (",\"mode\":\"exam\"", Mode::Exam),
        (",\"title\":null", Mode::Practice),
    ] {
        let text = forms(&format!("{{\"id\":\"f\"{keys}}}"));
        let set = check(&text, &[]).set.unwrap();
        let form = &set.forms[0];
        assert!(form.is_sound, "{keys}");
        assert_eq!((&form.title, form.untitled), (&None, Some(mode)), "{keys}");
    }
    let set = check(&forms(r#"{"id":"f","title":"1. Part"}"#), &[])
        .set
        .unwrap();
    let title = set.forms[0].title.as_ref().unwrap().resolve("en");
    assert!(title.is_inline && set.forms[0].untitled.is_none());
}

#[test]
fn a_form_needs_an_id_of_its_own() {
    for [form, code, place, mend] in rows(
        r#"
§7 | wrong-kind | /0 | an object with `id`
§{"title":"F"} | missing | /0 | `id` is missing
{"id":§"F 1","title":"F"} | wrong-kind | /0/id | an id
"#,
    ) {
        let set = usable(&forms(form), code, &format!("/forms{place}"), mend);
        // It keeps its place: if it is the first, no other one is meant.
        assert_eq!(set.forms.len(), 1, "{form}");
        assert!(!set.forms[0].is_sound, "{form}");
    }
    let twice = forms("§7,\n{\"id\":\"f\",\"title\":\"1\"},\n{\"id\":§\"f\",\"title\":\"2\"}");
    let expected = [
        ("wrong-kind", "/forms/0", "an object"),
        ("duplicate-id", "/forms/2/id", "Another form"),
    ];
    let set = check(&twice, &expected).set.unwrap();
    assert_eq!(set.forms.len(), 2);
    let title = set.forms[1].title.as_ref().unwrap().resolve("");
    assert_eq!(title.markdown, "1");
}

#[test]
fn a_form_without_questions_is_told_and_not_used() {
    let text = set(&format!(
        "\"domains\":[{{\"id\":\"d\",\"title\":\"D\"}}],\"questions\":[{GOOD}],\n\
         \"forms\":[{{\"id\":\"f\",\"title\":\"F\",\"domains\":§[\"d\"]}}]"
    ));
    let set = usable(
        &text,
        "empty-form",
        "/forms/0/domains",
        "name other domains",
    );
    assert!(!set.forms[0].is_sound);
    // Where no question is sound, that is what is wrong.
    let text = text
        .replace('§', "")
        .replace(GOOD, "§7")
        .replace("\"questions\":[", "\"questions\":§[");
    check(
        &text,
        &[
            ("no-questions", "/questions", "add one"),
            ("wrong-kind", "/questions/0", "an object"),
        ],
    );
}

/// A set of two questions of two domains, and a form.
fn drawn(weights: [&str; 2], form: &str) -> String {
    let weights = weights.map(|weight| {
        if weight.is_empty() {
            String::new()
        } else {
            format!(",\"weight\":{weight}")
        }
    });
    let question = |domain: &str| {
        GOOD.replace("good", &format!("q-{domain}"))
            .replace("\"prompt\"", &format!("\"domain\":\"{domain}\",\"prompt\""))
    };
    set(&format!(
        "\"domains\":[{{\"id\":\"d\",\"title\":\"D\"{}}},{{\"id\":\"e\",\"title\":\"E\"{}}}],\n\
         \"questions\":[{},{}],\n\"forms\":[{{\"id\":\"f\",\"title\":\"F\",{form}}}]",
        weights[0],
        weights[1],
        question("d"),
        question("e")
    ))
}

#[test]
fn weights_that_do_not_add_up_are_told_where_they_are_used() {
    for (weights, draw, mend) in [
        (["60", "40"], "\"by-domain\"", ""),
        (["100", "0"], "\"by-domain\"", ""),
        (["60", "41"], "§\"by-domain\"", "relative shares"),
        (["1", "1"], "§\"by-domain\"", "relative shares"),
        (
            ["4294967295", "4294967295"],
            "§\"by-domain\"",
            "relative shares",
        ),
        (["0", "0"], "§\"by-domain\"", "Give weights above 0"),
        (["60", ""], "§\"by-domain\"", "counts as 1"),
        (["99", ""], "§\"by-domain\"", "counts as 1"),
        (["0", ""], "§\"by-domain\"", "counts as 1"),
        (["", ""], "§\"by-domain\"", "counts as 1"),
        // Nobody asks for them.
        (["60", "41"], "\"random\"", ""),
        (["0", "0"], "\"all\"", ""),
    ] {
        let text = drawn(weights, &format!("\"draw\":{draw}"));
        let expected = [("weights-do-not-add-up", "/forms/0/draw", mend)];
        let expected = if mend.is_empty() {
            &[][..]
        } else {
            &expected[..]
        };
        let set = check(&text, expected).set.unwrap();
        let paper = set.forms[0].paper(&set, "seed", &Seen::default());
        assert_eq!(paper.items.len(), 2, "{weights:?}");
    }
}

#[test]
fn so_many_that_do_not_count_must_leave_some_that_do() {
    for (keys, unscored) in [
        ("\"unscored\":1", 1),
        ("\"unscored\":0", 0),
        ("\"unscored\":§2", 0),
        ("\"count\":2,\"unscored\":1", 1),
        ("\"count\":2,\"unscored\":§2", 0),
        ("\"count\":1,\"unscored\":§1", 0),
        ("\"domains\":[\"e\"],\"unscored\":§1", 0),
        ("\"unscored\":§4294967295", 0),
    ] {
        let text = drawn(["60", "40"], keys);
        let expected = [("nothing-scored", "/forms/0/unscored", "so that some count")];
        let expected = if keys.contains('§') {
            &expected[..]
        } else {
            &[]
        };
        let set = check(&text, expected).set.unwrap();
        assert_eq!(set.forms[0].unscored, unscored, "{keys}");
    }
}

#[test]
fn a_form_that_asks_for_too_many_takes_all() {
    for (keys, size) in [
        ("\"count\":2", 2),
        ("\"count\":§3", 2),
        ("\"count\":1,\"domains\":[\"d\"]", 1),
        ("\"count\":§2,\"domains\":[\"d\"]", 1),
        ("\"count\":§4294967295", 2),
    ] {
        let expected = [(
            "too-few-questions",
            "/forms/0/count",
            "all of them are used",
        )];
        let expected = if keys.contains('§') {
            &expected[..]
        } else {
            &[]
        };
        let set = check(&drawn(["60", "40"], keys), expected).set.unwrap();
        assert_eq!(set.forms[0].size(&set), size, "{keys}");
    }
}

#[test]
fn scenarios_are_checked_and_do_not_cost_more_questions_than_needed() {
    let with = |scenarios: &str, question: &str| {
        let own = GOOD
            .replace("good", "q2")
            .replace("\"prompt\"", &format!("{question}\"prompt\""));
        set(&format!(
            "\"scenarios\":{scenarios},\"questions\":[{GOOD},\n{own}]"
        ))
    };
    let named = "\"scenario\":\"s\",";
    let lost = "\"scenario\":§\"s\",";
    for (scenarios, question, code, pointer, mend, questions) in [
        ("§7", "", "wrong-kind", "/scenarios", "a list", 2),
        (
            "[§7]",
            "",
            "wrong-kind",
            "/scenarios/0",
            "an object with `id` and `text`",
            2,
        ),
        (
            "[§{\"id\":\"s\"}]",
            "",
            "missing",
            "/scenarios/0",
            "`text` is missing",
            2,
        ),
        (
            "[{\"id\":\"s\",\"text\":§7}]",
            "",
            "wrong-kind",
            "/scenarios/0/text",
            "text in quotes",
            2,
        ),
        (
            "[{\"id\":§\"S 1\",\"text\":\"T\"}]",
            "",
            "wrong-kind",
            "/scenarios/0/id",
            "an id",
            2,
        ),
        (
            "[{\"id\":\"s\",\"text\":\"1\"},{\"id\":§\"s\",\"text\":\"2\"}]",
            named,
            "duplicate-id",
            "/scenarios/1/id",
            "Another scenario",
            2,
        ),
        (
            "[]",
            lost,
            "unknown-scenario",
            "/questions/1/scenario",
            "add it there",
            1,
        ),
        (
            "[{\"id\":\"t\",\"text\":\"T\"}]",
            lost,
            "unknown-scenario",
            "/questions/1/scenario",
            "correct the id",
            1,
        ),
    ] {
        let text = with(scenarios, question);
        let set = usable(&text, code, pointer, mend);
        assert_eq!(set.questions.len(), questions, "{text}");
        if question == named {
            assert_eq!(set.questions[1].scenario, Some(0));
            assert_eq!(set.scenarios[0].text.resolve("en").markdown, "1");
        }
    }
}

#[test]
fn translations_are_addresses_by_language() {
    let with = |translations: &str| {
        set(&format!(
            "\"translations\":{translations},\"questions\":[{GOOD}]"
        ))
    };
    for sound in [
        "{}",
        "null",
        "{\"ja\":\"./quiz.ja.json\"}",
        "{\"de\":\"a\",\"zh-Hant\":\"b\"}",
    ] {
        check(&with(sound), &[]);
    }
    for (wrong, place, mend) in [
        ("§7", "", "an address for each language"),
        ("§\"./quiz.ja.json\"", "", "./quiz.ja.json"),
        ("§[\"ja\"]", "", "an object"),
        ("{\"ja\":§7}", "/ja", "text in quotes"),
        ("{\"ja\":§{\"src\":\"x\"}}", "/ja", "text in quotes"),
    ] {
        let pointer = format!("/translations{place}");
        let set = usable(&with(wrong), "wrong-kind", &pointer, mend);
        assert_eq!(set.questions.len(), 1, "{wrong}");
    }
}
