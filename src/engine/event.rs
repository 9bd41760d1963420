//! All that can happen to a session, and all it may ask for. Closed on purpose: a new one is seen by every `match`.

use std::rc::Rc;

use super::attempt::Attempt;
use super::question::Response;
use super::report::Report;

/// What happened. Each comes with the moment it happened at (see [`super::session::Session::update`]).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    /// The reader starts a new sitting.
    Start {
        /// What the paper is made from.
        seed: String,
        /// The identity of the new attempt.
        attempt: String,
        /// Which questions.
        which: Which,
    },
    /// The reader changed the response to the current question.
    Respond(Response),
    /// The reader wants the current response marked now.
    Check,
    /// The reader moves to a question, by position from 0.
    GoTo(usize),
    /// The reader strikes out a choice of the current question, or takes that back.
    ToggleStruck(String),
    /// The reader noted something at the current question.
    Note(String),
    /// The reader flags the current question, or takes the flag away.
    ToggleFlag,
    /// The reader wants to hand in; asked once, on the review screen, if something is unanswered, and in a form that marks
    /// at the end always.
    Finish,
    /// The reader wants to see all questions and what is answered.
    Review,
    /// The reader hands in, whatever is unanswered.
    Submit,
    /// The reader leaves the review screen for the question they came from.
    BackToQuestion,
    /// The reader stops the clock.
    Pause,
    /// The reader lets the clock run on.
    Resume,
    /// Time went on.
    Tick,
    /// The reader wants to see the answers of the finished sitting.
    ShowAnswers,
    /// The reader goes back from the answers to the results.
    ShowResults,
    /// The reader wants to see all attempts.
    ShowHistory,
    /// The reader goes back to where the list of attempts was opened.
    CloseHistory,
    /// The reader wants to see the result of a finished attempt.
    Open(Box<Attempt>),
    /// The reader deletes an attempt for good.
    Delete(String),
    /// Back to the start screen; a running sitting is given up.
    Reset,
    /// The page went out of sight: practice stands still until it is back.
    Hide,
    /// The page is in sight.
    Show,
    /// The reader's clock was set, by so many milliseconds: what is left of a sitting stays as it is.
    ClockSet(i64),
    /// These attempts are stored now: another page changed them, or they were brought back.
    Stored(Vec<Attempt>),
    /// Whether this page is the one that the running sitting goes on in. If not, another one took it, and what is stored is
    /// the truth.
    Hold(bool),
    /// The reader wants to go on in another page: what is here is stored, and then only shown.
    LetGo,
}

/// Which questions a new sitting has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Which {
    /// As the form says.
    All,
    /// Those not answered correctly in the newest finished sitting; nothing starts where there is none.
    Missed,
}

/// What the session asks the outside for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Effect {
    /// Store the attempt in the place of its earlier revisions.
    Save(Box<Attempt>),
    /// Remove a given-up attempt from storage.
    Forget(String),
    /// Tell the page.
    Tell(Notice),
}

/// What the page is told, as a DOM event. Never the key of a question not yet marked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Notice {
    /// A sitting began.
    Started {
        /// The attempt.
        attempt: String,
        /// How many questions it has.
        questions: usize,
    },
    /// A response was given or changed.
    Answered {
        /// The attempt.
        attempt: String,
        /// The question.
        question: String,
        /// What was given.
        response: Response,
        /// How it was marked, if it is.
        outcome: Option<super::scoring::Outcome>,
    },
    /// A sitting ended.
    Finished(Rc<Report>),
}
