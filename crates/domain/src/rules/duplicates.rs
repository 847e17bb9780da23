//! Once only, clause 二（一）: what another declaration already reports.

use super::report::Report;
use crate::duplicate::{Duplicate, Ground};

const CLAUSE: &str = "二（一）";
const REMEDY: &str = "同一成果只报一次：请与那一份对照，是同一成果的合并，不是的说明理由。";

pub(super) fn check(duplicates: &[Duplicate<'_>], report: &mut Report) {
    for duplicate in duplicates {
        let name = match duplicate.other.name.as_str() {
            "" => "一份还没有名称的成果",
            name => name,
        };
        match &duplicate.ground {
            Ground::RightNumber { place, number } => report.verify(
                "duplicate.right_number",
                format!("rights[{place}].number"),
                CLAUSE,
                format!("“{name}”也填了知识产权 {number}。"),
                REMEDY,
            ),
            Ground::ProjectNumber { place, number } => report.verify(
                "duplicate.project_number",
                format!("projects[{place}].number"),
                CLAUSE,
                format!("“{name}”也填了项目编号 {number}。"),
                REMEDY,
            ),
            Ground::Name { similarity } => report.verify(
                "duplicate.name",
                "name",
                CLAUSE,
                format!("名称与“{name}”相近（相似度 {:.0}%）。", similarity * 100.0),
                REMEDY,
            ),
        }
    }
}
