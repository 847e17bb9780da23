//! An import that was interrupted by closing the program: go on with it, or forget it.

use super::add;
use crate::{
    desk::Desk,
    failure,
    intake::{Picked, file_name},
};
use luguo_ipc::{Failure, FailureCode, JobView, PendingImportsView};

pub(crate) fn pending(desk: &Desk) -> Result<PendingImportsView, Failure> {
    let waiting = desk.vault()?.pending_imports().map_err(failure::store)?;
    let name = |path: &std::path::Path| file_name(path);
    Ok(PendingImportsView {
        missing: waiting
            .iter()
            .filter(|one| !one.path.is_file())
            .map(|one| name(&one.path))
            .collect(),
        files: waiting.iter().map(|one| name(&one.path)).collect(),
    })
}

/// Goes on; a file that is not where it was is told like any other fault.
pub(crate) fn resume(desk: &Desk) -> Result<JobView, Failure> {
    let waiting = desk.vault()?.pending_imports().map_err(failure::store)?;
    if waiting.is_empty() {
        return Err(Failure::new(
            FailureCode::NotFound,
            "没有等待加入的材料，上次的都加完了。",
        ));
    }
    let files = waiting
        .into_iter()
        .map(|one| add::Incoming {
            declaration: one.declaration,
            picked: Picked::File(one.path),
            claims: one.claims,
            number: Some(one.seq),
            token: None,
        })
        .collect();
    add::begin(desk, files)
}

pub(crate) fn forget(desk: &Desk) -> Result<PendingImportsView, Failure> {
    let vault = desk.vault()?;
    let numbers: Vec<_> = vault
        .pending_imports()
        .map_err(failure::store)?
        .iter()
        .map(|one| one.seq)
        .collect();
    vault.settle_imports(&numbers).map_err(failure::store)?;
    pending(desk)
}
