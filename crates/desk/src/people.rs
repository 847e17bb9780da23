//! People of the vault: who they are, adding one, the rule for passphrases.

use crate::{desk::Desk, failure};
use luguo_domain::AccountId;
use luguo_ipc::{AccountAddRequest, AccountView, Failure, FailureCode, PersonView};
use luguo_store::{Account, Passphrase};
use uuid::Uuid;

/// Characters a passphrase needs at least.
const SHORTEST: usize = 10;
/// Of lower case, upper case, digits and others, so many at least.
const CLASSES: usize = 3;

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
    }
}

pub(crate) fn list(desk: &Desk) -> Result<Vec<AccountView>, Failure> {
    let accounts = desk.vault()?.accounts().map_err(failure::store)?;
    Ok(accounts.into_iter().map(view).collect())
}

/// Adds a person. Only the first person of the vault does, until officers have roles of their own.
pub(crate) fn add(desk: &Desk, request: AccountAddRequest) -> Result<AccountView, Failure> {
    let vault = desk.vault()?;
    let first = vault
        .accounts()
        .map_err(failure::store)?
        .first()
        .map(|account| account.id);
    if first != Some(vault.me().id) {
        return Err(Failure::new(
            FailureCode::Forbidden,
            "只有建立保管库的人可以添加人员。请由他登录后添加。",
        ));
    }
    let name = check_name(&request.name)?;
    check_passphrase(&request.passphrase)?;
    vault
        .add_account(
            AccountId(Uuid::now_v7()),
            &name,
            &[request.role],
            &Passphrase::new(request.passphrase),
            desk.now(),
        )
        .map(view)
        .map_err(failure::save)
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

/// The default rule: at least ten characters, three of four classes.
pub(crate) fn check_passphrase(text: &str) -> Result<(), Failure> {
    let has = |is: fn(char) -> bool| usize::from(text.chars().any(is));
    let classes = has(|c| c.is_lowercase())
        + has(|c| c.is_uppercase())
        + has(|c| c.is_ascii_digit())
        + has(|c| !c.is_ascii_alphanumeric());
    if text.chars().count() < SHORTEST || classes < CLASSES {
        return Err(Failure::new(
            FailureCode::Invalid,
            "密码至少 10 位，并包含大写字母、小写字母、数字、其他符号中的三种。",
        ));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_passphrase_has_ten_characters_of_three_classes() {
        for good in ["Abcdefghi1", "abcdefgh-1", "Hai-Yang-2026-shan"] {
            assert!(check_passphrase(good).is_ok(), "{good}");
        }
        for bad in ["", "Abcdefgh1", "abcdefghij", "Abcdefghij", "1234567890"] {
            assert!(check_passphrase(bad).is_err(), "{bad}");
        }
    }
}
