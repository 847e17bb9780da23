//! The reminder on the desktop: how many things are due, never which. The window asks at most
//! once a day; with nothing pressing it stays quiet.

use crate::{desk::Desk, today};
use luguo_ipc::{Failure, RemindedView, TodayKind, TodayView};

/// Days before the 10th from which drafts are spoken of.
const CLOSE: u32 = 3;

pub(crate) fn remind(desk: &Desk) -> Result<RemindedView, Failure> {
    let words = words(&today::show(desk)?);
    if let Some(words) = &words {
        desk.host.notices.show("鲁果", words);
    }
    Ok(RemindedView {
        told: words.is_some(),
    })
}

/// What is said; `None` when nothing is pressing.
fn words(today: &TodayView) -> Option<String> {
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
        let said = words(&today(9, &kinds)).unwrap_or_default();
        assert_eq!(said, "退回待修改 2 项，通过后未送达 1 项。");
        assert!(!said.contains("浮力球"));
    }

    #[test]
    fn drafts_are_spoken_of_shortly_before_the_tenth_only() {
        let drafts = [TodayKind::Draft, TodayKind::Draft];
        assert_eq!(words(&today(4, &drafts)), None);
        let said = words(&today(3, &drafts)).unwrap_or_default();
        assert_eq!(said, "本期还有 3 天截止，2 份草稿在填。");
        let said = words(&today(0, &drafts)).unwrap_or_default();
        assert!(said.starts_with("今天是本期截止日"), "{said}");
    }

    #[test]
    fn with_nothing_due_nothing_is_said() {
        assert_eq!(words(&today(0, &[])), None);
    }
}
