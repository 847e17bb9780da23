//! Fields 1 to 4.

use super::report::Report;
use crate::{
    Declaration,
    form::{TechnicalField, characters},
};

/// From here on a name is asked about: the form wants it 易于表达、辨识 and gives no number.
const LONGEST_NAME: usize = 40;

pub(super) fn check(form: &Declaration, report: &mut Report) {
    report.required(&form.name, "name", "附件1 第1项", "成果名称");
    let brand = [
        "有限公司",
        "有限责任公司",
        "集团",
        "®",
        "™",
        "（R）",
        "（TM）",
    ];
    if let Some(mark) = brand.iter().find(|mark| form.name.contains(*mark)) {
        report.verify(
            "name.brand",
            "name",
            "附件1 第1项",
            format!("成果名称里有“{mark}”，像是企业或品牌名。"),
            "成果名称应落脚到技术或产品；确需保留的请说明理由。",
        );
    }
    let length = characters(&form.name);
    if length > LONGEST_NAME {
        report.verify(
            "name.long",
            "name",
            "附件1 第1项",
            format!("成果名称有 {length} 字，不易表达和辨识。"),
            format!("建议不超过 {LONGEST_NAME} 字；确需保留的请说明理由。"),
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
