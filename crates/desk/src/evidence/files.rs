//! Files from dialogs and from the clipboard, as tokens.

use crate::{desk::Desk, failure};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use luguo_ipc::{
    Failure, FailureCode, FilePickRequest, FilePutRequest, PickedFileView, PlacePickRequest,
};
use uuid::Uuid;

pub(crate) fn pick(desk: &Desk, request: &FilePickRequest) -> Vec<PickedFileView> {
    desk.host
        .dialogs
        .pick_files(request.multiple, &request.title)
        .into_iter()
        .map(|path| desk.intake.adopt(path))
        .collect()
}

pub(crate) fn place(desk: &Desk, request: &PlacePickRequest) -> Option<PickedFileView> {
    desk.host
        .dialogs
        .pick_place(&request.file_name, &request.title)
        .map(|path| desk.intake.adopt(path))
}

/// Keeps pasted bytes in a file of the vault's folder until they are taken in; the file is
/// removed when the import has read it.
pub(crate) fn put(desk: &Desk, request: &FilePutRequest) -> Result<PickedFileView, Failure> {
    let bytes = STANDARD.decode(&request.base64).map_err(|fault| {
        Failure::new(
            FailureCode::Invalid,
            "剪贴板里的内容读不出来，请重新复制一次。",
        )
        .with_detail(fault)
    })?;
    let name = std::path::Path::new(&request.name).file_name().map_or_else(
        || "剪贴板.png".into(),
        |name| name.to_string_lossy().into_owned(),
    );
    let folder = pasted_folder(desk).join(Uuid::new_v4().simple().to_string());
    std::fs::create_dir_all(&folder).map_err(|fault| failure::file(&name, &fault))?;
    let path = folder.join(&name);
    std::fs::write(&path, bytes).map_err(|fault| failure::file(&name, &fault))?;
    Ok(desk.intake.adopt(path))
}

/// Where pasted bytes wait.
pub(super) fn pasted_folder(desk: &Desk) -> std::path::PathBuf {
    desk.host.vaults.join("pasted")
}
