//! The vault: one encrypted SQLite file that keeps declarations, their revisions and evidence,
//! decisions, packages on their way, receipts and the audit chain, and opens with a person's
//! passphrase.
//!
//! No clock and no home folder here: times, paths and the holder's name are parameters.

mod derivation;
mod fault;
mod lock;
mod migration;
mod secret;
mod slots;
mod table;
mod vault;

pub use fault::{ImportFault, OpenFault, SaveFault, StepFault, StoreFault};
pub use lock::Holder;
pub use secret::Passphrase;
pub use table::{
    account::Account,
    address::{AddressPerson, AddressUnit},
    audit::{AuditFault, AuditHead, AuditRecord, AuditReport},
    blob::BlobReader,
    declaration::{DeclarationRow, StoredDeclaration, Typing},
    endpoint::EndpointRow,
    evidence::{EvidenceSource, Imported, StoredEvidence},
    evidence_change::{EarlierEvidence, EvidenceDetails, Replacement},
    merge::MovedEvidence,
    meta::Unit,
    outbox::{OutboxRow, OutboxStep, UploadRow},
    package::{FrozenBytes, PackageRow},
    receipt::StoredReceipt,
};
pub use vault::{NewVault, Recovery, Vault, kind_of, people};
