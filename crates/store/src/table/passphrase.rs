//! Passphrases over time: changing one's own, resetting another's, the recovery sheet, and that
//! none of the last five is taken again.
//!
//! The slot in the key file opens the vault; the rows here only remember. Argon2id of each
//! passphrase is kept under a salt of its own, inside the encrypted vault.

use super::{
    account::{self, Account},
    audit, policy, text,
};
use crate::{
    attempts,
    derivation::{Cost, derive},
    fault::{OpenFault, PassphraseChangeFault, StoreFault},
    secret::Passphrase,
    slots::KeyFile,
    vault::Vault,
};
use luguo_domain::{AccountId, Moment, Role};
use rusqlite::{Connection, OptionalExtension as _, params};

/// Remembers a passphrase from now on.
pub(crate) fn remember(
    connection: &Connection,
    account: AccountId,
    passphrase: &Passphrase,
    now: Moment,
) -> Result<(), OpenFault> {
    let mut salt = [0; 16];
    getrandom::fill(&mut salt).map_err(std::io::Error::other)?;
    let verifier = derive(passphrase, &salt, Cost::NEW)?;
    connection.execute(
        "INSERT INTO passphrase (account, salt, verifier, memory_kib, passes, lanes, set_at)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        params![
            account.to_string(),
            salt,
            verifier.as_slice(),
            Cost::NEW.memory_kib,
            Cost::NEW.passes,
            Cost::NEW.lanes,
            text::time(now)
        ],
    )?;
    Ok(())
}

/// When the passphrase of an account was set; `None` in a vault that did not remember yet.
pub(crate) fn set_at(
    connection: &Connection,
    account: AccountId,
) -> Result<Option<Moment>, StoreFault> {
    let at: Option<String> = connection
        .query_row(
            "SELECT set_at FROM passphrase WHERE account = ?1 ORDER BY seq DESC LIMIT 1",
            [account.to_string()],
            |row| row.get(0),
        )
        .optional()?;
    at.as_deref().map(text::read_time).transpose()
}

/// Whether a passphrase is one of the last of an account.
fn was_used(
    connection: &Connection,
    account: AccountId,
    passphrase: &Passphrase,
) -> Result<bool, PassphraseChangeFault> {
    let remembered = policy::read(connection)?.passphrases.remembered();
    let mut statement = connection.prepare(
        "SELECT salt, verifier, memory_kib, passes, lanes FROM passphrase
         WHERE account = ?1 ORDER BY seq DESC LIMIT ?2",
    )?;
    let mut rows = statement.query(params![account.to_string(), remembered as i64])?;
    while let Some(row) = rows.next()? {
        let (salt, verifier): (Vec<u8>, Vec<u8>) = (row.get(0)?, row.get(1)?);
        let cost = Cost {
            memory_kib: row.get(2)?,
            passes: row.get(3)?,
            lanes: row.get(4)?,
        };
        if derive(passphrase, &salt, cost)?.as_slice() == verifier {
            return Ok(true);
        }
    }
    Ok(false)
}

impl Vault {
    /// When the passphrase of the person at work was set.
    ///
    /// # Errors
    /// [`StoreFault`] when the vault cannot be read.
    pub fn passphrase_set_at(&self) -> Result<Option<Moment>, StoreFault> {
        self.read(|connection| set_at(connection, self.me().id))
    }

    /// Changes the passphrase of the person at work. Backups keep opening with the old one.
    ///
    /// # Errors
    /// [`PassphraseChangeFault`]; the old one stays good then.
    pub fn change_passphrase(
        &self,
        old: &Passphrase,
        new: &Passphrase,
        now: Moment,
    ) -> Result<(), PassphraseChangeFault> {
        let me = self.me().clone();
        let mut keys = KeyFile::read(self.path())?;
        attempts::guarded(self.path(), &me.name, now, || keys.unwrap(&me.name, old))?;
        if self.read(|connection| was_used(connection, me.id, new))? {
            return Err(PassphraseChangeFault::Used);
        }
        let before = keys.clone();
        keys.stage(me.id, &me.name, new, self.key())?;
        self.put_slot(keys, &before, &me.name, |change| {
            remember(change, me.id, new, now)?;
            account::set_must_change(change, me.id, false)?;
            audit::append(
                change,
                now,
                &me.name,
                "passphrase.change",
                &me.id.to_string(),
                "",
            )?;
            Ok(())
        })
    }

    /// Writes both slots, then the database, then the new slot alone. Where the database refuses,
    /// the key file is as before.
    fn put_slot(
        &self,
        mut keys: KeyFile,
        before: &KeyFile,
        person: &str,
        record: impl FnOnce(&Connection) -> Result<(), PassphraseChangeFault>,
    ) -> Result<(), PassphraseChangeFault> {
        keys.write(self.path())?;
        if let Err(fault) = self.change::<_, PassphraseChangeFault>(|change| record(change)) {
            // Where even this fails, either passphrase opens, and the next opening settles it.
            let _ = before.write(self.path());
            return Err(fault);
        }
        keys.settle(person);
        keys.write(self.path())?;
        Ok(())
    }

    /// Makes sure that a second person is present: somebody else with the role, with their own
    /// passphrase, typed at the same machine.
    ///
    /// # Errors
    /// [`PassphraseChangeFault::NoSecondOfficer`], or the fault of a wrong passphrase.
    pub fn present(
        &self,
        person: &str,
        passphrase: &Passphrase,
        role: Role,
        now: Moment,
    ) -> Result<Account, PassphraseChangeFault> {
        let second = self
            .accounts()?
            .into_iter()
            .find(|account| account.name == person && account.disabled_at.is_none())
            .filter(|account| account.id != self.me().id && account.is(role))
            .ok_or(PassphraseChangeFault::NoSecondOfficer)?;
        let keys = KeyFile::read(self.path())?;
        attempts::guarded(self.path(), person, now, || keys.unwrap(person, passphrase))?;
        Ok(second)
    }

    /// Gives another person a passphrase that they change at once. Two persons do it: the
    /// administrator at work, and a security officer with their own passphrase.
    ///
    /// # Errors
    /// [`PassphraseChangeFault`]; the old one stays good then.
    pub fn reset_passphrase(
        &self,
        person: AccountId,
        new: &Passphrase,
        officer: &str,
        officers: &Passphrase,
        now: Moment,
    ) -> Result<(), PassphraseChangeFault> {
        let me = self.me().clone();
        if !me.is(Role::SystemAdministrator) {
            return Err(PassphraseChangeFault::NotAllowed);
        }
        let second = self.present(officer, officers, Role::SecurityOfficer, now)?;
        let accounts = self.accounts()?;
        let of = accounts
            .iter()
            .find(|account| account.id == person && account.id != me.id)
            .ok_or(PassphraseChangeFault::NotAllowed)?;
        let mut keys = KeyFile::read(self.path())?;
        let before = keys.clone();
        keys.stage(person, &of.name, new, self.key())?;
        self.put_slot(keys, &before, &of.name, |change| {
            remember(change, person, new, now)?;
            account::set_must_change(change, person, true)?;
            account::set_disabled(change, person, None)?;
            audit::append(
                change,
                now,
                &me.name,
                "passphrase.reset",
                &person.to_string(),
                &format!("{} with {}", of.name, second.name),
            )?;
            Ok(())
        })
    }

    /// Makes the code of a new recovery sheet good, once the sheet is written; the sheet before
    /// opens nothing any more.
    ///
    /// # Errors
    /// [`PassphraseChangeFault`]; the sheet before stays good then.
    pub fn put_recovery(
        &self,
        code: &Passphrase,
        now: Moment,
    ) -> Result<(), PassphraseChangeFault> {
        if !self.me().is(Role::SystemAdministrator) {
            return Err(PassphraseChangeFault::NotAllowed);
        }
        let mut keys = KeyFile::read(self.path())?;
        keys.put_recovery(code, self.key())?;
        self.change::<_, PassphraseChangeFault>(|change| {
            change.execute(
                "UPDATE policy SET recovery_sheet_at = ?1",
                [text::time(now)],
            )?;
            audit::append(change, now, &self.me().name, "recovery.print", "", "")?;
            keys.write(self.path())?;
            Ok(())
        })
    }
}
