//! 定密: the mark of a declaration and its attachments, who may know, who knew, the machine.

use luguo_domain::{
    AccountId, ClassificationId, DeclarationId, EvidenceId,
    secrecy::{ApprovedMachine, Classification, ClassificationStep, SecrecyLevel},
};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Everything about the mark of a declaration.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ClassificationView {
    /// The declaration.
    pub declaration: DeclarationId,
    /// 成果名称.
    pub name: String,
    /// The mark of the whole that holds now, such as 机密★10年; absent before a decision and after
    /// the end.
    pub marking: Option<String>,
    /// What holds now.
    pub current: Option<Classification>,
    /// A proposal that waits for the 定密责任人.
    pub pending: Option<ProposalView>,
    /// What was decided, the newest first.
    pub history: Vec<ProposalView>,
    /// The attachments, each of which is answered: its mark, or no secret.
    pub parts: Vec<PartChoiceView>,
    /// People of this vault who can be put into 知悉范围.
    pub people: Vec<KnowerChoiceView>,
    /// The levels, the lowest first.
    pub levels: Vec<LevelView>,
    /// The person may propose now.
    pub may_propose: bool,
    /// What may be proposed now.
    pub steps: Vec<ClassificationStep>,
    /// The person may decide on the pending proposal.
    pub may_decide: bool,
    /// Why the person may not do what the role would allow, a sentence.
    pub hindrance: Option<String>,
    /// That the term ends soon or has ended, a sentence. It is told and never applied by itself.
    pub ends_note: Option<String>,
}

/// A level to choose from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct LevelView {
    /// The level.
    pub level: SecrecyLevel,
    /// 秘密, 机密 or 绝密.
    pub label: String,
    /// Years that need no reason.
    pub most_years: u32,
    /// Why this unit does not set it, a sentence; absent where it does.
    pub hindrance: Option<String>,
}

/// An attachment to be answered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct PartChoiceView {
    /// The attachment.
    pub evidence: EvidenceId,
    /// Its title.
    pub title: String,
    /// Its mark that holds now; absent where it is no secret or not decided yet.
    pub marking: Option<String>,
}

/// A person of this vault.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct KnowerChoiceView {
    /// The account.
    pub account: AccountId,
    /// Name.
    pub name: String,
    /// Roles, in words.
    pub roles: String,
}

/// A proposal and what was decided on it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ProposalView {
    /// Identity.
    pub id: ClassificationId,
    /// What.
    pub step: ClassificationStep,
    /// 确定, 变更 or 解除.
    pub step_label: String,
    /// The mark of the whole that is proposed; absent for an end.
    pub marking: Option<String>,
    /// What is proposed; absent for an end.
    pub content: Option<Classification>,
    /// Why.
    pub reason: String,
    /// The notice that goes with it.
    pub notice: String,
    /// 承办人.
    pub proposed_by: String,
    /// When, RFC 3339.
    pub proposed_at: String,
    /// The decision.
    pub verdict: Option<ProposalVerdictView>,
}

/// A decision of the 定密责任人.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ProposalVerdictView {
    /// It holds.
    pub approved: bool,
    /// Why.
    pub reason: String,
    /// 定密责任人.
    pub decided_by: String,
    /// When, RFC 3339.
    pub decided_at: String,
}

/// Proposes a mark, its change or its end.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ClassificationProposeRequest {
    /// The declaration.
    pub id: DeclarationId,
    /// What.
    pub step: ClassificationStep,
    /// What is to hold; absent for an end.
    #[serde(default)]
    pub content: Option<Classification>,
    /// Why; required for a change and an end.
    #[serde(default)]
    pub reason: String,
    /// Number and title of the notice; required for a change and an end.
    #[serde(default)]
    pub notice: String,
}

/// Decides on a proposal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ClassificationDecideRequest {
    /// The proposal.
    pub proposal: ClassificationId,
    /// It holds from now on.
    pub approve: bool,
    /// Why; required for a refusal.
    #[serde(default)]
    pub reason: String,
}

/// Who knew (知悉人员登记), 实施条例 Art. 20.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct KnowledgeView {
    /// The declaration.
    pub declaration: DeclarationId,
    /// 成果名称.
    pub name: String,
    /// The mark that holds.
    pub marking: String,
    /// The law asks for the list: 机密 and above.
    pub required: bool,
    /// Everybody who knew, the first first.
    pub rows: Vec<KnowerRowView>,
    /// The person may add somebody who was told.
    pub may_add: bool,
}

/// One person who knew.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct KnowerRowView {
    /// Name.
    pub name: String,
    /// Unit and post; may be empty.
    pub unit: String,
    /// Since when, RFC 3339.
    pub first_at: String,
    /// By what, in words: 查看, 打印, 封装送达 …
    pub how: String,
}

/// Adds a person who was told outside this program.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct KnowledgeAddRequest {
    /// The declaration.
    pub id: DeclarationId,
    /// Name.
    pub name: String,
    /// Unit and post.
    pub unit: String,
    /// By what: 会议传达, 阅看纸质件 …
    pub how: String,
}

/// The record of the classified machine.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct MachineView {
    /// The record; absent until the security officer made it.
    pub machine: Option<ApprovedMachine>,
    /// The person may record it.
    pub may_record: bool,
    /// What the seal is and is not, for whoever seals.
    pub statement: String,
}

/// Records the classified machine, once.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct MachineRecordRequest {
    /// Number of the machine.
    pub number: String,
    /// The approval.
    pub approval: String,
    /// On what basis.
    pub basis: String,
    /// Packages travel by 机要 channels.
    pub by_secrecy_channel: bool,
}
