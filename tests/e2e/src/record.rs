//! What the collector wrote down in a page, and holding it against what a journey expects.

use serde::Deserialize;
use serde_json::Value;

use crate::{Failure, Outcome};

/// What happened in a page.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct Record {
    /// Uncaught errors, unhandled rejections, resources that did not load, `console.error`.
    pub errors: Vec<String>,
    /// `console.warn`.
    pub warnings: Vec<String>,
    /// Violations of the content security policy.
    pub violations: Vec<String>,
    /// What widgets told.
    pub events: Vec<Told>,
    /// The sum of all layout shifts that nobody caused; 0 in engines that do not measure it.
    pub shifts: f64,
}

/// One `mondai-*` event.
#[derive(Clone, Debug, Deserialize)]
pub struct Told {
    /// The event's name.
    pub name: String,
    /// The id of the element that told it.
    pub host: String,
    /// Its detail.
    pub detail: Value,
}

/// A kind of finding that a journey may expect.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// See [`Record::errors`].
    Error,
    /// See [`Record::warnings`].
    Warning,
    /// See [`Record::violations`].
    Violation,
}

impl Record {
    /// Adds what a later page of the same journey wrote down.
    pub fn add(&mut self, later: Self) {
        self.errors.extend(later.errors);
        self.warnings.extend(later.warnings);
        self.violations.extend(later.violations);
        self.events.extend(later.events);
        self.shifts += later.shifts;
    }

    /// What the first event of a name said; null if there was none.
    pub fn detail(&self, name: &str) -> Value {
        let told = self.events.iter().find(|told| told.name == name);
        told.map(|told| told.detail.clone()).unwrap_or_default()
    }

    fn findings(&self) -> impl Iterator<Item = (Kind, &str)> {
        self.errors
            .iter()
            .map(|text| (Kind::Error, text.as_str()))
            .chain(
                self.warnings
                    .iter()
                    .map(|text| (Kind::Warning, text.as_str())),
            )
            .chain(
                self.violations
                    .iter()
                    .map(|text| (Kind::Violation, text.as_str())),
            )
    }

    /// Holds the findings against the expected ones: nothing else may have happened, and each of those must have.
    ///
    /// # Errors
    /// With all that differs.
    pub fn hold_against(&self, expected: &[(Kind, String)]) -> Outcome {
        let explains = |(kind, part): &(Kind, String), (found, text): (Kind, &str)| {
            *kind == found && text.contains(part)
        };
        let mut differences: Vec<String> = self
            .findings()
            .filter(|finding| {
                !expected
                    .iter()
                    .any(|expectation| explains(expectation, *finding))
            })
            .map(|(kind, text)| format!("unexpected {kind:?}: {text}"))
            .collect();
        for expectation in expected {
            if !self
                .findings()
                .any(|finding| explains(expectation, finding))
            {
                differences.push(format!(
                    "{:?} that should have come did not: {}",
                    expectation.0, expectation.1
                ));
            }
        }
        if differences.is_empty() {
            return Ok(());
        }
        Err(Failure(differences.join("\n")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_was_expected_may_happen_and_it_must() {
        let warned = Record {
            warnings: vec![String::from("console.warn: count: unreadable")],
            ..Record::default()
        };
        let count = (Kind::Warning, String::from("count:"));
        let other = (Kind::Error, String::from("count:"));
        for (record, expected, holds) in [
            (&warned, vec![count.clone()], true),
            (&warned, vec![], false),
            (&warned, vec![other], false),
            (&Record::default(), vec![], true),
            (&Record::default(), vec![count], false),
        ] {
            assert_eq!(
                record.hold_against(&expected).is_ok(),
                holds,
                "{record:?} {expected:?}"
            );
        }
    }
}
