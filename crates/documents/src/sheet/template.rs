//! Writes the fill-in template, empty or with forms in it.

use super::{
    CAPACITY, TEMPLATE_FORMAT,
    fault::SheetFault,
    guide,
    layout::{ANSWER, Kind, LABEL, LAST, LINES, Line, QUESTION, QUESTION_ROW, Shape, Slot},
    look::Look,
    options::List,
    parts::part,
    table::properties,
};
use chrono::NaiveDate;
use luguo_domain::{Declaration, Moment};
use rust_xlsxwriter::{
    DataValidation, ExcelDateTime, Formula, Note, ProtectionOptions, Workbook, Worksheet, XlsxError,
};
use serde_json::Value;

/// Sheets for declarations in one file at most.
pub const MOST_SHEETS: u16 = 100;
/// The hidden sheet of the drop-downs.
pub(super) const OPTIONS: &str = "选项";

/// The empty template with so many sheets, made at a time.
///
/// # Errors
/// [`SheetFault::SheetCount`] for none or too many.
pub fn template(sheets: u16, made: Moment) -> Result<Vec<u8>, SheetFault> {
    counted(usize::from(sheets))?;
    workbook(&vec![None; usize::from(sheets)], made)
}

/// The template with forms in it, one a sheet.
///
/// # Errors
/// [`SheetFault::DoesNotFit`] when a form has more entries than a sheet has rows.
pub fn filled(forms: &[Declaration], made: Moment) -> Result<Vec<u8>, SheetFault> {
    counted(forms.len())?;
    for form in forms {
        fits(form)?;
    }
    workbook(&forms.iter().map(Some).collect::<Vec<_>>(), made)
}

fn counted(asked: usize) -> Result<(), SheetFault> {
    if (1..=usize::from(MOST_SHEETS)).contains(&asked) {
        Ok(())
    } else {
        Err(SheetFault::SheetCount {
            asked,
            most: MOST_SHEETS,
        })
    }
}

fn fits(form: &Declaration) -> Result<(), SheetFault> {
    for (what, count, most) in [
        ("知识产权", form.rights.len(), CAPACITY.rights),
        ("项目", form.projects.len(), CAPACITY.projects),
        ("完成单位", form.units.len(), CAPACITY.units),
        ("权属单位", form.ownership.holders.len(), CAPACITY.holders),
        ("研制人员", form.researchers.len(), CAPACITY.researchers),
    ] {
        if count > most {
            return Err(SheetFault::DoesNotFit {
                place: form.name.clone(),
                what: what.to_owned(),
                most,
            });
        }
    }
    Ok(())
}

fn workbook(forms: &[Option<&Declaration>], made: Moment) -> Result<Vec<u8>, SheetFault> {
    let look = Look::new();
    let mut book = Workbook::new();
    book.set_properties(&properties(made));
    guide::write(book.add_worksheet(), &look)?;
    for (n, form) in (1..).zip(forms) {
        let sheet = book.add_worksheet();
        sheet.set_name(format!("成果{n}"))?;
        declaration(sheet, &look, *form)?;
        if n == 1 {
            sheet.set_active(true);
        }
    }
    options(book.add_worksheet())?;
    Ok(book.save_to_buffer()?)
}

/// The drop-downs' lists, one a column.
fn options(sheet: &mut Worksheet) -> Result<(), XlsxError> {
    sheet.set_name(OPTIONS)?;
    for (column, list) in (0..).zip(List::ALL) {
        sheet.write(0, column, list.title())?;
        for (row, (_, label)) in (1..).zip(list.entries()) {
            sheet.write(row, column, label)?;
        }
    }
    sheet.protect();
    sheet.set_hidden(true);
    Ok(())
}

fn declaration(
    sheet: &mut Worksheet,
    look: &Look,
    form: Option<&Declaration>,
) -> Result<(), XlsxError> {
    let whole = form.map_or(Value::Null, |form| {
        serde_json::to_value(form).unwrap_or_default()
    });
    sheet.set_column_width(0, 3)?;
    sheet.set_column_width(LABEL, 30)?;
    for column in ANSWER..=LAST {
        sheet.set_column_width(column, 20)?;
    }
    sheet.write_with_format(0, 0, TEMPLATE_FORMAT, &look.marker)?;
    sheet.write_with_format(1, LABEL, "山东省重大科技成果征集表", &look.title)?;
    sheet.write_with_format(QUESTION_ROW, LABEL, QUESTION, &look.label)?;
    let asked = form.map_or("", |_| "否");
    sheet.write_with_format(QUESTION_ROW, ANSWER, asked, &look.input)?;
    drop_down(sheet, QUESTION_ROW, ANSWER, List::Answer)?;
    for line in LINES.iter() {
        write_line(sheet, look, line, &whole)?;
    }
    sheet.set_landscape().set_paper_size(9);
    sheet.set_print_fit_to_pages(1, 0);
    sheet.protect_with_options(&ProtectionOptions {
        format_cells: true,
        format_rows: true,
        format_columns: true,
        ..ProtectionOptions::default()
    });
    Ok(())
}

fn write_line(
    sheet: &mut Worksheet,
    look: &Look,
    line: &Line,
    whole: &Value,
) -> Result<(), XlsxError> {
    sheet.set_row_height(line.row, line.height)?;
    let label = if line.shape == Shape::Head {
        &look.head
    } else {
        &look.label
    };
    for (column, words) in &line.labels {
        sheet.write_with_format(line.row, *column, words, label)?;
    }
    if !line.note.is_empty() {
        sheet.insert_note(line.row, LABEL, &Note::new(&line.note))?;
    }
    match line.shape {
        Shape::Section => {
            sheet.write_with_format(line.row, LABEL, &line.words, &look.section)?;
        }
        Shape::Note => {
            sheet.write_with_format(line.row, ANSWER, &line.words, &look.note)?;
        }
        Shape::Count => {
            // The summary stands in the row above; blanks and line ends do not count.
            let cell = super::cells::name((line.row - 1, ANSWER));
            let plain = format!(
                "SUBSTITUTE(SUBSTITUTE(SUBSTITUTE({cell},\" \",\"\"),\"　\",\"\"),CHAR(10),\"\")"
            );
            let formula = Formula::new(format!("=LEN({plain})&\" / 1000 字\""));
            sheet.write_formula_with_format(line.row, ANSWER, formula, &look.note)?;
        }
        Shape::Field | Shape::Wide | Shape::Head | Shape::Entry | Shape::Space => {}
    }
    for slot in &line.slots {
        write_slot(sheet, look, line, slot, whole)?;
    }
    Ok(())
}

fn write_slot(
    sheet: &mut Worksheet,
    look: &Look,
    line: &Line,
    slot: &Slot,
    whole: &Value,
) -> Result<(), XlsxError> {
    let (row, column) = (line.row, slot.column);
    let given = part(whole, &slot.path);
    let look = match (slot.kind, line.shape) {
        (Kind::Day, _) => &look.day,
        (_, Shape::Wide) => &look.long,
        _ => &look.input,
    };
    let words = given
        .map(|value| words(slot.kind, value))
        .unwrap_or_default();
    if line.shape == Shape::Wide {
        sheet.merge_range(row, column, row, LAST, &words, look)?;
    } else if slot.kind == Kind::Day
        && let Some(day) = words.parse::<NaiveDate>().ok().and_then(excel)
    {
        sheet.write_datetime_with_format(row, column, &day, look)?;
    } else if words.is_empty() {
        sheet.write_blank(row, column, look)?;
    } else {
        sheet.write_string_with_format(row, column, &words, look)?;
    }
    match slot.kind {
        Kind::Choice(list) => drop_down(sheet, row, column, list),
        Kind::Answer => drop_down(sheet, row, column, List::Answer),
        Kind::Mark(_) => drop_down(sheet, row, column, List::Mark),
        Kind::Text | Kind::Day | Kind::Month | Kind::Amount | Kind::Names => Ok(()),
    }
}

fn excel(day: NaiveDate) -> Option<ExcelDateTime> {
    use chrono::Datelike as _;
    let year = u16::try_from(day.year())
        .ok()
        .filter(|year| *year >= 1950)?;
    ExcelDateTime::from_ymd(year, day.month() as u8, day.day() as u8).ok()
}

/// What a cell says of a value.
fn words(kind: Kind, value: &Value) -> String {
    match (kind, value) {
        (Kind::Choice(list), Value::String(code)) => list.label(code).unwrap_or(code).to_owned(),
        (Kind::Answer, Value::Bool(yes)) => if *yes { "是" } else { "否" }.to_owned(),
        (Kind::Mark(code), Value::Array(chosen)) => {
            if chosen.iter().any(|chosen| chosen == code) {
                "是".to_owned()
            } else {
                String::new()
            }
        }
        (Kind::Names, Value::Array(names)) => names
            .iter()
            .filter_map(Value::as_str)
            .collect::<Vec<_>>()
            .join("、"),
        (_, Value::String(words)) => words.clone(),
        (_, other) => other.to_string(),
    }
}

fn drop_down(sheet: &mut Worksheet, row: u32, column: u16, list: List) -> Result<(), XlsxError> {
    let place = List::ALL
        .iter()
        .position(|known| *known == list)
        .unwrap_or_default();
    let letter = char::from(b'A' + u8::try_from(place).unwrap_or_default());
    let last = list.entries().len() + 1;
    let source = Formula::new(format!("='{OPTIONS}'!${letter}$2:${letter}${last}"));
    let validation = DataValidation::new()
        .allow_list_formula(source)
        .set_error_title("请从列表中选择")?
        .set_error_message("请点右边的箭头，从列表里选一项。")?;
    sheet.add_data_validation(row, column, row, column, &validation)?;
    Ok(())
}
