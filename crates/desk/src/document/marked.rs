//! What stands on each page of a classified print: mark, number of the copy, person and time.

use crate::{
    classification::{UNMARKED, markings},
    desk::Desk,
    failure::{self, BEIJING},
};
use luguo_documents::paper::Marked;
use luguo_domain::{DeclarationId, Moment, VaultKind};
use luguo_ipc::Failure;
use luguo_store::Vault;

/// A moment as it is read on paper.
pub(crate) fn when(moment: Moment) -> String {
    moment
        .with_timezone(&BEIJING)
        .format("%Y年%-m月%-d日 %H:%M")
        .to_string()
}

/// For a print of a declaration: the next copy with its number. Nothing in an open vault.
pub(crate) fn marked(
    desk: &Desk,
    vault: &Vault,
    id: DeclarationId,
    what: &str,
) -> Result<Option<Marked>, Failure> {
    let Some(mut marked) = preview(desk, vault, id)? else {
        return Ok(None);
    };
    let number = vault
        .number_copy(&format!("{what} {id}"), "print", desk.now())
        .map_err(failure::store)?;
    marked.copy_number = Some(format!("{number:06}"));
    Ok(Some(marked))
}

/// For a look at the screen: no copy, no number.
pub(super) fn preview(
    desk: &Desk,
    vault: &Vault,
    id: DeclarationId,
) -> Result<Option<Marked>, Failure> {
    if vault.kind() == VaultKind::Open {
        return Ok(None);
    }
    let marking = markings(vault, id)?.whole;
    Ok(Some(Marked {
        // Where nothing is decided yet the page says so by itself.
        marking: if marking == UNMARKED {
            String::new()
        } else {
            marking
        },
        copy_number: None,
        person: vault.me().name.clone(),
        time: when(desk.now()),
    }))
}
