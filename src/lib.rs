//! Mondai: a practice-exam widget for tech blogs.
//!
//! The modules in reading order: [`engine`] knows what a quiz is and nothing of browsers; [`richtext`] turns Markdown into
//! a tree; [`keeping`] says what may be stored, and which page may do it; the shell performs what the engine asks for and turns
//! the browser's doings into events; the user interface shows views and sends events; the widget is what a page sees of them.
//! The last three exist only where there is a browser (`wasm32`).

pub mod engine;
pub mod keeping;
pub mod richtext;

#[cfg(feature = "author")]
pub mod author;

#[cfg(target_arch = "wasm32")]
pub mod shell;
#[cfg(target_arch = "wasm32")]
pub mod ui;
#[cfg(target_arch = "wasm32")]
pub mod widget;

#[cfg(target_arch = "wasm32")]
pub use widget::quiz::Quiz;
