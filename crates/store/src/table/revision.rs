//! Submitted revisions: immutable from their submission on.

use super::{audit, classification, declaration, evidence, mark, text};
use crate::{
    fault::{StepFault, StoreFault},
    vault::Vault,
};
use luguo_domain::{DeclarationId, Moment, Step, release::Revision};
use rusqlite::{Connection, OptionalExtension as _, params};

pub(crate) fn find(
    connection: &Connection,
    id: DeclarationId,
    number: u32,
) -> Result<Option<Revision>, StoreFault> {
    let content: Option<String> = connection
        .prepare_cached("SELECT content FROM revision WHERE declaration = ?1 AND number = ?2")?
        .query_row(params![id.to_string(), number], |row| row.get(0))
        .optional()?;
    Ok(content
        .map(|content| serde_json::from_str(&content))
        .transpose()?)
}

impl Vault {
    /// Freezes the working copy with its evidence as the next revision.
    ///
    /// # Errors
    /// [`StepFault`]: not the preparer, not in a state to be submitted, or changed in between.
    pub fn submit(
        &self,
        id: DeclarationId,
        base_version: u32,
        now: Moment,
    ) -> Result<Revision, StepFault> {
        self.change::<_, StepFault>(|change| {
            let found = declaration::find(change, id)?.ok_or(StepFault::NotFound)?;
            if found.row.prepared_by != self.me().id {
                return Err(StepFault::NotYours);
            }
            let state = found.row.state.step(Step::Submit)?;
            if !classification::covers(self, change, id)? {
                return Err(StepFault::Unmarked);
            }
            if found.row.version != base_version {
                return Err(StepFault::Stale {
                    current: found.row.version,
                });
            }
            let revision = Revision {
                declaration_id: id,
                number: found.row.revisions + 1,
                declaration: found.form,
                evidence: evidence::of(change, id)?
                    .into_iter()
                    .map(|stored| stored.item)
                    .collect(),
                answers: found.answers,
                mark_answers: mark::answers(change, id)?,
                prepared_by: self.me().name.clone(),
                submitted_at: text::read_time(&text::time(now))?,
            };
            let digest = revision.digest();
            change.execute(
                "INSERT INTO revision (declaration, number, content, digest, prepared_by, submitted_at)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
                params![
                    id.to_string(),
                    revision.number,
                    serde_json::to_string(&revision)?,
                    digest.to_hex(),
                    self.me().id.to_string(),
                    text::time(now)
                ],
            )?;
            change.execute(
                "INSERT OR IGNORE INTO revision_evidence (declaration, number, blob)
                 SELECT declaration, ?2, blob FROM evidence
                 WHERE declaration = ?1 AND discarded_at IS NULL",
                params![id.to_string(), revision.number],
            )?;
            change.execute(
                "UPDATE declaration SET revisions = ?2 WHERE id = ?1",
                params![id.to_string(), revision.number],
            )?;
            declaration::set_state(change, id, state, None, now)?;
            audit::append(
                change,
                now,
                &self.me().name,
                "declaration.submit",
                &id.to_string(),
                &format!("revision {} {digest}", revision.number),
            )?;
            Ok(revision)
        })
    }

    /// Takes the submitted revision back; it stays on record.
    ///
    /// # Errors
    /// [`StepFault`]: not the preparer, or decided already.
    pub fn withdraw(&self, id: DeclarationId, now: Moment) -> Result<(), StepFault> {
        self.change::<_, StepFault>(|change| {
            let found = declaration::find(change, id)?.ok_or(StepFault::NotFound)?;
            if found.row.prepared_by != self.me().id {
                return Err(StepFault::NotYours);
            }
            let state = found.row.state.step(Step::Withdraw)?;
            declaration::set_state(change, id, state, None, now)?;
            audit::append(
                change,
                now,
                &self.me().name,
                "declaration.withdraw",
                &id.to_string(),
                &format!("revision {}", found.row.revisions),
            )?;
            Ok(())
        })
    }

    /// One revision.
    ///
    /// # Errors
    /// [`StoreFault`] when the vault cannot be read.
    pub fn revision(&self, id: DeclarationId, number: u32) -> Result<Option<Revision>, StoreFault> {
        self.read::<_, StoreFault>(|connection| {
            if self.knows(connection, id)? {
                find(connection, id, number)
            } else {
                Ok(None)
            }
        })
    }

    /// Every revision, the newest first.
    ///
    /// # Errors
    /// [`StoreFault`] when the vault cannot be read.
    pub fn revisions(&self, id: DeclarationId) -> Result<Vec<Revision>, StoreFault> {
        self.read::<_, StoreFault>(|connection| {
            if !self.knows(connection, id)? {
                return Ok(Vec::new());
            }
            let mut statement = connection.prepare_cached(
                "SELECT content FROM revision WHERE declaration = ?1 ORDER BY number DESC",
            )?;
            let mut rows = statement.query([id.to_string()])?;
            let mut found = Vec::new();
            while let Some(row) = rows.next()? {
                found.push(serde_json::from_str(&row.get::<_, String>(0)?)?);
            }
            Ok(found)
        })
    }
}
