//! What a page does when everything is deleted in it or in another one: as `Deletion` of the shell does, which has it from a channel.

use std::rc::Rc;

use super::world::{PageState, Task, World, poll};
use super::{dispatch, note_of};
use crate::engine::attempt::Attempt;
use crate::engine::event::Event;
use crate::keeping::seat::Seat;

/// Whether an attempt is not to be stored now, since it was deleted elsewhere: as the page's deletion does.
pub fn holds_back(state: &PageState, attempt: &Attempt) -> bool {
    state.last.replace(Some(attempt.clone()));
    let is_held = state.held.borrow().as_ref() == Some(&attempt.id);
    if !is_held {
        state.held.take();
    }
    is_held
}

/// The sitting of a page is noted as deleted: the reader is asked.
pub fn found(world: &Rc<World>, state: &PageState, attempt: &str, term: u64) {
    let is_last = |last: &Attempt| last.id == attempt;
    let mut last = state.last.borrow_mut();
    if !last.as_ref().is_some_and(is_last) {
        *last = running(state).filter(is_last);
    }
    let store = state.store.borrow().clone();
    if last.is_some() && store.is_some_and(|store| store.withdraw(attempt, term)) {
        world.say(|| format!("said to be deleted elsewhere: {attempt}"));
        state.held.replace(Some(attempt.to_owned()));
    }
}

/// The sitting that goes on in a page.
pub fn running(state: &PageState) -> Option<Attempt> {
    let session = state.session.borrow();
    let session = session.as_ref().filter(|session| !session.is_elsewhere())?;
    session.running().cloned()
}

/// An attempt is given up or deleted here.
pub fn forget(state: &PageState, attempt: &str) {
    state.held.borrow_mut().take_if(|held| held == attempt);
    state.last.borrow_mut().take_if(|last| last.id == attempt);
}

/// "Delete my data".
pub fn delete_everything(world: &Rc<World>, page: usize) {
    let state = world.page(page);
    dispatch(world, page, Event::Reset);
    let (own, weak) = (state.store.borrow().clone(), Rc::downgrade(world));
    state.futures.borrow_mut().push(Box::pin(async move {
        let Some(store) = own else { return };
        store.erase().await;
        if let Some(world) = weak.upgrade() {
            tell_all(&world, page);
            dispatch(&world, page, Event::Stored(store.attempts()));
        }
    }));
    poll(&state);
}

/// "Keep this sitting".
pub fn keep(world: &Rc<World>, state: &PageState, seat: &Rc<Seat>) {
    let (held, last) = (state.held.take(), state.last.borrow().clone());
    if let Some(kept) = last.filter(|_| held.is_some()) {
        let saved = (kept.id.clone(), note_of(&kept));
        let weak = Rc::downgrade(world);
        seat.keep(&kept, move |is_there| {
            if let Some(world) = weak.upgrade().filter(|_| is_there) {
                world.kept.set(world.kept.get() + 1);
                world.saved.borrow_mut().push(saved);
            }
        });
        poll(state);
    }
}

/// Other pages hear that everything was deleted.
fn tell_all(world: &Rc<World>, teller: usize) {
    for (page, other) in world.pages.borrow().iter().enumerate() {
        if page != teller && other.is_alive.get() {
            let weak = Rc::downgrade(world);
            let task: Task = Box::new(move || {
                if let Some(world) = weak.upgrade() {
                    hear(&world, page);
                }
            });
            other.tasks.borrow_mut().push_back(task);
        }
    }
}

fn hear(world: &Rc<World>, page: usize) {
    let state = world.page(page);
    let (own, weak) = (state.store.borrow().clone(), Rc::downgrade(world));
    let Some(store) = own else { return };
    let running = running(&state);
    state.futures.borrow_mut().push(Box::pin(async move {
        let key = running.as_ref().map(|running| store.key_of(&running.id));
        let is_gone = store.is_gone(key.as_deref().unwrap_or_default()).await;
        let Some(world) = weak.upgrade() else { return };
        if let Some(running) = running.filter(|_| is_gone) {
            found(&world, &world.page(page), &running.id, running.term);
        }
        dispatch(&world, page, Event::Stored(store.attempts()));
    }));
}
