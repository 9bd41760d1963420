//! How often a sitting may be written to the browser's slow store, so that typing does not wear it out. Knows no store.
//!
//! Two buckets fill with time and are emptied by writing, one of writes and one of bytes. Each holds half of what may be
//! spent in its period and fills with the other half, so that no period sees more than the whole.

use super::clock::Timestamp;

/// At most this many writes a minute.
pub const WRITES_A_MINUTE: i64 = 60;
/// At most this many bytes an hour: 8 MiB.
pub const BYTES_AN_HOUR: i64 = 8 * 1024 * 1024;

/// A bucket of something that may be spent. It counts in thousandths of a unit, so that it can fill by the millisecond.
#[derive(Clone, Copy, Debug)]
struct Bucket {
    /// What a full one holds.
    size: i64,
    /// In how many milliseconds an empty one is full.
    period: i64,
    level: i64,
}

impl Bucket {
    const fn new(in_a_period: i64, period: i64) -> Self {
        let size = in_a_period / 2 * 1_000;
        Self {
            size,
            period,
            level: size,
        }
    }

    fn fill(&mut self, milliseconds: i64) {
        let added = self.size / self.period * milliseconds.min(self.period)
            + self.size % self.period * milliseconds.min(self.period) / self.period;
        self.level = self.level.saturating_add(added).min(self.size);
    }
}

/// Says when the next write may be.
#[derive(Clone, Copy, Debug)]
pub struct Pace {
    writes: Bucket,
    bytes: Bucket,
    last: Option<Timestamp>,
}

impl Default for Pace {
    fn default() -> Self {
        Self {
            writes: Bucket::new(WRITES_A_MINUTE, 60_000),
            bytes: Bucket::new(BYTES_AN_HOUR, 3_600_000),
            last: None,
        }
    }
}

impl Pace {
    /// Whether this many bytes may be written now; if so, they are.
    pub fn take(&mut self, bytes: usize, now: Timestamp) -> bool {
        let bytes = i64::try_from(bytes).unwrap_or(i64::MAX / 2_000) * 1_000;
        let last = self.last.unwrap_or(now);
        // A clock that was set back fills nothing, and does not stop it for good.
        let passed = now.0.saturating_sub(last.0).max(0);
        self.last = Some(now);
        self.writes.fill(passed);
        self.bytes.fill(passed);
        let may = self.writes.level >= 1_000 && self.bytes.level >= bytes.min(self.bytes.size);
        if may {
            self.writes.level -= 1_000;
            self.bytes.level -= bytes;
        }
        may
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::random::Random;

    /// Asks at random moments; gives the moments and bytes of what was written.
    fn written(seed: &str, most_wait: u32, most_bytes: u32) -> Vec<(i64, i64)> {
        let mut chance = Random::new(seed, "pace");
        let (mut pace, mut now, mut written) = (Pace::default(), 0, Vec::new());
        for _ in 0..20_000 {
            now += i64::from(chance.below(most_wait));
            let bytes = chance.below(most_bytes);
            if pace.take(bytes as usize, Timestamp(now)) {
                written.push((now, i64::from(bytes)));
            }
        }
        written
    }

    #[test]
    fn no_minute_and_no_hour_sees_more_than_is_allowed() {
        for (seed, most_wait, most_bytes) in [
            ("a", 20, 100),
            ("b", 1_000, 16_384),
            ("c", 3_000, 65_536),
            ("d", 200, 16_384),
        ] {
            let written = written(seed, most_wait, most_bytes);
            assert!(!written.is_empty());
            for (index, (begin, _)) in written.iter().enumerate() {
                let within = |period: i64| {
                    let rest = &written[index..];
                    rest.iter().take_while(move |(at, _)| at - begin < period)
                };
                assert!(within(60_000).count() <= 60, "{seed} at {begin}");
                let bytes: i64 = within(3_600_000).map(|(_, bytes)| bytes).sum();
                assert!(bytes <= BYTES_AN_HOUR, "{seed} at {begin}: {bytes}");
            }
        }
    }

    #[test]
    fn a_reader_who_answers_is_never_held_up() {
        let mut pace = Pace::default();
        for number in 0..1_000 {
            assert!(pace.take(8_000, Timestamp(number * 4_000)), "{number}");
        }
    }

    #[test]
    fn after_a_rest_it_goes_on_and_a_clock_set_back_stops_nothing() {
        let mut pace = Pace::default();
        let mut count = 0;
        while pace.take(10, Timestamp(90_000_000)) {
            count += 1;
        }
        assert_eq!(count, 30);
        assert!(!pace.take(10, Timestamp(0)));
        assert!(pace.take(10, Timestamp(2_000)));
    }
}
