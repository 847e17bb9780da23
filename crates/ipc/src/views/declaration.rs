//! Declarations: the list, the form, what is missing, the history.

use super::{
    evidence::{ClaimView, EvidenceView},
    ruling::{RulingOfferView, RulingView},
};
use luguo_domain::{
    Declaration, DeclarationId, EvidenceId, State,
    decision::Verdict,
    form::copy::Part,
    rules::{Answer, Finding},
};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// One row of the list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct DeclarationRowView {
    /// Declaration.
    pub id: DeclarationId,
    /// 成果名称; empty while not typed.
    pub name: String,
    /// State.
    pub state: State,
    /// The state's words.
    pub state_label: String,
    /// Who prepares it.
    pub prepared_by: String,
    /// Last change, RFC 3339.
    pub changed_at: String,
    /// Completeness, 0 to 100.
    pub completeness: u8,
    /// Number of submitted revisions.
    pub revisions: u32,
    /// The person may decide on it now.
    pub waits_for_me: bool,
    /// Reason of the last return, when it stands in `returned`.
    pub return_reason: Option<String>,
    /// Its mark such as 机密★10年, or 未定密; empty in an open vault.
    pub marking: String,
}

/// Names one declaration.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct DeclarationRequest {
    /// Declaration.
    pub id: DeclarationId,
}

/// Begins one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct DeclarationCreateRequest {
    /// The answer to 是否涉密.
    pub classified: bool,
}

/// Takes one in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct DeclarationImportRequest {
    /// Token of a file from `file_pick` or `file_put`.
    pub file: String,
}

/// Stores the typing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct DeclarationSaveRequest {
    /// Declaration.
    pub id: DeclarationId,
    /// The version the typing is based on.
    pub version: u32,
    /// The whole form.
    pub form: Declaration,
    /// Reasons for 核实性 findings.
    pub answers: Vec<Answer>,
    /// The steps that can be undone, as the window has them; they come back with the form.
    #[serde(default)]
    #[ts(optional, as = "Option<String>")]
    pub undo: String,
}

/// What saving says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct DeclarationSavedView {
    /// The new version.
    pub version: u32,
    /// When, RFC 3339.
    pub saved_at: String,
    /// What the rules say of it.
    pub check: CheckView,
}

/// What the rules say of a form.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct CheckView {
    /// Findings in the form's order.
    pub findings: Vec<Finding>,
    /// Sections with their state.
    pub sections: Vec<SectionView>,
    /// What needs proof, and what has it.
    pub claims: Vec<ClaimView>,
    /// 字数 of the summary.
    pub summary_characters: u32,
    /// Completeness of the required fields, 0 to 100.
    pub completeness: u8,
    /// Whether submission would be accepted now.
    pub submittable: bool,
    /// Other declarations that may be the same achievement, clause 二（一）.
    pub duplicates: Vec<DuplicateView>,
    /// What the endpoint told when it was asked the same.
    pub elsewhere: Option<ElsewhereView>,
}

/// The endpoint's answer to the question for duplicates.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ElsewhereView {
    /// When it was asked, RFC 3339.
    pub asked_at: String,
    /// Whether name or numbers changed since.
    pub outdated: bool,
    /// Achievements of other desks.
    pub twins: Vec<TwinElsewhereView>,
}

/// An achievement that the endpoint already received.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct TwinElsewhereView {
    /// Its number at the endpoint.
    pub number: String,
    /// Its 成果名称.
    pub name: String,
    /// Who reported it.
    pub unit: String,
    /// Why it may be the same, in words.
    pub grounds: Vec<String>,
}

/// Another declaration that may be the same achievement.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct DuplicateView {
    /// The other one.
    pub other: DeclarationId,
    /// Its 成果名称.
    pub name: String,
    /// Its state's words.
    pub state_label: String,
    /// Who prepares it.
    pub prepared_by: String,
    /// Why, in words: the same number, a similar name.
    pub grounds: Vec<String>,
    /// The person may see both side by side.
    pub may_compare: bool,
    /// The person may make one of the two.
    pub may_merge: bool,
}

/// Names two declarations.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct DeclarationPairRequest {
    /// This one; the one that stays in a merge.
    pub id: DeclarationId,
    /// The other one.
    pub other: DeclarationId,
}

/// Two declarations field by field.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct CompareView {
    /// Name of the first.
    pub left: String,
    /// Name of the second.
    pub right: String,
    /// The 22 fields.
    pub rows: Vec<CompareRowView>,
}

/// One field of both.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct CompareRowView {
    /// Official label.
    pub label: String,
    /// In words, entries on lines of their own.
    pub left: String,
    /// The same of the other.
    pub right: String,
    /// Both say the same.
    pub same: bool,
}

/// Shows what changed between two states of a declaration.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct RevisionCompareRequest {
    /// Declaration.
    pub id: DeclarationId,
    /// The earlier state: a revision's number, or what is typed now.
    pub from: Option<u32>,
    /// The later state.
    pub to: Option<u32>,
}

/// What changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct RevisionCompareView {
    /// The earlier state, in words.
    pub left: String,
    /// The later state, in words.
    pub right: String,
    /// The 22 fields.
    pub rows: Vec<CompareRowView>,
    /// Evidence that came, went or was changed.
    pub evidence: Vec<EvidenceChangeView>,
}

/// One piece of evidence that is not the same in both.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct EvidenceChangeView {
    /// The piece.
    pub evidence: EvidenceId,
    /// Its title.
    pub title: String,
    /// What happened to it.
    pub change: EvidenceChange,
    /// In words: its earlier file or title, its size.
    pub detail: String,
}

/// What can happen to a piece of evidence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum EvidenceChange {
    /// It came.
    Added,
    /// It went.
    Removed,
    /// Another file is in its place.
    Replaced,
    /// Its title or what it proves is another.
    Described,
}

/// Begins one from an earlier one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct DeclarationCopyRequest {
    /// The earlier one.
    pub from: DeclarationId,
    /// What to take over; name, period and signature are always new.
    pub parts: Vec<Part>,
}

/// Writes the form as a JSON file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct DeclarationExportRequest {
    /// Declaration.
    pub id: DeclarationId,
    /// Token of a place from `place_pick`.
    pub place: String,
}

/// One section of the form in the window.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SectionView {
    /// Key: `achievement`, `rights`, `projects`, `units`, `cooperation`, `summary`, `evidence`, `commitment`.
    pub key: String,
    /// Title.
    pub title: String,
    /// Required fields filled.
    pub filled: u32,
    /// Required fields in all.
    pub required: u32,
    /// 强制性 findings in it.
    pub mandatory: u32,
    /// 核实性 findings in it that have no reason yet.
    pub verify: u32,
}

/// Everything about one declaration.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct DeclarationView {
    /// Declaration.
    pub id: DeclarationId,
    /// State.
    pub state: State,
    /// The state's words.
    pub state_label: String,
    /// Version of the working copy.
    pub version: u32,
    /// Last saved, RFC 3339.
    pub saved_at: String,
    /// The form: the working copy, or the submitted revision while it is under review and after.
    pub form: Declaration,
    /// Reasons for 核实性 findings.
    pub answers: Vec<Answer>,
    /// The steps that the preparer can undo, as the window saved them; empty when there are none.
    pub undo: String,
    /// The evidence, in its order.
    pub evidence: Vec<EvidenceView>,
    /// What the rules say.
    pub check: CheckView,
    /// Who prepares it.
    pub prepared_by: String,
    /// The reporting unit, when it came as a package from outside.
    pub received_from: Option<String>,
    /// Its mark such as 机密★10年, or 未定密; empty in an open vault.
    pub marking: String,
    /// The person may type in it now.
    pub may_edit: bool,
    /// The person may submit it now, findings permitting.
    pub may_submit: bool,
    /// The person may take it back now.
    pub may_withdraw: bool,
    /// The person may approve or return it now.
    pub may_review: bool,
    /// Why the person may not review it though the role would allow it.
    pub review_hindrance: Option<String>,
    /// It may be exported as a package.
    pub may_export: bool,
    /// Submitted revisions, newest first.
    pub revisions: Vec<RevisionView>,
    /// Decisions, newest first.
    pub decisions: Vec<DecisionView>,
    /// Rulings of the authority, newest first.
    pub rulings: Vec<RulingView>,
    /// What the person may rule now: a reviewer of the authority that received it.
    pub may_rule: Vec<RulingOfferView>,
    /// Who returned it and why, while it is to be corrected.
    pub return_notice: Option<String>,
}

/// One submitted revision.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct RevisionView {
    /// Number, from 1.
    pub number: u32,
    /// SHA-256 of its canonical JSON.
    pub digest: String,
    /// Who submitted it.
    pub prepared_by: String,
    /// When, RFC 3339.
    pub submitted_at: String,
}

/// One decision.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct DecisionView {
    /// Approve or return.
    pub verdict: Verdict,
    /// The revision it is on.
    pub revision: u32,
    /// Who decided.
    pub reviewer: String,
    /// When, RFC 3339.
    pub decided_at: String,
    /// Why.
    pub reason: String,
}

/// Approves.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ReviewApproveRequest {
    /// Declaration.
    pub id: DeclarationId,
    /// The revision that was read.
    pub revision: u32,
}

/// Returns.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ReviewReturnRequest {
    /// Declaration.
    pub id: DeclarationId,
    /// The revision that was read.
    pub revision: u32,
    /// What to correct.
    pub reason: String,
}
