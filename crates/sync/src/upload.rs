//! Upload: one content after the other, piece by piece, each acknowledged offset stored. An
//! upload is resumed at its own URL for as long as the endpoint knows it.

use crate::{apply::Work, hold::Reason, item::Item, setback::Setback};
use luguo_domain::Sha256Digest;
use luguo_store::{OutboxStep, UploadRow};
use luguo_wire::{Refusal, UploadUrl};

/// Begins an upload. Its URL is stored before the first byte goes out.
pub(crate) async fn create(
    work: &mut Work<'_>,
    item: &mut Item,
    sha256: Sha256Digest,
    size: u64,
) -> Result<(), Setback> {
    item.current = Some(sha256);
    let url = work
        .endpoint
        .create_upload(work.token, item.row.package, sha256, size)
        .await?;
    item.reach(work.vault, OutboxStep::Uploading, (work.clock)())?;
    let upload = UploadRow {
        sha256,
        url: url.0,
        offset: 0,
    };
    item.there().uploads.push(upload.clone());
    stand(work, item, &upload, 0)
}

/// Asks how much is safe there.
pub(crate) async fn ask(
    work: &mut Work<'_>,
    item: &mut Item,
    upload: UploadRow,
) -> Result<(), Setback> {
    item.current = Some(upload.sha256);
    let offset = work
        .endpoint
        .upload_offset(work.token, &UploadUrl(upload.url.clone()))
        .await?;
    item.reach(work.vault, OutboxStep::Uploading, (work.clock)())?;
    stand(work, item, &upload, offset)
}

/// Sends the next piece.
pub(crate) async fn append(
    work: &mut Work<'_>,
    item: &mut Item,
    upload: UploadRow,
    length: u64,
) -> Result<(), Setback> {
    item.current = Some(upload.sha256);
    let bytes = item
        .package
        .read(work.vault, upload.sha256, upload.offset, length)
        .await?
        .filter(|bytes| bytes.len() as u64 == length)
        .ok_or_else(|| {
            Setback::Hold(Reason::LocalDamage {
                name: item.package.name(upload.sha256),
            })
        })?;
    let began = (work.clock)();
    let sent = work
        .endpoint
        .append(
            work.token,
            &UploadUrl(upload.url.clone()),
            upload.offset,
            bytes,
        )
        .await;
    match &sent {
        Ok(_) => work.pace.arrived(length, (work.clock)() - began),
        Err(Refusal::Unreachable { .. }) => work.pace.lost(),
        Err(_) => {}
    }
    let offset = sent?;
    stand(work, item, &upload, offset)
}

/// Records where an upload stands; a whole content is no longer missing.
fn stand(work: &Work<'_>, item: &mut Item, upload: &UploadRow, offset: u64) -> Result<(), Setback> {
    let size = item.package.size(upload.sha256);
    if offset > size {
        // More than was ever sent: not this content. What it has is void.
        return Err(Refusal::Unknown.into());
    }
    let now = UploadRow {
        offset,
        ..upload.clone()
    };
    let there = item.there();
    for known in &mut there.uploads {
        if known.sha256 == now.sha256 {
            known.clone_from(&now);
        }
    }
    if !there.confirmed.contains(&now.sha256) {
        there.confirmed.push(now.sha256);
    }
    if offset == size {
        there.missing.retain(|sha256| *sha256 != now.sha256);
    }
    let sent = item.sent();
    work.vault
        .outbox_progress(item.row.package, &now, sent, (work.clock)())?;
    item.row.attempts = 0;
    Ok(())
}
