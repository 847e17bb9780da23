//! Claims: what the form says that needs a scan. Clause 二（一）: every claim that has proof carries one.

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::{fmt, str::FromStr};
use ts_rs::TS;

/// Something in the form that evidence proves.
///
/// Its text form is what the command line and the files carry: `right:1`,
/// `project:2` (counted from 1, as on paper), `category`, `publicity`,
/// `ownership`, `commitment`, `summary`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, TS)]
#[ts(as = "String")]
pub enum Claim {
    /// The n-th intellectual property right of field 6, from 1.
    Right(u16),
    /// The n-th project entry of fields 9 and 10, from 1.
    Project(u16),
    /// The condition of the chosen 成果类型, clause 一（二）.
    Category,
    /// Field 8: where the achievement was made public.
    Publicity,
    /// Field 12: who owns it, when not the completing units.
    Ownership,
    /// Field 22: the signed and sealed commitment page.
    Commitment,
    /// Field 20: pictures, videos and files beside the summary.
    Summary,
}

/// The text names no claim of the form.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "unknown claim {0:?}: expected right:N, project:N, category, publicity, ownership, commitment or summary"
)]
pub struct UnknownClaim(pub String);

impl fmt::Display for Claim {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Claim::Right(n) => write!(f, "right:{n}"),
            Claim::Project(n) => write!(f, "project:{n}"),
            Claim::Category => f.write_str("category"),
            Claim::Publicity => f.write_str("publicity"),
            Claim::Ownership => f.write_str("ownership"),
            Claim::Commitment => f.write_str("commitment"),
            Claim::Summary => f.write_str("summary"),
        }
    }
}

impl FromStr for Claim {
    type Err = UnknownClaim;

    fn from_str(text: &str) -> Result<Self, UnknownClaim> {
        let number = |rest: &str| rest.parse::<u16>().ok().filter(|n| *n > 0);
        match text.split_once(':') {
            Some(("right", n)) => number(n).map(Claim::Right),
            Some(("project", n)) => number(n).map(Claim::Project),
            Some(_) => None,
            None => match text {
                "category" => Some(Claim::Category),
                "publicity" => Some(Claim::Publicity),
                "ownership" => Some(Claim::Ownership),
                "commitment" => Some(Claim::Commitment),
                "summary" => Some(Claim::Summary),
                _ => None,
            },
        }
        .ok_or_else(|| UnknownClaim(text.to_owned()))
    }
}

impl Serialize for Claim {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Claim {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?
            .parse()
            .map_err(serde::de::Error::custom)
    }
}
