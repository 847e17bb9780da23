//! A new form from an earlier one: what a team's next achievement has in common with the last.

use super::declaration::Declaration;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A part of the form that a new one may take over.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Part {
    /// Fields 1 to 5, without the name and the period: field, kind, level, basis.
    Achievement,
    /// Fields 6 to 8.
    Rights,
    /// Fields 9 and 10.
    Projects,
    /// Fields 11 and 12.
    Units,
    /// Fields 13 to 19.
    Cooperation,
    /// Field 20.
    Summary,
    /// Field 21.
    Researchers,
}

impl Part {
    /// Every part, in the form's order.
    pub const ALL: [Part; 7] = [
        Part::Achievement,
        Part::Rights,
        Part::Projects,
        Part::Units,
        Part::Cooperation,
        Part::Summary,
        Part::Researchers,
    ];
}

/// A form that has the chosen parts of an earlier one and nothing else. Name, period and the
/// signature are always new; the signatory is taken with the units.
pub fn take_over(from: &Declaration, parts: &[Part]) -> Declaration {
    let mut form = Declaration::default();
    for part in parts {
        match part {
            Part::Achievement => {
                form.field = from.field;
                form.field_other.clone_from(&from.field_other);
                form.kind = from.kind;
                form.level = from.level;
                form.research.basis = from.research.basis;
            }
            Part::Rights => {
                form.rights_text.clone_from(&from.rights_text);
                form.rights.clone_from(&from.rights);
                form.right_kinds.clone_from(&from.right_kinds);
                form.publicity.clone_from(&from.publicity);
            }
            Part::Projects => form.projects.clone_from(&from.projects),
            Part::Units => {
                form.units.clone_from(&from.units);
                form.ownership.clone_from(&from.ownership);
                form.commitment
                    .signatory
                    .clone_from(&from.commitment.signatory);
            }
            Part::Cooperation => {
                form.maturity = from.maturity;
                form.needs_transfer = from.needs_transfer;
                form.policy_needs.clone_from(&from.policy_needs);
                form.cooperation.clone_from(&from.cooperation);
                form.cooperation_other.clone_from(&from.cooperation_other);
                form.funding = from.funding;
                form.funding_use.clone_from(&from.funding_use);
                form.consent_to_publish = from.consent_to_publish;
            }
            Part::Summary => form.summary.clone_from(&from.summary),
            Part::Researchers => form.researchers.clone_from(&from.researchers),
        }
    }
    form
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::form::DeclarationFile;

    fn complete() -> Declaration {
        let path = concat!(
            env!("CARGO_MANIFEST_DIR"),
            "/../../tests/fixtures/declarations/key-technology.json"
        );
        let text = std::fs::read_to_string(path).expect("a fixture");
        DeclarationFile::parse(&text).expect("a form").declaration
    }

    #[test]
    fn name_period_and_signature_are_never_taken_over() {
        let form = take_over(&complete(), &Part::ALL);
        assert_eq!(form.name, "");
        assert_eq!((form.research.from, form.research.to), (None, None));
        assert_eq!(form.commitment.signed_on, None);
        assert_eq!(form.units, complete().units);
        assert_eq!(form.researchers, complete().researchers);
    }

    #[test]
    fn only_the_chosen_parts_are_taken_over() {
        let form = take_over(&complete(), &[Part::Projects]);
        let expected = Declaration {
            projects: complete().projects,
            ..Declaration::default()
        };
        assert_eq!(form, expected);
    }
}
