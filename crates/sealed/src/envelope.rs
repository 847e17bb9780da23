//! EnvelopedData of GB/T 35275-2017: a small content for several cards. SM2-3 for the key, SM4-CBC
//! for the content. Nothing in it is authenticated: who uses it has to check what comes out.

use crate::{
    cbc,
    certificate::Certificate,
    custody::KeyCustody,
    message::{ContentInfo, EncryptedContentInfo, EnvelopedData, RecipientInfo, plain},
    oid,
    strict::strict,
};
use der::{
    Any, Encode as _,
    asn1::{OctetString, SetOfVec},
};
use sm2::pke::EncryptingKey;
use x509_cert::spki::AlgorithmIdentifierOwned;
use zeroize::Zeroizing;

/// Why an envelope was not made or opened.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum EnvelopeFault {
    /// Not an EnvelopedData of GB/T 35275 in DER.
    #[error("not an envelope of GB/T 35275")]
    NotAnEnvelope,
    /// It names an algorithm that is not SM2-3 or SM4-CBC.
    #[error("an algorithm other than SM2 and SM4-CBC")]
    OtherAlgorithm,
    /// It is addressed to other cards.
    #[error("addressed to other cards")]
    OtherRecipient,
    /// It does not open: another key, or changed bytes.
    #[error("it does not open")]
    NotOpened,
    /// No card to seal for.
    #[error("no recipient")]
    NoRecipient,
    /// A card that nothing can be sealed for, or the system has no randomness.
    #[error("it could not be made: {0}")]
    Unmakeable(String),
}

/// Seals a content for the cards.
///
/// # Errors
/// [`EnvelopeFault::NoRecipient`], [`EnvelopeFault::Unmakeable`].
pub fn seal_envelope(cards: &[&Certificate], content: &[u8]) -> Result<Vec<u8>, EnvelopeFault> {
    let unmakeable = |fault: &dyn std::fmt::Display| EnvelopeFault::Unmakeable(fault.to_string());
    if cards.is_empty() {
        return Err(EnvelopeFault::NoRecipient);
    }
    let (mut key, mut iv) = (Zeroizing::new([0; 16]), [0; 16]);
    getrandom::fill(key.as_mut()).map_err(|fault| unmakeable(&fault))?;
    getrandom::fill(&mut iv).map_err(|fault| unmakeable(&fault))?;
    let mut recipients = SetOfVec::new();
    for card in cards {
        let public = card
            .public()
            .ok_or_else(|| unmakeable(&"the card's key is not an SM2 key"))?;
        let sealed = EncryptingKey::new(public)
            .encrypt_der(&mut getrandom::SysRng, key.as_ref())
            .map_err(|fault| unmakeable(&fault))?;
        recipients
            .insert(RecipientInfo {
                version: 1,
                recipient: card.issuer_and_serial(),
                algorithm: plain(oid::SM2_ENCRYPT),
                encrypted_key: OctetString::new(sealed).map_err(|fault| unmakeable(&fault))?,
            })
            .map_err(|fault| unmakeable(&fault))?;
    }
    let encode = || -> der::Result<Vec<u8>> {
        let enveloped = EnvelopedData {
            version: 1,
            recipients,
            content: EncryptedContentInfo {
                content_type: oid::DATA,
                algorithm: AlgorithmIdentifierOwned {
                    oid: oid::SM4_CBC,
                    parameters: Some(Any::encode_from(&OctetString::new(iv)?)?),
                },
                content: OctetString::new(cbc::seal(&key, &iv, content))?,
            },
        };
        ContentInfo {
            content_type: oid::ENVELOPED_DATA,
            content: Some(Any::encode_from(&enveloped)?),
        }
        .to_der()
    };
    encode().map_err(|fault| unmakeable(&fault))
}

/// Opens an envelope with a key. Names of algorithms are read as the standard has them, and with
/// the older name of SM2 that GmSSL writes.
///
/// # Errors
/// [`EnvelopeFault`].
pub fn open_envelope(
    envelope: &[u8],
    custody: &dyn KeyCustody,
) -> Result<Zeroizing<Vec<u8>>, EnvelopeFault> {
    let enveloped = read(envelope)?;
    let (algorithm, content) = (&enveloped.content.algorithm, &enveloped.content.content);
    let iv: OctetString = algorithm
        .parameters
        .as_ref()
        .and_then(|iv| strict(&iv.to_der().ok()?))
        .ok_or(EnvelopeFault::NotAnEnvelope)?;
    let iv = iv
        .as_bytes()
        .try_into()
        .map_err(|_| EnvelopeFault::NotAnEnvelope)?;
    let mine = custody.card().issuer_and_serial();
    let info = enveloped
        .recipients
        .iter()
        .find(|info| info.recipient == mine)
        .ok_or(EnvelopeFault::OtherRecipient)?;
    custody
        .open_envelope(info.encrypted_key.as_bytes(), iv, content.as_bytes())
        .map_err(|_| EnvelopeFault::NotOpened)
}

/// How many cards an envelope is addressed to.
///
/// # Errors
/// [`EnvelopeFault`] for another shape.
pub(crate) fn recipients(envelope: &[u8]) -> Result<usize, EnvelopeFault> {
    read(envelope).map(|enveloped| enveloped.recipients.len())
}

fn read(envelope: &[u8]) -> Result<EnvelopedData, EnvelopeFault> {
    let outer: ContentInfo = strict(envelope).ok_or(EnvelopeFault::NotAnEnvelope)?;
    let enveloped: EnvelopedData = outer
        .content
        .filter(|_| outer.content_type == oid::ENVELOPED_DATA)
        .and_then(|content| strict(&content.to_der().ok()?))
        .ok_or(EnvelopeFault::NotAnEnvelope)?;
    let ours = enveloped.version == 1
        && enveloped.content.content_type == oid::DATA
        && enveloped.recipients.iter().all(|info| info.version == 1);
    if !ours {
        return Err(EnvelopeFault::NotAnEnvelope);
    }
    let known = |info: &RecipientInfo| {
        [oid::SM2_ENCRYPT, oid::SM2_EXCHANGE].contains(&info.algorithm.oid)
            && info.algorithm.parameters.is_none()
    };
    if enveloped.recipients.iter().all(known) && enveloped.content.algorithm.oid == oid::SM4_CBC {
        Ok(enveloped)
    } else {
        Err(EnvelopeFault::OtherAlgorithm)
    }
}
