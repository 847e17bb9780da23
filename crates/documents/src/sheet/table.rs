//! A list as a sheet: title, head that stays and repeats on every page, every cell as text.

use super::{fault::SheetFault, look};
use luguo_domain::Moment;
use rust_xlsxwriter::{IgnoreError, Workbook, Worksheet, XlsxError};

/// What a cell holds.
const MOST_CHARACTERS: usize = 32_767;
const A4: u8 = 9;

/// A list as XLSX: A4 across, as wide as the page, head frozen and repeated in print.
///
/// Every cell is text: a phone number keeps its zeros, and words that begin with = + - @ stay
/// words.
///
/// # Errors
/// [`SheetFault::DoesNotFit`] for a text longer than a cell holds.
pub fn table<C: AsRef<str>>(
    title: &str,
    columns: &[C],
    rows: &[Vec<String>],
    made: Moment,
) -> Result<Vec<u8>, SheetFault> {
    Grid {
        title,
        under: None,
        columns: columns.iter().map(AsRef::as_ref).collect(),
        rows,
    }
    .write(made)
}

/// A list with an optional line under its title.
pub(super) struct Grid<'a> {
    pub(super) title: &'a str,
    pub(super) under: Option<String>,
    pub(super) columns: Vec<&'a str>,
    pub(super) rows: &'a [Vec<String>],
}

impl Grid<'_> {
    pub(super) fn write(&self, made: Moment) -> Result<Vec<u8>, SheetFault> {
        self.fits()?;
        let mut book: Workbook = look::workbook(self.title, made);
        let sheet = book.add_worksheet().set_name(tab(self.title))?;
        self.sheet(sheet)?;
        Ok(book.save_to_buffer()?)
    }

    fn fits(&self) -> Result<(), SheetFault> {
        for row in self.rows {
            for (words, column) in row.iter().zip(&self.columns) {
                if words.encode_utf16().count() > MOST_CHARACTERS {
                    let place = row.iter().find(|words| words.chars().count() > 3);
                    let place = place.map_or(self.title, String::as_str);
                    return Err(SheetFault::DoesNotFit {
                        place: place.chars().take(40).collect(),
                        what: (*column).to_owned(),
                        most: MOST_CHARACTERS,
                    });
                }
            }
        }
        Ok(())
    }

    fn sheet(&self, sheet: &mut Worksheet) -> Result<(), XlsxError> {
        let last = u16::try_from(self.columns.len().saturating_sub(1)).unwrap_or(u16::MAX);
        over(sheet, 0, last, self.title, &look::title())?;
        sheet.set_row_height(0, 30)?;
        let mut head = 1;
        if let Some(words) = &self.under {
            over(sheet, 1, last, words, &look::words())?;
            head = 2;
        }
        for (index, column) in self.columns.iter().enumerate() {
            let at = u16::try_from(index).unwrap_or(u16::MAX);
            sheet.write_string_with_format(head, at, *column, &look::head())?;
            let cells = self.rows.iter().filter_map(|row| row.get(index));
            let widest = cells
                .map(|words| width(words))
                .fold(width(column), usize::max);
            sheet.set_column_width(at, (widest + 2).clamp(6, 40) as f64)?;
        }
        for (row, at) in self.rows.iter().zip(head + 1..) {
            for (words, column) in row.iter().take(self.columns.len()).zip(0..) {
                sheet.write_string_with_format(at, column, words, &look::text())?;
            }
        }
        let end = head + u32::try_from(self.rows.len()).unwrap_or(u32::MAX - head);
        if end > head {
            sheet.ignore_error_range(head + 1, 0, end, last, IgnoreError::NumberStoredAsText)?;
        }
        sheet.set_freeze_panes(head + 1, 0)?;
        sheet.set_repeat_rows(0, head)?;
        sheet
            .set_paper_size(A4)
            .set_landscape()
            .set_print_fit_to_pages(1, 0);
        sheet.set_footer("&C第 &P 页，共 &N 页");
        Ok(())
    }
}

/// Words over all columns.
fn over(
    sheet: &mut Worksheet,
    row: u32,
    last: u16,
    words: &str,
    format: &rust_xlsxwriter::Format,
) -> Result<(), XlsxError> {
    if last == 0 {
        sheet.write_string_with_format(row, 0, words, format)?;
    } else {
        sheet.merge_range(row, 0, row, last, words, format)?;
    }
    Ok(())
}

/// The widest line, where a Han character takes two places.
fn width(words: &str) -> usize {
    let line = |line: &str| line.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum();
    words.lines().map(line).max().unwrap_or(0)
}

/// A sheet's name: at most 31 characters, without those that a spreadsheet forbids.
fn tab(title: &str) -> String {
    let forbidden = ['[', ']', ':', '*', '?', '/', '\\', '\''];
    let allowed = title
        .chars()
        .filter(|c| !forbidden.contains(c) && !c.is_control());
    // Counted in UTF-16 units: fifteen characters are never more than thirty.
    let name: String = allowed.take(15).collect();
    if name.trim().is_empty() {
        "列表".to_owned()
    } else {
        name
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_becomes_a_name_that_a_spreadsheet_allows() {
        assert_eq!(tab("2026/11 [报送]: 成果?"), "202611 报送 成果");
        assert_eq!(tab("///"), "列表");
        assert_eq!(tab(&"长".repeat(80)).chars().count(), 15);
    }

    #[test]
    fn a_column_is_as_wide_as_its_widest_line() {
        assert_eq!(width("成果a\n名"), 5);
    }
}
