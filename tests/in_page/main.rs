//! Tests inside a real page, for what only a browser can show: storage, mounting and unmounting, rich text as nodes.
#![cfg(target_arch = "wasm32")]

mod deletions;
mod stores;
mod strangers;
mod terms;

use mondai::engine::format;
use mondai::engine::json::Value;
use mondai::engine::question::Response;
use mondai::engine::text::Prose;
use mondai::shell::accepted;
use mondai::shell::prose;
use mondai::widget::element::{Handle, mount};
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};
use web_sys::{Document, Element, HtmlElement, ShadowRoot, ShadowRootInit, ShadowRootMode};

wasm_bindgen_test_configure!(run_in_browser);

fn document() -> Document {
    web_sys::window().unwrap().document().unwrap()
}

/// What is typed comes in NFKC; what the author wrote need not be.
#[wasm_bindgen_test]
fn a_text_is_accepted_as_the_author_wrote_it() {
    let text = r#"{"mondai":1,"id":"s","title":"T","questions":[
        {"id":"a","type":"text","prompt":"P","accept":"25℃"},
        {"id":"b","type":"text","prompt":"P","accept":{"en":["m²","square"],"ja":"㍍"},"case":"exact"},
        {"id":"c","type":"cloze","prompt":"P","text":"{{g}}","gaps":{"g":{"accept":["plain","e\u0301"]}}}]}"#;
    let mut value = Value::parse(text).unwrap();
    accepted::normalize(&mut value);
    let set = format::load(&value, text, format::Kit::EXAM).set.unwrap();
    for (question, typed, is_right) in [
        (0, "25℃", true),
        (0, "２５℃", true),
        (0, "25C", false),
        (1, "m2", true),
        (1, "square", true),
        (1, "メートル", true),
        (1, "M2", false),
        (2, "g=é", true),
        (2, "g=plain", true),
    ] {
        let kind = set.questions[question].body.as_type();
        let response = Response(vec![accepted::normalized(typed)]);
        assert_eq!(kind.tally(&response).is_exact(), is_right, "{typed}");
    }
    // The key is shown as it was written.
    assert_eq!(
        set.questions[0].body.as_type().key(),
        Response(vec![String::from("25℃")])
    );
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
    let handle = mount(
        host.clone(),
        root.clone(),
        String::from("https://example.com/"),
        js_sys::Function::new_no_args(""),
    );
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
    let handle = mount(
        host.clone(),
        root.clone(),
        String::from("https://example.com/"),
        js_sys::Function::new_no_args(""),
    );
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
    let text = Prose {
        markdown: String::from(markdown),
        language: String::from("en"),
        is_inline: false,
    };
    prose::fill(&place, &text).await.unwrap();
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
