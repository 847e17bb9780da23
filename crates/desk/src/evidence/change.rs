//! Changing title and claims; taking a piece off a draft.

use crate::{declaration, desk::Desk, failure};
use luguo_ipc::{DeclarationView, EvidenceEditRequest, EvidenceRequest, Failure, FailureCode};

pub(crate) fn edit(desk: &Desk, request: &EvidenceEditRequest) -> Result<DeclarationView, Failure> {
    let title = request.title.trim();
    if title.is_empty() {
        return Err(Failure::new(
            FailureCode::Invalid,
            "请填写材料的名称，审核人靠它辨认。",
        ));
    }
    desk.vault()?
        .edit_evidence(
            request.declaration,
            request.evidence,
            title,
            &request.claims,
            desk.now(),
        )
        .map_err(failure::save)?;
    declaration::show(desk, request.declaration)
}

pub(crate) fn remove(desk: &Desk, request: &EvidenceRequest) -> Result<DeclarationView, Failure> {
    desk.vault()?
        .remove_evidence(request.declaration, request.evidence, desk.now())
        .map_err(failure::save)?;
    declaration::show(desk, request.declaration)
}
