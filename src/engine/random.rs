//! Random order from a seed: the same seed gives the same paper in every version, on every machine.
//!
//! A random-number crate promises good numbers, not the same ones for ever, and a paper must be reproducible from its seed
//! years later. So the two small public-domain algorithms stand here, with their values frozen by a test.

/// FNV-1a, 64 bits: a fingerprint of bytes. Not for secrets.
///
/// Rule: <http://www.isthe.com/chongo/tech/comp/fnv/>.
pub fn hash(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01b3)
    })
}

/// `SplitMix64`: a stream of numbers from a seed. Rule: Steele, Lea and Flood, OOPSLA 2014.
#[derive(Clone, Debug)]
pub struct Random {
    state: u64,
}

impl Random {
    /// The stream of a seed text for one purpose, such as `questions` or a question's id, so that one purpose drawing more
    /// numbers changes nothing for the others.
    pub fn new(seed: &str, purpose: &str) -> Self {
        let mut state = hash(seed.as_bytes());
        state = state.rotate_left(32) ^ hash(purpose.as_bytes());
        Self { state }
    }

    fn next(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.state;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number below `bound`, each as likely as the others: draws that would favour small numbers are thrown away.
    pub fn below(&mut self, bound: u32) -> u32 {
        if bound < 2 {
            return 0;
        }
        let bound = u64::from(bound);
        let fair = u64::MAX - u64::MAX % bound;
        loop {
            let number = self.next();
            if number < fair {
                return u32::try_from(number % bound).unwrap_or(0);
            }
        }
    }

    /// Puts a list in random order (Fisher and Yates).
    pub fn shuffle<T>(&mut self, list: &mut [T]) {
        for last in (1..list.len()).rev() {
            let bound = u32::try_from(last + 1).unwrap_or(u32::MAX);
            list.swap(last, self.below(bound) as usize);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_frozen() {
        // A published test value of each algorithm.
        assert_eq!(hash(b"a"), 0xaf63_dc4c_8601_ec8c);
        assert_eq!(
            Random { state: 1_234_567 }.next(),
            6_457_827_717_110_365_317
        );
        // Ours: computed once by another program; never to change.
        let mut random = Random::new("mondai", "questions");
        let mut list: Vec<u8> = (0..10).collect();
        random.shuffle(&mut list);
        assert_eq!(hash(b"mondai"), 0x0196_ab86_7712_4249);
        assert_eq!(list, FROZEN);
    }

    const FROZEN: [u8; 10] = [6, 0, 9, 8, 4, 2, 1, 5, 3, 7];

    #[test]
    fn every_order_is_as_likely() {
        let mut counts = std::collections::BTreeMap::new();
        for seed in 0..6_000 {
            let mut list = [0, 1, 2];
            Random::new(&seed.to_string(), "test").shuffle(&mut list);
            *counts.entry(list).or_insert(0_i32) += 1;
        }
        assert_eq!(counts.len(), 6);
        for (order, count) in counts {
            assert!(
                (count - 1_000).abs() < 150,
                "{order:?} came {count} times of 6,000"
            );
        }
    }
}
