//! Signed heads of the audit chain: at every approval, package and backup the vault's own SM2 key
//! signs how far the chain went. A head that left the vault shows later that nothing before it
//! was written anew.

use super::{audit::AuditHead, text};
use crate::fault::StoreFault;
use luguo_domain::Moment;
use luguo_sealed::{Certificate, SigningKey, self_signed_certificate, sign as sm2_sign, verify};
use rusqlite::{Connection, params};
use serde::Serialize;
use serde_json::json;

/// Seconds that the vault's certificate is good for: thirty years, longer than any term of the
/// notice.
const TERM: u64 = 30 * 365 * 86_400;

/// A head with its signature.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SignedHead {
    /// Number of the last record.
    pub seq: u64,
    /// Its hash.
    pub hash: String,
    /// The action that it was signed at, such as `review.approve`.
    pub occasion: String,
    /// What that was done to: an id.
    pub subject: String,
    /// When, RFC 3339.
    pub at: String,
    /// The vault's certificate, PEM.
    pub certificate_pem: String,
    /// SM2 signature with SM3 over [`SignedHead::message`], DER, as hexadecimal digits.
    pub signature: String,
}

impl SignedHead {
    /// What is signed: canonical JSON (RFC 8785) of the other fields but for the certificate.
    pub fn message(&self) -> Vec<u8> {
        message(
            &self.at,
            &self.hash,
            &self.occasion,
            self.seq,
            &self.subject,
        )
    }
}

fn message(at: &str, hash: &str, occasion: &str, seq: u64, subject: &str) -> Vec<u8> {
    serde_json_canonicalizer::to_vec(&json!({
        "at": at, "hash": hash, "occasion": occasion, "seq": seq, "subject": subject,
    }))
    .expect("strings and an integer are JSON")
}

/// Makes the vault's key unless it has one.
pub(crate) fn ensure_key(
    connection: &Connection,
    vault: &str,
    now: Moment,
) -> Result<(), StoreFault> {
    let there: bool =
        connection.query_row("SELECT EXISTS (SELECT 1 FROM signing_key)", [], |row| {
            row.get(0)
        })?;
    if there {
        return Ok(());
    }
    let unmade = |fault: &dyn std::fmt::Display| StoreFault::Database {
        detail: format!("the vault's signing key: {fault}"),
    };
    let key = SigningKey::generate().map_err(|fault| unmade(&fault))?;
    let since = now.timestamp().max(0).cast_unsigned();
    let certificate = self_signed_certificate(&key, &format!("LuGuo {vault}"), since, since + TERM)
        .and_then(|certificate| certificate.to_pem())
        .map_err(|fault| unmade(&fault))?;
    let pem = key
        .dangerously_to_pkcs8_pem()
        .map_err(|fault| unmade(&fault))?;
    connection.execute(
        "INSERT INTO signing_key (one, private_pem, certificate_pem) VALUES (1, ?1, ?2)",
        params![pem.as_str(), certificate],
    )?;
    Ok(())
}

/// Signs a head inside the caller's transaction.
pub(crate) fn sign(
    connection: &Connection,
    head: &AuditHead,
    occasion: &str,
    subject: &str,
    now: Moment,
) -> Result<SignedHead, StoreFault> {
    let (pem, certificate_pem): (String, String) = connection.query_row(
        "SELECT private_pem, certificate_pem FROM signing_key",
        [],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )?;
    let pem = zeroize::Zeroizing::new(pem);
    let key = SigningKey::from_pkcs8_pem(&pem).map_err(|fault| StoreFault::Damaged {
        detail: format!("the vault's signing key: {fault}"),
    })?;
    let at = text::time(now);
    let signature = sm2_sign(&key, &message(&at, &head.hash, occasion, head.seq, subject));
    connection.execute(
        "INSERT INTO signed_head (seq, hash, occasion, subject, at, certificate_pem, signature)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        params![
            head.seq as i64,
            head.hash,
            occasion,
            subject,
            at,
            certificate_pem,
            signature
        ],
    )?;
    Ok(SignedHead {
        seq: head.seq,
        hash: head.hash.clone(),
        occasion: occasion.to_owned(),
        subject: subject.to_owned(),
        at,
        certificate_pem,
        signature: hex::encode(signature),
    })
}

/// Every signed head, the oldest first.
pub(crate) fn all(connection: &Connection) -> Result<Vec<SignedHead>, StoreFault> {
    let mut statement = connection.prepare(
        "SELECT seq, hash, occasion, subject, at, certificate_pem, signature FROM signed_head
         ORDER BY seq, occasion, subject",
    )?;
    let rows = statement.query_map([], |row| {
        Ok(SignedHead {
            seq: row.get::<_, i64>(0)?.cast_unsigned(),
            hash: row.get(1)?,
            occasion: row.get(2)?,
            subject: row.get(3)?,
            at: row.get(4)?,
            certificate_pem: row.get(5)?,
            signature: hex::encode(row.get::<_, Vec<u8>>(6)?),
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Whether the signature is that of the certificate beside it. That the certificate is the
/// vault's shows where one copy of it left the vault.
pub(crate) fn is_genuine(head: &SignedHead) -> bool {
    let signed = || -> Option<()> {
        let certificate = Certificate::from_pem(&head.certificate_pem).ok()?;
        let signature = hex::decode(&head.signature).ok()?;
        verify(&certificate, &head.message(), &signature).ok()
    };
    signed().is_some()
}
