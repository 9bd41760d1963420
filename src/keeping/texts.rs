//! Keys and their texts, found without looking at each of them.
//!
//! `BTreeMap` does the same, and would be a fifth of all the code that keeps answers.

/// Keys and their texts, by the order of the keys. What comes in this order, as from the journal, is added at once; else
/// what is behind it is moved.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Texts(Vec<(String, String)>);

impl Texts {
    /// Without any.
    pub const fn new() -> Self {
        Self(Vec::new())
    }

    /// Those of a list; the last of equal keys counts.
    pub fn of(entries: Vec<(String, String)>) -> Self {
        let mut texts = Self(Vec::with_capacity(entries.len()));
        for (key, text) in entries {
            texts.insert(key, text);
        }
        texts
    }

    /// The number of a key; otherwise where it would be.
    fn find(&self, key: &str) -> Result<usize, usize> {
        if self.0.last().is_none_or(|(last, _)| last.as_str() < key) {
            return Err(self.0.len());
        }
        self.0.binary_search_by(|(own, _)| own.as_str().cmp(key))
    }

    /// The text of a key.
    pub fn get(&self, key: &str) -> Option<&String> {
        let found = self.find(key).ok()?;
        self.0.get(found).map(|(_, text)| text)
    }

    /// Whether a key is there.
    pub fn has(&self, key: &str) -> bool {
        self.find(key).is_ok()
    }

    /// Whether there are none.
    pub const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Puts a text under a key; gives the one that was there.
    pub fn insert(&mut self, key: String, text: String) -> Option<String> {
        match self.find(&key) {
            Ok(found) => {
                let own = self.0.get_mut(found)?;
                Some(core::mem::replace(&mut own.1, text))
            }
            Err(place) => {
                self.0.insert(place, (key, text));
                None
            }
        }
    }

    /// Takes a key out.
    pub fn remove(&mut self, key: &str) {
        if let Ok(found) = self.find(key) {
            self.0.remove(found);
        }
    }

    /// Takes out all keys but some.
    pub fn keep(&mut self, is_kept: impl Fn(&str) -> bool) {
        self.0.retain(|(key, _)| is_kept(key));
    }

    /// All, in the order of the keys.
    pub fn all(&self) -> &[(String, String)] {
        &self.0
    }

    /// The same, as a list of its own.
    pub fn into_list(self) -> Vec<(String, String)> {
        self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_found_in_whatever_order_they_came() {
        let list = |keys: &[&str]| -> Vec<(String, String)> {
            let texts = keys.iter().enumerate();
            let texts = texts.map(|(number, key)| ((*key).to_owned(), number.to_string()));
            texts.collect()
        };
        for keys in [
            &[][..],
            &["a"],
            &["a", "b", "c", "d"],
            &["d", "c", "b", "a"],
            &["b", "あ", "", "a", "c"],
            &["b", "a", "b", "a", "c"],
        ] {
            let mut texts = Texts::of(list(keys));
            let expected: std::collections::BTreeMap<_, _> = list(keys).into_iter().collect();
            let expected: Vec<_> = expected.into_iter().collect();
            assert_eq!(texts.all(), expected, "{keys:?}");
            assert_eq!(texts.is_empty(), keys.is_empty());
            assert!(!texts.has("bb") && texts.get("aa").is_none());
            for (key, text) in expected {
                assert_eq!(texts.get(&key), Some(&text));
                assert_eq!(texts.insert(key.clone(), String::from("new")), Some(text));
                texts.remove(&key);
                assert!(!texts.has(&key));
                texts.remove(&key);
            }
            assert_eq!(texts.into_list(), []);
        }
        let mut texts = Texts::of(list(&["a", "b", "c"]));
        texts.keep(|key| key != "b");
        assert_eq!(texts.all().len(), 2);
    }
}
