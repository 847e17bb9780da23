//! What keeps a vault safe: policy, passphrases' ages, recovery sheet, backups, checks, the safe
//! mode.

use crate::secret::Secret;
use luguo_domain::passphrase::PassphraseProfile;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What the open vault asks of the person at work.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct CareView {
    /// Why the passphrase has to be changed before anything else, in a sentence; `None` when it
    /// has not.
    pub passphrase_due: Option<String>,
    /// Days until the passphrase is due, when it is due ever.
    pub passphrase_days: Option<u32>,
    /// Rules for passphrases.
    pub passphrases: PassphraseProfile,
    /// The rule in a sentence.
    pub passphrase_rule: String,
    /// Minutes without a key or a pointer before the window locks.
    pub idle_minutes: u32,
    /// The person may change people.
    pub may_administer: bool,
    /// The person may change the policy.
    pub may_set_policy: bool,
    /// The person may read the audit records.
    pub may_audit: bool,
    /// When the recovery sheet was printed, RFC 3339.
    pub recovery_sheet_at: Option<String>,
    /// When the last backup was made, RFC 3339.
    pub backup_at: Option<String>,
    /// Days after which a backup is asked for.
    pub backup_days: u32,
    /// A backup is asked for now, in a sentence.
    pub backup_due: Option<String>,
    /// Files whose import was interrupted.
    pub pending_imports: u32,
}

/// Changes the policy.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct PolicyRequest {
    /// Rules for passphrases.
    pub passphrases: PassphraseProfile,
    /// Minutes before the window locks, 1 to 15.
    pub idle_minutes: u32,
    /// Days between backups, 1 to 90.
    pub backup_days: u32,
}

/// Opens a vault with its recovery sheet.
#[derive(Debug, Deserialize, TS)]
pub struct VaultRecoverRequest {
    /// Token of a known vault.
    pub vault: String,
    /// Name of an administrator.
    pub person: String,
    /// The code of the sheet; blanks and dashes do not matter.
    #[ts(type = "string")]
    pub code: Secret,
    /// The administrator's passphrase from now on.
    #[ts(type = "string")]
    pub passphrase: Secret,
}

/// Names a place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct PlaceRequest {
    /// Token of a place from `place_pick`.
    pub place: String,
}

/// Names a folder.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct FolderRequest {
    /// Token of a folder from `folder_pick`.
    pub folder: String,
}

/// Opens the folder dialog.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct FolderPickRequest {
    /// What for.
    pub title: String,
}

/// Makes a backup.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct BackupMakeRequest {
    /// Token of a folder from `folder_pick`; the backup becomes a new folder in it.
    pub folder: String,
}

/// Brings a backup back.
#[derive(Debug, Deserialize, TS)]
pub struct BackupRestoreRequest {
    /// Token of the backup's folder from `folder_pick`.
    pub folder: String,
    /// Token of a new place from `place_pick`; absent together with `replace`: the program's own
    /// folder.
    pub place: Option<String>,
    /// Token of a known vault whose place it takes; that one is kept under another name.
    pub replace: Option<String>,
    /// Somebody who could open it when it was made.
    pub person: String,
    /// Their passphrase then.
    #[ts(type = "string")]
    pub passphrase: Secret,
}

/// Whether a vault is whole.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct VaultCheckView {
    /// Nothing is wrong.
    pub whole: bool,
    /// Pieces of content read against their digests.
    #[ts(type = "number")]
    pub contents: u64,
    /// Audit records verified.
    #[ts(type = "number")]
    pub records: u64,
    /// Contents that nothing refers to.
    #[ts(type = "number")]
    pub orphans: u64,
    /// What is wrong, in sentences.
    pub faults: Vec<String>,
}

/// A damaged vault in safe mode.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct RescueView {
    /// Declarations of which something is readable.
    pub declarations: Vec<RescueRowView>,
    /// What is not, in sentences.
    pub lost: Vec<String>,
}

/// One declaration in safe mode.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct RescueRowView {
    /// 成果名称, as far as it is readable.
    pub name: String,
    /// The form is readable.
    pub form: bool,
    /// Pieces of evidence that are listed.
    pub evidence: u32,
}

/// What the safe mode wrote.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct RescueWrittenView {
    /// Name of the folder.
    pub folder: String,
    /// Forms written.
    pub forms: u32,
    /// Pieces of evidence written, each as its digest says.
    pub evidence: u32,
    /// What could not be saved, in sentences; the list lies in the folder too.
    pub lost: Vec<String>,
}
