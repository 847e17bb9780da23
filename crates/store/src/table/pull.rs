//! Packages that the endpoint gave this authority to review, on their way in. Every piece that
//! arrived is kept in the vault, so that a cut line or a restart costs one piece at most.

use super::text;
use crate::{fault::StoreFault, vault::Vault};
use luguo_domain::{Moment, PackageId, Sha256Digest};
use rusqlite::{OptionalExtension as _, params};
use std::io::Read;

/// A package on its way in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PullRow {
    /// The package.
    pub package: PackageId,
    /// The receipt's number at the endpoint.
    pub number: String,
    /// The manifest, JSON as the endpoint told it.
    pub manifest: String,
    /// When the endpoint had every byte, server time.
    pub received_at: Moment,
    /// Why it does not go on, a sentence.
    pub wait_message: Option<String>,
    /// Tries in a row that failed.
    pub attempts: u32,
    /// When it is tried again.
    pub next_try: Option<Moment>,
    /// Bytes that are here.
    pub arrived: u64,
}

/// A package as the endpoint tells of it for the first time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewPull {
    /// The package.
    pub package: PackageId,
    /// The receipt's number.
    pub number: String,
    /// The manifest, JSON.
    pub manifest: String,
    /// When the endpoint had every byte.
    pub received_at: Moment,
}

impl Vault {
    /// The place up to which the endpoint's list is known.
    ///
    /// # Errors
    /// [`StoreFault`] when the vault cannot be read.
    pub fn assigned_after(&self) -> Result<u64, StoreFault> {
        self.read::<_, StoreFault>(|connection| {
            let place: Option<i64> = connection
                .query_row("SELECT assigned_after FROM endpoint", [], |row| row.get(0))
                .optional()?;
            Ok(place.unwrap_or_default().cast_unsigned())
        })
    }

    /// Notes what is to be fetched and up to which place the list is known, together. What is here
    /// already, whole or in part, stays as it is.
    ///
    /// # Errors
    /// [`StoreFault`] when the vault cannot be written.
    pub fn note_assigned(&self, packages: &[NewPull], after: u64) -> Result<(), StoreFault> {
        self.change::<_, StoreFault>(|change| {
            for new in packages {
                change.execute(
                    "INSERT OR IGNORE INTO pull (package, number, manifest, received_at)
                     SELECT ?1, ?2, ?3, ?4
                     WHERE NOT EXISTS (SELECT 1 FROM received WHERE package = ?1)",
                    params![
                        new.package.to_string(),
                        new.number,
                        new.manifest,
                        text::time(new.received_at)
                    ],
                )?;
            }
            change.execute(
                "UPDATE endpoint SET assigned_after = ?1",
                [after.cast_signed()],
            )?;
            Ok(())
        })
    }

    /// Packages on their way in, the first received first.
    ///
    /// # Errors
    /// [`StoreFault`] when the vault cannot be read.
    pub fn pulls(&self) -> Result<Vec<PullRow>, StoreFault> {
        self.read(|connection| {
            let mut statement = connection.prepare_cached(
                "SELECT package, number, manifest, received_at, wait_message, attempts, next_try,
                    (SELECT coalesce(sum(size), 0) FROM pull_piece
                     WHERE pull_piece.package = pull.package)
                 FROM pull ORDER BY received_at, number",
            )?;
            let mut rows = statement.query([])?;
            let mut found = Vec::new();
            while let Some(row) = rows.next()? {
                found.push(PullRow {
                    package: text::read(&row.get::<_, String>(0)?)?,
                    number: row.get(1)?,
                    manifest: row.get(2)?,
                    received_at: text::read_time(&row.get::<_, String>(3)?)?,
                    wait_message: row.get(4)?,
                    attempts: row.get(5)?,
                    next_try: row
                        .get::<_, Option<String>>(6)?
                        .map(|time| text::read_time(&time))
                        .transpose()?,
                    arrived: row.get::<_, i64>(7)?.cast_unsigned(),
                });
            }
            Ok(found)
        })
    }

    /// Bytes of a content that arrived without a gap: where to go on.
    ///
    /// # Errors
    /// [`StoreFault`] when the vault cannot be read.
    pub fn pull_offset(&self, package: PackageId, sha256: Sha256Digest) -> Result<u64, StoreFault> {
        self.read::<_, StoreFault>(|connection| {
            let end: i64 = connection
                .prepare_cached(
                    "SELECT coalesce(max(offset + size), 0) FROM pull_piece
                     WHERE package = ?1 AND sha256 = ?2",
                )?
                .query_row(params![package.to_string(), sha256.to_hex()], |row| {
                    row.get(0)
                })?;
            Ok(end.cast_unsigned())
        })
    }

    /// Keeps the next piece of a content; what stood in the way is over.
    ///
    /// # Errors
    /// [`StoreFault`] when the vault cannot be written.
    pub fn keep_piece(
        &self,
        package: PackageId,
        sha256: Sha256Digest,
        offset: u64,
        bytes: &[u8],
    ) -> Result<(), StoreFault> {
        self.change::<_, StoreFault>(|change| {
            change.execute(
                "INSERT OR IGNORE INTO pull_piece (package, sha256, offset, size, bytes)
                 VALUES (?1, ?2, ?3, ?4, ?5)",
                params![
                    package.to_string(),
                    sha256.to_hex(),
                    offset.cast_signed(),
                    bytes.len() as i64,
                    bytes
                ],
            )?;
            change.execute(
                "UPDATE pull SET wait_message = NULL, attempts = 0, next_try = NULL
                 WHERE package = ?1",
                [package.to_string()],
            )?;
            Ok(())
        })
    }

    /// Reads a content from its pieces.
    pub fn pulled(&self, package: PackageId, sha256: Sha256Digest) -> PulledReader {
        PulledReader {
            vault: self.clone(),
            package,
            sha256,
            offset: 0,
            piece: Vec::new(),
            taken: 0,
        }
    }

    /// Says why a package waits and until when; absent: until somebody acts.
    ///
    /// # Errors
    /// [`StoreFault`] when the vault cannot be written.
    pub fn pull_waits(
        &self,
        package: PackageId,
        message: &str,
        next_try: Option<Moment>,
    ) -> Result<(), StoreFault> {
        self.change::<_, StoreFault>(|change| {
            change.execute(
                "UPDATE pull SET wait_message = ?2, attempts = attempts + 1, next_try = ?3
                 WHERE package = ?1",
                params![package.to_string(), message, next_try.map(text::time)],
            )?;
            Ok(())
        })
    }

    /// Everything that waits may be tried at once: somebody asked.
    ///
    /// # Errors
    /// [`StoreFault`] when the vault cannot be written.
    pub fn pull_release(&self) -> Result<(), StoreFault> {
        self.change::<_, StoreFault>(|change| {
            change.execute("UPDATE pull SET next_try = NULL, attempts = 0", [])?;
            Ok(())
        })
    }

    /// Drops the pieces of one content that are not what they should be.
    ///
    /// # Errors
    /// [`StoreFault`] when the vault cannot be written.
    pub fn drop_pieces(&self, package: PackageId, sha256: Sha256Digest) -> Result<(), StoreFault> {
        self.change::<_, StoreFault>(|change| {
            change.execute(
                "DELETE FROM pull_piece WHERE package = ?1 AND sha256 = ?2",
                params![package.to_string(), sha256.to_hex()],
            )?;
            Ok(())
        })
    }

    /// The package was taken in, or refused: its pieces go.
    ///
    /// # Errors
    /// [`StoreFault`] when the vault cannot be written.
    pub fn end_pull(&self, package: PackageId) -> Result<(), StoreFault> {
        self.change::<_, StoreFault>(|change| {
            let package = package.to_string();
            change.execute("DELETE FROM pull_piece WHERE package = ?1", [&package])?;
            change.execute("DELETE FROM pull WHERE package = ?1", [&package])?;
            Ok(())
        })
    }
}

/// A content as its pieces lie one after the other; the digest is the taker's to check.
pub struct PulledReader {
    vault: Vault,
    package: PackageId,
    sha256: Sha256Digest,
    offset: u64,
    piece: Vec<u8>,
    taken: usize,
}

impl Read for PulledReader {
    fn read(&mut self, out: &mut [u8]) -> std::io::Result<usize> {
        if self.taken == self.piece.len() {
            let next: Option<Vec<u8>> = self
                .vault
                .read::<_, StoreFault>(|connection| {
                    Ok(connection
                        .prepare_cached(
                            "SELECT bytes FROM pull_piece
                             WHERE package = ?1 AND sha256 = ?2 AND offset = ?3",
                        )?
                        .query_row(
                            params![
                                self.package.to_string(),
                                self.sha256.to_hex(),
                                self.offset.cast_signed()
                            ],
                            |row| row.get(0),
                        )
                        .optional()?)
                })
                .map_err(std::io::Error::other)?;
            let Some(next) = next else { return Ok(0) };
            self.offset += next.len() as u64;
            self.piece = next;
            self.taken = 0;
        }
        let take = (self.piece.len() - self.taken).min(out.len());
        out[..take].copy_from_slice(&self.piece[self.taken..self.taken + take]);
        self.taken += take;
        Ok(take)
    }
}
