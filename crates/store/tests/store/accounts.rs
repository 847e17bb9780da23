//! People: a second person opens the same vault; names are unique.

use crate::support::{PREPARER, Place, REVIEWER, now, passphrase};
use luguo_domain::{AccountId, Role, VaultKind};
use luguo_store::SaveFault;
use uuid::Uuid;

#[test]
fn each_person_opens_the_vault_with_an_own_passphrase() {
    let place = Place::new();
    drop(place.unit());
    let vault = place.open(VaultKind::Open, REVIEWER).unwrap();
    assert_eq!(vault.me().name, REVIEWER);
    assert!(vault.me().is(Role::UnitReviewer));
    assert!(!vault.me().is(Role::Preparer));
}

#[test]
fn a_name_is_taken_once() {
    let place = Place::new();
    let vault = place.unit();
    let again = vault.add_account(
        AccountId(Uuid::now_v7()),
        PREPARER,
        &[Role::UnitReviewer],
        &passphrase("other"),
        now(),
    );
    assert!(matches!(again.unwrap_err(), SaveFault::NameTaken));
    assert_eq!(vault.accounts().unwrap().len(), 2);
}
