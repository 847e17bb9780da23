//! People and their roles. The passphrases are in the key file, not here.

use super::{audit, passphrase, text};
use crate::{
    fault::{AccountFault, StoreFault},
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
    /// Since when it opens the vault no more; `None` while it does.
    pub disabled_at: Option<Moment>,
    /// Somebody else knows the passphrase: it is changed before anything else.
    pub must_change: bool,
}

/// A person about to be added.
#[derive(Debug)]
pub struct NewAccount<'a> {
    /// Identity.
    pub id: AccountId,
    /// Name, unique in the vault.
    pub name: &'a str,
    /// Roles, which go together by [`Role::check_together`].
    pub roles: &'a [Role],
    /// First passphrase.
    pub passphrase: &'a Passphrase,
    /// Whether somebody else knows it, so that the person changes it at the first opening.
    pub temporary: bool,
}

impl Account {
    /// Whether the person holds a role.
    pub fn is(&self, role: Role) -> bool {
        self.roles.contains(&role)
    }
}

pub(crate) fn insert(connection: &Connection, account: &Account) -> Result<(), StoreFault> {
    connection.execute(
        "INSERT INTO account (id, name, created_at, must_change) VALUES (?1, ?2, ?3, ?4)",
        params![
            account.id.to_string(),
            account.name,
            text::time(account.created_at),
            account.must_change
        ],
    )?;
    give(connection, account.id, &account.roles)
}

fn give(connection: &Connection, id: AccountId, roles: &[Role]) -> Result<(), StoreFault> {
    for role in roles {
        connection.execute(
            "INSERT INTO account_role (account, role) VALUES (?1, ?2)",
            params![id.to_string(), role.code()],
        )?;
    }
    Ok(())
}

pub(crate) fn set_must_change(
    connection: &Connection,
    id: AccountId,
    must: bool,
) -> Result<(), StoreFault> {
    connection.execute(
        "UPDATE account SET must_change = ?2 WHERE id = ?1",
        params![id.to_string(), must],
    )?;
    Ok(())
}

pub(crate) fn set_disabled(
    connection: &Connection,
    id: AccountId,
    since: Option<Moment>,
) -> Result<(), StoreFault> {
    connection.execute(
        "UPDATE account SET disabled_at = ?2 WHERE id = ?1",
        params![id.to_string(), since.map(text::time)],
    )?;
    Ok(())
}

pub(crate) fn all(connection: &Connection) -> Result<Vec<Account>, StoreFault> {
    let mut statement = connection.prepare_cached(
        "SELECT id, name, created_at,
                (SELECT group_concat(role, ',') FROM account_role WHERE account = account.id),
                disabled_at, must_change
         FROM account ORDER BY created_at, id",
    )?;
    let mut rows = statement.query([])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        let roles: Option<String> = row.get(3)?;
        let disabled: Option<String> = row.get(4)?;
        found.push(Account {
            id: text::read(&row.get::<_, String>(0)?)?,
            name: row.get(1)?,
            created_at: text::read_time(&row.get::<_, String>(2)?)?,
            roles: roles
                .unwrap_or_default()
                .split(',')
                .filter_map(Role::from_code)
                .collect(),
            disabled_at: disabled.as_deref().map(text::read_time).transpose()?,
            must_change: row.get(5)?,
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

    /// Adds a person with a key slot; the administrator does.
    ///
    /// # Errors
    /// [`AccountFault`]; nobody is added then.
    pub fn add_account(&self, new: &NewAccount<'_>, now: Moment) -> Result<Account, AccountFault> {
        self.administers()?;
        Role::check_together(new.roles, self.kind())?;
        let account = Account {
            id: new.id,
            name: new.name.to_owned(),
            roles: new.roles.to_vec(),
            created_at: now,
            disabled_at: None,
            must_change: new.temporary,
        };
        if self.accounts()?.iter().any(|other| other.name == new.name) {
            return Err(AccountFault::NameTaken);
        }
        let mut keys = KeyFile::read(self.path())?;
        keys.put(new.id, new.name, new.passphrase, self.key())?;
        self.change::<_, AccountFault>(|change| {
            insert(change, &account)?;
            passphrase::remember(change, new.id, new.passphrase, now)?;
            self.noted_account(change, "account.add", &account, now)?;
            // Written before the commit: a slot without an account opens nothing, an account
            // without a slot could never sign in.
            keys.write(self.path())?;
            Ok(())
        })?;
        Ok(account)
    }

    /// Gives a person other roles.
    ///
    /// # Errors
    /// [`AccountFault`]: no administrator at work, roles that do not go together, or nobody left
    /// to administer.
    pub fn set_roles(
        &self,
        id: AccountId,
        roles: &[Role],
        now: Moment,
    ) -> Result<Account, AccountFault> {
        self.administers()?;
        Role::check_together(roles, self.kind())?;
        self.change::<_, AccountFault>(|change| {
            let mut account = one(change, id)?;
            change.execute(
                "DELETE FROM account_role WHERE account = ?1",
                [id.to_string()],
            )?;
            give(change, id, roles)?;
            somebody_administers(change)?;
            account.roles = roles.to_vec();
            self.noted_account(change, "account.roles", &account, now)?;
            Ok(account)
        })
    }

    /// Keeps a person from opening the vault; their work and records stay. A reset lets them in
    /// again.
    ///
    /// # Errors
    /// [`AccountFault`]: no administrator at work, oneself, or nobody left to administer.
    pub fn disable_account(&self, id: AccountId, now: Moment) -> Result<Account, AccountFault> {
        self.administers()?;
        if id == self.me().id {
            return Err(AccountFault::Oneself);
        }
        let mut keys = KeyFile::read(self.path())?;
        let account = self.change::<_, AccountFault>(|change| {
            let mut account = one(change, id)?;
            set_disabled(change, id, Some(now))?;
            somebody_administers(change)?;
            account.disabled_at = Some(now);
            self.noted_account(change, "account.disable", &account, now)?;
            Ok(account)
        })?;
        keys.remove(&account.name);
        keys.write(self.path())?;
        Ok(account)
    }

    fn administers(&self) -> Result<(), AccountFault> {
        // Roles as they are now: another administrator may have taken this one's since the opening.
        if self
            .accounts()?
            .iter()
            .any(|account| account.id == self.me().id && account.is(Role::SystemAdministrator))
        {
            Ok(())
        } else {
            Err(AccountFault::NotAllowed)
        }
    }

    fn noted_account(
        &self,
        change: &Connection,
        action: &str,
        account: &Account,
        now: Moment,
    ) -> Result<(), StoreFault> {
        let roles: Vec<_> = account.roles.iter().map(|role| role.code()).collect();
        audit::append(
            change,
            now,
            &self.me().name,
            action,
            &account.id.to_string(),
            &format!("{} {}", account.name, roles.join(",")),
        )?;
        Ok(())
    }
}

fn one(connection: &Connection, id: AccountId) -> Result<Account, AccountFault> {
    all(connection)?
        .into_iter()
        .find(|account| account.id == id)
        .ok_or(AccountFault::NotFound)
}

fn somebody_administers(connection: &Connection) -> Result<(), AccountFault> {
    if all(connection)?
        .iter()
        .any(|account| account.is(Role::SystemAdministrator) && account.disabled_at.is_none())
    {
        Ok(())
    } else {
        Err(AccountFault::LastAdministrator)
    }
}
