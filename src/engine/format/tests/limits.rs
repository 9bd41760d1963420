//! Each limit: exactly at it all is well; one past it, a clear message.

use super::*;

/// A set whose file has this many bytes: a sound one, and spaces.
fn file_of(bytes: usize) -> String {
    let mut text = questions(&GOOD.replace("good", "q2"));
    text.push_str(&" ".repeat(bytes - text.len()));
    text
}

#[test]
fn a_file_may_have_2_mib() {
    check(&file_of(2 * 1024 * 1024), &[]);
    for bytes in [2 * 1024 * 1024 + 1, 3 * 1024 * 1024] {
        unusable(
            &format!("§{}", file_of(bytes)),
            "file-too-large",
            "",
            "split it",
        );
    }
}

#[test]
fn a_text_may_have_64_kib_in_each_language() {
    let with = |prompt: &str| questions(&GOOD.replace("good", "q2").replace("\"?\"", prompt));
    let text = |bytes: usize| format!("\"{}\"", "日".repeat(bytes / 3) + &"x".repeat(bytes % 3));
    check(&with(&text(64 * 1024)), &[]);
    check(
        &with(&format!("{{\"en\":{0},\"ja\":{0}}}", text(64 * 1024))),
        &[],
    );
    let too_long = text(64 * 1024 + 1);
    let told =
        |prompt: &str, pointer: &str| usable(&with(prompt), "text-too-long", pointer, "shorten it");
    assert_eq!(
        told(&format!("§{too_long}"), "/questions/1/prompt")
            .questions
            .len(),
        1
    );
    assert_eq!(
        told(&format!("{{\"ja\":§{too_long}}}"), "/questions/1/prompt/ja")
            .questions
            .len(),
        1
    );
}

#[test]
fn a_set_may_have_2000_questions() {
    let set_of = |number: usize, mark: &str| {
        let list: Vec<String> = (0..number)
            .map(|index| GOOD.replace("good", &format!("q{index}")))
            .collect();
        set(&format!("\"questions\":{mark}[{}]", list.join(",\n")))
    };
    assert_eq!(
        check(&set_of(2_000, ""), &[]).set.unwrap().questions.len(),
        2_000
    );
    let set = usable(
        &set_of(2_001, "§"),
        "too-many-questions",
        "/questions",
        "Split the set",
    );
    assert_eq!(set.questions.len(), 2_000);
}

#[test]
fn a_question_may_have_26_choices() {
    let with = |number: usize, mark: &str| {
        let list: Vec<String> = (0..number)
            .map(|index| format!(r#"{{"id":"c{index}","text":"C","correct":{}}}"#, index == 0))
            .collect();
        questions(&format!(
            r#"{{"id":"q","type":"single","prompt":"?","choices":{mark}[{}]}}"#,
            list.join(",")
        ))
    };
    assert_eq!(check(&with(26, ""), &[]).set.unwrap().questions.len(), 2);
    let set = usable(
        &with(27, "§"),
        "too-many-choices",
        "/questions/1/choices",
        "take some away",
    );
    assert_eq!(set.questions.len(), 1);
    // A list that fills the file is no reason to compare each with each.
    usable(
        &with(40_000, "§"),
        "too-many-choices",
        "/questions/1/choices",
        "take some away",
    );
}

#[test]
fn brackets_may_nest_32_deep() {
    let sound = |depth: usize| {
        let keys = format!(
            "\"questions\":[{GOOD}],\"deep\":{}{}",
            "[".repeat(depth - 1),
            "]".repeat(depth - 1)
        );
        set(&keys)
    };
    check(&sound(32), &[]);
    let keys = format!(
        "\"questions\":[{GOOD}],\"deep\":{}§[]{}",
        "[".repeat(31),
        "]".repeat(31)
    );
    unusable(&set(&keys), "nested-too-deep", "", "unclosed bracket");
    // Far deeper than any stack, and never closed.
    unusable(
        &format!("{}§{}", "[".repeat(32), "[".repeat(1_000_000)),
        "nested-too-deep",
        "",
        "unclosed",
    );
    // Brackets in a text are no nesting.
    check(
        &questions(
            &GOOD
                .replace("good", "q2")
                .replace("\"?\"", &format!("\"{}\"", "[{".repeat(40))),
        ),
        &[],
    );
}

#[test]
fn past_a_hundred_problems_the_rest_is_counted() {
    let broken = |number: usize| {
        let list: Vec<String> = (0..number)
            .map(|index| format!("{{\"id\":\"q{index}\",\"type\":§\"x\",\"prompt\":\"?\"}}"))
            .collect();
        questions(&list.join(",\n"))
    };
    let (text, _) = unmarked(&broken(100));
    assert_eq!(read(&text).problems.len(), 100);
    let (text, _) = unmarked(&broken(107));
    let problems = read(&text).problems;
    assert_eq!(problems.len(), 101);
    let last = problems.last().unwrap();
    assert_eq!(
        (last.code, last.severity),
        ("too-many-problems", Severity::Error)
    );
    assert!(last.message.contains("not listed here: 7. Mend"), "{last}");
}

#[test]
fn many_warnings_cost_no_question() {
    let list: Vec<String> = (0..150)
        .map(|index| {
            GOOD.replace("good", &format!("q{index}")).replace(
                "\"choices\"",
                "\"references\":[{\"title\":\"T\",\"url\":\"ftp:x\"}],\"choices\"",
            )
        })
        .collect();
    let reading = read(&questions(&list.join(",\n")));
    assert_eq!(reading.set.unwrap().questions.len(), 151);
    assert_eq!(reading.problems.len(), 101);
    assert!(
        reading
            .problems
            .iter()
            .all(|problem| problem.severity == Severity::Warning)
    );
}

#[test]
fn a_file_full_of_small_things_is_read_in_one_go() {
    // Comparing each with each would take minutes here.
    let list: Vec<String> = (0..60_000)
        .map(|index| format!("{{\"id\":\"d{index}\",\"title\":\"\"}}"))
        .collect();
    for (key, limit) in [("domains", 100), ("forms", 100)] {
        let of = |number: usize, mark: &str| {
            let list = list[..number].join(",");
            set(&format!("\"questions\":[{GOOD}],\"{key}\":{mark}[{list}]"))
        };
        check(&of(limit, ""), &[]);
        for number in [limit + 1, 60_000] {
            let set = usable(
                &of(number, "§"),
                "list-too-long",
                &format!("/{key}"),
                "Take some away",
            );
            assert_eq!(set.domains.len() + set.forms.len(), limit, "{key}");
        }
    }
    let list: Vec<String> = (0..40_000)
        .map(|index| format!("{{\"id\":\"s{index}\",\"text\":\"\"}}"))
        .collect();
    let set = usable(
        &set(&format!(
            "\"questions\":[{GOOD}],\"scenarios\":§[{}]",
            list.join(",")
        )),
        "list-too-long",
        "/scenarios",
        "Take some away",
    );
    assert_eq!(set.scenarios.len(), 2_000);
}

#[test]
fn a_question_may_have_50_references() {
    let of = |number: usize, mark: &str| {
        let list = [r#"{"title":"T","url":"https://a.b"}"#]
            .repeat(number)
            .join(",");
        let references = format!("\"references\":{mark}[{list}],\"choices\"");
        questions(
            &GOOD
                .replace("good", "q2")
                .replace("\"choices\"", &references),
        )
    };
    check(&of(50, ""), &[]);
    for number in [51, 50_000] {
        let expected = [(
            "too-many-references",
            "/questions/1/references",
            "past the limit are left out",
        )];
        let set = check(&of(number, "§"), &expected).set.unwrap();
        assert_eq!(set.questions.len(), 2, "{number}");
        assert_eq!(set.questions[1].references.len(), 50, "{number}");
    }
}
