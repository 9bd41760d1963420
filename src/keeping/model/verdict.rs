//! Holds what is there in the end against what was promised.

use std::collections::BTreeSet;
use std::rc::Rc;

use super::world::{World, pass};
use super::{deliver, kill, note_of, open, questions};
use crate::engine::report::Report;

/// Until nothing happens any more.
pub fn settle(world: &Rc<World>) -> Result<(), String> {
    for _ in 0..2_000 {
        let mut is_busy = world.has_jobs();
        world.transact();
        let count = world.pages.borrow().len();
        for page in 0..count {
            let state = world.page(page);
            state.is_stopped.set(false);
            is_busy |= deliver(world, page, 0);
            is_busy |= state.is_alive.get() && !state.timers.borrow().is_empty();
        }
        pass(100);
        if !is_busy {
            return Ok(());
        }
    }
    Err(String::from("it does not come to rest"))
}

/// Lets everything come to rest, closes all pages or kills the browser, opens it again, and holds what is there against what
/// was promised.
pub fn judge(world: &Rc<World>, lost: usize) -> Result<(), String> {
    world.stops.set(0);
    settle(world)?;
    let count = world.pages.borrow().len();
    for page in 0..count {
        if world.page(page).is_alive.get() {
            kill(world, page);
        }
    }
    while world.has_jobs() {
        world.transact();
    }
    if lost > 0 {
        let before = world.before.borrow();
        if let Some(shelf) = before.len().checked_sub(lost).and_then(|at| before.get(at)) {
            world.shelf.replace(shelf.clone());
        }
    }
    if world.unheard.get() > 0 {
        return Err(String::from("what was deleted is shown as saved"));
    }
    let again = open(world);
    settle(world)?;
    let store = world.page(again).store.borrow().clone().unwrap();
    let found = store.attempts();
    let find = |id: &str| found.iter().find(|attempt| attempt.id == id);
    let deleted = world.deleted.borrow();
    for id in deleted.iter() {
        if find(id).is_some() {
            return Err(format!("{id} was deleted and is back"));
        }
    }
    for (id, note) in world.saved.borrow().iter() {
        if deleted.contains(id) {
            continue;
        }
        let there = find(id).map(note_of);
        let words = |note: &str| -> BTreeSet<String> {
            note.split_whitespace().map(str::to_owned).collect()
        };
        if !there
            .as_ref()
            .is_some_and(|there| words(note).is_subset(&words(there)))
        {
            return Err(format!("{id}: {note:?} was saved, and {there:?} is there"));
        }
    }
    let mut ids = BTreeSet::new();
    for report in world.told.borrow().iter() {
        if !ids.insert(report.attempt.clone()) {
            return Err(format!("{} is told twice", report.attempt));
        }
        if deleted.contains(&report.attempt) {
            continue;
        }
        let form = questions()
            .forms
            .iter()
            .find(|form| form.id == "exam")
            .cloned()
            .unwrap();
        let there = find(&report.attempt).filter(|attempt| attempt.finished.is_some());
        let there = there.map(|attempt| Report::new(&questions(), &form, attempt));
        if there.as_ref() != Some(report) {
            return Err(format!("{report:?} was told, and {there:?} is there"));
        }
    }
    Ok(())
}
