//! Whether anything of ours may be stored in this browser, found out as cheaply as can be: most readers come for the first
//! time, and need nothing of what reads it before the first question.

use js_sys::{Array, Function, Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

use super::storage::OURS;

/// Whether localStorage has keys of this set, or there is a journal. Where nobody can say, there may be.
pub async fn found(set: &str) -> bool {
    let Some(window) = web_sys::window() else {
        return false;
    };
    let prefix = [OURS, set, ":"].concat();
    // Where this is refused, so is everything.
    let Ok(Some(storage)) = window.local_storage() else {
        return false;
    };
    let count = storage.length().unwrap_or(0);
    let key = |index| storage.key(index).ok().flatten();
    if (0..count).any(|index| key(index).is_some_and(|key| key.starts_with(&prefix))) {
        return true;
    }
    match databases(&window).await {
        Some(databases) => databases.iter().any(|database| {
            let name = Reflect::get(&database, &"name".into());
            name.is_ok_and(|name| name.as_string().as_deref() == Some(super::journal::NAME))
        }),
        None => true,
    }
}

/// The databases of this site, by a function that web-sys does not have.
async fn databases(window: &web_sys::Window) -> Option<Array> {
    let factory: JsValue = Reflect::get(window, &"indexedDB".into()).ok()?;
    let function: Function = Reflect::get(&factory, &"databases".into())
        .ok()?
        .dyn_into()
        .ok()?;
    let list: Promise = function.call0(&factory).ok()?.dyn_into().ok()?;
    JsFuture::from(list).await.ok()?.dyn_into().ok()
}
