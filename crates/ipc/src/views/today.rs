//! What is due.

use luguo_domain::DeclarationId;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What the dashboard shows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct TodayView {
    /// Today, `YYYY-MM-DD`.
    pub today: String,
    /// The next due day, clause 三（二）, `YYYY-MM-DD`.
    pub due: String,
    /// Days until then.
    pub days: u32,
    /// What there is to do, the first due first.
    pub items: Vec<TodayItemView>,
}

/// One thing to do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct TodayItemView {
    /// What kind.
    pub kind: TodayKind,
    /// Which declaration.
    pub declaration: DeclarationId,
    /// Its 成果名称.
    pub name: String,
    /// What to do, in a sentence.
    pub sentence: String,
    /// By when, `YYYY-MM-DD`.
    pub due: String,
}

/// Kinds of things to do, the most pressing first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum TodayKind {
    /// Came back from a review.
    Returned,
    /// Waits for this person's review.
    Review,
    /// Approved and not delivered.
    Unsent,
    /// The two-year window closes.
    Expiring,
    /// Being filled in.
    Draft,
    /// A classification waits for the 定密责任人.
    Classify,
    /// A term of secrecy ends soon or has ended.
    TermEnds,
}

/// Whether there was something to remind of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct RemindedView {
    /// A notice was shown.
    pub told: bool,
}
