//! What the domain knows of a piece of evidence: its digest, its claim, never its bytes.

use crate::{EvidenceId, Sha256Digest, Sm3Digest, claim::Claim};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// One piece of evidence (佐证材料) as it belongs to a revision.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct EvidenceItem {
    /// Its identity in the vault.
    pub id: EvidenceId,
    /// What it is called on lists; the file's name without extension unless changed.
    pub title: String,
    /// The file's name as it came in, NFC.
    pub file_name: String,
    /// Media type by file name and content.
    pub media_type: String,
    /// Size in bytes.
    #[ts(type = "number")]
    pub size: u64,
    /// Address of the content.
    pub sha256: Sha256Digest,
    /// Second digest of the same content.
    pub sm3: Sm3Digest,
    /// What it proves; empty while nobody has said so.
    pub claims: Vec<Claim>,
}
