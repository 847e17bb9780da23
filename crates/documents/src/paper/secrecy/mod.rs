//! The papers of the classified edition: what goes along with a sealed package, what is kept of
//! it, and what the law wants on record of a secret. They print what they are given; every
//! decision is made elsewhere.

mod card;
mod classification;
mod handover;
mod knowledge;
mod register;

pub use card::CardSheet;
pub use classification::ClassificationSheet;
pub use handover::{HandoverItem, HandoverSheet, UnitLine};
pub use knowledge::{KnowledgeRow, KnowledgeSheet};
pub use register::{Direction, RegisterRow, RegisterSheet};

/// In groups of four, as people read a fingerprint aloud; blanks that were there are not kept.
fn by_four(digits: &str) -> Vec<String> {
    let digits: Vec<char> = digits.chars().filter(|c| !c.is_whitespace()).collect();
    digits.chunks(4).map(|four| four.iter().collect()).collect()
}

/// What stands in a place that nobody filled in.
fn or_dash(words: &str) -> &str {
    match words.trim() {
        "" => "—",
        words => words,
    }
}
