//! The use cases through the door that every program uses: a command's name and JSON, with a
//! bare host: a clock that stands still, a folder, no dialogs, no network.

#![allow(clippy::unwrap_used, reason = "a test stops where it fails")]

mod annexes;
mod care;
mod classified_unit;
mod contents;
mod conveniences;
mod once_only;
mod paper;
mod places;
mod sealed;
mod sequences;
mod stories;
mod support;
