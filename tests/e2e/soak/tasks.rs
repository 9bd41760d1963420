//! How long the longest task is while a quiz is shown whose texts are made to keep a page busy (`texts.rs`), and whose lists
//! are as long as they may be. Never above 50 ms, on a computer that does nothing else.
//!
//! A computer that does something else makes tasks longer, never shorter: what is too long is measured again, and the least
//! counts.

use std::collections::BTreeMap;

use mondai_e2e::browser::Browser;
use mondai_e2e::engine::{Engine, Setup};
use mondai_e2e::environment::Environment;
use mondai_e2e::pages;
use mondai_e2e::stage::Stage;
use mondai_e2e::{Failure, Outcome};
use serde_json::{Value, json};
use tokio::runtime::Runtime;

use crate::texts::{Chance, Heavy, texts};

/// The longest that a task may take, in milliseconds.
const BUDGET: u32 = 50;
/// How many texts there are, and what they are made from.
const TEXTS: usize = 1_000;
const SEED: u64 = 10;
/// How often the same is measured, unless it is short enough before.
const TIMES: usize = 3;
/// The most bytes of texts in a set; the limit of a file is above it.
const SET: usize = 1_700_000;

/// What is done, one after the other, and what each step is about.
struct Walk {
    name: String,
    set: Value,
    form: &'static str,
    steps: Vec<(&'static str, String)>,
}

/// Measures everything in one engine; a line for each kind, the worst first.
///
/// # Errors
/// With what takes longer than it may.
pub fn measure(engine: Engine, environment: &Environment) -> Outcome {
    let runtime = Runtime::new()?;
    runtime.block_on(async {
        let browser = Browser::open(engine, Setup::Light).await?;
        let mut worst: BTreeMap<String, u32> = BTreeMap::new();
        // For whoever mends one of them.
        let only = std::env::var("MONDAI_TASKS").unwrap_or_default();
        let walks = with_lists().into_iter().chain(with_texts());
        for walk in walks.filter(|walk| walk.name.contains(&only)) {
            let figures = walk.least(&browser, environment).await?;
            for ((_, about), figure) in walk.steps.iter().zip(figures) {
                if figure > BUDGET {
                    println!("    {} tasks: {figure} ms, {about}", engine.name());
                }
                let own = worst.entry(about.clone()).or_default();
                *own = figure.max(*own);
            }
        }
        browser.close().await?;
        judge(engine, &worst)
    })
}

fn judge(engine: Engine, worst: &BTreeMap<String, u32>) -> Outcome {
    let mut lines: Vec<_> = worst.iter().collect();
    lines.sort_by_key(|(_, figure)| std::cmp::Reverse(**figure));
    for (about, figure) in lines.iter().take(20) {
        println!("    {} tasks: at most {figure} ms, {about}", engine.name());
    }
    let too_long: Vec<String> = (lines.iter())
        .filter(|(_, figure)| **figure > BUDGET)
        .map(|(about, figure)| format!("{about}: {figure} ms"))
        .collect();
    if too_long.is_empty() {
        return Ok(());
    }
    Err(Failure(format!(
        "longer than {BUDGET} ms:\n{}",
        too_long.join("\n")
    )))
}

impl Walk {
    /// The least that each step's longest task took.
    async fn least(&self, browser: &Browser, environment: &Environment) -> Outcome<Vec<u32>> {
        let mut least = vec![u32::MAX; self.steps.len()];
        for _ in 0..TIMES {
            let found = self.once(browser, environment).await;
            let found = found.map_err(|error| Failure::while_doing(&self.name, error))?;
            for (own, found) in least.iter_mut().zip(found) {
                *own = found.min(*own);
            }
            if least.iter().all(|own| *own <= BUDGET) {
                break;
            }
        }
        Ok(least)
    }

    async fn once(&self, browser: &Browser, environment: &Environment) -> Outcome<Vec<u32>> {
        let stage = Stage::set(browser, environment).await?;
        stage.site.put(
            "/test/measurer.js",
            "text/javascript",
            include_str!("measurer.js"),
        );
        stage.put_set("set.json", &self.set.to_string());
        let head = r#"<script type="module" src="/test/measurer.js"></script>"#;
        let attributes = format!(
            "src=\"set.json\" form=\"{}\" storage=\"none\" loading=\"eager\" lang=\"en\"",
            self.form
        );
        let widget = pages::widget("quiz", &attributes);
        stage
            .show("tasks", &pages::post_in("en", head, &widget))
            .await?;
        let mut figures = Vec::new();
        // Not all in one script: a driver waits a minute for one.
        for steps in self.steps.chunks(40) {
            let steps: Vec<&str> = steps.iter().map(|(step, _)| *step).collect();
            let found: Vec<(u32, u32)> = stage
                .page
                .read("return window.measure(arguments[0])", vec![json!(steps)])
                .await?;
            figures.extend(found.into_iter().map(|(task, _)| task));
        }
        Ok(figures)
    }
}

/// All texts, each as a prompt, as a choice or as an explanation.
fn with_texts() -> Vec<Walk> {
    let mut walks = Vec::new();
    let mut questions: Vec<Value> = Vec::new();
    let mut steps = Vec::new();
    let mut size = 0;
    let all = texts(TEXTS, &mut Chance::new(SEED));
    let count = all.len();
    for (number, text) in all.into_iter().enumerate() {
        size += json!(text.markdown).to_string().len();
        let go = if questions.is_empty() {
            "start"
        } else {
            "next"
        };
        let (question, place) = asked(number, &text);
        steps.push((go, format!("{}, {place}", text.kind)));
        if place == "explanation" {
            let about = format!("{}, {place}", text.kind);
            steps.push(("choose", about.clone()));
            steps.push(("check", about));
        }
        questions.push(question);
        if size > SET - 64 * 1024 * 2 || number + 1 == count {
            walks.push(Walk {
                name: format!("texts up to {number}"),
                set: set(std::mem::take(&mut questions), json!({})),
                form: "practice",
                steps: std::mem::take(&mut steps),
            });
            size = 0;
        }
    }
    walks
}

/// A question with a text at one of three places, by its number.
fn asked(number: usize, text: &Heavy) -> (Value, &'static str) {
    let mut question = question(number);
    // Not the remainder of three: the number of kinds may be a multiple of it.
    let place = ["prompt", "choice", "explanation"][(number + number / 7) % 3];
    match place {
        "choice" => question["choices"][0]["text"] = json!(text.markdown),
        _ => question[place] = json!(text.markdown),
    }
    (question, place)
}

/// A plain question.
fn question(number: usize) -> Value {
    json!({
        "id": format!("q-{number}"), "type": "single", "prompt": format!("What is {number}?"),
        "choices": [{ "id": "a", "text": "One" }, { "id": "b", "text": "Two", "correct": true, "why": "So." }],
    })
}

fn set(questions: Vec<Value>, more: Value) -> Value {
    let mut set = json!({ "mondai": 1, "id": "heavy", "title": "Heavy", "questions": questions });
    if let (Some(set), Value::Object(more)) = (set.as_object_mut(), more) {
        set.extend(more);
    }
    set
}

/// So many of something, by number.
fn several(count: usize, one: impl Fn(usize) -> Value) -> Vec<Value> {
    (0..count).map(one).collect()
}

/// Lists as long as they may be, each in a set of its own.
fn with_lists() -> Vec<Walk> {
    let named = |number: usize| json!({ "id": format!("c{number}"), "text": format!("The *choice* number `{number}`") });
    let answered: &[&str] = &["start", "choose", "check"];
    let shown: &[&str] = &["start", "check"];
    let mut choices = question(0);
    choices["choices"] = json!(several(26, |number| {
        let mut choice = named(number);
        choice["why"] = json!("**So** it is.");
        if number == 0 {
            choice["correct"] = json!(true);
        }
        choice
    }));
    let mut references = question(0);
    references["references"] = json!(several(50, |number| {
        json!({ "title": format!("*Reference* {number}"), "url": format!("https://example.org/{number}") })
    }));
    let ordering = json!({
        "id": "q-0", "type": "ordering", "prompt": "In *order*?", "items": several(26, named),
        "order": several(26, |number| json!(format!("c{number}"))),
    });
    let pairs: serde_json::Map<String, Value> = (0..26)
        .map(|number| (format!("p{number}"), json!(format!("c{number}"))))
        .collect();
    let matching = json!({
        "id": "q-0", "type": "matching", "prompt": "Which *belong*?", "choices": several(26, named), "pairs": pairs,
        "prompts": several(26, |number| json!({ "id": format!("p{number}"), "text": format!("The *prompt* {number}") })),
    });
    let gaps: serde_json::Map<String, Value> = (0..100)
        .map(|number| {
            let choices = several(26, |choice| {
                let mut own = json!({ "id": format!("c{choice}"), "text": format!("*{choice}*") });
                if choice == 0 {
                    own["correct"] = json!(true);
                }
                own
            });
            (format!("g{number}"), json!({ "choices": choices }))
        })
        .collect();
    let text: Vec<String> = (0..100)
        .map(|number| format!("*Some* words and {{{{g{number}}}}}."))
        .collect();
    let cloze = json!({ "id": "q-0", "type": "cloze", "prompt": "What *fits*?", "text": text.join(" "), "gaps": gaps });
    let mut walks: Vec<Walk> = [
        ("26 choices", choices, answered),
        ("50 references", references, answered),
        ("26 items to order", ordering, shown),
        ("26 prompts to match with 26 choices", matching, shown),
        ("100 gaps of 26 choices", cloze, shown),
    ]
    .into_iter()
    .map(|(name, question, steps)| walk(name, set(vec![question], json!({})), "practice", steps))
    .collect();
    walks.push(walk(
        "2,000 questions",
        whole(),
        "exam",
        &[
            "start", "choose", "list", "choose", "next", "review", "flagged", "all", "submit",
            "answers", "wrong", "domain", "wrong", "results", "history",
        ],
    ));
    walks
}

fn walk(name: &str, set: Value, form: &'static str, steps: &[&'static str]) -> Walk {
    let steps = steps.iter().map(|step| (*step, format!("{name}, {step}")));
    Walk {
        name: name.to_owned(),
        steps: steps.collect(),
        set,
        form,
    }
}

/// A set with as many questions, cases, domains and forms as there may be.
fn whole() -> Value {
    let questions = several(2_000, |number| {
        let mut question = question(number);
        question["domain"] = json!(format!("d{}", number % 100));
        question["scenario"] = json!(format!("s{number}"));
        question["explanation"] = json!("It is **so**.");
        question
    });
    let forms = several(100, |number| {
        let id = if number == 0 {
            String::from("exam")
        } else {
            format!("f{number}")
        };
        json!({ "id": id, "title": "Exam", "mode": "exam", "time_limit": "10h", "shuffle": ["questions"] })
    });
    set(
        questions,
        json!({
            "domains": several(100, |number| json!({ "id": format!("d{number}"), "title": format!("Domain *{number}*") })),
            "scenarios": several(2_000, |number| json!({ "id": format!("s{number}"), "text": format!("Case *{number}*.") })),
            "forms": forms,
        }),
    )
}
