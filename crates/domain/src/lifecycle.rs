//! The way of an achievement as a state machine (domain notes, section 4).
//!
//! A step that the state does not allow is an error that names both.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Where a declaration stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// 草稿: being filled in.
    Draft,
    /// 待单位审核: submitted to the unit's reviewer.
    UnitReview,
    /// 已退回: to be corrected by the preparer, with a reason.
    Returned,
    /// 单位已通过: an approved package, waiting in the outbox.
    Approved,
    /// 已送达: the endpoint's signed receipt was verified; the authority reviews.
    AuthorityReview,
    /// 主管部门暂留: stays with the authority this month.
    Held,
    /// 已推荐: in the authority's monthly batch.
    Recommended,
    /// 遴选评价: before the department.
    Evaluation,
    /// 已入库: admitted to the repository.
    Admitted,
    /// 未入选: declined by the department.
    Declined,
    /// 已发布.
    Published,
    /// 一票否决, clause 三（一）: final.
    Vetoed,
}

/// What somebody does to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Step {
    /// 送单位审核.
    Submit,
    /// 撤回: the preparer takes it back before a decision.
    Withdraw,
    /// 退回修改.
    Return,
    /// 审核通过, by another person than the preparer.
    Approve,
    /// The receipt of an authority was verified.
    ReceiveByAuthority,
    /// The receipt of the department was verified: direct-reporting units, clause 二（二）.
    ReceiveByDepartment,
    /// 推荐.
    Recommend,
    /// 暂留.
    Hold,
    /// The batch reached the department.
    Report,
    /// 入库.
    Admit,
    /// 直通车, clause 二（六）: into the repository without evaluation.
    AdmitDirectly,
    /// 不入选.
    Decline,
    /// 发布.
    Publish,
    /// 一票否决.
    Veto,
}

/// A step that the state does not allow.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{step:?} is not allowed in state {from:?}{}", expected(*to))]
pub struct IllegalStep {
    /// Where it stands.
    pub from: State,
    /// What was tried.
    pub step: Step,
    /// Where the step would have led from a state that allows it.
    pub to: State,
}

fn expected(to: State) -> String {
    format!(" (it would lead to {to:?})")
}

impl State {
    /// Every state, in the order of the way.
    pub const ALL: [State; 12] = [
        State::Draft,
        State::UnitReview,
        State::Returned,
        State::Approved,
        State::AuthorityReview,
        State::Held,
        State::Recommended,
        State::Evaluation,
        State::Admitted,
        State::Declined,
        State::Published,
        State::Vetoed,
    ];

    /// The words a user reads.
    pub fn label(self) -> &'static str {
        match self {
            State::Draft => "草稿",
            State::UnitReview => "待单位审核",
            State::Returned => "已退回",
            State::Approved => "单位已通过",
            State::AuthorityReview => "主管部门审核中",
            State::Held => "主管部门暂留",
            State::Recommended => "已推荐",
            State::Evaluation => "遴选评价中",
            State::Admitted => "已入库",
            State::Declined => "未入选",
            State::Published => "已发布",
            State::Vetoed => "一票否决",
        }
    }

    /// The word in files and in the vault, the same as in JSON.
    pub fn code(self) -> &'static str {
        match self {
            State::Draft => "draft",
            State::UnitReview => "unit_review",
            State::Returned => "returned",
            State::Approved => "approved",
            State::AuthorityReview => "authority_review",
            State::Held => "held",
            State::Recommended => "recommended",
            State::Evaluation => "evaluation",
            State::Admitted => "admitted",
            State::Declined => "declined",
            State::Published => "published",
            State::Vetoed => "vetoed",
        }
    }

    /// Reads a stored word back.
    pub fn from_code(code: &str) -> Option<State> {
        State::ALL.into_iter().find(|state| state.code() == code)
    }

    /// Whether the preparer may change the form and its evidence.
    pub fn is_editable(self) -> bool {
        matches!(self, State::Draft | State::Returned)
    }

    /// Takes a step.
    ///
    /// # Errors
    /// [`IllegalStep`] when the way does not allow it from here; nothing changes.
    pub fn step(self, step: Step) -> Result<State, IllegalStep> {
        use State::{
            Admitted, Approved, AuthorityReview, Declined, Draft, Evaluation, Held, Published,
            Recommended, Returned, UnitReview, Vetoed,
        };
        let (allowed, to) = match step {
            Step::Submit => (matches!(self, Draft | Returned), UnitReview),
            Step::Withdraw => (self == UnitReview, Draft),
            Step::Return => (
                matches!(self, UnitReview | AuthorityReview | Held | Evaluation),
                Returned,
            ),
            Step::Approve => (self == UnitReview, Approved),
            Step::ReceiveByAuthority => (self == Approved, AuthorityReview),
            Step::ReceiveByDepartment => (self == Approved, Evaluation),
            Step::Recommend => (matches!(self, AuthorityReview | Held), Recommended),
            Step::Hold => (self == AuthorityReview, Held),
            Step::Report => (self == Recommended, Evaluation),
            Step::Admit => (self == Evaluation, Admitted),
            Step::AdmitDirectly => (
                matches!(self, Approved | AuthorityReview | Evaluation),
                Admitted,
            ),
            Step::Decline => (self == Evaluation, Declined),
            Step::Publish => (self == Admitted, Published),
            Step::Veto => (
                matches!(self, AuthorityReview | Held | Recommended | Evaluation),
                Vetoed,
            ),
        };
        if allowed {
            Ok(to)
        } else {
            Err(IllegalStep {
                from: self,
                step,
                to,
            })
        }
    }
}
