//! What others keep on a site that embeds the widget: there before every journey, and the same after it. Among it is what
//! looks like ours, and what no other program can write down, such as half a character.

/// Plants it. Where a reader lets sites keep nothing, there is nothing to plant.
pub const PLANT: &str = concat!("const isPlanting = true;", include_str!("foreign.js"));
/// Gives what is not as it was planted.
pub const COMPARE: &str = concat!("const isPlanting = false;", include_str!("foreign.js"));
