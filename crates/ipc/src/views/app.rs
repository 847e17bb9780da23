//! The program itself: edition, vault, unit, and the form's catalogue.

use super::{account::PersonView, care::CareView};
use crate::secret::Secret;
use luguo_domain::VaultKind;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A request without content.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Nothing {}

/// What the window needs at its start and in its top and status bars.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct AppStatusView {
    /// Version of the program.
    pub version: String,
    /// The edition's kind of vault.
    pub edition: VaultKind,
    /// Whether this edition has a sync centre.
    pub network: bool,
    /// Today's date, `YYYY-MM-DD`, by this machine's clock.
    pub today: String,
    /// The vaults known to this program, the last used first.
    pub vaults: Vec<VaultEntryView>,
    /// The person at work, when a vault is open.
    pub person: Option<PersonView>,
    /// The unit, when a vault is open.
    pub unit: Option<UnitProfile>,
    /// What the start found and repaired, in sentences; empty when there was nothing.
    pub recovered: Vec<String>,
    /// Days until the next 10th, clause 三（二）.
    pub days_to_deadline: u32,
    /// What the vault asks of its people, when one is open.
    pub care: Option<CareView>,
}

/// One known vault.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct VaultEntryView {
    /// Token to name it by.
    pub token: String,
    /// File name, for the person to recognise it.
    pub name: String,
    /// People who may open it, for the list on the unlock screen.
    pub people: Vec<String>,
}

/// What the vault knows of its own unit.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(default)]
pub struct UnitProfile {
    /// 单位名称, as registered and on the seal.
    pub name: String,
    /// 直报单位: straight to the department, clause 二（二）.
    pub direct_reporting: bool,
    /// GB/T 2260 code of the city bureau, when not direct-reporting; empty while not chosen.
    pub city: String,
}

/// Makes a vault.
#[derive(Debug, Deserialize, TS)]
pub struct VaultCreateRequest {
    /// Token of a place from `place_pick`; the program's own folder when absent.
    pub place: Option<String>,
    /// The first person's name.
    pub person: String,
    /// The first person's passphrase.
    #[ts(type = "string")]
    pub passphrase: Secret,
    /// The unit.
    pub unit: UnitProfile,
}

/// Opens a vault.
#[derive(Debug, Deserialize, TS)]
pub struct VaultUnlockRequest {
    /// Token of a known vault.
    pub vault: String,
    /// The person's name.
    pub person: String,
    /// The person's passphrase.
    #[ts(type = "string")]
    pub passphrase: Secret,
}

/// One of the form's fields, for rendering it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct FormFieldView {
    /// Number on the form, 1 to 22.
    pub number: u8,
    /// Path in the declaration, such as `field` or `research.from`.
    pub path: String,
    /// Official label.
    pub label: String,
    /// Hint in the form's own words or ours; may be empty.
    pub hint: String,
    /// Help in plain words, with an example where one helps (F1).
    pub help: String,
    /// Clause it rests on.
    pub clause: String,
    /// Section of the window it stands in, see `SectionView::key`.
    pub section: String,
    /// Whether it must be filled before submission.
    pub required: bool,
    /// Options in the notice's order, for a choice.
    pub options: Vec<OptionView>,
}

/// Help for one place of the form.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct FieldHelpView {
    /// Path without indices, such as `rights.number`.
    pub path: String,
    /// The help, in plain words.
    pub help: String,
}

/// One option of a choice.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct OptionView {
    /// Word in files.
    pub code: String,
    /// Words on the form.
    pub label: String,
}
