//! What a package consists of, said before its bytes come.

use crate::receipt::SignedReceipt;
use luguo_domain::{DeclarationId, PackageId, Sha256Digest, Sm3Digest};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// `PUT /v1/packages/{id}`: the list of files that make the package complete.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Manifest {
    /// Always [`Manifest::FORMAT`].
    pub format: String,
    /// Made by the desk when the revision was frozen; the idempotency key.
    #[schema(value_type = String)]
    pub package_id: PackageId,
    /// The declaration at the desk.
    #[schema(value_type = String)]
    pub declaration_id: DeclarationId,
    /// 成果名称.
    pub name: String,
    /// The reporting unit's name.
    pub unit: String,
    /// The revision's number.
    pub revision: u32,
    /// The revision's digest: SHA-256 of `data/declaration.json`.
    #[schema(value_type = String)]
    pub revision_digest: Sha256Digest,
    /// Head of the desk's audit chain at the approval, hexadecimal.
    pub audit_head: String,
    /// Every payload file of the bag, sorted by path.
    pub files: Vec<ManifestFile>,
}

/// One payload file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ManifestFile {
    /// Path in the bag: `data/package.json`, `data/declaration.json` or `data/blobs/<sha256>`.
    pub path: String,
    /// File name for people; empty for the two records.
    pub name: String,
    /// SHA-256.
    #[schema(value_type = String)]
    pub sha256: Sha256Digest,
    /// SM3.
    #[schema(value_type = String)]
    pub sm3: Sm3Digest,
    /// Size in bytes.
    pub size: u64,
}

impl Manifest {
    /// The one format this version speaks.
    pub const FORMAT: &'static str = "luguo.manifest/1";

    /// Digests the canonical JSON (RFC 8785).
    pub fn digest(&self) -> Sha256Digest {
        let bytes = serde_json_canonicalizer::to_vec(self)
            .expect("a manifest has string keys and integers only");
        Sha256Digest::of(&bytes)
    }

    /// Bytes of all files together, equal contents counted once.
    pub fn unique_size(&self) -> u64 {
        let mut seen = std::collections::BTreeSet::new();
        self.files
            .iter()
            .filter(|file| seen.insert(file.sha256))
            .map(|file| file.size)
            .sum()
    }
}

/// The answer to an announcement.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct AnnounceAnswer {
    /// Digest of the manifest that the endpoint holds under this id.
    #[schema(value_type = String)]
    pub manifest_digest: Sha256Digest,
    /// Contents that the endpoint does not have whole, without repetition.
    #[schema(value_type = Vec<String>)]
    pub missing: Vec<Sha256Digest>,
    /// The receipt, when the package was committed before.
    pub receipt: Option<SignedReceipt>,
}
