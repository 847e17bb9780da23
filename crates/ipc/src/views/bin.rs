//! The recycle bin, and files whose import was interrupted.

use luguo_domain::{DeclarationId, EvidenceId};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What lies in the bin, the last put away first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct BinView {
    /// Drafts and pieces of evidence.
    pub items: Vec<BinItemView>,
}

/// Something in the bin.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct BinItemView {
    /// The declaration, or the one that the evidence belongs to.
    pub declaration: DeclarationId,
    /// The piece of evidence; absent for a whole declaration.
    pub evidence: Option<EvidenceId>,
    /// 成果名称, or the evidence's title.
    pub name: String,
    /// What it is or belongs to, in words.
    pub of: String,
    /// Since when, RFC 3339.
    pub discarded_at: String,
    /// Days until it goes for good; absent for what was submitted once, which stays.
    pub days_left: Option<u32>,
}

/// Names something in the bin.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct BinRequest {
    /// The declaration, or the one that the evidence belongs to.
    pub declaration: DeclarationId,
    /// The piece of evidence; absent for a whole declaration.
    pub evidence: Option<EvidenceId>,
}

/// Files that wait to become evidence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct PendingImportsView {
    /// File names, in their order.
    pub files: Vec<String>,
    /// Of these, files that are not where they were.
    pub missing: Vec<String>,
}
