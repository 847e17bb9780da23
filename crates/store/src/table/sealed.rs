//! The register of sealed packages: what went out and came in, and every hand it passed through.
//! Steps are appended; what a step does to a declaration happens in the same transaction.

use super::{audit, declaration, heads, knower, meta, text};
use crate::{
    fault::{RegisterFault, StoreFault},
    vault::Vault,
};
use chrono::Datelike as _;
use luguo_domain::{
    DeclarationId, Moment, State, Step,
    secrecy::{HandoverStep, SealedState, register_number, sealed_state},
};
use rusqlite::{Connection, OptionalExtension as _, params};
use std::collections::BTreeMap;

/// A declaration in a package.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SealedItem {
    /// The declaration.
    pub declaration: DeclarationId,
    /// The revision.
    pub revision: u32,
    /// Rulings that go back, not the declaration itself.
    pub reply: bool,
}

/// A package about to be entered.
#[derive(Debug, Clone, Copy)]
pub struct NewSealed<'a> {
    /// Its id, 32 hexadecimal digits.
    pub package: &'a str,
    /// It goes out; else it came in.
    pub outgoing: bool,
    /// SM3 of its index.
    pub digest: &'a str,
    /// The mark of the whole.
    pub marking: &'a str,
    /// JSON: recipients or sender, contents in numbers.
    pub content: &'a str,
    /// The officer at work.
    pub officer: &'a str,
    /// The second person; empty for one that came in.
    pub approver: &'a str,
    /// What is inside.
    pub items: &'a [SealedItem],
    /// Card → receipt code.
    pub codes: &'a BTreeMap<String, String>,
    /// The medium that it was written to or came on.
    pub medium: &'a str,
    /// Recipients by name and unit: they know from now on.
    pub knowers: &'a [(String, String)],
}

/// A package of the register.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredSealed {
    /// Its id.
    pub package: String,
    /// Its number in the register.
    pub number: String,
    /// Year of the number.
    pub year: i32,
    /// It went out; else it came in.
    pub outgoing: bool,
    /// SM3 of its index.
    pub digest: String,
    /// The mark of the whole.
    pub marking: String,
    /// JSON as it was entered.
    pub content: String,
    /// The officer.
    pub officer: String,
    /// The second person.
    pub approver: String,
    /// When it was entered.
    pub at: Moment,
    /// Card → receipt code.
    pub codes: BTreeMap<String, String>,
    /// What is inside.
    pub items: Vec<SealedItem>,
    /// Its steps, the first first.
    pub steps: Vec<StoredSealedStep>,
}

/// A step that was taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredSealedStep {
    /// What.
    pub step: HandoverStep,
    /// What else is known.
    pub words: String,
    /// Who recorded it.
    pub by: String,
    /// When.
    pub at: Moment,
}

impl StoredSealed {
    /// Where it stands.
    pub fn state(&self) -> SealedState {
        sealed_state(self.steps.iter().map(|step| step.step))
    }

    /// Whether a step may follow.
    pub fn allows(&self, step: HandoverStep) -> bool {
        let taken: Vec<_> = self.steps.iter().map(|step| step.step).collect();
        self.state().allows(step, &taken)
    }
}

fn append(
    vault: &Vault,
    change: &Connection,
    package: &str,
    step: HandoverStep,
    words: &str,
    now: Moment,
) -> Result<(), StoreFault> {
    change.execute(
        "INSERT INTO sealed_step (package, step, words, by, at) VALUES (?1, ?2, ?3, ?4, ?5)",
        params![
            package,
            step.code(),
            words,
            vault.me().name,
            text::time(now)
        ],
    )?;
    let head = audit::append(
        change,
        now,
        &vault.me().name,
        &format!("sealed.{}", step.code()),
        package,
        words,
    )?;
    heads::sign(
        change,
        &head,
        &format!("sealed.{}", step.code()),
        package,
        now,
    )?;
    Ok(())
}

fn find(connection: &Connection, package: &str) -> Result<Option<StoredSealed>, StoreFault> {
    Ok(select(connection, Some(package))?.pop())
}

fn select(connection: &Connection, package: Option<&str>) -> Result<Vec<StoredSealed>, StoreFault> {
    let mut statement = connection.prepare_cached(
        "SELECT package, number, year, outgoing, digest, marking, content, officer, approver, at,
            codes
         FROM sealed WHERE ?1 IS NULL OR package = ?1 ORDER BY at DESC, number DESC",
    )?;
    let mut rows = statement.query([package])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        let package: String = row.get(0)?;
        found.push(StoredSealed {
            items: items(connection, &package)?,
            steps: steps(connection, &package)?,
            package,
            number: row.get(1)?,
            year: row.get(2)?,
            outgoing: row.get(3)?,
            digest: row.get(4)?,
            marking: row.get(5)?,
            content: row.get(6)?,
            officer: row.get(7)?,
            approver: row.get(8)?,
            at: text::read_time(&row.get::<_, String>(9)?)?,
            codes: serde_json::from_str(&row.get::<_, String>(10)?)?,
        });
    }
    Ok(found)
}

fn items(connection: &Connection, package: &str) -> Result<Vec<SealedItem>, StoreFault> {
    let mut statement = connection.prepare_cached(
        "SELECT declaration, revision, reply FROM sealed_item WHERE package = ?1
         ORDER BY reply, declaration",
    )?;
    let mut rows = statement.query([package])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        found.push(SealedItem {
            declaration: text::read(&row.get::<_, String>(0)?)?,
            revision: row.get(1)?,
            reply: row.get(2)?,
        });
    }
    Ok(found)
}

fn steps(connection: &Connection, package: &str) -> Result<Vec<StoredSealedStep>, StoreFault> {
    let mut statement = connection.prepare_cached(
        "SELECT step, words, by, at FROM sealed_step WHERE package = ?1 ORDER BY seq",
    )?;
    let mut rows = statement.query([package])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        let code: String = row.get(0)?;
        found.push(StoredSealedStep {
            step: HandoverStep::from_code(&code)
                .ok_or_else(|| text::damaged(&code, &"no step of the register"))?,
            words: row.get(1)?,
            by: row.get(2)?,
            at: text::read_time(&row.get::<_, String>(3)?)?,
        });
    }
    Ok(found)
}

/// An own declaration that was received goes on its way; one that stands elsewhere stays there.
pub(crate) fn arrived(
    change: &Connection,
    id: DeclarationId,
    revision: u32,
    now: Moment,
) -> Result<(), StoreFault> {
    let Some(found) = declaration::find(change, id)? else {
        return Ok(());
    };
    let step = if meta::unit(change)?.direct_reporting {
        Step::ReceiveByDepartment
    } else {
        Step::ReceiveByAuthority
    };
    if found.row.revisions == revision
        && found.row.state == State::Approved
        && let Ok(state) = found.row.state.step(step)
    {
        declaration::set_state(change, id, state, None, now)?;
    }
    Ok(())
}

impl Vault {
    /// Enters a package with its number: one that was sealed and written, or one that came in and
    /// was opened, which is a signature (签收) too. Answers the number.
    ///
    /// # Errors
    /// [`RegisterFault::Known`] for one that stands there already.
    pub fn enter_sealed(&self, new: &NewSealed<'_>, now: Moment) -> Result<String, RegisterFault> {
        self.change::<_, RegisterFault>(|change| {
            if find(change, new.package)?.is_some() {
                return Err(RegisterFault::Known);
            }
            let year = now.year();
            let count: u32 = change.query_row(
                "SELECT count(*) FROM sealed WHERE year = ?1 AND outgoing = ?2",
                params![year, new.outgoing],
                |row| row.get(0),
            )?;
            let number = register_number(new.outgoing, year, count + 1);
            change.execute(
                "INSERT INTO sealed (package, number, year, outgoing, digest, marking, content,
                    officer, approver, at, codes)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
                params![
                    new.package,
                    number,
                    year,
                    new.outgoing,
                    new.digest,
                    new.marking,
                    new.content,
                    new.officer,
                    new.approver,
                    text::time(now),
                    serde_json::to_string(new.codes)?
                ],
            )?;
            for item in new.items {
                change.execute(
                    "INSERT INTO sealed_item (package, declaration, revision, reply)
                     VALUES (?1, ?2, ?3, ?4)",
                    params![
                        new.package,
                        item.declaration.to_string(),
                        item.revision,
                        item.reply
                    ],
                )?;
                for (name, unit) in new.knowers {
                    knower::note(change, item.declaration, name, unit, "封装送达", now)?;
                }
            }
            append(
                self,
                change,
                new.package,
                HandoverStep::Sealed,
                &number,
                now,
            )?;
            let copy = knower::next_copy(self, change, new.package, "medium", now)?;
            let medium = format!("份号 {copy:06}，{}", new.medium);
            if new.outgoing {
                append(
                    self,
                    change,
                    new.package,
                    HandoverStep::Written,
                    &medium,
                    now,
                )?;
            } else {
                append(
                    self,
                    change,
                    new.package,
                    HandoverStep::SignedFor,
                    &medium,
                    now,
                )?;
            }
            Ok(number)
        })
    }

    /// Records a step of a package. A signature (签收) of one that went out lets its declarations
    /// go on their way.
    ///
    /// # Errors
    /// [`RegisterFault`]: none of that id, or a step that may not follow.
    pub fn step_sealed(
        &self,
        package: &str,
        step: HandoverStep,
        words: &str,
        now: Moment,
    ) -> Result<(), RegisterFault> {
        self.change::<_, RegisterFault>(|change| {
            let found = find(change, package)?.ok_or(RegisterFault::NotFound)?;
            if !found.allows(step) {
                return Err(RegisterFault::NotNow {
                    state: found.state(),
                    step,
                });
            }
            append(self, change, package, step, words, now)?;
            if step == HandoverStep::SignedFor && found.outgoing {
                for item in found.items.iter().filter(|item| !item.reply) {
                    arrived(change, item.declaration, item.revision, now)?;
                }
            }
            Ok(())
        })
    }

    /// The register, the newest first.
    ///
    /// # Errors
    /// [`StoreFault`] when the vault cannot be read.
    pub fn sealed(&self) -> Result<Vec<StoredSealed>, StoreFault> {
        self.read(|connection| select(connection, None))
    }

    /// One package of it.
    ///
    /// # Errors
    /// [`StoreFault`] when the vault cannot be read.
    pub fn sealed_package(&self, package: &str) -> Result<Option<StoredSealed>, StoreFault> {
        self.read(|connection| find(connection, package))
    }

    /// A reply of the authority came: whoever replied has the declaration, so it is on its way, and
    /// a package that waited for its receipt was signed for.
    ///
    /// # Errors
    /// [`StoreFault`] when the vault cannot be written.
    pub fn reply_arrived(
        &self,
        id: DeclarationId,
        revision: u32,
        words: &str,
        now: Moment,
    ) -> Result<(), StoreFault> {
        self.change(|change| {
            let waiting: Option<String> = change
                .query_row(
                    "SELECT package FROM sealed_item JOIN sealed USING (package)
                     WHERE declaration = ?1 AND revision = ?2 AND reply = 0 AND outgoing = 1
                     ORDER BY at DESC LIMIT 1",
                    params![id.to_string(), revision],
                    |row| row.get(0),
                )
                .optional()?;
            if let Some(package) = waiting
                && let Some(found) = find(change, &package)?
                && found.allows(HandoverStep::SignedFor)
            {
                append(self, change, &package, HandoverStep::SignedFor, words, now)?;
            }
            arrived(change, id, revision, now)
        })
    }
}
