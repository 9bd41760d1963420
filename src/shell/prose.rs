//! stub
/// stub
pub async fn fill(_p: &web_sys::Element, _m: &str) -> Result<(), ()> { Err(()) }
