//! What a passphrase has to be: two profiles of which a vault follows one.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A set of rules for passphrases.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum PassphraseProfile {
    /// 10 characters of three classes, changed every 90 days; as BMB17 and GB/T 22239 ask it.
    #[default]
    Composed,
    /// 15 characters of any kind that stay until there is a reason to change them; as NIST
    /// SP 800-63B asks it.
    Long,
}

/// Characters that a class of passphrases needs, at least this many of the four.
const CLASSES: usize = 3;

/// Why a passphrase is not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PassphraseFault {
    /// It has fewer characters than the profile asks.
    #[error("{found} characters, {least} are needed")]
    Short {
        /// Characters it has.
        found: usize,
        /// Characters it needs.
        least: usize,
    },
    /// It has characters of too few classes.
    #[error("{found} classes of characters, {least} are needed")]
    Classes {
        /// Classes it has.
        found: usize,
        /// Classes it needs.
        least: usize,
    },
}

impl PassphraseProfile {
    /// Both.
    pub const ALL: [PassphraseProfile; 2] = [PassphraseProfile::Composed, PassphraseProfile::Long];

    /// The word in files.
    pub fn code(self) -> &'static str {
        match self {
            PassphraseProfile::Composed => "composed",
            PassphraseProfile::Long => "long",
        }
    }

    /// Reads the word back.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|profile| profile.code() == code)
    }

    /// Characters that it asks at least.
    pub fn least(self) -> usize {
        match self {
            PassphraseProfile::Composed => 10,
            PassphraseProfile::Long => 15,
        }
    }

    /// Days after which a passphrase is changed; `None` for never.
    pub fn days(self) -> Option<i64> {
        match self {
            PassphraseProfile::Composed => Some(90),
            PassphraseProfile::Long => None,
        }
    }

    /// Of the passphrases before, so many are not taken again.
    pub fn remembered(self) -> usize {
        5
    }

    /// Checks a passphrase. What it says is never part of the fault.
    ///
    /// # Errors
    /// [`PassphraseFault`].
    pub fn check(self, text: &str) -> Result<(), PassphraseFault> {
        let found = text.chars().count();
        if found < self.least() {
            return Err(PassphraseFault::Short {
                found,
                least: self.least(),
            });
        }
        let has = |is: fn(char) -> bool| usize::from(text.chars().any(is));
        let classes = has(|c| c.is_lowercase())
            + has(|c| c.is_uppercase())
            + has(|c| c.is_ascii_digit())
            + has(|c| !c.is_lowercase() && !c.is_uppercase() && !c.is_ascii_digit());
        if self == PassphraseProfile::Composed && classes < CLASSES {
            return Err(PassphraseFault::Classes {
                found: classes,
                least: CLASSES,
            });
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_default_asks_ten_characters_of_three_classes() {
        let profile = PassphraseProfile::default();
        for good in [
            "Abcdefghi1",
            "abcdefgh-1",
            "Hai-Yang-2026-shan",
            "海洋abcdefg1",
        ] {
            assert_eq!(profile.check(good), Ok(()), "{good}");
        }
        for bad in ["", "Abcdefgh1", "abcdefghij", "Abcdefghij", "1234567890"] {
            assert!(profile.check(bad).is_err(), "{bad}");
        }
        assert_eq!(profile.days(), Some(90));
    }

    #[test]
    fn the_long_one_asks_fifteen_characters_of_any_kind() {
        let profile = PassphraseProfile::Long;
        assert_eq!(profile.check("correcthorsebattery"), Ok(()));
        assert_eq!(
            profile.check("Abcdefghijklm1"),
            Err(PassphraseFault::Short {
                found: 14,
                least: 15
            })
        );
        assert_eq!(profile.days(), None);
    }
}
