//! The outbox: frozen → announced → uploading → committed → receipt verified, or waiting or
//! held with a reason. Each step is one transaction.

use super::{audit, text};
use crate::{fault::StoreFault, vault::Vault};
use luguo_domain::{DeclarationId, Moment, PackageId, Sha256Digest};
use rusqlite::{Connection, params};

/// The steps.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum OutboxStep {
    /// Frozen, not announced yet.
    Frozen,
    /// The endpoint knows the manifest.
    Announced,
    /// Bytes are on their way.
    Uploading,
    /// The endpoint answered the commit.
    Committed,
    /// The signed receipt is verified and stored.
    ReceiptVerified,
}

impl OutboxStep {
    const ALL: [OutboxStep; 5] = [
        OutboxStep::Frozen,
        OutboxStep::Announced,
        OutboxStep::Uploading,
        OutboxStep::Committed,
        OutboxStep::ReceiptVerified,
    ];

    /// The word in the vault.
    pub fn code(self) -> &'static str {
        match self {
            OutboxStep::Frozen => "frozen",
            OutboxStep::Announced => "announced",
            OutboxStep::Uploading => "uploading",
            OutboxStep::Committed => "committed",
            OutboxStep::ReceiptVerified => "receipt_verified",
        }
    }

    fn from_code(code: &str) -> Result<Self, StoreFault> {
        Self::ALL
            .into_iter()
            .find(|step| step.code() == code)
            .ok_or_else(|| text::damaged(code, &"no step"))
    }
}

/// One package on its way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutboxRow {
    /// Package.
    pub package: PackageId,
    /// Declaration.
    pub declaration: DeclarationId,
    /// 成果名称.
    pub name: String,
    /// Revision.
    pub revision: u32,
    /// Step.
    pub step: OutboxStep,
    /// Bytes at the endpoint.
    pub sent: u64,
    /// Bytes in all.
    pub total: u64,
    /// Code of the reason it waits or is held for.
    pub wait_code: Option<String>,
    /// The reason in a sentence.
    pub wait_message: Option<String>,
    /// Held: somebody has to act; not tried again by itself.
    pub held: bool,
    /// Tries in a row that failed.
    pub attempts: u32,
    /// Not to be tried before.
    pub next_try: Option<Moment>,
    /// Last change.
    pub changed_at: Moment,
}

/// An upload that has begun.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UploadRow {
    /// Content.
    pub sha256: Sha256Digest,
    /// Where it goes on.
    pub url: String,
    /// Bytes that the endpoint acknowledged.
    pub offset: u64,
}

impl Vault {
    /// Every package on its way, the newest first.
    ///
    /// # Errors
    /// [`StoreFault`] when the vault cannot be read.
    pub fn outbox(&self) -> Result<Vec<OutboxRow>, StoreFault> {
        self.read::<_, StoreFault>(|connection| {
            let mut statement = connection.prepare_cached(
                "SELECT package, declaration, name, revision, step, sent, total, wait_code,
                    wait_message, held, attempts, next_try, changed_at
                 FROM outbox JOIN package ON package.id = outbox.package
                 ORDER BY package.created_at DESC, package.id DESC",
            )?;
            let mut rows = statement.query([])?;
            let mut found = Vec::new();
            while let Some(row) = rows.next()? {
                found.push(OutboxRow {
                    package: text::read(&row.get::<_, String>(0)?)?,
                    declaration: text::read(&row.get::<_, String>(1)?)?,
                    name: row.get(2)?,
                    revision: row.get(3)?,
                    step: OutboxStep::from_code(&row.get::<_, String>(4)?)?,
                    sent: row.get::<_, i64>(5)? as u64,
                    total: row.get::<_, i64>(6)? as u64,
                    wait_code: row.get(7)?,
                    wait_message: row.get(8)?,
                    held: row.get(9)?,
                    attempts: row.get(10)?,
                    next_try: row
                        .get::<_, Option<String>>(11)?
                        .map(|time| text::read_time(&time))
                        .transpose()?,
                    changed_at: text::read_time(&row.get::<_, String>(12)?)?,
                });
            }
            Ok(found)
        })
    }

    /// Takes a step; what it waited for is over.
    ///
    /// # Errors
    /// [`StoreFault`] when the vault cannot be written.
    pub fn outbox_step(
        &self,
        package: PackageId,
        step: OutboxStep,
        sent: u64,
        now: Moment,
    ) -> Result<(), StoreFault> {
        self.change::<_, StoreFault>(|change| {
            change.execute(
                "UPDATE outbox SET step = ?2, sent = ?3, wait_code = NULL, wait_message = NULL,
                    held = 0, attempts = 0, next_try = NULL, changed_at = ?4 WHERE package = ?1",
                params![
                    package.to_string(),
                    step.code(),
                    sent as i64,
                    text::time(now)
                ],
            )?;
            audit::append(
                change,
                now,
                &self.me().name,
                "outbox.step",
                &package.to_string(),
                step.code(),
            )?;
            Ok(())
        })
    }

    /// Notes where an upload stands and how much of the package is there in all.
    ///
    /// # Errors
    /// [`StoreFault`] when the vault cannot be written.
    pub fn outbox_progress(
        &self,
        package: PackageId,
        upload: &UploadRow,
        sent: u64,
        now: Moment,
    ) -> Result<(), StoreFault> {
        self.change::<_, StoreFault>(|change| {
            change
                .prepare_cached(
                    "INSERT INTO outbox_upload (package, sha256, url, offset) VALUES (?1, ?2, ?3, ?4)
                     ON CONFLICT (package, sha256) DO UPDATE SET url = ?3, offset = ?4",
                )?
                .execute(params![
                    package.to_string(),
                    upload.sha256.to_hex(),
                    upload.url,
                    upload.offset as i64
                ])?;
            change
                .prepare_cached(
                    "UPDATE outbox SET sent = ?2, wait_code = NULL, wait_message = NULL,
                        attempts = 0, next_try = NULL, changed_at = ?3 WHERE package = ?1",
                )?
                .execute(params![package.to_string(), sent as i64, text::time(now)])?;
            Ok(())
        })
    }

    /// The uploads of a package that have begun.
    ///
    /// # Errors
    /// [`StoreFault`] when the vault cannot be read.
    pub fn outbox_uploads(&self, package: PackageId) -> Result<Vec<UploadRow>, StoreFault> {
        self.read::<_, StoreFault>(|connection| {
            let mut statement = connection.prepare_cached(
                "SELECT sha256, url, offset FROM outbox_upload WHERE package = ?1",
            )?;
            let mut rows = statement.query([package.to_string()])?;
            let mut found = Vec::new();
            while let Some(row) = rows.next()? {
                found.push(UploadRow {
                    sha256: text::read(&row.get::<_, String>(0)?)?,
                    url: row.get(1)?,
                    offset: row.get::<_, i64>(2)? as u64,
                });
            }
            Ok(found)
        })
    }

    /// Forgets an upload that the endpoint no longer knows, or that is complete.
    ///
    /// # Errors
    /// [`StoreFault`] when the vault cannot be written.
    pub fn outbox_forget_upload(
        &self,
        package: PackageId,
        sha256: Sha256Digest,
    ) -> Result<(), StoreFault> {
        self.change::<_, StoreFault>(|change| {
            change.execute(
                "DELETE FROM outbox_upload WHERE package = ?1 AND sha256 = ?2",
                params![package.to_string(), sha256.to_hex()],
            )?;
            Ok(())
        })
    }

    /// Lets a package wait with a reason until a time.
    ///
    /// # Errors
    /// [`StoreFault`] when the vault cannot be written.
    pub fn outbox_wait(
        &self,
        package: PackageId,
        code: &str,
        message: &str,
        next_try: Option<Moment>,
        now: Moment,
    ) -> Result<(), StoreFault> {
        self.change::<_, StoreFault>(|change| {
            note(change, package, code, message, false, next_try, now)
        })
    }

    /// Holds a package with a reason until somebody acts.
    ///
    /// # Errors
    /// [`StoreFault`] when the vault cannot be written.
    pub fn outbox_hold(
        &self,
        package: PackageId,
        code: &str,
        message: &str,
        now: Moment,
    ) -> Result<(), StoreFault> {
        self.change::<_, StoreFault>(|change| {
            note(change, package, code, message, true, None, now)?;
            audit::append(
                change,
                now,
                &self.me().name,
                "outbox.hold",
                &package.to_string(),
                code,
            )?;
            Ok(())
        })
    }

    /// Lets everything that waits be tried at once; held packages are tried again too, because
    /// somebody asked.
    ///
    /// # Errors
    /// [`StoreFault`] when the vault cannot be written.
    pub fn outbox_release(&self, now: Moment) -> Result<(), StoreFault> {
        self.change::<_, StoreFault>(|change| {
            change.execute(
                "UPDATE outbox SET held = 0, next_try = NULL, changed_at = ?1
                 WHERE step <> 'receipt_verified' AND (held = 1 OR next_try IS NOT NULL)",
                [text::time(now)],
            )?;
            Ok(())
        })
    }
}

fn note(
    connection: &Connection,
    package: PackageId,
    code: &str,
    message: &str,
    held: bool,
    next_try: Option<Moment>,
    now: Moment,
) -> Result<(), StoreFault> {
    connection.execute(
        "UPDATE outbox SET wait_code = ?2, wait_message = ?3, held = ?4, attempts = attempts + 1,
            next_try = ?5, changed_at = ?6 WHERE package = ?1",
        params![
            package.to_string(),
            code,
            message,
            held,
            next_try.map(text::time),
            text::time(now)
        ],
    )?;
    Ok(())
}
