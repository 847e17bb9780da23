//! A vault in a temporary folder with a preparer and a reviewer.

use chrono::{TimeZone as _, Utc};
use luguo_domain::{
    AccountId, Declaration, DeclarationId, EvidenceId, Moment, PackageId, Role, VaultKind,
};
use luguo_store::{
    EvidenceSource, FrozenBytes, ImportFault, Imported, NewAccount, NewVault, OpenFault,
    Passphrase, Unit, Vault,
};
use std::{ops::ControlFlow, path::PathBuf};
use uuid::Uuid;

pub const PREPARER: &str = "王敏";
pub const REVIEWER: &str = "李国强";

pub fn now() -> Moment {
    Utc.with_ymd_and_hms(2026, 11, 5, 9, 30, 0).unwrap()
}

pub fn passphrase(person: &str) -> Passphrase {
    Passphrase::new(format!("{person}-Passphrase-1"))
}

pub struct Place {
    pub folder: tempfile::TempDir,
    pub path: PathBuf,
}

impl Place {
    pub fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("unit.luguo");
        Self { folder, path }
    }

    pub fn create(&self, kind: VaultKind) -> Vault {
        Vault::create(
            &self.path,
            NewVault {
                kind,
                id: Uuid::now_v7(),
                unit: Unit {
                    name: "青岛海洋装备研究院".to_owned(),
                    direct_reporting: false,
                    city: "370200".to_owned(),
                },
                account: AccountId(Uuid::now_v7()),
                person: PREPARER,
                roles: &[Role::Preparer, Role::SystemAdministrator],
                passphrase: &passphrase(PREPARER),
                process: 1,
                now: now(),
            },
        )
        .unwrap()
    }

    pub fn open(&self, kind: VaultKind, person: &str) -> Result<Vault, OpenFault> {
        Vault::open(&self.path, kind, person, &passphrase(person), 2, now())
    }

    /// An open vault with both people; the preparer is at work.
    pub fn unit(&self) -> Vault {
        let vault = self.create(VaultKind::Open);
        vault
            .add_account(
                &NewAccount {
                    id: AccountId(Uuid::now_v7()),
                    name: REVIEWER,
                    roles: &[Role::UnitReviewer],
                    passphrase: &passphrase(REVIEWER),
                    temporary: false,
                },
                now(),
            )
            .unwrap();
        vault
    }
}

pub fn draft(vault: &Vault, name: &str) -> DeclarationId {
    let id = DeclarationId(Uuid::now_v7());
    let form = Declaration {
        name: name.to_owned(),
        ..Declaration::default()
    };
    vault.create_declaration(id, &form, 10, now()).unwrap();
    id
}

pub fn attach(vault: &Vault, id: DeclarationId, name: &str, bytes: &[u8]) -> Imported {
    try_attach(vault, id, name, bytes).unwrap()
}

pub fn try_attach(
    vault: &Vault,
    id: DeclarationId,
    name: &str,
    bytes: &[u8],
) -> Result<Imported, ImportFault> {
    let mut reader = bytes;
    vault.import_evidence(
        id,
        EvidenceSource {
            id: EvidenceId(Uuid::now_v7()),
            title: name.to_owned(),
            file_name: format!("{name}.pdf"),
            media_type: "application/pdf".to_owned(),
            claims: Vec::new(),
            settles: None,
        },
        &mut reader,
        &mut |_| ControlFlow::Continue(()),
        now(),
    )
}

pub fn approve(vault: &Vault, id: DeclarationId, number: u32) -> PackageId {
    let package = PackageId(Uuid::now_v7());
    vault
        .approve(
            id,
            number,
            package,
            &|approved, head| FrozenBytes {
                package_json: head.as_bytes().to_vec(),
                declaration_json: approved.revision().digest().to_hex().into_bytes(),
                total: 64,
            },
            now(),
        )
        .unwrap();
    package
}
