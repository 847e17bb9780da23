//! The vault: encrypted SQLite, migrations, one module a table, evidence blobs, audit chain, accounts.
