//! Which page writes a sitting, where the browser has no Web Locks: on sites that are not served securely. Who wants to
//! write asks the other pages over the channel; who writes already, answers. After some silence, nobody does.
//!
//! Nothing is stored, so a page that crashed leaves nothing behind, and while a sitting is held no timer runs. Pages that ask
//! at once hear each other, and the one that wanted it first has it. It is weaker than a lock all the same: a page that is
//! too slow to answer loses the sitting. That is why the store compares before it writes.

use core::cell::{Cell, RefCell};
use std::rc::Rc;

use gloo_timers::callback::Timeout;
use web_sys::BroadcastChannel;

use super::ambient;
use super::watch::Listener;
use crate::keeping::ports::{Hold, OnDrop};

/// How long the others have to answer, in milliseconds.
const SILENCE: u32 = 250;
/// What pages say to each other, before the key of a sitting. Then comes whose turn it is.
const ASK: &str = "ask";
const HELD: &str = "held";
const FREE: &str = "free";
const TAKEN: &str = "taken";

/// Who wants to write a sitting.
pub trait Claimant: Clone + 'static {
    /// It may, until it drops this.
    fn granted(&self, hold: Hold);
    /// It was taken away after that.
    fn lost(&self);
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Stand {
    /// This page wants nothing.
    Idle,
    /// It has asked, and listens.
    Asking,
    /// Another page has it.
    Waiting,
    /// This one has it.
    Held,
}

/// What one widget wants to write, and how far it is.
pub struct Lease<C> {
    channel: BroadcastChannel,
    /// When this page began to want it, and a name that nobody else has: of two the lesser goes first.
    turn: RefCell<String>,
    stand: Cell<Stand>,
    key: RefCell<String>,
    /// Whether the page went while it had it.
    is_away: Cell<bool>,
    /// Counts requests, so that what belongs to an earlier one is told apart.
    request: Cell<u32>,
    silence: RefCell<Option<Timeout>>,
    claimant: RefCell<Option<C>>,
    listeners: RefCell<Vec<Listener>>,
}

impl<C: Claimant> Lease<C> {
    /// Over a channel that all pages of the site listen to.
    pub fn new(channel: BroadcastChannel) -> Rc<Self> {
        let lease = Rc::new(Self {
            channel,
            turn: RefCell::default(),
            stand: Cell::new(Stand::Idle),
            key: RefCell::default(),
            is_away: Cell::new(false),
            request: Cell::new(0),
            silence: RefCell::default(),
            claimant: RefCell::new(None),
            listeners: RefCell::default(),
        });
        if let Some(window) = web_sys::window() {
            let (gone, back) = (Rc::downgrade(&lease), Rc::downgrade(&lease));
            // A lock would be let go by the browser. A page that is kept and comes back has to ask again; and who waits for
            // one that crashed hears nothing, until the reader turns to the page.
            let hide = move || {
                if let Some(lease) = gone.upgrade()
                    && lease.stand.get() == Stand::Held
                {
                    // What the page stores last comes long before others have heard enough silence.
                    lease.say(FREE);
                    lease.is_away.set(true);
                }
            };
            let show = move || {
                let Some(lease) = back.upgrade() else { return };
                match lease.stand.get() {
                    Stand::Held if lease.is_away.take() => lease.lose(),
                    Stand::Asking | Stand::Waiting => lease.inquire(),
                    Stand::Held | Stand::Idle => {}
                }
            };
            lease.listeners.replace(vec![
                Listener::new(&window, "pagehide", hide),
                Listener::new(&window, "pageshow", show.clone()),
                Listener::new(&window, "focus", show),
            ]);
        }
        lease
    }

    /// Wants to write a sitting. To `steal` asks nobody.
    pub fn ask(self: &Rc<Self>, key: &str, steal: bool, claimant: C) -> OnDrop {
        let request = self.request.get().wrapping_add(1);
        self.request.set(request);
        if self.stand.get() == Stand::Held && *self.key.borrow() != key {
            self.say(FREE);
        }
        self.key.replace(key.to_owned());
        // Milliseconds have as many digits until the year 2286.
        let turn = [ambient::now().0.to_string(), ambient::unique()].concat();
        self.turn.replace(turn);
        self.claimant.replace(Some(claimant));
        if steal {
            self.grant();
        } else {
            self.inquire();
        }
        let weak = Rc::downgrade(self);
        OnDrop::new(move || {
            if let Some(lease) = weak.upgrade()
                && lease.request.get() == request
                && lease.stand.get() != Stand::Held
            {
                lease.rest();
            }
        })
    }

    /// What another page said.
    pub fn hear(self: &Rc<Self>, word: &str, key: &str, turn: &str) {
        if *self.key.borrow() != key {
            return;
        }
        match (word, self.stand.get()) {
            (ASK, Stand::Held) => self.say(HELD),
            (ASK, Stand::Asking) if *self.turn.borrow().as_str() < *turn => self.say(HELD),
            (HELD | TAKEN, Stand::Asking) => {
                self.stand.set(Stand::Waiting);
                drop(self.silence.take());
            }
            (FREE, Stand::Waiting) => self.inquire(),
            (TAKEN, Stand::Held) => self.lose(),
            _ => {}
        }
    }

    fn say(&self, word: &str) {
        let said = [word, &self.key.borrow(), &self.turn.borrow()].join("\n");
        // A text can always be sent.
        let _ = self.channel.post_message(&said.into());
    }

    fn inquire(self: &Rc<Self>) {
        self.stand.set(Stand::Asking);
        self.say(ASK);
        let weak = Rc::downgrade(self);
        let silence = Timeout::new(SILENCE, move || {
            if let Some(lease) = weak.upgrade() {
                lease.grant();
            }
        });
        self.silence.replace(Some(silence));
    }

    fn grant(self: &Rc<Self>) {
        drop(self.silence.take());
        self.stand.set(Stand::Held);
        // Who thought to have it has slept too long.
        self.say(TAKEN);
        let (weak, request) = (Rc::downgrade(self), self.request.get());
        let hold = OnDrop::new(move || {
            if let Some(lease) = weak.upgrade()
                && lease.request.get() == request
                && lease.stand.get() == Stand::Held
            {
                lease.rest();
            }
        });
        let claimant = self.claimant.borrow().clone();
        if let Some(claimant) = claimant {
            claimant.granted(hold);
        }
    }

    fn lose(&self) {
        self.stand.set(Stand::Idle);
        let claimant = self.claimant.take();
        if let Some(claimant) = claimant {
            claimant.lost();
        }
    }

    /// Others may wait for this page, also if it only asked.
    fn rest(&self) {
        if matches!(self.stand.get(), Stand::Asking | Stand::Held) {
            self.say(FREE);
        }
        self.stand.set(Stand::Idle);
        self.key.take();
        drop(self.silence.take());
        drop(self.claimant.take());
    }
}
