//! What a record says beside what the session knows: which set it is of, what was asked, and what the result is. Written when it is
//! stored, so that the code for it is where storing is.

use core::cell::RefCell;
use std::rc::Rc;

use super::Runner;
use super::config::warn;
use crate::engine::attempt::Attempt;
use crate::engine::attempt::origin::Origin;

/// Signs the attempts of one widget.
#[derive(Default)]
pub struct Signing {
    origin: RefCell<Option<Rc<Origin>>>,
    /// The questions of the attempt that was signed last, with their fingerprints: looking them up takes long.
    prints: RefCell<Vec<(String, u32)>>,
}

impl Signing {
    /// Of the set that a widget shows.
    pub fn begin(&self, runner: &Runner) -> Rc<Origin> {
        let address = address(runner);
        let origin = Rc::new(runner.look(|session| Origin::new(session.set(), address)));
        self.origin.replace(Some(Rc::clone(&origin)));
        origin
    }

    /// Makes an attempt what it is to be stored as.
    pub fn sign(&self, runner: &Runner, attempt: &mut Attempt) {
        if let Some(origin) = &*self.origin.borrow() {
            let mut prints = self.prints.borrow_mut();
            let mut known = prints.iter().map(|(question, _)| question);
            if !attempt
                .answers
                .iter()
                .all(|answer| known.next() == Some(&answer.question))
            {
                *prints = origin.prints(attempt);
            }
            origin.sign(attempt, &prints);
        }
        if attempt.finished.is_some() {
            runner.look(|session| attempt.keep_result(session.set(), session.form()));
        }
    }
}

/// Where the set is: the address of its file, or of the page that it stands in, as it was when the element came.
fn address(runner: &Runner) -> String {
    let root = runner.host.shadow_root();
    let frame = root.and_then(|root| root.query_selector("[data-base]").ok().flatten());
    let address = frame.and_then(|frame| frame.get_attribute("data-base"));
    let address = address.unwrap_or_default();
    // Where the reader is on the page says nothing.
    match address.split_once('#') {
        Some((address, _)) => address.to_owned(),
        None => address,
    }
}

/// Tells the author that there is another set of the same id on this site.
pub fn warn_of_namesake(attempt: &Attempt) {
    warn(&[
        "id: `",
        &attempt.set,
        "` is the id of another question set of this site too, the one of ",
        &attempt.origin,
        ": give each set an id of its own. Results of the other one are left alone here",
    ]);
}
