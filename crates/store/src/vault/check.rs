//! Whether everything in a vault is whole: SQLite's own check, every digest, the audit chain,
//! contents that nothing refers to.

use crate::{
    fault::StoreFault,
    table::audit::{self, AuditReport},
    vault::Vault,
};
use luguo_domain::Sha256Digest;
use rusqlite::Connection;
use sha2::{Digest as _, Sha256};
use std::ops::ControlFlow;

/// What a check found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VaultReport {
    /// What SQLite says of its pages and indexes; empty when all is well.
    pub pages: Vec<String>,
    /// Contents read.
    pub contents: u64,
    /// Contents whose bytes are not those of their digest.
    pub damaged: Vec<Sha256Digest>,
    /// Contents that nothing refers to and that nobody is about to drop.
    pub orphans: u64,
    /// The audit chain.
    pub audit: AuditReport,
}

impl VaultReport {
    /// Whether nothing is wrong.
    pub fn is_whole(&self) -> bool {
        self.pages.is_empty()
            && self.damaged.is_empty()
            && self.orphans == 0
            && self.audit.fault.is_none()
    }
}

impl Vault {
    /// Checks everything. `progress` is told the bytes of content read and all of them, and may
    /// stop the reading of contents; what is not read counts as whole.
    ///
    /// # Errors
    /// [`StoreFault`] when the vault cannot be read at all.
    pub fn check(
        &self,
        progress: &mut dyn FnMut(u64, u64) -> ControlFlow<()>,
    ) -> Result<VaultReport, StoreFault> {
        let report = self.read(|connection| everything(connection, progress))?;
        Ok(report)
    }
}

/// Checks an open database.
pub(super) fn everything(
    connection: &Connection,
    progress: &mut dyn FnMut(u64, u64) -> ControlFlow<()>,
) -> Result<VaultReport, StoreFault> {
    let said: Vec<String> = connection
        .prepare("PRAGMA integrity_check(20)")?
        .query_map([], |row| row.get(0))?
        .collect::<Result<_, _>>()?;
    let mut foreign = 0;
    connection.pragma_query(None, "foreign_key_check", |_| {
        foreign += 1;
        Ok(())
    })?;
    let mut pages: Vec<_> = said.into_iter().filter(|line| line != "ok").collect();
    if foreign > 0 {
        pages.push(format!("{foreign} rows refer to nothing"));
    }
    let orphans: i64 = connection.query_row(
        "SELECT count(*) FROM blob WHERE dropped = 0 AND (complete = 0 OR NOT (
            EXISTS (SELECT 1 FROM evidence WHERE blob = blob.id)
            OR EXISTS (SELECT 1 FROM evidence_history WHERE blob = blob.id)
            OR EXISTS (SELECT 1 FROM revision_evidence WHERE blob = blob.id)
            OR EXISTS (SELECT 1 FROM received_blob WHERE blob = blob.id)))",
        [],
        |row| row.get(0),
    )?;
    let (contents, damaged) = contents(connection, progress)?;
    Ok(VaultReport {
        pages,
        contents,
        damaged,
        orphans: orphans.cast_unsigned(),
        audit: audit::verify(connection)?,
    })
}

/// Reads every content against its digest, chunk by chunk.
fn contents(
    connection: &Connection,
    progress: &mut dyn FnMut(u64, u64) -> ControlFlow<()>,
) -> Result<(u64, Vec<Sha256Digest>), StoreFault> {
    let total: i64 = connection.query_row(
        "SELECT ifnull(sum(size), 0) FROM blob WHERE complete = 1",
        [],
        |row| row.get(0),
    )?;
    let all: Vec<(i64, String)> = connection
        .prepare("SELECT id, sha256 FROM blob WHERE complete = 1 ORDER BY id")?
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect::<Result<_, _>>()?;
    let (mut read, mut done) = (0, 0_u64);
    let mut damaged = Vec::new();
    let mut chunks =
        connection.prepare("SELECT bytes FROM blob_chunk WHERE blob = ?1 ORDER BY position")?;
    for (id, digest) in all {
        let mut hasher = Sha256::new();
        let mut rows = chunks.query([id])?;
        while let Some(row) = rows.next()? {
            let bytes = row.get_ref(0)?.as_blob().map_err(rusqlite::Error::from)?;
            hasher.update(bytes);
            done += bytes.len() as u64;
            if progress(done, total.cast_unsigned()).is_break() {
                return Ok((read, damaged));
            }
        }
        read += 1;
        let expected: Sha256Digest = crate::table::text::read(&digest)?;
        if Sha256Digest(hasher.finalize().into()) != expected {
            damaged.push(expected);
        }
    }
    Ok((read, damaged))
}
