//! Broken domains and forms: each is told, and the questions are kept.

use super::*;

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
"credit":§"half" | wrong-kind | /credit | `all-or-nothing`, `partial` or `negative`
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
fn what_a_form_cannot_mean_is_told_and_left_to_its_default() {
    for [keys, code, place, mend] in rows(BROKEN_KEYS) {
        let text = forms(&format!(r#"{{"id":"f","title":"F",{keys}}}"#));
        let set = usable(&text, code, &format!("/forms/0{place}"), mend);
        let [form] = set.forms.as_slice() else {
            panic!("{keys}")
        };
        assert_eq!((form.time_limit, form.pass), (None, None), "{keys}");
        assert_eq!(form.size(&set), 1, "{keys}");
        assert_eq!(
            form.shuffles_choices,
            keys.contains("\"choices\""),
            "{keys}"
        );
    }
}

#[test]
fn a_form_needs_an_id_of_its_own_and_a_title() {
    for [form, code, place, mend] in rows(
        r#"
§7 | wrong-kind | /0 | an object with `id` and `title`
§{"id":"f"} | missing | /0 | `title` is missing
§{"title":"F"} | missing | /0 | `id` is missing
{"id":§"F 1","title":"F"} | wrong-kind | /0/id | an id
"#,
    ) {
        let set = usable(&forms(form), code, &format!("/forms{place}"), mend);
        assert!(set.forms.is_empty(), "{form}");
    }
    let twice = forms("§7,\n{\"id\":\"f\",\"title\":\"1\"},\n{\"id\":§\"f\",\"title\":\"2\"}");
    let expected = [
        ("wrong-kind", "/forms/0", "an object"),
        ("duplicate-id", "/forms/2/id", "Another form"),
    ];
    let set = check(&twice, &expected).set.unwrap();
    assert_eq!(set.forms.len(), 1);
    let title = set.forms[0].title.as_ref().unwrap().resolve("");
    assert_eq!(title.markdown, "1");
}

#[test]
fn a_form_without_questions_is_told_and_takes_all() {
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
    assert_eq!(set.forms[0].size(&set), 1);
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
