//! Why something cannot be shown.

use serde::{Deserialize, Serialize};

/// Why a file was not decoded.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "snake_case", tag = "fault", content = "detail")]
pub enum DecodeFault {
    /// It is damaged, or not what it says it is; technical text.
    #[error("damaged: {0}")]
    Damaged(String),
    /// It is whole, but of a kind that is not decoded here; technical text.
    #[error("a kind that is not decoded: {0}")]
    Kind(String),
    /// It unfolds to more than is shown; technical text with the measure.
    #[error("too large: {0}")]
    TooLarge(String),
    /// There is no such page.
    #[error("no such page")]
    NoPage,
    /// It took longer than the given time; the process was ended.
    #[error("took too long")]
    TooLong,
    /// The process ended: it wanted more memory than it may have, or a decoder gave up.
    #[error("the decoder ended")]
    Ended,
    /// The process could not be started, or the content could not be read; technical text.
    #[error("not decoded: {0}")]
    Machine(String),
}

impl From<image::ImageError> for DecodeFault {
    fn from(fault: image::ImageError) -> Self {
        match fault {
            image::ImageError::Unsupported(fault) => Self::Kind(fault.to_string()),
            image::ImageError::Limits(fault) => Self::TooLarge(fault.to_string()),
            other => Self::Damaged(other.to_string()),
        }
    }
}

impl From<tiff::TiffError> for DecodeFault {
    fn from(fault: tiff::TiffError) -> Self {
        match fault {
            tiff::TiffError::UnsupportedError(fault) => Self::Kind(fault.to_string()),
            tiff::TiffError::LimitsExceeded => Self::TooLarge("a page's memory".to_owned()),
            other => Self::Damaged(other.to_string()),
        }
    }
}
