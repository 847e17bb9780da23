//! The shell around the desk: a window, one command, file dialogs, dropped files, and in the
//! open edition the loop that lets the outbox try. It decides nothing about the business.

mod arguments;
mod commands;
mod content;
mod dialogs;
mod environment;
#[cfg(feature = "network")]
mod network;
#[cfg(feature = "network")]
mod notices;
#[cfg(any(feature = "classified", test))]
mod offline;
mod start;
mod switches;
mod window;

pub use start::run;
