//! Reading what was taken in: the same views as of one's own unit's submissions.

use crate::{
    declaration::view::{check, decision_view, evidence_views, revision_view},
    desk::Desk,
    failure,
};
use luguo_domain::{DeclarationId, State, decision::Decision, release::Revision};
use luguo_ipc::{DeclarationView, Failure};
use luguo_package::thaw;
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

/// The reporting unit's approvals, the newest first.
pub(crate) fn decisions(vault: &Vault, id: DeclarationId) -> Result<Vec<Decision>, Failure> {
    vault
        .received_revisions(id)
        .map_err(failure::store)?
        .into_iter()
        .map(|(_, revision, package_json)| approval(&package_json, &revision))
        .collect()
}

fn approval(package_json: &[u8], revision: &Revision) -> Result<Decision, Failure> {
    let declaration_json =
        serde_json_canonicalizer::to_vec(revision).map_err(|_| failure::missing())?;
    thaw(package_json, &declaration_json)
        .map(|(frozen, _)| frozen.record.decision)
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
    Ok(DeclarationView {
        id,
        state: State::AuthorityReview,
        state_label: "收到的成果包".to_owned(),
        version: 0,
        saved_at: received_at.to_rfc3339(),
        evidence: evidence_views(&newest.declaration.name, &newest.evidence, &[], &[]),
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
        decisions: decisions(vault, id)?.iter().map(decision_view).collect(),
    })
}
