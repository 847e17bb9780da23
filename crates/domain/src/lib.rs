//! The nouns of the collection: the form (征集表), its options, the rules with
//! their clause, claims and evidence, roles and the life cycle.
//!
//! No I/O and no clock here: "today" and "now" are always parameters.

pub mod annexes;
pub mod authority;
pub mod claim;
pub mod decision;
pub mod digest;
pub mod duplicate;
pub mod edition;
pub mod evidence;
pub mod form;
pub mod ids;
pub mod lifecycle;
pub mod marks;
pub mod passphrase;
pub mod prints;
pub mod release;
pub mod role;
pub mod rules;
pub mod ruling;
pub mod secrecy;

pub use digest::{Sha256Digest, Sm3Digest};
pub use edition::VaultKind;
pub use form::Declaration;
pub use ids::{
    AccountId, ClassificationId, DeclarationId, EvidenceId, MarkId, PackageId, RulingId, ScanPageId,
};
pub use lifecycle::{IllegalStep, State, Step};
pub use role::Role;

/// A point in time, UTC. Only a boundary reads the clock; everything else is given one.
pub type Moment = chrono::DateTime<chrono::Utc>;
