//! Numbers of rights and their check digits.

/// What a patent number's check digit should be, or `None` when the text has no patent number's shape.
///
/// Applications since 2003-10-01 have 12 digits, a point and a check digit; older ones 8 digits.
/// The weights are 2 3 4 5 6 7 8 9 2 3 4 5, the sum modulo 11, 10 written X. `ZL` in front is
/// written after the grant.
pub fn patent_check_digit(number: &str) -> Option<(char, char)> {
    let number = number.trim().to_uppercase();
    let number = number.strip_prefix("ZL").unwrap_or(&number).trim();
    let (body, check) = match number.split_once(['.', '．']) {
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

/// Folds a number for comparison: no spaces, upper case, no ZL.
pub(super) fn fold(number: &str) -> String {
    let folded: String = number
        .chars()
        .filter(|c| !c.is_whitespace())
        .flat_map(char::to_uppercase)
        .collect();
    folded.strip_prefix("ZL").unwrap_or(&folded).to_owned()
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
