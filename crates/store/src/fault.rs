//! What can go wrong, by what a caller can do about it.

use crate::{lock::Holder, vault::VaultReport};
use luguo_domain::{
    IllegalStep, Moment, State, VaultKind,
    decision::DecisionFault,
    role::RoleFault,
    ruling::RulingFault,
    secrecy::{ClassificationFault, HandoverStep, MachineFault, SealedState},
};

/// The database could not do it; what was stored before is intact.
#[derive(Debug, thiserror::Error)]
pub enum StoreFault {
    /// The disk is full. The change was rolled back.
    #[error("the disk is full")]
    DiskFull,
    /// The file is damaged.
    #[error("the vault is damaged: {detail}")]
    Damaged {
        /// Technical text.
        detail: String,
    },
    /// Reading or writing failed.
    #[error("the vault could not be read or written: {detail}")]
    Database {
        /// Technical text.
        detail: String,
    },
}

impl From<rusqlite::Error> for StoreFault {
    fn from(fault: rusqlite::Error) -> Self {
        use rusqlite::ErrorCode;
        match fault.sqlite_error_code() {
            Some(ErrorCode::DiskFull) => StoreFault::DiskFull,
            Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => StoreFault::Damaged {
                detail: fault.to_string(),
            },
            _ => StoreFault::Database {
                detail: fault.to_string(),
            },
        }
    }
}

impl From<serde_json::Error> for StoreFault {
    fn from(fault: serde_json::Error) -> Self {
        StoreFault::Damaged {
            detail: format!("a stored record cannot be read: {fault}"),
        }
    }
}

/// Why a vault was not made or not opened. Nothing was changed.
#[derive(Debug, thiserror::Error)]
pub enum OpenFault {
    /// There is no vault at this path.
    #[error("no vault at this path")]
    NotFound,
    /// A vault stands there already.
    #[error("a vault exists at this path")]
    Exists,
    /// The file or its key file is not of a vault.
    #[error("not a vault: {detail}")]
    NotAVault {
        /// Technical text.
        detail: String,
    },
    /// The key file asks for work outside the bounds: it is damaged or another program's.
    #[error("the key slot asks for {name} {found}, allowed are {least} to {most}")]
    KeySlotCost {
        /// The parameter, as the key file calls it.
        name: &'static str,
        /// What it asks for.
        found: u32,
        /// The least that is allowed.
        least: u32,
        /// The most that is allowed.
        most: u32,
    },
    /// It is the other edition's.
    #[error("the vault is {}, this edition opens {}", is.code(), expected.code())]
    OtherEdition {
        /// The vault's kind.
        is: VaultKind,
        /// This edition's kind.
        expected: VaultKind,
    },
    /// A newer version made it; it is left untouched.
    #[error("the vault has schema {found}, this program knows {known}")]
    Newer {
        /// Its schema version.
        found: u32,
        /// The newest this program knows.
        known: u32,
    },
    /// Too many wrong passphrases.
    #[error("locked out until {until}")]
    LockedOut {
        /// When the next try is allowed.
        until: Moment,
    },
    /// It would lie on a file system of the network, where SQLite's locks do not hold.
    #[error("{path} lies on a network file system ({kind})")]
    NetworkFileSystem {
        /// The folder.
        path: String,
        /// What it is, such as `nfs4` or `cifs`.
        kind: String,
    },
    /// Name or passphrase is wrong; never says which.
    #[error("name or passphrase refused")]
    Refused,
    /// Another program holds it.
    #[error("the vault is in use by {holder}")]
    InUse {
        /// Who, as far as is known.
        holder: Holder,
    },
    /// A file could not be read or written.
    #[error("cannot read or write beside the vault: {0}")]
    Io(#[from] std::io::Error),
    /// The database itself.
    #[error(transparent)]
    Store(#[from] StoreFault),
}

/// Why a form was not saved.
#[derive(Debug, thiserror::Error)]
pub enum SaveFault {
    /// No such declaration.
    #[error("no such declaration")]
    NotFound,
    /// Its state does not allow changes.
    #[error("a declaration in state {state:?} cannot be changed")]
    NotEditable {
        /// Its state.
        state: State,
    },
    /// Another person prepares it.
    #[error("another person prepares it")]
    NotYours,
    /// Somebody saved in between.
    #[error("it stands at version {current} now")]
    Stale {
        /// Its version.
        current: u32,
    },
    /// The database itself.
    #[error(transparent)]
    Store(#[from] StoreFault),
}

/// Why people were not changed.
#[derive(Debug, thiserror::Error)]
pub enum AccountFault {
    /// No such person.
    #[error("no such person")]
    NotFound,
    /// A name that is taken.
    #[error("the name is taken")]
    NameTaken,
    /// The person at work is no administrator.
    #[error("only the administrator does this")]
    NotAllowed,
    /// Nobody does this to themselves.
    #[error("nobody does this to themselves")]
    Oneself,
    /// Nobody would be left to administer.
    #[error("nobody would be left to administer")]
    LastAdministrator,
    /// Roles that do not go together.
    #[error(transparent)]
    Roles(#[from] RoleFault),
    /// The key file or the database.
    #[error(transparent)]
    Keys(#[from] OpenFault),
}

/// Why a passphrase was not changed. The one before stays good.
#[derive(Debug, thiserror::Error)]
pub enum PassphraseChangeFault {
    /// It is one of the last that the person had.
    #[error("the passphrase was used before")]
    Used,
    /// The person at work may not do it.
    #[error("the person at work may not do this")]
    NotAllowed,
    /// No security officer of that name besides the administrator at work.
    #[error("no second officer of that name")]
    NoSecondOfficer,
    /// A wrong passphrase, the key file or the database.
    #[error(transparent)]
    Keys(#[from] OpenFault),
}

impl From<StoreFault> for AccountFault {
    fn from(fault: StoreFault) -> Self {
        AccountFault::Keys(fault.into())
    }
}

impl From<StoreFault> for PassphraseChangeFault {
    fn from(fault: StoreFault) -> Self {
        PassphraseChangeFault::Keys(fault.into())
    }
}

impl From<rusqlite::Error> for PassphraseChangeFault {
    fn from(fault: rusqlite::Error) -> Self {
        StoreFault::from(fault).into()
    }
}

impl From<rusqlite::Error> for AccountFault {
    fn from(fault: rusqlite::Error) -> Self {
        StoreFault::from(fault).into()
    }
}

/// Why a backup was not made, or not brought back. What was there is there still.
#[derive(Debug, thiserror::Error)]
pub enum BackupFault {
    /// The person stopped it.
    #[error("cancelled")]
    Cancelled,
    /// Something stands at that place already.
    #[error("something stands at that place already")]
    Exists,
    /// The folder is no backup of this edition.
    #[error("not a backup of this edition")]
    NotABackup,
    /// A file of the backup is not as it was written.
    #[error("{file} was changed since the backup")]
    Changed {
        /// The file's name.
        file: String,
    },
    /// Read back, the copy is not whole.
    #[error("the copy is not whole")]
    NotWhole {
        /// What is wrong with it.
        report: Box<VaultReport>,
    },
    /// A file could not be read or written.
    #[error("cannot read or write the backup: {0}")]
    Io(std::io::Error),
    /// The vault's own file, key or passphrase.
    #[error(transparent)]
    Vault(#[from] OpenFault),
}

impl From<std::io::Error> for BackupFault {
    fn from(fault: std::io::Error) -> Self {
        BackupFault::Io(fault)
    }
}

impl From<StoreFault> for BackupFault {
    fn from(fault: StoreFault) -> Self {
        BackupFault::Vault(fault.into())
    }
}

impl From<rusqlite::Error> for BackupFault {
    fn from(fault: rusqlite::Error) -> Self {
        StoreFault::from(fault).into()
    }
}

impl From<serde_json::Error> for BackupFault {
    fn from(fault: serde_json::Error) -> Self {
        StoreFault::from(fault).into()
    }
}

/// Why a step of the life cycle was not taken.
#[derive(Debug, thiserror::Error)]
pub enum StepFault {
    /// No such declaration or revision.
    #[error("no such declaration or revision")]
    NotFound,
    /// The state does not allow it.
    #[error(transparent)]
    Illegal(#[from] IllegalStep),
    /// Another person prepares it.
    #[error("another person prepares it")]
    NotYours,
    /// The person holds no reviewer's role.
    #[error("the person is no reviewer")]
    NotAReviewer,
    /// Somebody changed or resubmitted it in between.
    #[error("it stands at {current} now")]
    Stale {
        /// The current version or revision.
        current: u32,
    },
    /// The decision is void.
    #[error(transparent)]
    Decision(#[from] DecisionFault),
    /// No authority's account signed in at an endpoint yet.
    #[error("no authority signed in here")]
    NoAuthority,
    /// The ruling is void.
    #[error(transparent)]
    Ruling(#[from] RulingFault),
    /// A classified vault: not every attachment is marked or said to be no secret.
    #[error("the declaration or an attachment is not classified yet")]
    Unmarked,
    /// The database itself.
    #[error(transparent)]
    Store(#[from] StoreFault),
}

/// Why nothing was proposed or decided on a mark.
#[derive(Debug, thiserror::Error)]
pub enum ClassifyFault {
    /// No such declaration or proposal, or the person may not know of it.
    #[error("no such declaration or proposal")]
    NotFound,
    /// The person's role does not allow it.
    #[error("the person's role does not allow it")]
    NotAllowed,
    /// A proposal waits already.
    #[error("a proposal waits already")]
    Pending,
    /// It was decided already.
    #[error("it was decided already")]
    Decided,
    /// A change or an end without a mark, a second mark, or a content that does not fit the step.
    #[error("this cannot be proposed now")]
    OtherStep,
    /// What the law asks for is not there.
    #[error(transparent)]
    Law(#[from] ClassificationFault),
    /// The database itself.
    #[error(transparent)]
    Store(#[from] StoreFault),
}

/// Why the machine was not recorded.
#[derive(Debug, thiserror::Error)]
pub enum MachineRecordFault {
    /// The security officer does it.
    #[error("only the security officer does this")]
    NotAllowed,
    /// It is on record already.
    #[error("it is on record already")]
    Recorded,
    /// Something is not said.
    #[error(transparent)]
    Machine(#[from] MachineFault),
    /// The database itself.
    #[error(transparent)]
    Store(#[from] StoreFault),
}

/// Why the register of sealed packages was not changed.
#[derive(Debug, thiserror::Error)]
pub enum RegisterFault {
    /// No such package.
    #[error("no such package")]
    NotFound,
    /// It is entered already.
    #[error("the package is entered already")]
    Known,
    /// The step may not follow.
    #[error("{step:?} does not follow {state:?}")]
    NotNow {
        /// Where it stands.
        state: SealedState,
        /// What was tried.
        step: HandoverStep,
    },
    /// The database itself.
    #[error(transparent)]
    Store(#[from] StoreFault),
}

/// Why a file did not become evidence. Nothing of it is kept.
#[derive(Debug, thiserror::Error)]
pub enum ImportFault {
    /// The person stopped it.
    #[error("cancelled")]
    Cancelled,
    /// A file without content proves nothing.
    #[error("the file is empty")]
    Empty,
    /// The file could not be read.
    #[error("the file could not be read: {0}")]
    Read(std::io::Error),
    /// The declaration cannot take it.
    #[error(transparent)]
    Declaration(#[from] SaveFault),
    /// The database itself.
    #[error(transparent)]
    Store(#[from] StoreFault),
}

macro_rules! from_rusqlite {
    ($($fault:ident),+) => {$(
        impl From<rusqlite::Error> for $fault {
            fn from(fault: rusqlite::Error) -> Self {
                $fault::Store(fault.into())
            }
        }
        impl From<serde_json::Error> for $fault {
            fn from(fault: serde_json::Error) -> Self {
                $fault::Store(fault.into())
            }
        }
    )+};
}

from_rusqlite!(
    OpenFault,
    SaveFault,
    StepFault,
    ImportFault,
    ClassifyFault,
    MachineRecordFault,
    RegisterFault
);
