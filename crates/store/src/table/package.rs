//! Frozen packages: the two records of an approved revision, exactly as they travel.

use super::text;
use crate::{fault::StoreFault, vault::Vault};
use luguo_domain::{DeclarationId, Moment, PackageId};
use rusqlite::{Connection, OptionalExtension as _, params};

/// The records of a package.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FrozenBytes {
    /// `data/package.json`.
    pub package_json: Vec<u8>,
    /// `data/declaration.json`.
    pub declaration_json: Vec<u8>,
    /// Bytes of all distinct contents together.
    pub total: u64,
}

/// A stored package.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PackageRow {
    /// Identity.
    pub id: PackageId,
    /// Its declaration.
    pub declaration: DeclarationId,
    /// Its revision.
    pub revision: u32,
    /// Its records.
    pub frozen: FrozenBytes,
}

pub(crate) fn insert(
    connection: &Connection,
    id: PackageId,
    declaration: DeclarationId,
    revision: u32,
    name: &str,
    frozen: &FrozenBytes,
    now: Moment,
) -> Result<(), StoreFault> {
    connection.execute(
        "INSERT INTO package (id, declaration, revision, name, package_json, declaration_json,
            total, created_at)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
        params![
            id.to_string(),
            declaration.to_string(),
            revision,
            name,
            frozen.package_json,
            frozen.declaration_json,
            frozen.total as i64,
            text::time(now)
        ],
    )?;
    Ok(())
}

fn find(
    connection: &Connection,
    condition: &str,
    value: &str,
) -> Result<Option<PackageRow>, StoreFault> {
    let row = connection
        .prepare_cached(&format!(
            "SELECT id, declaration, revision, package_json, declaration_json, total
             FROM package WHERE {condition} = ?1 ORDER BY revision DESC LIMIT 1"
        ))?
        .query_row([value], |row| {
            Ok((
                row.get::<_, String>(0)?,
                row.get::<_, String>(1)?,
                row.get(2)?,
                FrozenBytes {
                    package_json: row.get(3)?,
                    declaration_json: row.get(4)?,
                    total: row.get::<_, i64>(5)? as u64,
                },
            ))
        })
        .optional()?;
    row.map(|(id, declaration, revision, frozen)| {
        Ok(PackageRow {
            id: text::read(&id)?,
            declaration: text::read(&declaration)?,
            revision,
            frozen,
        })
    })
    .transpose()
}

impl Vault {
    /// One package.
    ///
    /// # Errors
    /// [`StoreFault`] when the vault cannot be read.
    pub fn package(&self, id: PackageId) -> Result<Option<PackageRow>, StoreFault> {
        self.read::<_, StoreFault>(|connection| find(connection, "id", &id.to_string()))
    }

    /// The package of a declaration's last approved revision.
    ///
    /// # Errors
    /// [`StoreFault`] when the vault cannot be read.
    pub fn package_of(&self, id: DeclarationId) -> Result<Option<PackageRow>, StoreFault> {
        self.read::<_, StoreFault>(|connection| find(connection, "declaration", &id.to_string()))
    }
}
