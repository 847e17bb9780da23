//! People.

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
}

/// Adds a person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct AccountAddRequest {
    /// Name, unique in the vault.
    pub name: String,
    /// The role.
    pub role: Role,
    /// First passphrase.
    pub passphrase: String,
}
