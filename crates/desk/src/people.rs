//! People of the vault: who they are, adding one, their roles, a passphrase that was forgotten.

use crate::{care, desk::Desk, failure};
use luguo_domain::AccountId;
use luguo_ipc::{
    AccountAddRequest, AccountRequest, AccountResetRequest, AccountRolesRequest, AccountView,
    Failure, FailureCode, PersonView,
};
use luguo_store::{Account, NewAccount, Passphrase};
use uuid::Uuid;

pub(crate) fn person(account: &Account) -> PersonView {
    PersonView {
        id: account.id,
        name: account.name.clone(),
        roles: account.roles.clone(),
    }
}

fn view(account: Account) -> AccountView {
    AccountView {
        id: account.id,
        name: account.name,
        roles: account.roles,
        created_at: account.created_at.to_rfc3339(),
        disabled: account.disabled_at.is_some(),
        must_change: account.must_change,
    }
}

pub(crate) fn list(desk: &Desk) -> Result<Vec<AccountView>, Failure> {
    let accounts = desk.vault()?.accounts().map_err(failure::store)?;
    Ok(accounts.into_iter().map(view).collect())
}

/// Adds a person; the administrator does.
pub(crate) fn add(desk: &Desk, request: AccountAddRequest) -> Result<AccountView, Failure> {
    let vault = desk.vault()?;
    let name = check_name(&request.name)?;
    let policy = vault.policy().map_err(failure::store)?;
    care::check_passphrase(policy.passphrases, request.passphrase.as_str())?;
    vault
        .add_account(
            &NewAccount {
                id: AccountId(Uuid::now_v7()),
                name: &name,
                roles: &request.roles,
                passphrase: &Passphrase::new(request.passphrase.into_text()),
                temporary: request.temporary,
            },
            desk.now(),
        )
        .map(view)
        .map_err(failure::account)
}

pub(crate) fn roles(
    desk: &Desk,
    request: &AccountRolesRequest,
) -> Result<Vec<AccountView>, Failure> {
    desk.vault()?
        .set_roles(request.id, &request.roles, desk.now())
        .map_err(failure::account)?;
    list(desk)
}

pub(crate) fn disable(desk: &Desk, request: &AccountRequest) -> Result<Vec<AccountView>, Failure> {
    desk.vault()?
        .disable_account(request.id, desk.now())
        .map_err(failure::account)?;
    list(desk)
}

/// Two officers give a person a passphrase that the person changes at once.
pub(crate) fn reset(
    desk: &Desk,
    request: AccountResetRequest,
) -> Result<Vec<AccountView>, Failure> {
    let vault = desk.vault()?;
    let policy = vault.policy().map_err(failure::store)?;
    care::check_passphrase(policy.passphrases, request.passphrase.as_str())?;
    vault
        .reset_passphrase(
            request.id,
            &Passphrase::new(request.passphrase.into_text()),
            request.officer.trim(),
            &Passphrase::new(request.officer_passphrase.into_text()),
            desk.now(),
        )
        .map_err(failure::passphrase)?;
    list(desk)
}

/// A name that is not empty and fits a line.
pub(crate) fn check_name(name: &str) -> Result<String, Failure> {
    let name = name.trim();
    if name.is_empty() || name.chars().count() > 40 || name.chars().any(char::is_control) {
        return Err(Failure::new(
            FailureCode::Invalid,
            "请填写姓名，不超过 40 个字。",
        ));
    }
    Ok(name.to_owned())
}
