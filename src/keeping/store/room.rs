//! How much room the records of a set take, and making more of it.

use super::Store;
use crate::keeping::term::Order;
use crate::keeping::texts::Texts;

/// What the records of one set may take, in bytes, before the reader is asked to make room.
const ROOM: usize = 256 * 1024;
/// What they take at most after that.
const ENOUGH: usize = ROOM * 3 / 4;

impl Store {
    /// How many kilobytes the records of this set take, if that is too much.
    pub fn too_much(&self) -> Option<usize> {
        let size = self.size();
        (size > ROOM).then_some(size / 1024)
    }

    fn size(&self) -> usize {
        let entries = self.entries();
        entries
            .iter()
            .map(|(key, text)| key.len() + text.len())
            .sum()
    }

    /// Shortens the oldest results; if that is not enough, deletes the oldest. Not if all results together would not be
    /// enough: what was set aside is not for us to delete.
    pub fn make_room(&self) {
        for shortens in [true, false] {
            let mut attempts = self.attempts();
            attempts.retain(|attempt| attempt.finished.is_some() && !attempt.is_newer);
            let weight = |key: &str| self.get(key).map_or(0, |text| text.len());
            let keys = attempts.iter().map(|attempt| self.key_of(&attempt.id));
            let results: usize = keys.map(|key| weight(&key)).sum();
            let mut size = self.size();
            if size.saturating_sub(results) > ENOUGH {
                return;
            }
            // Counted on, not measured anew: that would read everything for each of them.
            while size > ENOUGH
                && let Some((oldest, _)) = attempts
                    .iter()
                    .enumerate()
                    .min_by_key(|(_, attempt)| attempt.place())
            {
                let mut attempt = attempts.swap_remove(oldest);
                if shortens {
                    attempt.shorten();
                    attempt.revision += 1;
                    let (key, text) = (self.key_of(&attempt.id), attempt.to_stored());
                    size = (size + text.len()).saturating_sub(weight(&key));
                    self.put(&key, &text);
                    self.send(Order::Better { key, text });
                } else {
                    let gone = self.keys_of(&attempt.id, &Texts::new());
                    let freed: usize = gone.iter().map(|key| key.len() + weight(key)).sum();
                    size = size.saturating_sub(freed);
                    self.forget(&attempt.id);
                }
            }
        }
    }
}
