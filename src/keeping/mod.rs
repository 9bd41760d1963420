//! What may be stored, and which page may do it. Pure: localStorage, the journal, locks and clocks are traits (`ports`), so
//! that pages can be run against each other natively (`model`), with everything late, stale or killed that can be.
//!
//! The journal decides, wherever there is one. Who takes a sitting takes a higher term in a transaction of the journal
//! (`term`), and from then on nothing of an earlier term gets in, whatever the page that writes it believes.

pub mod gone;
pub mod names;
pub mod ports;
pub mod seat;
pub mod store;
pub mod term;
pub mod texts;

#[cfg(test)]
mod model;
