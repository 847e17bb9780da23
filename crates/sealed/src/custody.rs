//! Who keeps a private key: this program, or a device that never gives it out.

use crate::{cbc, certificate::Certificate, key::SigningKey};
use sm2::{
    dsa::{DerSignature, Signature, signature::hazmat::PrehashSigner as _},
    pke::DecryptingKey,
};
use zeroize::Zeroizing;

/// Where a private key lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Holding {
    /// In the vault or a file, used by this program: an aid to integrity and hand-over.
    Software,
    /// In a device that signs and opens by itself.
    Device,
}

/// Why a key did not do what was asked.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CustodyFault {
    /// What was sealed is not for this key, or was changed.
    #[error("the key does not open this")]
    NotOpened,
    /// The device is not there, locked or refuses.
    #[error("the key cannot be used: {0}")]
    Unavailable(String),
}

/// A private key with its card. A hardware key (SKF of GM/T 0016, PKCS#11) joins here: both calls
/// are what such a device does without giving its key out.
pub trait KeyCustody: Send + Sync {
    /// The card of the key.
    fn card(&self) -> &Certificate;

    /// Where the key lies.
    fn holding(&self) -> Holding;

    /// Signs e = SM3(Z ‖ M), 32 bytes, which the caller computed; answers DER.
    ///
    /// # Errors
    /// [`CustodyFault::Unavailable`].
    fn sign_digest(&self, digest: &[u8; 32]) -> Result<Vec<u8>, CustodyFault>;

    /// Opens an envelope: the key in `sealed_key` (SM2Cipher of GB/T 35276, DER), with it the
    /// content (SM4-CBC).
    ///
    /// # Errors
    /// [`CustodyFault`].
    fn open_envelope(
        &self,
        sealed_key: &[u8],
        iv: &[u8; 16],
        content: &[u8],
    ) -> Result<Zeroizing<Vec<u8>>, CustodyFault>;
}

/// A key in this program's memory.
pub struct SoftwareCustody {
    card: Certificate,
    key: SigningKey,
}

impl SoftwareCustody {
    /// Joins key and card; nothing when they do not belong together.
    pub fn new(card: Certificate, key: SigningKey) -> Option<Self> {
        (card.public()? == key.public()).then_some(Self { card, key })
    }
}

impl KeyCustody for SoftwareCustody {
    fn card(&self) -> &Certificate {
        &self.card
    }

    fn holding(&self) -> Holding {
        Holding::Software
    }

    fn sign_digest(&self, digest: &[u8; 32]) -> Result<Vec<u8>, CustodyFault> {
        let signature: Signature = self
            .key
            .signer
            .sign_prehash(digest)
            .map_err(|fault| CustodyFault::Unavailable(fault.to_string()))?;
        Ok(DerSignature::from(signature).to_vec())
    }

    fn open_envelope(
        &self,
        sealed_key: &[u8],
        iv: &[u8; 16],
        content: &[u8],
    ) -> Result<Zeroizing<Vec<u8>>, CustodyFault> {
        let key = DecryptingKey::new(self.key.secret.clone())
            .decrypt_der(sealed_key)
            .map(Zeroizing::new)
            .map_err(|_| CustodyFault::NotOpened)?;
        let key: Zeroizing<[u8; 16]> = Zeroizing::new(
            key.as_slice()
                .try_into()
                .map_err(|_| CustodyFault::NotOpened)?,
        );
        cbc::open(&key, iv, content).ok_or(CustodyFault::NotOpened)
    }
}
