//! Packages and the audit chain.

use luguo_domain::DeclarationId;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Writes a package.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct PackageExportRequest {
    /// Declaration, approved.
    pub id: DeclarationId,
    /// Token of a place from `place_pick`.
    pub place: String,
}

/// Verifies a package.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct PackageVerifyRequest {
    /// Token of a file from `file_pick`.
    pub file: String,
}

/// What verifying found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct PackageReportView {
    /// Everything agrees.
    pub valid: bool,
    /// 成果名称, when it could be read.
    pub name: Option<String>,
    /// Package id, when it could be read.
    pub package_id: Option<String>,
    /// Files verified.
    pub files: u32,
    /// Each damaged, missing or extra file and every other fault.
    pub faults: Vec<PackageFaultView>,
}

/// One fault of a package.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct PackageFaultView {
    /// Path inside the package; empty for the whole.
    pub path: String,
    /// Stable code: `damaged`, `missing`, `extra`, `structure`, …
    pub code: String,
    /// A sentence.
    pub message: String,
}

/// What verifying the audit chain found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct AuditReportView {
    /// The chain is whole.
    pub valid: bool,
    /// Records.
    #[ts(type = "number")]
    pub records: u64,
    /// Hash of the last record.
    pub head: String,
    /// Where it breaks, and how, in a sentence.
    pub fault: Option<String>,
}

/// Asks for the newest records.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct AuditListRequest {
    /// Only records before this one.
    #[serde(default)]
    #[ts(type = "number | null", optional = nullable)]
    pub before: Option<u64>,
    /// How many at most.
    pub limit: u32,
}

/// One record of the audit chain.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct AuditRecordView {
    /// Number, from 1 without gaps.
    #[ts(type = "number")]
    pub seq: u64,
    /// When, RFC 3339.
    pub at: String,
    /// Who.
    pub person: String,
    /// What was done, in words.
    pub action: String,
    /// To what.
    pub subject: String,
    /// What else matters.
    pub detail: String,
    /// Hash of the record, 64 hexadecimal digits.
    pub hash: String,
}

/// Writes the records to a place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct AuditExportRequest {
    /// Token of a place from `place_pick`.
    pub place: String,
}
