//! How heavy bytes are when a web server has compressed them as well as it can.

use std::io::Write;

use flate2::Compression;
use flate2::write::GzEncoder;

/// The size after `gzip -9`.
pub fn gzip(bytes: &[u8]) -> usize {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    // Writing to memory does not fail.
    encoder
        .write_all(bytes)
        .and_then(|()| encoder.finish())
        .map_or(bytes.len(), |compressed| compressed.len())
}

/// The size after brotli at quality 11.
pub fn brotli(bytes: &[u8]) -> usize {
    let parameters = brotli::enc::BrotliEncoderParams {
        quality: 11,
        lgwin: 22,
        ..Default::default()
    };
    let mut compressed = Vec::new();
    let mut input = bytes;
    brotli::BrotliCompress(&mut input, &mut compressed, &parameters)
        .map_or(bytes.len(), |_| compressed.len())
}

#[cfg(test)]
mod tests {
    use super::{brotli, gzip};

    #[test]
    fn repetition_weighs_little() {
        let bytes = vec![b'm'; 10_000];
        assert!(gzip(&bytes) < 100);
        assert!(brotli(&bytes) < 100);
    }
}
