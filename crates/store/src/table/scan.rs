//! Pages that were scanned and wait to become one PDF: each is in the vault as soon as it is there.

use super::{audit, declaration, text};
use crate::{
    fault::{SaveFault, StoreFault},
    vault::Vault,
};
use luguo_domain::{DeclarationId, Moment, ScanPageId};
use rusqlite::{Connection, OptionalExtension as _, params};
use std::path::{Path, PathBuf};

/// A scanned page without its picture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ScanPage {
    /// Its identity.
    pub id: ScanPageId,
    /// Quarter turns clockwise.
    pub turn: u8,
    /// Left, top, width and height in ten-thousandths of the page as it was scanned.
    pub crop: Option<[u16; 4]>,
    /// Dots an inch; 0 when nobody knows.
    pub resolution: u16,
}

fn read(row: &rusqlite::Row<'_>) -> Result<ScanPage, StoreFault> {
    let crop: Option<String> = row.get(2)?;
    Ok(ScanPage {
        id: text::read(&row.get::<_, String>(0)?)?,
        turn: row.get(1)?,
        crop: crop.map(|crop| serde_json::from_str(&crop)).transpose()?,
        resolution: row.get(3)?,
    })
}

fn own(change: &Connection, vault: &Vault, id: DeclarationId) -> Result<(), SaveFault> {
    declaration::editable(change, id, vault.me().id).map(|_| ())
}

impl Vault {
    /// The pages that wait at a declaration, in their order.
    ///
    /// # Errors
    /// [`StoreFault`] when the vault cannot be read.
    pub fn scan_pages(&self, declaration: DeclarationId) -> Result<Vec<ScanPage>, StoreFault> {
        self.read(|connection| {
            if !self.knows(connection, declaration)? {
                return Ok(Vec::new());
            }
            let mut statement = connection.prepare_cached(
                "SELECT id, turn, crop, resolution FROM scan_page WHERE declaration = ?1
                 ORDER BY position, id",
            )?;
            let mut rows = statement.query([declaration.to_string()])?;
            let mut found = Vec::new();
            while let Some(row) = rows.next()? {
                found.push(read(row)?);
            }
            Ok(found)
        })
    }

    /// One page with its picture, as it was scanned.
    ///
    /// # Errors
    /// [`StoreFault`] when the vault cannot be read.
    pub fn scan_page(
        &self,
        declaration: DeclarationId,
        id: ScanPageId,
    ) -> Result<Option<(ScanPage, Vec<u8>)>, StoreFault> {
        self.read(|connection| {
            let mut statement = connection.prepare_cached(
                "SELECT id, turn, crop, resolution, picture FROM scan_page
                 WHERE declaration = ?1 AND id = ?2",
            )?;
            let mut rows = statement.query(params![declaration.to_string(), id.to_string()])?;
            match rows.next()? {
                Some(row) => Ok(Some((read(row)?, row.get(4)?))),
                None => Ok(None),
            }
        })
    }

    /// Keeps a page behind another one, or behind all.
    ///
    /// # Errors
    /// [`SaveFault`]: not one's own declaration, or not to be edited now.
    pub fn keep_scan_page(
        &self,
        declaration: DeclarationId,
        id: ScanPageId,
        behind: Option<ScanPageId>,
        resolution: u16,
        picture: &[u8],
        now: Moment,
    ) -> Result<(), SaveFault> {
        self.change::<_, SaveFault>(|change| {
            own(change, self, declaration)?;
            let at: Option<i64> = match behind {
                Some(behind) => change
                    .query_row(
                        "SELECT position FROM scan_page WHERE declaration = ?1 AND id = ?2",
                        params![declaration.to_string(), behind.to_string()],
                        |row| row.get(0),
                    )
                    .optional()?,
                None => None,
            };
            let at = match at {
                Some(at) => {
                    change.execute(
                        "UPDATE scan_page SET position = position + 1
                         WHERE declaration = ?1 AND position > ?2",
                        params![declaration.to_string(), at],
                    )?;
                    at + 1
                }
                None => change.query_row(
                    "SELECT ifnull(max(position), 0) + 1 FROM scan_page WHERE declaration = ?1",
                    [declaration.to_string()],
                    |row| row.get(0),
                )?,
            };
            change.execute(
                "INSERT INTO scan_page (id, declaration, position, resolution, scanned_at, picture)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
                params![
                    id.to_string(),
                    declaration.to_string(),
                    at,
                    resolution,
                    text::time(now),
                    picture
                ],
            )?;
            Ok(())
        })
    }

    /// Turns and crops a page; its picture stays as it was scanned.
    ///
    /// # Errors
    /// [`SaveFault`]: no such page of one's own.
    pub fn change_scan_page(
        &self,
        declaration: DeclarationId,
        id: ScanPageId,
        turn: u8,
        crop: Option<[u16; 4]>,
    ) -> Result<(), SaveFault> {
        self.change::<_, SaveFault>(|change| {
            own(change, self, declaration)?;
            let changed = change.execute(
                "UPDATE scan_page SET turn = ?3, crop = ?4 WHERE declaration = ?1 AND id = ?2",
                params![
                    declaration.to_string(),
                    id.to_string(),
                    turn % 4,
                    crop.map(|crop| serde_json::to_string(&crop)).transpose()?
                ],
            )?;
            if changed == 0 {
                return Err(SaveFault::NotFound);
            }
            Ok(())
        })
    }

    /// Puts the pages into an order; those not named stay behind.
    ///
    /// # Errors
    /// [`SaveFault`]: not one's own declaration.
    pub fn order_scan_pages(
        &self,
        declaration: DeclarationId,
        order: &[ScanPageId],
    ) -> Result<(), SaveFault> {
        self.change::<_, SaveFault>(|change| {
            own(change, self, declaration)?;
            change.execute(
                "UPDATE scan_page SET position = position + ?2 WHERE declaration = ?1",
                params![declaration.to_string(), order.len() as i64],
            )?;
            for (position, id) in (1_i64..).zip(order) {
                change.execute(
                    "UPDATE scan_page SET position = ?3 WHERE declaration = ?1 AND id = ?2",
                    params![declaration.to_string(), id.to_string(), position],
                )?;
            }
            Ok(())
        })
    }

    /// Removes pages: one, or all when they became evidence.
    ///
    /// # Errors
    /// [`SaveFault`]: not one's own declaration.
    pub fn drop_scan_pages(
        &self,
        declaration: DeclarationId,
        one: Option<ScanPageId>,
        now: Moment,
    ) -> Result<(), SaveFault> {
        self.change::<_, SaveFault>(|change| {
            own(change, self, declaration)?;
            let removed = change.execute(
                "DELETE FROM scan_page WHERE declaration = ?1 AND (?2 IS NULL OR id = ?2)",
                params![declaration.to_string(), one.map(|id| id.to_string())],
            )?;
            audit::append(
                change,
                now,
                &self.me().name,
                "scan.drop",
                &declaration.to_string(),
                &removed.to_string(),
            )?;
            Ok(())
        })
    }

    /// The folder that one's office scanner writes to, and since when it is watched.
    ///
    /// # Errors
    /// [`StoreFault`] when the vault cannot be read.
    pub fn scan_folder(&self) -> Result<Option<(PathBuf, Moment)>, StoreFault> {
        self.read(|connection| {
            let found: Option<(String, String)> = connection
                .prepare_cached("SELECT path, since FROM scan_folder WHERE account = ?1")?
                .query_row([self.me().id.to_string()], |row| {
                    Ok((row.get(0)?, row.get(1)?))
                })
                .optional()?;
            match found {
                Some((path, since)) => Ok(Some((path.into(), text::read_time(&since)?))),
                None => Ok(None),
            }
        })
    }

    /// Watches a folder from now on, or none.
    ///
    /// # Errors
    /// [`StoreFault`] when the vault cannot be written.
    pub fn watch_scan_folder(&self, path: Option<&Path>, now: Moment) -> Result<(), StoreFault> {
        self.change::<_, StoreFault>(|change| {
            let me = self.me().id.to_string();
            match path {
                Some(path) => change.execute(
                    "INSERT OR REPLACE INTO scan_folder VALUES (?1, ?2, ?3)",
                    params![me, path.to_string_lossy(), text::time(now)],
                )?,
                None => change.execute("DELETE FROM scan_folder WHERE account = ?1", [me])?,
            };
            Ok(())
        })
    }
}
