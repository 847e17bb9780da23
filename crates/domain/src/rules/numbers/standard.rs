//! Numbers of standards: GB/T 9704—2012, DB37/T 4866-2025, T/CSTM 00123—2024, NY/T 391, ISO/IEC 27001:2022.

use super::fold;

/// A body in letters (DB with two digits of the province), a serial that may have parts, and a
/// year of four digits behind a dash or a colon.
pub fn is_standard(number: &str) -> bool {
    // A dash is typed in many ways; 破折号 is two of them.
    let mut folded = fold(number).replace(['—', '–', '―', '－', '‐', '‑', '−'], "-");
    while folded.contains("--") {
        folded = folded.replace("--", "-");
    }
    let Some((front, year)) = folded.rsplit_once(['-', ':']) else {
        return false;
    };
    if year.len() != 4 || !(year.starts_with("19") || year.starts_with("20")) {
        return false;
    }
    if !year.bytes().all(|b| b.is_ascii_digit()) {
        return false;
    }
    // GB/T9704, DB37/T4866, T/CSTM00123, ISO/IEC27001-1: letters first, a serial last.
    let serial_from = front
        .char_indices()
        .rev()
        .take_while(|(_, c)| c.is_ascii_digit() || matches!(c, '.' | '-'))
        .last()
        .map(|(at, _)| at);
    let Some(at) = serial_from else {
        return false;
    };
    let (body, serial) = front.split_at(at);
    serial.starts_with(|c: char| c.is_ascii_digit())
        && body.starts_with(|c: char| c.is_ascii_uppercase())
        && body
            .chars()
            .all(|c| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '/' || c == '-')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn standards_by_body_serial_and_year() {
        for (number, allowed) in [
            ("GB/T 9704—2012", true),
            ("GB 32100-2015", true),
            ("DB37/T 4866—2025", true),
            ("T/CSTM 00123—2024", true),
            ("NY/T 391-2021", true),
            ("Q/QDHY 001-2025", true),
            ("ISO/IEC 27001:2022", true),
            ("ＧＢ／Ｔ ９７０４—２０１２", true),
            ("GB/T 9704.1-2012", true),
            ("GB/T 9704——2012", true),
            ("GB/T 9704--2012", true),
            ("GB/T 9704–2012", true),
            ("GB/T　9704－2012", true),
            ("GB/T 20000.1--2014", true),
            ("——2012", false),
            ("GB/T 9704——", false),
            ("GB/T 9704", false),
            ("9704-2012", false),
            ("GB/T -2012", false),
            ("GB/T 9704-12", false),
            ("国标9704-2012", false),
        ] {
            assert_eq!(is_standard(number), allowed, "{number}");
        }
    }
}
