//! The unit's review: approve freezes the package, return says what to correct.

use crate::{declaration, desk::Desk, failure};
use luguo_domain::PackageId;
use luguo_ipc::{DeclarationView, Failure, ReviewApproveRequest, ReviewReturnRequest};
use luguo_store::FrozenBytes;
use uuid::Uuid;

pub(crate) fn approve(
    desk: &Desk,
    request: &ReviewApproveRequest,
) -> Result<DeclarationView, Failure> {
    let vault = desk.vault()?;
    let unit = vault.unit().map_err(failure::store)?;
    let package_id = PackageId(Uuid::now_v7());
    vault
        .approve(
            request.id,
            request.revision,
            package_id,
            &|approved, audit_head| {
                let frozen = luguo_package::freeze(approved, package_id, &unit.name, audit_head);
                FrozenBytes {
                    total: frozen.total(),
                    package_json: frozen.package_json,
                    declaration_json: frozen.declaration_json,
                }
            },
            desk.now(),
        )
        .map_err(failure::step)?;
    declaration::show(desk, request.id)
}

pub(crate) fn send_back(
    desk: &Desk,
    request: &ReviewReturnRequest,
) -> Result<DeclarationView, Failure> {
    desk.vault()?
        .return_revision(request.id, request.revision, &request.reason, desk.now())
        .map_err(failure::step)?;
    declaration::show(desk, request.id)
}
