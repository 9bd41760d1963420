//! Matching: a native list of choices beside each prompt.

use leptos::prelude::*;

use super::parts::{Listed, Open, frame, list};
use crate::engine::question::choices::ChoiceView;
use crate::engine::question::parts::{PartsView, PlaceView};
use crate::ui::prose::Prose;

/// The prompts of a question that is not marked. The browser keeps what is chosen; it is only told at the beginning.
pub(super) fn open(open: Open, view: PartsView) -> impl IntoView {
    let rows: Vec<_> = view
        .places
        .into_iter()
        .map(|place| row(&open, &view.pool, place))
        .collect();
    frame(&open, "matches", open.text.match_each.to_owned(), rows)
}

fn row(open: &Open, pool: &[ChoiceView], place: PlaceView) -> impl IntoView + use<> {
    let context = open.context;
    let label = [&open.prompt, "-of-", &place.id].concat();
    let listed = Listed {
        part: "match-select",
        label: None,
        labels: Some(label.clone()),
        gap: None,
    };
    let choices = list(open, pool, &place, listed);
    let prompt = place.label.map(|prose| view! { <Prose context prose/> });
    view! {
        <div part="match" data-prompt=place.id>
            <div part="match-prompt" id=label>{prompt}</div>
            {choices}
        </div>
    }
}
