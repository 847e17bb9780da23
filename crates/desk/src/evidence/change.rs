//! Changing what is said of a piece, the order; taking a piece off a draft.

use crate::{declaration, desk::Desk, failure};
use luguo_domain::evidence::EvidenceKind;
use luguo_ipc::{
    DeclarationView, EvidenceEditRequest, EvidenceOrderRequest, EvidenceRequest, Failure,
    FailureCode, OptionView,
};
use luguo_store::EvidenceDetails;

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
            &EvidenceDetails {
                title: title.to_owned(),
                claims: request.claims.clone(),
                kind: request.kind,
                pages: request.pages,
            },
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

pub(crate) fn order(
    desk: &Desk,
    request: &EvidenceOrderRequest,
) -> Result<DeclarationView, Failure> {
    desk.vault()?
        .order_evidence(request.declaration, &request.order, desk.now())
        .map_err(failure::save)?;
    declaration::show(desk, request.declaration)
}

pub(crate) fn kinds() -> Vec<OptionView> {
    EvidenceKind::ALL
        .iter()
        .map(|kind| OptionView {
            code: kind.code().to_owned(),
            label: kind.label().to_owned(),
        })
        .collect()
}
