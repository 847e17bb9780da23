//! Packages from outside.

use luguo_domain::{DeclarationId, PackageId};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Verifies package files and takes them in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ReceivedTakeRequest {
    /// Tokens of the files.
    pub files: Vec<String>,
    /// The person knows that an open package goes into a classified vault and never back.
    #[serde(default)]
    pub into_classified: bool,
}

/// Lets go of a package, or of the note of one that was refused.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ReceivedGoRequest {
    /// The package.
    #[serde(default)]
    pub package: Option<PackageId>,
    /// Number of the note.
    #[serde(default)]
    #[ts(type = "number | null")]
    pub refused: Option<i64>,
}

/// What was taken in, and what was not.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ReceivedListView {
    /// Assigned by the endpoint and on their way in, the first received first.
    pub pulling: Vec<PullingView>,
    /// Taken in, the newest first.
    pub received: Vec<ReceivedView>,
    /// Refused, the newest first.
    pub refused: Vec<RefusedView>,
}

/// A package that the endpoint assigned and that is on its way in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct PullingView {
    /// The package.
    pub package: PackageId,
    /// The receipt's number at the endpoint.
    pub number: String,
    /// 成果名称.
    pub name: String,
    /// The reporting unit.
    pub unit: String,
    /// Its revision.
    pub revision: u32,
    /// Bytes that are here.
    #[ts(type = "number")]
    pub arrived: u64,
    /// Bytes of the whole.
    #[ts(type = "number")]
    pub total: u64,
    /// Why it waits, a sentence.
    pub reason: Option<String>,
    /// When it is tried again, RFC 3339.
    pub next_try: Option<String>,
}

/// A package that was taken in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ReceivedView {
    /// The package.
    pub package: PackageId,
    /// The declaration at the reporting unit: what the reading desk is opened with.
    pub declaration: DeclarationId,
    /// Its revision.
    pub revision: u32,
    /// 成果名称.
    pub name: String,
    /// The reporting unit.
    pub unit: String,
    /// Who approved it there.
    pub approved_by: String,
    /// The file it came in.
    pub file_name: String,
    /// When, RFC 3339.
    pub received_at: String,
    /// Who took it in.
    pub received_by: String,
    /// Its mark such as 机密★10年; empty in an open vault and for a package that came from one.
    pub marking: String,
}

/// A package that was looked at and not taken in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct RefusedView {
    /// Number of the note.
    #[ts(type = "number")]
    pub id: i64,
    /// The file.
    pub file_name: String,
    /// When, RFC 3339.
    pub seen_at: String,
    /// What is wrong, in sentences.
    pub faults: Vec<String>,
}
