//! What a reviewer notes while reading: marks at a field or on a page, and what became of each
//! claim. Shared marks go into the decision, and with it into the package or back to the preparer.

use crate::{EvidenceId, MarkId, Moment, claim::Claim, form::options::choice};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

choice!(
    /// What the reading of a claim's proof gave.
    ClaimVerdict {
        Proved = "proved" => "证明了",
        NotProved = "not_proved" => "没有证明",
        Unclear = "unclear" => "看不清楚",
    }
);

/// Where a mark is pinned.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case", tag = "at", deny_unknown_fields)]
pub enum MarkPlace {
    /// A field of the form.
    Field {
        /// Its path: `name`, `rights[0].number`.
        path: String,
    },
    /// A claim and its proof as a whole.
    Claim {
        /// The claim.
        claim: Claim,
    },
    /// A page of a piece of evidence, or a region of it.
    Page {
        /// The piece.
        evidence: EvidenceId,
        /// The page, from 1.
        page: u32,
        /// Left, top, width and height in ten-thousandths of the page as it stands upright; the
        /// whole page when absent.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        region: Option<[u16; 4]>,
    },
}

/// One mark.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Mark {
    /// Its identity.
    pub id: MarkId,
    /// Where it is pinned.
    pub place: MarkPlace,
    /// What it says.
    pub words: String,
    /// Who made it, by name.
    pub author: String,
    /// When.
    #[ts(type = "string")]
    pub made_at: Moment,
}

/// What the preparer did about a mark of the last return.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct MarkAnswer {
    /// The mark.
    pub mark: MarkId,
    /// What was done, or why nothing.
    pub words: String,
}

/// What a reviewer found about one claim.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Tick {
    /// The claim.
    pub claim: Claim,
    /// What its proof shows.
    pub verdict: ClaimVerdict,
}

/// Why a mark cannot be kept.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum MarkFault {
    /// Nothing is written in it.
    #[error("a mark says something")]
    Empty,
    /// More than [`MOST_CHARACTERS`].
    #[error("a mark of {0} characters")]
    TooLong(usize),
    /// A region that does not lie on its page.
    #[error("a region outside the page")]
    Region,
}

/// Characters of one mark.
pub const MOST_CHARACTERS: usize = 2_000;

impl MarkPlace {
    /// Checks that a region lies on its page.
    ///
    /// # Errors
    /// [`MarkFault::Region`].
    pub fn check(&self) -> Result<(), MarkFault> {
        match self {
            Self::Page {
                page,
                region: Some(region),
                ..
            } => {
                if *page > 0 && is_on_page(*region) {
                    Ok(())
                } else {
                    Err(MarkFault::Region)
                }
            }
            Self::Page { page: 0, .. } => Err(MarkFault::Region),
            _ => Ok(()),
        }
    }
}

/// Whether a region (left, top, width, height in ten-thousandths) lies on its page and has a size.
pub fn is_on_page([left, top, width, height]: [u16; 4]) -> bool {
    let inside =
        |from: u16, length: u16| length > 0 && u32::from(from) + u32::from(length) <= 10_000;
    inside(left, width) && inside(top, height)
}

/// Checks what a mark says.
///
/// # Errors
/// [`MarkFault`].
pub fn check_words(words: &str) -> Result<(), MarkFault> {
    if words.trim().is_empty() {
        return Err(MarkFault::Empty);
    }
    match words.chars().count() {
        count if count > MOST_CHARACTERS => Err(MarkFault::TooLong(count)),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_region_lies_on_its_page_and_a_mark_says_something() {
        let page = |page, region| MarkPlace::Page {
            evidence: EvidenceId(uuid::Uuid::nil()),
            page,
            region,
        };
        for (place, good) in [
            (page(1, None), true),
            (page(1, Some([0, 0, 10_000, 10_000])), true),
            (page(3, Some([9_000, 10, 1_000, 5])), true),
            (page(1, Some([9_001, 10, 1_000, 5])), false),
            (page(1, Some([0, 0, 0, 5])), false),
            (page(0, None), false),
        ] {
            assert_eq!(place.check().is_ok(), good, "{place:?}");
        }
        assert_eq!(check_words(" \n"), Err(MarkFault::Empty));
        assert_eq!(check_words(&"字".repeat(2_000)), Ok(()));
        assert!(check_words(&"字".repeat(2_001)).is_err());
    }
}
