//! Schema versions: all missing migrations in one transaction; a newer vault is refused.

use crate::fault::OpenFault;
use rusqlite::{Connection, TransactionBehavior};

const MIGRATIONS: &[&str] = &[include_str!("../migrations/V1__vault.sql")];

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
