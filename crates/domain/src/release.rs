//! What may leave the unit, as a type: only an approved revision of an open vault.

use crate::{
    Declaration, DeclarationId, Moment, Sha256Digest, VaultKind,
    decision::{Decision, DecisionFault, Verdict},
    evidence::EvidenceItem,
    marks::MarkAnswer,
    rules::Answer,
};
use serde::{Deserialize, Serialize};

/// A submitted revision: immutable from its submission on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Revision {
    /// The declaration it belongs to.
    pub declaration_id: DeclarationId,
    /// Its number, from 1.
    pub number: u32,
    /// The form as submitted.
    pub declaration: Declaration,
    /// The evidence as submitted, in its order.
    pub evidence: Vec<EvidenceItem>,
    /// The written reasons for 核实性 findings.
    pub answers: Vec<Answer>,
    /// What was done about the marks of the return before.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub mark_answers: Vec<MarkAnswer>,
    /// Who submitted it, by name.
    pub prepared_by: String,
    /// When, by the unit's clock.
    pub submitted_at: Moment,
}

impl Revision {
    /// Digests the canonical JSON (RFC 8785) of the whole revision.
    pub fn digest(&self) -> Sha256Digest {
        let bytes = serde_json_canonicalizer::to_vec(self)
            .expect("a revision has string keys and finite numbers only");
        Sha256Digest::of(&bytes)
    }
}

/// Why a revision may not leave.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NotReleasable {
    /// Clause 二（一）: classified achievements never touch a network.
    #[error("a classified vault releases nothing to a network")]
    Classified,
    /// Clause 二（二）: nothing leaves the unit before the unit approved it.
    #[error("the decision is not an approval")]
    NotApproved,
    /// The decision was made on another revision or on other content.
    #[error("the decision is on revision {decided}, not on revision {revision} with this digest")]
    OtherRevision {
        /// The revision's number.
        revision: u32,
        /// The number the decision names.
        decided: u32,
    },
    /// The decision itself is void.
    #[error(transparent)]
    Decision(#[from] DecisionFault),
}

/// An approved revision of an open vault. No public constructor but [`Releasable::new`], no
/// `Deserialize`: holding one is the proof.
///
/// ```compile_fail
/// use luguo_domain::{decision::Decision, release::{Releasable, Revision}};
/// fn forge(revision: Revision, decision: Decision) -> Releasable {
///     Releasable { revision, decision }
/// }
/// ```
///
/// ```compile_fail
/// let read: luguo_domain::release::Releasable = serde_json::from_str("{}").unwrap();
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Releasable {
    revision: Revision,
    decision: Decision,
}

impl Releasable {
    /// Checks kind, approval and digest.
    ///
    /// # Errors
    /// [`NotReleasable`] names the rule that holds it back.
    pub fn new(
        kind: VaultKind,
        revision: Revision,
        decision: Decision,
    ) -> Result<Self, NotReleasable> {
        if kind != VaultKind::Open {
            return Err(NotReleasable::Classified);
        }
        let approved = Approved::new(revision, decision)?;
        Ok(Self {
            revision: approved.revision,
            decision: approved.decision,
        })
    }

    /// The revision.
    pub fn revision(&self) -> &Revision {
        &self.revision
    }

    /// The approval.
    pub fn decision(&self) -> &Decision {
        &self.decision
    }
}

/// An approved revision of either kind of vault: what a package is made of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Approved {
    revision: Revision,
    decision: Decision,
}

impl Approved {
    /// Checks approval, persons and digest.
    ///
    /// # Errors
    /// [`NotReleasable`] names what is missing.
    pub fn new(revision: Revision, decision: Decision) -> Result<Self, NotReleasable> {
        if decision.verdict != Verdict::Approve {
            return Err(NotReleasable::NotApproved);
        }
        decision.check()?;
        if decision.revision != revision.number || decision.revision_digest != revision.digest() {
            return Err(NotReleasable::OtherRevision {
                revision: revision.number,
                decided: decision.revision,
            });
        }
        Ok(Self { revision, decision })
    }

    /// The revision.
    pub fn revision(&self) -> &Revision {
        &self.revision
    }

    /// The approval.
    pub fn decision(&self) -> &Decision {
        &self.decision
    }
}

impl From<Releasable> for Approved {
    fn from(releasable: Releasable) -> Self {
        Self {
            revision: releasable.revision,
            decision: releasable.decision,
        }
    }
}
