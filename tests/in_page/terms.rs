//! What a page writes that lost the sitting, in the browser's own transactions; and what tests of the stores do with a journal.

use std::rc::Rc;

use mondai::engine::attempt::{Attempt, Finish};
use mondai::engine::clock::Timestamp;
use mondai::keeping::ports::{Ended, Ledger};
use mondai::keeping::store::{Saved, Store, Taken};
use mondai::keeping::term::Order;
use mondai::keeping::term::Put;
use mondai::shell::journal::Journal;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::stores::{attempt, local_storage};

/// Short words for what tests do with a journal.
pub trait Writes {
    /// Puts a text under a key, or takes the key out, whatever is there.
    fn put(&self, key: &str, text: Option<&str>);
    /// All keys with a beginning, and their texts.
    async fn all(&self, beginning: &str) -> Vec<(String, String)>;
    /// Waits until everything has arrived.
    async fn rest(&self);
    /// Carries an order out, and gives what it came to.
    async fn done(&self, order: Order) -> Ended;
}

impl Writes for Rc<Journal> {
    fn put(&self, key: &str, text: Option<&str>) {
        let (key, text) = (key.to_owned(), text.map(str::to_owned));
        let order = Order::Set { key, text };
        Rc::clone(self).order(order, Box::new(|_| {}));
    }

    async fn all(&self, beginning: &str) -> Vec<(String, String)> {
        let entries = Rc::clone(self).entries(beginning.to_owned());
        entries.await.unwrap()
    }

    async fn rest(&self) {
        Rc::clone(self).settled().await;
    }

    async fn done(&self, order: Order) -> Ended {
        let journal = Rc::clone(self);
        ended(move |tell| journal.order(order, Box::new(tell))).await
    }
}

/// What something that is begun tells when it has ended.
pub async fn ended<T: 'static>(begin: impl FnOnce(Box<dyn FnOnce(T)>)) -> T {
    let told: Rc<std::cell::RefCell<Option<T>>> = Rc::default();
    let mut begin = Some(begin);
    let ended = js_sys::Promise::new(&mut |resolve, _| {
        let told = Rc::clone(&told);
        let tell = Box::new(move |what| {
            told.replace(Some(what));
            resolve.call0(&JsValue::UNDEFINED).unwrap();
        });
        begin.take().unwrap()(tell);
    });
    JsFuture::from(ended).await.unwrap();
    told.take().unwrap()
}

/// Without what keeps terms out.
pub fn without_fences(mut entries: Vec<(String, String)>) -> Vec<(String, String)> {
    entries.retain(|(key, _)| !key.contains(":fence:"));
    entries
}

/// A page has a sitting, is stopped, and another one takes it. What the first one then writes does not count, whatever it
/// believes; nor does it where localStorage took it.
#[wasm_bindgen_test]
async fn what_a_page_writes_that_lost_the_sitting_does_not_count() {
    let storage = local_storage();
    let journal = Journal::open().await.unwrap();
    let (one, other) = (Store::local("lost").await, Store::local("lost").await);
    let key = one.key_of("a");
    let made = |term, revision| Attempt {
        term,
        ..attempt("lost", "a", revision)
    };
    for (own, revision, expected) in [(&one, 1, Put::Arrived), (&one, 2, Put::Arrived)] {
        let ended = ended(|tell| {
            own.save(&made(1, revision), tell);
        });
        assert_eq!(ended.await.put, expected, "{revision}");
    }
    let confirmed = ended(|tell: Box<dyn FnOnce(bool)>| one.confirm(&key, tell));
    assert!(confirmed.await, "nobody has taken it");
    let taken = ended(|tell: Box<dyn FnOnce(Taken)>| other.take(&key, tell)).await;
    other.go_on(taken);
    let confirmed = ended(|tell: Box<dyn FnOnce(bool)>| one.confirm(&key, tell));
    assert!(!confirmed.await, "another page has taken it");
    let saved = ended(|tell| {
        other.save(&made(2, 3), tell);
    });
    assert_eq!(saved.await.put, Put::Arrived);
    // A page that wakes may read what was there when it was stopped, and its clock may not have told it yet.
    storage.set_item(&key, &made(1, 2).to_stored()).unwrap();
    let mut end = made(1, 9);
    end.finished = Some(Finish {
        at: Timestamp(3_000),
        is_timed_out: true,
    });
    let refused = ended(|tell| {
        assert_eq!(one.save(&end, tell), Saved::Done);
    });
    assert_eq!(refused.await.put, Put::Outdated);
    let there = without_fences(journal.all("mondai:1:lost:").await);
    assert_eq!(there, [(key.clone(), made(2, 3).to_stored())]);
    // The page that has it writes over what the other one left.
    assert_eq!(other.save(&made(2, 4), |_| {}), Saved::Done);
    other.settled().await;
    storage.set_item(&key, &end.to_stored()).unwrap();
    let store = Store::local("lost").await;
    let revisions: Vec<u64> = store.attempts().iter().map(|own| own.revision).collect();
    assert_eq!(revisions, [4], "localStorage alone decides nothing");
    assert_eq!(
        storage.get_item(&key).unwrap(),
        Some(made(2, 4).to_stored())
    );
    store.forget("a");
    store.settled().await;
}

/// What is ordered at once is undone at once: a fence that stands refuses the record that was sent with it.
#[wasm_bindgen_test]
async fn a_fence_refuses_all_of_its_transaction() {
    let journal = Journal::open().await.unwrap();
    let (key, fence) = ("mondai:1:fenced:attempt:a", "mondai:1:fenced:fence:a:1");
    let write = |text: &str| Order::Write {
        key: key.to_owned(),
        text: text.to_owned(),
        fence: fence.to_owned(),
    };
    assert_eq!(journal.done(write("one")).await.put, Put::Arrived);
    assert_eq!(journal.done(write("two")).await.put, Put::Arrived);
    journal.put(fence, Some(""));
    assert_eq!(journal.done(write("three")).await.put, Put::Outdated);
    let there = [
        (key.to_owned(), String::from("two")),
        (fence.to_owned(), String::new()),
    ];
    assert_eq!(journal.all("mondai:1:fenced:").await, there);
    for key in [key, fence] {
        journal.put(key, None);
    }
    journal.rest().await;
}
