//! Annexes 2 (汇总表) and 3 (联络员信息表): what the unit approved in a collection month, and who is
//! responsible. A direct-reporting institution sends both itself, clause 二（二）.

use crate::{desk::Desk, document::refused, evidence::write_whole, failure, intake::file_name};
use chrono::{NaiveDate, TimeDelta};
use luguo_documents::{
    paper::Stamp,
    sheet::{self, SheetFault},
};
use luguo_domain::{
    State,
    annexes::{BATCH_COLUMNS, BatchRow, BatchSummary, LIAISON_COLUMNS, LiaisonOfficer},
    decision::Verdict,
    rules::collection_month,
};
use luguo_ipc::{
    AnnexFormat, AnnexKind, AnnexView, AnnexWriteRequest, Failure, FailureCode, FileWrittenView,
    LiaisonSaveRequest,
};
use luguo_store::Vault;
use sha2::{Digest as _, Sha256};
use std::{collections::BTreeMap, io::Write as _};

/// Beijing is eight hours ahead the whole year; the collection's days are Beijing's.
const BEIJING: TimeDelta = TimeDelta::hours(8);
/// More officers than any authority names.
const MOST_OFFICERS: usize = 50;

pub(crate) fn show(desk: &Desk, month: &str) -> Result<AnnexView, Failure> {
    let vault = desk.vault()?;
    let current = month_of((desk.host.local_date)());
    let mut approved = approved(&vault)?;
    let month = if month.is_empty() { &current } else { month };
    let rows = approved.remove(month).unwrap_or_default();
    let mut months: Vec<String> = approved.into_keys().collect();
    months.extend([month.to_owned(), current.clone()]);
    months.sort_by(|one, other| other.cmp(one));
    months.dedup();
    Ok(AnnexView {
        month: month.to_owned(),
        months,
        authority: vault.unit().map_err(failure::store)?.name,
        columns: BATCH_COLUMNS.map(str::to_owned).to_vec(),
        rows: BatchRow::numbered(&rows),
        officer_columns: LIAISON_COLUMNS.map(str::to_owned).to_vec(),
        officers: vault.liaison().map_err(failure::store)?,
    })
}

pub(crate) fn save(desk: &Desk, request: &LiaisonSaveRequest) -> Result<AnnexView, Failure> {
    let officers: Vec<_> = request
        .officers
        .iter()
        .filter(|officer| **officer != LiaisonOfficer::default())
        .cloned()
        .collect();
    if officers.len() > MOST_OFFICERS {
        return Err(Failure::new(
            FailureCode::Invalid,
            format!("联络员最多填 {MOST_OFFICERS} 位。"),
        ));
    }
    if let Some(place) = officers
        .iter()
        .position(|officer| officer.name.trim().is_empty())
    {
        return Err(Failure::new(
            FailureCode::Invalid,
            format!("第 {} 位联络员还没有姓名，没有保存。", place + 1),
        ));
    }
    desk.vault()?
        .save_liaison(&officers, desk.now())
        .map_err(failure::store)?;
    show(desk, "")
}

/// Writes the annex, whole or not at all.
pub(crate) fn write(desk: &Desk, request: &AnnexWriteRequest) -> Result<FileWrittenView, Failure> {
    let vault = desk.vault()?;
    let path = desk.intake.get(&request.place)?;
    let name = file_name(&path);
    let (now, press) = (desk.now(), || desk.print.press(&desk.host.fonts));
    let bytes = match request.annex {
        AnnexKind::Batch => {
            let summary = BatchSummary {
                authority: request.authority.trim().to_owned(),
                reported_on: (desk.host.local_date)(),
                rows: approved(&vault)?.remove(&request.month).unwrap_or_default(),
            };
            match request.format {
                AnnexFormat::Pdf => press()?
                    .batch(&summary, &Stamp::Plain, None)
                    .and_then(|paper| paper.pdf(now))
                    .map_err(refused)?,
                AnnexFormat::Xlsx => sheet::batch(&summary, now).map_err(unwritable)?,
            }
        }
        AnnexKind::Liaison => {
            let officers = vault.liaison().map_err(failure::store)?;
            match request.format {
                AnnexFormat::Pdf => press()?
                    .liaison(&officers, request.authority.trim(), &Stamp::Plain, None)
                    .and_then(|paper| paper.pdf(now))
                    .map_err(refused)?,
                AnnexFormat::Xlsx => sheet::liaison(&officers, now).map_err(unwritable)?,
            }
        }
    };
    write_whole(&path, |out| out.write_all(&bytes))
        .map_err(|fault| failure::file(&name, &fault))?;
    vault
        .record("annex.write", &request.month, &name, now)
        .map_err(failure::store)?;
    Ok(FileWrittenView {
        name,
        size: bytes.len() as u64,
        sha256: hex::encode(Sha256::digest(&bytes)),
    })
}

fn unwritable(fault: SheetFault) -> Failure {
    Failure::new(
        FailureCode::Defect,
        "没有写成表格文件，填写的内容都在。请把详情告诉维护人员。",
    )
    .with_detail(fault)
}

/// `YYYY-MM` of the collection month that a day belongs to.
fn month_of(day: NaiveDate) -> String {
    collection_month(day).format("%Y-%m").to_string()
}

/// What the unit approved, by the collection month of the approval; vetoed results are not
/// reported.
fn approved(vault: &Vault) -> Result<BTreeMap<String, Vec<BatchRow>>, Failure> {
    let mut months: BTreeMap<String, Vec<_>> = BTreeMap::new();
    for row in vault.declarations().map_err(failure::store)? {
        let unapproved = row.state.is_editable() || row.state == State::UnitReview;
        if unapproved || row.state == State::Vetoed {
            continue;
        }
        let approval = vault
            .decisions(row.id)
            .map_err(failure::store)?
            .into_iter()
            .find(|decision| decision.verdict == Verdict::Approve);
        let Some(approval) = approval else {
            continue;
        };
        let Some(revision) = vault
            .revision(row.id, approval.revision)
            .map_err(failure::store)?
        else {
            continue;
        };
        let day = (approval.decided_at + BEIJING).date_naive();
        months
            .entry(month_of(day))
            .or_default()
            .push((approval.decided_at, BatchRow::of(&revision.declaration)));
    }
    Ok(months
        .into_iter()
        .map(|(month, mut rows)| {
            rows.sort_by_key(|(at, _)| *at);
            (month, rows.into_iter().map(|(_, row)| row).collect())
        })
        .collect())
}
