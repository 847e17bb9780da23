//! One pass over the outbox: everything that is due, the oldest first. A package that fails
//! waits or is held by itself; only a silent endpoint or an ended sign-in stops the pass.

use crate::{
    apply::Work,
    backoff::{Jitter, RandomJitter},
    carry::Turn,
    epoch,
    hold::Reason,
    login::pinned,
    pace::Pace,
    plan::{Rest, rest},
    setback::{Weight, weigh},
};
use chrono::TimeDelta;
use luguo_domain::{Moment, PackageId};
use luguo_sealed::Certificate;
use luguo_store::{OutboxRow, StoreFault, Vault};
use luguo_wire::{PROTOCOL_VERSION, ProvincialEndpoint, Refusal, Token};

/// How often a delivered package's endpoint is asked whether it was restored.
const RECHECK: TimeDelta = TimeDelta::minutes(15);

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

pub(crate) struct Pass<'a> {
    pub(crate) vault: &'a Vault,
    pub(crate) endpoint: &'a dyn ProvincialEndpoint,
    pub(crate) clock: &'a (dyn Fn() -> Moment + Send + Sync),
    pub(crate) jitter: &'a dyn Jitter,
    pub(crate) report: RunReport,
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
            | Weight::CheckContents(_) => {
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
