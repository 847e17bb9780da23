//! SM2 signatures with SM3, DER, as OpenSSL and GB/T 35276 write them.

use crate::{certificate::Certificate, key::SigningKey};
use sm2::dsa::{
    DerSignature, Signature,
    signature::{Signer as _, Verifier as _},
};

/// Why a signature is not good.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SignatureFault {
    /// Not a DER signature.
    #[error("not a DER signature")]
    NotASignature,
    /// The signature is not of this message by this certificate's key.
    #[error("the signature does not agree with message and certificate")]
    Disagrees,
}

/// Signs a message; deterministic (RFC 6979), DER.
pub fn sign(key: &SigningKey, message: &[u8]) -> Vec<u8> {
    let signature: Signature = key.signer.sign(message);
    DerSignature::from(signature).to_vec()
}

/// Verifies a signature with a certificate's key.
///
/// # Errors
/// [`SignatureFault`].
pub fn verify(
    certificate: &Certificate,
    message: &[u8],
    der_signature: &[u8],
) -> Result<(), SignatureFault> {
    let signature = DerSignature::from_bytes(der_signature)
        .ok()
        .and_then(|signature| Signature::try_from(signature).ok())
        .ok_or(SignatureFault::NotASignature)?;
    certificate
        .verifier()
        .verify(message, &signature)
        .map_err(|_| SignatureFault::Disagrees)
}
