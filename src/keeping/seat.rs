//! One page writes a sitting: it holds the seat for as long as it does. Others show what it writes, and may ask for it.
//!
//! A page can be stopped at any moment, and go on as if nothing had been while another one took the sitting. So after a silence
//! nothing is believed: what the reader does waits until the journal has said that the sitting is still here.

mod doubt;
mod page;

use core::cell::{Cell, RefCell};
use std::rc::{Rc, Weak};

use super::ports::{Asking, Ended, Hold, Timer};
use super::store::{Saved, Store, Taken};
use super::term::Put;
use crate::engine::attempt::Attempt;
use crate::engine::event::{Event, Notice};

pub use page::{Alarm, Clocks, Page};

/// How long a page has to let go of a sitting before it is no longer asked, in milliseconds: a frozen one does not answer.
const PATIENCE: u32 = 2_000;
/// How long a browser may take to say that nobody else has a sitting, in milliseconds.
const ASKED: u32 = 500;

/// That this page is the one that writes the running sitting, or wants to be.
pub struct Seat {
    page: Rc<dyn Page>,
    store: Rc<Store>,
    /// The key of the running sitting, once it was asked for.
    key: RefCell<String>,
    hold: RefCell<Option<Hold>>,
    asking: RefCell<Option<Asking>>,
    insisting: RefCell<Option<Timer>>,
    /// What waits until it is clear where the sitting goes on that was stored, and how long at most.
    undecided: RefCell<Option<(Vec<Event>, Timer)>>,
    /// The clocks, as they were looked at last.
    last: Cell<Option<Clocks>>,
    /// What waits until it is known whether the sitting is still here.
    doubt: RefCell<Option<Vec<Event>>>,
    beat: RefCell<Option<Timer>>,
    /// The number of the last question to the journal who has the sitting, and how long it may take.
    asked: Cell<u32>,
    late: RefCell<Option<Timer>>,
    /// Attempts whose end is on its way to the journal, and what is told once it has arrived.
    untold: RefCell<Vec<(String, Option<Notice>)>>,
}

/// That a page wants to write a sitting; of no avail once it wants another one.
#[derive(Clone)]
pub struct Wish {
    seat: Weak<Seat>,
    key: String,
}

impl Wish {
    /// The key of the sitting.
    pub fn key(&self) -> &str {
        &self.key
    }

    /// The seat, if it still wants that sitting.
    fn seat(&self) -> Option<Rc<Seat>> {
        let seat = self.seat.upgrade()?;
        let is_wanted = *seat.key.borrow() == self.key;
        is_wanted.then_some(seat)
    }

    /// The page may write it, until it drops this.
    pub fn granted(&self, hold: Hold) {
        if let Some(seat) = self.seat() {
            seat.granted(hold);
        }
    }

    /// It was taken away after that.
    pub fn lost(&self) {
        if let Some(seat) = self.seat() {
            seat.lost();
        }
    }
}

impl Seat {
    /// An empty one.
    pub fn new(page: Rc<dyn Page>, store: &Rc<Store>) -> Rc<Self> {
        Rc::new(Self {
            page,
            store: Rc::clone(store),
            key: RefCell::default(),
            asking: RefCell::default(),
            hold: RefCell::default(),
            insisting: RefCell::default(),
            undecided: RefCell::default(),
            last: Cell::new(None),
            doubt: RefCell::default(),
            beat: RefCell::default(),
            asked: Cell::new(0),
            late: RefCell::default(),
            untold: RefCell::default(),
        })
    }

    /// From now on what the author's page wants waits until it is clear where the sitting goes on that was stored.
    pub fn begin(&self) {
        let timer = self.page.ring(Alarm::Decide, ASKED);
        self.undecided.replace(Some((Vec::new(), timer)));
    }

    /// An alarm that this seat wanted rings.
    pub fn rings(self: &Rc<Self>, alarm: Alarm) {
        match alarm {
            Alarm::Insist => self.ask(true),
            Alarm::Decide => self.decided(),
            Alarm::Beat => {
                drop(self.beat.take());
                if self.has_it() && self.is_unsure() {
                    self.begin_doubt();
                }
                self.beat();
            }
            Alarm::Late => self.go_on_without_answer(),
        }
    }

    /// Sees to it that this page, and no other, writes the attempt that runs.
    pub fn mind(self: &Rc<Self>, key: String) {
        if *self.key.borrow() != key {
            self.leave();
            self.key.replace(key);
            // What was started here is nobody else's.
            self.ask(!self.is_elsewhere());
        }
    }

    /// The page came in sight, or went out of it.
    pub fn seen(self: &Rc<Self>, is_visible: bool) {
        if !is_visible {
            if self.hold.borrow().is_none() {
                self.wait();
            }
        } else if self.asking.borrow().is_none() && !self.key.borrow().is_empty() {
            self.ask(false);
        }
    }

    /// The attempts as they are stored now, which another page changed.
    pub fn look_again(self: &Rc<Self>) {
        if self.has_it() && self.store.is_taken_away(&self.key.borrow()) {
            self.lost();
        } else {
            self.page.dispatch(Event::Stored(self.page.stored()));
        }
    }

    /// Records came in that the reader wants here. One of the running sitting is taken first, as another page's would be.
    pub fn imported(self: &Rc<Self>) {
        self.look_again();
        if self.hold.borrow().is_some() && self.is_elsewhere() {
            self.take();
        }
    }

    /// The reader wants to keep an attempt that was deleted elsewhere while it went on here. It goes on under a later term, and an
    /// end that was not told is told. `on_end` is told whether the journal has it.
    pub fn keep(self: &Rc<Self>, attempt: &Attempt, on_end: impl FnOnce(bool) + 'static) {
        let (seat, id) = (Rc::clone(self), attempt.id.clone());
        self.store.keep(attempt, move |is_there| {
            if let Some(notice) = seat.take_notice(&id) {
                seat.page.tell(&notice);
            }
            on_end(is_there);
        });
        self.imported();
    }

    /// Whether the sitting goes on in another page. It does not if the widget is gone.
    pub fn is_elsewhere(&self) -> bool {
        self.page.is_elsewhere()
    }

    /// Whether this page writes a sitting.
    fn has_it(&self) -> bool {
        self.hold.borrow().is_some() && !self.is_elsewhere()
    }

    /// Gives up the seat, and the wish for it. Who waits for it must find what is stored last.
    pub fn leave(&self) {
        self.key.take();
        drop(self.asking.take());
        drop(self.insisting.take());
        self.end_doubt();
        let (hold, store) = (self.hold.take(), Rc::clone(&self.store));
        if hold.is_some() {
            self.page.run(Box::pin(async move {
                store.settled().await;
                drop(hold);
            }));
        }
    }

    fn ask(self: &Rc<Self>, steal: bool) {
        let wish = Wish {
            seat: Rc::downgrade(self),
            key: self.key.borrow().clone(),
        };
        let asking = self.page.ask(steal, wish);
        // Dropping what stood here takes that request back.
        drop(self.asking.replace(Some(asking)));
    }

    /// The sitting goes on here, from the newest that is stored.
    fn granted(self: &Rc<Self>, hold: Hold) {
        drop(self.insisting.take());
        drop(self.hold.replace(Some(hold)));
        self.end_doubt();
        self.last.set(Some(self.page.clocks()));
        if !self.is_elsewhere() {
            return;
        }
        let seat = Rc::clone(self);
        self.page.run(Box::pin(async move {
            seat.store.recover().await;
            seat.take();
        }));
    }

    fn take(self: &Rc<Self>) {
        self.last.set(Some(self.page.clocks()));
        let (seat, key) = (Rc::clone(self), self.key.borrow().clone());
        self.store.take(&key, move |taken| seat.taken(taken));
    }

    fn taken(self: &Rc<Self>, taken: Taken) {
        // The widget may be gone by now, the sitting taken again, or over.
        if self.hold.borrow().is_none() || !taken.is_of(&self.key.borrow()) {
            return;
        }
        // Another page may have taken it since the journal answered.
        if self.is_unsure() {
            self.take();
            return;
        }
        let is_there = taken.is_there();
        self.store.go_on(taken);
        if is_there {
            // What this page has shown so far may be what nobody goes on with.
            self.page.dispatch(Event::Hold(false));
        }
        let key = self.key.borrow().clone();
        self.page.dispatch(Event::Stored(self.page.stored()));
        // If it was deleted, another one may be on the screen now, which nobody has granted.
        if self.hold.borrow().is_some() && *self.key.borrow() == key {
            self.page.dispatch(Event::Hold(true));
            self.page.look_around();
        }
        self.decided();
    }

    /// Sends an event: when it is clear where the sitting goes on.
    pub fn act(&self, event: Event) {
        if let Some((waiting, _)) = &mut *self.undecided.borrow_mut() {
            waiting.push(event);
        }
        // Where another page has it, nothing is done to it here.
    }

    /// Nobody need wait any longer.
    fn decided(&self) {
        let waiting = self.undecided.take().map(|(waiting, _)| waiting);
        for event in waiting.into_iter().flatten() {
            self.page.dispatch(event);
        }
    }

    /// Stores an attempt, and gives whether another page wrote it meanwhile. `on_end` is told what the journal made of it.
    pub fn save(
        self: &Rc<Self>,
        attempt: &Attempt,
        on_end: impl FnOnce(&Ended) + 'static,
    ) -> Saved {
        let is_end = attempt.finished.is_some() && self.store.journal().is_some();
        if is_end {
            self.untold.borrow_mut().push((attempt.id.clone(), None));
        }
        let (seat, id) = (Rc::clone(self), attempt.id.clone());
        let saved = self.store.save(attempt, move |ended| {
            on_end(&ended);
            seat.ended(&id, is_end, ended.put);
        });
        if saved == Saved::Overtaken {
            self.take_notice(&attempt.id);
            self.lost();
        }
        saved
    }

    /// Tells the author's page; of an end, once the journal has it, so that no two pages tell two.
    pub fn tell(&self, notice: Notice) {
        if matches!(notice, Notice::Finished(_))
            && let Some((_, untold)) = self.untold.borrow_mut().last_mut()
            && untold.is_none()
        {
            *untold = Some(notice);
            return;
        }
        self.page.tell(&notice);
    }

    fn take_notice(&self, attempt: &str) -> Option<Notice> {
        let mut untold = self.untold.borrow_mut();
        let found = untold.iter().position(|(own, _)| own == attempt)?;
        untold.swap_remove(found).1
    }

    fn ended(self: &Rc<Self>, attempt: &str, is_end: bool, put: Put) {
        let notice = if is_end {
            self.take_notice(attempt)
        } else {
            None
        };
        if put == Put::Gone {
            // Told if the reader keeps it.
            if notice.is_some() {
                let mut untold = self.untold.borrow_mut();
                untold.push((attempt.to_owned(), notice));
            }
        } else if put == Put::Outdated {
            self.outdated(attempt, is_end);
        } else if let Some(notice) = notice {
            self.page.tell(&notice);
        }
    }

    /// The journal has a better record of an attempt than this page had: the page began from what was not the newest, or it
    /// slept while another one went on. Of no avail once it has another sitting.
    fn outdated(self: &Rc<Self>, attempt: &str, is_end: bool) {
        let is_current = *self.key.borrow() == self.store.key_of(attempt);
        if is_current {
            self.lost();
        } else if is_end && self.key.borrow().is_empty() {
            // What this page shows as the result is none.
            self.look_in_the_journal();
        }
    }

    /// Another page took the sitting, without waiting.
    pub fn lost(self: &Rc<Self>) {
        drop(self.hold.take());
        self.store.give_up(&self.key.borrow());
        self.end_doubt();
        self.page.dispatch(Event::Hold(false));
        self.page.dispatch(Event::Stored(self.page.stored()));
        self.wait();
        // localStorage may not know yet.
        self.look_in_the_journal();
    }

    /// Shows what the journal has of the sitting on the screen, unless it goes on here by then.
    fn look_in_the_journal(self: &Rc<Self>) {
        let seat = Rc::clone(self);
        self.page.run(Box::pin(async move {
            seat.store.recover().await;
            if seat.hold.borrow().is_none() {
                seat.page.dispatch(Event::Hold(false));
                seat.page.dispatch(Event::Stored(seat.page.stored()));
            }
        }));
    }

    /// Waits for its turn again, unless nobody sees this page: who reads elsewhere must not lose the sitting to it.
    fn wait(self: &Rc<Self>) {
        if self.hold.borrow().is_none() && !self.key.borrow().is_empty() {
            if self.page.is_visible() {
                self.ask(false);
            } else {
                drop(self.asking.take());
                drop(self.insisting.take());
            }
        }
    }

    /// The reader wants to go on in another page: what is here is stored, then that page has its turn.
    pub fn let_go(self: &Rc<Self>, key: &str) {
        if *self.key.borrow() != key || self.hold.borrow().is_none() {
            return;
        }
        if self.has_it() && (self.doubt.borrow().is_some() || self.is_unsure()) {
            self.later(Event::LetGo);
            return;
        }
        self.page.dispatch(Event::LetGo);
        self.store.flush(true);
        let (seat, hold) = (Rc::clone(self), self.hold.take());
        self.page.run(Box::pin(async move {
            seat.store.settled().await;
            drop(hold);
            seat.wait();
        }));
    }

    /// The reader wants to go on here.
    pub fn take_over(self: &Rc<Self>) {
        if self.hold.borrow().is_some() || self.insisting.borrow().is_some() {
            return;
        }
        self.page.want(&self.key.borrow());
        if self.asking.borrow().is_none() {
            self.ask(false);
        }
        let timer = self.page.ring(Alarm::Insist, PATIENCE);
        self.insisting.replace(Some(timer));
    }
}
