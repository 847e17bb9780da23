//! Fields 9 and 10: clause 一（一）, the achievement comes from a national or provincial
//! project, platform, talent programme or enterprise.

use super::report::Report;
use crate::{Declaration, duplicate::fold_number};

pub(super) fn check(form: &Declaration, report: &mut Report) {
    let clause = "一（一）";
    if form.projects.is_empty() {
        report.mandatory(
            "project.none",
            "projects",
            clause,
            "还没有填写依托的项目、平台、人才或企业。",
            "至少填写一项国家级或省级项目、平台、人才或企业。",
        );
    }
    for (n, entry) in form.projects.iter().enumerate() {
        let number = fold_number(&entry.number);
        if number.chars().any(char::is_numeric)
            && let Some(first) = form.projects[..n]
                .iter()
                .position(|other| fold_number(&other.number) == number)
        {
            report.verify(
                "project.number_twice",
                format!("projects[{n}].number"),
                clause,
                format!("与第 {} 项的编号相同。", first + 1),
                "同一项目只填一次；确为不同项目的请说明。",
            );
        }
        let at = |name: &str| format!("projects[{n}].{name}");
        report.chosen(entry.category, at("category"), clause, "类别");
        report.chosen(entry.level, at("level"), clause, "级别");
        report.required(&entry.name, at("name"), clause, "项目（平台、人才）名称");
        report.required(
            &entry.number,
            at("number"),
            clause,
            "项目编号或平台、人才立项文件号",
        );
    }
}
