//! What the endpoint assigned to this authority comes in: the list, then every content piece by
//! piece, kept in the vault as it arrives. A package is taken in whole, after every digest and both
//! records were checked, or refused with what is wrong.

use crate::{
    Connection, Options, Pace,
    backoff::{Jitter, delay},
    meet::meet,
    words::words,
};
use chrono::TimeDelta;
use luguo_domain::{Moment, PackageId, Sha256Digest};
use luguo_package::thaw;
use luguo_store::{ImportFault, NewPull, NewReceived, PackageContents, PullRow, StoreFault, Vault};
use luguo_wire::{Manifest, ManifestFile, ProvincialEndpoint, Refusal, Token};
use sha2::{Digest as _, Sha256};
use std::{io::Read, ops::ControlFlow};

/// Pieces of one pass; between passes the outbox has its turn.
const PIECES: usize = 64;
/// How often the list is asked for when nothing is under way.
const ASK_AGAIN: TimeDelta = TimeDelta::minutes(5);
/// The two records are read whole; a form of ten thousand attachments stays far below.
const LARGEST_RECORD: u64 = 32 << 20;

/// What came of a pass.
#[derive(Debug)]
pub struct PullReport {
    /// The other end.
    pub connection: Connection,
    /// When the next pass is worth while; absent when only a person can bring it on.
    pub next_try: Option<Moment>,
    /// Packages that were taken in.
    pub arrived: Vec<PackageId>,
    /// Packages that were refused; the vault lists what is wrong.
    pub refused: Vec<PackageId>,
    /// The vault could not be read or written; the pass ended there.
    pub fault: Option<StoreFault>,
}

/// Fetches for a bounded time. May be dropped at any point: what arrived is kept.
pub async fn pull_once(
    vault: &Vault,
    endpoint: &dyn ProvincialEndpoint,
    clock: &(dyn Fn() -> Moment + Send + Sync),
    options: &Options,
) -> PullReport {
    let mut pull = Pull {
        vault,
        endpoint,
        clock,
        jitter: options.jitter.as_ref(),
        pace: Pace::default(),
        pieces: PIECES,
        report: PullReport {
            connection: Connection::NotTried,
            next_try: None,
            arrived: Vec::new(),
            refused: Vec::new(),
            fault: None,
        },
    };
    let ended = match pull.run().await {
        Ok(()) => pull.next_try(),
        Err(fault) => Err(fault),
    };
    match ended {
        Ok(next_try) => pull.report.next_try = next_try,
        Err(fault) => pull.report.fault = Some(fault),
    }
    pull.report
}

struct Pull<'a> {
    vault: &'a Vault,
    endpoint: &'a dyn ProvincialEndpoint,
    clock: &'a (dyn Fn() -> Moment + Send + Sync),
    jitter: &'a dyn Jitter,
    pace: Pace,
    pieces: usize,
    report: PullReport,
}

/// Why a package did not come on.
enum Stop {
    Refused(Refusal),
    /// Enough for one pass.
    Enough,
    Store(StoreFault),
}

impl From<StoreFault> for Stop {
    fn from(fault: StoreFault) -> Self {
        Stop::Store(fault)
    }
}

impl Pull<'_> {
    async fn run(&mut self) -> Result<(), StoreFault> {
        let Some(known) = self.vault.endpoint()?.filter(|known| known.authority) else {
            return Ok(());
        };
        let token = match meet(self.vault, self.endpoint, &known, (self.clock)()).await? {
            Ok(met) => met.token,
            Err(connection) => {
                self.report.connection = connection;
                return Ok(());
            }
        };
        self.report.connection = Connection::Online;
        match self.all(&token).await {
            Ok(()) | Err(Stop::Enough) => Ok(()),
            Err(Stop::Store(fault)) => Err(fault),
            Err(Stop::Refused(Refusal::SignInEnded | Refusal::SignInRefused)) => {
                self.report.connection = Connection::SignInNeeded;
                self.vault.forget_token()
            }
            Err(Stop::Refused(_)) => {
                self.report.connection = Connection::Offline;
                Ok(())
            }
        }
    }

    async fn all(&mut self, token: &Token) -> Result<(), Stop> {
        self.list(token).await?;
        let now = (self.clock)();
        for row in self.vault.pulls()? {
            if row.next_try.is_some_and(|time| time > now) {
                continue;
            }
            match self.one(token, &row).await {
                Ok(()) => {}
                Err(Stop::Refused(refusal)) => {
                    tracing::info!(package = %row.package, %refusal, "a package does not come on");
                    self.wait(&row, &words(&refusal), &refusal)?;
                    if matches!(
                        refusal,
                        Refusal::Unreachable { .. }
                            | Refusal::NotAnEndpoint { .. }
                            | Refusal::SignInEnded
                            | Refusal::SignInRefused
                    ) {
                        return Err(Stop::Refused(refusal));
                    }
                }
                Err(stop) => return Err(stop),
            }
        }
        Ok(())
    }

    /// Learns what was assigned since the last time.
    async fn list(&self, token: &Token) -> Result<(), Stop> {
        loop {
            let after = self.vault.assigned_after()?;
            let told = self
                .endpoint
                .assigned(token, after)
                .await
                .map_err(Stop::Refused)?;
            let Some(last) = told.packages.last() else {
                return Ok(());
            };
            let place = last.place;
            if place <= after {
                return Err(Stop::Refused(Refusal::NotAnEndpoint {
                    detail: "the list of assigned packages goes backwards".to_owned(),
                }));
            }
            let packages = told
                .packages
                .into_iter()
                .map(|package| {
                    Ok(NewPull {
                        package: package.manifest.package_id,
                        number: package.number,
                        manifest: serde_json::to_string(&package.manifest)?,
                        received_at: package.received_at,
                    })
                })
                .collect::<Result<Vec<_>, serde_json::Error>>()
                .map_err(StoreFault::from)?;
            self.vault.note_assigned(&packages, place)?;
            if !told.more {
                return Ok(());
            }
        }
    }

    async fn one(&mut self, token: &Token, row: &PullRow) -> Result<(), Stop> {
        let manifest: Manifest = serde_json::from_str(&row.manifest).map_err(StoreFault::from)?;
        let is_own = self.vault.declaration(manifest.declaration_id)?.is_some();
        if is_own || self.vault.received_package(row.package)?.is_some() {
            self.vault.end_pull(row.package)?;
            return Ok(());
        }
        for file in &manifest.files {
            if self.vault.blob(file.sha256)?.is_none() {
                self.content(token, row.package, file).await?;
            }
        }
        self.take_in(row, manifest).await
    }

    /// Fetches a content from where it stands.
    async fn content(
        &mut self,
        token: &Token,
        package: PackageId,
        file: &ManifestFile,
    ) -> Result<(), Stop> {
        let mut offset = self.vault.pull_offset(package, file.sha256)?;
        while offset < file.size {
            if self.pieces == 0 {
                return Err(Stop::Enough);
            }
            self.pieces -= 1;
            let length = self.pace.chunk().min(file.size - offset);
            let began = (self.clock)();
            let fetched = self
                .endpoint
                .fetch(token, package, file.sha256, offset, length)
                .await;
            let bytes = fetched.map_err(|refusal| {
                self.pace.lost();
                Stop::Refused(refusal)
            })?;
            self.pace.arrived(length, (self.clock)() - began);
            let vault = self.vault.clone();
            let sha256 = file.sha256;
            blocking(move || vault.keep_piece(package, sha256, offset, &bytes)).await?;
            offset += length;
        }
        Ok(())
    }

    /// Everything is here: checks it and takes it in.
    async fn take_in(&mut self, row: &PullRow, manifest: Manifest) -> Result<(), Stop> {
        let (vault, package, number) = (self.vault.clone(), row.package, row.number.clone());
        let now = (self.clock)();
        let outcome = blocking(move || check_and_receive(&vault, &manifest, &number, now)).await?;
        match outcome {
            Outcome::Arrived => {
                self.vault.end_pull(package)?;
                self.report.arrived.push(package);
            }
            Outcome::Refused(faults) => {
                self.vault
                    .refuse_package(&label(&row.number), &faults, now)?;
                self.vault.end_pull(package)?;
                self.report.refused.push(package);
            }
            Outcome::Damaged => {
                let refusal = Refusal::Unreachable {
                    detail: "contents arrived damaged".to_owned(),
                };
                self.wait(
                    row,
                    "有材料在传输中损坏，坏的部分已丢掉，稍后自动重新取。",
                    &refusal,
                )?;
            }
        }
        Ok(())
    }

    fn wait(&self, row: &PullRow, message: &str, refusal: &Refusal) -> Result<(), StoreFault> {
        let asked = match refusal {
            Refusal::Busy { retry_after } | Refusal::Server { retry_after, .. } => *retry_after,
            _ => None,
        };
        // As stored now: pieces that arrived in this pass ended the row of failures.
        let attempts = self
            .vault
            .pulls()?
            .iter()
            .find(|stored| stored.package == row.package)
            .map_or(0, |stored| stored.attempts);
        let wait = TimeDelta::from_std(delay(attempts, asked, self.jitter))
            .expect("a wait is an hour at most");
        let again = (self.clock)() + wait;
        self.vault.pull_waits(row.package, message, Some(again))
    }

    fn next_try(&self) -> Result<Option<Moment>, StoreFault> {
        let now = (self.clock)();
        Ok(match self.report.connection {
            Connection::NotTried | Connection::SignInNeeded => None,
            Connection::Offline => {
                let wait = TimeDelta::from_std(delay(1, None, self.jitter))
                    .expect("a wait is an hour at most");
                Some(now + wait)
            }
            Connection::Online => {
                let rows = self.vault.pulls()?;
                rows.iter()
                    .map(|row| row.next_try.unwrap_or(now).max(now))
                    .chain([now + ASK_AGAIN])
                    .min()
            }
        })
    }
}

enum Outcome {
    Arrived,
    /// The package itself is wrong; sentences.
    Refused(Vec<String>),
    /// Bytes are not what the manifest says; the bad contents were dropped.
    Damaged,
}

/// What a package from the endpoint is called where one from a file has its file's name.
fn label(number: &str) -> String {
    format!("接收端 {number}")
}

fn check_and_receive(
    vault: &Vault,
    manifest: &Manifest,
    number: &str,
    now: Moment,
) -> Result<Outcome, StoreFault> {
    if drop_damaged(vault, manifest)? {
        return Ok(Outcome::Damaged);
    }
    let (Some(package_json), Some(declaration_json)) = (
        record(vault, manifest, "data/package.json")?,
        record(vault, manifest, "data/declaration.json")?,
    ) else {
        return Ok(Outcome::Refused(vec![
            "成果包缺少记录文件，或记录文件过大。".to_owned(),
        ]));
    };
    let (frozen, revision) = match thaw(&package_json, &declaration_json) {
        Ok(read) => read,
        Err(fault) => {
            tracing::warn!(%fault, "a package from the endpoint contradicts itself");
            return Ok(Outcome::Refused(vec![
                "成果包的记录前后矛盾，不能作为审核依据。".to_owned(),
            ]));
        }
    };
    let record = &frozen.record;
    if record.package_id != manifest.package_id
        || record.revision_digest != manifest.revision_digest
    {
        return Ok(Outcome::Refused(vec![
            "成果包的记录与接收端的清单不是同一份。".to_owned(),
        ]));
    }
    let twin = vault
        .received_revisions(revision.declaration_id)?
        .into_iter()
        .any(|(known, ..)| known.revision == revision.number && known.package != record.package_id);
    if twin {
        return Ok(Outcome::Refused(vec![format!(
            "这项成果的第 {} 版已经收过另一个成果包，两个不能并存。请先与报送单位核实。",
            revision.number
        )]));
    }
    let file_name = label(number);
    let new = NewReceived {
        mark: None,
        knowers: &[],
        package: manifest.package_id,
        revision: &revision,
        unit: &record.unit,
        approved_by: &record.decision.reviewer_name,
        file_name: &file_name,
        package_json: &frozen.package_json,
        declaration_json: &frozen.declaration_json,
    };
    let mut contents = Pieces { vault, manifest };
    let mut progress = |_: u64| ControlFlow::Continue(());
    match vault.receive(&new, &mut contents, &mut progress, now) {
        Ok(_) => Ok(Outcome::Arrived),
        Err(ImportFault::Store(fault)) => Err(fault),
        // Every content had its digest a moment ago: one is not listed, or another than the form's.
        Err(fault) => {
            tracing::warn!(%fault, "a package from the endpoint cannot be taken in");
            Ok(Outcome::Refused(vec![
                "佐证材料与征集表里的登记对不上。".to_owned(),
            ]))
        }
    }
}

/// Drops contents whose pieces do not have the manifest's digest; says whether there were any.
fn drop_damaged(vault: &Vault, manifest: &Manifest) -> Result<bool, StoreFault> {
    let mut any = false;
    for file in &manifest.files {
        if vault.blob(file.sha256)?.is_some() {
            continue;
        }
        let reader = vault.pulled(manifest.package_id, file.sha256);
        if !is_whole(reader, file) {
            vault.drop_pieces(manifest.package_id, file.sha256)?;
            any = true;
        }
    }
    Ok(any)
}

fn is_whole(mut reader: impl Read, file: &ManifestFile) -> bool {
    let (mut digest, mut size) = (Sha256::new(), 0);
    let mut buffer = vec![0; 1 << 20];
    loop {
        match reader.read(&mut buffer) {
            Ok(0) => break,
            Ok(n) => {
                digest.update(&buffer[..n]);
                size += n as u64;
            }
            Err(_) => return false,
        }
    }
    size == file.size && Sha256Digest(digest.finalize().into()) == file.sha256
}

fn record(vault: &Vault, manifest: &Manifest, path: &str) -> Result<Option<Vec<u8>>, StoreFault> {
    let Some(file) = manifest.files.iter().find(|file| file.path == path) else {
        return Ok(None);
    };
    if file.size > LARGEST_RECORD {
        return Ok(None);
    }
    let mut bytes = Vec::new();
    vault
        .pulled(manifest.package_id, file.sha256)
        .read_to_end(&mut bytes)
        .map_err(|fault| StoreFault::Damaged {
            detail: fault.to_string(),
        })?;
    Ok(Some(bytes))
}

/// The contents as they arrived; what the vault had before is read from there.
struct Pieces<'a> {
    vault: &'a Vault,
    manifest: &'a Manifest,
}

impl PackageContents for Pieces<'_> {
    fn read(
        &mut self,
        sha256: Sha256Digest,
        take: &mut dyn FnMut(&mut dyn Read),
    ) -> std::io::Result<()> {
        match self.vault.blob(sha256).map_err(std::io::Error::other)? {
            Some(mut blob) => take(&mut blob),
            None => take(&mut self.vault.pulled(self.manifest.package_id, sha256)),
        }
        Ok(())
    }
}

/// Megabytes into an encrypted file do not belong on the thread that drives connections.
async fn blocking<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> T {
    match tokio::task::spawn_blocking(work).await {
        Ok(value) => value,
        Err(fault) => std::panic::resume_unwind(fault.into_panic()),
    }
}
