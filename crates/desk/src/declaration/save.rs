//! Saving the typing, handing it to the reviewer, taking it back.

use super::view::{self, check};
use crate::{desk::Desk, document::stale_scans, failure};
use luguo_domain::{DeclarationId, rules};
use luguo_ipc::{
    DeclarationSaveRequest, DeclarationSavedView, DeclarationView, Failure, FailureCode,
};
use luguo_store::Typing;
use uuid::Uuid;

/// Longer histories are left out: a window keeps far less, and saving must stay quick.
const LONGEST_UNDO: usize = 1 << 20;

/// Stores the typing whatever it says; findings never keep it from being saved.
pub(crate) fn save(
    desk: &Desk,
    request: &DeclarationSaveRequest,
) -> Result<DeclarationSavedView, Failure> {
    let vault = desk.vault()?;
    let now = desk.now();
    let version = vault
        .save_declaration(
            request.id,
            request.version,
            &Typing {
                form: &request.form,
                answers: &request.answers,
                completeness: rules::completeness(&request.form),
                undo: kept_undo(&request.undo),
            },
            now,
        )
        .map_err(failure::save)?;
    let evidence: Vec<_> = vault
        .evidence(request.id)
        .map_err(failure::store)?
        .into_iter()
        .map(|stored| stored.item)
        .collect();
    desk.known.learn(request.id, &request.form);
    Ok(DeclarationSavedView {
        version,
        saved_at: now.to_rfc3339(),
        check: check(
            desk,
            &vault,
            request.id,
            &request.form,
            &request.answers,
            &evidence,
        )?,
    })
}

fn kept_undo(steps: &str) -> &str {
    if steps.len() <= LONGEST_UNDO {
        steps
    } else {
        ""
    }
}

/// Submits, when no rule stands against it.
pub(crate) fn submit(desk: &Desk, id: DeclarationId) -> Result<DeclarationView, Failure> {
    let vault = desk.vault()?;
    let found = vault
        .declaration(id)
        .map_err(failure::store)?
        .ok_or_else(failure::missing)?;
    let evidence: Vec<_> = vault
        .evidence(id)
        .map_err(failure::store)?
        .into_iter()
        .map(|stored| stored.item)
        .collect();
    let judged = view::findings(desk, &vault, id, &found.form, &evidence)?;
    let mut against = rules::unanswered(&judged.findings, &found.answers);
    if found.row.state.is_editable() {
        against.extend(stale_scans(&vault, id, &found.form, &evidence)?);
    }
    if found.row.state.is_editable() && !against.is_empty() {
        let mut refused = Failure::new(
            FailureCode::Findings,
            format!(
                "还有 {} 处要处理，没有送审，填写的内容都在。请逐条改正或说明理由后再送。",
                against.len()
            ),
        );
        refused.findings = against;
        return Err(refused);
    }
    vault
        .submit(id, found.row.version, desk.now())
        .map_err(failure::step)?;
    // The book learns from what was sent, never from half a word; a failure here is no reason
    // to say that the submission failed.
    if let Err(fault) = vault.learn_addresses(&found.form, &Uuid::now_v7, desk.now()) {
        tracing::warn!(%fault, "the address book did not learn");
    }
    view::show(desk, id)
}

/// Takes it back before the reviewer decided.
pub(crate) fn withdraw(desk: &Desk, id: DeclarationId) -> Result<DeclarationView, Failure> {
    desk.vault()?
        .withdraw(id, desk.now())
        .map_err(failure::step)?;
    view::show(desk, id)
}
