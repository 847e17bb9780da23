//! The signed receipt: the only thing that makes a package "received".

use crate::manifest::ManifestFile;
use luguo_domain::{Moment, PackageId, Sha256Digest};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// What the endpoint states it holds. Signed as canonical JSON (RFC 8785).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Receipt {
    /// Always [`Receipt::FORMAT`].
    pub format: String,
    /// Number at the endpoint, for people to quote.
    pub number: String,
    /// The package.
    #[schema(value_type = String)]
    pub package_id: PackageId,
    /// Digest of the manifest that was committed.
    #[schema(value_type = String)]
    pub manifest_digest: Sha256Digest,
    /// The unit whose account sent it.
    pub unit: String,
    /// The account that sent it.
    pub account: String,
    /// Who received it: the unit's city bureau, or the department for a direct-reporting unit.
    pub receiver: String,
    /// True when the receiver is the department (直报单位, clause 二（二）).
    pub direct_reporting: bool,
    /// Server time at which the manifest was fixed.
    #[schema(value_type = String, format = DateTime)]
    pub submitted_at: Moment,
    /// Server time at which every byte was there.
    #[schema(value_type = String, format = DateTime)]
    pub received_at: Moment,
    /// Every file with its digests, as in the manifest.
    pub files: Vec<ManifestFile>,
    /// Head of the desk's audit chain, from the manifest.
    pub desk_audit_head: String,
    /// Head of the endpoint's audit chain after this commit, hexadecimal.
    pub endpoint_audit_head: String,
    /// The endpoint's epoch.
    pub epoch: String,
}

impl Receipt {
    /// The one format this version speaks.
    pub const FORMAT: &'static str = "luguo.receipt/1";
}

/// A receipt with its signature.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SignedReceipt {
    /// The canonical JSON of a [`Receipt`], exactly as signed.
    pub receipt: String,
    /// SM2 signature with SM3 (GB/T 32918.2, default id), DER, base64.
    pub signature: String,
    /// The signing certificate, PEM; trusted only when it is the pinned one.
    pub certificate_pem: String,
}

/// The answer to a commit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case", tag = "state")]
pub enum CommitAnswer {
    /// Still verifying (202): ask again.
    Pending {
        /// Seconds to wait.
        retry_after: u32,
    },
    /// Everything was verified.
    Received {
        /// The signed receipt.
        receipt: SignedReceipt,
    },
}
