//! The list: a preparer's own, and for a reviewer what was ever submitted.

use crate::{classification::markings, desk::Desk, failure};
use luguo_domain::{Role, State, VaultKind};
use luguo_ipc::{DeclarationRowView, Failure};
use luguo_store::{DeclarationRow, Vault};

pub(crate) fn list(desk: &Desk) -> Result<Vec<DeclarationRowView>, Failure> {
    let vault = desk.vault()?;
    let me = vault.me();
    let reviews = me.is(Role::UnitReviewer);
    // In a classified vault the list holds what the person may know already.
    let knows = vault.kind() == VaultKind::Classified;
    vault
        .declarations()
        .map_err(failure::store)?
        .into_iter()
        .filter(|row| knows || row.prepared_by == me.id || (reviews && row.revisions > 0))
        .map(|row| row_view(&vault, row))
        .collect()
}

/// One row as the window shows it.
pub(crate) fn row_view(vault: &Vault, row: DeclarationRow) -> Result<DeclarationRowView, Failure> {
    let me = vault.me();
    Ok(DeclarationRowView {
        marking: markings(vault, row.id)?.whole,
        waits_for_me: me.is(Role::UnitReviewer)
            && row.prepared_by != me.id
            && row.state == State::UnitReview,
        id: row.id,
        name: row.name,
        state: row.state,
        state_label: row.state.label().to_owned(),
        prepared_by: row.prepared_by_name,
        changed_at: row.changed_at.to_rfc3339(),
        completeness: row.completeness,
        revisions: row.revisions,
        return_reason: row.return_reason,
    })
}
