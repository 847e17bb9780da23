//! One program at a time: an operating system lock beside the vault, and who holds it.

use crate::fault::OpenFault;
use luguo_domain::Moment;
use serde::{Deserialize, Serialize};
use std::{
    fmt,
    fs::{File, OpenOptions, TryLockError},
    path::{Path, PathBuf},
};

/// Who holds a vault.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Holder {
    /// Name of the person.
    pub person: String,
    /// Process id.
    pub process: u32,
    /// Since when.
    pub since: Moment,
}

impl fmt::Display for Holder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} (process {})", self.person, self.process)
    }
}

/// Holds the lock until dropped; the system releases it too when the process dies.
#[derive(Debug)]
pub(crate) struct VaultLock {
    _file: File,
    holder_path: PathBuf,
}

impl VaultLock {
    /// Takes the lock or tells who has it. Beside it comes who held it last and never let go:
    /// that program was killed, or the machine lost its power.
    pub(crate) fn take(vault: &Path, holder: &Holder) -> Result<(Self, Option<Holder>), OpenFault> {
        let holder_path = beside(vault, "holder");
        let file = OpenOptions::new()
            .create(true)
            .truncate(false)
            .write(true)
            .open(beside(vault, "lock"))?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                return Err(OpenFault::InUse {
                    holder: read_holder(&holder_path),
                });
            }
            Err(TryLockError::Error(fault)) => return Err(fault.into()),
        }
        let killed = holder_path.exists().then(|| read_holder(&holder_path));
        // Windows keeps others from reading a locked file, so the name stands in a file of its own.
        std::fs::write(&holder_path, serde_json::to_vec(holder)?)?;
        let lock = Self {
            _file: file,
            holder_path,
        };
        Ok((lock, killed))
    }
}

impl VaultLock {
    /// Takes the holder's name away; the lock itself stays until it is dropped.
    pub(crate) fn leave(&self) {
        // Left behind it is harmless: the lock decides, not this file.
        let _ = std::fs::remove_file(&self.holder_path);
    }
}

impl Drop for VaultLock {
    fn drop(&mut self) {
        self.leave();
    }
}

fn read_holder(path: &Path) -> Holder {
    std::fs::read(path)
        .ok()
        .and_then(|bytes| serde_json::from_slice(&bytes).ok())
        .unwrap_or(Holder {
            person: "另一个程序".to_owned(),
            process: 0,
            since: Moment::UNIX_EPOCH,
        })
}

/// `<vault>.<extension>`, beside the vault.
pub(crate) fn beside(vault: &Path, extension: &str) -> PathBuf {
    let mut name = vault.as_os_str().to_owned();
    name.push(".");
    name.push(extension);
    PathBuf::from(name)
}
