//! A unit's vault with approved packages, a clock that is set by hand, one pass.

use crate::fake::{BUREAU, FakeEndpoint, PASSWORD};
use chrono::{TimeDelta, TimeZone as _, Utc};
use luguo_domain::{
    AccountId, Declaration, DeclarationId, EvidenceId, Moment, PackageId, Role, VaultKind,
    claim::needed,
};
use luguo_package::freeze;
use luguo_store::{
    EvidenceSource, FrozenBytes, NewAccount, NewVault, OutboxRow, Passphrase, Unit, Vault,
};
use luguo_sync::{
    Jitter, Options, PullReport, RulingReport, RunReport, login, pull_once, rule_once, run_once,
};
use luguo_wire::ProvincialEndpoint;
use std::{
    ops::ControlFlow,
    path::PathBuf,
    sync::atomic::{AtomicI64, Ordering},
    time::Duration,
};
use uuid::Uuid;

pub const UNIT: &str = "青岛海洋装备研究院";
const PREPARER: &str = "王敏";
const REVIEWER: &str = "李国强";

pub struct Desk {
    _folder: tempfile::TempDir,
    path: PathBuf,
    vault: Option<Vault>,
    seconds: AtomicI64,
}

/// Always the longest wait.
struct Longest;

impl Jitter for Longest {
    fn between(&self, _low: Duration, high: Duration) -> Duration {
        high
    }
}

fn passphrase(person: &str) -> Passphrase {
    Passphrase::new(format!("{person}-Passphrase-1"))
}

impl Desk {
    pub fn new() -> Self {
        Self::of(VaultKind::Open)
    }

    pub fn of(kind: VaultKind) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("unit.luguo");
        let desk = Self {
            _folder: folder,
            path: path.clone(),
            vault: None,
            seconds: AtomicI64::new(0),
        };
        let vault = Vault::create(
            &path,
            NewVault {
                kind,
                id: Uuid::now_v7(),
                unit: Unit {
                    name: UNIT.to_owned(),
                    direct_reporting: false,
                    city: "370200".to_owned(),
                },
                account: AccountId(Uuid::now_v7()),
                person: PREPARER,
                roles: &[Role::Preparer, Role::SystemAdministrator],
                passphrase: &passphrase(PREPARER),
                process: 1,
                now: desk.now(),
            },
        )
        .unwrap();
        vault
            .add_account(
                &NewAccount {
                    id: AccountId(Uuid::now_v7()),
                    name: REVIEWER,
                    roles: &[Role::UnitReviewer],
                    passphrase: &passphrase(REVIEWER),
                    temporary: false,
                },
                desk.now(),
            )
            .unwrap();
        Self {
            vault: Some(vault),
            ..desk
        }
    }

    pub fn now(&self) -> Moment {
        Utc.with_ymd_and_hms(2026, 11, 5, 9, 30, 0).unwrap()
            + TimeDelta::seconds(self.seconds.load(Ordering::SeqCst))
    }

    /// Lets time pass: everything that waits for a time is due.
    pub fn later(&self) {
        self.seconds.fetch_add(2 * 60 * 60, Ordering::SeqCst);
    }

    pub fn vault(&self) -> &Vault {
        self.vault.as_ref().unwrap()
    }

    /// Closes the vault and opens it as another person, as after a restart.
    fn reopen(&mut self, person: &str) {
        self.vault = None;
        let vault = Vault::open(
            &self.path,
            VaultKind::Open,
            person,
            &passphrase(person),
            2,
            self.now(),
        )
        .unwrap();
        self.vault = Some(vault);
    }

    pub fn restart(&mut self) {
        self.reopen(PREPARER);
    }

    /// Submits and approves declarations with one piece of evidence each, in this order.
    pub fn approved(&mut self, evidence: &[&[u8]]) -> Vec<PackageId> {
        let forms = evidence
            .iter()
            .enumerate()
            .map(|(n, bytes)| {
                let form = Declaration {
                    name: format!("成果 {n}"),
                    ..Declaration::default()
                };
                (form, vec![*bytes])
            })
            .collect::<Vec<_>>();
        self.approve_forms(&forms)
    }

    pub fn approve_forms(&mut self, forms: &[(Declaration, Vec<&[u8]>)]) -> Vec<PackageId> {
        let mut ids = Vec::new();
        for (form, evidence) in forms {
            let id = DeclarationId(Uuid::now_v7());
            let vault = self.vault();
            vault.create_declaration(id, form, 100, self.now()).unwrap();
            for (n, bytes) in evidence.iter().enumerate() {
                let source = EvidenceSource {
                    id: EvidenceId(Uuid::now_v7()),
                    title: format!("证书 {n}"),
                    file_name: format!("证书 {n}.pdf"),
                    media_type: "application/pdf".to_owned(),
                    // Each piece proves everything: the rules are not what is tested here.
                    claims: needed(form).iter().map(|need| need.claim).collect(),
                    settles: None,
                };
                let mut reader = *bytes;
                vault
                    .import_evidence(
                        id,
                        source,
                        &mut reader,
                        &mut |_| ControlFlow::Continue(()),
                        self.now(),
                    )
                    .unwrap();
            }
            vault.submit(id, 1, self.now()).unwrap();
            ids.push(id);
        }
        self.reopen(REVIEWER);
        let packages = ids
            .into_iter()
            .map(|id| {
                let package = PackageId(Uuid::now_v7());
                let freeze = |approved: &_, head: &str| {
                    let frozen = freeze(approved, package, UNIT, head);
                    FrozenBytes {
                        total: frozen.total(),
                        package_json: frozen.package_json,
                        declaration_json: frozen.declaration_json,
                    }
                };
                self.vault()
                    .approve(id, 1, package, &freeze, self.now())
                    .unwrap();
                package
            })
            .collect();
        self.reopen(PREPARER);
        packages
    }

    pub async fn sign_in(&self, endpoint: &FakeEndpoint) {
        self.sign_in_as(endpoint, "a").await;
    }

    pub async fn sign_in_as(&self, endpoint: &FakeEndpoint, account: &str) {
        login(
            self.vault(),
            endpoint,
            "https://endpoint.example",
            account,
            PASSWORD,
            self.now(),
        )
        .await
        .unwrap();
    }

    /// Opens the vault as its reviewer.
    pub fn review(&mut self) {
        self.reopen(REVIEWER);
    }

    pub async fn pull(&self, endpoint: &dyn ProvincialEndpoint) -> PullReport {
        let options = Options {
            jitter: Box::new(Longest),
        };
        let report = pull_once(self.vault(), endpoint, &|| self.now(), &options).await;
        assert!(report.fault.is_none(), "{:?}", report.fault);
        report
    }

    pub async fn rule(&self, endpoint: &dyn ProvincialEndpoint) -> RulingReport {
        let options = Options {
            jitter: Box::new(Longest),
        };
        let report = rule_once(self.vault(), endpoint, &|| self.now(), &options).await;
        assert!(report.fault.is_none(), "{:?}", report.fault);
        report
    }

    pub async fn pass(&self, endpoint: &dyn ProvincialEndpoint) -> RunReport {
        let options = Options {
            jitter: Box::new(Longest),
        };
        let report = run_once(self.vault(), endpoint, &|| self.now(), &options).await;
        assert!(report.fault.is_none(), "{:?}", report.fault);
        report
    }

    pub fn row(&self, package: PackageId) -> OutboxRow {
        self.vault()
            .outbox()
            .unwrap()
            .into_iter()
            .find(|row| row.package == package)
            .unwrap()
    }

    pub fn wait_code(&self, package: PackageId) -> String {
        self.row(package).wait_code.unwrap_or_default()
    }
}

/// A signed-in desk with one approved package, and its endpoint.
pub async fn ready(evidence: &[u8]) -> (Desk, FakeEndpoint, PackageId) {
    let mut desk = Desk::new();
    let package = desk.approved(&[evidence])[0];
    let endpoint = FakeEndpoint::new();
    desk.sign_in(&endpoint).await;
    endpoint.calls();
    (desk, endpoint, package)
}

/// A bureau's desk with its reviewer signed in.
pub async fn bureau(endpoint: &FakeEndpoint) -> Desk {
    let mut desk = Desk::new();
    desk.review();
    desk.sign_in_as(endpoint, BUREAU).await;
    endpoint.calls();
    desk
}
