//! Reading: marks, ticks, answers, and what they belong to.

use luguo_domain::{
    DeclarationId, MarkId,
    claim::Claim,
    marks::{ClaimVerdict, MarkPlace, Tick},
};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A mark.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct MarkView {
    /// Its identity.
    pub id: MarkId,
    /// The revision that was read.
    pub revision: u32,
    /// Where it is pinned.
    pub place: MarkPlace,
    /// The place in words: 成果名称, 发明专利“…”, 证书 第 2 页.
    pub place_label: String,
    /// What it says.
    pub words: String,
    /// Who made it.
    pub author: String,
    /// When, RFC 3339.
    pub made_at: String,
    /// It goes, or went, into the decision.
    pub shared: bool,
    /// The person may change it.
    pub mine: bool,
    /// What the preparer did about it; absent while nothing.
    pub answer: Option<String>,
}

/// Everything that is noted on a declaration.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ReadingView {
    /// The revision that is read.
    pub revision: u32,
    /// One's own marks and those of decisions, the earliest first.
    pub marks: Vec<MarkView>,
    /// What one found about each claim of this revision.
    pub ticks: Vec<Tick>,
    /// The person may mark and tick now.
    pub may_mark: bool,
    /// The person may answer marks of the last return now.
    pub may_answer: bool,
    /// The revision that was returned before this one, when there is one.
    pub returned: Option<u32>,
    /// A return as the marks and ticks suggest it, place by place.
    pub suggested_return: String,
}

/// Makes or changes a mark.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct MarkSaveRequest {
    /// Declaration.
    pub declaration: DeclarationId,
    /// The mark; a new one when absent.
    #[serde(default)]
    #[ts(optional, as = "Option<MarkId>")]
    pub id: Option<MarkId>,
    /// Where it is pinned.
    pub place: MarkPlace,
    /// What it says.
    pub words: String,
    /// It goes into the decision.
    pub shared: bool,
}

/// Names a mark.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct MarkRequest {
    /// Declaration.
    pub declaration: DeclarationId,
    /// The mark.
    pub id: MarkId,
}

/// Answers a mark of the last return.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct MarkAnswerRequest {
    /// Declaration.
    pub declaration: DeclarationId,
    /// The mark.
    pub mark: MarkId,
    /// What was done about it; empty takes the answer back.
    pub words: String,
}

/// Says what one found about a claim.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct TickRequest {
    /// Declaration.
    pub declaration: DeclarationId,
    /// The claim.
    pub claim: Claim,
    /// What its proof shows; nothing yet when absent.
    pub verdict: Option<ClaimVerdict>,
}

/// Looks for words in one's own marks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct MarkFindRequest {
    /// The words.
    pub text: String,
}

/// A mark that was found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct MarkHitView {
    /// The declaration it is on.
    pub declaration: DeclarationId,
    /// Its 成果名称.
    pub name: String,
    /// The mark.
    pub mark: MarkView,
}
