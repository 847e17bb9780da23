//! Rulings of authorities on their way: those that were made here are handed in, those that concern
//! this vault come in. Each is settled once, by a record that the pinned certificate signed.

use crate::{
    Connection, Options,
    backoff::{Jitter, delay},
    meet::{Met, meet},
    words::words,
};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use chrono::TimeDelta;
use luguo_domain::{Moment, RulingId};
use luguo_sealed::Certificate;
use luguo_store::{Settled, StoreFault, StoredRuling, ToldRuling, Vault};
use luguo_wire::{ProvincialEndpoint, Refusal, RulingOutcome, RulingRecord, SignedRuling};

/// How often the list is asked for when nothing is under way.
const ASK_AGAIN: TimeDelta = TimeDelta::minutes(5);

/// What came of a pass.
#[derive(Debug)]
pub struct RulingReport {
    /// The other end.
    pub connection: Connection,
    /// When the next pass is worth while; absent when only a person can bring it on.
    pub next_try: Option<Moment>,
    /// Rulings whose record was verified and written.
    pub settled: Vec<RulingId>,
    /// The vault could not be read or written; the pass ended there.
    pub fault: Option<StoreFault>,
}

/// Why a record proves nothing.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RulingRecordFault {
    /// The signature does not belong to the text and the pinned certificate.
    #[error("the signature does not verify")]
    Signature,
    /// The text is no record of a known format.
    #[error("the record cannot be read")]
    Unreadable,
}

/// Verifies a record against the pinned certificate.
///
/// # Errors
/// [`RulingRecordFault`] names the first thing that is wrong.
pub fn verify_ruling(
    signed: &SignedRuling,
    pinned: &Certificate,
) -> Result<RulingRecord, RulingRecordFault> {
    let signature = STANDARD
        .decode(&signed.signature)
        .map_err(|_| RulingRecordFault::Signature)?;
    luguo_sealed::verify(pinned, signed.record.as_bytes(), &signature)
        .map_err(|_| RulingRecordFault::Signature)?;
    let record: RulingRecord =
        serde_json::from_str(&signed.record).map_err(|_| RulingRecordFault::Unreadable)?;
    if record.format != RulingRecord::FORMAT {
        return Err(RulingRecordFault::Unreadable);
    }
    Ok(record)
}

/// Hands in what is due and learns what is new. May be dropped at any point.
pub async fn rule_once(
    vault: &Vault,
    endpoint: &dyn ProvincialEndpoint,
    clock: &(dyn Fn() -> Moment + Send + Sync),
    options: &Options,
) -> RulingReport {
    let mut pass = Pass {
        vault,
        endpoint,
        clock,
        jitter: options.jitter.as_ref(),
        connection: Connection::NotTried,
        settled: Vec::new(),
    };
    let ended = match pass.run().await {
        Ok(()) => pass.next_try(),
        Err(fault) => Err(fault),
    };
    let (next_try, fault) = match ended {
        Ok(next_try) => (next_try, None),
        Err(fault) => (None, Some(fault)),
    };
    RulingReport {
        connection: pass.connection,
        next_try,
        settled: pass.settled,
        fault,
    }
}

struct Pass<'a> {
    vault: &'a Vault,
    endpoint: &'a dyn ProvincialEndpoint,
    clock: &'a (dyn Fn() -> Moment + Send + Sync),
    jitter: &'a dyn Jitter,
    connection: Connection,
    settled: Vec<RulingId>,
}

impl Pass<'_> {
    async fn run(&mut self) -> Result<(), StoreFault> {
        let Some(known) = self.vault.endpoint()? else {
            return Ok(());
        };
        let met = match meet(self.vault, self.endpoint, &known, (self.clock)()).await? {
            Ok(met) => met,
            Err(connection) => {
                self.connection = connection;
                return Ok(());
            }
        };
        self.connection = Connection::Online;
        let now = (self.clock)();
        // In the order in which they were made: the second may rest on the first.
        let mut blocked = Vec::new();
        for waiting in self.vault.rulings_on_their_way()? {
            let declaration = waiting.ruling.declaration;
            let is_due = !waiting.held && waiting.next_try.is_none_or(|time| time <= now);
            if blocked.contains(&declaration) || !is_due {
                blocked.push(declaration);
                continue;
            }
            match self.endpoint.rule(&met.token, &waiting.ruling).await {
                Ok(signed) => {
                    if !self.settle(&met, &signed, Some(&waiting))? {
                        blocked.push(declaration);
                    }
                }
                Err(refusal) => {
                    blocked.push(declaration);
                    if self.setback(&waiting, &refusal)? {
                        return Ok(());
                    }
                }
            }
        }
        self.learn(&met).await
    }

    /// Reads what the endpoint recorded since the last time.
    async fn learn(&mut self, met: &Met) -> Result<(), StoreFault> {
        loop {
            let after = self.vault.rulings_after()?;
            let told = match self.endpoint.rulings(&met.token, after).await {
                Ok(told) => told,
                // An endpoint of before rulings has none.
                Err(Refusal::Unknown) => return Ok(()),
                Err(refusal) => {
                    self.ended(&refusal)?;
                    return Ok(());
                }
            };
            for signed in &told.rulings {
                if signed.place <= after || !self.settle(met, signed, None)? {
                    return Ok(());
                }
            }
            if !told.more || told.rulings.is_empty() {
                return Ok(());
            }
        }
    }

    /// Verifies and writes a record: the answer to one that was asked, or one of the list. `false`: it
    /// cannot be written now, or never.
    fn settle(
        &mut self,
        met: &Met,
        signed: &SignedRuling,
        asked: Option<&StoredRuling>,
    ) -> Result<bool, StoreFault> {
        let record = match verify_ruling(signed, &met.pinned) {
            Ok(record) if asked.is_none_or(|asked| asked.ruling == record.ruling) => record,
            wrong => {
                tracing::warn!(
                    place = signed.place,
                    ?wrong,
                    "a ruling's record proves nothing"
                );
                if let Some(asked) = asked {
                    self.vault.ruling_waits(
                        asked.ruling.id,
                        "接收端的答复没有通过签名核验，这条审核意见先留在本机。请联系接收端管理员核实。",
                        None,
                    )?;
                }
                return Ok(false);
            }
        };
        let (applied, stands) = match record.outcome {
            RulingOutcome::Applied { now } => (true, now),
            RulingOutcome::Superseded { stands, .. } => (false, stands),
        };
        let told = ToldRuling {
            record: signed.record.clone(),
            signature: signed.signature.clone(),
            certificate_pem: met.pinned.to_pem().map_err(|fault| StoreFault::Damaged {
                detail: fault.to_string(),
            })?,
            applied,
            stands,
            place: signed.place,
        };
        let listed = asked.is_none();
        let written = self
            .vault
            .settle_ruling(&record.ruling, &told, listed, (self.clock)())?;
        if written == Settled::Now {
            self.settled.push(record.ruling.id);
        }
        Ok(written != Settled::NotYet)
    }

    /// Notes why a ruling was not taken; `true` ends the pass.
    fn setback(&mut self, waiting: &StoredRuling, refusal: &Refusal) -> Result<bool, StoreFault> {
        let id = waiting.ruling.id;
        let held = matches!(
            refusal,
            Refusal::Forbidden { .. } | Refusal::Rejected { .. } | Refusal::Unknown
        );
        if held {
            let sentence = match refusal {
                Refusal::Unknown => {
                    "接收端没有把这个成果包分配给本账号，审核意见先留在本机。请核对账号。"
                        .to_owned()
                }
                refusal => words(refusal),
            };
            self.vault.ruling_waits(id, &sentence, None)?;
            return Ok(false);
        }
        let asked = match refusal {
            Refusal::Busy { retry_after } | Refusal::Server { retry_after, .. } => *retry_after,
            _ => None,
        };
        let again = (self.clock)() + self.wait(waiting.attempts, asked);
        self.vault.ruling_waits(id, &words(refusal), Some(again))?;
        self.ended(refusal)
    }

    /// Whether a refusal concerns everything.
    fn ended(&mut self, refusal: &Refusal) -> Result<bool, StoreFault> {
        match refusal {
            Refusal::SignInEnded | Refusal::SignInRefused => {
                self.connection = Connection::SignInNeeded;
                self.vault.forget_token()?;
                Ok(true)
            }
            Refusal::Unreachable { .. } | Refusal::NotAnEndpoint { .. } => {
                self.connection = Connection::Offline;
                Ok(true)
            }
            _ => Ok(false),
        }
    }

    fn wait(&self, attempts: u32, asked: Option<u64>) -> TimeDelta {
        TimeDelta::from_std(delay(attempts, asked, self.jitter)).expect("a wait is an hour at most")
    }

    fn next_try(&self) -> Result<Option<Moment>, StoreFault> {
        let now = (self.clock)();
        Ok(match self.connection {
            Connection::NotTried | Connection::SignInNeeded => None,
            Connection::Offline => Some(now + self.wait(1, None)),
            Connection::Online => self
                .vault
                .rulings_on_their_way()?
                .iter()
                .filter(|waiting| !waiting.held)
                .filter_map(|waiting| waiting.next_try)
                .chain([now + ASK_AGAIN])
                .min(),
        })
    }
}
