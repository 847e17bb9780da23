//! Evidence and claims.

use luguo_domain::{
    DeclarationId, EvidenceId,
    claim::Claim,
    evidence::{EvidenceKind, PageRange},
};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// One piece of evidence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct EvidenceView {
    /// Evidence.
    pub id: EvidenceId,
    /// Title.
    pub title: String,
    /// File name as it came in.
    pub file_name: String,
    /// Media type.
    pub media_type: String,
    /// Size in bytes.
    #[ts(type = "number")]
    pub size: u64,
    /// SHA-256 of the content.
    pub sha256: String,
    /// What it proves.
    pub claims: Vec<Claim>,
    /// When it came in, RFC 3339.
    pub added_at: String,
    /// Other evidence of the same declaration with the same content.
    pub same_as: Vec<String>,
    /// What it is.
    pub kind: Option<EvidenceKind>,
    /// The pages that prove it, first and last, from 1; all when absent.
    pub pages: Option<PageRange>,
    /// What stood in its place before, the last first.
    pub earlier: Vec<EarlierEvidenceView>,
    /// What it is called when it is written out: 成果名_证据序号_标题.
    pub readable_name: String,
    /// Its mark such as 机密★10年, 未定密 or 不涉密; empty in an open vault.
    pub marking: String,
}

/// What a piece of evidence was before it was replaced.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct EarlierEvidenceView {
    /// File name.
    pub file_name: String,
    /// Size in bytes.
    #[ts(type = "number")]
    pub size: u64,
    /// SHA-256 of the content, which is kept.
    pub sha256: String,
    /// When it was replaced, RFC 3339.
    pub replaced_at: String,
    /// By whom.
    pub replaced_by: String,
}

/// Puts the pieces of a declaration into an order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct EvidenceOrderRequest {
    /// Declaration.
    pub declaration: DeclarationId,
    /// Each piece once.
    pub order: Vec<EvidenceId>,
}

/// Puts another file into the place of a piece.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct EvidenceReplaceRequest {
    /// Declaration.
    pub declaration: DeclarationId,
    /// The piece.
    pub evidence: EvidenceId,
    /// Token of the file.
    pub file: String,
}

/// One claim of the form with its proof.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ClaimView {
    /// The claim.
    pub claim: Claim,
    /// What it is, in words: 发明专利“…”.
    pub label: String,
    /// What kind of scan proves it, in words.
    pub wanted: String,
    /// The clause.
    pub clause: String,
    /// Whether submission needs it.
    pub required: bool,
    /// The evidence that proves it.
    pub evidence: Vec<EvidenceId>,
}

/// Opens a file dialog.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct FilePickRequest {
    /// More than one file.
    pub multiple: bool,
    /// What it is for, as the dialog's title.
    pub title: String,
}

/// Opens a save dialog.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct PlacePickRequest {
    /// Suggested file name.
    pub file_name: String,
    /// The dialog's title.
    pub title: String,
}

/// Bytes from the clipboard.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct FilePutRequest {
    /// File name.
    pub name: String,
    /// Content, base64 (RFC 4648).
    pub base64: String,
}

/// A file the person picked, named by token.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct PickedFileView {
    /// Token, valid while the program runs.
    pub token: String,
    /// File name.
    pub name: String,
    /// Size in bytes; 0 for a place to save to.
    #[ts(type = "number")]
    pub size: u64,
}

/// Imports files.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct EvidenceAddRequest {
    /// Declaration.
    pub declaration: DeclarationId,
    /// Tokens of the files.
    pub files: Vec<String>,
    /// What they prove.
    pub claims: Vec<Claim>,
}

/// Changes a piece of evidence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct EvidenceEditRequest {
    /// Declaration.
    pub declaration: DeclarationId,
    /// Evidence.
    pub evidence: EvidenceId,
    /// Title.
    pub title: String,
    /// What it proves.
    pub claims: Vec<Claim>,
    /// What it is; not said when absent.
    #[serde(default)]
    pub kind: Option<EvidenceKind>,
    /// The pages that prove it, first and last, from 1; all when absent.
    #[serde(default)]
    pub pages: Option<PageRange>,
}

/// Names a piece of evidence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct EvidenceRequest {
    /// Declaration.
    pub declaration: DeclarationId,
    /// Evidence.
    pub evidence: EvidenceId,
}

/// Writes a piece of evidence out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct EvidenceExtractRequest {
    /// Declaration.
    pub declaration: DeclarationId,
    /// Evidence.
    pub evidence: EvidenceId,
    /// Token of a place from `place_pick`.
    pub place: String,
}

/// A file that was written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct FileWrittenView {
    /// File name.
    pub name: String,
    /// Size in bytes.
    #[ts(type = "number")]
    pub size: u64,
    /// SHA-256 of what was written.
    pub sha256: String,
}

/// Writes all evidence of a declaration out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct EvidenceExtractAllRequest {
    /// Declaration.
    pub declaration: DeclarationId,
    /// Token of a folder from `folder_pick`; the pieces go into a new folder in it.
    pub folder: String,
}

/// What was written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct EvidenceExtractedView {
    /// Name of the new folder.
    pub folder: String,
    /// Files in it, in the order of the pieces.
    pub files: Vec<String>,
}
