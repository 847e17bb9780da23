//! Likely duplicates, clause 二（一）: the same achievement is reported once, through one channel.
//!
//! Three grounds: the same right, the same project, a similar name. A number decides by itself;
//! a name is compared by its pairs of neighbouring characters (Sørensen–Dice), after folding, and
//! names that carry different numbers or letters (济麦22 and 济麦44) are told apart.

use crate::{Declaration, DeclarationId};
use std::collections::BTreeSet;
use unicode_normalization::UnicodeNormalization as _;

/// From this similarity on, two names are told as likely twins. Over the 126 names of
/// `tests/fixtures/names.txt` no pair of different achievements reaches more than 0.50, and all
/// 40 twins of `twins.tsv` reach this value: false alarms 0 of 7 875 pairs, misses 0 of 40. Of the
/// 36 pairs of `near.tsv`, different achievements whose names are nearly the same, 30 differ in a
/// number or letters and none of these is told; of the 6 that differ in a word all are told, and
/// a reason settles them. `tests/duplicates.rs` holds the rates.
pub const SIMILAR: f64 = 0.65;

/// What is known of another declaration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Known {
    /// Which one.
    pub id: DeclarationId,
    /// 成果名称 as typed.
    pub name: String,
    folded_name: String,
    pairs: BTreeSet<[char; 2]>,
    marks: BTreeSet<String>,
    rights: BTreeSet<String>,
    projects: BTreeSet<String>,
}

/// Why two declarations may be one achievement.
#[derive(Debug, Clone, PartialEq)]
pub enum Ground {
    /// The same number of a right.
    RightNumber {
        /// Its place in this form, from 0.
        place: usize,
        /// The number as typed here.
        number: String,
    },
    /// The same number of a project.
    ProjectNumber {
        /// Its place in this form, from 0.
        place: usize,
        /// The number as typed here.
        number: String,
    },
    /// A similar name.
    Name {
        /// 0 to 1.
        similarity: f64,
    },
}

/// Another declaration that may be the same achievement.
#[derive(Debug, Clone, PartialEq)]
pub struct Duplicate<'a> {
    /// The other one.
    pub other: &'a Known,
    /// Why.
    pub ground: Ground,
}

impl Known {
    /// Takes what a comparison needs from a form.
    pub fn of(id: DeclarationId, form: &Declaration) -> Self {
        let folded_name = fold_name(&form.name);
        Self {
            id,
            name: form.name.trim().to_owned(),
            pairs: pairs(&folded_name),
            marks: marks(&form.name),
            folded_name,
            rights: numbers(form.rights.iter().map(|right| right.number.as_str())),
            projects: numbers(form.projects.iter().map(|entry| entry.number.as_str())),
        }
    }

    /// The folded numbers of its rights.
    pub(crate) fn rights(&self) -> impl Iterator<Item = &str> {
        self.rights.iter().map(String::as_str)
    }

    /// The folded numbers of its projects.
    pub(crate) fn projects(&self) -> impl Iterator<Item = &str> {
        self.projects.iter().map(String::as_str)
    }

    /// The pairs of neighbouring characters of its folded name.
    pub(crate) fn pairs(&self) -> impl Iterator<Item = [char; 2]> {
        self.pairs.iter().copied()
    }

    /// The numbers and letters of its name.
    pub(crate) fn marks(&self) -> impl Iterator<Item = &str> {
        self.marks.iter().map(String::as_str)
    }

    /// How alike the names are, 0 to 1; two empty names are not alike, nor are two that carry
    /// different numbers or letters.
    pub fn similarity(&self, other: &Known) -> f64 {
        if self.folded_name.is_empty() || other.folded_name.is_empty() {
            return 0.0;
        }
        if told_apart(&self.marks, &other.marks) {
            return 0.0;
        }
        if self.folded_name == other.folded_name {
            return 1.0;
        }
        let common = self.pairs.intersection(&other.pairs).count();
        let all = self.pairs.len() + other.pairs.len();
        if all == 0 {
            return 0.0;
        }
        2.0 * common as f64 / all as f64
    }
}

/// The likely duplicates of a form, by number first, each other declaration and number once.
pub fn likely<'a>(
    form: &Declaration,
    own: Option<DeclarationId>,
    others: &'a [Known],
) -> Vec<Duplicate<'a>> {
    let this = Known::of(own.unwrap_or(DeclarationId(uuid::Uuid::nil())), form);
    let others = || others.iter().filter(move |other| Some(other.id) != own);
    let mut found = Vec::new();
    for (place, right) in form.rights.iter().enumerate() {
        let number = fold_number(&right.number);
        for other in others().filter(|other| other.rights.contains(&number)) {
            found.push(Duplicate {
                other,
                ground: Ground::RightNumber {
                    place,
                    number: right.number.trim().to_owned(),
                },
            });
        }
    }
    for (place, entry) in form.projects.iter().enumerate() {
        let number = fold_number(&entry.number);
        for other in others().filter(|other| other.projects.contains(&number)) {
            found.push(Duplicate {
                other,
                ground: Ground::ProjectNumber {
                    place,
                    number: entry.number.trim().to_owned(),
                },
            });
        }
    }
    for other in others() {
        let similarity = this.similarity(other);
        if similarity >= SIMILAR {
            found.push(Duplicate {
                other,
                ground: Ground::Name { similarity },
            });
        }
    }
    found
}

/// A number for comparison: NFKC, upper case, letters and digits only, no `ZL` in front.
pub fn fold_number(number: &str) -> String {
    let folded: String = number
        .nfkc()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_uppercase)
        .collect();
    folded.strip_prefix("ZL").unwrap_or(&folded).to_owned()
}

/// A name for comparison: NFKC, lower case, letters and digits only, without words that stand in
/// every other name.
fn fold_name(name: &str) -> String {
    let mut folded: String = name
        .nfkc()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect();
    for word in [
        "关键技术",
        "研究",
        "开发",
        "应用",
        "及其",
        "系统",
        "技术",
        "产业化",
        "示范",
        "与",
        "及",
        "的",
        "一种",
    ] {
        let without = folded.replace(word, "");
        // A name of nothing but such words is compared as it stands.
        if without.chars().count() >= 2 {
            folded = without;
        }
    }
    folded
}

/// Whether names carry numbers or letters that do not go together. A name without any, or with
/// some more of them, may still be the same one: 换挡变速箱 and 换挡变速箱（AMT）.
pub(crate) fn told_apart<T: Ord>(one: &BTreeSet<T>, other: &BTreeSet<T>) -> bool {
    !one.is_subset(other) && !other.is_subset(one)
}

/// The numbers and letters of a name: 济麦22 has 22, 500kV has 500kv, 第三代 and 3代 have 3,
/// 甲型 has 甲.
fn marks(name: &str) -> BTreeSet<String> {
    let chars: Vec<char> = name.nfkc().flat_map(char::to_lowercase).collect();
    let mut found = BTreeSet::new();
    let mut run = String::new();
    for (n, c) in chars.iter().enumerate() {
        // A point belongs to a number only between two digits.
        let inside_number = *c == '.'
            && run.ends_with(|c: char| c.is_ascii_digit())
            && chars.get(n + 1).is_some_and(char::is_ascii_digit);
        if c.is_ascii_alphanumeric() || inside_number {
            run.push(*c);
            continue;
        }
        // 10 MW is 10MW.
        if c.is_whitespace() && run.ends_with(|c: char| c.is_ascii_digit()) {
            continue;
        }
        found.extend((!run.is_empty()).then(|| std::mem::take(&mut run)));
        found.extend(counted(&chars, n));
    }
    found.extend((!run.is_empty()).then_some(run));
    found
}

/// A numeral or letter in Han characters that counts or names a type: 二代, 第二, 甲型.
fn counted(chars: &[char], n: usize) -> Option<String> {
    let before = n.checked_sub(1).and_then(|n| chars.get(n));
    let after = chars.get(n + 1);
    let counts = before == Some(&'第') || after.is_some_and(|c| "代期号型级相".contains(*c));
    let place = "一二三四五六七八九十".find(chars[n]);
    match place {
        Some(place) if counts => Some((place / '一'.len_utf8() + 1).to_string()),
        _ if after == Some(&'型') && "甲乙丙丁".contains(chars[n]) => {
            Some(chars[n].to_string())
        }
        _ => None,
    }
}

fn pairs(folded: &str) -> BTreeSet<[char; 2]> {
    let chars: Vec<char> = folded.chars().collect();
    chars.windows(2).map(|pair| [pair[0], pair[1]]).collect()
}

fn numbers<'a>(numbers: impl Iterator<Item = &'a str>) -> BTreeSet<String> {
    numbers
        .map(fold_number)
        // “无” and “申请中” are no numbers.
        .filter(|number| number.chars().any(char::is_numeric))
        .collect()
}
