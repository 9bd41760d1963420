//! What the page told of a sitting: every input before and after it was made, what was shown as saved, and what was found
//! when it was opened again.

use std::collections::{BTreeMap, HashMap};

use mondai_e2e::site::Site;
use mondai_e2e::{Failure, Outcome};
use serde::Deserialize;
use serde_json::Value;

/// Where the page tells it.
pub const TOLD: &str = "/test/told";

/// One report of the page. Moments are milliseconds of the page's clock, which is that of this system.
#[derive(Debug, Deserialize)]
#[serde(tag = "told", rename_all = "snake_case")]
enum Told {
    Started { at: i64, deadline: i64 },
    Announced { input: usize, paper: Paper },
    Made { input: usize, at: i64 },
    Saved { input: usize },
    Found(Found),
    Failed { why: String },
}

/// All that a reader has put in: the question that is open, and the choices of each answered one.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Eq)]
pub struct Paper {
    /// Which question is open, from 0.
    pub position: usize,
    /// What was chosen, by question.
    pub answers: BTreeMap<String, Vec<String>>,
}

/// A sitting, as far as it was told.
#[derive(Debug, Default)]
pub struct Sitting {
    /// When it was started.
    pub started: i64,
    /// When it must end.
    pub deadline: i64,
    /// The paper after each input that was about to be made; the first is the empty one.
    pub papers: Vec<Paper>,
    /// When each input was made, of those that told so; inputs count from 1.
    pub made: BTreeMap<usize, i64>,
    /// The last input that was shown as saved; 0 is the start.
    pub saved: Option<usize>,
}

/// What there was when the page was opened again.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct Found {
    /// The element's state.
    pub state: String,
    /// What the clock shows, with words that only some readers hear.
    pub timer: String,
    /// When it was read.
    pub at: i64,
    /// The stored records, as the element exports them.
    pub records: Vec<String>,
    /// Keys of what was set aside.
    pub unreadable: Vec<String>,
    /// Keys of others that are not there any more. A killed browser may have lost them itself.
    pub gone: Vec<String>,
    /// Keys of others that hold something else than before.
    pub changed: Vec<String>,
}

/// What a site has been told so far.
#[derive(Debug, Default)]
pub struct Account {
    /// The sitting, once it has started.
    pub sitting: Option<Sitting>,
    /// What was found, once it was.
    pub found: Option<Found>,
}

impl Account {
    /// Reads what a site was told.
    ///
    /// # Errors
    /// When the page failed, or said something that cannot be.
    pub fn of(site: &Site) -> Outcome<Self> {
        let reports: Vec<Told> = site
            .queries(TOLD)
            .iter()
            .map(|query| serde_json::from_str(query))
            .collect::<Result<_, _>>()?;
        let mut account = Self::default();
        // Reports may overtake each other, so inputs go by their numbers.
        let mut papers = HashMap::from([(0, Paper::default())]);
        let mut sitting = Sitting::default();
        for report in reports {
            match report {
                Told::Started { at, deadline } => {
                    (sitting.started, sitting.deadline) = (at, deadline);
                }
                Told::Announced { input, paper } => {
                    papers.insert(input, paper);
                }
                Told::Made { input, at } => {
                    sitting.made.insert(input, at);
                }
                Told::Saved { input } => sitting.saved = sitting.saved.max(Some(input)),
                Told::Found(found) => account.found = Some(found),
                Told::Failed { why } => return Err(Failure(format!("the page failed: {why}"))),
            }
        }
        if sitting.started > 0 {
            sitting.papers = (0..papers.len())
                .map_while(|input| papers.remove(&input))
                .collect();
            account.sitting = Some(sitting);
        }
        Ok(account)
    }
}

impl Found {
    /// The paper of a record.
    ///
    /// # Errors
    /// When it is no record.
    pub fn paper(record: &str) -> Outcome<Paper> {
        #[derive(Deserialize)]
        struct Record {
            position: usize,
            answers: Vec<Answer>,
        }
        #[derive(Deserialize)]
        struct Answer {
            q: String,
            #[serde(default)]
            r: Vec<String>,
        }
        let record: Record = serde_json::from_str(record)?;
        let answered = record.answers.into_iter().filter(|one| !one.r.is_empty());
        Ok(Paper {
            position: record.position,
            answers: answered.map(|one| (one.q, one.r)).collect(),
        })
    }

    /// The time that the clock shows, in seconds.
    pub fn remaining(&self) -> Option<i64> {
        let words = self.timer.split(|c: char| !c.is_ascii_digit() && c != ':');
        let clock = words.rev().find(|word| word.contains(':'))?;
        clock.split(':').try_fold(0, |sum, part| {
            part.parse::<i64>().ok().map(|part| sum * 60 + part)
        })
    }
}

/// The set that is sat: many questions whose choices all have ids, asked in their order.
pub fn set() -> String {
    let questions: Vec<Value> = (0..12)
        .map(|number| {
            let choices: Vec<Value> = (0..4)
                .map(|choice| {
                    serde_json::json!({
                        "id": format!("q{number}c{choice}"),
                        "text": format!("Choice {choice}"),
                        "correct": choice == 0,
                    })
                })
                .collect();
            serde_json::json!({
                "id": format!("q{number}"),
                "type": "single",
                "prompt": format!("Question {number}?"),
                "choices": choices,
            })
        })
        .collect();
    serde_json::json!({
        "mondai": 1,
        "id": "soak",
        "title": "Soak",
        "forms": [{
            "id": "exam",
            "title": "Exam",
            "mode": "exam",
            "time_limit": "60m",
            "shuffle": [],
            "navigation": "free",
        }],
        "questions": questions,
    })
    .to_string()
}
