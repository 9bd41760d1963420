//! One page writes a sitting. Which one, the browser's Web Locks say, or a lease where there are none; pages tell each other
//! over a channel that the reader wants to go on in another one.
//!
//! A page that goes or crashes lets go by itself; nothing here needs a timer.

use core::cell::Cell;
use std::rc::Rc;

use js_sys::{Function, Promise, Reflect};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortController, BroadcastChannel, MessageEvent};

use super::lease::{Claimant, Lease};
use crate::keeping::ports::{Asking, OnDrop};

#[wasm_bindgen]
extern "C" {
    /// `LockManager` of Web Locks, which web-sys has for unstable builds only.
    type Locks;
    #[wasm_bindgen(method, catch)]
    fn request(
        this: &Locks,
        name: &str,
        options: &JsValue,
        granted: &Function,
    ) -> Result<Promise, JsValue>;
    #[wasm_bindgen(method, catch)]
    fn query(this: &Locks) -> Result<Promise, JsValue>;
}

/// The pages of this site that show the same sittings.
pub struct Tabs<C> {
    locks: Option<Locks>,
    channel: Option<BroadcastChannel>,
    /// Where there are no locks.
    lease: Option<Rc<Lease<C>>>,
    _on_message: Closure<dyn FnMut(MessageEvent)>,
}

impl<C> Drop for Tabs<C> {
    fn drop(&mut self) {
        if let Some(channel) = &self.channel {
            channel.close();
        }
    }
}

/// The name of the channel.
const CHANNEL: &str = "mondai:1";
/// What a page says, before the key, that wants to go on with a sitting.
const WANT: &str = "want";

impl<C: Claimant> Tabs<C> {
    /// Listens to other pages; `wanted` is called with the key of a sitting that the reader wants to go on with elsewhere.
    pub fn new(wanted: impl Fn(&str) + 'static) -> Self {
        let locks: Option<Locks> = web_sys::window().and_then(|window| {
            let locks = Reflect::get(&window.navigator(), &"locks".into()).ok()?;
            locks.is_object().then(|| locks.unchecked_into())
        });
        // Refused where storage is.
        let channel = BroadcastChannel::new(CHANNEL).ok();
        let lease = match &locks {
            Some(_) => None,
            None => channel.clone().map(Lease::new),
        };
        let heard = lease.clone();
        let on_message = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
            let Some(said) = event.data().as_string() else {
                return;
            };
            let mut parts = said.split('\n');
            let [word, key, turn] = [(); 3].map(|()| parts.next().unwrap_or_default());
            if word == WANT {
                wanted(key);
            } else if let Some(lease) = &heard {
                lease.hear(word, key, turn);
            }
        });
        if let Some(channel) = &channel {
            channel.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
        }
        Self {
            locks,
            channel,
            lease,
            _on_message: on_message,
        }
    }

    /// Asks the page that has a sitting to let go of it.
    pub fn want(&self, key: &str) {
        if let Some(channel) = &self.channel {
            // A text can always be sent.
            let _ = channel.post_message(&[WANT, key].join("\n").into());
        }
    }

    /// Fulfilled once the locks have answered anything at all. Without locks at once.
    pub fn answered(&self) -> Promise {
        let answered = self.locks.as_ref().map(Locks::query);
        let answered = answered.and_then(Result::ok);
        answered.unwrap_or_else(|| Promise::resolve(&JsValue::UNDEFINED))
    }

    /// Asks that this page be the one that writes a sitting. To `steal` does not wait for who has it.
    ///
    /// Where pages can neither lock nor speak, nothing is stored that they could write at once: then it is granted.
    pub fn ask(&self, key: &str, steal: bool, claimant: C) -> Asking {
        match (&self.locks, &self.lease) {
            (Some(locks), _) => lock(locks, key, steal, claimant),
            (None, Some(lease)) => lease.ask(key, steal, claimant),
            (None, None) => {
                claimant.granted(OnDrop::new(|| {}));
                OnDrop::new(|| {})
            }
        }
    }
}

fn lock<C: Claimant>(locks: &Locks, key: &str, steal: bool, claimant: C) -> Asking {
    let controller = AbortController::new().ok().filter(|_| !steal);
    let options = js_sys::Object::new();
    // Setting keys of a plain object cannot fail.
    let _ = match &controller {
        Some(controller) => Reflect::set(&options, &"signal".into(), &controller.signal()),
        None => Reflect::set(&options, &"steal".into(), &steal.into()),
    };
    let is_granted = Rc::new(Cell::new(false));
    let (now_granted, winner) = (Rc::clone(&is_granted), claimant.clone());
    let callback = Closure::once_into_js(move |_: JsValue| -> Promise {
        let mut hold = None;
        let until_released = Promise::new(&mut |release, _| {
            hold = Some(OnDrop::new(move || {
                // The function that fulfils a promise; it cannot fail.
                let _ = release.call0(&JsValue::UNDEFINED);
            }));
        });
        now_granted.set(true);
        if let Some(hold) = hold {
            winner.granted(hold);
        }
        until_released
    });
    if let Ok(whole) = locks.request(key, &options, callback.unchecked_ref()) {
        wasm_bindgen_futures::spawn_local(async move {
            // It ends well when the hold is dropped, and badly when the request was taken back or the lock was stolen.
            if JsFuture::from(whole).await.is_err() && is_granted.get() {
                claimant.lost();
            }
        });
    }
    OnDrop::new(move || {
        if let Some(controller) = &controller {
            controller.abort();
        }
    })
}
