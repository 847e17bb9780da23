//! A list as a workbook: title, head, rows of text.

use super::{fault::SheetFault, look::Look};
use luguo_domain::Moment;
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook};

/// Writes a list. Every cell is text: a telephone number never becomes a number, and what begins
/// with = + - @ is never a formula. The head stays in sight and is repeated in print.
///
/// # Errors
/// [`SheetFault::Writing`].
pub fn table<const N: usize>(
    title: &str,
    above: &[String],
    columns: [&str; N],
    rows: &[[String; N]],
    made: Moment,
) -> Result<Vec<u8>, SheetFault> {
    let look = Look::new();
    let mut book = Workbook::new();
    book.set_properties(&properties(made).set_title(title));
    let sheet = book.add_worksheet();
    sheet.write_with_format(0, 0, title, &look.title)?;
    for (row, words) in (1..).zip(above) {
        sheet.write_string(row, 0, words)?;
    }
    let head = 1 + above.len() as u32;
    for (column, words) in (0..).zip(columns) {
        sheet.set_column_width(column, 16)?;
        sheet.write_with_format(head, column, words, &look.head)?;
    }
    for (row, cells) in (head + 1..).zip(rows) {
        for (column, words) in (0..).zip(cells) {
            sheet.write_string_with_format(row, column, words, &look.text)?;
        }
    }
    sheet.set_freeze_panes(head + 1, 0)?;
    sheet.set_repeat_rows(head, head)?;
    sheet.set_landscape().set_paper_size(9);
    sheet.set_print_fit_to_pages(1, 0);
    Ok(book.save_to_buffer()?)
}

/// The metadata of a workbook made at a time, so that the same input gives the same bytes.
pub(super) fn properties(made: Moment) -> DocProperties {
    use chrono::Datelike as _;
    let day = made.date_naive();
    let day = u16::try_from(day.year())
        .ok()
        .and_then(|year| ExcelDateTime::from_ymd(year, day.month() as u8, day.day() as u8).ok());
    match day {
        Some(day) => DocProperties::new().set_creation_datetime(&day),
        None => DocProperties::new(),
    }
}
