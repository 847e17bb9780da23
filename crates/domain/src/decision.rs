//! Decisions: appended, never overwritten, each with its person, time and reason.

use crate::{
    AccountId, Moment, Sha256Digest,
    marks::{Mark, Tick},
};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What a reviewer decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// 审核通过.
    Approve,
    /// 退回修改; needs a reason.
    Return,
}

/// A reviewer's decision on one revision.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Decision {
    /// Approve or return.
    pub verdict: Verdict,
    /// The revision's number, from 1.
    pub revision: u32,
    /// Digest of the revision that was seen (form and evidence list).
    pub revision_digest: Sha256Digest,
    /// Who prepared the revision.
    pub prepared_by: AccountId,
    /// Who decided.
    pub decided_by: AccountId,
    /// The reviewer's name at that time.
    pub reviewer_name: String,
    /// When, by the unit's clock.
    #[ts(type = "string")]
    pub decided_at: Moment,
    /// Why; required for a return.
    pub reason: String,
    /// What the reviewer noted and shares.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub marks: Vec<Mark>,
    /// What the reading of each claim's proof gave.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub ticks: Vec<Tick>,
}

/// Why a decision cannot be made.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DecisionFault {
    /// Clause 二（二）: who prepared it does not approve it.
    #[error("the reviewer is the preparer")]
    OwnWork,
    /// A return without what to correct helps nobody.
    #[error("a return needs a reason")]
    ReasonMissing,
}

impl Decision {
    /// Checks the persons and the reason.
    ///
    /// # Errors
    /// [`DecisionFault`] when the preparer decides or a return says nothing.
    pub fn check(&self) -> Result<(), DecisionFault> {
        if self.prepared_by == self.decided_by {
            return Err(DecisionFault::OwnWork);
        }
        if self.verdict == Verdict::Return && self.reason.trim().is_empty() {
            return Err(DecisionFault::ReasonMissing);
        }
        Ok(())
    }
}
