//! What goes to paper.

use luguo_domain::DeclarationId;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What is printed of a declaration.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum DocumentKind {
    /// 附件1 as it stands: a draft says 草稿, a submitted revision carries its number and code.
    Form,
    /// 附件1 for signature and seal, before submission: with the number of the revision that
    /// the submission will have and the form's digest as a code. Its scan is the commitment page.
    SigningCopy,
    /// The list of evidence.
    EvidenceList,
    /// Form, list and every piece of evidence, numbered through.
    PrintSet,
}

/// Asks for a page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct DocumentPageRequest {
    /// Declaration.
    pub id: DeclarationId,
    /// What is printed.
    pub kind: DocumentKind,
    /// Page, from 1; the last one when there are fewer.
    pub page: u32,
}

/// One page for the preview.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct DocumentPageView {
    /// Pages in all.
    pub pages: u32,
    /// The page shown, from 1.
    pub page: u32,
    /// The page as a PNG, base64.
    pub png: String,
    /// What the person should know of it, in sentences: pieces that are not printed, and why.
    pub remarks: Vec<String>,
}

/// Writes the PDF to a place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct DocumentWriteRequest {
    /// Declaration.
    pub id: DeclarationId,
    /// What is printed.
    pub kind: DocumentKind,
    /// Token of a place from `place_pick`.
    pub place: String,
}
