//! The element's side: what a page puts in, and what it gets. On top of everything else: it brings the screens together with
//! what they run on.

pub mod element;
mod loading;
pub mod quiz;
