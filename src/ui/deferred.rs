//! What is drawn by a chunk.

use crate::engine::question::Interaction;
use crate::engine::question::parts::Parts;
use crate::engine::text::Prose;
use crate::engine::view::MarkedView;

/// A screen, or a part of one, that is drawn by a chunk: one kind for each.
#[derive(Debug)]
pub enum Deferred {
    /// By the chunk of screens.
    Screen(Screen),
    /// By the chunk of the rarer question types.
    Places(Places),
}

/// What the chunk of screens draws.
#[derive(Debug)]
pub enum Screen {
    /// How the question on screen was marked.
    Marked(MarkedView, Interaction),
    /// Taking a single choice back.
    Clear,
    /// That some questions were left out.
    LeftOut,
    /// The case that a question is about.
    Case(Prose),
    /// The note and the palette below a question.
    Aside,
    /// That the sitting goes on in another page.
    Elsewhere,
    /// What to know of how answers are kept.
    Concerns,
    /// The clock is stopped.
    Paused,
    /// Before handing in.
    Review,
    /// The score.
    Results,
    /// Every question with its answers.
    Answers,
    /// All attempts.
    History,
}

/// What the chunk of the rarer question types draws.
#[derive(Debug)]
pub enum Places {
    /// Places to fill; the id of the prompt, and whether the answer stays as it is.
    Open(Parts, String, bool),
    /// Places once they are marked.
    Marked(Parts),
}

impl From<Screen> for Deferred {
    fn from(screen: Screen) -> Self {
        Self::Screen(screen)
    }
}

impl From<Places> for Deferred {
    fn from(places: Places) -> Self {
        Self::Places(places)
    }
}
