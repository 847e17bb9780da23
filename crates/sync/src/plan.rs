//! What a package needs next, as data. Pure: reads what is known, does nothing.

use luguo_domain::{Moment, Sha256Digest};
use luguo_store::{OutboxRow, OutboxStep, UploadRow};
use luguo_wire::{Manifest, SignedReceipt};

/// What the endpoint said in this pass; nothing of it is believed in the next one.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct There {
    /// Contents it does not have whole.
    pub missing: Vec<Sha256Digest>,
    /// Uploads that have begun, as stored.
    pub uploads: Vec<UploadRow>,
    /// Uploads whose offset it confirmed in this pass.
    pub confirmed: Vec<Sha256Digest>,
    /// The receipt, when the package was committed before.
    pub receipt: Option<SignedReceipt>,
}

/// One step to take.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Action {
    /// Nothing to do now.
    Rest(Rest),
    /// Say what the package consists of and learn what is missing. Every pass begins with it:
    /// it is idempotent, and what an endpoint lost since shows at once.
    Announce,
    /// Begin an upload.
    Create {
        /// Content.
        sha256: Sha256Digest,
        /// Size in bytes.
        size: u64,
    },
    /// Ask how far an upload is, before sending more.
    Ask {
        /// The upload.
        upload: UploadRow,
    },
    /// Send the next piece.
    Append {
        /// The upload at its confirmed offset.
        upload: UploadRow,
        /// Bytes to send.
        length: u64,
    },
    /// Everything is there: ask for the receipt.
    Commit,
    /// Verify the receipt and store it.
    Settle {
        /// The receipt as it came.
        receipt: SignedReceipt,
    },
}

/// Why nothing is to be done now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rest {
    /// The receipt is verified.
    Delivered,
    /// Somebody has to act.
    Held,
    /// Not before this time.
    Until(Moment),
}

/// Says what a package needs next.
pub fn plan(
    row: &OutboxRow,
    manifest: &Manifest,
    there: Option<&There>,
    chunk: u64,
    now: Moment,
) -> Action {
    if let Some(rest) = rest(row, now) {
        return Action::Rest(rest);
    }
    let Some(there) = there else {
        return Action::Announce;
    };
    // What is missing goes first, receipt or not: an endpoint that was restored may have kept
    // the receipt and lost the bytes.
    let Some((sha256, size)) = next_missing(manifest, there) else {
        return match &there.receipt {
            Some(receipt) => Action::Settle {
                receipt: receipt.clone(),
            },
            None => Action::Commit,
        };
    };
    match there.uploads.iter().find(|upload| upload.sha256 == sha256) {
        None => Action::Create { sha256, size },
        Some(upload) if !there.confirmed.contains(&sha256) => Action::Ask {
            upload: upload.clone(),
        },
        Some(upload) => Action::Append {
            length: chunk.min(size.saturating_sub(upload.offset)),
            upload: upload.clone(),
        },
    }
}

/// Whether a package rests, from its row alone.
pub(crate) fn rest(row: &OutboxRow, now: Moment) -> Option<Rest> {
    match row.next_try {
        _ if row.step == OutboxStep::ReceiptVerified => Some(Rest::Delivered),
        _ if row.held => Some(Rest::Held),
        Some(time) if time > now => Some(Rest::Until(time)),
        _ => None,
    }
}

/// The first content, in the manifest's order, that is missing and not sent whole yet.
fn next_missing(manifest: &Manifest, there: &There) -> Option<(Sha256Digest, u64)> {
    manifest
        .files
        .iter()
        .find(|file| there.missing.contains(&file.sha256))
        .map(|file| (file.sha256, file.size))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

    use super::*;
    use luguo_domain::{DeclarationId, PackageId, Sm3Digest};
    use luguo_wire::ManifestFile;
    use uuid::Uuid;

    fn now() -> Moment {
        "2026-11-05T09:30:00Z".parse().unwrap()
    }

    fn row() -> OutboxRow {
        OutboxRow {
            package: PackageId(Uuid::nil()),
            declaration: DeclarationId(Uuid::nil()),
            name: String::new(),
            revision: 1,
            step: OutboxStep::Frozen,
            sent: 0,
            total: 30,
            wait_code: None,
            wait_message: None,
            held: false,
            attempts: 0,
            next_try: None,
            changed_at: now(),
        }
    }

    fn digest(n: u8) -> Sha256Digest {
        Sha256Digest([n; 32])
    }

    fn manifest() -> Manifest {
        let file = |n: u8| ManifestFile {
            path: format!("data/{n}"),
            name: String::new(),
            sha256: digest(n),
            sm3: Sm3Digest([n; 32]),
            size: u64::from(n) * 10,
        };
        Manifest {
            format: Manifest::FORMAT.to_owned(),
            package_id: PackageId(Uuid::nil()),
            declaration_id: DeclarationId(Uuid::nil()),
            name: String::new(),
            unit: String::new(),
            revision: 1,
            revision_digest: digest(0),
            audit_head: String::new(),
            files: vec![file(1), file(2)],
        }
    }

    fn next(row: &OutboxRow, there: Option<&There>) -> Action {
        plan(row, &manifest(), there, 8, now())
    }

    #[test]
    fn every_pass_begins_with_an_announcement() {
        for step in [
            OutboxStep::Frozen,
            OutboxStep::Announced,
            OutboxStep::Uploading,
            OutboxStep::Committed,
        ] {
            assert_eq!(next(&OutboxRow { step, ..row() }, None), Action::Announce);
        }
    }

    #[test]
    fn delivered_held_and_early_packages_rest() {
        let later = now() + chrono::TimeDelta::seconds(1);
        let rests = [
            (
                OutboxRow {
                    step: OutboxStep::ReceiptVerified,
                    ..row()
                },
                Rest::Delivered,
            ),
            (
                OutboxRow {
                    held: true,
                    ..row()
                },
                Rest::Held,
            ),
            (
                OutboxRow {
                    next_try: Some(later),
                    ..row()
                },
                Rest::Until(later),
            ),
        ];
        for (row, rest) in rests {
            assert_eq!(next(&row, None), Action::Rest(rest));
        }
        let due = OutboxRow {
            next_try: Some(now()),
            ..row()
        };
        assert_eq!(next(&due, None), Action::Announce);
    }

    #[test]
    fn a_begun_upload_is_asked_for_before_it_goes_on_and_never_begun_twice() {
        let mut there = There {
            missing: vec![digest(2), digest(1)],
            ..There::default()
        };
        let create = Action::Create {
            sha256: digest(1),
            size: 10,
        };
        assert_eq!(
            next(&row(), Some(&there)),
            create,
            "in the manifest's order"
        );
        let upload = UploadRow {
            sha256: digest(1),
            url: "/u".to_owned(),
            offset: 4,
        };
        there.uploads.push(upload.clone());
        assert_eq!(
            next(&row(), Some(&there)),
            Action::Ask {
                upload: upload.clone()
            }
        );
        there.confirmed.push(digest(1));
        assert_eq!(
            next(&row(), Some(&there)),
            Action::Append { upload, length: 6 }
        );
    }

    #[test]
    fn with_nothing_missing_it_commits_or_settles_the_receipt_that_is_there() {
        let mut there = There::default();
        assert_eq!(next(&row(), Some(&there)), Action::Commit);
        let receipt = SignedReceipt {
            receipt: "{}".to_owned(),
            signature: String::new(),
            certificate_pem: String::new(),
        };
        there.receipt = Some(receipt.clone());
        assert_eq!(next(&row(), Some(&there)), Action::Settle { receipt });
    }
}
