//! Secrets: no `Serialize`, redacted `Debug`, zeroised when dropped.

use std::fmt;
use zeroize::Zeroizing;

/// A person's passphrase.
pub struct Passphrase(Zeroizing<String>);

impl Passphrase {
    /// Takes the text over; the caller zeroises its own copies.
    pub fn new(text: String) -> Self {
        Self(Zeroizing::new(text))
    }

    pub(crate) fn bytes(&self) -> &[u8] {
        self.0.as_bytes()
    }
}

impl fmt::Debug for Passphrase {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Passphrase(…)")
    }
}

/// The random key of a vault.
pub(crate) struct VaultKey(pub(crate) Zeroizing<[u8; 32]>);

impl fmt::Debug for VaultKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("VaultKey(…)")
    }
}

impl VaultKey {
    pub(crate) fn draw() -> std::io::Result<Self> {
        let mut bytes = Zeroizing::new([0; 32]);
        getrandom::fill(bytes.as_mut()).map_err(std::io::Error::other)?;
        Ok(Self(bytes))
    }

    /// The key as SQLCipher's raw key statement takes it.
    pub(crate) fn pragma(&self) -> Zeroizing<String> {
        let digits = Zeroizing::new(hex::encode(self.0.as_ref()));
        Zeroizing::new(format!("PRAGMA key = \"x'{}'\"", digits.as_str()))
    }
}
