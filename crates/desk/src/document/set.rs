//! The print set of a declaration: evidence is read from the vault one piece at a time.

use super::paper::Sheet;
use crate::failure;
use luguo_documents::paper::{Marked, Press, PrintPart, Stamp};
use luguo_domain::{Declaration, evidence::EvidenceItem};
use luguo_ipc::{Failure, FailureCode};
use luguo_store::Vault;
use std::io::Read as _;

/// The largest piece that is typeset; a larger one is named on a sheet of its own.
const LARGEST: u64 = 100 << 20;

pub(super) fn typeset(
    vault: &Vault,
    press: &Press,
    form: &Declaration,
    stamp: &Stamp,
    evidence: Vec<EvidenceItem>,
    marked: Option<&Marked>,
) -> Result<Sheet, Failure> {
    let mut fault = None;
    let parts = evidence.into_iter().map_while(|item| {
        let bytes = if Press::prints(&item.media_type) && item.size <= LARGEST {
            match read(vault, &item) {
                Ok(bytes) => Some(bytes),
                Err(failure) => {
                    fault = Some(failure);
                    return None;
                }
            }
        } else {
            None
        };
        Some(PrintPart { item, bytes })
    });
    let set = press
        .print_set(form, stamp, parts, marked)
        .map_err(|fault| {
            Failure::new(
                FailureCode::Defect,
                "没有排出打印材料，填写的内容都在。请把详情告诉维护人员。",
            )
            .with_detail(fault)
        })?;
    if let Some(fault) = fault {
        return Err(fault);
    }
    let remarks = set
        .notices
        .iter()
        .map(|(title, reason)| format!("“{title}”：{}", reason.sentence()))
        .collect();
    Ok(Sheet {
        paper: set.paper,
        remarks,
    })
}

fn read(vault: &Vault, item: &EvidenceItem) -> Result<Vec<u8>, Failure> {
    let mut bytes = Vec::with_capacity(item.size as usize);
    vault
        .blob(item.sha256)
        .map_err(failure::store)?
        .ok_or_else(failure::missing)?
        .read_to_end(&mut bytes)
        .map_err(|fault| failure::file(&item.file_name, &fault))?;
    Ok(bytes)
}
