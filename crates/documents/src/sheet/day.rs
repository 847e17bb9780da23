//! Days and months as people write them in a cell.

use chrono::{Days, NaiveDate};

/// Serial numbers that are taken for a day: 1950-01-01 to 2099-12-31.
const SERIALS: std::ops::RangeInclusive<f64> = 18_264.0..=73_050.0;

/// Reads a day: 2025年3月1日, 2025-3-1, 2025/3/1, 2025.3.1, 20250301, digits of either width,
/// with or without the midnight that some programs add.
pub(super) fn day(words: &str) -> Option<NaiveDate> {
    match numbers(words)?.as_slice() {
        [year, month, day] => date(*year, *month, *day),
        [packed] if (19_000_101..=21_001_231).contains(packed) => {
            date(packed / 10_000, packed / 100 % 100, packed % 100)
        }
        _ => None,
    }
}

/// Reads a year and a month, as `YYYY-MM`: 1969-12, 1969年12月, 1969.12, 1969/12, 196912; the
/// day of a whole date is left out.
pub(super) fn month(words: &str) -> Option<String> {
    let (year, month) = match numbers(words)?.as_slice() {
        [year, month] => (*year, *month),
        [packed] if (190_001..=210_012).contains(packed) => (packed / 100, packed % 100),
        _ => {
            let day = day(words)?;
            return Some(day.format("%Y-%m").to_string());
        }
    };
    date(year, month, 1).map(|day| day.format("%Y-%m").to_string())
}

/// The day of a spreadsheet's serial number, or of a number such as 20250301.
pub(super) fn of_number(number: f64) -> Option<NaiveDate> {
    if SERIALS.contains(&number) {
        return of_serial(number);
    }
    (number.fract() == 0.0)
        .then(|| day(&format!("{number:.0}")))
        .flatten()
}

/// The day of a serial number of the 1900 system, from 1900-03-01 on: before it the system
/// counts a day that never was.
pub(super) fn of_serial(number: f64) -> Option<NaiveDate> {
    if !(61.0..2_958_466.0).contains(&number) {
        return None;
    }
    let origin = NaiveDate::from_ymd_opt(1899, 12, 30)?;
    origin.checked_add_days(Days::new(number.trunc() as u64))
}

/// The numbers of a date in their order; nothing when other words stand there.
fn numbers(words: &str) -> Option<Vec<u32>> {
    let narrow: String = words.trim().chars().map(narrow).collect();
    let plain = without_midnight(&narrow);
    let mut found = vec![String::new()];
    for c in plain.chars() {
        match c {
            '0'..='9' => found.last_mut()?.push(c),
            '年' | '月' | '日' | '号' | '-' | '/' | '.' => found.push(String::new()),
            c if c.is_whitespace() => {}
            _ => return None,
        }
    }
    if found.last().is_some_and(String::is_empty) {
        found.pop();
    }
    found.iter().map(|digits| digits.parse().ok()).collect()
}

/// Some programs turn a day into text as "2025-03-01 00:00:00".
fn without_midnight(words: &str) -> &str {
    let day = words.split([' ', 'T']).next().unwrap_or(words);
    match words[day.len()..].trim_start_matches([' ', 'T']) {
        "00:00:00" | "0:00:00" | "00:00" | "0:00" | "00:00:00.000" => day,
        _ => words,
    }
}

fn narrow(c: char) -> char {
    match c {
        '０'..='９' => {
            char::from_u32(u32::from(c) - u32::from('０') + u32::from('0')).unwrap_or(c)
        }
        '－' | '—' | '–' | '−' => '-',
        '／' => '/',
        '．' | '。' => '.',
        c => c,
    }
}

fn date(year: u32, month: u32, day: u32) -> Option<NaiveDate> {
    let year = i32::try_from(year)
        .ok()
        .filter(|year| (1900..=2100).contains(year))?;
    NaiveDate::from_ymd_opt(year, month, day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_read_in_every_usual_form() {
        let first_of_march = NaiveDate::from_ymd_opt(2025, 3, 1);
        for words in [
            "2025年3月1日",
            "2025 年 03 月 01 日",
            "2025年3月1号",
            "2025-3-1",
            "2025-03-01",
            "2025/3/1",
            "2025.3.1",
            "20250301",
            "２０２５年３月１日",
            "2025－03－01",
            "2025-03-01 00:00:00",
            "2025-03-01T00:00:00",
        ] {
            assert_eq!(day(words), first_of_march, "{words}");
        }
        assert_eq!(of_number(45_717.0), first_of_march);
        assert_eq!(of_number(20_250_301.0), first_of_march);
    }

    #[test]
    fn what_is_no_day_is_not_guessed() {
        for words in [
            "",
            "去年三月",
            "2025年3月",
            "2025-13-1",
            "2025-2-30",
            "3/1/2025",
            "25-3-1",
            "2025-3-1-1",
            "2025年3月1日至今",
            "99999999999",
            "-",
            "2025-03-01 17:30:00",
        ] {
            assert_eq!(day(words), None, "{words}");
        }
        for number in [0.0, 12.0, 2025.0, -45_717.0, 1e300, f64::NAN, f64::INFINITY] {
            assert_eq!(of_number(number), None, "{number}");
        }
    }

    #[test]
    fn a_month_is_read_in_every_usual_form() {
        for words in [
            "1969-12",
            "1969年12月",
            "1969.12",
            "1969/12",
            "196912",
            "1969-12-31",
        ] {
            assert_eq!(month(words).as_deref(), Some("1969-12"), "{words}");
        }
        for words in ["1969", "1969-13", "六十九年", "196913"] {
            assert_eq!(month(words), None, "{words}");
        }
    }
}
