//! Wire's trait over HTTP; the only client crate that reaches the network.
