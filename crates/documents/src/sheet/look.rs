//! How cells look: labels locked, what is filled in unlocked.

use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder};

const FACE: &str = "宋体";
const INPUT: Color = Color::RGB(0xFF_FDE7);
const LABEL: Color = Color::RGB(0xEE_F2F7);

/// The formats of a workbook.
pub(super) struct Look {
    pub(super) title: Format,
    pub(super) section: Format,
    pub(super) label: Format,
    pub(super) note: Format,
    pub(super) input: Format,
    pub(super) long: Format,
    pub(super) day: Format,
    pub(super) text: Format,
    pub(super) head: Format,
    pub(super) marker: Format,
}

impl Look {
    pub(super) fn new() -> Self {
        let base = || Format::new().set_font_name(FACE).set_font_size(11);
        let framed = || {
            base()
                .set_border(FormatBorder::Thin)
                .set_text_wrap()
                .set_align(FormatAlign::VerticalCenter)
        };
        let input = || framed().set_unlocked().set_background_color(INPUT);
        Self {
            title: base().set_font_size(16).set_bold(),
            section: base().set_bold().set_font_size(12),
            label: framed().set_background_color(LABEL),
            note: base().set_text_wrap().set_font_color(Color::RGB(0x59_5959)),
            // Text: a number that begins with 0 or is long stays as it was typed.
            input: input().set_num_format("@"),
            long: input().set_num_format("@").set_align(FormatAlign::Top),
            day: input().set_num_format("yyyy\"年\"m\"月\"d\"日\""),
            text: framed().set_num_format("@"),
            head: framed()
                .set_bold()
                .set_background_color(LABEL)
                .set_align(FormatAlign::Center),
            marker: base().set_font_color(Color::White),
        }
    }
}
