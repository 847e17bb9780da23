//! The vault's rules, each as a test, one module a noun.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod accounts;
mod address;
mod audit;
mod backups;
mod bin;
mod changes;
mod classified;
mod declarations;
mod evidence;
mod marks;
mod opening;
mod packages;
mod received;
mod search;
mod support;
