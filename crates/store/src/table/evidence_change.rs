//! Changing evidence on a draft: what it is called and proves, its order, another content in its
//! place, taking it off. Submitted revisions keep theirs.

use super::{audit, blob, declaration, evidence, search, text};
use crate::{
    fault::{ImportFault, SaveFault, StoreFault},
    vault::Vault,
};
use luguo_domain::{
    DeclarationId, EvidenceId, Moment,
    claim::Claim,
    evidence::{EvidenceKind, PageRange},
};
use rusqlite::{Connection, params};
use std::{io::Read, ops::ControlFlow};

/// What a person says of a piece of evidence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EvidenceDetails {
    /// What lists call it.
    pub title: String,
    /// What it proves.
    pub claims: Vec<Claim>,
    /// What it is.
    pub kind: Option<EvidenceKind>,
    /// The pages that prove it; all when absent.
    pub pages: Option<PageRange>,
}

/// The file that takes another one's place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Replacement {
    /// The file's name, NFC.
    pub file_name: String,
    /// Media type.
    pub media_type: String,
}

/// What a piece of evidence was before it was replaced.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EarlierEvidence {
    /// The piece that took its place.
    pub evidence: EvidenceId,
    /// Its title then.
    pub title: String,
    /// Its file name.
    pub file_name: String,
    /// Media type.
    pub media_type: String,
    /// Size in bytes.
    pub size: u64,
    /// Its content, kept in the vault.
    pub sha256: luguo_domain::Sha256Digest,
    /// When it was replaced.
    pub replaced_at: Moment,
    /// By whom.
    pub replaced_by: String,
}

impl Vault {
    /// Changes what is said of a piece.
    ///
    /// # Errors
    /// [`SaveFault`]: unknown, another person's, or not editable now.
    pub fn edit_evidence(
        &self,
        declaration_id: DeclarationId,
        id: EvidenceId,
        details: &EvidenceDetails,
        now: Moment,
    ) -> Result<(), SaveFault> {
        self.change::<_, SaveFault>(|change| {
            declaration::editable(change, declaration_id, self.me().id)?;
            let changed = change.execute(
                "UPDATE evidence
                 SET title = ?3, claims = ?4, kind = ?5, pages_from = ?6, pages_to = ?7
                 WHERE id = ?1 AND declaration = ?2 AND discarded_at IS NULL",
                params![
                    id.to_string(),
                    declaration_id.to_string(),
                    details.title,
                    serde_json::to_string(&details.claims)?,
                    details.kind.map(EvidenceKind::code),
                    details.pages.map(PageRange::from),
                    details.pages.map(PageRange::to),
                ],
            )?;
            if changed == 0 {
                return Err(SaveFault::NotFound);
            }
            self.noted(change, "evidence.edit", declaration_id, id, now)
        })
    }

    /// Puts the pieces into an order; `order` names each piece once.
    ///
    /// # Errors
    /// [`SaveFault`]: not editable now, or `NotFound` when `order` is not a permutation of the
    /// pieces, as after a change in another window.
    pub fn order_evidence(
        &self,
        declaration_id: DeclarationId,
        order: &[EvidenceId],
        now: Moment,
    ) -> Result<(), SaveFault> {
        self.change::<_, SaveFault>(|change| {
            declaration::editable(change, declaration_id, self.me().id)?;
            let mut there: Vec<_> = evidence::of(change, declaration_id)?
                .into_iter()
                .map(|stored| stored.item.id.0)
                .collect();
            let mut named: Vec<_> = order.iter().map(|id| id.0).collect();
            there.sort_unstable();
            named.sort_unstable();
            if there != named {
                return Err(SaveFault::NotFound);
            }
            for (position, id) in (1_u32..).zip(order) {
                change.execute(
                    "UPDATE evidence SET position = ?2 WHERE id = ?1",
                    params![id.to_string(), position],
                )?;
            }
            evidence::touch(change, declaration_id, now)?;
            let listed: Vec<_> = order.iter().map(ToString::to_string).collect();
            audit::append(
                change,
                now,
                &self.me().name,
                "evidence.order",
                &declaration_id.to_string(),
                &listed.join(" "),
            )?;
            Ok(())
        })
    }

    /// Streams another file into the place of a piece: title, claims, kind and order stay, the
    /// page range goes, the earlier content is kept in the history.
    ///
    /// # Errors
    /// [`ImportFault`]; nothing is changed then.
    pub fn replace_evidence(
        &self,
        declaration_id: DeclarationId,
        id: EvidenceId,
        with: &Replacement,
        reader: &mut dyn Read,
        progress: &mut dyn FnMut(u64) -> ControlFlow<()>,
        now: Moment,
    ) -> Result<(), ImportFault> {
        self.read::<_, ImportFault>(|connection| {
            declaration::editable(connection, declaration_id, self.me().id)?;
            Ok(())
        })?;
        self.staged(reader, progress, |change, staged| {
            declaration::editable(change, declaration_id, self.me().id)?;
            let kept = change.execute(
                "INSERT INTO evidence_history (declaration, evidence, blob, title, file_name,
                    media_type, replaced_at, replaced_by)
                 SELECT declaration, id, blob, title, file_name, media_type, ?3, ?4
                 FROM evidence
                 WHERE id = ?1 AND declaration = ?2 AND discarded_at IS NULL",
                params![
                    id.to_string(),
                    declaration_id.to_string(),
                    text::time(now),
                    self.me().id.to_string(),
                ],
            )?;
            if kept == 0 {
                return Err(ImportFault::Declaration(SaveFault::NotFound));
            }
            let blob = blob::settle(change, staged)?;
            change.execute(
                "UPDATE evidence SET blob = ?2, file_name = ?3, media_type = ?4, added_at = ?5,
                    pages_from = NULL, pages_to = NULL
                 WHERE id = ?1",
                params![
                    id.to_string(),
                    blob,
                    with.file_name,
                    with.media_type,
                    text::time(now)
                ],
            )?;
            evidence::touch(change, declaration_id, now)?;
            search::index(change, declaration_id)?;
            audit::append(
                change,
                now,
                &self.me().name,
                "evidence.replace",
                &id.to_string(),
                &format!("{declaration_id} {} {}", with.file_name, staged.sha256),
            )?;
            Ok(())
        })
    }

    /// What the pieces of a declaration were before they were replaced, the last first.
    ///
    /// # Errors
    /// [`StoreFault`] when the vault cannot be read.
    pub fn earlier_evidence(
        &self,
        declaration_id: DeclarationId,
    ) -> Result<Vec<EarlierEvidence>, StoreFault> {
        self.read::<_, StoreFault>(|connection| {
            if !self.knows(connection, declaration_id)? {
                return Ok(Vec::new());
            }
            let mut statement = connection.prepare_cached(
                "SELECT evidence, title, file_name, media_type, size, sha256, replaced_at,
                        account.name
                 FROM evidence_history
                 JOIN blob ON blob.id = evidence_history.blob
                 JOIN account ON account.id = replaced_by
                 WHERE declaration = ?1 ORDER BY seq DESC",
            )?;
            let mut rows = statement.query([declaration_id.to_string()])?;
            let mut found = Vec::new();
            while let Some(row) = rows.next()? {
                found.push(EarlierEvidence {
                    evidence: text::read(&row.get::<_, String>(0)?)?,
                    title: row.get(1)?,
                    file_name: row.get(2)?,
                    media_type: row.get(3)?,
                    size: row.get::<_, i64>(4)? as u64,
                    sha256: text::read(&row.get::<_, String>(5)?)?,
                    replaced_at: text::read_time(&row.get::<_, String>(6)?)?,
                    replaced_by: row.get(7)?,
                });
            }
            Ok(found)
        })
    }

    /// Puts a piece of the working copy into the recycle bin; submitted revisions keep theirs.
    ///
    /// # Errors
    /// [`SaveFault`]: unknown, another person's, or not editable now.
    pub fn remove_evidence(
        &self,
        declaration_id: DeclarationId,
        id: EvidenceId,
        now: Moment,
    ) -> Result<(), SaveFault> {
        self.change::<_, SaveFault>(|change| {
            declaration::editable(change, declaration_id, self.me().id)?;
            let removed = change.execute(
                "UPDATE evidence SET discarded_at = ?3
                 WHERE id = ?1 AND declaration = ?2 AND discarded_at IS NULL",
                params![id.to_string(), declaration_id.to_string(), text::time(now)],
            )?;
            if removed == 0 {
                return Err(SaveFault::NotFound);
            }
            self.noted(change, "evidence.remove", declaration_id, id, now)
        })
    }

    fn noted(
        &self,
        change: &Connection,
        action: &str,
        declaration_id: DeclarationId,
        id: EvidenceId,
        now: Moment,
    ) -> Result<(), SaveFault> {
        evidence::touch(change, declaration_id, now)?;
        search::index(change, declaration_id)?;
        audit::append(
            change,
            now,
            &self.me().name,
            action,
            &id.to_string(),
            &declaration_id.to_string(),
        )?;
        Ok(())
    }
}
