//! People: a second person opens the same vault; names are unique.

use crate::support::{PREPARER, Place, REVIEWER, now, passphrase};
use chrono::TimeDelta;
use luguo_domain::{AccountId, Role, VaultKind};
use luguo_store::{
    AccountFault, NewAccount, OpenFault, Passphrase, PassphraseChangeFault, Recovery, Vault,
};
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
        &NewAccount {
            id: AccountId(Uuid::now_v7()),
            name: PREPARER,
            roles: &[Role::UnitReviewer],
            passphrase: &passphrase("other"),
            temporary: false,
        },
        now(),
    );
    assert!(matches!(again.unwrap_err(), AccountFault::NameTaken));
    assert_eq!(vault.accounts().unwrap().len(), 2);
}

fn person(vault: &Vault, name: &str, roles: &[Role]) -> AccountId {
    vault
        .add_account(
            &NewAccount {
                id: AccountId(Uuid::now_v7()),
                name,
                roles,
                passphrase: &passphrase(name),
                temporary: false,
            },
            now(),
        )
        .unwrap()
        .id
}

fn refused(opened: Result<Vault, OpenFault>) -> bool {
    matches!(opened.unwrap_err(), OpenFault::Refused)
}

#[test]
fn only_an_administrator_changes_people_and_one_always_stays() {
    let place = Place::new();
    let vault = place.unit();
    let reviewer = vault.accounts().unwrap()[1].id;
    assert!(matches!(
        vault.set_roles(vault.me().id, &[Role::Preparer], now()),
        Err(AccountFault::LastAdministrator)
    ));
    assert!(matches!(
        vault.set_roles(reviewer, &[Role::Auditor, Role::UnitReviewer], now()),
        Err(AccountFault::Roles(_))
    ));
    assert!(matches!(
        vault.disable_account(vault.me().id, now()),
        Err(AccountFault::Oneself)
    ));
    drop(vault);
    let vault = place.open(VaultKind::Open, REVIEWER).unwrap();
    assert!(matches!(
        vault.set_roles(reviewer, &[Role::SystemAdministrator], now()),
        Err(AccountFault::NotAllowed)
    ));
}

#[test]
fn a_disabled_person_opens_nothing_until_two_officers_reset_the_passphrase() {
    let place = Place::new();
    let vault = place.unit();
    let reviewer = vault.accounts().unwrap()[1].id;
    person(&vault, "赵芳", &[Role::SecurityOfficer]);
    vault.disable_account(reviewer, now()).unwrap();
    drop(vault);
    assert!(refused(place.open(VaultKind::Open, REVIEWER)));

    let vault = place.open(VaultKind::Open, PREPARER).unwrap();
    let first = Passphrase::new("Temporary-2026".to_owned());
    let reset = |officer: &str, secret: &Passphrase| {
        vault.reset_passphrase(reviewer, &first, officer, secret, now())
    };
    assert!(matches!(
        reset(PREPARER, &passphrase(PREPARER)).unwrap_err(),
        PassphraseChangeFault::NoSecondOfficer
    ));
    assert!(matches!(
        reset("赵芳", &passphrase("x")).unwrap_err(),
        PassphraseChangeFault::Keys(OpenFault::Refused)
    ));
    reset("赵芳", &passphrase("赵芳")).unwrap();
    drop(vault);
    let opened = Vault::open(&place.path, VaultKind::Open, REVIEWER, &first, 3, now()).unwrap();
    assert!(opened.me().must_change, "two others know it");
    opened
        .change_passphrase(&first, &passphrase("new"), now())
        .unwrap();
    assert!(!opened.accounts().unwrap()[1].must_change);
}

#[test]
fn a_changed_passphrase_opens_and_none_of_the_last_five_is_taken_again() {
    let place = Place::new();
    let vault = place.unit();
    let word = |n: u32| Passphrase::new(format!("Passphrase-{n}-2026"));
    assert!(matches!(
        vault.change_passphrase(&word(9), &word(0), now()),
        Err(PassphraseChangeFault::Keys(OpenFault::Refused))
    ));
    vault
        .change_passphrase(&passphrase(PREPARER), &word(0), now())
        .unwrap();
    for n in 0..5 {
        for old in 0..=n {
            assert!(matches!(
                vault.change_passphrase(&word(n), &word(old), now()),
                Err(PassphraseChangeFault::Used)
            ));
        }
        vault
            .change_passphrase(&word(n), &word(n + 1), now())
            .unwrap();
    }
    vault.change_passphrase(&word(5), &word(0), now()).unwrap();
    drop(vault);
    assert!(refused(place.open(VaultKind::Open, PREPARER)));
    let opened = Vault::open(&place.path, VaultKind::Open, PREPARER, &word(0), 3, now());
    assert_eq!(opened.unwrap().me().name, PREPARER);
}

#[test]
fn five_wrong_passphrases_make_the_person_wait_a_quarter_of_an_hour() {
    let place = Place::new();
    drop(place.unit());
    let try_at = |minutes: i64, secret: &str| {
        Vault::open(
            &place.path,
            VaultKind::Open,
            REVIEWER,
            &passphrase(secret),
            3,
            now() + TimeDelta::minutes(minutes),
        )
    };
    for _ in 0..5 {
        assert!(refused(try_at(0, "wrong")));
    }
    let OpenFault::LockedOut { until } = try_at(14, REVIEWER).unwrap_err() else {
        panic!("the right one has to wait too");
    };
    assert_eq!(until, now() + TimeDelta::minutes(15));
    // Another person does not wait for it.
    drop(place.open(VaultKind::Open, PREPARER).unwrap());
    assert!(refused(try_at(15, "wrong")));
    let opened = try_at(16, REVIEWER).unwrap();
    assert_eq!(
        opened.recovered(),
        [Recovery::WrongPassphrases { count: 1 }]
    );
    let last = &opened.audit(None, 1).unwrap()[0];
    assert_eq!(last.detail, "after 1 wrong passphrases");
}

#[test]
fn the_recovery_sheet_gives_an_administrator_a_new_passphrase_and_a_new_sheet_voids_it() {
    let place = Place::new();
    let vault = place.unit();
    let (sheet, second) = (passphrase("sheet"), passphrase("second sheet"));
    vault.put_recovery(&sheet, now()).unwrap();
    assert_eq!(vault.policy().unwrap().recovery_sheet_at, Some(now()));
    drop(vault);
    let new = Passphrase::new("Found-again-2026".to_owned());
    let recover = |person: &str, code: &Passphrase| {
        Vault::recover(&place.path, VaultKind::Open, person, code, &new, 3, now())
    };
    assert!(refused(recover(PREPARER, &second)));
    assert!(refused(recover(REVIEWER, &sheet)), "no administrator");
    let vault = recover(PREPARER, &sheet).unwrap();
    vault.put_recovery(&second, now()).unwrap();
    drop(vault);
    assert!(refused(recover(PREPARER, &sheet)));
    let opened = Vault::open(&place.path, VaultKind::Open, PREPARER, &new, 3, now()).unwrap();
    let actions: Vec<_> = opened
        .audit(None, 10)
        .unwrap()
        .into_iter()
        .map(|record| record.action)
        .collect();
    assert!(actions.contains(&"recovery.use".to_owned()), "{actions:?}");
}

#[test]
fn secrets_never_show_themselves() {
    let text = format!("{:?}", passphrase("wang"));
    assert_eq!(text, "Passphrase(…)");
    let place = Place::new();
    let vault = place.unit();
    let shown = format!("{vault:?}");
    assert!(
        !shown.contains("key") && !shown.contains("Passphrase-1"),
        "{shown}"
    );
}
