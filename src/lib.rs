//! Mondai: a practice-exam widget for tech blogs.
//!
//! The modules in reading order: [`engine`] knows what a quiz is and nothing of browsers; [`richtext`] turns Markdown into
//! a tree; the shell performs what the engine asks for and turns the browser's doings into events; the user interface
//! shows views and sends events.

pub mod engine;
pub mod richtext;
