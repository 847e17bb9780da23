//! 附件1: the form as the typesetter's data, field by field in the notice's order.

use super::{
    fault::PaperFault,
    marked::Marked,
    press::{Paper, Press},
    stamp::Stamp,
};
use chrono::NaiveDate;
use luguo_domain::{
    Declaration,
    form::{
        CooperationMode, IntellectualProperty, ProjectEntry, ResearchBasis, Researcher, RightKind,
        UnitInfo, UnitNature,
        fields::{CATALOGUE, FieldEntry},
    },
};
use serde_json::{Value, json};

/// The promise above the signature. The annex prints its own; this is its substance in plain
/// words until the printed form is at hand.
const PROMISE: &str = "本单位（本人）郑重承诺：本表所填内容及所附佐证材料真实、准确、完整，成果权属清晰，不存在知识产权纠纷，未违反科研诚信和科技伦理要求；如有不实，愿承担相应责任。";

impl Press {
    /// Typesets annex 1, `marked` when it is classified.
    ///
    /// # Errors
    /// [`PaperFault`] when the typesetter refuses.
    pub fn form(
        &self,
        form: &Declaration,
        stamp: &Stamp,
        marked: Option<&Marked>,
    ) -> Result<Paper, PaperFault> {
        let data = data(form, stamp);
        self.print("form-sheet.typ", &data, stamp, Vec::new(), true, marked)
    }
}

/// The form as data.
pub(super) fn data(form: &Declaration, stamp: &Stamp) -> Value {
    let fields: Vec<_> = CATALOGUE
        .iter()
        .map(|entry| {
            json!({
                "number": entry.number,
                "label": entry.label,
                "parts": parts(form, entry),
            })
        })
        .collect();
    json!({
        "title": "山东省重大科技成果征集表",
        "author": form.units.first().map_or("", |unit| unit.name.as_str()),
        "stamp": stamp.data(),
        "fields": fields,
    })
}

fn parts(form: &Declaration, entry: &FieldEntry) -> Vec<Value> {
    match entry.number {
        1 => vec![words(&form.name)],
        2 => vec![one(
            entry,
            form.field.map(|field| field.code()),
            &form.field_other,
        )],
        3 => vec![one(entry, form.kind.map(|kind| kind.code()), "")],
        4 => vec![one(entry, form.level.map(|level| level.code()), "")],
        5 => vec![
            one(entry, form.research.basis.map(ResearchBasis::code), ""),
            words(&format!(
                "{} — {}",
                day(form.research.from),
                day(form.research.to)
            )),
        ],
        6 => {
            let mut parts = vec![words(&form.rights_text)];
            if !form.rights.is_empty() {
                parts.push(rights(&form.rights));
            }
            parts
        }
        7 => {
            let chosen: Vec<_> = form.right_kinds.iter().map(|kind| kind.code()).collect();
            vec![choices(entry, &chosen, "")]
        }
        8 => vec![
            yes_no(entry, form.publicity.published),
            words(&form.publicity.detail),
        ],
        9 => vec![projects(&form.projects)],
        10 => {
            let numbers: Vec<_> = (1..)
                .zip(&form.projects)
                .map(|(n, entry)| match form.projects.len() {
                    1 => entry.number.clone(),
                    _ => format!("{n}. {}", entry.number),
                })
                .collect();
            vec![words(&numbers.join("\n"))]
        }
        11 => units(&form.units, "完成单位"),
        12 => {
            let mut parts = vec![
                words("是否与完成单位一致："),
                yes_no(entry, form.ownership.same_as_units),
            ];
            if form.ownership.same_as_units == Some(false) {
                parts.extend(units(&form.ownership.holders, "权属单位"));
            }
            parts
        }
        13 => vec![one(
            entry,
            form.maturity.map(|maturity| maturity.code()),
            "",
        )],
        14 => vec![yes_no(entry, form.needs_transfer)],
        15 => vec![words(&form.policy_needs)],
        16 => {
            let chosen: Vec<_> = form
                .cooperation
                .iter()
                .copied()
                .map(CooperationMode::code)
                .collect();
            vec![choices(entry, &chosen, &form.cooperation_other)]
        }
        17 => vec![words(
            &form
                .funding
                .map(|amount| amount.normalize().to_string())
                .unwrap_or_default(),
        )],
        18 => vec![words(&form.funding_use)],
        19 => vec![yes_no(entry, form.consent_to_publish)],
        20 => vec![words(&form.summary)],
        21 => vec![people(&form.researchers)],
        _ => vec![json!({
            "kind": "signature",
            "promise": [PROMISE],
            "who": "法定代表人、单位负责人或本人",
            "name": form.commitment.signatory,
            "date": day(form.commitment.signed_on),
        })],
    }
}

fn words(words: &str) -> Value {
    json!({ "kind": "words", "words": words })
}

/// A day with places to write where it is not known.
fn day(day: Option<NaiveDate>) -> String {
    day.map_or_else(
        || "　　　年　　月　　日".to_owned(),
        |day| day.format("%Y年%-m月%-d日").to_string(),
    )
}

fn one(entry: &FieldEntry, chosen: Option<&str>, other: &str) -> Value {
    choices(entry, chosen.as_slice(), other)
}

/// Every option in the notice's order; 其它 with its words in brackets, as on the form.
fn choices(entry: &FieldEntry, chosen: &[&str], other: &str) -> Value {
    let options: Vec<_> = (entry.options)()
        .into_iter()
        .map(|(code, label)| option(label, chosen.contains(&code), code == "other", other))
        .collect();
    json!({ "kind": "choices", "options": options })
}

fn option(label: &str, on: bool, is_other: bool, other: &str) -> Value {
    let label = match (is_other, other.trim()) {
        (true, "") => format!("{label}(　　　　)"),
        (true, other) => format!("{label}({other})"),
        (false, _) => label.to_owned(),
    };
    json!({ "label": label, "on": on })
}

fn yes_no(entry: &FieldEntry, answer: Option<bool>) -> Value {
    let chosen = answer.map(|yes| if yes { "true" } else { "false" });
    choices(entry, chosen.as_slice(), "")
}

fn rights(rights: &[IntellectualProperty]) -> Value {
    let rows: Vec<_> = (1..)
        .zip(rights)
        .map(|(n, right): (u32, _)| {
            [
                n.to_string(),
                right
                    .kind
                    .map(RightKind::label)
                    .unwrap_or_default()
                    .to_owned(),
                right.title.clone(),
                right.number.clone(),
                right.owners.join("、"),
                right
                    .date
                    .map(|date| date.format("%Y-%m-%d").to_string())
                    .unwrap_or_default(),
            ]
        })
        .collect();
    json!({
        "kind": "table",
        "heads": ["序号", "类型", "名称", "编号", "权利人", "日期"],
        "widths": [0.6, 1.0, 1.9, 2.1, 1.6, 1.3],
        "rows": rows,
    })
}

fn projects(projects: &[ProjectEntry]) -> Value {
    let rows: Vec<_> = (1..)
        .zip(projects)
        .map(|(n, entry): (u32, _)| {
            [
                n.to_string(),
                entry
                    .level
                    .map(|level| level.label())
                    .unwrap_or_default()
                    .to_owned(),
                entry
                    .category
                    .map(|category| category.label())
                    .unwrap_or_default()
                    .to_owned(),
                entry.name.clone(),
            ]
        })
        .collect();
    json!({
        "kind": "table",
        "heads": ["序号", "级别", "类别", "名称"],
        "widths": [0.5, 0.8, 0.8, 4.0],
        "rows": rows,
    })
}

fn people(people: &[Researcher]) -> Value {
    let mut rows: Vec<_> = people
        .iter()
        .map(|person| {
            [
                person.name.clone(),
                person
                    .gender
                    .map(|gender| gender.label())
                    .unwrap_or_default()
                    .to_owned(),
                person.born.clone(),
                person.title.clone(),
                person.unit.clone(),
            ]
        })
        .collect();
    // The form prints three rows.
    rows.resize_with(rows.len().max(3), Default::default);
    json!({
        "kind": "table",
        "heads": ["姓名", "性别", "出生年月", "职务/职称/学历", "工作单位"],
        "widths": [1.0, 0.6, 1.0, 1.6, 2.0],
        "rows": rows,
    })
}

fn units(units: &[UnitInfo], what: &str) -> Vec<Value> {
    let empty = [UnitInfo::default()];
    let units = if units.is_empty() { &empty } else { units };
    (1..)
        .zip(units)
        .map(|(n, unit): (u32, _)| {
            let natures: Vec<_> = UnitNature::ALL
                .iter()
                .map(|nature| {
                    option(
                        nature.label(),
                        unit.nature == Some(*nature),
                        *nature == UnitNature::Other,
                        &unit.nature_other,
                    )
                })
                .collect();
            let line = |label: &str, words: &str, wide: bool| json!({ "label": label, "words": words, "wide": wide });
            json!({
                "kind": "pairs",
                "title": format!("{what} {n}"),
                "rows": [
                    line("单位名称", &unit.name, true),
                    { "label": "单位性质", "options": natures, "wide": true },
                    line("联系人", &unit.contact, false),
                    line("联系电话", &unit.phone, false),
                    line("邮箱", &unit.email, true),
                    line("通讯地址", &unit.address, true),
                ],
            })
        })
        .collect()
}
