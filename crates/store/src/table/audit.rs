//! The audit chain: each record's hash covers the one before, in the same transaction as the
//! change it tells of.
//!
//! hash = SM3(previous hash, as 64 digits ‖ canonical JSON of seq, at, person, action, subject,
//! detail); SHA-256 in records from before the fourth version of the schema, each of which says
//! so. Autosaves are not records; what a person does on purpose is. The chain shows changed,
//! removed and swapped records, the tip shows a cut tail or an old copy of the table. Against
//! somebody who rewrites all of it stand the heads that were signed and left the vault: in
//! packages, receipts and backups (`heads`).

use super::{
    heads::{self, SignedHead},
    text,
};
use crate::{fault::StoreFault, vault::Vault};
use luguo_domain::{Moment, Sha256Digest, Sm3Digest};
use rusqlite::{Connection, OptionalExtension as _, params};
use serde::Serialize;
use serde_json::json;
use sm3::Digest as _;
use std::io::Write;

/// The digest of new records.
const ALGORITHM: &str = "sm3";
/// The hash before the first record.
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
    /// The last records are missing: the table was cut, or is an old copy.
    #[error("the records end at {found}, they went on to {expected}")]
    Cut {
        /// The last record that there was.
        expected: u64,
        /// The last record that is there.
        found: u64,
    },
    /// A head that was signed is not the chain's: the records up to there were written anew.
    #[error("the head that was signed at record {seq} is another one")]
    Head {
        /// Its record.
        seq: u64,
    },
}

impl AuditFault {
    /// The first record that cannot be trusted.
    pub fn seq(&self) -> u64 {
        match self {
            AuditFault::Gap { expected, .. } => *expected,
            AuditFault::Broken { seq } | AuditFault::Changed { seq } | AuditFault::Head { seq } => {
                *seq
            }
            AuditFault::Cut { found, .. } => found + 1,
        }
    }
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
    /// The hash; `None` for a digest that nobody knows.
    fn hash(&self, algorithm: &str, previous: &str) -> Option<String> {
        let mut bytes = previous.as_bytes().to_vec();
        bytes.extend(
            serde_json_canonicalizer::to_vec(self).expect("strings and an integer are JSON"),
        );
        match algorithm {
            "sm3" => Some(Sm3Digest(sm3::Sm3::digest(&bytes).into()).to_hex()),
            "sha256" => Some(Sha256Digest::of(&bytes).to_hex()),
            _ => None,
        }
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
    let hash = record
        .hash(ALGORITHM, &last.hash)
        .expect("new records have a known digest");
    connection
        .prepare_cached(
            "INSERT INTO audit (seq, at, person, action, subject, detail, previous, hash, algorithm)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
        )?
        .execute(params![
            record.seq as i64,
            record.at,
            person,
            action,
            subject,
            detail,
            last.hash,
            hash,
            ALGORITHM
        ])?;
    connection
        .prepare_cached("UPDATE audit_tip SET seq = ?1, hash = ?2")?
        .execute(params![record.seq as i64, hash])?;
    Ok(AuditHead {
        seq: record.seq,
        hash,
    })
}

/// Reads the end of the chain.
pub(crate) fn head(connection: &Connection) -> Result<AuditHead, StoreFault> {
    Ok(connection
        .prepare_cached("SELECT seq, hash FROM audit_tip")?
        .query_row([], |row| {
            Ok(AuditHead {
                seq: row.get::<_, i64>(0)? as u64,
                hash: row.get(1)?,
            })
        })?)
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

    /// What a record's subject is called now: a declaration, a piece of evidence, a person or a
    /// package; `None` for anything else, for what is gone, and for what the person may not know.
    ///
    /// # Errors
    /// [`StoreFault`] when the vault cannot be read.
    pub fn name_of(&self, subject: &str) -> Result<Option<String>, StoreFault> {
        self.read::<_, StoreFault>(|connection| {
            let found: Option<(String, Option<String>)> = connection
                .prepare_cached(
                    "SELECT name, id FROM declaration WHERE id = ?1
                     UNION ALL SELECT title, declaration FROM evidence WHERE id = ?1
                     UNION ALL SELECT name, NULL FROM account WHERE id = ?1
                     UNION ALL SELECT name, declaration FROM package WHERE id = ?1 LIMIT 1",
                )?
                .query_row([subject], |row| Ok((row.get(0)?, row.get(1)?)))
                .optional()?;
            match found {
                Some((name, None)) => Ok(Some(name)),
                Some((name, Some(of))) if self.knows(connection, text::read(&of)?)? => {
                    Ok(Some(name))
                }
                Some(_) | None => Ok(None),
            }
        })
    }

    /// Appends a record and signs the new head, for what leaves the vault.
    ///
    /// # Errors
    /// [`StoreFault`] when the vault cannot be written.
    pub fn record_signed(
        &self,
        action: &str,
        subject: &str,
        detail: &str,
        now: Moment,
    ) -> Result<SignedHead, StoreFault> {
        self.change::<_, StoreFault>(|change| {
            let head = append(change, now, &self.me().name, action, subject, detail)?;
            heads::sign(change, &head, action, subject, now)
        })
    }

    /// Verifies the chain from its first record.
    ///
    /// # Errors
    /// [`StoreFault`] when the vault cannot be read; a break is in the report.
    pub fn verify_audit(&self) -> Result<AuditReport, StoreFault> {
        self.read(verify)
    }

    /// Reads records, newest first, from before one when its number is given.
    ///
    /// # Errors
    /// [`StoreFault`] when the vault cannot be read.
    pub fn audit(&self, before: Option<u64>, limit: u32) -> Result<Vec<AuditRecord>, StoreFault> {
        self.read::<_, StoreFault>(|connection| {
            let mut statement = connection.prepare_cached(
                "SELECT seq, at, person, action, subject, detail, hash FROM audit
                 WHERE ?1 IS NULL OR seq < ?1 ORDER BY seq DESC LIMIT ?2",
            )?;
            let rows =
                statement.query_map(params![before.map(|seq| seq as i64), limit], |row| {
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

    /// Writes every record as JSON Lines, the oldest first: the fields that are hashed, then
    /// `previous`, `hash` and `algorithm`; after them a line for each signed head. Anybody can
    /// check chain and signatures without this program. Returns how many records there are.
    ///
    /// # Errors
    /// [`StoreFault`] when the vault cannot be read; inside, what the writer said.
    pub fn write_audit(&self, out: &mut dyn Write) -> Result<std::io::Result<u64>, StoreFault> {
        self.read::<_, StoreFault>(|connection| {
            let mut statement = connection.prepare(
                "SELECT seq, at, person, action, subject, detail, previous, hash, algorithm
                 FROM audit ORDER BY seq",
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
                    "algorithm": row.get::<_, String>(8)?,
                });
                if let Err(fault) = writeln!(out, "{line}") {
                    return Ok(Err(fault));
                }
                records += 1;
            }
            for head in heads::all(connection)? {
                if let Err(fault) = writeln!(out, "{}", json!({ "signed_head": head })) {
                    return Ok(Err(fault));
                }
            }
            Ok(Ok(records))
        })
    }
}

/// Reads the whole chain once; the first fault is what counts.
pub(crate) fn verify(connection: &Connection) -> Result<AuditReport, StoreFault> {
    let signed = heads::all(connection)?;
    let mut signed_at = signed.iter().peekable();
    let tip = head(connection)?;
    let mut statement = connection.prepare(
        "SELECT seq, at, person, action, subject, detail, previous, hash, algorithm FROM audit
         ORDER BY seq",
    )?;
    let mut rows = statement.query([])?;
    let mut head = AuditHead {
        seq: 0,
        hash: GENESIS.to_owned(),
    };
    let mut records = 0;
    let mut fault = None;
    while let Some(row) = rows.next()? {
        records += 1;
        if fault.is_some() {
            continue;
        }
        let seq = row.get::<_, i64>(0)?.cast_unsigned();
        let text = |column: usize| row.get_ref(column)?.as_str().map_err(rusqlite::Error::from);
        let hash = text(7)?;
        let hashed = Hashed {
            seq,
            at: text(1)?,
            person: text(2)?,
            action: text(3)?,
            subject: text(4)?,
            detail: text(5)?,
        }
        .hash(text(8)?, &head.hash);
        if seq != head.seq + 1 {
            fault = Some(AuditFault::Gap {
                expected: head.seq + 1,
                found: seq,
            });
        } else if text(6)? != head.hash {
            fault = Some(AuditFault::Broken { seq });
        } else if hashed.as_deref() != Some(hash) {
            fault = Some(AuditFault::Changed { seq });
        }
        while fault.is_none()
            && let Some(one) = signed_at.next_if(|one| one.seq <= seq)
        {
            if one.seq != seq || one.hash != hash || !heads::is_genuine(one) {
                fault = Some(AuditFault::Head { seq: one.seq });
            }
        }
        if fault.is_none() {
            head.seq = seq;
            hash.clone_into(&mut head.hash);
        }
    }
    if fault.is_none() {
        if let Some(one) = signed_at.next() {
            fault = Some(AuditFault::Cut {
                expected: one.seq,
                found: head.seq,
            });
        } else if tip != head {
            fault = Some(AuditFault::Cut {
                expected: tip.seq,
                found: head.seq,
            });
        }
    }
    Ok(AuditReport {
        records,
        head,
        fault,
    })
}
