//! The journal: a copy of every record in `IndexedDB`, which loses nothing when a browser is killed. localStorage does: it
//! writes to disk seconds or minutes later.
//!
//! One database for all question sets of a site, with one store of texts under the keys that they have in localStorage.
//! Each change is a transaction of its own; the browser keeps them in order. Beside the records stand notes of what was
//! deleted (see [`crate::engine::gone`]). Whatever is refused is a `None` or an `Err`,
//! never an exception.

mod gone;

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

use crate::engine::clock::Timestamp;
use crate::keeping::ports::{Ended, Ledger, OnEnd, Others, Soon};
pub use crate::keeping::term::Put;
use crate::keeping::term::{Changes, Decision, Order};

/// The name of the database.
pub const NAME: &str = "mondai:1";
/// The name of its one store.
const RECORDS: &str = "records";

/// How long a browser may take to open the database or to read it, in milliseconds. It can take for ever: a page that was
/// frozen in the middle of a change holds up all others.
const PATIENCE: u32 = 3_000;

/// A transaction on its way, and what was decided in it.
struct Change {
    transaction: IdbTransaction,
    decision: Rc<RefCell<Decision>>,
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

fn carry_out(store: &IdbObjectStore, changes: &Changes) -> Result<(), JsValue> {
    for (key, text) in changes {
        let key = key.into();
        match text {
            Some(text) => drop(store.put_with_key(&text.into(), &key)?),
            None => drop(store.delete(&key)?),
        }
    }
    Ok(())
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

    async fn read(&self, beginning: &str) -> Option<Vec<(String, String)>> {
        self.reopen().await.ok()?;
        let (transaction, store) = self.store(IdbTransactionMode::Readonly).ok()?;
        let end = [beginning, "\u{ffff}"].concat();
        let range = IdbKeyRange::bound(&beginning.into(), &end.into()).ok()?;
        let keys = store.get_all_keys_with_key(&range).ok()?;
        let texts = store.get_all_with_key(&range).ok()?;
        commit(&transaction);
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

    /// Begins the transaction of an order.
    ///
    /// Who need not look at anything sends all at once: a page that is killed while it waits for an answer would have
    /// written nothing.
    fn change(&self, order: &Order) -> Result<Change, JsValue> {
        let (transaction, store) = self.store(IdbTransactionMode::Readwrite)?;
        let looks_at = order.looks_at();
        let decision = Rc::new(RefCell::new(Decision::default()));
        for (guard, refusal) in order.guards() {
            let key = JsValue::from(guard);
            // Refused where it stands, and with it everything. What is undone with it is told so too, later.
            let request = store.add_with_key(&"".into(), &key)?;
            let refused = Rc::clone(&decision);
            let stands = Closure::once_into_js(move || {
                refused.borrow_mut().refusal.get_or_insert(refusal);
            });
            request.set_onerror(Some(stands.unchecked_ref()));
            store.delete(&key)?;
        }
        if looks_at.is_empty() {
            carry_out(&store, &order.decide(&[]).writes)?;
            commit(&transaction);
            return Ok(Change {
                transaction,
                decision,
            });
        }
        let mut requests = Vec::with_capacity(looks_at.len());
        for key in &looks_at {
            requests.push(store.get(&key.into())?);
        }
        if let Order::Look { .. } = order {
            // A page that is frozen before the answer comes must not hold up the others.
            commit(&transaction);
        }
        let last = requests.last().cloned();
        let (order, made, ending) = (order.clone(), Rc::clone(&decision), transaction.clone());
        // By then those before it have their answers too.
        let decide = Closure::once_into_js(move || {
            let texts = requests
                .iter()
                .map(|request| request.result().ok()?.as_string());
            let found: Vec<Option<String>> = texts.collect();
            let decision = order.decide(&found);
            let is_more = !decision.writes.is_empty();
            if is_more && carry_out(&store, &decision.writes).is_err() {
                // Nothing is to look as if it had arrived.
                let _ = ending.abort();
                return;
            }
            made.replace(decision);
            commit(&ending);
        });
        if let Some(last) = last {
            last.set_onsuccess(Some(decide.unchecked_ref()));
        }
        Ok(Change {
            transaction,
            decision,
        })
    }

    async fn change_again(&self, order: &Order) -> Result<Change, JsValue> {
        self.reopen().await?;
        self.change(order)
    }

    /// Waits until everything that was ordered has arrived: by a transaction that comes after all of them.
    async fn until_settled(&self) {
        if self.arrived.get() != self.sent.get()
            && let Ok((transaction, store)) = self.store(IdbTransactionMode::Readwrite)
            && store.count().is_ok()
        {
            // A page that is frozen meanwhile must not hold up the others.
            commit(&transaction);
            // If it cannot, there is nothing to wait for.
            let _ = JsFuture::from(completed(&transaction)).await;
        }
    }

    /// Deletes the database of a journal that could not be opened; gives whether the browser may do so.
    pub fn delete_unopened() -> bool {
        // Where there is none for us, there is nothing to delete.
        factory().is_none_or(|factory| factory.delete_database(NAME).is_ok())
    }
}

impl Ledger for Journal {
    fn order(self: Rc<Self>, order: Order, on_end: OnEnd) {
        let number = self.sent.get().wrapping_add(1);
        self.sent.set(number);
        // Begun at once, whenever its end is heard of.
        let change = self.change(&order);
        wasm_bindgen_futures::spawn_local(async move {
            let change = match change {
                Ok(change) => Ok(change),
                Err(_) => self.change_again(&order).await,
            };
            let put = match &change {
                Ok(change) => {
                    let completed = JsFuture::from(completed(&change.transaction)).await;
                    match (completed, change.decision.borrow().put()) {
                        (Ok(_), put) | (Err(_), put @ (Put::Outdated | Put::Gone)) => put,
                        (Err(_), _) => Put::Refused,
                    }
                }
                Err(_) => Put::Refused,
            };
            self.arrived.set(number);
            let text = change.ok().and_then(|change| change.decision.take().text);
            let is_last = self.sent.get() == number;
            on_end(Ended { put, is_last, text });
        });
    }

    fn note(&self, key: &str, text: &str) {
        let (key, text) = (key.to_owned(), Some(text.to_owned()));
        // The next one comes soon.
        drop(self.change(&Order::Set { key, text }));
    }

    fn entries(self: Rc<Self>, beginning: String) -> Soon<Option<Vec<(String, String)>>> {
        Box::pin(async move { self.read(&beginning).await })
    }

    fn settled(self: Rc<Self>) -> Soon<()> {
        Box::pin(async move { self.until_settled().await })
    }

    fn alter(self: Rc<Self>, changes: Changes) -> Soon<bool> {
        self.altered(changes)
    }

    fn erase(self: Rc<Self>, now: Timestamp, others: Others) -> Soon<Option<Vec<String>>> {
        Box::pin(async move { self.erase_all(now, others).await })
    }
}
