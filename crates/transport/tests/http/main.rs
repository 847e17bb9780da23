//! The client against stubs: every answer there is, and what goes out.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod pieces;
mod refusals;
mod stub;
mod uploads;
