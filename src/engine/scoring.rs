//! Marks and scores: credit policies, totals, pass marks. Exact throughout; only what is told is rounded.

use super::format::wire::Credit;
use super::points::Points;

/// How a response compares with the key, in parts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Right parts given.
    pub right: u32,
    /// Right parts there are.
    pub of_right: u32,
    /// Wrong parts given.
    pub wrong: u32,
    /// What guessing the wrong parts would gain on average: what they cost under the policies that take it back.
    pub guessed: Points,
    /// Whether each part has a place of its own, as in a match: a wrong one has then cost its share already.
    pub is_by_place: bool,
}

impl Tally {
    /// Whether the response is the key, exactly.
    pub const fn is_exact(self) -> bool {
        self.right == self.of_right && self.wrong == 0
    }

    /// What it earns.
    ///
    /// - `all-or-nothing`: one point for exactly the key (AWS exam guide: all parts are needed for credit).
    /// - `partial`: each right part earns its share of the point; a wrong choice takes a share away, a wrong part in a place
    ///   of its own earns nothing.
    /// - `negative`: each wrong part takes away what guessing it would gain on average; typed answers have nothing to guess
    ///   from.
    ///
    /// Never below zero for one question, unless the policy says so.
    pub fn points(self, credit: Credit) -> Points {
        let right = match credit {
            Credit::AllOrNothing if !self.is_exact() => 0,
            Credit::Partial if !self.is_by_place => self.right.saturating_sub(self.wrong),
            _ => self.right,
        };
        let earned = Points::share(right, self.of_right);
        match credit {
            Credit::AllOrNothing | Credit::Partial => earned,
            Credit::Negative => (earned - self.guessed).max(Points::NONE),
            Credit::BelowZero => earned - self.guessed,
        }
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
        self.points.ratio(self.possible, 100)
    }

    /// The number on a scale, rounded down.
    ///
    /// Linear: the exam's own function is not published (exam guide), so this is an estimate.
    pub fn scaled(self, scale: Scale) -> u32 {
        let range = scale.max.saturating_sub(scale.min);
        let above = self.points.ratio(self.possible, range);
        scale.min.saturating_add(above)
    }

    /// Whether it passes. Marks are whole numbers, so rounding down what is exact decides nothing.
    pub fn passes(self, mark: PassMark) -> bool {
        match mark {
            PassMark::Percent(percent) => self.percent() >= percent,
            PassMark::Scaled(scale) => self.scaled(scale) >= scale.pass,
        }
    }
}

/// Where a score may lie by chance alone, on a scale.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Band {
    /// How many questions it rests on.
    pub questions: u32,
    /// The lower end.
    pub low: u32,
    /// The upper end.
    pub high: u32,
}

impl Score {
    /// What the same knowledge gives nineteen times in twenty in another paper with as many questions, on a scale.
    ///
    /// One paper shows the knowledge only roughly, and chance has its part in the next one too. The beta-binomial
    /// distribution that follows from Jeffreys' prior (1946) has both: how many questions of the next paper are right. The
    /// band leaves out at most one in forty of it at either end.
    pub fn band(self, scale: Scale) -> Option<Band> {
        let questions = self.possible.ratio(Points::ONE, 1);
        if questions == 0 {
            return None;
        }
        // Chance is never as exact as points are.
        let right = f64::from(self.points.ratio(Points::ONE, 1_000_000)) / 1e6;
        let n = f64::from(questions);
        // The weight of each number, from the one before it. They grow beyond what a float holds, so all are cut in time.
        let mut weights: Vec<f64> = Vec::new();
        let mut weight = 1.0;
        for number in 0..=questions {
            weights.push(weight);
            let number = f64::from(number);
            weight *= (n - number) * (right + 0.5 + number);
            weight /= (number + 1.0) * (n - right + n - number - 0.5);
            if weight > 1e200 {
                weight *= 1e-200;
                for earlier in &mut weights {
                    *earlier *= 1e-200;
                }
            }
        }
        let end = |share: f64| {
            let mut rest = share * weights.iter().sum::<f64>();
            let mut number = 0;
            for weight in weights.iter().take(weights.len().saturating_sub(1)) {
                rest -= weight;
                if rest < 0.0 {
                    break;
                }
                number += 1;
            }
            Self {
                points: Points::ONE.times(number),
                possible: self.possible,
            }
            .scaled(scale)
        };
        Some(Band {
            questions,
            low: end(0.025),
            high: end(0.975),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_policy_marks_as_documented() {
        use Credit::{AllOrNothing, BelowZero, Negative, Partial};
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
            (1, 2, 1, 4, BelowZero, 250),
            (1, 2, 1, 2, BelowZero, 0),
            (2, 2, 0, 3, BelowZero, 1_000),
            (0, 1, 1, 3, BelowZero, -333),
            (0, 1, 1, 1, BelowZero, -1_000),
            (0, 2, 2, 3, BelowZero, -666),
            (1, 3, 3, 3, BelowZero, -666),
            (0, 1, 0, 0, BelowZero, 0),
        ];
        let by_place = [
            (2, 3, 1, 9, Partial, 666),
            (1, 3, 2, 9, Partial, 333),
            (0, 3, 3, 9, Partial, 0),
            (3, 3, 0, 9, Partial, 1_000),
            (2, 3, 1, 9, AllOrNothing, 0),
            (2, 3, 1, 9, Negative, 555),
            (0, 3, 3, 9, BelowZero, -333),
        ];
        let rows = rows.map(|row| (row, false)).into_iter();
        for (row, is_by_place) in rows.chain(by_place.map(|row| (row, true))) {
            let (right, of_right, wrong, of_wrong, credit, expected) = row;
            let tally = Tally {
                right,
                of_right,
                wrong,
                guessed: Points::share(wrong, of_wrong),
                is_by_place,
            };
            assert_eq!(
                tally.points(credit).thousandths(),
                expected,
                "{tally:?} {credit:?}"
            );
        }
    }

    /// Of a paper with so many questions, points in thousandths of one.
    fn score(thousandths: i64, questions: u32) -> Score {
        let size = u32::try_from(thousandths.unsigned_abs()).unwrap();
        let points = Points::share(1, 1_000).times(size);
        Score {
            points: if thousandths < 0 { -points } else { points },
            possible: Points::ONE.times(questions),
        }
    }

    const SCALE: Scale = Scale {
        min: 100,
        max: 1_000,
        pass: 720,
    };

    #[test]
    fn a_total_below_zero_is_nothing_and_no_pass() {
        for (points, possible, percent, scaled) in [
            (-1, 3, 0, 100),
            (-333, 1, 0, 100),
            (-65_000, 65, 0, 100),
            (0, 3, 0, 100),
            // One part in a thousand more than nothing rounds down.
            (29, 3, 0, 108),
            (30, 3, 1, 109),
        ] {
            let score = score(points, possible);
            assert_eq!(
                (score.percent(), score.scaled(SCALE)),
                (percent, scaled),
                "{points} of {possible}"
            );
            let passes = [PassMark::Percent(1), PassMark::Scaled(SCALE)];
            assert_eq!(
                passes.map(|mark| score.passes(mark)),
                [percent == 1, false],
                "{points} of {possible}"
            );
        }
    }

    #[test]
    fn a_band_is_where_the_next_paper_ends_nineteen_times_in_twenty() {
        let percents = Scale {
            min: 0,
            max: 100,
            pass: 70,
        };
        let widest = Scale {
            min: 0,
            max: u32::MAX,
            pass: 1,
        };
        // Computed by another program.
        for (points, questions, scale, low, high) in [
            (35_000, 50, SCALE, 550, 874),
            (34_000, 50, SCALE, 532, 856),
            (25_000, 50, SCALE, 370, 730),
            (0, 50, SCALE, 100, 154),
            (49_000, 50, SCALE, 892, 1_000),
            (50_000, 50, SCALE, 946, 1_000),
            (46_800, 65, SCALE, 598, 875),
            (1_440_000, 2_000, SCALE, 722, 772),
            (1_000, 1, SCALE, 100, 1_000),
            (0, 1, SCALE, 100, 1_000),
            (3_000, 5, percents, 0, 100),
            (13_333, 20, percents, 35, 90),
            // Below zero as for nothing.
            (0, 20, SCALE, 100, 235),
            (-2_000, 20, SCALE, 100, 235),
            (7, 10, widest, 0, 1_288_490_188),
        ] {
            let score = score(points, questions);
            let expected = Band {
                questions,
                low,
                high,
            };
            assert_eq!(score.band(scale), Some(expected), "{points}, {scale:?}");
            let scaled = score.scaled(scale);
            assert!(low <= scaled && scaled <= high, "{points}, {scale:?}");
        }
        assert_eq!(Score::default().band(SCALE), None);
    }

    /// The claim itself, without the formula: readers of every knowledge take two papers, and the second one is looked for in
    /// the band of the first.
    #[test]
    fn nineteen_of_twenty_second_papers_end_in_the_band_of_the_first() {
        let mut random = crate::engine::random::Random::new("1", "band");
        let mut taken = |knowledge: u32| -> i64 {
            (0..50)
                .map(|_| i64::from(random.below(1_000) < knowledge))
                .sum()
        };
        let (mut inside, mut papers) = (0, 0);
        for knowledge in 0..=1_000 {
            for _ in 0..20 {
                let mut paper = || score(taken(knowledge) * 1_000, 50);
                let (first, second) = (paper(), paper());
                let band = first.band(SCALE).unwrap();
                papers += 1;
                inside += usize::from((band.low..=band.high).contains(&second.scaled(SCALE)));
            }
        }
        let share = inside * 1_000 / papers;
        assert!((950..=985).contains(&share), "{share} in 1,000");
    }

    #[test]
    fn percent_and_scale_pass_exactly_at_the_mark() {
        let score = |right: i64, of: u32| score(right * 1_000, of);
        let scale = SCALE;
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
