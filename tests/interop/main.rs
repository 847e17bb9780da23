//! Programs that are not ours check what ours made: Python's `bagit`, a foreign tus client, the
//! OpenSSL command line, an opener of sealed packages that was written from their specification.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod audit;
mod bag;
mod sealed;
mod tus;
