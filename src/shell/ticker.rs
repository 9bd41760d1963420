//! The one timer of a widget: fires when the shown time changes. Dropping it cancels it.

use core::time::Duration;

use gloo_timers::callback::Timeout;

/// A timer that fires once.
pub struct Ticker {
    _timeout: Timeout,
}

impl Ticker {
    /// Fires when `remaining` reaches its next whole second, or zero; after a second, if there is nothing left.
    pub fn until_next_second(remaining: Duration, fire: impl FnOnce() + 'static) -> Self {
        // One millisecond beyond, because browsers may fire a hair early and would then show the same second twice.
        let wait = if remaining.is_zero() {
            1_000
        } else {
            remaining.subsec_millis() + 1
        };
        Self {
            _timeout: Timeout::new(wait, fire),
        }
    }
}
