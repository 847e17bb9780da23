//! SM2 signatures with SM3, DER, as OpenSSL and GB/T 35276 write them.

use crate::{DEFAULT_ID, certificate::Certificate, key::SigningKey};
use sm2::{
    dsa::{
        DerSignature, Signature,
        signature::{Signer as _, Verifier as _, hazmat::PrehashVerifier as _},
    },
    elliptic_curve::sec1::ToSec1Point as _,
};
use sm3::{Digest as _, Sm3};

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
    certificate
        .verifier()
        .verify(message, &read(der_signature)?)
        .map_err(|_| SignatureFault::Disagrees)
}

/// Verifies a signature of a digest that somebody else computed.
pub(crate) fn verify_digest(
    certificate: &Certificate,
    digest: &[u8; 32],
    der_signature: &[u8],
) -> Result<(), SignatureFault> {
    certificate
        .verifier()
        .verify_prehash(digest, &read(der_signature)?)
        .map_err(|_| SignatureFault::Disagrees)
}

fn read(der: &[u8]) -> Result<Signature, SignatureFault> {
    DerSignature::from_bytes(der)
        .ok()
        .and_then(|signature| Signature::try_from(signature).ok())
        .ok_or(SignatureFault::NotASignature)
}

/// a ‖ b ‖ xG ‖ yG of the curve of GB/T 32918.5-2017.
const CURVE: &str = "fffffffeffffffffffffffffffffffffffffffff00000000fffffffffffffffc\
    28e9fa9e9d9f5e344d5a9e4bcf6509a7f39789f515ab8f92ddbcbd414d940e93\
    32c4ae2c1f1981195f9904466a39c9948fe30bbff2660be1715a4589334c74c7\
    bc3736a2f4f6779c59bdcee36b692153d0a9877cc62a474002df32e52139f0a0";

/// The digest e = SM3(Z ‖ M) that a device signs (GB/T 32918.2-2016, 5.5 and 6.1).
pub(crate) fn digest_to_sign(certificate: &Certificate, message: &[u8]) -> Option<[u8; 32]> {
    let point = certificate.public()?.to_sec1_point(false);
    let length = u16::try_from(DEFAULT_ID.len() * 8).ok()?;
    let mut z = Sm3::new();
    z.update(length.to_be_bytes());
    z.update(DEFAULT_ID);
    z.update(hex::decode(CURVE).ok()?);
    // Without its first byte, which says that it is uncompressed.
    z.update(point.as_bytes().get(1..)?);
    let mut e = Sm3::new();
    e.update(z.finalize());
    e.update(message);
    Some(e.finalize().into())
}
