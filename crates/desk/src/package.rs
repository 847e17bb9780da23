//! Packages as files: export of what was frozen at the approval, verification of any.

use crate::{
    declaration::view::readable, desk::Desk, evidence::write_whole, failure, intake::file_name,
};
use luguo_domain::{Sha256Digest, VaultKind};
use luguo_ipc::{
    Failure, FailureCode, FileWrittenView, PackageExportRequest, PackageFaultView,
    PackageReportView, PackageVerifyRequest,
};
use luguo_package::{BlobSource, WriteFault, thaw, verify_bag, write_bag};
use luguo_store::Vault;
use std::{fs::File, io::BufReader};

/// The vault's contents as a package wants them.
pub(crate) struct VaultBlobs<'a>(pub(crate) &'a Vault);

impl BlobSource for VaultBlobs<'_> {
    fn open(&self, sha256: Sha256Digest) -> std::io::Result<Box<dyn std::io::Read + '_>> {
        match self.0.blob(sha256) {
            Ok(Some(reader)) => Ok(Box::new(reader)),
            Ok(None) => Err(std::io::Error::other(format!("no content {sha256}"))),
            Err(fault) => Err(std::io::Error::other(fault)),
        }
    }
}

pub(crate) fn export(
    desk: &Desk,
    request: &PackageExportRequest,
) -> Result<FileWrittenView, Failure> {
    let vault = desk.vault()?;
    readable(&vault, request.id)?;
    if vault.kind() == VaultKind::Classified {
        return Err(Failure::new(
            FailureCode::Forbidden,
            "涉密成果不能写成普通成果包。请在“封装”里封成密封包，由机要渠道移交。",
        ));
    }
    let package = vault
        .package_of(request.id)
        .map_err(failure::store)?
        .ok_or_else(|| {
            Failure::new(
                FailureCode::Conflict,
                "单位审核通过后才有成果包。请先送审并由审核人通过。",
            )
        })?;
    let (frozen, _) = thaw(
        &package.frozen.package_json,
        &package.frozen.declaration_json,
    )
    .map_err(|fault| {
        Failure::new(FailureCode::Defect, "成果包的记录读不出来，没有导出。").with_detail(fault)
    })?;
    let path = desk.intake.get(&request.place)?;
    let name = file_name(&path);
    let written = write_whole(&path, |out| write_bag(&frozen, &VaultBlobs(&vault), out)).map_err(
        |fault: WriteFault| match fault {
            WriteFault::Io(fault) => failure::file(&name, &fault),
            WriteFault::Content { path } => Failure::new(
                FailureCode::VaultUnusable,
                "有一份佐证材料在保管库里已损坏，没有导出。请从备份恢复后再导出。",
            )
            .with_detail(path),
        },
    )?;
    vault
        .record_signed(
            "package.export",
            &package.id.to_string(),
            &format!("{name} {}", written.sha256),
            desk.now(),
        )
        .map_err(failure::store)?;
    Ok(FileWrittenView {
        name,
        size: written.size,
        sha256: written.sha256.to_hex(),
    })
}

pub(crate) fn verify(
    desk: &Desk,
    request: &PackageVerifyRequest,
) -> Result<PackageReportView, Failure> {
    let path = desk.intake.get(&request.file)?;
    let file = File::open(&path).map_err(|fault| failure::file(&file_name(&path), &fault))?;
    let report = verify_bag(BufReader::new(file));
    Ok(PackageReportView {
        valid: report.is_valid(),
        name: report.record.as_ref().map(|record| record.name.clone()),
        package_id: report
            .record
            .as_ref()
            .map(|record| record.package_id.to_string()),
        files: report.files,
        faults: report
            .faults
            .iter()
            .map(|fault| PackageFaultView {
                path: fault.path.clone(),
                code: fault.kind.code().to_owned(),
                message: fault.message(),
            })
            .collect(),
    })
}
