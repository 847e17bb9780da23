//! SM2 keys, certificates and signatures: bytes in, bytes out. The sealed container joins them
//! here; nothing of it is in this crate yet.
//!
//! SM2 with SM3 (GB/T 32918.2-2016, GB/T 32905-2016), default id `1234567812345678`. None of this
//! is a certified cryptographic product.

mod certificate;
mod key;
mod signature;

pub use certificate::{Certificate, CertificateFault, self_signed_certificate};
pub use key::{KeyFault, SigningKey};
pub use signature::{SignatureFault, sign, verify};

/// The default distinguishing identifier of GB/T 35276 (16 bytes).
pub(crate) const DEFAULT_ID: &str = "1234567812345678";
