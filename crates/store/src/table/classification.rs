//! Marks of a classified vault: proposed by one person, decided by another, never overwritten; and
//! who may know. What a person may not know is not there for that person.

use super::{audit, declaration, evidence, meta, text};
use crate::{
    fault::{ClassifyFault, StoreFault},
    vault::Vault,
};
use chrono::NaiveDate;
use luguo_domain::{
    AccountId, ClassificationId, DeclarationId, EvidenceId, Moment, Role, VaultKind,
    secrecy::{Classification, ClassificationStep, ClassificationVerdict, DecidingRank, Proposal},
};
use rusqlite::{Connection, OptionalExtension as _, params};

/// A proposal about to be made.
#[derive(Debug, Clone, Copy)]
pub struct NewProposal<'a> {
    /// Identity.
    pub id: ClassificationId,
    /// The declaration.
    pub declaration: DeclarationId,
    /// What is proposed.
    pub step: ClassificationStep,
    /// What is to hold; absent for an end.
    pub content: Option<&'a Classification>,
    /// Why.
    pub reason: &'a str,
    /// The notice that goes with a change or an end.
    pub notice: &'a str,
}

/// A proposal and what was decided on it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredClassification {
    /// The proposal.
    pub proposal: Proposal,
    /// The decision; absent while it waits.
    pub verdict: Option<ClassificationVerdict>,
}

impl StoredClassification {
    fn is_in_force(&self) -> bool {
        self.verdict
            .as_ref()
            .is_some_and(|verdict| verdict.approved)
    }
}

fn of(connection: &Connection, id: DeclarationId) -> Result<Vec<StoredClassification>, StoreFault> {
    let mut statement = connection.prepare_cached(
        "SELECT content, verdict FROM classification WHERE declaration = ?1 ORDER BY seq DESC",
    )?;
    let mut rows = statement.query([id.to_string()])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        let verdict: Option<String> = row.get(1)?;
        found.push(StoredClassification {
            proposal: serde_json::from_str(&row.get::<_, String>(0)?)?,
            verdict: verdict
                .map(|verdict| serde_json::from_str(&verdict))
                .transpose()?,
        });
    }
    Ok(found)
}

/// What holds now: the own unit's decision, or the one that a received revision came with.
pub(crate) fn in_force(
    connection: &Connection,
    id: DeclarationId,
) -> Result<Option<Classification>, StoreFault> {
    if let Some(last) = of(connection, id)?
        .into_iter()
        .find(StoredClassification::is_in_force)
    {
        return Ok(last.proposal.content);
    }
    let received: Option<String> = connection
        .prepare_cached(
            "SELECT content FROM received_mark WHERE declaration = ?1
             ORDER BY revision DESC LIMIT 1",
        )?
        .query_row([id.to_string()], |row| row.get(0))
        .optional()?;
    Ok(received
        .map(|content| serde_json::from_str(&content))
        .transpose()?)
}

/// Whether every attachment is answered by what holds. An open vault marks nothing.
pub(crate) fn covers(
    vault: &Vault,
    connection: &Connection,
    id: DeclarationId,
) -> Result<bool, StoreFault> {
    if vault.kind() == VaultKind::Open {
        return Ok(true);
    }
    let Some(content) = in_force(connection, id)? else {
        return Ok(false);
    };
    Ok(pieces(connection, id)?
        .iter()
        .all(|piece| content.parts.contains_key(piece)))
}

fn pieces(connection: &Connection, id: DeclarationId) -> Result<Vec<EvidenceId>, StoreFault> {
    Ok(evidence::of(connection, id)?
        .into_iter()
        .map(|stored| stored.item.id)
        .collect())
}

/// Lets these people know, and nobody else but the preparer.
pub(crate) fn let_know(
    change: &Connection,
    id: DeclarationId,
    people: &[AccountId],
) -> Result<(), StoreFault> {
    change.execute(
        "DELETE FROM may_know WHERE declaration = ?1",
        [id.to_string()],
    )?;
    for account in people {
        change.execute(
            "INSERT OR IGNORE INTO may_know (declaration, account) VALUES (?1, ?2)",
            params![id.to_string(), account.to_string()],
        )?;
    }
    Ok(())
}

fn rank(connection: &Connection) -> Result<DecidingRank, StoreFault> {
    Ok(if meta::unit(connection)?.direct_reporting {
        DecidingRank::Province
    } else {
        DecidingRank::City
    })
}

impl Vault {
    /// Whether the person at work may know of a declaration: the preparer, people within 知悉范围,
    /// and the 定密责任人 while a proposal waits. In an open vault roles decide, not this.
    pub(crate) fn knows(
        &self,
        connection: &Connection,
        id: DeclarationId,
    ) -> Result<bool, StoreFault> {
        if self.kind() == VaultKind::Open {
            return Ok(true);
        }
        let decides = self.me().is(Role::ClassificationOfficer);
        Ok(connection
            .prepare_cached(
                "SELECT EXISTS (SELECT 1 FROM declaration WHERE id = ?1 AND prepared_by = ?2)
                     OR EXISTS (SELECT 1 FROM may_know WHERE declaration = ?1 AND account = ?2)
                     OR (?3 AND EXISTS (SELECT 1 FROM classification
                                        WHERE declaration = ?1 AND verdict IS NULL))",
            )?
            .query_row(
                params![id.to_string(), self.me().id.to_string(), decides],
                |row| row.get(0),
            )?)
    }

    /// Whether the person at work may know of a declaration.
    ///
    /// # Errors
    /// [`StoreFault`] when the vault cannot be read.
    pub fn may_know(&self, id: DeclarationId) -> Result<bool, StoreFault> {
        self.read(|connection| self.knows(connection, id))
    }

    /// People of this vault who may know of a declaration: its preparer and 知悉范围.
    ///
    /// # Errors
    /// [`StoreFault`] when the vault cannot be read.
    pub fn people_who_may_know(&self, id: DeclarationId) -> Result<Vec<AccountId>, StoreFault> {
        self.read(|connection| {
            let mut statement = connection.prepare_cached(
                "SELECT prepared_by FROM declaration WHERE id = ?1
                 UNION SELECT account FROM may_know WHERE declaration = ?1",
            )?;
            let mut rows = statement.query([id.to_string()])?;
            let mut found = Vec::new();
            while let Some(row) = rows.next()? {
                found.push(text::read(&row.get::<_, String>(0)?)?);
            }
            Ok(found)
        })
    }

    /// Whether a declaration is the own unit's, whoever may know of it.
    ///
    /// # Errors
    /// [`StoreFault`] when the vault cannot be read.
    pub fn is_own(&self, id: DeclarationId) -> Result<bool, StoreFault> {
        self.read(|connection| Ok(declaration::find(connection, id)?.is_some()))
    }

    /// Proposals and decisions on the mark of a declaration, the newest first.
    ///
    /// # Errors
    /// [`StoreFault`] when the vault cannot be read.
    pub fn classifications(
        &self,
        id: DeclarationId,
    ) -> Result<Vec<StoredClassification>, StoreFault> {
        self.read(|connection| {
            if self.knows(connection, id)? {
                of(connection, id)
            } else {
                Ok(Vec::new())
            }
        })
    }

    /// One proposal with its decision.
    ///
    /// # Errors
    /// [`StoreFault`] when the vault cannot be read.
    pub fn proposal(
        &self,
        id: ClassificationId,
    ) -> Result<Option<StoredClassification>, StoreFault> {
        let declaration: Option<String> = self.read::<_, StoreFault>(|connection| {
            Ok(connection
                .query_row(
                    "SELECT declaration FROM classification WHERE id = ?1",
                    [id.to_string()],
                    |row| row.get(0),
                )
                .optional()?)
        })?;
        let Some(declaration) = declaration else {
            return Ok(None);
        };
        Ok(self
            .classifications(text::read(&declaration)?)?
            .into_iter()
            .find(|stored| stored.proposal.id == id))
    }

    /// The mark that holds for a declaration, its own or the one it was received with.
    ///
    /// # Errors
    /// [`StoreFault`] when the vault cannot be read.
    pub fn classification(&self, id: DeclarationId) -> Result<Option<Classification>, StoreFault> {
        self.read(|connection| {
            if self.knows(connection, id)? {
                in_force(connection, id)
            } else {
                Ok(None)
            }
        })
    }

    /// Which levels this unit may set, by its rank (Art. 17).
    ///
    /// # Errors
    /// [`StoreFault`] when the vault cannot be read.
    pub fn deciding_rank(&self) -> Result<DecidingRank, StoreFault> {
        self.read(rank)
    }

    /// Proposes a mark, its change or its end. It holds only once another person decided so.
    ///
    /// # Errors
    /// [`ClassifyFault`].
    pub fn propose_classification(
        &self,
        new: &NewProposal<'_>,
        today: NaiveDate,
        now: Moment,
    ) -> Result<Proposal, ClassifyFault> {
        self.change::<_, ClassifyFault>(|change| {
            let found =
                declaration::find(change, new.declaration)?.ok_or(ClassifyFault::NotFound)?;
            if !self.knows(change, new.declaration)? {
                return Err(ClassifyFault::NotFound);
            }
            let me = self.me();
            if found.row.prepared_by != me.id && !me.is(Role::ResultsOfficer) {
                return Err(ClassifyFault::NotAllowed);
            }
            let known = of(change, new.declaration)?;
            if known.iter().any(|stored| stored.verdict.is_none()) {
                return Err(ClassifyFault::Pending);
            }
            let holds = in_force(change, new.declaration)?.is_some();
            let fits = match new.step {
                ClassificationStep::Determine => !holds || found.row.state.is_editable(),
                ClassificationStep::Change | ClassificationStep::End => holds,
            };
            if !fits || (new.step == ClassificationStep::End) != new.content.is_none() {
                return Err(ClassifyFault::OtherStep);
            }
            if let Some(content) = new.content {
                content.check(rank(change)?, today, &pieces(change, new.declaration)?)?;
            }
            let proposal = Proposal {
                id: new.id,
                declaration: new.declaration,
                step: new.step,
                content: new.content.cloned(),
                reason: new.reason.trim().to_owned(),
                notice: new.notice.trim().to_owned(),
                proposed_by: me.id,
                proposed_by_name: me.name.clone(),
                proposed_at: text::read_time(&text::time(now))?,
            };
            proposal.check()?;
            change.execute(
                "INSERT INTO classification (id, declaration, content, proposed_by)
                 VALUES (?1, ?2, ?3, ?4)",
                params![
                    new.id.to_string(),
                    new.declaration.to_string(),
                    serde_json::to_string(&proposal)?,
                    me.id.to_string()
                ],
            )?;
            audit::append(
                change,
                now,
                &me.name,
                "classification.propose",
                &new.declaration.to_string(),
                &told(&proposal),
            )?;
            Ok(proposal)
        })
    }

    /// Decides on a proposal.
    ///
    /// # Errors
    /// [`ClassifyFault`]: no 定密责任人, one's own proposal, decided already, or what the law does
    /// not allow by now.
    pub fn decide_classification(
        &self,
        id: ClassificationId,
        approve: bool,
        reason: &str,
        today: NaiveDate,
        now: Moment,
    ) -> Result<StoredClassification, ClassifyFault> {
        let me = self.me();
        if !me.is(Role::ClassificationOfficer) {
            return Err(ClassifyFault::NotAllowed);
        }
        let waiting = self.proposal(id)?.ok_or(ClassifyFault::NotFound)?;
        if waiting.verdict.is_some() {
            return Err(ClassifyFault::Decided);
        }
        let proposal = waiting.proposal;
        let verdict = ClassificationVerdict {
            approved: approve,
            reason: reason.trim().to_owned(),
            decided_by: me.id,
            decided_by_name: me.name.clone(),
            decided_at: text::read_time(&text::time(now))?,
        };
        verdict.check(&proposal)?;
        self.change::<_, ClassifyFault>(|change| {
            if let Some(content) = proposal.content.as_ref().filter(|_| approve) {
                content.check(rank(change)?, today, &pieces(change, proposal.declaration)?)?;
                let people: Vec<AccountId> = content
                    .scope
                    .iter()
                    .filter_map(|knower| knower.account)
                    .collect();
                let_know(change, proposal.declaration, &people)?;
            }
            let written = change.execute(
                "UPDATE classification SET verdict = ?2, decided_by = ?3, approved = ?4
                 WHERE id = ?1 AND verdict IS NULL",
                params![
                    id.to_string(),
                    serde_json::to_string(&verdict)?,
                    me.id.to_string(),
                    approve
                ],
            )?;
            if written == 0 {
                return Err(ClassifyFault::Decided);
            }
            audit::append(
                change,
                now,
                &me.name,
                if approve {
                    "classification.approve"
                } else {
                    "classification.refuse"
                },
                &proposal.declaration.to_string(),
                &told(&proposal),
            )?;
            Ok(())
        })?;
        Ok(StoredClassification {
            proposal,
            verdict: Some(verdict),
        })
    }

    /// Declarations whose proposal waits for a decision of the person at work.
    ///
    /// # Errors
    /// [`StoreFault`] when the vault cannot be read.
    pub fn classifications_to_decide(&self) -> Result<Vec<Proposal>, StoreFault> {
        if !self.me().is(Role::ClassificationOfficer) {
            return Ok(Vec::new());
        }
        self.read(|connection| {
            let mut statement = connection.prepare_cached(
                "SELECT content FROM classification
                 WHERE verdict IS NULL AND proposed_by <> ?1 ORDER BY seq",
            )?;
            let mut rows = statement.query([self.me().id.to_string()])?;
            let mut found = Vec::new();
            while let Some(row) = rows.next()? {
                found.push(serde_json::from_str(&row.get::<_, String>(0)?)?);
            }
            Ok(found)
        })
    }
}

/// What the audit record says: the step and the mark, not the content.
fn told(proposal: &Proposal) -> String {
    match &proposal.content {
        Some(content) => format!("{:?} {}", proposal.step, content.whole()),
        None => format!("{:?}", proposal.step),
    }
}
