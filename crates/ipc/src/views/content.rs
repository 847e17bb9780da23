//! What is in a piece of evidence, for showing it in the window.

use luguo_domain::{DeclarationId, EvidenceId};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Opens the content of a piece of evidence for showing it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ContentOpenRequest {
    /// Declaration.
    pub declaration: DeclarationId,
    /// The piece.
    pub evidence: EvidenceId,
    /// As it was in this revision; as it is now when absent.
    #[serde(default)]
    #[ts(optional, as = "Option<u32>")]
    pub revision: Option<u32>,
}

/// What shows a content.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Viewer {
    /// Pages of a PDF.
    Pdf,
    /// One picture that the web view knows.
    Picture,
    /// One HEIC picture.
    Heic,
    /// Pages of a TIFF, decoded outside.
    Tiff,
    /// A Word document.
    Word,
    /// Sheets of a workbook, read outside.
    Workbook,
    /// Plain text.
    Text,
    /// A film.
    Video,
    /// The list of an archive's entries, read outside.
    Archive,
    /// Nothing: the reason says why.
    None,
}

/// An opened content.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ContentView {
    /// Names the content while it is open: bytes under `token/offset/length`, pages of a TIFF
    /// under `token/page/number/width`.
    pub token: String,
    /// What shows it.
    pub viewer: Viewer,
    /// Media type.
    pub media_type: String,
    /// Size in bytes.
    #[ts(type = "number")]
    pub size: u64,
    /// Width and height of each page in pixels, for pictures.
    pub pages: Vec<(u32, u32)>,
    /// Why it is not shown, in a sentence.
    pub reason: Option<String>,
    /// SHA-256: where the person was in it is remembered under this.
    pub sha256: String,
    /// Where the person was in it, as the window wrote it.
    pub place: Option<String>,
}

/// Names an opened content.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ContentRequest {
    /// From [`ContentView`].
    pub token: String,
}

/// Remembers where the person is in a content.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ContentPlaceRequest {
    /// SHA-256 of the content.
    pub sha256: String,
    /// Page, position, size and turn, as the window has them; at most 1 000 characters.
    pub place: String,
}

/// The sheets of a workbook.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct WorkbookView {
    /// Its sheets in their order.
    pub sheets: Vec<SheetView>,
    /// There are more sheets than are shown.
    pub cut: bool,
}

/// One sheet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SheetView {
    /// Its name.
    pub name: String,
    /// Its cells as words, row by row.
    pub rows: Vec<Vec<String>>,
    /// There are more rows or columns than are shown.
    pub cut: bool,
}

/// What is in an archive.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ArchiveView {
    /// Its entries in their order.
    pub entries: Vec<ArchiveEntryView>,
}

/// One entry of an archive.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ArchiveEntryView {
    /// Its path in the archive, for reading only.
    pub name: String,
    /// Bytes, as the archive says.
    #[ts(type = "number")]
    pub size: u64,
    /// It is a folder.
    pub folder: bool,
    /// It opens with a password only.
    pub locked: bool,
}
