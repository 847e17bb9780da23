//! The records of a sealed package: canonical JSON (RFC 8785), so that each has one encoding. The
//! fields are described in docs/format/sealed.md.

use crate::fault::OpenFault;
use der::{Sequence, asn1::OctetString};
use serde::{Deserialize, Serialize, de::DeserializeOwned};

/// First member: what a program that looks at files recognises.
pub(crate) const MEDIA_TYPE: &str = "application/vnd.luguo.sealed+zip";
/// The version that is written and read.
pub(crate) const VERSION: u64 = 1;
/// The one suite.
pub(crate) const SUITE: &str = "SM2-SM3-SM4GCM-STREAM64K";

/// `header.json`: what anybody may read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Header {
    /// Always `luguo-sealed`.
    pub format: String,
    /// 1.
    pub version: u64,
    /// The algorithms, as one name.
    pub suite: String,
    /// 16 random bytes, hexadecimal.
    pub package_id: String,
    /// When it was sealed: seconds since 1970, UTC, by the sealer's clock.
    pub created: u64,
    /// The mark of the whole: the highest of what is inside, e.g. `机密★10年`.
    pub marking: String,
    /// SM3 fingerprint of the sealer's card.
    pub sealer: String,
    /// SM3 fingerprints of the recipients' cards.
    pub recipients: Vec<String>,
    /// SM3 fingerprint of the recovery card.
    pub recovery: String,
}

/// `index.json`: every member before it, in the file's order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Index {
    /// Always `luguo-sealed-index`.
    pub format: String,
    /// The package.
    pub package_id: String,
    /// The members.
    pub members: Vec<IndexEntry>,
}

/// A member in the index.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct IndexEntry {
    /// Its name in the ZIP.
    pub name: String,
    /// Its length as it stands there.
    pub size: u64,
    /// SM3 of its bytes as they stand there.
    pub sm3: String,
}

/// The inner manifest: what only a recipient reads. The sealer's signature covers it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Manifest {
    /// Always `luguo-sealed-manifest`.
    pub format: String,
    /// The package.
    pub package_id: String,
    /// SM3 of `header.json`.
    pub header_sm3: String,
    /// SM3 fingerprints of the cards it is sealed for, the recovery card last.
    pub recipients: Vec<String>,
    /// The contents: number n stands in member `d/n`, six digits.
    pub parts: Vec<Part>,
    /// What the sealing program says of the whole.
    pub about: serde_json::Value,
}

/// A content.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Part {
    /// Its name.
    pub name: String,
    /// Its length; what is sealed is padded with zeros to its Padmé length.
    pub size: u64,
    /// SM3 of it, without the padding.
    pub sm3: String,
}

/// The content of the envelope.
#[derive(Sequence)]
pub(crate) struct KeyBlock {
    pub(crate) version: u8,
    pub(crate) package_id: OctetString,
    pub(crate) key: OctetString,
    pub(crate) header_sm3: OctetString,
}

/// Writes a record in its one encoding.
pub(crate) fn canonical(record: &impl Serialize) -> Result<Vec<u8>, serde_json::Error> {
    serde_json_canonicalizer::to_vec(record)
}

/// Reads a record; nothing where the bytes are not its one encoding.
pub(crate) fn read<T: DeserializeOwned + Serialize>(bytes: &[u8]) -> Option<T> {
    let record: T = serde_json::from_slice(bytes).ok()?;
    (canonical(&record).ok()? == bytes).then_some(record)
}

/// Reads `header.json`; version and suite are told before its form is judged.
pub(crate) fn header(bytes: &[u8]) -> Result<Header, OpenFault> {
    #[derive(Deserialize)]
    struct Named {
        format: String,
        version: u64,
        suite: String,
    }
    const NAME: &str = "header.json";
    let named: Named = serde_json::from_slice(bytes).map_err(|_| OpenFault::Record(NAME))?;
    if named.format != "luguo-sealed" {
        return Err(OpenFault::Record(NAME));
    }
    if named.version != VERSION {
        return Err(OpenFault::Version(named.version));
    }
    if named.suite != SUITE {
        // A name of an attacker's choosing is not repeated at length.
        return Err(OpenFault::Suite(named.suite.chars().take(40).collect()));
    }
    let header: Header = read(bytes).ok_or(OpenFault::Record(NAME))?;
    let mut cards: Vec<&String> = header.recipients.iter().chain([&header.recovery]).collect();
    let count = cards.len();
    cards.sort();
    cards.dedup();
    let fits = is_hex(&header.package_id, 16)
        && is_hex(&header.sealer, 32)
        && cards.iter().all(|card| is_hex(card, 32))
        && cards.len() == count
        && count >= 2
        && header.marking.chars().count() <= 100;
    if fits {
        Ok(header)
    } else {
        Err(OpenFault::Record(NAME))
    }
}

/// Whether it is so many bytes in small hexadecimal digits.
fn is_hex(text: &str, bytes: usize) -> bool {
    text.len() == bytes * 2
        && text
            .bytes()
            .all(|digit| digit.is_ascii_digit() || (b'a'..=b'f').contains(&digit))
}
