//! localStorage and the journal: what is written, what is read, and what is set aside.

use mondai::engine::attempt::{Answer, Attempt, Finish, hexadecimal};
use mondai::engine::clock::Timestamp;
use mondai::engine::question::Response;
use mondai::engine::random::{Random, hash};

use mondai::keeping::term::Order;
use mondai::keeping::term::Put;
use mondai::shell::journal::{Journal, NAME};
use mondai::shell::storage::{Imported, Saved, Store};
use wasm_bindgen_futures::JsFuture;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::Storage;

use crate::terms::{Writes, ended};

pub fn local_storage() -> Storage {
    web_sys::window().unwrap().local_storage().unwrap().unwrap()
}

pub fn attempt(set: &str, id: &str, revision: u64) -> Attempt {
    Attempt {
        id: id.to_owned(),
        set: set.to_owned(),
        digest: 7,
        form: String::from("practice"),
        seed: String::from("s"),
        revision,
        started: Timestamp(1_000),
        changed: Timestamp(2_000),
        answers: vec![Answer {
            question: String::from("q1"),
            response: Response(vec![String::from("b")]),
            ..Answer::default()
        }],
        ..Attempt::default()
    }
}

#[wasm_bindgen_test]
async fn a_store_touches_only_its_own_keys() {
    let storage = local_storage();
    let foreign = [
        ("mondai:1:other:attempt:x", "not ours"),
        (
            "mondai:1:store-2:attempt:x",
            "a set whose name begins alike",
        ),
        ("theme", "dark"),
        // Names that a storage has itself.
        ("length", "3"),
        ("key", "4"),
    ];
    for (key, text) in foreign {
        storage.set_item(key, text).unwrap();
    }
    let store = Store::local("store").await;
    for (id, revision) in [("a", 1), ("a", 2), ("b", 1)] {
        let saved = store.save(&attempt("store", id, revision), |_| {});
        assert_eq!(saved, Saved::Done);
    }
    let mut found: Vec<(String, u64)> = store
        .attempts()
        .into_iter()
        .map(|attempt| (attempt.id, attempt.revision))
        .collect();
    found.sort();
    assert_eq!(found, [(String::from("a"), 2), (String::from("b"), 1)]);
    store.forget("a");
    store.forget("b");
    assert_eq!(store.attempts().len(), 0);
    for (key, text) in foreign {
        assert_eq!(
            storage.get_item(key).unwrap().as_deref(),
            Some(text),
            "{key}"
        );
        storage.remove_item(key).unwrap();
    }
}

#[wasm_bindgen_test]
async fn what_cannot_be_read_is_set_aside_byte_for_byte() {
    let storage = local_storage();
    let whole = attempt("aside", "a", 1).to_stored();
    let (cut, _) = whole.split_at(whole.len() / 2);
    storage.set_item("mondai:1:aside:attempt:a", cut).unwrap();
    let store = Store::local("aside").await;
    assert_eq!(store.attempts().len(), 0);
    assert_eq!(storage.get_item("mondai:1:aside:attempt:a").unwrap(), None);
    assert_eq!(
        storage
            .get_item("mondai:1:aside:unreadable:a")
            .unwrap()
            .as_deref(),
        Some(cut)
    );
    storage.remove_item("mondai:1:aside:unreadable:a").unwrap();
}

/// A thousand records, of the ids 0 to 999, that are not what they were: bits flipped, cut, or with values of the wrong kind
/// and a checksum that says all is well.
fn corrupted() -> Vec<String> {
    const CHECKSUM: &str = ",\"checksum\":\"";
    let mut chance = Random::new("corrupted", "records");
    let wrong = ["null", "-1.5", "{}", "\"\"", "1e999", "true"];
    let corrupt = |number: u32| {
        let whole = attempt("damaged", &number.to_string(), 3).to_stored();
        let length = u32::try_from(whole.len()).unwrap();
        let (body, _) = whole.rsplit_once(CHECKSUM).unwrap();
        let at = chance.below(length) as usize;
        match chance.below(3) {
            0 => {
                let mut bytes = whole.clone().into_bytes();
                bytes[at] ^= 1 << chance.below(7);
                String::from_utf8(bytes).unwrap()
            }
            1 => whole[..at].to_owned(),
            _ => {
                let keys = [
                    "id", "set", "revision", "started", "answers", "position", "digest",
                ];
                let key = keys[chance.below(7) as usize];
                let value = wrong[chance.below(6) as usize];
                // The last of equal keys counts.
                let body = format!("{body},\"{key}\":{value}");
                format!("{body}{CHECKSUM}{}\"}}", hexadecimal(hash(body.as_bytes())))
            }
        }
    };
    (0..1_000).map(corrupt).collect()
}

#[wasm_bindgen_test]
async fn a_thousand_corrupted_records_are_set_aside_byte_for_byte() {
    let storage = local_storage();
    let texts = corrupted();
    for (number, text) in texts.iter().enumerate() {
        let key = format!("mondai:1:damaged:attempt:{number}");
        storage.set_item(&key, text).unwrap();
    }
    let store = Store::local("damaged").await;
    assert_eq!(store.attempts(), []);
    assert_eq!(store.set_aside_count(), texts.len());
    for (number, text) in texts.iter().enumerate() {
        let key = format!("mondai:1:damaged:unreadable:{number}");
        assert_eq!(storage.get_item(&key).unwrap().as_ref(), Some(text));
        let before = format!("mondai:1:damaged:attempt:{number}");
        assert_eq!(storage.get_item(&before).unwrap(), None);
    }
    assert_eq!(store.entries().len(), texts.len(), "an export has them");
    assert!(store.delete_everything().await);
    assert_eq!(store.entries(), []);
}

#[wasm_bindgen_test]
async fn of_both_stores_the_newer_wins() {
    let storage = local_storage();
    let key = |id: &str| format!("mondai:1:both:attempt:{id}");
    let text = |id: &str, revision| attempt("both", id, revision).to_stored();
    let journal = Journal::open().await.unwrap();
    // In localStorage, in the journal, what is expected; by revision, and 0 for nothing.
    for (id, here, there, expected) in [
        ("lost", 0, 3, 3),
        ("old", 2, 3, 3),
        ("new", 3, 2, 3),
        ("alone", 3, 0, 3),
        ("same", 3, 3, 3),
    ] {
        if here > 0 {
            storage.set_item(&key(id), &text(id, here)).unwrap();
        }
        if there > 0 {
            journal.put(&key(id), Some(&text(id, there)));
        }
        let store = Store::local("both").await;
        let found = store
            .attempts()
            .into_iter()
            .find(|attempt| attempt.id == id);
        assert_eq!(
            found.map(|attempt| attempt.revision),
            Some(expected),
            "{id}"
        );
        let here = storage.get_item(&key(id)).unwrap();
        assert_eq!(here, Some(text(id, expected)), "{id}");
        journal.rest().await;
        let there = journal.all(&key(id)).await;
        assert_eq!(there, [(key(id), text(id, expected))], "{id}");
        store.forget(id);
    }
}

#[wasm_bindgen_test]
async fn a_record_that_cannot_be_read_is_set_aside_wherever_it_stands() {
    let storage = local_storage();
    let key = |kind: &str, id: &str| format!("mondai:1:places:{kind}:{id}");
    let (old, new) = (
        attempt("places", "a", 2).to_stored(),
        attempt("places", "a", 3).to_stored(),
    );
    let journal = Journal::open().await.unwrap();
    // The journal's copy cannot be read, and an older one is here.
    storage.set_item(&key("attempt", "a"), &old).unwrap();
    journal.put(&key("attempt", "a"), Some(&new[..40]));
    // What is here cannot be read, and the place where it would be set aside is taken in the journal.
    storage.set_item(&key("attempt", "b"), "cut").unwrap();
    journal.put(&key("unreadable", "b"), Some("cut before"));
    let store = Store::local("places").await;
    assert_eq!(store.attempts().len(), 1);
    let expected = [
        (key("attempt", "a"), old.clone()),
        (key("unreadable", "a"), new[..40].to_owned()),
        (key("unreadable", "b"), String::from("cut before")),
        (key("unreadable", "b~"), String::from("cut")),
    ];
    let mut found = store.entries();
    found.sort();
    assert_eq!(found, expected);
    journal.rest().await;
    store.settled().await;
    assert_eq!(journal.all("mondai:1:places:").await, expected);
    // A version that can read it brings it back.
    storage.set_item(&key("unreadable", "a~"), &new).unwrap();
    let revisions: Vec<u64> = store.attempts().iter().map(|own| own.revision).collect();
    assert_eq!(revisions, [3]);
    for (key, _) in store.entries() {
        storage.remove_item(&key).unwrap();
        journal.put(&key, None);
    }
}

#[wasm_bindgen_test]
async fn a_journal_that_was_deleted_is_opened_again() {
    let (journal, other) = (
        Journal::open().await.unwrap(),
        Journal::open().await.unwrap(),
    );
    let factory = web_sys::window().unwrap().indexed_db().unwrap().unwrap();
    let deleting = factory.delete_database(NAME).unwrap();
    let deleted = js_sys::Promise::new(&mut |resolve, _| deleting.set_onsuccess(Some(&resolve)));
    JsFuture::from(deleted).await.unwrap();
    for journal in [&journal, &other] {
        let ended = journal.done(Order::Set {
            key: String::from("mondai:1:again:attempt:a"),
            text: Some(String::from("x")),
        });
        assert_eq!(ended.await.put, Put::Arrived);
    }
    let there = journal.all("mondai:1:again:").await;
    assert_eq!(there.len(), 1);
    journal.put(&there[0].0, None);
}

/// The journal had more than localStorage when the page was opened, and answered too late to say so; or the page slept while
/// another one went on. What is shown as saved there is not written over.
#[wasm_bindgen_test]
async fn the_journal_keeps_what_is_newer() {
    let store = Store::local("late").await;
    let journal = Journal::open().await.unwrap();
    let key = "mondai:1:late:attempt:a";
    let newer = attempt("late", "a", 9).to_stored();
    journal.put(key, Some(&newer));
    journal.rest().await;
    for (revision, expected) in [(6, Put::Outdated), (9, Put::Arrived), (10, Put::Arrived)] {
        let own = attempt("late", "a", revision);
        let ended = ended(|tell| {
            store.save(&own, tell);
        });
        assert_eq!(ended.await.put, expected, "{revision}");
        let there = journal.all(key).await;
        let wanted = attempt("late", "a", revision.max(9)).to_stored();
        assert_eq!(there, [(key.to_owned(), wanted)], "{revision}");
    }
    store.forget("a");
    store.settled().await;
}

/// Practice counts time in sight, so a killed page's last sign of life counts; for its own sitting alone.
#[wasm_bindgen_test]
async fn a_sign_of_life_belongs_to_a_sitting() {
    let store = Store::local("alive").await;
    let (own, other) = (attempt("alive", "a", 2), attempt("alive", "b", 2));
    store.save(&own, |_| {});
    store.save(&other, |_| {});
    store.sign(&own, Timestamp(9_000));
    store.settled().await;
    let later = Store::local("alive").await;
    let changed = later.attempts();
    let changed = |id: &str| changed.iter().find(|own| own.id == id).unwrap().changed;
    assert_eq!(changed("a"), Timestamp(9_000));
    assert_eq!(changed("b"), other.changed);
    later.forget("a");
    later.forget("b");
}

#[wasm_bindgen_test]
async fn who_wrote_last_is_not_written_over() {
    let (one, other) = (Store::local("two").await, Store::local("two").await);
    assert_eq!(one.save(&attempt("two", "a", 1), |_| {}), Saved::Done);
    assert_eq!(other.save(&attempt("two", "a", 2), |_| {}), Saved::Done);
    assert_eq!(one.save(&attempt("two", "a", 2), |_| {}), Saved::Overtaken);
    assert_eq!(other.save(&attempt("two", "a", 3), |_| {}), Saved::Done);
    let revisions: Vec<u64> = one.attempts().iter().map(|own| own.revision).collect();
    assert_eq!(revisions, [3]);
    // Who takes over goes on from what is stored then, and from nothing that comes after.
    one.go_on_from(&one.key_of("a"));
    assert_eq!(other.save(&attempt("two", "a", 4), |_| {}), Saved::Done);
    assert_eq!(one.save(&attempt("two", "a", 4), |_| {}), Saved::Overtaken);
    one.forget("a");
}

#[wasm_bindgen_test]
async fn room_is_made_from_the_oldest_results() {
    let store = Store::local("room").await;
    let finished = |number: i64| {
        let id = format!("{number:02}");
        let mut attempt = attempt("room", &id, 1);
        attempt.started = Timestamp(number);
        attempt.changed = Timestamp(number + 1);
        attempt.finished = Some(Finish {
            at: Timestamp(number + 1),
            is_timed_out: false,
        });
        attempt.answers[0].note = "x".repeat(6_000);
        attempt
    };
    for number in 0..50 {
        store.save(&finished(number), |_| {});
    }
    assert!(store.too_much().is_some_and(|kilobytes| kilobytes >= 300));
    store.make_room();
    assert_eq!(store.too_much(), None);
    let attempts = store.attempts();
    assert_eq!(attempts.len(), 50, "shortening was enough");
    let is_whole = |id: &str| {
        let attempt = attempts.iter().find(|attempt| attempt.id == id).unwrap();
        !attempt.answers[0].note.is_empty()
    };
    assert!(!is_whole("00") && is_whole("49"));
    // What was set aside is not ours to delete, and without it no result would have to go.
    let aside = "mondai:1:room:unreadable:x";
    local_storage()
        .set_item(aside, &"x".repeat(300_000))
        .unwrap();
    store.make_room();
    assert_eq!(store.attempts().len(), 50);
    local_storage().remove_item(aside).unwrap();
    for attempt in attempts {
        store.forget(&attempt.id);
    }
}

#[wasm_bindgen_test]
async fn an_import_never_puts_older_over_newer() {
    let key = "mondai:1:import:attempt:a";
    let store = Store::local("import").await;
    assert_eq!(
        store.import(key, &attempt("import", "a", 2).to_stored()),
        Imported::Done
    );
    assert_eq!(
        store.import(key, &attempt("import", "a", 1).to_stored()),
        Imported::Kept
    );
    assert_eq!(
        store.import("mondai:1:other:attempt:a", "x"),
        Imported::Refused
    );
    assert_eq!(
        store.attempts().first().map(|attempt| attempt.revision),
        Some(2)
    );
    store.forget("a");
}
