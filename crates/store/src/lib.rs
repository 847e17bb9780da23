//! The vault: one encrypted SQLite file that keeps declarations, their revisions and evidence,
//! decisions, packages on their way, receipts and the audit chain, and opens with a person's
//! passphrase.
//!
//! No clock and no home folder here: times, paths and the holder's name are parameters.

mod attempts;
mod derivation;
mod fault;
mod lock;
mod migration;
mod place;
mod secret;
mod slots;
mod splitter;
mod table;
mod vault;

pub use fault::{
    AccountFault, BackupFault, ClassifyFault, ImportFault, MachineRecordFault, OpenFault,
    PassphraseChangeFault, RegisterFault, SaveFault, StepFault, StoreFault,
};
pub use lock::Holder;
pub use secret::Passphrase;
pub use table::{
    account::{Account, NewAccount},
    address::{AddressPerson, AddressUnit, NamingForm},
    audit::{AuditFault, AuditHead, AuditRecord, AuditReport},
    bin::{Discarded, DiscardedEvidence},
    blob::BlobReader,
    card::{NewCard, NewKey, StoredCard, StoredKey},
    classification::{NewProposal, StoredClassification},
    declaration::{DeclarationRow, StoredDeclaration, Typing},
    endpoint::EndpointRow,
    evidence::{EvidenceSource, Imported, StoredEvidence},
    evidence_change::{EarlierEvidence, EvidenceDetails, Replacement},
    heads::SignedHead,
    knower::StoredKnower,
    mark::StoredMark,
    merge::MovedEvidence,
    meta::Unit,
    outbox::{OutboxRow, OutboxStep, UploadRow},
    package::{FrozenBytes, PackageRow},
    pending::PendingImport,
    policy::Policy,
    pull::{NewPull, PullRow, PulledReader},
    receipt::StoredReceipt,
    received::{NewReceived, PackageContents, ReceivedPackage, RefusedPackage},
    ruling::{NewRuling, Settled, StoredRuling, ToldRuling},
    scan::ScanPage,
    sealed::{NewSealed, SealedItem, StoredSealed, StoredSealedStep},
    search::{SearchHit, SearchPlace, SearchQuery, SearchedText},
};
pub use vault::{
    BackupProgress, BackupRow, BackupStage, NewVault, Recovery, Rescue, Rescued,
    RescuedDeclaration, RescuedEvidence, Restore, Vault, VaultReport, kind_of, people, people_in,
    restore,
};
