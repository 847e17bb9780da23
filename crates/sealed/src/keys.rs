//! What is derived from the key of a package: HKDF with SM3 (RFC 5869, as RFC 8998 uses it).

use crate::{records::KeyBlock, strict::strict};
use der::{Encode as _, asn1::OctetString};
use hkdf::Hkdf;
use hmac::{Hmac, KeyInit as _, Mac as _};
use sm3::{Digest as _, Sm3};
use zeroize::Zeroizing;

/// The key of one package.
pub(crate) struct PackageKey {
    id: [u8; 16],
    key: Zeroizing<[u8; 16]>,
}

impl PackageKey {
    /// Draws id and key.
    pub(crate) fn draw() -> Result<Self, getrandom::Error> {
        let (mut id, mut key) = ([0; 16], Zeroizing::new([0; 16]));
        getrandom::fill(&mut id)?;
        getrandom::fill(key.as_mut())?;
        Ok(Self { id, key })
    }

    /// The id, hexadecimal.
    pub(crate) fn id(&self) -> String {
        hex::encode(self.id)
    }

    /// The content of the envelope.
    pub(crate) fn block(&self, header: &[u8]) -> der::Result<Zeroizing<Vec<u8>>> {
        KeyBlock {
            version: 1,
            package_id: OctetString::new(self.id)?,
            key: OctetString::new(self.key.as_ref())?,
            header_sm3: OctetString::new(digest(header))?,
        }
        .to_der()
        .map(Zeroizing::new)
    }

    /// Reads the content of the envelope; nothing where it is of another package or header.
    pub(crate) fn from_block(block: &[u8], id: &str, header: &[u8]) -> Option<Self> {
        let block: KeyBlock = strict(block)?;
        let fits = block.version == 1
            && hex::encode(block.package_id.as_bytes()) == id
            && block.header_sm3.as_bytes() == digest(header);
        let id = block.package_id.as_bytes().try_into().ok()?;
        let key = Zeroizing::new(block.key.as_bytes().try_into().ok()?);
        fits.then_some(Self { id, key })
    }

    /// `header.mac`: authenticates header and envelope with the key, and commits to the key.
    pub(crate) fn mac(&self, header: &[u8], envelope: &[u8]) -> [u8; 32] {
        self.hmac(header, envelope).finalize().into_bytes().into()
    }

    /// Compares `header.mac`, in a time that does not depend on it.
    pub(crate) fn is_mac(&self, header: &[u8], envelope: &[u8], mac: &[u8]) -> bool {
        self.hmac(header, envelope).verify_slice(mac).is_ok()
    }

    fn hmac(&self, header: &[u8], envelope: &[u8]) -> Hmac<Sm3> {
        let mut key = Zeroizing::new([0; 32]);
        self.derive(b"header", key.as_mut());
        let mut mac =
            Hmac::<Sm3>::new_from_slice(key.as_ref()).expect("HMAC takes a key of any length");
        mac.update(&digest(header));
        mac.update(&digest(envelope));
        mac
    }

    /// The key of a content; 0 is the manifest.
    pub(crate) fn part(&self, number: u64) -> Zeroizing<[u8; 16]> {
        let mut info = b"payload".to_vec();
        info.extend(number.to_be_bytes());
        let mut key = Zeroizing::new([0; 16]);
        self.derive(&info, key.as_mut());
        key
    }

    /// The code that only somebody who opened the package can read over: twelve decimal digits of
    /// HKDF(key, package id, `receipt` ‖ fingerprint of the card).
    pub(crate) fn receipt_code(&self, card: &str) -> String {
        let mut info = b"receipt".to_vec();
        info.extend(hex::decode(card).unwrap_or_default());
        let mut bytes = [0; 8];
        self.derive(&info, &mut bytes);
        format!("{:012}", u64::from_be_bytes(bytes) % 1_000_000_000_000)
    }

    fn derive(&self, info: &[u8], key: &mut [u8]) {
        Hkdf::<Sm3>::new(Some(&self.id), self.key.as_ref())
            .expand(info, key)
            .expect("HKDF gives up to 255 digests");
    }
}

/// SM3.
pub(crate) fn digest(bytes: &[u8]) -> [u8; 32] {
    Sm3::digest(bytes).into()
}
