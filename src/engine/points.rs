//! Points as exact fractions: shares of a point add up without being rounded. Only what is told is rounded, by
//! [`Points::thousandths`] and [`Points::ratio`].
//!
//! Points are counted in parts of a point so fine that every share within the limits of the format is a whole number of
//! parts. So sums are sums of whole numbers: exact, and the same in any order. Such a number is longer than a machine's, hence
//! the limbs.

use core::cmp::Ordering;
use core::ops::{Add, AddAssign, Neg, Sub};

/// Points, as a whole number of parts of a point: 256 bits in limbs of 32, the lowest first, in two's complement.
///
/// Nothing overflows: a share is one point at most, which takes 171 bits, and what it is multiplied by takes 32. That leaves
/// room for 2^52 questions.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Points([u32; 8]);

impl Points {
    /// No points.
    pub const NONE: Self = Self([0; 8]);

    /// The point of one question, in parts: the least number that each product of 1 to 100 (places of a question) and 1 to 25
    /// (wrong choices in one of them) divides evenly.
    pub const ONE: Self = Self([
        0x023d_9c00,
        0x17e5_5e32,
        0x584f_9402,
        0x771c_6978,
        0x1b70_1243,
        0x0000_04fd,
        0,
        0,
    ]);

    /// A share of the point; all of it at most. Past the limits of the format it is rounded down to a part.
    pub fn share(part: u32, of: u32) -> Self {
        let mut share = Self::ONE.times(part.min(of));
        let of = u64::from(of.max(1));
        let mut rest = 0;
        for limb in share.0.iter_mut().rev() {
            let all = (rest << 32) | u64::from(*limb);
            *limb = low(all / of);
            rest = all % of;
        }
        share
    }

    /// So many times these points.
    #[must_use]
    pub fn times(self, factor: u32) -> Self {
        let mut times = Self::NONE;
        times.add_times(&self, factor);
        times
    }

    /// Adds other points so many times.
    fn add_times(&mut self, other: &Self, factor: u32) {
        let mut carry = 0;
        for (own, other) in self.0.iter_mut().zip(&other.0) {
            // The most that this can be is the most that 64 bits hold.
            carry += u64::from(*other) * u64::from(factor) + u64::from(*own);
            *own = low(carry);
            carry >>= 32;
        }
    }

    /// How much of other points these are, times a factor, rounded down; 0 below zero, and of nothing.
    pub fn ratio(self, of: Self, factor: u32) -> u32 {
        let whole = self.times(factor);
        let mut ratio = 0;
        if of > Self::NONE {
            for bit in (0..u32::BITS).rev() {
                let more = ratio | (1 << bit);
                if of.times(more) <= whole {
                    ratio = more;
                }
            }
        }
        ratio
    }

    /// As they are told: in thousandths of a point, rounded towards zero.
    pub fn thousandths(self) -> i64 {
        i64::from(self.ratio(Self::ONE, 1_000)) - i64::from((-self).ratio(Self::ONE, 1_000))
    }

    /// As they are stored: all parts, as hexadecimal digits.
    pub fn to_hexadecimal(self) -> String {
        let limbs = self.0.iter().rev();
        let digits = limbs.flat_map(|limb| {
            let digit = move |place: u32| char::from_digit((limb >> (place * 4)) & 0xf, 16);
            (0..8).rev().filter_map(digit)
        });
        digits.skip_while(|digit| *digit == '0').collect()
    }

    /// Reads what is stored; `None` for anything else.
    pub fn from_hexadecimal(text: &str) -> Option<Self> {
        let mut points = Self::NONE;
        for digit in text.chars() {
            let [.., top] = points.0;
            if top >> 28 > 0 {
                return None;
            }
            points = points.times(16);
            points.add_times(&Self([1, 0, 0, 0, 0, 0, 0, 0]), digit.to_digit(16)?);
        }
        Some(points)
    }
}

/// The lower half.
fn low(number: u64) -> u32 {
    (number & 0xffff_ffff) as u32
}

impl Add for Points {
    type Output = Self;

    fn add(mut self, other: Self) -> Self {
        self += other;
        self
    }
}

impl AddAssign for Points {
    fn add_assign(&mut self, other: Self) {
        self.add_times(&other, 1);
    }
}

impl Sub for Points {
    type Output = Self;

    fn sub(mut self, other: Self) -> Self {
        let mut carry = 0;
        for (own, other) in self.0.iter_mut().zip(&other.0) {
            carry += i64::from(*own) - i64::from(*other);
            *own = low(carry.cast_unsigned());
            carry >>= 32;
        }
        self
    }
}

impl Neg for Points {
    type Output = Self;

    fn neg(self) -> Self {
        Self::NONE - self
    }
}

impl Ord for Points {
    fn cmp(&self, other: &Self) -> Ordering {
        let Self([.., top]) = *self - *other;
        if top >> 31 == 1 {
            Ordering::Less
        } else if self == other {
            Ordering::Equal
        } else {
            Ordering::Greater
        }
    }
}

impl PartialOrd for Points {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

#[cfg(test)]
mod tests {
    use num_rational::BigRational;

    use super::*;
    use crate::engine::format::limits;
    use crate::engine::question::cloze::GAPS;
    use crate::engine::random::Random;
    use crate::engine::scoring::{PassMark, Scale, Score};

    /// All that a share can be of: places, and places times the wrong choices in one.
    fn denominators() -> Vec<u32> {
        let products = (1..=GAPS).flat_map(|places| {
            let wrong = 1..limits::CHOICES;
            wrong.map(move |wrong| u32::try_from(places * wrong).unwrap())
        });
        products.collect()
    }

    #[test]
    fn every_share_within_the_limits_is_a_whole_number_of_parts() {
        for of in denominators() {
            assert_eq!(Points::share(1, of).times(of), Points::ONE, "{of}");
            assert_eq!(Points::share(of, of), Points::ONE, "{of}");
        }
    }

    #[test]
    fn what_is_stored_comes_back() {
        let most = Points::ONE.times(u32::MAX);
        for points in [
            Points::NONE,
            Points::ONE,
            Points::share(1, 3),
            -Points::share(1, 2_500),
            -Points::ONE,
            most,
            -most,
        ] {
            let text = points.to_hexadecimal();
            assert_eq!(Points::from_hexadecimal(&text), Some(points), "{text}");
        }
        for text in ["g", "-1", " 1", "1.5", &"f".repeat(65)] {
            assert_eq!(Points::from_hexadecimal(text), None, "{text}");
        }
    }

    fn fraction(part: u32, of: u32) -> BigRational {
        BigRational::new(part.into(), of.into())
    }

    /// Some shares, added or taken away, beside what another program for fractions makes of them.
    fn some(random: &mut Random, number: usize, of: &[u32]) -> (Vec<Points>, BigRational) {
        let mut sum = fraction(0, 1);
        let shares = (0..number).map(|_| {
            let of = of[random.below(u32::try_from(of.len()).unwrap()) as usize];
            let part = random.below(of + 1);
            if random.below(3) == 0 {
                sum -= fraction(part, of);
                -Points::share(part, of)
            } else {
                sum += fraction(part, of);
                Points::share(part, of)
            }
        });
        (shares.collect(), sum)
    }

    fn sum(shares: &[Points]) -> Points {
        shares.iter().fold(Points::NONE, |sum, own| sum + *own)
    }

    /// What [`Points::ratio`] should be.
    fn ratio(points: &BigRational, of: u32, factor: u32) -> u32 {
        let whole = (points * fraction(factor, 1) / fraction(of, 1)).floor();
        if whole < fraction(0, 1) {
            return 0;
        }
        u32::try_from(whole.to_integer()).unwrap()
    }

    #[test]
    fn sums_are_what_exact_fractions_give_in_any_order() {
        let mut random = Random::new("1", "points");
        let of = denominators();
        for number in (0..=65).chain([65; 200]).chain([2_000, 2_000]) {
            let (mut shares, expected) = some(&mut random, number, &of);
            let (other, other_expected) = some(&mut random, number, &of);
            let points = sum(&shares);
            for (given, of) in [(3, 7), (1, 2_500), (1, 1), (number, 1)] {
                let (given, of) = (u32::try_from(given).unwrap(), of);
                let own = Points::ONE.times(given) - Points::share(1, of);
                let wanted = fraction(given, 1) - fraction(1, of);
                assert_eq!(points.cmp(&own), expected.cmp(&wanted), "{expected}");
            }
            let other = sum(&other);
            assert_eq!(points.cmp(&other), expected.cmp(&other_expected));
            assert_eq!(points == other, expected == other_expected);

            let told = (&expected * fraction(1_000, 1)).trunc().to_integer();
            assert_eq!(told, points.thousandths().into(), "{expected}");
            let possible = u32::try_from(number.max(1)).unwrap();
            for factor in [1, 7, 100, 900, 999_999_999, u32::MAX] {
                let wanted = ratio(&expected, possible, factor);
                let own = points.ratio(Points::ONE.times(possible), factor);
                assert_eq!(own, wanted, "{expected} of {possible} times {factor}");
            }
            random.shuffle(&mut shares);
            assert_eq!(sum(&shares), points);
            assert_eq!(points - sum(&shares), Points::NONE);
        }
    }

    #[test]
    fn a_verdict_is_what_exact_fractions_say() {
        let mut random = Random::new("1", "verdicts");
        for round in 0..2_000 {
            let number = 1 + random.below(65);
            // Few kinds of shares, so that sums often hit a mark exactly.
            let of = [[2, 4, 5].as_slice(), &[3, 7, 2_500], &[1]][round % 3];
            let (shares, exact) = some(&mut random, number as usize, of);
            let score = Score {
                points: sum(&shares),
                possible: Points::ONE.times(number),
            };
            let possible = fraction(number, 1);
            let percent = score.percent().max(1);
            for percent in [percent, percent + 1, 1, 100] {
                let wanted = &exact * fraction(100, 1) >= fraction(percent, 1) * &possible;
                let own = score.passes(PassMark::Percent(percent));
                assert_eq!(own, wanted, "{exact} of {number} at {percent} %");
            }
            for (min, max) in [(100, 1_000), (0, 100), (0, u32::MAX)] {
                let scale = |pass| Scale { min, max, pass };
                let scaled = score.scaled(scale(min));
                for pass in [scaled.max(min + 1), scaled.saturating_add(1), max] {
                    let range = fraction(max - min, 1);
                    let wanted = &exact * range >= fraction(pass - min, 1) * &possible;
                    let own = score.passes(PassMark::Scaled(scale(pass)));
                    assert_eq!(own, wanted, "{exact} of {number} at {pass}");
                }
            }
        }
    }

    #[test]
    fn nothing_is_too_much() {
        let most = u32::MAX;
        for (own, expected) in [
            (Points::share(0, 0), Points::NONE),
            (Points::share(5, 0), Points::NONE),
            (Points::share(most, most), Points::ONE),
            (Points::share(most, 1), Points::ONE),
            (Points::share(0, most), Points::NONE),
            (-Points::NONE, Points::NONE),
            (Points::ONE.times(0), Points::NONE),
            (
                Points::ONE.times(most) - Points::ONE.times(most - 1),
                Points::ONE,
            ),
        ] {
            assert_eq!(own, expected);
        }
        // No number in the format divides by so much; what is lost is less than anything told.
        let (third, rest) = (
            Points::share(most / 3, most),
            Points::share(most - most / 3, most),
        );
        assert!(third + rest <= Points::ONE && (third + rest).ratio(Points::ONE, most) >= most - 1);
        let all = Points::ONE.times(most);
        for (own, expected) in [
            (all.ratio(Points::ONE, most), most),
            (all.ratio(all, most), most),
            (Points::ONE.ratio(all, most), 1),
            (Points::ONE.ratio(Points::NONE, most), 0),
            (Points::ONE.ratio(-all, most), 0),
            ((-all).ratio(all, most), 0),
            (Points::NONE.ratio(all, most), 0),
            (all.ratio(all, 0), 0),
        ] {
            assert_eq!(own, expected);
        }
        for (points, told) in [
            (all, i64::from(most)),
            (-all, -i64::from(most)),
            (Points::ONE.times(2_000), 2_000_000),
            (Points::share(2, 3), 666),
            (-Points::share(2, 3), -666),
            (Points::share(1, 2_500), 0),
            (-Points::share(1, 2_500), 0),
            (Points::ONE - Points::share(1, 2_500), 999),
        ] {
            assert_eq!(points.thousandths(), told);
        }
        assert!(-all < -Points::ONE && -Points::ONE < Points::NONE && Points::ONE < all);
    }
}
