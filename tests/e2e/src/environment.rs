//! Where everything is: what `cargo xtask test` passes in environment variables. Must not guess: a guess would test
//! something else than what was built.

use std::path::PathBuf;

use crate::engine::Engine;
use crate::{Failure, Outcome};

/// What the run works with.
#[derive(Clone, Debug)]
pub struct Environment {
    /// The built widget.
    pub dist: PathBuf,
    /// axe-core, minified.
    pub axe: PathBuf,
    /// Which engines to drive.
    pub engines: Vec<Engine>,
    /// Where screenshots go, if anybody wants them.
    pub screenshots: Option<PathBuf>,
}

impl Environment {
    /// Reads the environment.
    ///
    /// # Errors
    /// When something is missing: the sentence says which command provides it.
    pub fn read() -> Outcome<Self> {
        let environment = Self {
            dist: existing("MONDAI_DIST")?,
            axe: existing("MONDAI_AXE")?,
            engines: engines()?,
            screenshots: std::env::var_os("MONDAI_SCREENSHOTS").map(PathBuf::from),
        };
        for engine in &environment.engines {
            for variable in engine.needs() {
                required(variable)?;
            }
        }
        Ok(environment)
    }
}

/// A variable that must be set.
///
/// # Errors
/// When it is not: the sentence says which command sets it.
pub fn required(variable: &str) -> Outcome<String> {
    std::env::var(variable).ok().filter(|value| !value.is_empty()).ok_or_else(|| {
        Failure(format!("{variable} is not set: run cargo xtask test, which builds the widget, finds the browsers and sets it"))
    })
}

fn existing(variable: &str) -> Outcome<PathBuf> {
    let path = PathBuf::from(required(variable)?);
    if path.exists() {
        return Ok(path);
    }
    Err(Failure(format!(
        "{variable} names {}, which is not there: run cargo xtask test, which makes it",
        path.display()
    )))
}

fn engines() -> Outcome<Vec<Engine>> {
    let Ok(wanted) = std::env::var("MONDAI_ENGINES") else {
        return Ok(Engine::ALL.to_vec());
    };
    wanted
        .split(',')
        .map(str::trim)
        .map(|name| {
            Engine::ALL
                .into_iter()
                .find(|engine| engine.name() == name)
                .ok_or_else(|| {
                    Failure(format!(
                        "MONDAI_ENGINES names `{name}`; there are chromium, firefox and webkit"
                    ))
                })
        })
        .collect()
}
