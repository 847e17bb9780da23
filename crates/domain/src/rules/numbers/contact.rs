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

/// Mobile numbers (11 digits: 1, then 3 to 9), landlines with their area code, 400 and 800
/// numbers; +86 in front and an extension behind are allowed. Several are set apart by 、，；or /,
/// and one after a landline may leave the area code out.
pub fn is_phone(text: &str) -> bool {
    let text: String = text.nfkc().collect();
    let mut after_landline = false;
    let mut parts = text
        .split(['、', ',', ';', '/'])
        .map(str::trim)
        .filter(|part| !part.is_empty())
        .peekable();
    parts.peek().is_some()
        && parts.all(|part| {
            let line = line_of(part);
            let bare = after_landline && is_bare_landline(part);
            after_landline = bare || line == Some(Line::Land);
            bare || line.is_some()
        })
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Line {
    Mobile,
    Land,
    Service,
}

/// Seven or eight digits, as they are dialled in town.
fn is_bare_landline(part: &str) -> bool {
    let digits: String = part.chars().filter(|c| !"- ".contains(*c)).collect();
    matches!(digits.len(), 7 | 8)
        && digits.bytes().all(|b| b.is_ascii_digit())
        && !digits.starts_with(['0', '1'])
}

/// What one number is, without its extension.
fn line_of(part: &str) -> Option<Line> {
    for mark in ["分机", "转", "#", "ext", "EXT", "x", "X"] {
        if let Some((main, extension)) = part.split_once(mark) {
            let extension = extension.trim_matches([':', '.', ' ', '-']);
            return is_extension(extension).then(|| plain_line(main))?;
        }
    }
    plain_line(part).or_else(|| {
        let (main, extension) = part.rsplit_once('-')?;
        is_extension(extension).then(|| plain_line(main))?
    })
}

fn is_extension(text: &str) -> bool {
    (1..=6).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit())
}

fn plain_line(main: &str) -> Option<Line> {
    let main = main.trim();
    if !main
        .chars()
        .all(|c| c.is_ascii_digit() || "-—– ()+".contains(c))
    {
        return None;
    }
    let digits: String = main.chars().filter(char::is_ascii_digit).collect();
    // 86 is the country only where a + or 00 says so, where it stands apart, or where too many
    // digits are left else.
    let stands_apart = main
        .strip_prefix("86")
        .is_some_and(|rest| rest.starts_with(['-', ' ', '(']));
    let from_abroad = if let Some(rest) = digits.strip_prefix("0086") {
        Some(rest)
    } else if main.starts_with('+') {
        Some(digits.strip_prefix("86")?)
    } else if stands_apart || digits.len() > 12 {
        digits.strip_prefix("86")
    } else {
        None
    };
    let local = from_abroad.unwrap_or(&digits);
    let second = local.as_bytes().get(1).copied().unwrap_or_default();
    let is_mobile = local.len() == 11 && local.starts_with('1') && (b'3'..=b'9').contains(&second);
    let is_landline = local.starts_with('0') && (10..=12).contains(&local.len());
    // Abroad the area code is written without its 0; only Peking's begins with 1.
    let is_landline_from_abroad = from_abroad.is_some()
        && match local.as_bytes().first() {
            Some(b'1') => local.starts_with("10") && local.len() == 10,
            Some(b'2'..=b'9') => (9..=11).contains(&local.len()),
            _ => false,
        };
    let is_service = local.len() == 10 && (local.starts_with("400") || local.starts_with("800"));
    if is_mobile {
        Some(Line::Mobile)
    } else if is_landline || is_landline_from_abroad {
        Some(Line::Land)
    } else {
        is_service.then_some(Line::Service)
    }
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
            ("+86-10-63136006", true),
            ("0086-532-85911330", true),
            ("86-532-85911330", true),
            ("86 139 0532 0000", true),
            ("0531-66777777-8012", true),
            ("0531-66777777 转 8012", true),
            ("0531-66777777 分机：8012", true),
            ("0531-66777777 ext.8012", true),
            ("0532-88880011、13905320000", true),
            ("13905320000，0532-88880011；", true),
            ("0532-88880011/88880012", true),
            ("13905320000/88880012", false),
            ("0532-88880011、无", false),
            ("0531-66777777转", false),
            ("0531-66777777-80121234", false),
            ("+86-11-63136006", false),
            ("+86-1-63136006", false),
            ("、", false),
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
