//! A browser is killed just after it was said that something was deleted, and opened again, twice: nothing may be back.

use std::fmt;
use std::time::{Duration, Instant};

use mondai_e2e::engine::Engine;
use mondai_e2e::environment::Environment;
use mondai_e2e::pages;
use mondai_e2e::program::Folder;
use mondai_e2e::site::Site;
use mondai_e2e::{Failure, Outcome};
use serde::Deserialize;

use crate::kill::{self, INTERVAL, PATIENCE};
use crate::told::{TOLD, set};

/// The page that deletes by itself.
const PAGE: &str = "/test/deleting.html";

/// What is deleted, and whether the page is loaded anew in the same task.
pub const KINDS: [&str; 5] = ["one", "one_reloaded", "all", "all_reloaded", "reset"];

/// One report of the page.
#[derive(Debug, Deserialize)]
#[serde(tag = "told", rename_all = "snake_case")]
enum Told {
    Made { attempts: Vec<String> },
    Deleted { gone: Vec<String> },
    Left(Left),
    Failed { why: String },
}

/// What there was when the page was opened again.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct Left {
    /// The element's state.
    pub state: String,
    /// The ids of all attempts.
    pub attempts: Vec<String>,
    /// Keys of what was set aside.
    pub unreadable: Vec<String>,
}

/// What was there, what of it was said to be deleted, and what was found, one for each time the page was opened again.
#[derive(Clone, Debug, Default)]
pub struct Deletion {
    /// The ids of all attempts.
    pub made: Vec<String>,
    /// The ids of those that were deleted.
    pub gone: Vec<String>,
    /// What was left.
    pub left: Vec<Left>,
}

impl Deletion {
    fn of(site: &Site) -> Outcome<Self> {
        let mut deletion = Self::default();
        for report in site.queries(TOLD) {
            match serde_json::from_str(&report)? {
                Told::Made { attempts } => deletion.made = attempts,
                Told::Deleted { gone } => deletion.gone = gone,
                Told::Left(left) => deletion.left.push(left),
                Told::Failed { why } => return Err(Failure(format!("the page failed: {why}"))),
            }
        }
        Ok(deletion)
    }

    /// What is not as promised.
    pub fn judge(&self) -> Vec<String> {
        let mut broken = Vec::new();
        if self.gone.is_empty() || self.gone.iter().any(|id| !self.made.contains(id)) {
            broken.push(format!("nothing is proven by deleting {:?}", self.gone));
        }
        for left in &self.left {
            let back = self.gone.iter().filter(|id| left.attempts.contains(id));
            let back = back.count();
            if back > 0 {
                broken.push(format!("{back} of {} are back", self.gone.len()));
            }
            let lost = self.made.iter().filter(|id| !self.gone.contains(id));
            let lost = lost.filter(|id| !left.attempts.contains(id)).count();
            if lost > 0 {
                broken.push(format!("{lost} are gone that nobody deleted"));
            }
            if left.attempts.iter().any(|id| !self.made.contains(id)) {
                broken.push(format!("nobody made all of {:?}", left.attempts));
            }
            if left.state != "ready" {
                broken.push(format!("a sitting is {}", left.state));
            }
            if !left.unreadable.is_empty() {
                broken.push(format!("unreadable: {}", left.unreadable.join(", ")));
            }
        }
        if self.left.is_empty() {
            broken.push(String::from("nobody looked"));
        }
        broken
    }
}

impl fmt::Display for Deletion {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let broken = self.judge();
        let (gone, made) = (self.gone.len(), self.made.len());
        write!(out, "{gone} of {made} deleted")?;
        if !broken.is_empty() {
            write!(out, "; BROKEN: {}", broken.join("; "))?;
        }
        Ok(())
    }
}

/// Does it once: kills the browser so long after it was said, and once more after it was looked.
///
/// # Errors
/// When it could not be done; what is back is no error here.
pub fn kill(
    kind: &str,
    engine: Engine,
    environment: &Environment,
    after: Duration,
) -> Outcome<Deletion> {
    let site = Site::start(&environment.dist)?;
    let head = r#"<script type="module" src="/test/deleter.js"></script>"#;
    // A tab that nobody sees would not load the quiz by itself.
    let quiz = pages::widget("quiz", r#"src="set.json" form="exam" loading="eager""#);
    let html = pages::post_in("en", head, &quiz);
    site.put("/test/post.css", "text/css", pages::STYLE);
    site.put("/test/set.json", "application/json", set());
    let script = include_str!("deleter.js");
    site.put("/test/deleter.js", "text/javascript", script);
    site.put(PAGE, "text/html; charset=utf-8", html);
    site.put(TOLD, "text/plain", "");
    let folder = Folder::new();
    let open = |query: &str| {
        let address = format!("{}{PAGE}?{query}", site.origin());
        kill::open(engine, &folder, &[address])
    };
    let browser = open(&format!("do={kind}"))?;
    until(&site, "that it was deleted", |told| !told.gone.is_empty())?;
    std::thread::sleep(after);
    browser.kill()?;
    for looks in 1..=2 {
        let browser = open("find")?;
        until(&site, "what is left", |told| told.left.len() == looks)?;
        browser.kill()?;
    }
    Deletion::of(&site)
}

fn until(site: &Site, what: &str, is_told: impl Fn(&Deletion) -> bool) -> Outcome {
    let deadline = Instant::now() + PATIENCE;
    while !is_told(&Deletion::of(site)?) {
        if Instant::now() > deadline {
            return Err(Failure(format!("the page never told {what}")));
        }
        std::thread::sleep(INTERVAL);
    }
    Ok(())
}
