//! What the law asks of a classified achievement: its mark, who decided on it and who may know.
//!
//! Sources: 保守国家秘密法 (2024) and 实施条例 (2024), articles at each rule. The program records a
//! 定密 decision and never makes one: nothing is marked by default (Art. 22).

mod classification;
mod machine;
mod marking;
mod register;
#[cfg(test)]
mod tests;

pub use classification::{
    Classification, ClassificationFault, ClassificationStep, ClassificationVerdict, DecidingRank,
    Knower, Proposal,
};
pub use machine::{ApprovedMachine, MachineFault};
pub use marking::{Marking, SecrecyLevel, SecrecyTerm, highest};
pub use register::{HandoverStep, SealedState, register_number, sealed_state};
