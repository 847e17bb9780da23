//! 密级 and 保密期限 as they are written: 机密★10年.

use chrono::{Months, NaiveDate};
use serde::{Deserialize, Serialize};
use std::fmt;
use ts_rs::TS;

/// 密级. The order is that of the law: what is higher compares as greater.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum SecrecyLevel {
    /// 秘密.
    Confidential,
    /// 机密.
    Secret,
    /// 绝密.
    TopSecret,
}

impl SecrecyLevel {
    /// Every level, the lowest first.
    pub const ALL: [SecrecyLevel; 3] = [
        SecrecyLevel::Confidential,
        SecrecyLevel::Secret,
        SecrecyLevel::TopSecret,
    ];

    /// The words of the law.
    pub fn label(self) -> &'static str {
        match self {
            SecrecyLevel::Confidential => "秘密",
            SecrecyLevel::Secret => "机密",
            SecrecyLevel::TopSecret => "绝密",
        }
    }

    /// The word in files and on the command line, the same as in JSON.
    pub fn code(self) -> &'static str {
        match self {
            SecrecyLevel::Confidential => "confidential",
            SecrecyLevel::Secret => "secret",
            SecrecyLevel::TopSecret => "top-secret",
        }
    }

    /// Reads the word of the command line, or that of the law.
    pub fn from_code(code: &str) -> Option<SecrecyLevel> {
        SecrecyLevel::ALL
            .into_iter()
            .find(|level| level.code() == code || level.label() == code)
    }

    /// Years that a term may last unless a reason is given (Art. 20).
    pub fn most_years(self) -> u32 {
        match self {
            SecrecyLevel::Confidential => 10,
            SecrecyLevel::Secret => 20,
            SecrecyLevel::TopSecret => 30,
        }
    }

    /// Whether a list of who knew is kept (实施条例 Art. 20).
    pub fn keeps_list_of_knowers(self) -> bool {
        self >= SecrecyLevel::Secret
    }

    /// Couriers that carry it together (实施条例 Art. 29).
    pub fn couriers(self) -> usize {
        match self {
            SecrecyLevel::Confidential | SecrecyLevel::Secret => 1,
            SecrecyLevel::TopSecret => 2,
        }
    }
}

/// 保密期限: years, a day, or a condition (Art. 20).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case", tag = "kind", deny_unknown_fields)]
pub enum SecrecyTerm {
    /// So many years from the day of marking (实施条例 Art. 19).
    Years {
        /// From 1.
        years: u32,
    },
    /// 解密时间: classified until this day.
    Until {
        /// The first day on which it is no secret any more.
        #[ts(type = "string")]
        day: NaiveDate,
    },
    /// 解密条件: classified until something happened.
    Condition {
        /// What has to happen.
        words: String,
    },
}

/// A mark: level and term.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Marking {
    /// 密级.
    pub level: SecrecyLevel,
    /// 保密期限.
    pub term: SecrecyTerm,
}

impl fmt::Display for Marking {
    /// As it is written: 密级★保密期限.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}★", self.level.label())?;
        match &self.term {
            SecrecyTerm::Years { years } => write!(f, "{years}年"),
            SecrecyTerm::Until { day } => write!(f, "{}", day.format("%Y年%-m月%-d日")),
            SecrecyTerm::Condition { words } => f.write_str(words.trim()),
        }
    }
}

impl Marking {
    /// The first day on which the term has run out; `None` where it ends with a condition.
    pub fn ends_on(&self, marked_on: NaiveDate) -> Option<NaiveDate> {
        match &self.term {
            SecrecyTerm::Years { years } => {
                marked_on.checked_add_months(Months::new(years.checked_mul(12)?))
            }
            SecrecyTerm::Until { day } => Some(*day),
            SecrecyTerm::Condition { .. } => None,
        }
    }

    /// Whether the term is longer than the law gives without a reason.
    pub fn is_longer_than_usual(&self, marked_on: NaiveDate) -> bool {
        let usual = marked_on.checked_add_months(Months::new(self.level.most_years() * 12));
        match (self.ends_on(marked_on), usual) {
            (Some(ends), Some(usual)) => ends > usual,
            // A condition has no day; an overflow of the calendar is longer than anything.
            (None, _) => !matches!(self.term, SecrecyTerm::Condition { .. }),
            (Some(_), None) => false,
        }
    }
}

/// The mark of a whole: the highest of its parts, and of equal ones the one that lasts longest
/// (Art. 18 of the 实施条例: a compilation of secrets is secret).
pub fn highest<'a>(
    parts: impl IntoIterator<Item = (&'a Marking, NaiveDate)>,
) -> Option<&'a Marking> {
    parts
        .into_iter()
        .max_by_key(|(marking, on)| {
            // A condition may never come: it counts as lasting longest.
            (
                marking.level,
                marking.ends_on(*on).unwrap_or(NaiveDate::MAX),
            )
        })
        .map(|(marking, _)| marking)
}
