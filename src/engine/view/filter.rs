//! Which answers of a review are shown, and above which of them their case is told.

use super::later::AnswerPlace;
use crate::engine::scoring::Outcome;

/// What a reader wants to see of a review.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Filter {
    /// Only what was not right.
    pub wrong: bool,
    /// Only what is flagged.
    pub flagged: bool,
    /// Only one domain, by its index in the set.
    pub domain: Option<usize>,
}

impl Filter {
    /// Leaves all.
    pub const ALL: Self = Self {
        wrong: false,
        flagged: false,
        domain: None,
    };

    /// Whether an answer is left.
    pub fn shows(self, of: &AnswerPlace) -> bool {
        (!self.wrong || of.outcome != Outcome::Correct)
            && (!self.flagged || of.is_flagged)
            && (self.domain.is_none() || self.domain == of.domain)
    }
}

/// How an answer stands among those that a filter leaves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Look {
    /// Whether it is not left.
    pub is_hidden: bool,
    /// Whether its case is told: it stands above the first of its questions that is left.
    pub is_told: bool,
}

/// All of them, from the first to the last, in one go: each could look back for the one before it, but two thousand would look
/// at two million.
pub fn looks(places: &[AnswerPlace], filter: Filter) -> Vec<Look> {
    let mut last = None;
    places
        .iter()
        .map(|place| {
            let is_hidden = !filter.shows(place);
            let is_told = place.scenario.is_some() && place.scenario != last;
            if !is_hidden {
                last = place.scenario;
            }
            Look { is_hidden, is_told }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Answers as `right or wrong, flagged, domain, case`; of each: hidden, or shown with its case above it, or shown.
    #[track_caller]
    fn check(answers: &[(bool, bool, usize, Option<usize>)], filter: Filter, expected: &str) {
        let places: Vec<AnswerPlace> = (answers.iter())
            .map(|(is_right, is_flagged, domain, scenario)| {
                let outcome = if *is_right {
                    Outcome::Correct
                } else {
                    Outcome::Incorrect
                };
                AnswerPlace::of(outcome, *is_flagged, *domain, *scenario)
            })
            .collect();
        let said: String = looks(&places, filter)
            .into_iter()
            .map(|look| match (look.is_hidden, look.is_told) {
                (true, _) => '-',
                (false, true) => 'C',
                (false, false) => 'q',
            })
            .collect();
        assert_eq!(said, expected, "{filter:?}");
    }

    #[test]
    fn a_case_is_told_above_the_first_of_its_questions_that_is_left() {
        let answers = [
            (true, false, 0, Some(1)),
            (false, true, 0, Some(1)),
            (false, false, 1, Some(1)),
            (true, true, 1, None),
            (false, false, 0, Some(1)),
            (false, false, 0, Some(2)),
        ];
        let all = Filter::ALL;
        for (filter, expected) in [
            (all, "CqqqCC"),
            (Filter { wrong: true, ..all }, "-Cq-qC"),
            (
                Filter {
                    flagged: true,
                    ..all
                },
                "-C-q--",
            ),
            (
                Filter {
                    domain: Some(1),
                    ..all
                },
                "--Cq--",
            ),
            (
                Filter {
                    domain: Some(0),
                    ..all
                },
                "Cq--qC",
            ),
            (
                Filter {
                    domain: Some(7),
                    ..all
                },
                "------",
            ),
        ] {
            check(&answers, filter, expected);
        }
    }
}
