//! A filled field in words: what paper, a comparison and a list show of it.

use super::declaration::{Declaration, UnitInfo};
use chrono::NaiveDate;

/// What stands in field `number` (1 to 22), as a reader would see it; empty while nothing does.
/// Several entries stand on lines of their own.
pub fn in_words(form: &Declaration, number: u8) -> String {
    match number {
        1 => form.name.trim().to_owned(),
        2 => with_other(form.field.map(|field| field.label()), &form.field_other),
        3 => label(form.kind.map(|kind| kind.label())),
        4 => label(form.level.map(|level| level.label())),
        5 => {
            let period = match (form.research.from, form.research.to) {
                (None, None) => String::new(),
                (from, to) => format!("{} — {}", date(from), date(to)),
            };
            joined(
                [
                    label(form.research.basis.map(|basis| basis.label())),
                    period,
                ],
                "，",
            )
        }
        6 => {
            let rights = form.rights.iter().map(|right| {
                joined(
                    [
                        label(right.kind.map(|kind| kind.label())),
                        right.title.trim().to_owned(),
                        right.number.trim().to_owned(),
                        right.owners.join("、"),
                        right.date.map(|day| date(Some(day))).unwrap_or_default(),
                    ],
                    "，",
                )
            });
            joined(
                std::iter::once(form.rights_text.trim().to_owned()).chain(rights),
                "\n",
            )
        }
        7 => joined(
            form.right_kinds.iter().map(|kind| kind.label().to_owned()),
            "、",
        ),
        8 => joined(
            [
                yes_no(form.publicity.published),
                form.publicity.detail.trim().to_owned(),
            ],
            "，",
        ),
        9 => joined(
            form.projects.iter().map(|entry| {
                joined(
                    [
                        label(entry.level.map(|level| level.label())),
                        label(entry.category.map(|category| category.label())),
                        entry.name.trim().to_owned(),
                    ],
                    "，",
                )
            }),
            "\n",
        ),
        10 => joined(
            form.projects
                .iter()
                .map(|entry| entry.number.trim().to_owned()),
            "\n",
        ),
        11 => joined(form.units.iter().map(unit), "\n"),
        12 => joined(
            std::iter::once(match form.ownership.same_as_units {
                Some(true) => "与完成单位一致".to_owned(),
                Some(false) => "与完成单位不一致".to_owned(),
                None => String::new(),
            })
            .chain(form.ownership.holders.iter().map(unit)),
            "\n",
        ),
        13 => label(form.maturity.map(|maturity| maturity.label())),
        14 => yes_no(form.needs_transfer),
        15 => form.policy_needs.trim().to_owned(),
        16 => with_other(
            Some(
                joined(
                    form.cooperation.iter().map(|mode| mode.label().to_owned()),
                    "、",
                )
                .as_str(),
            ),
            &form.cooperation_other,
        ),
        17 => form
            .funding
            .map(|amount| format!("{} 万元", amount.normalize()))
            .unwrap_or_default(),
        18 => form.funding_use.trim().to_owned(),
        19 => yes_no(form.consent_to_publish),
        20 => form.summary.trim().to_owned(),
        21 => joined(
            form.researchers.iter().map(|person| {
                joined(
                    [
                        person.name.trim().to_owned(),
                        label(person.gender.map(|gender| gender.label())),
                        person.born.trim().to_owned(),
                        person.title.trim().to_owned(),
                        person.unit.trim().to_owned(),
                    ],
                    "，",
                )
            }),
            "\n",
        ),
        22 => joined(
            [
                form.commitment.signatory.trim().to_owned(),
                form.commitment
                    .signed_on
                    .map(|day| date(Some(day)))
                    .unwrap_or_default(),
            ],
            "，",
        ),
        _ => String::new(),
    }
}

fn unit(unit: &UnitInfo) -> String {
    joined(
        [
            unit.name.trim().to_owned(),
            with_other(unit.nature.map(|nature| nature.label()), &unit.nature_other),
            unit.contact.trim().to_owned(),
            unit.email.trim().to_owned(),
            unit.phone.trim().to_owned(),
            unit.address.trim().to_owned(),
        ],
        "，",
    )
}

fn label(label: Option<&str>) -> String {
    label.unwrap_or_default().to_owned()
}

fn with_other(label: Option<&str>, other: &str) -> String {
    let label = label.unwrap_or_default();
    match other.trim() {
        "" => label.to_owned(),
        other => format!("{label}（{other}）"),
    }
}

fn yes_no(answer: Option<bool>) -> String {
    label(answer.map(|yes| if yes { "是" } else { "否" }))
}

fn date(day: Option<NaiveDate>) -> String {
    day.map_or_else(
        || "未填".to_owned(),
        |day| day.format("%Y年%-m月%-d日").to_string(),
    )
}

fn joined(parts: impl IntoIterator<Item = String>, between: &str) -> String {
    parts
        .into_iter()
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join(between)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::form::{DeclarationFile, TechnicalField, fields::CATALOGUE, options::ResearchBasis};

    #[test]
    fn an_empty_form_has_no_words() {
        for entry in CATALOGUE {
            assert_eq!(in_words(&Declaration::default(), entry.number), "");
        }
    }

    #[test]
    fn every_field_of_a_complete_form_has_words() {
        let path = concat!(
            env!("CARGO_MANIFEST_DIR"),
            "/../../tests/fixtures/declarations/major-application.json"
        );
        let text = std::fs::read_to_string(path).expect("a fixture");
        let form = DeclarationFile::parse(&text).expect("a form").declaration;
        for entry in CATALOGUE {
            assert_ne!(in_words(&form, entry.number), "", "field {}", entry.number);
        }
    }

    #[test]
    fn other_and_half_a_period_are_told_as_they_stand() {
        let mut form = Declaration {
            field: Some(TechnicalField::Other),
            field_other: "文物保护".to_owned(),
            ..Declaration::default()
        };
        form.research.basis = Some(ResearchBasis::ALL[0]);
        form.research.from = NaiveDate::from_ymd_opt(2025, 3, 1);
        assert!(in_words(&form, 2).ends_with("（文物保护）"));
        assert!(in_words(&form, 5).ends_with("2025年3月1日 — 未填"));
    }
}
