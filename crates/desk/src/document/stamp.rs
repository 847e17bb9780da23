//! The stamp of a declaration's sheets. The digest is of the form alone: evidence may still be
//! added after the page was signed, not one word changed.

use crate::{desk::Desk, failure};
use luguo_documents::paper::Stamp;
use luguo_domain::{Declaration, Sha256Digest, release::Revision};
use luguo_ipc::{DocumentKind, Failure, FailureCode};
use luguo_store::{StoredDeclaration, Vault};

/// SHA-256 of the form's canonical JSON (RFC 8785), without the day of the signature: it is
/// written by hand on the printed page.
pub(crate) fn form_digest(form: &Declaration) -> Result<Sha256Digest, Failure> {
    let mut form = form.clone();
    form.commitment.signed_on = None;
    let bytes = serde_json_canonicalizer::to_vec(&form).map_err(|fault| {
        Failure::new(
            FailureCode::Defect,
            "没有算出表格的摘要，已保存的内容不受影响。",
        )
        .with_detail(fault)
    })?;
    Ok(Sha256Digest::of(&bytes))
}

/// What a declaration's sheets show: the form, and the stamp that belongs to it.
pub(super) fn of(
    desk: &Desk,
    vault: &Vault,
    found: &StoredDeclaration,
    submitted: Option<&Revision>,
    kind: DocumentKind,
) -> Result<(Declaration, Stamp), Failure> {
    let id = found.row.id;
    if let Some(revision) = submitted {
        let stamp = Stamp::Submitted {
            declaration: id,
            revision: revision.number,
            digest: form_digest(&revision.declaration)?,
            on: revision.submitted_at.date_naive(),
        };
        return Ok((revision.declaration.clone(), stamp));
    }
    let stamp = match kind {
        DocumentKind::SigningCopy => Stamp::Submitted {
            declaration: id,
            revision: vault.revisions(id).map_err(failure::store)?.len() as u32 + 1,
            digest: form_digest(&found.form)?,
            on: (desk.host.local_date)(),
        },
        DocumentKind::Form | DocumentKind::EvidenceList | DocumentKind::PrintSet => Stamp::Draft,
    };
    Ok((found.form.clone(), stamp))
}
