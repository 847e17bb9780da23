//! People and their roles. The passphrases are in the key file, not here.

use super::{audit, text};
use crate::{
    fault::{OpenFault, SaveFault, StoreFault},
    secret::Passphrase,
    slots::KeyFile,
    vault::Vault,
};
use luguo_domain::{AccountId, Moment, Role};
use rusqlite::{Connection, params};

/// One person's account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    /// Identity.
    pub id: AccountId,
    /// Name, unique in the vault.
    pub name: String,
    /// Roles held.
    pub roles: Vec<Role>,
    /// When it was made.
    pub created_at: Moment,
}

impl Account {
    /// Whether the person holds a role.
    pub fn is(&self, role: Role) -> bool {
        self.roles.contains(&role)
    }
}

pub(crate) fn insert(connection: &Connection, account: &Account) -> Result<(), StoreFault> {
    connection.execute(
        "INSERT INTO account (id, name, created_at) VALUES (?1, ?2, ?3)",
        params![
            account.id.to_string(),
            account.name,
            text::time(account.created_at)
        ],
    )?;
    for role in &account.roles {
        connection.execute(
            "INSERT INTO account_role (account, role) VALUES (?1, ?2)",
            params![account.id.to_string(), role.code()],
        )?;
    }
    Ok(())
}

pub(crate) fn all(connection: &Connection) -> Result<Vec<Account>, StoreFault> {
    let mut statement = connection.prepare_cached(
        "SELECT id, name, created_at,
                (SELECT group_concat(role, ',') FROM account_role WHERE account = account.id)
         FROM account ORDER BY created_at, id",
    )?;
    let mut rows = statement.query([])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        let roles: Option<String> = row.get(3)?;
        found.push(Account {
            id: text::read(&row.get::<_, String>(0)?)?,
            name: row.get(1)?,
            created_at: text::read_time(&row.get::<_, String>(2)?)?,
            roles: roles
                .unwrap_or_default()
                .split(',')
                .filter_map(Role::from_code)
                .collect(),
        });
    }
    Ok(found)
}

impl Vault {
    /// Everybody, the first person first.
    ///
    /// # Errors
    /// [`StoreFault`] when the vault cannot be read.
    pub fn accounts(&self) -> Result<Vec<Account>, StoreFault> {
        self.read(all)
    }

    /// Adds a person with a key slot.
    ///
    /// The slot is written first: a slot without an account opens nothing, an account without
    /// a slot could never sign in.
    ///
    /// # Errors
    /// [`SaveFault::NameTaken`], or the store's.
    pub fn add_account(
        &self,
        id: AccountId,
        name: &str,
        roles: &[Role],
        passphrase: &Passphrase,
        now: Moment,
    ) -> Result<Account, SaveFault> {
        let account = Account {
            id,
            name: name.to_owned(),
            roles: roles.to_vec(),
            created_at: now,
        };
        if self.accounts()?.iter().any(|other| other.name == name) {
            return Err(SaveFault::NameTaken);
        }
        let outside = |fault: OpenFault| {
            SaveFault::Store(match fault {
                OpenFault::Store(fault) => fault,
                OpenFault::Io(fault) if fault.kind() == std::io::ErrorKind::StorageFull => {
                    StoreFault::DiskFull
                }
                other => StoreFault::Database {
                    detail: other.to_string(),
                },
            })
        };
        let mut keys = KeyFile::read(self.path()).map_err(outside)?;
        keys.remove(name);
        keys.add(id, name, passphrase, self.key())
            .map_err(outside)?;
        keys.write(self.path()).map_err(outside)?;
        self.change::<_, SaveFault>(|change| {
            insert(change, &account)?;
            let roles: Vec<_> = roles.iter().map(|role| role.code()).collect();
            audit::append(
                change,
                now,
                &self.me().name,
                "account.add",
                &id.to_string(),
                &format!("{name} {}", roles.join(",")),
            )?;
            Ok(())
        })?;
        Ok(account)
    }
}
