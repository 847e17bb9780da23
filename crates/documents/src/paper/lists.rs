//! Annexes 2 (汇总表) and 3 (联络员信息表).

use super::{
    fault::PaperFault,
    marked::Marked,
    press::{Paper, Press},
    stamp::Stamp,
};
use luguo_domain::annexes::{
    BATCH_COLUMNS, BatchRow, BatchSummary, LIAISON_COLUMNS, LiaisonOfficer,
};
use serde_json::json;

impl Press {
    /// Typesets annex 2, with a place for the seal.
    ///
    /// # Errors
    /// [`PaperFault`] when the typesetter refuses.
    pub fn batch(
        &self,
        batch: &BatchSummary,
        stamp: &Stamp,
        marked: Option<&Marked>,
    ) -> Result<Paper, PaperFault> {
        let rows = BatchRow::numbered(&batch.rows);
        let data = json!({
            "title": "山东省重大科技成果汇总表",
            "author": batch.authority,
            "stamp": stamp.data(),
            "above": [
                format!("填报单位（盖章）：{}", batch.authority),
                format!("填报时间：{}", batch.reported_on.format("%Y年%-m月%-d日")),
            ],
            "heads": BATCH_COLUMNS,
            "widths": [0.45, 1.9, 0.95, 1.7, 1.75, 1.6, 0.85, 0.95, 0.75, 1.55],
            "rows": rows,
            "below": [],
        });
        self.print("list.typ", &data, stamp, Vec::new(), true, marked)
    }

    /// Typesets annex 3.
    ///
    /// # Errors
    /// [`PaperFault`] when the typesetter refuses.
    pub fn liaison(
        &self,
        officers: &[LiaisonOfficer],
        authority: &str,
        stamp: &Stamp,
        marked: Option<&Marked>,
    ) -> Result<Paper, PaperFault> {
        let rows: Vec<_> = officers
            .iter()
            .map(|officer| {
                [
                    &officer.name,
                    &officer.unit,
                    &officer.title,
                    &officer.office_phone,
                    &officer.mobile,
                    &officer.wechat,
                    &officer.email,
                    &officer.remark,
                ]
            })
            .collect();
        let data = json!({
            "title": "重大科技成果征集工作联络员信息表",
            "author": authority,
            "stamp": stamp.data(),
            "above": [format!("主管部门（盖章）：{authority}"), ""],
            "heads": LIAISON_COLUMNS,
            "widths": [0.9, 1.7, 1.2, 1.2, 1.2, 1.1, 1.6, 1.0],
            "rows": rows,
            "below": [],
        });
        self.print("list.typ", &data, stamp, Vec::new(), true, marked)
    }
}
