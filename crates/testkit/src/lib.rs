//! What acceptance runs begin with and no program offers: a vault of the classified edition,
//! a vault of ten thousand declarations. Only tests depend on it.

#![allow(clippy::unwrap_used, reason = "test support fails by panicking")]

pub mod vaults;

pub use vaults::{classified_vault, large_vault};
