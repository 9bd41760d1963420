//! Records under our keys that are about something else, and sets of other authors with the same id.

use std::rc::Rc;

use mondai::engine::attempt::hexadecimal;
use mondai::engine::attempt::origin::Origin;
use mondai::engine::random::hash;
use mondai::shell::journal::Journal;
use mondai::shell::storage::{Imported, Saved, Store};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::stores::{attempt, local_storage};
use crate::terms::{Writes, without_fences};

/// A record with other text in the place of some, and the checksum it then has.
fn forged(text: &str, from: &str, to: &str) -> String {
    const CHECKSUM: &str = ",\"checksum\":\"";
    let (body, _) = text.rsplit_once(CHECKSUM).unwrap();
    assert!(body.contains(from), "{from} in {body}");
    let body = body.replacen(from, to, 1);
    format!("{body}{CHECKSUM}{}\"}}", hexadecimal(hash(body.as_bytes())))
}

/// Under one of our keys stands a record with a right checksum that is about something else, whatever its revision and version:
/// the good one of the other store is there at the first load, in both stores, and the wrong one is set aside.
#[wasm_bindgen_test]
async fn a_record_about_something_else_never_takes_the_place_of_a_good_one() {
    let storage = local_storage();
    let journal = Journal::open().await.unwrap();
    let later = |text: &str| forged(text, "{\"mondai\":1", "{\"mondai\":99");
    let unknown = |text: &str| forged(&later(text), "\"revision\":", "\"turns\":");
    let good = attempt("wrong", "a", 3).to_stored();
    let rows = [
        ("another id, newer", attempt("wrong", "b", 9).to_stored()),
        ("another id, equal", attempt("wrong", "b", 3).to_stored()),
        ("another id, older", attempt("wrong", "b", 2).to_stored()),
        ("another set, newer", attempt("other", "a", 9).to_stored()),
        ("another set, equal", attempt("other", "a", 3).to_stored()),
        (
            "another id, of a later version",
            later(&attempt("wrong", "b", 3).to_stored()),
        ),
        (
            "another set, of a later version",
            later(&attempt("other", "a", 3).to_stored()),
        ),
        ("of a later version nobody can read", unknown(&good)),
    ];
    let (key, aside) = ("mondai:1:wrong:attempt:a", "mondai:1:wrong:unreadable:a");
    for (what, wrong) in &rows {
        for is_here in [true, false] {
            let what = format!("{what}, in localStorage: {is_here}");
            let (here, there) = if is_here {
                (wrong, &good)
            } else {
                (&good, wrong)
            };
            storage.set_item(key, here).unwrap();
            journal.put(key, Some(there));
            journal.rest().await;
            let store = Store::local("wrong").await;
            let revisions: Vec<u64> = store.attempts().iter().map(|own| own.revision).collect();
            assert_eq!(revisions, [3], "{what}");
            store.settled().await;
            let expected = [
                (key.to_owned(), good.clone()),
                (aside.to_owned(), wrong.clone()),
            ];
            let mut found = store.entries();
            found.sort();
            assert_eq!(found, expected, "{what}");
            let found = without_fences(journal.all("mondai:1:wrong:").await);
            assert_eq!(found, expected, "the journal: {what}");
            // Neither does an import put it there, nor keeps one a good one out.
            assert_eq!(store.import(key, wrong), Imported::Refused, "{what}");
            storage.set_item(key, wrong).unwrap();
            let (imported, left) = if what.contains("nobody can read") {
                (Imported::Kept, wrong)
            } else {
                (Imported::Done, &good)
            };
            assert_eq!(store.import(key, &good), imported, "{what}");
            assert_eq!(
                storage.get_item(key).unwrap().as_ref(),
                Some(left),
                "{what}"
            );
            for (key, _) in store.entries() {
                storage.remove_item(&key).unwrap();
                journal.put(&key, None);
            }
            journal.rest().await;
        }
    }
}

/// Sets of one site with the same id: of another one nothing is shown, and nothing is lost.
#[wasm_bindgen_test]
async fn what_another_set_of_the_same_id_stored_is_left_alone() {
    let set = |word: &str| {
        let text = format!(
            r#"{{"mondai":1,"id":"namesake","title":"T","questions":[{{"id":"q1","type":"single","prompt":"{word}?","choices":[{{"id":"a","text":"A","correct":true}},{{"id":"b","text":"B"}}]}}]}}"#
        );
        mondai::engine::format::read(&text).set.unwrap()
    };
    let sets = [("one", set("Rust")), ("two", set("Go"))];
    let origins = sets.map(|(place, set)| {
        let address = format!("https://example.org/{place}.json");
        (place, Rc::new(Origin::new(&set, address)))
    });
    for (place, origin) in &origins {
        let store = Store::local("namesake").await;
        let mut own = attempt("namesake", place, 1);
        let prints = origin.prints(&own);
        origin.sign(&mut own, &prints);
        assert_eq!(store.save(&own, |_| {}), Saved::Done);
        store.settled().await;
    }
    let ids = |store: &Store| {
        let attempts = store.attempts().into_iter();
        let mut ids: Vec<String> = attempts.map(|own| own.id).collect();
        ids.sort();
        ids
    };
    for (place, origin) in &origins {
        let store = Store::local("namesake").await;
        assert_eq!(ids(&store), ["one", "two"], "nobody said which it is");
        store.know(Rc::clone(origin), |_| {});
        assert_eq!(ids(&store), [*place]);
        assert_eq!(store.entries().len(), 2, "both are kept, and exported");
    }
    let store = Store::local("namesake").await;
    store.forget("one");
    store.forget("two");
    store.settled().await;
}
