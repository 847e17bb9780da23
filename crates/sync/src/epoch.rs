//! Epoch: an endpoint restored from a backup may have lost what it once had. Everything is
//! offered again; nothing here is ever deleted.

use crate::hold::Reason;
use luguo_domain::Moment;
use luguo_store::{OutboxStep, StoreFault, Vault};

/// Sends every package back to its announcement, the delivered ones too; receipts stay. The new
/// epoch is noted last, so that a crash in between only repeats this.
pub(crate) fn reoffer(vault: &Vault, epoch: &str, now: Moment) -> Result<(), StoreFault> {
    for row in vault.outbox()? {
        let package = row.package;
        for upload in vault.outbox_uploads(package)? {
            vault.outbox_forget_upload(package, upload.sha256)?;
        }
        if row.held {
            continue;
        }
        vault.outbox_step(package, OutboxStep::Frozen, 0, now)?;
        if row.step == OutboxStep::ReceiptVerified {
            let reason = Reason::Reoffered;
            vault.outbox_wait(package, reason.code(), &reason.sentence(), None, now)?;
        }
    }
    vault.save_epoch(epoch)
}
