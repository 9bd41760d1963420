//! Work that may take long is done in turns, so that the browser gets its own between them: texts one after the other, lists
//! some items at a time. While the page is printed nobody waits.
//!
//! Must be reached from lazy chunks only.

use std::cell::RefCell;
use std::future::poll_fn;
use std::rc::Rc;
use std::task::{Poll, Waker};

use gloo_timers::callback::Timeout;

use super::watch::Listener;

/// How long a slice of a list may take, in milliseconds: its texts, and the browser's layout, come on top.
pub const SLICE: f64 = 6.0;

/// How long texts may be drawn before the next one waits for another task, in milliseconds. All texts of a common question are
/// drawn in much less, also on a slow phone: nobody is to see one of them as its source while others are done.
const TEXTS: f64 = 25.0;

/// What finishes something at once.
type Finish = Rc<dyn Fn() -> bool>;

#[derive(Default)]
struct Turns {
    /// When the work of this task began; `None` where there was none.
    begun: Option<f64>,
    /// Who waits for the next task, in order.
    waiting: Vec<Waker>,
    /// Stays until the next one: it cannot be dropped while it runs.
    timer: Option<Timeout>,
    /// Who has more to do before the page is printed.
    unfinished: Vec<(u32, Finish)>,
    last: u32,
    is_printing: bool,
    listeners: Option<[Listener; 2]>,
}

thread_local! {
    static TURNS: RefCell<Turns> = RefCell::default();
}

fn with<T>(change: impl FnOnce(&mut Turns) -> T) -> T {
    TURNS.with(|turns| change(&mut turns.borrow_mut()))
}

/// A moment of the steady clock, in milliseconds.
pub fn now() -> f64 {
    let clock = web_sys::window().and_then(|window| window.performance());
    clock.map_or(0.0, |clock| clock.now())
}

/// Waits until there is time for a piece of work: at once, unless this task has done enough already.
pub async fn turn() {
    poll_fn(|context| {
        let may_go = with(|turns| {
            let may_go = turns.may_go();
            if !may_go {
                turns.waiting.push(context.waker().clone());
            }
            may_go
        });
        if may_go {
            return Poll::Ready(());
        }
        listen();
        Poll::Pending
    })
    .await;
}

impl Turns {
    fn may_go(&mut self) -> bool {
        let now = now();
        if self.is_printing {
            return true;
        }
        if let Some(begun) = self.begun {
            return now - begun < TEXTS;
        }
        self.begun = Some(now);
        self.timer = Some(Timeout::new(0, next_task));
        true
    }
}

/// Another task: who waits looks again.
fn next_task() {
    let waiting = with(|turns| {
        turns.begun = None;
        std::mem::take(&mut turns.waiting)
    });
    if waiting.is_empty() {
        // Nobody needs them; what drops them is not one of them.
        let idle = with(|turns| {
            let is_idle = turns.unfinished.is_empty() && !turns.is_printing;
            is_idle.then(|| turns.listeners.take())
        });
        drop(idle);
    }
    waiting.into_iter().for_each(Waker::wake);
}

/// Listens to the page being printed, as long as anybody has something to finish before it.
fn listen() {
    if with(|turns| turns.listeners.is_some()) {
        return;
    }
    let Some(window) = web_sys::window() else {
        return;
    };
    let begin = Listener::new(&window, "beforeprint", || {
        begin_print();
    });
    let listeners = [begin, Listener::new(&window, "afterprint", end_print)];
    with(|turns| turns.listeners = Some(listeners));
}

/// Keeps what was told to [`on_print`] known; dropping it forgets it.
pub struct Unfinished(u32);

impl Drop for Unfinished {
    fn drop(&mut self) {
        let gone = with(|turns| {
            let place = turns.unfinished.iter().position(|(own, _)| *own == self.0);
            place.map(|place| turns.unfinished.swap_remove(place))
        });
        drop(gone);
    }
}

/// Calls `finish` before the page is printed; it says whether anything was left to do.
pub fn on_print(finish: impl Fn() -> bool + 'static) -> Unfinished {
    listen();
    with(|turns| {
        turns.last = turns.last.wrapping_add(1);
        turns.unfinished.push((turns.last, Rc::new(finish)));
        Unfinished(turns.last)
    })
}

/// The page is about to be printed: all that is left is done now, or in the next microtasks. Gives whether anything was left.
pub fn begin_print() -> bool {
    let (waiting, unfinished) = with(|turns| {
        turns.is_printing = true;
        let all = turns.unfinished.iter();
        let all: Vec<Finish> = all.map(|(_, finish)| Rc::clone(finish)).collect();
        (std::mem::take(&mut turns.waiting), all)
    });
    let mut was_left = !waiting.is_empty();
    waiting.into_iter().for_each(Waker::wake);
    for finish in unfinished {
        was_left |= finish();
    }
    was_left
}

/// It is printed, or the reader does not want to.
pub fn end_print() {
    with(|turns| turns.is_printing = false);
}
