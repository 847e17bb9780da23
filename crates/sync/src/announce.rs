//! Announce: what the package consists of goes out, what is missing comes back. Only a
//! [`Releasable`] is ever announced.

use crate::{apply::Work, item::Item, plan::There, setback::Setback};
use luguo_domain::{PackageId, release::Releasable};
use luguo_package::{PayloadFile, thaw};
use luguo_store::{FrozenBytes, OutboxStep};
use luguo_wire::{AnnounceAnswer, Manifest, ManifestFile, ProvincialEndpoint, Refusal, Token};

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
    Some(Manifest {
        format: Manifest::FORMAT.to_owned(),
        package_id: package,
        declaration_id: record.declaration_id,
        name: record.name,
        unit: record.unit,
        revision: record.revision,
        revision_digest: record.revision_digest,
        audit_head: record.audit_head,
        files: frozen.files.into_iter().map(listed).collect(),
    })
}

fn listed(file: PayloadFile) -> ManifestFile {
    ManifestFile {
        path: file.path,
        name: file.name,
        sha256: file.sha256,
        sm3: file.sm3,
        size: file.size,
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
