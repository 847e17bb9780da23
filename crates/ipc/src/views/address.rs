//! The address book.

use luguo_domain::form::{Researcher, UnitInfo};
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use uuid::Uuid;

/// Looks into the book.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct AddressQuery {
    /// Part of a name, pinyin or initials; empty for everything.
    pub text: String,
    /// At most so many of each.
    pub limit: u32,
}

/// What the book has, the most used first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct AddressBookView {
    /// Units.
    pub units: Vec<AddressUnitView>,
    /// People.
    pub people: Vec<AddressPersonView>,
}

/// A unit of the book.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct AddressUnitView {
    /// Identity.
    #[ts(type = "string")]
    pub id: Uuid,
    /// The unit; telephone and e-mail are masked in a list.
    pub unit: UnitInfo,
    /// 统一社会信用代码; empty while not known.
    pub credit_code: String,
    /// In how many submissions it stood.
    pub used: u32,
}

/// A person of the book.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct AddressPersonView {
    /// Identity.
    #[ts(type = "string")]
    pub id: Uuid,
    /// The person; 出生年月 is masked in a list.
    pub person: Researcher,
    /// In how many submissions they stood.
    pub used: u32,
}

/// Writes a unit into the book.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct AddressUnitRequest {
    /// The unit; one of the same name is written over.
    pub unit: UnitInfo,
    /// 统一社会信用代码, or empty.
    pub credit_code: String,
}

/// Writes a person into the book.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct AddressPersonRequest {
    /// The person; one of the same name and unit is written over.
    pub person: Researcher,
}

/// Names an entry.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct AddressRequest {
    /// Entry.
    #[ts(type = "string")]
    pub id: Uuid,
}

/// One entry with everything that is known, to fill a form with or to change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct AddressEntryView {
    /// A unit.
    pub unit: Option<AddressUnitView>,
    /// Or a person.
    pub person: Option<AddressPersonView>,
}

/// Writes what the vault knows of a person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct AddressExportRequest {
    /// Entry.
    #[ts(type = "string")]
    pub id: Uuid,
    /// Token of a place from `place_pick`.
    pub place: String,
}
