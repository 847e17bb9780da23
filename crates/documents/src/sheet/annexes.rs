//! Annexes 2 (汇总表) and 3 (联络员信息表) as XLSX.

use super::{fault::SheetFault, table::Grid};
use luguo_domain::{
    Moment,
    annexes::{BATCH_COLUMNS, BatchRow, BatchSummary, LIAISON_COLUMNS, LiaisonOfficer},
};

/// Annex 2, with 填报单位 and 填报时间 under its title.
///
/// # Errors
/// [`SheetFault::DoesNotFit`] for a text longer than a cell holds.
pub fn batch(summary: &BatchSummary, made: Moment) -> Result<Vec<u8>, SheetFault> {
    let rows = BatchRow::numbered(&summary.rows);
    Grid {
        title: "附件2 山东省重大科技成果汇总表",
        under: Some(format!(
            "填报单位：{}　　　　填报时间：{}",
            summary.authority,
            summary.reported_on.format("%Y年%-m月%-d日")
        )),
        columns: BATCH_COLUMNS.to_vec(),
        rows: &rows,
    }
    .write(made)
}

/// Annex 3, one row an officer.
///
/// # Errors
/// [`SheetFault::DoesNotFit`] for a text longer than a cell holds.
pub fn liaison(officers: &[LiaisonOfficer], made: Moment) -> Result<Vec<u8>, SheetFault> {
    let rows: Vec<Vec<String>> = officers
        .iter()
        .map(|officer| {
            let LiaisonOfficer {
                name,
                unit,
                title,
                office_phone,
                mobile,
                wechat,
                email,
                remark,
            } = officer.clone();
            vec![
                name,
                unit,
                title,
                office_phone,
                mobile,
                wechat,
                email,
                remark,
            ]
        })
        .collect();
    Grid {
        title: "附件3 山东省重大科技成果征集联络员信息表",
        under: None,
        columns: LIAISON_COLUMNS.to_vec(),
        rows: &rows,
    }
    .write(made)
}
