//! File names that a person can read and every system takes.

use std::collections::BTreeSet;
use unicode_normalization::UnicodeNormalization as _;

/// Bytes of a name without its ending: file systems allow 255 for all of it.
const MOST: usize = 180;
/// Names that Windows keeps for devices, whatever their ending.
const DEVICES: [&str; 22] = [
    "CON", "PRN", "AUX", "NUL", "COM1", "COM2", "COM3", "COM4", "COM5", "COM6", "COM7", "COM8",
    "COM9", "LPT1", "LPT2", "LPT3", "LPT4", "LPT5", "LPT6", "LPT7", "LPT8", "LPT9",
];

/// A name that every system takes: NFC, no character that Windows refuses, no blank or dot at its
/// ends, not longer than 180 bytes. Never empty.
pub(crate) fn safe(text: &str) -> String {
    let clean: String = text
        .nfc()
        .map(|c| {
            if c.is_control() || "/\\:*?\"<>|".contains(c) {
                '_'
            } else {
                c
            }
        })
        .collect();
    let mut name = cut(clean.trim_matches(['.', ' ']), MOST)
        .trim_end_matches(['.', ' '])
        .to_owned();
    let device = name.split('.').next().unwrap_or_default().to_uppercase();
    if DEVICES.contains(&device.as_str()) {
        name.insert(0, '_');
    }
    if name.is_empty() {
        name.push('_');
    }
    name
}

fn cut(text: &str, bytes: usize) -> &str {
    if text.len() <= bytes {
        return text;
    }
    let mut end = bytes;
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

/// What a piece of evidence is called outside: 成果名_证据序号_标题, with the ending of its file.
/// A long achievement's name gives way before the title does.
pub(crate) fn of_evidence(achievement: &str, place: usize, title: &str, file_name: &str) -> String {
    let ending = match file_name.rsplit_once('.') {
        Some((stem, ending))
            if !stem.is_empty()
                && (1..=8).contains(&ending.len())
                && ending.chars().all(|c| c.is_ascii_alphanumeric()) =>
        {
            format!(".{}", ending.to_lowercase())
        }
        _ => String::new(),
    };
    let title = title.trim();
    let title = title
        .strip_suffix(&ending)
        .filter(|shorter| !shorter.is_empty())
        .unwrap_or(title);
    let named = |text: &str, or: &str| {
        if text.trim().is_empty() {
            or.to_owned()
        } else {
            safe(text)
        }
    };
    let achievement = named(achievement, "未命名成果");
    let title = named(title, "材料");
    let stem = format!("{}_{place:02}_{}", cut(&achievement, 90), cut(&title, 80));
    format!("{}{ending}", safe(&stem))
}

/// A name that was not taken yet; systems that fold case count as one.
pub(crate) fn distinct(taken: &mut BTreeSet<String>, name: &str) -> String {
    let (stem, ending) = match name.rsplit_once('.') {
        Some((stem, ending)) if !stem.is_empty() => (stem, format!(".{ending}")),
        _ => (name, String::new()),
    };
    let mut wanted = name.to_owned();
    let mut n = 2;
    while !taken.insert(wanted.to_lowercase()) {
        wanted = format!("{stem} {n}{ending}");
        n += 1;
    }
    wanted
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_piece_is_called_by_achievement_number_and_title() {
        assert_eq!(
            of_evidence("深海浮力材料", 3, "发明专利证书", "扫描 0012.PDF"),
            "深海浮力材料_03_发明专利证书.pdf"
        );
        assert_eq!(
            of_evidence("", 1, "查新报告.pdf", "查新报告.pdf"),
            "未命名成果_01_查新报告.pdf"
        );
        assert_eq!(
            of_evidence("A/B:C*", 12, "“证书”?", "x"),
            "A_B_C__12_“证书”_"
        );
    }

    #[test]
    fn every_system_takes_the_name_however_long_or_odd_the_words_are() {
        for text in [
            "",
            "...",
            " 。 ",
            "CON",
            "nul.txt",
            "a\u{0}b\nc",
            "e\u{301}tude",
            &"很长的名称".repeat(200),
            "末尾有点.",
        ] {
            let name = safe(text);
            assert!(
                !name.is_empty() && name.len() <= MOST + 1,
                "{text:?} → {name:?}"
            );
            assert!(!name.ends_with(['.', ' ']), "{name:?}");
            assert!(name.nfc().eq(name.chars()), "{name:?}");
            let whole = of_evidence(text, 100, text, "x.docx");
            assert!(whole.len() < 250 && whole.ends_with(".docx"), "{whole:?}");
        }
        assert_eq!(safe("nul.txt"), "_nul.txt");
        assert_eq!(safe("e\u{301}"), "é");
    }

    #[test]
    fn equal_names_are_kept_apart_also_where_case_does_not_count() {
        let mut taken = BTreeSet::new();
        let names = ["证书.pdf", "证书.pdf", "A.pdf", "a.pdf", "无后缀", "无后缀"]
            .map(|name| distinct(&mut taken, name));
        assert_eq!(
            names,
            [
                "证书.pdf",
                "证书 2.pdf",
                "A.pdf",
                "a 2.pdf",
                "无后缀",
                "无后缀 2"
            ]
        );
    }
}
