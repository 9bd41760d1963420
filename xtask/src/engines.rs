//! Running the end-to-end tests in browser engines: which there are, what each needs, and what the tests are told.

use std::path::Path;
use std::process::Command;

use crate::catalogue::Job;
use crate::display::Display;
use crate::tally::{self, Tally};
use crate::{Outcome, repository, tools};

/// A browser engine, by the name that `--engine` takes.
const ENGINES: &[(&str, Job)] = &[
    ("chromium", Job::Chromium),
    ("firefox", Job::Firefox),
    ("webkit", Job::WebKit),
];

/// The names of all engines.
pub fn all() -> Vec<&'static str> {
    ENGINES.iter().map(|(name, _)| *name).collect()
}

/// The engine that `--engine` asks for.
pub fn named(value: &str) -> Outcome<&'static str> {
    match ENGINES.iter().find(|(name, _)| *name == value) {
        Some((name, _)) => Ok(name),
        None => Err(format!(
            "`{value}` is no engine: --engine takes chromium, firefox or webkit."
        )),
    }
}

/// Runs the end-to-end tests, which learn from the environment what to drive and with what. `narrow` may choose among
/// them.
pub fn run(engines: &[&str], narrow: impl FnOnce(&mut Command)) -> Outcome<Tally> {
    let chosen = |name: &&str, job: Job| {
        ENGINES
            .iter()
            .any(|(engine, of)| engine == name && *of == job)
    };
    let uses = |job: Job| engines.iter().any(|name| chosen(name, job));
    let mut jobs = vec![Job::EndToEnd];
    jobs.extend(ENGINES.iter().map(|(_, job)| *job).filter(|job| uses(*job)));
    let toolbox = tools::require(&jobs)?;
    let mut tests = repository::cargo();
    tests.args(["test", "--package", "mondai-e2e", "--no-fail-fast"]);
    tests.env("MONDAI_DIST", repository::dist());
    tests.env("MONDAI_ENGINES", engines.join(","));
    let mut display = None;
    let mut variables: Vec<(&str, &Path)> = vec![("MONDAI_AXE", toolbox.path("axe-core")?)];
    if uses(Job::Chromium) {
        variables.push(("MONDAI_CHROMEDRIVER", toolbox.path("chromedriver")?));
        variables.push(("MONDAI_CHROMIUM", toolbox.path("chromium")?));
    }
    if uses(Job::Firefox) {
        variables.push(("MONDAI_GECKODRIVER", toolbox.path("geckodriver")?));
        variables.push(("MONDAI_FIREFOX", toolbox.path("firefox")?));
    }
    if uses(Job::WebKit) {
        variables.push(("MONDAI_WEBKITDRIVER", toolbox.path("webkit-driver")?));
        variables.push(("MONDAI_MINIBROWSER", toolbox.path("minibrowser")?));
        display = Some(Display::start(toolbox.path("xvfb")?)?);
    }
    tests.envs(variables);
    // Kept until the tests have ended.
    if let Some(display) = &display {
        tests.env("DISPLAY", &display.name);
    }
    narrow(&mut tests);
    Ok(tally::count(&mut tests))
}
