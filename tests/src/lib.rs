//! What the acceptance runs share: the built programs, a running endpoint, the terminal
//! program as a person would call it, a proxy that breaks the line, the real window.

#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "test support fails by panicking and speaks to the terminal"
)]

pub mod bridge;
pub mod ctl;
pub mod endpoint;
pub mod files;
pub mod main_job;
pub mod offline;
pub mod process;
pub mod programs;
pub mod proxy;
pub mod story;
pub mod torture;
pub mod window;
