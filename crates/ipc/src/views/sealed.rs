//! Sealed packages: sealing, opening, the register, receipts.

use super::keys::CardView;
use crate::secret::Secret;
use luguo_domain::{
    AccountId, ClassificationId, DeclarationId,
    secrecy::{HandoverStep, SealedState},
};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What is to be sealed: approved revisions, and rulings that go back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SealPlanRequest {
    /// Own declarations, approved.
    #[serde(default)]
    pub declarations: Vec<DeclarationId>,
    /// Received declarations whose rulings go back.
    #[serde(default)]
    pub replies: Vec<DeclarationId>,
}

/// What would be sealed, and what stands against it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SealPlanView {
    /// The items.
    pub items: Vec<SealItemView>,
    /// What else could be put in: approved and marked, or ruled and not replied.
    pub candidates: Vec<SealItemView>,
    /// The mark of the package: the highest.
    pub marking: String,
    /// Bytes of all contents.
    #[ts(type = "number")]
    pub size: u64,
    /// Own keys that can seal.
    pub keys: Vec<CardView>,
    /// Cards that it can be sealed for.
    pub cards: Vec<CardView>,
    /// People who can stand by as approver.
    pub approvers: Vec<String>,
    /// What the seal is and is not.
    pub statement: String,
    /// Everything that stands against sealing, in sentences.
    pub hindrances: Vec<String>,
    /// Couriers that have to carry it together.
    pub couriers: u32,
}

/// One item of a package.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SealItemView {
    /// The declaration.
    pub declaration: DeclarationId,
    /// Rulings go back; not the declaration itself.
    pub reply: bool,
    /// 成果名称.
    pub name: String,
    /// The revision.
    pub revision: u32,
    /// Its mark.
    pub marking: String,
    /// Attachments.
    pub evidence: u32,
    /// Bytes.
    #[ts(type = "number")]
    pub size: u64,
    /// Packages that it went into already, by their numbers.
    pub sealed_in: Vec<String>,
}

/// Asks about the medium at a place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct MediumRequest {
    /// Token of a place or folder.
    pub place: String,
}

/// The medium at a place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct MediumView {
    /// The system calls it removable.
    pub removable: bool,
    /// Its name; may be empty.
    pub label: String,
    /// Its serial number; may be empty.
    pub serial: String,
    /// A sentence about it.
    pub words: String,
}

/// Seals. Two persons are present: the officer at work and the approver with the own passphrase.
#[derive(Debug, Deserialize, TS)]
pub struct SealRequest {
    /// Own declarations.
    #[serde(default)]
    pub declarations: Vec<DeclarationId>,
    /// Received declarations whose rulings go back.
    #[serde(default)]
    pub replies: Vec<DeclarationId>,
    /// Fingerprint of the own key.
    pub key: String,
    /// Fingerprints of the recipients' cards.
    pub recipients: Vec<String>,
    /// The approver, by name.
    pub approver: String,
    /// The approver's passphrase.
    #[ts(type = "string")]
    pub approver_passphrase: Secret,
    /// Token of the folder on the medium.
    pub folder: String,
    /// Label on the medium, as the unit numbers it.
    pub medium_label: String,
    /// Serial number of the medium.
    pub medium_serial: String,
    /// Why the place is taken although it is not removable; empty where it is.
    #[serde(default)]
    pub not_removable_reason: String,
}

/// Names a sealed package in a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SealedFileRequest {
    /// Token of the file.
    pub file: String,
}

/// What anybody can see of a sealed package.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SealedView {
    /// Its id, 32 hexadecimal digits.
    pub package_id: String,
    /// SM3 of its index.
    pub digest: String,
    /// The mark of the whole.
    pub marking: String,
    /// When it was sealed, RFC 3339, by the sealer's clock.
    pub sealed_at: String,
    /// The sealer's card.
    pub sealer: CardView,
    /// Whom it is sealed for: holders that are known here, else the fingerprint.
    pub recipients: Vec<String>,
    /// Own keys that open it, by fingerprint.
    pub mine: Vec<String>,
    /// Contents.
    pub contents: u32,
    /// Bytes.
    #[ts(type = "number")]
    pub size: u64,
    /// It was opened here before.
    pub known: bool,
    /// People who may be told of its contents: members of this vault who review.
    pub people: Vec<super::classification::KnowerChoiceView>,
    /// Why it is not opened, in sentences; empty where nothing stands against it.
    pub hindrances: Vec<String>,
}

/// Opens a package and takes its contents in.
#[derive(Debug, Deserialize, TS)]
pub struct SealedOpenRequest {
    /// Token of the file.
    pub file: String,
    /// People of this vault who may know; the person at work is one of them.
    pub knowers: Vec<AccountId>,
    /// Token of a second holder's key file, where no own key opens it.
    #[serde(default)]
    pub key_file: Option<String>,
    /// Password of that file.
    #[serde(default)]
    #[ts(type = "string | null", optional = nullable)]
    pub password: Option<Secret>,
}

/// Opens one content of a package and writes it to a place: on record, with its reason.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SealedExtractRequest {
    /// Token of the file.
    pub file: String,
    /// Number of the content, from 1.
    pub part: u32,
    /// Token of a place.
    pub place: String,
    /// Why it has to leave the vault.
    pub reason: String,
}

/// The contents of an opened package, by their true names.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SealedContentsView {
    /// The contents.
    pub parts: Vec<SealedPartView>,
}

/// One content.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SealedPartView {
    /// Number, from 1.
    pub number: u32,
    /// Its name.
    pub name: String,
    /// Its length.
    #[ts(type = "number")]
    pub size: u64,
}

/// The register of sealed packages.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SealedRegisterView {
    /// The packages, the newest first.
    pub rows: Vec<SealedRowView>,
    /// Packages without receipt, in sentences.
    pub reminders: Vec<String>,
    /// The person keeps the register.
    pub may_keep: bool,
}

/// One package of the register.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SealedRowView {
    /// Its id.
    pub package_id: String,
    /// Its number in the register.
    pub number: String,
    /// It went out; else it came in.
    pub outgoing: bool,
    /// The mark.
    pub marking: String,
    /// SM3 of its index.
    pub digest: String,
    /// Where it stands.
    pub state: SealedState,
    /// Its words.
    pub state_label: String,
    /// Recipients, or the sender.
    pub unit: String,
    /// What is inside, for those who may know; else how many.
    pub items: Vec<String>,
    /// When it was sealed or came in, RFC 3339.
    pub at: String,
    /// The officer who sealed or opened it.
    pub officer: String,
    /// The approver who was present; empty for one that came in.
    pub approver: String,
    /// Copies: media that it was written to, each with its number.
    pub copies: u32,
    /// The steps, the first first.
    pub steps: Vec<SealedStepView>,
    /// What may follow.
    pub next: Vec<HandoverStep>,
    /// The short code to read over, of one that came in.
    pub receipt_code: Option<String>,
}

/// A step of the register.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SealedStepView {
    /// What.
    pub step: HandoverStep,
    /// Its words.
    pub label: String,
    /// When, RFC 3339.
    pub at: String,
    /// Who recorded it.
    pub by: String,
    /// What else is known, a sentence.
    pub words: String,
}

/// Records a step.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(default)]
pub struct SealedStepRequest {
    /// The package.
    pub package_id: String,
    /// What; a code of [`HandoverStep`].
    pub step: String,
    /// Couriers, for 移交.
    pub couriers: Vec<String>,
    /// Channel, for 登记: 机要交通 or 机要通信.
    pub channel: String,
    /// Who approved it, for 退回 and 销毁.
    pub approved_by: String,
    /// What else is to be said: what was counted, why it came back, how it was destroyed.
    pub words: String,
}

/// Writes the receipt of a package that came in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SealedReceiptRequest {
    /// The package.
    pub package_id: String,
    /// Token of a place.
    pub place: String,
}

/// Takes the receipt of a package that went out: a file, or the code that was read over.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(default)]
pub struct ReceiptTakeRequest {
    /// Token of the file.
    pub file: Option<String>,
    /// The package, with a code.
    pub package_id: Option<String>,
    /// The code, twelve digits.
    pub code: Option<String>,
}

/// A paper of the classified edition.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case", tag = "kind")]
pub enum SecrecyPaper {
    /// 移交清单 of a package.
    Handover {
        /// The package.
        package_id: String,
    },
    /// 密封包登记簿 of a year.
    Register {
        /// The year.
        year: i32,
    },
    /// 知悉人员登记表 of a declaration.
    Knowers {
        /// The declaration.
        id: DeclarationId,
    },
    /// 国家秘密确定（变更、解除）审批表.
    Classification {
        /// The proposal.
        proposal: ClassificationId,
    },
    /// 证书指纹卡.
    Card {
        /// Fingerprint.
        fingerprint: String,
    },
}

/// Writes a paper as a PDF.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SecrecyPaperRequest {
    /// Which.
    pub paper: SecrecyPaper,
    /// Token of a place.
    pub place: String,
}
