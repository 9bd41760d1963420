//! One page writes a sitting. Which one, the browser's Web Locks say; pages tell each other over a channel that the reader
//! wants to go on in another one.
//!
//! A page that goes, crashes or freezes for good lets go by itself; nothing here needs a timer.

use core::cell::RefCell;
use std::rc::Rc;

use js_sys::{Function, Promise, Reflect};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortController, BroadcastChannel, MessageEvent};

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
}

/// That this page is the one that writes a sitting. Dropping it lets go.
pub struct Hold {
    /// Nothing to call where there are no locks.
    release: Option<Function>,
}

impl Drop for Hold {
    fn drop(&mut self) {
        if let Some(release) = &self.release {
            // The function that fulfils a promise; it cannot fail.
            let _ = release.call0(&JsValue::UNDEFINED);
        }
    }
}

/// A request that waits its turn. Dropping it takes it back.
pub struct Asking {
    controller: Option<AbortController>,
}

impl Drop for Asking {
    fn drop(&mut self) {
        if let Some(controller) = &self.controller {
            controller.abort();
        }
    }
}

/// The pages of this site that show the same sittings.
pub struct Tabs {
    locks: Option<Locks>,
    channel: Option<BroadcastChannel>,
    _on_message: Closure<dyn FnMut(MessageEvent)>,
}

impl Drop for Tabs {
    fn drop(&mut self) {
        if let Some(channel) = &self.channel {
            channel.close();
        }
    }
}

/// The name of the channel.
const CHANNEL: &str = "mondai:1";

impl Tabs {
    /// Listens to other pages; `wanted` is called with the key of a sitting that the reader wants to go on with elsewhere.
    pub fn new(wanted: impl Fn(&str) + 'static) -> Self {
        let locks = web_sys::window().and_then(|window| {
            let locks = Reflect::get(&window.navigator(), &"locks".into()).ok()?;
            locks.is_object().then(|| locks.unchecked_into())
        });
        let on_message = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
            if let Some(key) = event.data().as_string() {
                wanted(&key);
            }
        });
        // Refused where storage is.
        let channel = BroadcastChannel::new(CHANNEL).ok();
        if let Some(channel) = &channel {
            channel.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
        }
        Self {
            locks,
            channel,
            _on_message: on_message,
        }
    }

    /// Asks the page that has a sitting to let go of it.
    pub fn want(&self, key: &str) {
        if let Some(channel) = &self.channel {
            // A text can always be sent.
            let _ = channel.post_message(&key.into());
        }
    }

    /// Asks to be the page that writes a sitting. `granted` is called when it is; `lost` if it is taken away after that.
    /// To `steal` does not wait for who has it.
    ///
    /// Where there are no locks it is granted at once: then who wrote last has it, and the other notices at its next write.
    pub fn ask(
        &self,
        key: &str,
        steal: bool,
        granted: impl FnOnce(Hold) + 'static,
        lost: impl FnOnce() + 'static,
    ) -> Asking {
        let Some(locks) = &self.locks else {
            granted(Hold { release: None });
            return Asking { controller: None };
        };
        let controller = AbortController::new().ok().filter(|_| !steal);
        let options = js_sys::Object::new();
        // Setting keys of a plain object cannot fail.
        let _ = match &controller {
            Some(controller) => Reflect::set(&options, &"signal".into(), &controller.signal()),
            None => Reflect::set(&options, &"steal".into(), &steal.into()),
        };
        let is_granted = Rc::new(RefCell::new(false));
        let now_granted = Rc::clone(&is_granted);
        let callback = Closure::once_into_js(move |_: JsValue| -> Promise {
            let mut hold = None;
            let until_released = Promise::new(&mut |release, _| {
                hold = Some(Hold {
                    release: Some(release),
                });
            });
            now_granted.replace(true);
            if let Some(hold) = hold {
                granted(hold);
            }
            until_released
        });
        let Ok(whole) = locks.request(key, &options, callback.unchecked_ref()) else {
            return Asking { controller };
        };
        wasm_bindgen_futures::spawn_local(async move {
            // It ends well when the hold is dropped, and badly when the request was taken back or the lock was stolen.
            if JsFuture::from(whole).await.is_err() && *is_granted.borrow() {
                lost();
            }
        });
        Asking { controller }
    }
}
