//! Whether what is announced will fit: said before the first byte is sent, not at the last.

use crate::{access::Caller, answer::Refused, server::Shared};
use luguo_domain::Sha256Digest;
use luguo_wire::Manifest;
use rusqlite::{OptionalExtension as _, params};
use std::{collections::BTreeMap, path::Path};

/// Kept free for the database, its log and the system.
const KEPT_FREE: u64 = 256 << 20;

/// Who knows how much room a folder has; tests say it themselves.
pub trait FreeSpace: Send + Sync {
    /// Bytes that may still be written below a folder.
    ///
    /// # Errors
    /// When the system does not say.
    fn free(&self, folder: &Path) -> std::io::Result<u64>;
}

/// The disk the folder lies on.
#[derive(Debug, Clone, Copy)]
pub struct Disk;

impl FreeSpace for Disk {
    fn free(&self, folder: &Path) -> std::io::Result<u64> {
        fs4::available_space(folder)
    }
}

/// Refuses a manifest whose missing bytes do not fit. What arrived of an upload lies here
/// already, so that one that was interrupted may go on.
pub(crate) fn check(
    shared: &Shared,
    caller: &Caller,
    manifest: &Manifest,
    missing: &[Sha256Digest],
) -> Result<(), Refused> {
    let sizes: BTreeMap<Sha256Digest, u64> = manifest
        .files
        .iter()
        .map(|file| (file.sha256, file.size))
        .collect();
    let mut needed = 0_u64;
    for sha256 in missing {
        let arrived: i64 = shared
            .data
            .read()
            .query_row(
                "SELECT offset FROM upload WHERE sha256 = ?1 AND unit = ?2",
                params![sha256.to_hex(), caller.unit],
                |row| row.get(0),
            )
            .optional()?
            .unwrap_or_default();
        let size = sizes.get(sha256).copied().unwrap_or_default();
        needed = needed.saturating_add(size.saturating_sub(arrived.cast_unsigned()));
    }
    if needed == 0 {
        return Ok(());
    }
    let free = shared
        .space
        .free(shared.data.folder())?
        .saturating_sub(KEPT_FREE);
    if needed > free {
        return Err(Refused::NoRoom { needed, free });
    }
    Ok(())
}

/// A size for people, `3.2 MB`.
pub(crate) fn words(bytes: u64) -> String {
    let mut scaled = bytes as f64;
    for unit in ["B", "KB", "MB", "GB"] {
        if scaled < 1000.0 {
            return match unit {
                "B" => format!("{bytes} B"),
                _ => format!("{scaled:.1} {unit}"),
            };
        }
        scaled /= 1000.0;
    }
    format!("{scaled:.1} TB")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_disk_says_how_much_room_a_folder_has_and_that_a_missing_one_has_none() {
        let folder = tempfile::tempdir().expect("a folder");
        assert!(Disk.free(folder.path()).expect("a number") > 0);
        assert!(Disk.free(&folder.path().join("nowhere")).is_err());
    }

    #[test]
    fn sizes_are_said_in_the_unit_that_fits() {
        for (bytes, said) in [
            (0, "0 B"),
            (999, "999 B"),
            (1_000, "1.0 KB"),
            (3_200_000, "3.2 MB"),
            (200_000_000_000, "200.0 GB"),
            (7_500_000_000_000, "7.5 TB"),
        ] {
            assert_eq!(words(bytes), said);
        }
    }
}
