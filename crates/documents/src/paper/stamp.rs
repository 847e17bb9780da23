//! The stamp of a sheet: a draft says so on every page; a revision carries its number and the
//! form's digest, readable by a scanner, so that paper and package are one.

use super::qr;
use chrono::NaiveDate;
use luguo_domain::{DeclarationId, Sha256Digest};
use serde_json::{Value, json};

/// What stands on every page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stamp {
    /// 草稿 across the page.
    Draft,
    /// Neither mark nor code: an authority's lists, which are signed and sealed as they are.
    Plain,
    /// A revision's number, digest and code.
    Submitted {
        /// The declaration.
        declaration: DeclarationId,
        /// Number of the revision, from 1.
        revision: u32,
        /// SHA-256 of the form's canonical JSON.
        digest: Sha256Digest,
        /// The day it was submitted, or is printed for signing.
        on: NaiveDate,
    },
}

impl Stamp {
    pub(super) fn data(&self) -> Value {
        match self {
            Self::Draft => json!({ "kind": "draft" }),
            Self::Plain => json!({ "kind": "plain" }),
            Self::Submitted {
                revision,
                digest,
                on,
                ..
            } => json!({
                "kind": "submitted",
                "revision": revision,
                "digest": digest.to_hex(),
                "date": on.format("%Y年%-m月%-d日").to_string(),
            }),
        }
    }

    /// What the code says: `LUGUO:1:<declaration>:<revision>:<digest>`, in capitals: a code of
    /// letters and digits alone is coarser and survives a poorer scan.
    pub(super) fn code(&self) -> Option<String> {
        match self {
            Self::Draft | Self::Plain => None,
            Self::Submitted {
                declaration,
                revision,
                digest,
                ..
            } => Some(format!(
                "LUGUO:1:{}:{revision}:{}",
                declaration.to_string().to_uppercase(),
                digest.to_hex().to_uppercase()
            )),
        }
    }

    /// The code as a drawing; an empty one for a draft.
    pub(super) fn drawing(&self) -> String {
        self.code()
            .and_then(|text| qr::drawing(&text))
            .unwrap_or_else(|| qr::NOTHING.to_owned())
    }
}
