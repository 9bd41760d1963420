//! The page that a seat is in: its locks, clocks and screens.

use super::Wish;
use crate::engine::attempt::Attempt;
use crate::engine::event::{Event, Notice};
use crate::keeping::ports::{Asking, Soon, Timer};

/// What a seat wants to be reminded of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Alarm {
    /// The page that has the sitting did not let go of it.
    Insist,
    /// Nobody has said where the sitting goes on.
    Decide,
    /// It is time to look at the clocks.
    Beat,
    /// The journal has not answered.
    Late,
}

/// Two clocks, in milliseconds: the reader's, and one that nobody can set but that may stand still while a computer sleeps.
pub type Clocks = [i64; 2];

/// The page that a seat is in. All of it does nothing once the widget is gone.
pub trait Page {
    /// Takes an event.
    fn dispatch(&self, event: Event);
    /// Whether the running sitting goes on in another page.
    fn is_elsewhere(&self) -> bool;
    /// Whether the page is in sight.
    fn is_visible(&self) -> bool;
    /// Whether somebody sees the widget, and no other timer of it runs.
    fn is_quiet(&self) -> bool;
    /// Says again whether the page is in sight.
    fn look_around(&self);
    /// All attempts that can be read; the reader is told of the others.
    fn stored(&self) -> Vec<Attempt>;
    /// The clocks.
    fn clocks(&self) -> Clocks;
    /// Tells the author's page.
    fn tell(&self, notice: &Notice);
    /// Asks for a sitting; to steal does not wait for who has it.
    fn ask(&self, steal: bool, wish: Wish) -> Asking;
    /// Asks the page that has a sitting to let go of it.
    fn want(&self, key: &str);
    /// Once the locks have answered: by then it was told if one was lost before.
    fn locks_answered(&self) -> Soon<()>;
    /// Rings an alarm of the seat after so many milliseconds.
    fn ring(&self, alarm: Alarm, after: u32) -> Timer;
    /// Runs a future to its end.
    fn run(&self, future: Soon<()>);
}
