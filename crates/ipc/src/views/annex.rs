//! Annexes 2 and 3.

use luguo_domain::annexes::LiaisonOfficer;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Asks for a month.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct AnnexRequest {
    /// Collection month, `YYYY-MM`; empty for the one that today belongs to.
    pub month: String,
}

/// What the two annexes hold.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct AnnexView {
    /// The collection month shown, `YYYY-MM`.
    pub month: String,
    /// Months with rows and the one of today, the newest first.
    pub months: Vec<String>,
    /// 填报单位, as the vault knows its unit.
    pub authority: String,
    /// Columns of annex 2.
    pub columns: Vec<String>,
    /// Rows of annex 2, cell by cell, numbered.
    pub rows: Vec<Vec<String>>,
    /// Columns of annex 3.
    pub officer_columns: Vec<String>,
    /// The officers of annex 3.
    pub officers: Vec<LiaisonOfficer>,
}

/// Keeps the officers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct LiaisonSaveRequest {
    /// In the order of the annex.
    pub officers: Vec<LiaisonOfficer>,
}

/// Which annex.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum AnnexKind {
    /// 附件2 汇总表.
    Batch,
    /// 附件3 联络员信息表.
    Liaison,
}

/// As what it is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum AnnexFormat {
    /// For printing and the seal.
    Pdf,
    /// For going on with.
    Xlsx,
}

/// Writes an annex to a place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct AnnexWriteRequest {
    /// Which one.
    pub annex: AnnexKind,
    /// As what.
    pub format: AnnexFormat,
    /// Collection month of annex 2, `YYYY-MM`.
    pub month: String,
    /// 填报单位 or 主管部门, as it stands above the table.
    pub authority: String,
    /// Token of a place from `place_pick`.
    pub place: String,
}
