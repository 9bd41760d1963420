//! Whether anything of ours may be stored in this browser, found out as cheaply as can be: most readers come for the first
//! time, and need nothing of what reads it before the first question.

use js_sys::{Array, Function, JsString, Promise, Reflect};
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
    // All at once: to ask for one by its number, some browsers count from the first. And not what a script would: to leave out
    // what is not enumerable, it would look at each text.
    let Ok(keys) = Reflect::own_keys(&storage) else {
        return true;
    };
    let is_ours = |key: JsValue| {
        let key = key.dyn_ref::<JsString>();
        key.is_some_and(|key| key.starts_with(&prefix, 0))
    };
    if keys.iter().any(is_ours) {
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
