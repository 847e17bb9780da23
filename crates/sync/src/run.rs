//! One pass over the outbox: everything that is due, the oldest first. A package that fails
//! waits or is held by itself; only a silent endpoint or an ended sign-in stops the pass.

use crate::{
    apply::{Done, Work, apply},
    backoff::{Jitter, RandomJitter, delay},
    epoch,
    hold::Reason,
    item::Item,
    login::pinned,
    pace::Pace,
    package::Package,
    plan::{Rest, plan, rest},
    setback::{Setback, Weight, weigh},
};
use chrono::TimeDelta;
use luguo_domain::{Moment, PackageId};
use luguo_sealed::Certificate;
use luguo_store::{OutboxRow, StoreFault, Vault};
use luguo_wire::{PROTOCOL_VERSION, ProvincialEndpoint, Refusal, Token};

/// How often a delivered package's endpoint is asked whether it was restored.
const RECHECK: TimeDelta = TimeDelta::minutes(15);
/// Remedies at once, for one package in one pass, before it waits.
const REMEDIES: u32 = 4;

/// What a host may choose.
pub struct Options {
    /// Chance for the back-off.
    pub jitter: Box<dyn Jitter>,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            jitter: Box::new(RandomJitter),
        }
    }
}

/// What the pass found at the other end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Connection {
    /// There was nothing to ask.
    NotTried,
    /// The endpoint answered.
    Online,
    /// It did not, or something else did.
    Offline,
    /// Somebody has to sign in.
    SignInNeeded,
}

/// What came of a pass.
#[derive(Debug)]
pub struct RunReport {
    /// The other end.
    pub connection: Connection,
    /// When the next pass is worth while; absent when only a person can bring it on.
    pub next_try: Option<Moment>,
    /// Packages whose receipt was verified in this pass.
    pub delivered: Vec<PackageId>,
    /// Packages that were held in this pass.
    pub held: Vec<PackageId>,
    /// The vault could not be read or written; the pass ended there.
    pub fault: Option<StoreFault>,
}

/// Passes once over everything that is due. Local work is read, sent and marked, never changed.
pub async fn run_once(
    vault: &Vault,
    endpoint: &dyn ProvincialEndpoint,
    clock: &(dyn Fn() -> Moment + Send + Sync),
    options: &Options,
) -> RunReport {
    let mut pass = Pass {
        vault,
        endpoint,
        clock,
        jitter: options.jitter.as_ref(),
        report: RunReport {
            connection: Connection::NotTried,
            next_try: None,
            delivered: Vec::new(),
            held: Vec::new(),
            fault: None,
        },
    };
    let ended = match pass.run().await {
        Ok(()) => pass.next_try(),
        Err(fault) => Err(fault),
    };
    match ended {
        Ok(next_try) => pass.report.next_try = next_try,
        Err(fault) => pass.report.fault = Some(fault),
    }
    pass.report
}

struct Pass<'a> {
    vault: &'a Vault,
    endpoint: &'a dyn ProvincialEndpoint,
    clock: &'a (dyn Fn() -> Moment + Send + Sync),
    jitter: &'a dyn Jitter,
    report: RunReport,
}

/// How a package left its turn.
enum Turn {
    /// On to the next one.
    Next,
    /// The queue stops here, with this reason for all that is due.
    Stop(Reason),
}

impl Pass<'_> {
    async fn run(&mut self) -> Result<(), StoreFault> {
        if self.vault.outbox()?.is_empty() {
            return Ok(());
        }
        let Some(known) = self.vault.endpoint()? else {
            self.report.connection = Connection::SignInNeeded;
            return self.everything_waits(&Reason::SignInFirst, None);
        };
        let info = match self.endpoint.info().await {
            Ok(info) => info,
            Err(refusal) => return self.no_endpoint(&refusal),
        };
        self.report.connection = Connection::Online;
        let pinned = pinned(&known)?;
        if !info.protocols.contains(&PROTOCOL_VERSION) {
            return self.everything_waits(&Reason::OtherProtocol, Some(None));
        }
        let shown = Certificate::from_pem(&info.certificate_pem);
        if !shown.is_ok_and(|shown| shown.as_der() == pinned.as_der()) {
            for row in self.due()? {
                self.hold(row.package, &Reason::OtherCertificate)?;
            }
            return Ok(());
        }
        if info.epoch != known.epoch {
            epoch::reoffer(self.vault, &info.epoch, (self.clock)())?;
        }
        let Some(token) = known.token.map(Token) else {
            self.report.connection = Connection::SignInNeeded;
            return self.everything_waits(&Reason::SignInAgain, None);
        };
        let mut work = Work {
            vault: self.vault,
            endpoint: self.endpoint,
            token: &token,
            pinned: &pinned,
            clock: self.clock,
            pace: Pace::default(),
        };
        for row in self.due()? {
            match self.carry(&mut work, row).await? {
                Turn::Next => {}
                Turn::Stop(Reason::SignInAgain) => {
                    self.report.connection = Connection::SignInNeeded;
                    self.vault.forget_token()?;
                    return self.everything_waits(&Reason::SignInAgain, None);
                }
                Turn::Stop(reason) => {
                    self.report.connection = Connection::Offline;
                    return self.everything_waits(&reason, Some(None));
                }
            }
        }
        Ok(())
    }

    /// The first call already failed.
    fn no_endpoint(&mut self, refusal: &Refusal) -> Result<(), StoreFault> {
        match weigh(refusal) {
            Weight::Line(reason) => {
                self.report.connection = Connection::Offline;
                self.everything_waits(&reason, Some(None))
            }
            Weight::Wait {
                reason,
                retry_after,
            } => {
                self.report.connection = Connection::Online;
                self.everything_waits(&reason, Some(retry_after))
            }
            Weight::SignIn
            | Weight::Hold(_)
            | Weight::AskOffset
            | Weight::AnnounceAgain
            | Weight::CheckContents => {
                self.report.connection = Connection::Offline;
                self.everything_waits(&Reason::of(refusal), Some(None))
            }
        }
    }

    /// What is due, the oldest first.
    fn due(&self) -> Result<Vec<OutboxRow>, StoreFault> {
        let now = (self.clock)();
        let mut rows = self.vault.outbox()?;
        rows.retain(|row| rest(row, now).is_none());
        rows.reverse();
        Ok(rows)
    }

    /// Takes one package as far as it goes.
    async fn carry(&mut self, work: &mut Work<'_>, row: OutboxRow) -> Result<Turn, StoreFault> {
        let package = row.package;
        let mut item = match Package::load(self.vault, &row) {
            Ok(loaded) => Item::new(row, loaded),
            Err(Setback::Hold(reason)) => {
                self.hold(package, &reason)?;
                return Ok(Turn::Next);
            }
            // A record that cannot be read concerns this package only.
            Err(Setback::Store(StoreFault::Damaged { detail })) => {
                tracing::warn!(%package, %detail, "a package cannot be read");
                self.hold(package, &Reason::LocalDamage { name: row.name })?;
                return Ok(Turn::Next);
            }
            Err(Setback::Store(fault)) => return Err(fault),
            Err(Setback::Refused(refusal)) => {
                self.hold(package, &Reason::of(&refusal))?;
                return Ok(Turn::Next);
            }
        };
        let mut remedies = 0;
        loop {
            let action = plan(
                &item.row,
                &item.package.manifest,
                item.there.as_ref(),
                work.pace.chunk(),
                (self.clock)(),
            );
            let delivered = action == crate::Action::Rest(Rest::Delivered);
            match apply(work, &mut item, action).await {
                Ok(Done::GoOn) => {}
                Ok(Done::Rest) => {
                    if delivered {
                        self.report.delivered.push(package);
                    }
                    return Ok(Turn::Next);
                }
                Ok(Done::Verifying(seconds)) => {
                    self.wait(&item.row, &Reason::Verifying, Some(seconds))?;
                    return Ok(Turn::Next);
                }
                Err(Setback::Store(fault)) => return Err(fault),
                Err(Setback::Hold(reason)) => {
                    self.hold(package, &reason)?;
                    return Ok(Turn::Next);
                }
                Err(Setback::Refused(refusal)) => {
                    tracing::info!(%package, %refusal, "a call was refused");
                    if let Some(turn) = self.react(&mut item, &refusal, &mut remedies).await? {
                        return Ok(turn);
                    }
                }
            }
        }
    }

    /// Answers a refusal; `None` to go on with this package.
    async fn react(
        &mut self,
        item: &mut Item,
        refusal: &Refusal,
        remedies: &mut u32,
    ) -> Result<Option<Turn>, StoreFault> {
        let package = item.row.package;
        let weight = weigh(refusal);
        if matches!(
            weight,
            Weight::AskOffset | Weight::AnnounceAgain | Weight::CheckContents
        ) {
            *remedies += 1;
            if *remedies > REMEDIES {
                self.wait(&item.row, &Reason::of(refusal), None)?;
                return Ok(Some(Turn::Next));
            }
        }
        match weight {
            Weight::Line(reason) => {
                // A line that broke under one package is not yet a silent endpoint.
                if self.endpoint.info().await.is_ok() {
                    self.wait(&item.row, &Reason::CutOff, None)?;
                    return Ok(Some(Turn::Next));
                }
                return Ok(Some(Turn::Stop(reason)));
            }
            Weight::SignIn => return Ok(Some(Turn::Stop(Reason::SignInAgain))),
            Weight::Wait {
                reason,
                retry_after,
            } => {
                self.wait(&item.row, &reason, retry_after)?;
                return Ok(Some(Turn::Next));
            }
            Weight::Hold(reason) => {
                self.hold(package, &reason)?;
                return Ok(Some(Turn::Next));
            }
            Weight::AskOffset => item.there().confirmed.clear(),
            Weight::AnnounceAgain => {
                if let Some(sha256) = item.current.take() {
                    self.vault.outbox_forget_upload(package, sha256)?;
                }
                item.there = None;
            }
            Weight::CheckContents => {
                let Refusal::BlobsMissing { missing } = refusal else {
                    return Ok(None);
                };
                for sha256 in missing {
                    if !item.package.is_whole(self.vault, *sha256).await? {
                        let name = item.package.name(*sha256);
                        self.hold(package, &Reason::LocalDamage { name })?;
                        return Ok(Some(Turn::Next));
                    }
                    self.vault.outbox_forget_upload(package, *sha256)?;
                }
                item.there = None;
            }
        }
        Ok(None)
    }

    fn wait(
        &self,
        row: &OutboxRow,
        reason: &Reason,
        retry_after: Option<u64>,
    ) -> Result<(), StoreFault> {
        let now = (self.clock)();
        let wait =
            TimeDelta::from_std(delay(row.attempts, retry_after, self.jitter)).unwrap_or(RECHECK);
        self.vault.outbox_wait(
            row.package,
            reason.code(),
            &reason.sentence(),
            Some(now + wait),
            now,
        )
    }

    fn hold(&mut self, package: PackageId, reason: &Reason) -> Result<(), StoreFault> {
        self.report.held.push(package);
        self.vault
            .outbox_hold(package, reason.code(), &reason.sentence(), (self.clock)())
    }

    /// Says of everything that is due why it waits: until a time, or until somebody acts.
    fn everything_waits(
        &self,
        reason: &Reason,
        again: Option<Option<u64>>,
    ) -> Result<(), StoreFault> {
        for row in self.due()? {
            match again {
                Some(retry_after) => self.wait(&row, reason, retry_after)?,
                None if row.wait_code.as_deref() == Some(reason.code()) => {}
                None => self.vault.outbox_wait(
                    row.package,
                    reason.code(),
                    &reason.sentence(),
                    None,
                    (self.clock)(),
                )?,
            }
        }
        Ok(())
    }

    fn next_try(&self) -> Result<Option<Moment>, StoreFault> {
        let now = (self.clock)();
        let rows = self.vault.outbox()?;
        let asked = self.report.connection != Connection::SignInNeeded;
        Ok(rows
            .iter()
            .filter_map(|row| match rest(row, now) {
                Some(Rest::Held) => None,
                Some(Rest::Delivered) => asked.then(|| now + RECHECK),
                Some(Rest::Until(time)) => Some(time),
                None => asked.then_some(now),
            })
            .min())
    }
}
