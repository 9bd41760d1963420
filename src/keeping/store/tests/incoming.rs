//! What is brought in, what is refused, and what is free afterwards.

use super::*;
use crate::keeping::store::{Came, Imported, Refusal};

/// An export of the set.
fn export(records: impl Iterator<Item = (String, String)>) -> String {
    let quoted = |text: &str| serde_json::to_string(text).unwrap();
    let records = records.map(|(key, text)| format!("{}:{}", quoted(&key), quoted(&text)));
    let records = records.collect::<Vec<_>>().join(",");
    format!("{{\"mondai\":1,\"set\":\"s\",\"records\":{{{records}}}}}")
}

fn numbered(count: usize) -> String {
    export((0..count).map(|number| (format!("mondai:1:s:attempt:a{number}"), record(number))))
}

#[test]
fn too_many_records_are_refused_and_nothing_is_stored() {
    let junk = |number: usize| format!("junk {number}");
    let many = 60_000;
    let unreadable =
        (0..many).map(|number| (format!("mondai:1:s:unreadable:a{number}"), junk(number)));
    let same = (0..many).map(|number| (String::from("mondai:1:s:unreadable:a"), junk(number)));
    for text in [export(unreadable), export(same), numbered(2_001)] {
        let browser = Rc::new(Browser::default());
        assert_eq!(store(&browser).bring_in("s", &text), Err(Refusal::TooMany));
        assert_eq!((browser.calls.get(), browser.orders.get()), (0, 0));
    }
    let browser = Rc::new(Browser::default());
    let came = store(&browser).bring_in("s", &numbered(2_000)).unwrap();
    assert_eq!(came.counts, [2_000, 0, 0]);
    assert!(browser.calls.get() <= 20 * 2_000, "{}", browser.calls.get());
    assert_eq!(browser.orders.get(), 1);
    assert!(
        browser
            .journal
            .borrow()
            .contains_key("mondai:1:s:attempt:a7")
    );
}

#[test]
fn one_name_many_times_is_little_work() {
    let name = |number: usize| format!("mondai:1:s:unreadable:a{}", "~".repeat(number));
    let fresh = export((0..2_000).map(|number| (name(number), format!("junk {number}"))));
    let other = export((0..2_000).map(|number| (name(number), format!("other {number}"))));
    let same = export((0..2_000).map(|number| (name(0), format!("junk {number}"))));
    for texts in [[&fresh, &fresh], [&fresh, &other], [&same, &same]] {
        let browser = Rc::new(Browser::default());
        let store = store(&browser);
        for text in texts {
            store.bring_in("s", text).unwrap();
        }
        assert!(browser.calls.get() <= 30 * 4_000, "{}", browser.calls.get());
    }
}

#[test]
fn what_is_no_export_of_the_set_is_refused() {
    let browser = Rc::new(Browser::default());
    let store = store(&browser);
    for (text, expected) in [
        ("", Refusal::NoExport),
        ("{}", Refusal::NoExport),
        (r#"{"set":"s","records":[]}"#, Refusal::NoExport),
        (
            r#"{"set":"t","records":{}}"#,
            Refusal::OtherSet(String::from("t")),
        ),
    ] {
        assert_eq!(store.bring_in("s", text), Err(expected), "{text}");
    }
}

#[test]
fn an_import_leaves_room_for_the_page() {
    const FREE: usize = 256 * 1024;
    let theirs = |units: usize| (String::from("theirs"), "x".repeat(units - 6));
    for (what, quota, taken, room) in [
        ("all fits", 1_000_000, 0, true),
        ("some fits", 400_000, 0, true),
        ("less than the page needs is free", 400_000, 200_000, false),
        ("nothing is free", 400_000, 400_000, false),
    ] {
        let browser = Rc::new(Browser {
            quota,
            ..Browser::default()
        });
        if taken > 0 {
            browser.texts.borrow_mut().extend([theirs(taken)]);
        }
        let store = store(&browser);
        let Came { counts, is_full } = store.bring_in("s", &numbered(1_000)).unwrap();
        let [imported, kept, refused] = counts;
        assert_eq!((imported + refused, kept), (1_000, 0), "{what}");
        assert_eq!(imported > 0, room, "{what}: {counts:?}");
        assert_eq!(is_full, refused > 0, "{what}: {counts:?}");
        assert_eq!(refused == 0, what == "all fits", "{what}: {counts:?}");
        assert_eq!(store.attempts().len(), imported, "{what}");
        let texts = browser.texts.borrow();
        assert!(!texts.keys().any(|key| key.ends_with("reserve")), "{what}");
        drop(texts);
        let free = quota - browser.units();
        assert!(!room || free >= FREE, "{what}: {free} are free");
        // What is here already is not refused, with or without room.
        let again = store.bring_in("s", &numbered(1_000)).unwrap();
        assert_eq!(again.counts, [0, imported, refused], "{what}");
    }
}

#[test]
fn a_page_that_is_killed_in_an_import_leaves_nothing() {
    let browser = Rc::new(Browser::default());
    let key = "mondai:1:s:reserve";
    browser.set(key, "    ");
    let others = "mondai:1:t:reserve";
    browser.set(others, "    ");
    let store = store(&browser);
    assert_eq!(store.entries(), [], "it is no record");
    ended(store.recover());
    assert_eq!(browser.get(key), None);
    assert!(browser.journal.borrow().is_empty());
    assert!(
        browser.get(others).is_some(),
        "another set's is its own to take out"
    );
    assert_eq!(store.import(key, "x"), Imported::Refused);
}
