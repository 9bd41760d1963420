//! The exam engine: question sets, papers, sessions, marks and reports, as plain data and pure functions.
//!
//! Nothing here names a browser, reads a clock, draws a random number or does I/O: the time and the seed arrive as
//! arguments, and all that should happen outside comes back as [`event::Effect`]s. No input makes it panic; the lints
//! below forbid the usual ways.
#![deny(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unreachable,
    clippy::todo
)]
#![cfg_attr(
    test,
    allow(
        clippy::unwrap_used,
        clippy::expect_used,
        clippy::indexing_slicing,
        clippy::panic
    )
)]

// What an author wrote.
pub mod address;
pub mod format;
pub mod json;
pub mod set;
pub mod text;
pub mod translation;

pub mod question;

// A paper out of it.
pub mod draw;
pub mod form;
pub mod paper;
pub mod random;

// A sitting.
pub mod clock;
pub mod event;
pub mod pace;
pub mod press;
pub mod session;

// What came of it.
pub mod points;
pub mod scoring;

pub mod attempt;
pub mod gone;
pub mod history;
pub mod report;
pub mod view;
