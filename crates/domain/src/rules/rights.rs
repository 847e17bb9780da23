//! Fields 6 to 8: rights, their kinds, publicity.

use super::{
    numbers::{
        PatentOddity, PublicationFault, check_publication, fold, is_layout, is_software,
        is_standard, is_variety, patent_check_digit, patent_kind, patent_oddity,
    },
    report::Report,
};
use crate::{Declaration, form::RightKind};
use chrono::{Datelike as _, NaiveDate};
use std::collections::BTreeMap;

pub(super) fn check(form: &Declaration, today: NaiveDate, report: &mut Report) {
    rights(form, today, report);
    kinds(form, report);
    report.chosen(
        form.publicity.published,
        "publicity.published",
        "附件1 第8项",
        "成果是否已在公开媒体宣传",
    );
    if form.publicity.published == Some(true) {
        report.required(
            &form.publicity.detail,
            "publicity.detail",
            "附件1 第8项",
            "宣传的时间和媒体",
        );
    }
}

fn rights(form: &Declaration, today: NaiveDate, report: &mut Report) {
    let clause = "一（二）";
    let mut seen = BTreeMap::new();
    for (n, right) in form.rights.iter().enumerate() {
        let at = |name: &str| format!("rights[{n}].{name}");
        report.chosen(right.kind, at("kind"), clause, "知识产权类型");
        report.required(&right.title, at("title"), clause, "知识产权名称");
        report.required(&right.number, at("number"), clause, "知识产权编号");
        if right.owners.iter().all(|owner| owner.trim().is_empty()) {
            report.required("", at("owners"), clause, "权利人");
        }
        report.chosen(right.date, at("date"), clause, "授权（登记、发布）日期");
        if right.date.is_some_and(|date| date > today) {
            report.mandatory(
                "right.date_in_future",
                at("date"),
                clause,
                "授权（登记、发布）日期晚于今天。",
                "请按证书填写日期。",
            );
        }
        if let (Some(date), Some(from)) = (right.date, form.research.from)
            && date < from
        {
            report.verify(
                "right.date_before_research",
                at("date"),
                clause,
                "这一项的日期早于成果研究开始日期。",
                "请核对证书和研究时间；确属本成果的请说明。",
            );
        }
        if !right.number.trim().is_empty()
            && let Some(kind) = right.kind
        {
            number(kind, &right.number, &at("number"), today, report);
        }
        let folded = fold(&right.number);
        // “无” and “申请中” are no numbers: only what has a digit can stand twice.
        if folded.chars().any(char::is_numeric)
            && let Some(first) = seen.insert(folded, n)
        {
            report.mandatory(
                "right.number_twice",
                at("number"),
                "二（一）",
                format!("与第 {} 项的编号相同。", first + 1),
                "同一项知识产权只填一次。",
            );
        }
    }
}

/// Judges a number by what its kind of right writes on the certificate.
fn number(kind: RightKind, number: &str, path: &str, today: NaiveDate, report: &mut Report) {
    let clause = "一（二）";
    let mut unusual = |code: &str, example: &str| {
        report.verify(
            code,
            path,
            clause,
            format!("{}的编号写法不常见，应类似 {example}。", kind.label()),
            "请核对证书；确认无误的请说明理由。",
        );
    };
    match kind {
        RightKind::InventionPatent | RightKind::UtilityModel | RightKind::Design => {
            patent(kind, number, path, today, report);
        }
        RightKind::Software if !is_software(number) => {
            unusual("right.software_shape", "2023SR0123456");
        }
        RightKind::PlantAnimalVariety if !is_variety(number) => {
            unusual("right.variety_shape", "CNA20231005874");
        }
        RightKind::CircuitLayout if !is_layout(number) => {
            unusual("right.layout_shape", "BS.155508385");
        }
        RightKind::Standard if !is_standard(number) => {
            unusual("right.standard_shape", "DB37/T 4866—2025");
        }
        RightKind::Publication => match check_publication(number) {
            Ok(()) => {}
            Err(PublicationFault::Doi) => unusual("right.doi_shape", "10.1234/hyhj.2025.0417"),
            Err(PublicationFault::IsbnCheck { expected, .. }) => report.mandatory(
                "right.isbn_check_digit",
                path,
                clause,
                format!("ISBN 最后一位应为 {expected}（按 GB/T 5795 校验规则）。"),
                "请核对版权页上的书号。",
            ),
        },
        RightKind::Software
        | RightKind::PlantAnimalVariety
        | RightKind::CircuitLayout
        | RightKind::Standard
        | RightKind::BiomedicalVariety
        | RightKind::None => {}
    }
}

fn patent(kind: RightKind, number: &str, path: &str, today: NaiveDate, report: &mut Report) {
    let clause = "一（二）";
    match patent_check_digit(number) {
        Some((written, expected)) if written != expected => report.mandatory(
            "right.patent_check_digit",
            path,
            clause,
            format!("专利号最后一位应为 {expected}（按国家知识产权局校验规则）。"),
            "请核对证书上的专利号。",
        ),
        Some(_) => match patent_kind(number) {
            Some(says) if says != kind => report.verify(
                "right.patent_kind",
                path,
                clause,
                format!("按编号这是{}，类型选的是{}。", says.label(), kind.label()),
                "请核对证书，改正类型或编号；确认无误的请说明。",
            ),
            Some(_) | None => oddity(number, path, today, report),
        },
        None => report.verify(
            "right.patent_shape",
            path,
            clause,
            "专利号的位数或写法不常见，应类似 ZL201310699744.2。",
            "请核对证书；确认无误的请说明理由。",
        ),
    }
}

fn oddity(number: &str, path: &str, today: NaiveDate, report: &mut Report) {
    let this_year = u32::try_from(today.year()).unwrap_or_default();
    let message = match patent_oddity(number, this_year) {
        Some(PatentOddity::Year(year)) => {
            format!("专利号里的申请年份是 {year} 年，应在 1985 年到 {this_year} 年之间。")
        }
        Some(PatentOddity::Kind(digit)) => {
            format!(
                "专利号年份后的一位是 {digit}，应为 1、8（发明）、2、9（实用新型）或 3（外观设计）。"
            )
        }
        None => return,
    };
    report.verify(
        "right.patent_shape",
        path,
        "一（二）",
        message,
        "请核对证书；确认无误的请说明理由。",
    );
}

fn kinds(form: &Declaration, report: &mut Report) {
    let clause = "附件1 第7项";
    report.chosen(
        form.right_kinds.first(),
        "right_kinds",
        clause,
        "知识产权类型",
    );
    let none = form.right_kinds.contains(&RightKind::None);
    if none && (form.right_kinds.len() > 1 || !form.rights.is_empty()) {
        report.mandatory(
            "right.none_excludes_others",
            "right_kinds",
            clause,
            "选了“未涉及知识产权”，又填了其他知识产权。",
            "两者只能留一个。",
        );
    }
    if none {
        return;
    }
    for kind in &form.right_kinds {
        if !form.rights.iter().any(|right| right.kind == Some(*kind)) {
            report.mandatory(
                "right.kind_without_right",
                "right_kinds",
                clause,
                format!("选了“{}”，获得知识产权情况里没有这一类。", kind.label()),
                "请补填这一项，或取消选择。",
            );
        }
    }
    for (n, right) in form.rights.iter().enumerate() {
        if let Some(kind) = right.kind
            && !form.right_kinds.contains(&kind)
        {
            report.mandatory(
                "right.kind_not_chosen",
                format!("rights[{n}].kind"),
                clause,
                format!("填了“{}”，知识产权类型里没有选它。", kind.label()),
                "请在知识产权类型里勾选。",
            );
        }
    }
}
