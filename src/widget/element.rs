//! The element's side of the Wasm: a handle out.

use std::rc::Rc;

use js_sys::Function;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;
use web_sys::{HtmlElement, ShadowRoot};

use super::loading::Widget;
use crate::engine::event::{Event, Which};
use crate::shell::{self, sheet};
use crate::ui;

/// A mounted widget. Dropping it (or calling `unmount`) stops and removes everything.
#[wasm_bindgen]
pub struct Handle {
    widget: Rc<Widget>,
}

/// Mounts a widget into the shadow root of `host`, whose attributes say which quiz. The screens appear when the question
/// set is there; until then, and if it cannot be used, the light-DOM fallback stays. `page` is what addresses are relative to,
/// `read` fetches the text at one.
#[wasm_bindgen]
pub fn mount(host: HtmlElement, root: ShadowRoot, page: String, read: Function) -> Handle {
    sheet::adopt(&root, ui::STYLE);
    let widget = Rc::new(Widget::new(host, root, page, read));
    let loading = Rc::clone(&widget);
    wasm_bindgen_futures::spawn_local(async move { loading.load().await });
    Handle { widget }
}

#[wasm_bindgen]
impl Handle {
    /// `loading`, `ready`, `running`, `paused`, `finished` or `error`.
    #[wasm_bindgen(getter)]
    pub fn state(&self) -> String {
        self.widget.state().to_owned()
    }

    /// Starts a new sitting, unless one is running.
    pub fn start(&self) {
        let seed = self.widget.seed.borrow().clone();
        self.dispatch(shell::start(seed, Which::All));
    }

    /// Stops the clock, in a practice form.
    pub fn pause(&self) {
        self.dispatch(Event::Pause);
    }

    /// Lets the clock run on.
    pub fn resume(&self) {
        self.dispatch(Event::Resume);
    }

    /// Hands in what is answered.
    pub fn submit(&self) {
        self.dispatch(Event::Submit);
    }

    /// Back to the start screen; a running sitting is given up.
    pub fn reset(&self) {
        self.dispatch(Event::Reset);
    }

    /// All stored attempts of this question set, the newest first.
    pub fn attempts(&self) -> JsValue {
        let kept = self.widget.runner().and_then(|runner| {
            let keeper = runner.keeper()?;
            Some(keeper.list(&runner))
        });
        kept.unwrap_or_else(|| js_sys::Array::new().into())
    }

    /// Everything stored of this question set, as JSON text.
    ///
    /// # Errors
    /// Before the question set is loaded.
    #[wasm_bindgen(js_name = exportData)]
    pub fn export_data(&self) -> Result<String, js_sys::Error> {
        let runner = self.widget.runner().ok_or_else(too_early)?;
        Ok(runner.keeper().map_or_else(
            // Nothing is kept (yet). An id needs no escaping.
            || {
                let set = runner.look(|session| session.set().id.clone());
                ["{\"mondai\":1,\"set\":\"", &set, "\",\"records\":{}}"].concat()
            },
            |keeper| keeper.export(&runner),
        ))
    }

    /// Puts an export back.
    ///
    /// # Errors
    /// Before the question set is loaded, or for a text that is no export of this set or larger than one can be.
    #[wasm_bindgen(js_name = importData)]
    pub fn import_data(&self, text: js_sys::JsString) -> Result<JsValue, js_sys::Error> {
        let runner = self.widget.runner().ok_or_else(too_early)?;
        let keeper = runner.keeper().ok_or_else(too_early)?;
        let counts = keeper.import(&runner, &text);
        let counts = counts.map_err(|(_, message)| js_sys::Error::new(&message))?;
        let summary = js_sys::Object::new();
        for (name, count) in ["imported", "kept", "refused"].into_iter().zip(counts) {
            // A plain object takes any key.
            let _ = js_sys::Reflect::set(&summary, &name.into(), &count.into());
        }
        Ok(summary.into())
    }

    /// Stops and removes everything. Calling it twice is harmless.
    pub fn unmount(&self) {
        self.widget.unmount();
    }

    fn dispatch(&self, event: Event) {
        if let Some(runner) = self.widget.runner() {
            runner.act(event);
        }
    }
}

impl Drop for Handle {
    fn drop(&mut self) {
        self.unmount();
    }
}

fn too_early() -> js_sys::Error {
    js_sys::Error::new("The quiz is not loaded yet: await the element's `ready` first.")
}
