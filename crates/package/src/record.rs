//! The two records of a package, and how they must agree.

use luguo_domain::{
    DeclarationId, PackageId, Sha256Digest, Sm3Digest,
    decision::{Decision, Verdict},
    evidence::EvidenceItem,
    release::{Approved, NotReleasable, Revision},
};
use serde::{Deserialize, Serialize};
use sm3::Digest as _;
use std::collections::BTreeMap;

/// `data/package.json`: what the package is, who approved it, and which files belong to it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PackageRecord {
    /// Always [`PackageRecord::FORMAT`].
    pub format: String,
    /// Identity of the package.
    pub package_id: PackageId,
    /// The declaration at the desk.
    pub declaration_id: DeclarationId,
    /// 成果名称.
    pub name: String,
    /// The reporting unit's name.
    pub unit: String,
    /// The revision's number.
    pub revision: u32,
    /// SHA-256 of `data/declaration.json`.
    pub revision_digest: Sha256Digest,
    /// The unit's approval.
    pub decision: Decision,
    /// Head of the desk's audit chain at the approval.
    pub audit_head: String,
    /// The evidence, in its order.
    pub evidence: Vec<EvidenceItem>,
}

impl PackageRecord {
    /// The one format this version reads and writes.
    pub const FORMAT: &'static str = "luguo.package/1";
}

/// One payload file of the bag.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PayloadFile {
    /// Path in the bag.
    pub path: String,
    /// File name for people; empty for the two records.
    pub name: String,
    /// SHA-256.
    pub sha256: Sha256Digest,
    /// SM3.
    pub sm3: Sm3Digest,
    /// Size in bytes.
    pub size: u64,
}

/// A package's records as bytes, and the list of its files.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Frozen {
    /// What `package_json` says.
    pub record: PackageRecord,
    /// `data/package.json`, canonical (RFC 8785).
    pub package_json: Vec<u8>,
    /// `data/declaration.json`, canonical; its SHA-256 is the revision's digest.
    pub declaration_json: Vec<u8>,
    /// Every payload file, sorted by path.
    pub files: Vec<PayloadFile>,
}

impl Frozen {
    /// Bytes of all files together, equal contents counted once.
    pub fn total(&self) -> u64 {
        self.files.iter().map(|file| file.size).sum()
    }
}

/// Why two records do not make a package.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RecordFault {
    /// One is not JSON of the right shape.
    #[error("{path}: line {line}: {reason}")]
    Shape {
        /// Path in the bag.
        path: &'static str,
        /// Line, from 1.
        line: usize,
        /// What is wrong.
        reason: String,
    },
    /// The package is of another format.
    #[error("format {found:?}")]
    Format {
        /// What it says.
        found: String,
    },
    /// The records contradict each other.
    #[error("the records disagree on {what}")]
    Disagree {
        /// On what.
        what: &'static str,
    },
    /// The decision does not approve this revision.
    #[error(transparent)]
    NotApproved(#[from] NotReleasable),
}

/// Freezes an approved revision: the records' bytes and the list of files.
pub fn freeze(approved: &Approved, package_id: PackageId, unit: &str, audit_head: &str) -> Frozen {
    let revision = approved.revision();
    let declaration_json = canonical(revision);
    let record = PackageRecord {
        format: PackageRecord::FORMAT.to_owned(),
        package_id,
        declaration_id: revision.declaration_id,
        name: revision.declaration.name.clone(),
        unit: unit.to_owned(),
        revision: revision.number,
        revision_digest: Sha256Digest::of(&declaration_json),
        decision: approved.decision().clone(),
        audit_head: audit_head.to_owned(),
        evidence: revision.evidence.clone(),
    };
    assemble(record, declaration_json)
}

/// Reads the two records back and checks that they agree and that the revision is approved.
///
/// # Errors
/// [`RecordFault`].
pub fn thaw(
    package_json: &[u8],
    declaration_json: &[u8],
) -> Result<(Frozen, Revision), RecordFault> {
    let record: PackageRecord = read("data/package.json", package_json)?;
    let revision: Revision = read("data/declaration.json", declaration_json)?;
    if record.format != PackageRecord::FORMAT {
        return Err(RecordFault::Format {
            found: record.format,
        });
    }
    let disagree = |what| Err(RecordFault::Disagree { what });
    if record.revision_digest != Sha256Digest::of(declaration_json) {
        return disagree("revision_digest");
    }
    if record.declaration_id != revision.declaration_id {
        return disagree("declaration_id");
    }
    if record.revision != revision.number {
        return disagree("revision");
    }
    if record.name != revision.declaration.name {
        return disagree("name");
    }
    if record.evidence != revision.evidence {
        return disagree("evidence");
    }
    if record.decision.verdict != Verdict::Approve {
        return Err(NotReleasable::NotApproved.into());
    }
    let approved = Approved::new(revision, record.decision.clone())?;
    let frozen = assemble(record, declaration_json.to_vec());
    if frozen.package_json != package_json {
        return disagree("canonical form of package.json");
    }
    Ok((frozen, approved.revision().clone()))
}

fn read<T: serde::de::DeserializeOwned>(
    path: &'static str,
    bytes: &[u8],
) -> Result<T, RecordFault> {
    serde_json::from_slice(bytes).map_err(|fault| RecordFault::Shape {
        path,
        line: fault.line(),
        reason: fault.to_string(),
    })
}

fn assemble(record: PackageRecord, declaration_json: Vec<u8>) -> Frozen {
    let package_json = canonical(&record);
    let mut files = BTreeMap::new();
    for (path, bytes) in [
        ("data/package.json", &package_json),
        ("data/declaration.json", &declaration_json),
    ] {
        files.insert(
            path.to_owned(),
            PayloadFile {
                path: path.to_owned(),
                name: String::new(),
                sha256: Sha256Digest::of(bytes),
                sm3: Sm3Digest(sm3::Sm3::digest(bytes).into()),
                size: bytes.len() as u64,
            },
        );
    }
    for item in &record.evidence {
        // Equal contents share one path; the first name stands for them.
        let path = format!("data/blobs/{}", item.sha256);
        files.entry(path.clone()).or_insert_with(|| PayloadFile {
            path,
            name: item.file_name.clone(),
            sha256: item.sha256,
            sm3: item.sm3,
            size: item.size,
        });
    }
    Frozen {
        record,
        package_json,
        declaration_json,
        files: files.into_values().collect(),
    }
}

fn canonical<T: Serialize>(value: &T) -> Vec<u8> {
    serde_json_canonicalizer::to_vec(value)
        .expect("records have string keys and integers within range")
}
