//! What the stores need from outside: localStorage and the journal. What a seat needs of its page stands with the seat.

use core::future::Future;
use core::pin::Pin;
use std::rc::Rc;

use super::term::{Changes, Order, Put};
use crate::engine::clock::Timestamp;

/// What comes later.
pub type Soon<T> = Pin<Box<dyn Future<Output = T>>>;

/// localStorage. What it gives may be old: a page that was stopped learns late what others wrote.
pub trait Shelf {
    /// The text under a key.
    fn get(&self, key: &str) -> Option<String>;
    /// Puts a text under a key; gives whether there was room.
    fn set(&self, key: &str, text: &str) -> bool;
    /// Takes a key out.
    fn remove(&self, key: &str);
    /// All keys with a beginning.
    fn keys(&self, beginning: &str) -> Vec<String>;
}

/// What an order came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ended {
    /// What became of it.
    pub put: Put,
    /// Whether nothing was sent after it, so that all has arrived.
    pub is_last: bool,
    /// What is in the journal now, if the order asked for it.
    pub text: Option<String>,
}

/// Is told what an order came to.
pub type OnEnd = Box<dyn FnOnce(Ended)>;

/// The journal. Orders are transactions, kept one after the other in the order in which they were given.
pub trait Ledger {
    /// Carries an order out.
    fn order(self: Rc<Self>, order: Order, on_end: OnEnd);
    /// Puts a text under a key, for which nobody waits.
    fn note(&self, key: &str, text: &str);
    /// All keys with a beginning, and their texts; `None` if they cannot be read.
    fn entries(self: Rc<Self>, beginning: String) -> Soon<Option<Vec<(String, String)>>>;
    /// Waits until all that was ordered has arrived.
    fn settled(self: Rc<Self>) -> Soon<()>;
    /// Makes changes, all or none, whatever is there: begun at once. Gives whether they are on disk, and not late.
    fn alter(self: Rc<Self>, changes: Changes) -> Soon<bool>;
    /// Takes out everything but notes, and notes that it is gone, and so is what `others` gives just then: all at once, as
    /// [`super::gone::erasing`] says. Gives the keys of `others`; `None` if it was not done.
    fn erase(self: Rc<Self>, now: Timestamp, others: Others) -> Soon<Option<Vec<String>>>;
}

/// Gives keys and texts as they are when it is asked.
pub type Others = Box<dyn Fn() -> Vec<(String, String)>>;

/// This moment, by the reader's clock.
pub type Now = fn() -> Timestamp;

/// Does something when it is dropped.
///
/// No `FnOnce` in an `Option`: code that takes one out is merged with code of the main module, which then has what it is about.
pub struct OnDrop(Box<dyn Fn()>);

impl OnDrop {
    /// What is to be done then.
    pub fn new(act: impl Fn() + 'static) -> Self {
        Self(Box::new(act))
    }
}

impl Drop for OnDrop {
    fn drop(&mut self) {
        (self.0)();
    }
}

/// That this page is the one that writes a sitting. Dropping it lets go.
pub type Hold = OnDrop;
/// A request that waits its turn. Dropping it takes it back.
pub type Asking = OnDrop;
/// A timer. Dropping it cancels it.
pub type Timer = OnDrop;
