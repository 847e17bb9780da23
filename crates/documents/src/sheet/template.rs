//! Writes the fill-in template: blank for teams, or filled with forms.

use super::{
    TEMPLATE_FORMAT,
    fault::SheetFault,
    guide,
    layout::{ANSWER, Kind, LABEL, LAST, LINES, Line, QUESTION, QUESTION_ROW, Shape, Slot},
    look,
    options::List,
    parts::part,
};
use chrono::NaiveDate;
use luguo_domain::{Declaration, Moment, form::characters};
use rust_decimal::Decimal;
use rust_xlsxwriter::{
    DataValidation, DataValidationErrorStyle, DataValidationRule, ExcelDateTime, Formula, Note,
    ProtectionOptions, Workbook, Worksheet, XlsxError,
};
use serde_json::Value;

mod fits;

/// Sheets of one file.
pub const MOST_SHEETS: u16 = 200;

/// What a sheet is filled with: blank, or a form as JSON.
type Form = Option<Value>;

/// A blank template with one sheet a declaration, 成果1 to 成果N, made at `made`.
///
/// # Errors
/// [`SheetFault::SheetCount`] unless 1 to [`MOST_SHEETS`] sheets are asked for.
pub fn template(sheets: u16, made: Moment) -> Result<Vec<u8>, SheetFault> {
    write(&vec![None; usize::from(sheets)], made)
}

/// The template filled with forms, one sheet each; 是否涉密 is answered 否, so it is only for
/// forms of an open vault.
///
/// [`read`](super::read) gives back the same forms, as far as a sheet can hold them:
///
/// - texts without blanks at their ends, `\r` and control characters; names of owners without
///   、；; and line breaks; 出生年月 as `YYYY-MM` or blank;
/// - options of a multiple choice in the notice's order, each once; entries of a group that are
///   not wholly blank; days from 1900 to 2100; funding from 0 with at most 28 digits.
///
/// # Errors
/// [`SheetFault::DoesNotFit`] when a form has more entries than [`CAPACITY`](super::CAPACITY)
/// or a longer text than a cell holds; [`SheetFault::SheetCount`] for none or too many.
pub fn filled(forms: &[Declaration], made: Moment) -> Result<Vec<u8>, SheetFault> {
    let mut sheets = Vec::new();
    for form in forms {
        fits::check(form)?;
        sheets.push(serde_json::to_value(form).ok());
    }
    write(&sheets, made)
}

fn write(sheets: &[Form], made: Moment) -> Result<Vec<u8>, SheetFault> {
    if sheets.is_empty() || sheets.len() > usize::from(MOST_SHEETS) {
        return Err(SheetFault::SheetCount {
            asked: sheets.len(),
            most: MOST_SHEETS,
        });
    }
    let mut book = look::workbook("山东省重大科技成果征集表填报模板", made);
    guide::add(&mut book, sheets.len())?;
    for (form, number) in sheets.iter().zip(1..) {
        declaration(&mut book, number, form)?;
    }
    guide::options(&mut book)?;
    Ok(book.save_to_buffer()?)
}

fn declaration(book: &mut Workbook, number: usize, form: &Form) -> Result<(), XlsxError> {
    let sheet = book.add_worksheet().set_name(format!("成果{number}"))?;
    for (width, column) in [6, 30, 24, 24, 26, 24, 24, 20, 28].into_iter().zip(0..) {
        sheet.set_column_width(column, width)?;
    }
    sheet.write_string(0, 0, TEMPLATE_FORMAT)?;
    sheet.write_string(0, 1, "declaration")?;
    sheet.set_row_hidden(0)?;
    sheet.merge_range(1, 0, 1, LAST, "山东省重大科技成果征集表", &look::title())?;
    sheet.set_row_height(1, 30)?;
    let words =
        "先回答“是否涉密”。涉密成果不得填在这里；白色单元格为填写处，填写提示见标签上的批注。";
    sheet.merge_range(2, 0, 2, LAST, words, &look::words())?;
    sheet.write_string_with_format(QUESTION_ROW, LABEL, QUESTION, &look::label())?;
    let answer = if form.is_some() { "否" } else { "" };
    sheet.write_string_with_format(QUESTION_ROW, ANSWER, answer, &look::input())?;
    sheet.add_data_validation(
        QUESTION_ROW,
        ANSWER,
        QUESTION_ROW,
        ANSWER,
        &choice(List::Answer),
    )?;
    sheet.insert_note(
        QUESTION_ROW,
        LABEL,
        &note("必填。选“是”的表不会被读取。\n依据：二（一）"),
    )?;
    for one in LINES.iter() {
        line(sheet, one, form)?;
    }
    sheet.protect_with_options(&ProtectionOptions {
        format_rows: true,
        format_columns: true,
        ..ProtectionOptions::new()
    });
    sheet.set_freeze_panes(QUESTION_ROW + 1, 0)?;
    sheet.set_paper_size(9).set_print_fit_to_pages(1, 0);
    Ok(())
}

fn line(sheet: &mut Worksheet, line: &Line, form: &Form) -> Result<(), XlsxError> {
    let row = line.row;
    sheet.set_row_height(row, line.height)?;
    if line.shape == Shape::Section {
        sheet.write_string_with_format(row, 0, &line.words, &look::section())?;
    }
    if let Some(number) = number(line) {
        sheet.write_string_with_format(row, 0, number, &look::words())?;
    }
    let is_head = line.shape == Shape::Head;
    for (column, words) in &line.labels {
        let format = if is_head { look::head() } else { look::label() };
        sheet.write_string_with_format(row, *column, words, &format)?;
    }
    if !line.note.is_empty() {
        sheet.insert_note(row, LABEL, &note(&line.note))?;
    }
    if let Some((start, end)) = merged(line) {
        let column = |n: u32| u16::try_from(n).unwrap_or(LAST);
        let format = look::long();
        sheet.merge_range(start.0, column(start.1), end.0, column(end.1), "", &format)?;
    }
    match line.shape {
        Shape::Note => {
            sheet.write_string_with_format(row, ANSWER, &line.words, &look::line())?;
        }
        Shape::Count => count(sheet, row, form)?,
        _ => {}
    }
    for one in &line.slots {
        slot(sheet, row, line.shape, one, form)?;
    }
    Ok(())
}

/// The field's number on the form, as it stands in the first column.
pub(super) fn number(line: &Line) -> Option<String> {
    line.number.map(|number| number.to_string())
}

/// The cells of a line that the template itself merges.
pub(super) fn merged(line: &Line) -> Option<((u32, u32), (u32, u32))> {
    let (row, first, last) = (line.row, u32::from(ANSWER), u32::from(LAST));
    (line.shape == Shape::Wide).then_some(((row, first), (row, last)))
}

fn slot(
    sheet: &mut Worksheet,
    row: u32,
    shape: Shape,
    slot: &Slot,
    form: &Form,
) -> Result<(), XlsxError> {
    let column = slot.column;
    let format = match slot.kind {
        Kind::Day => look::day(),
        Kind::Amount => look::number(),
        _ if shape == Shape::Wide => look::long(),
        _ => look::input(),
    };
    let given = form.as_ref().and_then(|form| part(form, &slot.path));
    match (slot.kind, given) {
        (_, None) => sheet.write_blank(row, column, &format)?,
        (kind, Some(value)) => match written(kind, value) {
            Written::Words(words) => sheet.write_string_with_format(row, column, words, &format)?,
            Written::Number(n) => sheet.write_number_with_format(row, column, n, &format)?,
            Written::Day(day) => sheet.write_datetime_with_format(row, column, &day, &format)?,
        },
    };
    if let Some(rule) = rule(slot.kind) {
        sheet.add_data_validation(row, column, row, column, &rule)?;
    }
    Ok(())
}

enum Written {
    Words(String),
    Number(f64),
    Day(ExcelDateTime),
}

/// A value of the form's JSON as a cell shows it.
fn written(kind: Kind, value: &Value) -> Written {
    let words = value.as_str().unwrap_or_default();
    Written::Words(match kind {
        Kind::Choice(list) => list.label(words).unwrap_or_default().to_owned(),
        Kind::Answer => if value == &Value::Bool(true) {
            "是"
        } else {
            "否"
        }
        .to_owned(),
        Kind::Mark(code) => {
            let chosen = value
                .as_array()
                .is_some_and(|list| list.iter().any(|one| one == code));
            if chosen { "是" } else { "" }.to_owned()
        }
        Kind::Names => {
            let names = value
                .as_array()
                .into_iter()
                .flatten()
                .filter_map(Value::as_str);
            names.collect::<Vec<_>>().join("、")
        }
        Kind::Day => {
            let day = words.parse::<NaiveDate>().ok().and_then(look::date);
            match day {
                Some(Ok(day)) => return Written::Day(day),
                _ => words.to_owned(),
            }
        }
        Kind::Amount => match exact(words) {
            Some(number) => return Written::Number(number),
            None => words.to_owned(),
        },
        Kind::Text | Kind::Month => words.to_owned(),
    })
}

/// The amount as a number where a spreadsheet keeps every digit of it.
fn exact(words: &str) -> Option<f64> {
    let number: f64 = words.parse().ok()?;
    let kept: Decimal = number.to_string().parse().ok()?;
    let meant: Decimal = words.parse().ok()?;
    (kept == meant && number < 1e15).then_some(number)
}

fn rule(kind: Kind) -> Option<DataValidation> {
    match kind {
        Kind::Choice(list) => Some(choice(list)),
        Kind::Answer => Some(choice(List::Answer)),
        Kind::Mark(_) => Some(choice(List::Mark)),
        Kind::Day => {
            let first = ExcelDateTime::from_ymd(1950, 1, 1).ok()?;
            let last = ExcelDateTime::from_ymd(2099, 12, 31).ok()?;
            let rule = DataValidation::new().allow_date(DataValidationRule::Between(first, last));
            told(rule, "请填年月日，如 2025-3-1")
        }
        Kind::Amount => {
            let rule = DataValidationRule::GreaterThanOrEqualTo(0.0);
            told(
                DataValidation::new().allow_decimal_number(rule),
                "请填 0 或大于 0 的数，单位万元",
            )
        }
        Kind::Text | Kind::Month | Kind::Names => None,
    }
}

fn choice(list: List) -> DataValidation {
    let rule = DataValidation::new().allow_list_formula(guide::range(list));
    told(rule.clone(), "请从下拉列表中选择").unwrap_or(rule)
}

fn told(rule: DataValidation, words: &str) -> Option<DataValidation> {
    let rule = rule.set_error_style(DataValidationErrorStyle::Stop);
    rule.set_error_title("填写有误")
        .ok()?
        .set_error_message(words)
        .ok()
}

fn note(words: &str) -> Note {
    Note::new(words)
        .add_author_prefix(false)
        .set_width(260)
        .set_height(110)
}

/// The live count of 字: blanks do not count, as in the form's rule.
fn count(sheet: &mut Worksheet, row: u32, form: &Form) -> Result<(), XlsxError> {
    let summary = super::cells::name((row - 1, ANSWER));
    // CLEAN takes out tabs and line breaks, whatever a program makes of them.
    let bare = ["\" \"", "\"\u{3000}\"", "\"\u{a0}\""]
        .iter()
        .fold(format!("CLEAN({summary})"), |words, blank| {
            format!("SUBSTITUTE({words},{blank},\"\")")
        });
    let formula = format!(
        "=\"已填 \"&LEN({bare})&\" 字\"&IF(LEN({bare})>1000,\"，超出 \"&(LEN({bare})-1000)&\" 字\",\"\")"
    );
    let text = form
        .as_ref()
        .and_then(|form| part(form, "/summary"))
        .and_then(Value::as_str);
    let now = characters(text.unwrap_or_default());
    let over = now.checked_sub(1000).filter(|over| *over > 0);
    let over = over.map_or(String::new(), |over| format!("，超出 {over} 字"));
    let formula = Formula::new(formula).set_result(format!("已填 {now} 字{over}"));
    sheet.write_formula_with_format(row, ANSWER, formula, &look::words())?;
    Ok(())
}
