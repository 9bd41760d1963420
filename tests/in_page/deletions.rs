//! What was said to be deleted stays deleted, in both stores.

use mondai::engine::attempt::Attempt;
use mondai::engine::gone::{Note, note_of};
use mondai::keeping::store::Taken;
use mondai::keeping::term::Put;
use mondai::shell::journal::Journal;
use mondai::shell::storage::{Imported, Saved, Store};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::stores::{attempt, local_storage};
use crate::terms::{Writes, ended};

/// The journal's notes of what is gone; for all sets, so a test that counts them has to count its own.
async fn notes_about(keys: &[&str]) -> usize {
    let journal = Journal::open().await.unwrap();
    let notes = journal.all("gone:").await;
    let is_noted = |key: &&&str| {
        let note = note_of(key);
        let found = notes.iter().find(|(own, _)| *own == note);
        found.is_some_and(|(_, text)| Note::read(text).is_some_and(Note::is_gone))
    };
    keys.iter().filter(is_noted).count()
}

fn ids(store: &Store) -> Vec<String> {
    let mut ids: Vec<String> = store.attempts().into_iter().map(|own| own.id).collect();
    ids.sort();
    ids
}

/// A browser that is killed just after an attempt was given up or deleted still has it in localStorage: at once, after it was
/// opened again, and after that. Nor does what a page that has not heard of it writes bring it back.
#[wasm_bindgen_test]
async fn what_was_deleted_does_not_come_back() {
    let storage = local_storage();
    let (key, text) = (
        "mondai:1:given-up:attempt:a",
        attempt("given-up", "a", 2).to_stored(),
    );
    let journal = Journal::open().await.unwrap();
    let store = Store::local("given-up").await;
    store.save(&attempt("given-up", "a", 2), |_| {});
    store.save(&attempt("given-up", "b", 2), |_| {});
    store.forget("a");
    store.settled().await;
    for (killed, late) in [(true, false), (false, false), (true, true), (false, false)] {
        if killed {
            storage.set_item(key, &text).unwrap();
        }
        if late {
            journal.put(key, Some(&text));
        }
        let store = Store::local("given-up").await;
        assert_eq!(ids(&store), ["b"], "{killed}, {late}");
        assert_eq!(storage.get_item(key).unwrap(), None, "{killed}, {late}");
        store.settled().await;
        let left = journal.all("mondai:1:given-up:").await;
        assert_eq!(left.len(), 1, "{left:?}");
    }
    assert_eq!(notes_about(&[key]).await, 1);
    // The page went before the journal had the note.
    let mark = "mondai:1:given-up:gone:b";
    storage.set_item(mark, "1000").unwrap();
    let store = Store::local("given-up").await;
    assert_eq!(ids(&store), [""; 0]);
    store.settled().await;
    assert_eq!(storage.get_item(mark).unwrap(), None);
    assert_eq!(ids(&Store::local("given-up").await), [""; 0]);
    // Who brings it back on purpose has it, also if a killed browser still has the mark.
    let (key, other) = (
        "mondai:1:given-up:attempt:b",
        attempt("given-up", "b", 2).to_stored(),
    );
    assert_eq!(store.import(key, &other), Imported::Done);
    store.settled().await;
    for marked in [false, true] {
        if marked {
            storage.set_item(mark, "1000").unwrap();
        }
        let store = Store::local("given-up").await;
        assert_eq!(ids(&store), ["b"], "{marked}");
        store.settled().await;
    }
    // Until it is deleted again.
    assert!(store.note_all(&[String::from("b")]).await);
    storage.set_item(key, &other).unwrap();
    assert_eq!(ids(&Store::local("given-up").await), [""; 0]);
}

/// Not even by what was set aside of it and can be read by now. What cannot stays.
#[wasm_bindgen_test]
async fn what_was_deleted_does_not_come_back_from_what_was_set_aside() {
    let storage = local_storage();
    let aside = |name: &str| format!("mondai:1:gone-aside:unreadable:{name}");
    let store = Store::local("gone-aside").await;
    store.save(&attempt("gone-aside", "a", 3), |_| {});
    let older = attempt("gone-aside", "a", 2).to_stored();
    storage.set_item(&aside("a"), &older).unwrap();
    storage.set_item(&aside("a~"), &older[..40]).unwrap();
    store.forget("a");
    store.settled().await;
    let store = Store::local("gone-aside").await;
    assert_eq!(store.attempts(), []);
    assert_eq!(
        store.entries(),
        [(aside("a~"), older[..40].to_owned())],
        "what cannot be read is not deleted"
    );
    storage.remove_item(&aside("a~")).unwrap();
}

/// Of all sets, and what is begun later is not theirs. "Deleted" is said when the journal has noted it.
#[wasm_bindgen_test]
async fn what_was_deleted_with_everything_does_not_come_back() {
    let storage = local_storage();
    let text = |set: &str, id: &str| attempt(set, id, 2).to_stored();
    let key = |set: &str, id: &str| format!("mondai:1:{set}:attempt:{id}");
    let store = Store::local("all-one").await;
    store.save(&attempt("all-one", "a", 2), |_| {});
    // Known to localStorage alone, to the journal alone, and deleted before.
    storage
        .set_item(&key("all-other", "b"), &text("all-other", "b"))
        .unwrap();
    let journal = Journal::open().await.unwrap();
    let of_journal = key("all-other", "c");
    journal.put(&of_journal, Some(&text("all-other", "c")));
    store.save(&attempt("all-one", "d", 2), |_| {});
    store.forget("d");
    assert!(store.delete_everything().await);
    let gone = [
        key("all-one", "a"),
        key("all-other", "b"),
        key("all-other", "c"),
        key("all-one", "d"),
    ];
    let names: Vec<&str> = gone.iter().map(String::as_str).collect();
    assert_eq!(notes_about(&names).await, names.len());
    let left = journal.all("").await;
    let left: Vec<_> = left
        .iter()
        .filter(|(key, _)| !key.starts_with("gone:"))
        .collect();
    assert!(left.is_empty(), "only notes are left: {left:?}");
    store.save(&attempt("all-one", "e", 1), |_| {});
    store.settled().await;
    for _ in 0..2 {
        for (set, id) in [
            ("all-one", "a"),
            ("all-other", "b"),
            ("all-other", "c"),
            ("all-one", "d"),
        ] {
            storage.set_item(&key(set, id), &text(set, id)).unwrap();
        }
        assert_eq!(ids(&Store::local("all-one").await), ["e"]);
        assert_eq!(ids(&Store::local("all-other").await), [""; 0]);
    }
    Store::local("all-one").await.forget("e");
}

/// A sitting goes on in a page while another one deletes everything. What the page writes is refused, so that it asks; what
/// the reader wants to keep is kept, and nothing else comes back.
#[wasm_bindgen_test]
async fn what_was_deleted_elsewhere_is_kept_only_if_the_reader_says_so() {
    let storage = local_storage();
    let key = |id: &str| format!("mondai:1:kept:attempt:{id}");
    let (sitting, elsewhere) = (Store::local("kept").await, Store::local("kept").await);
    sitting.save(&attempt("kept", "result", 2), |_| {});
    sitting.save(&attempt("kept", "a", 1), |_| {});
    sitting.settled().await;
    assert!(elsewhere.delete_everything().await);
    assert!(sitting.misses(&key("a")));
    assert!(sitting.is_gone(&key("a")).await);
    // Who does not know the journal asks it, and is refused.
    let late = Store::local("kept").await;
    let refused = ended(|tell| {
        late.save(&attempt("kept", "a", 2), tell);
    });
    assert_eq!(refused.await.put, Put::Gone);
    assert!(late.withdraw("a", 0));
    // Who has it writes without asking, and is refused too.
    for revision in [2, 3] {
        let refused = ended(|tell| {
            sitting.save(&attempt("kept", "a", revision), tell);
        });
        assert_eq!(refused.await.put, Put::Gone, "{revision}");
        assert_eq!(
            ids(&Store::local("kept").await),
            [""; 0],
            "also if it is killed then"
        );
    }
    assert!(sitting.withdraw("a", 0));
    sitting.settled().await;
    assert_eq!(ids(&Store::local("kept").await), [""; 0]);
    // The reader wants it.
    let kept = ended(|tell| sitting.keep(&attempt("kept", "a", 4), tell));
    assert!(kept.await);
    assert!(!sitting.withdraw("a", 0), "an answer that comes late");
    let taken = ended(|tell: Box<dyn FnOnce(Taken)>| sitting.take(&key("a"), tell)).await;
    sitting.go_on(taken);
    storage
        .set_item(&key("result"), &attempt("kept", "result", 2).to_stored())
        .unwrap();
    for _ in 0..2 {
        assert_eq!(ids(&Store::local("kept").await), ["a"]);
    }
    let term = sitting.attempts()[0].term;
    let going_on = Attempt {
        term,
        ..attempt("kept", "a", 5)
    };
    let arrived = ended(|tell| {
        assert_eq!(sitting.save(&going_on, tell), Saved::Done);
    });
    assert_eq!(arrived.await.put, Put::Arrived);
    let revisions: Vec<u64> = (Store::local("kept").await.attempts().iter())
        .map(|own| own.revision)
        .collect();
    assert_eq!(revisions, [5]);
    sitting.forget("a");
    sitting.settled().await;
}
