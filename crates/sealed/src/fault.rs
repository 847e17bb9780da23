//! What can be wrong with a sealed package. A fault that a stranger could provoke with bytes of his
//! own says no more than that it does not open: neither which key, nor which byte, nor how far.

use crate::{envelope::EnvelopeFault, signed::SignedFault};

/// Why a package is not opened.
#[derive(Debug, thiserror::Error)]
pub enum OpenFault {
    /// The medium cannot be read.
    #[error("the medium cannot be read: {0}")]
    Io(#[from] std::io::Error),
    /// Not a sealed package, or cut off: the outer form is not the one that is written.
    #[error("not a sealed package, or cut off")]
    NotAPackage,
    /// Written by a later program.
    #[error("version {0} of the format is not known")]
    Version(u64),
    /// Sealed with algorithms that are not known.
    #[error("the suite {0} is not known")]
    Suite(String),
    /// An outer record has another form than the format asks for.
    #[error("the record {0} has another form than the format asks for")]
    Record(&'static str),
    /// Members, order or lengths are not those that the index names.
    #[error("the members are not those of the index")]
    Members,
    /// A member's digest is not the one in the index.
    #[error("the member {0} was changed")]
    Changed(String),
    /// The outer seal is not good.
    #[error("the seal is not good: {0}")]
    Seal(SignedFault),
    /// The seal is of another card than the header names.
    #[error("sealed with another card than the package names")]
    OtherSealer,
    /// The sealer's card is not admitted.
    #[error("the sealer's card is not admitted: {0}")]
    Card(#[from] CardFault),
    /// Sealed for other cards.
    #[error("sealed for other cards")]
    OtherRecipient,
    /// It does not open with this key, or what is inside was changed.
    #[error("it does not open")]
    NotOpened,
}

/// Why a card is not admitted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CardFault {
    /// Nobody took this card in, and no known authority issued it.
    #[error("the card is not known")]
    Unknown,
    /// It was declared void.
    #[error("the card is void")]
    Revoked,
    /// It did not hold yet.
    #[error("the card does not hold yet")]
    NotYet,
    /// It had run out.
    #[error("the card has run out")]
    Expired,
    /// It is not made for this use.
    #[error("the card is not made for this use")]
    Usage,
    /// Its own signature is not good.
    #[error("the card was changed")]
    Changed,
}

/// Why a package was not sealed. Nothing of it is to be kept then.
#[derive(Debug, thiserror::Error)]
pub enum SealFault {
    /// Reading a content or writing the package failed.
    #[error("{0}")]
    Io(#[from] std::io::Error),
    /// No recipient was named.
    #[error("no recipient")]
    NoRecipient,
    /// The recovery card is missing among the recipients' cards, or named twice.
    #[error("a card is named twice")]
    CardTwice,
    /// A card is not admitted.
    #[error("the card of {holder} is not admitted: {fault}")]
    Card {
        /// The card's subject.
        holder: String,
        /// Why.
        fault: CardFault,
    },
    /// A content is not what its digest says.
    #[error("the content {0} does not agree with its digest")]
    Content(String),
    /// More contents than a package holds, or none.
    #[error("{0} contents")]
    Count(usize),
    /// The key block could not be made.
    #[error("the key block could not be made: {0}")]
    Envelope(#[from] EnvelopeFault),
    /// The key did not sign.
    #[error("the key did not sign: {0}")]
    Signature(#[from] SignedFault),
    /// The system has no randomness, or a record no encoding.
    #[error("it could not be sealed: {0}")]
    Unmakeable(String),
}
