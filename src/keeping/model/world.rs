//! The browser that pages are in: localStorage that every page sees late, a journal that carries out one transaction after the
//! other, locks whose messages come when they like, and a clock.

mod stores;

use core::cell::{Cell, RefCell};
use core::pin::Pin;
use core::task::{Context, Poll, Waker};
use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::rc::Rc;

use crate::engine::attempt::Attempt;
use crate::engine::clock::Timestamp;
use crate::engine::gone::{Note, note_of};
use crate::engine::random::Random;
use crate::engine::report::Report;
use crate::engine::session::Session;
use crate::keeping::gone::erasing;
use crate::keeping::names::OURS;
use crate::keeping::ports::{Ended, OnEnd, Others, Soon};
use crate::keeping::seat::Clocks;
use crate::keeping::seat::{Alarm, Seat, Wish};
use crate::keeping::store::Store;
use crate::keeping::term::Put;
use crate::keeping::term::{Changes, Order};
pub use stores::{Orders, Seen};

thread_local! {
    /// The wall clock: what stores ask for has no place to keep it.
    static NOW: Cell<i64> = const { Cell::new(0) };
}

/// This moment.
pub fn now() -> Timestamp {
    Timestamp(NOW.get())
}

/// Time goes by.
pub fn pass(milliseconds: i64) {
    NOW.set(NOW.get() + milliseconds);
}

/// The beginning of time.
pub fn begin() {
    NOW.set(1_000_000);
}

/// Something that a page does in a task of its own.
pub type Task = Box<dyn FnOnce()>;
/// The texts of a store.
pub type Texts = BTreeMap<String, String>;

/// One transaction on its way.
struct Job {
    page: usize,
    work: Work,
}

enum Work {
    Order(Order, OnEnd, u32),
    Read(String, Slot<Option<Vec<(String, String)>>>),
    Erase(Timestamp, Others, Slot<Option<Vec<String>>>),
}

/// Where an answer comes to be.
type Slot<T> = Rc<RefCell<Option<T>>>;

struct Answer<T>(Slot<T>);

impl<T> Future for Answer<T> {
    type Output = T;

    fn poll(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<T> {
        self.0.take().map_or(Poll::Pending, Poll::Ready)
    }
}

/// A page of the browser.
#[derive(Default)]
pub struct PageState {
    pub is_alive: Cell<bool>,
    pub is_stopped: Cell<bool>,
    pub tasks: RefCell<VecDeque<Task>>,
    pub lock_tasks: RefCell<VecDeque<Task>>,
    /// Changes of localStorage that the page has not heard of.
    pub news: RefCell<VecDeque<(String, Option<String>)>>,
    /// localStorage as the page sees it.
    pub seen: RefCell<Texts>,
    pub futures: RefCell<Vec<Soon<()>>>,
    pub timers: RefCell<Vec<(i64, u32, Alarm)>>,
    pub session: RefCell<Option<Session>>,
    pub store: RefCell<Option<Rc<Store>>>,
    pub seat: RefCell<Option<Rc<Seat>>>,
    pub waiting: RefCell<VecDeque<crate::engine::event::Event>>,
    /// The sitting of this page, as it was to be stored last.
    pub last: RefCell<Option<Attempt>>,
    /// The id of the one that is not stored until the reader wants it.
    pub held: RefCell<Option<String>>,
    pub is_busy: Cell<bool>,
    pub sent: Cell<u32>,
}

/// Who waits for a lock.
struct Claim {
    page: usize,
    number: u32,
    wish: Wish,
}

#[derive(Default)]
struct Lock {
    holder: Option<Claim>,
    queue: VecDeque<Claim>,
}

/// The browser.
pub struct World {
    pub pages: RefCell<Vec<Rc<PageState>>>,
    pub shelf: RefCell<Texts>,
    /// localStorage as it was before each of the last writes: what a killed browser may come back with.
    pub before: RefCell<Vec<Texts>>,
    pub journal: RefCell<Texts>,
    jobs: RefCell<VecDeque<Job>>,
    locks: RefCell<BTreeMap<String, Lock>>,
    number: Cell<u32>,
    pub chance: RefCell<Random>,
    /// What was shown as saved: the attempt, and its note.
    pub saved: RefCell<Vec<(String, String)>>,
    pub told: RefCell<Vec<Rc<Report>>>,
    /// Attempts whose deletion the journal has.
    pub deleted: RefCell<BTreeSet<String>>,
    /// How often the reader kept what was deleted elsewhere.
    pub kept: Cell<usize>,
    /// How often the journal took what was deleted from a page that has the sitting.
    pub unheard: Cell<usize>,
    /// All attempts that were ever begun.
    pub begun: RefCell<Vec<String>>,
    /// How many in a hundred calls of a page to its browser it is stopped in; and whether it is now.
    pub stops: Cell<u32>,
    pub is_inside: Cell<bool>,
    /// Whether the old rules are put back, to see that it is noticed.
    pub mutation: Cell<u8>,
    pub log: RefCell<Vec<String>>,
    pub is_logging: Cell<bool>,
}

/// What clocks show.
pub fn clocks() -> Clocks {
    [NOW.get(), NOW.get() - 500]
}

impl World {
    pub fn new(seed: &str) -> Rc<Self> {
        begin();
        Rc::new(Self {
            pages: RefCell::default(),
            shelf: RefCell::default(),
            before: RefCell::default(),
            journal: RefCell::default(),
            jobs: RefCell::default(),
            locks: RefCell::default(),
            number: Cell::new(0),
            chance: RefCell::new(Random::new(seed, "schedule")),
            saved: RefCell::default(),
            told: RefCell::default(),
            deleted: RefCell::default(),
            kept: Cell::new(0),
            unheard: Cell::new(0),
            begun: RefCell::default(),
            stops: Cell::new(0),
            is_inside: Cell::new(false),
            mutation: Cell::new(0),
            log: RefCell::default(),
            is_logging: Cell::new(false),
        })
    }

    /// The schedule is over. Pages and their stores know each other, so they would stay in memory for ever.
    pub fn take_apart(&self) {
        let pages = self.pages.take();
        for page in &pages {
            drop((page.tasks.take(), page.lock_tasks.take()));
            drop((page.futures.take(), page.timers.take()));
            drop((page.store.take(), page.seat.take()));
        }
        let jobs = self.jobs.take();
        let locks = self.locks.take();
        drop((pages, jobs, locks));
    }

    pub fn say(&self, what: impl FnOnce() -> String) {
        if self.is_logging.get() {
            self.log
                .borrow_mut()
                .push(format!("{} {}", NOW.get(), what()));
        }
    }

    pub fn below(&self, bound: u32) -> u32 {
        self.chance.borrow_mut().below(bound)
    }

    /// A word that was never used.
    pub fn word(&self) -> String {
        format!("w{}", self.number())
    }

    pub fn page(&self, index: usize) -> Rc<PageState> {
        Rc::clone(&self.pages.borrow()[index])
    }

    /// A number that was never used.
    pub fn number(&self) -> u32 {
        self.number.set(self.number.get() + 1);
        self.number.get()
    }

    /// A page calls its browser: there it can be stopped, in the middle of what it does, while the others go on.
    fn call(self: &Rc<Self>, page: usize) {
        let stops = self.stops.get();
        if self.is_inside.get() || stops == 0 || self.below(100) >= stops {
            return;
        }
        let own = self.page(page);
        if !own.is_alive.get() {
            return;
        }
        self.say(|| format!("page {page} is stopped in the middle of a task"));
        self.is_inside.set(true);
        let was_stopped = own.is_stopped.replace(true);
        pass(2_500);
        for _ in 0..self.below(25) {
            super::schedules::step(self);
        }
        own.is_stopped.set(was_stopped);
        self.is_inside.set(false);
        self.say(|| format!("page {page} goes on in the middle of a task"));
    }

    /// Carries out the next transaction.
    pub fn transact(self: &Rc<Self>) {
        let Some(Job { page, work }) = self.jobs.borrow_mut().pop_front() else {
            return;
        };
        let own = self.page(page);
        match work {
            Work::Read(beginning, slot) => {
                let journal = self.journal.borrow();
                let all = journal
                    .iter()
                    .filter(|(key, _)| key.starts_with(&beginning));
                let all: Vec<(String, String)> =
                    all.map(|(key, text)| (key.clone(), text.clone())).collect();
                drop(journal);
                own.tasks.borrow_mut().push_back(Box::new(move || {
                    slot.replace(Some(Some(all)));
                }));
            }
            Work::Erase(moment, others, slot) => {
                let others = others();
                let all = self.journal.borrow().clone().into_iter().collect();
                self.say(|| format!("journal for page {page}: everything is gone"));
                self.change(&erasing(&all, &others, moment));
                let keys = others.into_iter().map(|(key, _)| key).collect();
                own.tasks.borrow_mut().push_back(Box::new(move || {
                    slot.replace(Some(Some(keys)));
                }));
            }
            Work::Order(order, on_end, number) => {
                let ended = self.carry_out(page, &order);
                let state = Rc::clone(&own);
                own.tasks.borrow_mut().push_back(Box::new(move || {
                    let (put, text) = ended;
                    let is_last = state.sent.get() == number;
                    on_end(Ended { put, is_last, text });
                }));
            }
        }
    }

    /// Changes the journal, and notes for the verdict what is deleted and what is back.
    fn change(&self, changes: &Changes) {
        let mut journal = self.journal.borrow_mut();
        for (key, text) in changes {
            match text {
                Some(text) => drop(journal.insert(key.clone(), text.clone())),
                None => drop(journal.remove(key)),
            }
        }
        let mut deleted = self.deleted.borrow_mut();
        for id in self.begun.borrow().iter() {
            let note = note_of(&format!("{OURS}three:attempt:{id}"));
            let Some((_, Some(text))) = changes.iter().rfind(|(key, _)| *key == note) else {
                continue;
            };
            if Note::says_gone(text) {
                deleted.insert(id.clone());
            } else {
                deleted.remove(id);
            }
        }
    }

    fn carry_out(&self, page: usize, order: &Order) -> (Put, Option<String>) {
        let journal = self.journal.borrow();
        let mut guards = order.guards().into_iter();
        let counts = |refusal: Put| match self.mutation.get() {
            1 => false,
            3 => refusal != Put::Gone,
            _ => true,
        };
        if let Some((_, refusal)) =
            guards.find(|(key, refusal)| journal.contains_key(key) && counts(*refusal))
        {
            self.say(|| format!("journal refuses page {page}: {order:?}"));
            return (refusal, None);
        }
        let keys = order.looks_at();
        let found: Vec<Option<String>> = keys.iter().map(|key| journal.get(key).cloned()).collect();
        let decision = order.decide(&found);
        self.say(|| {
            format!(
                "journal for page {page}: {order:?} gives {:?}",
                decision.put()
            )
        });
        drop(journal);
        if let Order::Write { key, .. } = order {
            let id = key.rsplit(':').next().unwrap_or_default();
            // What a page has given up itself since, it shows no more: its own deletion comes next.
            let is_shown =
                super::deletion::running(&self.page(page)).is_some_and(|running| running.id == id);
            if is_shown && self.deleted.borrow().contains(id) {
                self.say(|| format!("journal takes {id} from page {page}, which was deleted"));
                self.unheard.set(self.unheard.get() + 1);
            }
        }
        self.change(&decision.writes);
        (decision.put(), decision.text)
    }

    pub fn has_jobs(&self) -> bool {
        !self.jobs.borrow().is_empty()
    }

    /// What a page that is killed had ordered: what it would have had to decide is lost, and a number of the last ones.
    pub fn lose_jobs(&self, page: usize) {
        let mut kept = self.below(4);
        self.jobs.borrow_mut().retain(|job| {
            let is_decided =
                matches!(&job.work, Work::Order(order, ..) if order.looks_at().is_empty());
            job.page != page || {
                let stays = is_decided && kept > 0;
                kept = if stays { kept - 1 } else { 0 };
                stays
            }
        });
    }

    pub fn changed(&self, page: usize, key: &str, text: Option<&str>) {
        let before = self.shelf.borrow().clone();
        self.before.borrow_mut().push(before);
        match text {
            Some(text) => drop((self.shelf.borrow_mut()).insert(key.to_owned(), text.to_owned())),
            None => drop(self.shelf.borrow_mut().remove(key)),
        }
        for (index, other) in self.pages.borrow().iter().enumerate() {
            if index != page && other.is_alive.get() {
                let news = (key.to_owned(), text.map(str::to_owned));
                other.news.borrow_mut().push_back(news);
            }
        }
    }

    /// Asks for a lock; gives the number of the request.
    pub fn request(self: &Rc<Self>, page: usize, steal: bool, wish: Wish) -> u32 {
        let number = self.number();
        let key = wish.key().to_owned();
        let claim = Claim { page, number, wish };
        let mut locks = self.locks.borrow_mut();
        let lock = locks.entry(key).or_default();
        if steal {
            if let Some(robbed) = lock.holder.take() {
                let state = self.page(robbed.page);
                let task: Task = Box::new(move || robbed.wish.lost());
                state.lock_tasks.borrow_mut().push_back(task);
            }
            self.grant(lock, claim);
        } else if lock.holder.is_none() {
            self.grant(lock, claim);
        } else {
            lock.queue.push_back(claim);
        }
        number
    }

    fn grant(self: &Rc<Self>, lock: &mut Lock, claim: Claim) {
        let (page, number, wish) = (claim.page, claim.number, claim.wish.clone());
        self.say(|| format!("page {page} is granted the lock"));
        lock.holder = Some(claim);
        let world = Rc::downgrade(self);
        let task: Task = Box::new(move || {
            let key = wish.key().to_owned();
            wish.granted(crate::keeping::ports::OnDrop::new(move || {
                if let Some(world) = world.upgrade() {
                    world.release(&key, number);
                }
            }));
        });
        self.page(page).lock_tasks.borrow_mut().push_back(task);
    }

    /// A lock is let go of, or a request taken back.
    pub fn release(self: &Rc<Self>, key: &str, number: u32) {
        let mut locks = self.locks.borrow_mut();
        let Some(lock) = locks.get_mut(key) else {
            return;
        };
        if lock
            .holder
            .as_ref()
            .is_some_and(|claim| claim.number == number)
        {
            lock.holder = None;
            if let Some(next) = lock.queue.pop_front() {
                self.grant(lock, next);
            }
        }
    }

    pub fn take_back(&self, key: &str, number: u32) {
        if let Some(lock) = self.locks.borrow_mut().get_mut(key) {
            lock.queue.retain(|claim| claim.number != number);
        }
    }

    /// The browser notices that a page is gone.
    pub fn unlock_all(self: &Rc<Self>, page: usize) {
        let keys: Vec<String> = self.locks.borrow().keys().cloned().collect();
        for key in keys {
            let held = {
                let mut locks = self.locks.borrow_mut();
                let lock = locks.entry(key.clone()).or_default();
                lock.queue.retain(|claim| claim.page != page);
                let holder = lock.holder.as_ref().filter(|claim| claim.page == page);
                holder.map(|claim| claim.number)
            };
            if let Some(number) = held {
                self.release(&key, number);
            }
        }
    }

    /// Once everything that is in the page's way now has come.
    pub fn barrier(&self, page: usize) -> Soon<()> {
        let slot: Slot<()> = Rc::default();
        let filled = Rc::clone(&slot);
        let task: Task = Box::new(move || {
            filled.replace(Some(()));
        });
        self.page(page).tasks.borrow_mut().push_back(task);
        Box::pin(Answer(slot))
    }
}

/// Lets the futures of a page go on as far as they can.
pub fn poll(page: &PageState) {
    let mut context = Context::from_waker(Waker::noop());
    // What they start may end at once too.
    for _ in 0..4 {
        let futures = page.futures.take();
        if futures.is_empty() {
            return;
        }
        for mut future in futures {
            if future.as_mut().poll(&mut context).is_pending() {
                page.futures.borrow_mut().push(future);
            }
        }
    }
}
