//! The outer file: a ZIP64 with stored members, in the one form that is written here. A reader takes
//! no other: it makes the form anew from what the directory says, and compares.
//!
//! Source: APPNOTE 6.3.10, sections 4.3 and 4.5.3.

use std::{
    collections::BTreeSet,
    io::{self, Read, Seek, SeekFrom, Write},
};

/// Members at most.
pub(crate) const MOST_MEMBERS: u64 = 10_000;
const LOCAL: u32 = 0x0403_4b50;
const CENTRAL: u32 = 0x0201_4b50;
const END: u32 = 0x0605_4b50;
const END64: u32 = 0x0606_4b50;
const LOCATOR: u32 = 0x0706_4b50;
/// 4.5, the first with ZIP64.
const VERSION: u16 = 45;
/// Names are UTF-8.
const FLAGS: u16 = 1 << 11;
/// 1 January 1980, midnight.
const DATE: u16 = 33;
/// Local header without the name; the checksum stands at 14.
const LOCAL_BYTES: u64 = 50;
const TAIL_BYTES: u64 = 56 + 20 + 22;

/// A member.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    /// Its name.
    pub name: String,
    /// Its length.
    pub size: u64,
    /// Its CRC-32.
    pub crc: u32,
    offset: u64,
}

impl Member {
    /// Where its bytes begin.
    pub(crate) fn start(&self) -> u64 {
        self.offset + LOCAL_BYTES + self.name.len() as u64
    }

    fn local(&self) -> Vec<u8> {
        let mut bytes = Vec::new();
        put32(&mut bytes, LOCAL);
        put16(&mut bytes, VERSION);
        self.common(&mut bytes);
        put16(&mut bytes, 20);
        bytes.extend(self.name.as_bytes());
        put16(&mut bytes, 1);
        put16(&mut bytes, 16);
        put64(&mut bytes, self.size);
        put64(&mut bytes, self.size);
        bytes
    }

    fn central(&self) -> Vec<u8> {
        let mut bytes = Vec::new();
        put32(&mut bytes, CENTRAL);
        put16(&mut bytes, VERSION);
        put16(&mut bytes, VERSION);
        self.common(&mut bytes);
        put16(&mut bytes, 28);
        // No comment, first disk, no attributes.
        bytes.extend([0; 10]);
        put32(&mut bytes, u32::MAX);
        bytes.extend(self.name.as_bytes());
        put16(&mut bytes, 1);
        put16(&mut bytes, 24);
        put64(&mut bytes, self.size);
        put64(&mut bytes, self.size);
        put64(&mut bytes, self.offset);
        bytes
    }

    /// Flags to the length of the name: the same in both headers.
    fn common(&self, bytes: &mut Vec<u8>) {
        put16(bytes, FLAGS);
        put16(bytes, 0);
        put16(bytes, 0);
        put16(bytes, DATE);
        put32(bytes, self.crc);
        put32(bytes, u32::MAX);
        put32(bytes, u32::MAX);
        put16(bytes, u16::try_from(self.name.len()).unwrap_or(u16::MAX));
    }
}

/// Zip64 end record, its locator and the end record.
fn tail(members: u64, directory: u64, offset: u64) -> Vec<u8> {
    let mut bytes = Vec::new();
    put32(&mut bytes, END64);
    put64(&mut bytes, 44);
    put16(&mut bytes, VERSION);
    put16(&mut bytes, VERSION);
    bytes.extend([0; 8]);
    put64(&mut bytes, members);
    put64(&mut bytes, members);
    put64(&mut bytes, directory);
    put64(&mut bytes, offset);
    put32(&mut bytes, LOCATOR);
    put32(&mut bytes, 0);
    put64(&mut bytes, offset + directory);
    put32(&mut bytes, 1);
    put32(&mut bytes, END);
    bytes.extend([0; 4]);
    put16(&mut bytes, u16::MAX);
    put16(&mut bytes, u16::MAX);
    put32(&mut bytes, u32::MAX);
    put32(&mut bytes, u32::MAX);
    put16(&mut bytes, 0);
    bytes
}

fn put16(bytes: &mut Vec<u8>, value: u16) {
    bytes.extend(value.to_le_bytes());
}

fn put32(bytes: &mut Vec<u8>, value: u32) {
    bytes.extend(value.to_le_bytes());
}

fn put64(bytes: &mut Vec<u8>, value: u64) {
    bytes.extend(value.to_le_bytes());
}

/// Writes members one after another.
pub(crate) struct Writer<W> {
    out: W,
    offset: u64,
    members: Vec<Member>,
}

impl<W: Write + Seek> Writer<W> {
    pub(crate) fn new(out: W) -> Self {
        Self {
            out,
            offset: 0,
            members: Vec::new(),
        }
    }

    /// Writes a member whose bytes are here.
    pub(crate) fn put(&mut self, name: &str, content: &[u8]) -> io::Result<()> {
        self.stream(name, content.len() as u64, |out| {
            out.write_all(content)?;
            Ok::<_, io::Error>(crc32fast::hash(content))
        })
    }

    /// Writes a member of a known length; `write` gives its bytes and answers their CRC-32.
    pub(crate) fn stream<E: From<io::Error>>(
        &mut self,
        name: &str,
        size: u64,
        write: impl FnOnce(&mut dyn Write) -> Result<u32, E>,
    ) -> Result<(), E> {
        let mut member = Member {
            name: name.to_owned(),
            size,
            crc: 0,
            offset: self.offset,
        };
        self.out.write_all(&member.local())?;
        member.crc = write(&mut self.out)?;
        let end = member.start() + size;
        self.out.seek(SeekFrom::Start(member.offset + 14))?;
        self.out.write_all(&member.crc.to_le_bytes())?;
        self.out.seek(SeekFrom::Start(end))?;
        self.offset = end;
        self.members.push(member);
        Ok(())
    }

    /// Writes the directory.
    pub(crate) fn finish(mut self) -> io::Result<W> {
        let mut directory = 0;
        for member in &self.members {
            let bytes = member.central();
            directory += bytes.len() as u64;
            self.out.write_all(&bytes)?;
        }
        self.out
            .write_all(&tail(self.members.len() as u64, directory, self.offset))?;
        self.out.flush()?;
        Ok(self.out)
    }
}

/// Why a file is not such a ZIP.
#[derive(Debug)]
pub(crate) enum ZipFault {
    Io(io::Error),
    Form,
}

impl From<io::Error> for ZipFault {
    fn from(fault: io::Error) -> Self {
        if fault.kind() == io::ErrorKind::UnexpectedEof {
            ZipFault::Form
        } else {
            ZipFault::Io(fault)
        }
    }
}

/// Reads the directory and checks that the whole file has the one form: members without gap from
/// the first byte, the directory behind them, nothing behind that.
pub(crate) fn members<R: Read + Seek>(reader: &mut R) -> Result<Vec<Member>, ZipFault> {
    let length = reader.seek(SeekFrom::End(0))?;
    let end = length.checked_sub(TAIL_BYTES).ok_or(ZipFault::Form)?;
    let found = take(reader, end, TAIL_BYTES)?;
    let (count, size, offset) = (get64(&found, 32), get64(&found, 40), get64(&found, 48));
    let fits = count <= MOST_MEMBERS
        && size <= MOST_MEMBERS * 256
        && offset.checked_add(size) == Some(end)
        && tail(count, size, offset) == found;
    if !fits {
        return Err(ZipFault::Form);
    }
    let directory = take(reader, offset, size)?;
    let mut members: Vec<Member> = Vec::new();
    let mut names = BTreeSet::new();
    let (mut at, mut next) = (0, 0);
    while at < directory.len() {
        let member = entry(&directory[at..]).ok_or(ZipFault::Form)?;
        let bytes = member.central();
        let first = names.insert(member.name.clone());
        if !directory[at..].starts_with(&bytes) || member.offset != next || !first {
            return Err(ZipFault::Form);
        }
        let end = member
            .start()
            .checked_add(member.size)
            .filter(|end| *end <= offset);
        next = end.ok_or(ZipFault::Form)?;
        let local = member.local();
        if take(reader, member.offset, local.len() as u64)? != local {
            return Err(ZipFault::Form);
        }
        at += bytes.len();
        members.push(member);
    }
    if next == offset && members.len() as u64 == count {
        Ok(members)
    } else {
        Err(ZipFault::Form)
    }
}

/// What the directory says of one member; the caller compares the form.
fn entry(bytes: &[u8]) -> Option<Member> {
    let length = usize::from(u16::from_le_bytes(bytes.get(28..30)?.try_into().ok()?));
    let name = std::str::from_utf8(bytes.get(46..46 + length)?).ok()?;
    let extra = bytes.get(46 + length..46 + length + 28)?;
    Some(Member {
        name: name.to_owned(),
        size: get64(extra, 4),
        crc: u32::from_le_bytes(bytes.get(16..20)?.try_into().ok()?),
        offset: get64(extra, 20),
    })
}

fn get64(bytes: &[u8], at: usize) -> u64 {
    let mut value = [0; 8];
    value.copy_from_slice(&bytes[at..at + 8]);
    u64::from_le_bytes(value)
}

/// Reads a known number of bytes.
fn take<R: Read + Seek>(reader: &mut R, offset: u64, length: u64) -> io::Result<Vec<u8>> {
    let length = usize::try_from(length).map_err(|_| io::ErrorKind::InvalidData)?;
    let mut bytes = vec![0; length];
    reader.seek(SeekFrom::Start(offset))?;
    reader.read_exact(&mut bytes)?;
    Ok(bytes)
}

/// Reads a member whole and compares its CRC-32.
pub(crate) fn read<R: Read + Seek>(
    reader: &mut R,
    member: &Member,
    most: u64,
) -> Result<Vec<u8>, ZipFault> {
    if member.size > most {
        return Err(ZipFault::Form);
    }
    let bytes = take(reader, member.start(), member.size)?;
    if crc32fast::hash(&bytes) == member.crc {
        Ok(bytes)
    } else {
        Err(ZipFault::Form)
    }
}
