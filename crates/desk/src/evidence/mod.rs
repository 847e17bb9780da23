//! Evidence: take in, change, remove, write out, preview.

mod add;
mod change;
mod extract;
mod files;
mod media;
mod pending;

pub(crate) use add::{add, replace};
pub(crate) use change::{edit, kinds, order, remove};
pub(crate) use extract::{extract, extract_all, write_whole};
pub(crate) use files::{folder, pick, place, put};
pub(crate) use pending::{forget, pending, resume};

use crate::{declaration::view::readable, failure, received};
use luguo_domain::{DeclarationId, EvidenceId, evidence::EvidenceItem};
use luguo_ipc::Failure;
use luguo_store::Vault;

/// Finds a piece of evidence that the person may see, in the working copy or in a revision.
pub(crate) fn find(
    vault: &Vault,
    declaration: DeclarationId,
    id: EvidenceId,
) -> Result<EvidenceItem, Failure> {
    if vault
        .declaration(declaration)
        .map_err(failure::store)?
        .is_none()
    {
        return received::revisions(vault, declaration)?
            .into_iter()
            .flat_map(|revision| revision.evidence)
            .find(|item| item.id == id)
            .ok_or_else(failure::missing);
    }
    readable(vault, declaration)?;
    let current = vault.evidence(declaration).map_err(failure::store)?;
    if let Some(stored) = current.into_iter().find(|stored| stored.item.id == id) {
        return Ok(stored.item);
    }
    vault
        .revisions(declaration)
        .map_err(failure::store)?
        .into_iter()
        .flat_map(|revision| revision.evidence)
        .find(|item| item.id == id)
        .ok_or_else(failure::missing)
}
