//! How cells look: one font, thin borders, white where something is filled in.

use chrono::{Datelike as _, NaiveDate};
use luguo_domain::Moment;
use rust_xlsxwriter::{
    Color, DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Workbook, XlsxError,
};

const FONT: &str = "宋体";
const LINE: Color = Color::RGB(0x00A6_A6A6);
const SHADE: Color = Color::RGB(0x00EE_F2EE);

/// A new workbook that says when it was made.
pub(super) fn workbook(title: &str, made: Moment) -> Workbook {
    let mut book = Workbook::new();
    let made = ExcelDateTime::from_timestamp(made.timestamp());
    let mut properties = DocProperties::new().set_title(title).set_author("鲁果");
    if let Ok(made) = made {
        properties = properties.set_creation_datetime(&made);
    }
    book.set_properties(&properties);
    book
}

fn plain() -> Format {
    line().set_text_wrap()
}

/// Words on one line, over the cells beside them where those are blank.
pub(super) fn line() -> Format {
    Format::new()
        .set_font_name(FONT)
        .set_font_size(11)
        .set_align(FormatAlign::VerticalCenter)
}

fn framed() -> Format {
    plain()
        .set_border(FormatBorder::Thin)
        .set_border_color(LINE)
}

/// A title over all columns.
pub(super) fn title() -> Format {
    plain()
        .set_bold()
        .set_font_size(16)
        .set_align(FormatAlign::Center)
}

/// Words without a frame.
pub(super) fn words() -> Format {
    plain()
}

/// A section's heading.
pub(super) fn section() -> Format {
    line().set_bold().set_font_size(13)
}

/// A label.
pub(super) fn label() -> Format {
    framed().set_background_color(SHADE)
}

/// The head of a table.
pub(super) fn head() -> Format {
    label().set_bold().set_align(FormatAlign::Center)
}

/// A cell of a list: always text, so that no number or sign in front changes it.
pub(super) fn text() -> Format {
    framed().set_num_format("@")
}

/// A cell to fill in with words.
pub(super) fn input() -> Format {
    text().set_unlocked()
}

/// A long text to fill in, from the top.
pub(super) fn long() -> Format {
    input().set_align(FormatAlign::Top)
}

/// A day to fill in.
pub(super) fn day() -> Format {
    framed()
        .set_unlocked()
        .set_num_format("yyyy-mm-dd")
        .set_align(FormatAlign::Left)
}

/// A number to fill in.
pub(super) fn number() -> Format {
    framed().set_unlocked().set_align(FormatAlign::Left)
}

/// A day as the spreadsheet counts it; only from 1900-03-01 on, where all programs agree.
pub(super) fn date(day: NaiveDate) -> Option<Result<ExcelDateTime, XlsxError>> {
    let first = NaiveDate::from_ymd_opt(1900, 3, 1)?;
    let year = u16::try_from(day.year())
        .ok()
        .filter(|year| *year <= 9999)?;
    let [month, day_of_month] = [day.month(), day.day()].map(|n| u8::try_from(n).unwrap_or(1));
    (day >= first).then(|| ExcelDateTime::from_ymd(year, month, day_of_month))
}
