//! The form (征集表, 附件1): 22 fields, labelled and ordered as in the notice.

pub mod copy;
pub mod count;
pub mod declaration;
pub mod fields;
#[cfg(test)]
mod fields_tests;
pub mod file;
pub mod help;
pub mod merge;
pub mod options;
pub mod section;
pub mod words;

pub use count::characters;
pub use declaration::{
    Commitment, Declaration, IntellectualProperty, Ownership, Prize, ProjectEntry, Publicity,
    ResearchPeriod, Researcher, UnitInfo,
};
pub use file::{DeclarationFile, FileFault};
pub use options::{
    AchievementKind, AchievementLevel, Contest, CooperationMode, Gender, Maturity, ProjectCategory,
    ProjectLevel, ResearchBasis, RightKind, TechnicalField, UnitNature,
};
