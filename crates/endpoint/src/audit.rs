//! The endpoint's own audit chain; its head goes out in every receipt.

use chrono::{DateTime, Utc};
use luguo_domain::Sha256Digest;
use rusqlite::{Connection, OptionalExtension as _, params};

/// Appends a record in the caller's transaction and returns its hash.
pub(crate) fn append(
    connection: &Connection,
    now: DateTime<Utc>,
    account: &str,
    action: &str,
    subject: &str,
) -> rusqlite::Result<String> {
    let last: Option<(i64, String)> = connection
        .query_row(
            "SELECT seq, hash FROM audit ORDER BY seq DESC LIMIT 1",
            [],
            |row| Ok((row.get(0)?, row.get(1)?)),
        )
        .optional()?;
    let (seq, previous) = last.unwrap_or((0, "0".repeat(64)));
    let at = now.to_rfc3339();
    let record = serde_json::json!({
        "seq": seq + 1, "at": at, "account": account, "action": action, "subject": subject,
    });
    let mut bytes = previous.clone().into_bytes();
    bytes.extend(
        serde_json_canonicalizer::to_vec(&record).expect("strings and an integer are JSON"),
    );
    let hash = Sha256Digest::of(&bytes).to_hex();
    connection.execute(
        "INSERT INTO audit (seq, at, account, action, subject, previous, hash)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        params![seq + 1, at, account, action, subject, previous, hash],
    )?;
    Ok(hash)
}
