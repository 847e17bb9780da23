//! Rulings of authorities: handed in once, in force or superseded, signed like a receipt, and told
//! to whom they concern.

use luguo_domain::{Moment, State, ruling::Ruling};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// What became of a ruling. Signed as canonical JSON (RFC 8785).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RulingRecord {
    /// Always [`RulingRecord::FORMAT`].
    pub format: String,
    /// The ruling as it was handed in.
    pub ruling: Ruling,
    /// The authority whose account handed it in.
    pub authority: String,
    /// Server time at which it was recorded.
    pub recorded_at: Moment,
    /// Whether it is in force.
    pub outcome: RulingOutcome,
    /// Head of the endpoint's audit chain after it, hexadecimal.
    pub endpoint_audit_head: String,
    /// The endpoint's epoch.
    pub epoch: String,
}

impl RulingRecord {
    /// The one format this version speaks.
    pub const FORMAT: &'static str = "luguo.ruling/1";
}

/// Whether a ruling is in force.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "state")]
pub enum RulingOutcome {
    /// It is, and the achievement stands where it led.
    Applied {
        /// Where the achievement stands now.
        now: State,
    },
    /// It is not: something else was there first. Nothing changed.
    Superseded {
        /// Where the achievement stood.
        stands: State,
        /// The newest revision that the endpoint received, when it is a later one.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        newer_revision: Option<u32>,
        /// The ruling that was there first.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        by: Option<Box<Ruling>>,
    },
}

/// A record with its signature.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SignedRuling {
    /// Its place in the order in which rulings were recorded.
    pub place: u64,
    /// The canonical JSON of a [`RulingRecord`], exactly as signed.
    pub record: String,
    /// SM2 signature with SM3 (GB/T 32918.2, default id), DER, base64.
    pub signature: String,
}

/// The answer to `GET /v1/rulings?after=N`, in the order of their recording.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct RulingsAnswer {
    /// Rulings after the given place.
    pub rulings: Vec<SignedRuling>,
    /// Whether there are more after the last one of these.
    pub more: bool,
}
