//! What goes to paper, held against the words that must stand on it and against other programs.

#![allow(clippy::unwrap_used, reason = "a test stops where it fails")]

mod form;
mod lists;
mod marked;
mod reference;
mod scans;
mod secrecy;
mod sets;
mod support;
