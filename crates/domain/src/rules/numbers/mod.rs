//! Numbers as certificates carry them: one file a kind of number. What has a check digit is
//! checked by it, the others by their shape.

mod contact;
mod patent;
mod publication;
mod registration;
mod standard;

pub use contact::{is_email, is_phone};
pub use patent::{PatentOddity, patent_check_digit, patent_kind, patent_oddity};
pub use publication::{PublicationFault, check_publication};
pub use registration::{is_layout, is_software, is_variety};
pub use standard::is_standard;

use unicode_normalization::UnicodeNormalization as _;

/// A number as it is judged: NFKC (full-width characters become narrow), no spaces, capitals, no
/// `ZL` in front.
pub(super) fn fold(number: &str) -> String {
    let folded: String = number
        .nfkc()
        .filter(|c| !c.is_whitespace())
        .flat_map(char::to_uppercase)
        .collect();
    folded.strip_prefix("ZL").unwrap_or(&folded).to_owned()
}
