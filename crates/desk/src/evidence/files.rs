//! Files from dialogs and from the clipboard, as tokens.

use crate::{
    desk::Desk,
    intake::{Picked, file_name},
};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use luguo_ipc::{
    Failure, FailureCode, FilePickRequest, FilePutRequest, FolderPickRequest, PickedFileView,
    PlacePickRequest,
};
use std::{path::Path, sync::Arc};
use zeroize::Zeroizing;

/// What the clipboard may bring at once; it is held in memory.
const LARGEST_PASTE: usize = 64 << 20;

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

pub(crate) fn folder(desk: &Desk, request: &FolderPickRequest) -> Option<PickedFileView> {
    desk.host
        .dialogs
        .pick_folder(&request.title)
        .map(|path| desk.intake.adopt(path))
}

/// Keeps pasted bytes in memory until the import has read them.
pub(crate) fn put(desk: &Desk, request: &FilePutRequest) -> Result<PickedFileView, Failure> {
    let name = match file_name(Path::new(&request.name)) {
        name if name.is_empty() => "剪贴板.png".to_owned(),
        name => name,
    };
    if request.base64.len() / 4 * 3 > LARGEST_PASTE {
        return Err(Failure::new(
            FailureCode::File,
            format!(
                "“{name}”超过 {} MB，不能从剪贴板加入。请存成文件，再用“添加文件”选择它。",
                LARGEST_PASTE >> 20
            ),
        ));
    }
    let bytes = STANDARD.decode(&request.base64).map_err(|fault| {
        Failure::new(
            FailureCode::Invalid,
            "剪贴板里的内容读不出来，请重新复制一次。",
        )
        .with_detail(fault)
    })?;
    Ok(desk.intake.keep(Picked::Pasted {
        name,
        bytes: Arc::new(Zeroizing::new(bytes)),
    }))
}
