//! Search.

use super::declaration::DeclarationRowView;
use luguo_domain::{
    State,
    form::{AchievementKind, TechnicalField},
};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What is looked for. Everything given has to hold.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SearchRequest {
    /// Words, numbers, names, pinyin or initials; empty for filters alone.
    pub text: String,
    /// States; empty for any.
    pub states: Vec<State>,
    /// 技术领域.
    pub field: Option<TechnicalField>,
    /// 成果类型.
    pub kind: Option<AchievementKind>,
    /// Month of the last change, `YYYY-MM`.
    pub month: Option<String>,
}

/// What was found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SearchView {
    /// Names first, then everything else, the newest first.
    pub hits: Vec<SearchHitView>,
    /// There are more: say more of what is looked for.
    pub more: bool,
}

/// One declaration that was found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SearchHitView {
    /// What the list shows of it.
    pub row: DeclarationRowView,
    /// The name, in pieces.
    pub name: Vec<SearchPieceView>,
    /// Where else it was found, in pieces.
    pub places: Vec<SearchPlaceView>,
}

/// A text that has what was looked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SearchPlaceView {
    /// What the text is, in words.
    pub of: String,
    /// The text around it.
    pub pieces: Vec<SearchPieceView>,
}

/// A piece of a text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SearchPieceView {
    /// The characters.
    pub text: String,
    /// They are what was looked for.
    pub hit: bool,
}
