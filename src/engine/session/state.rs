//! Where a session is, as pages see it.

/// Where a session is, in one word: the element's `state`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// The start screen.
    Ready,
    /// A sitting runs.
    Running,
    /// A sitting is paused.
    Paused,
    /// A sitting is over.
    Finished,
}

impl State {
    /// The word authors see.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Ready => "ready",
            Self::Running => "running",
            Self::Paused => "paused",
            Self::Finished => "finished",
        }
    }
}
