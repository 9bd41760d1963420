//! Tests inside a real page, for what only a browser can show: storage, mounting and unmounting, rich text as nodes.
#![cfg(target_arch = "wasm32")]

use core::time::Duration;

use mondai::engine::attempt::{Answer, Attempt};
use mondai::engine::clock::Timestamp;
use mondai::engine::question::Response;
use mondai::shell::element::{Handle, mount};
use mondai::shell::prose;
use mondai::shell::storage::{Imported, Store};
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};
use web_sys::{
    Document, Element, HtmlElement, ShadowRoot, ShadowRootInit, ShadowRootMode, Storage,
};

wasm_bindgen_test_configure!(run_in_browser);

fn document() -> Document {
    web_sys::window().unwrap().document().unwrap()
}

fn local_storage() -> Storage {
    web_sys::window().unwrap().local_storage().unwrap().unwrap()
}

fn attempt(set: &str, id: &str, revision: u64) -> Attempt {
    Attempt {
        id: id.to_owned(),
        set: set.to_owned(),
        digest: 7,
        form: String::from("practice"),
        seed: String::from("s"),
        revision,
        started: Timestamp(1_000),
        changed: Timestamp(2_000),
        deadline: None,
        paused: None,
        pauses: Duration::ZERO,
        finished: None,
        position: 0,
        shown: None,
        answers: vec![Answer {
            question: String::from("q1"),
            response: Response(vec![String::from("b")]),
            ..Answer::default()
        }],
    }
}

#[wasm_bindgen_test]
fn a_store_touches_only_its_own_keys() {
    let storage = local_storage();
    let foreign = [
        ("mondai:1:other:attempt:x", "not ours"),
        (
            "mondai:1:store-2:attempt:x",
            "a set whose name begins alike",
        ),
        ("theme", "dark"),
    ];
    for (key, text) in foreign {
        storage.set_item(key, text).unwrap();
    }
    let store = Store::local("store");
    assert!(store.save(&attempt("store", "a", 1)));
    assert!(store.save(&attempt("store", "a", 2)));
    assert!(store.save(&attempt("store", "b", 1)));
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
fn what_cannot_be_read_is_set_aside_byte_for_byte() {
    let storage = local_storage();
    let whole = attempt("aside", "a", 1).to_stored();
    let (cut, _) = whole.split_at(whole.len() / 2);
    storage.set_item("mondai:1:aside:attempt:a", cut).unwrap();
    let store = Store::local("aside");
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

#[wasm_bindgen_test]
fn an_import_never_puts_older_over_newer() {
    let key = "mondai:1:import:attempt:a";
    let store = Store::local("import");
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

const SET: &str = r#"{"mondai":1,"id":"in-page","title":"T","questions":[
    {"id":"q1","type":"single","prompt":"P?","choices":[{"id":"a","text":"A","correct":true},{"id":"b","text":"B"}]}]}"#;

/// A host in the page as the loader would make it, with a fallback and an inline question set.
fn host(set: &str) -> (HtmlElement, ShadowRoot) {
    let document = document();
    let host: HtmlElement = document.create_element("div").unwrap().unchecked_into();
    let script = document.create_element("script").unwrap();
    script.set_attribute("type", "application/json").unwrap();
    script.set_text_content(Some(set));
    host.append_child(&script).unwrap();
    host.set_attribute("storage", "none").unwrap();
    let root = host
        .attach_shadow(&ShadowRootInit::new(ShadowRootMode::Open))
        .unwrap();
    let fallback = document.create_element("div").unwrap();
    fallback.set_attribute("part", "fallback").unwrap();
    fallback
        .append_child(&document.create_element("slot").unwrap())
        .unwrap();
    root.append_child(&fallback).unwrap();
    document.body().unwrap().append_child(&host).unwrap();
    (host, root)
}

/// Mounts, and waits for an event of the host.
async fn mounted(host: &HtmlElement, root: &ShadowRoot, event: &str) -> Handle {
    let happened = js_sys::Promise::new(&mut |resolve, _| {
        host.add_event_listener_with_callback(event, &resolve)
            .unwrap();
    });
    let handle = mount(host.clone(), root.clone());
    JsFuture::from(happened).await.unwrap();
    handle
}

fn find(root: &ShadowRoot, selector: &str) -> Option<Element> {
    root.query_selector(selector).unwrap()
}

#[wasm_bindgen_test]
async fn unmounting_takes_everything_out_and_brings_the_fallback_back() {
    let (host, root) = host(SET);
    let handle = mounted(&host, &root, "mondai-ready").await;
    assert_eq!(handle.state(), "ready");
    assert!(find(&root, "section[data-screen=start] [data-action=start]").is_some());
    let fallback: HtmlElement = find(&root, "[part~=fallback]").unwrap().unchecked_into();
    assert!(fallback.hidden());
    handle.unmount();
    assert!(find(&root, "section").is_none());
    assert!(!fallback.hidden());
    assert_eq!(root.child_element_count(), 1);
    // A second time is harmless, and so is dropping it.
    handle.unmount();
    drop(handle);
    host.remove();
}

#[wasm_bindgen_test]
async fn a_widget_removed_while_it_loads_never_appears() {
    let (host, root) = host(SET);
    let handle = mount(host.clone(), root.clone());
    handle.unmount();
    // What was under way goes on in microtasks; after a task, it has had its chance.
    let next_task = js_sys::Promise::new(&mut |resolve, _| {
        let window = web_sys::window().unwrap();
        window.request_animation_frame(&resolve).unwrap();
    });
    JsFuture::from(next_task).await.unwrap();
    assert!(find(&root, "section").is_none());
    assert_eq!(handle.state(), "loading");
    host.remove();
}

#[wasm_bindgen_test]
async fn a_set_that_cannot_be_used_keeps_the_fallback_beside_the_reason() {
    let (host, root) = host("{ not json");
    let handle = mounted(&host, &root, "mondai-error").await;
    assert_eq!(handle.state(), "error");
    assert!(find(&root, "[part~=error] [data-code=not-json]").is_some());
    let fallback: HtmlElement = find(&root, "[part~=fallback]").unwrap().unchecked_into();
    assert!(!fallback.hidden());
    host.remove();
}

#[wasm_bindgen_test]
async fn rich_text_becomes_nodes_and_never_code() {
    let place = document().create_element("div").unwrap();
    let markdown =
        "Use `a < b` & **this**\n\n[bad](javascript:alert(1)) <img src=x onerror=alert(1)>";
    prose::fill(&place, markdown).await.unwrap();
    assert_eq!(
        place
            .query_selector("code")
            .unwrap()
            .unwrap()
            .text_content()
            .unwrap(),
        "a < b"
    );
    assert!(place.query_selector("strong").unwrap().is_some());
    assert!(place.query_selector("a, img, script").unwrap().is_none());
    assert!(
        place
            .text_content()
            .unwrap()
            .contains("<img src=x onerror=alert(1)>")
    );
}

#[wasm_bindgen_test]
async fn the_leptos_component_is_the_same_widget() {
    let document = document();
    let parent: HtmlElement = document.create_element("main").unwrap().unchecked_into();
    document.body().unwrap().append_child(&parent).unwrap();
    let ready = js_sys::Promise::new(&mut |resolve, _| {
        parent
            .add_event_listener_with_callback("mondai-ready", &resolve)
            .unwrap();
    });
    let address = format!(
        "data:application/json,{}",
        js_sys::encode_uri_component(SET)
    );
    let mounted = leptos::mount::mount_to(parent.clone(), move || {
        leptos::view! { <mondai::Quiz src=address storage="none"/> }
    });
    JsFuture::from(ready).await.unwrap();
    let host = parent.first_element_child().unwrap();
    let root = host.shadow_root().unwrap();
    assert!(find(&root, "section[data-screen=start] [data-action=start]").is_some());
    drop(mounted);
    assert!(find(&root, "section").is_none());
    assert_eq!(parent.child_element_count(), 0);
    parent.remove();
}
