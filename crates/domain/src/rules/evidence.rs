//! Clause 二（一）: every claim that has proof carries a scan.

use super::report::Report;
use crate::{
    Declaration,
    claim::{self, Claim},
    evidence::EvidenceItem,
};

pub(super) fn check(form: &Declaration, evidence: &[EvidenceItem], report: &mut Report) {
    for needed in claim::needed(form) {
        let is_proved = evidence
            .iter()
            .any(|item| item.claims.contains(&needed.claim));
        if is_proved || needed.claim == Claim::Summary {
            continue;
        }
        let path = format!("evidence.{}", needed.claim);
        let message = format!("{}还没有佐证材料。", needed.label);
        let remedy = format!("请加入{}，并注明证明的是这一项。", needed.wanted);
        if needed.required {
            report.mandatory("evidence.missing", path, needed.clause, message, remedy);
        } else {
            report.verify(
                "evidence.advised",
                path,
                needed.clause,
                message,
                format!("{remedy}确实没有的请说明理由。"),
            );
        }
    }
    for item in evidence {
        if item.claims.is_empty() {
            report.verify(
                "evidence.no_claim",
                format!("evidence.item:{}", item.id),
                "二（一）",
                format!("佐证材料“{}”还没有注明证明哪一项。", item.title),
                "请在佐证材料里选择它证明的内容，或说明理由。",
            );
        }
    }
}
