//! Browsers and tabs killed at random moments of a sitting, and what is there when the page is opened again.
//!
//! What is promised of a browser that is killed as a whole: no attempt unreadable, no answer lost that was shown as saved,
//! at most the last second of input lost, the remaining time off by at most 2 s. Of a tab: nothing lost; in `WebKit`, where the
//! process of a tab cannot store by itself, nothing that was shown as saved.
//!
//! Of a browser that is killed just after it was said that something was deleted: nothing of that is back.
//!
//! By default there are few kills, early in the sitting. `MONDAI_SOAK`, set by `cargo xtask soak`, is the number of kills of
//! the long version. A page drives itself here (`sitter.js`): drivers keep state of their own, and a browser that is driven
//! does not keep its profile in every engine.

mod deleted;
mod kill;
mod misjudged;
mod stopped;
mod tasks;
mod texts;
mod told;
mod verdict;

use std::collections::hash_map::RandomState;
use std::fmt;
use std::hash::{BuildHasher, Hasher};
use std::ops::Range;
use std::process::ExitCode;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use libtest_mimic::{Arguments, Failed, Trial};
use mondai_e2e::engine::Engine;
use mondai_e2e::environment::Environment;
use mondai_e2e::{Failure, Outcome, processes};

use crate::deleted::Deletion;
use crate::kill::Victim;
use crate::stopped::Quiet;
use crate::verdict::Figures;

/// How much is killed.
#[derive(Clone, Debug)]
struct Plan {
    kills: usize,
    /// How many browsers run at the same time.
    at_once: usize,
    /// When they are killed, in milliseconds after the start of the sitting.
    moments: Range<u64>,
}

impl Plan {
    /// The long version, with so many kills, or the short one.
    fn of(victim: Victim, kills: Option<usize>) -> Self {
        let (short, longest) = match victim {
            Victim::Browser => (3, 150_000),
            // A tab leaves nothing to chance that needs longer.
            Victim::Tab => (2, 30_000),
        };
        match kills {
            Some(kills) => Self {
                kills,
                at_once: 6,
                moments: 1_000..longest,
            },
            None => Self {
                kills: short,
                at_once: short,
                moments: 1_000..5_000,
            },
        }
    }

    /// The same for browsers that are killed after something was deleted: so often after each kind of deletion.
    fn of_deletions(kills: Option<usize>) -> Self {
        Self {
            // 30 where the others are 50: there are several kinds.
            kills: kills.map_or(1, |kills| (kills * 3).div_ceil(5)),
            at_once: 5,
            moments: 0..1_000,
        }
    }

    /// A moment that nobody can foresee.
    fn moment(&self) -> Duration {
        let chance = RandomState::new().build_hasher().finish();
        let length = self.moments.end - self.moments.start;
        Duration::from_millis(self.moments.start + chance % length)
    }
}

fn main() -> ExitCode {
    let mut arguments = Arguments::from_args();
    // One engine at a time: it has several browsers already.
    arguments.test_threads.get_or_insert(1);
    libtest_mimic::run(&arguments, trials()).exit_code()
}

fn trials() -> Vec<Trial> {
    let mut trials = vec![
        Trial::test("misjudged::nothing", || passed(misjudged::nothing())),
        Trial::test("misjudged::nothing_else", || {
            passed(misjudged::nothing_else())
        }),
        Trial::test("misjudged::nothing_deleted", || {
            passed(misjudged::nothing_deleted())
        }),
        Trial::test("stopped::nothing_is_misjudged", || {
            passed(stopped::nothing_is_misjudged())
        }),
        Trial::test("texts::are_what_they_say", || {
            texts::are_what_they_say().map_err(Failed::from)
        }),
    ];
    match Environment::read().and_then(|environment| Ok((Arc::new(environment), kills()?))) {
        Ok((environment, kills)) => {
            for engine in environment.engines.clone() {
                let (environment, plan) = (Arc::clone(&environment), Plan::of_deletions(kills));
                let trial = Trial::test(format!("deleted::{}", engine.name()), move || {
                    passed(soak_deletions(engine, &environment, &plan))
                });
                trials.push(trial.with_ignored_flag(!processes::are_shown()));
            }
            // Figures are of a long run only: no test may fail because a computer was busy.
            for engine in environment
                .engines
                .iter()
                .copied()
                .filter(|_| kills.is_some())
            {
                let environment = Arc::clone(&environment);
                trials.push(Trial::test(
                    format!("tasks::{}", engine.name()),
                    move || passed(tasks::measure(engine, &environment)),
                ));
            }
            // The others' processes of pages cannot be told apart.
            if environment.engines.contains(&Engine::Chromium) {
                for quiet in [Quiet::Stopped, Quiet::Busy] {
                    let environment = Arc::clone(&environment);
                    let times = quiet.times(kills.unwrap_or(1));
                    let trial = Trial::test(format!("stopped::{quiet}"), move || {
                        passed(wake(&environment, quiet, times))
                    });
                    trials.push(trial.with_ignored_flag(!processes::are_shown()));
                }
            }
            for victim in [Victim::Browser, Victim::Tab] {
                for engine in environment.engines.clone() {
                    let (environment, plan) = (Arc::clone(&environment), Plan::of(victim, kills));
                    let name = format!("{}_killed::{}", victim.name(), engine.name());
                    let trial = Trial::test(name, move || {
                        passed(soak(victim, engine, &environment, &plan))
                    });
                    // Only where processes are shown can those of a browser be found.
                    trials.push(trial.with_ignored_flag(!processes::are_shown()));
                }
            }
        }
        // As one failed test, so that whoever counts tests sees it.
        Err(error) => trials.push(Trial::test("environment", || passed(Err(error)))),
    }
    trials
}

fn passed(outcome: Outcome) -> Result<(), Failed> {
    outcome.map_err(|error| Failed::from(error.0))
}

fn kills() -> Outcome<Option<usize>> {
    let Ok(number) = std::env::var("MONDAI_SOAK") else {
        return Ok(None);
    };
    let number = number
        .parse()
        .map_err(|error| Failure::while_doing("MONDAI_SOAK", error))?;
    Ok(Some(number))
}

/// Kills as planned; a line each, and one for all.
fn soak(victim: Victim, engine: Engine, environment: &Environment, plan: &Plan) -> Outcome {
    let name = format!("{} {}", engine.name(), victim.name());
    let done = several(&name, plan, |_| {
        victim.kill(engine, environment, plan.moment())
    });
    summarise(&name, &done)
}

/// Kills just after deletions, so often after each kind.
fn soak_deletions(engine: Engine, environment: &Environment, plan: &Plan) -> Outcome {
    let name = format!("{} deleted", engine.name());
    let plan = Plan {
        kills: plan.kills * deleted::KINDS.len(),
        ..plan.clone()
    };
    let done = several(&name, &plan, |number| {
        let kind = deleted::KINDS[number % deleted::KINDS.len()];
        let after = plan.moment();
        let deletion = deleted::kill(kind, engine, environment, after);
        deletion.map(|deletion| Killed(kind, after, deletion))
    });
    let is_good = |killed: &&Outcome<Killed>| matches!(killed, Ok(Killed(.., deletion)) if deletion.judge().is_empty());
    let good = done.iter().filter(is_good).count();
    println!(
        "    {name}: {} kills, after {good} nothing is back",
        done.len()
    );
    if good == done.len() {
        return Ok(());
    }
    let faults = done.iter().filter(|killed| !is_good(killed));
    let faults = faults.map(|killed| match killed {
        Ok(killed) => killed.to_string(),
        Err(error) => error.to_string(),
    });
    Err(Failure(faults.collect::<Vec<_>>().join("\n")))
}

/// A deletion of some kind, after which the browser was killed so soon.
struct Killed(&'static str, Duration, Deletion);

impl fmt::Display for Killed {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self(kind, after, deletion) = self;
        write!(out, "{kind}, {} ms after: {deletion}", after.as_millis())
    }
}

/// Pages stopped and woken, several at the same time; a line each.
fn wake(environment: &Environment, quiet: Quiet, times: usize) -> Outcome {
    let faults: Mutex<Vec<String>> = Mutex::default();
    let begun = AtomicUsize::new(0);
    std::thread::scope(|scope| {
        for _ in 0..times.min(3) {
            scope.spawn(|| {
                while begun.fetch_add(1, Ordering::Relaxed) < times {
                    let woken = stopped::stop_once(environment, quiet);
                    let (line, is_good) = match &woken {
                        Ok(woken) => (woken.to_string(), woken.faults().is_empty()),
                        Err(error) => (error.to_string(), false),
                    };
                    println!("    chromium {quiet}: {line}");
                    if !is_good {
                        faults
                            .lock()
                            .unwrap_or_else(PoisonError::into_inner)
                            .push(line);
                    }
                }
            });
        }
    });
    let faults = faults.into_inner().unwrap_or_else(PoisonError::into_inner);
    if faults.is_empty() {
        return Ok(());
    }
    Err(Failure(faults.join("\n")))
}

/// Does something as often as planned, several at the same time; a line each.
fn several<T: fmt::Display + Send>(
    name: &str,
    plan: &Plan,
    kill: impl Fn(usize) -> Outcome<T> + Sync,
) -> Vec<Outcome<T>> {
    let done: Mutex<Vec<Outcome<T>>> = Mutex::default();
    let begun = AtomicUsize::new(0);
    std::thread::scope(|scope| {
        for _ in 0..plan.at_once.min(plan.kills) {
            scope.spawn(|| {
                loop {
                    let number = begun.fetch_add(1, Ordering::Relaxed);
                    if number >= plan.kills {
                        break;
                    }
                    let killed = kill(number);
                    let mut done = done.lock().unwrap_or_else(PoisonError::into_inner);
                    let number = done.len() + 1;
                    match &killed {
                        Ok(figures) => println!("    {name} {number}: {figures}"),
                        Err(error) => println!("    {name} {number}: {error}"),
                    }
                    done.push(killed);
                }
            });
        }
    });
    done.into_inner().unwrap_or_else(PoisonError::into_inner)
}

fn summarise(name: &str, done: &[Outcome<Figures>]) -> Outcome {
    let figures: Vec<&Figures> = done.iter().flatten().collect();
    let good = figures.iter().filter(|one| one.broken.is_empty()).count();
    let inputs: usize = figures.iter().map(|one| one.made).sum();
    let lost = figures.iter().map(|one| one.lost).max().unwrap_or(0);
    let age = figures.iter().map(|one| one.age).max().unwrap_or(0);
    let drifts = figures.iter().filter_map(|one| one.drift);
    let drift = drifts.map(i64::abs).max().unwrap_or(0);
    println!(
        "    {name}: {} kills, {inputs} inputs, at most {lost} lost in one, at most the last {age} ms; clock at most {drift} ms off; {} not as promised",
        done.len(),
        done.len() - good
    );
    if good == done.len() {
        return Ok(());
    }
    let faults = done.iter().filter_map(|killed| match killed {
        Ok(figures) => (!figures.broken.is_empty()).then(|| figures.to_string()),
        Err(error) => Some(error.to_string()),
    });
    Err(Failure(faults.collect::<Vec<_>>().join("\n")))
}
