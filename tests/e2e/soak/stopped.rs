//! One page is stopped by the system in the middle of a sitting, another one goes on with it to its end, and the first one wakes.

use std::fmt;
use std::time::{Duration, Instant};

use mondai_e2e::engine::Engine;
use mondai_e2e::environment::Environment;
use mondai_e2e::launch::open_in_chromium;
use mondai_e2e::pages;
use mondai_e2e::processes::{Process, go_on, stop};
use mondai_e2e::program::{Folder, Program};
use mondai_e2e::site::{Fault, Site};
use mondai_e2e::{Failure, Outcome};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::told::{TOLD, set};

/// How long a page may take to tell something.
const PATIENCE: Duration = Duration::from_secs(90);
/// What the second page waits for before it looks what is left.
const AGAIN: &str = "/test/again";

/// What the first page asks for again and again, as long as it runs.
const ALIVE: &str = "/test/alive";
/// How long a page that runs never waits with it.
const SILENCE: Duration = Duration::from_millis(400);

/// What pages told.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq)]
#[serde(tag = "told", rename_all = "snake_case")]
enum Told {
    Began,
    WentOn,
    Over,
    Ended { seen: u32 },
    Left { records: Vec<Option<String>> },
    Failed { why: String },
}

/// What came of one stopped page.
#[derive(Clone, Debug, Default)]
pub struct Woken {
    /// What the ends were that the author's page was told.
    pub ends: Vec<u32>,
    /// The record in each store, in the end.
    pub records: Vec<Option<String>>,
}

impl Woken {
    /// What is not as it must be.
    pub fn faults(&self) -> Vec<String> {
        let mut faults = Vec::new();
        if self.ends.len() != 1 {
            faults.push(format!("ends that were told: {:?}", self.ends));
        }
        if self.records.len() != 2 {
            faults.push(format!("records: {:?}", self.records));
        }
        for record in &self.records {
            let text = record.as_deref().unwrap_or_default();
            let record: Value = serde_json::from_str(text).unwrap_or_default();
            let answer = &record["answers"][0];
            if answer["r"] != json!(["q0c1"]) || answer["note"] != json!("kept") {
                faults.push(format!("what the second page wrote is gone: {text}"));
            }
            if record["finished"].is_null() || record["finished"] != record["deadline"] {
                faults.push(format!("it did not end at the deadline: {text}"));
            }
        }
        faults
    }
}

impl fmt::Display for Woken {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let faults = self.faults();
        if faults.is_empty() {
            return out.write_str("nothing is written over, one end is told");
        }
        write!(out, "BROKEN: {}", faults.join("; "))
    }
}

/// What keeps the first page quiet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Quiet {
    /// Its process is stopped.
    Stopped,
    /// Its own thread does something else.
    Busy,
}

impl Quiet {
    /// How often this is tried where processes are stopped so many times: for the page, both are alike.
    pub fn times(self, stopped: usize) -> usize {
        match self {
            Self::Stopped => stopped,
            Self::Busy => stopped.div_ceil(5),
        }
    }
}

impl fmt::Display for Quiet {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Self::Stopped => "stopped",
            Self::Busy => "busy",
        })
    }
}

/// Keeps a page quiet, and wakes it, once.
///
/// # Errors
/// When it could not be done; what was written over is no error here.
pub fn stop_once(environment: &Environment, quiet: Quiet) -> Outcome<Woken> {
    let site = Site::start(&environment.dist)?;
    let quiz = r#"src="set.json" form="exam" time-limit="20s" loading="eager""#;
    let head = r#"<script type="module" src="/test/stopper.js"></script>"#;
    let page = pages::post_in("en", head, &pages::widget("quiz", quiz));
    site.put("/test/post.css", "text/css", pages::STYLE);
    site.put("/test/set.json", "application/json", set());
    site.put(
        "/test/stopper.js",
        "text/javascript",
        include_str!("stopper.js"),
    );
    site.put("/test/stopped.html", "text/html; charset=utf-8", page);
    site.put(TOLD, "text/plain", "");
    site.put(AGAIN, "text/plain", "");
    site.put(ALIVE, "text/plain", "");
    site.fault(AGAIN, Fault::Held);
    let address = format!("{}/test/stopped.html", site.origin());
    let first = format!("{address}?{quiet}");
    let folder = Folder::new();
    let launch = Engine::Chromium.browser(folder.path(), std::slice::from_ref(&first))?;
    let browser = Program::start(&launch, &folder)?;
    until(&site, "that it began", |told| *told == Told::Began)?;
    let tabs = Engine::Chromium.tabs(browser.processes()?);
    let first = match quiet {
        Quiet::Stopped => stop_the_page(&site, &tabs)?,
        Quiet::Busy => Vec::new(),
    };
    let went = open_in_chromium(folder.path(), &format!("{address}?second"))
        .and_then(|()| until(&site, "that it is over", |told| *told == Told::Over));
    // Whatever came of it: a stopped process is not left behind.
    if !first.is_empty() {
        go_on(&first)?;
    }
    went?;
    site.release(AGAIN);
    until(&site, "what is left", |told| {
        matches!(told, Told::Left { .. })
    })?;
    let mut woken = Woken::default();
    for one in all(&site)? {
        match one {
            Told::Ended { seen } => woken.ends.push(seen),
            Told::Left { records } => woken.records = records,
            _ => {}
        }
    }
    browser.kill()?;
    Ok(woken)
}

/// Stops the process that runs the page. Others run no page, or one that is only kept ready: the page goes on asking then.
fn stop_the_page(site: &Site, tabs: &[Process]) -> Outcome<Vec<Process>> {
    for tab in tabs {
        let stopped = vec![tab.clone()];
        stop(&stopped)?;
        // What it had asked for may still be on its way.
        std::thread::sleep(SILENCE);
        let before = site.requests(ALIVE);
        std::thread::sleep(SILENCE);
        if site.requests(ALIVE) == before {
            return Ok(stopped);
        }
        go_on(&stopped)?;
    }
    Err(Failure(String::from("no process runs the page")))
}

fn all(site: &Site) -> Outcome<Vec<Told>> {
    let told = site.queries(TOLD);
    let told = told.iter().map(|query| serde_json::from_str(query));
    Ok(told.collect::<Result<_, _>>()?)
}

fn until(site: &Site, what: &str, wanted: impl Fn(&Told) -> bool) -> Outcome {
    let deadline = Instant::now() + PATIENCE;
    loop {
        let told = all(site)?;
        if let Some(Told::Failed { why }) =
            told.iter().find(|one| matches!(one, Told::Failed { .. }))
        {
            return Err(Failure(format!("a page failed: {why}")));
        }
        if told.iter().any(&wanted) {
            return Ok(());
        }
        if Instant::now() > deadline {
            return Err(Failure(format!("no page told {what}; told was {told:?}")));
        }
        std::thread::sleep(Duration::from_millis(20));
    }
}

/// The verdict on woken pages can be wrong.
///
/// # Errors
/// When it is.
pub fn nothing_is_misjudged() -> Outcome {
    let record = |choice: &str, note: &str, finished: i64| {
        let answer = json!({ "q": "q0", "r": [choice], "note": note });
        Some(json!({ "deadline": 9, "finished": finished, "answers": [answer] }).to_string())
    };
    let good = record("q0c1", "kept", 9);
    for (name, ends, one, other, holds) in [
        ("good", vec![0], good.clone(), good.clone(), true),
        (
            "told twice",
            vec![0, 100],
            good.clone(),
            good.clone(),
            false,
        ),
        ("never told", vec![], good.clone(), good.clone(), false),
        (
            "an older answer",
            vec![0],
            record("q0c0", "kept", 9),
            good.clone(),
            false,
        ),
        (
            "an older answer in the journal",
            vec![0],
            good.clone(),
            record("q0c0", "kept", 9),
            false,
        ),
        (
            "no note",
            vec![0],
            record("q0c1", "", 9),
            good.clone(),
            false,
        ),
        (
            "late",
            vec![0],
            good.clone(),
            record("q0c1", "kept", 12),
            false,
        ),
        ("gone", vec![0], None, good, false),
    ] {
        let woken = Woken {
            ends,
            records: vec![one, other],
        };
        if woken.faults().is_empty() != holds {
            return Err(Failure(format!("`{name}` is misjudged: {woken}")));
        }
    }
    Ok(())
}
