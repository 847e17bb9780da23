//! What is due: this month's 10th, what came back, what waits, windows that close.

use crate::{classification, desk::Desk, failure};
use chrono::NaiveDate;
use luguo_domain::{DeclarationId, Role, State, VaultKind, rules::schedule};
use luguo_ipc::{Failure, TodayItemView, TodayKind, TodayView};
use luguo_store::{DeclarationRow, ReceivedPackage, Vault};

/// How long before its end a two-year window is told.
const SOON_DAYS: i64 = 62;

pub(crate) fn show(desk: &Desk) -> Result<TodayView, Failure> {
    let vault = desk.vault()?;
    let today = (desk.host.local_date)();
    let due = schedule::due_day(today);
    let mut items = Vec::new();
    for row in vault.declarations().map_err(failure::store)? {
        if let Some(item) = item(&vault, &row, today, due)? {
            items.push(item);
        }
        if let Some(item) = term(&vault, row.id, &row.name, today)? {
            items.push(item);
        }
    }
    for package in received(&vault)? {
        if let Some(item) = term(&vault, package.declaration, &package.name, today)? {
            items.push(item);
        }
    }
    for proposal in vault.classifications_to_decide().map_err(failure::store)? {
        items.push(TodayItemView {
            kind: TodayKind::Classify,
            declaration: proposal.declaration,
            name: classification::name_of(&vault, proposal.declaration)?,
            sentence: format!(
                "{}提出定密{}，请决定。",
                proposal.proposed_by_name,
                proposal.step.label()
            ),
            due: today.to_string(),
        });
    }
    items.sort_by_key(|item| (item.due.clone(), item.kind as u8));
    Ok(TodayView {
        today: today.to_string(),
        due: due.to_string(),
        days: schedule::days_to_deadline(today),
        items,
    })
}

/// What a classified vault received; the terms of what an open one received end elsewhere.
fn received(vault: &Vault) -> Result<Vec<ReceivedPackage>, Failure> {
    match vault.kind() {
        VaultKind::Open => Ok(Vec::new()),
        VaultKind::Classified => vault.received_packages().map_err(failure::store),
    }
}

/// That a term of secrecy ends soon or has ended: told, never applied.
fn term(
    vault: &Vault,
    id: DeclarationId,
    name: &str,
    today: NaiveDate,
) -> Result<Option<TodayItemView>, Failure> {
    if vault.kind() == VaultKind::Open {
        return Ok(None);
    }
    let Some(mark) = vault.classification(id).map_err(failure::store)? else {
        return Ok(None);
    };
    Ok(
        classification::ends_note(&mark, today).map(|sentence| TodayItemView {
            kind: TodayKind::TermEnds,
            declaration: id,
            name: name.to_owned(),
            sentence,
            due: mark
                .ends_on()
                .map(|day| day.to_string())
                .unwrap_or_default(),
        }),
    )
}

fn item(
    vault: &Vault,
    row: &DeclarationRow,
    today: NaiveDate,
    due: NaiveDate,
) -> Result<Option<TodayItemView>, Failure> {
    let me = vault.me();
    let mine = row.prepared_by == me.id;
    let told = |kind, sentence: String, day: NaiveDate| {
        Some(TodayItemView {
            kind,
            declaration: row.id,
            name: row.name.clone(),
            sentence,
            due: day.to_string(),
        })
    };
    Ok(match row.state {
        State::Returned if mine => told(
            TodayKind::Returned,
            format!(
                "审核人退回，请修改后再送：{}",
                row.return_reason.as_deref().unwrap_or("见审核意见")
            ),
            due,
        ),
        State::UnitReview if me.is(Role::UnitReviewer) && !mine => told(
            TodayKind::Review,
            format!("{}送来审核。", row.prepared_by_name),
            due,
        ),
        State::Approved => told(
            TodayKind::Unsent,
            match vault.kind() {
                VaultKind::Open => "单位已通过，还没有送达，请到“传输”里查看原因。",
                VaultKind::Classified => "单位已通过，还没有签收。由涉密成果专管员封装、移交。",
            }
            .to_owned(),
            due,
        ),
        State::Draft if mine => match window_end(vault, row)? {
            Some(end) if (end - today).num_days() <= SOON_DAYS => told(
                TodayKind::Expiring,
                if end < today {
                    "研究结束日期已超出两年，送审时要说明理由。".to_owned()
                } else {
                    format!(
                        "两年期限到 {}，请在此前送出。",
                        end.format("%Y年%-m月%-d日")
                    )
                },
                end,
            ),
            Some(_) | None => told(
                TodayKind::Draft,
                format!("填了 {}%，赶上本期请在截止日前送审。", row.completeness),
                due,
            ),
        },
        _ => None,
    })
}

/// The last due day within the two years of the achievement.
fn window_end(vault: &Vault, row: &DeclarationRow) -> Result<Option<NaiveDate>, Failure> {
    let to = vault
        .declaration(row.id)
        .map_err(failure::store)?
        .and_then(|stored| stored.form.research.to);
    Ok(to.and_then(schedule::last_due_day))
}
