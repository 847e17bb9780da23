//! The rules with their clause: findings in two tiers, and what to do about each.

pub mod finding;

pub use finding::{Answer, Finding, Tier};

use crate::{Declaration, evidence::EvidenceItem};
use chrono::NaiveDate;

/// What a rule may look at beside the form.
#[derive(Debug, Clone, Copy)]
pub struct Surroundings<'a> {
    /// The day the rules are run for; decides the collection month.
    pub today: NaiveDate,
    /// The evidence attached so far.
    pub evidence: &'a [EvidenceItem],
}

/// Runs every rule and returns the findings in the form's order.
pub fn check(_form: &Declaration, _around: Surroundings<'_>) -> Vec<Finding> {
    Vec::new()
}
