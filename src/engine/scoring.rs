//! Marks and scores: credit policies, totals, pass marks. Integer arithmetic throughout.

use super::format::wire::Credit;

/// Points in thousandths of one question's point.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Points(pub i64);

/// The point of one question.
pub const ONE_POINT: Points = Points(1_000);

/// How a response compares with the key, in parts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Right parts given.
    pub right: u32,
    /// Right parts there are.
    pub of_right: u32,
    /// Wrong parts given.
    pub wrong: u32,
    /// Wrong parts that could be given.
    pub of_wrong: u32,
}

impl Tally {
    /// Whether the response is the key, exactly.
    pub const fn is_exact(self) -> bool {
        self.right == self.of_right && self.wrong == 0
    }

    /// What it earns.
    ///
    /// - `all-or-nothing`: one point for exactly the key (AWS exam guide: all parts are needed for credit).
    /// - `partial`: each right part earns its share of the point, each wrong one takes a share away.
    /// - `negative`: each wrong part takes away what guessing it would gain on average.
    ///
    /// Never below zero for one question.
    pub fn points(self, credit: Credit) -> Points {
        let whole = ONE_POINT.0;
        let share = |part: u32, of: u32| {
            if of == 0 {
                0
            } else {
                i64::from(part) * whole / i64::from(of)
            }
        };
        Points(match credit {
            _ if self.is_exact() => whole,
            Credit::AllOrNothing => 0,
            // One division, so that 1 of 3 and 2 of 3 round alike.
            Credit::Partial => share(self.right.saturating_sub(self.wrong), self.of_right),
            Credit::Negative => {
                (share(self.right, self.of_right) - share(self.wrong, self.of_wrong)).max(0)
            }
        })
    }
}

/// What became of one question.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The whole point.
    Correct,
    /// Some of the point.
    Partial,
    /// Nothing of the point.
    Incorrect,
    /// No response was given.
    Unanswered,
}

impl Outcome {
    /// The word in reports and events.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Correct => "correct",
            Self::Partial => "partial",
            Self::Incorrect => "incorrect",
            Self::Unanswered => "unanswered",
        }
    }
}

/// A linear scale from no points to all of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Scale {
    /// The number for no points.
    pub min: u32,
    /// The number for all points.
    pub max: u32,
    /// The lowest number that passes.
    pub pass: u32,
}

/// What passes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PassMark {
    /// At least this many percent of the points, 1 to 100.
    Percent(u32),
    /// At least `pass` on a scale.
    Scaled(Scale),
}

/// Points out of those that could be had.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Score {
    /// Points earned.
    pub points: Points,
    /// Points that could be had.
    pub possible: Points,
}

impl Score {
    /// Whole percent, rounded down: 71.9 % is not yet 72 %.
    pub fn percent(self) -> u32 {
        if self.possible.0 <= 0 {
            return 0;
        }
        u32::try_from(self.points.0.max(0) * 100 / self.possible.0).unwrap_or(0)
    }

    /// The number on a scale, rounded down.
    ///
    /// Linear: the exam's own function is not published (exam guide), so this is an estimate.
    pub fn scaled(self, scale: Scale) -> u32 {
        if self.possible.0 <= 0 {
            return scale.min;
        }
        let range = i64::from(scale.max.saturating_sub(scale.min));
        let above = range * self.points.0.max(0) / self.possible.0;
        scale.min.saturating_add(u32::try_from(above).unwrap_or(0))
    }

    /// Whether it passes. Compared in points, never in rounded numbers.
    pub fn passes(self, mark: PassMark) -> bool {
        match mark {
            PassMark::Percent(percent) => {
                self.points.0 * 100 >= i64::from(percent) * self.possible.0
            }
            PassMark::Scaled(scale) => self.scaled(scale) >= scale.pass,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_policy_marks_as_documented() {
        use Credit::{AllOrNothing, Negative, Partial};
        let rows = [
            // right, of_right, wrong, of_wrong, policy, thousandths
            (1, 1, 0, 3, AllOrNothing, 1_000),
            (0, 1, 1, 3, AllOrNothing, 0),
            (0, 1, 0, 3, AllOrNothing, 0),
            (1, 2, 1, 3, AllOrNothing, 0),
            (2, 2, 1, 3, AllOrNothing, 0),
            (2, 2, 0, 3, AllOrNothing, 1_000),
            (1, 1, 0, 3, Partial, 1_000),
            (0, 1, 1, 3, Partial, 0),
            (1, 2, 0, 3, Partial, 500),
            (1, 2, 1, 3, Partial, 0),
            (2, 2, 1, 3, Partial, 500),
            (2, 3, 1, 3, Partial, 333),
            (2, 3, 0, 3, Partial, 666),
            (3, 3, 0, 3, Partial, 1_000),
            (0, 2, 2, 3, Partial, 0),
            (1, 2, 1, 4, Negative, 250),
            (1, 2, 1, 2, Negative, 0),
            (2, 2, 1, 4, Negative, 750),
            (0, 2, 2, 3, Negative, 0),
            (0, 1, 1, 3, Negative, 0),
            (2, 2, 0, 0, Negative, 1_000),
        ];
        for (right, of_right, wrong, of_wrong, credit, expected) in rows {
            let tally = Tally {
                right,
                of_right,
                wrong,
                of_wrong,
            };
            assert_eq!(
                tally.points(credit),
                Points(expected),
                "{tally:?} {credit:?}"
            );
        }
    }

    #[test]
    fn percent_and_scale_pass_exactly_at_the_mark() {
        let score = |right: i64, of: i64| Score {
            points: Points(right * 1_000),
            possible: Points(of * 1_000),
        };
        let scale = Scale {
            min: 100,
            max: 1_000,
            pass: 720,
        };
        // The two rows of the field notes: 35 of 50 gives 730, 34 gives 712.
        assert_eq!(score(35, 50).scaled(scale), 730);
        assert_eq!(score(34, 50).scaled(scale), 712);
        for (right, of, mark, expected) in [
            (35, 50, PassMark::Scaled(scale), true),
            (34, 50, PassMark::Scaled(scale), false),
            (18, 25, PassMark::Percent(72), true),
            (17, 25, PassMark::Percent(72), false),
            (2, 3, PassMark::Percent(67), false),
            (2, 3, PassMark::Percent(66), true),
            (0, 5, PassMark::Percent(1), false),
            (5, 5, PassMark::Percent(100), true),
        ] {
            assert_eq!(
                score(right, of).passes(mark),
                expected,
                "{right} of {of}, {mark:?}"
            );
        }
        assert_eq!(score(2, 3).percent(), 66);
        assert_eq!(score(0, 0).percent(), 0);
    }
}
