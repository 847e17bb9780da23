//! Collects what the rules find, in their order.

use super::finding::{Finding, Tier};

/// The findings so far.
#[derive(Default)]
pub(super) struct Report(Vec<Finding>);

impl Report {
    /// 强制性: must be corrected before submission.
    pub(super) fn mandatory(
        &mut self,
        code: &str,
        path: impl Into<String>,
        clause: &str,
        message: impl Into<String>,
        remedy: impl Into<String>,
    ) {
        self.push(
            Tier::Mandatory,
            code,
            path.into(),
            clause,
            message.into(),
            remedy.into(),
        );
    }

    /// 核实性: may pass with a written reason.
    pub(super) fn verify(
        &mut self,
        code: &str,
        path: impl Into<String>,
        clause: &str,
        message: impl Into<String>,
        remedy: impl Into<String>,
    ) {
        self.push(
            Tier::Verify,
            code,
            path.into(),
            clause,
            message.into(),
            remedy.into(),
        );
    }

    /// A required text.
    pub(super) fn required(
        &mut self,
        text: &str,
        path: impl Into<String>,
        clause: &str,
        label: &str,
    ) {
        if text.trim().is_empty() {
            self.missing(path, clause, label);
        }
    }

    /// A required choice.
    pub(super) fn chosen<T>(
        &mut self,
        choice: Option<T>,
        path: impl Into<String>,
        clause: &str,
        label: &str,
    ) {
        if choice.is_none() {
            self.missing(path, clause, label);
        }
    }

    fn missing(&mut self, path: impl Into<String>, clause: &str, label: &str) {
        self.mandatory(
            "required.missing",
            path,
            clause,
            format!("“{label}”还没有填写。"),
            format!("请填写“{label}”。"),
        );
    }

    fn push(
        &mut self,
        tier: Tier,
        code: &str,
        path: String,
        clause: &str,
        message: String,
        remedy: String,
    ) {
        debug_assert!(
            super::catalogue::rule(code).is_some_and(|rule| rule.tier == tier),
            "{code} stands in the catalogue with this tier"
        );
        self.0.push(Finding {
            code: code.to_owned(),
            path,
            clause: clause.to_owned(),
            tier,
            message,
            remedy,
        });
    }

    pub(super) fn into_findings(self) -> Vec<Finding> {
        self.0
    }
}
