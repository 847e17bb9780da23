//! Patent numbers and their check digit.

use super::fold;
use crate::form::RightKind;

/// What a patent number's check digit should be, or `None` when the text has no patent number's shape.
///
/// Applications since 2003-10-01 have 12 digits, a point and a check digit; older ones 8 digits.
/// The weights are 2 3 4 5 6 7 8 9 2 3 4 5, the sum modulo 11, 10 written X. `ZL` in front is
/// written after the grant.
pub fn patent_check_digit(number: &str) -> Option<(char, char)> {
    let number = fold(number);
    let (body, check) = match number.split_once('.') {
        Some((body, check)) => (body, check),
        None => number.split_at_checked(number.len().checked_sub(1)?)?,
    };
    let digits: Vec<u32> = body
        .chars()
        .map(|c| c.to_digit(10))
        .collect::<Option<_>>()?;
    let mut check = check.chars();
    let (written, None) = (check.next()?, check.next()) else {
        return None;
    };
    if !matches!(digits.len(), 8 | 12) || !(written.is_ascii_digit() || written == 'X') {
        return None;
    }
    let weights = [2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5];
    let sum: u32 = digits
        .iter()
        .zip(weights)
        .map(|(digit, weight)| digit * weight)
        .sum();
    let expected = match sum % 11 {
        10 => 'X',
        rest => char::from_digit(rest, 10)?,
    };
    Some((written, expected))
}

/// The kind of patent that a number says it is: the digit after the year, 1 and 8 for an
/// invention, 2 and 9 for a utility model, 3 for a design. `None` without a patent number's shape.
pub fn patent_kind(number: &str) -> Option<RightKind> {
    patent_check_digit(number)?;
    let digits: String = fold(number).chars().filter(char::is_ascii_digit).collect();
    let after_year = if digits.len() >= 12 { 4 } else { 2 };
    match digits.as_bytes().get(after_year)? {
        b'1' | b'8' => Some(RightKind::InventionPatent),
        b'2' | b'9' => Some(RightKind::UtilityModel),
        b'3' => Some(RightKind::Design),
        _ => None,
    }
}

/// What no real patent number has, though its check digit agrees.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PatentOddity {
    /// The year lies before the first patents (1985) or ahead.
    Year(u32),
    /// The digit after the year stands for no kind of patent.
    Kind(char),
}

/// Looks at year and kind of a patent number; `None` when both can be, or when the text has no
/// patent number's shape.
pub fn patent_oddity(number: &str, this_year: u32) -> Option<PatentOddity> {
    patent_check_digit(number)?;
    let digits: String = fold(number).chars().filter(char::is_ascii_digit).collect();
    let (length, century) = if digits.len() >= 12 {
        (4, 0)
    } else {
        (2, 1900)
    };
    let written: u32 = digits.get(..length)?.parse().ok()?;
    // 00 to 03 of the old numbers are this century's.
    let year = match (length, written) {
        (2, 0..=3) => 2000 + written,
        _ => century + written,
    };
    if !(1985..=this_year).contains(&year) {
        return Some(PatentOddity::Year(year));
    }
    let kind = digits.chars().nth(length)?;
    (!matches!(kind, '1' | '2' | '3' | '8' | '9')).then_some(PatentOddity::Kind(kind))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_check_digit_of_real_patents_agrees() {
        for number in [
            "ZL201310699744.2",
            "201310699744.2",
            "95115608.X",
            "97101765.4",
        ] {
            let (written, expected) = patent_check_digit(number).expect("a patent number");
            assert_eq!(written, expected, "{number}");
        }
    }

    #[test]
    fn a_wrong_check_digit_is_told_with_the_right_one() {
        assert_eq!(patent_check_digit("ZL201310699744.3"), Some(('3', '2')));
    }

    #[test]
    fn the_digit_after_the_year_tells_the_kind() {
        for (number, kind) in [
            ("ZL201310699744.2", Some(RightKind::InventionPatent)),
            ("ZL202321234567.X", Some(RightKind::UtilityModel)),
            ("97101765.4", Some(RightKind::InventionPatent)),
            ("95115608.X", Some(RightKind::InventionPatent)),
            ("2023SR0123456", None),
        ] {
            assert_eq!(patent_kind(number), kind, "{number}");
        }
    }

    /// A patent number with this beginning and the check digit that belongs to it.
    fn checked(body: &str) -> String {
        let (_, expected) = patent_check_digit(&format!("{body}.0")).expect("a shape");
        format!("ZL{body}.{expected}")
    }

    #[test]
    fn a_year_or_kind_that_cannot_be_is_told() {
        for (body, oddity) in [
            ("202610123456", None),
            ("202710123456", Some(PatentOddity::Year(2027))),
            ("198410123456", Some(PatentOddity::Year(1984))),
            ("198510123456", None),
            ("85100001", None),
            ("84100001", Some(PatentOddity::Year(1984))),
            ("03100001", None),
            ("04100001", Some(PatentOddity::Year(1904))),
            ("202150123456", Some(PatentOddity::Kind('5'))),
            ("202100123456", Some(PatentOddity::Kind('0'))),
            ("202190123456", None),
        ] {
            assert_eq!(patent_oddity(&checked(body), 2026), oddity, "{body}");
        }
        assert_eq!(patent_oddity("2023SR0123456", 2026), None);
    }

    #[test]
    fn full_width_characters_and_spaces_change_nothing() {
        for number in ["ＺＬ２０１３１０６９９７４４．２", "ZL 2013 1 0699744.2"] {
            let (written, expected) = patent_check_digit(number).expect("a patent number");
            assert_eq!(written, expected, "{number}");
        }
    }

    #[test]
    fn what_has_no_patent_numbers_shape_is_none() {
        for number in [
            "",
            "X",
            "ZL",
            "2023SR0123456",
            "20131069974.2",
            "ZL2013A0699744.2",
            "专利",
        ] {
            assert_eq!(patent_check_digit(number), None, "{number}");
        }
    }
}
