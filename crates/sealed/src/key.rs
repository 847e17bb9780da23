//! A private key: drawn, stored as PKCS#8, never shown.

use crate::DEFAULT_ID;
use sm2::{
    SecretKey,
    dsa::SigningKey as Sm2SigningKey,
    pkcs8::{DecodePrivateKey as _, EncodePrivateKey as _, LineEnding},
};
use std::fmt;
use zeroize::Zeroizing;

/// An SM2 private key: it signs, and opens what is sealed for it.
pub struct SigningKey {
    pub(crate) secret: SecretKey,
    pub(crate) signer: Sm2SigningKey,
}

/// Why there is no key.
#[derive(Debug, thiserror::Error)]
pub enum KeyFault {
    /// The system has no randomness.
    #[error("no randomness: {0}")]
    Randomness(getrandom::Error),
    /// The bytes are not an SM2 private key in PKCS#8.
    #[error("not an SM2 private key in PKCS#8")]
    NotAKey,
    /// Password or bytes are not those that it was written with.
    #[error("the password does not open the key")]
    WrongPassword,
}

impl SigningKey {
    /// Draws a key.
    ///
    /// # Errors
    /// [`KeyFault::Randomness`].
    pub fn generate() -> Result<Self, KeyFault> {
        loop {
            let mut bytes = Zeroizing::new([0; 32]);
            getrandom::fill(bytes.as_mut()).map_err(KeyFault::Randomness)?;
            // A draw outside 1..n is as good as impossible; the next one is as good as the first.
            if let Ok(secret) = SecretKey::from_slice(bytes.as_ref()) {
                return Self::new(secret);
            }
        }
    }

    fn new(secret: SecretKey) -> Result<Self, KeyFault> {
        let signer = Sm2SigningKey::new(DEFAULT_ID, &secret).map_err(|_| KeyFault::NotAKey)?;
        Ok(Self { secret, signer })
    }

    /// Reads PKCS#8 PEM.
    ///
    /// # Errors
    /// [`KeyFault::NotAKey`].
    pub fn from_pkcs8_pem(pem: &str) -> Result<Self, KeyFault> {
        Self::new(SecretKey::from_pkcs8_pem(pem).map_err(|_| KeyFault::NotAKey)?)
    }

    /// Reads PKCS#8 DER. Where it names its public key, that has to be the key's own.
    ///
    /// # Errors
    /// [`KeyFault::NotAKey`].
    pub fn from_pkcs8_der(der: &[u8]) -> Result<Self, KeyFault> {
        Self::new(SecretKey::from_pkcs8_der(der).map_err(|_| KeyFault::NotAKey)?)
    }

    /// Writes PKCS#8 PEM, unencrypted: for a file that only the owner can read.
    ///
    /// # Errors
    /// [`KeyFault::NotAKey`] when the key has no encoding.
    pub fn dangerously_to_pkcs8_pem(&self) -> Result<Zeroizing<String>, KeyFault> {
        self.secret
            .to_pkcs8_pem(LineEnding::LF)
            .map_err(|_| KeyFault::NotAKey)
    }

    /// Writes PKCS#8 DER, unencrypted: for a place that is encrypted itself.
    ///
    /// # Errors
    /// [`KeyFault::NotAKey`] when the key has no encoding.
    pub fn dangerously_to_pkcs8_der(&self) -> Result<Zeroizing<Vec<u8>>, KeyFault> {
        let document = self.secret.to_pkcs8_der().map_err(|_| KeyFault::NotAKey)?;
        Ok(Zeroizing::new(document.as_bytes().to_vec()))
    }

    pub(crate) fn public(&self) -> sm2::PublicKey {
        self.secret.public_key()
    }
}

impl fmt::Debug for SigningKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SigningKey(…)")
    }
}
