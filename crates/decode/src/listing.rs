//! What is in an archive, without writing anything of it anywhere.

use crate::{DecodeFault, Entry, Listing, MOST_ENTRIES, MOST_RATIO, MOST_UNPACKED};
use std::io::{Read, Seek};
use zip::{ZipArchive, result::ZipError};

/// Lists the entries; with `unpack` each is unpacked into nothing, because sizes lie.
pub(crate) fn listing<R: Read + Seek>(reader: R, unpack: bool) -> Result<Listing, DecodeFault> {
    let damaged = |fault: ZipError| DecodeFault::Damaged(fault.to_string());
    let mut archive = ZipArchive::new(reader).map_err(damaged)?;
    if archive.len() > MOST_ENTRIES {
        return Err(DecodeFault::TooLarge(format!("{} entries", archive.len())));
    }
    let mut entries = Vec::with_capacity(archive.len());
    let mut unpacked = 0_u64;
    for index in 0..archive.len() {
        let entry = archive.by_index_raw(index).map_err(damaged)?;
        entries.push(Entry {
            name: name(entry.name_raw()),
            size: entry.size(),
            folder: entry.is_dir(),
            locked: entry.encrypted(),
        });
        let (packed, locked) = (entry.compressed_size(), entry.encrypted());
        unpacked = unpacked.saturating_add(entry.size());
        drop(entry);
        if unpack && !locked {
            unpacked -= entries[index].size.min(unpacked);
            let most = (packed.saturating_mul(MOST_RATIO) + (1 << 20))
                .min(MOST_UNPACKED.saturating_sub(unpacked));
            let entry = archive.by_index(index).map_err(damaged)?;
            let counted = std::io::copy(&mut entry.take(most + 1), &mut std::io::sink())
                .map_err(|fault| DecodeFault::Damaged(fault.to_string()))?;
            if counted > most {
                return Err(DecodeFault::TooLarge(format!(
                    "{:?} unfolds to more than {most} bytes",
                    entries[index].name
                )));
            }
            unpacked += counted;
        }
    }
    Ok(Listing { entries, unpacked })
}

/// Names are UTF-8, or what Windows in China writes.
fn name(bytes: &[u8]) -> String {
    match std::str::from_utf8(bytes) {
        Ok(name) => name.to_owned(),
        Err(_) => encoding_rs::GB18030.decode(bytes).0.into_owned(),
    }
}
