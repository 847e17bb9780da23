//! What an authority rules on a package that was assigned to it: clauses 二（三） and 三（一）.
//!
//! A ruling is made offline and is a record from then on. The endpoint says whether it took effect
//! or whether another one was there first.

use crate::{
    DeclarationId, Moment, PackageId, RulingId, Sha256Digest, Step,
    marks::{Mark, Tick},
};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What the authority rules.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum RulingKind {
    /// 推荐: a candidate of the month, clause 二（三）.
    Recommend,
    /// 暂留: stays with the authority, clause 二（三）.
    Hold,
    /// 退回修改; says what to correct.
    Return,
    /// 一票否决, clause 三（一）; has its ground and says what happened.
    Veto,
}

impl RulingKind {
    /// Every kind, in the order a person is offered them.
    pub const ALL: [RulingKind; 4] = [
        RulingKind::Recommend,
        RulingKind::Hold,
        RulingKind::Return,
        RulingKind::Veto,
    ];

    /// The words a user reads.
    pub fn label(self) -> &'static str {
        match self {
            RulingKind::Recommend => "推荐",
            RulingKind::Hold => "暂留",
            RulingKind::Return => "退回修改",
            RulingKind::Veto => "一票否决",
        }
    }

    /// Whether it says nothing without a reason.
    pub fn needs_reason(self) -> bool {
        matches!(self, RulingKind::Return | RulingKind::Veto)
    }

    /// The step on the achievement's way.
    pub fn step(self) -> Step {
        match self {
            RulingKind::Recommend => Step::Recommend,
            RulingKind::Hold => Step::Hold,
            RulingKind::Return => Step::Return,
            RulingKind::Veto => Step::Veto,
        }
    }
}

/// What a veto rests on: any one of these ends it, clause 三（一）.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum VetoGround {
    /// 未通过绿色门槛.
    GreenThreshold,
    /// 受到行政处罚.
    AdministrativePenalty,
    /// 存在知识产权纠纷.
    RightsDispute,
}

impl VetoGround {
    /// Every ground, in the notice's order.
    pub const ALL: [VetoGround; 3] = [
        VetoGround::GreenThreshold,
        VetoGround::AdministrativePenalty,
        VetoGround::RightsDispute,
    ];

    /// The words a user reads.
    pub fn label(self) -> &'static str {
        match self {
            VetoGround::GreenThreshold => "绿色门槛",
            VetoGround::AdministrativePenalty => "行政处罚",
            VetoGround::RightsDispute => "知识产权纠纷",
        }
    }
}

/// A ruling of an authority on one revision.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ruling {
    /// Made at the desk; the idempotency key at the endpoint.
    pub id: RulingId,
    /// The package that was read.
    pub package: PackageId,
    /// Its declaration.
    pub declaration: DeclarationId,
    /// The revision's number.
    pub revision: u32,
    /// Digest of the revision that was read.
    pub revision_digest: Sha256Digest,
    /// The ruling that was in force when this one was made, as far as the reviewer knew. Where
    /// another one is by now, this one rests on what is no longer so and takes no effect.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub after: Option<RulingId>,
    /// What is ruled.
    pub kind: RulingKind,
    /// What a veto rests on; absent for everything else.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ground: Option<VetoGround>,
    /// Why; required for a return and a veto.
    pub reason: String,
    /// The reviewer's name.
    pub reviewer_name: String,
    /// When, by the authority's clock.
    pub decided_at: Moment,
    /// What the reviewer noted and shares.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub marks: Vec<Mark>,
    /// What the reading of each claim's proof gave.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub ticks: Vec<Tick>,
}

/// Why a ruling cannot be made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum RulingFault {
    /// A return without what to correct, or a veto without what happened, helps nobody.
    #[error("a return and a veto need a reason")]
    ReasonMissing,
    /// Clause 三（一） knows three grounds; a veto rests on one of them.
    #[error("a veto needs its ground")]
    GroundMissing,
    /// Only a veto has a ground.
    #[error("only a veto has a ground")]
    GroundWithoutVeto,
}

impl Ruling {
    /// Checks reason and ground.
    ///
    /// # Errors
    /// [`RulingFault`] names what is missing.
    pub fn check(&self) -> Result<(), RulingFault> {
        let is_veto = self.kind == RulingKind::Veto;
        if is_veto && self.ground.is_none() {
            return Err(RulingFault::GroundMissing);
        }
        if !is_veto && self.ground.is_some() {
            return Err(RulingFault::GroundWithoutVeto);
        }
        if self.kind.needs_reason() && self.reason.trim().is_empty() {
            return Err(RulingFault::ReasonMissing);
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    fn ruling(kind: RulingKind, ground: Option<VetoGround>, reason: &str) -> Ruling {
        Ruling {
            id: RulingId(Uuid::nil()),
            package: PackageId(Uuid::nil()),
            declaration: DeclarationId(Uuid::nil()),
            revision: 1,
            revision_digest: Sha256Digest([0; 32]),
            after: None,
            kind,
            ground,
            reason: reason.to_owned(),
            reviewer_name: "王科".to_owned(),
            decided_at: Moment::default(),
            marks: Vec::new(),
            ticks: Vec::new(),
        }
    }

    #[test]
    fn a_veto_rests_on_one_of_the_three_grounds_and_nothing_else_has_one() {
        let ground = Some(VetoGround::RightsDispute);
        for (kind, ground, fault) in [
            (RulingKind::Veto, None, Some(RulingFault::GroundMissing)),
            (RulingKind::Veto, ground, None),
            (
                RulingKind::Hold,
                ground,
                Some(RulingFault::GroundWithoutVeto),
            ),
            (
                RulingKind::Return,
                ground,
                Some(RulingFault::GroundWithoutVeto),
            ),
            (
                RulingKind::Recommend,
                ground,
                Some(RulingFault::GroundWithoutVeto),
            ),
        ] {
            assert_eq!(ruling(kind, ground, "有").check().err(), fault, "{kind:?}");
        }
    }

    #[test]
    fn a_return_and_a_veto_say_why_and_the_others_may_stay_silent() {
        for kind in RulingKind::ALL {
            let ground = (kind == RulingKind::Veto).then_some(VetoGround::GreenThreshold);
            let needs = matches!(kind, RulingKind::Return | RulingKind::Veto);
            let got = ruling(kind, ground, " \n").check().err();
            assert_eq!(got, needs.then_some(RulingFault::ReasonMissing), "{kind:?}");
        }
    }
}
