//! [`Quiz`]: the widget as a Leptos component, for sites that are built with Leptos.

use js_sys::{Function, Promise};
use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, future_to_promise};
use web_sys::{AbortSignal, RequestInit, Response, ShadowRootInit, ShadowRootMode};

use super::element::{self, Handle};

/// The text at an address, or the status that its server answered with. Unlike the loader of `<mondai-quiz>` it waits for as
/// long as the browser does.
async fn read(address: String, signal: AbortSignal) -> Result<JsValue, JsValue> {
    let init = RequestInit::new();
    init.set_signal(Some(&signal));
    let response = JsFuture::from(window().fetch_with_str_and_init(&address, &init)).await?;
    let response: Response = response.unchecked_into();
    if !response.ok() {
        return Err(response.status().to_string().into());
    }
    JsFuture::from(response.text()?).await
}

/// A quiz in a shadow root of its own: the same widget as `<mondai-quiz>`, without the loader.
///
/// The props are the element's attributes, as text; what is left out has the element's default. The events (such as
/// `mondai-finished`) are sent from the component's element and bubble, so a listener on any ancestor gets them.
///
/// ```ignore
/// use leptos::prelude::*;
/// use mondai::Quiz;
///
/// view! { <Quiz src="/sets/mla-c01.json" form="practice" count="10"/> }
/// ```
#[component]
pub fn Quiz(
    /// Address of the question set, relative to the page.
    #[prop(into)]
    src: String,
    /// Id of a form in the set.
    #[prop(into, optional)]
    form: Option<String>,
    /// At most this many questions.
    #[prop(into, optional)]
    count: Option<String>,
    /// Only these domain ids, separated by spaces.
    #[prop(into, optional)]
    domain: Option<String>,
    /// A duration such as `130m`, or `none`.
    #[prop(into, optional)]
    time_limit: Option<String>,
    /// BCP 47 tag for interface and content.
    #[prop(into, optional)]
    lang: Option<String>,
    /// `auto`, `light` or `dark`.
    #[prop(into, optional)]
    theme: Option<String>,
    /// The same seed gives the same paper.
    #[prop(into, optional)]
    seed: Option<String>,
    /// `local` or `none`.
    #[prop(into, optional)]
    storage: Option<String>,
) -> impl IntoView {
    let attributes = [
        ("src", Some(src)),
        ("form", form),
        ("count", count),
        ("domain", domain),
        ("time-limit", time_limit),
        ("lang", lang),
        ("theme", theme),
        ("seed", seed),
        ("storage", storage),
    ];
    let node = NodeRef::<html::Div>::new();
    let handle = StoredValue::new_local(None::<Handle>);
    let reader = StoredValue::new_local(Closure::<dyn Fn(String, AbortSignal) -> Promise>::new(
        |address, signal| future_to_promise(read(address, signal)),
    ));
    Effect::new(move |_| {
        let Some(host) = node.get() else { return };
        for (name, value) in &attributes {
            if let Some(value) = value {
                // These names are well formed; nothing can be refused.
                let _ = host.set_attribute(name, value);
            }
        }
        let init = ShadowRootInit::new(ShadowRootMode::Open);
        // A `div` can always have a shadow root, and this one is new.
        if let Ok(root) = host.attach_shadow(&init) {
            let page = document().base_uri().ok().flatten().unwrap_or_default();
            let read =
                reader.with_value(|reader| reader.as_ref().unchecked_ref::<Function>().clone());
            handle.set_value(Some(element::mount(
                host.unchecked_into(),
                root,
                page,
                read,
            )));
        }
    });
    on_cleanup(move || {
        handle.try_update_value(Option::take);
    });
    view! { <div node_ref=node></div> }
}
