//! The reminder on the desktop: how many things are due, never which, and that a backup is. The window asks at most
//! once a day; with nothing pressing it stays quiet.

use crate::{care, desk::Desk, today};
use luguo_ipc::{Failure, RemindedView, TodayKind, TodayView};

/// Days before the 10th from which drafts are spoken of.
const CLOSE: u32 = 3;

pub(crate) fn remind(desk: &Desk) -> Result<RemindedView, Failure> {
    let backup = care::view(desk, &desk.vault()?)?.backup_due.is_some();
    let words = words(&today::show(desk)?, backup);
    if let Some(words) = &words {
        desk.host.notices.show("鲁果", words);
    }
    Ok(RemindedView {
        told: words.is_some(),
    })
}

/// What is said; `None` when nothing is pressing.
fn words(today: &TodayView, backup: bool) -> Option<String> {
    let count = |kind| today.items.iter().filter(|item| item.kind == kind).count();
    let parts: Vec<String> = [
        (TodayKind::Returned, "退回待修改"),
        (TodayKind::Review, "待审核"),
        (TodayKind::Unsent, "通过后未送达"),
        (TodayKind::Expiring, "两年期限将到"),
    ]
    .into_iter()
    .map(|(kind, what)| (count(kind), what))
    .filter(|(count, _)| *count > 0)
    .map(|(count, what)| format!("{what} {count} 项"))
    .collect();
    let drafts = count(TodayKind::Draft);
    let mut said = Vec::new();
    if !parts.is_empty() {
        said.push(format!("{}。", parts.join("，")));
    }
    if drafts > 0 && today.days <= CLOSE {
        said.push(match today.days {
            0 => format!("今天是本期截止日，还有 {drafts} 份草稿在填。"),
            days => format!("本期还有 {days} 天截止，{drafts} 份草稿在填。"),
        });
    }
    if backup {
        said.push("保管库该备份了。".to_owned());
    }
    (!said.is_empty()).then(|| said.concat())
}

#[cfg(test)]
mod tests {
    use super::*;
    use luguo_domain::DeclarationId;
    use luguo_ipc::TodayItemView;
    use uuid::Uuid;

    fn today(days: u32, kinds: &[TodayKind]) -> TodayView {
        TodayView {
            today: String::new(),
            due: String::new(),
            days,
            items: kinds
                .iter()
                .map(|kind| TodayItemView {
                    kind: *kind,
                    declaration: DeclarationId(Uuid::nil()),
                    name: "深海浮力球".to_owned(),
                    sentence: "王敏送来审核。".to_owned(),
                    due: String::new(),
                })
                .collect(),
        }
    }

    #[test]
    fn a_reminder_counts_and_names_nothing() {
        let kinds = [TodayKind::Returned, TodayKind::Unsent, TodayKind::Returned];
        let said = words(&today(9, &kinds), false).unwrap_or_default();
        assert_eq!(said, "退回待修改 2 项，通过后未送达 1 项。");
        assert!(!said.contains("浮力球"));
    }

    #[test]
    fn drafts_are_spoken_of_shortly_before_the_tenth_only() {
        let drafts = [TodayKind::Draft, TodayKind::Draft];
        assert_eq!(words(&today(4, &drafts), false), None);
        let said = words(&today(3, &drafts), false).unwrap_or_default();
        assert_eq!(said, "本期还有 3 天截止，2 份草稿在填。");
        let said = words(&today(0, &drafts), false).unwrap_or_default();
        assert!(said.starts_with("今天是本期截止日"), "{said}");
    }

    #[test]
    fn with_nothing_due_nothing_is_said() {
        assert_eq!(words(&today(0, &[]), false), None);
    }

    #[test]
    fn a_backup_that_is_due_is_spoken_of() {
        let said = words(&today(9, &[]), true).unwrap_or_default();
        assert_eq!(said, "保管库该备份了。");
    }
}
