//! This page, as a seat sees it: its runner, its locks and channel, its clocks and timers.

use core::cell::RefCell;
use std::rc::{Rc, Weak};

use gloo_timers::callback::Timeout;

use super::lease::Claimant;
use super::storage::{Store, read};
use super::tabs::Tabs;
use super::{Runner, ambient, notice};
use crate::engine::attempt::Attempt;
use crate::engine::event::{Event, Notice};
use crate::engine::session::Session;
use crate::keeping::ports::{Asking, Hold, OnDrop, Soon, Timer};
use crate::keeping::seat::{Alarm, Clocks, Page, Seat, Wish};

/// This page, as a seat sees it.
pub struct Here {
    runner: Weak<Runner>,
    host: web_sys::HtmlElement,
    store: Rc<Store>,
    seat: RefCell<Weak<Seat>>,
    tabs: Rc<Tabs<Wish>>,
}

impl Here {
    /// Gives a seat in this page, over the stores.
    pub fn sit(runner: &Rc<Runner>, store: &Rc<Store>) -> Rc<Seat> {
        let wanted: Rc<RefCell<Weak<Seat>>> = Rc::default();
        let asked = Rc::clone(&wanted);
        let tabs = Tabs::new(move |key| {
            let seat = asked.borrow().upgrade();
            if let Some(seat) = seat {
                seat.let_go(key);
            }
        });
        let here = Rc::new(Self {
            runner: Rc::downgrade(runner),
            host: runner.host.clone(),
            store: Rc::clone(store),
            seat: RefCell::default(),
            tabs: Rc::new(tabs),
        });
        let seat = Seat::new(Rc::clone(&here) as Rc<dyn Page>, store);
        here.seat.replace(Rc::downgrade(&seat));
        wanted.replace(Rc::downgrade(&seat));
        seat.begin();
        seat
    }
}

impl Claimant for Wish {
    fn granted(&self, hold: Hold) {
        Self::granted(self, hold);
    }

    fn lost(&self) {
        Self::lost(self);
    }
}

impl Page for Here {
    fn dispatch(&self, event: Event) {
        if let Some(runner) = self.runner.upgrade() {
            runner.dispatch(event);
        }
    }

    fn is_elsewhere(&self) -> bool {
        let runner = self.runner.upgrade();
        runner.is_some_and(|runner| runner.look(Session::is_elsewhere))
    }

    fn is_visible(&self) -> bool {
        let runner = self.runner.upgrade();
        runner.is_some_and(|runner| runner.is_visible())
    }

    fn is_quiet(&self) -> bool {
        let runner = self.runner.upgrade();
        runner.is_some_and(|runner| runner.is_seen() && !runner.look(Session::is_ticking))
    }

    fn look_around(&self) {
        if let Some(runner) = self.runner.upgrade() {
            runner.look_around();
        }
    }

    fn stored(&self) -> Vec<Attempt> {
        let runner = self.runner.upgrade();
        runner.map_or_else(Vec::new, |runner| read(&self.store, &runner))
    }

    fn clocks(&self) -> Clocks {
        let reading = ambient::reading(true);
        [reading.wall.0, reading.steady]
    }

    fn tell(&self, told: &Notice) {
        notice::tell(&self.host, told);
    }

    fn ask(&self, steal: bool, wish: Wish) -> Asking {
        let key = wish.key().to_owned();
        self.tabs.ask(&key, steal, wish)
    }

    fn want(&self, key: &str) {
        self.tabs.want(key);
    }

    fn locks_answered(&self) -> Soon<()> {
        let answered = self.tabs.answered();
        Box::pin(async move {
            // Whatever they say.
            let _ = wasm_bindgen_futures::JsFuture::from(answered).await;
        })
    }

    fn ring(&self, alarm: Alarm, after: u32) -> Timer {
        let weak = self.seat.borrow().clone();
        let timeout = Timeout::new(after, move || {
            if let Some(seat) = weak.upgrade() {
                seat.rings(alarm);
            }
        });
        let timeout = RefCell::new(Some(timeout));
        OnDrop::new(move || drop(timeout.take()))
    }

    fn run(&self, future: Soon<()>) {
        wasm_bindgen_futures::spawn_local(future);
    }
}
