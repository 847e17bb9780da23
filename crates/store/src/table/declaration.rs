//! Declarations: the working copy of each form. Saving it is one row and no audit record, so
//! that autosave stays cheap; steps are records.

use super::{audit, search, text};
use crate::{
    fault::{SaveFault, StoreFault},
    vault::Vault,
};
use luguo_domain::{AccountId, Declaration, DeclarationId, Moment, State, rules::Answer};
use rusqlite::{Connection, OptionalExtension as _, params};

/// One row of the list; nothing of the form is parsed for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeclarationRow {
    /// Identity.
    pub id: DeclarationId,
    /// 成果名称.
    pub name: String,
    /// State.
    pub state: State,
    /// Version of the working copy.
    pub version: u32,
    /// Who prepares it.
    pub prepared_by: AccountId,
    /// Who prepares it, by name.
    pub prepared_by_name: String,
    /// Completeness, 0 to 100.
    pub completeness: u8,
    /// Submitted revisions.
    pub revisions: u32,
    /// Reason of the last return while it stands there.
    pub return_reason: Option<String>,
    /// Last change.
    pub changed_at: Moment,
}

/// The working copy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredDeclaration {
    /// What the list shows.
    pub row: DeclarationRow,
    /// The form.
    pub form: Declaration,
    /// Reasons for 核实性 findings.
    pub answers: Vec<Answer>,
}

/// What a person typed, as it is saved.
#[derive(Debug, Clone, Copy)]
pub struct Typing<'a> {
    /// The whole form.
    pub form: &'a Declaration,
    /// Reasons for 核实性 findings.
    pub answers: &'a [Answer],
    /// Of the required fields, 0 to 100.
    pub completeness: u8,
    /// The steps that can be undone, as the window has them; empty for none.
    pub undo: &'a str,
}

pub(crate) const COLUMNS: &str =
    "declaration.id, declaration.name, state, version, prepared_by, account.name,
    completeness, revisions, return_reason, changed_at";

pub(crate) fn read_row(row: &rusqlite::Row<'_>) -> Result<DeclarationRow, StoreFault> {
    let state: String = row.get(2)?;
    Ok(DeclarationRow {
        id: text::read(&row.get::<_, String>(0)?)?,
        name: row.get(1)?,
        state: State::from_code(&state).ok_or_else(|| text::damaged(&state, &"no state"))?,
        version: row.get(3)?,
        prepared_by: text::read(&row.get::<_, String>(4)?)?,
        prepared_by_name: row.get(5)?,
        completeness: row.get(6)?,
        revisions: row.get(7)?,
        return_reason: row.get(8)?,
        changed_at: text::read_time(&row.get::<_, String>(9)?)?,
    })
}

pub(crate) fn find(
    connection: &Connection,
    id: DeclarationId,
) -> Result<Option<StoredDeclaration>, StoreFault> {
    let mut statement = connection.prepare_cached(&format!(
        "SELECT {COLUMNS}, form, answers FROM declaration
         JOIN account ON account.id = prepared_by
         WHERE declaration.id = ?1 AND merged_into IS NULL AND discarded_at IS NULL"
    ))?;
    let mut rows = statement.query([id.to_string()])?;
    let Some(row) = rows.next()? else {
        return Ok(None);
    };
    Ok(Some(StoredDeclaration {
        row: read_row(row)?,
        form: serde_json::from_str(&row.get::<_, String>(10)?)?,
        answers: serde_json::from_str(&row.get::<_, String>(11)?)?,
    }))
}

/// Name and time of the form that was saved last; of a classified vault nothing, because whoever
/// opens it may not be one who may know.
pub(crate) fn last_saved(connection: &Connection) -> Result<Option<(String, Moment)>, StoreFault> {
    let last: Option<(String, String)> = connection
        .query_row(
            "SELECT name, changed_at FROM declaration WHERE discarded_at IS NULL
                AND (SELECT kind FROM meta) = 'open'
             ORDER BY changed_at DESC LIMIT 1",
            [],
            |row| Ok((row.get(0)?, row.get(1)?)),
        )
        .optional()?;
    last.map(|(name, at)| Ok((name, text::read_time(&at)?)))
        .transpose()
}

/// Moves to another state inside the caller's transaction.
pub(crate) fn set_state(
    connection: &Connection,
    id: DeclarationId,
    state: State,
    return_reason: Option<&str>,
    now: Moment,
) -> Result<(), StoreFault> {
    connection.execute(
        "UPDATE declaration SET state = ?2, return_reason = ?3, changed_at = ?4 WHERE id = ?1",
        params![id.to_string(), state.code(), return_reason, text::time(now)],
    )?;
    Ok(())
}

/// Finds a declaration that the person may change now.
pub(crate) fn editable(
    connection: &Connection,
    id: DeclarationId,
    person: AccountId,
) -> Result<StoredDeclaration, SaveFault> {
    let found = find(connection, id)?.ok_or(SaveFault::NotFound)?;
    if found.row.prepared_by != person {
        return Err(SaveFault::NotYours);
    }
    if !found.row.state.is_editable() {
        return Err(SaveFault::NotEditable {
            state: found.row.state,
        });
    }
    Ok(found)
}

impl Vault {
    /// Every declaration, the last changed first.
    ///
    /// # Errors
    /// [`StoreFault`] when the vault cannot be read.
    pub fn declarations(&self) -> Result<Vec<DeclarationRow>, StoreFault> {
        self.read::<_, StoreFault>(|connection| {
            let mut statement = connection.prepare_cached(&format!(
                "SELECT {COLUMNS} FROM declaration JOIN account ON account.id = prepared_by
                 WHERE merged_into IS NULL AND discarded_at IS NULL
                 ORDER BY changed_at DESC, declaration.id DESC"
            ))?;
            let mut rows = statement.query([])?;
            let mut found = Vec::new();
            while let Some(row) = rows.next()? {
                let row = read_row(row)?;
                if self.knows(connection, row.id)? {
                    found.push(row);
                }
            }
            Ok(found)
        })
    }

    /// Whether there is any declaration.
    ///
    /// # Errors
    /// [`StoreFault`] when the vault cannot be read.
    pub fn has_declarations(&self) -> Result<bool, StoreFault> {
        self.read::<_, StoreFault>(|connection| {
            Ok(connection.query_row(
                "SELECT EXISTS (SELECT 1 FROM declaration WHERE discarded_at IS NULL)",
                [],
                |row| row.get(0),
            )?)
        })
    }

    /// Tells each declaration's working copy, one after the other: nothing is held in memory.
    ///
    /// # Errors
    /// [`StoreFault`] when the vault cannot be read.
    pub fn each_form(
        &self,
        tell: &mut dyn FnMut(DeclarationId, Declaration),
    ) -> Result<(), StoreFault> {
        self.read::<_, StoreFault>(|connection| {
            let mut statement = connection.prepare_cached(
                "SELECT id, form FROM declaration
                 WHERE merged_into IS NULL AND discarded_at IS NULL ORDER BY id",
            )?;
            let mut rows = statement.query([])?;
            while let Some(row) = rows.next()? {
                let id = text::read(&row.get::<_, String>(0)?)?;
                if !self.knows(connection, id)? {
                    continue;
                }
                tell(id, serde_json::from_str(&row.get::<_, String>(1)?)?);
            }
            Ok(())
        })
    }

    /// One declaration's working copy.
    ///
    /// # Errors
    /// [`StoreFault`] when the vault cannot be read.
    pub fn declaration(&self, id: DeclarationId) -> Result<Option<StoredDeclaration>, StoreFault> {
        self.read::<_, StoreFault>(|connection| {
            if self.knows(connection, id)? {
                find(connection, id)
            } else {
                Ok(None)
            }
        })
    }

    /// Begins a declaration, prepared by the person at work.
    ///
    /// # Errors
    /// [`StoreFault`] when the vault cannot be written.
    pub fn create_declaration(
        &self,
        id: DeclarationId,
        form: &Declaration,
        completeness: u8,
        now: Moment,
    ) -> Result<(), StoreFault> {
        self.change::<_, StoreFault>(|change| {
            change.execute(
                "INSERT INTO declaration (id, state, version, name, form, answers, completeness,
                    prepared_by, created_at, changed_at)
                 VALUES (?1, ?2, 1, ?3, ?4, '[]', ?5, ?6, ?7, ?7)",
                params![
                    id.to_string(),
                    State::Draft.code(),
                    form.name,
                    serde_json::to_string(form)?,
                    completeness,
                    self.me().id.to_string(),
                    text::time(now)
                ],
            )?;
            search::index(change, id)?;
            audit::append(
                change,
                now,
                &self.me().name,
                "declaration.create",
                &id.to_string(),
                "",
            )?;
            Ok(())
        })
    }

    /// The steps that can be undone in the working copy as it stands; empty when there are none.
    ///
    /// # Errors
    /// [`StoreFault`] when the vault cannot be read.
    pub fn undo_history(&self, id: DeclarationId) -> Result<String, StoreFault> {
        self.read::<_, StoreFault>(|connection| {
            let steps = connection
                .prepare_cached(
                    "SELECT steps FROM undo_history
                     JOIN declaration ON declaration.id = undo_history.declaration
                        AND declaration.version = undo_history.version
                     WHERE undo_history.declaration = ?1",
                )?
                .query_row([id.to_string()], |row| row.get(0))
                .optional()?;
            Ok(steps.unwrap_or_default())
        })
    }

    /// Saves the typing and returns the new version.
    ///
    /// # Errors
    /// [`SaveFault`]: another person's, not editable now, or saved by somebody in between.
    pub fn save_declaration(
        &self,
        id: DeclarationId,
        base_version: u32,
        typing: &Typing<'_>,
        now: Moment,
    ) -> Result<u32, SaveFault> {
        self.change::<_, SaveFault>(|change| {
            let found = editable(change, id, self.me().id)?;
            if found.row.version != base_version {
                return Err(SaveFault::Stale {
                    current: found.row.version,
                });
            }
            let version = base_version + 1;
            change
                .prepare_cached(
                    "UPDATE declaration SET version = ?2, name = ?3, form = ?4, answers = ?5,
                        completeness = ?6, changed_at = ?7 WHERE id = ?1",
                )?
                .execute(params![
                    id.to_string(),
                    version,
                    typing.form.name,
                    serde_json::to_string(typing.form)?,
                    serde_json::to_string(typing.answers)?,
                    typing.completeness,
                    text::time(now)
                ])?;
            change
                .prepare_cached(
                    "INSERT INTO undo_history (declaration, version, steps) VALUES (?1, ?2, ?3)
                     ON CONFLICT (declaration) DO UPDATE SET version = ?2, steps = ?3",
                )?
                .execute(params![id.to_string(), version, typing.undo])?;
            search::index(change, id)?;
            Ok(version)
        })
    }
}

/// The state alone.
pub(crate) fn state_of(
    connection: &Connection,
    id: DeclarationId,
) -> Result<Option<State>, StoreFault> {
    let code: Option<String> = connection
        .query_row(
            "SELECT state FROM declaration WHERE id = ?1",
            [id.to_string()],
            |row| row.get(0),
        )
        .optional()?;
    code.map(|code| State::from_code(&code).ok_or_else(|| text::damaged(&code, &"no state")))
        .transpose()
}
