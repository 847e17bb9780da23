//! What the two processes say to each other: a length, JSON, a length, bytes.

use crate::DecodeFault;
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use std::io::{Error, ErrorKind, Read, Result, Write};

/// A message is small; the bytes beside it are bounded by what was asked for.
const LARGEST: u32 = 64 << 20;

/// Desk to process.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Ask {
    /// The content that all that follows is about: its size and media type.
    Open { size: u64, media_type: String },
    /// How large it is and how many pages it has.
    Measure,
    /// One page, from 0, as PNG of at most this width.
    Page { page: u32, width: u32 },
    /// The sheets of a workbook.
    Table,
    /// What is in an archive; unpacked to count its bytes when asked so.
    Listing { unpack: bool },
    /// The bytes that were wanted stand beside it.
    Bytes,
    /// They could not be read.
    NoBytes,
}

/// Process to desk.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Answer {
    /// Bytes of the content are needed first.
    Want {
        offset: u64,
        length: u32,
    },
    Measure(Measure),
    /// The picture stands beside it.
    Page,
    Table(Table),
    Listing(Listing),
    Fault(DecodeFault),
}

/// How large a picture is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Measure {
    /// Width and height of each page in pixels; one page for a single picture.
    pub pages: Vec<(u32, u32)>,
}

/// A workbook.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Table {
    /// Its sheets in their order.
    pub sheets: Vec<Sheet>,
    /// There are more sheets than are shown.
    pub cut: bool,
}

/// One sheet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sheet {
    /// Its name.
    pub name: String,
    /// Its cells as words, row by row from the first.
    pub rows: Vec<Vec<String>>,
    /// There are more rows or columns than are shown.
    pub cut: bool,
}

/// What is in an archive.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Listing {
    /// Its entries in their order.
    pub entries: Vec<Entry>,
    /// Bytes of all of them together: as counted when unpacked, else as the archive says.
    pub unpacked: u64,
}

/// One entry of an archive.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// Its path in the archive, for reading only.
    pub name: String,
    /// Bytes, as the archive says.
    pub size: u64,
    /// It is a folder.
    pub folder: bool,
    /// It opens with a password only.
    pub locked: bool,
}

pub(crate) fn send<T: Serialize>(to: &mut impl Write, message: &T, bytes: &[u8]) -> Result<()> {
    let json = serde_json::to_vec(message)?;
    to.write_all(&length(json.len())?.to_le_bytes())?;
    to.write_all(&json)?;
    to.write_all(&length(bytes.len())?.to_le_bytes())?;
    to.write_all(bytes)?;
    to.flush()
}

fn length(bytes: usize) -> Result<u32> {
    u32::try_from(bytes)
        .ok()
        .filter(|length| *length <= LARGEST)
        .ok_or_else(|| Error::new(ErrorKind::InvalidData, "a message too large"))
}

pub(crate) fn take<T: DeserializeOwned>(from: &mut impl Read) -> Result<(T, Vec<u8>)> {
    let json = part(from)?;
    Ok((serde_json::from_slice(&json)?, part(from)?))
}

fn part(from: &mut impl Read) -> Result<Vec<u8>> {
    let mut length = [0; 4];
    from.read_exact(&mut length)?;
    let length = u32::from_le_bytes(length);
    if length > LARGEST {
        return Err(Error::new(ErrorKind::InvalidData, "a message too large"));
    }
    let mut bytes = vec![0; length as usize];
    from.read_exact(&mut bytes)?;
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_comes_back_and_one_that_lies_about_its_length_is_refused() {
        let mut line = Vec::new();
        send(&mut line, &Ask::Measure, b"bytes").expect("memory takes it");
        let (ask, bytes): (Ask, _) = take(&mut line.as_slice()).expect("it was just written");
        assert!(matches!(ask, Ask::Measure));
        assert_eq!(bytes, b"bytes");
        line[..4].copy_from_slice(&u32::MAX.to_le_bytes());
        assert!(take::<Ask>(&mut line.as_slice()).is_err());
        line[..4].copy_from_slice(&1000_u32.to_le_bytes());
        assert!(take::<Ask>(&mut line.as_slice()).is_err());
    }
}
