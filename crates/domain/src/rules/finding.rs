//! What a rule says.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// The two tiers that clerks know from the statistics platforms.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Tier {
    /// 强制性: must be corrected before submission.
    Mandatory,
    /// 核实性: may pass with a written reason that the reviewer sees.
    Verify,
}

impl Tier {
    /// The word a user reads.
    pub fn label(self) -> &'static str {
        match self {
            Tier::Mandatory => "强制性",
            Tier::Verify => "核实性",
        }
    }
}

/// One thing a rule found, with its place, its clause and the way out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Finding {
    /// The rule's stable code, such as `summary.too_long`.
    pub code: String,
    /// The field's path, such as `rights[1].number`.
    pub path: String,
    /// The clause of the notice, such as 一（二）, or 附件1 第20项.
    pub clause: String,
    /// Must be corrected, or may pass with a reason.
    pub tier: Tier,
    /// What is wrong, in a sentence for the user.
    pub message: String,
    /// What to do, in a sentence for the user.
    pub remedy: String,
}

/// The written reason for a 核实性 finding; travels with the package.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Answer {
    /// The finding's rule code.
    pub code: String,
    /// The finding's field path.
    pub path: String,
    /// Why it may pass.
    pub reason: String,
}
