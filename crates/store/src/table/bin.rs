//! The recycle bin: what a person put away stays thirty days and can come back. What was
//! submitted is a record and never leaves the vault.

use super::{audit, blob, declaration, search, text};
use crate::{
    fault::{SaveFault, StoreFault},
    vault::Vault,
};
use chrono::TimeDelta;
use luguo_domain::{AccountId, DeclarationId, EvidenceId, Moment};
use rusqlite::{Connection, OptionalExtension as _, params};

/// How long something stays.
pub(crate) const TERM: TimeDelta = TimeDelta::days(30);

/// Who empties the bin when the term is over.
const PROGRAM: &str = "鲁果";

/// Something in the bin.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Discarded {
    /// The declaration, or the one that the evidence belongs to.
    pub declaration: DeclarationId,
    /// Its name.
    pub name: String,
    /// The piece of evidence; `None` when the whole declaration was put away.
    pub evidence: Option<DiscardedEvidence>,
    /// Since when it lies here.
    pub discarded_at: Moment,
    /// When it goes for good; `None` for what was submitted once, which stays.
    pub goes_at: Option<Moment>,
}

/// A piece of evidence in the bin.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DiscardedEvidence {
    /// The piece.
    pub id: EvidenceId,
    /// Its title.
    pub title: String,
    /// Size in bytes.
    pub size: u64,
}

impl Vault {
    /// Puts a declaration away; only one's own, and only while it can be edited.
    ///
    /// # Errors
    /// [`SaveFault`]: unknown, another person's, or not editable now.
    pub fn discard_declaration(&self, id: DeclarationId, now: Moment) -> Result<(), SaveFault> {
        self.change::<_, SaveFault>(|change| {
            declaration::editable(change, id, self.me().id)?;
            change.execute(
                "UPDATE declaration SET discarded_at = ?2 WHERE id = ?1",
                params![id.to_string(), text::time(now)],
            )?;
            self.noted_bin(change, "declaration.discard", &id.to_string(), now)
        })
    }

    /// Takes a declaration back, as it was.
    ///
    /// # Errors
    /// [`SaveFault::NotFound`] when it does not lie in the person's bin.
    pub fn restore_declaration(&self, id: DeclarationId, now: Moment) -> Result<(), SaveFault> {
        self.change::<_, SaveFault>(|change| {
            let restored = change.execute(
                "UPDATE declaration SET discarded_at = NULL
                 WHERE id = ?1 AND prepared_by = ?2 AND discarded_at IS NOT NULL",
                params![id.to_string(), self.me().id.to_string()],
            )?;
            if restored == 0 {
                return Err(SaveFault::NotFound);
            }
            self.noted_bin(change, "declaration.restore", &id.to_string(), now)
        })
    }

    /// Removes a declaration of the bin for good.
    ///
    /// # Errors
    /// [`SaveFault::NotFound`] when it does not lie in the person's bin or was submitted once.
    pub fn purge_declaration(&self, id: DeclarationId, now: Moment) -> Result<(), SaveFault> {
        self.change::<_, SaveFault>(|change| {
            if !in_bin(change, id, self.me().id)? || !purge(change, id)? {
                return Err(SaveFault::NotFound);
            }
            self.noted_bin(change, "declaration.purge", &id.to_string(), now)
        })
    }

    /// Takes a piece of evidence back to the end of its draft.
    ///
    /// # Errors
    /// [`SaveFault`]: it does not lie in the bin, or its declaration is not editable now.
    pub fn restore_evidence(
        &self,
        declaration_id: DeclarationId,
        id: EvidenceId,
        now: Moment,
    ) -> Result<(), SaveFault> {
        self.change::<_, SaveFault>(|change| {
            declaration::editable(change, declaration_id, self.me().id)?;
            let restored = change.execute(
                "UPDATE evidence SET discarded_at = NULL,
                    position = (SELECT ifnull(max(position), 0) + 1 FROM evidence
                                WHERE declaration = ?2 AND discarded_at IS NULL)
                 WHERE id = ?1 AND declaration = ?2 AND discarded_at IS NOT NULL",
                params![id.to_string(), declaration_id.to_string()],
            )?;
            if restored == 0 {
                return Err(SaveFault::NotFound);
            }
            super::evidence::touch(change, declaration_id, now)?;
            search::index(change, declaration_id)?;
            self.noted_bin(change, "evidence.restore", &id.to_string(), now)
        })
    }

    /// Removes a piece of evidence of the bin for good. Revisions keep theirs.
    ///
    /// # Errors
    /// [`SaveFault::NotFound`] when it does not lie in the person's bin.
    pub fn purge_evidence(
        &self,
        declaration_id: DeclarationId,
        id: EvidenceId,
        now: Moment,
    ) -> Result<(), SaveFault> {
        self.change::<_, SaveFault>(|change| {
            let blob: Option<i64> = change
                .query_row(
                    "DELETE FROM evidence
                     WHERE id = ?1 AND declaration = ?2 AND discarded_at IS NOT NULL
                       AND (SELECT prepared_by FROM declaration WHERE id = ?2) = ?3
                     RETURNING blob",
                    params![
                        id.to_string(),
                        declaration_id.to_string(),
                        self.me().id.to_string()
                    ],
                    |row| row.get(0),
                )
                .optional()?;
            blob::drop_if_unused(change, blob.ok_or(SaveFault::NotFound)?)?;
            self.noted_bin(change, "evidence.purge", &id.to_string(), now)
        })
    }

    /// What lies in the person's bin, the last put away first.
    ///
    /// # Errors
    /// [`StoreFault`] when the vault cannot be read.
    pub fn bin(&self) -> Result<Vec<Discarded>, StoreFault> {
        self.read::<_, StoreFault>(|connection| {
            let mut statement = connection.prepare_cached(
                "SELECT declaration.id, declaration.name, discarded_at, revisions,
                        NULL, NULL, NULL
                 FROM declaration
                 WHERE prepared_by = ?1 AND discarded_at IS NOT NULL AND merged_into IS NULL
                 UNION ALL
                 SELECT declaration.id, declaration.name, evidence.discarded_at, 0,
                        evidence.id, title, size
                 FROM evidence JOIN declaration ON declaration.id = evidence.declaration
                 JOIN blob ON blob.id = evidence.blob
                 WHERE prepared_by = ?1 AND evidence.discarded_at IS NOT NULL
                   AND declaration.discarded_at IS NULL AND merged_into IS NULL
                 ORDER BY 3 DESC, 1",
            )?;
            let mut rows = statement.query([self.me().id.to_string()])?;
            let mut found = Vec::new();
            while let Some(row) = rows.next()? {
                let discarded_at = text::read_time(&row.get::<_, String>(2)?)?;
                let submitted = row.get::<_, u32>(3)? > 0;
                let evidence: Option<String> = row.get(4)?;
                found.push(Discarded {
                    declaration: text::read(&row.get::<_, String>(0)?)?,
                    name: row.get(1)?,
                    evidence: match evidence {
                        Some(id) => Some(DiscardedEvidence {
                            id: text::read(&id)?,
                            title: row.get(5)?,
                            size: row.get::<_, i64>(6)?.cast_unsigned(),
                        }),
                        None => None,
                    },
                    discarded_at,
                    goes_at: (!submitted).then(|| discarded_at + TERM),
                });
            }
            Ok(found)
        })
    }

    fn noted_bin(
        &self,
        change: &Connection,
        action: &str,
        subject: &str,
        now: Moment,
    ) -> Result<(), SaveFault> {
        audit::append(change, now, &self.me().name, action, subject, "")?;
        Ok(())
    }
}

fn in_bin(
    connection: &Connection,
    id: DeclarationId,
    person: AccountId,
) -> Result<bool, StoreFault> {
    Ok(connection.query_row(
        "SELECT EXISTS (SELECT 1 FROM declaration
                        WHERE id = ?1 AND prepared_by = ?2 AND discarded_at IS NOT NULL)",
        params![id.to_string(), person.to_string()],
        |row| row.get(0),
    )?)
}

/// Removes a declaration with what was merged into it; `false` when one of them was submitted once,
/// and then nothing is removed.
fn purge(connection: &Connection, id: DeclarationId) -> Result<bool, StoreFault> {
    let mut statement = connection.prepare(
        "WITH RECURSIVE part (id) AS (
            SELECT ?1 UNION SELECT declaration.id FROM declaration JOIN part
                ON declaration.merged_into = part.id)
         SELECT part.id, revisions FROM part JOIN declaration ON declaration.id = part.id",
    )?;
    let parts: Vec<(String, u32)> = statement
        .query_map([id.to_string()], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect::<Result<_, _>>()?;
    if parts.iter().any(|(_, revisions)| *revisions > 0) {
        return Ok(false);
    }
    // What was merged into another goes before it.
    for (part, _) in parts.iter().rev() {
        // The trigger lets the history go only with a declaration that lies in the bin.
        connection.execute(
            "UPDATE declaration SET discarded_at = ifnull(discarded_at, changed_at) WHERE id = ?1",
            [part],
        )?;
        let mut blobs: Vec<i64> = connection
            .prepare(
                "SELECT blob FROM evidence WHERE declaration = ?1
                 UNION SELECT blob FROM evidence_history WHERE declaration = ?1",
            )?
            .query_map([part], |row| row.get(0))?
            .collect::<Result<_, _>>()?;
        for table in [
            "evidence",
            "evidence_history",
            "undo_history",
            "elsewhere",
            "pending_import",
            "mark_answer",
            "scan_page",
        ] {
            connection.execute(
                &format!("DELETE FROM {table} WHERE declaration = ?1"),
                [part],
            )?;
        }
        blobs.dedup();
        for blob in blobs {
            blob::drop_if_unused(connection, blob)?;
        }
        search::forget(connection, text::read(part)?)?;
        connection.execute("DELETE FROM declaration WHERE id = ?1", [part])?;
    }
    Ok(true)
}

/// Removes what lay in the bin for its term, whoever put it there.
pub(crate) fn empty_expired(connection: &mut Connection, now: Moment) -> Result<(), StoreFault> {
    let change = connection.transaction()?;
    let before = text::time(now - TERM);
    let declarations: Vec<String> = change
        .prepare("SELECT id FROM declaration WHERE discarded_at < ?1 AND revisions = 0")?
        .query_map([&before], |row| row.get(0))?
        .collect::<Result<_, _>>()?;
    for id in &declarations {
        if purge(&change, text::read(id)?)? {
            audit::append(&change, now, PROGRAM, "declaration.purge", id, "30 d")?;
        }
    }
    let pieces: Vec<(String, i64)> = change
        .prepare("SELECT id, blob FROM evidence WHERE discarded_at < ?1")?
        .query_map([&before], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect::<Result<_, _>>()?;
    for (id, blob) in &pieces {
        change.execute("DELETE FROM evidence WHERE id = ?1", [id])?;
        blob::drop_if_unused(&change, *blob)?;
        audit::append(&change, now, PROGRAM, "evidence.purge", id, "30 d")?;
    }
    change.commit()?;
    Ok(())
}
