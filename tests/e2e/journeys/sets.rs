//! The question sets of the journeys.

/// Three questions with everything that a plain set has, in English and Japanese. Its forms: `practice`, `exam`, `timed`
/// (practice with a clock) and `forward` (linear). All that must not be seen before marking begins with `Why-`,
/// `Explanation-` or `Reference-`.
pub const BASICS: &str = include_str!("../sets/basics.json");

/// Two questions with everything that Markdown has, much of it wider than a phone, and some of it hostile.
pub const RICH: &str = include_str!("../sets/rich.json");

/// A set of many questions whose order and choices are shuffled, in two domains of equal weight.
pub fn shuffled(questions: usize) -> String {
    let questions: Vec<String> = (0..questions)
        .map(|number| {
            let domain = if number % 2 == 0 { "even" } else { "odd" };
            let choices: Vec<String> = (0..4)
                .map(|choice| format!(r#"{{"id":"c{choice}","text":"Choice {choice}","correct":{}}}"#, choice == 0))
                .collect();
            format!(
                r#"{{"id":"q{number}","type":"single","domain":"{domain}","prompt":"Question {number}?","choices":[{}]}}"#,
                choices.join(",")
            )
        })
        .collect();
    format!(
        r#"{{"mondai":1,"id":"shuffled","title":"Shuffled",
            "domains":[{{"id":"even","title":"Even"}},{{"id":"odd","title":"Odd"}}],
            "forms":[{{"id":"mixed","title":"Mixed","feedback":"at-end","shuffle":["questions","choices"]}}],
            "questions":[{}]}}"#,
        questions.join(",")
    )
}
