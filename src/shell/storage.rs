//! The browser's stores for what keeping decides: localStorage, and the journal beside it.

use std::rc::Rc;

use js_sys::{JsString, Reflect};
use wasm_bindgen::JsCast;
use web_sys::Storage;

use super::concern::Concern;
use super::journal::Journal;
use super::{Runner, ambient};
use crate::engine::attempt::Attempt;
pub use crate::keeping::names::OURS;
use crate::keeping::ports::{Ledger, Shelf};
pub use crate::keeping::store::{Imported, Refusal, Saved, Store};

/// localStorage, where the browser lets us have it.
struct Local(Storage);

impl Shelf for Local {
    fn get(&self, key: &str) -> Option<String> {
        self.0.get_item(key).ok().flatten()
    }

    fn set(&self, key: &str, text: &str) -> bool {
        self.0.set_item(key, text).is_ok()
    }

    fn remove(&self, key: &str) {
        // Removing cannot be refused once access was granted.
        let _ = self.0.remove_item(key);
    }

    fn keys(&self, beginning: &str) -> Vec<String> {
        // All at once, as `traces` does. Others may have tens of thousands, so only ours are copied.
        let keys = Reflect::own_keys(&self.0).unwrap_or_default();
        let ours = keys.iter().filter_map(|key| {
            let key = key.dyn_ref::<JsString>()?;
            key.starts_with(beginning, 0).then(|| key.into())
        });
        ours.collect()
    }
}

impl Store {
    /// The browser's stores. Access itself can be refused: blocked cookies, a sandboxed frame. What either lacks, or has in
    /// an older revision, comes from the other.
    pub async fn local(set: &str) -> Self {
        let storage = web_sys::window().and_then(|window| window.local_storage().ok().flatten());
        let shelf = storage.map(|storage| Rc::new(Local(storage)) as Rc<dyn Shelf>);
        let journal = Journal::open().await;
        let journal = journal.map(|journal| journal as Rc<dyn Ledger>);
        let store = Self::new(set, shelf, journal, ambient::now);
        store.recover().await;
        store
    }

    /// Removes every record of ours, of all question sets of this site, but for notes that they are gone. Gives whether it is
    /// certain that they stay so.
    pub async fn delete_everything(&self) -> bool {
        match self.erase().await {
            Some(is_certain) => is_certain,
            // It may only have been refused when the page was opened.
            None => Journal::delete_unopened(),
        }
    }
}

/// All attempts that can be read; the reader is told of the others.
pub fn read(store: &Store, runner: &Runner) -> Vec<Attempt> {
    let attempts = store.attempts();
    let newer = attempts.iter().filter(|attempt| attempt.is_newer).count();
    if newer > 0 {
        runner.concern(Concern::Newer(newer));
    }
    if store.is_beyond()
        && let Some(kilobytes) = store.too_much()
    {
        runner.concern(Concern::TooMuch(kilobytes));
    }
    let set_aside = store.set_aside_count();
    if set_aside > 0 {
        runner.concern(Concern::SetAside(set_aside));
    }
    attempts
}

/// Asks the browser not to delete what is stored when it needs room. Some ask the reader; some never do it.
pub fn ask_to_persist() {
    let manager = web_sys::window().map(|window| window.navigator().storage());
    // Pages that are not served securely have none.
    if let Some(manager) = manager.filter(|manager| !manager.is_undefined())
        && let Ok(answer) = manager.persist()
    {
        // Whatever the answer is: the reader is told that a browser may delete data.
        wasm_bindgen_futures::spawn_local(async move {
            let _ = wasm_bindgen_futures::JsFuture::from(answer).await;
        });
    }
}
