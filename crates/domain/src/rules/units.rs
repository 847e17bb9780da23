//! Fields 11 and 12: completing units and rights holders.

use super::{
    numbers::{is_email, is_phone},
    report::Report,
};
use crate::{
    Declaration,
    form::{UnitInfo, UnitNature},
};
use unicode_normalization::UnicodeNormalization as _;

pub(super) fn check(form: &Declaration, registered: Option<&str>, report: &mut Report) {
    let clause = "一（二）";
    if form.units.is_empty() {
        report.mandatory(
            "unit.none",
            "units",
            clause,
            "还没有填写成果完成单位。",
            "至少填写一个完成单位，第一个为填报单位。",
        );
    }
    if let (Some(first), Some(registered)) = (form.units.first(), registered)
        && !first.name.trim().is_empty()
        && fold(&first.name) != fold(registered)
    {
        report.verify(
            "unit.name_not_registered",
            "units[0].name",
            clause,
            format!(
                "第一完成单位“{}”与本单位登记的名称“{registered}”不同。",
                first.name.trim()
            ),
            "单位名称应与登记证书、公章一致；由别的单位牵头的请说明。",
        );
    }
    for (n, unit) in form.units.iter().enumerate() {
        one(unit, &format!("units[{n}]"), report);
    }
    for (n, unit) in form.units.iter().enumerate() {
        let name = fold(&unit.name);
        if !name.is_empty()
            && let Some(first) = form.units[..n]
                .iter()
                .position(|other| fold(&other.name) == name)
        {
            report.mandatory(
                "unit.twice",
                format!("units[{n}].name"),
                clause,
                format!("与第 {} 个完成单位相同。", first + 1),
                "每个完成单位只填一次。",
            );
        }
    }
    report.chosen(
        form.ownership.same_as_units,
        "ownership.same_as_units",
        clause,
        "权属单位是否与完成单位一致",
    );
    match form.ownership.same_as_units {
        Some(false) if form.ownership.holders.is_empty() => report.mandatory(
            "ownership.no_holder",
            "ownership.holders",
            clause,
            "权属单位与完成单位不一致，还没有填写权属单位。",
            "请填写至少一个权属单位。",
        ),
        Some(true) if !form.ownership.holders.is_empty() => report.mandatory(
            "ownership.holder_not_wanted",
            "ownership.holders",
            clause,
            "权属单位与完成单位一致，又另填了权属单位。",
            "请删除权属单位，或改选“否”。",
        ),
        Some(_) | None => {}
    }
    for (n, unit) in form.ownership.holders.iter().enumerate() {
        one(unit, &format!("ownership.holders[{n}]"), report);
    }
}

/// A name without spaces, with brackets of one width.
fn fold(name: &str) -> String {
    name.nfkc().filter(|c| !c.is_whitespace()).collect()
}

fn one(unit: &UnitInfo, path: &str, report: &mut Report) {
    let clause = "附件1 第11项";
    let at = |name: &str| format!("{path}.{name}");
    report.required(&unit.name, at("name"), clause, "单位名称");
    report.chosen(unit.nature, at("nature"), clause, "单位性质");
    if unit.nature == Some(UnitNature::Other) {
        report.required(
            &unit.nature_other,
            at("nature_other"),
            clause,
            "单位性质：其它",
        );
    }
    report.required(&unit.contact, at("contact"), clause, "联系人");
    report.required(&unit.phone, at("phone"), clause, "联系电话");
    report.required(&unit.email, at("email"), clause, "邮箱");
    report.required(&unit.address, at("address"), clause, "通讯地址");
    if !unit.email.trim().is_empty() && !is_email(&unit.email) {
        report.verify(
            "unit.email_shape",
            at("email"),
            clause,
            "邮箱的写法不常见。",
            "请核对，应类似 name@unit.cn；确认无误的请说明理由。",
        );
    }
    if !unit.phone.trim().is_empty() && !is_phone(&unit.phone) {
        report.verify(
            "unit.phone_shape",
            at("phone"),
            clause,
            "联系电话的位数不常见。",
            "请填写手机号，或带区号的座机号；确认无误的请说明理由。",
        );
    }
}
