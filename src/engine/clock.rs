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

    /// The time from `earlier` until this moment; zero if that is later.
    pub fn since(self, earlier: Self) -> Duration {
        let milliseconds = self.0.saturating_sub(earlier.0);
        Duration::from_millis(u64::try_from(milliseconds).unwrap_or(0))
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
    fn moments_never_overflow() {
        let end = Timestamp(i64::MAX);
        assert_eq!(end.plus(Duration::MAX), end);
        assert_eq!(Timestamp(5).since(Timestamp(9)), Duration::ZERO);
        assert_eq!(Timestamp(9).since(Timestamp(5)), Duration::from_millis(4));
        assert_eq!(Timestamp(i64::MIN).since(end), Duration::ZERO);
    }
}
