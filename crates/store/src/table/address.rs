//! The address book: units and people that were typed once, found while typing by name, full
//! pinyin or initials, the most used first.

use super::{audit, text};
use crate::{fault::StoreFault, vault::Vault};
use luguo_domain::{
    Declaration, DeclarationId, Moment,
    form::{Researcher, UnitInfo},
    release::Revision,
};
use pinyin::ToPinyin as _;
use rusqlite::{Connection, OptionalExtension as _, params};
use uuid::Uuid;

/// A unit of the book.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AddressUnit {
    /// Identity.
    pub id: Uuid,
    /// What fills the group of field 11 or 12.
    pub unit: UnitInfo,
    /// 统一社会信用代码; empty while not known. The form does not ask it.
    pub credit_code: String,
    /// In how many submissions it stood.
    pub used: u32,
}

/// A person of the book.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AddressPerson {
    /// Identity.
    pub id: Uuid,
    /// What fills a row of field 21.
    pub person: Researcher,
    /// In how many submissions they stood.
    pub used: u32,
}

/// A form that names a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NamingForm {
    /// The declaration.
    pub declaration: DeclarationId,
    /// 成果名称 as it stands there.
    pub name: String,
    /// The submitted revision; `None` for the working copy.
    pub revision: Option<u32>,
}

fn folded(text: &str) -> String {
    text.chars()
        .filter(|c| !c.is_whitespace())
        .flat_map(char::to_uppercase)
        .collect()
}

/// What a search looks through: the words themselves, full pinyin, initials; all lower case.
fn search_text(words: &str) -> String {
    let (mut full, mut initials) = (String::new(), String::new());
    for c in words.chars().filter(|c| !c.is_whitespace()) {
        match c.to_pinyin() {
            Some(pinyin) => {
                full.push_str(pinyin.plain());
                initials.push_str(pinyin.first_letter());
            }
            None => {
                full.extend(c.to_lowercase());
                initials.extend(c.to_lowercase());
            }
        }
    }
    let words: String = folded(words).to_lowercase();
    format!("{words} {full} {initials}")
}

/// A LIKE pattern that finds the text anywhere; `%`, `_` and `\` stand for themselves.
fn anywhere(text: &str) -> String {
    let mut pattern = String::from("%");
    for c in folded(text).to_lowercase().chars() {
        if matches!(c, '%' | '_' | '\\') {
            pattern.push('\\');
        }
        pattern.push(c);
    }
    pattern.push('%');
    pattern
}

fn put_unit(
    change: &Connection,
    id: Uuid,
    unit: &UnitInfo,
    credit_code: Option<&str>,
    used: u32,
    now: Moment,
) -> Result<(), StoreFault> {
    change.execute(
        "INSERT INTO address_unit (id, folded, content, credit_code, search, used, used_at)
         VALUES (?1, ?2, ?3, ifnull(?4, ''), ?5, ?6, ?7)
         ON CONFLICT (folded) DO UPDATE SET content = excluded.content,
            credit_code = ifnull(?4, credit_code), search = excluded.search,
            used = used + excluded.used, used_at = excluded.used_at",
        params![
            id.to_string(),
            folded(&unit.name),
            serde_json::to_string(unit)?,
            credit_code,
            search_text(&unit.name),
            used,
            text::time(now)
        ],
    )?;
    Ok(())
}

fn put_person(
    change: &Connection,
    id: Uuid,
    person: &Researcher,
    used: u32,
    now: Moment,
) -> Result<(), StoreFault> {
    change.execute(
        "INSERT INTO address_person (id, folded, content, search, used, used_at)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6)
         ON CONFLICT (folded) DO UPDATE SET content = excluded.content,
            search = excluded.search, used = used + excluded.used, used_at = excluded.used_at",
        params![
            id.to_string(),
            format!("{}|{}", folded(&person.name), folded(&person.unit)),
            serde_json::to_string(person)?,
            search_text(&person.name),
            used,
            text::time(now)
        ],
    )?;
    Ok(())
}

impl Vault {
    /// Takes the units and people of a submitted form into the book. `id` makes identities.
    ///
    /// # Errors
    /// [`StoreFault`] when the vault cannot be written.
    pub fn learn_addresses(
        &self,
        form: &Declaration,
        id: &dyn Fn() -> Uuid,
        now: Moment,
    ) -> Result<(), StoreFault> {
        self.change::<_, StoreFault>(|change| {
            for unit in form.units.iter().chain(&form.ownership.holders) {
                if !unit.name.trim().is_empty() {
                    put_unit(change, id(), unit, None, 1, now)?;
                }
            }
            for person in &form.researchers {
                if !person.name.trim().is_empty() {
                    put_person(change, id(), person, 1, now)?;
                }
            }
            Ok(())
        })
    }

    /// Units whose name, pinyin or initials contain the text, the most used first; all of them
    /// for an empty text.
    ///
    /// # Errors
    /// [`StoreFault`] when the vault cannot be read.
    pub fn address_units(&self, text: &str, limit: u32) -> Result<Vec<AddressUnit>, StoreFault> {
        self.read::<_, StoreFault>(|connection| {
            let mut statement = connection.prepare_cached(
                "SELECT id, content, credit_code, used FROM address_unit
                 WHERE search LIKE ?1 ESCAPE '\\' ORDER BY used DESC, used_at DESC, id LIMIT ?2",
            )?;
            let mut rows = statement.query(params![anywhere(text), limit])?;
            let mut found = Vec::new();
            while let Some(row) = rows.next()? {
                found.push(AddressUnit {
                    id: text::read(&row.get::<_, String>(0)?)?,
                    unit: serde_json::from_str(&row.get::<_, String>(1)?)?,
                    credit_code: row.get(2)?,
                    used: row.get(3)?,
                });
            }
            Ok(found)
        })
    }

    /// People whose name, pinyin or initials contain the text, the most used first.
    ///
    /// # Errors
    /// [`StoreFault`] when the vault cannot be read.
    pub fn address_people(&self, text: &str, limit: u32) -> Result<Vec<AddressPerson>, StoreFault> {
        self.read::<_, StoreFault>(|connection| {
            let mut statement = connection.prepare_cached(
                "SELECT id, content, used FROM address_person
                 WHERE search LIKE ?1 ESCAPE '\\' ORDER BY used DESC, used_at DESC, id LIMIT ?2",
            )?;
            let mut rows = statement.query(params![anywhere(text), limit])?;
            let mut found = Vec::new();
            while let Some(row) = rows.next()? {
                found.push(AddressPerson {
                    id: text::read(&row.get::<_, String>(0)?)?,
                    person: serde_json::from_str(&row.get::<_, String>(1)?)?,
                    used: row.get(2)?,
                });
            }
            Ok(found)
        })
    }

    /// Writes a unit into the book, over the one of the same name.
    ///
    /// # Errors
    /// [`StoreFault`] when the vault cannot be written.
    pub fn save_address_unit(
        &self,
        id: Uuid,
        unit: &UnitInfo,
        credit_code: &str,
        now: Moment,
    ) -> Result<(), StoreFault> {
        self.change::<_, StoreFault>(|change| {
            put_unit(change, id, unit, Some(credit_code), 0, now)?;
            self.noted_address(change, "address.save", &unit.name, now)
        })
    }

    /// Writes a person into the book, over the one of the same name and unit.
    ///
    /// # Errors
    /// [`StoreFault`] when the vault cannot be written.
    pub fn save_address_person(
        &self,
        id: Uuid,
        person: &Researcher,
        now: Moment,
    ) -> Result<(), StoreFault> {
        self.change::<_, StoreFault>(|change| {
            put_person(change, id, person, 0, now)?;
            self.noted_address(change, "address.save", &person.name, now)
        })
    }

    /// One entry: a unit or a person.
    ///
    /// # Errors
    /// [`StoreFault`] when the vault cannot be read.
    pub fn address_entry(
        &self,
        id: Uuid,
    ) -> Result<(Option<AddressUnit>, Option<AddressPerson>), StoreFault> {
        self.read::<_, StoreFault>(|connection| {
            let unit = connection
                .prepare_cached(
                    "SELECT content, credit_code, used FROM address_unit WHERE id = ?1",
                )?
                .query_row([id.to_string()], |row| {
                    Ok((row.get::<_, String>(0)?, row.get(1)?, row.get(2)?))
                })
                .optional()?;
            let unit = match unit {
                Some((content, credit_code, used)) => Some(AddressUnit {
                    id,
                    unit: serde_json::from_str(&content)?,
                    credit_code,
                    used,
                }),
                None => None,
            };
            let person = connection
                .prepare_cached("SELECT content, used FROM address_person WHERE id = ?1")?
                .query_row([id.to_string()], |row| {
                    Ok((row.get::<_, String>(0)?, row.get(1)?))
                })
                .optional()?;
            let person = match person {
                Some((content, used)) => Some(AddressPerson {
                    id,
                    person: serde_json::from_str(&content)?,
                    used,
                }),
                None => None,
            };
            Ok((unit, person))
        })
    }

    /// The forms that name a person of a unit: working copies, and submitted revisions with their
    /// numbers. Names are compared without blanks.
    ///
    /// # Errors
    /// [`StoreFault`] when the vault cannot be read.
    pub fn forms_naming(&self, person: &Researcher) -> Result<Vec<NamingForm>, StoreFault> {
        let names = |form: &Declaration| {
            form.researchers.iter().any(|other| {
                folded(&other.name) == folded(&person.name)
                    && folded(&other.unit) == folded(&person.unit)
            })
        };
        self.read::<_, StoreFault>(|connection| {
            let mut found = Vec::new();
            let mut drafts = connection.prepare("SELECT id, form FROM declaration ORDER BY id")?;
            let mut rows = drafts.query([])?;
            while let Some(row) = rows.next()? {
                let form: Declaration = serde_json::from_str(&row.get::<_, String>(1)?)?;
                if names(&form) {
                    found.push(NamingForm {
                        declaration: text::read(&row.get::<_, String>(0)?)?,
                        name: form.name,
                        revision: None,
                    });
                }
            }
            let mut submitted = connection.prepare(
                "SELECT declaration, number, content FROM revision ORDER BY declaration, number",
            )?;
            let mut rows = submitted.query([])?;
            while let Some(row) = rows.next()? {
                let revision: Revision = serde_json::from_str(&row.get::<_, String>(2)?)?;
                if names(&revision.declaration) {
                    found.push(NamingForm {
                        declaration: text::read(&row.get::<_, String>(0)?)?,
                        name: revision.declaration.name,
                        revision: Some(row.get(1)?),
                    });
                }
            }
            Ok(found)
        })
    }

    /// Takes an entry out of the book; forms that were filled from it keep their text.
    ///
    /// # Errors
    /// [`StoreFault`] when the vault cannot be written.
    pub fn remove_address(&self, id: Uuid, now: Moment) -> Result<bool, StoreFault> {
        self.change::<_, StoreFault>(|change| {
            let id = id.to_string();
            let removed = change.execute("DELETE FROM address_unit WHERE id = ?1", [&id])?
                + change.execute("DELETE FROM address_person WHERE id = ?1", [&id])?;
            if removed > 0 {
                self.noted_address(change, "address.remove", &id, now)?;
            }
            Ok(removed > 0)
        })
    }

    fn noted_address(
        &self,
        change: &Connection,
        action: &str,
        subject: &str,
        now: Moment,
    ) -> Result<(), StoreFault> {
        audit::append(change, now, &self.me().name, action, subject, "")?;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_found_by_its_words_its_pinyin_and_its_initials() {
        let text = search_text("青岛 海洋装备研究院A");
        for part in ["海洋", "qingdaohaiyang", "qdhyzbyjy", "院a"] {
            assert!(text.contains(part), "{part} in {text}");
        }
    }
}
