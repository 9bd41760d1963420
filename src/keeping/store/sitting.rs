//! That this page has a sitting, or has it no more: by terms of the journal.

use super::Store;
use crate::keeping::names::fence;
use crate::keeping::term::Put;
use crate::keeping::term::{Order, term_of};

/// What came of taking a sitting.
#[derive(Debug)]
pub struct Taken {
    key: String,
    /// The record that goes on; `None` if the attempt was deleted.
    text: Option<String>,
    is_in_journal: bool,
}

impl Taken {
    /// Whether it is about an attempt with this key.
    pub fn is_of(&self, key: &str) -> bool {
        self.key == key
    }

    /// Whether there is anything to go on from.
    pub const fn is_there(&self) -> bool {
        self.text.is_some()
    }
}

impl Store {
    /// Takes a sitting, so that nothing counts any more that another page writes of it.
    pub fn take(&self, key: &str, on_end: impl FnOnce(Taken) + 'static) {
        let key = key.to_owned();
        let text = self.get(&key);
        let order = Order::Take {
            key: key.clone(),
            text: text.clone(),
        };
        // A term that is not the journal's must not go over one that is.
        let without = match self.journal {
            Some(_) => text,
            None => order.decide(&[]).text,
        };
        self.order(
            order,
            Box::new(move |ended| {
                let is_in_journal = ended.put != Put::Refused;
                let text = if is_in_journal { ended.text } else { without };
                on_end(Taken {
                    key,
                    text,
                    is_in_journal,
                });
            }),
        );
    }

    /// This page goes on from what it took.
    pub fn go_on(&self, taken: Taken) {
        self.is_doubted.set(false);
        let Taken {
            key,
            text,
            is_in_journal,
        } = taken;
        self.give_up(&key);
        let Some(text) = text else {
            self.take_out(&key);
            return;
        };
        if let Some(term) = term_of(&text).filter(|_| is_in_journal) {
            self.taken.replace((key.clone(), term));
        }
        self.put(&key, &text);
        self.wrote(key, text);
    }

    /// Whether it is in doubt that this page still has the sitting.
    pub fn doubt(&self, is_doubted: bool) {
        self.is_doubted.set(is_doubted);
    }

    /// Whether localStorage knows that another page took a sitting from this one.
    pub fn is_taken_away(&self, key: &str) -> bool {
        let (own, term) = &*self.taken.borrow();
        let there = self.stored(key).as_deref().and_then(term_of);
        own == key && there > Some(*term)
    }

    /// Asks the journal whether this page still has a sitting.
    pub fn confirm(&self, key: &str, on_end: impl FnOnce(bool) + 'static) {
        let (own, term) = self.taken.borrow().clone();
        let found = self.stored(key).as_deref().and_then(term_of);
        let order = fence(key, term)
            .filter(|_| own == key)
            .map(|fence| Order::Look {
                key: key.to_owned(),
                fence,
            });
        let Some(order) = order else {
            // Never taken in the journal: what localStorage says is all there is, and each write is compared.
            let own = term_of(&self.written.borrow().1);
            on_end(found <= own);
            return;
        };
        self.order(
            order,
            Box::new(move |ended| {
                let is_here = match ended.put {
                    Put::Arrived => ended.text.as_deref().and_then(term_of) <= Some(term),
                    Put::Outdated | Put::Gone => false,
                    Put::Refused => found <= Some(term),
                };
                on_end(is_here);
            }),
        );
    }
}
