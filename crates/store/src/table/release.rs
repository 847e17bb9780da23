//! Dropping a content that did not come in whole: at once, in small steps, and its pages go back
//! to the file system.
//!
//! An import that failed for want of space must not keep the space. So this needs little itself:
//! freed pages are not zeroed one by one, which would write as much as was staged, but cut off
//! the end of the file; and the little it needs is set aside before the first byte comes in.

use crate::{
    fault::StoreFault,
    lock::beside,
    vault::{PAGE_BYTES, Vault},
};
use rusqlite::{Connection, OptionalExtension as _, params};
use std::path::{Path, PathBuf};

/// Chunks dropped while the vault is locked; a form can be saved between two steps.
const STEP: u32 = 8;

/// Bytes set aside for dropping a content on a full disk: some pages of the log a step.
const RESERVE: usize = 1 << 20;

/// A row that bytes are coming in under. Unless it was completed it is dropped with this value,
/// also when a reader panics. Never drop it while the connection is locked.
pub(crate) struct Incoming<'v> {
    vault: &'v Vault,
    id: i64,
}

impl<'v> Incoming<'v> {
    /// Makes the row.
    pub(crate) fn begin(vault: &'v Vault) -> Result<Self, StoreFault> {
        let id = vault.change(|change| -> Result<i64, StoreFault> {
            change.execute("INSERT INTO blob (size, complete) VALUES (0, 0)", [])?;
            Ok(change.last_insert_rowid())
        })?;
        // First the value, so that a full disk drops the row too.
        let incoming = Self { vault, id };
        set_aside(&reserve(vault.path(), id)).map_err(|fault| match fault.kind() {
            std::io::ErrorKind::StorageFull | std::io::ErrorKind::QuotaExceeded => {
                StoreFault::DiskFull
            }
            _ => StoreFault::Database {
                detail: fault.to_string(),
            },
        })?;
        Ok(incoming)
    }

    pub(crate) fn id(&self) -> i64 {
        self.id
    }

    fn release(&self) -> Result<(), StoreFault> {
        // Left behind it costs its size until the next sweep, nothing else.
        let _ = std::fs::remove_file(reserve(self.vault.path(), self.id));
        while self.vault.read(|connection| some(connection, self.id))? {}
        if self.vault.read(|connection| row(connection, self.id))? {
            self.vault.read(return_space)?;
        }
        Ok(())
    }
}

impl Drop for Incoming<'_> {
    fn drop(&mut self) {
        // There is nobody to tell: the import's own fault is on its way already.
        let _ = self.release();
    }
}

/// Lets go of everything that a crash left incomplete; returns how many contents that were. Their
/// space comes back with [`Vault::free_dropped`]: an opening waits for none of it.
pub(crate) fn sweep(connection: &Connection, vault: &Path) -> Result<u64, StoreFault> {
    let ids: Vec<i64> = connection
        .prepare("SELECT id FROM blob WHERE complete = 0 AND dropped = 0")?
        .query_map([], |row| row.get(0))?
        .collect::<Result<_, _>>()?;
    for id in &ids {
        // A crash may have come before it was made.
        let _ = std::fs::remove_file(reserve(vault, *id));
    }
    connection.execute(
        "UPDATE blob SET dropped = 1 WHERE complete = 0 AND dropped = 0",
        [],
    )?;
    Ok(ids.len() as u64)
}

impl Vault {
    /// Gives the space of contents that nothing refers to back to the file system, in small steps
    /// between which others read and write. `go_on` is asked before each; what is left then goes
    /// the next time. Returns whether all of it is done.
    ///
    /// # Errors
    /// [`StoreFault`] when the vault cannot be written; what is left goes the next time.
    pub fn free_dropped(&self, go_on: &dyn Fn() -> bool) -> Result<bool, StoreFault> {
        loop {
            let next: Option<i64> = self.read::<_, StoreFault>(|connection| {
                Ok(connection
                    .query_row("SELECT id FROM blob WHERE dropped = 1 LIMIT 1", [], |row| {
                        row.get(0)
                    })
                    .optional()?)
            })?;
            let Some(id) = next else {
                return Ok(true);
            };
            loop {
                if !go_on() {
                    return Ok(false);
                }
                if !self.read(|connection| some(connection, id))? {
                    break;
                }
            }
            self.read(|connection| row(connection, id))?;
            self.read(return_space)?;
        }
    }
}

/// Drops some chunks of an incomplete content and cuts off as many pages; `false` when there are
/// none.
fn some(connection: &Connection, id: i64) -> Result<bool, StoreFault> {
    // Pages that go are dirty until the commit. Spilled to the log before, or brought from the log
    // into the file after, they would need the very space that is to be freed.
    connection.execute_batch(
        "PRAGMA secure_delete = FAST; PRAGMA cache_spill = OFF; PRAGMA wal_autocheckpoint = 0",
    )?;
    let dropped = drop_and_cut(connection, id);
    connection.execute_batch(
        "PRAGMA secure_delete = ON; PRAGMA cache_spill = ON; PRAGMA wal_autocheckpoint = 1000",
    )?;
    let dropped = dropped?;
    if dropped && needs_no_space(connection)? {
        // So that the log begins anew and stays small.
        return_space(connection)?;
    }
    Ok(dropped)
}

fn drop_and_cut(connection: &Connection, id: i64) -> Result<bool, StoreFault> {
    let before = count(connection, "freelist_count")?;
    let dropped = connection.execute(
        "DELETE FROM blob_chunk WHERE id IN (
            SELECT blob_chunk.id FROM blob_chunk JOIN blob ON blob.id = blob
            WHERE blob = ?1 AND complete = 0 ORDER BY position DESC LIMIT ?2)",
        params![id, STEP],
    )?;
    let freed = count(connection, "freelist_count")?.saturating_sub(before);
    if freed > 0 {
        // One row a page: it works only while it is asked for the next.
        let mut statement = connection.prepare(&format!("PRAGMA incremental_vacuum({freed})"))?;
        let mut rows = statement.query([])?;
        while rows.next()?.is_some() {}
    }
    Ok(dropped > 0)
}

/// Drops the row of an incomplete content; whether it was there.
fn row(connection: &Connection, id: i64) -> Result<bool, StoreFault> {
    Ok(connection.execute("DELETE FROM blob WHERE id = ?1 AND complete = 0", [id])? > 0)
}

fn reserve(vault: &Path, id: i64) -> PathBuf {
    beside(vault, &format!("import-{id}"))
}

fn set_aside(path: &Path) -> std::io::Result<()> {
    // Written, not only made long: a file with holes sets nothing aside.
    std::fs::write(path, vec![0xA5; RESERVE])
}

/// Whether the file is as long already as the log would make it. A log brought in before that
/// would spend what was set aside on pages that are to be dropped.
fn needs_no_space(connection: &Connection) -> Result<bool, StoreFault> {
    let wanted = count(connection, "page_count")? * PAGE_BYTES;
    let length = connection
        .path()
        .and_then(|path| std::fs::metadata(path).ok())
        .map_or(0, |file| file.len());
    Ok(length >= wanted.cast_unsigned())
}

/// Brings the log into the file and both to their new length.
fn return_space(connection: &Connection) -> Result<(), StoreFault> {
    connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))?;
    Ok(())
}

fn count(connection: &Connection, pragma: &str) -> Result<i64, StoreFault> {
    Ok(connection.pragma_query_value(None, pragma, |row| row.get(0))?)
}
