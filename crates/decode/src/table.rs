//! The sheets of a workbook as words.

use crate::{DecodeFault, MOST_COLUMNS, MOST_ROWS, MOST_SHEETS, Sheet, Table};
use calamine::{DataRef, Reader as _, Xlsx, XlsxError};
use std::io::{BufReader, Read, Seek};

/// Reads the sheets cell by cell: a workbook may say that it has a thousand million of them.
pub(crate) fn table<R: Read + Seek>(mut reader: R) -> Result<Table, DecodeFault> {
    // Counted first: what unfolds to too much is not read at all.
    super::listing::listing(&mut reader, true)?;
    let damaged = |fault: XlsxError| DecodeFault::Damaged(fault.to_string());
    let mut book: Xlsx<_> =
        calamine::open_workbook_from_rs(BufReader::new(reader)).map_err(damaged)?;
    let names = book.sheet_names();
    let mut sheets = Vec::new();
    for name in names.iter().take(MOST_SHEETS) {
        // A chart has no cells.
        let Ok(mut cells) = book.worksheet_cells_reader(name) else {
            continue;
        };
        let mut sheet = Sheet {
            name: name.clone(),
            rows: Vec::new(),
            cut: false,
        };
        while let Some(cell) = cells.next_cell().map_err(damaged)? {
            let (row, column) = cell.get_position();
            let (row, column) = (row as usize, column as usize);
            let words = words(cell.get_value());
            if words.is_empty() {
                continue;
            }
            if row >= MOST_ROWS || column >= MOST_COLUMNS {
                sheet.cut = true;
                if row >= MOST_ROWS {
                    break;
                }
                continue;
            }
            if sheet.rows.len() <= row {
                sheet.rows.resize(row + 1, Vec::new());
            }
            let line = &mut sheet.rows[row];
            if line.len() <= column {
                line.resize(column + 1, String::new());
            }
            line[column] = words;
        }
        sheets.push(sheet);
    }
    Ok(Table {
        cut: names.len() > MOST_SHEETS,
        sheets,
    })
}

fn words(cell: &DataRef<'_>) -> String {
    match cell {
        DataRef::Empty => String::new(),
        DataRef::String(words) => words.clone(),
        DataRef::SharedString(words) => (*words).to_owned(),
        DataRef::Bool(true) => "是".to_owned(),
        DataRef::Bool(false) => "否".to_owned(),
        DataRef::DateTime(moment) => {
            let (year, month, day, hour, minute, second, _) = moment.to_ymd_hms_milli();
            match (hour, minute, second) {
                (0, 0, 0) => format!("{year}-{month:02}-{day:02}"),
                _ => format!("{year}-{month:02}-{day:02} {hour:02}:{minute:02}"),
            }
        }
        DataRef::Int(number) => number.to_string(),
        DataRef::Float(number) => number.to_string(),
        DataRef::DateTimeIso(words) | DataRef::DurationIso(words) => words.clone(),
        DataRef::Error(fault) => fault.to_string(),
    }
}
