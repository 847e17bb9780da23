//! Rulings of authorities: made here and on their way, or told by the endpoint. Appended, and what
//! became of one is written once.

use super::{audit, declaration, mark, meta, text};
use crate::{
    fault::{StepFault, StoreFault},
    vault::Vault,
};
use luguo_domain::{
    DeclarationId, Moment, Role, RulingId, State, VaultKind, authority,
    ruling::{Ruling, RulingKind, VetoGround},
};
use rusqlite::{Connection, OptionalExtension as _, Row, params};

/// What a reviewer of an authority rules.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NewRuling<'a> {
    /// Its id.
    pub id: RulingId,
    /// The declaration.
    pub declaration: DeclarationId,
    /// The revision that was read.
    pub revision: u32,
    /// What is ruled.
    pub kind: RulingKind,
    /// What a veto rests on.
    pub ground: Option<VetoGround>,
    /// Why.
    pub reason: &'a str,
}

/// A ruling and what became of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredRuling {
    /// The ruling.
    pub ruling: Ruling,
    /// It was made in this vault.
    pub own: bool,
    /// What the endpoint said; absent while it is on its way.
    pub told: Option<ToldRuling>,
    /// Why it does not go on, a sentence.
    pub wait_message: Option<String>,
    /// Tries in a row that failed.
    pub attempts: u32,
    /// When it is tried again.
    pub next_try: Option<Moment>,
    /// It does not go on before somebody acts.
    pub held: bool,
}

/// What the endpoint said of a ruling. The caller verified the signature.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ToldRuling {
    /// The canonical JSON of the record, exactly as signed.
    pub record: String,
    /// The signature, base64.
    pub signature: String,
    /// The certificate that it was verified against.
    pub certificate_pem: String,
    /// It is in force.
    pub applied: bool,
    /// Where the achievement stands after it.
    pub stands: State,
    /// Its place in the endpoint's list.
    pub place: u64,
}

/// What came of writing a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Settled {
    /// It is written.
    Now,
    /// It was written before.
    Before,
    /// The receipt of its package has to come first.
    NotYet,
}

const COLUMNS: &str = "content, made_by, record, signature, certificate_pem, applied, stands, \
    wait_message, attempts, next_try, held, place";

fn read(row: &Row<'_>) -> Result<StoredRuling, StoreFault> {
    let record: Option<String> = row.get(2)?;
    let told = record
        .map(|record| -> Result<ToldRuling, StoreFault> {
            let stands: String = row.get(6)?;
            Ok(ToldRuling {
                record,
                signature: row.get(3)?,
                certificate_pem: row.get(4)?,
                applied: row.get(5)?,
                stands: State::from_code(&stands).ok_or_else(|| StoreFault::Damaged {
                    detail: format!("an unknown state {stands}"),
                })?,
                place: row.get::<_, i64>(11)?.cast_unsigned(),
            })
        })
        .transpose()?;
    Ok(StoredRuling {
        ruling: serde_json::from_str(&row.get::<_, String>(0)?)?,
        own: row.get::<_, Option<String>>(1)?.is_some(),
        told,
        wait_message: row.get(7)?,
        attempts: row.get(8)?,
        next_try: row
            .get::<_, Option<String>>(9)?
            .map(|time| text::read_time(&time))
            .transpose()?,
        held: row.get(10)?,
    })
}

fn select(
    connection: &Connection,
    condition: &str,
    values: impl rusqlite::Params,
) -> Result<Vec<StoredRuling>, StoreFault> {
    select_in(connection, condition, "seq", values)
}

fn select_in(
    connection: &Connection,
    condition: &str,
    order: &str,
    values: impl rusqlite::Params,
) -> Result<Vec<StoredRuling>, StoreFault> {
    let mut statement = connection.prepare_cached(&format!(
        "SELECT {COLUMNS} FROM ruling WHERE {condition} ORDER BY {order}"
    ))?;
    let mut rows = statement.query(values)?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        found.push(read(row)?);
    }
    Ok(found)
}

/// Where a received revision stands for this authority, and the ruling that brought it there: what
/// the endpoint said last, and what was ruled here since.
fn stands(
    connection: &Connection,
    declaration: DeclarationId,
    revision: u32,
) -> Result<(State, Option<RulingId>), StoreFault> {
    let unit: Option<String> = connection
        .query_row("SELECT unit FROM endpoint", [], |row| row.get(0))
        .optional()?;
    // A classified vault signs in nowhere: its own unit says whose it is.
    let unit = match unit {
        Some(unit) => unit,
        None => meta::unit(connection)?.name,
    };
    let mut stands = if unit == authority::DEPARTMENT {
        State::Evaluation
    } else {
        State::AuthorityReview
    };
    let mut last = None;
    // What the endpoint recorded first, in its order; then what it does not know yet.
    let all = select_in(
        connection,
        "declaration = ?1 AND revision = ?2",
        "place IS NULL, place, seq",
        params![declaration.to_string(), revision],
    )?;
    for known in all {
        let id = known.ruling.id;
        match known.told {
            Some(told) if told.applied => (stands, last) = (told.stands, Some(id)),
            // One that is held does not count until somebody acted.
            None if !known.held => {
                if let Ok(next) = stands.step(known.ruling.kind.step()) {
                    (stands, last) = (next, Some(id));
                }
            }
            Some(_) | None => {}
        }
    }
    Ok((stands, last))
}

impl Vault {
    /// Rules on a received revision. It is in force here only for what may be ruled next; the
    /// endpoint says what it is in truth.
    ///
    /// # Errors
    /// [`StepFault`]: no reviewer, not the newest received revision, a step that is not open, or a
    /// reason or ground that is missing.
    pub fn rule(&self, new: &NewRuling<'_>, now: Moment) -> Result<Ruling, StepFault> {
        if !self.me().is(Role::UnitReviewer) {
            return Err(StepFault::NotAReviewer);
        }
        if !self.is_authority()? {
            return Err(StepFault::NoAuthority);
        }
        let received = self.received_revisions(new.declaration)?;
        let Some((package, revision, _)) = received.first() else {
            return Err(StepFault::NotFound);
        };
        if package.revision != new.revision {
            return Err(StepFault::Stale {
                current: package.revision,
            });
        }
        self.change::<_, StepFault>(|change| {
            let (stands, after) = stands(change, new.declaration, new.revision)?;
            stands.step(new.kind.step())?;
            let (marks, ticks) = mark::shared(change, new.declaration, new.revision, self.me().id)?;
            let ruling = Ruling {
                id: new.id,
                package: package.package,
                declaration: new.declaration,
                revision: new.revision,
                revision_digest: revision.digest(),
                after,
                kind: new.kind,
                ground: new.ground,
                reason: new.reason.trim().to_owned(),
                reviewer_name: self.me().name.clone(),
                decided_at: text::read_time(&text::time(now))?,
                marks,
                ticks,
            };
            ruling.check()?;
            insert(change, &ruling, Some(self.me().id))?;
            audit::append(
                change,
                now,
                &self.me().name,
                "ruling.make",
                &new.declaration.to_string(),
                &format!("revision {} {:?}", new.revision, new.kind),
            )?;
            Ok(ruling)
        })
    }

    /// Where a received revision stands for this authority.
    ///
    /// # Errors
    /// [`StoreFault`] when the vault cannot be read.
    pub fn standing(&self, declaration: DeclarationId, revision: u32) -> Result<State, StoreFault> {
        self.read(|connection| Ok(stands(connection, declaration, revision)?.0))
    }

    /// What may be ruled on a received revision now; nothing before an authority signed in.
    ///
    /// # Errors
    /// [`StoreFault`] when the vault cannot be read.
    pub fn may_rule(
        &self,
        declaration: DeclarationId,
        revision: u32,
    ) -> Result<Vec<RulingKind>, StoreFault> {
        if !self.me().is(Role::UnitReviewer) || !self.is_authority()? {
            return Ok(Vec::new());
        }
        self.read(|connection| {
            if !self.knows(connection, declaration)? {
                return Ok(Vec::new());
            }
            let (stands, _) = stands(connection, declaration, revision)?;
            Ok(RulingKind::ALL
                .into_iter()
                .filter(|kind| stands.step(kind.step()).is_ok())
                .collect())
        })
    }

    /// An authority's account signed in here, be it signed out by now. What a classified vault
    /// received was sealed for it, which says the same.
    fn is_authority(&self) -> Result<bool, StoreFault> {
        if self.kind() == VaultKind::Classified {
            return Ok(true);
        }
        Ok(self.endpoint()?.is_some_and(|known| known.authority))
    }

    /// Rulings on a declaration, the earliest first.
    ///
    /// # Errors
    /// [`StoreFault`] when the vault cannot be read.
    pub fn rulings(&self, declaration: DeclarationId) -> Result<Vec<StoredRuling>, StoreFault> {
        self.read(|connection| {
            if !self.knows(connection, declaration)? {
                return Ok(Vec::new());
            }
            select(connection, "declaration = ?1", [declaration.to_string()])
        })
    }

    /// Rulings that were made here and that the endpoint did not answer yet, the earliest first.
    ///
    /// # Errors
    /// [`StoreFault`] when the vault cannot be read.
    pub fn rulings_on_their_way(&self) -> Result<Vec<StoredRuling>, StoreFault> {
        self.read(|connection| select(connection, "record IS NULL", []))
    }

    /// The place up to which the endpoint's list of rulings is known.
    ///
    /// # Errors
    /// [`StoreFault`] when the vault cannot be read.
    pub fn rulings_after(&self) -> Result<u64, StoreFault> {
        self.read::<_, StoreFault>(|connection| {
            let place: Option<i64> = connection
                .query_row("SELECT rulings_after FROM endpoint", [], |row| row.get(0))
                .optional()?;
            Ok(place.unwrap_or_default().cast_unsigned())
        })
    }

    /// Writes what became of a ruling, once: the answer to one's own, or one that the endpoint told
    /// of in its list, which is known up to there then. A declaration of this vault takes the step.
    /// The same again changes nothing.
    ///
    /// # Errors
    /// [`StoreFault`] when the vault cannot be written.
    pub fn settle_ruling(
        &self,
        ruling: &Ruling,
        told: &ToldRuling,
        listed: bool,
        now: Moment,
    ) -> Result<Settled, StoreFault> {
        self.change::<_, StoreFault>(|change| {
            let here = declaration::find(change, ruling.declaration)?
                .filter(|found| found.row.revisions == ruling.revision);
            if here.is_some_and(|found| found.row.state == State::Approved) {
                return Ok(Settled::NotYet);
            }
            let known: Option<bool> = change
                .query_row(
                    "SELECT record IS NOT NULL FROM ruling WHERE id = ?1",
                    [ruling.id.to_string()],
                    |row| row.get(0),
                )
                .optional()?;
            if known.is_none() {
                insert(change, ruling, None)?;
            }
            if known != Some(true) {
                change.execute(
                    "UPDATE ruling SET record = ?2, signature = ?3, certificate_pem = ?4,
                        applied = ?5, stands = ?6, place = ?7, wait_message = NULL, attempts = 0,
                        next_try = NULL, held = 0
                     WHERE id = ?1",
                    params![
                        ruling.id.to_string(),
                        told.record,
                        told.signature,
                        told.certificate_pem,
                        told.applied,
                        told.stands.code(),
                        told.place.cast_signed()
                    ],
                )?;
                if told.applied {
                    step(change, ruling, now)?;
                }
                audit::append(
                    change,
                    now,
                    &self.me().name,
                    if told.applied {
                        "ruling.in_force"
                    } else {
                        "ruling.superseded"
                    },
                    &ruling.declaration.to_string(),
                    &format!("revision {} {:?}", ruling.revision, ruling.kind),
                )?;
            }
            if listed {
                change.execute(
                    "UPDATE endpoint SET rulings_after = max(rulings_after, ?1)",
                    [told.place.cast_signed()],
                )?;
            }
            Ok(match known {
                Some(true) => Settled::Before,
                _ => Settled::Now,
            })
        })
    }

    /// Says why a ruling waits, and until when; without a time it is held until somebody acts.
    ///
    /// # Errors
    /// [`StoreFault`] when the vault cannot be written.
    pub fn ruling_waits(
        &self,
        id: RulingId,
        message: &str,
        next_try: Option<Moment>,
    ) -> Result<(), StoreFault> {
        self.change::<_, StoreFault>(|change| {
            change.execute(
                "UPDATE ruling SET wait_message = ?2, attempts = attempts + 1, next_try = ?3,
                    held = ?4
                 WHERE id = ?1 AND record IS NULL",
                params![
                    id.to_string(),
                    message,
                    next_try.map(text::time),
                    next_try.is_none()
                ],
            )?;
            Ok(())
        })
    }

    /// Everything that waits or is held may be tried at once: somebody asked.
    ///
    /// # Errors
    /// [`StoreFault`] when the vault cannot be written.
    pub fn ruling_release(&self) -> Result<(), StoreFault> {
        self.change::<_, StoreFault>(|change| {
            change.execute(
                "UPDATE ruling SET next_try = NULL, attempts = 0, held = 0 WHERE record IS NULL",
                [],
            )?;
            Ok(())
        })
    }
}

fn insert(
    change: &Connection,
    ruling: &Ruling,
    made_by: Option<luguo_domain::AccountId>,
) -> Result<(), StoreFault> {
    change.execute(
        "INSERT INTO ruling (id, declaration, revision, package, content, made_by)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        params![
            ruling.id.to_string(),
            ruling.declaration.to_string(),
            ruling.revision,
            ruling.package.to_string(),
            serde_json::to_string(ruling)?,
            made_by.map(|id| id.to_string())
        ],
    )?;
    Ok(())
}

/// A declaration of this vault goes the way that the authority ruled. One that stands elsewhere by
/// now stays there; the ruling is on record all the same.
fn step(change: &Connection, ruling: &Ruling, now: Moment) -> Result<(), StoreFault> {
    let Some(found) = declaration::find(change, ruling.declaration)? else {
        return Ok(());
    };
    let Ok(state) = found.row.state.step(ruling.kind.step()) else {
        return Ok(());
    };
    if found.row.revisions != ruling.revision {
        return Ok(());
    }
    let why = (ruling.kind == RulingKind::Return).then_some(ruling.reason.as_str());
    declaration::set_state(change, ruling.declaration, state, why, now)
}
