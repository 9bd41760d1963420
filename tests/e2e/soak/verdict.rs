//! Holds what was found after a kill against what is promised.

use std::fmt;

use mondai_e2e::{Failure, Outcome};

use crate::told::{Found, Paper, Sitting};

/// What a kill may cost.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Loss {
    /// Inputs of the last second that were not shown as saved.
    LastSecond,
    /// Nothing.
    Nothing,
}

/// The last second, in milliseconds.
const SECOND: i64 = 1_000;
/// How far the clock may be off, in milliseconds. It shows whole seconds.
const DRIFT: i64 = 2_000;
/// After this time, in milliseconds, something must have been shown as saved; otherwise nothing would be proven.
const FIRST_SAVED: i64 = 3_000;

/// The figures of one kill.
#[derive(Clone, Debug, Default)]
pub struct Figures {
    /// How long the sitting went on, in milliseconds.
    pub after: i64,
    /// How many inputs were made.
    pub made: usize,
    /// The last input that was shown as saved.
    pub saved: Option<usize>,
    /// How many inputs were lost.
    pub lost: usize,
    /// How long before the kill the first of these was made, in milliseconds.
    pub age: i64,
    /// How much more time the clock showed than there was, in milliseconds.
    pub drift: Option<i64>,
    /// What was not as promised.
    pub broken: Vec<String>,
}

/// Judges a kill by its moment, in the page's milliseconds.
pub fn judge(loss: Loss, sitting: &Sitting, found: &Found, killed: i64) -> Figures {
    let mut figures = Figures {
        after: killed - sitting.started,
        made: sitting.made.len(),
        saved: sitting.saved,
        drift: found
            .remaining()
            .map(|shown| shown * 1_000 - (sitting.deadline - found.at)),
        ..Figures::default()
    };
    let mut broken = Vec::new();
    if !found.unreadable.is_empty() {
        broken.push(format!("unreadable: {}", found.unreadable.join(", ")));
    }
    if loss == Loss::Nothing && !found.gone.is_empty() {
        broken.push(format!("others' keys are gone: {:?}", found.gone));
    }
    if !found.changed.is_empty() {
        broken.push(format!("others' keys changed: {:?}", found.changed));
    }
    match restored(sitting, found) {
        Ok(restored) => {
            lose(&mut figures, &mut broken, loss, sitting, restored, killed);
            if restored.is_some() && found.state != "running" {
                broken.push(format!("the sitting is {}", found.state));
            }
        }
        Err(error) => broken.push(error.0),
    }
    match figures.drift {
        Some(drift) if drift.abs() > DRIFT => broken.push(format!("the clock is {drift} ms off")),
        None if found.state == "running" => {
            broken.push(format!("the clock says {:?}", found.timer));
        }
        _ => {}
    }
    if sitting.saved.is_none() && figures.after > FIRST_SAVED {
        broken.push(String::from("nothing was ever shown as saved"));
    }
    figures.broken = broken;
    figures
}

/// After which input the restored paper was so; `None` where there is none.
fn restored(sitting: &Sitting, found: &Found) -> Outcome<Option<usize>> {
    let record = match found.records.as_slice() {
        [] => return Ok(None),
        [record] => record,
        several => return Err(Failure(format!("one sitting, and {several:?}"))),
    };
    let paper: Paper = Found::paper(record)?;
    // A reader who comes back to an earlier paper lost nothing in between.
    match sitting.papers.iter().rposition(|one| *one == paper) {
        Some(input) => Ok(Some(input)),
        None => Err(Failure(format!(
            "a paper that never was: {paper:?}, at the end it was {:?}",
            sitting.papers.last()
        ))),
    }
}

fn lose(
    figures: &mut Figures,
    broken: &mut Vec<String>,
    loss: Loss,
    sitting: &Sitting,
    restored: Option<usize>,
    killed: i64,
) {
    let gone = sitting.made.range(restored.map_or(0, |input| input + 1)..);
    figures.lost = gone.clone().count();
    let first = gone.map(|(_, at)| *at).min();
    // Where there is nothing at all, the start is lost too.
    let first = first
        .into_iter()
        .chain(restored.is_none().then_some(sitting.started));
    let Some(first) = first.min() else { return };
    figures.age = killed - first;
    if sitting.saved > restored {
        broken.push(format!(
            "input {:?} was shown as saved, and what is found is after {restored:?}",
            sitting.saved
        ));
    }
    match loss {
        Loss::LastSecond if figures.age < SECOND => {}
        Loss::LastSecond => broken.push(format!("inputs of the last {} ms lost", figures.age)),
        Loss::Nothing => broken.push(format!("{} inputs lost", figures.lost)),
    }
}

impl fmt::Display for Figures {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let seconds = |time: i64| format!("{}.{:03} s", time / 1_000, time % 1_000);
        write!(
            out,
            "after {}: {} inputs, {} shown as saved, {} lost",
            seconds(self.after),
            self.made,
            self.saved
                .map_or(String::from("none"), |saved| saved.to_string()),
            self.lost,
        )?;
        if self.lost > 0 {
            write!(out, " (of the last {})", seconds(self.age))?;
        }
        match self.drift {
            Some(drift) => write!(out, ", clock {drift:+} ms")?,
            None => write!(out, ", no clock")?,
        }
        if !self.broken.is_empty() {
            write!(out, "; BROKEN: {}", self.broken.join("; "))?;
        }
        Ok(())
    }
}
