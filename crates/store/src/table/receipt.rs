//! Verified receipts. The caller verified the signature; storing it is what makes a package
//! "received", together with the step and the declaration's state, in one transaction.

use super::{audit, declaration, text};
use crate::{
    fault::{StepFault, StoreFault},
    vault::Vault,
};
use luguo_domain::{Moment, PackageId, Step};
use rusqlite::{OptionalExtension as _, params};

/// A stored receipt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredReceipt {
    /// The canonical JSON, exactly as signed.
    pub receipt: String,
    /// The signature, base64.
    pub signature: String,
    /// The certificate that it was verified against.
    pub certificate_pem: String,
}

impl Vault {
    /// Stores a verified receipt. The same receipt again changes nothing.
    ///
    /// # Errors
    /// [`StepFault`] when the package is unknown or its declaration cannot take the step.
    pub fn store_receipt(
        &self,
        package: PackageId,
        receipt: &StoredReceipt,
        step: Step,
        now: Moment,
    ) -> Result<(), StepFault> {
        self.change::<_, StepFault>(|change| {
            let known: Option<String> = change
                .query_row(
                    "SELECT receipt FROM receipt WHERE package = ?1",
                    [package.to_string()],
                    |row| row.get(0),
                )
                .optional()?;
            if known.is_none() {
                change.execute(
                    "INSERT INTO receipt (package, receipt, signature, certificate_pem, stored_at)
                     VALUES (?1, ?2, ?3, ?4, ?5)",
                    params![
                        package.to_string(),
                        receipt.receipt,
                        receipt.signature,
                        receipt.certificate_pem,
                        text::time(now)
                    ],
                )?;
                let (id, revision): (String, u32) = change
                    .query_row(
                        "SELECT declaration, revision FROM package WHERE id = ?1",
                        [package.to_string()],
                        |row| Ok((row.get(0)?, row.get(1)?)),
                    )
                    .optional()?
                    .ok_or(StepFault::NotFound)?;
                let id = text::read(&id)?;
                let state = declaration::state_of(change, id)?.ok_or(StepFault::NotFound)?;
                declaration::set_state(change, id, state.step(step)?, None, now)?;
                audit::append(
                    change,
                    now,
                    &self.me().name,
                    "receipt.verified",
                    &package.to_string(),
                    &format!("{id} revision {revision}"),
                )?;
            }
            change.execute(
                "UPDATE outbox SET step = 'receipt_verified',
                    sent = (SELECT total FROM package WHERE id = ?1), wait_code = NULL,
                    wait_message = NULL, held = 0, attempts = 0, next_try = NULL, changed_at = ?2
                 WHERE package = ?1",
                params![package.to_string(), text::time(now)],
            )?;
            change.execute(
                "DELETE FROM outbox_upload WHERE package = ?1",
                [package.to_string()],
            )?;
            Ok(())
        })
    }

    /// The receipt of a package.
    ///
    /// # Errors
    /// [`StoreFault`] when the vault cannot be read.
    pub fn receipt(&self, package: PackageId) -> Result<Option<StoredReceipt>, StoreFault> {
        self.read::<_, StoreFault>(|connection| {
            Ok(connection
                .query_row(
                    "SELECT receipt, signature, certificate_pem FROM receipt WHERE package = ?1",
                    [package.to_string()],
                    |row| {
                        Ok(StoredReceipt {
                            receipt: row.get(0)?,
                            signature: row.get(1)?,
                            certificate_pem: row.get(2)?,
                        })
                    },
                )
                .optional()?)
        })
    }
}
