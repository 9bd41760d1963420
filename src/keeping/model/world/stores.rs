//! The stores of the browser, as one page has them.

use std::rc::Rc;

use super::{Answer, Job, Slot, Work, World};
use crate::engine::clock::Timestamp;
use crate::keeping::ports::{Ended, Ledger, OnEnd, Others, Shelf, Soon};
use crate::keeping::term::Put;
use crate::keeping::term::{Changes, Order};

/// localStorage as one page has it.
pub struct Seen {
    pub world: Rc<World>,
    pub page: usize,
}

impl Shelf for Seen {
    fn get(&self, key: &str) -> Option<String> {
        self.world.call(self.page);
        self.world.page(self.page).seen.borrow().get(key).cloned()
    }

    fn set(&self, key: &str, text: &str) -> bool {
        self.world.call(self.page);
        let page = self.world.page(self.page);
        if page.is_alive.get() {
            page.seen
                .borrow_mut()
                .insert(key.to_owned(), text.to_owned());
            self.world.changed(self.page, key, Some(text));
        }
        true
    }

    fn remove(&self, key: &str) {
        let page = self.world.page(self.page);
        if page.is_alive.get() && page.seen.borrow_mut().remove(key).is_some() {
            self.world.changed(self.page, key, None);
        }
    }

    fn keys(&self, beginning: &str) -> Vec<String> {
        let page = self.world.page(self.page);
        let seen = page.seen.borrow();
        seen.keys()
            .filter(|key| key.starts_with(beginning))
            .cloned()
            .collect()
    }
}

/// The journal as one page has it.
pub struct Orders {
    pub world: Rc<World>,
    pub page: usize,
}

impl Orders {
    fn send(&self, work: Work) {
        if self.world.page(self.page).is_alive.get() {
            let page = self.page;
            self.world.jobs.borrow_mut().push_back(Job { page, work });
        }
    }
}

impl Ledger for Orders {
    fn order(self: Rc<Self>, order: Order, on_end: OnEnd) {
        self.world.call(self.page);
        let page = self.world.page(self.page);
        page.sent.set(page.sent.get() + 1);
        self.send(Work::Order(order, on_end, page.sent.get()));
    }

    fn note(&self, _: &str, _: &str) {}

    fn entries(self: Rc<Self>, beginning: String) -> Soon<Option<Vec<(String, String)>>> {
        let slot: Slot<Option<Vec<(String, String)>>> = Rc::default();
        self.send(Work::Read(beginning, Rc::clone(&slot)));
        Box::pin(Answer(slot))
    }

    fn settled(self: Rc<Self>) -> Soon<()> {
        let slot: Slot<Option<Vec<(String, String)>>> = Rc::default();
        self.send(Work::Read(String::from("nothing"), Rc::clone(&slot)));
        Box::pin(async move { drop(Answer(slot).await) })
    }

    fn alter(self: Rc<Self>, changes: Changes) -> Soon<bool> {
        let slot: Slot<bool> = Rc::default();
        let filled = Rc::clone(&slot);
        let given = Changes::new();
        let on_end = move |ended: Ended| {
            filled.replace(Some(ended.put == Put::Arrived));
        };
        self.order(Order::Alter { given, changes }, Box::new(on_end));
        Box::pin(Answer(slot))
    }

    fn erase(self: Rc<Self>, now: Timestamp, others: Others) -> Soon<Option<Vec<String>>> {
        let slot: Slot<Option<Vec<String>>> = Rc::default();
        self.send(Work::Erase(now, others, Rc::clone(&slot)));
        Box::pin(Answer(slot))
    }
}
