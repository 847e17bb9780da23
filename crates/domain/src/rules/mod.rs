//! The rules with their clause: findings in two tiers, and what to do about each.
//!
//! A rule looks at the form, the evidence list and the day it is given; it never blocks typing
//! or saving. The same rules run on the desk and at the endpoint.

mod achievement;
#[cfg(test)]
mod around_tests;
pub mod catalogue;
mod credit_code;
mod duplicates;
mod elsewhere;
mod evidence;
pub mod finding;
#[cfg(test)]
mod formal_tests;
pub mod numbers;
mod people;
mod period;
mod prize;
mod projects;
mod report;
mod rights;
pub mod schedule;
mod summary;
#[cfg(test)]
mod tests;
mod transfer;
mod units;

pub use catalogue::{CATALOGUE, Rule, rule};
pub use credit_code::{CreditCodeFault, check_credit_code};
pub use finding::{Answer, Finding, Tier};
pub use schedule::{collection_month, days_to_deadline};

use crate::{Declaration, duplicate::Duplicate, evidence::EvidenceItem, prints::Elsewhere};
use chrono::NaiveDate;
use report::Report;

/// What a rule may look at beside the form.
#[derive(Debug, Clone, Copy)]
pub struct Surroundings<'a> {
    /// The day the rules are run for; decides the collection month.
    pub today: NaiveDate,
    /// The evidence attached so far.
    pub evidence: &'a [EvidenceItem],
    /// The reporting unit as registered in the vault, where that is known.
    pub registered_unit: Option<&'a str>,
    /// Other declarations that may be the same achievement, as
    /// [`duplicate::likely`](crate::duplicate::likely) finds them.
    pub duplicates: &'a [Duplicate<'a>],
    /// What the endpoint told of achievements that it already received, when it was asked.
    pub elsewhere: Option<&'a Elsewhere>,
}

impl<'a> Surroundings<'a> {
    /// The day and the evidence; nothing known of the unit or of other declarations.
    pub fn on(today: NaiveDate, evidence: &'a [EvidenceItem]) -> Self {
        Self {
            today,
            evidence,
            registered_unit: None,
            duplicates: &[],
            elsewhere: None,
        }
    }

    /// With the reporting unit's registered name.
    #[must_use]
    pub fn registered(self, unit: &'a str) -> Self {
        Self {
            registered_unit: Some(unit),
            ..self
        }
    }

    /// With the likely duplicates.
    #[must_use]
    pub fn beside(self, duplicates: &'a [Duplicate<'a>]) -> Self {
        Self { duplicates, ..self }
    }
}

impl<'a> Surroundings<'a> {
    /// With the endpoint's answer.
    #[must_use]
    pub fn told(self, elsewhere: Option<&'a Elsewhere>) -> Self {
        Self { elsewhere, ..self }
    }
}

/// Runs every rule and returns the findings in the form's order.
pub fn check(form: &Declaration, around: Surroundings<'_>) -> Vec<Finding> {
    let mut report = Report::default();
    achievement::check(form, &mut report);
    period::check(form, around.today, &mut report);
    rights::check(form, around.today, &mut report);
    projects::check(form, &mut report);
    units::check(form, around.registered_unit, &mut report);
    transfer::check(form, &mut report);
    summary::check(form, &mut report);
    people::check(form, around.today, &mut report);
    prize::check(form, &mut report);
    evidence::check(form, around.evidence, &mut report);
    duplicates::check(around.duplicates, &mut report);
    if let Some(told) = around.elsewhere {
        elsewhere::check(form, told, &mut report);
    }
    report.into_findings()
}

/// The findings that stand against submission: every 强制性 one, and each 核实性 one without a
/// written reason.
pub fn unanswered(findings: &[Finding], answers: &[Answer]) -> Vec<Finding> {
    findings
        .iter()
        .filter(|finding| finding.tier == Tier::Mandatory || !is_answered(finding, answers))
        .cloned()
        .collect()
}

/// Whether a finding has a written reason.
pub fn is_answered(finding: &Finding, answers: &[Answer]) -> bool {
    answers.iter().any(|answer| {
        answer.code == finding.code
            && answer.path == finding.path
            && !answer.reason.trim().is_empty()
    })
}

/// How many of the required fields are filled: filled and in all, section by section.
pub fn filled(form: &Declaration) -> Vec<(crate::form::fields::Section, u32, u32)> {
    use crate::form::fields::{CATALOGUE, Section};
    Section::ALL
        .into_iter()
        .map(|section| {
            let required: Vec<_> = CATALOGUE
                .iter()
                .filter(|entry| entry.required && entry.section == section)
                .collect();
            let filled = required
                .iter()
                .filter(|entry| is_filled(form, entry.number))
                .count();
            (section, filled as u32, required.len() as u32)
        })
        .collect()
}

/// Completeness of the required fields, 0 to 100.
pub fn completeness(form: &Declaration) -> u8 {
    let (filled, required) = filled(form)
        .into_iter()
        .fold((0, 0), |(a, b), (_, filled, required)| {
            (a + filled, b + required)
        });
    (filled * 100 / required.max(1)) as u8
}

fn is_filled(form: &Declaration, number: u8) -> bool {
    let text = |text: &str| !text.trim().is_empty();
    match number {
        1 => text(&form.name),
        2 => form.field.is_some(),
        3 => form.kind.is_some(),
        4 => form.level.is_some(),
        5 => {
            form.research.basis.is_some()
                && form.research.from.is_some()
                && form.research.to.is_some()
        }
        7 => !form.right_kinds.is_empty(),
        8 => form.publicity.published.is_some(),
        9 => form.projects.iter().any(|entry| text(&entry.name)),
        10 => form.projects.iter().any(|entry| text(&entry.number)),
        11 => form
            .units
            .first()
            .is_some_and(|unit| text(&unit.name) && unit.nature.is_some() && text(&unit.contact)),
        12 => form.ownership.same_as_units.is_some(),
        13 => form.maturity.is_some(),
        14 => form.needs_transfer.is_some(),
        19 => form.consent_to_publish.is_some(),
        20 => text(&form.summary),
        21 => form.researchers.iter().any(|person| text(&person.name)),
        22 => text(&form.commitment.signatory),
        _ => true,
    }
}
