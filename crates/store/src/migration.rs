//! Schema versions: all missing migrations in one transaction; a newer vault is refused.

use crate::fault::OpenFault;
use rusqlite::{Connection, TransactionBehavior};

const MIGRATIONS: &[&str] = &[
    include_str!("../migrations/V1__vault.sql"),
    include_str!("../migrations/V2__evidence_and_address_book.sql"),
    include_str!("../migrations/V3__elsewhere_and_undo.sql"),
    include_str!("../migrations/V4__trust.sql"),
    include_str!("../migrations/V5__reading.sql"),
    include_str!("../migrations/V6__scan.sql"),
    include_str!("../migrations/V7__received.sql"),
    include_str!("../migrations/V8__assigned.sql"),
    include_str!("../migrations/V9__rulings.sql"),
    include_str!("../migrations/V10__classified.sql"),
];

/// The newest schema version this program knows.
pub(crate) fn newest() -> u32 {
    MIGRATIONS.len() as u32
}

/// Brings the schema to the newest version, or leaves the vault as it is.
pub(crate) fn migrate(connection: &mut Connection) -> Result<(), OpenFault> {
    let found: u32 = connection.query_row("PRAGMA user_version", [], |row| row.get(0))?;
    if found > newest() {
        return Err(OpenFault::Newer {
            found,
            known: newest(),
        });
    }
    if found == newest() {
        return Ok(());
    }
    let change = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    for migration in &MIGRATIONS[found as usize..] {
        change.execute_batch(migration)?;
    }
    change.pragma_update(None, "user_version", newest())?;
    change.commit()?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use rusqlite::params;

    const SNAPSHOT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/snapshots/schema.sql");

    fn schema(connection: &Connection) -> String {
        let mut statement = connection
            .prepare("SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY type, name")
            .expect("a query");
        let rows: Vec<String> = statement
            .query_map([], |row| row.get(0))
            .expect("rows")
            .collect::<Result<_, _>>()
            .expect("texts");
        rows.join(";\n\n") + ";\n"
    }

    /// A change of the schema shows in a review; `UPDATE_SNAPSHOTS=1` writes the new one.
    #[test]
    fn the_schema_is_the_one_on_record() {
        let mut connection = Connection::open_in_memory().expect("a database");
        migrate(&mut connection).expect("migrations");
        let found = schema(&connection);
        if std::env::var_os("UPDATE_SNAPSHOTS").is_some() {
            std::fs::write(SNAPSHOT, &found).expect("a snapshot");
        }
        let known = std::fs::read_to_string(SNAPSHOT).expect("tests/snapshots/schema.sql");
        assert_eq!(
            found, known,
            "run with UPDATE_SNAPSHOTS=1 when this is meant"
        );
    }

    #[test]
    fn a_vault_of_the_first_version_keeps_every_row() {
        let mut connection = Connection::open_in_memory().expect("a database");
        connection.execute_batch(MIGRATIONS[0]).expect("V1");
        connection
            .pragma_update(None, "user_version", 1)
            .expect("a version");
        connection
            .execute_batch(
                "INSERT INTO account VALUES ('a', '王敏', '2026-11-05T09:30:00.000Z');
                 INSERT INTO account_role VALUES ('a', 'preparer');
                 INSERT INTO audit VALUES (1, 't', '王敏', 'vault.create', 'v', '', '0', 'h1');
                 INSERT INTO declaration VALUES ('d', 'draft', 3, '成果', '{}', '[]', 40, 'a', 0,
                    NULL, 't', 't');
                 INSERT INTO blob VALUES (1, 'x', 'y', 5, 1);
                 INSERT INTO blob_chunk VALUES (1, 1, 0, x'0102030405');
                 INSERT INTO evidence VALUES ('e', 'd', 1, '证书', '证书.pdf', 'application/pdf',
                    '[\"right:1\"]', 1, 't');",
            )
            .expect("rows");
        migrate(&mut connection).expect("every later version");
        let roles: String = connection
            .query_row(
                "SELECT group_concat(role, ',') FROM
                    (SELECT role FROM account_role WHERE account = 'a' ORDER BY role)",
                [],
                |row| row.get(0),
            )
            .expect("roles");
        assert_eq!(
            roles, "preparer,system-administrator",
            "who made it looks after it"
        );
        let tip: (i64, String, String) = connection
            .query_row(
                "SELECT audit_tip.seq, audit_tip.hash, algorithm FROM audit_tip
                 JOIN audit ON audit.seq = audit_tip.seq",
                [],
                |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)),
            )
            .expect("the tip");
        assert_eq!(tip, (1, "h1".to_owned(), "sha256".to_owned()));
        let row: (String, u32, Option<String>, Option<String>) = connection
            .query_row(
                "SELECT title, version, kind, merged_into FROM evidence
                 JOIN declaration ON declaration.id = evidence.declaration
                 WHERE evidence.id = ?1",
                params!["e"],
                |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)),
            )
            .expect("the row");
        assert_eq!(row, ("证书".to_owned(), 3, None, None));
        let bytes: Vec<u8> = connection
            .query_row("SELECT bytes FROM blob_chunk", [], |row| row.get(0))
            .expect("the chunk");
        assert_eq!(bytes, [1, 2, 3, 4, 5]);
    }
}
