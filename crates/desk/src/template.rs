//! The fill-in template: written, read with a preview, taken in when the person says so.

use crate::{
    declaration::{begin, preparer},
    desk::Desk,
    evidence::write_whole,
    failure,
    intake::file_name,
};
use luguo_documents::sheet::{self, SheetFault, SheetReading};
use luguo_domain::{VaultKind, rules};
use luguo_ipc::{
    Failure, FailureCode, FileWrittenView, TemplateFaultView, TemplateImportRequest,
    TemplateImportedView, TemplateReadRequest, TemplateSheetView, TemplateView,
    TemplateWriteRequest,
};
use sha2::{Digest as _, Sha256};
use std::io::Write as _;

/// No filled template comes near it.
const LARGEST: u64 = 32 << 20;

pub(crate) fn write(
    desk: &Desk,
    request: &TemplateWriteRequest,
) -> Result<FileWrittenView, Failure> {
    let path = desk.intake.get(&request.place)?;
    let name = file_name(&path);
    let bytes = sheet::template(request.sheets, desk.now()).map_err(|fault| refused(&fault))?;
    write_whole(&path, |out| out.write_all(&bytes))
        .map_err(|fault| failure::file(&name, &fault))?;
    Ok(FileWrittenView {
        name,
        size: bytes.len() as u64,
        sha256: hex::encode(Sha256::digest(&bytes)),
    })
}

/// Reads and tells; nothing is stored.
pub(crate) fn read(desk: &Desk, request: &TemplateReadRequest) -> Result<TemplateView, Failure> {
    open_edition(desk)?;
    preparer(desk)?;
    let (name, readings) = readings(desk, &request.file)?;
    let empty = readings.iter().filter(|reading| reading.empty).count();
    Ok(TemplateView {
        name,
        sheets: readings
            .into_iter()
            .filter(|reading| !reading.empty)
            .map(view)
            .collect(),
        empty: empty as u32,
    })
}

/// Takes the chosen sheets in: all of them, or none when one may not be taken.
pub(crate) fn import(
    desk: &Desk,
    request: &TemplateImportRequest,
) -> Result<TemplateImportedView, Failure> {
    open_edition(desk)?;
    let vault = preparer(desk)?;
    let (_, readings) = readings(desk, &request.file)?;
    let mut chosen = Vec::new();
    for sheet in &request.sheets {
        let reading = readings
            .iter()
            .find(|reading| reading.sheet == *sheet && !reading.empty)
            .ok_or_else(|| {
                Failure::new(
                    FailureCode::NotFound,
                    format!("文件里没有填好的工作表“{sheet}”，没有导入任何内容。请重新选择文件。"),
                )
            })?;
        if !is_importable(reading) {
            return Err(Failure::new(
                FailureCode::Invalid,
                format!("工作表“{sheet}”不能导入，没有导入任何内容。请先取消勾选它。"),
            ));
        }
        chosen.push(&reading.declaration);
    }
    for form in &chosen {
        begin(desk, &vault, form)?;
    }
    Ok(TemplateImportedView {
        count: chosen.len() as u32,
    })
}

fn readings(desk: &Desk, token: &str) -> Result<(String, Vec<SheetReading>), Failure> {
    let picked = desk.intake.find(token)?;
    let bytes = picked.read_all(LARGEST)?;
    let readings = sheet::read(&bytes).map_err(|fault| refused(&fault))?;
    Ok((picked.name(), readings))
}

/// A sheet that was not read because it is marked classified, or whose question is open, stays
/// out; other faults leave a cell empty, which the form then shows.
fn is_importable(reading: &SheetReading) -> bool {
    reading
        .faults
        .iter()
        .all(|fault| fault.label != sheet::QUESTION)
}

fn view(reading: SheetReading) -> TemplateSheetView {
    TemplateSheetView {
        importable: is_importable(&reading),
        name: reading.declaration.name.clone(),
        completeness: rules::completeness(&reading.declaration),
        sheet: reading.sheet,
        faults: reading
            .faults
            .into_iter()
            .map(|fault| TemplateFaultView {
                cell: fault.cell,
                label: fault.label,
                message: fault.message,
                remedy: fault.remedy,
            })
            .collect(),
    }
}

/// The template asks for what is not classified.
fn open_edition(desk: &Desk) -> Result<(), Failure> {
    if desk.host.edition == VaultKind::Open {
        return Ok(());
    }
    Err(Failure::new(
        FailureCode::Invalid,
        "填报模板只用于非涉密成果，没有读取任何内容。涉密成果请在这里逐项填报。",
    ))
}

fn refused(fault: &SheetFault) -> Failure {
    Failure::new(FailureCode::File, fault.sentence()).with_detail(fault)
}
