//! Writing evidence out: digest checked, whole or not at all.

use crate::{declaration, desk::Desk, failure, intake::file_name, names};
use luguo_domain::VaultKind;
use luguo_ipc::{
    EvidenceExtractAllRequest, EvidenceExtractRequest, EvidenceExtractedView, Failure, FailureCode,
    FileWrittenView,
};
use std::{
    collections::BTreeSet,
    fs::File,
    io::Write as _,
    path::{Path, PathBuf},
};

pub(crate) fn extract(
    desk: &Desk,
    request: &EvidenceExtractRequest,
) -> Result<FileWrittenView, Failure> {
    let vault = desk.vault()?;
    let path = desk.intake.get(&request.place)?;
    let item = super::find(&vault, request.declaration, request.evidence)?;
    // On record before the first byte is outside.
    vault
        .note_knowledge(
            request.declaration,
            "declaration.extract",
            &item.id.to_string(),
            "取出材料",
            desk.now(),
        )
        .map_err(failure::store)?;
    let mut blob = vault
        .blob(item.sha256)
        .map_err(failure::store)?
        .ok_or_else(failure::missing)?;
    let name = file_name(&path);
    write_whole(&path, |out| std::io::copy(&mut blob, out).map(|_| ()))
        .map_err(|fault| failure::file(&name, &fault))?;
    vault
        .record("evidence.extract", &item.id.to_string(), &name, desk.now())
        .map_err(failure::store)?;
    Ok(FileWrittenView {
        name,
        size: item.size,
        sha256: item.sha256.to_hex(),
    })
}

/// Writes every piece into a new folder: whole or not at all, each under a name that a person can
/// read.
pub(crate) fn extract_all(
    desk: &Desk,
    request: &EvidenceExtractAllRequest,
) -> Result<EvidenceExtractedView, Failure> {
    let vault = desk.vault()?;
    if vault.kind() == VaultKind::Classified {
        return Err(Failure::new(
            FailureCode::Forbidden,
            "涉密材料不能整批取出。需要移交请封装；确需单件取出的，逐件办理。",
        ));
    }
    let into = desk.intake.get(&request.folder)?;
    let shown = declaration::show(desk, request.declaration)?;
    if shown.evidence.is_empty() {
        return Err(Failure::new(
            FailureCode::NotFound,
            "这项成果还没有材料，没有取出任何内容。",
        ));
    }
    let title = match shown.form.name.trim() {
        "" => "未命名成果",
        name => name,
    };
    let mut folder = into.join(names::safe(&format!("{title} 佐证材料")));
    let mut n = 2;
    while folder.exists() {
        folder = into.join(names::safe(&format!("{title} 佐证材料 {n}")));
        n += 1;
    }
    let called = file_name(&folder);
    let unwritten = |fault: std::io::Error| failure::file(&called, &fault);
    std::fs::create_dir(&folder).map_err(unwritten)?;
    let mut taken = BTreeSet::new();
    let mut files = Vec::new();
    for piece in &shown.evidence {
        let name = names::distinct(&mut taken, &piece.readable_name);
        let item = super::find(&vault, request.declaration, piece.id)?;
        let written = vault
            .blob(item.sha256)
            .map_err(failure::store)
            .and_then(|blob| blob.ok_or_else(failure::missing))
            .and_then(|mut blob| {
                write_whole(&folder.join(&name), |out| {
                    std::io::copy(&mut blob, out).map(|_| ())
                })
                .map_err(|fault| failure::file(&name, &fault))
            });
        if let Err(fault) = written {
            // A folder with some of the pieces would look like all of them.
            let _ = std::fs::remove_dir_all(&folder);
            return Err(fault);
        }
        files.push(name);
    }
    vault
        .record(
            "evidence.extract_all",
            &request.declaration.to_string(),
            &format!("{called} {}", files.len()),
            desk.now(),
        )
        .map_err(failure::store)?;
    Ok(EvidenceExtractedView {
        folder: called,
        files,
    })
}

/// Writes a file beside its place, makes it durable, and only then gives it its name.
pub(crate) fn write_whole<T, E: From<std::io::Error>>(
    path: &Path,
    write: impl FnOnce(&mut File) -> Result<T, E>,
) -> Result<T, E> {
    let mut unfinished = path.as_os_str().to_owned();
    unfinished.push(".未完成");
    let unfinished = PathBuf::from(unfinished);
    let outcome = (|| {
        let mut out = File::options()
            .read(true)
            .write(true)
            .create(true)
            .truncate(true)
            .open(&unfinished)?;
        let done = write(&mut out)?;
        out.flush()?;
        out.sync_all()?;
        std::fs::rename(&unfinished, path)?;
        Ok(done)
    })();
    if outcome.is_err() {
        // Where even this fails, the name says that the file is not whole.
        let _ = std::fs::remove_file(&unfinished);
    }
    outcome
}
