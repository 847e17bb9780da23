//! Evidence files: those that `cargo xtask fixtures` made with other programs, and plain bytes.

use crate::programs::root;
use std::{
    io::Write,
    path::{Path, PathBuf},
};

/// The folder that `cargo xtask fixtures` fills.
///
/// # Panics
/// When it was not run.
pub fn fixtures() -> PathBuf {
    let folder = root().join("target/fixtures");
    assert!(
        folder.is_dir(),
        "target/fixtures is missing: run `cargo xtask fixtures`"
    );
    folder
}

/// One of the three complete declarations.
pub fn declaration(name: &str) -> PathBuf {
    root().join("tests/fixtures/declarations").join(name)
}

/// Writes `size` bytes that do not repeat, different for each seed.
///
/// # Panics
/// When the file cannot be written.
pub fn write_noise(path: &Path, size: usize, seed: u64) {
    let mut state = seed | 1;
    let mut out = std::io::BufWriter::new(std::fs::File::create(path).unwrap());
    let mut left = size;
    while left > 0 {
        // xorshift64: good enough for bytes that nothing can fold together.
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        let bytes = state.to_le_bytes();
        let take = left.min(8);
        out.write_all(&bytes[..take]).unwrap();
        left -= take;
    }
    out.flush().unwrap();
}
