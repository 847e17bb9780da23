//! Opening a content: what shows it, how large it is, or why it is not shown.

use super::{
    opened::{Bytes, Opened},
    viewer,
};
use crate::{desk::Desk, evidence, failure, received};
use luguo_decode::{DecodeFault, Decoder};
use luguo_domain::{Sha256Digest, VaultKind, evidence::EvidenceItem};
use luguo_ipc::{
    ArchiveEntryView, ArchiveView, ContentOpenRequest, ContentPlaceRequest, ContentRequest,
    ContentView, Failure, FailureCode, Nothing, SheetView, Viewer, WorkbookView,
};
use luguo_store::Vault;
use std::sync::{Arc, Mutex, PoisonError};
use uuid::Uuid;

/// Characters that the window may remember of a place.
const LONGEST_PLACE: usize = 1_000;

pub(crate) fn open(desk: &Desk, request: &ContentOpenRequest) -> Result<ContentView, Failure> {
    let vault = desk.vault()?;
    let item = item(&vault, request)?;
    let blob = vault
        .blob(item.sha256)
        .map_err(failure::store)?
        .ok_or_else(failure::missing)?;
    if vault.kind() == VaultKind::Classified {
        // Every look at classified evidence is on record.
        vault
            .record("evidence.view", &item.id.to_string(), "", desk.now())
            .map_err(failure::store)?;
    }
    let blob = Arc::new(blob);
    let mut decoder = Decoder::new(
        desk.host.decoder.clone(),
        &item.media_type,
        Box::new(Bytes(Arc::clone(&blob))),
    );
    let (viewer, pages, reason) = match judge(&item, &mut decoder) {
        Ok((viewer, pages)) => (viewer, pages, None),
        Err(reason) => (Viewer::None, Vec::new(), Some(reason)),
    };
    let token = Uuid::new_v4().simple().to_string();
    desk.contents.keep(
        token.clone(),
        Opened {
            file_name: item.file_name.clone(),
            blob,
            decoder: Mutex::new(decoder),
        },
    );
    Ok(ContentView {
        token,
        viewer,
        media_type: item.media_type,
        size: item.size,
        pages,
        reason,
        sha256: item.sha256.to_hex(),
        place: vault.reading_place(item.sha256).map_err(failure::store)?,
    })
}

/// The piece as it is now, or as it was in a revision.
fn item(vault: &Vault, request: &ContentOpenRequest) -> Result<EvidenceItem, Failure> {
    let Some(number) = request.revision else {
        return evidence::find(vault, request.declaration, request.evidence);
    };
    let own = vault
        .declaration(request.declaration)
        .map_err(failure::store)?
        .is_some();
    let revision = if own {
        crate::declaration::view::readable(vault, request.declaration)?;
        vault
            .revision(request.declaration, number)
            .map_err(failure::store)?
    } else {
        received::revision(vault, request.declaration, number)?
    };
    revision
        .and_then(|revision| {
            revision
                .evidence
                .into_iter()
                .find(|item| item.id == request.evidence)
        })
        .ok_or_else(failure::missing)
}

/// What shows it, with the size of its pages where a decoder knows them.
fn judge(item: &EvidenceItem, decoder: &mut Decoder) -> Result<(Viewer, Vec<(u32, u32)>), String> {
    let name = &item.file_name;
    let Some((viewer, most)) = viewer::of(&item.media_type) else {
        return Err(format!(
            "“{name}”这种格式不能在窗口里显示。可以取出后用别的程序打开。"
        ));
    };
    if item.size == 0 {
        return Err(format!("“{name}”是空文件，里面没有内容。"));
    }
    if item.size > most {
        return Err(format!(
            "“{name}”超过 {} MB，不能在窗口里显示。可以取出后查看。",
            most >> 20
        ));
    }
    let pages = match viewer {
        Viewer::Picture | Viewer::Tiff => decoder.measure().map(|measure| measure.pages),
        // Counted before the web view unpacks it.
        Viewer::Word => decoder.listing(true).map(|_| Vec::new()),
        _ => Ok(Vec::new()),
    }
    .map_err(|fault| words(name, &fault))?;
    Ok((viewer, pages))
}

/// Why something is not shown, and what to do.
pub(super) fn words(name: &str, fault: &DecodeFault) -> String {
    let why = match fault {
        DecodeFault::Damaged(_) => "读不出来，可能已经损坏，或者扩展名和内容不一致",
        DecodeFault::Kind(_) => "用了这里不能显示的压缩或颜色方式",
        DecodeFault::TooLarge(_) => "展开以后太大，不在窗口里显示",
        DecodeFault::NoPage => "没有这一页",
        DecodeFault::TooLong => "打开得太久，已经停下，本程序不受影响",
        DecodeFault::Ended => "打开时出错，已经停下，本程序不受影响",
        DecodeFault::Machine(_) => "现在不能打开，请关闭程序后再试",
    };
    format!("“{name}”{why}。可以取出后用别的程序打开，或者请对方重新提交。")
}

pub(crate) fn close(desk: &Desk, request: &ContentRequest) -> Nothing {
    desk.contents.close(&request.token);
    Nothing {}
}

pub(crate) fn workbook(desk: &Desk, request: &ContentRequest) -> Result<WorkbookView, Failure> {
    let table = decoded(desk, request, Decoder::table)?;
    Ok(WorkbookView {
        sheets: table
            .sheets
            .into_iter()
            .map(|sheet| SheetView {
                name: sheet.name,
                rows: sheet.rows,
                cut: sheet.cut,
            })
            .collect(),
        cut: table.cut,
    })
}

pub(crate) fn archive(desk: &Desk, request: &ContentRequest) -> Result<ArchiveView, Failure> {
    let listing = decoded(desk, request, |decoder| decoder.listing(false))?;
    Ok(ArchiveView {
        entries: listing
            .entries
            .into_iter()
            .map(|entry| ArchiveEntryView {
                name: entry.name,
                size: entry.size,
                folder: entry.folder,
                locked: entry.locked,
            })
            .collect(),
    })
}

fn decoded<T>(
    desk: &Desk,
    request: &ContentRequest,
    work: impl FnOnce(&mut Decoder) -> Result<T, DecodeFault>,
) -> Result<T, Failure> {
    let opened = desk.contents.find(&request.token).ok_or_else(|| {
        Failure::new(
            FailureCode::NotFound,
            "这份材料已经关闭，请从列表里再打开一次。",
        )
    })?;
    let mut decoder = opened
        .decoder
        .lock()
        .unwrap_or_else(PoisonError::into_inner);
    work(&mut decoder).map_err(|fault| {
        Failure::new(FailureCode::File, words(&opened.file_name, &fault)).with_detail(fault)
    })
}

pub(crate) fn place(desk: &Desk, request: &ContentPlaceRequest) -> Result<Nothing, Failure> {
    let invalid = || {
        Failure::new(
            FailureCode::Invalid,
            "看到哪里没有记住，不影响内容。请关闭这份材料后再打开。",
        )
    };
    let sha256: Sha256Digest = request.sha256.parse().map_err(|_| invalid())?;
    if request.place.chars().count() > LONGEST_PLACE {
        return Err(invalid());
    }
    desk.vault()?
        .keep_reading_place(sha256, &request.place, desk.now())
        .map_err(failure::store)?;
    Ok(Nothing {})
}
