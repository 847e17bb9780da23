//! Registrations without a public check digit: software, varieties, layouts. Shapes as in the
//! facts of the field; an unusual one is asked about, never refused.

use super::fold;

fn digits(text: &str) -> usize {
    text.chars().filter(char::is_ascii_digit).count()
}

/// 软著登记号: year, SR, 6 or 7 digits; 软著登字第…号 in front and behind is allowed.
pub fn is_software(number: &str) -> bool {
    let folded = fold(number);
    if let Some(certificate) = folded.strip_prefix("软著登字第") {
        return digits(certificate) >= 6;
    }
    let Some((year, serial)) = folded.split_once("SR") else {
        return false;
    };
    year.len() == 4
        && year.bytes().all(|b| b.is_ascii_digit())
        && matches!(serial.len(), 6 | 7)
        && serial.bytes().all(|b| b.is_ascii_digit())
}

/// 植物新品种权: CNA and 11 digits (older ones 8 digits, a point, one more); approvals of plant
/// and animal varieties carry Chinese characters and a serial.
pub fn is_variety(number: &str) -> bool {
    let folded = fold(number);
    match folded.strip_prefix("CNA") {
        Some(rest) => {
            rest.chars().all(|c| c.is_ascii_digit() || c == '.')
                && (matches!(digits(rest), 11) || (rest.contains('.') && digits(rest) == 9))
        }
        None => {
            folded
                .chars()
                .any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c))
                && digits(&folded) >= 2
        }
    }
}

/// 布图设计: BS, a point, two digits of the year, six of the serial, one check digit.
pub fn is_layout(number: &str) -> bool {
    let folded = fold(number);
    folded.strip_prefix("BS").is_some_and(|rest| {
        let rest = rest.strip_prefix('.').unwrap_or(rest);
        rest.len() == 9 && rest.bytes().all(|b| b.is_ascii_digit())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn registrations_by_their_shape() {
        for (check, number, allowed) in [
            (is_software as fn(&str) -> bool, "2023SR0123456", true),
            (is_software, "2009sr012345", true),
            (is_software, "软著登字第10123456号", true),
            (is_software, "2023SR01234", false),
            (is_software, "23SR0123456", false),
            (is_software, "2023RS0123456", false),
            (is_variety, "CNA20231005874", true),
            (is_variety, "CNA20090123.4", true),
            (is_variety, "鲁审麦20230001", true),
            (is_variety, "（农09）新品种证字第12号", true),
            (is_variety, "CNA2023100587", false),
            (is_variety, "CNA2023100587A", false),
            (is_variety, "20231005874", false),
            (is_layout, "BS.155508385", true),
            (is_layout, "bs 155508385", true),
            (is_layout, "BS.15550838", false),
            (is_layout, "155508385", false),
        ] {
            assert_eq!(check(number), allowed, "{number}");
        }
    }
}
