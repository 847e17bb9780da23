//! Rulings of authorities.

use luguo_domain::{
    DeclarationId, RulingId,
    ruling::{RulingKind, VetoGround},
};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Rules on a received revision.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct RulingRequest {
    /// Declaration.
    pub id: DeclarationId,
    /// The revision that was read.
    pub revision: u32,
    /// What is ruled.
    pub kind: RulingKind,
    /// What a veto rests on.
    #[serde(default)]
    pub ground: Option<VetoGround>,
    /// Why; required for a return and a veto.
    #[serde(default)]
    pub reason: String,
}

/// Something that may be ruled now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct RulingOfferView {
    /// What.
    pub kind: RulingKind,
    /// Words for the button.
    pub label: String,
    /// What happens then, a sentence.
    pub hint: String,
    /// It needs a reason.
    pub needs_reason: bool,
    /// The grounds to choose from; empty where none is needed.
    pub grounds: Vec<GroundView>,
}

/// A ground of a veto, clause 三（一）.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct GroundView {
    /// The ground.
    pub ground: VetoGround,
    /// Its words.
    pub label: String,
}

/// What became of a ruling.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum RulingStateView {
    /// On its way to the endpoint.
    Waiting,
    /// It does not go on before somebody acts.
    Held,
    /// In force.
    InForce,
    /// Something else was there first.
    Superseded,
}

/// A ruling and what became of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct RulingView {
    /// Its id.
    pub id: RulingId,
    /// The revision it is on.
    pub revision: u32,
    /// What was ruled.
    pub kind: RulingKind,
    /// Its words, with the ground of a veto.
    pub label: String,
    /// Why.
    pub reason: String,
    /// Who ruled: the authority, where the endpoint said it, and the reviewer.
    pub reviewer: String,
    /// When, RFC 3339.
    pub decided_at: String,
    /// What became of it.
    pub state: RulingStateView,
    /// What became of it, a sentence.
    pub told: String,
}
