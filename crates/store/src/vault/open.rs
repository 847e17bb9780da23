//! Making and opening a vault: kind first, then lock, key, schema, and what a crash left.

use super::{Inner, Recovery, Vault};
use crate::{
    fault::{OpenFault, StoreFault},
    lock::{Holder, VaultLock, beside},
    migration,
    secret::{Passphrase, VaultKey},
    slots::{KeyFile, sync_folder},
    table::{
        account::{self, Account},
        audit,
        meta::Unit,
        release, text,
    },
};
use luguo_domain::{AccountId, Moment, Role, VaultKind};
use rusqlite::{Connection, params};
use std::{
    path::Path,
    sync::{Arc, Mutex},
};
use uuid::Uuid;

/// Bytes of one page, as `connect` says.
pub(crate) const PAGE_BYTES: i64 = 16_384;

/// A vault about to be made.
#[derive(Debug)]
pub struct NewVault<'a> {
    /// Its kind: the edition's.
    pub kind: VaultKind,
    /// Its identity.
    pub id: Uuid,
    /// The unit.
    pub unit: Unit,
    /// The first person's account.
    pub account: AccountId,
    /// The first person's name.
    pub person: &'a str,
    /// The first person's roles.
    pub roles: &'a [Role],
    /// The first person's passphrase.
    pub passphrase: &'a Passphrase,
    /// This process, for the holder's name.
    pub process: u32,
    /// Now.
    pub now: Moment,
}

/// The kind of the vault at a path, told without opening it.
///
/// # Errors
/// [`OpenFault`] when there is none.
pub fn kind_of(path: &Path) -> Result<VaultKind, OpenFault> {
    Ok(KeyFile::read(path)?.kind)
}

/// The people who may open the vault at a path.
///
/// # Errors
/// [`OpenFault`] when there is none.
pub fn people(path: &Path) -> Result<Vec<String>, OpenFault> {
    Ok(KeyFile::read(path)?.people())
}

impl Vault {
    /// Makes a vault and opens it.
    ///
    /// The key file is written first: alone it holds nothing. The database is built under
    /// another name and renamed when it is whole, so that a crash leaves no half vault.
    ///
    /// # Errors
    /// [`OpenFault::Exists`], or what keeps the files from being written.
    pub fn create(path: &Path, new: NewVault<'_>) -> Result<Vault, OpenFault> {
        if path.exists() {
            return Err(OpenFault::Exists);
        }
        let lock = VaultLock::take(path, &holder(new.person, new.process, new.now))?;
        let key = VaultKey::draw()?;
        let mut keys = KeyFile::new(new.id, new.kind);
        keys.add(new.account, new.person, new.passphrase, &key)?;
        keys.write(path)?;

        let unfinished = beside(path, "new");
        for suffix in ["", "-wal", "-shm"] {
            let mut name = unfinished.clone().into_os_string();
            name.push(suffix);
            match std::fs::remove_file(&name) {
                Err(fault) if fault.kind() != std::io::ErrorKind::NotFound => {
                    return Err(fault.into());
                }
                _ => {}
            }
        }
        let me = Account {
            id: new.account,
            name: new.person.to_owned(),
            roles: new.roles.to_vec(),
            created_at: new.now,
        };
        let mut connection = connect(&unfinished, &key)?;
        migration::migrate(&mut connection)?;
        let change = connection.transaction()?;
        change.execute(
            "INSERT INTO meta (one, vault_id, kind, created_at, unit_name, unit_direct_reporting,
                unit_city) VALUES (1, ?1, ?2, ?3, ?4, ?5, ?6)",
            params![
                new.id.to_string(),
                new.kind.code(),
                text::time(new.now),
                new.unit.name,
                new.unit.direct_reporting,
                new.unit.city
            ],
        )?;
        account::insert(&change, &me)?;
        audit::append(
            &change,
            new.now,
            new.person,
            "vault.create",
            &new.id.to_string(),
            new.kind.code(),
        )?;
        change.commit()?;
        connection
            .close()
            .map_err(|(_, fault)| StoreFault::from(fault))?;
        std::fs::rename(&unfinished, path)?;
        sync_folder(path)?;
        let connection = connect(path, &key)?;
        Ok(Vault(Arc::new(Inner {
            connection: Mutex::new(connection),
            me,
            kind: new.kind,
            id: new.id,
            path: path.to_owned(),
            key,
            recovered: Vec::new(),
            _lock: lock,
        })))
    }

    /// Opens a vault of this edition's kind with a person's passphrase.
    ///
    /// # Errors
    /// [`OpenFault`]; the vault is as it was.
    pub fn open(
        path: &Path,
        kind: VaultKind,
        person: &str,
        passphrase: &Passphrase,
        process: u32,
        now: Moment,
    ) -> Result<Vault, OpenFault> {
        let keys = KeyFile::read(path)?;
        if keys.kind != kind {
            return Err(OpenFault::OtherEdition {
                is: keys.kind,
                expected: kind,
            });
        }
        if !path.exists() {
            return Err(OpenFault::NotFound);
        }
        let (account_id, key) = keys.unwrap(person, passphrase)?;
        let lock = VaultLock::take(path, &holder(person, process, now))?;
        let mut connection = connect(path, &key)?;
        migration::migrate(&mut connection)?;
        let (id, stored_kind): (String, String) =
            connection.query_row("SELECT vault_id, kind FROM meta", [], |row| {
                Ok((row.get(0)?, row.get(1)?))
            })?;
        if stored_kind != kind.code() || id != keys.vault.to_string() {
            return Err(OpenFault::NotAVault {
                detail: "the key file belongs to another vault".to_owned(),
            });
        }
        let me = account::all(&connection)?
            .into_iter()
            .find(|account| account.id == account_id)
            .ok_or(OpenFault::Refused)?;
        let swept = release::sweep(&connection, path)?;
        let change = connection.transaction()?;
        audit::append(&change, now, &me.name, "vault.open", &id, "")?;
        change.commit()?;
        let recovered = if swept > 0 {
            vec![Recovery::InterruptedImports { count: swept }]
        } else {
            Vec::new()
        };
        Ok(Vault(Arc::new(Inner {
            connection: Mutex::new(connection),
            me,
            kind,
            id: keys.vault,
            path: path.to_owned(),
            key,
            recovered,
            _lock: lock,
        })))
    }
}

fn holder(person: &str, process: u32, since: Moment) -> Holder {
    Holder {
        person: person.to_owned(),
        process,
        since,
    }
}

/// Opens the encrypted database. FULL: a commit that was acknowledged survives a power cut;
/// no mmap, which with WAL has corrupted databases.
fn connect(path: &Path, key: &VaultKey) -> Result<Connection, OpenFault> {
    let connection = Connection::open(path)?;
    connection.execute_batch(&key.pragma())?;
    connection.execute_batch(&format!("PRAGMA cipher_page_size = {PAGE_BYTES}"))?;
    connection.execute_batch(
        "PRAGMA temp_store = MEMORY;
         PRAGMA mmap_size = 0;
         PRAGMA foreign_keys = ON;
         PRAGMA secure_delete = ON;",
    )?;
    let is_new: bool =
        connection.query_row("SELECT count(*) = 0 FROM sqlite_master", [], |row| {
            row.get(0)
        })?;
    if is_new {
        // Before the first page is written; on a vault that exists it would write to the file.
        connection.pragma_update(None, "auto_vacuum", "INCREMENTAL")?;
    }
    connection.pragma_update(None, "journal_mode", "WAL")?;
    connection.pragma_update(None, "synchronous", "FULL")?;
    connection.busy_timeout(std::time::Duration::from_secs(5))?;
    Ok(connection)
}
