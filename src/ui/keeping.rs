//! How answers are kept, as far as a reader should know or can do something: notices, taking over a sitting from another
//! page, and the reader's data as a file.

use core::time::Duration;
use std::rc::Rc;

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::HtmlInputElement;

use super::context::Context;
use super::controls::button;
use super::deleting::deleting;
use super::export::{as_text, export_button};
use super::text::fill;
use crate::keeping::store::bounds::EXPORT;
use crate::shell::concern::Concern;
use crate::shell::{Keeping, Runner};

/// How long it may take until it is known that another page has the sitting: while a page asks for it, nobody has it.
const ASKED: Duration = Duration::from_millis(500);

/// That the sitting goes on in another page, and the button that brings it here.
#[component]
pub fn Elsewhere(context: Context) -> impl IntoView {
    let text = context.later();
    let is_known = RwSignal::new_local(false);
    set_timeout(
        move || {
            // It may have come here by then.
            let _ = is_known.try_set(true);
        },
        ASKED,
    );
    view! {
        <div part="notice elsewhere" hidden=move || !is_known.get()>
            <p>{text.elsewhere}</p>
            <div part="actions">
                {button(text.take_over.to_owned(), "take-over", true, Box::new(move || context.with_keeper(|keeper, _| keeper.take_over())))}
            </div>
        </div>
    }
}

/// What the reader should know of how answers are kept.
#[component]
pub fn Concerns(context: Context) -> impl IntoView {
    let concerns = context.signals.concerns.get_untracked();
    concerns
        .into_iter()
        .map(|concern| notice(context, concern))
        .collect::<Vec<_>>()
}

fn notice(context: Context, concern: Concern) -> impl IntoView {
    let text = context.later();
    let (said, can_export) = match concern {
        Concern::NotKept => (text.not_kept.to_owned(), true),
        Concern::JournalOnly => (text.journal_only.to_owned(), true),
        Concern::SetAside(count) => (text.number(text.set_aside, count), true),
        Concern::Newer(count) => (text.number(text.newer, count), false),
        Concern::Edited(0) => (text.edited.to_owned(), false),
        Concern::Edited(count) => (text.number(text.edited_removed, count), false),
        Concern::TooMuch(kilobytes) => (text.number(text.too_much, kilobytes), true),
        Concern::Imported(counts) => {
            let [imported, kept, refused] = counts.map(|count| count.to_string());
            let said = fill(text.imported, &[&imported, &kept, &refused]);
            (said, false)
        }
        Concern::NotImported => (text.import_failed.to_owned(), false),
        Concern::Exported => (text.exported.to_owned(), false),
        Concern::ImportTooLarge => (text.import_too_large.to_owned(), false),
        Concern::NoRoom => (text.import_no_room.to_owned(), false),
        Concern::Deleted => (text.deleted.to_owned(), false),
        Concern::NotDeleted => (text.not_deleted.to_owned(), false),
        Concern::DeletedElsewhere => (text.deleted_elsewhere.to_owned(), false),
    };
    let make_room = matches!(concern, Concern::TooMuch(_)).then(|| {
        button(
            text.make_room.to_owned(),
            "make-room",
            false,
            Box::new(move || context.with_keeper(|keeper, runner| keeper.make_room(runner))),
        )
    });
    let keep = (concern == Concern::DeletedElsewhere).then(|| {
        button(
            text.keep_sitting.to_owned(),
            "keep-sitting",
            false,
            Box::new(move || context.with_keeper(|keeper, _| keeper.keep_sitting())),
        )
    });
    // The chunk that keeps answers may be what could not be loaded.
    let shared = context.shared();
    let can_export = can_export && shared.is_some_and(|shared| shared.runner.keeper().is_some());
    let export = can_export.then(|| export_button(context));
    let text_of_file = (concern == Concern::Exported).then(|| as_text(context));
    view! {
        <div part="notice">
            <p>{said}</p>
            {text_of_file}
            <div part="row-actions">{export}{make_room}{keep}</div>
        </div>
    }
}

/// With the first result: that a browser may delete it, and how to keep it.
pub fn first_result(context: Context) -> Option<impl IntoView> {
    let concerns = context.signals.concerns;
    let is_kept = concerns.with_untracked(|own| !own.contains(&Concern::NotKept));
    let finished = context.attempts().into_iter();
    let finished = finished.filter(|attempt| attempt.finished.is_some());
    (is_kept && finished.count() == 1).then(|| {
        view! {
            <p part="hint first-result">{context.later().data_hint}</p>
            <div part="data">{export_button(context)}</div>
        }
    })
}

/// The reader's data: take it along, bring it back, delete it.
pub fn data(context: Context) -> impl IntoView {
    let text = context.later();
    let asked = RwSignal::new_local(None::<String>);
    let delete = deleting(
        context,
        asked,
        text.delete_data.to_owned(),
        text.delete_data,
        text.delete_data_sure,
        text.delete_data.to_owned(),
        Box::new(move || {
            hush(context);
            context.with_keeper(|keeper, runner| keeper.delete_everything(runner));
        }),
    );
    view! {
        <h3 part="subheading">{text.data_heading}</h3>
        <p part="hint">{text.data_hint}</p>
        <div part="data">
            {export_button(context)}
            <label part="tool">
                <input part="hidden" type="file" accept="application/json,.json" data-action="import" on:change=move |event| import(context, event_target(&event))/>
                {text.import}
            </label>
            {delete}
        </div>
    }
}

/// What was done with the reader's data needs no more telling.
pub fn hush(context: Context) {
    if let Some(shared) = context.shared() {
        let told = [
            Concern::Imported([0; 3]),
            Concern::NotImported,
            Concern::Exported,
            Concern::ImportTooLarge,
            Concern::NoRoom,
            Concern::Deleted,
            Concern::NotDeleted,
        ];
        for concern in told {
            shared.runner.settle(concern);
        }
    }
}

impl Context {
    /// Deletes attempts for good.
    pub fn delete(self, attempts: Vec<String>) {
        self.with_keeper(|keeper, runner| keeper.delete(runner, attempts));
    }

    pub(super) fn with_keeper(self, act: impl FnOnce(&dyn Keeping, &Rc<Runner>)) {
        // A click can arrive after the widget is gone; then there is nothing to do.
        if let Some(shared) = self.shared()
            && let Some(keeper) = shared.runner.keeper()
        {
            act(&*keeper, &shared.runner);
        }
    }
}

/// How many bytes of UTF-8 a UTF-16 unit takes at most.
const MOST_BYTES: f64 = 3.0;

/// Takes a file of the reader's.
fn import(context: Context, input: HtmlInputElement) {
    let Some(file) = input.files().and_then(|files| files.get(0)) else {
        return;
    };
    // So that the same file can be chosen again.
    input.set_value("");
    leptos::task::spawn_local(async move {
        // What cannot be an export, however its characters are written, is not even read.
        let text = if file.size() > f64::from(EXPORT) * MOST_BYTES {
            Err(Concern::ImportTooLarge)
        } else {
            let read = JsFuture::from(file.text()).await;
            read.map_err(|_| Concern::NotImported)
        };
        context.with_keeper(|keeper, runner| {
            hush(context);
            let came = text.and_then(|text| {
                let counts = keeper.import(runner, &text.unchecked_into());
                counts.map_err(|(concern, _)| concern)
            });
            runner.concern(came.map_or_else(|concern| concern, Concern::Imported));
        });
    });
}
