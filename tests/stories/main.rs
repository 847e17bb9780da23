//! Acceptance stories: the programs as people use them, real processes, a real endpoint.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod classified;
mod classified_stays_out;
mod desk_to_receipt;
mod once_only;
mod package_on_a_medium;
mod reading;
mod real_files;
mod return_and_resubmit;
mod ruled;
mod waiting_says_why;
