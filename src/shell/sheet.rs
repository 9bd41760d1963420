//! Style sheets of shadow roots: one constructed sheet a text, shared by all widgets of a page.

use std::cell::RefCell;

use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::wasm_bindgen;
use web_sys::{Node, ShadowRoot};

#[wasm_bindgen]
extern "C" {
    #[derive(Clone)]
    #[wasm_bindgen(js_name = CSSStyleSheet)]
    type Sheet;
    #[wasm_bindgen(constructor, js_class = "CSSStyleSheet")]
    fn new() -> Sheet;
    #[wasm_bindgen(method, js_name = replaceSync)]
    fn replace_sync(this: &Sheet, text: &str);

    /// A shadow root, with the one property that `web-sys` has behind an unstable flag.
    type Styled;
    #[wasm_bindgen(method, getter, js_name = adoptedStyleSheets)]
    fn adopted(this: &Styled) -> js_sys::Array;
    #[wasm_bindgen(method, setter, js_name = adoptedStyleSheets)]
    fn set_adopted(this: &Styled, sheets: &js_sys::Array);
}

thread_local! {
    static SHEETS: RefCell<Vec<(&'static str, Sheet)>> = const { RefCell::new(Vec::new()) };
}

fn known(text: &'static str) -> Option<Sheet> {
    SHEETS.with_borrow(|sheets| {
        let mut own = sheets.iter();
        own.find(|(own, _)| core::ptr::eq(*own, text))
            .map(|(_, sheet)| sheet.clone())
    })
}

/// Gives a shadow root (or a document, which has the same property) the sheet of a text, once.
pub fn adopt(root: &ShadowRoot, text: &'static str) {
    let sheet = known(text).unwrap_or_else(|| {
        let sheet = Sheet::new();
        sheet.replace_sync(text);
        SHEETS.with_borrow_mut(|sheets| sheets.push((text, sheet.clone())));
        sheet
    });
    let styled: &Styled = root.unchecked_ref();
    // A copy: what the browser gives changes with what is adopted.
    let before = styled.adopted().concat(&js_sys::Array::new());
    if !before.includes(&sheet, 0) {
        styled.set_adopted(&before.concat(&js_sys::Array::of1(&sheet)));
    }
}

/// Takes the sheet of a text back. What the page has adopted meanwhile stays.
pub fn discard(root: &ShadowRoot, text: &'static str) {
    let styled: &Styled = root.unchecked_ref();
    if let Some(sheet) = known(text) {
        let others = js_sys::Array::new();
        for own in styled.adopted().iter().filter(|own| *own != *sheet) {
            others.push(&own);
        }
        styled.set_adopted(&others);
    }
}

/// The same, for the shadow root that a node stands in.
pub fn adopt_around(node: &Node, text: &'static str) {
    if let Ok(root) = node.get_root_node().dyn_into::<ShadowRoot>() {
        adopt(&root, text);
    }
}
