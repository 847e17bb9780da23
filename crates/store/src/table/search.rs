//! Search over what the person may see: full text of forms and evidence names, pinyin and initials
//! of names and units, with filters. The index is written in the transaction of the change it
//! follows.

use super::{
    declaration::{self, DeclarationRow},
    evidence, text,
};
use crate::{
    fault::StoreFault,
    splitter::{self, Wanted},
    vault::Vault,
};
use luguo_domain::{
    Declaration, DeclarationId, Moment, Role, State, VaultKind,
    form::{AchievementKind, TechnicalField},
};
use rusqlite::{Connection, OptionalExtension as _, params, params_from_iter, types::Value};
use std::ops::Range;

/// What is looked for. Everything given has to hold.
#[derive(Debug, Clone, Default)]
pub struct SearchQuery {
    /// Words, phrases, numbers, pinyin or initials; empty for filters alone.
    pub text: String,
    /// States; empty for any.
    pub states: Vec<State>,
    /// 技术领域.
    pub field: Option<TechnicalField>,
    /// 成果类型.
    pub kind: Option<AchievementKind>,
    /// Changed from then on.
    pub from: Option<Moment>,
    /// Changed before then.
    pub until: Option<Moment>,
    /// At most so many.
    pub limit: u32,
}

/// A declaration that was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SearchHit {
    /// What the list shows of it.
    pub row: DeclarationRow,
    /// Where it was found.
    pub places: Vec<SearchPlace>,
}

/// A text that has what was looked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SearchPlace {
    /// What the text is.
    pub of: SearchedText,
    /// The text.
    pub text: String,
    /// Where in it, in bytes.
    pub marks: Vec<Range<usize>>,
}

/// The texts that are searched.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SearchedText {
    /// 成果名称.
    Name,
    /// 成果简介.
    Summary,
    /// 单位.
    Unit,
    /// 人员.
    Person,
    /// 知识产权 and 项目编号.
    Number,
    /// 佐证材料.
    Evidence,
}

/// The texts of a form, as they are searched and shown.
fn texts<'a>(form: &'a Declaration, evidence: &'a [String]) -> Vec<(SearchedText, &'a str)> {
    use SearchedText as Of;
    let units = form.units.iter().chain(&form.ownership.holders);
    let mut out = vec![(Of::Name, form.name.as_str())];
    out.extend(units.clone().map(|unit| (Of::Unit, unit.name.as_str())));
    for unit in units {
        out.push((Of::Person, &unit.contact));
    }
    for person in &form.researchers {
        out.push((Of::Person, &person.name));
    }
    out.push((Of::Person, &form.commitment.signatory));
    for right in &form.rights {
        out.push((Of::Number, &right.number));
        out.push((Of::Summary, &right.title));
        out.extend(right.owners.iter().map(|owner| (Of::Unit, owner.as_str())));
    }
    for project in &form.projects {
        out.push((Of::Number, &project.number));
        out.push((Of::Summary, &project.name));
    }
    out.extend(evidence.iter().map(|title| (Of::Evidence, title.as_str())));
    out.push((Of::Summary, &form.summary));
    out.push((Of::Summary, &form.rights_text));
    out.retain(|(_, text)| !text.trim().is_empty());
    out
}

/// Writes a declaration's place in the index anew.
pub(crate) fn index(connection: &Connection, id: DeclarationId) -> Result<(), StoreFault> {
    let Some(form) = form_of(connection, id)? else {
        return Ok(());
    };
    let names = evidence_names(connection, id)?;
    let texts = texts(&form, &names);
    let of = |what: SearchedText| {
        texts
            .iter()
            .filter(move |(of, _)| *of == what)
            .map(|(_, text)| *text)
    };
    let row: Option<i64> = connection
        .prepare_cached("SELECT id FROM search_row WHERE declaration = ?1")?
        .query_row([id.to_string()], |row| row.get(0))
        .optional()?;
    if let Some(row) = row {
        connection
            .prepare_cached("DELETE FROM search_index WHERE rowid = ?1")?
            .execute([row])?;
    }
    let row: i64 = connection
        .prepare_cached(
            "INSERT INTO search_row (declaration, splitter, field, type) VALUES (?1, ?2, ?3, ?4)
             ON CONFLICT (declaration) DO UPDATE SET splitter = ?2, field = ?3, type = ?4
             RETURNING id",
        )?
        .query_row(
            params![
                id.to_string(),
                splitter::VERSION,
                form.field.map(TechnicalField::code).unwrap_or_default(),
                form.kind.map(AchievementKind::code).unwrap_or_default(),
            ],
            |row| row.get(0),
        )?;
    connection
        .prepare_cached(
            "INSERT INTO search_index (rowid, name, summary, units, people, numbers, evidence, sound)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
        )?
        .execute(params![
            row,
            splitter::indexed(of(SearchedText::Name)),
            splitter::indexed(of(SearchedText::Summary)),
            splitter::indexed(of(SearchedText::Unit)),
            splitter::indexed(of(SearchedText::Person)),
            splitter::indexed_numbers(of(SearchedText::Number)),
            splitter::indexed(of(SearchedText::Evidence)),
            splitter::sounds(
                of(SearchedText::Name)
                    .chain(of(SearchedText::Unit))
                    .chain(of(SearchedText::Person))
            ),
        ])?;
    Ok(())
}

/// Takes a declaration out of the index.
pub(crate) fn forget(connection: &Connection, id: DeclarationId) -> Result<(), StoreFault> {
    connection.execute(
        "DELETE FROM search_index
         WHERE rowid = (SELECT id FROM search_row WHERE declaration = ?1)",
        [id.to_string()],
    )?;
    connection.execute(
        "DELETE FROM search_row WHERE declaration = ?1",
        [id.to_string()],
    )?;
    Ok(())
}

/// Indexes what an older program, or another way of splitting, left out.
pub(crate) fn catch_up(connection: &mut Connection) -> Result<(), StoreFault> {
    let missing: Vec<String> = connection
        .prepare(
            "SELECT declaration.id FROM declaration
             LEFT JOIN search_row ON search_row.declaration = declaration.id
             WHERE search_row.splitter IS NOT ?1 AND merged_into IS NULL",
        )?
        .query_map([splitter::VERSION], |row| row.get(0))?
        .collect::<Result<_, _>>()?;
    for some in missing.chunks(500) {
        let change = connection.transaction()?;
        for id in some {
            index(&change, text::read(id)?)?;
        }
        change.commit()?;
    }
    Ok(())
}

fn form_of(connection: &Connection, id: DeclarationId) -> Result<Option<Declaration>, StoreFault> {
    let form: Option<String> = connection
        .prepare_cached("SELECT form FROM declaration WHERE id = ?1")?
        .query_row([id.to_string()], |row| row.get(0))
        .optional()?;
    Ok(form.as_deref().map(serde_json::from_str).transpose()?)
}

fn evidence_names(connection: &Connection, id: DeclarationId) -> Result<Vec<String>, StoreFault> {
    Ok(evidence::of(connection, id)?
        .into_iter()
        .flat_map(|stored| {
            let same = stored
                .item
                .file_name
                .rsplit_once('.')
                .is_some_and(|(stem, _)| stem == stored.item.title);
            let file = (!same).then_some(stored.item.file_name);
            std::iter::once(stored.item.title).chain(file)
        })
        .collect())
}

impl Vault {
    /// Finds declarations that the person may see: names first, then everything else, the newest
    /// first.
    ///
    /// # Errors
    /// [`StoreFault`] when the vault cannot be read.
    pub fn search(&self, query: &SearchQuery) -> Result<Vec<SearchHit>, StoreFault> {
        let wanted = Wanted::read(&query.text);
        if wanted.is_none() && !query.text.trim().is_empty() {
            return Ok(Vec::new());
        }
        self.read::<_, StoreFault>(|connection| {
            let mut rows = Vec::new();
            match &wanted {
                Some(wanted) => {
                    let expression = wanted.expression();
                    let mut all = Vec::new();
                    self.matching(connection, query, Some(&expression), &mut all)?;
                    if all.len() < query.limit as usize {
                        all.sort_by_key(|row| wanted.places(&row.name, true).is_empty());
                    } else {
                        // There are more: those with it in the name are looked for on their own.
                        let named = format!("{{name sound}} : ({expression})");
                        self.matching(connection, query, Some(&named), &mut rows)?;
                    }
                    for row in all {
                        if rows.len() < query.limit as usize
                            && !rows.iter().any(|other: &DeclarationRow| other.id == row.id)
                        {
                            rows.push(row);
                        }
                    }
                }
                None => self.matching(connection, query, None, &mut rows)?,
            }
            rows.into_iter()
                .map(|row| {
                    let places = match &wanted {
                        Some(wanted) => places(connection, row.id, wanted)?,
                        None => Vec::new(),
                    };
                    Ok(SearchHit { row, places })
                })
                .collect()
        })
    }

    /// Adds what matches and is not there yet, up to the limit.
    fn matching(
        &self,
        connection: &Connection,
        query: &SearchQuery,
        expression: Option<&str>,
        rows: &mut Vec<DeclarationRow>,
    ) -> Result<(), StoreFault> {
        let mut sql = format!(
            "SELECT {} FROM search_row
             CROSS JOIN declaration ON declaration.id = search_row.declaration
             JOIN account ON account.id = prepared_by
             WHERE merged_into IS NULL AND discarded_at IS NULL",
            declaration::COLUMNS
        );
        let mut values: Vec<Value> = Vec::new();
        let mut holds = |sql: &mut String, condition: &str, value: Value| {
            values.push(value);
            sql.push_str(&format!(" AND {condition}").replace("??", &format!("?{}", values.len())));
        };
        if let Some(expression) = expression {
            sql = sql.replace(
                "FROM search_row\n",
                "FROM search_index CROSS JOIN search_row ON search_row.id = search_index.rowid\n",
            );
            holds(
                &mut sql,
                "search_index MATCH ??",
                expression.to_owned().into(),
            );
        }
        let mine = self.me().id.to_string();
        let visible = if self.kind() == VaultKind::Classified {
            // Who may know decides, row by row.
            "?? <> ''"
        } else if self.me().is(Role::UnitReviewer) {
            "(prepared_by = ?? OR revisions > 0)"
        } else {
            "prepared_by = ??"
        };
        holds(&mut sql, visible, mine.into());
        if let Some(field) = query.field {
            holds(
                &mut sql,
                "search_row.field = ??",
                field.code().to_owned().into(),
            );
        }
        if let Some(kind) = query.kind {
            holds(
                &mut sql,
                "search_row.type = ??",
                kind.code().to_owned().into(),
            );
        }
        if let Some(from) = query.from {
            holds(&mut sql, "changed_at >= ??", text::time(from).into());
        }
        if let Some(until) = query.until {
            holds(&mut sql, "changed_at < ??", text::time(until).into());
        }
        if !query.states.is_empty() {
            let states: Vec<_> = query.states.iter().map(|state| state.code()).collect();
            holds(
                &mut sql,
                "instr(??, ' ' || state || ' ') > 0",
                format!(" {} ", states.join(" ")).into(),
            );
        }
        sql.push_str(if expression.is_some() {
            " ORDER BY search_index.rowid DESC"
        } else {
            " ORDER BY changed_at DESC, declaration.id DESC"
        });
        let mut statement = connection.prepare_cached(&sql)?;
        let mut found = statement.query(params_from_iter(values))?;
        while rows.len() < query.limit as usize
            && let Some(row) = found.next()?
        {
            let row = declaration::read_row(row)?;
            if !rows.iter().any(|other| other.id == row.id) && self.knows(connection, row.id)? {
                rows.push(row);
            }
        }
        Ok(())
    }
}

/// The texts of a declaration that have what was looked for, the name first.
fn places(
    connection: &Connection,
    id: DeclarationId,
    wanted: &Wanted,
) -> Result<Vec<SearchPlace>, StoreFault> {
    let Some(form) = form_of(connection, id)? else {
        return Ok(Vec::new());
    };
    let names = evidence_names(connection, id)?;
    let mut places: Vec<SearchPlace> = Vec::new();
    for (of, text) in texts(&form, &names) {
        let sounds = matches!(
            of,
            SearchedText::Name | SearchedText::Unit | SearchedText::Person
        );
        let marks = wanted.places(text, sounds);
        if !marks.is_empty() && !places.iter().any(|place| place.text == text) {
            places.push(SearchPlace {
                of,
                text: text.to_owned(),
                marks,
            });
        }
    }
    Ok(places)
}
