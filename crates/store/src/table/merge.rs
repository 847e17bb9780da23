//! Two declarations that are one achievement: the other's evidence moves to the kept one, the
//! other is kept in the vault and no longer listed. Clause 二（一）: once only.

use super::{audit, declaration, search, text};
use crate::{fault::SaveFault, vault::Vault};
use luguo_domain::{Declaration, DeclarationId, EvidenceId, Moment, claim::Claim};
use rusqlite::params;

/// A piece of evidence of the other declaration with what it proves in the merged form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MovedEvidence {
    /// The piece.
    pub id: EvidenceId,
    /// Its claims in the merged form.
    pub claims: Vec<Claim>,
}

impl Vault {
    /// Makes one declaration of two, both the person's own and both editable.
    ///
    /// # Errors
    /// [`SaveFault`]; nothing is changed then.
    pub fn merge_declarations(
        &self,
        kept: DeclarationId,
        other: DeclarationId,
        form: &Declaration,
        moved: &[MovedEvidence],
        completeness: u8,
        now: Moment,
    ) -> Result<(), SaveFault> {
        self.change::<_, SaveFault>(|change| {
            declaration::editable(change, kept, self.me().id)?;
            declaration::editable(change, other, self.me().id)?;
            if kept == other {
                return Err(SaveFault::NotFound);
            }
            for piece in moved {
                let changed = change.execute(
                    "UPDATE evidence SET declaration = ?3, claims = ?4,
                        position = (SELECT ifnull(max(position), 0) + 1 FROM evidence
                                    WHERE declaration = ?3)
                     WHERE id = ?1 AND declaration = ?2",
                    params![
                        piece.id.to_string(),
                        other.to_string(),
                        kept.to_string(),
                        serde_json::to_string(&piece.claims)?
                    ],
                )?;
                if changed == 0 {
                    return Err(SaveFault::NotFound);
                }
            }
            // What lies in the bin can come back into the kept one.
            change.execute(
                "UPDATE evidence SET declaration = ?2
                 WHERE declaration = ?1 AND discarded_at IS NOT NULL",
                params![other.to_string(), kept.to_string()],
            )?;
            change.execute(
                "UPDATE declaration SET version = version + 1, name = ?2, form = ?3,
                    completeness = ?4, changed_at = ?5 WHERE id = ?1",
                params![
                    kept.to_string(),
                    form.name,
                    serde_json::to_string(form)?,
                    completeness,
                    text::time(now)
                ],
            )?;
            change.execute(
                "UPDATE declaration SET merged_into = ?2, changed_at = ?3 WHERE id = ?1",
                params![other.to_string(), kept.to_string(), text::time(now)],
            )?;
            search::index(change, kept)?;
            search::forget(change, other)?;
            audit::append(
                change,
                now,
                &self.me().name,
                "declaration.merge",
                &kept.to_string(),
                &other.to_string(),
            )?;
            Ok(())
        })
    }
}
