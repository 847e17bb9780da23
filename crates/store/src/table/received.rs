//! Packages from outside: taken in whole, in one transaction, or not at all.

use super::{
    audit,
    blob::{self, StageFault, Staged},
    classification, knower, text,
};
use crate::{
    fault::{ImportFault, SaveFault, StoreFault},
    vault::Vault,
};
use luguo_domain::{
    AccountId, DeclarationId, Moment, PackageId, Role, Sha256Digest, VaultKind,
    evidence::EvidenceItem, release::Revision, secrecy::Classification,
};
use rusqlite::{OptionalExtension as _, params};
use std::{collections::BTreeMap, io::Read, ops::ControlFlow};

/// A verified package on its way in.
#[derive(Debug, Clone, Copy)]
pub struct NewReceived<'a> {
    /// The package.
    pub package: PackageId,
    /// The revision in it.
    pub revision: &'a Revision,
    /// The reporting unit.
    pub unit: &'a str,
    /// Who approved it there.
    pub approved_by: &'a str,
    /// The file it came in.
    pub file_name: &'a str,
    /// `data/package.json`.
    pub package_json: &'a [u8],
    /// `data/declaration.json`.
    pub declaration_json: &'a [u8],
    /// The mark that it came with; absent for what comes from an open vault.
    pub mark: Option<&'a Classification>,
    /// In a classified vault the people who may know; the person at work is one of them.
    pub knowers: &'a [AccountId],
}

/// A package that was taken in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReceivedPackage {
    /// The package.
    pub package: PackageId,
    /// The declaration at the reporting unit.
    pub declaration: DeclarationId,
    /// Its revision.
    pub revision: u32,
    /// 成果名称.
    pub name: String,
    /// The reporting unit.
    pub unit: String,
    /// Who approved it there.
    pub approved_by: String,
    /// The file it came in.
    pub file_name: String,
    /// When.
    pub received_at: Moment,
    /// Who took it in.
    pub received_by: String,
}

/// A package that was not taken in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RefusedPackage {
    /// Its number here.
    pub id: i64,
    /// The file.
    pub file_name: String,
    /// When it was looked at.
    pub seen_at: Moment,
    /// What is wrong, in sentences.
    pub faults: Vec<String>,
}

/// Where the contents of a package come from.
pub trait PackageContents {
    /// Hands out one content for reading.
    ///
    /// # Errors
    /// What the system says of the file.
    fn read(
        &mut self,
        sha256: Sha256Digest,
        take: &mut dyn FnMut(&mut dyn Read),
    ) -> std::io::Result<()>;
}

const COLUMNS: &str = "package, declaration, revision, received.name, unit, approved_by, file_name, \
    received_at, account.name";

fn read(row: &rusqlite::Row<'_>) -> Result<ReceivedPackage, StoreFault> {
    Ok(ReceivedPackage {
        package: text::read(&row.get::<_, String>(0)?)?,
        declaration: text::read(&row.get::<_, String>(1)?)?,
        revision: row.get(2)?,
        name: row.get(3)?,
        unit: row.get(4)?,
        approved_by: row.get(5)?,
        file_name: row.get(6)?,
        received_at: text::read_time(&row.get::<_, String>(7)?)?,
        received_by: row.get(8)?,
    })
}

impl Vault {
    /// Takes a verified package in: all contents, then one transaction. Anything that fails leaves
    /// nothing. The same package again changes nothing and answers `false`.
    ///
    /// # Errors
    /// [`ImportFault::Cancelled`], [`ImportFault::Read`] when a content is not the one that the
    /// package lists, and the vault's.
    pub fn receive(
        &self,
        new: &NewReceived<'_>,
        contents: &mut dyn PackageContents,
        progress: &mut dyn FnMut(u64) -> ControlFlow<()>,
        now: Moment,
    ) -> Result<bool, ImportFault> {
        if self.received_package(new.package)?.is_some() {
            return Ok(false);
        }
        let listed: BTreeMap<Sha256Digest, &EvidenceItem> = new
            .revision
            .evidence
            .iter()
            .map(|item| (item.sha256, item))
            .collect();
        let mut staged: Vec<Staged<'_>> = Vec::with_capacity(listed.len());
        let mut before = 0;
        for (sha256, item) in listed {
            let mut outcome = None;
            contents
                .read(sha256, &mut |reader| {
                    let mut told = |done: u64| progress(before + done);
                    outcome = Some(blob::stage(self, reader, &mut told));
                })
                .map_err(ImportFault::Read)?;
            let content = outcome
                .ok_or_else(|| ImportFault::Read(std::io::ErrorKind::NotFound.into()))?
                .map_err(|fault| match fault {
                    StageFault::Cancelled => ImportFault::Cancelled,
                    StageFault::Read(fault) => ImportFault::Read(fault),
                    StageFault::Store(fault) => ImportFault::Store(fault),
                })?;
            if content.sha256 != sha256 || content.sm3 != item.sm3 || content.size != item.size {
                // The medium gave other bytes than at the verification.
                return Err(ImportFault::Read(std::io::Error::new(
                    std::io::ErrorKind::InvalidData,
                    format!("the content {sha256} changed while it was read"),
                )));
            }
            before += content.size;
            staged.push(content);
        }
        self.change::<_, ImportFault>(|change| {
            change
                .execute(
                    "INSERT INTO received VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
                    params![
                        new.package.to_string(),
                        new.revision.declaration_id.to_string(),
                        new.revision.number,
                        new.revision.declaration.name,
                        new.unit,
                        new.approved_by,
                        new.file_name,
                        new.package_json,
                        new.declaration_json,
                        text::time(now),
                        self.me().id.to_string()
                    ],
                )
                .map_err(StoreFault::from)?;
            for content in &staged {
                let blob = blob::settle(change, content)?;
                change
                    .execute(
                        "INSERT OR IGNORE INTO received_blob VALUES (?1, ?2)",
                        params![new.package.to_string(), blob],
                    )
                    .map_err(StoreFault::from)?;
            }
            self.restrict(change, new, now)?;
            audit::append(
                change,
                now,
                &self.me().name,
                "package.receive",
                &new.package.to_string(),
                &format!("{} revision {}", new.unit, new.revision.number),
            )?;
            Ok(true)
        })
    }

    /// In a classified vault: keeps the mark that came with it, and who may know.
    fn restrict(
        &self,
        change: &rusqlite::Connection,
        new: &NewReceived<'_>,
        now: Moment,
    ) -> Result<(), StoreFault> {
        if self.kind() == VaultKind::Open {
            return Ok(());
        }
        let id = new.revision.declaration_id;
        let mut people = new.knowers.to_vec();
        people.push(self.me().id);
        classification::let_know(change, id, &people)?;
        if let Some(mark) = new.mark {
            change.execute(
                "INSERT INTO received_mark (package, declaration, revision, content)
                 VALUES (?1, ?2, ?3, ?4)",
                params![
                    new.package.to_string(),
                    id.to_string(),
                    new.revision.number,
                    serde_json::to_string(mark)?
                ],
            )?;
        } else {
            // One way: a classified vault writes no open package.
            audit::append(
                change,
                now,
                &self.me().name,
                "package.into_classified",
                &new.package.to_string(),
                new.unit,
            )?;
        }
        knower::note(change, id, &self.me().name, "", "接收成果包", now)
    }

    /// Who reads what came from outside: reviewers; in a classified vault those who may know.
    fn reads_received(&self) -> bool {
        self.kind() == VaultKind::Classified || self.me().is(Role::UnitReviewer)
    }

    /// Notes that a package was looked at and not taken in.
    ///
    /// # Errors
    /// [`StoreFault`] when the vault cannot be written.
    pub fn refuse_package(
        &self,
        file_name: &str,
        faults: &[String],
        now: Moment,
    ) -> Result<(), StoreFault> {
        self.change::<_, StoreFault>(|change| {
            change.execute(
                "INSERT INTO refused_package (file_name, seen_at, seen_by, faults)
                 VALUES (?1, ?2, ?3, ?4)",
                params![
                    file_name,
                    text::time(now),
                    self.me().id.to_string(),
                    serde_json::to_string(faults)?
                ],
            )?;
            audit::append(
                change,
                now,
                &self.me().name,
                "package.refuse",
                file_name,
                &faults.len().to_string(),
            )?;
            Ok(())
        })
    }

    /// Packages that were taken in, the newest first; none for who is no reviewer.
    ///
    /// # Errors
    /// [`StoreFault`] when the vault cannot be read.
    pub fn received_packages(&self) -> Result<Vec<ReceivedPackage>, StoreFault> {
        if !self.reads_received() {
            return Ok(Vec::new());
        }
        self.read(|connection| {
            let mut statement = connection.prepare_cached(&format!(
                "SELECT {COLUMNS} FROM received JOIN account ON account.id = received_by
                 ORDER BY received_at DESC, package"
            ))?;
            let mut rows = statement.query([])?;
            let mut found = Vec::new();
            while let Some(row) = rows.next()? {
                let package = read(row)?;
                if self.knows(connection, package.declaration)? {
                    found.push(package);
                }
            }
            Ok(found)
        })
    }

    /// One of them.
    ///
    /// # Errors
    /// [`StoreFault`] when the vault cannot be read.
    pub fn received_package(
        &self,
        package: PackageId,
    ) -> Result<Option<ReceivedPackage>, StoreFault> {
        self.read(|connection| {
            let mut statement = connection.prepare_cached(&format!(
                "SELECT {COLUMNS} FROM received JOIN account ON account.id = received_by
                 WHERE package = ?1"
            ))?;
            let mut rows = statement.query([package.to_string()])?;
            rows.next()?.map(read).transpose()
        })
    }

    /// The revisions of another unit's declaration that were taken in, the newest first, each with
    /// the package it came in; none for who is no reviewer.
    ///
    /// # Errors
    /// [`StoreFault`] when the vault cannot be read.
    pub fn received_revisions(
        &self,
        declaration: DeclarationId,
    ) -> Result<Vec<(ReceivedPackage, Revision, Vec<u8>)>, StoreFault> {
        if !self.reads_received() {
            return Ok(Vec::new());
        }
        self.read(|connection| {
            if !self.knows(connection, declaration)? {
                return Ok(Vec::new());
            }
            let mut statement = connection.prepare_cached(&format!(
                "SELECT {COLUMNS}, declaration_json, package_json
                 FROM received JOIN account ON account.id = received_by
                 WHERE declaration = ?1 ORDER BY revision DESC"
            ))?;
            let mut rows = statement.query([declaration.to_string()])?;
            let mut found = Vec::new();
            while let Some(row) = rows.next()? {
                let revision: Vec<u8> = row.get(9)?;
                found.push((read(row)?, serde_json::from_slice(&revision)?, row.get(10)?));
            }
            Ok(found)
        })
    }

    /// Packages that were looked at and not taken in, the newest first.
    ///
    /// # Errors
    /// [`StoreFault`] when the vault cannot be read.
    pub fn refused_packages(&self) -> Result<Vec<RefusedPackage>, StoreFault> {
        self.read(|connection| {
            let mut statement = connection.prepare_cached(
                "SELECT id, file_name, seen_at, faults FROM refused_package
                 WHERE seen_by = ?1 ORDER BY id DESC",
            )?;
            let mut rows = statement.query([self.me().id.to_string()])?;
            let mut found = Vec::new();
            while let Some(row) = rows.next()? {
                found.push(RefusedPackage {
                    id: row.get(0)?,
                    file_name: row.get(1)?,
                    seen_at: text::read_time(&row.get::<_, String>(2)?)?,
                    faults: serde_json::from_str(&row.get::<_, String>(3)?)?,
                });
            }
            Ok(found)
        })
    }

    /// Lets go of a package that was taken in, or of the note of one that was refused.
    ///
    /// # Errors
    /// [`SaveFault::NotFound`] when there is none.
    pub fn let_package_go(
        &self,
        package: Option<PackageId>,
        refused: Option<i64>,
        now: Moment,
    ) -> Result<(), SaveFault> {
        if !self.me().is(Role::UnitReviewer) {
            return Err(SaveFault::NotFound);
        }
        self.change::<_, SaveFault>(|change| {
            let mut gone = 0;
            if let Some(package) = package {
                let package = package.to_string();
                let known: Option<String> = change
                    .query_row(
                        "SELECT package FROM received WHERE package = ?1",
                        [&package],
                        |row| row.get(0),
                    )
                    .optional()?;
                if known.is_none() {
                    return Err(SaveFault::NotFound);
                }
                let blobs: Vec<i64> = change
                    .prepare("SELECT blob FROM received_blob WHERE package = ?1")?
                    .query_map([&package], |row| row.get(0))?
                    .collect::<Result<_, _>>()?;
                change.execute("DELETE FROM received_blob WHERE package = ?1", [&package])?;
                change.execute("DELETE FROM received_mark WHERE package = ?1", [&package])?;
                gone += change.execute("DELETE FROM received WHERE package = ?1", [&package])?;
                for id in blobs {
                    blob::drop_if_unused(change, id)?;
                }
                audit::append(change, now, &self.me().name, "package.let_go", &package, "")?;
            }
            if let Some(id) = refused {
                gone += change.execute(
                    "DELETE FROM refused_package WHERE id = ?1 AND seen_by = ?2",
                    params![id, self.me().id.to_string()],
                )?;
            }
            if gone == 0 {
                return Err(SaveFault::NotFound);
            }
            Ok(())
        })
    }
}
