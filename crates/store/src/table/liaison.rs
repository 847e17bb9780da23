//! Annex 3: the responsible persons.

use super::audit;
use crate::{fault::StoreFault, vault::Vault};
use luguo_domain::{Moment, annexes::LiaisonOfficer};
use rusqlite::OptionalExtension as _;

impl Vault {
    /// The officers, in the order of the annex.
    ///
    /// # Errors
    /// [`StoreFault`] when the vault cannot be read.
    pub fn liaison(&self) -> Result<Vec<LiaisonOfficer>, StoreFault> {
        self.read(|connection| {
            let text: Option<String> = connection
                .query_row("SELECT officers FROM liaison", [], |row| row.get(0))
                .optional()?;
            Ok(match text {
                Some(text) => serde_json::from_str(&text)?,
                None => Vec::new(),
            })
        })
    }

    /// Keeps the officers in place of those before.
    ///
    /// # Errors
    /// [`StoreFault`] when the vault cannot be written.
    pub fn save_liaison(&self, officers: &[LiaisonOfficer], now: Moment) -> Result<(), StoreFault> {
        self.change::<_, StoreFault>(|change| {
            change.execute(
                "INSERT INTO liaison (one, officers) VALUES (1, ?1)
                 ON CONFLICT (one) DO UPDATE SET officers = ?1",
                [serde_json::to_string(officers)?],
            )?;
            let names: Vec<_> = officers
                .iter()
                .map(|officer| officer.name.as_str())
                .collect();
            audit::append(
                change,
                now,
                &self.me().name,
                "liaison.save",
                &names.join("、"),
                "",
            )?;
            Ok(())
        })
    }
}
