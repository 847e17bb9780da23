//! Field 5: the period and the two years of clause 一（二）.

use super::{report::Report, schedule::collection_month};
use crate::Declaration;
use chrono::{Months, NaiveDate};

pub(super) fn check(form: &Declaration, today: NaiveDate, report: &mut Report) {
    let clause = "一（二）";
    report.chosen(
        form.research.basis,
        "research.basis",
        clause,
        "成果研究时间",
    );
    report.chosen(form.research.from, "research.from", clause, "研究开始日期");
    report.chosen(form.research.to, "research.to", clause, "研究结束日期");
    if let (Some(from), Some(to)) = (form.research.from, form.research.to)
        && to < from
    {
        report.mandatory(
            "period.end_before_start",
            "research.to",
            clause,
            "研究结束日期早于开始日期。",
            "请核对两个日期，结束日期不早于开始日期。",
        );
    }
    let Some(to) = form.research.to else {
        return;
    };
    if to > today {
        report.mandatory(
            "period.end_in_future",
            "research.to",
            clause,
            "研究结束日期晚于今天。",
            "成果应已形成，请填写实际结束日期。",
        );
    }
    let earliest = collection_month(today) - Months::new(24);
    if to < earliest {
        report.verify(
            "period.older_than_two_years",
            "research.to",
            clause,
            format!(
                "研究结束日期早于征集时点前两年（{}）。",
                earliest.format("%Y年%-m月%-d日")
            ),
            "征集的是近两年内形成的成果；仍符合要求的请说明理由。",
        );
    }
}
