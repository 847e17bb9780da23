//! Field 20: the summary, at most 1000 字.

use super::report::Report;
use crate::{Declaration, form::characters};

/// The limit of field 20.
const LIMIT: usize = 1000;

pub(super) fn check(form: &Declaration, report: &mut Report) {
    report.required(&form.summary, "summary", "附件1 第20项", "成果简介");
    let count = characters(&form.summary);
    if count > LIMIT {
        report.mandatory(
            "summary.too_long",
            "summary",
            "附件1 第20项",
            format!("成果简介有 {count} 字，超过 {LIMIT} 字。"),
            format!("请删去 {} 字；细节可作为佐证材料附上。", count - LIMIT),
        );
    }
}
