//! Keys, cards, envelopes, signatures and the sealed package: bytes in, bytes out.
//!
//! SM2, SM3 and SM4 (GB/T 32918, GB/T 32905, GB/T 32907), messages of GB/T 35275-2017, default id
//! `1234567812345678`. None of this is a certified cryptographic product, and by 密码法 Art. 7 and 8
//! commercial cryptography is no protection of state secrets: a sealed package is an aid to
//! integrity and hand-over.

mod cbc;
mod certificate;
mod custody;
mod envelope;
mod fault;
mod key;
mod keys;
mod message;
mod oid;
mod open;
mod pkcs8;
#[cfg(feature = "raw")]
pub mod raw;
mod records;
mod seal;
mod signature;
mod signed;
mod stream;
mod strict;
mod trust;
mod zip64;

pub use certificate::{Certificate, CertificateFault, issued_certificate, self_signed_certificate};
pub use custody::{CustodyFault, Holding, KeyCustody, SoftwareCustody};
pub use envelope::{EnvelopeFault, open_envelope, seal_envelope};
pub use fault::{CardFault, OpenFault, SealFault};
pub use key::{KeyFault, SigningKey};
pub use open::{Inspected, Opened, inspect};
pub use pkcs8::{ROUNDS, open_key, seal_key};
pub use records::{Header, Manifest, Part};
pub use seal::{PartSource, SealOrder, Sealed, seal};
pub use signature::{SignatureFault, sign, verify};
pub use signed::{SignedFault, sign_message, verify_detached, verify_message};
pub use stream::{Broken, SEGMENT, SegmentCipher, Sm4Gcm, TAG, padded_size, sealed_size};
pub use trust::{Trust, Use};

/// The default distinguishing identifier of GB/T 35276 (16 bytes).
pub(crate) const DEFAULT_ID: &str = "1234567812345678";
