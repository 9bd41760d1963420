//! The journal: a copy of every record in `IndexedDB`, which loses nothing when a browser is killed. localStorage does: it
//! writes to disk seconds or minutes later.
//!
//! One database for all question sets of a site, with one store of texts under the keys that they have in localStorage.
//! Each change is a transaction of its own; the browser keeps them in order. Whatever is refused is a `None` or an `Err`,
//! never an exception.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use gloo_timers::callback::Timeout;
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

/// How long a browser may take to open the database or to read it, in milliseconds. It can take for ever: a page that was
/// frozen in the middle of a change holds up all others.
const PATIENCE: u32 = 3_000;

/// What became of a change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Put {
    /// It is on disk.
    Arrived,
    /// What was there is better, and stays: somebody else wrote it.
    Outdated,
    /// The browser refused it.
    Refused,
}

/// Whether what is there stays, rather than what is to be put in its place; `None` if it never does. Asked in the same
/// transaction, so that nobody can write between the question and the change. But a page that is killed before the answer
/// comes has changed nothing, so who knows the answer need not ask.
pub type Stays = Option<fn(&str, &str) -> bool>;

/// A change on its way, and whether what was there has stayed.
struct Change {
    transaction: IdbTransaction,
    has_stayed: Rc<Cell<bool>>,
}

/// The copy of every record.
pub struct Journal {
    /// `None` as long as the browser takes too long to open it.
    open: RefCell<Option<Open>>,
    /// Changes that were sent, and those that have arrived.
    sent: Cell<u32>,
    arrived: Cell<u32>,
}

/// An open database. Dropping it closes it, once what was put into it is there.
struct Open {
    database: IdbDatabase,
    _on_version: Closure<dyn FnMut()>,
}

impl Drop for Open {
    fn drop(&mut self) {
        self.database.set_onversionchange(None);
        self.database.close();
    }
}

fn factory() -> Option<IdbFactory> {
    // Access itself can be refused.
    web_sys::window()?.indexed_db().ok().flatten()
}

/// Waits for a promise, but not for ever.
async fn in_time(promise: &Promise) -> Result<JsValue, JsValue> {
    let mut timeout = None;
    let late = Promise::new(&mut |_, reject: Function| {
        timeout = Some(Timeout::new(PATIENCE, move || {
            // The function that rejects a promise; it cannot fail.
            let _ = reject.call0(&JsValue::UNDEFINED);
        }));
    });
    let first = Promise::race(&Array::of2(promise, &late));
    let ended = JsFuture::from(first).await;
    drop(timeout);
    ended
}

/// The result of a request, once it is there.
async fn result(request: &IdbRequest) -> Result<JsValue, JsValue> {
    let ended = Promise::new(&mut |resolve, reject| {
        request.set_onsuccess(Some(&resolve));
        request.set_onerror(Some(&reject));
    });
    in_time(&ended).await?;
    request.result()
}

/// Fulfilled when a transaction has done all it was to do, rejected when it did nothing.
fn completed(transaction: &IdbTransaction) -> Promise {
    Promise::new(&mut |resolve, reject: Function| {
        transaction.set_oncomplete(Some(&resolve));
        transaction.set_onabort(Some(&reject));
        transaction.set_onerror(Some(&reject));
    })
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
    let opened = result(&request).await;
    if opened.is_err() {
        // If it comes after all, nobody needs it any more.
        let late = request.clone();
        let close = Closure::once_into_js(move || {
            if let Ok(database) = late.result() {
                database.unchecked_into::<IdbDatabase>().close();
            }
        });
        request.set_onsuccess(Some(close.unchecked_ref()));
    }
    Ok(opened?.unchecked_into())
}

fn put_or_delete(store: &IdbObjectStore, key: &JsValue, text: Option<&str>) -> Result<(), JsValue> {
    match text {
        Some(text) => store.put_with_key(&text.into(), key),
        None => store.delete(key),
    }
    .map(drop)
}

/// Without waiting whether there is more to do: the page may be about to go. Not every browser has it.
fn commit(transaction: &IdbTransaction) {
    #[expect(deprecated, reason = "web-sys says so of what some browsers lacked")]
    let _ = transaction.commit();
}

impl Open {
    async fn new() -> Result<Self, JsValue> {
        let database = open().await?;
        let closing = database.clone();
        // Somebody deletes the database: then it must not be held open.
        let on_version = Closure::<dyn FnMut()>::new(move || closing.close());
        database.set_onversionchange(Some(on_version.as_ref().unchecked_ref()));
        Ok(Self {
            database,
            _on_version: on_version,
        })
    }
}

impl Journal {
    /// Opens the journal; `None` where the browser does not let us.
    pub async fn open() -> Option<Rc<Self>> {
        let open = match Open::new().await {
            Ok(open) => Some(open),
            Err(late) if late.is_undefined() => None,
            Err(_) => return None,
        };
        Some(Rc::new(Self {
            open: RefCell::new(open),
            sent: Cell::new(0),
            arrived: Cell::new(0),
        }))
    }

    /// Opens the database again if it was closed: somebody had deleted it.
    async fn reopen(&self) -> Result<(), JsValue> {
        if self.store(IdbTransactionMode::Readonly).is_err() {
            let open = Open::new().await?;
            drop(self.open.replace(Some(open)));
        }
        Ok(())
    }

    fn store(&self, mode: IdbTransactionMode) -> Result<(IdbTransaction, IdbObjectStore), JsValue> {
        let open = self.open.borrow();
        let database = &open.as_ref().ok_or(JsValue::NULL)?.database;
        let transaction = database.transaction_with_str_and_mode(RECORDS, mode)?;
        let store = transaction.object_store(RECORDS)?;
        Ok((transaction, store))
    }

    /// All keys with a beginning, and their texts; `None` if they cannot be read.
    pub async fn entries(&self, beginning: &str) -> Option<Vec<(String, String)>> {
        self.reopen().await.ok()?;
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

    /// Puts a text under a key, or takes the key out, unless what is there is to stay.
    fn change(&self, key: &str, text: Option<&str>, stays: Stays) -> Result<Change, JsValue> {
        let (transaction, store) = self.store(IdbTransactionMode::Readwrite)?;
        let has_stayed = Rc::new(Cell::new(false));
        let key = JsValue::from(key);
        let Some(stays) = stays else {
            put_or_delete(&store, &key, text)?;
            commit(&transaction);
            return Ok(Change {
                transaction,
                has_stayed,
            });
        };
        let text = text.map(str::to_owned);
        let there = store.get(&key)?;
        let (found, ending, stayed) = (there.clone(), transaction.clone(), Rc::clone(&has_stayed));
        let decide = Closure::once_into_js(move || {
            let found = found.result().ok().and_then(|found| found.as_string());
            let is_better = |text: &String| found.is_some_and(|found| stays(&found, text));
            if text.as_ref().is_some_and(is_better) {
                stayed.set(true);
            } else if put_or_delete(&store, &key, text.as_deref()).is_err() {
                // Nothing is to look as if it had arrived.
                let _ = ending.abort();
                return;
            }
            commit(&ending);
        });
        there.set_onsuccess(Some(decide.unchecked_ref()));
        Ok(Change {
            transaction,
            has_stayed,
        })
    }

    /// Puts a text under a key, or takes the key out, unless what is there is to stay. Once this change and all before it
    /// have arrived, or one could not, `ended` is told what became of it.
    pub fn put(
        self: &Rc<Self>,
        key: &str,
        text: Option<&str>,
        stays: Stays,
        ended: impl FnOnce(Put) + 'static,
    ) {
        let number = self.sent.get().wrapping_add(1);
        self.sent.set(number);
        let change = self.change(key, text, stays);
        let again = change
            .is_err()
            .then(|| (key.to_owned(), text.map(str::to_owned)));
        let journal = Rc::clone(self);
        wasm_bindgen_futures::spawn_local(async move {
            let change = match again {
                Some((key, text)) => journal.change_again(&key, text.as_deref(), stays).await,
                None => change,
            };
            let put = match change {
                Ok(change) => match JsFuture::from(completed(&change.transaction)).await {
                    Ok(_) if change.has_stayed.get() => Put::Outdated,
                    Ok(_) => Put::Arrived,
                    Err(_) => Put::Refused,
                },
                Err(_) => Put::Refused,
            };
            journal.arrived.set(number);
            if put != Put::Arrived || journal.sent.get() == number {
                ended(put);
            }
        });
    }

    async fn change_again(
        &self,
        key: &str,
        text: Option<&str>,
        stays: Stays,
    ) -> Result<Change, JsValue> {
        self.reopen().await?;
        self.change(key, text, stays)
    }

    /// Puts a text under a key, for which nobody waits. The next one comes soon.
    pub fn note(&self, key: &str, text: &str) {
        drop(self.change(key, Some(text), None));
    }

    /// Waits until everything that was put has arrived: by a transaction that comes after all of them.
    pub async fn settled(&self) {
        if self.arrived.get() != self.sent.get()
            && let Ok((transaction, store)) = self.store(IdbTransactionMode::Readwrite)
            && store.count().is_ok()
        {
            // If it cannot, there is nothing to wait for.
            let _ = JsFuture::from(completed(&transaction)).await;
        }
    }

    /// Deletes the database of a journal that could not be opened; gives whether the browser may do so.
    pub fn delete_unopened() -> bool {
        // Where there is none for us, there is nothing to delete.
        factory().is_none_or(|factory| factory.delete_database(NAME).is_ok())
    }

    /// Takes everything out, and the database itself.
    pub async fn delete(&self) -> bool {
        let is_open = self.reopen().await.is_ok();
        let store = self.store(IdbTransactionMode::Readwrite);
        let Some((transaction, store)) = store.ok().filter(|_| is_open) else {
            return false;
        };
        let is_empty = store.clear().is_ok() && in_time(&completed(&transaction)).await.is_ok();
        drop(self.open.take());
        // An empty database of another page that does not let go is deleted when that page goes.
        let _ = factory().map(|factory| factory.delete_database(NAME));
        is_empty
    }
}
