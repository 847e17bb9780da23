//! What the endpoint told of likely duplicates, one answer a declaration: the newest.

use super::{audit, text};
use crate::{fault::StoreFault, vault::Vault};
use luguo_domain::{DeclarationId, Moment, prints::Elsewhere};
use rusqlite::{OptionalExtension as _, params};

impl Vault {
    /// The newest answer for a declaration and when it was asked for.
    ///
    /// # Errors
    /// [`StoreFault`] when the vault cannot be read.
    pub fn elsewhere(
        &self,
        declaration: DeclarationId,
    ) -> Result<Option<(Moment, Elsewhere)>, StoreFault> {
        self.read(|connection| {
            let found: Option<(String, String)> = connection
                .prepare_cached("SELECT asked_at, answer FROM elsewhere WHERE declaration = ?1")?
                .query_row([declaration.to_string()], |row| {
                    Ok((row.get(0)?, row.get(1)?))
                })
                .optional()?;
            match found {
                Some((asked_at, answer)) => Ok(Some((
                    text::read_time(&asked_at)?,
                    serde_json::from_str(&answer)?,
                ))),
                None => Ok(None),
            }
        })
    }

    /// Keeps an answer in place of the one before.
    ///
    /// # Errors
    /// [`StoreFault`] when the vault cannot be written.
    pub fn keep_elsewhere(
        &self,
        declaration: DeclarationId,
        answer: &Elsewhere,
        now: Moment,
    ) -> Result<(), StoreFault> {
        self.change::<_, StoreFault>(|change| {
            change.execute(
                "INSERT INTO elsewhere (declaration, asked_at, answer) VALUES (?1, ?2, ?3)
                 ON CONFLICT (declaration) DO UPDATE SET asked_at = ?2, answer = ?3",
                params![
                    declaration.to_string(),
                    text::time(now),
                    serde_json::to_string(answer)?
                ],
            )?;
            audit::append(
                change,
                now,
                &self.me().name,
                "declaration.elsewhere",
                &declaration.to_string(),
                "",
            )?;
            Ok(())
        })
    }
}
