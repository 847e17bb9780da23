//! What people note while they read: marks, ticks, answers to marks, and where they were.

use super::text;
use crate::{
    fault::{SaveFault, StoreFault},
    vault::Vault,
};
use luguo_domain::{
    AccountId, DeclarationId, MarkId, Moment, Sha256Digest,
    claim::Claim,
    marks::{ClaimVerdict, Mark, MarkAnswer, MarkPlace, Tick},
};
use rusqlite::{Connection, OptionalExtension as _, Row, params};

/// A mark as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredMark {
    /// The mark.
    pub mark: Mark,
    /// The declaration that was read.
    pub declaration: DeclarationId,
    /// Its revision.
    pub revision: u32,
    /// It goes into the decision.
    pub shared: bool,
}

const COLUMNS: &str = "mark.id, mark.place, mark.words, account.name, mark.made_at, \
    mark.declaration, mark.revision, mark.shared";

fn read(row: &Row<'_>) -> Result<StoredMark, StoreFault> {
    Ok(StoredMark {
        mark: Mark {
            id: text::read(&row.get::<_, String>(0)?)?,
            place: serde_json::from_str(&row.get::<_, String>(1)?)?,
            words: row.get(2)?,
            author: row.get(3)?,
            made_at: text::read_time(&row.get::<_, String>(4)?)?,
        },
        declaration: text::read(&row.get::<_, String>(5)?)?,
        revision: row.get(6)?,
        shared: row.get(7)?,
    })
}

fn marks(
    connection: &Connection,
    condition: &str,
    values: impl rusqlite::Params,
) -> Result<Vec<StoredMark>, StoreFault> {
    let mut statement = connection.prepare_cached(&format!(
        "SELECT {COLUMNS} FROM mark JOIN account ON account.id = mark.author
         WHERE {condition} ORDER BY mark.made_at, mark.id"
    ))?;
    let mut rows = statement.query(values)?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        found.push(read(row)?);
    }
    Ok(found)
}

/// What a reviewer shares of a revision: it goes into the decision.
pub(crate) fn shared(
    connection: &Connection,
    declaration: DeclarationId,
    revision: u32,
    author: AccountId,
) -> Result<(Vec<Mark>, Vec<Tick>), StoreFault> {
    let found = marks(
        connection,
        "mark.declaration = ?1 AND mark.revision = ?2 AND mark.author = ?3 AND mark.shared = 1",
        params![declaration.to_string(), revision, author.to_string()],
    )?;
    Ok((
        found.into_iter().map(|stored| stored.mark).collect(),
        ticks(connection, declaration, revision, author)?,
    ))
}

fn ticks(
    connection: &Connection,
    declaration: DeclarationId,
    revision: u32,
    author: AccountId,
) -> Result<Vec<Tick>, StoreFault> {
    let mut statement = connection.prepare_cached(
        "SELECT claim, verdict FROM tick
         WHERE declaration = ?1 AND revision = ?2 AND author = ?3 ORDER BY claim",
    )?;
    let mut rows = statement.query(params![
        declaration.to_string(),
        revision,
        author.to_string()
    ])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        let (claim, verdict): (String, String) = (row.get(0)?, row.get(1)?);
        found.push(Tick {
            claim: text::read(&claim)?,
            verdict: serde_json::from_value(verdict.into())?,
        });
    }
    Ok(found)
}

/// Answers to the marks of a return, for the revision that is about to be frozen.
pub(crate) fn answers(
    connection: &Connection,
    declaration: DeclarationId,
) -> Result<Vec<MarkAnswer>, StoreFault> {
    let mut statement = connection.prepare_cached(
        "SELECT mark, words FROM mark_answer WHERE declaration = ?1 ORDER BY mark",
    )?;
    let mut rows = statement.query([declaration.to_string()])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        found.push(MarkAnswer {
            mark: text::read(&row.get::<_, String>(0)?)?,
            words: row.get(1)?,
        });
    }
    Ok(found)
}

impl Vault {
    /// One's own marks on a declaration, whatever the revision, the earliest first.
    ///
    /// # Errors
    /// [`StoreFault`] when the vault cannot be read.
    pub fn my_marks(&self, declaration: DeclarationId) -> Result<Vec<StoredMark>, StoreFault> {
        self.read(|connection| {
            if !self.knows(connection, declaration)? {
                return Ok(Vec::new());
            }
            marks(
                connection,
                "mark.declaration = ?1 AND mark.author = ?2",
                params![declaration.to_string(), self.me().id.to_string()],
            )
        })
    }

    /// One's own marks that contain some words, in any declaration; at most `limit`.
    ///
    /// # Errors
    /// [`StoreFault`] when the vault cannot be read.
    pub fn find_marks(&self, words: &str, limit: u32) -> Result<Vec<StoredMark>, StoreFault> {
        self.read(|connection| {
            let mut found = marks(
                connection,
                "mark.author = ?1 AND instr(lower(mark.words), lower(?2)) > 0",
                params![self.me().id.to_string(), words],
            )?;
            found.reverse();
            found.truncate(limit as usize);
            Ok(found)
        })
    }

    /// Makes a mark, or changes what one's own says and who sees it.
    ///
    /// # Errors
    /// [`SaveFault::NotFound`] when it is another person's mark; [`SaveFault`] when the vault
    /// cannot be written.
    pub fn save_mark(
        &self,
        id: MarkId,
        (declaration, revision): (DeclarationId, u32),
        place: &MarkPlace,
        words: &str,
        shared: bool,
        now: Moment,
    ) -> Result<(), SaveFault> {
        self.change::<_, SaveFault>(|change| {
            let me = self.me().id.to_string();
            let changed = change.execute(
                "INSERT INTO mark (id, declaration, revision, author, made_at, changed_at, shared, place, words)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?5, ?6, ?7, ?8)
                 ON CONFLICT (id) DO UPDATE SET changed_at = ?5, shared = ?6, place = ?7, words = ?8
                 WHERE author = ?4 AND declaration = ?2",
                params![
                    id.to_string(),
                    declaration.to_string(),
                    revision,
                    me,
                    text::time(now),
                    shared,
                    serde_json::to_string(place)?,
                    words.trim()
                ],
            )?;
            if changed == 0 {
                return Err(SaveFault::NotFound);
            }
            Ok(())
        })
    }

    /// Removes one's own mark.
    ///
    /// # Errors
    /// [`SaveFault::NotFound`] when there is none of one's own.
    pub fn remove_mark(&self, id: MarkId) -> Result<(), SaveFault> {
        self.change::<_, SaveFault>(|change| {
            let removed = change.execute(
                "DELETE FROM mark WHERE id = ?1 AND author = ?2",
                params![id.to_string(), self.me().id.to_string()],
            )?;
            if removed == 0 {
                return Err(SaveFault::NotFound);
            }
            Ok(())
        })
    }

    /// What one found about each claim of a revision.
    ///
    /// # Errors
    /// [`StoreFault`] when the vault cannot be read.
    pub fn my_ticks(
        &self,
        declaration: DeclarationId,
        revision: u32,
    ) -> Result<Vec<Tick>, StoreFault> {
        self.read(|connection| ticks(connection, declaration, revision, self.me().id))
    }

    /// Says what one found about a claim, or takes it back.
    ///
    /// # Errors
    /// [`StoreFault`] when the vault cannot be written.
    pub fn tick(
        &self,
        declaration: DeclarationId,
        revision: u32,
        claim: Claim,
        verdict: Option<ClaimVerdict>,
        now: Moment,
    ) -> Result<(), StoreFault> {
        self.change::<_, StoreFault>(|change| {
            let (declaration, me) = (declaration.to_string(), self.me().id.to_string());
            match verdict {
                Some(verdict) => change.execute(
                    "INSERT OR REPLACE INTO tick VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
                    params![
                        declaration,
                        revision,
                        me,
                        claim.to_string(),
                        verdict.code(),
                        text::time(now)
                    ],
                )?,
                None => change.execute(
                    "DELETE FROM tick
                     WHERE declaration = ?1 AND revision = ?2 AND author = ?3 AND claim = ?4",
                    params![declaration, revision, me, claim.to_string()],
                )?,
            };
            Ok(())
        })
    }

    /// What the preparer answered to marks so far.
    ///
    /// # Errors
    /// [`StoreFault`] when the vault cannot be read.
    pub fn mark_answers(&self, declaration: DeclarationId) -> Result<Vec<MarkAnswer>, StoreFault> {
        self.read(|connection| answers(connection, declaration))
    }

    /// Keeps the preparer's answer to a mark; empty words take it back.
    ///
    /// # Errors
    /// [`SaveFault`]: not the preparer's own, or not to be edited now.
    pub fn answer_mark(
        &self,
        declaration: DeclarationId,
        mark: MarkId,
        words: &str,
        now: Moment,
    ) -> Result<(), SaveFault> {
        self.change::<_, SaveFault>(|change| {
            super::declaration::editable(change, declaration, self.me().id)?;
            let (declaration, mark) = (declaration.to_string(), mark.to_string());
            if words.trim().is_empty() {
                change.execute(
                    "DELETE FROM mark_answer WHERE declaration = ?1 AND mark = ?2",
                    params![declaration, mark],
                )?;
            } else {
                change.execute(
                    "INSERT OR REPLACE INTO mark_answer VALUES (?1, ?2, ?3, ?4)",
                    params![declaration, mark, words.trim(), text::time(now)],
                )?;
            }
            Ok(())
        })
    }

    /// Where one was in a content, as the window wrote it.
    ///
    /// # Errors
    /// [`StoreFault`] when the vault cannot be read.
    pub fn reading_place(&self, sha256: Sha256Digest) -> Result<Option<String>, StoreFault> {
        self.read(|connection| {
            Ok(connection
                .prepare_cached(
                    "SELECT place FROM reading_place WHERE account = ?1 AND sha256 = ?2",
                )?
                .query_row(params![self.me().id.to_string(), sha256.to_hex()], |row| {
                    row.get(0)
                })
                .optional()?)
        })
    }

    /// Remembers where one is in a content.
    ///
    /// # Errors
    /// [`StoreFault`] when the vault cannot be written.
    pub fn keep_reading_place(
        &self,
        sha256: Sha256Digest,
        place: &str,
        now: Moment,
    ) -> Result<(), StoreFault> {
        self.change::<_, StoreFault>(|change| {
            change.execute(
                "INSERT OR REPLACE INTO reading_place VALUES (?1, ?2, ?3, ?4)",
                params![
                    self.me().id.to_string(),
                    sha256.to_hex(),
                    place,
                    text::time(now)
                ],
            )?;
            Ok(())
        })
    }
}
