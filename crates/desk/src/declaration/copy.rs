//! A new declaration from an earlier one, and a declaration as a file.

use super::{begin, view};
use crate::{desk::Desk, evidence::write_whole, failure, intake::file_name};
use luguo_domain::{
    VaultKind,
    form::{DeclarationFile, copy::take_over},
};
use luguo_ipc::{
    DeclarationCopyRequest, DeclarationExportRequest, DeclarationView, Failure, FailureCode,
    FileWrittenView,
};
use sha2::{Digest as _, Sha256};
use std::io::Write as _;

/// Begins a declaration with the chosen parts of another.
pub(crate) fn copy(
    desk: &Desk,
    request: &DeclarationCopyRequest,
) -> Result<DeclarationView, Failure> {
    let vault = begin::preparer(desk)?;
    let from = view::readable(&vault, request.from)?;
    begin::begin(desk, &vault, &take_over(&from.form, &request.parts))
}

/// Writes the form as a JSON file that another vault can take in.
pub(crate) fn export(
    desk: &Desk,
    request: &DeclarationExportRequest,
) -> Result<FileWrittenView, Failure> {
    let vault = desk.vault()?;
    let found = view::readable(&vault, request.id)?;
    let path = desk.intake.get(&request.place)?;
    let name = file_name(&path);
    if vault.kind() == VaultKind::Classified {
        return Err(Failure::new(
            FailureCode::Forbidden,
            "涉密成果不能导出成普通文件。需要纸质件请打印，需要移交请封装。",
        ));
    }
    let file = DeclarationFile::new(found.form, false);
    let text = serde_json::to_vec_pretty(&file).map_err(|fault| {
        Failure::new(
            FailureCode::Defect,
            "表格没有写成文件，已保存的内容不受影响。",
        )
        .with_detail(fault)
    })?;
    write_whole(&path, |out| out.write_all(&text)).map_err(|fault| failure::file(&name, &fault))?;
    vault
        .record(
            "declaration.export",
            &request.id.to_string(),
            &name,
            desk.now(),
        )
        .map_err(failure::store)?;
    Ok(FileWrittenView {
        name,
        size: text.len() as u64,
        sha256: hex::encode(Sha256::digest(&text)),
    })
}
