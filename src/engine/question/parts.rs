//! What question types with places to fill show: one shape for all of them, so that screens and the reader's download know
//! it once.

use core::fmt;
use core::ops::Deref;
use std::rc::Rc;

use super::choices::{self, ChoiceView};
use crate::engine::text::Prose;

/// Places to fill, as a screen holds them: a pointer to a trait, so that the code to compare and drop them is in the chunk of
/// the rarer types.
#[derive(Clone)]
pub struct Parts(Rc<dyn Shown>);

/// What there is behind it.
trait Shown {
    fn is_same(&self, other: &dyn Shown) -> bool;
    fn view(&self) -> &PartsView;
    fn every_text(&self, test: &dyn Fn(&Prose) -> bool) -> bool;
}

impl Shown for PartsView {
    fn is_same(&self, other: &dyn Shown) -> bool {
        self == other.view()
    }

    fn view(&self) -> &PartsView {
        self
    }

    fn every_text(&self, test: &dyn Fn(&Prose) -> bool) -> bool {
        let labels = self.places.iter().filter_map(|place| place.label.as_ref());
        choices::every_text(&self.pool, test) && self.text.iter().chain(labels).all(test)
    }
}

impl Parts {
    /// Whether a test holds for each of the author's texts in it.
    pub fn every_text(&self, test: &dyn Fn(&Prose) -> bool) -> bool {
        self.0.every_text(test)
    }
}

impl From<PartsView> for Parts {
    fn from(view: PartsView) -> Self {
        Self(Rc::new(view))
    }
}

impl Deref for Parts {
    type Target = PartsView;

    fn deref(&self) -> &PartsView {
        self.0.view()
    }
}

impl PartialEq for Parts {
    fn eq(&self, other: &Self) -> bool {
        self.0.is_same(&*other.0)
    }
}

impl Eq for Parts {}

impl fmt::Debug for Parts {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.view().fmt(out)
    }
}

/// Which of the types it is; each has a screen of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// The right items of a pool, in the right order.
    Ordering,
    /// A choice for each prompt.
    Matching,
    /// A typed text.
    Text,
    /// A typed number.
    Numeric,
    /// A text with gaps.
    Cloze,
}

/// What a screen shows of places to fill.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PartsView {
    /// Which screen.
    pub kind: Kind,
    /// The text around the gaps, which stand in it as `{{id}}`; only in a cloze.
    pub text: Option<Prose>,
    /// The places, in order. In an ordering before marking: the items chosen so far; after: yours beside the key's.
    pub places: Vec<PlaceView>,
    /// What can be put into places, in the order of the paper; each place of a cloze names its own.
    pub pool: Vec<ChoiceView>,
    /// How many places are to be filled.
    pub wanted: usize,
}

/// One place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlaceView {
    /// What a response names it by.
    pub id: String,
    /// What stands beside it: the prompt of a match.
    pub label: Option<Prose>,
    /// The ids of the pool that can be chosen here; empty where the reader types.
    pub choices: Vec<String>,
    /// What the reader gave: the id of a choice, or the typed text; empty for nothing.
    pub given: String,
    /// What a typed number was read as, where that is not plain to see.
    pub read: Option<ReadAs>,
    /// What marking says of it; `None` before.
    pub verdict: Option<PlaceVerdict>,
}

/// What a typed number was read as.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReadAs {
    /// The number, without groups, with the decimal mark of the language.
    pub number: String,
    /// Whether its mark could as well have separated groups.
    pub is_decimal: bool,
}

/// What marking says of a place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlaceVerdict {
    /// Whether what was given is right.
    pub is_correct: bool,
    /// What would be right: the id of a choice, or text.
    pub key: String,
    /// Why.
    pub why: Option<Prose>,
}
