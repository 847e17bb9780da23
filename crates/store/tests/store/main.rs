//! The vault's rules, each as a test, one module a noun.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod accounts;
mod audit;
mod declarations;
mod evidence;
mod opening;
mod packages;
mod support;
