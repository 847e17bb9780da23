//! The safe mode: a damaged vault opened for reading alone. It tells what can still be read and
//! what cannot, and gives the readable out.
//!
//! After one unreadable page SQLCipher refuses every further statement of a connection, so each
//! fault is followed by a new one; tables are read from both ends towards the damage.

use super::open::{keyed, readable};
use crate::{
    attempts,
    fault::OpenFault,
    secret::{Passphrase, VaultKey},
};
use luguo_domain::{
    Declaration, DeclarationId, Moment, Sha256Digest, VaultKind, release::Revision,
};
use rusqlite::{Connection, OpenFlags, Row};
use sha2::{Digest as _, Sha256};
use std::{
    collections::BTreeMap,
    io::Write,
    path::{Path, PathBuf},
};

/// A vault in safe mode.
pub struct Rescue {
    path: PathBuf,
    key: VaultKey,
    connection: Option<Connection>,
}

/// A declaration in safe mode.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RescuedDeclaration {
    /// Identity.
    pub id: DeclarationId,
    /// 成果名称; empty when it cannot be read.
    pub name: String,
    /// The working copy, or the last submitted revision where that one cannot be read.
    pub form: Option<Declaration>,
    /// Its evidence.
    pub evidence: Vec<RescuedEvidence>,
}

/// A piece of evidence in safe mode.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RescuedEvidence {
    /// Its title.
    pub title: String,
    /// Its file name.
    pub file_name: String,
    /// Its content's row.
    blob: i64,
}

/// What the safe mode found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Rescued {
    /// Declarations of which something can be read.
    pub declarations: Vec<RescuedDeclaration>,
    /// Tables of which a part cannot be read, by name.
    pub lost: Vec<String>,
}

impl Rescue {
    /// Opens a vault for reading alone; nothing of it is changed, not even its schema.
    ///
    /// # Errors
    /// [`OpenFault`]; [`OpenFault::Store`] when not even its first page can be read.
    pub fn open(
        path: &Path,
        kind: VaultKind,
        person: &str,
        passphrase: &Passphrase,
        now: Moment,
    ) -> Result<Self, OpenFault> {
        let keys = readable(path, kind)?;
        let ((_, key), _) =
            attempts::guarded(path, person, now, || keys.unwrap(person, passphrase))?;
        let connection = connect(path, &key)?;
        Ok(Self {
            path: path.to_owned(),
            key,
            connection: Some(connection),
        })
    }

    /// Tells what can be read.
    pub fn list(&mut self) -> Rescued {
        let mut lost = Vec::new();
        let mut found: BTreeMap<String, RescuedDeclaration> = BTreeMap::new();
        let entry = |id: String| -> Option<RescuedDeclaration> {
            Some(RescuedDeclaration {
                id: id.parse().ok()?,
                name: String::new(),
                form: None,
                evidence: Vec::new(),
            })
        };
        for (id, name, form) in self.both_ends("declaration", "id, name, form", &mut lost, |row| {
            Ok((
                row.get::<_, String>(0)?,
                row.get::<_, String>(1)?,
                row.get::<_, String>(2)?,
            ))
        }) {
            if let Some(mut declaration) = entry(id.clone()) {
                declaration.name = name;
                declaration.form = serde_json::from_str(&form).ok();
                found.insert(id, declaration);
            }
        }
        for (id, content) in self.both_ends("revision", "declaration, content", &mut lost, |row| {
            Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?))
        }) {
            let Ok(revision) = serde_json::from_str::<Revision>(&content) else {
                continue;
            };
            if !found.contains_key(&id)
                && let Some(declaration) = entry(id.clone())
            {
                found.insert(id.clone(), declaration);
            }
            if let Some(declaration) = found.get_mut(&id)
                && declaration.form.is_none()
            {
                declaration.name.clone_from(&revision.declaration.name);
                declaration.form = Some(revision.declaration);
            }
        }
        for (id, title, file_name, blob) in self.both_ends(
            "evidence",
            "declaration, title, file_name, blob",
            &mut lost,
            |row| {
                Ok((
                    row.get::<_, String>(0)?,
                    row.get::<_, String>(1)?,
                    row.get::<_, String>(2)?,
                    row.get::<_, i64>(3)?,
                ))
            },
        ) {
            if !found.contains_key(&id)
                && let Some(declaration) = entry(id.clone())
            {
                found.insert(id.clone(), declaration);
            }
            if let Some(declaration) = found.get_mut(&id) {
                declaration.evidence.push(RescuedEvidence {
                    title,
                    file_name,
                    blob,
                });
            }
        }
        Rescued {
            declarations: found.into_values().collect(),
            lost,
        }
    }

    /// Writes a piece of evidence out. `Ok(false)`: some of its bytes cannot be read, or are not
    /// those of its digest.
    ///
    /// # Errors
    /// What the writer says.
    pub fn write(
        &mut self,
        evidence: &RescuedEvidence,
        out: &mut dyn Write,
    ) -> std::io::Result<bool> {
        let id = evidence.blob;
        let expected = self.attempt(|connection| {
            connection.query_row(
                "SELECT size, sha256 FROM blob WHERE id = ?1 AND complete = 1",
                [id],
                |row| Ok((row.get::<_, i64>(0)?, row.get::<_, String>(1)?)),
            )
        });
        let Some((size, digest)) = expected else {
            return Ok(false);
        };
        let mut hasher = Sha256::new();
        let (mut position, mut written) = (0_i64, 0_i64);
        while written < size {
            let bytes = self.attempt(|connection| {
                connection.query_row(
                    "SELECT bytes FROM blob_chunk WHERE blob = ?1 AND position = ?2",
                    [id, position],
                    |row| row.get::<_, Vec<u8>>(0),
                )
            });
            let Some(bytes) = bytes.filter(|bytes| !bytes.is_empty()) else {
                return Ok(false);
            };
            hasher.update(&bytes);
            out.write_all(&bytes)?;
            written += bytes.len() as i64;
            position += 1;
        }
        Ok(digest.parse() == Ok(Sha256Digest(hasher.finalize().into())))
    }

    /// Reads a table from its beginning, and from its end where that stops.
    fn both_ends<T>(
        &mut self,
        table: &str,
        columns: &str,
        lost: &mut Vec<String>,
        read: impl Fn(&Row<'_>) -> rusqlite::Result<T>,
    ) -> Vec<T> {
        let mut found: BTreeMap<i64, T> = BTreeMap::new();
        for order in ["ASC", "DESC"] {
            let sql = format!("SELECT {columns}, rowid FROM {table} ORDER BY rowid {order}");
            let mut stopped = true;
            let done = self.attempt(|connection| {
                let mut statement = connection.prepare(&sql)?;
                let mut rows = statement.query([])?;
                let mut some = Vec::new();
                loop {
                    match rows.next() {
                        Ok(Some(row)) => {
                            let id: i64 = row.get("rowid")?;
                            if let Ok(value) = read(row) {
                                some.push((id, value));
                            }
                        }
                        Ok(None) => return Ok((some, true)),
                        Err(_) => return Ok((some, false)),
                    }
                }
            });
            if let Some((some, whole)) = done {
                found.extend(some);
                stopped = !whole;
            }
            if !stopped {
                break;
            }
            self.connection = None;
            if order == "ASC" {
                lost.push(table.to_owned());
            }
        }
        found.into_values().collect()
    }

    /// Runs one reading; after a fault the next has a new connection.
    fn attempt<T>(&mut self, read: impl FnOnce(&Connection) -> rusqlite::Result<T>) -> Option<T> {
        if self.connection.is_none() {
            self.connection = connect(&self.path, &self.key).ok();
        }
        match read(self.connection.as_ref()?) {
            Ok(value) => Some(value),
            Err(_) => {
                self.connection = None;
                None
            }
        }
    }
}

fn connect(path: &Path, key: &VaultKey) -> Result<Connection, OpenFault> {
    let connection = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
    // Damage is what this is for; it need not be told on the terminal page by page.
    connection.execute_batch("PRAGMA cipher_log_level = NONE")?;
    keyed(&connection, key)?;
    connection.query_row("SELECT count(*) FROM sqlite_master", [], |_| Ok(()))?;
    Ok(connection)
}
