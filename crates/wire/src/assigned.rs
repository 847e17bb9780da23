//! What an authority is given to review: which packages, in the order they were received, clause
//! 二（二）. Their contents are fetched one by one, in pieces.

use crate::manifest::Manifest;
use luguo_domain::Moment;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// The answer to `GET /v1/assigned?after=N`, the oldest first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct AssignedAnswer {
    /// Packages after the given place.
    pub packages: Vec<AssignedPackage>,
    /// Whether there are more after the last one of these.
    pub more: bool,
}

/// A package that was received for the caller's organisation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct AssignedPackage {
    /// Its place in the order; only grows while the endpoint's epoch is the same.
    pub place: u64,
    /// The receipt's number.
    pub number: String,
    /// When every byte was there, server time.
    #[schema(value_type = String, format = DateTime)]
    pub received_at: Moment,
    /// What it consists of.
    pub manifest: Manifest,
}
