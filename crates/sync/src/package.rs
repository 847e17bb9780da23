//! A frozen package as it is read from the vault: its release, its manifest, its bytes.

use crate::{announce, hold::Reason, setback::Setback};
use bytes::Bytes;
use luguo_domain::{
    Sha256Digest,
    decision::Verdict,
    release::{NotReleasable, Releasable},
};
use luguo_store::{FrozenBytes, OutboxRow, StoreFault, Vault};
use luguo_wire::Manifest;

pub(crate) struct Package {
    pub(crate) releasable: Releasable,
    pub(crate) manifest: Manifest,
    records: FrozenBytes,
}

impl Package {
    /// Reads it and proves that it may leave.
    pub(crate) fn load(vault: &Vault, row: &OutboxRow) -> Result<Self, Setback> {
        let damage = |name: &str| {
            Setback::Hold(Reason::LocalDamage {
                name: name.to_owned(),
            })
        };
        let stored = vault
            .package(row.package)?
            .ok_or_else(|| damage("data/package.json"))?;
        let revision = vault
            .revision(stored.declaration, stored.revision)?
            .ok_or_else(|| damage("data/declaration.json"))?;
        let decision = vault
            .decisions(stored.declaration)?
            .into_iter()
            .find(|decision| {
                decision.revision == stored.revision && decision.verdict == Verdict::Approve
            })
            .ok_or_else(|| held(NotReleasable::NotApproved))?;
        let releasable = Releasable::new(vault.kind(), revision, decision).map_err(held)?;
        let manifest = announce::manifest(&releasable, row.package, &stored.frozen)
            .ok_or_else(|| damage("data/package.json"))?;
        Ok(Self {
            releasable,
            manifest,
            records: stored.frozen,
        })
    }

    /// Size of a content.
    pub(crate) fn size(&self, sha256: Sha256Digest) -> u64 {
        self.file(sha256).map_or(0, |file| file.size)
    }

    fn file(&self, sha256: Sha256Digest) -> Option<&luguo_wire::ManifestFile> {
        self.manifest
            .files
            .iter()
            .find(|file| file.sha256 == sha256)
    }

    /// What a person calls a content.
    pub(crate) fn name(&self, sha256: Sha256Digest) -> String {
        self.file(sha256)
            .map(|file| {
                if file.name.is_empty() {
                    file.path.clone()
                } else {
                    file.name.clone()
                }
            })
            .unwrap_or_else(|| sha256.to_hex())
    }

    fn record(&self, sha256: Sha256Digest) -> Option<&[u8]> {
        [&self.records.package_json, &self.records.declaration_json]
            .into_iter()
            .find(|bytes| Sha256Digest::of(bytes) == sha256)
            .map(Vec::as_slice)
    }

    /// Reads a piece of a content; `None` when the vault does not have it.
    pub(crate) async fn read(
        &self,
        vault: &Vault,
        sha256: Sha256Digest,
        offset: u64,
        length: u64,
    ) -> Result<Option<Bytes>, StoreFault> {
        if let Some(record) = self.record(sha256) {
            let from = usize::try_from(offset)
                .unwrap_or(usize::MAX)
                .min(record.len());
            let to = from.saturating_add(length as usize).min(record.len());
            return Ok(Some(Bytes::copy_from_slice(&record[from..to])));
        }
        let vault = vault.clone();
        blocking(move || {
            let Some(blob) = vault.blob(sha256)? else {
                return Ok(None);
            };
            Ok(Some(blob.read_at(offset, length as usize)?.into()))
        })
        .await
    }

    /// Whether the vault's copy still has its digest.
    pub(crate) async fn is_whole(
        &self,
        vault: &Vault,
        sha256: Sha256Digest,
    ) -> Result<bool, StoreFault> {
        if self.record(sha256).is_some() {
            return Ok(true);
        }
        let vault = vault.clone();
        blocking(move || {
            let Some(mut blob) = vault.blob(sha256)? else {
                return Ok(false);
            };
            Ok(std::io::copy(&mut blob, &mut std::io::sink()).is_ok())
        })
        .await
    }
}

fn held(fault: NotReleasable) -> Setback {
    Setback::Hold(Reason::NotReleasable(fault))
}

/// Decrypting megabytes does not belong on the thread that drives connections.
async fn blocking<T: Send + 'static>(read: impl FnOnce() -> T + Send + 'static) -> T {
    match tokio::task::spawn_blocking(read).await {
        Ok(value) => value,
        Err(fault) => std::panic::resume_unwind(fault.into_panic()),
    }
}
