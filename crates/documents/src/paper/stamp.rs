//! The stamp of a sheet: a draft says so on every page; a revision carries its number and the
//! form's digest, readable by a scanner, so that paper and package are one.

use chrono::NaiveDate;
use luguo_domain::{DeclarationId, Sha256Digest};
use qrcode::{Color, EcLevel, QrCode};
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
        let Some(code) = self
            .code()
            .and_then(|text| QrCode::with_error_correction_level(text, EcLevel::M).ok())
        else {
            return r#"<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"/>"#.to_owned();
        };
        let width = code.width();
        let mut path = String::new();
        for (n, color) in code.to_colors().into_iter().enumerate() {
            if color == Color::Dark {
                path.push_str(&format!("M{} {}h1v1h-1z", n % width + 4, n / width + 4));
            }
        }
        // Four modules of white around it, as ISO/IEC 18004 asks.
        let all = width + 8;
        format!(
            r##"<svg xmlns="http://www.w3.org/2000/svg" width="{all}" height="{all}" viewBox="0 0 {all} {all}"><rect width="{all}" height="{all}" fill="#fff"/><path d="{path}" fill="#000"/></svg>"##
        )
    }
}
