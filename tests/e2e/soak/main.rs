//! Browsers and tabs killed at random moments of a sitting, and what is there when the page is opened again.
//!
//! What is promised of a browser that is killed as a whole: no attempt unreadable, no answer lost that was shown as saved,
//! at most the last second of input lost, the remaining time off by at most 2 s. Of a tab: nothing lost; in `WebKit`, where the
//! process of a tab cannot store by itself, nothing that was shown as saved.
//!
//! By default there are few kills, early in the sitting. `MONDAI_SOAK`, set by `cargo xtask soak`, is the number of kills of
//! the long version. A page drives itself here (`sitter.js`): drivers keep state of their own, and a browser that is driven
//! does not keep its profile in every engine.

mod kill;
mod misjudged;
mod told;
mod verdict;

use std::collections::hash_map::RandomState;
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

use crate::kill::Victim;
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
    ];
    match Environment::read().and_then(|environment| Ok((Arc::new(environment), kills()?))) {
        Ok((environment, kills)) => {
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

/// Kills as planned, several at the same time; a line each, and one for all.
fn soak(victim: Victim, engine: Engine, environment: &Environment, plan: &Plan) -> Outcome {
    let done: Mutex<Vec<Outcome<Figures>>> = Mutex::default();
    let begun = AtomicUsize::new(0);
    let name = format!("{} {}", engine.name(), victim.name());
    std::thread::scope(|scope| {
        for _ in 0..plan.at_once.min(plan.kills) {
            scope.spawn(|| {
                while begun.fetch_add(1, Ordering::Relaxed) < plan.kills {
                    let killed = victim.kill(engine, environment, plan.moment());
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
    let done = done.into_inner().unwrap_or_else(PoisonError::into_inner);
    summarise(&name, &done)
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
