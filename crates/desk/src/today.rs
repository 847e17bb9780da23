//! What is due: this month's 10th, what came back, what waits, windows that close.

use crate::{desk::Desk, failure};
use chrono::NaiveDate;
use luguo_domain::{Role, State, rules::schedule};
use luguo_ipc::{Failure, TodayItemView, TodayKind, TodayView};
use luguo_store::{DeclarationRow, Vault};

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
    }
    items.sort_by_key(|item| (item.due.clone(), item.kind as u8));
    Ok(TodayView {
        today: today.to_string(),
        due: due.to_string(),
        days: schedule::days_to_deadline(today),
        items,
    })
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
            "单位已通过，还没有送达，请到“传输”里查看原因。".to_owned(),
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
