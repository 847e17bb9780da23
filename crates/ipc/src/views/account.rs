//! People.

use crate::secret::Secret;
use luguo_domain::{AccountId, Role};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// The person at work.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct PersonView {
    /// Account.
    pub id: AccountId,
    /// Name.
    pub name: String,
    /// Roles held.
    pub roles: Vec<Role>,
}

/// One account on the list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct AccountView {
    /// Account.
    pub id: AccountId,
    /// Name.
    pub name: String,
    /// Roles held.
    pub roles: Vec<Role>,
    /// When it was made, RFC 3339.
    pub created_at: String,
    /// It opens the vault no more.
    pub disabled: bool,
    /// The passphrase is changed at the next opening.
    pub must_change: bool,
}

/// Adds a person.
#[derive(Debug, Deserialize, TS)]
pub struct AccountAddRequest {
    /// Name, unique in the vault.
    pub name: String,
    /// The roles.
    pub roles: Vec<Role>,
    /// First passphrase.
    #[ts(type = "string")]
    pub passphrase: Secret,
    /// Somebody else typed it: the person changes it at the first opening.
    #[serde(default)]
    pub temporary: bool,
}

/// Gives a person other roles.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct AccountRolesRequest {
    /// Account.
    pub id: AccountId,
    /// The roles from now on.
    pub roles: Vec<Role>,
}

/// Names a person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct AccountRequest {
    /// Account.
    pub id: AccountId,
}

/// Gives a person a passphrase that they change at once; two officers do it.
#[derive(Debug, Deserialize, TS)]
pub struct AccountResetRequest {
    /// Account.
    pub id: AccountId,
    /// The passphrase until then.
    #[ts(type = "string")]
    pub passphrase: Secret,
    /// Name of the security officer who agrees.
    pub officer: String,
    /// The officer's own passphrase.
    #[ts(type = "string")]
    pub officer_passphrase: Secret,
}

/// Changes one's own passphrase.
#[derive(Debug, Deserialize, TS)]
pub struct PassphraseChangeRequest {
    /// The one so far.
    #[ts(type = "string")]
    pub old: Secret,
    /// The one from now on.
    #[ts(type = "string")]
    pub new: Secret,
}
