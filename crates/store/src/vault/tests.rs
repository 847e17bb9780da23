//! What only the inside of a vault can arrange: a newer schema, a record changed behind the triggers.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use super::{NewVault, Vault};
use crate::{OpenFault, Passphrase, StoreFault, Unit};
use luguo_domain::{AccountId, Moment, Role, VaultKind};
use std::path::Path;
use uuid::Uuid;

fn passphrase() -> Passphrase {
    Passphrase::new("Passphrase-1".to_owned())
}

pub(super) fn make(path: &Path) -> Vault {
    Vault::create(
        path,
        NewVault {
            kind: VaultKind::Open,
            id: Uuid::now_v7(),
            unit: Unit::default(),
            account: AccountId(Uuid::now_v7()),
            person: "王敏",
            roles: &[Role::Preparer, Role::SystemAdministrator],
            passphrase: &passphrase(),
            process: 1,
            now: Moment::UNIX_EPOCH,
        },
    )
    .unwrap()
}

pub(super) fn open(path: &Path) -> Result<Vault, OpenFault> {
    Vault::open(
        path,
        VaultKind::Open,
        "王敏",
        &passphrase(),
        1,
        Moment::UNIX_EPOCH,
    )
}

pub(super) fn alter(vault: &Vault, sql: &str) {
    vault
        .read::<_, StoreFault>(|connection| Ok(connection.execute_batch(sql)?))
        .unwrap();
}

#[test]
fn a_vault_from_a_newer_version_is_refused_untouched() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("newer.luguo");
    let vault = make(&path);
    alter(&vault, "PRAGMA user_version = 99");
    drop(vault);
    let before = std::fs::read(&path).unwrap();
    assert!(matches!(
        open(&path).unwrap_err(),
        OpenFault::Newer {
            found: 99,
            known: 10
        }
    ));
    assert!(std::fs::read(&path).unwrap() == before, "a byte changed");
}

#[test]
fn every_way_of_tampering_with_the_audit_log_is_found() {
    for change in [
        "UPDATE audit SET person = '别人' WHERE seq = 2",
        "UPDATE audit SET at = '2020-01-01T00:00:00.000Z' WHERE seq = 3",
        "UPDATE audit SET detail = 'x' WHERE seq = 4",
        "UPDATE audit SET hash = previous WHERE seq = 4",
        "DELETE FROM audit WHERE seq = 1",
        "DELETE FROM audit WHERE seq = 3",
        "UPDATE audit SET seq = 100 WHERE seq = 2; UPDATE audit SET seq = 2 WHERE seq = 3;
         UPDATE audit SET seq = 3 WHERE seq = 100",
    ] {
        let folder = tempfile::tempdir().unwrap();
        let vault = make(&folder.path().join("unit.luguo"));
        for n in 0..4 {
            vault
                .record("test", &n.to_string(), "", Moment::UNIX_EPOCH)
                .unwrap();
        }
        assert_eq!(vault.verify_audit().unwrap().fault, None);
        alter(
            &vault,
            &format!("DROP TRIGGER audit_is_immutable; DROP TRIGGER audit_is_kept; {change}"),
        );
        assert!(vault.verify_audit().unwrap().fault.is_some(), "{change}");
    }
}

#[test]
fn records_refuse_to_be_changed_or_deleted() {
    let folder = tempfile::tempdir().unwrap();
    let vault = make(&folder.path().join("unit.luguo"));
    for change in [
        "UPDATE audit SET person = 'x'",
        "DELETE FROM audit",
        "UPDATE meta SET kind = 'classified'",
    ] {
        let refused: Result<(), StoreFault> =
            vault.read(|connection| Ok(connection.execute_batch(change)?));
        assert!(refused.is_err(), "{change}");
    }
}

#[test]
fn a_new_vault_can_give_freed_space_back_step_by_step() {
    let folder = tempfile::tempdir().unwrap();
    let vault = make(&folder.path().join("unit.luguo"));
    let mode: i64 = vault
        .read::<_, StoreFault>(|connection| {
            Ok(connection.query_row("PRAGMA auto_vacuum", [], |row| row.get(0))?)
        })
        .unwrap();
    assert_eq!(mode, 2, "incremental");
}

#[test]
fn the_schema_refuses_roles_that_do_not_go_together_and_a_decision_on_own_work() {
    let folder = tempfile::tempdir().unwrap();
    let vault = make(&folder.path().join("unit.luguo"));
    let me = vault.me().id;
    alter(
        &vault,
        &format!(
            "INSERT INTO account (id, name, created_at) VALUES ('a', '孙立', ''), ('b', '李国强', '');
             INSERT INTO account_role VALUES ('a', 'auditor'), ('b', 'unit-reviewer');
             INSERT INTO declaration (id, state, version, name, form, answers, completeness,
                prepared_by, created_at, changed_at) VALUES ('d', 'unit_review', 1, '', '{{}}', '[]',
                0, '{me}', '', '');
             INSERT INTO revision VALUES ('d', 1, '{{}}', '', '{me}', '');"
        ),
    );
    for (change, why) in [
        (
            "INSERT INTO account_role VALUES ('a', 'preparer')".to_owned(),
            "an auditor holds no other role",
        ),
        (
            "INSERT INTO account_role VALUES ('b', 'auditor')".to_owned(),
            "an auditor holds no other role",
        ),
        (
            format!("INSERT INTO account_role VALUES ('{me}', 'security-officer')"),
            "an administrator is no security officer",
        ),
        (
            "UPDATE account_role SET role = 'auditor' WHERE account = 'b'".to_owned(),
            "never rewritten",
        ),
        (
            format!("INSERT INTO decision VALUES (1, 'd', 1, '{{}}', '{me}', '{me}')"),
            "CHECK constraint failed",
        ),
        (
            // Saying that somebody else prepared it does not help.
            format!("INSERT INTO decision VALUES (1, 'd', 1, '{{}}', 'b', '{me}')"),
            "a decision names the preparer of its revision",
        ),
    ] {
        let refused: Result<(), StoreFault> =
            vault.read(|connection| Ok(connection.execute_batch(&change)?));
        let fault = refused.expect_err(&change).to_string();
        assert!(fault.contains(why), "{change}: {fault}");
    }
    alter(
        &vault,
        &format!("INSERT INTO decision VALUES (1, 'd', 1, '{{}}', '{me}', 'b')"),
    );
}

#[test]
fn a_change_of_passphrase_that_was_cut_short_locks_nobody_out() {
    use crate::slots::KeyFile;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("unit.luguo");
    let new = Passphrase::new("Another-2026".to_owned());
    for keeps_new in [true, false] {
        let _ = std::fs::remove_file(&path);
        let vault = make(&path);
        // The key file was written, and then the power went.
        let mut keys = KeyFile::read(&path).unwrap();
        keys.stage(vault.me().id, "王敏", &new, vault.key())
            .unwrap();
        keys.write(&path).unwrap();
        drop(vault);
        assert_eq!(crate::people(&path).unwrap(), ["王敏"], "one person");
        let with_new = || Vault::open(&path, VaultKind::Open, "王敏", &new, 1, Moment::UNIX_EPOCH);
        if keeps_new {
            drop(with_new().unwrap());
            assert!(matches!(open(&path).unwrap_err(), OpenFault::Refused));
        } else {
            drop(open(&path).unwrap());
            assert!(matches!(with_new().unwrap_err(), OpenFault::Refused));
        }
    }
}
