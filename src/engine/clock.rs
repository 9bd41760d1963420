//! Moments, durations and deadlines. Time is always given, never read.

use core::time::Duration;

/// A moment: milliseconds since the Unix epoch, by the reader's clock.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Timestamp(pub i64);

impl Timestamp {
    /// This much later.
    #[must_use]
    pub fn plus(self, span: Duration) -> Self {
        let milliseconds = i64::try_from(span.as_millis()).unwrap_or(i64::MAX);
        Self(self.0.saturating_add(milliseconds))
    }

    /// This many milliseconds later, or earlier.
    #[must_use]
    pub const fn moved(self, by: i64) -> Self {
        Self(self.0.saturating_add(by))
    }

    /// The time from `earlier` until this moment; zero if that is later.
    pub fn since(self, earlier: Self) -> Duration {
        let milliseconds = self.0.saturating_sub(earlier.0);
        Duration::from_millis(u64::try_from(milliseconds).unwrap_or(0))
    }
}

/// One look at the clocks of a computer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reading {
    /// The clock that the reader can set.
    pub wall: Timestamp,
    /// Milliseconds by a clock that nobody can set, from an arbitrary beginning. On most systems it stands still while the
    /// computer sleeps (W3C High Resolution Time, 7.1).
    pub steady: i64,
    /// Whether the page can be seen, from this moment on.
    pub is_visible: bool,
}

/// Notices when the reader's clock is set, by comparing it with one that cannot be set.
///
/// While a page is in sight it is awake, so the two clocks must go alike: what the first is ahead or behind was set by
/// somebody. While it is out of sight the computer may sleep; then the first clock runs on alone, and that is time like any
/// other. Backwards no clock runs by itself.
#[derive(Clone, Copy, Debug, Default)]
pub struct ClockWatch {
    /// How far the one was ahead of the other, and whether the page could be seen.
    last: Option<(i64, bool)>,
}

/// Milliseconds that clocks may differ by without anybody having set one: time servers correct them in small steps. Small
/// differences add up until they are more than this.
const TOLERANCE: i64 = 500;

impl ClockWatch {
    /// Takes a reading; gives by how many milliseconds the reader's clock was set since the last one, if it was.
    pub fn look(&mut self, reading: Reading) -> Option<i64> {
        let ahead = reading.wall.0.saturating_sub(reading.steady);
        let (before, was_visible) = self.last.unwrap_or((ahead, reading.is_visible));
        let by = ahead.saturating_sub(before);
        let is_small = by.saturating_abs() < TOLERANCE;
        self.last = Some((if is_small { before } else { ahead }, reading.is_visible));
        (!is_small && (was_visible || by < 0)).then_some(by)
    }
}

/// Reads `130m`, `90s`, `2h10m` or `none`. The outer `None`: not readable; the inner one: no limit.
///
/// ```
/// use core::time::Duration;
/// use mondai::engine::clock::read_time_limit;
/// assert_eq!(read_time_limit("2h10m"), Some(Some(Duration::from_secs(130 * 60))));
/// assert_eq!(read_time_limit("none"), Some(None));
/// assert_eq!(read_time_limit("soon"), None);
/// ```
pub fn read_time_limit(text: &str) -> Option<Option<Duration>> {
    if text == "none" {
        return Some(None);
    }
    let mut seconds = 0_u64;
    let mut digits = None::<u64>;
    // Units must fall: `2h10m`, not `10m2h`.
    let mut smallest = u64::MAX;
    for byte in text.bytes() {
        if byte.is_ascii_digit() {
            let digit = u64::from(byte - b'0');
            digits = Some(digits.unwrap_or(0).checked_mul(10)?.checked_add(digit)?);
            continue;
        }
        let unit = match byte {
            b'h' => 3_600,
            b'm' => 60,
            b's' => 1,
            _ => return None,
        };
        if unit >= smallest {
            return None;
        }
        smallest = unit;
        seconds = seconds.checked_add(digits.take()?.checked_mul(unit)?)?;
    }
    // A week is longer than any paper; past it, somebody mistook the unit.
    (digits.is_none() && (1..=7 * 24 * 3_600).contains(&seconds))
        .then(|| Some(Duration::from_secs(seconds)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn time_limits_are_read() {
        let seconds = |seconds| Some(Some(Duration::from_secs(seconds)));
        for (text, expected) in [
            ("90s", seconds(90)),
            ("130m", seconds(7_800)),
            ("2h10m", seconds(7_800)),
            ("1h0m1s", seconds(3_601)),
            ("none", Some(None)),
            ("", None),
            ("0s", None),
            ("90", None),
            ("m", None),
            ("10m2h", None),
            ("1h1h", None),
            ("-5m", None),
            ("1.5h", None),
            ("5 m", None),
            ("5M", None),
            ("200h", None),
            ("99999999999999999999h", None),
        ] {
            assert_eq!(read_time_limit(text), expected, "{text}");
        }
    }

    #[test]
    fn a_clock_that_was_set_is_told_from_sleep() {
        // Readings: wall clock, steady clock, whether the page can be seen; and what was noticed.
        type Look = (i64, i64, bool, Option<i64>);
        let tables: &[&[Look]] = &[
            // Time goes by.
            &[(0, 0, true, None), (1_000, 1_000, true, None)],
            // Set forward and back while in sight.
            &[
                (0, 0, true, None),
                (3_601_000, 1_000, true, Some(3_600_000)),
                (3_602_000, 2_000, true, None),
                (3_000, 3_000, true, Some(-3_600_000)),
            ],
            // Out of sight the computer slept for an hour.
            &[
                (0, 0, true, None),
                (1_000, 1_000, false, None),
                (3_602_000, 2_000, true, None),
                (3_603_000, 3_000, true, None),
            ],
            // Set just before it went out of sight.
            &[(0, 0, true, None), (61_000, 1_000, false, Some(60_000))],
            // Set back out of sight.
            &[
                (90_000, 0, false, None),
                (31_000, 1_000, true, Some(-60_000)),
            ],
            // Small steps add up.
            &[
                (0, 0, true, None),
                (1_300, 1_000, true, None),
                (2_600, 2_000, true, Some(600)),
                (3_600, 3_000, true, None),
            ],
            &[
                (i64::MIN, i64::MAX, true, None),
                (i64::MAX, i64::MIN, true, Some(i64::MAX)),
            ],
        ];
        for table in tables {
            let mut watch = ClockWatch::default();
            for (wall, steady, is_visible, expected) in *table {
                let reading = Reading {
                    wall: Timestamp(*wall),
                    steady: *steady,
                    is_visible: *is_visible,
                };
                assert_eq!(watch.look(reading), *expected, "{reading:?} in {table:?}");
            }
        }
    }

    #[test]
    fn moments_never_overflow() {
        let end = Timestamp(i64::MAX);
        assert_eq!(end.plus(Duration::MAX), end);
        assert_eq!(Timestamp(5).since(Timestamp(9)), Duration::ZERO);
        assert_eq!(Timestamp(9).since(Timestamp(5)), Duration::from_millis(4));
        assert_eq!(Timestamp(i64::MIN).since(end), Duration::ZERO);
    }
}
