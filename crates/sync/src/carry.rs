//! Takes one package as far as it goes in this pass, and answers what is refused: a remedy at
//! once, a wait, a hold, or the end of the pass.

use crate::{
    apply::{Done, Work, apply},
    backoff::delay,
    hold::Reason,
    item::Item,
    package::Package,
    plan::{Action, Rest, plan},
    run::Pass,
    setback::{Setback, Weight, weigh},
};
use chrono::TimeDelta;
use luguo_domain::PackageId;
use luguo_store::{OutboxRow, StoreFault};
use luguo_wire::Refusal;

/// Remedies of one kind at once before the package waits.
const REMEDIES: u32 = 4;

/// How a package left its turn.
pub(crate) enum Turn {
    /// On to the next one.
    Next,
    /// The queue stops here, with this reason for all that is due.
    Stop(Reason),
}

/// How often a remedy was tried in this pass.
#[derive(Default)]
struct Tried {
    /// Announced again; never counted down, or an endpoint that loses everything keeps us here.
    announced: u32,
    /// Asked for the offset since something last arrived.
    asked: u32,
}

impl Pass<'_> {
    /// Takes one package as far as it goes.
    pub(crate) async fn carry(
        &mut self,
        work: &mut Work<'_>,
        row: OutboxRow,
    ) -> Result<Turn, StoreFault> {
        let mut item = match Package::load(self.vault, &row) {
            Ok(loaded) => Item::new(row, loaded),
            Err(setback) => return self.unreadable(&row, setback),
        };
        let mut tried = Tried::default();
        loop {
            let action = plan(
                &item.row,
                &item.package.manifest,
                item.there.as_ref(),
                work.pace.chunk(),
                (self.clock)(),
            );
            let delivered = action == Action::Rest(Rest::Delivered);
            let appending = matches!(action, Action::Append { .. });
            match apply(work, &mut item, action).await {
                Ok(Done::GoOn) if appending => tried.asked = 0,
                Ok(Done::GoOn) => {}
                Ok(Done::Rest) => {
                    if delivered {
                        self.report.delivered.push(item.row.package);
                    }
                    return Ok(Turn::Next);
                }
                Ok(Done::Verifying(seconds)) => {
                    self.wait(&item.row, &Reason::Verifying, Some(seconds))?;
                    return Ok(Turn::Next);
                }
                Err(Setback::Store(fault)) => return Err(fault),
                Err(Setback::Hold(reason)) => {
                    self.hold(item.row.package, &reason)?;
                    return Ok(Turn::Next);
                }
                Err(Setback::Refused(refusal)) => {
                    tracing::info!(package = %item.row.package, %refusal, "a call was refused");
                    if let Some(turn) = self.react(&mut item, &refusal, &mut tried).await? {
                        return Ok(turn);
                    }
                }
            }
        }
    }

    /// A package that cannot be read or may not leave concerns itself only.
    fn unreadable(&mut self, row: &OutboxRow, setback: Setback) -> Result<Turn, StoreFault> {
        let reason = match setback {
            Setback::Hold(reason) => reason,
            Setback::Refused(refusal) => Reason::of(&refusal),
            Setback::Store(StoreFault::Damaged { detail }) => {
                tracing::warn!(package = %row.package, %detail, "a package cannot be read");
                Reason::LocalDamage {
                    name: row.name.clone(),
                }
            }
            Setback::Store(fault) => return Err(fault),
        };
        self.hold(row.package, &reason)?;
        Ok(Turn::Next)
    }

    /// Answers a refusal; `None` to go on with this package.
    async fn react(
        &mut self,
        item: &mut Item,
        refusal: &Refusal,
        tried: &mut Tried,
    ) -> Result<Option<Turn>, StoreFault> {
        let package = item.row.package;
        match weigh(refusal) {
            Weight::Line(reason) => {
                // A line that broke under one package is not yet a silent endpoint.
                if self.endpoint.info().await.is_err() {
                    return Ok(Some(Turn::Stop(reason)));
                }
                self.wait(&item.row, &Reason::CutOff, None)?;
            }
            Weight::SignIn => return Ok(Some(Turn::Stop(Reason::SignInAgain))),
            Weight::Wait {
                reason,
                retry_after,
            } => self.wait(&item.row, &reason, retry_after)?,
            Weight::Hold(reason) => self.hold(package, &reason)?,
            Weight::AskOffset if tried.asked < REMEDIES => {
                tried.asked += 1;
                item.there().confirmed.clear();
                return Ok(None);
            }
            Weight::AnnounceAgain if tried.announced < REMEDIES => {
                tried.announced += 1;
                if let Some(sha256) = item.current.take() {
                    self.vault.outbox_forget_upload(package, sha256)?;
                }
                item.there = None;
                return Ok(None);
            }
            Weight::CheckContents(missing) if tried.announced < REMEDIES => {
                tried.announced += 1;
                for sha256 in missing {
                    if !item.package.is_whole(self.vault, sha256).await? {
                        let name = item.package.name(sha256);
                        self.hold(package, &Reason::LocalDamage { name })?;
                        return Ok(Some(Turn::Next));
                    }
                    self.vault.outbox_forget_upload(package, sha256)?;
                }
                item.there = None;
                return Ok(None);
            }
            Weight::AskOffset | Weight::AnnounceAgain | Weight::CheckContents(_) => {
                self.wait(&item.row, &Reason::of(refusal), None)?;
            }
        }
        Ok(Some(Turn::Next))
    }

    pub(crate) fn wait(
        &self,
        row: &OutboxRow,
        reason: &Reason,
        retry_after: Option<u64>,
    ) -> Result<(), StoreFault> {
        let now = (self.clock)();
        let wait = TimeDelta::from_std(delay(row.attempts, retry_after, self.jitter))
            .expect("a wait is an hour at most");
        self.vault.outbox_wait(
            row.package,
            reason.code(),
            &reason.sentence(),
            Some(now + wait),
            now,
        )
    }

    pub(crate) fn hold(&mut self, package: PackageId, reason: &Reason) -> Result<(), StoreFault> {
        self.report.held.push(package);
        self.vault
            .outbox_hold(package, reason.code(), &reason.sentence(), (self.clock)())
    }
}
