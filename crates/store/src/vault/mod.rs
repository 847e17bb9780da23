//! An open vault: one connection behind a lock that is held for one short transaction at a time.

#[cfg(test)]
mod audit_mutations;
mod backup;
mod check;
#[cfg(test)]
mod failed_imports;
mod open;
mod rescue;
#[cfg(test)]
mod tests;

pub use backup::{BackupProgress, BackupRow, BackupStage, Restore, restore};
pub use check::VaultReport;
pub(crate) use open::PAGE_BYTES;
pub use open::{NewVault, kind_of, people, people_in};
pub use rescue::{Rescue, Rescued, RescuedDeclaration, RescuedEvidence};

use crate::{fault::StoreFault, lock::VaultLock, secret::VaultKey, table::account::Account};
use luguo_domain::{Moment, VaultKind};
use rusqlite::{Connection, Transaction, TransactionBehavior};
use std::{
    path::{Path, PathBuf},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};
use uuid::Uuid;

/// An open vault with the person who opened it. Clones share it.
#[derive(Clone)]
pub struct Vault(Arc<Inner>);

struct Inner {
    connection: Mutex<Connection>,
    me: Account,
    kind: VaultKind,
    id: Uuid,
    path: PathBuf,
    key: VaultKey,
    recovered: Vec<Recovery>,
    // Dropped after the connection: the lock goes last.
    lock: VaultLock,
}

/// What the opening found and repaired.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Recovery {
    /// Imports that a crash or a cut power interrupted; their bytes were dropped.
    InterruptedImports {
        /// How many.
        count: u64,
    },
    /// The program before was killed or lost its power; the vault is at what it acknowledged last.
    Unclean {
        /// Who had it open.
        person: String,
        /// Since when.
        since: Moment,
        /// Name and time of the form that was saved last.
        last: Option<(String, Moment)>,
    },
    /// Wrong passphrases were tried under this person's name since the last opening.
    WrongPassphrases {
        /// How many.
        count: u32,
    },
}

impl std::fmt::Debug for Vault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Vault")
            .field("path", &self.0.path)
            .field("me", &self.0.me.name)
            .finish_non_exhaustive()
    }
}

impl Vault {
    /// The person who opened it.
    pub fn me(&self) -> &Account {
        &self.0.me
    }

    /// Its kind.
    pub fn kind(&self) -> VaultKind {
        self.0.kind
    }

    /// Its identity.
    pub fn id(&self) -> Uuid {
        self.0.id
    }

    /// Its file.
    pub fn path(&self) -> &Path {
        &self.0.path
    }

    /// What the opening found and repaired.
    pub fn recovered(&self) -> &[Recovery] {
        &self.0.recovered
    }

    /// Says that this program is done with it, for an end at which nothing is dropped: the next
    /// opening then knows that nothing was killed.
    pub fn leave(&self) {
        self.0.lock.leave();
    }

    pub(crate) fn key(&self) -> &VaultKey {
        &self.0.key
    }

    fn connection(&self) -> MutexGuard<'_, Connection> {
        // A panic in a transaction rolled it back; the connection is as good as before.
        self.0
            .connection
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }

    /// Reads with the connection locked.
    pub(crate) fn read<T, E: From<StoreFault>>(
        &self,
        read: impl FnOnce(&Connection) -> Result<T, E>,
    ) -> Result<T, E> {
        read(&self.connection())
    }

    /// Changes in one transaction: all of it or nothing.
    pub(crate) fn change<T, E: From<StoreFault>>(
        &self,
        change: impl FnOnce(&Transaction<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        let mut connection = self.connection();
        let transaction = connection
            .transaction_with_behavior(TransactionBehavior::Immediate)
            .map_err(StoreFault::from)?;
        let done = change(&transaction)?;
        transaction.commit().map_err(StoreFault::from)?;
        Ok(done)
    }
}
