//! Fields 21 and 22: researchers and the commitment.

use super::report::Report;
use crate::Declaration;
use chrono::NaiveDate;

/// Rows on the form.
const MOST: usize = 3;

pub(super) fn check(form: &Declaration, today: NaiveDate, report: &mut Report) {
    let clause = "附件1 第21项";
    if form.researchers.is_empty() {
        report.mandatory(
            "researcher.none",
            "researchers",
            clause,
            "还没有填写主要研制人员。",
            "请填写 1 至 3 人。",
        );
    }
    if form.researchers.len() > MOST {
        report.mandatory(
            "researcher.too_many",
            format!("researchers[{MOST}]"),
            clause,
            format!(
                "主要研制人员有 {} 人，超过 {MOST} 人。",
                form.researchers.len()
            ),
            "请只保留最主要的 3 人。",
        );
    }
    let same = |a: &str, b: &str| {
        let plain =
            |text: &str| -> String { text.chars().filter(|c| !c.is_whitespace()).collect() };
        !plain(a).is_empty() && plain(a) == plain(b)
    };
    for (n, person) in form.researchers.iter().enumerate() {
        if form.researchers[..n]
            .iter()
            .any(|other| same(&other.name, &person.name) && other.born == person.born)
        {
            report.mandatory(
                "researcher.twice",
                format!("researchers[{n}].name"),
                clause,
                format!("“{}”填了两次。", person.name.trim()),
                "每人只填一次，空出的位置可以填其他主要人员。",
            );
        }
        let unit = person.unit.trim();
        if !unit.is_empty()
            && !form.units.is_empty()
            && !form
                .units
                .iter()
                .chain(&form.ownership.holders)
                .any(|other| {
                    let name = other.name.trim();
                    !name.is_empty() && (unit.contains(name) || name.contains(unit))
                })
        {
            report.verify(
                "researcher.unit_not_listed",
                format!("researchers[{n}].unit"),
                clause,
                format!("“{}”的工作单位不在完成单位里。", person.name.trim()),
                "请核对单位名称；确属外单位人员的请说明。",
            );
        }
        let at = |name: &str| format!("researchers[{n}].{name}");
        report.required(&person.name, at("name"), clause, "姓名");
        report.chosen(person.gender, at("gender"), clause, "性别");
        report.required(&person.title, at("title"), clause, "职务/职称/学历");
        report.required(&person.unit, at("unit"), clause, "工作单位");
        if !is_month_before(&person.born, today) {
            report.mandatory(
                "researcher.born",
                at("born"),
                clause,
                "出生年月没有填写或不成立。",
                "请按“1980-05”的样子填写年和月。",
            );
        }
    }
    report.required(
        &form.commitment.signatory,
        "commitment.signatory",
        "附件1 第22项",
        "承诺签字人",
    );
    if let (Some(signed), Some(end)) = (form.commitment.signed_on, form.research.to)
        && signed < end
    {
        report.verify(
            "commitment.signed_before_end",
            "commitment.signed_on",
            "附件1 第22项",
            "承诺的签字日期早于研究结束日期。",
            "请核对两个日期；确实如此的请说明。",
        );
    }
    if form.commitment.signed_on.is_some_and(|day| day > today) {
        report.mandatory(
            "commitment.signed_in_future",
            "commitment.signed_on",
            "附件1 第22项",
            "承诺的签字日期晚于今天。",
            "请按签字页填写日期。",
        );
    }
}

fn is_month_before(text: &str, today: NaiveDate) -> bool {
    text.len() == 7
        && format!("{text}-01")
            .parse::<NaiveDate>()
            .is_ok_and(|day| day < today && day.format("%Y").to_string().as_str() >= "1900")
}
