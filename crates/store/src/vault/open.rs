//! Making and opening a vault: kind first, then lock, key, schema, and what a crash left.

use super::{Inner, Recovery, Vault};
use crate::{
    attempts,
    fault::{OpenFault, StoreFault},
    lock::{Holder, VaultLock, beside},
    migration, place,
    secret::{Passphrase, VaultKey},
    slots::{KeyFile, sync_folder},
    table::{
        account::{self, Account},
        audit, bin, declaration, heads,
        meta::Unit,
        passphrase, release, search, text,
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

/// The people whose slots a key file's bytes have.
///
/// # Errors
/// [`OpenFault::NotAVault`] when they are no key file.
pub fn people_in(bytes: &[u8]) -> Result<Vec<String>, OpenFault> {
    KeyFile::parse(bytes)
        .map(|keys| keys.people())
        .map_err(|detail| OpenFault::NotAVault { detail })
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
        place::check(path)?;
        let (lock, _) = VaultLock::take(path, &holder(new.person, new.process, new.now))?;
        let key = VaultKey::draw()?;
        let mut keys = KeyFile::new(new.id, new.kind);
        keys.put(new.account, new.person, new.passphrase, &key)?;
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
            disabled_at: None,
            must_change: false,
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
        passphrase::remember(&change, me.id, new.passphrase, new.now)?;
        heads::ensure_key(&change, &new.id.to_string(), new.now)?;
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
        Ok(assembled(
            path,
            &keys,
            key,
            connection,
            me,
            Vec::new(),
            lock,
        ))
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
        let mut keys = readable(path, kind)?;
        let ((account_id, key, slot), failed) =
            attempts::guarded(path, person, now, || keys.unwrap_at(person, passphrase))?;
        let (lock, killed) = VaultLock::take(path, &holder(person, process, now))?;
        let mut connection = unlocked(path, &keys, &key)?;
        let me = account::all(&connection)?
            .into_iter()
            .find(|account| account.id == account_id && account.disabled_at.is_none())
            .ok_or(OpenFault::Refused)?;
        let recovered = put_in_order(&mut connection, path, killed, failed, now)?;
        let change = connection.transaction()?;
        heads::ensure_key(&change, &keys.vault.to_string(), now)?;
        if passphrase::set_at(&change, me.id)?.is_none() {
            passphrase::remember(&change, me.id, passphrase, now)?;
        }
        // A change that was cut short left two slots; the one that was just used is meant.
        if keys.keep(person, slot) {
            keys.write(path)?;
        }
        let detail = match failed {
            0 => String::new(),
            count => format!("after {count} wrong passphrases"),
        };
        let id = keys.vault.to_string();
        audit::append(&change, now, &me.name, "vault.open", &id, &detail)?;
        change.commit()?;
        Ok(assembled(path, &keys, key, connection, me, recovered, lock))
    }

    /// Opens a vault with the code of its recovery sheet and gives an administrator a new
    /// passphrase. The sheet stays good until another one is printed.
    ///
    /// # Errors
    /// [`OpenFault::Refused`] for a wrong code or a person who is no administrator; else as for
    /// [`Vault::open`]. The vault is as it was.
    pub fn recover(
        path: &Path,
        kind: VaultKind,
        person: &str,
        code: &Passphrase,
        new: &Passphrase,
        process: u32,
        now: Moment,
    ) -> Result<Vault, OpenFault> {
        let mut keys = readable(path, kind)?;
        let (key, failed) = attempts::guarded(path, RECOVERY, now, || keys.unwrap_recovery(code))?;
        let (lock, killed) = VaultLock::take(path, &holder(person, process, now))?;
        let mut connection = unlocked(path, &keys, &key)?;
        let me = account::all(&connection)?
            .into_iter()
            .find(|account| account.name == person && account.is(Role::SystemAdministrator))
            .ok_or(OpenFault::Refused)?;
        let recovered = put_in_order(&mut connection, path, killed, failed, now)?;
        let change = connection.transaction()?;
        heads::ensure_key(&change, &keys.vault.to_string(), now)?;
        passphrase::remember(&change, me.id, new, now)?;
        account::set_must_change(&change, me.id, false)?;
        account::set_disabled(&change, me.id, None)?;
        let id = keys.vault.to_string();
        audit::append(&change, now, &me.name, "recovery.use", &id, "")?;
        keys.put(me.id, &me.name, new, &key)?;
        keys.write(path)?;
        change.commit()?;
        Ok(assembled(path, &keys, key, connection, me, recovered, lock))
    }
}

fn assembled(
    path: &Path,
    keys: &KeyFile,
    key: VaultKey,
    connection: Connection,
    me: Account,
    recovered: Vec<Recovery>,
    lock: VaultLock,
) -> Vault {
    Vault(Arc::new(Inner {
        connection: Mutex::new(connection),
        me,
        kind: keys.kind,
        id: keys.vault,
        path: path.to_owned(),
        key,
        recovered,
        lock,
    }))
}

/// The name that wrong codes of the recovery sheet are counted under; no person can have it.
const RECOVERY: &str = "\u{1}recovery";

/// The key file of a vault that this edition may open here.
pub(super) fn readable(path: &Path, kind: VaultKind) -> Result<KeyFile, OpenFault> {
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
    place::check(path)?;
    Ok(keys)
}

/// The database with its newest schema, and that it is the key file's.
fn unlocked(path: &Path, keys: &KeyFile, key: &VaultKey) -> Result<Connection, OpenFault> {
    let mut connection = connect(path, key)?;
    migration::migrate(&mut connection)?;
    belongs(&connection, keys)?;
    Ok(connection)
}

pub(super) fn belongs(connection: &Connection, keys: &KeyFile) -> Result<(), OpenFault> {
    let (id, kind): (String, String) =
        connection.query_row("SELECT vault_id, kind FROM meta", [], |row| {
            Ok((row.get(0)?, row.get(1)?))
        })?;
    if kind != keys.kind.code() || id != keys.vault.to_string() {
        return Err(OpenFault::NotAVault {
            detail: "the key file belongs to another vault".to_owned(),
        });
    }
    Ok(())
}

/// Puts in order what a crash, a cut power or an older program left, and tells of it.
fn put_in_order(
    connection: &mut Connection,
    path: &Path,
    killed: Option<Holder>,
    failed: u32,
    now: Moment,
) -> Result<Vec<Recovery>, OpenFault> {
    let mut recovered = Vec::new();
    if let Some(holder) = killed {
        recovered.push(Recovery::Unclean {
            person: holder.person,
            since: holder.since,
            last: declaration::last_saved(connection)?,
        });
    }
    let swept = release::sweep(connection, path)?;
    if swept > 0 {
        recovered.push(Recovery::InterruptedImports { count: swept });
    }
    if failed > 0 {
        recovered.push(Recovery::WrongPassphrases { count: failed });
    }
    bin::empty_expired(connection, now)?;
    search::catch_up(connection)?;
    Ok(recovered)
}

fn holder(person: &str, process: u32, since: Moment) -> Holder {
    Holder {
        person: person.to_owned(),
        process,
        since,
    }
}

/// Gives a connection its key and the size of the vault's pages.
pub(super) fn keyed(connection: &Connection, key: &VaultKey) -> Result<(), StoreFault> {
    connection.execute_batch(&key.pragma())?;
    connection.execute_batch(&format!("PRAGMA cipher_page_size = {PAGE_BYTES}"))?;
    Ok(())
}

/// Opens the encrypted database. FULL: a commit that was acknowledged survives a power cut;
/// no mmap, which with WAL has corrupted databases.
pub(super) fn connect(path: &Path, key: &VaultKey) -> Result<Connection, OpenFault> {
    let connection = Connection::open(path)?;
    keyed(&connection, key)?;
    connection.execute_batch(
        // 32 MiB of decrypted pages: a search reads the same ones again.
        "PRAGMA cache_size = -32768;
         PRAGMA temp_store = MEMORY;
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
