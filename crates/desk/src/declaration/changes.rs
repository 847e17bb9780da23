//! What changed between two states of a declaration: fields in words, and evidence.

use super::view;
use crate::{desk::Desk, failure, received};
use luguo_domain::{Declaration, evidence::EvidenceItem};
use luguo_ipc::{
    EvidenceChange, EvidenceChangeView, Failure, RevisionCompareRequest, RevisionCompareView,
};
use luguo_store::Vault;

/// One state.
struct Side {
    title: String,
    form: Declaration,
    evidence: Vec<EvidenceItem>,
}

pub(crate) fn changes(
    desk: &Desk,
    request: &RevisionCompareRequest,
) -> Result<RevisionCompareView, Failure> {
    let vault = desk.vault()?;
    if vault
        .declaration(request.id)
        .map_err(failure::store)?
        .is_some()
    {
        view::readable(&vault, request.id)?;
    }
    let (left, right) = (
        side(&vault, request, request.from)?,
        side(&vault, request, request.to)?,
    );
    Ok(RevisionCompareView {
        rows: super::duplicates::rows(&left.form, &right.form),
        evidence: evidence(&left.evidence, &right.evidence),
        left: left.title,
        right: right.title,
    })
}

fn side(
    vault: &Vault,
    request: &RevisionCompareRequest,
    number: Option<u32>,
) -> Result<Side, Failure> {
    match number {
        Some(number) => {
            let revision =
                received::any_revision(vault, request.id, number)?.ok_or_else(failure::missing)?;
            Ok(Side {
                title: format!("第 {number} 次送审"),
                form: revision.declaration,
                evidence: revision.evidence,
            })
        }
        None => {
            let found = vault
                .declaration(request.id)
                .map_err(failure::store)?
                .ok_or_else(failure::missing)?;
            // A reviewer sees what was submitted, never what is being typed.
            if found.row.prepared_by != vault.me().id {
                return Err(failure::missing());
            }
            Ok(Side {
                title: "现在填的内容".to_owned(),
                form: found.form,
                evidence: vault
                    .evidence(request.id)
                    .map_err(failure::store)?
                    .into_iter()
                    .map(|stored| stored.item)
                    .collect(),
            })
        }
    }
}

fn evidence(left: &[EvidenceItem], right: &[EvidenceItem]) -> Vec<EvidenceChangeView> {
    let mut changes = Vec::new();
    let mut told = |item: &EvidenceItem, change, detail: String| {
        changes.push(EvidenceChangeView {
            evidence: item.id,
            title: item.title.clone(),
            change,
            detail,
        });
    };
    for before in left {
        match right.iter().find(|after| after.id == before.id) {
            None => told(before, EvidenceChange::Removed, before.file_name.clone()),
            Some(after) if after.sha256 != before.sha256 => told(
                after,
                EvidenceChange::Replaced,
                format!("{} → {}", before.file_name, after.file_name),
            ),
            Some(after) if after != before => {
                let detail = if after.title == before.title {
                    "证明的内容、种类或页码有改动".to_owned()
                } else {
                    format!("{} → {}", before.title, after.title)
                };
                told(after, EvidenceChange::Described, detail);
            }
            Some(_) => {}
        }
    }
    for after in right {
        if !left.iter().any(|before| before.id == after.id) {
            told(after, EvidenceChange::Added, after.file_name.clone());
        }
    }
    changes
}
