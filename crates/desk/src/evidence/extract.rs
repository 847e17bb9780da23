//! Writing evidence out: digest checked, whole or not at all.

use crate::{desk::Desk, failure, intake::file_name};
use luguo_ipc::{EvidenceExtractRequest, Failure, FileWrittenView};
use std::{
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
