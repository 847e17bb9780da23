//! Evidence: which content a declaration carries, under which name, for which claims.

use super::{audit, blob, declaration, search, text};
use crate::{
    fault::{ImportFault, StoreFault},
    vault::Vault,
};
use luguo_domain::{
    DeclarationId, EvidenceId, Moment, Sha256Digest,
    claim::Claim,
    evidence::{EvidenceItem, EvidenceKind, PageRange},
};
use rusqlite::{Connection, OptionalExtension as _, params};
use std::{io::Read, ops::ControlFlow};

/// A file about to become evidence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EvidenceSource {
    /// Its identity.
    pub id: EvidenceId,
    /// What lists call it.
    pub title: String,
    /// The file's name, NFC.
    pub file_name: String,
    /// Media type.
    pub media_type: String,
    /// What it proves.
    pub claims: Vec<Claim>,
    /// Its number among the files that are waited for; forgotten in the same transaction.
    pub settles: Option<i64>,
}

/// A file that became evidence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Imported {
    /// The new piece.
    pub item: EvidenceItem,
    /// Titles of other pieces of the same declaration with the same content.
    pub same_content: Vec<String>,
}

/// A piece of evidence on the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredEvidence {
    /// The piece.
    pub item: EvidenceItem,
    /// When it came in.
    pub added_at: Moment,
}

pub(crate) fn of(
    connection: &Connection,
    id: DeclarationId,
) -> Result<Vec<StoredEvidence>, StoreFault> {
    let mut statement = connection.prepare_cached(
        "SELECT evidence.id, title, file_name, media_type, size, sha256, sm3, claims, added_at,
                kind, pages_from, pages_to
         FROM evidence JOIN blob ON blob.id = evidence.blob
         WHERE declaration = ?1 AND discarded_at IS NULL ORDER BY position, evidence.id",
    )?;
    let mut rows = statement.query([id.to_string()])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        found.push(StoredEvidence {
            item: EvidenceItem {
                id: text::read(&row.get::<_, String>(0)?)?,
                title: row.get(1)?,
                file_name: row.get(2)?,
                media_type: row.get(3)?,
                size: row.get::<_, i64>(4)? as u64,
                sha256: text::read(&row.get::<_, String>(5)?)?,
                sm3: text::read(&row.get::<_, String>(6)?)?,
                claims: serde_json::from_str(&row.get::<_, String>(7)?)?,
                kind: row
                    .get::<_, Option<String>>(9)?
                    .map(|code| kind(&code))
                    .transpose()?,
                pages: pages(row.get(10)?, row.get(11)?)?,
            },
            added_at: text::read_time(&row.get::<_, String>(8)?)?,
        });
    }
    Ok(found)
}

fn kind(code: &str) -> Result<EvidenceKind, StoreFault> {
    EvidenceKind::ALL
        .iter()
        .copied()
        .find(|kind| kind.code() == code)
        .ok_or_else(|| text::damaged(code, &"no kind of evidence"))
}

fn pages(from: Option<u32>, to: Option<u32>) -> Result<Option<PageRange>, StoreFault> {
    match (from, to) {
        (Some(from), Some(to)) => PageRange::new(from, to)
            .map(Some)
            .map_err(|fault| text::damaged(&format!("{from}-{to}"), &fault)),
        (Some(_), None) | (None, _) => Ok(None),
    }
}

impl Vault {
    /// The evidence of a declaration's working copy, in its order.
    ///
    /// # Errors
    /// [`StoreFault`] when the vault cannot be read.
    pub fn evidence(&self, id: DeclarationId) -> Result<Vec<StoredEvidence>, StoreFault> {
        self.read::<_, StoreFault>(|connection| {
            if self.knows(connection, id)? {
                of(connection, id)
            } else {
                Ok(Vec::new())
            }
        })
    }

    /// Streams a file in as evidence. `progress` is told the bytes so far and may stop it.
    ///
    /// # Errors
    /// [`ImportFault`]; nothing of the file is kept then.
    pub fn import_evidence(
        &self,
        declaration_id: DeclarationId,
        source: EvidenceSource,
        reader: &mut dyn Read,
        progress: &mut dyn FnMut(u64) -> ControlFlow<()>,
        now: Moment,
    ) -> Result<Imported, ImportFault> {
        self.read::<_, ImportFault>(|connection| {
            declaration::editable(connection, declaration_id, self.me().id)?;
            Ok(())
        })?;
        self.staged(reader, progress, |change, staged| {
            self.attach(change, declaration_id, &source, staged, now)
        })
    }

    /// Streams content in, then settles it in one transaction with what refers to it. Where
    /// anything fails, nothing of the content is kept.
    pub(super) fn staged<T>(
        &self,
        reader: &mut dyn Read,
        progress: &mut dyn FnMut(u64) -> ControlFlow<()>,
        settle: impl FnOnce(&Connection, &blob::Staged<'_>) -> Result<T, ImportFault>,
    ) -> Result<T, ImportFault> {
        let staged = blob::stage(self, reader, progress).map_err(|fault| match fault {
            blob::StageFault::Cancelled => ImportFault::Cancelled,
            blob::StageFault::Read(fault) => ImportFault::Read(fault),
            blob::StageFault::Store(fault) => ImportFault::Store(fault),
        })?;
        if staged.size == 0 {
            return Err(ImportFault::Empty);
        }
        self.change::<_, ImportFault>(|change| settle(change, &staged))
    }

    fn attach(
        &self,
        change: &Connection,
        declaration_id: DeclarationId,
        source: &EvidenceSource,
        staged: &blob::Staged<'_>,
        now: Moment,
    ) -> Result<Imported, ImportFault> {
        declaration::editable(change, declaration_id, self.me().id)?;
        let same_content = of(change, declaration_id)?
            .into_iter()
            .filter(|other| other.item.sha256 == staged.sha256)
            .map(|other| other.item.title)
            .collect();
        let blob = blob::settle(change, staged)?;
        change.execute(
            "INSERT INTO evidence (id, declaration, blob, title, file_name, media_type, claims,
                position, added_at)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7,
                (SELECT ifnull(max(position), 0) + 1 FROM evidence WHERE declaration = ?2), ?8)",
            params![
                source.id.to_string(),
                declaration_id.to_string(),
                blob,
                source.title,
                source.file_name,
                source.media_type,
                serde_json::to_string(&source.claims)?,
                text::time(now)
            ],
        )?;
        if let Some(number) = source.settles {
            change.execute("DELETE FROM pending_import WHERE seq = ?1", [number])?;
        }
        touch(change, declaration_id, now)?;
        search::index(change, declaration_id)?;
        audit::append(
            change,
            now,
            &self.me().name,
            "evidence.add",
            &source.id.to_string(),
            &format!("{declaration_id} {} {}", source.file_name, staged.sha256),
        )?;
        Ok(Imported {
            item: EvidenceItem {
                id: source.id,
                title: source.title.clone(),
                file_name: source.file_name.clone(),
                media_type: source.media_type.clone(),
                size: staged.size,
                sha256: staged.sha256,
                sm3: staged.sm3,
                claims: source.claims.clone(),
                kind: None,
                pages: None,
            },
            same_content,
        })
    }

    /// The title of a piece of a working copy that the person may know of.
    ///
    /// # Errors
    /// [`StoreFault`] when the vault cannot be read.
    pub fn evidence_title(&self, id: EvidenceId) -> Result<Option<String>, StoreFault> {
        self.read(|connection| {
            let found: Option<(String, String)> = connection
                .query_row(
                    "SELECT title, declaration FROM evidence WHERE id = ?1",
                    [id.to_string()],
                    |row| Ok((row.get(0)?, row.get(1)?)),
                )
                .optional()?;
            match found {
                Some((title, of)) if self.knows(connection, text::read(&of)?)? => Ok(Some(title)),
                Some(_) | None => Ok(None),
            }
        })
    }

    /// Titles of all evidence with a content, in any declaration that the person may know of.
    ///
    /// # Errors
    /// [`StoreFault`] when the vault cannot be read.
    pub fn names_of_content(&self, sha256: Sha256Digest) -> Result<Vec<String>, StoreFault> {
        self.read::<_, StoreFault>(|connection| {
            let mut statement = connection.prepare(
                "SELECT DISTINCT title, declaration FROM evidence JOIN blob ON blob.id = blob
                 WHERE sha256 = ?1 ORDER BY title",
            )?;
            let mut rows = statement.query([sha256.to_hex()])?;
            let mut found: Vec<String> = Vec::new();
            while let Some(row) = rows.next()? {
                let title: String = row.get(0)?;
                let id = text::read(&row.get::<_, String>(1)?)?;
                if found.last() != Some(&title) && self.knows(connection, id)? {
                    found.push(title);
                }
            }
            Ok(found)
        })
    }

    /// Names the other evidence of a declaration with this content.
    ///
    /// # Errors
    /// [`StoreFault`] when the vault cannot be read.
    pub fn same_content(
        &self,
        declaration_id: DeclarationId,
        sha256: Sha256Digest,
    ) -> Result<Vec<String>, StoreFault> {
        Ok(self
            .evidence(declaration_id)?
            .into_iter()
            .filter(|stored| stored.item.sha256 == sha256)
            .map(|stored| stored.item.title)
            .collect())
    }
}

pub(super) fn touch(
    connection: &Connection,
    id: DeclarationId,
    now: Moment,
) -> Result<(), StoreFault> {
    connection.execute(
        "UPDATE declaration SET changed_at = ?2 WHERE id = ?1",
        params![id.to_string(), text::time(now)],
    )?;
    Ok(())
}
