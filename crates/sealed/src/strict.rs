//! DER that is read is DER that would be written: one encoding, nothing behind it.

use der::{Decode, Encode};

/// Reads a value; nothing where the bytes are not its only encoding.
pub(crate) fn strict<T: for<'a> Decode<'a> + Encode>(bytes: &[u8]) -> Option<T> {
    let value = T::from_der(bytes).ok()?;
    (value.to_der().ok()? == bytes).then_some(value)
}
