//! Annexes 2 (汇总表) and 3 (联络员信息表) as workbooks.

use super::{fault::SheetFault, table::table};
use luguo_domain::{
    Moment,
    annexes::{BATCH_COLUMNS, BatchSummary, LIAISON_COLUMNS, LiaisonOfficer},
};

fn label(label: Option<&str>) -> String {
    label.unwrap_or_default().to_owned()
}

/// Writes annex 2.
///
/// # Errors
/// [`SheetFault::Writing`].
pub fn batch(batch: &BatchSummary, made: Moment) -> Result<Vec<u8>, SheetFault> {
    let rows: Vec<_> = (1..)
        .zip(&batch.rows)
        .map(|(n, row): (u32, _)| {
            [
                n.to_string(),
                row.name.clone(),
                label(row.project_category.map(|category| category.label())),
                row.project_name.clone(),
                row.project_number.clone(),
                row.unit.clone(),
                label(row.unit_nature.map(|nature| nature.label())),
                label(row.field.map(|field| field.label())),
                row.contact.clone(),
                row.phone.clone(),
            ]
        })
        .collect();
    let above = [
        format!("填报单位（盖章）：{}", batch.authority),
        format!("填报时间：{}", batch.reported_on.format("%Y年%-m月%-d日")),
    ];
    table(
        "山东省重大科技成果汇总表",
        &above,
        BATCH_COLUMNS,
        &rows,
        made,
    )
}

/// Writes annex 3.
///
/// # Errors
/// [`SheetFault::Writing`].
pub fn liaison(
    officers: &[LiaisonOfficer],
    authority: &str,
    made: Moment,
) -> Result<Vec<u8>, SheetFault> {
    let rows: Vec<_> = officers
        .iter()
        .map(|officer| {
            [
                officer.name.clone(),
                officer.unit.clone(),
                officer.title.clone(),
                officer.office_phone.clone(),
                officer.mobile.clone(),
                officer.wechat.clone(),
                officer.email.clone(),
                officer.remark.clone(),
            ]
        })
        .collect();
    let above = [format!("主管部门（盖章）：{authority}")];
    table(
        "重大科技成果征集工作联络员信息表",
        &above,
        LIAISON_COLUMNS,
        &rows,
        made,
    )
}
