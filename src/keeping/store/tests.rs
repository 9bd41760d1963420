//! How often the stores are asked, whatever they have. Counted, not timed: what is counted here costs a page some microseconds
//! each, and a transaction some hundred.

mod incoming;

use core::cell::{Cell, RefCell};
use core::task::{Context, Poll, Waker};
use std::collections::BTreeMap;
use std::rc::Rc;

use super::Store;
use crate::engine::attempt::{Attempt, Finish};
use crate::engine::clock::Timestamp;
use crate::engine::gone::{Note, note_of};
use crate::keeping::gone::erasing;
use crate::keeping::ports::{Ended, Ledger, OnEnd, Others, Shelf, Soon};
use crate::keeping::term::{Changes, Order};

/// localStorage and the journal of one browser, and how often each was asked. What is asked of the journal is answered at once.
#[derive(Default)]
struct Browser {
    texts: RefCell<BTreeMap<String, String>>,
    journal: RefCell<BTreeMap<String, String>>,
    /// How many UTF-16 units localStorage takes; 0 for as many as there are.
    quota: usize,
    calls: Cell<usize>,
    orders: Cell<usize>,
}

impl Browser {
    fn call(&self) {
        self.calls.set(self.calls.get() + 1);
    }

    fn units(&self) -> usize {
        let units = |text: &String| text.encode_utf16().count();
        let texts = self.texts.borrow();
        texts
            .iter()
            .map(|(key, text)| units(key) + units(text))
            .sum()
    }
}

impl Shelf for Browser {
    fn get(&self, key: &str) -> Option<String> {
        self.call();
        self.texts.borrow().get(key).cloned()
    }

    fn set(&self, key: &str, text: &str) -> bool {
        self.call();
        let before = self
            .texts
            .borrow_mut()
            .insert(key.to_owned(), text.to_owned());
        let is_done = self.quota == 0 || self.units() <= self.quota;
        if !is_done {
            let mut texts = self.texts.borrow_mut();
            match before {
                Some(before) => drop(texts.insert(key.to_owned(), before)),
                None => drop(texts.remove(key)),
            }
        }
        is_done
    }

    fn remove(&self, key: &str) {
        self.call();
        self.texts.borrow_mut().remove(key);
    }

    fn keys(&self, beginning: &str) -> Vec<String> {
        let texts = self.texts.borrow();
        // Each of them is looked at.
        self.calls.set(self.calls.get() + texts.len());
        let ours = texts.keys().filter(|key| key.starts_with(beginning));
        ours.cloned().collect()
    }
}

impl Ledger for Browser {
    fn order(self: Rc<Self>, order: Order, on_end: OnEnd) {
        self.orders.set(self.orders.get() + 1);
        let mut journal = self.journal.borrow_mut();
        let keys = order.looks_at();
        let found: Vec<_> = keys.iter().map(|key| journal.get(key).cloned()).collect();
        let decision = order.decide(&found);
        for (key, text) in &decision.writes {
            match text {
                Some(text) => drop(journal.insert(key.clone(), text.clone())),
                None => drop(journal.remove(key)),
            }
        }
        drop(journal);
        let (put, text) = (decision.put(), decision.text);
        let is_last = true;
        on_end(Ended { put, is_last, text });
    }

    fn note(&self, _: &str, _: &str) {}

    fn entries(self: Rc<Self>, beginning: String) -> Soon<Option<Vec<(String, String)>>> {
        let journal = self.journal.borrow().clone().into_iter();
        let all = journal.filter(|(key, _)| key.starts_with(&beginning));
        let all = all.collect();
        Box::pin(async { Some(all) })
    }

    fn settled(self: Rc<Self>) -> Soon<()> {
        Box::pin(async {})
    }

    fn alter(self: Rc<Self>, changes: Changes) -> Soon<bool> {
        let given = Changes::new();
        self.order(Order::Alter { given, changes }, Box::new(|_| {}));
        Box::pin(async { true })
    }

    fn erase(self: Rc<Self>, now: Timestamp, others: Others) -> Soon<Option<Vec<String>>> {
        let own: Vec<_> = self.journal.borrow().clone().into_iter().collect();
        let others = others();
        let changes = erasing(&own, &others, now);
        let gone = others.into_iter().map(|(key, _)| key).collect();
        drop(self.alter(changes));
        Box::pin(async { Some(gone) })
    }
}

fn now() -> Timestamp {
    Timestamp(1_000_000)
}

/// A store over a browser. Nothing has to wait there.
fn store(browser: &Rc<Browser>) -> Store {
    let shelf: Rc<dyn Shelf> = Rc::clone(browser) as Rc<dyn Shelf>;
    let journal: Rc<dyn Ledger> = Rc::clone(browser) as Rc<dyn Ledger>;
    Store::new("s", Some(shelf), Some(journal), now)
}

fn ended<T>(future: impl Future<Output = T>) -> T {
    let mut future = Box::pin(future);
    match future
        .as_mut()
        .poll(&mut Context::from_waker(Waker::noop()))
    {
        Poll::Ready(value) => value,
        Poll::Pending => panic!("it waits"),
    }
}

fn record(number: usize) -> String {
    let moment = i64::try_from(number).unwrap();
    let attempt = Attempt {
        id: format!("a{number}"),
        set: String::from("s"),
        revision: 2,
        changed: Timestamp(moment),
        finished: Some(Finish {
            at: Timestamp(moment),
            is_timed_out: false,
        }),
        ..Attempt::default()
    };
    attempt.to_stored()
}

/// The key of a number, and its text.
type Made = fn(usize) -> (String, String);

/// What there is 20,000 times.
const MANY: usize = 20_000;

#[test]
fn opening_asks_no_more_however_much_is_stored() {
    let attempt: Made = |number| (format!("mondai:1:s:attempt:a{number}"), record(number));
    let damaged: Made = |number| (format!("mondai:1:s:attempt:a{number}"), String::from("?"));
    let aside: Made = |number| (format!("mondai:1:s:unreadable:a{number}"), record(number));
    let mark: Made = |number| (format!("mondai:1:s:gone:a{number}"), String::from("5"));
    let fence: Made = |number| (format!("mondai:1:s:fence:a{number}:1"), String::new());
    let gone: Made = |number| {
        let note = note_of(&format!("mondai:1:s:attempt:a{number}"));
        (note, Note::Gone(Timestamp(5)).to_stored())
    };
    let foreign: Made = |number| (format!("theirs {number}"), String::from("?"));
    let nothing: Vec<Made> = Vec::new();
    for (what, here, there) in [
        ("records here alone", vec![attempt], nothing.clone()),
        ("records there alone", nothing.clone(), vec![attempt]),
        ("the same in both", vec![attempt], vec![attempt]),
        ("damaged here", vec![damaged], nothing.clone()),
        ("damaged there", nothing.clone(), vec![damaged]),
        ("damaged here, sound there", vec![damaged], vec![attempt]),
        ("set aside, and sound", vec![aside], nothing.clone()),
        ("marks", vec![mark], nothing.clone()),
        ("fences", nothing.clone(), vec![fence]),
        ("notes", vec![foreign], vec![gone]),
        ("others' keys", vec![foreign], nothing.clone()),
    ] {
        let made = |kinds: &[Made]| -> BTreeMap<String, String> {
            let all = kinds.iter().flat_map(|kind| (0..MANY).map(kind));
            all.collect()
        };
        let browser = Rc::new(Browser {
            texts: RefCell::new(made(&here)),
            journal: RefCell::new(made(&there)),
            ..Browser::default()
        });
        let store = store(&browser);
        ended(store.recover());
        store.attempts();
        let (calls, orders) = (browser.calls.get(), browser.orders.get());
        // The keys are looked at some times, and each of 20,000 is asked for once; all else is for 2,000 of them at most.
        assert!(calls <= 10 * MANY, "{what}: {calls} calls");
        assert!(orders <= 210, "{what}: {orders} orders");
    }
}

#[test]
fn of_many_records_some_are_left_alone_but_not_the_one_that_runs() {
    let browser = Rc::new(Browser::default());
    let key = |number: usize| format!("mondai:1:s:attempt:a{number}");
    for number in 0..3_000 {
        (browser.texts.borrow_mut()).insert(key(number), record(number));
    }
    let last = browser.texts.borrow().keys().last().cloned();
    assert_eq!(last, Some(key(999)), "it is not among the first");
    let alive = String::from("a999 2 7");
    (browser.journal.borrow_mut()).insert(String::from("mondai:1:s:alive"), alive);
    let before = browser.texts.borrow().clone();
    let store = store(&browser);
    assert!(!store.is_beyond());
    ended(store.recover());
    let attempts = store.attempts();
    assert!(store.is_beyond());
    assert_eq!(attempts.len(), 1_999);
    assert!(
        store.entries().len() <= 2_000,
        "what is exported can be imported"
    );
    assert!(attempts.iter().any(|attempt| attempt.id == "a999"));
    assert_eq!(*browser.texts.borrow(), before, "nothing is changed");
}

#[test]
fn deleting_many_reads_only_what_is_deleted() {
    let browser = Rc::new(Browser::default());
    for number in 0..2_000 {
        let key = format!("mondai:1:s:attempt:a{number}");
        browser.texts.borrow_mut().insert(key, record(number));
    }
    let store = store(&browser);
    let all: Vec<String> = (0..1_000).map(|number| format!("a{number}")).collect();
    assert!(ended(store.note_all(&all)));
    for attempt in &all {
        store.forget(attempt);
    }
    assert!(
        browser.calls.get() <= 50 * 1_000,
        "{} calls",
        browser.calls.get()
    );
    assert_eq!(store.attempts().len(), 1_000);
}

#[test]
fn making_room_reads_each_record_a_few_times() {
    let browser = Rc::new(Browser::default());
    for number in 0..1_500 {
        let key = format!("mondai:1:s:attempt:a{number}");
        browser.texts.borrow_mut().insert(key, record(number));
    }
    let store = store(&browser);
    assert!(store.too_much().is_some());
    store.make_room();
    assert!(
        browser.calls.get() <= 50 * 1_500,
        "{} calls",
        browser.calls.get()
    );
    assert_eq!(store.too_much(), None);
    let units: usize = browser.units();
    assert!(
        (150 * 1_024..=200 * 1_024).contains(&units),
        "{units}: no more than has to go"
    );
    let newest = store
        .attempts()
        .into_iter()
        .any(|attempt| attempt.id == "a1499");
    assert!(newest, "the oldest go first");
}

#[test]
fn of_one_attempt_only_so_many_texts_are_set_aside_and_the_next_stays_where_it_is() {
    let browser = Rc::new(Browser::default());
    let key = String::from("mondai:1:s:attempt:a");
    let store = store(&browser);
    for number in 0..20 {
        (browser.texts.borrow_mut()).insert(key.clone(), format!("damaged {number}"));
        assert_eq!(store.attempts(), []);
        let is_there = browser.texts.borrow().contains_key(&key);
        assert_eq!(is_there, number >= 9, "{number}");
    }
    assert_eq!(store.set_aside_count(), 9);
    assert_eq!(browser.texts.borrow()[&key], "damaged 19");
}
