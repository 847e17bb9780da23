//! Fields 1 to 4.

use super::report::Report;
use crate::{Declaration, form::TechnicalField};

pub(super) fn check(form: &Declaration, report: &mut Report) {
    report.required(&form.name, "name", "附件1 第1项", "成果名称");
    let brand = ["有限公司", "有限责任公司", "集团", "®", "™"];
    if let Some(mark) = brand.iter().find(|mark| form.name.contains(*mark)) {
        report.verify(
            "name.brand",
            "name",
            "附件1 第1项",
            format!("成果名称里有“{mark}”，像是企业或品牌名。"),
            "成果名称应落脚到技术或产品；确需保留的请说明理由。",
        );
    }
    report.chosen(form.field, "field", "附件1 第2项", "技术领域");
    if form.field == Some(TechnicalField::Other) {
        report.required(
            &form.field_other,
            "field_other",
            "附件1 第2项",
            "技术领域：其它",
        );
    }
    report.chosen(form.kind, "kind", "一（二）", "成果类型");
    report.chosen(form.level, "level", "附件1 第4项", "成果水平");
}
