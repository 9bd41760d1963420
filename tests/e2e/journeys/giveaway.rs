//! What the page of a running certification exam gives away: nothing of what is right, and not which questions do not
//! count.

use mondai_e2e::Outcome;
use mondai_e2e::pages::{STYLE, post, widget};
use mondai_e2e::quiz::Quiz;
use mondai_e2e::stage::Stage;
use serde_json::{Value, json};

use crate::certification::{ALL, open};
use crate::solver::{GIT, MLA, Solver, by_keyboard, letters, questions, text};

/// Waits until a question has the focus, which would otherwise be taken from what is typed. (The first one may have lost it
/// again, to a button above it.)
async fn until_focused(quiz: &Quiz<'_>, number: usize) -> Outcome {
    quiz.until_question(number).await?;
    let is_focused = "return given[0] === 1 || root.activeElement?.matches('[part~=prompt]')";
    quiz.until("it has the focus", is_focused, &[json!(number)])
        .await
}

/// Everything a script of the page can see of a widget: the markup of all of it, what fields hold, what was told and what
/// is kept.
const VISIBLE: &str = "
const fields = all('input, select, textarea').map((field) => `${field.value} ${field.checked ?? ''}`);
const markup = [host.outerHTML, root.innerHTML, ...all('*').filter((own) => own.shadowRoot).map((own) => own.shadowRoot.innerHTML)];
const attributes = all('*').flatMap((own) => [...own.attributes].filter(({ name }) => name !== 'aria-label').map(({ name, value }) => `${name}=${value}`));
return {
  markup: [...markup, ...fields].join('\\n'),
  attributes: attributes.join('\\n'),
  told: JSON.stringify([window.__collected.events, host.attempts(), host.exportData(), { ...localStorage }]),
}";

/// What [`VISIBLE`] gives.
#[derive(serde::Deserialize)]
struct Visible {
    markup: String,
    attributes: String,
    told: String,
}

/// Walks the whole exam with some answer to each question: nowhere in the page stands anything of what is right, or which
/// questions do not count.
pub async fn nothing_is_given_away(stage: &Stage<'_>) -> Outcome {
    let set = stage.built(MLA)?;
    let secrets = Secrets::new(&serde_json::from_str(&set)?);
    assert!(
        secrets.explanations.len() > 300,
        "the set has its explanations"
    );
    let quiz = open(stage, "form=exam lang=en").await?;
    quiz.start().await?;
    let solver = Solver::new(&set)?;
    for number in 1..=ALL {
        until_focused(&quiz, number).await?;
        let task = solver.find(&quiz).await?;
        secrets.hold(&quiz.read(VISIBLE, &[]).await?, number);
        // What is typed wrong cannot be what is accepted; so if that is found, the page has it from elsewhere.
        by_keyboard(stage, &quiz, &task.wrong).await?;
        secrets.hold(&quiz.read(VISIBLE, &[]).await?, number);
        quiz.act(if number < ALL { "next" } else { "finish" })
            .await?;
    }
    quiz.until_screen("review").await?;
    secrets.hold(&quiz.read(VISIBLE, &[]).await?, ALL);
    quiz.act("submit").await?;
    quiz.until_screen("results").await?;
    quiz.act("answers").await?;
    quiz.until_screen("answers").await?;
    let after: Visible = quiz.read(VISIBLE, &[]).await?;
    let found = secrets
        .explanations
        .iter()
        .filter(|own| letters(&after.markup).contains(*own));
    assert!(found.count() > ALL, "the search finds what is there");
    assert!(after.attributes.contains("unscored") && after.told.contains("unscored"));
    Ok(())
}

/// What must not be seen before the exam is handed in.
struct Secrets {
    /// Explanations and reasons, as letters.
    explanations: Vec<String>,
    /// Texts that would be accepted and that no question shows.
    accepted: Vec<String>,
}

impl Secrets {
    fn new(set: &Value) -> Self {
        let mut own = Self {
            explanations: Vec::new(),
            accepted: Vec::new(),
        };
        let public: String = set["scenarios"]
            .as_array()
            .into_iter()
            .flatten()
            .map(|scenario| letters(text(&scenario["text"])))
            .chain(questions(set).iter().map(public_of))
            .collect();
        for question in questions(set) {
            own.explanations
                .push(letters(text(&question["explanation"])));
            for list in ["choices", "items", "prompts"] {
                let parts = question[list].as_array().into_iter().flatten();
                own.explanations
                    .extend(parts.map(|part| letters(text(&part["why"]))));
            }
            let accepted = question["accept"].as_array().into_iter().flatten();
            own.accepted
                .extend(accepted.map(|accepted| letters(text(accepted))));
        }
        // What is shorter stands in other words by chance.
        own.explanations
            .retain(|own| own.len() >= 12 && !public.contains(own));
        own.accepted
            .retain(|own| own.len() >= 6 && !public.contains(own));
        assert!(!own.accepted.is_empty(), "the set has questions to type in");
        own
    }

    fn hold(&self, visible: &Visible, number: usize) {
        let markup = letters(&visible.markup);
        let told = letters(&visible.told);
        for secret in &self.explanations {
            assert!(
                !markup.contains(secret) && !told.contains(secret),
                "question {number} shows {secret}"
            );
        }
        for secret in &self.accepted {
            assert!(
                !markup.contains(secret) && !told.contains(secret),
                "question {number} has {secret}"
            );
        }
        for word in ["unscored", "correct", "\"key", "\"outcome", "\"points"] {
            let places = [&visible.attributes, &visible.told];
            assert!(
                !places
                    .iter()
                    .any(|place| place.to_lowercase().contains(word)),
                "question {number} says {word}: {}",
                visible.told
            );
        }
        assert!(!visible.markup.to_lowercase().contains("unscored"));
    }
}

/// What everybody may read of a question, as letters.
fn public_of(question: &Value) -> String {
    let lists = ["choices", "items", "prompts"].map(|list| question[list].as_array());
    let parts = lists
        .into_iter()
        .flatten()
        .flatten()
        .map(|part| &part["text"]);
    parts
        .chain([&question["prompt"], &question["text"]])
        .map(|part| letters(text(part)))
        .collect()
}

/// The same paper of the same set with another key, answered in the same way: to the last byte the same page, the same
/// events and the same record, until it is handed in. Then one is all right and the other all wrong.
pub async fn another_key_looks_the_same(stage: &Stage<'_>) -> Outcome {
    let set: Value = serde_json::from_str(&stage.built(GIT)?)?;
    let mut other = set.clone();
    for question in other["questions"].as_array_mut().into_iter().flatten() {
        change_key(question);
    }
    assert_ne!(set, other);
    let one = sit(stage, &set, &set).await?;
    let another = sit(stage, &other, &set).await?;
    same(&one, &another, "with another key as well");
    assert_eq!(one.report["percent"], 100, "{}", one.report);
    let outcomes = another.report["questions"].as_array();
    let mut outcomes = outcomes.into_iter().flatten();
    assert!(
        outcomes.all(|row| row["outcome"] != "correct"),
        "{}",
        another.report
    );
    Ok(())
}

/// The same paper with another number of questions that do not count, and so with others: the same from the first question
/// on. How many there are is no secret, as it is none in the exam: the form says so, and the start screen must. Which ones is
/// known from the report alone. So the start screen is not compared, and nothing after it is left out on this account.
pub async fn what_does_not_count_looks_the_same(stage: &Stage<'_>) -> Outcome {
    let set: Value = serde_json::from_str(&stage.built(GIT)?)?;
    let mut other = set.clone();
    let forms = other["forms"].as_array_mut().into_iter().flatten();
    for form in forms.filter(|form| form["id"] == "exam") {
        assert_eq!(form["unscored"], 2);
        form["unscored"] = json!(1);
    }
    let one = sit(stage, &set, &set).await?;
    let another = sit(stage, &other, &set).await?;
    same(&one, &another, "whichever do not count");
    for (walk, count) in [(&one, 2), (&another, 1)] {
        let rows = walk.report["questions"].as_array().into_iter().flatten();
        let unscored = rows.filter(|row| row["unscored"] == true);
        assert_eq!(unscored.count(), count, "{}", walk.report);
    }
    Ok(())
}

/// One sitting.
struct Walk {
    /// What could be seen at each step before it was handed in.
    traces: Vec<String>,
    /// What was told then.
    report: Value,
}

/// Two walks have left the same traces; if not, only the first that differ are told.
fn same(one: &Walk, other: &Walk, what: &str) {
    assert_eq!(one.traces.len(), other.traces.len());
    for (step, (one, other)) in one.traces.iter().zip(&other.traces).enumerate() {
        for (line, other) in one.lines().zip(other.lines()) {
            assert_eq!(line, other, "{what}: step {step}");
        }
        assert_eq!(one, other, "{what}: step {step}");
    }
}

/// All that a script of the page can see of a widget, but for what is another in each sitting or for each file: moments,
/// times, the name of the attempt, the digest of the file and the checksum over all of these, and the server's port. The file itself is
/// public.
const TRACES: &str = "
const OTHER = ['started', 'changed', 'deadline', 'shown', 'after', 'ms', 'digest', 'checksum'];
const attempts = host.attempts();
const records = Object.entries(JSON.parse(host.exportData()).records).map(([key, text]) => [key, JSON.parse(text)]);
const fields = all('input, select, textarea').map((field) => [field.value, field.checked ?? '', field.disabled]);
const shadows = all('*').filter((own) => own.shadowRoot).map((own) => own.shadowRoot.innerHTML);
const seen = {
  markup: [host.outerHTML, root.innerHTML, shadows],
  fields,
  told: window.__collected.events,
  attempts,
  records,
};
const text = JSON.stringify(seen, (key, value) => (OTHER.includes(key) ? 'masked' : value), 1);
return attempts.reduce((text, { id }) => text.replaceAll(id, 'ATTEMPT'), text.replaceAll(location.origin, 'ORIGIN'))";

/// Whether localStorage has, byte for byte, what is in an export. It is written to only so often; the export has the newest.
const CAUGHT_UP: &str = "
const { records } = JSON.parse(host.exportData());
const keys = Object.keys(localStorage).filter((key) => /^mondai:1:[^:]+:/.test(key));
return keys.length === 1 && Object.entries(records).every(([key, text]) => key === keys[0] && localStorage.getItem(key) === text)";

/// Takes the exam of a set with the right answers of `key`, and looks at each question before and after the answer.
async fn sit(stage: &Stage<'_>, set: &Value, key: &Value) -> Outcome<Walk> {
    // An origin that keeps nothing yet: with a paper kept there, this one would not begin anew.
    let site = stage.another_site()?;
    site.put("/test/post.css", "text/css", STYLE);
    site.put("/test/set.json", "application/json", set.to_string());
    let quiz = widget("quiz", "src=set.json form=exam seed=fixed lang=en");
    site.put("/test/quiz.html", "text/html; charset=utf-8", post(&quiz));
    let address = format!("{}/test/quiz.html", site.origin());
    stage.page.go(&address).await?;
    let quiz = stage.page.quiz("#quiz");
    // A start before that waits for what keeps answers, and either may be told first.
    stage.page.until_told("mondai-ready", 1).await?;
    quiz.start().await?;
    // The clock is all that differs on the screen.
    quiz.act("hide-time").await?;
    let solver = Solver::new(&key.to_string())?;
    let mut traces = Vec::new();
    for number in 1..=7 {
        until_focused(&quiz, number).await?;
        let task = solver.find(&quiz).await?;
        let drawn = "return one('[part=note]') && !/[*]{2}|`/.test(one('form').textContent)";
        quiz.until("all of it is drawn", drawn, &[]).await?;
        traces.push(look(&quiz).await?);
        by_keyboard(stage, &quiz, &task.right).await?;
        traces.push(look(&quiz).await?);
        quiz.act(if number < 7 { "next" } else { "finish" }).await?;
    }
    quiz.until_screen("review").await?;
    traces.push(quiz.read(TRACES, &[]).await?);
    // So what was compared is all that is kept.
    quiz.until("both stores have the same", CAUGHT_UP, &[])
        .await?;
    quiz.act("submit").await?;
    quiz.until_screen("results").await?;
    let report =
        "return window.__collected.events.find(({ name }) => name === 'mondai-finished').detail";
    // It is told once it is kept.
    stage.page.record().await?;
    let report = quiz.read(report, &[]).await?;
    Ok(Walk { traces, report })
}

/// What can be seen once the last change is kept.
async fn look(quiz: &Quiz<'_>) -> Outcome<String> {
    quiz.until_saved().await?;
    quiz.read(TRACES, &[]).await
}

/// Other answers become right, as many as before.
fn change_key(question: &mut Value) {
    let rotate = |choices: &mut Value| {
        let choices = choices
            .as_array_mut()
            .map_or(&mut [][..], Vec::as_mut_slice);
        let right: Vec<bool> = choices
            .iter()
            .map(|choice| choice["correct"] == true)
            .collect();
        let next = right.iter().cycle().skip(right.len() - 1);
        for (choice, is_right) in choices.iter_mut().zip(next) {
            choice["correct"] = json!(is_right);
        }
    };
    match question["type"].as_str().unwrap_or_default() {
        "single" | "multiple" => rotate(&mut question["choices"]),
        "matching" => {
            let first = question["choices"][0]["id"].clone();
            for (_, choice) in question["pairs"].as_object_mut().into_iter().flatten() {
                *choice = first.clone();
            }
        }
        "ordering" => {
            if let Some(order) = question["order"].as_array_mut() {
                order.reverse();
            }
        }
        "numeric" => question["answer"] = json!(7),
        "text" => question["accept"] = json!(["another word"]),
        _ => {
            for (_, gap) in question["gaps"].as_object_mut().into_iter().flatten() {
                if gap["choices"].is_array() {
                    rotate(&mut gap["choices"]);
                } else {
                    gap["accept"] = json!(["another word"]);
                }
            }
        }
    }
}
