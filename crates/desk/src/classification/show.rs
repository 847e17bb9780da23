//! The mark of a declaration as it is shown.

use super::classified;
use crate::{desk::Desk, failure, received};
use chrono::NaiveDate;
use luguo_domain::{
    DeclarationId, EvidenceId, Role, State, VaultKind,
    secrecy::{Classification, ClassificationStep, DecidingRank, SecrecyLevel},
};
use luguo_ipc::{
    ClassificationView, Failure, KnowerChoiceView, LevelView, PartChoiceView, ProposalVerdictView,
    ProposalView,
};
use luguo_store::{StoredClassification, Vault};
use std::collections::BTreeMap;

/// What stands where nothing was decided yet.
pub(crate) const UNMARKED: &str = "未定密";
/// What stands at an attachment that is no secret.
const NO_SECRET: &str = "不涉密";
/// Days before the end of a term at which it is told.
const SOON_DAYS: i64 = 90;

/// The marks of a declaration as they stand beside it: of the whole, and of each attachment. Empty
/// in an open vault.
#[derive(Debug, Clone, Default)]
pub(crate) struct Markings {
    pub(crate) whole: String,
    parts: BTreeMap<EvidenceId, String>,
    others: &'static str,
}

impl Markings {
    pub(crate) fn of(&self, evidence: EvidenceId) -> String {
        match self.parts.get(&evidence) {
            Some(marking) => marking.clone(),
            None => self.others.to_owned(),
        }
    }
}

pub(crate) fn markings(vault: &Vault, id: DeclarationId) -> Result<Markings, Failure> {
    if vault.kind() == VaultKind::Open {
        return Ok(Markings::default());
    }
    let Some(content) = vault.classification(id).map_err(failure::store)? else {
        let whole = if ended(&vault.classifications(id).map_err(failure::store)?) {
            "已解密"
        } else {
            UNMARKED
        };
        return Ok(Markings {
            whole: whole.to_owned(),
            parts: BTreeMap::new(),
            others: UNMARKED,
        });
    };
    Ok(Markings {
        whole: content.whole().to_string(),
        parts: content
            .parts
            .iter()
            .map(|(piece, marking)| {
                let words = marking.as_ref().map(ToString::to_string);
                (*piece, words.unwrap_or_else(|| NO_SECRET.to_owned()))
            })
            .collect(),
        others: UNMARKED,
    })
}

fn ended(history: &[StoredClassification]) -> bool {
    history
        .iter()
        .find(|stored| {
            stored
                .verdict
                .as_ref()
                .is_some_and(|verdict| verdict.approved)
        })
        .is_some_and(|stored| stored.proposal.step == ClassificationStep::End)
}

pub(crate) fn show(desk: &Desk, id: DeclarationId) -> Result<ClassificationView, Failure> {
    let vault = classified(desk)?;
    let history = vault.classifications(id).map_err(failure::store)?;
    let current = vault.classification(id).map_err(failure::store)?;
    let own = vault.declaration(id).map_err(failure::store)?;
    let me = vault.me();
    let pending = history.iter().find(|stored| stored.verdict.is_none());
    let handles = own
        .as_ref()
        .is_some_and(|own| own.row.prepared_by == me.id || me.is(Role::ResultsOfficer));
    let editable = own
        .as_ref()
        .is_some_and(|own| matches!(own.row.state, State::Draft | State::Returned));
    let mut steps = Vec::new();
    if current.is_none() || editable {
        steps.push(ClassificationStep::Determine);
    }
    if current.is_some() {
        steps.extend([ClassificationStep::Change, ClassificationStep::End]);
    }
    let decides = me.is(Role::ClassificationOfficer)
        && pending.is_some_and(|stored| stored.proposal.proposed_by != me.id);
    let hindrance = match pending {
        Some(stored) if me.is(Role::ClassificationOfficer) && !decides => Some(format!(
            "{}提出的定密意见要由另一位定密责任人决定，承办人不能自己决定。",
            stored.proposal.proposed_by_name
        )),
        _ => None,
    };
    Ok(ClassificationView {
        declaration: id,
        name: name_of(&vault, id)?,
        marking: current.as_ref().map(|content| content.whole().to_string()),
        ends_note: current
            .as_ref()
            .and_then(|content| ends_note(content, (desk.host.local_date)())),
        parts: parts(&vault, id, current.as_ref())?,
        current,
        pending: pending.map(proposal_view),
        history: history
            .iter()
            .filter(|stored| stored.verdict.is_some())
            .map(proposal_view)
            .collect(),
        people: people(&vault)?,
        levels: levels(&vault)?,
        may_propose: handles && pending.is_none(),
        steps: if handles { steps } else { Vec::new() },
        may_decide: decides,
        hindrance,
    })
}

/// 成果名称, of one's own or of a received declaration.
pub(crate) fn name_of(vault: &Vault, id: DeclarationId) -> Result<String, Failure> {
    if let Some(own) = vault.declaration(id).map_err(failure::store)? {
        return Ok(own.row.name);
    }
    received::revisions(vault, id)?
        .into_iter()
        .next()
        .map(|revision| revision.declaration.name)
        .ok_or_else(failure::missing)
}

fn parts(
    vault: &Vault,
    id: DeclarationId,
    current: Option<&Classification>,
) -> Result<Vec<PartChoiceView>, Failure> {
    let items = match vault.declaration(id).map_err(failure::store)? {
        Some(_) => vault
            .evidence(id)
            .map_err(failure::store)?
            .into_iter()
            .map(|stored| stored.item)
            .collect(),
        None => received::revisions(vault, id)?
            .into_iter()
            .next()
            .map(|revision| revision.evidence)
            .unwrap_or_default(),
    };
    Ok(items
        .into_iter()
        .map(|item| PartChoiceView {
            marking: current
                .and_then(|content| content.parts.get(&item.id))
                .and_then(Option::as_ref)
                .map(ToString::to_string),
            evidence: item.id,
            title: item.title,
        })
        .collect())
}

/// People of the vault who open it.
pub(crate) fn people(vault: &Vault) -> Result<Vec<KnowerChoiceView>, Failure> {
    Ok(vault
        .accounts()
        .map_err(failure::store)?
        .into_iter()
        .filter(|account| account.disabled_at.is_none() && !account.is(Role::Auditor))
        .map(|account| KnowerChoiceView {
            account: account.id,
            roles: account
                .roles
                .iter()
                .map(|role| role.label())
                .collect::<Vec<_>>()
                .join("、"),
            name: account.name,
        })
        .collect())
}

fn levels(vault: &Vault) -> Result<Vec<LevelView>, Failure> {
    let rank = vault.deciding_rank().map_err(failure::store)?;
    Ok(SecrecyLevel::ALL
        .into_iter()
        .map(|level| LevelView {
            level,
            label: level.label().to_owned(),
            most_years: level.most_years(),
            hindrance: (rank == DecidingRank::City && level == SecrecyLevel::TopSecret).then(|| {
                "设区的市一级机关及其授权的单位只能定机密级、秘密级。需要定绝密级的，报有权限的上级定密。"
                    .to_owned()
            }),
        })
        .collect())
}

/// That a term ends soon, or has ended: said, never applied.
pub(crate) fn ends_note(content: &Classification, today: NaiveDate) -> Option<String> {
    let ends = content.ends_on()?;
    let day = ends.format("%Y年%-m月%-d日");
    let left = (ends - today).num_days();
    if left <= 0 {
        Some(format!(
            "保密期限已于{day}届满。程序不会自行解密：请由定密责任人决定解除或延长，并发出书面通知。"
        ))
    } else if left <= SOON_DAYS {
        Some(format!(
            "保密期限到{day}届满，还有 {left} 天。需要延长的，请在此之前提出变更。"
        ))
    } else {
        None
    }
}

pub(crate) fn proposal_view(stored: &StoredClassification) -> ProposalView {
    let proposal = &stored.proposal;
    ProposalView {
        id: proposal.id,
        step: proposal.step,
        step_label: proposal.step.label().to_owned(),
        marking: proposal
            .content
            .as_ref()
            .map(|content| content.whole().to_string()),
        content: proposal.content.clone(),
        reason: proposal.reason.clone(),
        notice: proposal.notice.clone(),
        proposed_by: proposal.proposed_by_name.clone(),
        proposed_at: proposal.proposed_at.to_rfc3339(),
        verdict: stored.verdict.as_ref().map(|verdict| ProposalVerdictView {
            approved: verdict.approved,
            reason: verdict.reason.clone(),
            decided_by: verdict.decided_by_name.clone(),
            decided_at: verdict.decided_at.to_rfc3339(),
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use luguo_domain::secrecy::{Marking, SecrecyTerm};

    #[test]
    fn the_end_of_a_term_is_told_before_and_after_and_never_applied() {
        let content = Classification {
            marking: Marking {
                level: SecrecyLevel::Secret,
                term: SecrecyTerm::Years { years: 10 },
            },
            marked_on: "2016-12-28".parse().expect("a day"),
            basis: String::new(),
            scope: Vec::new(),
            parts: BTreeMap::new(),
            longer_reason: String::new(),
        };
        let note = |today: &str| ends_note(&content, today.parse().expect("a day"));
        assert_eq!(note("2026-09-01"), None);
        assert_eq!(
            note("2026-11-28").as_deref(),
            Some("保密期限到2026年12月28日届满，还有 30 天。需要延长的，请在此之前提出变更。")
        );
        let over = note("2026-12-28").expect("told");
        assert!(over.contains("程序不会自行解密"), "{over}");
    }
}
