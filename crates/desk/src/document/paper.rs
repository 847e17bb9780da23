//! Typesetting, kept warm: the press is made when first needed, the last sheet stays for the
//! next page of its preview.

use super::{
    marked::{marked, preview},
    set, stamp,
};
use crate::{
    declaration::view::readable, desk::Desk, evidence::write_whole, failure, intake::file_name,
};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use luguo_documents::paper::{Fonts, Paper, PaperFault, Press};
use luguo_domain::{DeclarationId, VaultKind};
use luguo_ipc::{
    DocumentKind, DocumentPageRequest, DocumentPageView, DocumentWriteRequest, Failure,
    FailureCode, FileWrittenView,
};
use sha2::{Digest as _, Sha256};
use std::{
    io::Write as _,
    path::PathBuf,
    sync::{Arc, Mutex, OnceLock, PoisonError},
};

/// Pixels a point in the preview: 108 dots an inch.
const PREVIEW: f64 = 1.5;

/// A sheet and what there is to say of it.
pub(super) struct Sheet {
    pub(super) paper: Paper,
    pub(super) remarks: Vec<String>,
}

/// What a kept sheet was printed from.
#[derive(Clone, PartialEq, Eq)]
struct Origin {
    id: DeclarationId,
    kind: DocumentKind,
    changed_at: luguo_domain::Moment,
    version: u32,
}

/// Press and last sheet.
#[derive(Default)]
pub(crate) struct PrintRoom {
    press: OnceLock<Press>,
    last: Mutex<Option<(Origin, Arc<Sheet>)>>,
}

impl PrintRoom {
    /// The press; its fonts are looked for once.
    pub(crate) fn press(&self, folders: &[PathBuf]) -> Result<&Press, Failure> {
        if let Some(press) = self.press.get() {
            return Ok(press);
        }
        let fonts = Fonts::gather(folders, true).map_err(refused)?;
        Ok(self.press.get_or_init(|| Press::new(fonts)))
    }

    /// Lets go of the last sheet: nothing of a closed vault stays.
    pub(crate) fn forget(&self) {
        *self.last.lock().unwrap_or_else(PoisonError::into_inner) = None;
    }
}

/// What a sheet is typeset for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Print {
    /// The window.
    Preview,
    /// Paper: in a classified vault each copy has its number.
    Copy,
}

fn sheet(
    desk: &Desk,
    id: DeclarationId,
    kind: DocumentKind,
    print: Print,
) -> Result<Arc<Sheet>, Failure> {
    let vault = desk.vault()?;
    let found = readable(&vault, id)?;
    let origin = Origin {
        id,
        kind,
        changed_at: found.row.changed_at,
        version: found.row.version,
    };
    {
        let last = desk
            .print
            .last
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        if let Some((of, sheet)) = last.as_ref()
            && *of == origin
            && (print == Print::Preview || vault.kind() == VaultKind::Open)
        {
            return Ok(Arc::clone(sheet));
        }
    }
    let revisions = vault.revisions(id).map_err(failure::store)?;
    let submitted = (!found.row.state.is_editable())
        .then(|| revisions.first())
        .flatten();
    let evidence = match submitted {
        Some(revision) => revision.evidence.clone(),
        None => vault
            .evidence(id)
            .map_err(failure::store)?
            .into_iter()
            .map(|stored| stored.item)
            .collect(),
    };
    let (form, stamp) = stamp::of(desk, &vault, &found, submitted, kind)?;
    let marked = match print {
        Print::Preview => preview(desk, &vault, id)?,
        Print::Copy => marked(desk, &vault, id, "declaration")?,
    };
    let marked = marked.as_ref();
    let press = desk.print.press(&desk.host.fonts)?;
    let sheet = match kind {
        DocumentKind::Form | DocumentKind::SigningCopy => Sheet {
            paper: press.form(&form, &stamp, marked).map_err(refused)?,
            remarks: Vec::new(),
        },
        DocumentKind::EvidenceList => Sheet {
            paper: press
                .evidence_list(&form, &evidence, &stamp, marked)
                .map_err(refused)?,
            remarks: Vec::new(),
        },
        DocumentKind::PrintSet => set::typeset(&vault, press, &form, &stamp, evidence, marked)?,
    };
    let sheet = Arc::new(sheet);
    *desk
        .print
        .last
        .lock()
        .unwrap_or_else(PoisonError::into_inner) = Some((origin, Arc::clone(&sheet)));
    Ok(sheet)
}

/// One page of the preview.
pub(crate) fn page(
    desk: &Desk,
    request: &DocumentPageRequest,
) -> Result<DocumentPageView, Failure> {
    let sheet = sheet(desk, request.id, request.kind, Print::Preview)?;
    let pages = sheet.paper.pages();
    let page = (request.page as usize).clamp(1, pages);
    Ok(DocumentPageView {
        pages: pages as u32,
        page: page as u32,
        png: STANDARD.encode(sheet.paper.png(page, PREVIEW).map_err(refused)?),
        remarks: sheet.remarks.clone(),
    })
}

/// Writes the PDF, whole or not at all.
pub(crate) fn write(
    desk: &Desk,
    request: &DocumentWriteRequest,
) -> Result<FileWrittenView, Failure> {
    let path = desk.intake.get(&request.place)?;
    let name = file_name(&path);
    let sheet = sheet(desk, request.id, request.kind, Print::Copy)?;
    let bytes = sheet.paper.pdf(desk.now()).map_err(refused)?;
    let vault = desk.vault()?;
    // On record before there is paper.
    vault
        .note_knowledge(request.id, "declaration.print", &name, "打印", desk.now())
        .map_err(failure::store)?;
    write_whole(&path, |out| out.write_all(&bytes))
        .map_err(|fault| failure::file(&name, &fault))?;
    vault
        .record("document.print", &request.id.to_string(), &name, desk.now())
        .map_err(failure::store)?;
    Ok(FileWrittenView {
        name,
        size: bytes.len() as u64,
        sha256: hex::encode(Sha256::digest(&bytes)),
    })
}

pub(crate) fn refused(fault: PaperFault) -> Failure {
    match fault {
        PaperFault::NoFont => Failure::new(
            FailureCode::File,
            "这台电脑上没有可用的中文字体，不能排版。请安装思源宋体（Noto Serif CJK）或系统自带的宋体后再打印。",
        ),
        PaperFault::NoPage { page, pages } => Failure::new(
            FailureCode::NotFound,
            format!("没有第 {page} 页，一共 {pages} 页。"),
        ),
        PaperFault::Typesetting { detail } => Failure::new(
            FailureCode::Defect,
            "没有排出版来，填写的内容都在。请把详情告诉维护人员。",
        )
        .with_detail(detail),
    }
}
