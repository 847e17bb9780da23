//! Contents in chunks, addressed by SHA-256, once per content.
//!
//! Bytes come in under an incomplete row in short transactions, so that a long import never
//! keeps a form from being saved; the last transaction completes the row and attaches it. What
//! does not come in whole is dropped at once (see `release`).

use super::release::Incoming;
use crate::{fault::StoreFault, vault::Vault};
use luguo_domain::{Sha256Digest, Sm3Digest};
use rusqlite::{Connection, OptionalExtension as _, params};
use sha2::{Digest as _, Sha256};
use std::{io::Read, sync::Arc};

/// Bytes of one chunk row.
pub(crate) const CHUNK: usize = 1 << 20;
/// Bytes of one transaction while a content comes in.
const BATCH: usize = 8 * CHUNK;

/// A content that is here, and dropped with this value unless it was settled.
pub(crate) struct Staged<'v> {
    incoming: Incoming<'v>,
    pub(crate) size: u64,
    pub(crate) sha256: Sha256Digest,
    pub(crate) sm3: Sm3Digest,
}

/// Why a content did not come in.
pub(crate) enum StageFault {
    Cancelled,
    Read(std::io::Error),
    Store(StoreFault),
}

impl From<StoreFault> for StageFault {
    fn from(fault: StoreFault) -> Self {
        StageFault::Store(fault)
    }
}

/// Streams a content into an incomplete row. Memory stays at one batch.
pub(crate) fn stage<'v>(
    vault: &'v Vault,
    reader: &mut dyn Read,
    progress: &mut dyn FnMut(u64) -> std::ops::ControlFlow<()>,
) -> Result<Staged<'v>, StageFault> {
    let incoming = Incoming::begin(vault)?;
    let mut sha256 = Sha256::new();
    let (mut size, mut position) = (0_u64, 0_i64);
    // SM3 is the slower digest; it runs beside the writing. Two batches are in memory at most.
    let (sender, batches) = std::sync::mpsc::sync_channel::<Arc<Vec<u8>>>(0);
    let (whole, sm3) = std::thread::scope(|scope| {
        let hashing = scope.spawn(move || {
            let mut sm3 = sm3::Sm3::new();
            for batch in batches {
                sm3.update(batch.as_slice());
            }
            Sm3Digest(sm3.finalize().into())
        });
        let whole = (|| -> Result<(), StageFault> {
            loop {
                let mut buffer = vec![0; BATCH];
                let filled = read_full(reader, &mut buffer).map_err(StageFault::Read)?;
                buffer.truncate(filled);
                let batch = Arc::new(buffer);
                // It ends only after this end of the line was dropped.
                let _ = sender.send(Arc::clone(&batch));
                sha256.update(batch.as_slice());
                vault.change(|change| -> Result<(), StoreFault> {
                    let mut insert = change.prepare_cached(
                        "INSERT INTO blob_chunk (blob, position, bytes) VALUES (?1, ?2, ?3)",
                    )?;
                    for chunk in batch.chunks(CHUNK) {
                        insert.execute(params![incoming.id(), position, chunk])?;
                        position += 1;
                    }
                    Ok(())
                })?;
                size += filled as u64;
                if progress(size).is_break() {
                    return Err(StageFault::Cancelled);
                }
                if filled < BATCH {
                    return Ok(());
                }
            }
        })();
        drop(sender);
        let sm3 = hashing.join().expect("a digest does not panic");
        (whole, sm3)
    });
    whole?;
    Ok(Staged {
        incoming,
        size,
        sha256: Sha256Digest(sha256.finalize().into()),
        sm3,
    })
}

fn read_full(reader: &mut dyn Read, buffer: &mut [u8]) -> std::io::Result<usize> {
    let mut filled = 0;
    while filled < buffer.len() {
        match reader.read(&mut buffer[filled..]) {
            Ok(0) => break,
            Ok(n) => filled += n,
            Err(fault) if fault.kind() == std::io::ErrorKind::Interrupted => {}
            Err(fault) => return Err(fault),
        }
    }
    Ok(filled)
}

/// Completes a staged row, or finds the row that has the same content already.
pub(crate) fn settle(connection: &Connection, staged: &Staged<'_>) -> Result<i64, StoreFault> {
    let known: Option<i64> = connection
        .query_row(
            "SELECT id FROM blob WHERE sha256 = ?1",
            [staged.sha256.to_hex()],
            |row| row.get(0),
        )
        .optional()?;
    if let Some(known) = known {
        return Ok(known);
    }
    connection.execute(
        "UPDATE blob SET sha256 = ?2, sm3 = ?3, size = ?4, complete = 1 WHERE id = ?1",
        params![
            staged.incoming.id(),
            staged.sha256.to_hex(),
            staged.sm3.to_hex(),
            staged.size as i64
        ],
    )?;
    Ok(staged.incoming.id())
}

/// Lets go of a content that neither evidence nor a revision refers to any more. Its chunks go
/// later and step by step (see `release`), so that a large one keeps nobody waiting.
pub(crate) fn drop_if_unused(connection: &Connection, id: i64) -> Result<(), StoreFault> {
    let used: bool = connection.query_row(
        "SELECT EXISTS (SELECT 1 FROM evidence WHERE blob = ?1)
             OR EXISTS (SELECT 1 FROM evidence_history WHERE blob = ?1)
             OR EXISTS (SELECT 1 FROM revision_evidence WHERE blob = ?1)
             OR EXISTS (SELECT 1 FROM received_blob WHERE blob = ?1)",
        [id],
        |row| row.get(0),
    )?;
    if !used {
        connection.execute(
            "UPDATE blob SET complete = 0, dropped = 1, sha256 = NULL, sm3 = NULL WHERE id = ?1",
            [id],
        )?;
    }
    Ok(())
}

impl Vault {
    /// Opens a content for reading.
    ///
    /// # Errors
    /// [`StoreFault`] when the vault cannot be read.
    pub fn blob(&self, sha256: Sha256Digest) -> Result<Option<BlobReader>, StoreFault> {
        let found: Option<(i64, i64)> = self.read::<_, StoreFault>(|connection| {
            Ok(connection
                .prepare_cached("SELECT id, size FROM blob WHERE sha256 = ?1 AND complete = 1")?
                .query_row([sha256.to_hex()], |row| Ok((row.get(0)?, row.get(1)?)))
                .optional()?)
        })?;
        Ok(found.map(|(id, size)| BlobReader {
            vault: self.clone(),
            id,
            size: size as u64,
            expected: sha256,
            hasher: Some(Sha256::new()),
            chunk: Vec::new(),
            taken: 0,
            position: 0,
        }))
    }
}

/// Reads a content chunk by chunk; the vault is locked for one chunk at a time.
///
/// A read from beginning to end checks the digest and ends in an error where it differs.
pub struct BlobReader {
    vault: Vault,
    id: i64,
    size: u64,
    expected: Sha256Digest,
    hasher: Option<Sha256>,
    chunk: Vec<u8>,
    taken: usize,
    position: i64,
}

impl BlobReader {
    /// Size in bytes.
    pub fn size(&self) -> u64 {
        self.size
    }

    /// Reads bytes at an offset, without checking the digest; fewer at the end.
    ///
    /// # Errors
    /// [`StoreFault`] when the vault cannot be read.
    pub fn read_at(&self, offset: u64, length: usize) -> Result<Vec<u8>, StoreFault> {
        let mut out = Vec::with_capacity(length);
        let mut at = offset;
        while out.len() < length && at < self.size {
            let chunk = self.load((at / CHUNK as u64) as i64)?;
            let within = (at % CHUNK as u64) as usize;
            if within >= chunk.len() {
                break;
            }
            let take = (chunk.len() - within).min(length - out.len());
            out.extend_from_slice(&chunk[within..within + take]);
            at += take as u64;
        }
        Ok(out)
    }

    fn load(&self, position: i64) -> Result<Vec<u8>, StoreFault> {
        self.vault.read(|connection| {
            Ok(connection
                .prepare_cached("SELECT bytes FROM blob_chunk WHERE blob = ?1 AND position = ?2")?
                .query_row(params![self.id, position], |row| row.get(0))
                .optional()?
                .unwrap_or_default())
        })
    }
}

impl Read for BlobReader {
    fn read(&mut self, out: &mut [u8]) -> std::io::Result<usize> {
        if self.taken == self.chunk.len() {
            self.chunk = self.load(self.position).map_err(std::io::Error::other)?;
            self.taken = 0;
            self.position += 1;
            match &mut self.hasher {
                Some(hasher) if !self.chunk.is_empty() => hasher.update(&self.chunk),
                _ => {
                    if let Some(hasher) = self.hasher.take() {
                        let found = Sha256Digest(hasher.finalize().into());
                        if found != self.expected {
                            return Err(std::io::Error::new(
                                std::io::ErrorKind::InvalidData,
                                format!("the stored content {} is damaged", self.expected),
                            ));
                        }
                    }
                    return Ok(0);
                }
            }
        }
        let take = (self.chunk.len() - self.taken).min(out.len());
        out[..take].copy_from_slice(&self.chunk[self.taken..self.taken + take]);
        self.taken += take;
        Ok(take)
    }
}
