//! One declaration with everything around it: findings, sections, claims, evidence, history.

use super::duplicates::Grounds;
use crate::{
    classification::{self, Markings},
    desk::Desk,
    failure, names, received,
};
use luguo_domain::{
    Declaration, DeclarationId, Moment, Role, State, VaultKind, claim,
    decision::{Decision, Verdict},
    duplicate::likely,
    evidence::EvidenceItem,
    form::{characters, fields::section_of},
    prints::Elsewhere,
    release::Revision,
    rules::{self, Answer, Finding, Surroundings, Tier},
    ruling::RulingKind,
};
use luguo_ipc::{
    CheckView, ClaimView, DecisionView, DeclarationView, EarlierEvidenceView, EvidenceView,
    Failure, FailureCode, RevisionView, RulingStateView, RulingView, SectionView,
};
use luguo_store::{EarlierEvidence, StoredDeclaration, StoredEvidence, Vault};

/// Shows one declaration: the working copy, or the submitted revision while it is under review
/// and after.
pub(crate) fn show(desk: &Desk, id: DeclarationId) -> Result<DeclarationView, Failure> {
    let vault = desk.vault()?;
    if vault.declaration(id).map_err(failure::store)?.is_none() {
        return received::show(desk, &vault, id);
    }
    let found = readable(&vault, id)?;
    classification::looked_at(desk, &vault, id)?;
    let marks = classification::markings(&vault, id)?;
    let revisions = vault.revisions(id).map_err(failure::store)?;
    let decisions = vault.decisions(id).map_err(failure::store)?;
    let stored = vault.evidence(id).map_err(failure::store)?;
    let submitted = (!found.row.state.is_editable())
        .then(|| revisions.first())
        .flatten();
    let (form, answers, items) = match submitted {
        Some(revision) => (
            revision.declaration.clone(),
            revision.answers.clone(),
            revision.evidence.clone(),
        ),
        None => (
            found.form.clone(),
            found.answers.clone(),
            stored.iter().map(|stored| stored.item.clone()).collect(),
        ),
    };
    let me = vault.me();
    let is_mine = found.row.prepared_by == me.id;
    let reviewable = me.is(Role::UnitReviewer) && found.row.state == State::UnitReview;
    let check = check(desk, &vault, id, &form, &answers, &items)?;
    let earlier = vault.earlier_evidence(id).map_err(failure::store)?;
    let rulings = rulings(&vault, id)?;
    Ok(DeclarationView {
        id,
        state: found.row.state,
        state_label: found.row.state.label().to_owned(),
        version: found.row.version,
        saved_at: found.row.changed_at.to_rfc3339(),
        evidence: evidence_views(&form.name, &items, &stored, &earlier, &marks),
        check,
        form,
        answers,
        undo: if is_mine && found.row.state.is_editable() {
            vault.undo_history(id).map_err(failure::store)?
        } else {
            String::new()
        },
        prepared_by: found.row.prepared_by_name.clone(),
        received_from: None,
        marking: marks.whole,
        may_edit: is_mine && found.row.state.is_editable(),
        may_submit: is_mine && found.row.state.is_editable(),
        may_withdraw: is_mine && found.row.state == State::UnitReview,
        may_review: reviewable && !is_mine,
        review_hindrance: (reviewable && is_mine).then(|| failure::OWN_WORK.to_owned()),
        may_export: vault.package_of(id).map_err(failure::store)?.is_some(),
        revisions: revisions.iter().map(revision_view).collect(),
        decisions: decisions.iter().map(decision_view).collect(),
        return_notice: (found.row.state == State::Returned)
            .then(|| return_notice(&decisions, &rulings))
            .flatten(),
        rulings,
        may_rule: Vec::new(),
    })
}

/// Rulings of the authority.
pub(crate) fn rulings(vault: &Vault, id: DeclarationId) -> Result<Vec<RulingView>, Failure> {
    crate::ruling::views(vault, id)
}

/// Who returned it last, and why.
fn return_notice(decisions: &[Decision], rulings: &[RulingView]) -> Option<String> {
    let ruled = rulings.iter().find(|ruling| {
        ruling.kind == RulingKind::Return && ruling.state == RulingStateView::InForce
    });
    let decided = decisions
        .iter()
        .find(|decision| decision.verdict == Verdict::Return);
    // A revision is returned once: by the unit, or by the authority after the unit's approval.
    match (ruled, decided) {
        (Some(ruled), decided)
            if decided.is_none_or(|decided| decided.revision < ruled.revision) =>
        {
            Some(format!("{} 退回：{}", ruled.reviewer, ruled.reason))
        }
        (_, decided) => {
            decided.map(|decided| format!("{} 退回：{}", decided.reviewer_name, decided.reason))
        }
    }
}

/// Finds a declaration that the person may see: one's own, or a submitted one as a reviewer. In a
/// classified vault what is found is what the person may know.
pub(crate) fn readable(vault: &Vault, id: DeclarationId) -> Result<StoredDeclaration, Failure> {
    let found = vault
        .declaration(id)
        .map_err(failure::store)?
        .ok_or_else(failure::missing)?;
    let me = vault.me();
    if vault.kind() == VaultKind::Classified
        || found.row.prepared_by == me.id
        || (me.is(Role::UnitReviewer) && found.row.revisions > 0)
    {
        Ok(found)
    } else {
        Err(Failure::new(
            FailureCode::Forbidden,
            "这项成果还在填报中，送审后才能查看。",
        ))
    }
}

/// What the rules say of a form, and what they were told of others that may be the same one.
pub(crate) struct Judged {
    pub(crate) findings: Vec<Finding>,
    grounds: Grounds,
    told: Option<(Moment, Elsewhere)>,
}

/// Runs the rules for a declaration of the open vault.
pub(crate) fn findings(
    desk: &Desk,
    vault: &Vault,
    id: DeclarationId,
    form: &Declaration,
    evidence: &[EvidenceItem],
) -> Result<Judged, Failure> {
    let unit = vault.unit().map_err(failure::store)?.name;
    let around = Surroundings::on((desk.host.local_date)(), evidence);
    // Another unit's declaration is held against no register here.
    let is_own = vault.declaration(id).map_err(failure::store)?.is_some();
    let around = if unit.is_empty() || !is_own {
        around
    } else {
        around.registered(&unit)
    };
    let told = super::elsewhere::told(vault, id)?;
    let around = around.told(told.as_ref().map(|(_, told)| told));
    let (findings, grounds) = desk.known.among(vault, |others| {
        let twins = likely(form, Some(id), others);
        let findings = rules::check(form, around.beside(&twins));
        (findings, super::duplicates::grounds(&twins))
    })?;
    Ok(Judged {
        findings,
        grounds,
        told,
    })
}

/// What the rules say of the working copy as it is stored.
#[cfg(feature = "network")]
pub(crate) fn check_now(
    desk: &Desk,
    vault: &Vault,
    id: DeclarationId,
) -> Result<CheckView, Failure> {
    let found = vault
        .declaration(id)
        .map_err(failure::store)?
        .ok_or_else(failure::missing)?;
    let items: Vec<_> = vault
        .evidence(id)
        .map_err(failure::store)?
        .into_iter()
        .map(|stored| stored.item)
        .collect();
    check(desk, vault, id, &found.form, &found.answers, &items)
}

/// What the rules say of a form.
pub(crate) fn check(
    desk: &Desk,
    vault: &Vault,
    id: DeclarationId,
    form: &Declaration,
    answers: &[Answer],
    evidence: &[EvidenceItem],
) -> Result<CheckView, Failure> {
    let Judged {
        findings,
        grounds,
        told,
    } = findings(desk, vault, id, form, evidence)?;
    let sections = rules::filled(form)
        .into_iter()
        .map(|(section, filled, required)| {
            let here = || {
                findings
                    .iter()
                    .filter(move |finding| section_of(&finding.path) == section)
            };
            SectionView {
                key: section.key().to_owned(),
                title: section.title().to_owned(),
                filled,
                required,
                mandatory: here()
                    .filter(|finding| finding.tier == Tier::Mandatory)
                    .count() as u32,
                verify: here()
                    .filter(|finding| {
                        finding.tier == Tier::Verify && !rules::is_answered(finding, answers)
                    })
                    .count() as u32,
            }
        })
        .collect();
    let claims = claim::needed(form)
        .into_iter()
        .map(|needed| ClaimView {
            claim: needed.claim,
            label: needed.label,
            wanted: needed.wanted.to_owned(),
            clause: needed.clause.to_owned(),
            required: needed.required,
            evidence: evidence
                .iter()
                .filter(|item| item.claims.contains(&needed.claim))
                .map(|item| item.id)
                .collect(),
        })
        .collect();
    Ok(CheckView {
        duplicates: super::duplicates::of(vault, grounds)?,
        elsewhere: told.map(|(at, told)| super::elsewhere::view(form, at, &told)),
        submittable: rules::unanswered(&findings, answers).is_empty(),
        findings,
        sections,
        claims,
        summary_characters: characters(&form.summary) as u32,
        completeness: rules::completeness(form),
    })
}

pub(crate) fn evidence_views(
    achievement: &str,
    items: &[EvidenceItem],
    stored: &[StoredEvidence],
    earlier: &[EarlierEvidence],
    marks: &Markings,
) -> Vec<EvidenceView> {
    (1..)
        .zip(items)
        .map(|(place, item)| EvidenceView {
            readable_name: names::of_evidence(achievement, place, &item.title, &item.file_name),
            marking: marks.of(item.id),
            id: item.id,
            title: item.title.clone(),
            file_name: item.file_name.clone(),
            media_type: item.media_type.clone(),
            size: item.size,
            sha256: item.sha256.to_hex(),
            claims: item.claims.clone(),
            added_at: stored
                .iter()
                .find(|stored| stored.item.id == item.id)
                .map(|stored| stored.added_at.to_rfc3339())
                .unwrap_or_default(),
            same_as: items
                .iter()
                .filter(|other| other.id != item.id && other.sha256 == item.sha256)
                .map(|other| other.title.clone())
                .collect(),
            kind: item.kind,
            pages: item.pages,
            earlier: earlier
                .iter()
                .filter(|earlier| earlier.evidence == item.id)
                .map(|earlier| EarlierEvidenceView {
                    file_name: earlier.file_name.clone(),
                    size: earlier.size,
                    sha256: earlier.sha256.to_hex(),
                    replaced_at: earlier.replaced_at.to_rfc3339(),
                    replaced_by: earlier.replaced_by.clone(),
                })
                .collect(),
        })
        .collect()
}

pub(crate) fn revision_view(revision: &Revision) -> RevisionView {
    RevisionView {
        number: revision.number,
        digest: revision.digest().to_hex(),
        prepared_by: revision.prepared_by.clone(),
        submitted_at: revision.submitted_at.to_rfc3339(),
    }
}

pub(crate) fn decision_view(decision: &Decision) -> DecisionView {
    DecisionView {
        verdict: decision.verdict,
        revision: decision.revision,
        reviewer: decision.reviewer_name.clone(),
        decided_at: decision.decided_at.to_rfc3339(),
        reason: decision.reason.clone(),
    }
}
