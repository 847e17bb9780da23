//! What the vault asks of its people: passphrases, how long it stays open unattended, how often it
//! is backed up. One row.

use super::{audit, text};
use crate::{fault::StoreFault, vault::Vault};
use luguo_domain::{Moment, passphrase::PassphraseProfile};
use rusqlite::{Connection, params};

/// The policy.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Policy {
    /// Rules for passphrases.
    pub passphrases: PassphraseProfile,
    /// Minutes without a key or a pointer before it locks, 1 to 15.
    pub idle_minutes: u32,
    /// Days after which a backup is asked for, 1 to 90.
    pub backup_days: u32,
    /// When the recovery sheet was printed last.
    pub recovery_sheet_at: Option<Moment>,
}

pub(crate) fn read(connection: &Connection) -> Result<Policy, StoreFault> {
    let (code, idle_minutes, backup_days, sheet): (String, u32, u32, Option<String>) = connection
        .query_row(
        "SELECT passphrases, idle_minutes, backup_days, recovery_sheet_at FROM policy",
        [],
        |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)),
    )?;
    Ok(Policy {
        passphrases: PassphraseProfile::from_code(&code)
            .ok_or_else(|| text::damaged(&code, &"no profile of passphrases"))?,
        idle_minutes,
        backup_days,
        recovery_sheet_at: sheet.as_deref().map(text::read_time).transpose()?,
    })
}

impl Vault {
    /// The policy.
    ///
    /// # Errors
    /// [`StoreFault`] when the vault cannot be read.
    pub fn policy(&self) -> Result<Policy, StoreFault> {
        self.read(read)
    }

    /// Changes the policy; when the sheet was printed is not a choice and stays.
    ///
    /// # Errors
    /// [`StoreFault`] when the vault cannot be written; minutes and days outside their bounds are
    /// refused by the table.
    pub fn save_policy(&self, policy: &Policy, now: Moment) -> Result<(), StoreFault> {
        self.change::<_, StoreFault>(|change| {
            change.execute(
                "UPDATE policy SET passphrases = ?1, idle_minutes = ?2, backup_days = ?3",
                params![
                    policy.passphrases.code(),
                    policy.idle_minutes,
                    policy.backup_days
                ],
            )?;
            audit::append(
                change,
                now,
                &self.me().name,
                "policy.save",
                policy.passphrases.code(),
                &format!(
                    "idle {} min, backup {} d",
                    policy.idle_minutes, policy.backup_days
                ),
            )?;
            Ok(())
        })
    }
}
