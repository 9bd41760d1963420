//! The reader's data as a file; and as a text to copy, where a browser gives no files: in frames that may not, and in apps that
//! show pages. No browser tells a page whether it has given one.

use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{Blob, HtmlAnchorElement, HtmlDocument, Url};

use super::context::Context;
use super::controls::{button, live};
use crate::shell::Runner;
use crate::shell::concern::Concern;

/// Gives the file, and says so.
pub fn export_button(context: Context) -> impl IntoView {
    let press = move |_| {
        context.with_keeper(|keeper, runner| {
            give(runner, &keeper.export(runner));
            // Told anew, because the text is another one now.
            runner.settle(Concern::Exported);
            runner.concern(Concern::Exported);
        });
    };
    let label = context.later().export;
    view! { <button type="button" part="tool" data-action="export" on:click=press>{label}</button> }
}

/// Gives the browser a file to save.
fn give(runner: &Runner, text: &str) {
    let parts = js_sys::Array::of1(&text.into());
    let file = Blob::new_with_str_sequence(&parts)
        .and_then(|blob| Url::create_object_url_with_blob(&blob));
    // Refused only where the memory is out; the text is there still.
    let Ok(address) = file else { return };
    if let Ok(link) = document().create_element("a") {
        let link: HtmlAnchorElement = link.unchecked_into();
        link.set_href(&address);
        let set = runner.look(|session| session.set().id.clone());
        link.set_download(&[set.as_str(), ".mondai.json"].concat());
        link.click();
    }
    // The browser has begun to read it by the next task.
    let free = Closure::once_into_js(move || {
        let _ = Url::revoke_object_url(&address);
    });
    let _ = window().set_timeout_with_callback(free.unchecked_ref());
}

/// The same as a text to copy, for those who got no file.
pub fn as_text(context: Context) -> impl IntoView {
    let text = context.later();
    let mut export = String::new();
    context.with_keeper(|keeper, runner| export = keeper.export(runner));
    let field = NodeRef::<html::Textarea>::new();
    let is_copied = RwSignal::new_local(None);
    let copy = move || {
        let Some(field) = field.get_untracked() else {
            return;
        };
        // Where it cannot be copied for the reader, it is selected already.
        let _ = field.focus();
        field.select();
        let page: HtmlDocument = document().unchecked_into();
        is_copied.set(Some(page.exec_command("copy").unwrap_or(false)));
    };
    let said = move || {
        let said = is_copied.get().map_or("", |is_copied| {
            if is_copied {
                text.copied
            } else {
                text.not_copied
            }
        });
        said.to_owned()
    };
    view! {
        <details part="export-text">
            <summary part="aside-heading">{text.no_file}</summary>
            <p part="hint">{text.no_file_hint}</p>
            <textarea part="note-text" readonly=true rows=4 translate="no" class="notranslate" aria-label=text.no_file node_ref=field prop:value=export></textarea>
            <div part="row-actions">{button(text.copy.to_owned(), "copy", false, Box::new(copy))}</div>
            <p part="hint" role="status" node_ref=live(Box::new(said))></p>
        </details>
    }
}
