//! The outside world's two gifts to the engine: the time, and chance. The engine itself must not ask for either.

use crate::engine::clock::{Reading, Timestamp};

/// This moment, by the reader's clock.
pub fn now() -> Timestamp {
    #[expect(
        clippy::cast_possible_truncation,
        reason = "milliseconds since 1970 fit for 285,000 years"
    )]
    Timestamp(js_sys::Date::now() as i64)
}

/// This moment, by the reader's clock and by one that nobody can set.
pub fn reading(is_visible: bool) -> Reading {
    let steady = web_sys::window().and_then(|window| window.performance());
    #[expect(
        clippy::cast_possible_truncation,
        reason = "milliseconds since the page was opened"
    )]
    let steady = steady.map(|clock| clock.now() as i64);
    let wall = now();
    Reading {
        wall,
        // Without a second clock the first is believed.
        steady: steady.unwrap_or(wall.0),
        is_visible,
    }
}

/// A name nobody else has: 12 characters of base 36, about 62 bits of chance.
pub fn unique() -> String {
    let mut name = String::with_capacity(12);
    for _ in 0..12 {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "`random` is from 0 to below 1"
        )]
        let digit = (js_sys::Math::random() * 36.0) as u32;
        name.extend(char::from_digit(digit.min(35), 36));
    }
    name
}
