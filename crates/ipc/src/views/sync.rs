//! The sync centre.

use crate::secret::Secret;
use luguo_domain::{DeclarationId, PackageId};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// The sync centre.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SyncStatusView {
    /// Endpoint address; empty before the first sign-in.
    pub endpoint: String,
    /// Endpoint account; empty before the first sign-in.
    pub account: String,
    /// The sign-in.
    pub sign_in: SignInState,
    /// SHA-256 fingerprint of the pinned certificate.
    pub certificate: Option<String>,
    /// The connection as last tried.
    pub connection: ConnectionState,
    /// One sentence for the status bar; always true.
    pub summary: String,
    /// When the outbox tries again, RFC 3339.
    pub next_try: Option<String>,
    /// Packages, newest first.
    pub items: Vec<OutboxItemView>,
}

/// The sign-in at the endpoint.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum SignInState {
    /// Nobody has signed in.
    Never,
    /// Signed in.
    SignedIn,
    /// The sign-in expired or was ended; local work is untouched.
    Expired,
}

/// The connection as last tried.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ConnectionState {
    /// Not tried yet.
    Unknown,
    /// The endpoint answered.
    Online,
    /// The endpoint did not answer.
    Offline,
}

/// One package on its way.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct OutboxItemView {
    /// Package.
    pub package: PackageId,
    /// Declaration.
    pub declaration: DeclarationId,
    /// 成果名称.
    pub name: String,
    /// Revision.
    pub revision: u32,
    /// Step.
    pub step: OutboxStepView,
    /// The step's words.
    pub step_label: String,
    /// Bytes at the endpoint.
    #[ts(type = "number")]
    pub sent: u64,
    /// Bytes in all.
    #[ts(type = "number")]
    pub total: u64,
    /// Why it waits, in a sentence with what to do; absent when it does not wait.
    pub reason: Option<String>,
    /// When it is tried again, RFC 3339.
    pub next_try: Option<String>,
    /// Last change, RFC 3339.
    pub changed_at: String,
}

/// The steps of the outbox.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum OutboxStepView {
    /// Frozen, not announced yet.
    Frozen,
    /// The endpoint knows its manifest.
    Announced,
    /// Bytes are on their way.
    Uploading,
    /// The endpoint has everything.
    Committed,
    /// The signed receipt is verified.
    ReceiptVerified,
    /// Held: somebody has to act.
    Held,
}

/// Signs in.
#[derive(Debug, Deserialize, TS)]
pub struct SyncLoginRequest {
    /// Endpoint address, such as `https://…`.
    pub endpoint: String,
    /// Account.
    pub account: String,
    /// Password.
    #[ts(type = "string")]
    pub password: Secret,
}

/// Names a package.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct PackageRequest {
    /// Package.
    pub package: PackageId,
}

/// A verified receipt.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ReceiptView {
    /// Package.
    pub package: PackageId,
    /// Receipt number at the endpoint.
    pub number: String,
    /// 成果名称.
    pub name: String,
    /// Who received it.
    pub receiver: String,
    /// Server time of the submission, RFC 3339.
    pub submitted_at: String,
    /// Server time when all bytes were there, RFC 3339.
    pub received_at: String,
    /// Each file with its digest.
    pub files: Vec<ReceiptFileView>,
    /// SHA-256 fingerprint of the signing certificate.
    pub certificate: String,
    /// Head of this vault's audit chain in the package.
    pub desk_audit_head: String,
    /// Head of the endpoint's audit chain in the receipt.
    pub endpoint_audit_head: String,
}

/// One file of a receipt.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ReceiptFileView {
    /// Path in the package.
    pub path: String,
    /// File name for people, where it has one.
    pub name: String,
    /// Size in bytes.
    #[ts(type = "number")]
    pub size: u64,
    /// SHA-256.
    pub sha256: String,
}
