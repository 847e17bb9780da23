//! The tray: pages in their order, turned and cropped, and the PDF that they become.

use super::folder::arrived;
use crate::{
    declaration::view::readable, desk::Desk, document::refused, evidence, failure, intake::Picked,
    names,
};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use luguo_decode::{Content, Decoder};
use luguo_documents::paper::{ScannedFault, ScannedPage};
use luguo_domain::{DeclarationId, ScanPageId, marks::is_on_page};
use luguo_ipc::{
    EvidenceAddRequest, Failure, FailureCode, JobView, ScanEditRequest, ScanFinishRequest,
    ScanOrderRequest, ScanPageRequest, ScanPageView, ScanPictureRequest, ScanPictureView,
    ScanPutRequest, ScanTrayView,
};
use std::sync::Arc;
use uuid::Uuid;
use zeroize::Zeroizing;

/// Bytes of one picture.
const LARGEST: u64 = 100 << 20;
/// Pages of one PDF.
const MOST_PAGES: usize = 300;
/// Pixels across that a page of a TIFF is taken at: 600 dots on A4.
const WIDEST: u32 = 5_000;

pub(crate) fn show(desk: &Desk, id: DeclarationId) -> Result<ScanTrayView, Failure> {
    let vault = desk.vault()?;
    readable(&vault, id)?;
    let watched = arrived(desk, &vault)?;
    Ok(ScanTrayView {
        pages: vault
            .scan_pages(id)
            .map_err(failure::store)?
            .into_iter()
            .map(|page| ScanPageView {
                id: page.id,
                turn: page.turn,
                crop: page.crop,
            })
            .collect(),
        folder: watched.folder,
        folder_fault: watched.fault,
        arrived: watched.files,
    })
}

pub(crate) fn put(desk: &Desk, request: &ScanPutRequest) -> Result<ScanTrayView, Failure> {
    let vault = desk.vault()?;
    let mut behind = request.behind;
    for token in &request.files {
        let picked = desk.intake.find(token)?;
        let bytes = picked.read_all(LARGEST)?;
        for page in pages(desk, &picked.name(), bytes)? {
            let id = ScanPageId(Uuid::now_v7());
            vault
                .keep_scan_page(request.declaration, id, behind, 0, &page, desk.now())
                .map_err(failure::save)?;
            behind = behind.map(|_| id);
        }
        desk.intake.forget_pasted(token);
    }
    show(desk, request.declaration)
}

/// The pages of a picture: one, or those of a TIFF.
fn pages(desk: &Desk, name: &str, bytes: Vec<u8>) -> Result<Vec<Vec<u8>>, Failure> {
    let unread = |detail: &dyn std::fmt::Display| {
        Failure::new(
            FailureCode::File,
            format!("“{name}”不是能放进扫描台的图片（JPG、PNG、WebP、TIFF）。PDF 请直接加入材料。"),
        )
        .with_detail(detail)
    };
    let is_tiff = bytes.starts_with(b"II*\0") || bytes.starts_with(b"MM\0*");
    if !is_tiff {
        let page = ScannedPage {
            picture: &bytes,
            turn: 0,
            crop: None,
            resolution: 0,
        };
        page.preview(16)
            .map_err(|fault| unread(&format!("{fault:?}")))?;
        return Ok(vec![bytes]);
    }
    let mut decoder = Decoder::new(
        desk.host.decoder.clone(),
        "image/tiff",
        Box::new(Held(bytes)),
    );
    let measured = decoder.measure().map_err(|fault| unread(&fault))?;
    (0..measured.pages.len().min(MOST_PAGES))
        .map(|page| {
            decoder
                .page(page as u32, WIDEST)
                .map_err(|fault| unread(&fault))
        })
        .collect()
}

/// Bytes in memory for the decoding process.
struct Held(Vec<u8>);

impl Content for Held {
    fn size(&self) -> u64 {
        self.0.len() as u64
    }

    fn read_at(&self, offset: u64, length: usize) -> std::io::Result<Vec<u8>> {
        let begin = (offset as usize).min(self.0.len());
        let end = begin.saturating_add(length).min(self.0.len());
        Ok(self.0[begin..end].to_vec())
    }
}

pub(crate) fn picture(
    desk: &Desk,
    request: &ScanPictureRequest,
) -> Result<ScanPictureView, Failure> {
    let vault = desk.vault()?;
    readable(&vault, request.declaration)?;
    let (page, picture) = vault
        .scan_page(request.declaration, request.id)
        .map_err(failure::store)?
        .ok_or_else(failure::missing)?;
    let (turn, crop) = if request.whole {
        (0, None)
    } else {
        (page.turn, page.crop)
    };
    let shown = ScannedPage {
        picture: &picture,
        turn,
        crop,
        resolution: page.resolution,
    };
    let (jpeg, width, height) = shown
        .preview(request.width.clamp(16, 2_400))
        .map_err(|fault| {
            Failure::new(FailureCode::File, "这一页读不出来，请删去后重新扫描。")
                .with_detail(format!("{fault:?}"))
        })?;
    Ok(ScanPictureView {
        base64: STANDARD.encode(jpeg),
        width,
        height,
    })
}

pub(crate) fn edit(desk: &Desk, request: &ScanEditRequest) -> Result<ScanTrayView, Failure> {
    if request.crop.is_some_and(|crop| !is_on_page(crop)) {
        return Err(Failure::new(
            FailureCode::Invalid,
            "裁剪的范围不在页面上，没有裁剪。请重新框一次。",
        ));
    }
    desk.vault()?
        .change_scan_page(
            request.declaration,
            request.id,
            request.turn % 4,
            request.crop,
        )
        .map_err(failure::save)?;
    show(desk, request.declaration)
}

pub(crate) fn order(desk: &Desk, request: &ScanOrderRequest) -> Result<ScanTrayView, Failure> {
    desk.vault()?
        .order_scan_pages(request.declaration, &request.order)
        .map_err(failure::save)?;
    show(desk, request.declaration)
}

pub(crate) fn remove(desk: &Desk, request: &ScanPageRequest) -> Result<ScanTrayView, Failure> {
    desk.vault()?
        .drop_scan_pages(request.declaration, Some(request.id), desk.now())
        .map_err(failure::save)?;
    show(desk, request.declaration)
}

pub(crate) fn clear(desk: &Desk, id: DeclarationId) -> Result<ScanTrayView, Failure> {
    desk.vault()?
        .drop_scan_pages(id, None, desk.now())
        .map_err(failure::save)?;
    show(desk, id)
}

/// Makes the PDF and begins its import; the pages stay until the window saw it come in.
pub(crate) fn finish(desk: &Desk, request: &ScanFinishRequest) -> Result<JobView, Failure> {
    let vault = desk.vault()?;
    readable(&vault, request.declaration)?;
    let title = match request.title.trim() {
        "" => "扫描件",
        title => title,
    };
    let listed = vault
        .scan_pages(request.declaration)
        .map_err(failure::store)?;
    if listed.is_empty() || listed.len() > MOST_PAGES {
        return Err(Failure::new(
            FailureCode::Invalid,
            match listed.len() {
                0 => "扫描台上还没有页面。请先扫描，或放进图片。".to_owned(),
                count => format!("有 {count} 页，一份材料最多 {MOST_PAGES} 页。请分成几份。"),
            },
        ));
    }
    let mut pictures = Vec::with_capacity(listed.len());
    for page in &listed {
        let (_, picture) = vault
            .scan_page(request.declaration, page.id)
            .map_err(failure::store)?
            .ok_or_else(failure::missing)?;
        pictures.push(picture);
    }
    let pages: Vec<_> = listed
        .iter()
        .zip(&pictures)
        .map(|(page, picture)| ScannedPage {
            picture,
            turn: page.turn,
            crop: page.crop,
            resolution: page.resolution,
        })
        .collect();
    let unit = vault.unit().map_err(failure::store)?.name;
    let paper = desk
        .print
        .press(&desk.host.fonts)?
        .scanned(title, &unit, &pages)
        .map_err(|fault| match fault {
            ScannedFault::Page(number, fault) => Failure::new(
                FailureCode::File,
                format!("第 {number} 页读不出来，没有合成。请删去这一页后重新扫描。"),
            )
            .with_detail(format!("{fault:?}")),
            ScannedFault::Paper(fault) => refused(fault),
        })?;
    let pdf = paper.pdf(desk.now()).map_err(refused)?;
    let picked = desk.intake.keep(Picked::Pasted {
        name: format!("{}.pdf", names::safe(title)),
        bytes: Arc::new(Zeroizing::new(pdf)),
    });
    evidence::add(
        desk,
        EvidenceAddRequest {
            declaration: request.declaration,
            files: vec![picked.token],
            claims: request.claims.clone(),
        },
    )
}
