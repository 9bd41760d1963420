//! The journal: a copy of every record in `IndexedDB`, which loses nothing when a browser is killed. localStorage does: it
//! writes to disk seconds or minutes later.
//!
//! One database for all question sets of a site, with one store of texts under the keys that they have in localStorage.
//! Each change is a transaction of its own; the browser keeps them in order. Whatever is refused is a `None` or an `Err`,
//! never an exception.

use std::cell::Cell;
use std::rc::Rc;

use js_sys::{Array, Function, Promise};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    IdbDatabase, IdbFactory, IdbKeyRange, IdbObjectStore, IdbOpenDbRequest, IdbRequest,
    IdbTransaction, IdbTransactionMode,
};

/// The name of the database.
pub const NAME: &str = "mondai:1";
/// The name of its one store.
const RECORDS: &str = "records";

/// An open database. Dropping it closes it, once what was put into it is there.
pub struct Journal {
    database: IdbDatabase,
    /// Changes that were sent, and those that have arrived.
    sent: Cell<u32>,
    arrived: Cell<u32>,
    _on_version: Closure<dyn FnMut()>,
}

impl Drop for Journal {
    fn drop(&mut self) {
        self.database.set_onversionchange(None);
        self.database.close();
    }
}

fn factory() -> Option<IdbFactory> {
    // Access itself can be refused.
    web_sys::window()?.indexed_db().ok().flatten()
}

/// The result of a request, once it is there.
async fn result(request: &IdbRequest) -> Result<JsValue, JsValue> {
    JsFuture::from(Promise::new(&mut |resolve, reject| {
        request.set_onsuccess(Some(&resolve));
        request.set_onerror(Some(&reject));
    }))
    .await?;
    request.result()
}

/// Waits until a transaction has done all it was to do, or nothing.
async fn completed(transaction: &IdbTransaction) -> Result<(), JsValue> {
    let ended = Promise::new(&mut |resolve, reject: Function| {
        transaction.set_oncomplete(Some(&resolve));
        transaction.set_onabort(Some(&reject));
        transaction.set_onerror(Some(&reject));
    });
    JsFuture::from(ended).await.map(drop)
}

async fn open() -> Result<IdbDatabase, JsValue> {
    let factory = factory().ok_or(JsValue::NULL)?;
    let request: IdbOpenDbRequest = factory.open_with_u32(NAME, 1)?;
    let opened = request.clone();
    // There is a database to fill only in this moment; then it must have its store.
    let fill = Closure::once(move || {
        if let Ok(database) = opened.result() {
            let database: IdbDatabase = database.unchecked_into();
            // Fails only for a store that is there.
            let _ = database.create_object_store(RECORDS);
        }
    });
    request.set_onupgradeneeded(Some(fill.as_ref().unchecked_ref()));
    Ok(result(&request).await?.unchecked_into())
}

impl Journal {
    /// Opens the journal; `None` where the browser does not let us.
    pub async fn open() -> Option<Rc<Self>> {
        let database = open().await.ok()?;
        let closing = database.clone();
        // Somebody deletes the database: then it must not be held open.
        let on_version = Closure::<dyn FnMut()>::new(move || closing.close());
        database.set_onversionchange(Some(on_version.as_ref().unchecked_ref()));
        Some(Rc::new(Self {
            database,
            sent: Cell::new(0),
            arrived: Cell::new(0),
            _on_version: on_version,
        }))
    }

    fn store(&self, mode: IdbTransactionMode) -> Result<(IdbTransaction, IdbObjectStore), JsValue> {
        let transaction = self.database.transaction_with_str_and_mode(RECORDS, mode)?;
        let store = transaction.object_store(RECORDS)?;
        Ok((transaction, store))
    }

    /// All keys with a beginning, and their texts; `None` if they cannot be read.
    pub async fn entries(&self, beginning: &str) -> Option<Vec<(String, String)>> {
        let (_, store) = self.store(IdbTransactionMode::Readonly).ok()?;
        let end = [beginning, "\u{ffff}"].concat();
        let range = IdbKeyRange::bound(&beginning.into(), &end.into()).ok()?;
        let keys = store.get_all_keys_with_key(&range).ok()?;
        let texts = store.get_all_with_key(&range).ok()?;
        // The second answer comes after the first.
        let texts: Array = result(&texts).await.ok()?.unchecked_into();
        let keys: Array = keys.result().ok()?.unchecked_into();
        let pairs = keys.iter().zip(texts.iter());
        Some(
            pairs
                .filter_map(|(key, text)| Some((key.as_string()?, text.as_string()?)))
                .collect(),
        )
    }

    /// Puts a text under a key, or takes the key out; gives the end of it.
    fn change(&self, key: &str, text: Option<&str>) -> Result<IdbTransaction, JsValue> {
        let (transaction, store) = self.store(IdbTransactionMode::Readwrite)?;
        match text {
            Some(text) => store.put_with_key(&text.into(), &key.into())?,
            None => store.delete(&key.into())?,
        };
        // Without waiting whether there is more to do: the page may be about to go. Not every browser has it.
        #[expect(deprecated, reason = "web-sys says so of what some browsers lacked")]
        let _ = transaction.commit();
        Ok(transaction)
    }

    /// Puts a text under a key, or takes the key out. Once this change and all before it have arrived, or one could not,
    /// `ended` is told which.
    pub fn put(self: &Rc<Self>, key: &str, text: Option<&str>, ended: impl FnOnce(bool) + 'static) {
        let number = self.sent.get().wrapping_add(1);
        self.sent.set(number);
        let change = self.change(key, text);
        let journal = Rc::clone(self);
        wasm_bindgen_futures::spawn_local(async move {
            let is_there = match change {
                Ok(transaction) => completed(&transaction).await.is_ok(),
                Err(_) => false,
            };
            journal.arrived.set(number);
            if !is_there || journal.sent.get() == number {
                ended(is_there);
            }
        });
    }

    /// Waits until everything that was put has arrived: by a transaction that comes after all of them.
    pub async fn settled(&self) {
        if self.arrived.get() != self.sent.get()
            && let Ok((transaction, store)) = self.store(IdbTransactionMode::Readwrite)
            && store.count().is_ok()
        {
            // If it cannot, there is nothing to wait for.
            let _ = completed(&transaction).await;
        }
    }

    /// Takes everything out, and the database itself.
    pub async fn delete(&self) -> bool {
        let Ok((transaction, store)) = self.store(IdbTransactionMode::Readwrite) else {
            return false;
        };
        let is_empty = store.clear().is_ok() && completed(&transaction).await.is_ok();
        self.database.close();
        // An empty database of another page that does not let go is deleted when that page goes.
        let _ = factory().map(|factory| factory.delete_database(NAME));
        is_empty
    }
}
