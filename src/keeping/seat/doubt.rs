//! What a page does after a silence: nothing, until the journal has said that the sitting is still here.

use std::rc::Rc;

use super::{Alarm, Seat};
use crate::engine::event::Event;

/// How long nothing may have been heard of the clocks, in milliseconds. Nobody is asked for a sitting for less.
const SILENCE: i64 = 2_000;
/// How often the clocks are looked at where nothing else does so, in milliseconds.
const BEAT: u32 = 1_000;

/// How long the journal may take to say whether a sitting is still here, in milliseconds. It can take for ever: a page that was
/// frozen in the middle of a transaction holds up all others. Then localStorage has to do: what the journal gets is fenced all
/// the same, and of what localStorage has, nothing counts against a later term. Taking a sitting is another matter, since a
/// term must be the journal's.
const LATE: u32 = 3_000;

impl Seat {
    /// Every event comes by here before it is taken. Gives it back if it may be taken now; after a silence it waits.
    pub fn admit(self: &Rc<Self>, event: Event) -> Option<Event> {
        if matches!(event, Event::Stored(_) | Event::Hold(_)) || !self.has_it() {
            return Some(event);
        }
        self.beat();
        if self.doubt.borrow().is_none() && !self.is_unsure() {
            return Some(event);
        }
        match event {
            // It may be the last word of the page. The journal takes it only if the sitting is still here.
            Event::Hide => {
                self.later(Event::Hide);
                Some(Event::Hide)
            }
            // There will be another one.
            Event::Tick => {
                self.begin_doubt();
                None
            }
            event => {
                self.later(event);
                None
            }
        }
    }

    /// Writes what the pace holds back; gives whether some of it is so still.
    pub fn flush(self: &Rc<Self>) -> bool {
        if self.has_it() && (self.doubt.borrow().is_some() || self.is_unsure()) {
            self.begin_doubt();
            return self.store.holds_back();
        }
        self.store.flush(false)
    }

    /// Whether so much time went by that another page may have taken the sitting.
    pub(super) fn is_unsure(&self) -> bool {
        let now = self.page.clocks();
        let before = self.last.replace(Some(now)).unwrap_or(now);
        let mut pairs = now.iter().zip(&before);
        pairs.any(|(now, before)| now.saturating_sub(*before).saturating_abs() > SILENCE)
    }

    pub(super) fn later(self: &Rc<Self>, event: Event) {
        self.begin_doubt();
        if let Some(waiting) = &mut *self.doubt.borrow_mut() {
            waiting.push(event);
        }
    }

    pub(super) fn begin_doubt(self: &Rc<Self>) {
        if self.doubt.borrow().is_none() {
            self.doubt.replace(Some(Vec::new()));
            self.store.doubt(true);
            self.find_out();
        }
    }

    pub(super) fn end_doubt(&self) {
        drop((self.beat.take(), self.late.take()));
        self.doubt.take();
        self.store.doubt(false);
    }

    pub(super) fn find_out(self: &Rc<Self>) {
        let (seat, number) = (Rc::clone(self), self.question());
        self.page.run(Box::pin(async move {
            seat.page.locks_answered().await;
            let key = seat.key.borrow().clone();
            if seat.doubt.borrow().is_some() {
                let own = Rc::clone(&seat);
                seat.store.confirm(&key, move |is_here| {
                    if own.is_awaited(number) {
                        own.found_out(is_here);
                    }
                });
            }
        }));
    }

    pub(super) fn found_out(self: &Rc<Self>, is_here: bool) {
        if self.doubt.borrow().is_none() {
            return;
        }
        if self.is_unsure() {
            self.find_out();
            return;
        }
        if !is_here {
            self.lost();
            return;
        }
        let waiting = self.doubt.take();
        self.store.doubt(false);
        self.store.flush(!self.page.is_visible());
        for event in waiting.into_iter().flatten() {
            if matches!(event, Event::LetGo) {
                let key = self.key.borrow().clone();
                self.let_go(&key);
            } else {
                self.page.dispatch(event);
            }
        }
    }

    /// Where no other timer looks at the clocks, this one does: otherwise a reader who thinks would look like a page that was
    /// stopped.
    pub(super) fn beat(&self) {
        if self.beat.borrow().is_none() && self.has_it() && self.page.is_quiet() {
            let timer = self.page.ring(Alarm::Beat, BEAT);
            self.beat.replace(Some(timer));
        }
    }

    /// A question to the journal: its number, by which an answer is known that comes too late.
    fn question(&self) -> u32 {
        self.last.set(Some(self.page.clocks()));
        self.asked.set(self.asked.get().wrapping_add(1));
        self.late.replace(Some(self.page.ring(Alarm::Late, LATE)));
        self.asked.get()
    }

    /// Whether an answer is the one that is waited for; then it is so no more.
    fn is_awaited(&self, number: u32) -> bool {
        let is_it = self.asked.get() == number && self.late.borrow().is_some();
        if is_it {
            drop(self.late.take());
        }
        is_it
    }

    pub(super) fn go_on_without_answer(self: &Rc<Self>) {
        drop(self.late.take());
        // So long nothing was to be heard.
        let waited = i64::from(LATE);
        let last = self.last.get();
        self.last
            .set(last.map(|clocks| clocks.map(|clock| clock.saturating_add(waited))));
        let key = self.key.borrow().clone();
        self.found_out(!self.store.is_taken_away(&key));
    }
}
