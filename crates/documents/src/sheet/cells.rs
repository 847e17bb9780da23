//! The cells of one sheet, taken from the reader one by one: what lies outside the template is
//! counted and not kept, so a sheet of a million rows costs no memory.

use super::{
    fault::SheetFault,
    layout::{LAST, Place},
};
use calamine::{DataRef, Xlsx, XlsxCellReader};
use std::{
    collections::BTreeMap,
    io::{Cursor, Read, Seek},
};

/// An opened workbook.
pub(super) type Book<'a> = Xlsx<Cursor<&'a [u8]>>;

/// What stands in a cell.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Given {
    /// Words, never blank.
    Text(String),
    /// A number.
    Number(f64),
    /// A number that is shown as a date; its serial in the 1900 system.
    Serial(f64),
    /// TRUE or FALSE.
    Truth(bool),
    /// A formula without a result, as some programs save it.
    NoResult,
    /// An error such as #REF!.
    Error(String),
}

/// The cells of a sheet that stand where the template has rows and columns, and what else does.
#[derive(Debug, Default)]
pub(super) struct Cells {
    /// What is not blank.
    pub(super) inside: BTreeMap<Place, Given>,
    /// The first cell outside, and how many there are.
    pub(super) outside: Option<(Place, usize)>,
}

impl Cells {
    /// Reads the rows before `end`; `stop` ends the reading at that row, outside cells included.
    pub(super) fn read(
        book: &mut Book<'_>,
        sheet: &str,
        end: u32,
        stop: bool,
    ) -> Result<Self, SheetFault> {
        let mut reader = book.worksheet_cells_reader(sheet).map_err(damaged)?;
        let mut cells = Self::default();
        while let Some((place, given)) = next(&mut reader)? {
            let Some(given) = given else { continue };
            if place.0 >= end && stop {
                break;
            }
            if place.0 < end && place.1 <= LAST {
                cells.inside.insert(place, given);
            } else {
                let (_, count) = cells.outside.get_or_insert((place, 0));
                *count += 1;
            }
        }
        Ok(cells)
    }

    /// The words of a cell, without the blanks around them.
    pub(super) fn words(&self, place: Place) -> Option<&str> {
        match self.inside.get(&place)? {
            Given::Text(words) => Some(words.trim()),
            _ => None,
        }
    }
}

/// The next cell: its place and what stands there.
fn next<RS: Read + Seek>(
    reader: &mut XlsxCellReader<'_, RS>,
) -> Result<Option<(Place, Option<Given>)>, SheetFault> {
    // With the formulas' metadata, not their text: expanding shared formulas trusts an index
    // that the file chooses.
    let Some(cell) = reader.next_cell_with_formula_metadata().map_err(damaged)? else {
        return Ok(None);
    };
    let column = u16::try_from(cell.pos.1).unwrap_or(u16::MAX);
    let given = match cell.value {
        DataRef::Empty => cell.formula.map(|_| Given::NoResult),
        DataRef::String(words) => text(&words),
        DataRef::SharedString(words) => text(words),
        DataRef::DateTimeIso(words) | DataRef::DurationIso(words) => text(&words),
        DataRef::Int(number) => Some(Given::Number(number as f64)),
        DataRef::Float(number) => Some(Given::Number(number)),
        DataRef::Bool(truth) => Some(Given::Truth(truth)),
        DataRef::Error(error) => Some(Given::Error(error.to_string())),
        DataRef::DateTime(moment) => Some(Given::Serial(serial(&moment))),
    };
    Ok(Some(((cell.pos.0, column), given)))
}

fn text(words: &str) -> Option<Given> {
    (!words.trim().is_empty()).then(|| Given::Text(words.to_owned()))
}

/// The serial number in the 1900 system, whichever the workbook counts in.
fn serial(moment: &calamine::ExcelDateTime) -> f64 {
    let number = moment.as_f64();
    let (year, month, day, ..) = moment.to_ymd_hms_milli();
    let day = chrono::NaiveDate::from_ymd_opt(i32::from(year), month.into(), day.into());
    let origin = chrono::NaiveDate::from_ymd_opt(1899, 12, 30);
    match (day, origin) {
        (Some(day), Some(origin)) => day.signed_duration_since(origin).num_days() as f64,
        _ => number,
    }
}

pub(super) fn damaged(fault: calamine::XlsxError) -> SheetFault {
    SheetFault::Damaged {
        reason: fault.to_string(),
    }
}

/// The name of a cell as a spreadsheet program shows it.
pub(super) fn name((row, column): Place) -> String {
    let mut letters = Vec::new();
    let mut rest = u32::from(column) + 1;
    while rest > 0 {
        let letter = b'A' + u8::try_from((rest - 1) % 26).unwrap_or_default();
        letters.push(char::from(letter));
        rest = (rest - 1) / 26;
    }
    let letters: String = letters.iter().rev().collect();
    format!("{letters}{}", u64::from(row) + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_named_as_in_a_spreadsheet() {
        for (place, expected) in [
            ((0, 0), "A1"),
            ((11, 2), "C12"),
            ((9, 25), "Z10"),
            ((9, 26), "AA10"),
            ((1_048_575, 16_383), "XFD1048576"),
        ] {
            assert_eq!(name(place), expected);
        }
    }
}
