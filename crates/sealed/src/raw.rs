//! The format's parts one by one, for tools that write packages which are wrong on purpose: the kit
//! of good and bad packages, and fuzzing. Nothing here is for a program that seals.

use crate::{
    custody::KeyCustody,
    envelope::{open_envelope, seal_envelope},
    fault::OpenFault,
    key::{KeyFault, SigningKey},
    keys::{PackageKey, digest},
    message::{ContentInfo, EnvelopedData, SignedData},
    records::{self, Header, Index, IndexEntry, canonical},
    signed::sign_message,
    stream::{self, SegmentCipher, Sm4Gcm},
    zip64::{Writer, members, read},
};
use der::{
    Any, Decode as _, Encode as _,
    asn1::{ObjectIdentifier, OctetString, SetOfVec},
};
use std::io::Cursor;

/// A package taken apart: its members in order.
#[derive(Debug, Clone)]
pub struct Loose {
    /// Name and bytes.
    pub members: Vec<(String, Vec<u8>)>,
}

impl Loose {
    /// Takes a package apart; nothing where its outer form is wrong.
    pub fn read(package: &[u8]) -> Option<Self> {
        let mut reader = Cursor::new(package);
        let members = members(&mut reader).ok()?;
        let members = members
            .into_iter()
            .map(|member| {
                Some((
                    member.name.clone(),
                    read(&mut reader, &member, u64::MAX).ok()?,
                ))
            })
            .collect::<Option<_>>()?;
        Some(Self { members })
    }

    /// Puts it together, with a good outer form.
    pub fn write(&self) -> Vec<u8> {
        let mut zip = Writer::new(Cursor::new(Vec::new()));
        for (name, bytes) in &self.members {
            zip.put(name, bytes).expect("memory takes it");
        }
        zip.finish().expect("memory takes it").into_inner()
    }

    /// The bytes of a member.
    pub fn get(&self, name: &str) -> &[u8] {
        self.members
            .iter()
            .find(|(other, _)| other == name)
            .map_or(&[], |(_, bytes)| bytes)
    }

    /// Changes the bytes of a member.
    pub fn edit(&mut self, name: &str, edit: impl FnOnce(&mut Vec<u8>)) {
        if let Some((_, bytes)) = self.members.iter_mut().find(|(other, _)| other == name) {
            edit(bytes);
        }
    }

    /// Makes index and outer seal anew: what an attacker with a card of his own can do.
    pub fn reseal(&mut self, package_id: &str, custody: &dyn KeyCustody) {
        self.members
            .retain(|(name, _)| name != "index.json" && name != "seal.p7s");
        let index = Index {
            format: "luguo-sealed-index".to_owned(),
            package_id: package_id.to_owned(),
            members: self
                .members
                .iter()
                .map(|(name, bytes)| IndexEntry {
                    name: name.clone(),
                    size: bytes.len() as u64,
                    sm3: hex::encode(digest(bytes)),
                })
                .collect(),
        };
        let index = canonical(&index).expect("an index has an encoding");
        let seal = sign_message(custody, &index, true).expect("the key signs");
        self.members.push(("index.json".to_owned(), index));
        self.members.push(("seal.p7s".to_owned(), seal));
    }
}

/// The key of a package, as a recipient has it.
pub struct RawKey(PackageKey);

impl RawKey {
    /// Opens the envelope of a package.
    pub fn of(package: &Loose, package_id: &str, custody: &dyn KeyCustody) -> Option<Self> {
        let block = open_envelope(package.get("keys.p7m"), custody).ok()?;
        PackageKey::from_block(&block, package_id, package.get("header.json")).map(Self)
    }

    /// What seals and opens a content; 0 is the manifest.
    pub fn cipher(&self, number: u64) -> Sm4Gcm {
        Sm4Gcm::new(&self.0.part(number))
    }

    /// `header.mac`.
    pub fn mac(&self, header: &[u8], envelope: &[u8]) -> [u8; 32] {
        self.0.mac(header, envelope)
    }

    /// A new envelope with the same key for other cards or another header.
    pub fn envelope(&self, header: &[u8], cards: &[&crate::Certificate]) -> Vec<u8> {
        let block = self.0.block(header).expect("a block has an encoding");
        seal_envelope(cards, &block).expect("sealed")
    }
}

/// Reads `header.json`.
///
/// # Errors
/// [`OpenFault`].
pub fn header(bytes: &[u8]) -> Result<Header, OpenFault> {
    records::header(bytes)
}

/// Seals a content in segments, without padding it.
pub fn seal_stream(cipher: &dyn SegmentCipher, plain: &[u8]) -> Vec<u8> {
    let (size, mut sealed) = (plain.len() as u64, Vec::new());
    stream::seal(cipher, size, 0, &mut { plain }, &mut sealed).expect("memory takes it");
    sealed
}

/// Opens what was sealed in segments; nothing where any of it is wrong.
pub fn open_stream(cipher: &dyn SegmentCipher, sealed: &[u8]) -> Option<Vec<u8>> {
    let (size, mut plain) = (sealed.len() as u64, Vec::new());
    stream::open(cipher, size, 0, false, &mut { sealed }, &mut plain).ok()?;
    Some(plain)
}

/// Writes a private key under a password with so many rounds.
///
/// # Errors
/// [`KeyFault`] when there is no randomness or no encoding.
pub fn seal_key_in_rounds(
    key: &SigningKey,
    password: &str,
    rounds: u32,
) -> Result<Vec<u8>, KeyFault> {
    crate::pkcs8::seal_in_rounds(key, password, rounds)
}

/// Changes the sealed key of every recipient of an envelope.
///
/// # Errors
/// When the message or what comes of it is no DER of its shape; so with the others below.
pub fn edit_sealed_keys(
    envelope: &[u8],
    edit: impl Fn(&[u8]) -> Vec<u8>,
) -> Result<Vec<u8>, der::Error> {
    rewritten(envelope, |mut enveloped: EnvelopedData| {
        let mut recipients = SetOfVec::new();
        for info in enveloped.recipients.iter() {
            let mut info = info.clone();
            info.encrypted_key = OctetString::new(edit(info.encrypted_key.as_bytes()))?;
            recipients.insert(info)?;
        }
        enveloped.recipients = recipients;
        Ok(enveloped)
    })
}

/// Changes the signature of a signed message, and the algorithm that it names.
///
/// # Errors
/// As [`edit_sealed_keys`].
pub fn edit_signature(
    message: &[u8],
    algorithm: Option<ObjectIdentifier>,
    edit: impl Fn(&[u8]) -> Vec<u8>,
) -> Result<Vec<u8>, der::Error> {
    rewritten(message, |mut signed: SignedData| {
        let mut signers = SetOfVec::new();
        for info in signed.signers.iter() {
            let mut info = info.clone();
            info.signature = OctetString::new(edit(info.signature.as_bytes()))?;
            info.algorithm.oid = algorithm.unwrap_or(info.algorithm.oid);
            signers.insert(info)?;
        }
        signed.signers = signers;
        Ok(signed)
    })
}

/// A signed message with the signers of some messages and the certificates of others.
///
/// # Errors
/// As [`edit_sealed_keys`].
pub fn recombine(
    message: &[u8],
    signers_of: &[&[u8]],
    certificates_of: &[&[u8]],
) -> Result<Vec<u8>, der::Error> {
    rewritten(message, |mut signed: SignedData| {
        signed.signers = SetOfVec::new();
        for other in signers_of {
            for info in inside::<SignedData>(other)?.1.signers.iter() {
                signed.signers.insert(info.clone())?;
            }
        }
        signed.certificates = SetOfVec::new();
        for other in certificates_of {
            for card in inside::<SignedData>(other)?.1.certificates.iter() {
                signed.certificates.insert(card.clone())?;
            }
        }
        Ok(signed)
    })
}

fn inside<T: for<'a> der::Decode<'a, Error = der::Error>>(
    message: &[u8],
) -> der::Result<(ObjectIdentifier, T)> {
    let outer = ContentInfo::from_der(message)?;
    let content = outer.content.unwrap_or_else(Any::null).to_der()?;
    Ok((outer.content_type, T::from_der(&content)?))
}

fn rewritten<T: for<'a> der::Decode<'a, Error = der::Error> + der::EncodeValue + der::Tagged>(
    message: &[u8],
    edit: impl FnOnce(T) -> der::Result<T>,
) -> der::Result<Vec<u8>> {
    let (content_type, content) = inside(message)?;
    ContentInfo {
        content_type,
        content: Some(Any::encode_from(&edit(content)?)?),
    }
    .to_der()
}
