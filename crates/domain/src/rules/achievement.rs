//! Fields 1 to 4.

use super::report::Report;
use crate::{
    Declaration,
    form::{TechnicalField, characters},
};
use unicode_normalization::UnicodeNormalization as _;

/// From here on a name is asked about: the form wants it 易于表达、辨识 and gives no number.
const LONGEST_NAME: usize = 40;

pub(super) fn check(form: &Declaration, report: &mut Report) {
    report.required(&form.name, "name", "附件1 第1项", "成果名称");
    if let Some(mark) = brand_in(&form.name) {
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

/// A company's or a brand's mark in a name, as it is typed.
fn brand_in(name: &str) -> Option<&'static str> {
    // ® and ™ come in brackets too, full or half as wide; NFKC alone would make ™ a plain TM.
    let folded: String = name.nfkc().flat_map(char::to_uppercase).collect();
    let marks = [
        ("公司", folded.contains("公司")),
        ("集团", folded.contains("集团")),
        ("®", name.contains('®') || folded.contains("(R)")),
        ("™", name.contains('™') || folded.contains("(TM)")),
        ("牌", has_trade_name(&folded)),
    ];
    marks
        .into_iter()
        .find_map(|(mark, found)| found.then_some(mark))
}

/// 某某牌, but not a word in which 牌 means a plate, a sign or a medal.
fn has_trade_name(name: &str) -> bool {
    let chars: Vec<char> = name.chars().collect();
    chars.iter().enumerate().any(|(n, c)| {
        let before = n.checked_sub(1).and_then(|n| chars.get(n));
        let after = chars.get(n + 1);
        *c == '牌'
            && before.is_some_and(|c| {
                c.is_alphanumeric() && !"品车名金银铜招铭标门路站吊号指示广告挂打".contains(*c)
            })
            && after.is_none_or(|c| !"照号匾楼坊识".contains(*c))
    })
}

#[cfg(test)]
mod tests {
    use super::brand_in;

    #[test]
    fn a_company_or_brand_in_the_name_is_seen_and_a_plate_or_a_word_is_not() {
        for (name, mark) in [
            ("山东某某有限公司深海浮力球", Some("公司")),
            ("某某集团智能矿山平台", Some("集团")),
            ("海星®浮力材料", Some("®")),
            ("海星(R)浮力材料", Some("®")),
            ("海星（R）浮力材料", Some("®")),
            ("海星™浮力材料", Some("™")),
            ("海星（tm）浮力材料", Some("™")),
            ("海星牌浮力材料", Some("牌")),
            ("车牌识别系统", None),
            ("新能源汽车铭牌打标装置", None),
            ("牌照自动识别终端", None),
            ("ATM 网络交换设备", None),
            ("R 型变压器", None),
            ("深海耐压钛合金浮力球", None),
            ("", None),
        ] {
            assert_eq!(brand_in(name), mark, "{name}");
        }
    }
}
