//! Who knew: every look is a record, and everybody who looked is on the list.

use super::classified;
use crate::{desk::Desk, failure};
use luguo_domain::{DeclarationId, VaultKind};
use luguo_ipc::{Failure, FailureCode, KnowerRowView, KnowledgeAddRequest, KnowledgeView};
use luguo_store::Vault;

/// Notes that a declaration is about to be shown; a look that goes on is noted once. Where it
/// cannot be noted, nothing is shown.
pub(crate) fn looked_at(desk: &Desk, vault: &Vault, id: DeclarationId) -> Result<(), Failure> {
    if vault.kind() == VaultKind::Open || !desk.looks_anew(id) {
        return Ok(());
    }
    vault
        .note_knowledge(id, "declaration.view", "", "在本程序中查看", desk.now())
        .map_err(failure::store)?;
    desk.look_is_noted(id);
    Ok(())
}

pub(crate) fn show(desk: &Desk, id: DeclarationId) -> Result<KnowledgeView, Failure> {
    let vault = classified(desk)?;
    let name = super::name_of(&vault, id)?;
    let current = vault.classification(id).map_err(failure::store)?;
    Ok(KnowledgeView {
        declaration: id,
        name,
        marking: current.as_ref().map_or_else(
            || super::UNMARKED.to_owned(),
            |content| content.whole().to_string(),
        ),
        required: current
            .as_ref()
            .is_some_and(|content| content.whole().level.keeps_list_of_knowers()),
        rows: vault
            .knowers(id)
            .map_err(failure::store)?
            .into_iter()
            .map(|knower| KnowerRowView {
                name: knower.name,
                unit: knower.unit,
                first_at: knower.first_at.to_rfc3339(),
                how: knower.how,
            })
            .collect(),
        may_add: true,
    })
}

/// Adds a person who was told outside this program.
pub(crate) fn add(desk: &Desk, request: &KnowledgeAddRequest) -> Result<KnowledgeView, Failure> {
    let vault = classified(desk)?;
    super::name_of(&vault, request.id)?;
    let texts = [&request.name, &request.unit, &request.how].map(|text| text.trim());
    let fits = |text: &str| text.chars().count() <= 100 && !text.chars().any(char::is_control);
    if texts[0].is_empty() || texts[2].is_empty() || !texts.iter().all(|text| fits(text)) {
        return Err(Failure::new(
            FailureCode::Invalid,
            "请填写姓名和知悉方式，每项不超过 100 字。",
        ));
    }
    vault
        .add_knower(request.id, texts[0], texts[1], texts[2], desk.now())
        .map_err(failure::store)?;
    show(desk, request.id)
}
