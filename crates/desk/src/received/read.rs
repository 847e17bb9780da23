//! Reading what was taken in: the same views as of one's own unit's submissions.

use crate::{
    classification,
    declaration::view::{check, decision_view, evidence_views, revision_view, rulings},
    desk::Desk,
    failure,
    ruling::{offers as may_rule, standing},
};
use luguo_domain::{DeclarationId, State, decision::Decision, release::Revision};
use luguo_ipc::{DeclarationView, Failure};
use luguo_package::PackageRecord;
use luguo_store::{ReceivedPackage, Vault};

/// Every revision of another unit's declaration that was taken in, the newest first.
pub(crate) fn revisions(vault: &Vault, id: DeclarationId) -> Result<Vec<Revision>, Failure> {
    Ok(vault
        .received_revisions(id)
        .map_err(failure::store)?
        .into_iter()
        .map(|(_, revision, _)| revision)
        .collect())
}

/// One of them by its number.
pub(crate) fn revision(
    vault: &Vault,
    id: DeclarationId,
    number: u32,
) -> Result<Option<Revision>, Failure> {
    Ok(revisions(vault, id)?
        .into_iter()
        .find(|revision| revision.number == number))
}

/// A revision that the vault knows: the own unit's, or one that was taken in.
pub(crate) fn any_revision(
    vault: &Vault,
    id: DeclarationId,
    number: u32,
) -> Result<Option<Revision>, Failure> {
    match vault.revision(id, number).map_err(failure::store)? {
        Some(revision) => Ok(Some(revision)),
        None => revision(vault, id, number),
    }
}

/// The reporting unit's approvals, the newest first.
pub(crate) fn decisions(vault: &Vault, id: DeclarationId) -> Result<Vec<Decision>, Failure> {
    let all = vault.received_revisions(id).map_err(failure::store)?;
    all.iter().map(approval).collect()
}

/// The approval in the package's record, which was verified when it was taken in.
fn approval(
    (_, _, package_json): &(ReceivedPackage, Revision, Vec<u8>),
) -> Result<Decision, Failure> {
    serde_json::from_slice::<PackageRecord>(package_json)
        .map(|record| record.decision)
        .map_err(|_| failure::missing())
}

/// Shows the newest revision of what was taken in.
pub(crate) fn show(
    desk: &Desk,
    vault: &Vault,
    id: DeclarationId,
) -> Result<DeclarationView, Failure> {
    let all = vault.received_revisions(id).map_err(failure::store)?;
    let Some((package, newest, _)) = all.first() else {
        return Err(failure::missing());
    };
    let ReceivedPackage {
        unit, received_at, ..
    } = package;
    classification::looked_at(desk, vault, id)?;
    let marks = classification::markings(vault, id)?;
    let (state, state_label) = standing(vault, id, newest.number)?
        .unwrap_or_else(|| (State::AuthorityReview, "收到的成果包".to_owned()));
    Ok(DeclarationView {
        id,
        state,
        state_label,
        version: 0,
        saved_at: received_at.to_rfc3339(),
        evidence: evidence_views(&newest.declaration.name, &newest.evidence, &[], &[], &marks),
        check: check(
            desk,
            vault,
            id,
            &newest.declaration,
            &newest.answers,
            &newest.evidence,
        )?,
        form: newest.declaration.clone(),
        answers: newest.answers.clone(),
        undo: String::new(),
        prepared_by: newest.prepared_by.clone(),
        received_from: Some(unit.clone()),
        marking: marks.whole,
        may_edit: false,
        may_submit: false,
        may_withdraw: false,
        may_review: false,
        review_hindrance: None,
        may_export: false,
        revisions: all
            .iter()
            .map(|(_, revision, _)| revision_view(revision))
            .collect(),
        decisions: all
            .iter()
            .map(|one| approval(one).map(|decision| decision_view(&decision)))
            .collect::<Result<_, _>>()?,
        rulings: rulings(vault, id)?,
        may_rule: may_rule(vault, id, newest.number)?,
        return_notice: None,
    })
}
