//! Opening: first what anybody can check, then with a key. No byte of a content is given out before
//! the sealed member it comes from agreed with the signed index.

use crate::{
    certificate::Certificate,
    custody::KeyCustody,
    envelope::{self, open_envelope},
    fault::OpenFault,
    keys::{PackageKey, digest},
    records::{self, Header, Index, MEDIA_TYPE, Manifest, Part},
    seal::part_name,
    signed::{verify_detached, verify_message},
    stream::{self, Sm4Gcm, StreamFault, padded_size, plain_size, sealed_size},
    trust::{Trust, Use},
    zip64::{self, Member, ZipFault},
};
use der::{Encode as _, Header as DerHeader, Reader as _, SliceReader};
use sm3::{Digest as _, Sm3};
use std::io::{self, Read, Seek, SeekFrom, Write};
use zeroize::Zeroizing;

/// Bytes at most of a record, of the envelope, of index, seal and manifest.
const MOST_HEADER: u64 = 64 << 10;
const MOST_ENVELOPE: u64 = 1 << 20;
const MOST_INDEX: u64 = 8 << 20;
const MOST_MANIFEST: u64 = 32 << 20;
/// Bytes of a content that is held in memory until its sealed form is known to be the true one. A
/// larger one is read twice.
const HELD: u64 = 32 << 20;
/// Members before the contents, and behind them.
const BEFORE: [&str; 4] = ["mimetype", "header.json", "keys.p7m", "header.mac"];
const BEHIND: [&str; 3] = ["m", "index.json", "seal.p7s"];

impl From<ZipFault> for OpenFault {
    fn from(fault: ZipFault) -> Self {
        match fault {
            ZipFault::Io(fault) => OpenFault::Io(fault),
            ZipFault::Form => OpenFault::NotAPackage,
        }
    }
}

/// A package whose outer records and seal agree: checked without any key.
pub struct Inspected<R> {
    reader: R,
    contents: Vec<Member>,
    header: Header,
    header_json: Vec<u8>,
    envelope: Vec<u8>,
    mac: Vec<u8>,
    manifest: Vec<u8>,
    index: Index,
    digest: String,
    sealer: Certificate,
}

/// Checks form, records, index and outer seal. Whether the sealer is to be trusted is not said yet:
/// [`Inspected::admit`].
///
/// # Errors
/// [`OpenFault`].
pub fn inspect<R: Read + Seek>(mut reader: R) -> Result<Inspected<R>, OpenFault> {
    let members = zip64::members(&mut reader)?;
    let contents = layout(&members)?;
    let mut read = |place: usize, most| zip64::read(&mut reader, &members[place], most);
    if read(0, MOST_HEADER)? != MEDIA_TYPE.as_bytes() {
        return Err(OpenFault::NotAPackage);
    }
    let header_json = read(1, MOST_HEADER)?;
    let header = records::header(&header_json)?;
    let envelope = read(2, MOST_ENVELOPE)?;
    let mac = read(3, MOST_HEADER)?;
    let behind = members.len() - BEHIND.len();
    let manifest = read(behind, MOST_MANIFEST)?;
    let index_json = read(behind + 1, MOST_INDEX)?;
    let seal = read(behind + 2, MOST_ENVELOPE)?;
    let index: Index = records::read(&index_json).ok_or(OpenFault::Record("index.json"))?;
    let sealer = verify_detached(&seal, &index_json).map_err(OpenFault::Seal)?;
    if sealer.fingerprint() != header.sealer {
        return Err(OpenFault::OtherSealer);
    }
    let agrees = index.format == "luguo-sealed-index"
        && index.package_id == header.package_id
        && index.members.len() + 2 == members.len()
        && index
            .members
            .iter()
            .zip(&members)
            .all(|(entry, member)| entry.name == member.name && entry.size == member.size);
    if !agrees {
        return Err(OpenFault::Members);
    }
    let small = [
        (1, &header_json),
        (2, &envelope),
        (3, &mac),
        (behind, &manifest),
    ];
    for (place, bytes) in small {
        if index.members[place].sm3 != hex::encode(digest(bytes)) {
            return Err(OpenFault::Changed(members[place].name.clone()));
        }
    }
    if index.members[0].sm3 != hex::encode(digest(MEDIA_TYPE.as_bytes())) {
        return Err(OpenFault::Changed(members[0].name.clone()));
    }
    let cards = envelope::recipients(&envelope).map_err(|_| OpenFault::Record("keys.p7m"))?;
    if cards != header.recipients.len() + 1 || mac.len() != 32 {
        return Err(OpenFault::Record("keys.p7m"));
    }
    Ok(Inspected {
        reader,
        contents,
        header,
        header_json,
        envelope,
        mac,
        manifest,
        digest: hex::encode(digest(&index_json)),
        index,
        sealer,
    })
}

/// Names and order of the members are fixed; answers the contents.
fn layout(members: &[Member]) -> Result<Vec<Member>, OpenFault> {
    let count = members
        .len()
        .checked_sub(BEFORE.len() + BEHIND.len())
        .filter(|count| *count > 0)
        .ok_or(OpenFault::Members)?;
    let wanted = BEFORE
        .iter()
        .map(|name| (*name).to_owned())
        .chain((0..count).map(part_name))
        .chain(BEHIND.iter().map(|name| (*name).to_owned()));
    if !members
        .iter()
        .map(|member| &member.name)
        .eq(wanted.collect::<Vec<_>>().iter())
    {
        return Err(OpenFault::Members);
    }
    let contents = members[BEFORE.len()..BEFORE.len() + count].to_vec();
    // Each length has to be one that sealing a padded content gives.
    let fits =
        |member: &Member| plain_size(member.size).is_some_and(|plain| padded_size(plain) == plain);
    if contents.iter().all(fits) {
        Ok(contents)
    } else {
        Err(OpenFault::Members)
    }
}

impl<R: Read + Seek> Inspected<R> {
    /// What anybody may read.
    pub fn header(&self) -> &Header {
        &self.header
    }

    /// SM3 of `index.json`, hexadecimal: the package's digest.
    pub fn digest(&self) -> &str {
        &self.digest
    }

    /// Whose seal it is.
    pub fn sealer(&self) -> &Certificate {
        &self.sealer
    }

    /// How many contents there are.
    pub fn count(&self) -> usize {
        self.contents.len()
    }

    /// Bytes of all sealed contents.
    pub fn size(&self) -> u64 {
        self.contents.iter().map(|member| member.size).sum()
    }

    /// Whether the sealer's card is admitted, at the time that the header names.
    ///
    /// # Errors
    /// [`OpenFault::Card`].
    pub fn admit(&self, trust: &Trust) -> Result<(), OpenFault> {
        Ok(trust.admit(&self.sealer, Use::Seal, self.header.created)?)
    }

    /// Compares every content with the signed index: still without any key. `progress` is told the
    /// bytes so far.
    ///
    /// # Errors
    /// [`OpenFault::Changed`], [`OpenFault::Io`].
    pub fn verify(&mut self, progress: &mut dyn FnMut(u64)) -> Result<(), OpenFault> {
        let mut before = 0;
        for place in 0..self.contents.len() {
            self.verify_part(place, &mut |done| progress(before + done))?;
            before += self.contents[place].size;
        }
        Ok(())
    }

    fn verify_part(
        &mut self,
        place: usize,
        progress: &mut dyn FnMut(u64),
    ) -> Result<(), OpenFault> {
        let member = &self.contents[place];
        let (mut sm3, mut crc) = (Sm3::new(), crc32fast::Hasher::new());
        let mut left = member.size;
        let mut buffer = vec![0; 1 << 20];
        self.reader.seek(SeekFrom::Start(member.start()))?;
        while left > 0 {
            let length = usize::try_from(left).map_or(buffer.len(), |left| left.min(buffer.len()));
            self.reader.read_exact(&mut buffer[..length])?;
            sm3.update(&buffer[..length]);
            crc.update(&buffer[..length]);
            left -= length as u64;
            progress(member.size - left);
        }
        let agrees = hex::encode(sm3.finalize()) == self.index.members[BEFORE.len() + place].sm3
            && crc.finalize() == member.crc;
        if agrees {
            Ok(())
        } else {
            Err(OpenFault::Changed(member.name.clone()))
        }
    }

    /// Opens it with a key of a recipient.
    ///
    /// # Errors
    /// [`OpenFault`]; what an attacker's bytes can provoke is all [`OpenFault::NotOpened`].
    pub fn open(self, trust: &Trust, custody: &dyn KeyCustody) -> Result<Opened<R>, OpenFault> {
        self.admit(trust)?;
        let mine = custody.card().fingerprint();
        if !self.header.recipients.contains(&mine) && self.header.recovery != mine {
            return Err(OpenFault::OtherRecipient);
        }
        let (key, manifest) = self.unlocked(custody).ok_or(OpenFault::NotOpened)?;
        Ok(Opened {
            code: key.receipt_code(&mine),
            held: HELD,
            package: self,
            key,
            manifest,
        })
    }

    fn unlocked(&self, custody: &dyn KeyCustody) -> Option<(PackageKey, Manifest)> {
        let block = open_envelope(&self.envelope, custody).ok()?;
        let key = PackageKey::from_block(&block, &self.header.package_id, &self.header_json)?;
        if !key.is_mac(&self.header_json, &self.envelope, &self.mac) {
            return None;
        }
        let mut plain = Vec::new();
        let (length, mut sealed) = (self.manifest.len() as u64, self.manifest.as_slice());
        stream::open(
            &Sm4Gcm::new(&key.part(0)),
            length,
            0,
            false,
            &mut sealed,
            &mut plain,
        )
        .ok()?;
        let (signer, content) = verify_message(unpadded(&plain)?).ok()?;
        let manifest: Manifest = records::read(&content)?;
        let cards = self.header.recipients.iter().chain([&self.header.recovery]);
        let agrees = signer == self.sealer
            && manifest.format == "luguo-sealed-manifest"
            && manifest.package_id == self.header.package_id
            && manifest.header_sm3 == hex::encode(digest(&self.header_json))
            && manifest.recipients.iter().eq(cards)
            && manifest.parts.len() == self.contents.len()
            && manifest
                .parts
                .iter()
                .zip(&self.contents)
                .all(|(part, member)| sealed_size(padded_size(part.size)) == member.size);
        agrees.then_some((key, manifest))
    }
}

/// A DER value and nothing but zeros behind it.
fn unpadded(bytes: &[u8]) -> Option<&[u8]> {
    let mut reader = SliceReader::new(bytes).ok()?;
    let header: DerHeader = reader.decode().ok()?;
    let length = header.encoded_len().ok()? + header.length();
    let length = usize::try_from(length.ok()?).ok()?;
    let (value, zeros) = bytes.split_at_checked(length)?;
    let padded = padded_size(length as u64) == bytes.len() as u64;
    (padded && zeros.iter().all(|byte| *byte == 0)).then_some(value)
}

/// An opened package. Contents are opened one by one, without the others.
pub struct Opened<R> {
    package: Inspected<R>,
    code: String,
    held: u64,
    key: PackageKey,
    manifest: Manifest,
}

impl<R: Read + Seek> Opened<R> {
    /// The outer side.
    pub fn package(&self) -> &Inspected<R> {
        &self.package
    }

    /// The code to read over to the sealer: only who opened the package can know it.
    pub fn receipt_code(&self) -> String {
        self.code.clone()
    }

    /// Reads contents larger than this twice.
    #[cfg(feature = "raw")]
    pub fn holding_at_most(self, bytes: u64) -> Self {
        Self {
            held: bytes,
            ..self
        }
    }

    /// What is inside, with the true names.
    pub fn manifest(&self) -> &Manifest {
        &self.manifest
    }

    /// The content at this place of [`Manifest::parts`].
    pub fn part(&self, place: usize) -> Option<&Part> {
        self.manifest.parts.get(place)
    }

    /// Opens one content. Nothing is given out before the sealed member agreed with the signed
    /// index; what was written to `out` before an error is to be thrown away all the same.
    ///
    /// # Errors
    /// [`OpenFault`].
    pub fn copy(&mut self, place: usize, out: &mut dyn Write) -> Result<(), OpenFault> {
        let part = self.manifest.parts.get(place).ok_or(OpenFault::Members)?;
        if part.size <= self.held {
            // In one pass: held until its sealed form is known to be the true one.
            let length = usize::try_from(part.size).unwrap_or_default();
            let mut held = Zeroizing::new(Vec::with_capacity(length));
            if self.pass(place, true, &mut *held)? {
                return Ok(out.write_all(&held)?);
            }
        } else {
            self.package.verify_part(place, &mut |_| {})?;
            if self.pass(place, false, out)? {
                return Ok(());
            }
        }
        // A sealed form that disagrees is what anybody sees; whatever else it is, is not told.
        self.package.verify_part(place, &mut |_| {})?;
        Err(OpenFault::NotOpened)
    }

    /// Opens one content; whether it is whole, and its sealed form as the index has it where that
    /// is to be compared.
    fn pass(
        &mut self,
        place: usize,
        compare: bool,
        out: &mut dyn Write,
    ) -> Result<bool, OpenFault> {
        let (part, member) = (&self.manifest.parts[place], &self.package.contents[place]);
        let mut cut = Cut {
            out,
            left: part.size,
            zeros: true,
        };
        let cipher = Sm4Gcm::new(&self.key.part(place as u64 + 1));
        let reader = &mut self.package.reader;
        reader.seek(SeekFrom::Start(member.start()))?;
        let (size, content) = (member.size, part.size);
        let digests = match stream::open(&cipher, size, content, compare, reader, &mut cut) {
            Ok(digests) => digests,
            Err(StreamFault::Io(fault)) => return Err(OpenFault::Io(fault)),
            Err(StreamFault::Broken) => return Ok(false),
        };
        let listed = &self.package.index.members[BEFORE.len() + place].sm3;
        let agrees =
            !compare || (hex::encode(digests.sealed) == *listed && digests.crc == member.crc);
        let whole = cut.left == 0 && cut.zeros && hex::encode(digests.content) == part.sm3;
        Ok(agrees && whole)
    }
}

/// Lets the content through and looks whether only zeros follow.
struct Cut<'a> {
    out: &'a mut dyn Write,
    left: u64,
    zeros: bool,
}

impl Write for Cut<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let content = usize::try_from(self.left).map_or(bytes.len(), |left| left.min(bytes.len()));
        self.out.write_all(&bytes[..content])?;
        self.left -= content as u64;
        self.zeros &= bytes[content..].iter().all(|byte| *byte == 0);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}
