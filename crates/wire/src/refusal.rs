//! Why the other side did not do it. The outbox decides by variant, never by text.

use luguo_domain::Sha256Digest;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Why a call did not succeed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// No connection, a broken one, or no answer in time. Try again later.
    #[error("the endpoint cannot be reached: {detail}")]
    Unreachable {
        /// Technical text.
        detail: String,
    },
    /// Something answered that is not an endpoint: a captive portal, a proxy's page.
    #[error("the answer is not an endpoint's: {detail}")]
    NotAnEndpoint {
        /// Technical text.
        detail: String,
    },
    /// Plain HTTP to another machine.
    #[error("plain HTTP is allowed on loopback only")]
    PlainHttp,
    /// 401: the token is unknown, ended or expired. Sign in again; keep everything.
    #[error("the sign-in has ended")]
    SignInEnded,
    /// The account or password is wrong.
    #[error("account or password refused")]
    SignInRefused,
    /// 403: the account may not do this.
    #[error("not allowed: {message}")]
    Forbidden {
        /// The endpoint's sentence.
        message: String,
    },
    /// 404: the endpoint does not know this package or upload (any more).
    #[error("unknown at the endpoint")]
    Unknown,
    /// 409 on announce: the same id with another manifest.
    #[error("the endpoint holds another manifest: {theirs}, ours is {ours}")]
    OtherManifest {
        /// Digest we sent.
        ours: Sha256Digest,
        /// Digest the endpoint holds.
        theirs: Sha256Digest,
    },
    /// 409 on an upload: the offset differs; ask for it and resume there.
    #[error("the upload stands at another offset")]
    OtherOffset,
    /// 423, 429 or 503 while busy: wait and retry the same call.
    #[error("the endpoint is busy")]
    Busy {
        /// Seconds it asks to wait, if it says so.
        retry_after: Option<u64>,
    },
    /// Other 5xx: retry later.
    #[error("the endpoint failed with status {status}")]
    Server {
        /// HTTP status.
        status: u16,
        /// Seconds it asks to wait, if it says so.
        retry_after: Option<u64>,
    },
    /// 507: the endpoint's disk is full.
    #[error("the endpoint is out of space")]
    EndpointFull,
    /// 409 `blobs_missing` on commit: bytes are missing or were damaged; announce again.
    #[error("{} contents are missing at the endpoint", missing.len())]
    BlobsMissing {
        /// The contents to send again.
        missing: Vec<Sha256Digest>,
    },
    /// 422: the package breaks a rule; somebody has to correct it.
    #[error("refused: {message}")]
    Rejected {
        /// Stable code.
        code: String,
        /// The endpoint's sentence, Chinese.
        message: String,
    },
    /// 426: the protocol version is not spoken there.
    #[error("the endpoint speaks another protocol version: {offered:?}")]
    OtherProtocol {
        /// What it offers.
        offered: Vec<u32>,
    },
}

/// The JSON body of every refusal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ErrorBody {
    /// Stable code: `sign_in_ended`, `sign_in_refused`, `forbidden`, `unknown`, `other_manifest`,
    /// `blobs_missing`, `busy`, `full`, `rejected.*`, `other_protocol`, `defect`.
    pub code: String,
    /// A sentence for people, Chinese.
    pub message: String,
    /// Digests, for `other_manifest` (ours, theirs) and `blobs_missing`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schema(value_type = Vec<String>)]
    pub digests: Vec<Sha256Digest>,
    /// Protocol versions, for `other_protocol`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub protocols: Vec<u32>,
}
