//! Small pictures and texts for a preview in the window.

use crate::{desk::Desk, failure};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use luguo_ipc::{EvidencePreviewView, EvidenceRequest, Failure};
use std::io::Read as _;

const LARGEST: u64 = 20 << 20;

pub(crate) fn preview(
    desk: &Desk,
    request: &EvidenceRequest,
) -> Result<EvidencePreviewView, Failure> {
    let vault = desk.vault()?;
    let item = super::find(&vault, request.declaration, request.evidence)?;
    let shown = ["image/png", "image/jpeg", "image/webp", "text/plain"];
    let reason = if !shown.contains(&item.media_type.as_str()) {
        Some("这种格式暂不能在窗口里预览，请取出后查看。")
    } else if item.size > LARGEST {
        Some("文件超过 20 MB，请取出后查看。")
    } else {
        None
    };
    if let Some(reason) = reason {
        return Ok(EvidencePreviewView {
            media_type: item.media_type,
            base64: None,
            reason: Some(reason.to_owned()),
        });
    }
    let mut bytes = Vec::new();
    vault
        .blob(item.sha256)
        .map_err(failure::store)?
        .ok_or_else(failure::missing)?
        .read_to_end(&mut bytes)
        .map_err(|fault| failure::file(&item.file_name, &fault))?;
    Ok(EvidencePreviewView {
        media_type: item.media_type,
        base64: Some(STANDARD.encode(bytes)),
        reason: None,
    })
}
