//! The two editions and the kind of vault each makes and opens.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// The kind of a vault, fixed at its making by the edition that made it.
///
/// Source: 保守国家秘密法 Art. 31(三): state secrets only on classified devices.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum VaultKind {
    /// Made and opened by the open edition only.
    Open,
    /// Made and opened by the classified edition (涉密单机版) only.
    Classified,
}

impl VaultKind {
    /// The word a user reads.
    pub fn label(self) -> &'static str {
        match self {
            VaultKind::Open => "普通版",
            VaultKind::Classified => "涉密单机版",
        }
    }

    /// The word in files and logs, the same as in JSON.
    pub fn code(self) -> &'static str {
        match self {
            VaultKind::Open => "open",
            VaultKind::Classified => "classified",
        }
    }
}
