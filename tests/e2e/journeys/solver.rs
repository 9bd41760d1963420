//! A reader who knows the key: finds the question on screen in its set by its words, and gives a right or a wrong answer to
//! it, by keyboard or by finger.

use std::cmp::Ordering;
use std::collections::HashMap;

use mondai_e2e::quiz::Quiz;
use mondai_e2e::stage::Stage;
use mondai_e2e::{Failure, Outcome};
use serde_json::Value;
use thirtyfour::Key;

/// The question set of the certification, in the build.
pub const MLA: &str = "sets/mla-c01.json";
/// One question of each type, in the build.
pub const GIT: &str = "sets/git-basics.json";

/// All questions of a set, by their words.
pub struct Solver {
    questions: HashMap<String, Value>,
}

/// An answer to give, in the words of a response.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Given {
    /// Ids of choices.
    Choices(Vec<String>),
    /// Ids of prompts or gaps, and what each gets: the id of a choice, or a text to type.
    Places(Vec<(String, String)>),
    /// Ids of items in order.
    Order(Vec<String>),
    /// A text or a number.
    Typed(String),
}

/// A question that was found.
pub struct Task {
    /// Its id.
    pub id: String,
    /// Its type.
    pub kind: String,
    /// An answer that is right.
    pub right: Given,
    /// An answer that is wrong, and as complete.
    pub wrong: Given,
}

/// An author's text in English.
pub fn text(value: &Value) -> &str {
    value
        .get("en")
        .unwrap_or(value)
        .as_str()
        .unwrap_or_default()
}

/// Letters and digits alone: the same for Markdown and for what is drawn from it.
pub fn letters(text: &str) -> String {
    // Markdown's fences and the numbers of its lists.
    let content = |line: &'_ str| match line.split_once(". ") {
        _ if line.starts_with("```") => String::new(),
        Some((number, rest)) if number.parse::<u8>().is_ok() => rest.to_owned(),
        _ => line.to_owned(),
    };
    let text: String = text.lines().map(content).collect();
    text.chars().filter(|char| char.is_alphanumeric()).collect()
}

/// The questions of a set.
pub fn questions(set: &Value) -> &[Value] {
    set["questions"].as_array().map_or(&[], Vec::as_slice)
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

fn word(value: &Value) -> String {
    value
        .as_str()
        .map_or_else(|| value.to_string(), str::to_owned)
}

impl Solver {
    /// Reads a set.
    pub fn new(set: &str) -> Outcome<Self> {
        let set: Value = serde_json::from_str(set)?;
        let by_words = |question: &Value| (letters(text(&question["prompt"])), question.clone());
        Ok(Self {
            questions: questions(&set).iter().map(by_words).collect(),
        })
    }

    /// The question on screen.
    pub async fn find(&self, quiz: &Quiz<'_>) -> Outcome<Task> {
        until_answerable(quiz).await?;
        let prompt = quiz.text("prompt").await?;
        let question = self.questions.get(&letters(&prompt));
        let question =
            question.ok_or_else(|| Failure(format!("no question of the set says {prompt:?}")))?;
        Ok(task(question))
    }
}

/// What a question of any type is answered with, once its chunk is there.
pub const CONTROL: &str = "[part~=answering] :is(input, select, [data-action=add])";

/// Waits for what the question on screen is answered with.
pub async fn until_answerable(quiz: &Quiz<'_>) -> Outcome {
    let there = "return one(given[0])";
    quiz.until(
        "there is something to answer with",
        there,
        &[CONTROL.into()],
    )
    .await
}

/// What there is to do about a question.
pub fn task(question: &Value) -> Task {
    let (right, wrong) = match word(&question["type"]).as_str() {
        "matching" => pairs(question),
        "ordering" => orders(question),
        "cloze" => gaps(question),
        "numeric" => {
            let right = &question["answer"];
            let wrong = right.as_f64().unwrap_or_default() + 1_000.0;
            (
                Given::Typed(right.to_string()),
                Given::Typed(wrong.to_string()),
            )
        }
        "text" => (
            Given::Typed(word(&question["accept"][0])),
            Given::Typed(String::from("no idea")),
        ),
        _ => choices(question),
    };
    Task {
        id: word(&question["id"]),
        kind: word(&question["type"]),
        right,
        wrong,
    }
}

/// The ids of right choices, and of the others.
fn split(choices: &Value) -> (Vec<String>, Vec<String>) {
    let ids = |is_right: bool| {
        let own = list(choices).iter();
        let own = own.filter(|choice| (choice["correct"] == true) == is_right);
        own.map(|choice| word(&choice["id"])).collect()
    };
    (ids(true), ids(false))
}

fn choices(question: &Value) -> (Given, Given) {
    let (right, others) = split(&question["choices"]);
    let mut wrong = right.clone();
    if let (Some(last), Some(other)) = (wrong.last_mut(), others.first()) {
        last.clone_from(other);
    }
    (Given::Choices(right), Given::Choices(wrong))
}

fn pairs(question: &Value) -> (Given, Given) {
    let key = |prompt: &Value| {
        let id = word(&prompt["id"]);
        let choice = word(&question["pairs"][&id]);
        (id, choice)
    };
    let right: Vec<_> = list(&question["prompts"]).iter().map(key).collect();
    let mut wrong = right.clone();
    let ids = list(&question["choices"])
        .iter()
        .map(|choice| word(&choice["id"]));
    if let Some((_, first)) = wrong.first_mut() {
        *first = ids.into_iter().find(|id| id != first).unwrap_or_default();
    }
    (Given::Places(right), Given::Places(wrong))
}

fn orders(question: &Value) -> (Given, Given) {
    let right: Vec<String> = list(&question["order"]).iter().map(word).collect();
    let mut wrong = right.clone();
    wrong.swap(0, 1);
    (Given::Order(right), Given::Order(wrong))
}

fn gaps(question: &Value) -> (Given, Given) {
    let gaps = question["gaps"].as_object().into_iter().flatten();
    let (mut right, mut wrong) = (Vec::new(), Vec::new());
    for (id, gap) in gaps {
        let (own, others) = if gap["choices"].is_array() {
            split(&gap["choices"])
        } else {
            (vec![word(&gap["accept"][0])], vec![String::from("no idea")])
        };
        right.push((id.clone(), own.first().cloned().unwrap_or_default()));
        wrong.push((id.clone(), others.first().cloned().unwrap_or_default()));
    }
    (Given::Places(right), Given::Places(wrong))
}

/// What the controls on screen hold.
pub async fn given(quiz: &Quiz<'_>, like: &Given) -> Outcome<Given> {
    Ok(match like {
        Given::Choices(_) => Given::Choices(quiz.chosen().await?),
        Given::Order(_) => Given::Order(
            quiz.read(
                "return all('[part=order-list] > [data-item]').map((item) => item.dataset.item)",
                &[],
            )
            .await?,
        ),
        Given::Places(_) => Given::Places(
            quiz.read(
                "const place = (own) => own.dataset.gap ?? own.closest('[data-prompt]').dataset.prompt;
                return all('[part~=answering] :is(select, input)').map((own) => [place(own), own.value.replace(`${place(own)}=`, '')])",
                &[],
            )
            .await?,
        ),
        Given::Typed(_) => Given::Typed(quiz.read("return one('[part=typed]').value", &[]).await?),
    })
}

/// Whether two answers are the same; the order of choices says nothing.
pub fn is_same(one: &Given, other: &Given) -> bool {
    let sorted = |given: &Given| match given.clone() {
        Given::Choices(mut ids) => {
            ids.sort();
            Given::Choices(ids)
        }
        Given::Places(mut places) => {
            places.sort();
            Given::Places(places)
        }
        given => given,
    };
    sorted(one) == sorted(other)
}

async fn holds(quiz: &Quiz<'_>, wanted: &Given) -> Outcome {
    if let Given::Choices(ids) = wanted {
        // An engine may take a key after the driver has sent it.
        let script =
            "return all('input:checked').map((input) => input.value).sort().join() === given[0]";
        let mut ids = ids.clone();
        ids.sort();
        return quiz
            .until("the choices are taken", script, &[ids.join(",").into()])
            .await;
    }
    let found = given(quiz, wanted).await?;
    assert!(
        is_same(&found, wanted),
        "it should hold {wanted:?}, and holds {found:?}"
    );
    Ok(())
}

/// Gives an answer by keyboard alone. The focus stays on the last control.
pub async fn by_keyboard(stage: &Stage<'_>, quiz: &Quiz<'_>, answer: &Given) -> Outcome {
    let page = &stage.page;
    match answer {
        Given::Choices(ids) if ids.len() == 1 => {
            quiz.reach("input[type=radio]").await?;
            // From the first one, which Tab goes to, by arrows.
            let all = quiz.choices().await?;
            let at = all.iter().position(|own| *own == ids[0]).unwrap_or(0);
            let focus: usize = quiz
                .read(
                    "return all('input[type=radio]').indexOf(root.activeElement)",
                    &[],
                )
                .await?;
            // WebKit does not go on at the other end of a group.
            let (key, steps) = match at.cmp(&focus) {
                Ordering::Equal => (Key::Space, 1),
                Ordering::Greater => (Key::Down, at - focus),
                Ordering::Less => (Key::Up, focus - at),
            };
            let keys = key.value().to_string().repeat(steps);
            page.press_all(&keys).await?;
        }
        Given::Choices(ids) => {
            for id in ids {
                quiz.press_key_on(&format!("input[value='{id}']"), Key::Space)
                    .await?;
            }
        }
        Given::Order(ids) => {
            for (done, id) in ids.iter().enumerate() {
                quiz.press_key_on(&format!("[data-action=add][data-item='{id}']"), Key::Space)
                    .await?;
                quiz.until(
                    &format!("{id} is added"),
                    "return all('[part=order-list] > [data-item]').length > given[0] && root.activeElement",
                    &[done.into()],
                )
                .await?;
            }
        }
        Given::Places(places) => {
            for (place, value) in places {
                place_by_keyboard(stage, quiz, place, value).await?;
            }
        }
        Given::Typed(typed) => {
            quiz.reach("[part=typed]").await?;
            page.press_all(typed).await?;
        }
    }
    holds(quiz, answer).await
}

async fn place_by_keyboard(
    stage: &Stage<'_>,
    quiz: &Quiz<'_>,
    place: &str,
    value: &str,
) -> Outcome {
    let css = format!(":is([data-gap='{place}'], [data-prompt='{place}'] select)");
    quiz.reach(&css).await?;
    // A choice of a gap is named with it.
    let in_gap = format!("{place}={value}");
    let script = "const own = one(given[0]); return own.localName === 'select' ? [...own.options].findIndex(({ value }) => value === given[1] || value === given[2]) - own.selectedIndex : -99";
    let steps: i64 = quiz
        .read(script, &[css.into(), value.into(), in_gap.into()])
        .await?;
    let keys = match steps {
        -99 => value.to_owned(),
        0.. => Key::Down
            .value()
            .to_string()
            .repeat(usize::try_from(steps).unwrap_or(0)),
        _ => Key::Up
            .value()
            .to_string()
            .repeat(usize::try_from(-steps).unwrap_or(0)),
    };
    stage.page.press_all(&keys).await
}

/// Gives an answer by a finger alone; texts come from the keyboard that a phone shows, choices of a list from the picker it
/// shows, which no driver can reach: the driver's own way to pick stands for it.
pub async fn by_finger(stage: &Stage<'_>, quiz: &Quiz<'_>, answer: &Given) -> Outcome {
    match answer {
        Given::Choices(ids) => {
            for id in ids {
                quiz.tap(&format!("label:has(input[value='{id}'])")).await?;
            }
        }
        Given::Order(ids) => {
            for id in ids {
                quiz.tap(&format!("[data-action=add][data-item='{id}']"))
                    .await?;
                let added = "return one(`[part=order-list] > [data-item='${given[0]}']`)";
                quiz.until("it is added", added, &[id.as_str().into()])
                    .await?;
            }
        }
        Given::Places(places) => {
            for (place, value) in places {
                let css = format!(":is([data-gap='{place}'], [data-prompt='{place}'] select)");
                quiz.tap(&css).await?;
                if quiz.shows(&format!("input[data-gap='{place}']")).await? {
                    stage.page.press_all(value).await?;
                } else {
                    let option =
                        format!("{css} option:is([value='{value}'], [value='{place}={value}'])");
                    quiz.find(&option).await?.click().await?;
                }
            }
        }
        Given::Typed(typed) => {
            quiz.tap("[part=typed]").await?;
            stage.page.press_all(typed).await?;
        }
    }
    let taken = "return all('input:checked').length === given[0]";
    if let Given::Choices(ids) = answer {
        quiz.until("the taps are taken", taken, &[ids.len().into()])
            .await?;
    }
    holds(quiz, answer).await
}
