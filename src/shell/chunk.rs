//! The engine's lazy chunks: what only some question sets need. Each has one entry function, so that all behind it stays
//! out of the download before the first question.

use core::future::Future;
use core::pin::Pin;
use std::rc::Rc;

use wasm_split_helpers::{SplitLoaderError, wasm_split};

use super::Keeping;
use super::keeper::Keeper;
use crate::engine::format::{self, Kit, Problem};
use crate::engine::json::Value;
use crate::engine::translation;

/// The browser's stores are being opened.
pub type Opening = Pin<Box<dyn Future<Output = Rc<dyn Keeping>>>>;

/// The chunk could not be loaded. The loader has told the console why; the next call tries again.
#[derive(Clone, Copy, Debug)]
pub struct NotLoaded;

impl From<SplitLoaderError> for NotLoaded {
    fn from(_: SplitLoaderError) -> Self {
        Self
    }
}

/// Whether a chunk did not load because it is of another release than this page; the loader of chunks leaves that word.
pub fn is_of_another_release() -> bool {
    web_sys::window().is_some_and(|window| window.get("mondaiOtherRelease").is_some())
}

/// The rarer question types, and drawing with care. What a set accepts is made comparable with what is typed.
#[allow(
    clippy::unnecessary_wraps,
    reason = "the failure is the loading, which the macro puts in"
)]
#[wasm_split(exam, fallible)]
pub fn exam_kit(set: &mut Value) -> Result<Kit<false>, NotLoaded> {
    super::accepted::normalize(set);
    Ok(Kit::EXAM)
}

/// Whoever keeps answers, over the browser's stores for a question set.
#[allow(
    clippy::unnecessary_wraps,
    reason = "the failure is the loading, which the macro puts in"
)]
#[wasm_split(keeping, fallible)]
pub fn keeper(set: String) -> Result<Opening, NotLoaded> {
    Ok(Box::pin(async move { Keeper::open(&set).await }))
}

/// What is wrong with a file, in words: only authors ever see it.
#[allow(
    clippy::unnecessary_wraps,
    reason = "the failure is the loading, which the macro puts in"
)]
#[wasm_split(problems, fallible)]
pub fn explain(text: String, is_in_page: bool) -> Result<Vec<Problem>, NotLoaded> {
    let reading = if is_in_page {
        format::read_in_page(&text)
    } else {
        format::read(&text)
    };
    Ok(reading.problems)
}

/// What can be used of a file that is no JSON as a whole.
#[allow(
    clippy::unnecessary_wraps,
    reason = "the failure is the loading, which the macro puts in"
)]
#[wasm_split(problems, fallible)]
pub fn parse_mended(text: &str) -> Result<Option<Value>, NotLoaded> {
    Ok(format::parse_mended(text))
}

/// Which translation file serves a reader: its tag, and its address as the page sees it.
#[allow(
    clippy::unnecessary_wraps,
    reason = "the failure is the loading, which the macro puts in"
)]
#[wasm_split(translation, fallible)]
pub fn find_translation(
    set: &Value,
    language: &str,
    base: &str,
) -> Result<Option<(String, String)>, NotLoaded> {
    let found = translation::address(set, language);
    Ok(found.map(|(tag, address)| (tag.to_owned(), super::fetch::relative(address, base))))
}

/// Puts the texts of a translation file into a set.
#[allow(
    clippy::unnecessary_wraps,
    reason = "the failure is the loading, which the macro puts in"
)]
#[wasm_split(translation, fallible)]
pub fn translate(set: &mut Value, file: &str, language: &str) -> Result<Vec<Problem>, NotLoaded> {
    Ok(translation::merge(set, file, language))
}
