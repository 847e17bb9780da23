//! Who a person is in a vault.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A person's role in the unit's vault.
///
/// Clause 二（二）: nothing leaves the unit before the unit approved it, and who
/// prepared it does not approve it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    /// 填报人: fills the form and attaches evidence.
    Preparer,
    /// 单位审核人: returns or approves what another person prepared.
    UnitReviewer,
}

impl Role {
    /// Every role, in the order a list shows them.
    pub const ALL: [Role; 2] = [Role::Preparer, Role::UnitReviewer];

    /// The word a user reads.
    pub fn label(self) -> &'static str {
        match self {
            Role::Preparer => "填报人",
            Role::UnitReviewer => "单位审核人",
        }
    }

    /// The word in files and on the command line, the same as in JSON.
    pub fn code(self) -> &'static str {
        match self {
            Role::Preparer => "preparer",
            Role::UnitReviewer => "unit-reviewer",
        }
    }

    /// Reads the word of the command line back.
    pub fn from_code(code: &str) -> Option<Role> {
        Role::ALL.into_iter().find(|role| role.code() == code)
    }
}
