//! Builders, temporary vaults, a running endpoint, fixtures; only tests depend on it.
