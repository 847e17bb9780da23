//! Decisions on revisions: appended, never overwritten. An approval freezes the package in the
//! same transaction, so that nothing approved is ever without its package.

use super::{audit, declaration, heads, mark, package, revision, text};
use crate::{
    fault::{StepFault, StoreFault},
    vault::Vault,
};
use luguo_domain::{
    DeclarationId, Moment, PackageId, Role, Step, VaultKind,
    decision::{Decision, Verdict},
    release::{Approved, NotReleasable},
};
use package::FrozenBytes;
use rusqlite::{Connection, params};

pub(crate) fn of(connection: &Connection, id: DeclarationId) -> Result<Vec<Decision>, StoreFault> {
    let mut statement = connection
        .prepare_cached("SELECT content FROM decision WHERE declaration = ?1 ORDER BY seq DESC")?;
    let mut rows = statement.query([id.to_string()])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        found.push(serde_json::from_str(&row.get::<_, String>(0)?)?);
    }
    Ok(found)
}

impl Vault {
    /// Decisions on a declaration, the newest first.
    ///
    /// # Errors
    /// [`StoreFault`] when the vault cannot be read.
    pub fn decisions(&self, id: DeclarationId) -> Result<Vec<Decision>, StoreFault> {
        self.read::<_, StoreFault>(|connection| {
            if self.knows(connection, id)? {
                of(connection, id)
            } else {
                Ok(Vec::new())
            }
        })
    }

    /// Returns the submitted revision with a reason.
    ///
    /// # Errors
    /// [`StepFault`]: own work, no reviewer, no reason, or no longer to be decided.
    pub fn return_revision(
        &self,
        id: DeclarationId,
        number: u32,
        reason: &str,
        now: Moment,
    ) -> Result<Decision, StepFault> {
        self.change::<_, StepFault>(|change| {
            let (decision, _) = self.decide(change, id, number, Verdict::Return, reason, now)?;
            audit::append(
                change,
                now,
                &self.me().name,
                "review.return",
                &id.to_string(),
                &format!("revision {number} {}", decision.revision_digest),
            )?;
            Ok(decision)
        })
    }

    /// Approves the submitted revision and freezes its package; in an open vault the package
    /// enters the outbox. One transaction.
    ///
    /// `freeze` makes the package's records from the approved revision and the audit head.
    ///
    /// # Errors
    /// [`StepFault`]: own work, no reviewer, or no longer to be decided.
    pub fn approve(
        &self,
        id: DeclarationId,
        number: u32,
        package_id: PackageId,
        freeze: &dyn Fn(&Approved, &str) -> FrozenBytes,
        now: Moment,
    ) -> Result<Decision, StepFault> {
        self.change::<_, StepFault>(|change| {
            let (decision, content) = self.decide(change, id, number, Verdict::Approve, "", now)?;
            let head = audit::append(
                change,
                now,
                &self.me().name,
                "review.approve",
                &id.to_string(),
                &format!("revision {number} {}", decision.revision_digest),
            )?;
            let approved = Approved::new(content, decision.clone()).map_err(not_approved)?;
            let name = approved.revision().declaration.name.clone();
            let frozen = freeze(&approved, &head.hash);
            package::insert(change, package_id, id, number, &name, &frozen, now)?;
            heads::sign(
                change,
                &head,
                "review.approve",
                &package_id.to_string(),
                now,
            )?;
            if self.kind() == VaultKind::Open {
                change.execute(
                    "INSERT INTO outbox (package, step, changed_at) VALUES (?1, 'frozen', ?2)",
                    params![package_id.to_string(), text::time(now)],
                )?;
            }
            Ok(decision)
        })
    }

    fn decide(
        &self,
        change: &Connection,
        id: DeclarationId,
        number: u32,
        verdict: Verdict,
        reason: &str,
        now: Moment,
    ) -> Result<(Decision, luguo_domain::release::Revision), StepFault> {
        if !self.me().is(Role::UnitReviewer) {
            return Err(StepFault::NotAReviewer);
        }
        let found = declaration::find(change, id)?.ok_or(StepFault::NotFound)?;
        if !self.knows(change, id)? {
            return Err(StepFault::NotFound);
        }
        let step = match verdict {
            Verdict::Approve => Step::Approve,
            Verdict::Return => Step::Return,
        };
        let state = found.row.state.step(step)?;
        if found.row.revisions != number {
            return Err(StepFault::Stale {
                current: found.row.revisions,
            });
        }
        let content = revision::find(change, id, number)?.ok_or(StepFault::NotFound)?;
        let (marks, ticks) = mark::shared(change, id, number, self.me().id)?;
        let decision = Decision {
            verdict,
            revision: number,
            revision_digest: content.digest(),
            prepared_by: found.row.prepared_by,
            decided_by: self.me().id,
            reviewer_name: self.me().name.clone(),
            decided_at: text::read_time(&text::time(now))?,
            reason: reason.trim().to_owned(),
            marks,
            ticks,
        };
        decision.check()?;
        change.execute(
            "INSERT INTO decision (declaration, revision, content, prepared_by, decided_by)
             VALUES (?1, ?2, ?3, ?4, ?5)",
            params![
                id.to_string(),
                number,
                serde_json::to_string(&decision)?,
                decision.prepared_by.to_string(),
                decision.decided_by.to_string()
            ],
        )?;
        let why = (verdict == Verdict::Return).then_some(decision.reason.as_str());
        declaration::set_state(change, id, state, why, now)?;
        Ok((decision, content))
    }
}

/// What was just decided is approved; anything else means that the vault contradicts itself.
fn not_approved(fault: NotReleasable) -> StoreFault {
    StoreFault::Damaged {
        detail: fault.to_string(),
    }
}
