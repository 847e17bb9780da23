//! The audit chain: each record's hash covers the one before, in the same transaction as the
//! change it tells of.
//!
//! hash = SHA-256(previous hash, as 64 digits ‖ canonical JSON of seq, at, person, action,
//! subject, detail). Autosaves are not records; what a person does on purpose is. A chain shows
//! changed, removed and swapped records; a cut tail shows only against a head that was anchored
//! elsewhere: in packages and receipts.

use super::text;
use crate::{fault::StoreFault, vault::Vault};
use luguo_domain::{Moment, Sha256Digest};
use rusqlite::{Connection, OptionalExtension as _, params};
use serde::Serialize;
use serde_json::json;
use std::io::Write;

const GENESIS: &str = "0000000000000000000000000000000000000000000000000000000000000000";

/// The end of the chain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuditHead {
    /// Number of the last record; 0 before the first.
    pub seq: u64,
    /// Its hash, 64 hexadecimal digits.
    pub hash: String,
}

/// One record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuditRecord {
    /// Number, from 1 without gaps.
    pub seq: u64,
    /// When.
    pub at: String,
    /// Who, by name.
    pub person: String,
    /// What was done.
    pub action: String,
    /// To what: an id.
    pub subject: String,
    /// What else matters.
    pub detail: String,
    /// Hash of this record.
    pub hash: String,
}

/// What verifying found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuditReport {
    /// Records read.
    pub records: u64,
    /// The end of the chain.
    pub head: AuditHead,
    /// The first break.
    pub fault: Option<AuditFault>,
}

/// How the chain breaks.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AuditFault {
    /// A number is missing or stands twice.
    #[error("record {expected} is missing, {found} follows")]
    Gap {
        /// The number that should follow.
        expected: u64,
        /// The number that does.
        found: u64,
    },
    /// The record does not continue the one before.
    #[error("record {seq} does not continue the one before")]
    Broken {
        /// Its number.
        seq: u64,
    },
    /// The record's content is not what was hashed.
    #[error("record {seq} was changed")]
    Changed {
        /// Its number.
        seq: u64,
    },
}

#[derive(Serialize)]
struct Hashed<'a> {
    seq: u64,
    at: &'a str,
    person: &'a str,
    action: &'a str,
    subject: &'a str,
    detail: &'a str,
}

impl Hashed<'_> {
    fn hash(&self, previous: &str) -> String {
        let mut bytes = previous.as_bytes().to_vec();
        bytes.extend(
            serde_json_canonicalizer::to_vec(self).expect("strings and an integer are JSON"),
        );
        Sha256Digest::of(&bytes).to_hex()
    }
}

/// Appends a record inside the caller's transaction and returns the new head.
pub(crate) fn append(
    connection: &Connection,
    now: Moment,
    person: &str,
    action: &str,
    subject: &str,
    detail: &str,
) -> Result<AuditHead, StoreFault> {
    let last = head(connection)?;
    let record = Hashed {
        seq: last.seq + 1,
        at: &text::time(now),
        person,
        action,
        subject,
        detail,
    };
    let hash = record.hash(&last.hash);
    connection
        .prepare_cached(
            "INSERT INTO audit (seq, at, person, action, subject, detail, previous, hash)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
        )?
        .execute(params![
            record.seq as i64,
            record.at,
            person,
            action,
            subject,
            detail,
            last.hash,
            hash
        ])?;
    Ok(AuditHead {
        seq: record.seq,
        hash,
    })
}

/// Reads the end of the chain.
pub(crate) fn head(connection: &Connection) -> Result<AuditHead, StoreFault> {
    let last = connection
        .prepare_cached("SELECT seq, hash FROM audit ORDER BY seq DESC LIMIT 1")?
        .query_row([], |row| {
            Ok(AuditHead {
                seq: row.get::<_, i64>(0)? as u64,
                hash: row.get(1)?,
            })
        })
        .optional()?;
    Ok(last.unwrap_or(AuditHead {
        seq: 0,
        hash: GENESIS.to_owned(),
    }))
}

impl Vault {
    /// The end of the audit chain.
    ///
    /// # Errors
    /// [`StoreFault`] when the vault cannot be read.
    pub fn audit_head(&self) -> Result<AuditHead, StoreFault> {
        self.read(head)
    }

    /// Appends a record of something that changes no table, such as an export.
    ///
    /// # Errors
    /// [`StoreFault`] when the vault cannot be written.
    pub fn record(
        &self,
        action: &str,
        subject: &str,
        detail: &str,
        now: Moment,
    ) -> Result<AuditHead, StoreFault> {
        self.change::<_, StoreFault>(|change| {
            append(change, now, &self.me().name, action, subject, detail)
        })
    }

    /// Verifies the chain from its first record.
    ///
    /// # Errors
    /// [`StoreFault`] when the vault cannot be read; a break is in the report.
    pub fn verify_audit(&self) -> Result<AuditReport, StoreFault> {
        self.read(verify)
    }

    /// Reads records, newest first.
    ///
    /// # Errors
    /// [`StoreFault`] when the vault cannot be read.
    pub fn audit(&self, limit: u32) -> Result<Vec<AuditRecord>, StoreFault> {
        self.read::<_, StoreFault>(|connection| {
            let mut statement = connection.prepare_cached(
                "SELECT seq, at, person, action, subject, detail, hash FROM audit
                 ORDER BY seq DESC LIMIT ?1",
            )?;
            let rows = statement.query_map([limit], |row| {
                Ok(AuditRecord {
                    seq: row.get::<_, i64>(0)? as u64,
                    at: row.get(1)?,
                    person: row.get(2)?,
                    action: row.get(3)?,
                    subject: row.get(4)?,
                    detail: row.get(5)?,
                    hash: row.get(6)?,
                })
            })?;
            Ok(rows.collect::<Result<_, _>>()?)
        })
    }
}

impl Vault {
    /// Writes every record as JSON Lines, the oldest first: the fields that are hashed, then
    /// `previous` and `hash`, so that anybody can check the chain without this program. Returns
    /// how many there are.
    ///
    /// # Errors
    /// [`StoreFault`] when the vault cannot be read; inside, what the writer said.
    pub fn write_audit(&self, out: &mut dyn Write) -> Result<std::io::Result<u64>, StoreFault> {
        self.read::<_, StoreFault>(|connection| {
            let mut statement = connection.prepare(
                "SELECT seq, at, person, action, subject, detail, previous, hash FROM audit
                 ORDER BY seq",
            )?;
            let mut rows = statement.query([])?;
            let mut records = 0;
            while let Some(row) = rows.next()? {
                let line = json!({
                    "seq": row.get::<_, i64>(0)?,
                    "at": row.get::<_, String>(1)?,
                    "person": row.get::<_, String>(2)?,
                    "action": row.get::<_, String>(3)?,
                    "subject": row.get::<_, String>(4)?,
                    "detail": row.get::<_, String>(5)?,
                    "previous": row.get::<_, String>(6)?,
                    "hash": row.get::<_, String>(7)?,
                });
                if let Err(fault) = writeln!(out, "{line}") {
                    return Ok(Err(fault));
                }
                records += 1;
            }
            Ok(Ok(records))
        })
    }
}

fn verify(connection: &Connection) -> Result<AuditReport, StoreFault> {
    let mut statement = connection.prepare(
        "SELECT seq, at, person, action, subject, detail, previous, hash FROM audit ORDER BY seq",
    )?;
    let mut rows = statement.query([])?;
    let mut head = AuditHead {
        seq: 0,
        hash: GENESIS.to_owned(),
    };
    let mut records = 0;
    let mut fault = None;
    while let Some(row) = rows.next()? {
        let seq = row.get::<_, i64>(0)? as u64;
        let (at, person, action, subject, detail): (String, String, String, String, String) = (
            row.get(1)?,
            row.get(2)?,
            row.get(3)?,
            row.get(4)?,
            row.get(5)?,
        );
        let (previous, hash): (String, String) = (row.get(6)?, row.get(7)?);
        records += 1;
        let hashed = Hashed {
            seq,
            at: &at,
            person: &person,
            action: &action,
            subject: &subject,
            detail: &detail,
        }
        .hash(&previous);
        if fault.is_none() {
            if seq != head.seq + 1 {
                fault = Some(AuditFault::Gap {
                    expected: head.seq + 1,
                    found: seq,
                });
            } else if previous != head.hash {
                fault = Some(AuditFault::Broken { seq });
            } else if hashed != hash {
                fault = Some(AuditFault::Changed { seq });
            }
        }
        head = AuditHead { seq, hash };
    }
    Ok(AuditReport {
        records,
        head,
        fault,
    })
}
