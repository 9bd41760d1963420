//! Sets of one site that have the same id, because their authors copied a sample: what is stored of another one is neither shown
//! nor changed.

use std::rc::Rc;

use super::{OnNamesake, Store};
use crate::engine::attempt::Attempt;
use crate::engine::attempt::origin::Origin;

impl Store {
    /// From now on it is known which of the sets of this id it is.
    pub fn know(&self, origin: Rc<Origin>, on_namesake: OnNamesake) {
        self.origin.replace(Some((origin, on_namesake)));
    }

    /// Whether a stored attempt is of this very set. If not, the author hears of it, once.
    pub(super) fn is_own(&self, attempt: &Attempt) -> bool {
        let origin = self.origin.borrow();
        let Some((origin, on_namesake)) = &*origin else {
            return true;
        };
        let is_own = origin.is_of(attempt);
        if !is_own && !self.is_namesake_told.replace(true) {
            on_namesake(attempt);
        }
        is_own
    }
}
