//! Vaults that acceptance runs begin with.

use chrono::Utc;
use luguo_domain::{AccountId, Declaration, DeclarationId, Role, VaultKind};
use luguo_store::{NewVault, Passphrase, Unit, Vault};
use std::path::Path;
use uuid::Uuid;

/// A vault as the classified edition makes it.
///
/// # Panics
/// When it cannot be made.
pub fn classified_vault(path: &Path, person: &str, passphrase: &str) {
    drop(vault(path, VaultKind::Classified, person, passphrase));
}

/// An open vault with many declarations.
///
/// # Panics
/// When it cannot be made.
pub fn large_vault(path: &Path, person: &str, passphrase: &str, form: &Declaration, count: usize) {
    let vault = vault(path, VaultKind::Open, person, passphrase);
    for n in 0..count {
        let form = Declaration {
            name: format!("{} {n}", form.name),
            ..form.clone()
        };
        vault
            .create_declaration(DeclarationId(Uuid::now_v7()), &form, 100, Utc::now())
            .unwrap();
    }
}

fn vault(path: &Path, kind: VaultKind, person: &str, passphrase: &str) -> Vault {
    Vault::create(
        path,
        NewVault {
            kind,
            id: Uuid::now_v7(),
            unit: Unit {
                name: "青岛海洋装备研究院".to_owned(),
                direct_reporting: false,
                city: "370200".to_owned(),
            },
            account: AccountId(Uuid::now_v7()),
            person,
            roles: &[Role::Preparer, Role::SystemAdministrator],
            passphrase: &Passphrase::new(passphrase.to_owned()),
            process: std::process::id(),
            now: Utc::now(),
        },
    )
    .unwrap()
}
