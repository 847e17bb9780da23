//! Who knew of a classified declaration, and since when; and the numbers of copies (份号).

use super::{audit, text};
use crate::{fault::StoreFault, vault::Vault};
use luguo_domain::{DeclarationId, Moment, VaultKind};
use rusqlite::{Connection, params};

/// A person who knew.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredKnower {
    /// Name.
    pub name: String,
    /// Unit and post; empty for a person of this vault.
    pub unit: String,
    /// Since when.
    pub first_at: Moment,
    /// By what.
    pub how: String,
}

/// Puts a person on the list; one who stands there already keeps the first time.
pub(crate) fn note(
    change: &Connection,
    id: DeclarationId,
    name: &str,
    unit: &str,
    how: &str,
    now: Moment,
) -> Result<(), StoreFault> {
    change.execute(
        "INSERT OR IGNORE INTO knower (declaration, name, unit, first_at, how)
         VALUES (?1, ?2, ?3, ?4, ?5)",
        params![id.to_string(), name, unit, text::time(now), how],
    )?;
    Ok(())
}

/// Gives the next copy of something its number.
pub(crate) fn next_copy(
    vault: &Vault,
    change: &Connection,
    subject: &str,
    purpose: &str,
    now: Moment,
) -> Result<u32, StoreFault> {
    let number: u32 = change.query_row(
        "SELECT ifnull(max(number), 0) + 1 FROM copy_number WHERE subject = ?1",
        [subject],
        |row| row.get(0),
    )?;
    change.execute(
        "INSERT INTO copy_number (subject, number, purpose, made_at, made_by)
         VALUES (?1, ?2, ?3, ?4, ?5)",
        params![
            subject,
            number,
            purpose,
            text::time(now),
            vault.me().id.to_string()
        ],
    )?;
    Ok(number)
}

impl Vault {
    /// Records that the person at work looked at, printed or took out something of a classified
    /// declaration, and puts the person on the list of who knew. An open vault keeps no such list.
    ///
    /// # Errors
    /// [`StoreFault`] when the vault cannot be written; nothing is to be shown then.
    pub fn note_knowledge(
        &self,
        id: DeclarationId,
        action: &str,
        detail: &str,
        how: &str,
        now: Moment,
    ) -> Result<(), StoreFault> {
        if self.kind() == VaultKind::Open {
            return Ok(());
        }
        self.change(|change| {
            note(change, id, &self.me().name, "", how, now)?;
            audit::append(
                change,
                now,
                &self.me().name,
                action,
                &id.to_string(),
                detail,
            )?;
            Ok(())
        })
    }

    /// Adds a person who was told outside this program.
    ///
    /// # Errors
    /// [`StoreFault`] when the vault cannot be written.
    pub fn add_knower(
        &self,
        id: DeclarationId,
        name: &str,
        unit: &str,
        how: &str,
        now: Moment,
    ) -> Result<(), StoreFault> {
        self.change(|change| {
            note(change, id, name, unit, how, now)?;
            audit::append(
                change,
                now,
                &self.me().name,
                "knowledge.add",
                &id.to_string(),
                &format!("{name} {unit}"),
            )?;
            Ok(())
        })
    }

    /// Everybody who knew, the first first.
    ///
    /// # Errors
    /// [`StoreFault`] when the vault cannot be read.
    pub fn knowers(&self, id: DeclarationId) -> Result<Vec<StoredKnower>, StoreFault> {
        self.read(|connection| {
            if !self.knows(connection, id)? {
                return Ok(Vec::new());
            }
            let mut statement = connection.prepare_cached(
                "SELECT name, unit, first_at, how FROM knower WHERE declaration = ?1
                 ORDER BY first_at, seq",
            )?;
            let mut rows = statement.query([id.to_string()])?;
            let mut found = Vec::new();
            while let Some(row) = rows.next()? {
                found.push(StoredKnower {
                    name: row.get(0)?,
                    unit: row.get(1)?,
                    first_at: text::read_time(&row.get::<_, String>(2)?)?,
                    how: row.get(3)?,
                });
            }
            Ok(found)
        })
    }

    /// Gives the next copy of something its number, from 1.
    ///
    /// # Errors
    /// [`StoreFault`] when the vault cannot be written.
    pub fn number_copy(
        &self,
        subject: &str,
        purpose: &str,
        now: Moment,
    ) -> Result<u32, StoreFault> {
        self.change(|change| next_copy(self, change, subject, purpose, now))
    }
}
