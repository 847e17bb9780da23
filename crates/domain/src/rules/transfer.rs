//! Fields 13 to 19: maturity, transfer, cooperation, consent.

use super::report::Report;
use crate::{Declaration, form::CooperationMode};
use rust_decimal::Decimal;

pub(super) fn check(form: &Declaration, report: &mut Report) {
    report.chosen(form.maturity, "maturity", "附件1 第13项", "技术成熟度");
    report.chosen(
        form.needs_transfer,
        "needs_transfer",
        "附件1 第14项",
        "成果是否需要进一步转化",
    );
    if form.needs_transfer == Some(true) && form.cooperation.is_empty() {
        report.verify(
            "transfer.no_mode",
            "cooperation",
            "附件1 第16项",
            "需要进一步转化，还没有选合作方式。",
            "请选择合作方式，便于对接；还没有想法的请说明。",
        );
    }
    if form.cooperation.contains(&CooperationMode::Other) {
        report.required(
            &form.cooperation_other,
            "cooperation_other",
            "附件1 第16项",
            "合作方式：其他",
        );
    }
    if form.funding.is_some_and(|amount| amount < Decimal::ZERO) {
        report.mandatory(
            "funding.negative",
            "funding",
            "附件1 第17项",
            "需合作方投入资金小于 0。",
            "请填写 0 或大于 0 的数，单位为万元。",
        );
    }
    if form.funding.is_some_and(|amount| amount > Decimal::ZERO)
        && form.funding_use.trim().is_empty()
    {
        report.verify(
            "funding.use_missing",
            "funding_use",
            "附件1 第18项",
            "填了投入资金，还没有写资金用途。",
            "请填写资金用途，或说明理由。",
        );
    }
    report.chosen(
        form.consent_to_publish,
        "consent_to_publish",
        "二（五）",
        "是否同意公开发布",
    );
}
