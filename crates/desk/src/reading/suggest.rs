//! The return that marks and ticks suggest, place by place: the reviewer changes it before it is
//! sent.

use super::labels::label;
use luguo_domain::{
    claim,
    marks::{ClaimVerdict, Tick},
    release::Revision,
};
use luguo_store::StoredMark;

/// One line a place, in the order of the form: what the marks say, and the claims that were not
/// proved and have no mark of their own.
pub(super) fn suggest(revision: &Revision, marks: &[StoredMark], ticks: &[Tick]) -> String {
    let mut lines: Vec<String> = marks
        .iter()
        .filter(|stored| stored.shared && stored.revision == revision.number)
        .map(|stored| {
            format!(
                "{}：{}",
                label(&stored.mark.place, revision),
                stored.mark.words
            )
        })
        .collect();
    for needed in claim::needed(&revision.declaration) {
        let verdict = ticks
            .iter()
            .find(|tick| tick.claim == needed.claim)
            .map(|tick| tick.verdict);
        let said = |words: &str| {
            lines
                .iter()
                .any(|line| line.starts_with(&format!("{}：", words)))
        };
        let line = match verdict {
            Some(ClaimVerdict::NotProved) => "所附材料没有证明这一项，请补充。",
            Some(ClaimVerdict::Unclear) => "所附材料看不清楚，请重新扫描。",
            Some(ClaimVerdict::Proved) | None => continue,
        };
        if !said(&needed.label) {
            lines.push(format!("{}：{line}", needed.label));
        }
    }
    (1..)
        .zip(lines)
        .map(|(number, line)| format!("{number}. {line}\n"))
        .collect()
}
