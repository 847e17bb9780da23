//! Files that a person chose as evidence and that are not in yet: an import goes on after the
//! program was closed or killed.

use super::text;
use crate::{fault::StoreFault, vault::Vault};
use luguo_domain::{DeclarationId, Moment, claim::Claim};
use rusqlite::params;
use std::path::{Path, PathBuf};

/// One file that waits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PendingImport {
    /// Its number.
    pub seq: i64,
    /// The declaration it is for.
    pub declaration: DeclarationId,
    /// Where it lies.
    pub path: PathBuf,
    /// What it proves.
    pub claims: Vec<Claim>,
}

impl Vault {
    /// Notes files that are about to come in; returns their numbers in the same order.
    ///
    /// # Errors
    /// [`StoreFault`] when the vault cannot be written.
    pub fn expect_imports(
        &self,
        declaration: DeclarationId,
        paths: &[&Path],
        claims: &[Claim],
        now: Moment,
    ) -> Result<Vec<i64>, StoreFault> {
        self.change::<_, StoreFault>(|change| {
            let claims = serde_json::to_string(claims)?;
            let mut numbers = Vec::new();
            for path in paths {
                change.execute(
                    "INSERT INTO pending_import (account, declaration, path, claims, added_at)
                     VALUES (?1, ?2, ?3, ?4, ?5)",
                    params![
                        self.me().id.to_string(),
                        declaration.to_string(),
                        path.to_string_lossy(),
                        claims,
                        text::time(now)
                    ],
                )?;
                numbers.push(change.last_insert_rowid());
            }
            Ok(numbers)
        })
    }

    /// Forgets files that came in, failed, or are not wanted any more.
    ///
    /// # Errors
    /// [`StoreFault`] when the vault cannot be written.
    pub fn settle_imports(&self, numbers: &[i64]) -> Result<(), StoreFault> {
        self.change::<_, StoreFault>(|change| {
            for number in numbers {
                change.execute("DELETE FROM pending_import WHERE seq = ?1", [number])?;
            }
            Ok(())
        })
    }

    /// The files of the person at work that are not in yet, in their order.
    ///
    /// # Errors
    /// [`StoreFault`] when the vault cannot be read.
    pub fn pending_imports(&self) -> Result<Vec<PendingImport>, StoreFault> {
        self.read::<_, StoreFault>(|connection| {
            let mut statement = connection.prepare_cached(
                "SELECT seq, declaration, path, claims FROM pending_import WHERE account = ?1
                 ORDER BY seq",
            )?;
            let mut rows = statement.query([self.me().id.to_string()])?;
            let mut found = Vec::new();
            while let Some(row) = rows.next()? {
                found.push(PendingImport {
                    seq: row.get(0)?,
                    declaration: text::read(&row.get::<_, String>(1)?)?,
                    path: PathBuf::from(row.get::<_, String>(2)?),
                    claims: serde_json::from_str(&row.get::<_, String>(3)?)?,
                });
            }
            Ok(found)
        })
    }
}
