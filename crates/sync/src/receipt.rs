//! Receipt: the only thing that makes a package "received", after every word of it was checked.

use crate::{apply::Work, hold::Reason, item::Item, setback::Setback};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use luguo_domain::Step;
use luguo_sealed::Certificate;
use luguo_store::{OutboxStep, StepFault, StoredReceipt};
use luguo_wire::{Manifest, Receipt, SignedReceipt};

/// Why a receipt proves nothing.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ReceiptFault {
    /// It names another certificate than the pinned one.
    #[error("the receipt is signed by another certificate")]
    OtherCertificate,
    /// The signature does not belong to the text and the pinned certificate.
    #[error("the signature does not verify")]
    Signature,
    /// The text is no receipt of a known format.
    #[error("the receipt cannot be read")]
    Unreadable,
    /// It is about another package.
    #[error("the receipt is for another package")]
    OtherPackage,
    /// It is about another manifest.
    #[error("the receipt is for another manifest")]
    OtherManifest,
    /// Its list of files is not the one that was sent.
    #[error("the receipt lists other files")]
    OtherFiles,
}

/// Verifies a receipt against what was sent and against the pinned certificate, never against
/// the certificate it brings along.
///
/// # Errors
/// [`ReceiptFault`] names the first thing that is wrong.
pub fn verify(
    signed: &SignedReceipt,
    manifest: &Manifest,
    pinned: &Certificate,
) -> Result<Receipt, ReceiptFault> {
    let brought = Certificate::from_pem(&signed.certificate_pem)
        .map_err(|_| ReceiptFault::OtherCertificate)?;
    if brought.as_der() != pinned.as_der() {
        return Err(ReceiptFault::OtherCertificate);
    }
    let signature = STANDARD
        .decode(&signed.signature)
        .map_err(|_| ReceiptFault::Signature)?;
    luguo_sealed::verify(pinned, signed.receipt.as_bytes(), &signature)
        .map_err(|_| ReceiptFault::Signature)?;
    let receipt: Receipt =
        serde_json::from_str(&signed.receipt).map_err(|_| ReceiptFault::Unreadable)?;
    if receipt.format != Receipt::FORMAT {
        return Err(ReceiptFault::Unreadable);
    }
    if receipt.package_id != manifest.package_id {
        return Err(ReceiptFault::OtherPackage);
    }
    if receipt.manifest_digest != manifest.digest()
        || receipt.desk_audit_head != manifest.audit_head
    {
        return Err(ReceiptFault::OtherManifest);
    }
    if receipt.files != manifest.files {
        return Err(ReceiptFault::OtherFiles);
    }
    Ok(receipt)
}

pub(crate) fn settle(
    work: &mut Work<'_>,
    item: &mut Item,
    signed: &SignedReceipt,
) -> Result<(), Setback> {
    let receipt = verify(signed, &item.package.manifest, work.pinned).map_err(|fault| {
        tracing::warn!(package = %item.row.package, %fault, "a receipt is held");
        Setback::Hold(match fault {
            ReceiptFault::OtherCertificate => Reason::OtherCertificate,
            ReceiptFault::Signature => Reason::ReceiptSignature,
            ReceiptFault::Unreadable
            | ReceiptFault::OtherPackage
            | ReceiptFault::OtherManifest
            | ReceiptFault::OtherFiles => Reason::ReceiptContent,
        })
    })?;
    let step = if receipt.direct_reporting {
        Step::ReceiveByDepartment
    } else {
        Step::ReceiveByAuthority
    };
    let stored = StoredReceipt {
        receipt: signed.receipt.clone(),
        signature: signed.signature.clone(),
        certificate_pem: signed.certificate_pem.clone(),
    };
    work.vault
        .store_receipt(item.row.package, &stored, step, (work.clock)())
        .map_err(|fault| match fault {
            StepFault::Store(fault) => Setback::Store(fault),
            other => {
                tracing::warn!(package = %item.row.package, %other, "a receipt is held");
                Setback::Hold(Reason::ReceiptStep)
            }
        })?;
    item.row.step = OutboxStep::ReceiptVerified;
    Ok(())
}
