//! Announce: what the package consists of goes out, what is missing comes back. Only a
//! [`Releasable`] is ever announced.

use crate::{apply::Work, item::Item, plan::There, setback::Setback};
use luguo_domain::{PackageId, Sha256Digest, Sm3Digest, release::Releasable};
use luguo_package::thaw;
use luguo_store::{FrozenBytes, OutboxStep};
use luguo_wire::{AnnounceAnswer, Manifest, ManifestFile, ProvincialEndpoint, Refusal, Token};
use sm3::Digest as _;

/// The manifest of a frozen package; `None` when its records do not belong to the release.
pub(crate) fn manifest(
    releasable: &Releasable,
    package: PackageId,
    records: &FrozenBytes,
) -> Option<Manifest> {
    let (frozen, revision) = thaw(&records.package_json, &records.declaration_json).ok()?;
    let record = frozen.record;
    if revision != *releasable.revision()
        || record.decision != *releasable.decision()
        || record.package_id != package
    {
        return None;
    }
    let mut files = vec![
        of_bytes("data/package.json", &records.package_json),
        of_bytes("data/declaration.json", &records.declaration_json),
    ];
    for item in &revision.evidence {
        // Two pieces of evidence may have the same content; it travels once.
        if files.iter().all(|file| file.sha256 != item.sha256) {
            files.push(ManifestFile {
                path: format!("data/blobs/{}", item.sha256),
                name: item.file_name.clone(),
                sha256: item.sha256,
                sm3: item.sm3,
                size: item.size,
            });
        }
    }
    files.sort_by(|a, b| a.path.cmp(&b.path));
    Some(Manifest {
        format: Manifest::FORMAT.to_owned(),
        package_id: package,
        declaration_id: revision.declaration_id,
        name: record.name,
        unit: record.unit,
        revision: revision.number,
        revision_digest: revision.digest(),
        audit_head: record.audit_head,
        files,
    })
}

fn of_bytes(path: &str, bytes: &[u8]) -> ManifestFile {
    ManifestFile {
        path: path.to_owned(),
        name: String::new(),
        sha256: Sha256Digest::of(bytes),
        sm3: Sm3Digest(sm3::Sm3::digest(bytes).into()),
        size: bytes.len() as u64,
    }
}

/// The one call that tells an endpoint of a package. It takes the proof of release with it.
async fn offer(
    endpoint: &dyn ProvincialEndpoint,
    token: &Token,
    releasable: &Releasable,
    manifest: &Manifest,
) -> Result<AnnounceAnswer, Refusal> {
    debug_assert_eq!(manifest.revision_digest, releasable.revision().digest());
    endpoint.announce(token, manifest).await
}

pub(crate) async fn announce(work: &mut Work<'_>, item: &mut Item) -> Result<(), Setback> {
    let package = &item.package;
    let answer = offer(
        work.endpoint,
        work.token,
        &package.releasable,
        &package.manifest,
    )
    .await?;
    let ours = package.manifest.digest();
    if answer.manifest_digest != ours {
        let theirs = answer.manifest_digest;
        return Err(Refusal::OtherManifest { ours, theirs }.into());
    }
    item.there = Some(There {
        missing: answer.missing,
        uploads: work.vault.outbox_uploads(item.row.package)?,
        confirmed: Vec::new(),
        receipt: answer.receipt,
    });
    item.reach(work.vault, OutboxStep::Announced, (work.clock)())?;
    Ok(())
}
