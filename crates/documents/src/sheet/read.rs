//! Reads a filled template: every fault of every sheet at once, each at its cell.
//!
//! 是否涉密 is looked at first, from the top rows alone. Only where 否 stands there is the rest
//! of the sheet read; 是, a blank or anything unclear leaves it unread. A workbook keeps the
//! words of all its sheets in one table, which opening it loads; nothing of that table reaches a
//! reading except through the cells of a sheet that was read.

use super::{
    TEMPLATE_FORMAT,
    cells::{Cells, Given, damaged, name},
    fault::{CellFault, SheetFault, SheetReading},
    layout::{ANSWER, LABEL, LINES, Line, Place, QUESTION, QUESTION_ROW, Shape, end},
    open::open,
    parts::Parts,
    template,
    value::{self, Wrong},
};
use crate::sheet::layout::Kind;
use calamine::{Reader as _, SheetType};
use luguo_domain::Declaration;
use std::collections::BTreeSet;

mod labels;
mod merged;

/// What the second cell of a sheet says it is.
const DECLARATION: &str = "declaration";

/// Sheets of one workbook that are looked at.
const MOST_TABS: usize = 400;

/// Reads a filled template.
///
/// Sheets that the template does not know are reported and change nothing; blank ones are left
/// out. Nothing of a sheet is kept whose answer to 是否涉密 is not 否.
///
/// # Errors
/// [`SheetFault`] when the file as a whole is no template of this version.
pub fn read(bytes: &[u8]) -> Result<Vec<SheetReading>, SheetFault> {
    let mut book = open(bytes)?;
    let tabs: Vec<String> = book
        .sheets_metadata()
        .iter()
        .filter(|sheet| sheet.typ == SheetType::WorkSheet)
        .map(|sheet| sheet.name.clone())
        .collect();
    if tabs.len() > MOST_TABS {
        return Err(SheetFault::TooLarge {
            limit: MOST_TABS as u64,
            unit: "sheets",
        });
    }
    let mut sheets = Vec::new();
    let mut ours = 0;
    for tab in tabs {
        // A sheet that is broken in itself is told, and the others are read.
        let top = Cells::read(&mut book, &tab, QUESTION_ROW + 1, true).unwrap_or_default();
        match top.words((0, 0)) {
            Some(TEMPLATE_FORMAT) => {
                ours += 1;
                if top.words((0, 1)) == Some(DECLARATION) {
                    sheets.push((tab, Some(top)));
                }
            }
            Some(found) if found.starts_with("luguo.template/") => {
                return Err(SheetFault::Version {
                    sheet: tab,
                    found: found.chars().take(40).collect(),
                    expected: TEMPLATE_FORMAT,
                });
            }
            _ => sheets.push((tab, None)),
        }
    }
    if ours == 0 {
        return Err(SheetFault::NotTemplate);
    }
    let mut readings = Vec::new();
    for (tab, top) in sheets {
        match top {
            Some(top) => readings.push(declaration(&mut book, tab, &top)),
            None => readings.extend(foreign(&mut book, tab)),
        }
    }
    Ok(readings)
}

/// A sheet without the template's marker: nothing when it is blank.
fn foreign(book: &mut super::cells::Book<'_>, tab: String) -> Option<SheetReading> {
    let mut sheet = Sheet::new(tab);
    let message = match Cells::read(book, &sheet.name, 1, false) {
        Ok(cells) if cells.inside.is_empty() && cells.outside.is_none() => return None,
        Ok(_) => "这张工作表不是本模板的成果表，没有读取",
        Err(_) => "这张工作表已损坏，没有读取",
    };
    let remedy = "请把内容填到模板的成果表里；不需要的工作表请删去";
    sheet.fault((0, 0), "工作表", message, remedy);
    Some(sheet.refused())
}

fn declaration(book: &mut super::cells::Book<'_>, tab: String, top: &Cells) -> SheetReading {
    let mut sheet = Sheet::new(tab);
    let question = (QUESTION_ROW, ANSWER);
    let refused = secrecy(top);
    if let Some(wrong) = &refused
        && top.inside.contains_key(&question)
    {
        sheet.fault(question, QUESTION, &wrong.message, &wrong.remedy);
        return sheet.refused();
    }
    let cells = Cells::read(book, &sheet.name, end(), false);
    let merges = book.merge_cells_by_sheet_name(&sheet.name).map_err(damaged);
    let (Ok(cells), Ok(merges)) = (cells, merges) else {
        let remedy = "请用 Excel 或 WPS 打开检查，另存后再导入";
        sheet.fault((0, 0), "工作表", "这张工作表已损坏，没有读取", remedy);
        return sheet.refused();
    };
    if is_blank(&cells) {
        return sheet.blank();
    }
    if let Some(wrong) = refused {
        sheet.fault(question, QUESTION, wrong.message, wrong.remedy);
        return sheet.refused();
    }
    sheet.merged(&merges);
    let moved = sheet.labels(&cells);
    let mut parts = Parts::default();
    for line in LINES.iter().filter(|line| !moved.contains(&line.row)) {
        sheet.line(line, &cells, &mut parts);
    }
    if let Some((place, count)) = cells.outside.filter(|_| moved.is_empty()) {
        let message = format!("表格以外还有 {count} 个单元格有内容，没有读取");
        sheet.fault(place, "表格以外", message, "请移到表格里的填写处，或删去");
    }
    sheet.done(parts.declaration())
}

/// Whether no answer and nothing else was filled in.
fn is_blank(cells: &Cells) -> bool {
    let fixed = |place: &Place| match super::layout::line(place.0) {
        None => true,
        Some(line) => labels::fixed(line, place.1).is_some() || line.shape == Shape::Count,
    };
    cells.outside.is_none() && cells.inside.keys().all(fixed)
}

/// Why the sheet must not be read: anything but a clear 否 at its place.
fn secrecy(top: &Cells) -> Option<Wrong> {
    let wrong = |message: &str, remedy: &str| {
        Some(Wrong {
            message: message.to_owned(),
            remedy: remedy.to_owned(),
        })
    };
    if top.words((QUESTION_ROW, LABEL)) != Some(QUESTION) {
        return wrong(
            "“是否涉密”不在原来的位置，整张表没有读取",
            "请导出新模板，把内容填进去后再导入",
        );
    }
    let Some(given) = top.inside.get(&(QUESTION_ROW, ANSWER)) else {
        return wrong(
            "没有回答“是否涉密”，整张表没有读取",
            "请先确认成果是否涉密：不涉密的选“否”后再导入；涉密的不得填在这里",
        );
    };
    match value::answer(given) {
        Ok(false) => None,
        Ok(true) => wrong(
            "涉密成果不能用本程序导入，整张表没有读取",
            "请按保密规定处理这个文件；涉密成果在涉密计算机上用涉密单机版填报，不通过网络",
        ),
        Err(_) => wrong(
            "“是否涉密”看不出是或否，整张表没有读取",
            "请从下拉列表中选择“是”或“否”",
        ),
    }
}

/// A sheet while its faults are gathered.
struct Sheet {
    name: String,
    faults: Vec<(Place, CellFault)>,
}

impl Sheet {
    fn new(name: String) -> Self {
        Self {
            name,
            faults: Vec::new(),
        }
    }

    fn fault(
        &mut self,
        place: Place,
        label: &str,
        message: impl Into<String>,
        remedy: impl Into<String>,
    ) {
        let fault = CellFault {
            sheet: self.name.clone(),
            cell: name(place),
            label: label.to_owned(),
            message: message.into(),
            remedy: remedy.into(),
        };
        self.faults.push((place, fault));
    }

    /// Takes the answers of a line, and finds what stands where nothing should.
    fn line(&mut self, line: &Line, cells: &Cells, parts: &mut Parts) {
        let mut stray = None;
        for (&place, given) in cells.inside.range((line.row, 0)..=(line.row, u16::MAX)) {
            if let Some(slot) = line.slots.iter().find(|slot| slot.column == place.1) {
                match value::value(slot.kind, given) {
                    Ok(None) => {}
                    Ok(Some(value)) if matches!(slot.kind, Kind::Mark(_)) => {
                        parts.add(&slot.path, value);
                    }
                    Ok(Some(value)) => parts.put(&slot.path, value),
                    Err(wrong) => self.fault(place, &slot.label, wrong.message, wrong.remedy),
                }
            } else if labels::is_stray(line, place.1, given) {
                stray = stray.or(Some(place));
            }
        }
        if let Some(place) = stray {
            if line.shape == Shape::Space {
                let remedy = "请删去多出的行；内容确有必要的，写进简介或佐证材料";
                self.fault(
                    place,
                    &line.words,
                    format!("{}，这一行没有读取", line.words),
                    remedy,
                );
            } else {
                let label = line.label().unwrap_or(&line.words);
                let remedy = "请移到白色的填写处，或删去";
                self.fault(place, label, "这里不是填写处，内容没有读取", remedy);
            }
        }
    }

    fn reading(mut self, empty: bool, declaration: Declaration) -> SheetReading {
        self.faults.sort_by_key(|(place, _)| *place);
        SheetReading {
            sheet: self.name,
            empty,
            declaration,
            faults: self.faults.into_iter().map(|(_, fault)| fault).collect(),
        }
    }

    fn done(self, declaration: Declaration) -> SheetReading {
        self.reading(false, declaration)
    }

    fn refused(self) -> SheetReading {
        self.reading(false, Declaration::default())
    }

    fn blank(self) -> SheetReading {
        self.reading(true, Declaration::default())
    }
}
