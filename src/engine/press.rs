//! Which presses are for the screen that was there before: the second one of a double click, or one that came too late to be
//! held back. Knows no browser.

/// For so long after a screen changed, a press where the last one was is for the old screen: as long as systems wait for the
/// second press of a double click.
const SETTLING: f64 = 500.0;
/// What is one place, in CSS pixels each way: about a finger.
const PLACE: u32 = 24;

/// One press, or one half of it.
#[derive(Clone, Copy, Debug)]
pub struct Press {
    /// Milliseconds of the page's steady clock, when it was made rather than when it was handled.
    pub moment: f64,
    /// Where, in CSS pixels of the window.
    pub place: (i32, i32),
    /// How many presses followed each other, as browsers count; none where a key, a script or a screen reader pressed.
    pub count: i32,
}

/// What is known of screens and presses.
#[derive(Clone, Copy, Debug, Default)]
pub struct Presses {
    changed: f64,
    last: Option<Press>,
}

impl Presses {
    /// Another screen, or another question, is where the reader presses.
    pub const fn screen_changed(&mut self, moment: f64) {
        self.changed = moment;
    }

    /// Whether a press is for what is on screen; if not, nothing may come of it.
    pub fn takes(&mut self, press: Press) -> bool {
        if press.count == 0 {
            return true;
        }
        let is_meant = self.last.is_none_or(|last| {
            let is_away = |own: i32, other: i32| own.abs_diff(other) > PLACE;
            last.moment > self.changed
                || press.moment >= self.changed + SETTLING
                || is_away(press.place.0, last.place.0)
                || is_away(press.place.1, last.place.1)
        });
        if is_meant {
            self.last = Some(press);
        }
        is_meant
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What happens, in milliseconds.
    #[derive(Clone, Copy)]
    enum Step {
        /// Another screen is there.
        Screen(f64),
        /// A pointer, with its place.
        Pointer(f64, (i32, i32)),
        /// A key on a button.
        Key(f64),
    }
    use Step::{Key, Pointer, Screen};

    const HERE: (i32, i32) = (100, 100);

    /// Which of the presses are taken.
    fn check(what: &str, steps: &[Step], expected: &[bool]) {
        let mut presses = Presses::default();
        let mut taken = Vec::new();
        for step in steps {
            let press = match *step {
                Screen(moment) => {
                    presses.screen_changed(moment);
                    continue;
                }
                Pointer(moment, place) => Press {
                    moment,
                    place,
                    count: 1,
                },
                Key(moment) => Press {
                    moment,
                    place: (0, 0),
                    count: 0,
                },
            };
            taken.push(presses.takes(press));
        }
        assert_eq!(taken, expected, "{what}");
    }

    #[test]
    fn a_press_at_the_place_of_the_last_is_for_the_old_screen_for_half_a_second() {
        let start = [Screen(0.0), Pointer(1_000.0, HERE), Screen(1_010.0)];
        for (what, moment, place, is_taken) in [
            ("a double click", 1_120.0, HERE, false),
            ("a slow one", 1_500.0, HERE, false),
            ("just before half a second", 1_509.0, HERE, false),
            ("half a second later", 1_510.0, HERE, true),
            ("a finger is not exact", 1_200.0, (124, 76), false),
            ("beside it", 1_200.0, (125, 100), true),
            ("below it", 1_200.0, (100, 125), true),
            (
                "made before the screen was there, handled after",
                1_005.0,
                HERE,
                false,
            ),
        ] {
            let steps = [start.as_slice(), &[Pointer(moment, place)]].concat();
            check(what, &steps, &[true, is_taken]);
        }
    }

    #[test]
    fn what_is_meant_is_not_held_up() {
        check(
            "the first press of all",
            &[Screen(0.0), Pointer(1.0, HERE)],
            &[true],
        );
        check(
            "check boxes and move buttons: the screen stays",
            &[
                Screen(0.0),
                Pointer(900.0, HERE),
                Pointer(950.0, HERE),
                Pointer(1_000.0, HERE),
            ],
            &[true, true, true],
        );
        check(
            "a press elsewhere at once, and there again",
            &[
                Pointer(0.0, (0, 0)),
                Screen(10.0),
                Pointer(50.0, HERE),
                Pointer(90.0, HERE),
            ],
            &[true, true, true],
        );
        check(
            "keys",
            &[
                Pointer(0.0, HERE),
                Screen(10.0),
                Key(20.0),
                Screen(30.0),
                Key(40.0),
            ],
            &[true, true, true],
        );
    }

    #[test]
    fn the_half_second_begins_when_the_screen_is_there() {
        check(
            "a chunk that came late",
            &[
                Pointer(0.0, HERE),
                Screen(2_000.0),
                Pointer(2_300.0, HERE),
                Pointer(2_600.0, HERE),
            ],
            &[true, false, true],
        );
        check(
            "pressed again while it was on its way",
            &[
                Screen(0.0),
                Pointer(900.0, HERE),
                Pointer(1_100.0, HERE),
                Screen(2_000.0),
                Pointer(2_300.0, HERE),
            ],
            &[true, true, false],
        );
        check(
            "three presses",
            &[
                Pointer(0.0, HERE),
                Screen(10.0),
                Pointer(150.0, HERE),
                Pointer(300.0, HERE),
            ],
            &[true, false, false],
        );
        check(
            "time is up just before a press",
            &[
                Pointer(0.0, HERE),
                Screen(60_000.0),
                Pointer(60_100.0, HERE),
            ],
            &[true, false],
        );
    }
}
