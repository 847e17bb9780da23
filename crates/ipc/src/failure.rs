//! The error that crosses to a user interface: a code to act on, a sentence to read.

use luguo_domain::rules::Finding;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What a caller can act on. A code exists only when somebody acts on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum FailureCode {
    /// No vault is unlocked: show the unlock screen.
    Locked,
    /// Name or passphrase wrong: constant wording.
    Refused,
    /// Too many wrong passphrases: the message says when the next try is allowed.
    LockedOut,
    /// The passphrase has to be changed before anything else.
    PassphraseDue,
    /// The vault lies on a network file system.
    NetworkFolder,
    /// Another program holds the vault; the message says who.
    VaultBusy,
    /// The vault is of the other edition, newer, damaged or not a vault.
    VaultUnusable,
    /// A vault stands there already.
    VaultExists,
    /// The achievement is classified: the open edition ends here and stores nothing.
    ClassifiedEndsHere,
    /// The person's role does not allow it, or the person prepared it.
    Forbidden,
    /// There is no such thing (any more).
    NotFound,
    /// Somebody saved in between, or the state does not allow the step: reload.
    Conflict,
    /// Input that must be corrected; `findings` or the message name the place.
    Invalid,
    /// Rules stand against it: `findings` lists them.
    Findings,
    /// A file could not be read or written; the message names it.
    File,
    /// The disk is full; what was stored before is intact.
    DiskFull,
    /// The person cancelled.
    Cancelled,
    /// The endpoint did not answer or could not be reached.
    Offline,
    /// The endpoint refused the sign-in.
    SignInRefused,
    /// The endpoint's certificate is not the one pinned at the first sign-in.
    OtherCertificate,
    /// The endpoint answered something unusable.
    Endpoint,
    /// The command does not exist in this edition or the request has another shape.
    Unknown,
    /// A defect of the program; the detail helps to report it.
    Defect,
}

/// A refusal or fault, ready to be shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS, thiserror::Error)]
#[error("{message}")]
pub struct Failure {
    /// What to act on.
    pub code: FailureCode,
    /// What happened, that nothing was lost when it is so, and what to do; in Chinese.
    pub message: String,
    /// Technical text behind 详情.
    pub detail: Option<String>,
    /// The findings that stand against it, for [`FailureCode::Findings`].
    #[serde(default)]
    pub findings: Vec<Finding>,
}

impl Failure {
    /// Makes a failure with a sentence for the user.
    pub fn new(code: FailureCode, message: impl Into<String>) -> Self {
        Self {
            code,
            message: message.into(),
            detail: None,
            findings: Vec::new(),
        }
    }

    /// Adds the technical text.
    #[must_use]
    pub fn with_detail(mut self, detail: impl std::fmt::Display) -> Self {
        self.detail = Some(detail.to_string());
        self
    }
}
