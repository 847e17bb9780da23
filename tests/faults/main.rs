//! What a kill, a full disk and a second program leave: real processes, one test each.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod disk_full;
mod kill_desk;
mod kill_endpoint;
mod second_program;
