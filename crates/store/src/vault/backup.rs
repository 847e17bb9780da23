//! Backups: a copy through SQLite's backup API under the vault's own key, read back before it gets
//! its name; and the way back into a file that is checked before it takes another one's place.
//!
//! A backup is a folder: `vault.luguo`, its key file, and `backup.json`, which names the files with
//! size and SHA-256 and carries a signed head of the audit chain. It opens with the passphrases of
//! the day it was made.

use super::{
    Vault,
    check::{VaultReport, everything},
    open::{belongs, connect, keyed, readable},
};
use crate::{
    fault::{BackupFault, StoreFault},
    lock::{VaultLock, beside},
    place,
    secret::{Passphrase, VaultKey},
    slots::{KeyFile, sync_folder},
    table::{heads::SignedHead, text},
};
use luguo_domain::{Moment, Sha256Digest, VaultKind};
use rusqlite::{
    Connection, OpenFlags,
    backup::{Backup, StepResult},
};
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use std::{
    fs::File,
    io::{Read as _, Write as _},
    ops::ControlFlow,
    path::{Path, PathBuf},
};
use uuid::Uuid;

const FORMAT: &str = "luguo.backup/1";
const VAULT: &str = "vault.luguo";
const RECORD: &str = "backup.json";
/// Pages copied between two looks at `progress`: 4 MiB.
const STEP: i32 = 256;

/// What a copy is at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BackupStage {
    /// Copying; in pages.
    Copying,
    /// Reading back; in bytes of evidence.
    Checking,
}

/// Told how far it is; may stop it.
pub type BackupProgress<'a> = &'a mut dyn FnMut(BackupStage, u64, u64) -> ControlFlow<()>;

/// A backup as it is on record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BackupRow {
    /// When.
    pub at: Moment,
    /// Name of its folder.
    pub name: String,
    /// Bytes of the copy.
    pub bytes: u64,
    /// Head of the audit chain that it carries.
    pub head: String,
}

/// `backup.json`.
#[derive(Debug, Serialize, Deserialize)]
struct Record {
    format: String,
    vault: Uuid,
    kind: VaultKind,
    unit: String,
    made_at: Moment,
    made_by: String,
    contents: u64,
    files: Vec<RecordFile>,
    /// As the export of the audit chain writes it.
    signed_head: serde_json::Value,
}

#[derive(Debug, Serialize, Deserialize)]
struct RecordFile {
    name: String,
    size: u64,
    sha256: Sha256Digest,
}

impl Vault {
    /// Makes a backup as a new folder `name` in the folder `into`; it has another name until it
    /// was read back whole.
    ///
    /// # Errors
    /// [`BackupFault`]; nothing of it is left then.
    pub fn backup(
        &self,
        into: &Path,
        name: &str,
        progress: BackupProgress<'_>,
        now: Moment,
    ) -> Result<BackupRow, BackupFault> {
        let finished = into.join(name);
        if finished.exists() {
            return Err(BackupFault::Exists);
        }
        place::check(&finished)?;
        let head = self.record_signed("backup.make", name, "", now)?;
        let unfinished = into.join(format!("{name}.unfinished"));
        std::fs::create_dir_all(&unfinished)?;
        let made = self.copy_to(&unfinished, &head, progress, now);
        let bytes = match made {
            Ok(bytes) => bytes,
            Err(fault) => {
                // Where even this fails, the name says that the folder is not whole.
                let _ = std::fs::remove_dir_all(&unfinished);
                // That it was begun is on record; on a full disk its end may not be.
                let _ = self.record("backup.fail", name, &fault.to_string(), now);
                return Err(fault);
            }
        };
        std::fs::rename(&unfinished, &finished)?;
        sync_folder(&finished)?;
        let row = BackupRow {
            at: now,
            name: name.to_owned(),
            bytes,
            head: head.hash,
        };
        self.change::<_, StoreFault>(|change| {
            change.execute(
                "INSERT INTO backup (at, name, bytes, head) VALUES (?1, ?2, ?3, ?4)",
                rusqlite::params![text::time(row.at), row.name, row.bytes as i64, row.head],
            )?;
            Ok(())
        })?;
        Ok(row)
    }

    /// The last backup that was made.
    ///
    /// # Errors
    /// [`StoreFault`] when the vault cannot be read.
    pub fn last_backup(&self) -> Result<Option<BackupRow>, StoreFault> {
        self.read::<_, StoreFault>(|connection| {
            let mut statement = connection
                .prepare("SELECT at, name, bytes, head FROM backup ORDER BY seq DESC LIMIT 1")?;
            let mut rows = statement.query([])?;
            let Some(row) = rows.next()? else {
                return Ok(None);
            };
            Ok(Some(BackupRow {
                at: text::read_time(&row.get::<_, String>(0)?)?,
                name: row.get(1)?,
                bytes: row.get::<_, i64>(2)?.cast_unsigned(),
                head: row.get(3)?,
            }))
        })
    }

    fn copy_to(
        &self,
        folder: &Path,
        head: &SignedHead,
        progress: BackupProgress<'_>,
        now: Moment,
    ) -> Result<u64, BackupFault> {
        let copy = folder.join(VAULT);
        // A connection of its own: forms are saved while the copy goes on.
        let source = connect(self.path(), self.key())?;
        copy_pages(&source, &copy, self.key(), progress)?;
        drop(source);
        let keys = KeyFile::read(self.path())?;
        keys.write(&copy)?;
        let report = read_back(&copy, &keys, self.key(), progress)?;
        let files = [copy.clone(), beside(&copy, "keys")]
            .iter()
            .map(|path| record_file(path))
            .collect::<Result<Vec<_>, _>>()?;
        let bytes = files.iter().map(|file| file.size).sum();
        let record = Record {
            format: FORMAT.to_owned(),
            vault: self.id(),
            kind: self.kind(),
            unit: self.unit()?.name,
            made_at: now,
            made_by: self.me().name.clone(),
            contents: report.contents,
            files,
            signed_head: serde_json::to_value(head)?,
        };
        let mut out = File::create(folder.join(RECORD))?;
        out.write_all(&serde_json::to_vec_pretty(&record)?)?;
        out.sync_all()?;
        File::open(&copy)?.sync_all()?;
        sync_folder(&copy)?;
        Ok(bytes)
    }
}

/// Copies one state of the vault, whatever is written to it meanwhile.
fn copy_pages(
    source: &Connection,
    to: &Path,
    key: &VaultKey,
    progress: BackupProgress<'_>,
) -> Result<(), BackupFault> {
    let mut target = Connection::open(to)?;
    keyed(&target, key)?;
    target.execute_batch("PRAGMA journal_mode = OFF; PRAGMA synchronous = FULL")?;
    // Held to the end: without it the copy would begin anew with every save.
    source.execute_batch("BEGIN; SELECT count(*) FROM meta")?;
    {
        let backup = Backup::new(source, &mut target)?;
        loop {
            let step = backup.step(STEP)?;
            let at = backup.progress();
            let (total, left) = (
                u64::from(at.pagecount.unsigned_abs()),
                u64::from(at.remaining.unsigned_abs()),
            );
            if progress(BackupStage::Copying, total.saturating_sub(left), total).is_break() {
                return Err(BackupFault::Cancelled);
            }
            match step {
                StepResult::Done => break,
                StepResult::More => {}
                // The only other writer is this program; it is done in a moment.
                _ => std::thread::sleep(std::time::Duration::from_millis(50)),
            }
        }
    }
    source.execute_batch("COMMIT")?;
    target
        .close()
        .map_err(|(_, fault)| StoreFault::from(fault))?;
    Ok(())
}

/// Opens a copy anew and reads all of it.
fn read_back(
    copy: &Path,
    keys: &KeyFile,
    key: &VaultKey,
    progress: BackupProgress<'_>,
) -> Result<VaultReport, BackupFault> {
    let connection = Connection::open_with_flags(copy, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
    keyed(&connection, key)?;
    belongs(&connection, keys)?;
    let mut stopped = false;
    let report = everything(&connection, &mut |done, total| {
        let go_on = progress(BackupStage::Checking, done, total);
        stopped |= go_on.is_break();
        go_on
    })?;
    connection
        .close()
        .map_err(|(_, fault)| StoreFault::from(fault))?;
    if stopped {
        return Err(BackupFault::Cancelled);
    }
    if !report.is_whole() {
        return Err(BackupFault::NotWhole {
            report: Box::new(report),
        });
    }
    Ok(report)
}

fn record_file(path: &Path) -> Result<RecordFile, BackupFault> {
    let mut file = File::open(path)?;
    let mut hasher = Sha256::new();
    let mut buffer = vec![0; 1 << 20];
    let mut size = 0;
    loop {
        let filled = file.read(&mut buffer)?;
        if filled == 0 {
            break;
        }
        hasher.update(&buffer[..filled]);
        size += filled as u64;
    }
    Ok(RecordFile {
        name: path
            .file_name()
            .map(|name| name.to_string_lossy().into_owned())
            .unwrap_or_default(),
        size,
        sha256: Sha256Digest(hasher.finalize().into()),
    })
}

/// Where a backup goes back to.
#[derive(Debug)]
pub struct Restore<'a> {
    /// The backup's folder.
    pub from: &'a Path,
    /// The vault's new place.
    pub to: &'a Path,
    /// Where the vault goes that stands at that place; nothing may stand there when absent.
    pub aside: Option<&'a Path>,
    /// The edition's kind.
    pub kind: VaultKind,
    /// Somebody who could open it when it was made.
    pub person: &'a str,
    /// Their passphrase then.
    pub passphrase: &'a Passphrase,
    /// This process, for the holder's name.
    pub process: u32,
    /// Now.
    pub now: Moment,
}

/// Brings a backup back: copies it beside its new place, reads it whole, and only then gives it
/// the place. The vault that stood there is kept under another name.
///
/// # Errors
/// [`BackupFault`]; what stood there stands there still.
pub fn restore(restore: &Restore<'_>, progress: BackupProgress<'_>) -> Result<(), BackupFault> {
    let from = restore.from.join(VAULT);
    let keys = readable(&from, restore.kind).map_err(|_| BackupFault::NotABackup)?;
    let record = std::fs::read(restore.from.join(RECORD))?;
    let record: Record = serde_json::from_slice(&record).map_err(|_| BackupFault::NotABackup)?;
    if record.format != FORMAT || record.vault != keys.vault {
        return Err(BackupFault::NotABackup);
    }
    if restore.to.exists() && restore.aside.is_none() {
        return Err(BackupFault::Exists);
    }
    if restore.aside.is_some_and(Path::exists) {
        return Err(BackupFault::Exists);
    }
    place::check(restore.to)?;
    let (_, key) = keys.unwrap(restore.person, restore.passphrase)?;
    let holder = crate::lock::Holder {
        person: restore.person.to_owned(),
        process: restore.process,
        since: restore.now,
    };
    let (_lock, _) = VaultLock::take(restore.to, &holder)?;
    let copy = beside(restore.to, "restored");
    let made = (|| {
        copy_file(&from, &copy, progress)?;
        for file in &record.files {
            let path = match file.name.as_str() {
                VAULT => copy.clone(),
                name => restore
                    .from
                    .join(Path::new(name).file_name().ok_or(BackupFault::NotABackup)?),
            };
            let found = record_file(&path)?;
            if found.sha256 != file.sha256 {
                return Err(BackupFault::Changed {
                    file: file.name.clone(),
                });
            }
        }
        read_back(&copy, &keys, &key, progress)?;
        Ok(())
    })();
    if let Err(fault) = made {
        for suffix in ["", "-wal", "-shm", "-journal"] {
            let mut name = copy.clone().into_os_string();
            name.push(suffix);
            let _ = std::fs::remove_file(name);
        }
        return Err(fault);
    }
    File::open(&copy)?.sync_all()?;
    if restore.to.exists()
        && let Some(aside) = restore.aside
    {
        step_aside(restore.to, aside)?;
    }
    keys.write(restore.to)?;
    std::fs::rename(&copy, restore.to)?;
    sync_folder(restore.to)?;
    Ok(())
}

/// Gives a vault that nobody uses another name, with its log where a crash left one. Its key file
/// is copied first: at no moment is there a vault without one.
fn step_aside(vault: &Path, aside: &Path) -> Result<(), BackupFault> {
    KeyFile::read(vault)?.write(aside)?;
    for suffix in ["-wal", "-shm"] {
        let named = |path: &Path| {
            let mut name = path.as_os_str().to_owned();
            name.push(suffix);
            PathBuf::from(name)
        };
        match std::fs::rename(named(vault), named(aside)) {
            Err(fault) if fault.kind() != std::io::ErrorKind::NotFound => {
                return Err(fault.into());
            }
            _ => {}
        }
    }
    std::fs::rename(vault, aside)?;
    sync_folder(aside)?;
    Ok(())
}

fn copy_file(from: &Path, to: &Path, progress: BackupProgress<'_>) -> Result<(), BackupFault> {
    let mut source = File::open(from)?;
    let total = source.metadata()?.len();
    let mut out = File::create(to)?;
    let mut buffer = vec![0; 4 << 20];
    let mut done = 0;
    loop {
        let filled = source.read(&mut buffer)?;
        if filled == 0 {
            break;
        }
        out.write_all(&buffer[..filled])?;
        done += filled as u64;
        if progress(BackupStage::Copying, done, total).is_break() {
            return Err(BackupFault::Cancelled);
        }
    }
    out.sync_all()?;
    Ok(())
}
