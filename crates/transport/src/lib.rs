//! Wire's trait over HTTP; the only client crate that reaches the network.
//!
//! Deliberately not here: when to call, what to retry and what to store. That is sync's.

mod address;
mod answer;
mod body;
mod endpoint;
mod retry_after;
mod tus;

pub use endpoint::{HttpEndpoint, Patience};
