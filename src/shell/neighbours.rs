//! Widgets of one page over the same question set. Browsers tell other pages of what is stored, and never the page that stored it;
//! so the widgets of a page tell each other.

use core::cell::RefCell;
use std::rc::Rc;

use crate::keeping::ports::OnDrop;

/// Who wants to know.
struct Neighbour {
    number: u32,
    /// What the keys of its set begin with.
    prefix: String,
    look_again: Rc<dyn Fn()>,
}

thread_local! {
    static NEIGHBOURS: RefCell<Vec<Neighbour>> = const { RefCell::new(Vec::new()) };
}

/// One widget among the others; it leaves them when it is dropped.
pub struct Place {
    number: u32,
    prefix: String,
    _leaving: OnDrop,
}

impl Place {
    /// `look_again` is called whenever another widget of this page stored or deleted something of the set.
    pub fn new(prefix: &str, look_again: impl Fn() + 'static) -> Self {
        let number = NEIGHBOURS.with_borrow_mut(|all| {
            let number = all.last().map_or(0, |last| last.number.wrapping_add(1));
            all.push(Neighbour {
                number,
                prefix: prefix.to_owned(),
                look_again: Rc::new(look_again),
            });
            number
        });
        Self {
            number,
            prefix: prefix.to_owned(),
            _leaving: OnDrop::new(move || {
                NEIGHBOURS.with_borrow_mut(|all| all.retain(|own| own.number != number));
            }),
        }
    }

    /// Tells the others that something was stored or deleted.
    pub fn tell(&self) {
        let others: Vec<Rc<dyn Fn()>> = NEIGHBOURS.with_borrow(|all| {
            let others = all.iter();
            others
                .filter(|other| other.number != self.number && other.prefix == self.prefix)
                .map(|other| Rc::clone(&other.look_again))
                .collect()
        });
        // Not while the list is borrowed: they may come and go.
        for look_again in others {
            look_again();
        }
    }
}
