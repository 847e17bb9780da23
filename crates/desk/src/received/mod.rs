//! Packages from outside: taken in whole after they were verified, read at the reading desk like a
//! submission of one's own unit, or listed with what is wrong.

#[cfg(feature = "network")]
mod pull;
mod read;
mod take;

#[cfg(feature = "network")]
pub(crate) use pull::is_due;
pub(crate) use read::{any_revision, decisions, revision, revisions, show};
pub(crate) use take::{let_go, list, take};
