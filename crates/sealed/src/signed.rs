//! SignedData of GB/T 35275-2017: one signer, its certificate inside, no attributes. What is signed
//! are the octets of the content, with the Z value of GB/T 32918.2 before them.

use crate::{
    certificate::Certificate,
    custody::KeyCustody,
    message::{ContentInfo, SignedData, SignerInfo, plain},
    oid,
    signature::{digest_to_sign, verify, verify_digest},
    strict::strict,
};
use der::{
    Any, Encode as _,
    asn1::{OctetString, SetOfVec},
};
use sm3::{Digest as _, Sm3};

/// Why a signed message was not made or is not good.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SignedFault {
    /// Not a SignedData of GB/T 35275 in DER with one signer and its certificate.
    #[error("not a signed message of GB/T 35275")]
    NotSigned,
    /// It names an algorithm that is not SM2 or SM3.
    #[error("an algorithm other than SM2 with SM3")]
    OtherAlgorithm,
    /// Signed without the Z value: against GB/T 35275.
    #[error("signed without the Z value of GB/T 32918.2, against GB/T 35275")]
    WithoutZ,
    /// The signature is not of this content by this certificate's key.
    #[error("the signature does not agree with the content")]
    Disagrees,
    /// It could not be made.
    #[error("it could not be made: {0}")]
    Unmakeable(String),
}

/// Signs a content; `detached` leaves the content itself out.
///
/// # Errors
/// [`SignedFault::Unmakeable`], also when key and card do not belong together.
pub fn sign_message(
    custody: &dyn KeyCustody,
    content: &[u8],
    detached: bool,
) -> Result<Vec<u8>, SignedFault> {
    let unmakeable = |fault: &dyn std::fmt::Display| SignedFault::Unmakeable(fault.to_string());
    let card = custody.card();
    let digest = digest_to_sign(card, content)
        .ok_or_else(|| unmakeable(&"the card's key is not an SM2 key"))?;
    let signature = custody
        .sign_digest(&digest)
        .map_err(|fault| unmakeable(&fault))?;
    // A card that is not the key's would be found out only at the recipient's.
    verify(card, content, &signature).map_err(|fault| unmakeable(&fault))?;
    let encode = || -> der::Result<Vec<u8>> {
        let octets = || OctetString::new(content).and_then(|octets| Any::encode_from(&octets));
        let signed = SignedData {
            version: 1,
            digests: SetOfVec::try_from([plain(oid::SM3)])?,
            content: ContentInfo {
                content_type: oid::DATA,
                content: (!detached).then(octets).transpose()?,
            },
            certificates: SetOfVec::try_from([card.inner().clone()])?,
            signers: SetOfVec::try_from([SignerInfo {
                version: 1,
                signer: card.issuer_and_serial(),
                digest: plain(oid::SM3),
                algorithm: plain(oid::SM2_SIGN),
                signature: OctetString::new(signature)?,
            }])?,
        };
        ContentInfo {
            content_type: oid::SIGNED_DATA,
            content: Some(Any::encode_from(&signed)?),
        }
        .to_der()
    };
    encode().map_err(|fault| unmakeable(&fault))
}

/// Verifies a signed message and tells its signer. Whether that signer is to be trusted is the
/// caller's question.
///
/// # Errors
/// [`SignedFault`].
pub fn verify_detached(message: &[u8], content: &[u8]) -> Result<Certificate, SignedFault> {
    let signed = read(message)?;
    if signed.content.content.is_some() {
        return Err(SignedFault::NotSigned);
    }
    signer(&signed, content)
}

/// Verifies a signed message with its content inside; answers signer and content.
///
/// # Errors
/// [`SignedFault`].
pub fn verify_message(message: &[u8]) -> Result<(Certificate, Vec<u8>), SignedFault> {
    let signed = read(message)?;
    let content: OctetString = signed
        .content
        .content
        .as_ref()
        .and_then(|content| strict(&content.to_der().ok()?))
        .ok_or(SignedFault::NotSigned)?;
    let signer = signer(&signed, content.as_bytes())?;
    Ok((signer, content.into_bytes().into()))
}

fn read(message: &[u8]) -> Result<SignedData, SignedFault> {
    let outer: ContentInfo = strict(message).ok_or(SignedFault::NotSigned)?;
    let signed: SignedData = outer
        .content
        .filter(|_| outer.content_type == oid::SIGNED_DATA)
        .and_then(|content| strict(&content.to_der().ok()?))
        .ok_or(SignedFault::NotSigned)?;
    let ours = signed.version == 1
        && signed.content.content_type == oid::DATA
        && signed.certificates.len() == 1
        && signed.signers.len() == 1
        && signed.signers.iter().all(|signer| signer.version == 1);
    if ours {
        Ok(signed)
    } else {
        Err(SignedFault::NotSigned)
    }
}

fn signer(signed: &SignedData, content: &[u8]) -> Result<Certificate, SignedFault> {
    let (Some(info), Some(certificate)) = (signed.signers.get(0), signed.certificates.get(0))
    else {
        return Err(SignedFault::NotSigned);
    };
    // GmSSL and others name the pair where the standard names the signature alone.
    let known = signed.digests.as_slice() == [plain(oid::SM3)]
        && info.digest == plain(oid::SM3)
        && [oid::SM2_SIGN, oid::SM2_WITH_SM3].contains(&info.algorithm.oid)
        && info.algorithm.parameters.is_none();
    if !known {
        return Err(SignedFault::OtherAlgorithm);
    }
    let certificate = certificate
        .to_der()
        .ok()
        .and_then(|der| Certificate::from_der(&der).ok())
        .ok_or(SignedFault::NotSigned)?;
    let whole = !certificate.is_self_issued() || certificate.verify_issued_by(&certificate).is_ok();
    if !whole || certificate.issuer_and_serial() != info.signer {
        return Err(SignedFault::NotSigned);
    }
    let signature = info.signature.as_bytes();
    if verify(&certificate, content, signature).is_ok() {
        return Ok(certificate);
    }
    Err(if signed_without_z(signed, &certificate, signature) {
        SignedFault::WithoutZ
    } else {
        SignedFault::Disagrees
    })
}

/// Whether it is what GmSSL writes: SM3 of the whole ContentInfo, and nothing before it.
fn signed_without_z(signed: &SignedData, certificate: &Certificate, signature: &[u8]) -> bool {
    signed.content.to_der().is_ok_and(|der| {
        let digest: [u8; 32] = Sm3::digest(&der).into();
        verify_digest(certificate, &digest, signature).is_ok()
    })
}
