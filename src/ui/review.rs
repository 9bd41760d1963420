//! The overview of a running sitting: the screen before handing in, and the list that the palette shares with it.

use leptos::html;
use leptos::prelude::*;

use super::context::Context;
use super::controls::{button, live, toggle};
use super::slices::Slices;
use super::slot::hold;
use crate::engine::event::Event;
use crate::engine::question::Completeness;
use crate::engine::view::later::{Overview, OverviewItem};

/// How many questions a list has before the next one begins: full rows, however many of up to six stand in one.
const GROUP: usize = 60;

/// Which questions of the list are shown.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Show {
    /// All of them.
    All,
    /// Those that are not completely answered.
    Open,
    /// Those that are flagged.
    Flagged,
}

impl Show {
    fn shows(self, item: OverviewItem) -> bool {
        match self {
            Self::All => true,
            Self::Open => item.completeness != Completeness::Complete,
            Self::Flagged => item.is_flagged,
        }
    }
}

/// The screen.
#[component]
pub fn Review(context: Context) -> impl IntoView {
    let text = context.later();
    let overview = overview(context);
    let open = overview.with_untracked(|overview| overview.open);
    let show = RwSignal::new_local(Show::All);
    let filters: Vec<_> = [
        (Show::All, text.show_all, "show-all"),
        (Show::Open, text.show_open, "show-open"),
        (Show::Flagged, text.show_flagged, "show-flagged"),
    ]
    .into_iter()
    .map(|(own, label, action)| {
        let is_on = move || show.get() == own;
        toggle(
            "tool filter",
            label,
            action,
            None,
            Box::new(is_on),
            Box::new(move || show.set(own)),
        )
    })
    .collect();
    view! {
        <div part="bar">{super::question::clock(context)}</div>
        <h2 part="heading" tabindex="-1" data-focus="1">{text.review_heading}</h2>
        <p part="summary">{text.open(open)}</p>
        <div part="filters" role="group" aria-label=text.show>{filters}</div>
        {palette(context, overview, show)}
        <div part="actions">
            {button(text.back.to_owned(), "back", false, Box::new(move || context.send(Event::BackToQuestion)))}
            {button(text.submit.to_owned(), "submit", true, Box::new(move || context.send(Event::Submit)))}
        </div>
    }
}

/// All questions, kept up to date while a sitting runs.
pub fn overview(context: Context) -> RwSignal<Overview, LocalStorage> {
    let look = move || {
        context
            .look(|session, _| session.overview())
            .flatten()
            .unwrap_or(Overview {
                items: Vec::new(),
                open: 0,
                is_free: false,
            })
    };
    let overview = RwSignal::new_local(look());
    Effect::new(move |_| {
        context.signals.view.track();
        let new = look();
        if !new.items.is_empty() {
            overview.set(new);
        }
    });
    overview
}

/// The list of questions; those not to be shown stay in it, hidden, so that numbers and focus stay where they are. Each has a
/// signal of its own, so that an answer does not make all of them look.
pub fn palette(
    context: Context,
    overview: RwSignal<Overview, LocalStorage>,
    show: RwSignal<Show, LocalStorage>,
) -> impl IntoView {
    let (count, is_free) =
        overview.with_untracked(|overview| (overview.items.len(), overview.is_free));
    let drawn = StoredValue::new_local(Vec::<RwSignal<Entry, LocalStorage>>::new());
    let now = move |position: usize| {
        let item = overview.with_untracked(|overview| overview.items.get(position).copied())?;
        let is_hidden = !show.get_untracked().shows(item);
        Some(Entry { item, is_hidden })
    };
    let node = NodeRef::<html::Div>::new();
    let draw = move |node, position| {
        let own = now(position);
        hold(node, move || {
            own.map(|own| {
                let own = RwSignal::new_local(own);
                drawn.update_value(|drawn| drawn.push(own));
                view! { <li hidden=move || own.get().is_hidden>{entry(context, own, position, is_free)}</li> }
            })
        })
    };
    let refresh = move |position| {
        let signal = drawn.with_value(|drawn| drawn.get(position).copied());
        if let Some((signal, now)) = signal.zip(now(position))
            && signal.get_untracked() != now
        {
            signal.set(now);
        }
    };
    let slices = Slices::new(node, count, GROUP, draw, refresh);
    Effect::new(move |before: Option<()>| {
        show.track();
        if before.is_some() {
            slices.again();
        }
    });
    Effect::new(move |before: Option<()>| {
        overview.track();
        if before.is_some() {
            // An answer changes one of them, which is to be seen at once.
            (0..count).for_each(refresh);
        }
    });
    view! {
        <div node_ref=node>
            <ol part="palette" aria-label=context.later().questions_list></ol>
        </div>
    }
}

/// What an entry of the list shows.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Entry {
    item: OverviewItem,
    is_hidden: bool,
}

/// One question in the list: number and state in words, so that colour is an extra.
fn entry(
    context: Context,
    own: RwSignal<Entry, LocalStorage>,
    position: usize,
    is_free: bool,
) -> impl IntoView {
    let text = context.later();
    let item = move || own.get().item;
    let state = move || state(item());
    let words = move || {
        let item = item();
        let mut words = String::from(match state_of(item) {
            State::Answered => text.answered,
            State::Incomplete => text.incomplete,
            State::Unanswered => text.unanswered,
            State::NotSeen => text.not_seen,
        });
        for (applies, word) in [(item.is_flagged, text.flagged), (item.has_note, text.noted)] {
            if applies {
                words.push_str(" · ");
                words.push_str(word);
            }
        }
        words
    };
    let flagged = move || item().is_flagged.then_some("");
    let is_current = own.get_untracked().item.is_current;
    // The number alone would not say what it counts; hidden words do, so that what is seen is part of what is heard.
    let name = text.number(context.text.question, position + 1);
    let number = (position + 1).to_string();
    let (before, after) = name.split_once(&number).unwrap_or((&name, ""));
    let (before, after) = (before.to_owned(), after.to_owned());
    view! {
        <button
            type="button"
            part="palette-item"
            data-position=position
            data-state=state
            data-flagged=flagged
            aria-current=is_current.then_some("step")
            disabled=!is_free && !is_current
            on:click=move |_| context.send(Event::GoTo(position))
        >
            <span part="palette-number">
                <span part="hidden">{before}</span>
                <span translate="no" class="notranslate">{number}</span>
                <span part="hidden">{after}</span>
            </span>
            <span part="palette-state" node_ref=live(Box::new(words))></span>
        </button>
    }
}

/// The states of a question in the list.
enum State {
    Answered,
    Incomplete,
    Unanswered,
    NotSeen,
}

fn state_of(item: OverviewItem) -> State {
    match item.completeness {
        Completeness::Complete => State::Answered,
        Completeness::Incomplete { .. } => State::Incomplete,
        Completeness::Unanswered if item.is_seen => State::Unanswered,
        Completeness::Unanswered => State::NotSeen,
    }
}

fn state(item: OverviewItem) -> &'static str {
    match state_of(item) {
        State::Answered => "answered",
        State::Incomplete => "incomplete",
        State::Unanswered => "unanswered",
        State::NotSeen => "not-seen",
    }
}
