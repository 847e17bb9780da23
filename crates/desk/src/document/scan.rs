//! Paper and package are one: the code of a scanned page names the form it was printed from. A
//! scan of another form, or of this one before it was changed, is told and not taken.

use super::stamp::form_digest;
use crate::{failure, intake::Picked};
use luguo_documents::paper::{StampCode, read_stamp};
use luguo_domain::{
    Declaration, DeclarationId,
    claim::Claim,
    evidence::EvidenceItem,
    rules::{Finding, Tier},
};
use luguo_ipc::{Failure, FailureCode};
use luguo_store::Vault;
use std::io::Read as _;

/// The largest scan whose code is looked for.
const LARGEST: u64 = 40 << 20;

/// Looks at a file that is about to become the commitment page. Answers a remark for the person;
/// refuses a page of another form.
pub(crate) fn check_added(
    vault: &Vault,
    id: DeclarationId,
    claims: &[Claim],
    picked: &Picked,
    media_type: &str,
) -> Result<Option<String>, Failure> {
    if !claims.contains(&Claim::Commitment) || picked.size() > LARGEST {
        return Ok(None);
    }
    let name = picked.name();
    let bytes = picked.read_all(LARGEST)?;
    let Some(found) = vault.declaration(id).map_err(failure::store)? else {
        return Ok(None);
    };
    match read_stamp(media_type, &bytes) {
        Ok(Some(code)) => match against(&code, id, &found.form)? {
            None => Ok(Some(format!(
                "“{name}”上的二维码与这份表格一致（第 {} 版）。",
                code.revision
            ))),
            Some(reason) => Err(Failure::new(
                FailureCode::Conflict,
                format!("“{name}”没有加入：{reason}"),
            )),
        },
        // No code, or a file that cannot be read as a picture: a person has to look.
        Ok(None) | Err(_) => Ok(Some(format!(
            "“{name}”上没有读到二维码，请确认签字盖章的就是现在这份表格。"
        ))),
    }
}

/// Why a code does not belong to the form as it stands; `None` when it does.
fn against(
    code: &StampCode,
    id: DeclarationId,
    form: &Declaration,
) -> Result<Option<String>, Failure> {
    if code.declaration != id {
        return Ok(Some(
            "它是另一项成果的打印件。请核对后选对扫描件。".to_owned(),
        ));
    }
    if code.digest != form_digest(form)? {
        return Ok(Some(format!(
            "它是第 {} 版的打印件，之后表格又改过。请重新打印签字盖章，或把表格改回打印时的内容。",
            code.revision
        )));
    }
    Ok(None)
}

/// The commitment pages of a draft that were printed before the form was changed: clause 二（二）
/// （三）, the printed revision is the submitted one.
pub(crate) fn stale_scans(
    vault: &Vault,
    id: DeclarationId,
    form: &Declaration,
    evidence: &[EvidenceItem],
) -> Result<Vec<Finding>, Failure> {
    let mut findings = Vec::new();
    for item in evidence {
        if !item.claims.contains(&Claim::Commitment) || item.size > LARGEST {
            continue;
        }
        let mut bytes = Vec::new();
        vault
            .blob(item.sha256)
            .map_err(failure::store)?
            .ok_or_else(failure::missing)?
            .read_to_end(&mut bytes)
            .map_err(|fault| failure::file(&item.file_name, &fault))?;
        let Ok(Some(code)) = read_stamp(&item.media_type, &bytes) else {
            continue;
        };
        if let Some(reason) = against(&code, id, form)? {
            findings.push(Finding {
                code: "commitment.page_of_other_revision".to_owned(),
                path: "evidence.commitment".to_owned(),
                clause: "二（二）".to_owned(),
                tier: Tier::Mandatory,
                message: format!("承诺页“{}”与现在的表格不是同一版。", item.title),
                remedy: reason,
            });
        }
    }
    Ok(findings)
}
