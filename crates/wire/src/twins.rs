//! Looking for duplicates at the endpoint, clause 二（一）: digests go out, achievements that
//! were already received come back.

use luguo_domain::{
    DeclarationId,
    prints::{Prints, TwinElsewhere},
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// `POST /v1/twins`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TwinsRequest {
    /// The declaration that asks; it is never its own twin.
    #[schema(value_type = String)]
    pub declaration: DeclarationId,
    /// What is looked for; at most [`TwinsRequest::MOST`] digests.
    #[schema(value_type = Object)]
    pub prints: Prints,
}

impl TwinsRequest {
    /// A form has far fewer; the limit keeps a question small for the endpoint.
    pub const MOST: usize = 2_000;
}

/// The answer, the likeliest first.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct TwinsAnswer {
    /// Achievements that may be the same one, each once.
    #[schema(value_type = Vec<Object>)]
    pub twins: Vec<TwinElsewhere>,
}
