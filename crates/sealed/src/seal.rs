//! Sealing: one pass over the contents, memory that does not grow with them.

use crate::{
    certificate::Certificate,
    custody::KeyCustody,
    envelope::seal_envelope,
    fault::SealFault,
    keys::{PackageKey, digest},
    records::{Header, Index, IndexEntry, MEDIA_TYPE, Manifest, Part, SUITE, VERSION, canonical},
    signed::sign_message,
    stream::{self, Sm4Gcm, StreamFault, padded_size, sealed_size},
    trust::{Trust, Use},
    zip64::{MOST_MEMBERS, Writer},
};
use std::io::{self, Read, Seek, Write};

/// Members of a package that are no contents.
const FRAME: usize = 7;

/// What is to be sealed, by whom and for whom.
pub struct SealOrder<'a> {
    /// The sealer's key.
    pub custody: &'a dyn KeyCustody,
    /// Whose cards are admitted.
    pub trust: &'a Trust,
    /// The cards to seal for.
    pub recipients: &'a [Certificate],
    /// The second holder's card: opens too if the recipients' keys are lost.
    pub recovery: &'a Certificate,
    /// The mark of the whole, e.g. `机密★10年`; anybody can read it.
    pub marking: &'a str,
    /// Now, in seconds since 1970, UTC.
    pub created: u64,
    /// The contents with their digests, in order.
    pub parts: Vec<Part>,
    /// What is said of the whole; only recipients read it.
    pub about: serde_json::Value,
}

/// Where the contents come from.
pub trait PartSource {
    /// Opens the content at this place of [`SealOrder::parts`].
    ///
    /// # Errors
    /// When it is not there or cannot be read.
    fn open(&self, place: usize) -> io::Result<Box<dyn Read + '_>>;
}

/// A sealed package.
#[derive(Clone, PartialEq, Eq)]
pub struct Sealed {
    /// Its header.
    pub header: Header,
    /// SM3 of `index.json`, hexadecimal: the package's digest on hand-over sheets and receipts. The
    /// index names the digest of everything else.
    pub digest: String,
    /// Card → the code that its holder can read over once the package was opened.
    pub receipt_codes: Vec<(String, String)>,
}

impl std::fmt::Debug for Sealed {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Sealed")
            .field("header", &self.header)
            .field("digest", &self.digest)
            .finish_non_exhaustive()
    }
}

/// Seals. Every card is judged before the first byte is written.
///
/// # Errors
/// [`SealFault`]; the output is then to be thrown away. Nothing readable was written to it.
pub fn seal<W: Write + Seek>(
    order: &SealOrder<'_>,
    source: &dyn PartSource,
    out: W,
) -> Result<Sealed, SealFault> {
    let cards = judged(order)?;
    let unmakeable = |fault: &dyn std::fmt::Display| SealFault::Unmakeable(fault.to_string());
    let key = PackageKey::draw().map_err(|fault| unmakeable(&fault))?;
    let header = Header {
        format: "luguo-sealed".to_owned(),
        version: VERSION,
        suite: SUITE.to_owned(),
        package_id: key.id(),
        created: order.created,
        marking: order.marking.to_owned(),
        sealer: order.custody.card().fingerprint(),
        recipients: order
            .recipients
            .iter()
            .map(Certificate::fingerprint)
            .collect(),
        recovery: order.recovery.fingerprint(),
    };
    let header_json = canonical(&header).map_err(|fault| unmakeable(&fault))?;
    let block = key
        .block(&header_json)
        .map_err(|fault| unmakeable(&fault))?;
    let envelope = seal_envelope(&cards, &block)?;
    let mac = key.mac(&header_json, &envelope);
    let mut package = Package {
        zip: Writer::new(out),
        members: Vec::new(),
    };
    package.put("mimetype", MEDIA_TYPE.as_bytes())?;
    package.put("header.json", &header_json)?;
    package.put("keys.p7m", &envelope)?;
    package.put("header.mac", &mac)?;
    for (place, part) in order.parts.iter().enumerate() {
        let cipher = Sm4Gcm::new(&key.part(place as u64 + 1));
        package.part(place, part, &cipher, source)?;
    }
    let manifest = Manifest {
        format: "luguo-sealed-manifest".to_owned(),
        package_id: header.package_id.clone(),
        header_sm3: hex::encode(digest(&header_json)),
        recipients: cards.iter().map(|card| card.fingerprint()).collect(),
        parts: order.parts.clone(),
        about: order.about.clone(),
    };
    let manifest = canonical(&manifest).map_err(|fault| unmakeable(&fault))?;
    let inner = sign_message(order.custody, &manifest, false)?;
    package.manifest(&inner, &Sm4Gcm::new(&key.part(0)))?;
    let index = Index {
        format: "luguo-sealed-index".to_owned(),
        package_id: header.package_id.clone(),
        members: package.members,
    };
    let index = canonical(&index).map_err(|fault| unmakeable(&fault))?;
    let outer = sign_message(order.custody, &index, true)?;
    package.zip.put("index.json", &index)?;
    package.zip.put("seal.p7s", &outer)?;
    package.zip.finish()?;
    Ok(Sealed {
        receipt_codes: cards
            .iter()
            .map(|card| {
                let fingerprint = card.fingerprint();
                let code = key.receipt_code(&fingerprint);
                (fingerprint, code)
            })
            .collect(),
        header,
        digest: hex::encode(digest(&index)),
    })
}

/// Judges every card and count; answers the cards to seal for, the recovery card last.
fn judged<'a>(order: &SealOrder<'a>) -> Result<Vec<&'a Certificate>, SealFault> {
    if order.recipients.is_empty() {
        return Err(SealFault::NoRecipient);
    }
    let count = order.parts.len();
    if count == 0 || count + FRAME > usize::try_from(MOST_MEMBERS).unwrap_or(usize::MAX) {
        return Err(SealFault::Count(count));
    }
    let admit = |card: &Certificate, usage| {
        order
            .trust
            .admit(card, usage, order.created)
            .map_err(|fault| SealFault::Card {
                holder: card.subject(),
                fault,
            })
    };
    admit(order.custody.card(), Use::Seal)?;
    let cards: Vec<&Certificate> = order.recipients.iter().chain([order.recovery]).collect();
    for (n, card) in cards.iter().enumerate() {
        admit(card, Use::Receive)?;
        if cards[..n].contains(card) {
            return Err(SealFault::CardTwice);
        }
    }
    Ok(cards)
}

struct Package<W> {
    zip: Writer<W>,
    members: Vec<IndexEntry>,
}

impl<W: Write + Seek> Package<W> {
    fn put(&mut self, name: &str, content: &[u8]) -> Result<(), SealFault> {
        self.zip.put(name, content)?;
        self.listed(name, content.len() as u64, digest(content));
        Ok(())
    }

    fn listed(&mut self, name: &str, size: u64, sm3: [u8; 32]) {
        self.members.push(IndexEntry {
            name: name.to_owned(),
            size,
            sm3: hex::encode(sm3),
        });
    }

    fn part(
        &mut self,
        place: usize,
        part: &Part,
        cipher: &Sm4Gcm,
        source: &dyn PartSource,
    ) -> Result<(), SealFault> {
        let name = part_name(place);
        let padded = padded_size(part.size);
        let size = sealed_size(padded);
        let content = || SealFault::Content(part.name.clone());
        let mut reader = Padding {
            inner: source.open(place)?,
            content_left: part.size,
        };
        let (mut plain, mut sm3) = ([0; 32], [0; 32]);
        self.zip.stream(&name, size, |out| {
            let digests =
                stream::seal(cipher, padded, part.size, &mut reader, out).map_err(|fault| {
                    match fault {
                        // It ended before its length.
                        StreamFault::Io(fault) if fault.kind() == io::ErrorKind::UnexpectedEof => {
                            content()
                        }
                        StreamFault::Io(fault) => SealFault::Io(fault),
                        StreamFault::Broken => {
                            SealFault::Unmakeable("the cipher refused".to_owned())
                        }
                    }
                })?;
            (plain, sm3) = (digests.content, digests.sealed);
            Ok::<_, SealFault>(digests.crc)
        })?;
        if !reader.ended()? || hex::encode(plain) != part.sm3 {
            return Err(content());
        }
        self.listed(&name, size, sm3);
        Ok(())
    }

    fn manifest(&mut self, signed: &[u8], cipher: &Sm4Gcm) -> Result<(), SealFault> {
        let mut plain = signed.to_vec();
        let padded = padded_size(plain.len() as u64);
        plain.resize(usize::try_from(padded).unwrap_or(plain.len()), 0);
        let mut sealed = Vec::new();
        stream::seal(cipher, padded, 0, &mut plain.as_slice(), &mut sealed)
            .map_err(|_| SealFault::Unmakeable("the cipher refused".to_owned()))?;
        self.put("m", &sealed)
    }
}

/// The name of the member of a content.
pub(crate) fn part_name(place: usize) -> String {
    format!("d/{:06}", place + 1)
}

/// A content and the zeros behind it.
struct Padding<'a> {
    inner: Box<dyn Read + 'a>,
    content_left: u64,
}

impl Padding<'_> {
    /// Whether the content ended where it should.
    fn ended(mut self) -> io::Result<bool> {
        Ok(self.content_left == 0 && self.inner.read(&mut [0])? == 0)
    }
}

impl Read for Padding<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.content_left == 0 {
            buffer.fill(0);
            return Ok(buffer.len());
        }
        let most =
            usize::try_from(self.content_left).map_or(buffer.len(), |left| left.min(buffer.len()));
        let count = self.inner.read(&mut buffer[..most])?;
        self.content_left -= count as u64;
        Ok(count)
    }
}
