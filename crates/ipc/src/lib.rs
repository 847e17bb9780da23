//! What the window, the browser and the terminal may ask of the desk: one list of
//! commands with their request and answer types, the error codes, and the TypeScript of it all.
//!
//! No behaviour lives here. The desk implements [`CoreCommands`], [`ClassifiedCommands`] for
//! classified vaults and, in the open edition, [`NetworkCommands`]; a missing command is a compile
//! error.

#[macro_use]
mod list;

pub mod commands;
pub mod failure;
mod secret;
pub mod typescript;
pub mod views;

pub use commands::{
    ClassifiedCommands, CoreCommands, NetworkCommands, dispatch_classified, dispatch_core,
    dispatch_network,
};
pub use failure::{Failure, FailureCode};
pub use secret::Secret;
pub use views::*;
