//! Reads filled templates: every fault at its cell, none hidden by another, nothing of a
//! classified sheet.

use super::{
    TEMPLATE_FORMAT,
    cells::{Book, Cells, Given, name},
    fault::{CellFault, SheetFault, SheetReading},
    guide,
    layout::{ANSWER, LABEL, LINES, Line, Place, QUESTION, QUESTION_ROW, Shape, end},
    open::open,
    parts::Parts,
    template::{MOST_SHEETS, OPTIONS},
    value::{answer, value},
};
use calamine::Reader as _;
use luguo_domain::Declaration;

/// Reads every sheet of a filled template.
///
/// # Errors
/// [`SheetFault`] when the file is no template that this program reads.
pub fn read(bytes: &[u8]) -> Result<Vec<SheetReading>, SheetFault> {
    let mut book = open(bytes)?;
    let mut names = book.sheet_names();
    names.retain(|name| name != guide::NAME && name != OPTIONS);
    if names.len() > usize::from(MOST_SHEETS) {
        return Err(SheetFault::TooLarge {
            limit: MOST_SHEETS.into(),
            unit: "sheets",
        });
    }
    let mut found = Vec::new();
    let mut other_version = None;
    for sheet in names {
        match marker(&mut book, &sheet)? {
            Some(marker) if marker == TEMPLATE_FORMAT => found.push(one(&mut book, sheet)?),
            Some(marker) if marker.starts_with("luguo.template/") => {
                other_version.get_or_insert(SheetFault::Version {
                    sheet,
                    found: marker,
                    expected: TEMPLATE_FORMAT,
                });
            }
            // A sheet that somebody added for notes is nobody's declaration.
            Some(_) | None => {}
        }
    }
    match other_version {
        Some(fault) => Err(fault),
        None if found.is_empty() => Err(SheetFault::NotTemplate),
        None => Ok(found),
    }
}

fn marker(book: &mut Book<'_>, sheet: &str) -> Result<Option<String>, SheetFault> {
    let cells = Cells::read(book, sheet, 1, true)?;
    Ok(cells.words((0, 0)).map(str::to_owned))
}

/// One sheet: the question first, and nothing else of a classified one.
fn one(book: &mut Book<'_>, sheet: String) -> Result<SheetReading, SheetFault> {
    let top = Cells::read(book, &sheet, QUESTION_ROW + 1, true)?;
    let asked = top.inside.get(&(QUESTION_ROW, ANSWER)).map(answer);
    if let Some(Ok(true)) = asked {
        let fault = fault(
            &sheet,
            (QUESTION_ROW, ANSWER),
            QUESTION,
            "这项成果标了涉密，表里的内容没有读取",
            "请删除这张工作表，在涉密计算机上使用涉密单机版填报",
        );
        return Ok(SheetReading {
            sheet,
            empty: false,
            declaration: Declaration::default(),
            faults: vec![fault],
        });
    }
    let cells = Cells::read(book, &sheet, end(), false)?;
    let mut faults = Vec::new();
    let mut parts = Parts::default();
    let mut any = false;
    for line in LINES.iter() {
        labels(&sheet, &cells, line, &mut faults);
        for slot in &line.slots {
            let place = (line.row, slot.column);
            let Some(given) = cells.inside.get(&place) else {
                continue;
            };
            any = true;
            match value(slot.kind, given) {
                Ok(Some(value)) if matches!(slot.kind, super::layout::Kind::Mark(_)) => {
                    parts.add(&slot.path, value);
                }
                Ok(Some(value)) => parts.put(&slot.path, value),
                Ok(None) => {}
                Err(wrong) => {
                    faults.push(fault(
                        &sheet,
                        place,
                        &slot.label,
                        &wrong.message,
                        &wrong.remedy,
                    ));
                }
            }
        }
        strays(&sheet, &cells, line, &mut faults);
    }
    if let Some((place, count)) = cells.outside {
        any = true;
        faults.push(fault(
            &sheet,
            place,
            "模板以外",
            &format!("模板以外有 {count} 个单元格填了内容，没有读取"),
            "请把内容移到模板里相应的格子，或删去",
        ));
    }
    if any {
        question(&sheet, asked, &mut faults);
    }
    Ok(SheetReading {
        sheet,
        empty: !any && faults.is_empty(),
        declaration: parts.declaration(),
        faults,
    })
}

fn question(
    sheet: &str,
    asked: Option<Result<bool, super::value::Wrong>>,
    faults: &mut Vec<CellFault>,
) {
    let place = (QUESTION_ROW, ANSWER);
    let told = match asked {
        Some(Ok(_)) => return,
        Some(Err(wrong)) => fault(sheet, place, QUESTION, &wrong.message, &wrong.remedy),
        None => fault(
            sheet,
            place,
            QUESTION,
            "还没有回答“是否涉密”",
            "请先按本单位定密结果选“是”或“否”",
        ),
    };
    faults.insert(0, told);
}

/// A label that was changed or moved: what stands beside it may be another field's.
fn labels(sheet: &str, cells: &Cells, line: &Line, faults: &mut Vec<CellFault>) {
    for (column, expected) in &line.labels {
        let found = cells.words((line.row, *column)).unwrap_or_default();
        if found != expected.trim() {
            faults.push(fault(
                sheet,
                (line.row, *column),
                expected,
                &format!("标签应为“{expected}”，现在是“{found}”"),
                "请不要改标签、插入或删除行；请用新模板重新填写这一张",
            ));
        }
    }
}

/// What stands beside the cells to fill in.
fn strays(sheet: &str, cells: &Cells, line: &Line, faults: &mut Vec<CellFault>) {
    if !matches!(line.shape, Shape::Field | Shape::Entry | Shape::Space) {
        return;
    }
    let row = (line.row, 0)..(line.row + 1, 0);
    for (place, given) in cells.inside.range(row) {
        let known = place.1 == LABEL
            || line.slots.iter().any(|slot| slot.column == place.1)
            || line.labels.iter().any(|(column, _)| *column == place.1);
        if known || matches!(given, Given::NoResult) {
            continue;
        }
        let (message, remedy) = match line.shape {
            Shape::Space => (
                format!("{}，这一行没有读取", line.words),
                "请删去；多出的内容可以在导入后到程序里添加",
            ),
            _ => (
                "这个格子不属于模板，内容没有读取".to_owned(),
                "请把内容移到浅黄色的格子里，或删去",
            ),
        };
        let label = line.label().unwrap_or("模板以外");
        faults.push(fault(sheet, *place, label, &message, remedy));
    }
}

fn fault(sheet: &str, place: Place, label: &str, message: &str, remedy: &str) -> CellFault {
    CellFault {
        sheet: sheet.to_owned(),
        cell: name(place),
        label: label.to_owned(),
        message: message.to_owned(),
        remedy: remedy.to_owned(),
    }
}
