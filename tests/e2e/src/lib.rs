//! The harness of the end-to-end tests: the same journeys, driven over W3C `WebDriver`, in three browser engines.
//!
//! In reading order: [`environment`] says where everything is; [`engine`] knows the differences between browsers;
//! [`program`] runs a program that certainly ends, and [`processes`] sees and kills what belongs to it; [`driver`] is the
//! program of a driver; [`browser`] is one session in it; [`launch`] starts a browser without a driver; [`site`] serves
//! pages, the built widget and faults; [`page`] is an open page; [`hands`] are keys and fingers on it; [`quiz`] is one
//! widget on it, as a reader sees it; [`stage`] puts these together for one journey, and [`suite`] runs all journeys in all
//! engines.
//!
//! Nothing here knows the widget's code. What is relied on is the public contract and the names that styles and tests may
//! use: parts, `data-screen`, `data-action`.

pub mod browser;
pub mod driver;
pub mod engine;
pub mod environment;
mod exchange;
mod foreign;
pub mod hands;
pub mod launch;
pub mod page;
pub mod pages;
mod places;
pub mod processes;
pub mod program;
pub mod quiz;
pub mod record;
pub mod site;
pub mod stage;
pub mod suite;

use std::fmt;

/// What went wrong, as a sentence.
#[derive(Debug)]
pub struct Failure(pub String);

/// What every step of a journey gives back.
pub type Outcome<T = ()> = Result<T, Failure>;

impl Failure {
    /// A failure that says what was being done.
    pub fn while_doing(what: &str, error: impl fmt::Display) -> Self {
        Self(format!("{what}: {error}"))
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0)
    }
}

impl std::error::Error for Failure {}

impl From<thirtyfour::error::WebDriverError> for Failure {
    fn from(error: thirtyfour::error::WebDriverError) -> Self {
        Self(format!("the driver said: {error}"))
    }
}

impl From<std::io::Error> for Failure {
    fn from(error: std::io::Error) -> Self {
        Self(error.to_string())
    }
}

impl From<serde_json::Error> for Failure {
    fn from(error: serde_json::Error) -> Self {
        Self(format!("not the JSON that was expected: {error}"))
    }
}
