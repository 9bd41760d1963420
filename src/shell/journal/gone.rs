//! Deleting from the journal: what goes, and the notes that it is gone, in one transaction.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use js_sys::{Array, Function, Promise};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::IdbTransactionMode;

use super::{Journal, carry_out, commit, completed, in_time};
use crate::engine::clock::Timestamp;
use crate::keeping::gone::{Entries, erasing};
use crate::keeping::ports::{Ledger, Others, Soon};
use crate::keeping::term::Put;
use crate::keeping::term::{Changes, Order};

impl Journal {
    /// Makes several changes, all or none, whatever is there. If the database is open this is begun in the task that wants it,
    /// and needs nothing more of the page. Gives whether they are on disk, and in time.
    pub(super) fn altered(self: Rc<Self>, changes: Changes) -> Soon<bool> {
        let given = Changes::new();
        let ended = Promise::new(&mut |resolve: Function, _| {
            let (given, changes) = (given.clone(), changes.clone());
            let order = Order::Alter { given, changes };
            Rc::clone(&self).order(
                order,
                Box::new(move |ended| {
                    // The function that fulfils a promise; it cannot fail.
                    let is_there = ended.put == Put::Arrived;
                    let _ = resolve.call1(&JsValue::UNDEFINED, &is_there.into());
                }),
            );
        });
        Box::pin(async move {
            let ended = in_time(&ended).await;
            ended.is_ok_and(|is_there| is_there.is_truthy())
        })
    }

    /// Takes out everything but notes, and notes that it is gone, and so is what `others` names just then: all at once. Gives
    /// the keys of `others`; `None` if the browser did not do it.
    pub(super) async fn erase_all(&self, now: Timestamp, others: Others) -> Option<Vec<String>> {
        self.reopen().await.ok()?;
        let (transaction, store) = self.store(IdbTransactionMode::Readwrite).ok()?;
        let (keys, texts) = (store.get_all_keys().ok()?, store.get_all().ok()?);
        let (last, ending) = (texts.clone(), transaction.clone());
        let (noted, is_sound) = (Rc::new(RefCell::new(Vec::new())), Rc::new(Cell::new(false)));
        let (to_noted, to_sound) = (Rc::clone(&noted), Rc::clone(&is_sound));
        // By the second answer the first is there too.
        let erase = Closure::once_into_js(move || {
            let (Ok(keys), Ok(texts)) = (keys.result(), texts.result()) else {
                return;
            };
            let (keys, texts): (Array, Array) = (keys.unchecked_into(), texts.unchecked_into());
            let own: Entries = keys
                .iter()
                .zip(texts.iter())
                .filter_map(|(key, text)| {
                    Some((key.as_string()?, text.as_string().unwrap_or_default()))
                })
                .collect();
            let others = others();
            if carry_out(&store, &erasing(&own, &others, now)).is_ok() {
                to_noted.replace(others.into_iter().map(|(key, _)| key).collect());
                to_sound.set(true);
                commit(&ending);
            } else {
                // Nothing is to look as if it had been done.
                let _ = ending.abort();
            }
        });
        last.set_onsuccess(Some(erase.unchecked_ref()));
        in_time(&completed(&transaction)).await.ok()?;
        is_sound.get().then(|| noted.take())
    }
}
