//! E-mail addresses and telephone numbers.

use unicode_normalization::UnicodeNormalization as _;

/// A name, an @, a host with a point; no spaces.
pub fn is_email(text: &str) -> bool {
    let text: String = text.trim().nfkc().collect();
    let Some((name, host)) = text.split_once('@') else {
        return false;
    };
    !name.is_empty()
        && !text.contains(char::is_whitespace)
        && !host.contains('@')
        && host.split('.').count() >= 2
        && host
            .split('.')
            .all(|part| !part.is_empty() && !part.starts_with('-') && !part.ends_with('-'))
}

/// A mobile number (11 digits: 1, then 3 to 9), a landline with its area code, or a 400 number;
/// +86 in front and an extension behind are allowed.
pub fn is_phone(text: &str) -> bool {
    let text: String = text.trim().nfkc().collect();
    let main = text.split(['转', '#', 'x', 'X']).next().unwrap_or_default();
    if !main
        .chars()
        .all(|c| c.is_ascii_digit() || "-—– ()+".contains(c))
    {
        return false;
    }
    let digits: String = main.chars().filter(char::is_ascii_digit).collect();
    // 86 is the country only where a + or 00 says so, or where too many digits are left else.
    let local = match (
        main.trim_start().starts_with('+'),
        digits.strip_prefix("0086"),
    ) {
        (_, Some(rest)) => rest,
        (true, None) => match digits.strip_prefix("86") {
            Some(rest) => rest,
            None => return false,
        },
        (false, None) if digits.len() > 12 => digits.strip_prefix("86").unwrap_or(&digits),
        (false, None) => &digits,
    };
    let second = local.as_bytes().get(1).copied().unwrap_or_default();
    let is_mobile = local.len() == 11 && local.starts_with('1') && (b'3'..=b'9').contains(&second);
    let is_landline = local.starts_with('0') && (10..=12).contains(&local.len());
    // Abroad the area code is written without its 0.
    let is_landline_from_abroad = main.trim_start().starts_with('+')
        && !local.starts_with('0')
        && (9..=11).contains(&local.len())
        && !local.starts_with('1');
    let is_service = local.len() == 10 && (local.starts_with("400") || local.starts_with("800"));
    is_mobile || is_landline || is_landline_from_abroad || is_service
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn telephone_numbers_by_their_length_and_beginning() {
        for (text, allowed) in [
            ("13905320000", true),
            ("139 0532 0000", true),
            ("１３９０５３２００００", true),
            ("+86 139 0532 0000", true),
            ("008613905320000", true),
            ("0532-88880011", true),
            ("(0532)88880011", true),
            ("0532-88880011转8012", true),
            ("+86-532-88880011", true),
            ("400-820-8820", true),
            ("12905320000", false),
            ("1390532000", false),
            ("139053200001", false),
            ("88880011", false),
            ("+1 202 555 0100", false),
            ("手机13905320000", false),
            ("", false),
        ] {
            assert_eq!(is_phone(text), allowed, "{text}");
        }
    }

    #[test]
    fn e_mail_addresses_by_name_and_host() {
        for (text, allowed) in [
            ("wangmin@qdhy.example.cn", true),
            ("ｗａｎｇ@qdhy.cn", true),
            ("wang.min+tg@a-b.cn", true),
            ("wangmin@qdhy", false),
            ("@qdhy.cn", false),
            ("wang min@qdhy.cn", false),
            ("wang@@qdhy.cn", false),
            ("wang@qdhy..cn", false),
            ("wang@-qdhy.cn", false),
        ] {
            assert_eq!(is_email(text), allowed, "{text}");
        }
    }
}
