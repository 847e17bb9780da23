//! Opens a workbook that anybody may have made: its size is bounded before it is parsed.

use super::{
    cells::{Book, damaged},
    fault::SheetFault,
};
use calamine::Reader as _;
use std::io::{Cursor, Read as _};

/// A filled template with a hundred sheets has about 3 MB packed and 12 MB unpacked.
const MOST_BYTES: u64 = 32 << 20;
const MOST_UNPACKED: u64 = 128 << 20;
const MOST_ENTRIES: u64 = 5_000;

/// How an OLE container begins: an old XLS, or an XLSX behind a password.
const OLE: [u8; 4] = [0xd0, 0xcf, 0x11, 0xe0];

/// Opens a workbook.
pub(super) fn open(bytes: &[u8]) -> Result<Book<'_>, SheetFault> {
    if bytes.starts_with(&OLE) {
        return Err(SheetFault::OldOrLocked);
    }
    within(bytes.len() as u64, MOST_BYTES, "bytes")?;
    bounded(bytes)?;
    Book::new(Cursor::new(bytes)).map_err(|fault| match fault {
        calamine::XlsxError::Password => SheetFault::OldOrLocked,
        fault => damaged(fault),
    })
}

/// Unpacks every entry into nothing and counts, because the sizes that the file itself states
/// may lie.
fn bounded(bytes: &[u8]) -> Result<(), SheetFault> {
    let unreadable = |fault: &dyn std::fmt::Display| SheetFault::Damaged {
        reason: fault.to_string(),
    };
    let mut archive =
        zip::ZipArchive::new(Cursor::new(bytes)).map_err(|fault| unreadable(&fault))?;
    within(archive.len() as u64, MOST_ENTRIES, "entries")?;
    let mut unpacked = 0;
    for index in 0..archive.len() {
        let entry = archive
            .by_index(index)
            .map_err(|fault| unreadable(&fault))?;
        let mut limited = entry.take(MOST_UNPACKED - unpacked + 1);
        unpacked += std::io::copy(&mut limited, &mut std::io::sink())
            .map_err(|fault| unreadable(&fault))?;
        within(unpacked, MOST_UNPACKED, "unpacked bytes")?;
    }
    Ok(())
}

fn within(size: u64, limit: u64, unit: &'static str) -> Result<(), SheetFault> {
    if size > limit {
        return Err(SheetFault::TooLarge { limit, unit });
    }
    Ok(())
}
