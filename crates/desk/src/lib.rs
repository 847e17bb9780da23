//! What a person can do at the desk, one file a use case, under one folder a noun.
//!
//! The desk is given what it needs of a machine ([`Host`]): the clock, a folder, dialogs and,
//! in the open edition, a way to reach the endpoint. It names no toolkit and no HTTP.

mod addresses;
mod annexes;
mod app;
mod audit;
mod backup;
mod bin;
mod care;
mod classification;
mod classified;
mod commands;
mod content;
mod declaration;
mod desk;
mod document;
mod evidence;
mod failure;
mod host;
mod intake;
mod jobs;
mod keys;
mod names;
#[cfg(feature = "network")]
mod outbox;
mod package;
mod people;
mod places;
mod reading;
mod received;
mod recovery;
#[cfg(feature = "network")]
mod reminder;
mod rescue;
mod review;
mod ruling;
mod scan;
mod sealed;
mod search;
mod template;
mod today;
mod vault;

pub use content::{ContentRefusal, ServedContent};
pub use desk::Desk;
#[cfg(feature = "network")]
pub use host::{Connector, NoNotices, Notices};
pub use host::{Dialogs, Host};
pub use luguo_decode as decode;
pub use luguo_domain::VaultKind;
pub use luguo_scan as scanner;
#[cfg(feature = "network")]
pub use luguo_wire as wire;
