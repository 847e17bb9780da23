//! The outbox against an endpoint in memory with scripted faults, and once against the real one.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod fake;
mod forge;
mod holding;
mod login;
mod pulling;
mod real;
mod ruling;
mod sending;
mod support;
mod waiting;
