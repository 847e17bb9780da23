//! What a kill, a full disk and a second program leave: real processes, one test each.

#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a test fails by panicking and tells its points"
)]

mod disk_full;
mod kill_desk;
mod kill_endpoint;
mod second_program;
mod torture;
