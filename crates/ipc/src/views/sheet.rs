//! The fill-in template as a workbook (XLSX).

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Writes an empty template.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct TemplateWriteRequest {
    /// Sheets for declarations, 1 to 100.
    pub sheets: u16,
    /// Token of a place from `place_pick`.
    pub place: String,
}

/// Names a filled template.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct TemplateReadRequest {
    /// Token of a file.
    pub file: String,
}

/// What a filled template has; nothing of it is stored yet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct TemplateView {
    /// File name.
    pub name: String,
    /// The sheets that are filled in.
    pub sheets: Vec<TemplateSheetView>,
    /// Sheets that are empty.
    pub empty: u32,
}

/// One filled sheet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct TemplateSheetView {
    /// The sheet's name as on its tab.
    pub sheet: String,
    /// 成果名称 as read.
    pub name: String,
    /// Completeness of what could be read, 0 to 100.
    pub completeness: u8,
    /// Cells that cannot be taken over as they stand.
    pub faults: Vec<TemplateFaultView>,
    /// The sheet may be imported; one that is marked classified may not.
    pub importable: bool,
}

/// A cell that cannot be taken over.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct TemplateFaultView {
    /// The cell, such as `C12`.
    pub cell: String,
    /// The field it belongs to.
    pub label: String,
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub remedy: String,
}

/// Takes sheets in, confirmed by the person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct TemplateImportRequest {
    /// Token of the file.
    pub file: String,
    /// Names of the sheets to take in.
    pub sheets: Vec<String>,
}

/// What was taken in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct TemplateImportedView {
    /// How many declarations.
    pub count: u32,
}
